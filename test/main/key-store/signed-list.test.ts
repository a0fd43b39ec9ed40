import { rmSync } from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { csvParts, importKeys, jsonParts } from '../../../src/main/key-store/exchange.ts'
import { openStoredKeys } from '../../../src/main/key-store/key-book.ts'
import { openStore } from '../../../src/main/key-store/open.ts'
import { newIssuerKey, signList, splitList } from '../../../src/main/key-store/signed-list.ts'
import type { KeyStore } from '../../../src/main/key-store/store.ts'
import { readOneKey } from '../../../src/main/read-key.ts'
import { throwAwayKey } from '../../tools/sign.ts'
import { givenKey } from '../../tools/small-inputs.ts'
import { READ, emptyFolder, newKey, now } from './keys.ts'

let folder = ''
const opened: KeyStore[] = []
beforeEach(() => {
  folder = emptyFolder()
  return () => {
    for (const store of opened.splice(0)) store.close()
    rmSync(folder, { recursive: true })
  }
})

function store(name: string): KeyStore {
  const { store: made } = openStore(join(folder, `${name}.sqlite`), { now })
  if (made === null) throw new Error('no store')
  opened.push(made)
  return made
}

const OFFICE = newIssuerKey()
const STRANGER = newIssuerKey()
const [KEY] = givenKey(throwAwayKey(), 'K4')

/** A list with one confirmed key, as the office exports it. */
function exported(parts: typeof jsonParts = jsonParts): Uint8Array {
  const office = store(`office ${opened.length}`)
  if (KEY !== undefined) office.add({ ...newKey(1, { meter: 'M1' }, READ), key: KEY })
  return Buffer.from([...parts(office.all())].join(''))
}

const signed = (list: Uint8Array, { privateKey } = OFFICE, issuer = 'Eichamt Nord') =>
  signList(list, { issuer, signedAt: '2026-09-01T10:15:00.000Z', privateKey })

function take(into: KeyStore, bytes: Uint8Array) {
  const readKey = (text: string, curve: string | null) => readOneKey(text, curve, 'list')
  return importKeys(into, { name: 'list', bytes }, { issuer: null, sha256: 'ab', readKey })
}

function known(into: KeyStore, trust: 'K2' | 'K3', { publicKey } = OFFICE) {
  const key = readOneKey(publicKey, 'ed25519', '')
  if ('refused' in key) throw new Error(key.refused)
  return into.addIssuer('Eichamt Nord', key, trust)
}

describe('a signed list', () => {
  test.each([jsonParts, csvParts])('of a known issuer says so, as JSON and as CSV', (parts) => {
    const field = store('field')
    known(field, 'K2')
    expect(take(field, signed(exported(parts)))).toEqual({
      added: 1,
      known: 0,
      refused: [],
      signature: { status: 'valid', issuer: 'Eichamt Nord' },
    })
    const [entry] = field.search('').keys
    expect(entry).toMatchObject({
      trust: 'K2',
      issuer: 'Eichamt Nord',
      origin: 'Eichamt Nord, list',
    })
  })

  test('is worth what the user says its issuer is worth, from then on and no longer', () => {
    const field = store('field')
    const { id } = known(field, 'K3')
    take(field, signed(exported()))
    const trust = () => field.search('').keys.map((entry) => entry.trust)
    const book = openStoredKeys(join(folder, 'field.sqlite'))
    const asked = () =>
      book.publishedFor({ meter: 'M1', evse: null }).map((key) => [key.trust, key.issuer])
    expect([trust(), asked()]).toEqual([['K3'], [['K3', 'Eichamt Nord']]])
    field.trustIssuer(id, 'K2')
    expect([trust(), asked()]).toEqual([['K2'], [['K2', 'Eichamt Nord']]])
    field.trustIssuer(id, 'K3')
    field.removeIssuer(id)
    expect([trust(), asked()]).toEqual([['K2'], [['K2', undefined]]])
    expect(field.issuers()).toEqual([])
    book.close()
    expect(field.events().map(({ action }) => action)).toEqual([
      'issuer-remove',
      'issuer-trust',
      'issuer-trust',
      'issuer-add',
    ])
  })

  test('raises an entry that an unsigned list brought before, and the record says so', () => {
    const field = store('field')
    const list = exported()
    take(field, list)
    known(field, 'K3')
    expect(take(field, signed(list))).toMatchObject({ added: 0, known: 1 })
    const [entry] = field.search('').keys
    expect(entry?.trust).toBe('K3')
    const [change] = field.history(entry?.id ?? 0).changes
    expect(JSON.parse(change?.detail ?? '')).toMatchObject({ trust: ['K2', 'K3'] })
  })

  test('never lowers what the user confirmed', () => {
    const field = store('field')
    if (KEY !== undefined) field.add({ ...newKey(1, { meter: 'M1' }, READ), key: KEY })
    known(field, 'K3')
    take(field, signed(exported()))
    expect(field.search('').keys.map(({ trust }) => trust)).toEqual(['K4'])
  })

  test('of an unknown issuer counts as one without a signature, whatever name it gives itself', () => {
    const field = store('field')
    known(field, 'K3')
    const report = take(field, signed(exported(), STRANGER))
    expect(report).toMatchObject({
      added: 1,
      signature: { status: 'unknown-issuer', issuer: 'Eichamt Nord' },
    })
    expect(field.search('').keys[0]).toMatchObject({ trust: 'K2', issuer: null, origin: 'list' })
  })

  test('that was changed anywhere is refused as a whole', () => {
    const field = store('field')
    known(field, 'K3')
    const bytes = signed(exported())
    fc.assert(
      fc.property(fc.nat(bytes.length - 3), fc.integer({ min: 0, max: 7 }), (at, bit) => {
        const changed = Uint8Array.from(bytes)
        changed[at] = (changed[at] ?? 0) ^ (1 << bit)
        const split = splitList(changed)
        // Without its name the last line is a part of an unsigned list that cannot be read.
        const safe = split.kind === 'broken' || split.kind === 'unsigned'
        // Hexadecimal digits may change their case and mean the same.
        return (
          safe || (split.kind === 'signed' && Buffer.from(split.list).equals(exportedList(bytes)))
        )
      }),
    )
    const tampered = Buffer.from(Buffer.from(bytes).toString().replace('"M1"', '"M2"'))
    expect(take(field, tampered)).toEqual({
      added: 0,
      known: 0,
      refused: [{ line: 1, reason: 'import.signature' }],
      signature: { status: 'broken', issuer: null },
    })
    expect(field.search('').total).toBe(0)
  })

  test.each([
    (line: string) => line.slice(0, -10),
    (line: string) => line.replace('Eichamt Nord', 'Eichamt Süd'),
    (line: string) => line.replace('2026-09-01', '2027-09-01'),
    (line: string) => line.replace(/"key":"[^"]*"/, `"key":"${STRANGER.publicKey}"`),
    (line: string) => line.replace(/"key":"[^"]*"/, '"key":"00"'),
    (line: string) => line.replace(/"signature":"[^"]*"/, '"signature":null'),
    () => '{"schema":"eichlicht-signature/1"}',
    () => '["eichlicht-signature/1"]',
  ])('with another last line (%#) is broken', (change) => {
    const text = Buffer.from(signed(exported())).toString().trimEnd()
    const from = text.lastIndexOf('\n') + 1
    const bytes = Buffer.from(`${text.slice(0, from)}${change(text.slice(from))}\n`)
    expect(splitList(bytes).kind).toBe('broken')
  })

  test('is the same list with its line end changed by a spreadsheet only if nothing else was', () => {
    expect(splitList(Buffer.concat([signed(exported()), Buffer.from('\r\n\n')])).kind).toBe(
      'signed',
    )
    expect(splitList(new Uint8Array()).kind).toBe('unsigned')
    expect(splitList(Buffer.from('\n\n')).kind).toBe('unsigned')
  })
})

function exportedList(bytes: Uint8Array): Uint8Array {
  const split = splitList(bytes)
  return split.kind === 'signed' ? split.list : new Uint8Array()
}

test('only a private Ed25519 key signs', () => {
  for (const privateKey of ['', 'x', OFFICE.publicKey]) {
    expect(() => signed(exported(), { privateKey, publicKey: '' })).toThrow(Error)
  }
})

test('events are only added, and an issuer is known once', () => {
  const field = store('field')
  known(field, 'K2')
  expect(() => known(field, 'K3')).toThrow(expect.objectContaining({ code: 'exists' }))
  const db = Reflect.get(field, 'db') as { exec(sql: string): void }
  for (const sql of ['DELETE FROM event', "UPDATE event SET detail = ''", 'DELETE FROM issuer']) {
    expect(() => db.exec(sql)).toThrow(/only added|marked as removed/)
  }
})

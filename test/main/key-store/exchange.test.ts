import { rmSync } from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  type ImportOptions,
  type ReadKey,
  csvParts,
  importKeys,
  jsonParts,
} from '../../../src/main/key-store/exchange.ts'
import { openStore } from '../../../src/main/key-store/open.ts'
import { tidyDetails } from '../../../src/main/key-store/rows.ts'
import type { KeyStore } from '../../../src/main/key-store/store.ts'
import { readOneKey } from '../../../src/main/read-key.ts'
import { KEY_KINDS } from '../../../src/shared/model/key.ts'
import type { KeyDetails } from '../../../src/shared/model/stored-key.ts'
import { keyHex, throwAwayKey } from '../../tools/sign.ts'
import { NOTHING, NOW, READ, emptyFolder, keyOf, newKey, now } from './keys.ts'

let folder = ''
let opened: KeyStore[] = []

function store(): KeyStore {
  const { store: made } = openStore(join(folder, `${opened.length}.sqlite`), { now })
  if (made === null) throw new Error('no store')
  opened.push(made)
  return made
}

beforeEach(() => {
  folder = emptyFolder()
  opened = []
})
afterEach(() => {
  for (const one of opened) one.close()
  rmSync(folder, { recursive: true })
})

/** The keys of these tests are no points of a curve. */
const asWritten: ReadKey = (text, curve) => {
  const known = [1, 2, 3, 4, 5].map(keyOf).find(({ point }) => point === text)
  return known !== undefined && curve === known.curve ? known : { refused: 'unknown' }
}
const real: ReadKey = (text, curve) => readOneKey(text, curve, 'list')

const OPTIONS: ImportOptions = { issuer: null, sha256: 'ab'.repeat(32), readKey: asWritten }

function take(into: KeyStore, content: string | Uint8Array, over: Partial<ImportOptions> = {}) {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  return importKeys(into, { name: 'list.csv', bytes }, { ...OPTIONS, ...over })
}

const FORMS = [
  ['JSON', (from: KeyStore) => [...jsonParts(from.all())].join('')],
  ['CSV', (from: KeyStore) => [...csvParts(from.all())].join('')],
] as const

describe.each(FORMS)('a list in %s', (_, written) => {
  const text = fc.option(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 30 }),
      fc.string({ unit: 'grapheme', maxLength: 30 }),
      fc
        .tuple(
          fc.constantFrom('=', '+', '-', '@', "'", '"', ';', ',', '\t', '\n', '\r'),
          fc.string(),
        )
        .map((parts) => parts.join('')),
    ),
  )
  const details: fc.Arbitrary<KeyDetails> = fc.record({
    meter: text,
    evse: text,
    station: text,
    operator: text,
    label: text,
    note: text,
  })

  test('comes back as it was, but for its trust', () => {
    fc.assert(
      fc.property(fc.array(details, { minLength: 1, maxLength: 5 }), fc.boolean(), (all, read) => {
        const [from, into] = [store(), store()]
        for (const [index, of] of all.entries()) {
          from.add(newKey(index + 1, of, read ? READ : null))
        }
        const report = take(into, written(from))
        expect(report).toMatchObject({ added: all.length, known: 0, refused: [] })
        expect([...into.all()]).toMatchObject(
          all.map((of, index) => ({
            ...tidyDetails(of),
            ...keyOf(index + 1),
            source: 'key-file',
            trust: 'K2',
            confirmed: null,
          })),
        )
      }),
      { numRuns: 15 },
    )
  })

  test('that is known already changes nothing, whoever confirmed what', () => {
    const from = store()
    from.add(newKey(1, { meter: 'M1' }, READ))
    from.add(newKey(2, { meter: 'M2' }))
    const before = [...from.all()]
    expect(take(from, written(from))).toMatchObject({ added: 0, known: 2, refused: [] })
    expect([...from.all()]).toEqual(before)
    expect(from.log()).toHaveLength(2)
  })

  test('leaves out what was removed', () => {
    const from = store()
    const { id } = from.add(newKey(1))
    from.add(newKey(2))
    from.remove(id)
    expect(take(store(), written(from)).added).toBe(1)
  })

  test('of nothing is a list all the same', () => {
    expect(take(store(), written(store()))).toMatchObject({ added: 0, known: 0, refused: [] })
  })

  test.each(KEY_KINDS)('carries keys of %s', (curve) => {
    const [from, into] = [store(), store()]
    const key = readOneKey(keyHex(throwAwayKey(curve)), curve, 'test')
    if ('refused' in key) throw new Error(key.refused)
    from.add({ ...newKey(1), key, validFrom: '2020-01-01T00:00:00Z', validUntil: '2030-01-01' })
    expect(take(into, written(from), { readKey: real })).toMatchObject({ added: 1, refused: [] })
    const [again] = [...into.all()]
    expect(again).toMatchObject({
      fingerprint: key.fingerprint,
      curve,
      point: key.point,
      validFrom: '2020-01-01T00:00:00Z',
      validUntil: '2030-01-01',
    })
  })
})

describe('what comes in', () => {
  test('is worth K2, whether an issuer is named or not, and says where it came from', () => {
    const from = store()
    from.add(newKey(1, { meter: 'M' }, READ))
    const list = [...jsonParts(from.all())].join('')
    expect(list).toContain('"trust":"K4"')
    const [unnamed, named] = [store(), store()]
    take(unnamed, list)
    take(named, list, { issuer: 'Stadtwerke' })
    expect(unnamed.get(1)).toMatchObject({ trust: 'K2', source: 'key-file', origin: 'list.csv' })
    expect(named.get(1)).toMatchObject({ trust: 'K2', origin: 'Stadtwerke, list.csv' })
    const [change] = named.log()
    expect(change).toMatchObject({ action: 'import', reason: 'Stadtwerke', at: NOW.toISOString() })
    expect(JSON.parse(change?.detail ?? '')).toMatchObject({
      file: 'list.csv',
      sha256: 'ab'.repeat(32),
      meter: 'M',
    })
  })

  test('never takes the place of what the user confirmed: both stay, in conflict', () => {
    const mine = store()
    mine.add(newKey(1, { meter: 'M' }, READ))
    const theirs = store()
    theirs.add(newKey(2, { meter: 'M' }, READ))
    take(mine, [...csvParts(theirs.all())].join(''))
    expect([...mine.all()].map(({ trust, conflicts }) => [trust, conflicts])).toEqual([
      ['K4', [keyOf(2).fingerprint]],
      ['K2', [keyOf(1).fingerprint]],
    ])
  })

  test('may be any text of a key in a table of anybody, separated as in their country', () => {
    const [one, two] = [throwAwayKey(), throwAwayKey('secp192r1')]
    const table = `label;Point;Meter\r\n"Nord; links";${keyHex(one)};M1\r\n\r\nSüd;"${keyHex(two)}";'+M2\r\n`
    const into = store()
    expect(take(into, table, { readKey: real })).toMatchObject({ added: 2, known: 0, refused: [] })
    expect([...into.all()]).toMatchObject([
      { label: 'Nord; links', meter: 'M1', curve: 'secp256r1', evse: null },
      { label: 'Süd', meter: '+M2', curve: 'secp192r1' },
    ])
    const tabs = `\ufeffpoint\tmeter\n${keyHex(one)}\tM9`
    expect(take(into, tabs, { readKey: real }).added).toBe(1)
  })
})

describe('lines that are refused', () => {
  const line = (over: Record<string, unknown> = {}) => ({
    ...keyOf(1),
    ...NOTHING,
    ...over,
  })
  const json = (...keys: unknown[]) => JSON.stringify({ schema: 'eichlicht-keys/1', keys })

  test('say why, and cost the others nothing', () => {
    const into = store()
    const report = take(
      into,
      json(
        line({ meter: 'good' }),
        line({ point: 'nonsense' }),
        line({ point: null }),
        line({ curve: 'secp192r1' }),
        line({ fingerprint: keyOf(2).fingerprint }),
        line({ meter: 12 }),
        'text',
        null,
        [],
        line({ label: 'x'.repeat(1001) }),
        line({ meter: 'good', evse: 'too' }),
      ),
    )
    expect(report).toMatchObject({
      added: 2,
      known: 0,
      refused: [
        { line: 2, reason: 'unknown' },
        { line: 3, reason: 'unknown' },
        { line: 4, reason: 'unknown' },
        { line: 5, reason: 'import.fingerprint' },
        { line: 6, reason: 'import.field' },
        { line: 7, reason: 'import.field' },
        { line: 8, reason: 'import.field' },
        { line: 9, reason: 'import.field' },
        { line: 10, reason: 'too-long' },
      ],
    })
    expect([...into.all()]).toHaveLength(2)
  })

  test('of a table are counted as in the file', () => {
    const { point } = keyOf(1)
    const table = `curve,point,note\nsecp256r1,${point},"two\nlines"\nsecp256r1,bad,\n`
    expect(take(store(), table)).toMatchObject({
      added: 1,
      known: 0,
      refused: [{ line: 4, reason: 'unknown' }],
    })
  })

  test.each([
    ['nothing', '', 'import.empty'],
    ['blanks', ' \n ', 'import.empty'],
    ['some text', 'hello', 'import.format'],
    ['a table without keys', 'meter,label\nM,L\n', 'import.format'],
    ['broken JSON', '{"schema":"eichlicht-keys/1","keys":[', 'import.format'],
    ['JSON of another kind', '{"schema":"eichlicht-result/1","keys":[]}', 'import.format'],
    ['JSON without a list', '{"schema":"eichlicht-keys/1","keys":{}}', 'import.format'],
    ['bytes that are no text', Uint8Array.of(0xff, 0xfe, 0x00), 'import.format'],
    ['nested beyond all measure', `{"a":${'['.repeat(200_000)}`, 'import.format'],
  ])('a file of %s', (_, content, reason) => {
    const into = store()
    expect(take(into, content)).toMatchObject({
      added: 0,
      known: 0,
      refused: [{ line: 1, reason }],
    })
    expect(into.search('').total).toBe(0)
  })

  test('any bytes give an answer', () => {
    const into = store()
    const near = fc
      .array(fc.constantFrom('"', ',', ';', '\n', '\r', 'point', "'", '{', 'x', '\t', ' '))
      .map((parts) => parts.join(''))
    fc.assert(
      fc.property(fc.oneof(near, fc.string(), fc.uint8Array()), (content) => {
        expect(take(into, content).added).toBe(0)
      }),
    )
  })

  test('nothing is added where the store cannot be written', () => {
    const from = store()
    from.add(newKey(1))
    const list = [...jsonParts(from.all())].join('')
    const into = store()
    Reflect.set(into, 'readOnly', 'locked')
    expect(() => take(into, list)).toThrow(expect.objectContaining({ code: 'locked' }))
    expect(into.search('').total).toBe(0)
  })
})

describe('a table for spreadsheets', () => {
  test('holds no cell that one of them takes for a formula', () => {
    const from = store()
    const evil = ['=1+1', '+1', '-1', '@SUM(A1)', '=cmd|x', "'=1"]
    for (const [index, label] of evil.entries()) from.add(newKey(index, { label, meter: label }))
    const table = [...csvParts(from.all())].join('')
    const cells = [...table.matchAll(/"((?:[^"]|"")*)"/g)].map(([, cell = '']) => cell)
    expect(cells.filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([])
    expect(table.startsWith('\ufeff"fingerprint",')).toBe(true)
    expect(table.split('\r\n')).toHaveLength(evil.length + 2)
  })
})

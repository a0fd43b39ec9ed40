import { rmSync } from 'node:fs'
import { join } from 'node:path'
import Driver from 'better-sqlite3'
import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openStore } from '../../../src/main/key-store/open.ts'
import type { KeyStore } from '../../../src/main/key-store/store.ts'
import {
  type KeyFilter,
  NO_FILTER,
  PHOTO_BYTES,
  type StoredKey,
} from '../../../src/shared/model/stored-key.ts'
import { NOTHING, NOW, READ, emptyFolder, keyOf, newKey, now } from './keys.ts'

let folder = ''
let file = ''
let store: KeyStore

beforeEach(() => {
  folder = emptyFolder()
  file = join(folder, 'keys.sqlite')
  const opened = openStore(file, { now })
  if (opened.store === null) throw new Error(String(opened.reason))
  store = opened.store
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true })
})

const idsOf = (keys: readonly StoredKey[]) => keys.map(({ id }) => id)
const refused = (code: string) => expect.objectContaining({ name: 'StoreError', code })
const actions = (id: number) => store.history(id).changes.map(({ action }) => action)

describe('a key that is added', () => {
  test('is kept as it came, with when and from where', () => {
    const details = {
      meter: '1EMH0012345678',
      evse: 'DE*ABC*E1*1',
      station: 'S-7',
      operator: 'Stadtwerke',
      label: 'Marktplatz',
      note: 'links\nunten',
    }
    const entry = { ...newKey(1, details, READ), validFrom: '2020-01-01', validUntil: null }
    const stored = store.add(entry, 'seen myself')
    expect(stored).toEqual({
      id: 1,
      ...keyOf(1),
      source: 'imprint',
      trust: 'K4',
      ...details,
      origin: 'test',
      confirmed: READ,
      validFrom: '2020-01-01',
      validUntil: null,
      addedAt: NOW.toISOString(),
      removedAt: null,
      calibratedUntil: null,
      issuer: null,
      conflicts: [],
    })
    expect(store.get(1)).toEqual(stored)
  })

  test('that nobody compared is worth what a key of the provider is', () => {
    expect(store.add(newKey(1))).toMatchObject({ source: 'key-file', trust: 'K2', confirmed: null })
  })

  test('is kept without blanks around, without control characters, and never empty', () => {
    const stored = store.add(
      newKey(1, { meter: ' A\u001b[31m1\t', evse: '', station: ' \n', note: ' a\r\nb\u0007 ' }),
    )
    expect(stored).toMatchObject({ meter: 'A [31m1', evse: null, station: null, note: 'a\nb' })
  })

  test('twice for the same meter is refused, however the meter is written', () => {
    store.add(newKey(1, { meter: 'M-1' }))
    expect(() => store.add(newKey(1, { meter: 'm 1', label: 'other' }))).toThrow(refused('exists'))
    expect(store.search('').total).toBe(1)
    expect(store.log()).toHaveLength(1)
  })

  test('may be kept for several meters, and by several sources', () => {
    store.add(newKey(1, { meter: 'M1' }))
    store.add(newKey(1, { meter: 'M2' }))
    store.add(newKey(1, { meter: 'M1' }, READ))
    expect(store.entriesOf(keyOf(1).fingerprint).map(({ trust, meter }) => [trust, meter])).toEqual(
      [
        ['K4', 'M1'],
        ['K2', 'M1'],
        ['K2', 'M2'],
      ],
    )
    expect(store.entryFor(keyOf(1).fingerprint, { ...NOTHING, meter: 'm-1' })?.trust).toBe('K4')
    expect(store.entryFor(keyOf(1).fingerprint, NOTHING)).toBeNull()
  })

  test('with texts beyond every label is refused', () => {
    expect(() => store.add(newKey(1, { label: 'x'.repeat(1001) }))).toThrow(refused('too-long'))
    expect(() => store.add(newKey(1, { note: 'x'.repeat(10_001) }))).toThrow(refused('too-long'))
    expect(store.add(newKey(1, { note: 'x'.repeat(10_000) })).note).toHaveLength(10_000)
  })

  test('may say anything, and nothing of it is taken for SQL', () => {
    const texts = fc.string({ unit: 'binary', maxLength: 200 })
    fc.assert(
      fc.property(texts, texts, fc.nat(), (meter, label, seed) => {
        const before = store.search('').total
        const { id } = store.add(newKey(seed, { meter, label: `'; DROP TABLE key; -- ${label}` }))
        expect(store.search('').total).toBe(before + 1)
        expect(store.get(id).label).toMatch(/^'; DROP TABLE key; --/)
        store.remove(id)
      }),
      { numRuns: 50 },
    )
  })
})

describe('a second key for a known meter', () => {
  test('never takes the place of the first: both stay and show each other', () => {
    const first = store.add(newKey('a', { meter: '1 EMH00 1' }, READ))
    const second = store.add(newKey('b', { meter: '1emh001' }))
    expect(second.conflicts).toEqual([keyOf('a').fingerprint])
    expect(store.get(first.id).conflicts).toEqual([keyOf('b').fingerprint])
    expect(store.get(first.id)).toMatchObject({ trust: 'K4', meter: '1 EMH00 1' })
    expect(store.conflicts()).toEqual([
      {
        meter: '1 EMH00 1',
        fingerprints: [keyOf('a').fingerprint, keyOf('b').fingerprint].toSorted(),
      },
    ])
  })

  test('is no conflict for a charge point, nor once one of them is removed', () => {
    store.add(newKey('a', { evse: 'E1' }))
    store.add(newKey('b', { evse: 'E1' }))
    expect(store.conflicts()).toEqual([])
    const c = store.add(newKey('c', { meter: 'M' }))
    const d = store.add(newKey('d', { meter: 'M' }))
    store.remove(c.id, 'old meter')
    expect(store.conflicts()).toEqual([])
    expect(store.get(d.id).conflicts).toEqual([])
  })
})

describe('changes', () => {
  test('of details say what was and what is', () => {
    const { id } = store.add(newKey(1, { meter: 'M1', label: 'old' }))
    const edited = store.edit(id, { ...NOTHING, meter: 'M2', label: 'new' }, 'typing error')
    expect(edited).toMatchObject({ meter: 'M2', label: 'new' })
    const [change] = store.history(id).changes
    expect(change).toMatchObject({
      at: NOW.toISOString(),
      action: 'edit',
      fingerprint: keyOf(1).fingerprint,
      key: id,
      reason: 'typing error',
    })
    expect(JSON.parse(change?.detail ?? '')).toEqual({
      meter: ['M1', 'M2'],
      label: ['old', 'new'],
    })
    expect(store.search('m2').total).toBe(1)
    expect(store.search('old').total).toBe(0)
  })

  test('that change nothing are not recorded', () => {
    const { id } = store.add(newKey(1, { meter: 'M1' }))
    store.edit(id, { ...NOTHING, meter: ' M1 ' })
    expect(actions(id)).toEqual(['add'])
  })

  test('never make two entries of one', () => {
    store.add(newKey(1, { meter: 'M1' }))
    const { id } = store.add(newKey(1, { meter: 'M2' }))
    expect(() => store.edit(id, { ...NOTHING, meter: 'M1' })).toThrow(refused('exists'))
    expect(store.get(id).meter).toBe('M2')
    expect(actions(id)).toEqual(['add', 'add'])
  })

  test('confirming raises to K4 and keeps how, by whom, where and when', () => {
    const { id } = store.add(newKey(1, { meter: 'M1' }))
    expect(store.confirm(id, READ)).toMatchObject({
      source: 'imprint',
      trust: 'K4',
      confirmed: READ,
      meter: 'M1',
    })
    const [change] = store.history(id).changes
    expect(change?.action).toBe('confirm')
    expect(JSON.parse(change?.detail ?? '')).toEqual({
      source: ['key-file', 'imprint'],
      trust: ['K2', 'K4'],
      confirmed: [null, READ],
    })
  })

  test('removing is undone by restoring; a removed key is not found and not changed', () => {
    const { id } = store.add(newKey(1, { meter: 'M1' }))
    store.remove(id, 'wrong station')
    expect(store.search('M1').total).toBe(0)
    expect(idsOf(store.search('M1', { removed: true }).keys)).toEqual([id])
    expect(store.get(id).removedAt).toBe(NOW.toISOString())
    for (const change of [
      () => store.edit(id, NOTHING),
      () => store.remove(id),
      () => store.confirm(id, READ),
    ]) {
      expect(change).toThrow(refused('no-such-key'))
    }
    expect(store.restore(id)).toMatchObject({ id, removedAt: null })
    expect(store.restore(id)).toMatchObject({ id, removedAt: null })
    expect(actions(id)).toEqual(['restore', 'remove', 'add'])
  })

  test('restoring what was added again meanwhile is refused', () => {
    const { id } = store.add(newKey(1, { meter: 'M1' }))
    store.remove(id)
    store.add(newKey(1, { meter: 'M1' }))
    expect(() => store.restore(id)).toThrow(refused('exists'))
  })

  test('of a key nobody added are refused', () => {
    for (const id of [0, 7, -1]) {
      expect(() => store.get(id)).toThrow(refused('no-such-key'))
      expect(() => store.remove(id)).toThrow(refused('no-such-key'))
    }
    expect(() => store.entriesOf('sha256:12')).toThrow(refused('no-such-key'))
  })

  test('are only ever added: no statement of SQL takes them back', () => {
    const { id } = store.add(newKey(1, { meter: 'M1' }))
    store.remove(id)
    store.close()
    const raw = new Driver(file)
    for (const sql of [
      `UPDATE change SET reason = 'another'`,
      'DELETE FROM change',
      `REPLACE INTO change (id, at, action, fingerprint, statement_id, detail, reason)
         SELECT id, at, action, fingerprint, statement_id, 'other', '' FROM change`,
      'DELETE FROM statement',
      'DELETE FROM key',
      'UPDATE key SET point = zeroblob(65)',
      `UPDATE statement SET trust = 'K4'`,
      `UPDATE statement SET source = 'imprint', trust = 'K4'`,
      `UPDATE statement SET source = 'invented'`,
    ]) {
      expect(() => raw.exec(sql)).toThrow(/SQLITE_CONSTRAINT|only added|never|marked|CHECK/)
    }
    raw.close()
    store = openStore(file, { now }).store ?? store
    expect(actions(id)).toEqual(['remove', 'add'])
  })

  test('the latest of all keys come first', () => {
    for (const seed of [1, 2, 3]) store.add(newKey(seed))
    expect(store.log().map(({ key }) => key)).toEqual([3, 2, 1])
    expect(store.log(1).map(({ key }) => key)).toEqual([3])
  })
})

describe('searching', () => {
  const found = (text: string) => idsOf(store.search(text).keys)

  beforeEach(() => {
    store.add(newKey(1, { meter: '1EMH0012345678', label: 'Größe Straße' }))
    store.add(newKey(2, { evse: 'DE*ABC*E123*1', operator: 'Énergie Süd GmbH' }))
    store.add(newKey(3, { station: 'Säule 7', note: 'am Bahnhof\nlinks' }))
  })

  test('shows everything for nothing, the newest first', () => {
    expect(found('')).toEqual([3, 2, 1])
    expect(found('  ')).toEqual([3, 2, 1])
  })

  test.each([
    ['1EMH0012345678', [1]],
    ['2345', [1]],
    ['1emh 0012', [1]],
    ['1-EMH-00', [1]],
    ['groesse', []],
    ['GROSSE STRASSE', [1]],
    ['große strasse', [1]],
    ['de*abc*e123*1', [2]],
    ['DEABCE123', [2]],
    ['de abc e123 1', [2]],
    ['energie sud', [2]],
    ['saule bahnhof', [3]],
    ['bahnhof säule', [3]],
    ['säule bahnsteig', []],
    ['%', []],
    ['_', []],
    ['"', []],
  ])('%j finds %o', (text, ids) => {
    expect(found(text)).toEqual(ids)
  })

  test('finds a key by the beginning of its fingerprint, however it is written', () => {
    const digits = keyOf(2).fingerprint.slice('sha256:'.length)
    for (const text of [
      keyOf(2).fingerprint,
      digits.slice(0, 7),
      digits.slice(0, 16).toUpperCase(),
      `sha256:${digits.slice(0, 9)}`,
      digits.slice(0, 16).replace(/(.{4})/g, '$1 '),
    ]) {
      expect(found(text)).toContain(2)
    }
  })

  test('gives a page and counts all', () => {
    const page = store.search('', { limit: 1, offset: 1 })
    expect({ ids: idsOf(page.keys), total: page.total }).toEqual({ ids: [2], total: 3 })
    expect(store.search('', { offset: 9 })).toEqual({ keys: [], total: 3 })
  })

  test('all of them come in the order in which they were added', () => {
    const many = Array.from({ length: 2190 }, (_, index) => newKey(index + 10))
    expect(store.import(many, {}, '')).toEqual({ added: 2190, known: 0 })
    const ids = [...store.all()].map(({ id }) => id)
    expect(ids).toHaveLength(2193)
    expect(ids).toEqual(ids.toSorted((a, b) => a - b))
  })
})

describe('settings', () => {
  test('begin with what the system says and without history', () => {
    expect(store.settings()).toEqual({
      language: 'system',
      theme: 'system',
      history: false,
      requiredTrust: 'K3',
    })
  })

  test('are kept over a restart', () => {
    const settings = { language: 'en', theme: 'dark', history: true, requiredTrust: 'K3' } as const
    expect(store.saveSettings(settings)).toEqual(settings)
    store.close()
    store = openStore(file, { now }).store ?? store
    expect(store.settings()).toEqual(settings)
  })
})

describe('where keys were seen', () => {
  const seen = [
    {
      fingerprint: keyOf(1).fingerprint,
      meter: 'M1',
      begin: '2026-03-01T08:00:00+01:00',
      state: 'VERIFIED',
    },
    { fingerprint: keyOf(2).fingerprint, meter: null, begin: null, state: 'NOT_CHECKED' },
  ]
  const on = { language: 'system', theme: 'system', history: true, requiredTrust: 'K3' } as const
  const sightings = (id: number) => store.history(id).sightings

  test('is kept only if the user wants that, and forgotten when not any more', () => {
    const { id } = store.add(newKey(1))
    store.noteSightings(seen)
    expect(sightings(id)).toEqual([])
    store.saveSettings(on)
    store.noteSightings(seen)
    expect(sightings(id)).toEqual([
      { at: NOW.toISOString(), meter: 'M1', begin: '2026-03-01T08:00:00+01:00', state: 'VERIFIED' },
    ])
    store.saveSettings({ ...on, history: false, requiredTrust: 'K3' })
    expect(sightings(id)).toEqual([])
  })

  test('may be forgotten for one key or for all', () => {
    const ids = [1, 2].map((seed) => store.add(newKey(seed)).id)
    const counts = () => ids.map((id) => sightings(id).length)
    store.saveSettings(on)
    store.noteSightings(seen)
    store.forgetSightings(keyOf(1).fingerprint)
    expect(counts()).toEqual([0, 1])
    store.noteSightings(seen)
    store.forgetSightings(null)
    expect(counts()).toEqual([0, 0])
  })
})

describe('filters', () => {
  const listed = (filter: Partial<KeyFilter>, text = '') =>
    idsOf(store.list(text, { ...NO_FILTER, ...filter }).keys)

  beforeEach(() => {
    store.add(newKey(1, { meter: 'M1', operator: 'Stadtwerke' }))
    store.add(newKey(2, { meter: 'M1', operator: 'Stadtwerke' }, READ))
    store.add(newKey(3, { meter: 'M3', operator: 'Albwerk' }))
  })

  test('leave what fits all of them, in the order of the search', () => {
    expect(listed({})).toEqual([3, 2, 1])
    expect(listed({ trust: 'K4' })).toEqual([2])
    expect(listed({ source: 'key-file' })).toEqual([3, 1])
    expect(listed({ operator: 'Stadtwerke', source: 'key-file' })).toEqual([1])
    expect(listed({ curve: keyOf(1).curve })).toEqual([3, 2, 1])
    expect(listed({ curve: 'ed448' })).toEqual([])
    expect(listed({ conflict: true })).toEqual([2, 1])
    expect(listed({ source: 'key-file' }, 'albwerk')).toEqual([3])
    expect(listed({ trust: 'K4' }, 'albwerk')).toEqual([])
  })

  test('say of each choice how many entries it has among those found', () => {
    const { facets, total } = store.list('', { ...NO_FILTER, trust: 'K4' })
    expect(total).toBe(1)
    expect(facets).toEqual({
      source: [
        ['key-file', 2],
        ['imprint', 1],
      ],
      trust: [
        ['K2', 2],
        ['K4', 1],
      ],
      curve: [[keyOf(1).curve, 3]],
      operator: [
        ['Stadtwerke', 2],
        ['Albwerk', 1],
      ],
      conflict: 2,
    })
    expect(store.list('albwerk', NO_FILTER).facets).toMatchObject({
      operator: [['Albwerk', 1]],
      conflict: 0,
    })
  })

  test('say which entries go into a list for others', () => {
    const chosen = store.chosen('', { ...NO_FILTER, operator: 'Albwerk' })
    expect(idsOf([...chosen])).toEqual([3])
  })

  test('do not count what was removed', () => {
    store.remove(2)
    expect(listed({ conflict: true })).toEqual([])
    expect(store.list('', NO_FILTER)).toMatchObject({ total: 2, facets: { conflict: 0 } })
  })
})

describe('entries of one key', () => {
  beforeEach(() => {
    store.add(newKey(1, { meter: 'M1', note: 'left' }))
    store.add(newKey(1, { operator: 'Stadtwerke', note: 'right' }, READ))
    store.add(newKey(1, { meter: 'M2' }))
    store.add(newKey(2, { meter: 'M1' }))
  })

  test('are told where none of them names another meter', () => {
    expect(store.duplicates().map((group) => idsOf(group))).toEqual([[2, 1]])
    expect(idsOf(store.history(1).duplicates)).toEqual([2])
    expect(store.history(4).duplicates).toEqual([])
  })

  test('become one: the best trusted stays, gets what it lacks, and no trust rises', () => {
    const merged = store.merge([1, 2])
    expect(merged).toMatchObject({
      id: 2,
      trust: 'K4',
      confirmed: READ,
      meter: 'M1',
      operator: 'Stadtwerke',
      note: 'right\nleft',
    })
    expect(idsOf(store.search('').keys)).toEqual([4, 3, 2])
    expect(store.get(1).removedAt).not.toBeNull()
    expect(actions(2).slice(0, 2)).toEqual(['merge', 'remove'])
    expect(store.duplicates()).toEqual([])
  })

  test('are parted again as they were, but for what was edited since', () => {
    store.merge([1, 2])
    const [change = 0] = store.history(2).splittable
    const { label: _, ...details } = store.get(2)
    store.edit(2, { ...details, label: 'new' })
    expect(store.split(change)).toMatchObject({ meter: null, note: 'right', label: 'new' })
    expect(store.get(1)).toMatchObject({ meter: 'M1', note: 'left', removedAt: null })
    expect(store.history(2).splittable).toEqual([])
    expect(() => store.split(change)).toThrow(refused('no-such-key'))
  })

  test('for other meters, or of other keys, are never made one', () => {
    for (const ids of [[1, 3], [1, 4], [1], [1, 1], []]) {
      expect(() => store.merge(ids)).toThrow(refused('no-such-key'))
    }
    expect(store.search('').total).toBe(4)
  })
})

describe('the photo of an imprint', () => {
  const bytes = Uint8Array.of(0xff, 0xd8, 0xff, 1, 2, 3)

  test('is kept with its key, replaced and deleted, and each of it is on record', () => {
    const { id } = store.add(newKey(1))
    expect(store.photo(id)).toBeNull()
    const photo = store.savePhoto(id, 'image/jpeg', bytes)
    expect(photo).toMatchObject({ type: 'image/jpeg', size: 6, addedAt: NOW.toISOString() })
    expect(store.photo(id)).toMatchObject({ ...photo, bytes: Buffer.from(bytes) })
    expect(store.history(id).photo).toEqual(photo)
    store.savePhoto(id, 'image/png', bytes.slice(1))
    expect(store.photo(id)).toMatchObject({ type: 'image/png', size: 5 })
    store.removePhoto(id)
    store.removePhoto(id)
    expect(store.photo(id)).toBeNull()
    expect(actions(id)).toEqual(['photo-remove', 'photo-add', 'photo-add', 'add'])
  })

  test('is no larger than a mebibyte, and belongs to a key', () => {
    const { id } = store.add(newKey(1))
    expect(() => store.savePhoto(id, 'image/jpeg', new Uint8Array(PHOTO_BYTES + 1))).toThrow(
      refused('too-long'),
    )
    expect(() => store.savePhoto(99, 'image/jpeg', bytes)).toThrow(refused('no-such-key'))
  })
})

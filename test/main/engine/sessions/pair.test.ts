import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Group,
  dedupe,
  inOrder,
  pair,
  partOf,
} from '../../../../src/main/engine/sessions/pair.ts'
import type { MeterReading } from '../../../../src/shared/model/reading.ts'
import type { RecordResult } from '../../../../src/shared/model/record.ts'
import { end, publicKey, reading, record, signature, time } from '../../../tools/results.ts'
import { stopwatch } from '../../../tools/stopwatch.ts'

type Role = 'B' | 'C' | 'E' | 'BE' | '-'

const ROLES: Record<Role, MeterReading['role'][]> = {
  B: ['begin'],
  C: ['intermediate'],
  E: ['end'],
  BE: ['begin', 'end'],
  '-': ['other'],
}

interface Short {
  id?: string
  number?: number | null
  minute?: number
  valid?: boolean
  key?: string
  meter?: string | null
  gateway?: string | null
  transaction?: string | null
  evse?: string | null
}

/** A record that holds these parts of a session, as far as pairing looks at it. */
function short(role: Role, over: Short = {}): RecordResult {
  const { id, number = 1, minute = 0, valid = true, key = 'k', transaction = null } = over
  const { meter = 'M', gateway = 'G', evse = null } = over
  return record({
    ...(id === undefined ? {} : { id }),
    readings: ROLES[role].map((part, index) =>
      reading({ role: part, time: time(60 * minute + index) }),
    ),
    signature: signature({
      status: valid ? 'valid' : 'invalid',
      key: publicKey({ fingerprint: key }),
    }),
    meter: { serial: meter, vendor: null, model: null },
    gateway: { serial: gateway, model: null },
    evse,
    pagination: number === null ? null : { context: 'T', number: String(number) },
    claimed: { transaction, role: null },
  })
}

type Files = Record<string, RecordResult[]>

function pairs(files: Files): Group[] {
  return pair(dedupe(Object.entries(files).map(([name, records]) => ({ name, records }))))
}

/** Ids of each group, in an order that does not depend on the one they were found in. */
function ids(groups: readonly Group[]): string[][] {
  return groups
    .map(({ members }) => members.map(({ record: { id } }) => id).toSorted())
    .toSorted((a, b) => (a.join() < b.join() ? -1 : 1))
}

const pairIds = (files: Files) => ids(pairs(files))

describe('the part of a session that a record holds', () => {
  test.each([
    ['B', 'begin'],
    ['C', 'middle'],
    ['E', 'end'],
    ['BE', 'whole'],
    ['-', 'other'],
  ] as const)('%s: %s', (role, part) => {
    expect(partOf(short(role))).toBe(part)
  })

  test('readings without a value, and of registers that count no energy, say nothing', () => {
    const event = reading({ quantity: null, role: 'begin' })
    const duration = reading({ kind: 'other', role: 'end' })
    expect(partOf(record({ readings: [event, duration] }))).toBe('other')
    expect(partOf(record({ readings: [event, duration, end()] }))).toBe('end')
    expect(partOf(record({ readings: [reading({ kind: 'unclassified' })] }))).toBe('begin')
    expect(partOf(record({ readings: [] }))).toBe('other')
  })
})

describe('one file', () => {
  test('a record with begin and end is a session of its own', () => {
    const whole = short('BE', { id: 'w' })
    expect(pairIds({ a: [short('B', { id: 'b', number: 1 }), whole] })).toEqual([['b'], ['w']])
  })

  test('a begin belongs to the next end of its counter, with what lies between', () => {
    const records = [
      short('E', { id: 'e2', number: 5 }),
      short('B', { id: 'b1', number: 1 }),
      short('C', { id: 'c1', number: 2 }),
      short('E', { id: 'e1', number: 3 }),
      short('B', { id: 'b2', number: 4 }),
    ]
    expect(pairIds({ a: records })).toEqual([
      ['b1', 'c1', 'e1'],
      ['b2', 'e2'],
    ])
    const inOrder = pairs({ a: records }).map(({ members }) => members.map((m) => m.record.id))
    expect(inOrder).toEqual([
      ['b2', 'e2'],
      ['b1', 'c1', 'e1'],
    ])
  })

  test('two sources do not mix, although their counters do', () => {
    const records = ['M1', 'M2'].flatMap((meter, index) => [
      short('B', { id: `${meter}b`, number: 1 + index, meter }),
      short('E', { id: `${meter}e`, number: 3 + index, meter }),
    ])
    expect(pairIds({ a: records })).toEqual([
      ['M1b', 'M1e'],
      ['M2b', 'M2e'],
    ])
  })

  test('without a meter number the charge point tells sessions of a gateway apart', () => {
    const records = ['E1', 'E2'].flatMap((evse, index) => [
      short('B', { id: `${evse}b`, number: 1 + index, meter: null, evse }),
      short('E', { id: `${evse}e`, number: 3 + index, meter: null, evse }),
    ])
    expect(pairIds({ a: records })).toEqual([
      ['E1b', 'E1e'],
      ['E2b', 'E2e'],
    ])
  })

  test('records of one key pair before records of one source', () => {
    const records = [
      short('B', { id: 'b1', number: 1, key: 'k1' }),
      short('B', { id: 'b2', number: 2, key: 'k2' }),
      short('E', { id: 'e1', number: 3, key: 'k1' }),
      short('E', { id: 'e2', number: 4, key: 'k2' }),
    ]
    expect(pairIds({ a: records })).toEqual([
      ['b1', 'e1'],
      ['b2', 'e2'],
    ])
    const other = [
      short('B', { id: 'b', key: 'k1' }),
      short('E', { id: 'e', number: 2, key: 'k2' }),
    ]
    expect(pairIds({ a: other })).toEqual([['b', 'e']])
  })

  test('without counters time decides', () => {
    const at = (role: Role, id: string, minute: number) => short(role, { id, minute, number: null })
    expect(
      pairIds({ a: [at('E', 'e1', 5), at('B', 'b2', 6), at('E', 'e2', 9), at('B', 'b1', 1)] }),
    ).toEqual([
      ['b1', 'e1'],
      ['b2', 'e2'],
    ])
  })

  test('a begin and an end that fit nothing else belong together, so that rules can speak', () => {
    const other = [short('B', { id: 'b', meter: 'M1' }), short('E', { id: 'e', meter: 'M2' })]
    expect(pairIds({ a: other })).toEqual([['b', 'e']])
    const backwards = [short('B', { id: 'b', number: 2 }), short('E', { id: 'e', number: 1 })]
    expect(pairIds({ a: backwards })).toEqual([['b', 'e']])
  })

  test('but not where the file gives them different transactions', () => {
    const records = [
      short('B', { id: 'b', meter: 'M1', transaction: '1' }),
      short('E', { id: 'e', meter: 'M2', transaction: '2' }),
    ]
    expect(pairIds({ a: records })).toEqual([['b'], ['e']])
  })

  test('of two begins and one end that fit nothing, nobody knows which belong together', () => {
    const records = ['M1', 'M2', 'M3'].map((meter, index) =>
      short(index === 2 ? 'E' : 'B', { id: meter, meter }),
    )
    expect(pairIds({ a: records })).toEqual([['M1'], ['M2'], ['M3']])
  })
})

describe('transaction numbers of the file', () => {
  const t = (role: Role, id: string, number: number, over: Short = {}) =>
    short(role, { id, number, transaction: '7', ...over })

  test('group what the signed chain does not', () => {
    const records = [t('B', 'b', 1, { meter: 'M1' }), t('E', 'e', 2, { meter: 'M2' })]
    expect(pairIds({ a: records })).toEqual([['b', 'e']])
  })

  test('that cover several clean sessions leave them several, and that is told', () => {
    const records = [t('B', 'b1', 1), t('E', 'e1', 2), t('B', 'b2', 3), t('E', 'e2', 4)]
    expect(pairIds({ a: records })).toEqual([
      ['b1', 'e1'],
      ['b2', 'e2'],
    ])
    expect(pairs({ a: records }).map((group) => group.sharesTransaction)).toEqual([true, true])
  })

  test('that cover begins and ends which do not come out even are one session', () => {
    const records = [t('B', 'b1', 1), t('E', 'e1', 2), t('B', 'b2', 3)]
    expect(pairIds({ a: records })).toEqual([['b1', 'b2', 'e1']])
  })

  test('with a forged record beside a clean session leave the session alone', () => {
    const records = [t('B', 'b', 1), t('E', 'e', 2), t('E', 'forged', 2, { valid: false })]
    expect(pairIds({ a: records })).toEqual([['b', 'e'], ['forged']])
  })
})

describe('several files', () => {
  test('a begin and an end that each file leaves alone belong together', () => {
    const files = { a: [short('B', { id: 'b' })], b: [short('E', { id: 'e', number: 2 })] }
    expect(pairIds(files)).toEqual([['b', 'e']])
  })

  test('what is complete in its file stays there', () => {
    const files = {
      a: [short('B', { id: 'b1', number: 1 }), short('E', { id: 'e1', number: 5 })],
      b: [short('B', { id: 'b2', number: 2 }), short('E', { id: 'e2', number: 3 })],
    }
    expect(pairIds(files)).toEqual([
      ['b1', 'e1'],
      ['b2', 'e2'],
    ])
  })

  test.each([
    ['seven days later', 7 * 24 * 60, 2, true],
    ['longer', 7 * 24 * 60 + 1, 2, false],
    ['a thousand records later', 60, 1001, true],
    ['more', 60, 1002, false],
  ])('an end %s is one of the same session: %#', (_, minute, number, together) => {
    const others = { c: [short('B', { id: 'x', meter: 'X' })] }
    const files = { a: [short('B', { id: 'b' })], b: [short('E', { id: 'e', number, minute })] }
    expect(pairIds({ ...files, ...others }).length).toBe(together ? 2 : 3)
  })

  test('records of different formats do not belong together', () => {
    const other = { ...short('E', { id: 'e', number: 2 }), format: 'other' } as unknown
    const files = { a: [short('B', { id: 'b' })], b: [other as RecordResult] }
    expect(pairIds(files)).toEqual([['b'], ['e']])
  })

  test('a copy of a file changes nothing', () => {
    const file = [short('B', { id: 'b', transaction: '1' }), short('E', { id: 'e', number: 2 })]
    expect(pairIds({ a: file, b: file })).toEqual(pairIds({ a: file }))
  })

  test('a file with a copy of a record and a forged partner does not take it away', () => {
    const [b, e] = [short('B', { id: 'b' }), short('E', { id: 'e', number: 2 })]
    const forged = short('B', { id: 'forged', valid: false })
    const expected = [['b', 'e'], ['forged']]
    expect(pairIds({ genuine: [b, e], hostile: [forged, e] })).toEqual(expected)
    expect(pairIds({ hostile: [forged, e], genuine: [b, e] })).toEqual(expected)
  })

  test('a file with a copy of a record and an older begin does not take it away', () => {
    const [b, e] = [short('B', { id: 'b', number: 4 }), short('E', { id: 'e', number: 5 })]
    const older = short('B', { id: 'older', number: 1 })
    const expected = [['b', 'e'], ['older']]
    expect(pairIds({ genuine: [b, e], other: [older, e] })).toEqual(expected)
    expect(pairIds({ other: [older, e], genuine: [b, e] })).toEqual(expected)
  })
})

describe('copies', () => {
  const [once, again] = ['1', '2'].map((transaction) =>
    short('BE', { id: 'same', transaction }),
  ) as [RecordResult, RecordResult]

  test('are one record that remembers where it was found, and under which transactions', () => {
    const found = dedupe([
      { name: 'a', records: [once, once] },
      { name: 'b', records: [again] },
    ])
    expect(found).toMatchObject([{ inputs: ['a', 'a', 'b'], transactions: ['1', '2'] }])
  })

  test('are the same record in whatever order they come', () => {
    const files = [
      { name: 'a', records: [once] },
      { name: 'b', records: [again] },
    ]
    const [there] = dedupe(files)
    const [back] = dedupe(files.toReversed())
    expect(back?.record).toEqual(there?.record)
    expect(back?.transactions).toEqual(there?.transactions)
  })

  test('of a hundred thousand transactions cost no more than others', () => {
    const records = Array.from({ length: 100_000 }, (_, index) => ({
      ...once,
      claimed: { transaction: String(index), role: null },
    }))
    const seconds = stopwatch()
    expect(dedupe([{ name: 'a', records }]).length).toBe(1)
    expect(seconds()).toBeLessThan(2)
  })
})

describe('the order of the counter', () => {
  const order = (...records: RecordResult[]) =>
    inOrder(dedupe([{ name: 'a', records }])).map((one) => one.record.id)

  test('goes by number, whatever the number of its digits, then by time, then by part', () => {
    expect(
      order(
        short('E', { id: 'f', number: 10 }),
        short('B', { id: 'd', number: 9, minute: 2 }),
        short('E', { id: 'c', number: 9, minute: 1 }),
        short('C', { id: 'b', number: 9, minute: 1 }),
        short('B', { id: 'a', number: 9, minute: 1 }),
        short('B', { id: 'e', number: 9, minute: 3 }),
      ),
    ).toEqual(['a', 'b', 'c', 'd', 'e', 'f'])
  })

  test('numbers beyond those of a float are told apart', () => {
    const at = (id: string, number: string) => ({
      ...short('B', { id }),
      pagination: { context: 'T', number },
    })
    expect(order(at('b', '9007199254740993'), at('a', '9007199254740992'))).toEqual(['a', 'b'])
  })

  test('is that of time where one record has no number, so that three of them have an order', () => {
    const [a, b, c] = [
      short('B', { id: 'a', number: 2, minute: 0 }),
      short('B', { id: 'b', number: null, minute: 1 }),
      short('B', { id: 'c', number: 1, minute: 2 }),
    ]
    for (const records of [
      [a, b, c],
      [b, c, a],
      [c, a, b],
      [c, b, a],
    ]) {
      expect(order(...records)).toEqual(['a', 'b', 'c'])
    }
  })
})

/** Any records at all, few enough of each kind that they get in each other's way. */
const anyRecord = fc
  .record({
    role: fc.constantFrom<Role>('B', 'B', 'C', 'E', 'E', 'BE', '-'),
    number: fc.option(fc.integer({ min: 1, max: 9 })),
    minute: fc.integer({ min: 0, max: 9 }),
    valid: fc.boolean(),
    key: fc.constantFrom('k1', 'k2'),
    meter: fc.option(fc.constantFrom('M1', 'M2')),
    transaction: fc.option(fc.constantFrom('1', '2')),
  })
  .map(({ role, ...over }) => ({ role, over }))

/** Records in files; some records stand in several files, under other transactions too. */
const anyFiles = fc.array(
  fc.tuple(
    anyRecord,
    fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 3 }),
    fc.option(fc.constantFrom('1', '3')),
  ),
  { maxLength: 12 },
)
type Spec = typeof anyFiles extends fc.Arbitrary<infer T> ? T : never

function build(list: Spec): Files {
  const files: Files = { a: [], b: [], c: [] }
  for (const [index, [{ role, over }, names, other]] of list.entries()) {
    const one = short(role, { ...over, id: `r${index}` })
    for (const [copy, name] of names.entries()) {
      const claimed = { transaction: copy === 0 ? over.transaction : other, role: null }
      files[name]?.push({ ...one, claimed })
    }
  }
  return files
}

describe('whatever the records', () => {
  test('every record is in exactly one session', () => {
    fc.assert(
      fc.property(anyFiles, (list) => {
        const files = build(list)
        const all = new Set(Object.values(files).flatMap((records) => records.map(({ id }) => id)))
        expect(pairIds(files).flat().toSorted()).toEqual([...all].toSorted())
      }),
      { numRuns: 500 },
    )
  })

  test('the order of files, of records in them and the names of files do not matter', () => {
    const seeds = fc.tuple(fc.nat(), fc.nat(), fc.constantFrom('abc', 'zyx', 'bca'))
    fc.assert(
      fc.property(anyFiles, seeds, (list, [turn, step, names]) => {
        const files = build(list)
        const shuffled = Object.values(files)
          .map((records, index) => [names[index] ?? '', shuffle(records, step + index)] as const)
          .toSorted((a, b) => ((a[0].charCodeAt(0) * turn) % 7) - ((b[0].charCodeAt(0) * turn) % 7))
        expect(pairIds(Object.fromEntries(shuffled))).toEqual(pairIds(files))
      }),
      { numRuns: 1000 },
    )
  })

  test('no forged record takes the partner of a genuine one', () => {
    const forgery = fc.tuple(
      fc.nat(),
      fc.constantFrom<Role>('B', 'C', 'E', 'BE'),
      fc.integer({ min: -2, max: 2 }),
      fc.constantFrom('genuine', 'other'),
      fc.boolean(),
    )
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4 }),
        fc.array(forgery, { maxLength: 8 }),
        (n, list) => {
          const genuine = Array.from({ length: n }, (_, index) => [
            short('B', { id: `b${index}`, number: 10 * index + 1, minute: 10 * index }),
            short('E', { id: `e${index}`, number: 10 * index + 2, minute: 10 * index + 5 }),
          ])
          const files: Files = { other: [], genuine: genuine.flat() }
          for (const [index, [which, role, shift, name, withCopy]] of list.entries()) {
            const number = 10 * (which % n) + 1 + shift
            const minute = 10 * (which % n) + 1
            files[name]?.push(short(role, { id: `x${index}`, number, minute, valid: false }))
            if (withCopy) files['other']?.push(...(genuine[which % n] ?? []).slice(which % 2))
          }
          const sessions = pairIds(files)
          for (let index = 0; index < n; index++) {
            expect(sessions).toContainEqual([`b${index}`, `e${index}`])
          }
        },
      ),
      { numRuns: 500 },
    )
  })
})

function shuffle<T>(list: readonly T[], seed: number): T[] {
  const keyed = list.map((item, index) => [(index * 7919 + seed * 104_729) % 101, item] as const)
  return keyed.toSorted((a, b) => a[0] - b[0]).map(([, item]) => item)
}

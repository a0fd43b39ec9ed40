import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { judgeTrust } from '../../../../src/main/engine/trust/judge.ts'
import { keyBook } from '../../../../src/main/engine/trust/key-book.ts'
import { TRUST_LEVELS, type TrustLevel, isAtLeast } from '../../../../src/shared/model/key.ts'
import { publicKey, record, signature } from '../../../tools/results.ts'

const under = (trust: TrustLevel, over: Parameters<typeof signature>[0] = {}) =>
  record({ signature: signature({ key: publicKey({ trust, origin: `of ${trust}` }), ...over }) })

describe('the trust of a session', () => {
  test.each([
    ['K1', ['KEY-FILE']],
    ['K2', ['KEY-PROVIDER']],
    ['K3', ['KEY-REGISTER']],
    ['K4', ['KEY-STATION']],
    ['K5', []],
  ] as const)('under a key of trust %s says why: %j', (trust, evidence) => {
    const judged = judgeTrust([under(trust)], 'session')
    expect(judged).toMatchObject({ level: trust, key: { trust } })
    expect(judged.evidence.map(({ code }) => code)).toEqual(evidence)
    expect(judged.evidence.every(({ at }) => at === 'session')).toBe(true)
  })

  test('under a key of a signed list names its issuer', () => {
    for (const trust of ['K2', 'K3'] as const) {
      const key = publicKey({ trust, source: 'key-file', issuer: 'Eichamt' })
      const [found] = judgeTrust([record({ signature: signature({ key }) })], 's').evidence
      expect(found).toMatchObject({ code: 'KEY-ISSUER', params: { issuer: 'Eichamt' } })
    }
  })

  test('is that of its least trusted record, in whatever order', () => {
    const levels = fc.array(fc.constantFrom(...TRUST_LEVELS.slice(1)), { minLength: 1 })
    fc.assert(
      fc.property(levels, (list) => {
        const { level } = judgeTrust(
          list.map((trust) => under(trust)),
          's',
        )
        expect(list).toContain(level)
        expect(list.every((trust) => isAtLeast(trust, level))).toBe(true)
      }),
    )
  })

  test('is none where a record was not checked, whatever the others are', () => {
    const unchecked = under('K4', { status: 'unchecked' })
    const keyless = record({ signature: signature({ key: null }) })
    for (const one of [unchecked, keyless]) {
      for (const records of [[one], [under('K4'), one], [one, under('K4')]]) {
        expect(judgeTrust(records, 's')).toEqual({ level: 'K0', key: null, evidence: [] })
      }
    }
  })

  test('is that of the key the signature should fit, also where it does not', () => {
    expect(judgeTrust([under('K3', { status: 'invalid' })], 's').level).toBe('K3')
  })

  test('is none without records', () => {
    expect(judgeTrust([], 's').level).toBe('K0')
  })
})

describe('a key book without a store', () => {
  const given = publicKey({ fingerprint: 'g', trust: 'K4' })
  const offered = publicKey({ fingerprint: 'o', trust: 'K2' })

  test('knows the keys that the user gave, and publishes none', () => {
    const book = keyBook([given], [offered])
    expect(book.find('g')).toEqual([given])
    expect(book.find('o')).toEqual([])
    expect(book.publishedFor({ meter: 'M', evse: 'E' })).toEqual([])
    expect([book.given, book.offered]).toEqual([[given], [offered]])
    expect(keyBook([]).offered).toEqual([])
  })
})

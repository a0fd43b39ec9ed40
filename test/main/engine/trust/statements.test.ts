import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { asset } from '../../../../src/main/assets.ts'
import { LIMITS } from '../../../../src/main/engine/limits.ts'
import { conclude, readFile } from '../../../../src/main/engine/pipeline.ts'
import { type KnownKeys, keyBook } from '../../../../src/main/engine/trust/key-book.ts'
import { bearing, bookFor } from '../../../../src/main/engine/trust/statements.ts'
import type { DecodedRecord } from '../../../../src/main/engine/types.ts'
import { digest, hostEngines } from '../../../../src/main/host-deps.ts'
import { comparable } from '../../../../src/shared/identity.ts'
import { type PublicKeyRef, TRUST_OF_SOURCE } from '../../../../src/shared/model/key.ts'
import { publicKey } from '../../../tools/results.ts'
import { type ThrowAwayKey, keyHex, throwAwayKey } from '../../../tools/sign.ts'
import { NOW, POLICY, givenKey, wholeSession, xmlWith } from '../../../tools/small-inputs.ts'

type Named = Pick<DecodedRecord, 'meter' | 'gateway' | 'evse'>

function record(meter: string | null, gateway: string | null, evse: string | null): Named {
  return {
    meter: { serial: meter, vendor: null, model: null },
    gateway: { serial: gateway, model: null },
    evse,
  }
}

const about = (meter: string | null, evse: string | null = null) => publicKey({ meter, evse })

describe('what a statement about a key has to do with a record', () => {
  test.each([
    [about('M1'), record('M1', null, null), 'this'],
    [about('m-1 '), record('M1', null, null), 'this'],
    [about('G1'), record('M1', 'G1', null), 'this'],
    [about('M2'), record('M1', 'G1', null), 'other'],
    [about(null, 'DE*ABC*E1'), record('M1', null, 'DEABCE1'), 'this'],
    [about(null, 'DE*ABC*E2'), record('M1', null, 'DEABCE1'), 'other'],
    // The meter decides: it may have been exchanged, and it may serve another charge point.
    [about('M2', 'E1'), record('M1', null, 'E1'), 'other'],
    [about('M1', 'E2'), record('M1', null, 'E1'), 'this'],
    [about('M2', 'E1'), record(null, null, 'E1'), 'this'],
    [about(null), record('M1', 'G1', 'E1'), 'any'],
    [about(null), record(null, null, null), 'any'],
    [about(null, 'E1'), record('M1', null, null), 'open'],
    [about('M1'), record(null, null, 'E1'), 'open'],
    [about('M1', 'E1'), record(null, null, null), 'open'],
    // Signs only: such a name is compared as it is, and is not taken for none.
    [about('---'), record('M1', null, null), 'other'],
    [about(' '), record('M1', null, null), 'any'],
  ])('%#: %o and %o: %s', (key, named, expected) => {
    expect(bearing(key, named)).toBe(expected)
  })

  const name = fc.constantFrom(null, 'A', 'B', 'a-')
  test('never reaches a record that names another meter', () => {
    fc.assert(
      fc.property(name, name, name, name, name, (meter, evse, serial, gateway, place) => {
        const key = about(meter, evse)
        const named = record(serial, gateway, place)
        const serials = [serial, gateway].filter((one) => one !== null).map(comparable)
        const differs = meter !== null && serials.length > 0 && !serials.includes(comparable(meter))
        expect(differs && bearing(key, named) !== 'other').toBe(false)
      }),
    )
  })
})

/** A store as the engine sees it. */
function store(...keys: PublicKeyRef[]): KnownKeys {
  const same = (a: string | null, b: string | null) =>
    a !== null && b !== null && comparable(a) === comparable(b)
  return {
    publishedFor: ({ meter, evse }) =>
      keys.filter((key) => same(key.meter, meter) || same(key.evse, evse)),
    find: (fingerprint) => keys.filter((key) => key.fingerprint === fingerprint),
    withoutMeter: () => keys.filter(({ meter, source }) => meter === null && source === 'imprint'),
  }
}

type Place = Partial<Pick<PublicKeyRef, 'meter' | 'evse'>>

function stated(key: ThrowAwayKey, source: 'imprint' | 'register' | 'key-file', place: Place = {}) {
  const trust = TRUST_OF_SOURCE[source]
  return givenKey(key, trust).map((ref): PublicKeyRef => ({
    ...ref,
    source,
    origin: `${source} entry`,
    meter: null,
    evse: null,
    ...(source === 'imprint'
      ? { confirmed: { where: 'station-label' as const, on: '2026-09-01' } }
      : {}),
    ...place,
  }))
}

const KEY = throwAwayKey()
const RIVAL = throwAwayKey('secp256r1', 'rival')

interface Check {
  known?: PublicKeyRef[][]
  given?: readonly PublicKeyRef[]
  /** Key in the file; null for a record alone. */
  inFile?: ThrowAwayKey | null
}

/** State, trust and findings about keys of a whole session of METER-1 at DE*ABC*E1*1. */
async function check({ known = [], given = [], inFile = KEY }: Check) {
  const text = wholeSession({ key: KEY })
  const content = inFile === null ? text : xmlWith([text], inFile)
  return judged(new TextEncoder().encode(content), { known, given })
}

async function judged(bytes: Uint8Array, { known = [], given = [] }: Omit<Check, 'inFile'>) {
  const file = await readFile(
    { name: 'input', bytes },
    {
      keys: keyBook(given, [], store(...known.flat())),
      engines: hostEngines(true),
      digest,
      now: NOW,
      limits: LIMITS,
      asset,
      evidence: false,
    },
  )
  const [session] = conclude([file], { policy: POLICY, now: NOW, digest }).sessions
  const findings = [
    ...(session?.findings ?? []),
    ...(session?.records.flatMap((one) => one.findings) ?? []),
  ]
  const codes = [...new Set(findings.map(({ code }) => code))].filter((code) =>
    code.startsWith('KEY-'),
  )
  const { state } = session?.verdict ?? {}
  return { state, trust: session?.trust.level, key: session?.trust.key, codes, findings }
}

describe('a key in the file, and what the store says of it', () => {
  test('nothing: the key came with the data', async () => {
    expect(await check({})).toMatchObject({
      state: 'VALID_KEY_UNCONFIRMED',
      trust: 'K1',
      codes: ['KEY-FILE'],
    })
  })

  test.each([
    ['of the meter', { meter: 'METER-1' }],
    ['of the meter as the label writes it', { meter: 'meter 1' }],
    ['of the gateway that signs', { meter: 'GW-1' }],
    ['of the charge point', { evse: 'DE ABC E1 1' }],
    ['without a meter: about the key itself', {}],
  ])('confirmed by the user, %s: verified, and the entry is named', async (_, place) => {
    const { findings, ...result } = await check({ known: [stated(KEY, 'imprint', place)] })
    expect(result).toMatchObject({ state: 'VERIFIED', trust: 'K4', codes: ['KEY-STATION'] })
    expect(findings.find(({ code }) => code === 'KEY-STATION')?.params).toEqual({
      origin: 'imprint entry',
      where: 'place.station-label',
      date: '2026-09-01',
    })
  })

  test('published for its charge point: verified', async () => {
    const known = [stated(KEY, 'register', { evse: 'DE*ABC*E1*1' })]
    expect(await check({ known })).toMatchObject({ state: 'VERIFIED', trust: 'K3' })
  })

  test('in a list of the provider: that is said, and confirms nothing', async () => {
    for (const place of [{}, { meter: 'METER-1' }]) {
      expect(await check({ known: [stated(KEY, 'key-file', place)] })).toMatchObject({
        state: 'VALID_KEY_UNCONFIRMED',
        trust: 'K2',
        codes: ['KEY-PROVIDER'],
      })
    }
  })

  test.each(['imprint', 'register', 'key-file'] as const)(
    'known for another meter only (%s): the lower trust stays, and it is said',
    async (source) => {
      const { findings, ...result } = await check({
        known: [stated(KEY, source, { meter: 'METER-2' })],
      })
      expect(result).toMatchObject({
        state: 'VALID_KEY_UNCONFIRMED',
        trust: 'K1',
        codes: expect.arrayContaining(['KEY-FILE', 'KEY-OTHER-METER']),
      })
      const warning = findings.find(({ code }) => code === 'KEY-OTHER-METER')
      expect(warning).toMatchObject({
        severity: 'warning',
        params: { meter: 'METER-2', origin: `${source} entry` },
      })
    },
  )

  test('known for another charge point only: the same', async () => {
    const known = [stated(KEY, 'register', { evse: 'DE*ABC*E2*1' })]
    expect((await check({ known })).codes).toContain('KEY-OTHER-METER')
    expect((await check({ known })).state).toBe('VALID_KEY_UNCONFIRMED')
  })

  test('known for this meter and for another: verified, and loud', async () => {
    const both = ['METER-1', 'METER-2'].map((meter) => stated(KEY, 'imprint', { meter }))
    const { findings, ...result } = await check({ known: both })
    expect(result).toMatchObject({ state: 'VERIFIED', trust: 'K4' })
    expect(findings.find(({ code }) => code === 'KEY-SHARED')).toMatchObject({
      severity: 'warning',
      params: { meters: 'METER-1, METER-2' },
    })
  })

  test('registered for several charge points, as one meter may serve: no warning', async () => {
    const known = ['DE*ABC*E1*1', 'DE*ABC*E1*2'].map((evse) => stated(KEY, 'register', { evse }))
    expect(await check({ known })).toMatchObject({ state: 'VERIFIED', codes: ['KEY-REGISTER'] })
  })

  test('a confirmation elsewhere never makes up for a list about this meter', async () => {
    const known = [
      stated(KEY, 'imprint', { meter: 'METER-2' }),
      stated(KEY, 'key-file', { meter: 'METER-1' }),
    ]
    const result = await check({ known })
    expect(result).toMatchObject({ state: 'VALID_KEY_UNCONFIRMED', trust: 'K2' })
    expect(result.codes).toContain('KEY-SHARED')
  })
})

describe('another key for the same meter', () => {
  const places = [{ meter: 'METER-1' }, { evse: 'DE*ABC*E1*1' }]

  test.each(['imprint', 'register'] as const)(
    'confirmed or published (%s): the file contradicts it, never verified',
    async (source) => {
      for (const place of places) {
        const result = await check({ known: [stated(RIVAL, source, place)] })
        expect(result.state).toBe('SIGNATURE_INVALID')
        expect(result.codes).toContain('KEY-MISMATCH')
      }
      const ofMeter = await check({ known: [stated(RIVAL, source, { meter: 'METER-1' })] })
      expect(ofMeter.codes).toContain('KEY-CONFLICT')
    },
  )

  test('in a list of the provider: a warning, nothing more', async () => {
    const known = [stated(RIVAL, 'key-file', { meter: 'METER-1' })]
    const result = await check({ known })
    expect(result).toMatchObject({ state: 'VALID_KEY_UNCONFIRMED', trust: 'K1' })
    expect(result.codes).toContain('KEY-CONFLICT')
  })

  test('both confirmed: neither counts until the user decides', async () => {
    const known = [KEY, RIVAL].map((key) => stated(key, 'imprint', { meter: 'METER-1' }))
    const result = await check({ known })
    expect(result).toMatchObject({ state: 'VALID_KEY_UNCONFIRMED', trust: 'K1' })
    expect(result.codes).toContain('KEY-CONFLICT')
    const alone = await check({ known, inFile: null })
    expect(alone).toMatchObject({ state: 'VALID_KEY_UNCONFIRMED', trust: 'K2' })
    expect(alone.codes).toEqual(['KEY-CONFLICT'])
    const given = givenKey(KEY, 'K4')
    expect((await check({ known, given })).state).toBe('VALID_KEY_UNCONFIRMED')
  })

  test('published, while the user read this one off the station: verified, and loud', async () => {
    const confirmed = stated(KEY, 'imprint', { meter: 'METER-1' })
    const result = await check({
      known: [confirmed, stated(RIVAL, 'register', { meter: 'METER-1' })],
    })
    expect(result).toMatchObject({ state: 'VERIFIED', trust: 'K4' })
    expect(result.codes).toContain('KEY-CONFLICT')
  })

  test('the other way round: what the user read contradicts the register', async () => {
    const known = [
      stated(KEY, 'register', { meter: 'METER-1' }),
      stated(RIVAL, 'imprint', { meter: 'METER-1' }),
    ]
    expect((await check({ known })).state).not.toBe('VERIFIED')
  })

  test('of a charge point whose meter was exchanged: no conflict', async () => {
    const known = [stated(RIVAL, 'imprint', { meter: 'OLD-METER', evse: 'DE*ABC*E1*1' })]
    expect(await check({ known })).toMatchObject({
      state: 'VALID_KEY_UNCONFIRMED',
      codes: ['KEY-FILE'],
    })
  })
})

describe('a record without a key', () => {
  test('is checked with the key confirmed for its meter', async () => {
    const known = [stated(KEY, 'imprint', { meter: 'METER-1' })]
    expect(await check({ known, inFile: null })).toMatchObject({ state: 'VERIFIED', trust: 'K4' })
    const wrong = [stated(RIVAL, 'imprint', { meter: 'METER-1' })]
    expect((await check({ known: wrong, inFile: null })).state).toBe('SIGNATURE_INVALID')
  })

  test('is tried with keys confirmed without a meter; that they do not fit says nothing', async () => {
    const free = stated(KEY, 'imprint')
    const result = await check({ known: [stated(RIVAL, 'imprint'), free], inFile: null })
    expect(result).toMatchObject({ state: 'VERIFIED', trust: 'K4' })
    const none = await check({ known: [stated(RIVAL, 'imprint')], inFile: null })
    expect(none.state).toBe('NOT_CHECKED')
    expect(none.codes).toEqual(['KEY-NONE'])
  })

  test('is not tried with a key confirmed for another charge point', async () => {
    const known = [stated(KEY, 'imprint', { evse: 'DE*ABC*E9' })]
    expect((await check({ known, inFile: null })).state).toBe('NOT_CHECKED')
  })
})

describe('a record that signs no charge point, in a file that names DE*EIL*E0001*1', () => {
  const bytes = readFileSync(
    new URL('../../../../assets/samples/formats/emh-chargeit.chargy', import.meta.url),
  )
  const listed = async (...evses: (string | null)[]) => {
    const { key } = await judged(bytes, {})
    if (key == null) throw new Error('the sample has no key')
    return evses.map((evse): PublicKeyRef => ({
      ...key,
      source: 'register',
      trust: 'K3',
      origin: 'Register',
      meter: null,
      evse,
    }))
  }

  test.each([['DE*EIL*E0001*1'], ['DE EIL E0001'], [null]])(
    'and a key listed at %s: nothing to say',
    async (evse) => {
      const { codes } = await judged(bytes, { known: [await listed(evse)] })
      expect(codes).not.toContain('KEY-OTHER-PLACE')
    },
  )

  test('and a key listed at another one: the key holds, and the difference is said', async () => {
    const { state, findings } = await judged(bytes, { known: [await listed('DE*EIL*E0002*1')] })
    expect(state).toBe('VERIFIED')
    expect(findings.find(({ code }) => code === 'KEY-OTHER-PLACE')).toMatchObject({
      severity: 'warning',
      params: { place: 'DE*EIL*E0001*1', known: 'DE*EIL*E0002*1', origin: 'Register' },
    })
  })

  test('and a key listed at both: nothing to say', async () => {
    const known = [await listed('DE*EIL*E0002*1', 'DE*EIL*E0001*1')]
    expect((await judged(bytes, { known })).codes).not.toContain('KEY-OTHER-PLACE')
  })
})

describe('keys given for a job', () => {
  test('are no statements about a meter, whatever their file says', async () => {
    const given = givenKey(KEY, 'K4').map((key) => ({ ...key, meter: 'METER-2' }))
    expect(await check({ given })).toMatchObject({ state: 'VERIFIED', codes: ['KEY-STATION'] })
  })

  test('a key whose place is not stated says so', async () => {
    const { findings } = await check({ given: givenKey(KEY, 'K4') })
    expect(findings.find(({ code }) => code === 'KEY-STATION')?.params).toMatchObject({
      where: 'place.unknown',
      date: 'date.unknown',
    })
  })

  test('are found under their fingerprint, also where the store has them for another meter', () => {
    const [given] = givenKey(KEY, 'K2')
    const known = store(...stated(KEY, 'imprint', { meter: 'METER-2' }))
    const book = bookFor(record('METER-1', null, null), keyBook(given ? [given] : [], [], known))
    expect(book.find(given?.fingerprint ?? '')).toEqual([given])
    expect(keyHex(KEY)).toContain(given?.point)
  })
})

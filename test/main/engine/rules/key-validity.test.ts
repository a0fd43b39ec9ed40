import { describe, expect, test } from 'vitest'
import type { PublicKeyRef } from '../../../../src/shared/model/key.ts'
import type { RegisterWords } from '../../../../src/shared/model/register.ts'
import { throwAwayKey } from '../../../tools/sign.ts'
import {
  allFindings,
  givenKey,
  readingOf,
  verify,
  wholeSession,
} from '../../../tools/small-inputs.ts'

const CODES = ['KEY-VALIDITY', 'KEY-BEFORE-STATION', 'LAW-CALDATE']
const WORDS: RegisterWords = {
  edition: '2026-09-01',
  newest: '2026-09-01',
  sha256: '0'.repeat(64),
  row: 1,
  number: null,
  operator: null,
  name: null,
  status: null,
  street: null,
  postcode: null,
  place: null,
  district: null,
  state: null,
  latitude: null,
  longitude: null,
  commissioned: null,
  slot: 1,
  evse: null,
  others: 0,
}
const since = (commissioned: string): RegisterWords => ({ ...WORDS, commissioned })

/** A session of 1 March 2026 under a key of which more is known. */
async function found(over: Partial<PublicKeyRef>, sync = 'S') {
  const key = throwAwayKey()
  const given = givenKey(key, 'K4').map((one) => ({ ...one, ...over }))
  const at = (letter: string, minutes: number, value: string) => {
    const reading = readingOf(letter, minutes, value)
    return { ...reading, TM: reading.TM.replace(/ S$/, ` ${sync}`) }
  }
  const RD = [at('B', 0, '1.00'), at('E', 60, '2.00')]
  const result = await verify([wholeSession({ key, over: { RD } })], { given })
  const [session] = result.sessions
  return {
    state: session?.verdict.state,
    codes: allFindings(result)
      .filter(({ code }) => CODES.includes(code))
      .map(({ code, severity }) => `${code}/${severity}`),
  }
}

describe('a session', () => {
  test.each<[string, Partial<PublicKeyRef>, string[]]>([
    ['within the validity of its key', { validFrom: '2026-03-01', validUntil: '2026-03-01' }, []],
    ['before it', { validFrom: '2026-03-02' }, ['KEY-VALIDITY/warning']],
    ['after it', { validUntil: '2026-02-28T23:59:59Z' }, ['KEY-VALIDITY/warning']],
    ['at a station that was there', { register: since('2026-03-01') }, []],
    [
      'before its station was there',
      { register: since('2026-03-02') },
      ['KEY-BEFORE-STATION/warning'],
    ],
    ['in the last year of the calibration', { calibratedUntil: 2026 }, []],
    ['after the calibration', { calibratedUntil: 2025 }, ['LAW-CALDATE/warning']],
    ['of whose key nothing is known', {}, []],
  ])('%s', async (_, over, codes) => {
    // None of these dates is signed by the meter: the verdict stays.
    expect(await found(over)).toEqual({ state: 'VERIFIED', codes })
  })

  test('whose clock was not set is told with a note only', async () => {
    expect((await found({ calibratedUntil: 2025 }, 'U')).codes).toEqual(['LAW-CALDATE/info'])
    expect((await found({ validFrom: '2027-01-01' }, 'U')).codes).toEqual(['KEY-VALIDITY/info'])
    expect((await found({ register: since('2027-01-01') }, 'U')).codes).toEqual([
      'KEY-BEFORE-STATION/info',
    ])
  })
})

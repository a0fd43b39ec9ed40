/**
 * GDFCrypt01 in Charge Transparency Records.
 *
 * Expectations follow the field table of `formats/gdf/README.md`, by hand.
 *
 * @module
 */
import { keyHex, throwAwayKey } from '../sign.ts'
import { isoClock, num } from '../sign-ctr.ts'
import { GDF_BEGIN, GDF_END, GDF_KEY, type GdfReading, gdfCtr } from '../sign-gdf.ts'
import type { VectorCase } from './base.ts'

const GOOD = 'VERIFIED'
const ENERGY = '11110 Wh'
const STRANGE = throwAwayKey('secp256r1', 'somebody else')

const both = (changes: Partial<GdfReading>) =>
  [GDF_BEGIN, GDF_END].map((reading) => ({ ...reading, ...changes }))

/** A member that does not fit its place in the block, of both readings. */
function wide(name: string, comment: string, options: Parameters<typeof gdfCtr>[1]): VectorCase {
  return {
    name: `wide-${name}`,
    comment: `${comment}: the record cannot be read, whatever the signature`,
    expect: 'UNREADABLE',
    finding: 'REC-WIDTH',
    input: gdfCtr([GDF_BEGIN, GDF_END], options),
  }
}

export const GDF: readonly VectorCase[] = [
  {
    name: 'good',
    comment: 'A session in a Charge Transparency Record, times with their offset',
    expect: GOOD,
    signature: ['valid', 'valid'],
    energy: ENERGY,
    duration: '1800',
    input: gdfCtr([GDF_BEGIN, GDF_END]),
  },
  {
    name: 'good-instants',
    comment: 'Times with Z are instants; the clock of the meter shows legal time',
    expect: GOOD,
    duration: '1800',
    input: gdfCtr([GDF_BEGIN, GDF_END], { iso: (clock) => isoClock(clock, null) }),
  },
  {
    name: 'good-instants-summer',
    comment: 'Times with Z in summer: legal time is two hours ahead',
    expect: GOOD,
    input: gdfCtr(
      both({ contractClock: GDF_BEGIN.clock + 10_368_000 }).map((reading) => ({
        ...reading,
        clock: reading.clock + 10_368_000,
      })),
      { iso: (clock) => isoClock(clock, null, 120) },
    ),
  },
  {
    name: 'good-unconfirmed',
    comment: 'A key that came with the record only is never called confirmed',
    expect: 'VALID_KEY_UNCONFIRMED',
    keys: [],
    expectTrust: 'K1',
    input: gdfCtr([GDF_BEGIN, GDF_END]),
  },
  {
    name: 'good-groups',
    comment: 'The register in groups is the same register',
    expect: GOOD,
    input: gdfCtr([GDF_BEGIN, GDF_END], { obis: () => '1-0:1.17.0*255' }),
  },
  {
    name: 'long-meter-id',
    comment: 'Ten bytes of the name of the meter are signed; what is longer is told',
    expect: GOOD,
    finding: 'REC-CONTRADICTS',
    input: gdfCtr(both({ meterId: 'GDF00000001' })),
  },
  {
    name: 'offset-of-summer',
    comment: 'The offset of summer in winter, with the same wall clock signed',
    expect: GOOD,
    energy: ENERGY,
    finding: 'REC-OFFSET',
    input: gdfCtr([GDF_BEGIN, GDF_END], { iso: (clock) => isoClock(clock, 120) }),
  },
  {
    name: 'unit-word',
    comment: 'The unit in words contradicts the signed byte, which decides',
    expect: GOOD,
    energy: ENERGY,
    finding: 'REC-CONTRADICTS',
    input: gdfCtr([GDF_BEGIN, GDF_END], { measurement: { unit: 'KILO_WATT_HOURS' } }),
  },
  {
    name: 'register-back',
    comment: 'A register never counts backwards',
    expect: 'NOT_LEGALLY_RELEVANT',
    finding: 'SES-REG-BACK',
    input: gdfCtr([{ ...GDF_BEGIN, value: 2000n }, GDF_END]),
  },
  {
    name: 'swapped',
    comment: 'Begin and end exchanged: what is signed forbids that order',
    expect: 'NOT_LEGALLY_RELEVANT',
    finding: 'SES-ORDER SES-REG-BACK',
    input: gdfCtr([GDF_END, GDF_BEGIN]),
  },
  {
    name: 'contract-differs',
    comment: 'Begin and end of different customers are no session: one signature cannot fit',
    expect: 'SIGNATURE_INVALID',
    finding: 'SIG-MISMATCH',
    input: gdfCtr([GDF_BEGIN, GDF_END], {
      signed: [GDF_BEGIN, { ...GDF_END, contractId: '00' }],
    }),
  },
  {
    name: 'value-changed',
    comment: 'A value changed after signing',
    expect: 'SIGNATURE_INVALID',
    finding: 'SIG-MISMATCH',
    signature: ['valid', 'invalid'],
    input: gdfCtr([GDF_BEGIN, { ...GDF_END, value: 9999n }], { signed: [GDF_BEGIN, GDF_END] }),
  },
  {
    name: 'other-key',
    comment: 'Signed by somebody else than the meter',
    expect: 'SIGNATURE_INVALID',
    finding: 'SIG-MISMATCH',
    keys: [],
    input: gdfCtr([GDF_BEGIN, GDF_END], { signer: STRANGE }),
  },
  {
    name: 'signatures-two',
    comment: 'Two signatures for one value: nobody can say which one is meant',
    expect: 'NOT_CHECKED',
    finding: 'SIG-ENCODING',
    input: gdfCtr([GDF_BEGIN, GDF_END], { value: { signatures: [{ r: '00' }, { r: '00' }] } }),
  },
  {
    name: 'signatures-none',
    comment: 'A value without a signature proves nothing',
    expect: 'NOT_CHECKED',
    finding: 'SIG-MISSING',
    input: gdfCtr([GDF_BEGIN, GDF_END], { value: { signatures: [] } }),
  },
  {
    name: 'no-authorisation-time',
    comment: 'The time of the authorisation is signed and must be there',
    expect: 'UNREADABLE',
    finding: 'IN-RECORD',
    input: gdfCtr([GDF_BEGIN, GDF_END], {
      session: { authorizationStart: { '@id': GDF_BEGIN.contractId } },
    }),
  },
  wide('scale', 'A scale of another width that makes the same byte', {
    measurement: { scale: num(257) },
  }),
  wide('value', 'A value beyond eight bytes', { value: { value: String(2n ** 64n) } }),
  wide('time', 'A time in fractions of a second', {
    value: { timestamp: '2025-03-14T10:00:00.500+01:00' },
  }),
  wide('no-time', 'A text that is no time', { value: { timestamp: 'gestern' } }),
  wide('contract', 'A customer that is not in hexadecimal digits', {
    session: {
      authorizationStart: { '@id': 'Max Muster', timestamp: isoClock(GDF_BEGIN.contractClock) },
    },
  }),
  wide('contract-zero', 'A customer with a zero behind, which the block fills up with anyway', {
    session: {
      authorizationStart: {
        '@id': `${GDF_BEGIN.contractId}00`,
        timestamp: isoClock(GDF_BEGIN.contractClock),
      },
    },
  }),
  {
    name: 'name-twice',
    comment: 'A member that occurs twice never passes',
    expect: 'UNREADABLE',
    finding: 'SES-DUPKEY',
    input: gdfCtr([GDF_BEGIN, GDF_END]).replace('"scale":1', '"scale":1,"scale":1'),
  },
]
export const GDF_KEY_TEXT = keyHex(GDF_KEY)

/**
 * PCDF records. Source: src/main/engine/formats/pcdf/README.md.
 *
 * @module
 */
import { toHex } from '../../../src/shared/hex.ts'
import { keyHex, spkiOf, valuesXml } from '../sign.ts'
import { type PcdfGroups, pcdf, pcdfKey } from '../sign-pcdf.ts'
import { type VectorCase, lines } from './base.ts'

const METER = pcdfKey()
export const PCDF_KEY = keyHex(METER)
const STRANGE = pcdfKey('somebody else')

const GOOD = 'VERIFIED'
const NLR = 'NOT_LEGALLY_RELEVANT'

function good(
  name: string,
  comment: string,
  input: string | Uint8Array,
  more: Partial<VectorCase> = {},
): VectorCase {
  return {
    name,
    comment,
    expect: GOOD,
    signature: 'valid',
    energy: '12.345 kWh',
    usable: 'energy+time',
    ...more,
    input,
  }
}

const RECORD = pcdf()

const SHAPES: readonly VectorCase[] = [
  good('session', 'a whole session: the energy is what RV says, not 0', RECORD, {
    duration: '2850',
    finding: 'PCDF-ENERGY/info',
  }),
  good('framed', 'in STX and ETX, as the meter sends it', `\u0002${RECORD}\u0003\n`),
  good('quoted', 'in quotation marks', `"${RECORD}"`),
  good('in-text', 'in the middle of a mail', lines('Ihre Ladung:', '', RECORD, '', 'Gruß')),
  good(
    'xml',
    'in the container of the transparency software',
    valuesXml([{ data: RECORD, format: 'PCDF', keys: [toHex(METER.point)], transaction: '1' }]),
  ),
  good('json', 'as a string in JSON', JSON.stringify({ data: RECORD })),
  {
    name: 'two',
    comment: 'two sessions in one file',
    expect: [GOOD, GOOD],
    energy: ['12.345 kWh', '0.619 kWh'],
    input: lines(
      RECORD,
      pcdf({ ST: '250416083015', CT: '250416083049', CD: '000034', CSC: '43', RV: '0000.619*kWh' }),
    ),
  },
  good('spki', 'the key as SubjectPublicKeyInfo', pcdf({}, { publicKey: toHex(spkiOf(METER)) })),
  good('high-s', 's above n/2', pcdf({}, { highS: true })),
  good(
    'spaced',
    'a line break between all groups is signed with them',
    pcdf({}, { between: '\n' }),
  ),
]

const FLAGS: readonly VectorCase[] = [
  {
    name: 'billing-invalid',
    comment: 'BV 0: the meter says that this must not be billed',
    expect: NLR,
    finding: 'LAW-EF-ENERGY',
    energy: '12.345 kWh',
    usable: 'time',
    input: pcdf({ BV: '0' }),
  },
  good('time-invalid', 'TV 0: the times are not valid, the energy is', pcdf({ TV: '0' }), {
    finding: 'LAW-EF-TIME/warning LAW-CLOCK-UNSYNC/warning',
    usable: 'energy',
  }),
  {
    name: 'running',
    comment: 'SP 3: not the last data set of the session',
    expect: 'INCOMPLETE',
    finding: 'PCDF-OPEN/info SES-NO-END',
    energy: [null],
    input: pcdf({ SP: '3' }),
  },
  good(
    'duration-longer',
    'CD longer than from ST to CT (seen in a test record)',
    pcdf({ CD: '010000' }),
    {
      finding: 'PCDF-DURATION/warning',
    },
  ),
  good('duration-shorter', 'CD shorter: there was a pause', pcdf({ CD: '003000' }), {
    finding: 'PCDF-DURATION/info',
  }),
  {
    name: 'order',
    comment: 'the end is earlier than the begin',
    expect: NLR,
    finding: 'SES-ORDER PCDF-DURATION/warning',
    input: pcdf({ CT: '250415083014' }),
  },
  {
    name: 'no-date',
    comment: 'a day that the calendar does not have',
    expect: NLR,
    finding: 'PCDF-TIME',
    input: pcdf({ CT: '250230091745' }),
  },
  {
    name: 'no-time',
    comment: 'an end that is no time at all',
    expect: NLR,
    finding: 'PCDF-TIME PCDF-VALUE/warning',
    input: pcdf({ CT: 'today' }),
  },
]

const value = (
  name: string,
  comment: string,
  changes: PcdfGroups,
  more: Partial<VectorCase> = {},
) => good(name, comment, pcdf(changes), { finding: 'PCDF-VALUE/warning', ...more })

const VALUES: readonly VectorCase[] = [
  value(
    'rv-digits',
    'RV with more digits than the format has',
    { RV: '00000012.3450*kWh' },
    { energy: '12.3450 kWh' },
  ),
  value('rv-wh', 'RV in Wh', { RV: '12345.0*Wh' }, { energy: '12345.0 Wh' }),
  {
    name: 'rv-unit',
    comment: 'RV in a unit that nobody knows',
    expect: NLR,
    finding: 'PCDF-VALUE/warning SES-UNIT',
    input: pcdf({ RV: '0012.345*kVAh' }),
  },
  {
    name: 'rv-word',
    comment: 'RV that is no number',
    expect: 'INCOMPLETE',
    finding: 'PCDF-VALUE/warning SES-NO-BEGIN SES-NO-END',
    input: pcdf({ RV: 'much*kWh' }),
  },
  {
    name: 'rv-negative',
    comment: 'RV below zero',
    expect: NLR,
    finding: 'PCDF-VALUE/warning SES-REG-BACK',
    input: pcdf({ RV: '-012.345*kWh' }),
  },
  value('si-two-parts', 'SI without a transaction', { SI: '04A1B2C3D4*1' }),
  value(
    'si-empty',
    'SI with nothing in it: nobody is named',
    { SI: '' },
    { finding: 'PCDF-VALUE/warning LAW-NO-ID/warning' },
  ),
  value('csc-word', 'a session counter that is no number', { CSC: 'x' }),
  good('unknown', 'a group that nobody knows, signed', pcdf({ XX: '1' }), {
    finding: 'PCDF-UNKNOWN/warning',
  }),
  good('missing', 'no checksum of the software', pcdf({ CS: null }), {
    finding: 'PCDF-FIELD/warning',
  }),
  good(
    'stray',
    'text between the groups is signed, and shown nowhere else',
    pcdf({}, { between: ' x ' }),
    {
      finding: 'PCDF-STRAY/warning',
    },
  ),
  good('stray-behind', 'another group behind the signature', `${RECORD}(RV:9999.999*kWh)`, {
    finding: 'PCDF-STRAY/warning',
  }),
]

const SIGNATURES: readonly VectorCase[] = [
  {
    name: 'tampered-energy',
    comment: 'RV raised after signing',
    expect: 'SIGNATURE_INVALID',
    finding: 'SIG-MISMATCH',
    signature: 'invalid',
    energy: '22.345 kWh',
    usable: null,
    input: RECORD.replace('0012.345', '0022.345'),
  },
  {
    name: 'key-in-record',
    comment: 'a key that the record signs itself shows that nothing was changed, and no more',
    expect: 'VALID_KEY_UNCONFIRMED',
    expectTrust: 'K1',
    keys: [],
    input: RECORD,
  },
  {
    name: 'own-key',
    comment: 'forged and signed anew with another key, which is in the record',
    expect: 'VALID_KEY_UNCONFIRMED',
    finding: 'KEY-UNUSED/warning',
    expectTrust: 'K1',
    input: pcdf({ RV: '0099.999*kWh' }, { key: STRANGE }),
  },
  {
    name: 'key-changed',
    comment: 'another key put into the record: the signature covers the key',
    expect: 'SIGNATURE_INVALID',
    finding: 'SIG-MISMATCH',
    keys: [],
    input: RECORD.replace(toHex(METER.point), toHex(STRANGE.point)),
  },
  {
    name: 'key-foreign',
    comment: 'the record names a key that did not sign it; the one that did is given',
    expect: 'SIGNATURE_INVALID',
    finding: 'KEY-MISMATCH',
    trust: 'K2',
    input: pcdf({}, { publicKey: toHex(STRANGE.point) }),
  },
  {
    name: 'key-missing',
    comment: 'no key in the record and none given',
    expect: 'NOT_CHECKED',
    finding: 'KEY-NONE PCDF-FIELD/warning',
    keys: [],
    input: pcdf({}, { publicKey: null }),
  },
  {
    name: 'key-broken',
    comment: 'a key with a digit missing',
    expect: 'NOT_CHECKED',
    finding: 'KEY-FORMAT/error PCDF-VALUE/warning',
    keys: [],
    input: pcdf({}, { publicKey: toHex(METER.point).slice(1) }),
  },
  {
    name: 'signature-missing',
    comment: 'no signature',
    expect: 'NOT_CHECKED',
    finding: 'SIG-MISSING',
    input: pcdf({}, { signature: null }),
  },
  {
    name: 'signature-broken',
    comment: 'a signature that is no hexadecimal number',
    expect: 'NOT_CHECKED',
    finding: 'SIG-ENCODING',
    input: pcdf({}, { signature: '30XY' }),
  },
  good('signature-padded', 'needless zero bytes in the signature', pcdf({}, { shape: 'padded' }), {
    finding: 'SIG-NONCANONICAL/info',
  }),
]

const unreadable = (name: string, comment: string, finding: string, input: string): VectorCase => ({
  name,
  comment,
  expect: 'UNREADABLE',
  finding,
  input,
})

const HOSTILE: readonly VectorCase[] = [
  unreadable('header-only', 'a header and nothing behind it', 'IN-RECORD', '128.8.0'),
  unreadable('no-energy', 'no RV', 'PCDF-FIELD/error', pcdf({ RV: null })),
  unreadable('no-begin', 'no ST', 'PCDF-FIELD/error', pcdf({ ST: null })),
  unreadable(
    'no-billing-flag',
    'no BV: nothing says that it may be billed',
    'PCDF-FIELD/error',
    pcdf({ BV: null }),
  ),
  unreadable(
    'energy-twice',
    'two values of RV, both signed',
    'SES-DUPKEY',
    pcdf({ XX: '1)(RV:0099.999*kWh' }),
  ),
  unreadable('cut-off', 'cut off in the middle', 'PCDF-FIELD/error', RECORD.slice(0, 60)),
  {
    name: 'one-broken',
    comment: 'a broken record hides no good one',
    expect: ['UNREADABLE', GOOD],
    finding: 'PCDF-FIELD/error',
    input: lines(pcdf({ RV: null }), RECORD),
  },
]

export const PCDF_CASES: readonly VectorCase[] = [
  ...SHAPES,
  ...FLAGS,
  ...VALUES,
  ...SIGNATURES,
  ...HOSTILE,
]

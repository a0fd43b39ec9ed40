/**
 * Mennekes charging processes. Source: src/main/engine/formats/mennekes/README.md.
 *
 * @module
 */
import { XML_DECLARATION, keyHex, valuesXml } from '../sign.ts'
import {
  type ChargingProcess,
  type Measurement,
  type MennekesOptions,
  PROCESS,
  billing,
  blockOf,
  clockIso,
  mennekes,
  mennekesKey,
  xyHex,
} from '../sign-mennekes.ts'
import { toHex } from '../../../src/shared/hex.ts'
import { signature } from '../sign.ts'
import type { VectorCase } from './base.ts'

const METER = mennekesKey()
export const MENNEKES_KEY = xyHex(METER)
const STRANGE = mennekesKey('somebody else')

const GOOD = 'VERIFIED'
const NLR = 'NOT_LEGALLY_RELEVANT'

/** A process with other values at begin and end. */
function process(
  begin: Partial<Measurement>,
  end: Partial<Measurement>,
  more: Partial<ChargingProcess> = {},
): ChargingProcess {
  return {
    ...PROCESS,
    begin: { ...PROCESS.begin, ...begin },
    end: { ...PROCESS.end, ...end },
    ...more,
  }
}

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
    signature: ['valid', 'valid'],
    energy: '1111.0 Wh',
    usable: 'energy',
    ...more,
    input,
  }
}

/** One element with another text than the right one. */
function withText(path: string, text: string | null, options: MennekesOptions = {}): string {
  return mennekes(PROCESS, { ...options, texts: { [path]: text } })
}

function unreadable(name: string, comment: string, finding: string, input: string): VectorCase {
  return { name, comment, expect: 'UNREADABLE', finding, input }
}

/** A begin that cannot be read beside an end that can: the session cannot be read. */
function onlyBegin(name: string, comment: string, finding: string, input: string): VectorCase {
  return {
    ...unreadable(name, comment, `${finding} SES-NO-BEGIN`, input),
    signature: ['unchecked', 'valid'],
  }
}

const LATER: ChargingProcess = process(
  { clock: PROCESS.end.clock + 3600, pagination: 27, secondsIndex: 80_000, value: 12_356_710n },
  { clock: PROCESS.end.clock + 5400, pagination: 28, secondsIndex: 81_800, value: 12_366_710n },
  { customerClock: PROCESS.end.clock + 3590 },
)

const SHAPES: readonly VectorCase[] = [
  good('process', 'a charging process alone', mennekes(), {
    duration: '1800',
    finding: 'LAW-CLOCK-INFO SIG-WEAK',
    notFinding: 'SIG-NONCANONICAL REC-CONTRADICTS',
  }),
  good('declared', 'with an XML declaration', `${XML_DECLARATION}${mennekes()}\n`),
  good(
    'namespace',
    'in the namespace of Mennekes, with a prefix',
    mennekes(PROCESS, {
      prefix: 'm:',
      attributes: ' xmlns:m="http://www.mennekes.de/Mennekes.EdlVerification.xsd"',
    }),
  ),
  good('log-behind', 'the log book stands behind the signatures', mennekes(PROCESS, { log: true })),
  good(
    'ident-in-measurement',
    'the time of identification stands in the measurements',
    mennekes(PROCESS, { ownIdent: true }),
  ),
  good(
    'broken-lines',
    'hexadecimal digits over several lines, times with a line break behind',
    mennekes()
      .replace(/[0-9A-F]{70}/g, '$&\n            ')
      .replace(/<\/Timestamp/g, '\n        $&'),
  ),
  good(
    'lower-case',
    'hexadecimal digits in lower case',
    mennekes(PROCESS, {
      texts: { ServerId: PROCESS.serverId, CustomerIdent: PROCESS.customer },
    }),
  ),
  good(
    'event-items',
    'items of the event log that are empty, as stations write them',
    mennekes(PROCESS, {
      more: '<EventLogItems><EventLogItem><TimeBefore/><Signature/></EventLogItem></EventLogItems>',
    }),
  ),
  {
    name: 'billing',
    comment: 'a bill with two processes: each is a session of its own',
    expect: [GOOD, GOOD],
    signature: ['valid', 'valid', 'valid', 'valid'],
    energy: ['1111.0 Wh', '1000.0 Wh'],
    input: billing([mennekes(), mennekes(LATER)]),
  },
  good(
    'in-values',
    'as text in the container of the transparency software',
    valuesXml([
      { data: mennekes(), format: 'EDL_40_MENNEKES', keys: [keyHex(METER)], transaction: '1' },
    ]),
  ),
  {
    name: 'billing-in-values',
    comment: 'a whole bill as text in that container',
    expect: [GOOD, GOOD],
    energy: ['1111.0 Wh', '1000.0 Wh'],
    input: valuesXml([{ data: billing([mennekes(), mennekes(LATER)]), format: null }]),
  },
  {
    name: 'twice',
    comment: 'the same process twice in a file is one session',
    expect: GOOD,
    finding: 'IN-DUPLICATE/info',
    signature: ['valid', 'valid'],
    input: billing([mennekes(), mennekes()]),
  },
  good(
    'latin-1',
    'an address in Latin-1: what is signed is ASCII',
    latin1(withText('SiteAddress', '<Town>Würdinghausen</Town>')),
  ),
]

function latin1(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text, 'latin1'))
}

const VALUES: readonly VectorCase[] = [
  good(
    'scalers-differ',
    'begin and end with scalers of their own',
    mennekes(process({ scaler: 0, value: 1_000n }, { scaler: -1, value: 20_000n })),
    { energy: '1000.0 Wh' },
  ),
  good(
    'value-beyond-32-bits',
    'a register that passes 2^32',
    mennekes(process({ value: 2n ** 32n - 1n }, { value: 2n ** 32n + 1n })),
    { energy: '0.2 Wh' },
  ),
  good(
    'highest',
    'the highest numbers that have their place in the block',
    mennekes(
      process(
        {
          value: 2n ** 63n - 2n,
          pagination: 2 ** 32 - 2,
          secondsIndex: 2 ** 32 - 1801,
          events: 65_535,
        },
        {
          value: 2n ** 63n - 1n,
          pagination: 2 ** 32 - 1,
          secondsIndex: 2 ** 32 - 1,
          events: 65_535,
        },
      ),
    ),
    { energy: '0.1 Wh' },
  ),
  good(
    'customer-ascii',
    'a customer in ASCII',
    mennekes({ ...PROCESS, customer: toHex(new TextEncoder().encode('DVE911#7')) }),
  ),
  good('customer-none', 'nobody is named', mennekes({ ...PROCESS, customer: '' }), {
    finding: 'LAW-NO-ID/warning',
  }),
  good(
    'status-wide',
    'the status word has more bits than its signed byte: 65800, as stations write it',
    mennekes(process({ status: 65_800 }, { status: 65_800 })),
    { finding: 'REC-CONTRADICTS/warning' },
  ),
  {
    name: 'status-fault',
    comment: 'the meter reports a fault at the end',
    expect: NLR,
    finding: 'LAW-STATUS/error',
    input: mennekes(process({}, { status: 9 })),
  },
  good(
    'clock-not-set',
    'the clock of the meter was not set',
    mennekes(process({ status: 0 }, { status: 0 })),
    { finding: 'LAW-CLOCK-UNSYNC/warning' },
  ),
  good(
    'summer-to-winter',
    'the night in which clocks are put back: the seconds of operation tell the duration',
    mennekes(
      process(
        { clock: Date.UTC(2025, 9, 26, 1, 30) / 1000, offset: '+02:00' },
        { clock: Date.UTC(2025, 9, 26, 3, 15) / 1000, offset: '+01:00', secondsIndex: 84_550 },
        { customerClock: Date.UTC(2025, 9, 26, 1, 29) / 1000 },
      ),
    ),
    { duration: '9900' },
  ),
]

const STEPS: readonly VectorCase[] = [
  {
    name: 'swapped',
    comment: 'begin and end swapped: the counter falls',
    expect: NLR,
    finding: 'SES-PAG/error SES-ORDER SES-REG-BACK EDL-SECONDS',
    energy: '-1111.0 Wh',
    input: mennekes({ ...PROCESS, begin: PROCESS.end, end: PROCESS.begin }),
  },
  {
    name: 'same',
    comment: 'the begin given as the end too: one signed reading is no session',
    expect: 'INCOMPLETE',
    finding: 'SES-NO-END IN-DUPLICATE/info',
    signature: ['valid'],
    input: mennekes({ ...PROCESS, end: PROCESS.begin }),
  },
  {
    name: 'value-falls',
    comment: 'the register falls',
    expect: NLR,
    finding: 'SES-REG-BACK',
    input: mennekes(process({}, { value: 12_345_599n })),
  },
  {
    name: 'time-falls',
    comment: 'the end is earlier than the begin',
    expect: NLR,
    finding: 'SES-ORDER EDL-CLOCK/warning',
    input: mennekes(process({}, { clock: PROCESS.begin.clock - 1 })),
  },
  {
    name: 'seconds-fall',
    comment: 'the signed seconds of operation fall from begin to end',
    expect: NLR,
    finding: 'EDL-SECONDS EDL-CLOCK/warning',
    input: mennekes(process({}, { secondsIndex: PROCESS.begin.secondsIndex - 1 })),
  },
  {
    name: 'clock-moved',
    comment: 'the clock was put a day ahead while charging, as the seconds of operation show',
    expect: GOOD,
    finding: 'EDL-CLOCK/warning',
    input: mennekes(process({}, { clock: PROCESS.end.clock + 86_400 })),
  },
  {
    name: 'pagination-same',
    comment: 'one sequence number for begin and end',
    expect: NLR,
    finding: 'SES-PAG/error',
    input: mennekes(process({}, { pagination: 25 })),
  },
  {
    name: 'events-differ',
    comment: 'the event counter grew while charging',
    expect: GOOD,
    finding: 'LAW-EVENT/warning',
    signature: ['valid', 'valid'],
    input: mennekes(process({}, { events: 9 })),
  },
  {
    name: 'begin-only',
    comment: 'a process without its end',
    expect: 'INCOMPLETE',
    finding: 'SES-NO-END',
    input: withText('MeasurementEnd', null),
  },
  {
    name: 'end-only',
    comment: 'a process without its begin',
    expect: 'INCOMPLETE',
    finding: 'SES-NO-BEGIN',
    input: withText('MeasurementStart', null),
  },
]

const SUM = 2n ** 64n
const wide = (name: string, path: string, text: string): VectorCase =>
  onlyBegin(
    `wide-${name}`,
    `${path} does not fit its place in the block: its low bytes were signed, not this number`,
    'REC-WIDTH',
    withText(`MeasurementStart.${path}`, text),
  )

const CONTAINER: readonly VectorCase[] = [
  wide('value', 'Value', String(PROCESS.begin.value + SUM)),
  wide('scaler', 'Scaler', '255'),
  wide('pagination', 'Pagination', String(25 + 2 ** 32)),
  wide('seconds', 'SecondIndex', String(74_650 + 2 ** 32)),
  wide('events', 'EventCounter', String(8 + 65_536)),
  wide('status', 'MeterStatus', String(8n + 2n ** 32n)),
  wide('time', 'Timestamp', '2200-01-01T00:00:00+01:00'),
  unreadable(
    'wide-server',
    'a server id of 11 bytes',
    'REC-WIDTH',
    withText('ServerId', `${PROCESS.serverId}00`),
  ),
  unreadable(
    'wide-customer',
    'a customer of 129 bytes',
    'REC-WIDTH',
    withText('CustomerIdent', '01'.repeat(129)),
  ),
  good(
    'offset-begin',
    'the offset of the begin was changed: the wall clock is signed, and Germany has no UTC−5',
    withText('MeasurementStart.Timestamp', clockIso(PROCESS.begin.clock, '-05:00')),
    { finding: 'REC-CONTRADICTS/warning', duration: '1800' },
  ),
  good(
    'offset-summer',
    'an offset of summer in March',
    withText('MeasurementEnd.Timestamp', clockIso(PROCESS.end.clock, '+02:00')),
    { finding: 'REC-CONTRADICTS/warning', duration: '1800' },
  ),
  good(
    'fraction',
    'a fraction of a second that nobody signed',
    withText('MeasurementEnd.Timestamp', '2025-03-14T11:30:00.750+01:00'),
    { finding: 'REC-CONTRADICTS/warning', duration: '1800' },
  ),
  good(
    'zulu',
    'a time with Z names the instant; the clock of the meter showed legal time',
    withText('MeasurementEnd.Timestamp', '2025-03-14T10:30:00Z'),
    { duration: '1800' },
  ),
  good(
    'events-beside-log',
    'the event counter says something else than the log book behind the signature',
    withText('MeasurementEnd.EventCounter', '9', { log: true }),
    { finding: 'REC-CONTRADICTS/warning' },
  ),
  good(
    'place-changed',
    'the charge point is not signed, whatever stands there',
    withText('MeteringPoint', 'DE*XYZ*E9999'),
    { notFinding: 'REC-CONTRADICTS' },
  ),
]

const tampered = (name: string, comment: string, path: string, text: string): VectorCase => ({
  name: `tampered-${name}`,
  comment,
  expect: 'SIGNATURE_INVALID',
  finding: 'SIG-MISMATCH',
  signature: ['valid', 'invalid'],
  input: withText(`MeasurementEnd.${path}`, text),
})

const SIGNATURES: readonly VectorCase[] = [
  good('high-s', 's above n/2', mennekes(PROCESS, { highS: true })),
  tampered('value', 'a higher value at the end', 'Value', '12356711'),
  {
    ...tampered('scaler', 'another scaler at the end', 'Scaler', '3'),
    finding: 'SIG-MISMATCH SES-POWER/warning',
  },
  {
    ...tampered('events', 'another event counter', 'EventCounter', '9'),
    finding: 'SIG-MISMATCH LAW-EVENT/warning',
  },
  tampered('seconds', 'another seconds index', 'SecondIndex', '76451'),
  tampered('clock', 'another time of day', 'Timestamp', '2025-03-14T11:31:00+01:00'),
  tampered('status', 'another status byte', 'MeterStatus', '136'),
  {
    name: 'tampered-customer',
    comment: 'another customer: both signatures break',
    expect: 'SIGNATURE_INVALID',
    finding: 'SIG-MISMATCH',
    signature: ['invalid', 'invalid'],
    input: withText('CustomerIdent', 'FFFFFFFF'),
  },
  {
    name: 'key-in-process',
    comment: 'a key that came along shows that nothing was changed, and no more',
    expect: 'VALID_KEY_UNCONFIRMED',
    finding: 'KEY-FILE/info',
    expectTrust: 'K1',
    keys: [],
    input: mennekes(),
  },
  {
    name: 'own-key',
    comment: 'signed anew with the key of a forger, who puts it into the process',
    expect: 'VALID_KEY_UNCONFIRMED',
    finding: 'KEY-UNUSED/warning',
    expectTrust: 'K1',
    input: mennekes(process({}, { value: 12_366_710n }), { key: STRANGE }),
  },
  {
    name: 'other-key',
    comment: 'the key in the process did not sign it',
    expect: 'SIGNATURE_INVALID',
    finding: 'SIG-MISMATCH',
    signature: ['invalid', 'invalid'],
    keys: [],
    input: withText('PublicKey', xyHex(STRANGE)),
  },
  {
    name: 'no-key',
    comment: 'no key anywhere; the signatures show that one key made both',
    expect: 'NOT_CHECKED',
    finding: 'KEY-NONE KEY-RECOVERED/info',
    keys: [],
    input: withText('PublicKey', null),
  },
  {
    name: 'signature-missing',
    comment: 'no signature at the end',
    expect: 'NOT_CHECKED',
    finding: 'SIG-MISSING',
    signature: ['valid', 'unchecked'],
    input: withText('MeasurementEnd.Signature', ''),
  },
  {
    name: 'signature-short',
    comment: 'a signature of 47 bytes at the begin',
    expect: 'NOT_CHECKED',
    finding: 'SIG-ENCODING',
    signature: ['unchecked', 'valid'],
    input: withText('MeasurementStart.Signature', 'AB'.repeat(47)),
  },
  {
    name: 'customer-differs',
    comment: 'an end that the same meter signed for another customer does not fit this process',
    expect: 'SIGNATURE_INVALID',
    finding: 'SIG-MISMATCH',
    signature: ['valid', 'invalid'],
    input: mixed(),
  },
]

/** The begin of one process, and the end that the same meter signed for another customer. */
function mixed(): string {
  const other = { ...PROCESS, customer: 'ffffffff' }
  const block = blockOf(other, PROCESS.end)
  const signed = toHex(signature(block, { key: METER, shape: 'raw' })).toUpperCase()
  return mennekes(PROCESS, { texts: { 'MeasurementEnd.Signature': signed } })
}

const missing = (path: string) =>
  unreadable(
    `missing-${path.toLowerCase().replace('.', '-')}`,
    `no ${path}, of which the signed block is made`,
    'MENNEKES-ELEMENT',
    withText(path, null),
  )

const HOSTILE: readonly VectorCase[] = [
  missing('ServerId'),
  missing('TimestampCustomerIdent'),
  onlyBegin(
    'missing-value',
    'a begin without its value',
    'MENNEKES-ELEMENT',
    withText('MeasurementStart.Value', null),
  ),
  onlyBegin(
    'no-integer',
    'a value that is no whole number',
    'MENNEKES-VALUE',
    withText('MeasurementStart.Value', '12.5'),
  ),
  onlyBegin(
    'no-time',
    'a time that the calendar does not have',
    'MENNEKES-VALUE',
    withText('MeasurementStart.Timestamp', '2025-02-30T11:00:00+01:00'),
  ),
  unreadable(
    'no-hex',
    'a server id that is no hexadecimal number',
    'MENNEKES-VALUE',
    withText('ServerId', 'XYZ'),
  ),
  onlyBegin(
    'value-twice',
    'two values in one measurement',
    'SES-DUPKEY',
    withText('MeasurementStart.Pagination', '25</Pagination><Pagination>25'),
  ),
  unreadable(
    'server-twice',
    'two server ids',
    'SES-DUPKEY',
    mennekes(PROCESS, { more: `<ServerId>${PROCESS.serverId}</ServerId>` }),
  ),
  unreadable(
    'no-measurement',
    'a process without any measurement',
    'MENNEKES-ELEMENT',
    '<ChargingProcess><ServerId>0901454D480000000001</ServerId></ChargingProcess>',
  ),
  unreadable('cut-off', 'a process cut off in the middle', 'IN-XML', mennekes().slice(0, 900)),
  unreadable(
    'doctype',
    'a document type declaration is refused',
    'IN-DOCTYPE',
    `<!DOCTYPE x><Billing>${mennekes()}</Billing>`,
  ),
  {
    name: 'one-broken',
    comment: 'a broken process hides no good one',
    expect: ['UNREADABLE', GOOD],
    finding: 'REC-WIDTH',
    input: billing([withText('ServerId', '00'), mennekes(LATER)]),
  },
]

export const MENNEKES: readonly VectorCase[] = [
  ...SHAPES,
  ...VALUES,
  ...STEPS,
  ...CONTAINER,
  ...SIGNATURES,
  ...HOSTILE,
]

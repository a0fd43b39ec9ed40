/**
 * Cases of EDL40 telegrams. Each changes the good session in one place: two telegrams, 11.11 kWh in
 * half an hour, verified with its key confirmed.
 *
 * @module
 */
import { toBase64 } from '../../../src/main/engine/codec/base64.ts'
import { toHex } from '../../../src/shared/hex.ts'
import { type XmlValue, keyHex, signature, throwAwayKey, valuesXml } from '../sign.ts'
import {
  EDL_BEGIN,
  EDL_END,
  EDL_KEY,
  EMOC_KEY,
  type EdlParts,
  NAMES,
  TEN_O_CLOCK,
  type TelegramOptions,
  edlBlock,
  edlSignature,
  edlTelegram,
  emocWord,
  hex,
  legacyTelegram,
} from '../sign-edl40.ts'
import { xy } from '../sign-edl40-sig.ts'
import {
  ABSENT,
  type EntryParts,
  bytes,
  entry,
  list,
  localTime,
  message,
  octets,
  operating,
  signed,
  timestamp,
  unsigned,
} from '../sml.ts'
import type { VectorCase } from './base.ts'

export const EDL_KEY_TEXT = keyHex(EDL_KEY)
const EMOC_KEY_TEXT = keyHex(EMOC_KEY)

type Change = Partial<EdlParts>

const begin = (parts: Change = {}, options: TelegramOptions = {}) =>
  edlTelegram({ ...EDL_BEGIN, ...parts }, options)
const end = (parts: Change = {}, options: TelegramOptions = {}) =>
  edlTelegram({ ...EDL_END, ...parts }, options)
/** Begin and end one behind the other, as a meter's interface gives them. */
const session = (first: Change, second: Change, options: TelegramOptions = {}) =>
  bytes(begin(first, options), end(second, options))

/** The container of the transparency software, as stations fill it. */
export function inValues(
  values: readonly { telegram: Uint8Array; context?: string; transaction?: string }[],
  more: Partial<XmlValue> = {},
): string {
  return valuesXml(
    values.map(({ telegram, context, transaction }) => ({
      data: toHex(telegram),
      label: 'plain',
      format: 'EDL_40_P',
      keys: [toHex(xy(EDL_KEY))],
      ...(context === undefined ? {} : { context }),
      ...(transaction === undefined ? {} : { transaction }),
      ...more,
    })),
  )
}

const BEGIN = 'Transaction.Begin'
const END = 'Transaction.End'
const inXml = (first: Uint8Array, second: Uint8Array, more: Partial<XmlValue> = {}) =>
  inValues(
    [
      { telegram: first, context: BEGIN, transaction: '2604' },
      { telegram: second, context: END, transaction: '2604' },
    ],
    more,
  )

const GOOD = { expect: 'VERIFIED', energy: '11110.0 Wh', duration: '1800' } as const

const CARRIERS: readonly VectorCase[] = [
  {
    ...GOOD,
    name: 'good',
    comment: 'begin and end in two telegrams are verified; which is which follows from the counter',
    finding: 'SIG-OK KEY-STATION EDL-ROLE LAW-CLOCK-INFO',
    signature: ['valid', 'valid'],
    usable: 'energy',
    expectTrust: 'K4',
    input: session({}, {}),
  },
  {
    ...GOOD,
    name: 'end-first',
    comment: 'the order of the telegrams does not matter, and is told',
    finding: 'EDL-ORDER',
    input: bytes(end(), begin()),
  },
  {
    ...GOOD,
    name: 'hex',
    comment: 'hexadecimal digits in lines, with other text around them',
    input: `Session 2604\n${toHex(begin()).replace(/(.{32})/g, '$1\n')}\n\nend: ${toHex(end()).toUpperCase()}\n`,
  },
  {
    ...GOOD,
    name: 'hex-groups',
    comment: 'hexadecimal digits with a blank after each byte, as logs write them',
    input: [begin(), end()].map((one) => toHex(one).replace(/(..)(?=.)/g, '$1 ')).join('\n'),
  },
  {
    ...GOOD,
    name: 'base64',
    comment: 'one telegram in base64 on each line, with its own padding',
    input: [begin(), end()].map(toBase64).join('\n'),
  },
  {
    ...GOOD,
    name: 'base64-together',
    comment: 'both telegrams encoded in base64 as one',
    input: toBase64(session({}, {})),
  },
  {
    ...GOOD,
    name: 'key-beside',
    comment: 'a key on a line of its own beside the digits of the telegrams',
    expect: 'VALID_KEY_UNCONFIRMED',
    keys: [],
    input: `${toHex(begin())}\n${toHex(end())}\nPublic key: ${keyHex(EDL_KEY)}\n`,
  },
  {
    ...GOOD,
    name: 'xml',
    comment: 'in the container of the transparency software, with context and transaction',
    expect: 'VALID_KEY_UNCONFIRMED',
    keys: [],
    input: inXml(begin(), end()),
  },
  {
    ...GOOD,
    name: 'xml-no-format',
    comment: 'without format and encoding attributes the telegram speaks for itself',
    input: inXml(begin(), end(), { format: null, label: null }),
  },
  {
    ...GOOD,
    name: 'xml-base64',
    comment: 'base64 under a wrong label in the container',
    input: valuesXml([
      { data: toBase64(begin()), context: BEGIN, label: 'hex', format: 'SML_EDL40_P' },
      { data: toBase64(end()), context: END, label: 'hex', format: 'SML_EDL40_P' },
    ]),
  },
  {
    ...GOOD,
    name: 'xml-swapped',
    comment: 'values swapped in the file, labels right',
    finding: 'EDL-ORDER',
    input: inValues([
      { telegram: end(), context: END, transaction: '1' },
      { telegram: begin(), context: BEGIN, transaction: '1' },
    ]),
  },
  {
    name: 'xml-labels-swapped',
    comment: 'what the file calls begin and end is told where the signed counter says otherwise',
    ...GOOD,
    finding: 'REC-CONTRADICTS EDL-ORDER',
    input: inXml(end(), begin()),
  },
  {
    ...GOOD,
    name: 'xml-no-labels',
    comment: 'without context and transaction the signed user and counter pair begin and end',
    input: inValues([{ telegram: begin() }, { telegram: end() }]),
  },
  {
    ...GOOD,
    name: 'xml-utf-16',
    comment: 'UTF-16, line ends mixed, NUL behind the last line',
    input: Uint8Array.from(
      Buffer.from(`\ufeff${inXml(begin(), end()).replace(/\n(?=\s)/g, '\r\n')}`, 'utf16le'),
    ),
  },
  {
    ...GOOD,
    name: 'nul-padding',
    comment: 'NUL bytes behind the last telegram belong to no telegram',
    finding: 'SML-AROUND',
    input: inXml(bytes(begin()), end()).replace('</signedData>', '0000000000000000</signedData>'),
  },
  {
    ...GOOD,
    name: 'three',
    comment: 'an intermediate reading lies between begin and end',
    finding: 'EDL-ORDER',
    input: bytes(
      end({ pagination: 43 }),
      begin(),
      end({ clock: TEN_O_CLOCK + 900, secondsIndex: 500_900, value: 1_300_000n }),
    ),
  },
  {
    name: 'several-sessions',
    comment: 'several sessions in one file are told apart by the user identified anew',
    expect: ['VERIFIED', 'VERIFIED', 'VERIFIED'],
    energy: ['11110.0 Wh', '100.0 Wh', '200.0 Wh'],
    input: bytes(
      ...[0, 1, 2].flatMap((index) => {
        const later = {
          contractClock: EDL_BEGIN.contractClock + 7200 * index,
          clock: EDL_BEGIN.clock + 7200 * index,
          secondsIndex: EDL_BEGIN.secondsIndex + 7200 * index,
          pagination: EDL_BEGIN.pagination + 2 * index,
          value:
            index === 0 ? EDL_BEGIN.value : 1_345_667n + 1000n * BigInt((index * (index - 1)) / 2),
        }
        const last = {
          ...later,
          clock: later.clock + 1800,
          secondsIndex: later.secondsIndex + 1800,
          pagination: later.pagination + 1,
          value: index === 0 ? EDL_END.value : later.value + 1000n * BigInt(index),
          status: 0x88,
        }
        return [begin(later), begin(last)]
      }),
    ),
  },
  {
    name: 'two-sessions-one-user',
    comment: 'four readings of a user identified once: which belong together is not guessed',
    expect: ['INCOMPLETE', 'INCOMPLETE', 'INCOMPLETE', 'INCOMPLETE'],
    finding: 'SES-ONE-VALUE LAW-NO-ID',
    input: bytes(
      ...[0, 1, 2, 3].map((index) =>
        begin(
          {
            contract: new Uint8Array(),
            contractClock: 0,
            pagination: 41 + index,
            clock: TEN_O_CLOCK + index,
            value: 1_234_567n + BigInt(index),
          },
          { entries: { [NAMES.contract]: null } },
        ),
      ),
    ),
  },
  {
    ...GOOD,
    name: 'two-files',
    comment: 'begin and end in two files',
    input: [
      { name: 'begin.sml', bytes: begin() },
      { name: 'end.sml', bytes: end() },
    ],
  },
]

const SIGNATURES: readonly VectorCase[] = [
  {
    name: 'begin-only',
    comment: 'a reading alone is no session',
    expect: 'INCOMPLETE',
    finding: 'SES-ONE-VALUE',
    input: begin(),
  },
  {
    name: 'begin-twice',
    comment: 'the begin given twice is still only the begin',
    expect: 'INCOMPLETE',
    finding: 'SES-NO-END',
    keys: [],
    input: inValues([
      { telegram: begin(), context: BEGIN, transaction: '1' },
      { telegram: begin(), context: BEGIN, transaction: '1' },
    ]),
  },
  {
    name: 'value-changed',
    comment: 'a value changed after signing, checksum put right',
    expect: ['INCOMPLETE', 'SIGNATURE_INVALID'],
    finding: 'SIG-MISMATCH SES-ONE-VALUE',
    input: bytes(
      begin(),
      end({}, { entries: { [NAMES.value]: reading({ ...EDL_END, value: 1_400_000n }) } }),
    ),
  },
  {
    name: 'value-changed-in-xml',
    comment: 'labelled end with a changed value: the session is not valid',
    expect: 'SIGNATURE_INVALID',
    finding: 'SIG-MISMATCH',
    signature: ['valid', 'invalid'],
    input: inXml(
      begin(),
      end({}, { entries: { [NAMES.value]: reading({ ...EDL_END, value: 1_400_000n }) } }),
    ),
  },
  {
    name: 'value-changed-alone',
    comment: 'a single changed reading',
    expect: 'SIGNATURE_INVALID',
    finding: 'SIG-MISMATCH SES-ONE-VALUE',
    signature: 'invalid',
    input: end({}, { entries: { [NAMES.value]: reading({ ...EDL_END, value: 1_400_000n }) } }),
  },
  {
    name: 'log-bytes-changed',
    comment: 'the two bytes behind the signature are signed: they are the log book',
    expect: 'SIGNATURE_INVALID',
    finding: 'SIG-MISMATCH SES-ONE-VALUE',
    input: begin({}, { signature: edlSignature(edlBlock(EDL_BEGIN), '0013', EDL_KEY) }),
  },
  {
    name: 'unsigned',
    comment: 'a telegram without signature',
    expect: 'NOT_CHECKED',
    finding: 'SIG-MISSING SES-ONE-VALUE',
    input: begin({}, { signature: null }),
  },
  {
    name: 'signature-length',
    comment: 'a signature of a length that no curve has',
    expect: 'NOT_CHECKED',
    finding: 'SIG-ENCODING SES-ONE-VALUE',
    input: begin({}, { signature: new Uint8Array(49).fill(1) }),
  },
  {
    name: 'no-key',
    comment: 'without a key nothing is said about the signatures, but that one key made both',
    expect: 'NOT_CHECKED',
    finding: 'KEY-NONE KEY-RECOVERED',
    keys: [],
    input: inValues(
      [
        { telegram: begin(), context: BEGIN, transaction: '1' },
        { telegram: end(), context: END, transaction: '1' },
      ],
      { keys: [] },
    ),
  },
  {
    name: 'strange-key',
    comment: 'a key of another meter on the same curve does not fit',
    expect: 'SIGNATURE_INVALID',
    finding: 'SIG-MISMATCH SES-ONE-VALUE',
    keys: [keyHex(throwAwayKey('secp192r1', 'somebody else'))],
    input: begin(),
  },
  {
    name: 'foreign-curve',
    comment: 'a key on another curve of the same length does not fit',
    expect: 'SIGNATURE_INVALID',
    finding: 'SIG-MISMATCH SIG-ALG-KEY/info SES-ONE-VALUE',
    keys: [keyHex(throwAwayKey('brainpoolP192r1'))],
    input: begin(),
  },
  {
    name: 'key-off-curve',
    comment: 'a key that is no point of the curve cannot be used',
    expect: ['NOT_CHECKED'],
    finding: 'KEY-INVALID/error',
    keys: [],
    input: inXml(begin(), end(), { keys: [`${toHex(xy(EDL_KEY)).slice(0, -2)}00`] }),
  },
  {
    name: 'two-keys',
    comment: 'begin and end signed with different keys',
    expect: 'NOT_LEGALLY_RELEVANT',
    finding: 'SES-KEY KEY-CONFLICT KEY-UNUSED',
    keys: [EDL_KEY_TEXT, keyHex(throwAwayKey('secp192r1', 'other'))],
    notFinding: 'SIG-MISMATCH',
    input: inValues(
      [
        { telegram: begin(), context: BEGIN, transaction: '1' },
        {
          telegram: end({}, { key: throwAwayKey('secp192r1', 'other') }),
          context: END,
          transaction: '1',
        },
      ],
      { keys: [] },
    ),
  },
]

/** The entry of a reading, its time as UTC+1. */
function reading(parts: EdlParts) {
  return {
    name: hex(parts.obis),
    status: unsigned(parts.status, 4),
    time: localTime(parts.clock - 3600, 60, 0),
    unit: unsigned(parts.unit, 1),
    scaler: signed(parts.scaler, 1),
    value: signed(parts.value, 8),
  }
}

const TRANSPORT: readonly VectorCase[] = [
  {
    ...GOOD,
    name: 'crc-wrong',
    comment: 'a wrong checksum is worth a warning and says nothing about the signature',
    finding: 'SML-CRC',
    input: bytes(begin(), end({}, { crcMask: 0x0100 })),
  },
  {
    ...GOOD,
    name: 'transport-2',
    comment: 'version 2 of the transport, with its settings',
    input: session({}, {}, { version: 2, setting: hex('1b1b1b1b 03030064 1b1b1b1b 04040080') }),
  },
  {
    ...GOOD,
    name: 'escapes',
    comment: 'a counter and a user full of 1B, which the transport writes twice',
    energy: '454761.1 Wh',
    input: session(
      { contract: hex('1b1b1b1b1b1b1b1b011b1b1b1b01010101') },
      {
        contract: hex('1b1b1b1b1b1b1b1b011b1b1b1b01010101'),
        value: 1_234_567n + 4_547_611n,
      },
    ),
  },
  {
    name: 'cut-off',
    comment: 'a telegram without its end',
    expect: 'UNREADABLE',
    finding: 'IN-SML',
    input: begin().subarray(0, 150),
  },
  {
    name: 'cut-off-hex',
    comment: 'a telegram without its end in hexadecimal digits',
    expect: 'UNREADABLE',
    finding: 'IN-SML',
    input: toHex(begin()).slice(0, 201),
  },
  {
    name: 'list-of-2-31',
    comment: 'a list that says it has 2³¹ elements',
    expect: 'UNREADABLE',
    finding: 'IN-SML',
    input: begin({}, { data: (whole) => bytes(whole, hex('f88080808080808000')) }),
  },
  {
    name: 'length-lies',
    comment: 'an octet string that says it is longer than the telegram',
    expect: 'UNREADABLE',
    finding: 'IN-SML',
    input: begin({}, { data: (whole) => bytes(whole, hex('8f0f0102')) }),
  },
  {
    name: 'too-deep',
    comment: 'lists in lists in lists',
    expect: 'UNREADABLE',
    finding: 'IN-TOOBIG/error',
    input: begin({}, { data: (whole) => bytes(whole, hex('71717171717171717101')) }),
  },
  {
    name: 'no-list',
    comment: 'a telegram in which no readings are listed',
    expect: 'UNREADABLE',
    finding: 'SML-LISTS',
    input: begin({}, { data: () => message(1, 0x0201, list(ABSENT)) }),
  },
  {
    name: 'two-lists',
    comment: 'a telegram that lists readings twice',
    expect: 'UNREADABLE',
    finding: 'SML-LISTS',
    input: begin({}, { data: (whole) => bytes(whole, whole) }),
  },
  {
    name: 'xml-no-telegram',
    comment: 'data that the file calls EDL40 and that are no telegram',
    expect: 'UNREADABLE',
    finding: 'IN-SML',
    keys: [],
    input: valuesXml([{ data: 'not a telegram at all', format: 'EDL_40_P' }]),
  },
]

const ENTRIES: readonly VectorCase[] = [
  {
    name: 'register-twice',
    comment: 'a register given twice: which one is signed cannot be said',
    expect: 'UNREADABLE',
    finding: 'SES-DUPKEY',
    input: begin({}, { more: [entry(reading({ ...EDL_BEGIN, value: 1n }))] }),
  },
  {
    ...GOOD,
    name: 'unknown-register',
    comment: 'an entry that is not part of what is signed changes nothing',
    input: session(
      {},
      {},
      {
        more: [
          entry({ name: hex('0100020800ff'), unit: unsigned(30, 1), value: signed(5, 8) }),
          entry({ name: hex('8180816101ff') }),
          entry({ name: hex('ff'), value: octets(hex('00')) }),
        ],
      },
    ),
  },
  {
    name: 'no-value',
    comment: 'no reading among the entries',
    expect: 'UNREADABLE',
    finding: 'EDL-ENTRY',
    input: begin({}, { entries: { [NAMES.value]: null } }),
  },
  {
    name: 'no-unit',
    comment: 'a reading without unit',
    expect: 'UNREADABLE',
    finding: 'EDL-ENTRY',
    input: begin({}, { entries: { [NAMES.value]: { ...reading(EDL_BEGIN), unit: ABSENT } } }),
  },
  {
    name: 'value-no-number',
    comment: 'a reading that is a text',
    expect: 'UNREADABLE',
    finding: 'EDL-ENTRY',
    input: begin(
      {},
      { entries: { [NAMES.value]: { ...reading(EDL_BEGIN), value: octets(hex('3132')) } } },
    ),
  },
  {
    name: 'time-is-index',
    comment: 'a reading whose time is no time of day',
    expect: 'UNREADABLE',
    finding: 'EDL-ENTRY',
    input: begin({}, { entries: { [NAMES.value]: { ...reading(EDL_BEGIN), time: operating(5) } } }),
  },
  {
    name: 'no-pagination',
    comment: 'a counter taken out of the telegram was signed: the signature does not fit any more',
    expect: 'SIGNATURE_INVALID',
    finding: 'SIG-MISMATCH SES-ONE-VALUE',
    input: begin({}, { entries: { [NAMES.pagination]: null } }),
  },
  {
    ...GOOD,
    name: 'no-contract',
    comment: 'nobody was identified, and the meter signed that',
    finding: 'LAW-NO-ID',
    input: session(
      { contract: new Uint8Array(), contractClock: 0 },
      {
        contract: new Uint8Array(),
        contractClock: 0,
      },
      { entries: { [NAMES.contract]: null } },
    ),
  },
  {
    ...GOOD,
    name: 'status-widths',
    comment: 'status and value in as many bytes as they need',
    input: bytes(
      begin(
        {},
        {
          entries: {
            [NAMES.value]: {
              ...reading(EDL_BEGIN),
              status: unsigned(8, 1),
              value: signed(EDL_BEGIN.value, 4),
            },
          },
        },
      ),
      end(
        {},
        {
          entries: {
            [NAMES.value]: {
              ...reading(EDL_END),
              status: unsigned(0x1188, 3),
              value: unsigned(EDL_END.value, 3),
            },
          },
        },
      ),
    ),
  },
  {
    name: 'status-absent',
    comment: 'without a status the meter signs zero, and so no set clock',
    expect: 'VERIFIED',
    finding: 'LAW-CLOCK-UNSYNC',
    input: session({ status: 0 }, { status: 0 }, { statusWord: ABSENT }),
  },
  {
    ...GOOD,
    name: 'other-register',
    comment: 'the register 1-0:1.8.0 where 1-0:1.17.0 is not there',
    input: session({ obis: NAMES.otherValue }, { obis: NAMES.otherValue }),
  },
  {
    ...GOOD,
    name: 'time-without-offset',
    comment: 'a time of day without offset is taken as it is',
    input: bytes(
      begin(
        {},
        { entries: { [NAMES.value]: { ...reading(EDL_BEGIN), time: timestamp(EDL_BEGIN.clock) } } },
      ),
      end(
        {},
        { entries: { [NAMES.value]: { ...reading(EDL_END), time: timestamp(EDL_END.clock) } } },
      ),
    ),
  },
  {
    ...GOOD,
    name: 'seconds-index-plain',
    comment: 'the seconds of operation as a plain number',
    input: bytes(
      begin(
        {},
        {
          entries: {
            [NAMES.secondsIndex]: {
              name: hex(NAMES.secondsIndex),
              value: unsigned(EDL_BEGIN.secondsIndex, 4),
            },
          },
        },
      ),
      end(),
    ),
  },
  {
    name: 'offset-changed',
    comment:
      'timestamp five hours less, offset five hours more: the signature fits, the time shown elsewhere would not',
    expect: 'VERIFIED',
    energy: '11110.0 Wh',
    finding: 'REC-CONTRADICTS',
    input: session({}, {}, { offsets: [360, 0] }),
  },
  {
    ...GOOD,
    name: 'offset-utc',
    comment: 'a meter that runs on UTC',
    input: session({}, {}, { offsets: [0, 0] }),
  },
  {
    name: 'offset-of-winter',
    comment: 'an offset of summer in winter moves the time by an hour',
    expect: 'VERIFIED',
    finding: 'REC-CONTRADICTS',
    input: session({}, {}, { offsets: [60, 60] }),
  },
]

const TOO_WIDE: readonly [name: string, comment: string, change: Partial<EntryParts>][] = [
  [
    'value-2-63',
    'a reading of 2⁶³ does not fit its eight signed bytes',
    { value: unsigned(1n << 63n, 8) },
  ],
  ['scaler-128', 'a power of ten above 127', { scaler: signed(128, 2) }],
  ['scaler-255', 'a power of ten of 255 is not −1', { scaler: unsigned(255, 1) }],
  ['unit-256', 'a unit of two bytes', { unit: unsigned(256, 2) }],
  ['clock-2-32', 'a clock beyond 2³² seconds', { time: localTime(0xffff_fff0, 60, 0) }],
  ['clock-negative', 'a clock before 1970', { time: localTime(5, -60, 0) }],
]

const WIDTHS: readonly VectorCase[] = TOO_WIDE.map(([name, comment, change]) => ({
  name: `width-${name}`,
  comment: `${comment} is refused, never cut`,
  expect: 'UNREADABLE',
  finding: 'REC-WIDTH',
  input: begin({}, { entries: { [NAMES.value]: { ...reading(EDL_BEGIN), ...change } } }),
}))

const MORE_WIDTHS: readonly VectorCase[] = [
  {
    name: 'width-pagination',
    comment: 'a counter of 2³² is refused, never cut',
    expect: 'UNREADABLE',
    finding: 'REC-WIDTH',
    input: begin(
      {},
      {
        entries: {
          [NAMES.pagination]: { name: hex(NAMES.pagination), value: unsigned(1n << 32n, 5) },
        },
      },
    ),
  },
  {
    name: 'width-contract',
    comment: 'a user of 129 bytes is refused, never cut',
    expect: 'UNREADABLE',
    finding: 'REC-WIDTH',
    input: begin(
      {},
      {
        entries: {
          [NAMES.contract]: {
            name: hex(NAMES.contract),
            time: localTime(EDL_BEGIN.contractClock - 3600, 60, 0),
            value: octets(new Uint8Array(129).fill(0x41)),
          },
        },
      },
    ),
  },
  {
    name: 'width-server-id',
    comment: 'a meter whose name has another length than ten bytes',
    expect: 'UNREADABLE',
    finding: 'REC-WIDTH',
    input: begin({}, { serverId: octets(hex('0901454d4800000000')) }),
  },
]

const VALUES: readonly VectorCase[] = [
  {
    name: 'counter-largest',
    comment: 'the largest counter there is, exact to its last digit',
    expect: 'VERIFIED',
    energy: '461168601842738790.3 Wh',
    finding: 'SES-POWER',
    input: session({ value: (1n << 62n) - 1n + 1n }, { value: (1n << 63n) - 1n }),
  },
  {
    name: 'counter-2-31',
    comment: 'a counter beyond 2³¹, as meters have above 214,748 kWh',
    expect: 'VERIFIED',
    energy: '0.2 Wh',
    input: session({ value: (1n << 31n) - 1n }, { value: (1n << 31n) + 1n }),
  },
  {
    name: 'counter-2-32',
    comment: 'a counter beyond 2³²',
    expect: 'VERIFIED',
    energy: '0.2 Wh',
    input: session({ value: (1n << 32n) - 1n }, { value: (1n << 32n) + 1n }),
  },
  {
    name: 'scaler-0',
    comment: 'whole watt hours',
    expect: 'VERIFIED',
    energy: '111100 Wh',
    input: session({ scaler: 0 }, { scaler: 0 }),
  },
  {
    name: 'scaler-3',
    comment: 'whole kilowatt hours, written as thousands of watt hours',
    expect: 'VERIFIED',
    energy: '11000 Wh',
    input: session({ scaler: 3, value: 1234n }, { scaler: 3, value: 1245n }),
  },
  {
    name: 'scaler-127',
    comment: 'the largest power of ten: absurd, and exact',
    expect: 'VERIFIED',
    energy: `1${'0'.repeat(127)} Wh`,
    finding: 'SES-POWER',
    input: session({ scaler: 127, value: 1n }, { scaler: 127, value: 2n }),
  },
  {
    name: 'scaler-minus-128',
    comment: 'the smallest power of ten',
    expect: 'VERIFIED',
    energy: `0.${'0'.repeat(127)}1 Wh`,
    input: session({ scaler: -128, value: 1n }, { scaler: -128, value: 2n }),
  },
  {
    name: 'scalers-differ',
    comment: 'begin and end with different powers of ten are subtracted exactly',
    expect: 'VERIFIED',
    energy: '11110.3 Wh',
    input: session({}, { scaler: 0, value: 134_567n }),
  },
  {
    name: 'unit-unknown',
    comment: 'a unit nobody knows is no energy',
    expect: 'NOT_LEGALLY_RELEVANT',
    finding: 'SES-UNIT',
    input: session({ unit: 99 }, { unit: 99 }),
  },
  {
    name: 'unit-watt',
    comment: 'power is no energy',
    expect: 'NOT_LEGALLY_RELEVANT',
    finding: 'SES-UNIT',
    input: session({ unit: 27 }, { unit: 27 }),
  },
  {
    name: 'negative',
    comment: 'a counter of energy is never below zero',
    expect: 'NOT_LEGALLY_RELEVANT',
    finding: 'EDL-NEGATIVE',
    input: session({ value: -5n }, { value: 100n }),
  },
  {
    name: 'falling',
    comment: 'an end below the begin',
    expect: 'NOT_LEGALLY_RELEVANT',
    finding: 'SES-REG-BACK',
    input: session({}, { value: 1_234_566n }),
  },
]

const TIMES: readonly VectorCase[] = [
  {
    name: 'clock-not-set',
    comment: 'a clock that was never set shows 1970: no time to rely on',
    expect: 'VERIFIED',
    finding: 'LAW-CLOCK-UNSYNC SES-DATE',
    input: session(
      { clock: 777, contractClock: 700, status: 0 },
      { clock: 2577, contractClock: 700, status: 0x80 },
      { offsets: [0, 0] },
    ),
  },
  {
    name: 'clock-zero',
    comment: 'a clock at 0',
    expect: 'VERIFIED',
    finding: 'LAW-CLOCK-UNSYNC SES-DATE',
    input: session(
      { clock: 0, contractClock: 0, status: 0 },
      { clock: 1800, contractClock: 0, status: 0 },
      { offsets: [0, 0] },
    ),
  },
  {
    name: 'clock-2-31',
    comment: 'a clock that crosses 2³¹ seconds',
    expect: 'VERIFIED',
    duration: '1800',
    finding: 'SES-DATE',
    input: session({ clock: 2 ** 31 - 900 }, { clock: 2 ** 31 + 900 }),
  },
  {
    name: 'clock-last',
    comment: 'a clock at the last second of 32 bits',
    expect: 'VERIFIED',
    finding: 'SES-DATE',
    input: session({ clock: 2 ** 32 - 1801 }, { clock: 2 ** 32 - 1 }),
  },
  {
    name: 'summer-time-begins',
    comment: 'the clock goes forward while a car is charged: the duration is that of the meter',
    expect: 'VERIFIED',
    duration: '1800',
    finding: 'EDL-CLOCK/info',
    input: bytes(
      begin({ clock: at('2025-03-30T01:45:00') }),
      end({ clock: at('2025-03-30T03:15:00') }, { offsets: [60, 60], contractOffsets: [60, 0] }),
    ),
  },
  {
    name: 'summer-time-ends',
    comment: 'the clock goes back while a car is charged: the end seems to lie before the begin',
    expect: 'NOT_LEGALLY_RELEVANT',
    duration: '1800',
    finding: 'EDL-CLOCK/info SES-ORDER',
    input: bytes(
      begin({ clock: at('2025-10-26T02:45:00') }, { offsets: [60, 60], contractOffsets: [60, 0] }),
      end({ clock: at('2025-10-26T02:15:00') }),
    ),
  },
  {
    name: 'clock-set',
    comment: 'the clock was set by ten minutes while a car was charged',
    expect: 'VERIFIED',
    duration: '1800',
    finding: 'EDL-CLOCK/warning',
    input: session({}, { clock: EDL_END.clock + 600 }),
  },
  {
    name: 'operating-back',
    comment: 'seconds of operation that run backwards',
    expect: 'NOT_LEGALLY_RELEVANT',
    finding: 'EDL-SECONDS EDL-CLOCK/warning',
    input: session({}, { secondsIndex: 499_999 }),
  },
  {
    name: 'long',
    comment: 'eight days of charging are implausible',
    expect: 'VERIFIED',
    finding: 'SES-LONG',
    input: session({}, { clock: EDL_BEGIN.clock + 691_200, secondsIndex: 500_000 + 691_200 }),
  },
  {
    name: 'power',
    comment: 'more energy than any station could give in that time',
    expect: 'VERIFIED',
    finding: 'SES-POWER',
    input: session({}, { value: EDL_BEGIN.value + 8_000_000n }),
  },
]

/** Seconds of a wall clock. */
function at(clock: string): number {
  return Date.parse(`${clock}Z`) / 1000
}

const SESSIONS: readonly VectorCase[] = [
  {
    name: 'gap',
    comment: 'a number between begin and end that nobody handed over',
    expect: 'VERIFIED',
    finding: 'SES-PAG/warning',
    input: session({}, { pagination: 43 }),
  },
  {
    name: 'same-number',
    comment: 'begin and end with the same number',
    expect: 'NOT_LEGALLY_RELEVANT',
    finding: 'SES-PAG/error',
    input: inXml(begin(), end({ pagination: 41 })),
  },
  {
    name: 'other-user',
    comment: 'begin and end of different users',
    expect: 'NOT_LEGALLY_RELEVANT',
    finding: 'SES-CONTRACT',
    input: inXml(begin(), end({ contract: hex('0400000000') })),
  },
  {
    name: 'identified-again',
    comment: 'the user was identified again before the end',
    expect: 'VERIFIED',
    finding: 'EDL-CONTRACT-TIME/warning',
    input: inXml(begin(), end({ contractClock: EDL_BEGIN.clock + 1700 })),
  },
  {
    name: 'two-sessions-as-one',
    comment: 'begin of one session and end of a later one of the same user',
    expect: 'NOT_LEGALLY_RELEVANT',
    finding: 'EDL-CONTRACT-TIME/error SES-PAG/warning',
    input: inXml(begin(), end({ contractClock: EDL_BEGIN.clock + 900, pagination: 44 })),
  },
  {
    name: 'log-book',
    comment: 'the meter wrote to its event log between begin and end',
    expect: 'VERIFIED',
    finding: 'EDL-LOG',
    input: session({}, { logBook: '0013' }),
  },
  {
    name: 'other-meter',
    comment: 'begin and end of different meters',
    expect: 'NOT_LEGALLY_RELEVANT',
    finding: 'SES-METER KEY-SHARED',
    input: inXml(begin(), end({ serverId: '0901454d480000000002' })),
  },
  {
    name: 'fault',
    comment: 'the meter reports a fault at the end',
    expect: 'NOT_LEGALLY_RELEVANT',
    finding: 'LAW-STATUS/error EDL-STATUS/warning',
    input: session({}, { status: 0x89 }),
  },
  {
    name: 'magnet',
    comment: 'a magnetic field acted on the meter',
    expect: 'VERIFIED',
    finding: 'EDL-MAGNET EDL-STATUS/warning',
    input: session({}, { status: 0xc8 }),
  },
  {
    name: 'direction',
    comment: 'energy is fed in when the end is read',
    expect: 'VERIFIED',
    finding: 'EDL-STATUS/info',
    input: session({}, { status: 0xa8 }),
  },
]

const EMOC = { scaler: -1, resistance: 1000, serverId: '0a01454d480000ba05b4' } as const

const MAKES: readonly VectorCase[] = [
  {
    name: 'emoc',
    comment: 'a meter that takes the loss of the cable out signs on secp256r1',
    expect: 'VERIFIED',
    energy: '11000.0 Wh',
    keys: [EMOC_KEY_TEXT],
    input: inXml(
      begin(
        { ...EMOC, contract: hex('0141424344'), compensated: 1_200_000n, historical: 1_200_000n },
        { key: EMOC_KEY, statusWord: emocWord(0x08) },
      ),
      end(
        {
          ...EMOC,
          contract: hex('0241424344'),
          contractClock: EDL_END.clock - 10,
          compensated: 1_310_000n,
          historical: 1_200_000n,
        },
        { key: EMOC_KEY, statusWord: emocWord(0x88) },
      ),
      { keys: [] },
    ),
  },
  {
    name: 'emoc-unit-contradicts',
    comment: 'unit of a register that stands beside the signature contradicts the signed one',
    expect: 'INCOMPLETE',
    finding: 'REC-CONTRADICTS SES-NO-BEGIN SES-NO-END',
    keys: [EMOC_KEY_TEXT],
    input: begin(
      { ...EMOC, compensated: 1_200_000n, historical: 1_200_000n },
      {
        key: EMOC_KEY,
        statusWord: emocWord(0x08),
        entries: {
          [NAMES.compensated]: {
            name: hex(NAMES.compensated),
            unit: unsigned(30, 1),
            scaler: signed(2, 1),
            value: unsigned(1_200_000, 3),
          },
        },
      },
    ),
  },
  {
    name: 'legacy',
    comment: 'meters of 2018 sign a signature of the value and no counter',
    expect: 'VERIFIED',
    energy: '11110.0 Wh',
    input: inXml(legacyTelegram(EDL_BEGIN), legacyTelegram(EDL_END)),
  },
  {
    name: 'legacy-changed',
    comment: 'a changed value of a meter of 2018',
    expect: 'SIGNATURE_INVALID',
    finding: 'SIG-MISMATCH',
    input: inXml(
      legacyTelegram(EDL_BEGIN),
      legacyTelegram(
        { ...EDL_END, value: 1_400_000n },
        {
          signature: bytes(
            signature(new Uint8Array(320), { key: EDL_KEY, shape: 'raw' }),
            hex('0012'),
          ),
        },
      ),
    ),
  },
  {
    name: 'legacy-cut-signature',
    comment: 'a signature of the value that has not fifty bytes',
    expect: 'UNREADABLE',
    finding: 'REC-WIDTH',
    input: legacyTelegram(EDL_BEGIN, {
      entries: {
        [EDL_BEGIN.obis]: { ...reading(EDL_BEGIN), signature: octets(new Uint8Array(49)) },
      },
    }),
  },
]

export const EDL40: readonly VectorCase[] = [
  ...CARRIERS,
  ...SIGNATURES,
  ...TRANSPORT,
  ...ENTRIES,
  ...WIDTHS,
  ...MORE_WIDTHS,
  ...VALUES,
  ...TIMES,
  ...SESSIONS,
  ...MAKES,
]

/**
 * ALFEN lines: data set, status, roles, pairs, carriers. Source: src/main/engine/formats/alfen/README.md.
 *
 * @module
 */
import { toBase32 } from '../../../src/main/engine/codec/base32.ts'
import { signNumbers, keyHex, valuesXml, withNonceOf } from '../sign.ts'
import {
  ALFEN_BEGIN,
  ALFEN_END,
  INTERMEDIATE,
  START,
  STOP,
  alfen,
  alfenData,
  alfenKey,
  alfenKeyText,
  alfenSession,
} from '../sign-alfen.ts'
import { type VectorCase, lines } from './base.ts'

const METER = alfenKey()
const STRANGE = alfenKey('somebody else')
export const ALFEN_KEY = alfenKeyText(METER)

const GOOD = 'VERIFIED'
const NLR = 'NOT_LEGALLY_RELEVANT'
const BEGIN = alfen(ALFEN_BEGIN)
const END = alfen(ALFEN_END)
const SESSION = lines(BEGIN, END)
const utf8 = (text: string) => new TextEncoder().encode(text)

/** A session that is verified, 11110 Wh unless it says otherwise. */
function good(
  name: string,
  comment: string,
  input: string | Uint8Array,
  more: Partial<VectorCase> = {},
) {
  return {
    name,
    comment,
    expect: GOOD,
    signature: ['valid', 'valid'],
    energy: '11110 Wh',
    usable: 'energy',
    ...more,
    input,
  } satisfies VectorCase
}

const DATA: readonly VectorCase[] = [
  good('session', 'begin and end of a session, a line each', SESSION, {
    finding: 'LAW-CLOCK-INFO SIG-WEAK',
    notFinding: 'SIG-NONCANONICAL ALFEN-ROLE',
    duration: '1800',
  }),
  good(
    'order',
    'the end stands before the begin: what is signed says which is which',
    lines(END, BEGIN),
  ),
  good(
    'scaler-minus-3',
    'a scaler of −3 makes mWh of the value',
    alfenSession({ scaler: -3, value: 1n }, { value: 2_500n }),
    { energy: '2.499 Wh' },
  ),
  good(
    'scaler-3',
    'a scaler of 3 makes kWh of the value',
    alfenSession({ scaler: 3, value: 7n }, { value: 9n }),
    { energy: '2000 Wh' },
  ),
  good(
    'scaler-lowest',
    'the scaler is a signed byte: −128 is its lowest value',
    alfenSession({ scaler: -128, value: 5n }, { value: 6n }),
    { energy: `0.${'0'.repeat(127)}1 Wh` },
  ),
  good(
    'scaler-highest',
    '127 is the highest scaler, and an implausible one',
    alfenSession({ scaler: 127, value: 5n }, { value: 6n }),
    { energy: `1${'0'.repeat(127)} Wh`, finding: 'SES-POWER/warning' },
  ),
  ...[16, 31, 32, 53, 62].map((power) =>
    good(
      `value-2-to-${power}`,
      `a counter that passes 2^${power}`,
      alfenSession({ value: 2n ** BigInt(power) - 1n }, { value: 2n ** BigInt(power) + 1n }),
      { energy: '2 Wh' },
    ),
  ),
  good(
    'value-highest',
    'the highest counter of 64 bits with a sign',
    alfenSession({ value: 2n ** 63n - 2n }, { value: 2n ** 63n - 1n }),
    { energy: '1 Wh' },
  ),
  {
    name: 'value-beyond-63-bits',
    comment: 'a counter with its uppermost bit set is negative and so below any before it',
    expect: NLR,
    finding: 'SES-REG-BACK',
    energy: '-9223372036854775809 Wh',
    input: lines(
      alfen({ ...ALFEN_BEGIN, value: 1n }),
      alfen({ ...ALFEN_END, value: -(2n ** 63n) }),
    ),
  },
  good(
    'uid-latin-1',
    'a card that is no UTF-8 is read as Latin-1',
    alfenSession({ uid: Uint8Array.of(0x4d, 0xfc, 0x6c, 0x6c, 0x65, 0x72) }),
  ),
  good('uid-utf-8', 'a card in UTF-8', alfenSession({ uid: 'Müller ✓' })),
  good('uid-full', 'a card that fills all 20 bytes', alfenSession({ uid: '12345678901234567890' })),
  good('uid-empty', 'no card: nobody says who charged', alfenSession({ uid: '' }), {
    finding: 'LAW-NO-ID/warning',
  }),
  good(
    'uid-zero-inside',
    'bytes behind a zero byte are signed and shown: other programs stop reading there',
    alfenSession({ uid: 'CARD\0OTHER' }),
    { finding: 'ALFEN-UID/warning' },
  ),
  good(
    'time-2038',
    'a time past 2038 needs the 32nd bit, and lies in the future today',
    alfenSession({ timestamp: 2 ** 31 - 900 }, { timestamp: 2 ** 31 + 900 }),
    { finding: 'SES-DATE/warning', duration: '1800' },
  ),
  good(
    'time-last',
    'the last second of 32 bits, in 2106',
    alfenSession({ timestamp: 2 ** 32 - 2 }, { timestamp: 2 ** 32 - 1, value: 1_234_561n }),
    { finding: 'SES-DATE/warning', duration: '1', energy: '1 Wh' },
  ),
  {
    name: 'time-lost',
    comment: 'the end has the time 18 s: the clock lost power (seen in the field)',
    expect: NLR,
    finding: 'SES-ORDER SES-DATE/warning',
    input: alfenSession({}, { timestamp: 18 }),
  },
  good(
    'time-zero',
    'both readings say the first second of 1970',
    alfenSession({ timestamp: 0 }, { timestamp: 0 }),
    { finding: 'SES-DATE/warning', duration: '0' },
  ),
  good(
    'time-summer',
    'the hour in which clocks are put back in Europe: the signed time is UTC',
    alfenSession(
      { timestamp: Date.UTC(2025, 9, 26, 0, 45) / 1000 },
      { timestamp: Date.UTC(2025, 9, 26, 1, 15) / 1000 },
    ),
    { duration: '1800' },
  ),
  {
    name: 'unit-kvarh',
    comment: 'a unit that is none of active energy cannot be billed',
    expect: NLR,
    finding: 'SES-UNIT',
    input: alfenSession({ unit: 32 }),
  },
  {
    name: 'register-export',
    comment: 'the register of fed energy: the session feeds back',
    expect: GOOD,
    finding: 'LAW-EXPORT/info',
    energy: '11110 Wh',
    input: alfenSession({ obis: '0100020800ff' }),
  },
  {
    name: 'register-power',
    comment: 'a register that counts no energy gives no begin and no end',
    expect: ['INCOMPLETE', 'INCOMPLETE'],
    finding: 'SES-NO-BEGIN SES-NO-END',
    input: alfenSession({ obis: '0100010700ff' }),
  },
]

const faults: readonly [name: string, what: string, changes: object][] = [
  ['eeprom', 'the memory of the meter failed', { meterStatus: 2 }],
  ['flash', 'the data flash of the meter failed', { meterStatus: 4 }],
  ['adapter', 'the adapter failed', { adapterStatus: STOP | 1 }],
  ['memory', 'the memory of the adapter is faulty', { adapterStatus: STOP | 0x4000 }],
  ['unreachable', 'the adapter could not reach the meter', { adapterStatus: STOP | 0x8000 }],
]
const warnings: readonly [name: string, what: string, changes: object][] = [
  ['phase-1', 'phase L1 was missing', { meterStatus: 0x100 }],
  ['phase-2', 'phase L2 was missing', { meterStatus: 0x200 }],
  ['phase-3', 'phase L3 was missing', { meterStatus: 0x400 }],
  ['sequence', 'the phases turn the wrong way', { meterStatus: 0x800 }],
  ['mismatch', 'start and stop do not match', { adapterStatus: STOP | 0x400 }],
]

const STATUS: readonly VectorCase[] = [
  ...faults.map(([name, what, changes]): VectorCase => ({
    name: `status-${name}`,
    comment: `${what} at the end: no billing basis, although the signature is good`,
    expect: NLR,
    finding: 'LAW-STATUS/error',
    signature: ['valid', 'valid'],
    input: alfenSession({}, changes),
  })),
  ...warnings.map(([name, what, changes]) =>
    good(
      `status-${name}`,
      `${what}: worth knowing, and no fault of the reading`,
      alfenSession({}, changes),
      {
        finding: 'ALFEN-STATUS/warning',
      },
    ),
  ),
  good(
    'status-clock',
    'the clock of the meter failed: the time is none, the energy stands',
    alfenSession({}, { meterStatus: 1 }),
    { finding: 'ALFEN-STATUS/warning LAW-EF-TIME/warning LAW-CLOCK-UNSYNC/warning' },
  ),
  {
    name: 'status-two-faults',
    comment: 'two faults at once are both told',
    expect: NLR,
    finding: 'LAW-STATUS/error ALFEN-STATUS/warning',
    input: alfenSession({}, { meterStatus: 6 }),
  },
  good(
    'status-unnamed',
    'bits without a known meaning are shown',
    alfenSession({}, { meterStatus: 0x0080 }),
    { finding: 'ALFEN-STATUS-BITS/warning' },
  ),
]

/** A session without the signed commands. */
const UNCOMMANDED = alfenSession({ adapterStatus: 0 }, { adapterStatus: 0 }).replace(
  /AP;0(?=[^\n]*$)/,
  'AP;1',
)

const ROLES: readonly VectorCase[] = [
  good(
    'role-not-signed',
    'older records sign no command: begin and end are only what the type field says',
    UNCOMMANDED,
    { finding: 'ALFEN-ROLE/warning' },
  ),
  good(
    'role-contradicted',
    'the type field calls the end a begin; the signed command counts',
    lines(BEGIN, END.replace('AP;1', 'AP;0')),
    { finding: 'REC-CONTRADICTS/warning' },
  ),
  {
    name: 'role-both-commands',
    comment: 'a record that was made for begin and end at once says nothing',
    expect: 'INCOMPLETE',
    finding: 'ALFEN-COMMANDS SES-ONE-VALUE',
    input: alfen({ ...ALFEN_BEGIN, adapterStatus: START | STOP }),
  },
  {
    name: 'role-none',
    comment: 'neither command nor type: a single value',
    expect: 'INCOMPLETE',
    finding: 'ALFEN-TYPE/warning SES-ONE-VALUE',
    input: alfen({ ...ALFEN_BEGIN, adapterStatus: 0 }, { parts: { type: '7' } }),
  },
  good(
    'role-context',
    'the XML calls the begin an end: not signed, and contradicted',
    valuesXml([
      { data: BEGIN, format: 'ALFEN', context: 'Transaction.End', transaction: '1' },
      { data: END, format: 'ALFEN', context: 'Transaction.Begin', transaction: '1' },
    ]),
    { finding: 'REC-CONTRADICTS/warning' },
  ),
  good(
    'version-4',
    'another version than the known one is said',
    lines(BEGIN, alfen(ALFEN_END, { parts: { version: '4' } })),
    { finding: 'ALFEN-VERSION/warning' },
  ),
]

const middle = (value: bigint, minutes: number, paging: number) =>
  alfen({
    ...ALFEN_END,
    adapterStatus: INTERMEDIATE,
    value,
    timestamp: ALFEN_BEGIN.timestamp + 60 * minutes,
    paging,
  })
const LAST = alfen({ ...ALFEN_END, paging: 282 })
const LATER = {
  timestamp: ALFEN_END.timestamp + 3600,
  value: ALFEN_END.value + 10n,
  sessionId: 142,
  paging: 281,
}
const LATER_END = {
  ...LATER,
  timestamp: LATER.timestamp + 600,
  value: LATER.value + 500n,
  paging: 282,
}

const SESSIONS: readonly VectorCase[] = [
  good(
    'intermediate',
    'values in between belong to the session and change nothing',
    lines(BEGIN, middle(1_236_000n, 10, 280), middle(1_240_000n, 20, 281), LAST),
    { signature: ['valid', 'valid', 'valid', 'valid'] },
  ),
  {
    name: 'intermediate-falls',
    comment: 'a register that falls on the way is none of one session',
    expect: NLR,
    finding: 'SES-SEQUENCE',
    input: lines(BEGIN, middle(1_240_000n, 10, 280), middle(1_239_999n, 20, 281), LAST),
  },
  {
    name: 'intermediate-late',
    comment: 'a value in between that is later than the end',
    expect: NLR,
    finding: 'SES-SEQUENCE',
    input: lines(BEGIN, middle(1_240_000n, 45, 280), alfen({ ...ALFEN_END, paging: 281 })),
  },
  {
    name: 'two-sessions',
    comment: 'two sessions in one file; the signed number of the session parts them',
    expect: [GOOD, GOOD],
    signature: ['valid', 'valid', 'valid', 'valid'],
    energy: ['11110 Wh', '500 Wh'],
    input: lines(
      BEGIN,
      alfen({ ...ALFEN_BEGIN, ...LATER }),
      END,
      alfen({ ...ALFEN_END, ...LATER_END }),
    ),
  },
  {
    name: 'session-differs',
    comment: 'a begin and an end of different sessions',
    expect: NLR,
    finding: 'SES-TRANSACTION',
    input: alfenSession({}, { sessionId: 142 }),
  },
  {
    name: 'user-differs',
    comment: 'begin and end of one session name different cards',
    expect: NLR,
    finding: 'SES-CONTRACT',
    input: alfenSession({}, { uid: 'FFFFFFFF' }),
  },
  {
    name: 'firmware-differs',
    comment: 'another firmware of the adapter at the end than at the begin',
    expect: NLR,
    finding: 'SES-SOFTWARE',
    input: alfenSession({}, { adapterFirmware: '2605' }),
  },
  {
    name: 'meter-differs',
    comment: 'begin and end of different meters',
    expect: NLR,
    finding: 'SES-METER',
    input: alfenSession({}, { meterId: '0a01445a470033000002' }),
  },
  {
    name: 'key-differs',
    comment: 'begin and end signed with different keys',
    expect: NLR,
    finding: 'SES-KEY KEY-CONFLICT/warning KEY-UNUSED/warning',
    signature: ['valid', 'valid'],
    keys: [ALFEN_KEY, alfenKeyText(STRANGE)],
    input: lines(BEGIN, alfen(ALFEN_END, { key: STRANGE })),
  },
  {
    name: 'paging-same',
    comment: 'two readings with one sequence number',
    expect: NLR,
    finding: 'SES-PAG/error',
    input: alfenSession({}, { paging: 279 }),
  },
  {
    name: 'paging-falls',
    comment: 'the sequence number falls from begin to end',
    expect: NLR,
    finding: 'SES-PAG/error',
    input: alfenSession({}, { paging: 278 }),
  },
  good(
    'paging-gap',
    'numbers between begin and end that nobody handed over',
    alfenSession({}, { paging: 282 }),
    { finding: 'SES-PAG/warning' },
  ),
  {
    name: 'value-falls',
    comment: 'the register falls from begin to end',
    expect: NLR,
    finding: 'SES-REG-BACK',
    energy: '-1 Wh',
    input: alfenSession({}, { value: 1_234_559n }),
  },
  {
    name: 'begin-twice',
    comment: 'the same signed line twice is one begin and no end (seen in the field)',
    expect: 'INCOMPLETE',
    finding: 'SES-NO-END IN-DUPLICATE/info',
    signature: ['valid'],
    input: lines(BEGIN, BEGIN),
  },
  {
    name: 'begin-only',
    comment: 'a begin alone',
    expect: 'INCOMPLETE',
    finding: 'SES-NO-END',
    energy: [null],
    input: BEGIN,
  },
  {
    name: 'end-only',
    comment: 'an end alone',
    expect: 'INCOMPLETE',
    finding: 'SES-NO-BEGIN',
    input: END,
  },
  {
    name: 'replayed',
    comment: 'one record, given to two transactions by its file',
    expect: NLR,
    finding: 'SES-REPLAY IN-DUPLICATE/info',
    input: valuesXml([
      { data: BEGIN, format: 'ALFEN', transaction: '1' },
      { data: END, format: 'ALFEN', transaction: '1' },
      { data: BEGIN, format: 'ALFEN', transaction: '2' },
      { data: END, format: 'ALFEN', transaction: '2' },
    ]),
  },
  {
    name: 'counter-twice',
    comment: 'one sequence number for different records of two sessions',
    expect: [NLR, NLR],
    finding: 'SES-COUNTER',
    input: lines(
      BEGIN,
      END,
      alfen({ ...ALFEN_BEGIN, ...LATER, paging: 280 }),
      alfen({ ...ALFEN_END, ...LATER_END, paging: 281 }),
    ),
  },
  {
    name: 'overlap',
    comment: 'two sessions of one meter at the same time',
    expect: [GOOD, GOOD],
    finding: 'SES-OVERLAP/warning',
    input: lines(
      BEGIN,
      END,
      alfen({ ...ALFEN_BEGIN, ...LATER, timestamp: ALFEN_BEGIN.timestamp + 60 }),
      alfen({ ...ALFEN_END, ...LATER_END }),
    ),
  },
  {
    name: 'meter-back',
    comment: 'a session begins below the end of the one before',
    expect: [GOOD, NLR],
    finding: 'SES-METER-BACK',
    input: lines(
      BEGIN,
      END,
      alfen({ ...ALFEN_BEGIN, ...LATER, value: ALFEN_END.value - 1n }),
      alfen({ ...ALFEN_END, ...LATER_END }),
    ),
  },
  good(
    'long',
    'a session of eight days',
    alfenSession({}, { timestamp: ALFEN_BEGIN.timestamp + 8 * 86_400 }),
    { finding: 'SES-LONG/warning' },
  ),
  good(
    'strong',
    '2100 kWh in half an hour (a demonstration record of another tool)',
    alfenSession({ value: 123_456n }, { value: 2_223_456n }),
    { finding: 'SES-POWER/warning', energy: '2100000 Wh' },
  ),
]

const reused = withNonceOf(METER, alfenData(ALFEN_BEGIN), alfenData(ALFEN_END))
const copied = signNumbers(METER, 'secp192r1', 'SHA256', alfenData(ALFEN_BEGIN))
const changed = alfenData({ ...ALFEN_END, value: 1_245_671n })

const SIGNATURES: readonly VectorCase[] = [
  good('high-s', 'half of all signatures have s above n/2', alfenSession({}, {}, { highS: true })),
  {
    name: 'tampered-value',
    comment: 'one watt-hour more than was signed',
    expect: 'SIGNATURE_INVALID',
    finding: 'SIG-MISMATCH',
    signature: ['valid', 'invalid'],
    energy: '11111 Wh',
    usable: [null],
    input: lines(BEGIN, alfen(ALFEN_END, { shown: changed })),
  },
  {
    name: 'tampered-begin',
    comment: 'another begin than was signed',
    expect: 'SIGNATURE_INVALID',
    finding: 'SIG-MISMATCH SES-NO-END',
    signature: 'invalid',
    input: alfen(ALFEN_BEGIN, { shown: alfenData({ ...ALFEN_BEGIN, value: 1n }) }),
  },
  {
    name: 'other-key-in-line',
    comment: 'the line brings a key along that did not sign it',
    expect: 'SIGNATURE_INVALID',
    finding: 'SIG-MISMATCH',
    signature: ['invalid', 'invalid'],
    keys: [],
    input: alfenSession({}, {}, { parts: { key: alfenKeyText(STRANGE) } }),
  },
  {
    name: 'own-key',
    comment: 'forged and signed anew with the key of the forger, who puts it into the line',
    expect: 'VALID_KEY_UNCONFIRMED',
    expectTrust: 'K1',
    finding: 'KEY-UNUSED/warning',
    input: alfenSession({}, { value: 1_745_670n }, { key: STRANGE }),
  },
  {
    name: 'key-in-line',
    comment: 'the key that came in the line shows that nothing was changed, and no more',
    expect: 'VALID_KEY_UNCONFIRMED',
    finding: 'KEY-FILE/info',
    expectTrust: 'K1',
    keys: [],
    input: SESSION,
  },
  {
    name: 'key-in-xml-differs',
    comment: 'the XML names another key than the line',
    expect: 'SIGNATURE_INVALID',
    finding: 'KEY-MISMATCH',
    keys: [],
    input: valuesXml(
      [BEGIN, END].map((data) => ({
        data,
        format: 'ALFEN',
        keys: [keyHex(STRANGE)],
        transaction: '1',
      })),
    ),
  },
  {
    name: 'key-broken',
    comment: 'a damaged key in the line, and no other',
    expect: 'NOT_CHECKED',
    finding: 'KEY-FORMAT/error',
    keys: [],
    input: alfenSession({}, {}, { parts: { key: ALFEN_KEY.slice(0, -2) } }),
  },
  {
    name: 'key-off-curve',
    comment: 'the key in the line is no point of the curve',
    expect: 'NOT_CHECKED',
    finding: 'KEY-INVALID/error',
    keys: [],
    input: alfenSession(
      {},
      {},
      { parts: { key: toBase32(Uint8Array.of(2, ...new Uint8Array(23), 14)) } },
    ),
  },
  {
    name: 'signature-missing',
    comment: 'no signature in the line',
    expect: 'NOT_CHECKED',
    finding: 'SIG-MISSING',
    signature: ['unchecked', 'unchecked'],
    input: alfenSession({}, {}, { parts: { signature: '' } }),
  },
  {
    name: 'signature-short',
    comment: 'a signature of 47 bytes',
    expect: 'NOT_CHECKED',
    finding: 'ALFEN-SIGNATURE SIG-ENCODING',
    input: alfenSession({}, {}, { parts: { signature: toBase32(new Uint8Array(47).fill(1)) } }),
  },
  {
    name: 'signature-no-base32',
    comment: 'a signature with digits that base32 does not have',
    expect: 'NOT_CHECKED',
    finding: 'ALFEN-SIGNATURE SIG-ENCODING',
    input: alfenSession({}, {}, { parts: { signature: '1'.repeat(77) } }),
  },
  {
    name: 'signature-zero',
    comment: 'numbers of a signature lie between 1 and n − 1',
    expect: 'SIGNATURE_INVALID',
    finding: 'SIG-MISMATCH',
    input: alfenSession({}, {}, { parts: { signature: toBase32(new Uint8Array(48)) } }),
  },
  {
    name: 'nonce-reused',
    comment: 'two valid signatures with one number r: the private key is no secret any more',
    expect: 'SIGNATURE_INVALID',
    finding: 'SIG-NONCE/error',
    signature: ['valid', 'valid'],
    input: lines(BEGIN, alfen(ALFEN_END, { numbers: () => reused })),
  },
  {
    name: 'signature-copied',
    comment: 'the signature of the begin under the end',
    expect: 'SIGNATURE_INVALID',
    finding: 'SIG-MISMATCH SIG-NONCE/info',
    signature: ['valid', 'invalid'],
    input: lines(BEGIN, alfen(ALFEN_END, { numbers: () => copied })),
  },
]

const xml = (data: string[]) =>
  valuesXml(data.map((text) => ({ data: text, format: 'alfen', label: null })))

const CARRIERS: readonly VectorCase[] = [
  good('open-end', 'lines without the last semicolon', alfenSession({}, {}, { closed: false })),
  good(
    'crlf',
    'lines that end in carriage return and line feed, and blank ones',
    `${BEGIN}\r\n\r\n${END}\r\n`,
  ),
  good('one-line', 'both records in one line', `${BEGIN}${END}`),
  good('quoted', 'each line in quotation marks', `"${BEGIN}"\n"${END}"\n`),
  good('padded-out', 'base32 without its padding', SESSION.replaceAll('=', '')),
  good('broken-lines', 'base32 over several lines', SESSION.replace(/[A-Z2-7]{40}/g, '$&\n')),
  good(
    'in-text',
    'lines in the middle of a mail',
    lines('Ihre Ladedaten:', '', BEGIN, 'und', END, '', 'Gruß'),
  ),
  good(
    'xml',
    'the container of the transparency software, format in lower case',
    xml([BEGIN, END]),
    {
      notFinding: 'IN-XML',
    },
  ),
  good('xml-both', 'both lines in one element', xml([SESSION])),
  good('json', 'lines as strings in JSON', JSON.stringify({ start: BEGIN, stop: END })),
  good('utf-16', 'a file in UTF-16', Uint8Array.from(Buffer.from(`\uFEFF${SESSION}`, 'utf16le'))),
  {
    name: 'stray',
    comment: 'something stands behind the six parts',
    expect: 'INCOMPLETE',
    finding: 'ALFEN-FIELDS/warning SES-NO-END',
    signature: ['valid'],
    input: `${BEGIN}x;y`,
  },
]

const unreadable = (name: string, comment: string, finding: string, input: string | Uint8Array) =>
  ({ name, comment, expect: 'UNREADABLE', finding, input }) satisfies VectorCase

const HOSTILE: readonly VectorCase[] = [
  unreadable('cut-key', 'a line that ends in its key', 'ALFEN-FIELDS/error', BEGIN.slice(0, 30)),
  unreadable(
    'cut-data',
    'a line that ends in its data set',
    'ALFEN-FIELDS/error',
    BEGIN.slice(0, 100),
  ),
  unreadable(
    'data-no-base32',
    'a data set with digits that base32 does not have',
    'ALFEN-DATA',
    alfen(ALFEN_BEGIN, { parts: { data: '0189'.repeat(33) } }),
  ),
  unreadable(
    'data-short',
    'a data set of 81 bytes',
    'ALFEN-LENGTH',
    alfen(ALFEN_BEGIN, { shown: alfenData(ALFEN_BEGIN).subarray(0, 81) }),
  ),
  unreadable(
    'data-long',
    'a data set of 83 bytes',
    'ALFEN-LENGTH',
    alfen(ALFEN_BEGIN, { shown: Uint8Array.of(...alfenData(ALFEN_BEGIN), 0) }),
  ),
  unreadable('empty-parts', 'six parts with nothing in them', 'ALFEN-LENGTH', 'AP;0;3;;;;'),
  unreadable(
    'data-far-too-long',
    'a data set of 40,000 digits is none of ours',
    'ALFEN-FIELDS',
    alfen(ALFEN_BEGIN, { parts: { data: 'A'.repeat(40_000) } }),
  ),
  {
    name: 'one-broken',
    comment: 'a damaged line hides no good one',
    expect: [GOOD, 'UNREADABLE'],
    finding: 'ALFEN-LENGTH',
    input: lines(BEGIN, END, alfen(ALFEN_BEGIN, { shown: utf8('short') })),
  },
]

export const ALFEN: readonly VectorCase[] = [
  ...DATA,
  ...STATUS,
  ...ROLES,
  ...SESSIONS,
  ...SIGNATURES,
  ...CARRIERS,
  ...HOSTILE,
]

/**
 * Cases of Isabellenhütte's telegrams. Each changes the good one in one place: one telegram holds
 * the whole session, 22.22 kWh in half an hour.
 *
 * @module
 */
import { toBase64 } from '../../../src/main/engine/codec/base64.ts'
import { utf8Bytes } from '../../../src/main/engine/codec/text.ts'
import { toHex } from '../../../src/shared/hex.ts'
import { type XmlValue, keyHex, throwAwayKey, valuesXml } from '../sign.ts'
import { TEN_O_CLOCK, hex } from '../sign-edl40.ts'
import { xy } from '../sign-edl40-sig.ts'
import {
  ISA_BEGIN,
  ISA_END,
  ISA_KEY,
  ISA_UPDATE,
  type IsaOptions,
  type IsaParts,
  LIST_NAMES,
  isaTelegram,
} from '../sign-isa-edl40.ts'
import { ABSENT, bytes, entry, localTime, octets, operating, signed, unsigned } from '../sml.ts'
import type { VectorCase } from './base.ts'

export const ISA_KEY_TEXT = keyHex(ISA_KEY)

const end = (parts: Partial<IsaParts> = {}, options: IsaOptions = {}) =>
  isaTelegram({ ...ISA_END, ...parts }, options)
const actual = (change: Partial<IsaParts['actual']>) => ({ ...ISA_END.actual, ...change })
const first = (change: Partial<IsaParts['begin']>) => ({ ...ISA_END.begin, ...change })

function inXml(data: Uint8Array, more: Partial<XmlValue> = {}): string {
  const key = toHex(xy(ISA_KEY))
  return valuesXml([
    {
      data: toHex(data).toUpperCase(),
      label: 'plain',
      format: 'ISA_EDL_40_P',
      keys: [key],
      ...more,
    },
  ])
}

const GOOD = { expect: 'VERIFIED', energy: '22220.0 Wh', duration: '1800' } as const

/** Names of the entries. */
const [BEGIN, ACTUAL, PAGINATION, ESTH, CONTRACT] = [
  '010001080080',
  '0100010800ff',
  '8180c7f040ff',
  '8180816101ff',
  '8182815401ff',
] as const

export const ISA_EDL40: readonly VectorCase[] = [
  {
    ...GOOD,
    name: 'good',
    comment: 'the telegram of the end holds begin and end of the session',
    finding: 'SIG-OK KEY-STATION LAW-CLOCK-INFO',
    signature: 'valid',
    usable: 'energy',
    expectTrust: 'K4',
    input: end(),
  },
  {
    ...GOOD,
    name: 'xml',
    comment: 'in the container of the transparency software with its key',
    expect: 'VALID_KEY_UNCONFIRMED',
    keys: [],
    input: inXml(end(), { context: 'Parkhaus A9', transaction: '1' }),
  },
  {
    ...GOOD,
    name: 'base64',
    comment: 'in base64',
    input: toBase64(end()),
  },
  {
    ...GOOD,
    name: 'with-edl40-label',
    comment: 'a label of another format in the file does not matter',
    input: inXml(end(), { format: 'EDL_40_P' }),
  },
  {
    name: 'begin',
    comment: 'the telegram of the begin alone is no session',
    expect: 'INCOMPLETE',
    finding: 'SES-NO-END',
    input: isaTelegram(ISA_BEGIN),
  },
  {
    name: 'update',
    comment: 'a telegram made during charging is no end',
    expect: 'INCOMPLETE',
    finding: 'SES-NO-END',
    input: isaTelegram(ISA_UPDATE),
  },
  {
    name: 'update-called-end',
    comment: 'what the file calls the end is none where the signature says otherwise',
    expect: 'INCOMPLETE',
    finding: 'SES-NO-END REC-CONTRADICTS',
    input: inXml(isaTelegram(ISA_UPDATE), { context: 'Transaction.End', transaction: '1' }),
  },
  {
    ...GOOD,
    name: 'all-three',
    comment: 'begin, update and end in any order are one session',
    signature: ['valid', 'valid', 'valid'],
    input: bytes(isaTelegram(ISA_UPDATE), end(), isaTelegram(ISA_BEGIN)),
  },
  {
    name: 'begin-and-update',
    comment: 'begin and update are one session that has not ended',
    expect: 'INCOMPLETE',
    finding: 'SES-NO-END',
    signature: ['valid', 'valid'],
    input: bytes(isaTelegram(ISA_UPDATE), isaTelegram(ISA_BEGIN)),
  },
  {
    name: 'two-sessions',
    comment: 'two sessions in one file',
    expect: ['VERIFIED', 'VERIFIED'],
    energy: ['22220.0 Wh', '1000.0 Wh'],
    input: bytes(
      end(),
      end({
        begin: first({ clock: TEN_O_CLOCK + 7200, value: ISA_END.actual.value }),
        actual: actual({ clock: TEN_O_CLOCK + 9000, value: ISA_END.actual.value + 10_000n }),
        pagination: 31,
      }),
    ),
  },
  {
    name: 'context-unknown',
    comment: 'a list whose name says neither begin nor end',
    expect: 'INCOMPLETE',
    finding: 'ISA-CONTEXT SES-NO-END',
    input: end({ listName: '8180816203ff' }),
  },
  {
    name: 'context-changed',
    comment: 'the name of the list is signed: an update does not become an end',
    expect: 'SIGNATURE_INVALID',
    finding: 'SIG-MISMATCH',
    input: isaTelegram(ISA_UPDATE, {
      data: (whole) => hex(toHex(whole).replace(LIST_NAMES.update, LIST_NAMES.end)),
    }),
  },
  {
    name: 'value-changed',
    comment: 'the end changed after signing',
    expect: 'SIGNATURE_INVALID',
    finding: 'SIG-MISMATCH',
    signature: 'invalid',
    input: end({}, { entries: { [ACTUAL]: { value: signed(1_500_000, 8) } } }),
  },
  {
    name: 'begin-changed',
    comment: 'the begin changed after signing',
    expect: 'SIGNATURE_INVALID',
    finding: 'SIG-MISMATCH',
    input: end({}, { entries: { [BEGIN]: { value: signed(1, 8) } } }),
  },
  {
    ...GOOD,
    name: 'upper-status-changed',
    comment:
      'of the status only the lowest eight bits are signed: the others are shown as unsigned',
    input: end({}, { entries: { [ACTUAL]: { status: unsigned(0xffff_ffff_ffff_ff18n, 8) } } }),
  },
  {
    name: 'no-esth',
    comment: 'without one of its parts the signed bytes cannot be put together',
    expect: 'UNREADABLE',
    finding: 'EDL-ENTRY',
    input: end({}, { entries: { [ESTH]: { name: hex('8180816102ff') } }, crcMask: 1 }),
  },
  {
    name: 'no-pagination',
    comment: 'without counter the signed bytes cannot be put together',
    expect: 'UNREADABLE',
    finding: 'EDL-ENTRY',
    input: end({}, { entries: { [PAGINATION]: null } }),
  },
  {
    name: 'no-value-signature',
    comment: 'the signature of the value is a part of what is signed',
    expect: 'UNREADABLE',
    finding: 'EDL-ENTRY',
    input: end({}, { entries: { [ACTUAL]: { signature: ABSENT } } }),
  },
  {
    name: 'short-value-signature',
    comment: 'a signature of the value of another length',
    expect: 'UNREADABLE',
    finding: 'REC-WIDTH',
    input: end({}, { entries: { [ACTUAL]: { signature: octets(new Uint8Array(50)) } } }),
  },
  {
    name: 'time-is-index',
    comment: 'a reading whose time is no time of day',
    expect: 'UNREADABLE',
    finding: 'EDL-ENTRY',
    input: end({}, { entries: { [BEGIN]: { time: operating(5) } } }),
  },
  {
    ...GOOD,
    name: 'begin-time-with-offset',
    comment: 'the begin with a time that has an offset: local time is signed',
    input: end({}, { entries: { [BEGIN]: { time: localTime(TEN_O_CLOCK - 3600, 60, 0) } } }),
  },
  {
    ...GOOD,
    name: 'begin-offset-changed',
    comment: 'an offset that Germany never has',
    finding: 'REC-CONTRADICTS',
    input: end({}, { entries: { [BEGIN]: { time: localTime(TEN_O_CLOCK - 21_600, 360, 0) } } }),
  },
  {
    ...GOOD,
    name: 'no-user',
    comment: 'nobody was identified',
    finding: 'LAW-NO-ID',
    input: end({ contract: new Uint8Array() }, { entries: { [CONTRACT]: { value: ABSENT } } }),
  },
  {
    ...GOOD,
    name: 'user-of-128-bytes',
    comment: 'a user identification as long as there is room',
    input: end({ contract: new Uint8Array(128).map((_, at) => at) }),
  },
  {
    name: 'user-of-129-bytes',
    comment: 'a user identification for which there is no room',
    expect: 'UNREADABLE',
    finding: 'REC-WIDTH',
    input: end({}, { entries: { [CONTRACT]: { value: octets(utf8Bytes('x'.repeat(129))) } } }),
  },
  {
    name: 'register-twice',
    comment: 'a register given twice',
    expect: 'UNREADABLE',
    finding: 'SES-DUPKEY',
    input: end({}, { more: [entry({ name: hex('0100010800ff') })] }),
  },
  {
    ...GOOD,
    name: 'crc-wrong',
    comment: 'a wrong checksum is worth a warning',
    finding: 'SML-CRC',
    input: end({}, { crcMask: 1 }),
  },
  {
    name: 'cut-off',
    comment: 'a telegram without its end',
    expect: 'UNREADABLE',
    finding: 'IN-SML',
    input: end().subarray(0, 400),
  },
  {
    name: 'signature-of-p-192',
    comment: 'a signature of a length that this meter never has',
    expect: 'NOT_CHECKED',
    finding: 'SIG-ENCODING',
    input: end({}, { signature: new Uint8Array(50).fill(5) }),
  },
  {
    name: 'unsigned',
    comment: 'a telegram without signature',
    expect: 'NOT_CHECKED',
    finding: 'SIG-MISSING',
    input: end({}, { signature: null }),
  },
  {
    name: 'no-key',
    comment: 'without a key nothing is said',
    expect: 'NOT_CHECKED',
    finding: 'KEY-NONE',
    keys: [],
    input: end(),
  },
  {
    name: 'strange-key',
    comment: 'a key of another meter does not fit',
    expect: 'SIGNATURE_INVALID',
    finding: 'SIG-MISMATCH',
    keys: [keyHex(throwAwayKey('secp256r1', 'somebody else'))],
    input: end(),
  },
  {
    name: 'key-off-curve',
    comment: 'a key that is no point of the curve cannot be used',
    expect: 'NOT_CHECKED',
    finding: 'KEY-INVALID/error',
    keys: [],
    input: inXml(end(), { keys: [`${toHex(xy(ISA_KEY)).slice(0, -2)}ff`] }),
  },
  {
    name: 'falling',
    comment: 'an end below the begin',
    expect: 'NOT_LEGALLY_RELEVANT',
    finding: 'SES-REG-BACK',
    input: end({ actual: actual({ value: 1_234_566n }) }),
  },
  {
    name: 'time-back',
    comment: 'an end before the begin',
    expect: 'NOT_LEGALLY_RELEVANT',
    finding: 'SES-ORDER',
    input: end({ actual: actual({ clock: TEN_O_CLOCK - 1 }) }),
  },
  {
    name: 'negative',
    comment: 'a counter of energy is never below zero',
    expect: 'NOT_LEGALLY_RELEVANT',
    finding: 'EDL-NEGATIVE',
    input: end({ begin: first({ value: -1n }) }),
  },
  {
    name: 'fault',
    comment: 'the meter reports a fault',
    expect: 'NOT_LEGALLY_RELEVANT',
    finding: 'LAW-STATUS/error',
    input: end({ actual: actual({ status: 0x19n }) }),
  },
  {
    name: 'magnet',
    comment: 'a magnetic field acted on the meter',
    expect: 'VERIFIED',
    finding: 'EDL-MAGNET',
    input: end({ actual: actual({ status: 0x58n }) }),
  },
  {
    name: 'clock-not-set',
    comment: 'a clock that was never set',
    expect: 'VERIFIED',
    finding: 'LAW-CLOCK-UNSYNC',
    input: end({ begin: first({ status: 0x10n }), actual: actual({ status: 0x10n }) }),
  },
  {
    name: 'scalers-differ',
    comment: 'begin and end with different powers of ten are subtracted exactly',
    expect: 'VERIFIED',
    energy: '22221.3 Wh',
    input: end({ actual: actual({ scaler: 0, value: 145_678n }) }),
  },
  {
    name: 'unit-unknown',
    comment: 'a unit nobody knows is no energy',
    expect: 'NOT_LEGALLY_RELEVANT',
    finding: 'SES-UNIT',
    input: end({ actual: actual({ unit: 99 }) }),
  },
  {
    name: 'power',
    comment: 'more energy than any station could give in that time',
    expect: 'VERIFIED',
    finding: 'SES-POWER',
    input: end({ actual: actual({ value: 1_234_567n + 8_000_000n }) }),
  },
]

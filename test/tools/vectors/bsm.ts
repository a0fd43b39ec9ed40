/**
 * Snapshots of the BSM-WS36A in chargeIT containers.
 *
 * Expectations follow the field table of `formats/bsm/README.md`, by hand.
 *
 * @module
 */
import { type Json, json, keyHex, literal, throwAwayKey } from '../sign.ts'
import { BSM_BEGIN, BSM_END, BSM_KEY, type Snapshot, bsmPoint, bsmSnapshot } from '../sign-bsm.ts'
import { BEGIN_CLOCK, type Members, num } from '../sign-ctr.ts'
import { chargeIt, chargeItNew } from '../sign-emh.ts'
import type { VectorCase } from './base.ts'

const GOOD = 'VERIFIED'
const ENERGY = '11110 Wh'
const STRANGE = throwAwayKey('secp256r1', 'somebody else')

const BEGIN = bsmSnapshot(BSM_BEGIN)

/** Both snapshots signed with these changes. */
function both(changes: Partial<Snapshot>): string {
  return chargeIt([BSM_BEGIN, BSM_END].map((one) => bsmSnapshot({ ...one, ...changes })))
}

/** The end snapshot signed with these changes. */
function end(changes: Partial<Snapshot>): string {
  return chargeIt([BEGIN, bsmSnapshot({ ...BSM_END, ...changes })])
}

/** The end snapshot with other members around its data points. */
function around(members: Members): string {
  return chargeIt([BEGIN, bsmSnapshot(BSM_END, { members })])
}

/** The end snapshot with another list of data points. */
function listed(points: (right: Json[]) => Json[]): string {
  return chargeIt([BEGIN, bsmSnapshot(BSM_END, { points })])
}

/** A data point of the end snapshot with other members. */
function point(name: keyof Snapshot, members: Members): string {
  return listed((right) =>
    right.map((one) => {
      const { measurand, measuredValue } = one as { measurand: Members; measuredValue: Members }
      if (measurand['name'] !== name) return one
      return { measurand, measuredValue: { ...measuredValue, ...members } }
    }),
  )
}

/** The snapshot says once more what it signs, and says something else. */
function repeats(name: string, comment: string, input: string): VectorCase {
  return {
    name: `repeats-${name}`,
    comment: `${comment} contradicts what is signed: the snapshot was damaged or altered`,
    expect: 'UNREADABLE',
    finding: 'REC-REPEATS',
    signature: ['valid', 'valid'],
    energy: ENERGY,
    input,
  }
}

function wide(name: string, comment: string, input: string): VectorCase {
  return {
    name: `wide-${name}`,
    comment: `${comment}: the record cannot be read, whatever the signature`,
    expect: 'UNREADABLE',
    finding: 'REC-WIDTH SES-NO-END',
    input,
  }
}

/** Beside a number, and not signed. */
function word(name: string, comment: string, input: string): VectorCase {
  return {
    name: `word-${name}`,
    comment: `${comment} is not signed; what is signed decides`,
    expect: GOOD,
    energy: ENERGY,
    finding: 'REC-CONTRADICTS',
    input,
  }
}

/** Seconds since 1970 of the begin. */
const BSM_START = BigInt(BEGIN_CLOCK - 3600)
const RCR = bsmPoint('RCR', BSM_END.RCR)

export const BSM: readonly VectorCase[] = [
  {
    name: 'good',
    comment: 'A session in the old container of chargeIT: turn on and turn off',
    expect: GOOD,
    signature: ['valid', 'valid'],
    energy: ENERGY,
    duration: '1800',
    input: chargeIt([BEGIN, bsmSnapshot(BSM_END)]),
  },
  {
    name: 'good-new',
    comment: 'The new container of chargeIT',
    expect: GOOD,
    energy: ENERGY,
    input: chargeItNew([BEGIN, bsmSnapshot(BSM_END)]),
  },
  {
    name: 'good-brand',
    comment: 'The container of another brand, and its own name in the snapshots',
    expect: GOOD,
    energy: ENERGY,
    input: chargeItNew([BEGIN, bsmSnapshot(BSM_END)]).replaceAll(
      'www.chargeit-mobility.com',
      'www.lichtblick.de',
    ),
  },
  {
    name: 'good-unconfirmed',
    comment: 'A key that came with the data only is never called confirmed',
    expect: 'VALID_KEY_UNCONFIRMED',
    expectTrust: 'K1',
    keys: [],
    input: chargeIt([BEGIN, bsmSnapshot(BSM_END)]),
  },
  {
    name: 'good-order-of-points',
    comment: 'The order of the data points in the list does not count',
    expect: GOOD,
    energy: ENERGY,
    input: listed((right) => right.toReversed()),
  },
  {
    name: 'good-register-not-zero',
    comment: 'The session register need not begin at zero: the difference counts',
    expect: GOOD,
    energy: ENERGY,
    input: chargeIt([
      bsmSnapshot({ ...BSM_BEGIN, RCR: [5n, 1, 30] }),
      bsmSnapshot({ ...BSM_END, RCR: [1116n, 1, 30] }),
    ]),
  },
  {
    name: 'good-start-end',
    comment: 'Snapshots of start and end (3, 4) are a session like turn on and turn off (1, 2)',
    expect: GOOD,
    input: chargeIt([
      bsmSnapshot({ ...BSM_BEGIN, Typ: [3n, 0, 255] }),
      bsmSnapshot({ ...BSM_END, Typ: [4n, 0, 255] }),
    ]),
  },
  {
    name: 'good-largest',
    comment: 'Numbers up to 2^32 − 1 are read without sign',
    expect: GOOD,
    finding: 'SES-POWER/warning',
    energy: '4294967295 Wh',
    input: chargeIt([
      bsmSnapshot({ ...BSM_BEGIN, RCR: [0n, 0, 30] }),
      bsmSnapshot({ ...BSM_END, RCR: [2n ** 32n - 1n, 0, 30] }),
    ]),
  },
  {
    name: 'good-display',
    comment: 'A hint for the display that shows every digit is no contradiction',
    expect: GOOD,
    input: around({ value: { ...RCR, displayedFormat: { prefix: 'kilo', precision: num(2) } } }),
  },
  {
    name: 'good-negative-power',
    comment: 'Power may be negative',
    expect: GOOD,
    input: end({ W: [-1n, 1, 27] }),
  },
  {
    name: 'good-umlauts',
    comment: 'Texts are signed as UTF-8 with their length in bytes',
    expect: GOOD,
    input: both({ Meta1: 'contract-id: name:Größe €' }),
  },
  {
    name: 'good-bare-list',
    comment: 'Snapshots without their container are a session all the same',
    expect: GOOD,
    input: json([BEGIN, bsmSnapshot(BSM_END)]),
  },
  {
    name: 'one-snapshot',
    comment: 'A begin alone gives no energy',
    expect: 'INCOMPLETE',
    finding: 'SES-NO-END',
    input: json(BEGIN),
  },
  {
    name: 'swapped',
    comment:
      'The snapshots say themselves what is begin and end; another order in the file is told',
    expect: GOOD,
    energy: ENERGY,
    finding: 'REC-ORDER',
    input: chargeIt([bsmSnapshot(BSM_END), BEGIN]),
  },
  {
    name: 'middle',
    comment: 'A snapshot of the current values stands in between',
    expect: GOOD,
    energy: ENERGY,
    input: chargeIt([
      BEGIN,
      bsmSnapshot({
        ...BSM_END,
        Typ: [0n, 0, 255],
        RCR: [500n, 1, 30],
        OS: [520_000n, 0, 7],
        Epoch: [BSM_START + 757n, 0, 7],
      }),
      bsmSnapshot({ ...BSM_END, RCnt: [4278n, 0, 255] }),
    ]),
  },
  {
    name: 'register-back',
    comment: 'A register never counts backwards',
    expect: 'NOT_LEGALLY_RELEVANT',
    finding: 'SES-REG-BACK',
    input: chargeIt([bsmSnapshot({ ...BSM_BEGIN, RCR: [2000n, 1, 30] }), bsmSnapshot(BSM_END)]),
  },
  {
    name: 'counter-back',
    comment: 'The counter of the snapshots grows',
    expect: 'NOT_LEGALLY_RELEVANT',
    finding: 'SES-PAG',
    input: end({ RCnt: [4276n, 0, 255] }),
  },
  {
    name: 'counter-gap',
    comment: 'Snapshots between begin and end that nobody handed over are told',
    expect: GOOD,
    finding: 'SES-PAG/warning',
    input: end({ RCnt: [4280n, 0, 255] }),
  },
  {
    name: 'other-meter',
    comment: 'Begin and end of two meters are no session',
    expect: 'NOT_LEGALLY_RELEVANT',
    finding: 'SES-METER REC-FOREIGN KEY-SHARED',
    input: end({ MA1: '001BZR0000000002' }),
  },
  {
    name: 'contract-differs',
    comment: 'Begin and end of two customers are no session',
    expect: 'NOT_LEGALLY_RELEVANT',
    finding: 'SES-CONTRACT',
    input: end({ Meta1: 'contract-id: rfid:00000000' }),
  },
  {
    name: 'software-differs',
    comment: 'The software of the station is the same at begin and end',
    expect: 'NOT_LEGALLY_RELEVANT',
    finding: 'SES-SOFTWARE',
    input: end({ Meta3: 'csc-sw-version: v1.2.35' }),
  },
  {
    name: 'clock-set',
    comment: 'A clock that was set between begin and end is told',
    expect: GOOD,
    finding: 'SES-CLOCK-SET',
    input: end({ EpochSetCnt: [3140n, 0, 255] }),
  },
  {
    name: 'clock-never-set',
    comment: 'A clock that was never set is told',
    expect: GOOD,
    finding: 'LAW-CLOCK-UNSYNC',
    input: both({ EpochSetCnt: [0n, 0, 255] }),
  },
  {
    name: 'event-fatal',
    comment: 'A meter that reports a fatal error gives no billing basis (event bit 15)',
    expect: 'NOT_LEGALLY_RELEVANT',
    finding: 'LAW-STATUS/error',
    input: end({ Evt: [1n << 15n, 0, 255] }),
  },
  {
    name: 'event-others',
    comment: 'Every other event is told (bits 2, 8 and 20)',
    expect: GOOD,
    finding: 'LAW-STATUS/warning',
    input: end({ Evt: [(1n << 2n) | (1n << 8n) | (1n << 20n), 0, 255] }),
  },
  {
    name: 'evse-signed',
    comment: 'The charge point that the station signed contradicts that of the container',
    expect: GOOD,
    finding: 'REC-CONTRADICTS',
    input: chargeIt([BEGIN, bsmSnapshot(BSM_END)], { placeInfo: { evseId: 'DE*EVIL*E1*1' } }),
  },
  {
    name: 'evse-unknown',
    comment: 'A station that does not know its charge point signs none',
    expect: GOOD,
    input: both({ Meta2: 'evse-id: unknown' }),
  },
  {
    name: 'no-contract',
    comment: 'Without a signed customer nobody can say whose session it was',
    expect: GOOD,
    finding: 'LAW-NO-ID',
    input: chargeIt(
      [BSM_BEGIN, BSM_END].map((one) =>
        bsmSnapshot({ ...one, Meta1: '' }, { members: { contract: undefined } }),
      ),
    ),
  },
  {
    name: 'value-changed',
    comment: 'A value changed after signing, in both places',
    expect: 'SIGNATURE_INVALID',
    finding: 'SIG-MISMATCH',
    signature: ['valid', 'invalid'],
    input: chargeIt([BEGIN, bsmSnapshot({ ...BSM_END, RCR: [5000n, 1, 30] }, { signed: BSM_END })]),
  },
  {
    name: 'point-changed',
    comment: 'A value changed after signing among the data points only',
    expect: 'SIGNATURE_INVALID',
    finding: 'SIG-MISMATCH REC-CONTRADICTS',
    input: point('RCR', { value: num(5000) }),
  },
  {
    name: 'unit-changed',
    comment: 'The unit of a value changed after signing, in both places',
    expect: 'SIGNATURE_INVALID',
    finding: 'SIG-MISMATCH SES-UNIT',
    input: chargeIt([BEGIN, bsmSnapshot({ ...BSM_END, RCR: [1111n, 1, 27] }, { signed: BSM_END })]),
  },
  {
    name: 'time-changed',
    comment: 'The signed time changed after signing, with the time in words',
    expect: 'SIGNATURE_INVALID',
    finding: 'SIG-MISMATCH',
    input: chargeIt([BEGIN, bsmSnapshot({ ...BSM_END, TZO: [120n, 0, 6] }, { signed: BSM_END })]),
  },
  {
    name: 'other-key',
    comment: 'Signed by somebody else than the meter whose key stands beside it',
    expect: 'SIGNATURE_INVALID',
    finding: 'SIG-MISMATCH',
    keys: [],
    input: chargeIt(
      [BSM_BEGIN, BSM_END].map((one) => bsmSnapshot(one, { key: STRANGE })),
    ).replaceAll(keyHex(STRANGE), keyHex(BSM_KEY)),
  },
  {
    name: 'no-signature',
    comment: 'A snapshot without a signature proves nothing',
    expect: 'NOT_CHECKED',
    finding: 'SIG-MISSING',
    input: around({ signature: undefined }),
  },
  {
    name: 'signature-damaged',
    comment: 'A signature that is no hexadecimal text cannot be read',
    expect: 'NOT_CHECKED',
    finding: 'SIG-ENCODING',
    input: around({ signature: 'keine' }),
  },
  {
    name: 'point-twice',
    comment: 'A data point that occurs twice never passes: one would be shown, the other be signed',
    expect: 'UNREADABLE',
    finding: 'SES-DUPKEY SES-NO-END',
    input: listed((right) => [bsmPoint('RCR', [5000n, 1, 30]), ...right]),
  },
  {
    name: 'point-unknown',
    comment: 'A data point beside the seventeen is not signed and is refused',
    expect: 'UNREADABLE',
    finding: 'REC-WIDTH SES-NO-END',
    input: listed((right) => [bsmPoint('Meta0', 'contract-id: rfid:00'), ...right]),
  },
  {
    name: 'point-missing',
    comment: 'All seventeen data points are signed and must be there',
    expect: 'UNREADABLE',
    finding: 'IN-RECORD SES-NO-END',
    input: listed((right) => right.slice(1)),
  },
  {
    name: 'name-twice',
    comment: 'A name that occurs twice in a snapshot never passes',
    expect: 'UNREADABLE',
    finding: 'SES-DUPKEY SES-NO-END',
    input: chargeIt([BEGIN, bsmSnapshot(BSM_END)]).replace(
      '"measurementId":4277',
      '"measurementId":4277,"measurementId":4277',
    ),
  },
  wide(
    'value-2-32',
    'A value of more than four bytes',
    point('RCR', { value: num(2n ** 32n + 1111n) }),
  ),
  wide(
    'scale-257',
    'A scale of another width that makes the same byte',
    point('RCR', { scale: num(257) }),
  ),
  wide(
    'unit-286',
    'A unit of another width that makes the same byte',
    point('RCR', { unitEncoded: num(286) }),
  ),
  wide('value-negative', 'A register below zero', point('RCR', { value: num(-1) })),
  wide('value-text', 'A number written as text', point('RCR', { value: '1111' })),
  wide('value-fraction', 'A fraction', point('RCR', { value: literal('1111.5') })),
  wide('text-number', 'A text written as number', point('MA1', { value: num(1) })),
  repeats('time', 'The time in words', around({ time: '2020-10-08T15:00:57+02:00' })),
  repeats('no-time', 'A text that is no time', around({ time: 'gestern' })),
  repeats(
    'value',
    'The value beside the data points',
    around({ value: bsmPoint('RCR', [5000n, 1, 30]) }),
  ),
  repeats(
    'value-scale',
    'The scale beside the data points',
    around({ value: bsmPoint('RCR', [1111n, 3, 30]) }),
  ),
  {
    ...repeats(
      'meter-id',
      'The meter in words',
      around({ meterInfo: { meterId: 'X', publicKey: keyHex(BSM_KEY) } }),
    ),
    finding: 'REC-REPEATS REC-FOREIGN',
  },
  repeats('number', 'The number of the snapshot', around({ measurementId: num(9) })),
  repeats('contract', 'The customer in words', around({ contract: { id: '00', type: 'rfid' } })),
  word('unit', 'The unit in words', point('RCR', { unit: 'KILO_WATT_HOURS' })),
  word('type', 'The type in words', point('RCR', { valueType: 'Integer32' })),
  word('name', 'The name of the snapshot', around({ '@id': '001BZR0000000001-9' })),
  word(
    'display',
    'A display that rounds',
    around({ value: { ...RCR, displayedFormat: { prefix: 'kilo', precision: num(0) } } }),
  ),
  word(
    'display-prefix',
    'A prefix that nobody knows',
    around({ value: { ...RCR, displayedFormat: { prefix: 'giga', precision: num(9) } } }),
  ),
]
export const BSM_KEY_TEXT = keyHex(BSM_KEY)

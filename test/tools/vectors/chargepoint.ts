/**
 * ChargePoint receipts: the signed text with its signature in one object, in Charge Transparency
 * Records, and alone.
 *
 * Expectations follow `formats/chargepoint/README.md`, by hand.
 *
 * @module
 */
import { tar } from '../archives.ts'
import { keyHex, literal, pem, throwAwayKey } from '../sign.ts'
import {
  CHARGEPOINT_KEY,
  LONG_RECEIPT,
  RECEIPT,
  chargePointCtr,
  mergedReceipt,
  receiptSignature,
  receiptText,
} from '../sign-chargepoint.ts'
import { type Members, num } from '../sign-ctr.ts'
import { type VectorCase, file } from './base.ts'

const GOOD = 'VERIFIED'
const ENERGY = '11.11 kWh'
const STRANGE = throwAwayKey('secp224k1', 'somebody else')

/** A receipt signed with another unit. */
function unit(name: string, text: string, energy: string): VectorCase {
  return {
    name: `unit-${name}`,
    comment: `The unit of the receipt is signed: ${text}`,
    expect: GOOD,
    energy,
    input: mergedReceipt({ ...RECEIPT, energy_units: text }),
  }
}

/** Signed with a key of another curve: no receipt names its method, the key says which. */
function curve(id: 'secp256r1' | 'secp384r1' | 'secp521r1', hash: string): VectorCase {
  const key = throwAwayKey(id, 'chargepoint station')
  return {
    name: `curve-${id}`,
    comment: `A key on ${id} goes with ${hash}`,
    expect: GOOD,
    keys: [keyHex(key)],
    notFinding: 'SIG-ALG-KEY',
    input: mergedReceipt(RECEIPT, { key }),
  }
}

/** Beside the original stands something else than in it. */
function beside(name: string, comment: string, members: Members): VectorCase {
  return {
    name: `beside-${name}`,
    comment: `${comment} beside the original contradicts it; what is signed decides`,
    expect: GOOD,
    energy: ENERGY,
    finding: 'REC-CONTRADICTS',
    input: mergedReceipt(RECEIPT, { members }),
  }
}

const changed = (members: Members) => receiptText({ ...RECEIPT, ...members })

const latin = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0))
/** The next session of the station. */
const LATER = {
  ...RECEIPT,
  session_id: num(56),
  meter_startreading: literal('85.71'),
  meter_endreading: literal('96.82'),
  start_time: num(1_741_950_000),
  end_time: num(1_741_951_800),
}

/** A receipt and its signature as two files. */
function twoFiles(text: string | Uint8Array, number = '', signed: string | Uint8Array = text) {
  return [file(`secrrct${number}`, text), file(`secrrct${number}.sign`, receiptSignature(signed))]
}

const APART: readonly VectorCase[] = [
  {
    name: 'apart-good',
    comment: 'Receipt and signature as two files of one drop belong together',
    expect: GOOD,
    inputs: [GOOD, null],
    signature: 'valid',
    energy: ENERGY,
    finding: 'IN-SIGNATURE',
    input: twoFiles(receiptText(RECEIPT)),
  },
  {
    name: 'apart-signature-first',
    comment: 'The order of the files does not matter, nor what they are called',
    expect: GOOD,
    inputs: [null, GOOD],
    input: [file('a', receiptSignature(receiptText(RECEIPT))), file('b', receiptText(RECEIPT))],
  },
  {
    name: 'apart-key-file',
    comment: 'The key comes as a third file',
    expect: 'VALID_KEY_UNCONFIRMED',
    inputs: ['VALID_KEY_UNCONFIRMED', null, null],
    expectTrust: 'K2',
    keys: [],
    input: [...twoFiles(receiptText(RECEIPT)), file('key.pem', pem(CHARGEPOINT_KEY))],
  },
  {
    name: 'apart-white-space',
    comment: 'Every byte of the file is signed, line ends and blanks around too',
    expect: GOOD,
    inputs: [GOOD, null],
    input: twoFiles(`\n  ${receiptText(RECEIPT).replaceAll('\n', '\r\n')}\r\n`),
  },
  {
    name: 'apart-latin-1',
    comment: 'Bytes that are no UTF-8 are signed as they were received',
    expect: GOOD,
    inputs: [GOOD, null],
    energy: ENERGY,
    input: twoFiles(latin(receiptText({ ...RECEIPT, driver_info: 'Bär' }))),
  },
  {
    name: 'apart-line-feed-lost',
    comment: 'A line feed that was lost on the way is a change of the signed bytes',
    expect: 'SIGNATURE_INVALID',
    inputs: ['SIGNATURE_INVALID', null],
    finding: 'SIG-MISMATCH',
    input: twoFiles(receiptText(RECEIPT), '', `${receiptText(RECEIPT)}\n`),
  },
  {
    name: 'apart-two-sessions',
    comment: 'Of several receipts and signatures each finds its own',
    expect: [GOOD, GOOD],
    inputs: [GOOD, null, GOOD, null],
    signature: ['valid', 'valid'],
    input: [...twoFiles(receiptText(RECEIPT), '1'), ...twoFiles(receiptText(LATER), '2')],
  },
  {
    name: 'apart-none-fits',
    comment: 'Where none of several signatures fits, nobody knows which one was meant',
    expect: 'NOT_CHECKED',
    inputs: ['NOT_CHECKED', null, null],
    finding: 'SIG-MISSING',
    input: [
      file('secrrct', receiptText(RECEIPT)),
      file('1.sign', receiptSignature('something')),
      file('2.sign', receiptSignature('else')),
    ],
  },
  {
    name: 'apart-signature-alone',
    comment: 'A signature alone is no measurement, and is called what it is',
    expect: [null],
    inputs: [null],
    keys: [],
    finding: 'IN-SIGNATURE',
    input: receiptSignature(receiptText(RECEIPT)),
  },
  {
    name: 'apart-archive',
    comment: 'In an archive the receipt and the signature beside it belong together',
    expect: GOOD,
    signature: 'valid',
    energy: ENERGY,
    input: tar([
      { name: './secrrct', content: receiptText(RECEIPT) },
      { name: './secrrct.sign', content: receiptSignature(receiptText(RECEIPT)) },
    ]),
  },
  {
    name: 'apart-archive-no-key',
    comment: 'An archive without a key: the signature is there, and nothing to check it with',
    expect: 'NOT_CHECKED',
    finding: 'KEY-NONE',
    notFinding: 'SIG-MISSING',
    keys: [],
    input: tar([
      { name: 'secrrct', content: receiptText(RECEIPT) },
      { name: 'secrrct.sign', content: receiptSignature(receiptText(RECEIPT)) },
    ]),
  },
  {
    name: 'apart-archive-changed',
    comment: 'A receipt changed in its archive',
    expect: 'SIGNATURE_INVALID',
    finding: 'SIG-MISMATCH REC-TOTAL',
    input: tar([
      { name: 'secrrct', content: receiptText({ ...RECEIPT, meter_endreading: num(99) }) },
      { name: 'secrrct.sign', content: receiptSignature(receiptText(RECEIPT)) },
    ]),
  },
]

export const CHARGEPOINT: readonly VectorCase[] = [
  ...APART,
  {
    name: 'good',
    comment: 'The signed text as original with its signature, in one object',
    expect: GOOD,
    signature: 'valid',
    energy: ENERGY,
    duration: '1800',
    input: mergedReceipt(RECEIPT),
  },
  {
    name: 'good-long',
    comment: 'The form with lists: first begin and last end of the energy items, in UTC',
    expect: GOOD,
    energy: '11110 Wh',
    duration: '1800',
    input: mergedReceipt(LONG_RECEIPT),
  },
  {
    name: 'good-parking',
    comment: 'Without energy items the parking items say begin and end',
    expect: GOOD,
    duration: '7200',
    input: mergedReceipt({ ...LONG_RECEIPT, energy: undefined }),
  },
  {
    name: 'good-ctr',
    comment: 'The original in a Charge Transparency Record, with its key',
    expect: 'VALID_KEY_UNCONFIRMED',
    keys: [],
    energy: ENERGY,
    input: chargePointCtr(RECEIPT),
  },
  {
    name: 'good-umlauts',
    comment: 'Text is signed as it was received, umlauts and currency signs too',
    expect: GOOD,
    input: mergedReceipt({ ...RECEIPT, driver_info: 'Bär 5 €' }),
  },
  {
    name: 'good-evse',
    comment: 'A receipt with an EVSE id of its own signs that',
    expect: GOOD,
    input: mergedReceipt({ ...RECEIPT, EVSEId: 'DE*EIL*E0001*1' }),
  },
  curve('secp256r1', 'SHA-256'),
  curve('secp384r1', 'SHA-384'),
  curve('secp521r1', 'SHA-512'),
  unit('wh', 'Wh', '11.11 Wh'),
  unit('milli', 'mWh', '11.11 mWh'),
  { ...unit('mega', 'MWh', '11.11 MWh'), finding: 'SES-POWER/warning' },
  unit('lower', 'kwh', ENERGY),
  unit('word', 'kilowatt_hours', ENERGY),
  {
    name: 'unit-unknown',
    comment: 'A unit that nobody knows gives no energy, and none is guessed',
    expect: 'NOT_LEGALLY_RELEVANT',
    finding: 'SES-UNIT',
    input: mergedReceipt({ ...RECEIPT, energy_units: 'kg' }),
  },
  {
    name: 'no-signature',
    comment: 'A receipt alone proves nothing',
    expect: 'NOT_CHECKED',
    finding: 'SIG-MISSING',
    input: receiptText(RECEIPT),
  },
  {
    name: 'no-signature-ctr',
    comment: 'An original without signature in a Charge Transparency Record proves nothing',
    expect: 'NOT_CHECKED',
    finding: 'SIG-MISSING',
    input: chargePointCtr(RECEIPT, { signature: undefined }),
  },
  {
    name: 'signature-damaged',
    comment: 'A signature that is no hexadecimal text cannot be read',
    expect: 'NOT_CHECKED',
    finding: 'SIG-ENCODING',
    input: mergedReceipt(RECEIPT, { members: { signature: 'keine' } }),
  },
  {
    name: 'no-key',
    comment: 'A receipt names no key: without one nothing can be checked',
    expect: 'NOT_CHECKED',
    finding: 'KEY-NONE',
    keys: [],
    input: mergedReceipt(RECEIPT),
  },
  {
    name: 'value-changed',
    comment: 'A reading changed after signing',
    expect: 'SIGNATURE_INVALID',
    finding: 'SIG-MISMATCH REC-CONTRADICTS REC-TOTAL',
    input: mergedReceipt(RECEIPT, { original: changed({ meter_endreading: num(95) }) }),
  },
  {
    name: 'text-changed',
    comment: 'The price changed after signing, in a receipt with lists',
    expect: 'SIGNATURE_INVALID',
    finding: 'SIG-MISMATCH',
    input: mergedReceipt(LONG_RECEIPT, {
      original: receiptText({ ...LONG_RECEIPT, totalAmount: num(9) }),
    }),
  },
  {
    name: 'other-key',
    comment: 'Signed by somebody else than the station whose key the user gave',
    expect: 'SIGNATURE_INVALID',
    finding: 'SIG-MISMATCH',
    input: mergedReceipt(RECEIPT, { key: STRANGE }),
  },
  {
    name: 'register-back',
    comment: 'A register never counts backwards',
    expect: 'NOT_LEGALLY_RELEVANT',
    finding: 'SES-REG-BACK REC-TOTAL',
    input: mergedReceipt({ ...RECEIPT, meter_endreading: num(70) }),
  },
  {
    name: 'time-back',
    comment: 'A session never ends before it began',
    expect: 'NOT_LEGALLY_RELEVANT',
    finding: 'SES-ORDER',
    input: mergedReceipt({ ...RECEIPT, end_time: num(1_500_000_000) }),
  },
  {
    name: 'total-differs',
    comment: 'The signed total is not what the signed readings give',
    expect: GOOD,
    energy: ENERGY,
    finding: 'REC-TOTAL',
    input: mergedReceipt({ ...RECEIPT, total_energy: num(12) }),
  },
  {
    name: 'reading-missing',
    comment: 'A receipt without its end reading cannot be read',
    expect: 'UNREADABLE',
    finding: 'IN-RECORD',
    input: mergedReceipt(RECEIPT, { original: changed({ meter_endreading: undefined }) }),
  },
  {
    name: 'original-damaged',
    comment: 'An original that is no receipt cannot be read',
    expect: 'UNREADABLE',
    finding: 'IN-RECORD',
    input: mergedReceipt(RECEIPT, { original: 'etwas anderes' }),
  },
  {
    name: 'name-twice',
    comment: 'A name that occurs twice in the signed text never passes',
    expect: 'UNREADABLE',
    finding: 'SES-DUPKEY',
    input: mergedReceipt(RECEIPT, {
      original: receiptText(RECEIPT).replace('{', '{"meter_endreading": 5000,'),
    }),
  },
  {
    name: 'original-twice',
    comment: 'Two originals in one object: nobody can say which one is meant',
    expect: 'UNREADABLE',
    inputs: ['UNREADABLE'],
    finding: 'SES-DUPKEY',
    input: mergedReceipt(RECEIPT).replace('{', '{"original":"e30=",'),
  },
  {
    name: 'beside-value',
    comment: 'The readings beside the original are a forgery: who reads the file is misled',
    expect: 'UNREADABLE',
    energy: ENERGY,
    signature: 'valid',
    finding: 'REC-REPEATS',
    input: mergedReceipt(RECEIPT, { members: { meter_endreading: literal('385.71') } }),
  },
  {
    name: 'ctr-value',
    comment: 'The readings that a Charge Transparency Record shows are not those that were signed',
    expect: 'UNREADABLE',
    energy: ENERGY,
    signature: 'valid',
    finding: 'REC-REPEATS',
    input: chargePointCtr(RECEIPT).replace('"value":85.71', '"value":485.71'),
  },
  {
    name: 'ctr-scale',
    comment: 'A power of ten that no byte holds does not show the signed readings',
    expect: 'UNREADABLE',
    energy: ENERGY,
    signature: 'valid',
    finding: 'REC-REPEATS',
    input: chargePointCtr(RECEIPT).replace('"scale":0', '"scale":256'),
  },
  {
    name: 'ctr-unit',
    comment: 'A word beside the readings that is no unit is not the signed one',
    expect: GOOD,
    energy: ENERGY,
    finding: 'REC-CONTRADICTS',
    input: chargePointCtr(RECEIPT).replace('"unit":"kWh"', '"unit":"kWq"'),
  },
  {
    name: 'ctr-time',
    comment: 'The times that a Charge Transparency Record shows are not those that were signed',
    expect: GOOD,
    energy: ENERGY,
    finding: 'REC-CONTRADICTS',
    input: chargePointCtr(RECEIPT).replace(
      '"timestamp":"2025-03-14T09:30:00Z"',
      '"timestamp":"2025-03-14T11:30:00Z"',
    ),
  },
  beside('meter', 'The meter', { meter_serial: 'X' }),
  beside('driver', 'The driver', { driver_info: 'X' }),
  beside('session', 'The session', { session_id: num(56) }),
  {
    name: 'ctr-evse',
    comment: 'The charge point of a Charge Transparency Record contradicts what is signed',
    expect: GOOD,
    energy: ENERGY,
    finding: 'REC-CONTRADICTS',
    input: chargePointCtr(RECEIPT, { EVSEId: 'DE*EVIL*E1*1' }),
  },
]
export const CHARGEPOINT_KEY_TEXT = keyHex(CHARGEPOINT_KEY)

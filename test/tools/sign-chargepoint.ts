/**
 * Signs ChargePoint receipts with throw-away keys: the text and, apart from it, its signature.
 *
 * @module
 */
import { toBase64 } from '../../src/main/engine/codec/base64.ts'
import { toHex } from '../../src/shared/hex.ts'
import { type ThrowAwayKey, json, literal, signature, throwAwayKey } from './sign.ts'
import { CONTEXTS, type Members, num } from './sign-ctr.ts'

export const CHARGEPOINT_KEY = throwAwayKey('secp224k1', 'chargepoint station')

const START = Date.UTC(2025, 2, 14, 9) / 1000

/** The second form of the receipt. */
export const RECEIPT: Members = {
  outlet: num(2),
  session_id: num(55),
  station_mac: '0024b1000002e301',
  driver_info: 'b2dd852e99433cab70ccd45dad5aff55',
  meter_serial: '240009S',
  meter_startreading: literal('74.6'),
  meter_endreading: literal('85.71'),
  total_energy: literal('11.11'),
  energy_units: 'kWh',
  start_time: num(START),
  end_time: num(START + 1800),
}

/** @returns an item of a list of the first form */
function item(seconds: readonly [from: number, to: number]): Members {
  const [from, to] = seconds
  return {
    seq_num: num(1),
    start_time: num(START + from + 3600),
    end_time: num(START + to + 3600),
    start_time_utc: num(START + from),
    end_time_utc: num(START + to),
    duration: num(to - from),
    unit_price: '39.60',
  }
}

/** The first form: what is charged for stands in lists, the readings in `additional_info`. */
export const LONG_RECEIPT: Members = {
  company_name: 'Muster&#32;Laden',
  display_unit: num(60),
  energy: [
    { ...item([0, 900]), type: 'ENERGY' },
    { ...item([900, 1800]), type: 'ENERGY' },
    { seq_num: 'SUBTOTAL', type: 'ENERGY', duration: num(1800) },
  ],
  parking: [{ ...item([0, 7200]), type: 'PARKING' }],
  flat: [],
  totalAmount: literal('0.81000000000000005'),
  additional_info: {
    outlet: num(1),
    session_id: num(604),
    station_mac: '0024:b100:0002:7b28',
    driver_info: 'urn:nema:5evse:dn:v1:example:cdid:1',
    meter_serial: '160161T',
    currency_code: 'EUR',
    meter_startreading: num(900),
    meter_endreading: num(12_010),
    energy_units: 'Wh',
  },
}

/** The receipt in lines, as stations write it. */
export function receiptText(members: Members): string {
  return JSON.stringify(JSON.parse(json(members), keepNumbers), null, 1).replace(
    /"#(-?[\d.]+)#"/g,
    '$1',
  )
}

function keepNumbers(_: string, value: unknown, context?: { source?: string }): unknown {
  return typeof value === 'number' ? `#${context?.source ?? String(value)}#` : value
}

export function receiptSignature(
  text: string | Uint8Array,
  key: ThrowAwayKey = CHARGEPOINT_KEY,
): Uint8Array {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text
  const hash =
    key.curve === 'secp384r1' ? 'SHA384' : key.curve === 'secp521r1' ? 'SHA512' : 'SHA256'
  return signature(bytes, { key, hash })
}

export interface OriginalOptions {
  key?: ThrowAwayKey
  /** Members beside the original, in place of those of the receipt. */
  members?: Members
  /** What is said to be the original. */
  original?: string | Uint8Array
}

/** Original and signature in the members of one object. */
export function originalMembers(receipt: Members, options: OriginalOptions = {}): Members {
  const text = receiptText(receipt)
  const original = options.original ?? text
  const bytes = typeof original === 'string' ? new TextEncoder().encode(original) : original
  return {
    original: toBase64(bytes),
    signature: toHex(receiptSignature(text, options.key)),
  }
}

/** The receipt with its original and signature as one object. */
export function mergedReceipt(receipt: Members, options: OriginalOptions = {}): string {
  return json({ ...receipt, ...originalMembers(receipt, options), ...options.members })
}

/** The receipt in a Charge Transparency Record. */
export function chargePointCtr(
  receipt: Members,
  session: Members = {},
  options: OriginalOptions & { record?: Members } = {},
): string {
  const { key = CHARGEPOINT_KEY } = options
  const value = (name: string, timestamp: string) => ({ timestamp, value: receipt[name] })
  return json({
    '@id': 'chargepoint-session',
    '@context': `${CONTEXTS}CTR+json`,
    publicKeys: [
      {
        '@id': '0024b1000002e301_2',
        algorithm: { name: key.curve },
        value: toHex(key.point),
      },
    ],
    chargingSessions: [
      {
        '@id': '0024b1000002e301-2-55',
        '@context': `${CONTEXTS}SessionSignatureFormats/ChargePointCrypt01+json`,
        begin: '2025-03-14T09:00:00Z',
        end: '2025-03-14T09:30:00Z',
        EVSEId: '0024b1000002e301-2',
        authorizationStart: { '@id': receipt['driver_info'], type: 'userId' },
        ...originalMembers(receipt, options),
        measurements: [
          {
            energyMeterId: receipt['meter_serial'],
            obis: '1-0:1.8.0',
            unit: receipt['energy_units'],
            scale: num(0),
            values: [
              value('meter_startreading', '2025-03-14T09:00:00Z'),
              value('meter_endreading', '2025-03-14T09:30:00Z'),
            ],
          },
        ],
        ...session,
      },
    ],
    status: 'ValidSignature',
    ...options.record,
  })
}

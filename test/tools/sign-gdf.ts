/**
 * Signs readings as GDF meters do, in Charge Transparency Records, with throw-away keys. Written
 * from the field table alone (`formats/gdf/README.md`).
 *
 * @module
 */
import { type ThrowAwayKey, throwAwayKey } from './sign.ts'
import {
  BEGIN_CLOCK,
  type CtrOptions,
  ctr,
  isoClock,
  num,
  numbers,
  rawDigits,
  writeHex,
} from './sign-ctr.ts'

export const GDF_KEY = throwAwayKey('secp256r1', 'gdf meter')

/** What a GDF meter signs: no status, no counters; ten bytes of the name of the meter. */
export interface GdfReading {
  meterId: string
  clock: number
  obis: string
  unit: number
  scale: number
  value: bigint
  /** Hexadecimal digits. */
  contractId: string
  contractClock: number
}

export const GDF_BEGIN: GdfReading = {
  meterId: 'GDF0000001',
  clock: BEGIN_CLOCK,
  obis: '0100011100FF',
  unit: 30,
  scale: 1,
  value: 0n,
  contractId: '8022E582844804',
  contractClock: BEGIN_CLOCK,
}
export const GDF_END: GdfReading = { ...GDF_BEGIN, clock: BEGIN_CLOCK + 1800, value: 1111n }

export function gdfBlock(reading: GdfReading): Uint8Array {
  const block = new Uint8Array(320)
  const view = new DataView(block.buffer)
  block.set(new TextEncoder().encode(reading.meterId).subarray(0, 10))
  view.setUint32(10, reading.clock, true)
  writeHex(block, 23, reading.obis)
  view.setUint8(29, reading.unit)
  view.setInt8(30, reading.scale)
  view.setBigUint64(31, reading.value, true)
  writeHex(block, 41, reading.contractId)
  view.setUint32(169, reading.contractClock, true)
  return block
}

export interface GdfCtrOptions extends CtrOptions {
  signed?: readonly GdfReading[]
  signer?: ThrowAwayKey
}

export function gdfCtr(readings: readonly GdfReading[], options: GdfCtrOptions = {}): string {
  const { iso = (clock) => isoClock(clock), key = GDF_KEY, signed = readings } = options
  const [first = GDF_BEGIN] = readings
  const values = readings.map((reading, index) => ({
    timestamp: iso(reading.clock),
    value: String(reading.value),
    signatures: [numbers(rawDigits(gdfBlock(signed[index] ?? reading), options.signer ?? GDF_KEY))],
    ...options.value,
  }))
  const session = {
    authorizationStart: { '@id': first.contractId, timestamp: iso(first.contractClock) },
    measurements: [
      {
        energyMeterId: first.meterId,
        name: 'ENERGY_TOTAL',
        obis: (options.obis ?? ((obis) => obis))(first.obis),
        unit: 'WATT_HOUR',
        unitEncoded: num(first.unit),
        scale: num(first.scale),
        values,
        ...options.measurement,
      },
    ],
    ...options.session,
  }
  return ctr('GDFCrypt01', first.meterId, session, { ...options, key })
}

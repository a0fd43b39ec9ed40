/**
 * Signs readings as EMH meters do, in all containers of the field, with throw-away keys.
 *
 * Written from the field table alone (`formats/emh/README.md`), so that the program's own packing
 * is checked against another one.
 *
 * @module
 */
import { toHex } from '../../src/shared/hex.ts'
import { type ThrowAwayKey, json, throwAwayKey } from './sign.ts'
import {
  BEGIN_CLOCK,
  type CtrOptions,
  type Members,
  PLACE,
  ctr,
  isoClock,
  num,
  numbers,
  obisGroups,
  rawDigits,
  writeHex,
} from './sign-ctr.ts'

export const EMH_KEY = throwAwayKey('secp192r1', 'emh meter')

/** What the meter knows of one reading. */
export interface EmhReading {
  meterId: string
  /** Seconds of the wall clock. */
  clock: number
  /** Two hexadecimal digits. */
  status: string
  secondsIndex: number
  pagination: number
  /** Twelve hexadecimal digits. */
  obis: string
  unit: number
  scale: number
  value: bigint
  /** Four hexadecimal digits. */
  logBook: string
  contractId: string
  contractClock: number
}

export const EMH_BEGIN: EmhReading = {
  meterId: '0901454D480000830001',
  clock: BEGIN_CLOCK,
  status: '08',
  secondsIndex: 65_058,
  pagination: 18,
  obis: '0100011100FF',
  unit: 30,
  scale: -1,
  value: 66_260n,
  logBook: '0006',
  contractId: '1F2D3A4F',
  contractClock: BEGIN_CLOCK,
}

export const EMH_END: EmhReading = {
  ...EMH_BEGIN,
  clock: BEGIN_CLOCK + 1800,
  secondsIndex: 66_858,
  pagination: 19,
  value: 177_360n,
}

/** Half an hour of summer: the offset is two hours then. */
export const SUMMER_CLOCK = Date.UTC(2025, 6, 14, 10) / 1000

export function emhBlock(reading: EmhReading): Uint8Array {
  const block = new Uint8Array(320)
  const view = new DataView(block.buffer)
  writeHex(block, 0, reading.meterId)
  view.setUint32(10, reading.clock, true)
  writeHex(block, 14, reading.status)
  view.setUint32(15, reading.secondsIndex, true)
  view.setUint32(19, reading.pagination, true)
  writeHex(block, 23, reading.obis)
  view.setUint8(29, reading.unit)
  view.setInt8(30, reading.scale)
  view.setBigUint64(31, reading.value, true)
  writeHex(block, 39, reading.logBook)
  block.set(new TextEncoder().encode(reading.contractId), 41)
  view.setUint32(169, reading.contractClock, true)
  return block
}

export function emhSignature(reading: EmhReading, key: ThrowAwayKey = EMH_KEY): string {
  return rawDigits(emhBlock(reading), key)
}

export interface ChargeItOptions {
  key?: ThrowAwayKey
  /** Offset of the wall clock from UTC in minutes; not signed. */
  offset?: number
  season?: number
  /** What was signed, where the container says something else. */
  signed?: EmhReading
  /** Members in place of those of the value; undefined leaves one out. */
  members?: Members
}

/** X‖Y without the 04 in front. */
export function emhKeyText({ point }: ThrowAwayKey = EMH_KEY): string {
  return toHex(point.subarray(1)).toUpperCase()
}

/** One value of `signedMeterValues`. */
export function emhValue(reading: EmhReading, options: ChargeItOptions = {}): Members {
  const { key = EMH_KEY, offset = 60, season = 0, signed = reading } = options
  const local = (clock: number) => ({
    timestamp: num(clock - 60 * (offset + season)),
    localOffset: num(offset),
    seasonOffset: num(season),
  })
  return {
    timestamp: num(reading.clock - 60 * (offset + season)),
    meterInfo: {
      firmwareVersion: '123',
      publicKey: emhKeyText(key),
      meterId: reading.meterId,
      type: 'eHZ IW8E EMH',
      manufacturer: 'EMH',
    },
    transactionId: '1741942800:4711:1',
    contract: {
      type: 'RFID_TAG_ID',
      timestampLocal: local(reading.contractClock),
      timestamp: num(reading.contractClock - 60 * (offset + season)),
      id: reading.contractId,
    },
    measurementId: reading.pagination.toString(16).padStart(8, '0').toUpperCase(),
    measuredValue: {
      timestampLocal: local(reading.clock),
      value: String(reading.value),
      unit: 'WATT_HOUR',
      scale: num(reading.scale),
      valueType: 'Integer64',
      unitEncoded: num(reading.unit),
    },
    measurand: { id: reading.obis, name: 'ENERGY_TOTAL' },
    additionalInfo: {
      indexes: { timer: num(reading.secondsIndex), logBook: reading.logBook },
      status: reading.status,
    },
    signature: emhSignature(signed, key),
    ...options.members,
  }
}

/** The old container of chargeIT. */
export function chargeIt(values: readonly Members[], members: Members = {}): string {
  return json({ placeInfo: PLACE, signedMeterValues: [...values], ...members })
}

/** The new one, which has a header of its own. */
export function chargeItNew(values: readonly Members[], members: Members = {}): string {
  return json({
    '@context': 'https://www.chargeit-mobility.com/contexts/charging-station-json-v1',
    '@id': 'af032557-c62c-414b-aecc-41ea59877305',
    chargePointInfo: {
      placeInfo: { geoLocation: PLACE.geoLocation, address: PLACE.address },
      evseId: PLACE.evseId,
    },
    chargingStationInfo: {
      manufacturer: 'Mustermann Ladetechnik',
      type: 'Säule 2',
      serialNumber: '2020-24-T-042',
      controllerSoftwareVersion: 'v1.2.34',
    },
    signedMeterValues: [...values],
    ...members,
  })
}

export interface EmhCtrOptions extends CtrOptions {
  /** Signatures made over other readings than those that are shown. */
  signed?: readonly EmhReading[]
  /** Signs instead of the meter. */
  signer?: ThrowAwayKey
}

export function emhCtr(readings: readonly EmhReading[], options: EmhCtrOptions = {}): string {
  const { iso = (clock) => isoClock(clock), key = EMH_KEY, signed = readings } = options
  const [first = EMH_BEGIN] = readings
  const values = readings.map((reading, index) => ({
    timestamp: iso(reading.clock),
    value: String(reading.value),
    infoStatus: reading.status,
    secondsIndex: num(reading.secondsIndex),
    paginationId: reading.pagination.toString(16).padStart(8, '0').toUpperCase(),
    logBookIndex: reading.logBook,
    signatures: [numbers(emhSignature(signed[index] ?? reading, options.signer ?? EMH_KEY))],
    result: { status: 'ValidSignature' },
    ...options.value,
  }))
  const session = {
    authorizationStart: {
      '@id': first.contractId,
      type: 'RFID_TAG_ID',
      timestamp: iso(first.contractClock),
    },
    measurements: [
      {
        energyMeterId: first.meterId,
        name: 'ENERGY_TOTAL',
        obis: (options.obis ?? obisGroups)(first.obis),
        unit: 'WATT_HOUR',
        unitEncoded: num(first.unit),
        scale: num(first.scale),
        values,
        ...options.measurement,
      },
    ],
    verificationResult: { status: 'ValidSignature' },
    ...options.session,
  }
  return ctr('EMHCrypt01', first.meterId, session, { ...options, key })
}

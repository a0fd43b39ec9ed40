/**
 * Signs snapshots as the BSM-WS36A does, with throw-away keys. Written from the field table alone
 * (`formats/bsm/README.md`).
 *
 * @module
 */
import { toHex } from '../../src/shared/hex.ts'
import { type Json, type ThrowAwayKey, keyHex, signature, throwAwayKey } from './sign.ts'
import { BEGIN_CLOCK, type Members, num } from './sign-ctr.ts'

export const BSM_KEY = throwAwayKey('secp256r1', 'bsm meter')

/** A data point: a number with scale and unit, or a text. */
export type Point = [value: bigint, scale: number, unit: number] | string

/** What the meter signs, in this order. */
export type Snapshot = Record<(typeof ORDER)[number], Point>

const ORDER = [
  'Typ',
  'RCR',
  'TotWhImp',
  'W',
  'MA1',
  'RCnt',
  'OS',
  'Epoch',
  'TZO',
  'EpochSetCnt',
  'EpochSetOS',
  'DI',
  'DO',
  'Meta1',
  'Meta2',
  'Meta3',
  'Evt',
] as const

const NONE = 255
const EPOCH = BigInt(BEGIN_CLOCK - 3600)

export const BSM_BEGIN: Snapshot = {
  Typ: [1n, 0, NONE],
  RCR: [0n, 1, 30],
  TotWhImp: [9984n, 1, 30],
  W: [0n, 1, 27],
  MA1: '001BZR0000000001',
  RCnt: [4276n, 0, NONE],
  OS: [519_243n, 0, 7],
  Epoch: [EPOCH, 0, 7],
  TZO: [60n, 0, 6],
  EpochSetCnt: [3139n, 0, NONE],
  EpochSetOS: [519_219n, 0, 7],
  DI: [1n, 0, NONE],
  DO: [0n, 0, NONE],
  Meta1: 'contract-id: rfid:1f2d3a4f',
  Meta2: 'evse-id: DE*EIL*E0001*1',
  Meta3: 'csc-sw-version: v1.2.34',
  Evt: [0n, 0, NONE],
}

export const BSM_END: Snapshot = {
  ...BSM_BEGIN,
  Typ: [2n, 0, NONE],
  RCR: [1111n, 1, 30],
  TotWhImp: [11_095n, 1, 30],
  RCnt: [4277n, 0, NONE],
  OS: [521_043n, 0, 7],
  Epoch: [EPOCH + 1800n, 0, 7],
}

export function bsmBytes(snapshot: Snapshot): Uint8Array {
  const parts = ORDER.map((name) => {
    const point = snapshot[name]
    if (typeof point === 'string') {
      const text = new TextEncoder().encode(point)
      const length = new Uint8Array(4)
      new DataView(length.buffer).setUint32(0, text.length)
      return [...length, ...text]
    }
    const [value, scale, unit] = point
    const bytes = new Uint8Array(6)
    const view = new DataView(bytes.buffer)
    view.setInt32(0, Number(BigInt.asIntN(32, value)))
    view.setInt8(4, scale)
    view.setUint8(5, unit)
    return [...bytes]
  })
  return Uint8Array.from(parts.flat())
}

const OBIS: Record<string, string | undefined> = {
  RCR: '1-0:1.8.0*198',
  TotWhImp: '1-0:1.8.0*255',
  W: '1-0:1.7.0*255',
  MA1: '1-0:0.0.0*255',
}
const WORDS: Record<number, string | undefined> = {
  6: 'MINUTE',
  7: 'SECOND',
  27: 'WATT',
  30: 'WATT_HOUR',
}

/** One data point as the container writes it. */
export function bsmPoint(name: string, point: Point): Members {
  const measurand = { id: OBIS[name], name }
  if (typeof point === 'string') {
    return {
      measurand,
      measuredValue: { value: point, valueType: 'String', valueEncoding: 'UTF-8' },
    }
  }
  const [value, scale, unit] = point
  const valueType = name === 'W' || name === 'TZO' ? 'Integer32' : 'UnsignedInteger32'
  return {
    measurand,
    measuredValue: {
      scale: num(scale),
      unit: WORDS[unit],
      unitEncoded: num(unit),
      value: num(value),
      valueType,
    },
  }
}

export interface SnapshotOptions {
  key?: ThrowAwayKey
  /** What was signed, where the container says something else. */
  signed?: Snapshot
  /** Members in place of those of the snapshot; undefined leaves one out. */
  members?: Members
  /** The list of data points, in place of the right one. */
  points?: (right: Json[]) => Json[]
}

/** One snapshot of `signedMeterValues`. */
export function bsmSnapshot(snapshot: Snapshot, options: SnapshotOptions = {}): Members {
  const { key = BSM_KEY, signed = snapshot, points = (right) => right } = options
  const number = (name: 'RCnt' | 'Epoch' | 'TZO') => Number(snapshot[name][0])
  const local = new Date((number('Epoch') + 60 * number('TZO')) * 1000)
  const zone = String(number('TZO') / 60).padStart(2, '0')
  const [type, id] = String(snapshot.Meta1).replace('contract-id: ', '').split(':')
  return {
    '@context': 'https://www.chargeit-mobility.com/contexts/bsm-ws36a-json-v1',
    '@id': `${String(snapshot.MA1)}-${number('RCnt')}`,
    time: `${local.toISOString().slice(0, 19)}+${zone}:00`,
    meterInfo: {
      firmwareVersion: '1.9:32CA:AFF4, f1d3d06',
      publicKey: keyHex(key),
      meterId: String(snapshot.MA1),
      manufacturer: 'BAUER Electronic',
      type: 'BSM-WS36A-H01-1311-0000',
    },
    contract: { id: id ?? '', type: type ?? '' },
    measurementId: num(number('RCnt')),
    value: bsmPoint('RCR', snapshot.RCR),
    additionalValues: points(ORDER.map((name) => bsmPoint(name, snapshot[name]))),
    signature: toHex(signature(bsmBytes(signed), { key })),
    ...options.members,
  }
}

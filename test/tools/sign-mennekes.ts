/**
 * Signs Mennekes charging processes with throw-away keys, for vectors, samples and the benchmark.
 * Never shipped.
 *
 * @module
 */
import { EDL_BLOCK_BYTES, EDL_FIELDS } from '../../src/main/engine/codec/edl-block.ts'
import { writeBlock } from '../../src/main/engine/codec/fixed-block.ts'
import { fromHex, toHex } from '../../src/shared/hex.ts'
import { type SignatureOptions, type ThrowAwayKey, signature, throwAwayKey } from './sign.ts'

export interface Measurement {
  /** Seconds since 1970-01-01 00:00 of the wall clock. */
  clock: number
  /** As written behind the clock. */
  offset: string
  status: number
  secondsIndex: number
  pagination: number
  scaler: number
  value: bigint
  events: number
}

export interface ChargingProcess {
  serverId: string
  customer: string
  /** Seconds of the wall clock. */
  customerClock: number
  begin: Measurement
  end: Measurement
}

const BEGIN: Measurement = {
  clock: Date.UTC(2025, 2, 14, 11) / 1000,
  offset: '+01:00',
  status: 8,
  secondsIndex: 74_650,
  pagination: 25,
  scaler: -1,
  value: 12_345_600n,
  events: 8,
}

/** 1111.0 Wh in half an hour, on 2025-03-14 at 11:00 German time. */
export const PROCESS: ChargingProcess = {
  serverId: '0901454d480000000001',
  customer: '04a1b2c3d4e5f6',
  customerClock: BEGIN.clock - 4,
  begin: BEGIN,
  end: {
    ...BEGIN,
    clock: BEGIN.clock + 1800,
    secondsIndex: BEGIN.secondsIndex + 1800,
    pagination: 26,
    value: 12_356_710n,
  },
}

export function mennekesKey(seed = '1'): ThrowAwayKey {
  return throwAwayKey('secp192r1', `mennekes ${seed}`)
}

/** @returns x‖y in hexadecimal digits, as the XML writes it */
export function xyHex({ point }: ThrowAwayKey): string {
  return toHex(point.subarray(1)).toUpperCase()
}

export interface MennekesOptions extends Omit<SignatureOptions, 'shape'> {
  /** Texts of elements in place of the right ones, `"MeasurementEnd.Value"`; null leaves out. */
  texts?: Record<string, string | null>
  /** The two bytes of the log book stand behind each signature. */
  log?: boolean
  /** The time of identification stands in the measurements only. */
  ownIdent?: boolean
  /** Attributes of the element, with a blank in front. */
  attributes?: string
  /** Prefix of all element names, with its colon. */
  prefix?: string
  /** Elements at the end of the process. */
  more?: string
}

export function blockOf(process: ChargingProcess, measurement: Measurement): Uint8Array {
  const bytes = (hex: string) => fromHex(hex) ?? new Uint8Array()
  const { clock, status, secondsIndex, pagination, scaler, value, events } = measurement
  return writeBlock(
    EDL_FIELDS,
    {
      serverId: bytes(process.serverId),
      timestamp: BigInt(clock),
      status: Uint8Array.of(status & 0xff),
      secondsIndex: BigInt(secondsIndex),
      pagination: BigInt(pagination),
      obis: bytes('0100011100ff'),
      unit: 30n,
      scaler: BigInt(scaler),
      value,
      logBook: Uint8Array.of(events >> 8, events & 0xff),
      contractId: bytes(process.customer),
      contractTimestamp: BigInt(process.customerClock),
    },
    EDL_BLOCK_BYTES,
  )
}

/** @returns `2025-03-14T11:00:00+01:00` */
export function clockIso(clock: number, offset: string): string {
  return new Date(clock * 1000).toISOString().slice(0, 19) + offset
}

/** @returns a `ChargingProcess` element with begin and end */
export function mennekes(
  process: ChargingProcess = PROCESS,
  options: MennekesOptions = {},
): string {
  const { key = mennekesKey(), prefix = '', attributes = '', more = '' } = options
  const element = (path: string, text: string | null): string => {
    const written = options.texts?.[path] === undefined ? text : options.texts[path]
    if (written === null) return ''
    const name = path.slice(path.lastIndexOf('.') + 1)
    return `<${prefix}${name}>${written}</${prefix}${name}>`
  }
  const ident = clockIso(process.customerClock, process.begin.offset)
  const measurement = (name: string, one: Measurement): string => {
    const of = (part: string, text: string | null) => element(`${name}.${part}`, text)
    const log = options.log === true ? toHex(Uint8Array.of(one.events >> 8, one.events & 0xff)) : ''
    const signed = signature(blockOf(process, one), { ...options, key, shape: 'raw' })
    return element(
      name,
      [
        of('TimestampCustomerIdent', options.ownIdent === true ? ident : null),
        of('Timestamp', clockIso(one.clock, one.offset)),
        of('Signature', (toHex(signed) + log).toUpperCase()),
        of('EventCounter', String(one.events)),
        of('MeterStatus', String(one.status)),
        of('Value', String(one.value)),
        of('Scaler', String(one.scaler)),
        of('Pagination', String(one.pagination)),
        of('SecondIndex', String(one.secondsIndex)),
      ].join(''),
    )
  }
  const inside = [
    element('ServerId', process.serverId.toUpperCase()),
    element('PublicKey', xyHex(key)),
    element('MeteringPoint', 'DE*EIL*E0001*1'),
    '<!-- place of installation -->',
    element('SiteAddress', `<${prefix}Town>Musterstadt</${prefix}Town>`),
    element('CustomerIdent', process.customer.toUpperCase()),
    element('TimestampCustomerIdent', options.ownIdent === true ? null : ident),
    measurement('MeasurementStart', process.begin),
    measurement('MeasurementEnd', process.end),
    more,
  ]
  return `<${prefix}ChargingProcess${attributes}>\n  ${inside.filter(Boolean).join('\n  ')}\n</${prefix}ChargingProcess>`
}

const NAMESPACE = 'http://www.mennekes.de/Mennekes.EdlVerification.xsd'

/** @returns a `Billing` document with these processes */
export function billing(processes: readonly string[]): string {
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<Billing xmlns="${NAMESPACE}">`,
    '<Customer><CustomerId>4711</CustomerId><Name1><![CDATA[Erika Mustermann]]></Name1></Customer>',
    '<BillingPeriods><BillingPeriod><BillingNo>2025-03</BillingNo><ChargingProcesses>',
    ...processes,
    '</ChargingProcesses></BillingPeriod></BillingPeriods>',
    '</Billing>',
    '',
  ].join('\n')
}

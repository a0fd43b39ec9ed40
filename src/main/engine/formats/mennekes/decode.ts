/**
 * One measurement of a `ChargingProcess` as the rest of the program sees it.
 *
 * What is signed is a block of 320 bytes that nobody transmits: it is put together from the
 * elements. Hence each of them counts only if it fits its place in the block exactly, and all
 * values shown are read back from the block.
 *
 * @module
 */
import { fromHex } from '../../../../shared/hex.ts'
import { type LooseFinding, looseFinding } from '../../../../shared/model/finding.ts'
import type { DecodedField } from '../../../../shared/model/record.ts'
import { DecodeError } from '../../codec/decode-error.ts'
import {
  EDL_BLOCK_BYTES,
  EDL_FIELDS,
  SIGNED_REGISTER,
  contractText,
  edlFields,
  edlReadings,
  field,
  meterOf,
} from '../../codec/edl-block.ts'
import { bytesIn, clockText, numberIn, unsignedField, writeBlock } from '../../codec/fixed-block.ts'
import { wallClockOf } from '../../codec/iso-time.ts'
import { legalOffsetMin } from '../../codec/legal-time.ts'
import { LIMITS } from '../../limits.ts'
import { readOffer } from '../../signature/key-offer.ts'
import { derOf } from '../../signature/signature-value.ts'
import type { DecodedRecord, SignatureClaim, SignedRecord } from '../../types.ts'
import { MEASUREMENTS, type MeasurementRole, Process } from './process.ts'

/** Of a value that findings show. */
const SHOWN = 64
/** DLMS: watt-hours. The format has no other unit. */
const WATT_HOURS = 30n

/** @throws DecodeError where the measurement cannot be put into its block */
export function decodeMennekes(record: SignedRecord): DecodedRecord<null> {
  if (record.bytes.length > LIMITS.recordBytes) {
    throw new DecodeError(looseFinding('IN-TOOBIG', { limit: '1 MiB' }))
  }
  const role = record.hints.role === 'end' ? 'end' : 'begin'
  const reader = new Reader(new Process(record.bytes), role)
  const signature = reader.signature()
  const block = blockOf(reader, signature)
  checkEvents(reader, signature)
  const bytes = (name: string) => bytesIn(block, field(EDL_FIELDS, name))
  const contract = bytes('contractId')
  return {
    record,
    format: 'mennekes',
    formatVersion: null,
    readings: edlReadings(block, role),
    fields: [...edlFields(block), ...beside(reader.process)],
    claim: claimOf(block, signature),
    embedded: keyOf(reader.process),
    meter: { ...meterOf(bytes('serverId')), model: null },
    gateway: { serial: null, model: null },
    pagination: {
      context: '',
      number: String(numberIn(block, field(EDL_FIELDS, 'pagination'))),
    },
    evse: null,
    user: contractText(contract),
    transaction: null,
    findings: reader.findings,
    detail: null,
  }
}

const SIGNATURE_BYTES = 48
const LOG_BYTES = 2

type Signature = Uint8Array | 'unreadable' | null

/** Reads elements of a process and of one of its measurements. */
class Reader {
  readonly process: Process
  readonly findings: LooseFinding[] = []
  private readonly prefix: string

  constructor(process: Process, role: MeasurementRole) {
    this.process = process
    const name = MEASUREMENTS[role]
    if (!process.has(name)) throw missing(name)
    // Asked for once, so that a second measurement of that name is told.
    process.text(name)
    this.prefix = `${name}.`
  }

  /** @returns the way of an element of the measurement */
  of(name: string): string {
    return this.prefix + name
  }

  required(path: string): string {
    const text = this.process.text(path)
    if (text === null || text === '') throw missing(path)
    return text
  }

  integer(name: string): bigint {
    const path = this.of(name)
    const text = this.required(path)
    if (!/^-?\d{1,40}$/.test(text)) throw strange(path, text)
    return BigInt(text)
  }

  /** @param width bytes of the place; two's complement where `signed` */
  fitting(name: string, width: number, signed = false): bigint {
    const value = this.integer(name)
    const fits = signed ? BigInt.asIntN(8 * width, value) : BigInt.asUintN(8 * width, value)
    if (fits !== value) throw tooWide(this.of(name), String(value))
    return value
  }

  hex(path: string): Uint8Array {
    const text = this.process.text(path) ?? ''
    const bytes = fromHex(text.replace(/\s+/g, ''))
    if (bytes === null) throw strange(path, text)
    return bytes
  }

  /** r‖s, perhaps with two bytes of the log book behind; null where there is no signature. */
  signature(): Signature {
    const text = (this.process.text(this.of('Signature')) ?? '').replace(/\s+/g, '')
    if (text === '') return null
    const bytes = fromHex(text) ?? new Uint8Array()
    const surplus = bytes.length - SIGNATURE_BYTES
    return surplus === 0 || surplus === LOG_BYTES ? bytes : 'unreadable'
  }

  /** Seconds of the wall clock that a time says; the offset beside it is not signed. */
  clock(path: string): bigint {
    const text = this.required(path)
    const whole = text.replace(/[.,]\d+/, '')
    const time = wallClockOf(whole)
    const clock = time === null ? -1n : BigInt(time.localS)
    if (time === null) throw strange(path, text)
    if (clock < 0n || BigInt.asUintN(32, clock) !== clock) throw tooWide(path, text)
    const fraction = /[.,]\d*[1-9]/.test(text)
    const legal = legalOffsetMin((time.localS - 60 * (time.statedMin ?? 0)) * 1000)
    if (fraction || (time.statedMin !== null && time.statedMin !== legal)) {
      this.contradicts(path, text, clockText(clock))
    }
    return clock
  }

  contradicts(path: string, found: string, signed: string): void {
    const params = { field: path, found: found.slice(0, SHOWN), signed }
    this.findings.push(looseFinding('REC-CONTRADICTS', params, { path }))
  }

  /** The low byte of the status word is all that is signed of it. */
  status(): bigint {
    const value = this.integer('MeterStatus')
    if (value < 0n || BigInt.asUintN(32, value) !== value) {
      throw tooWide(this.of('MeterStatus'), String(value))
    }
    const byte = value & 0xffn
    if (byte !== value) this.contradicts(this.of('MeterStatus'), String(value), String(byte))
    return byte
  }

  /** @returns the measurement's own time of identification, else that of the process */
  contractClock(): bigint {
    const own = this.of('TimestampCustomerIdent')
    const written = this.process.text(own) ?? ''
    return this.clock(written === '' ? 'TimestampCustomerIdent' : own)
  }
}

function blockOf(reader: Reader, signature: Signature): Uint8Array {
  const serverId = reader.hex('ServerId')
  if (serverId.length === 0) throw missing('ServerId')
  if (serverId.length !== 10) throw tooWide('ServerId', `${serverId.length} bytes`)
  const contractId = reader.hex('CustomerIdent')
  if (contractId.length > 128) throw tooWide('CustomerIdent', `${contractId.length} bytes`)
  const events = reader.fitting('EventCounter', 2)
  const log = logOf(signature) ?? Uint8Array.of(Number(events >> 8n), Number(events & 0xffn))
  return writeBlock(
    EDL_FIELDS,
    {
      serverId,
      timestamp: reader.clock(reader.of('Timestamp')),
      status: reader.status(),
      secondsIndex: reader.fitting('SecondIndex', 4),
      pagination: reader.fitting('Pagination', 4),
      obis: SIGNED_REGISTER,
      unit: WATT_HOURS,
      scaler: reader.fitting('Scaler', 1, true),
      value: reader.fitting('Value', 8, true),
      logBook: log,
      contractId,
      contractTimestamp: reader.contractClock(),
    },
    EDL_BLOCK_BYTES,
  )
}

/** The two bytes behind the signature; null where there are none. */
function logOf(signature: Signature): Uint8Array | null {
  if (!(signature instanceof Uint8Array) || signature.length === SIGNATURE_BYTES) return null
  return signature.subarray(SIGNATURE_BYTES)
}

const ALGORITHM = { curve: 'secp192r1', hash: 'SHA256' } as const

function claimOf(signedBytes: Uint8Array, signature: Signature): SignatureClaim {
  const base = {
    declared: null,
    algorithm: ALGORITHM,
    hash: ALGORITHM.hash,
    signedBytes,
    variants: [],
    repaired: null,
  }
  if (!(signature instanceof Uint8Array)) return { ...base, signature }
  const half = SIGNATURE_BYTES / 2
  const r = signature.subarray(0, half)
  return { ...base, signature: derOf(r, signature.subarray(half, SIGNATURE_BYTES)) }
}

/** Where the log book stands behind the signature, the event counter in the XML is not signed. */
function checkEvents(reader: Reader, signature: Signature): void {
  const log = logOf(signature)
  if (log === null) return
  const signed = ((log[0] ?? 0) << 8) | (log[1] ?? 0)
  const events = reader.integer('EventCounter')
  if (events === BigInt(signed)) return
  reader.contradicts(reader.of('EventCounter'), String(events), String(signed))
}

function keyOf(process: Process): DecodedRecord['embedded'] {
  const text = process.text('PublicKey') ?? ''
  if (text === '') return []
  const place = { source: 'embedded', trust: 'K1', origin: 'PublicKey' } as const
  return [{ offer: readOffer(text.replace(/\s+/g, ''), place, 'secp192r1'), signed: false }]
}

/** Everything in the process as written: places and addresses, and what the block was made of. */
function beside(process: Process): DecodedField[] {
  return process
    .all()
    .slice(0, MOST_FIELDS)
    .map(([path, text]) => unsignedField(path, text.slice(0, 256)))
}

const MOST_FIELDS = 100

function missing(path: string): DecodeError {
  return new DecodeError(looseFinding('MENNEKES-ELEMENT', { field: path }, { path }))
}

function strange(path: string, found: string): DecodeError {
  const params = { field: path, found: found.slice(0, SHOWN) }
  return new DecodeError(looseFinding('MENNEKES-VALUE', params, { path }))
}

function tooWide(path: string, found: string): DecodeError {
  const params = { field: path, found: found.slice(0, SHOWN) }
  return new DecodeError(looseFinding('REC-WIDTH', params, { path }))
}

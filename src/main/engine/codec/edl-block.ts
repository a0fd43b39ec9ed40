/**
 * The block of 320 bytes that meters with the electric mobility extension of EDL40 sign.
 *
 * EMH, Easymeter and others build it; stations carry it in SML telegrams, as `signedMeterValue`,
 * and taken apart in XML and JSON of several makers. Fields and sources: formats/edl40/README.md.
 *
 * @module
 */
import { fromInteger, shift } from '../../../shared/decimal.ts'
import { toHex } from '../../../shared/hex.ts'
import type { MeterReading, Quantity, RegisterKind } from '../../../shared/model/reading.ts'
import type { DecodedField } from '../../../shared/model/record.ts'
import { type BlockField, bytesIn, clockText, fieldsIn, layout, numberIn } from './fixed-block.ts'
import { obisFromBytes, registerKind } from './obis.ts'
import { byteText } from './text.ts'

export const EDL_BLOCK_BYTES = 320

export const EDL_FIELDS = layout([
  ['serverId', 10, 'bytes'],
  ['timestamp', 4, 'clock'],
  ['status', 1, 'bytes'],
  ['secondsIndex', 4, 'unsigned'],
  ['pagination', 4, 'unsigned'],
  ['obis', 6, 'bytes'],
  ['unit', 1, 'unsigned'],
  ['scaler', 1, 'signed'],
  ['value', 8, 'signed'],
  ['logBook', 2, 'bytes'],
  ['contractId', 128, 'padded'],
  ['contractTimestamp', 4, 'clock'],
  ['historicalRegister', 8, 'signed'],
  ['compensatedRegister', 8, 'signed'],
  ['lineResistance', 2, 'unsigned'],
  ['stopwatch', 4, 'unsigned'],
  ['price', 2, 'big-endian'],
])

/** Behind the last field nothing is known, and zero in all records seen. */
export const EDL_REST = { from: 197, to: EDL_BLOCK_BYTES } as const

/** A field of a layout by its name. */
export function field(fields: readonly BlockField[], name: string): BlockField {
  const found = fields.find((candidate) => candidate.name === name)
  if (found === undefined) throw new Error(`no field ${name}`)
  return found
}

/** Bits of the status byte that have a name (EMH; bits 2 and 7 have none). */
export const EDL_STATUS = {
  fault: 0x01,
  synchronousTransmission: 0x02,
  clockSet: 0x08,
  reverseStop: 0x10,
  directionOut: 0x20,
  magneticField: 0x40,
} as const

/** @returns a row for each bit that has a name; `range` is that of the status byte */
export function statusFields(prefix: string, status: number, at: number): DecodedField[] {
  return Object.entries(EDL_STATUS).map(([name, mask]) => ({
    name: `${prefix}.${name}`,
    value: (status & mask) === 0 ? '0' : '1',
    signed: true,
    range: { from: at, to: at + 1 },
    inherited: false,
  }))
}

/** Unit codes of DLMS (IEC 62056-6-2, table 4) that may stand beside energy. */
const UNITS_BY_CODE: Record<number, [unit: Quantity['unit'], text: string]> = {
  7: ['s', 's'],
  6: ['min', 'min'],
  5: ['h', 'h'],
  30: ['Wh', 'Wh'],
  38: ['Ohm', 'Ohm'],
}

/** @returns the number × 10^`scaler` in its unit; a code without a name is an unknown unit */
export function edlQuantity(value: bigint, scaler: number, unit: number): Quantity {
  const [known, text] = UNITS_BY_CODE[unit] ?? ['unknown', `DLMS ${unit}`]
  return { value: shift(fromInteger(value), scaler), unit: known, unitText: text }
}

/** The register an EMH meter signs: all energy drawn, 1-0:1.17.0*255. */
export const SIGNED_REGISTER = Uint8Array.of(1, 0, 1, 0x11, 0, 0xff)

/** @returns what the register counts; the signed register of EMH counts like 1.8.0 */
export function edlRegister(obis: Uint8Array): { text: string; kind: RegisterKind } {
  const code = obisFromBytes(obis)
  if (code === null) return { text: toHex(obis), kind: 'other' }
  const asTotal = code.a === 1 && code.d === 0x11 ? { ...code, d: 8 } : code
  return { text: code.canonical, kind: registerKind(asTotal) }
}

export interface EdlReadingParts {
  obis: Uint8Array
  value: bigint
  scaler: number
  unit: number
  /** Seconds of the wall clock. */
  clock: bigint
  status: number
  /** Signed seconds of operation; null where the format has none. */
  operating: bigint | null
  role: MeterReading['role']
  path: string
}

/** A reading with a time that is the meter's wall clock: no offset is signed, so none is shown. */
export function edlReading(parts: EdlReadingParts): MeterReading {
  const { status, operating } = parts
  const { text, kind } = edlRegister(parts.obis)
  const fault = (status & EDL_STATUS.fault) !== 0
  return {
    register: text,
    registerText: text,
    kind,
    quantity: edlQuantity(parts.value, parts.scaler, parts.unit),
    time: {
      text: clockText(parts.clock),
      epochMs: Number(parts.clock) * 1000,
      offsetMin: null,
      // No approval known to us lets this clock be billed by, set or not.
      sync: (status & EDL_STATUS.clockSet) === 0 ? 'unsynchronised' : 'informative',
      ...(operating === null ? {} : { operatingS: fromInteger(operating) }),
    },
    role: parts.role,
    meterOk: !fault,
    status: fault ? 'edl.fault' : 'edl.good',
    errors: [],
    path: parts.path,
  }
}

/**
 * Readings of a block: the register itself and, of meters that take the loss of the cable out, the
 * register without it, which then counts (EMH eMOC; unit and scaler are those of the value).
 */
export function edlReadings(block: Uint8Array, role: MeterReading['role']): MeterReading[] {
  const number = (name: string) => numberIn(block, field(EDL_FIELDS, name))
  const bytes = (name: string) => bytesIn(block, field(EDL_FIELDS, name))
  const shared = {
    scaler: Number(number('scaler')),
    unit: Number(number('unit')),
    clock: number('timestamp'),
    status: Number(number('status')),
    operating: number('secondsIndex'),
    role,
  }
  const path = (name: string) => `@${field(EDL_FIELDS, name).from}+8`
  const obis = bytes('obis')
  const value = edlReading({ ...shared, obis, value: number('value'), path: path('value') })
  const compensated = number('compensatedRegister')
  if (compensated === 0n) return [value]
  const place = { ...shared, obis: COMPENSATED, path: path('compensatedRegister') }
  const net = edlReading({ ...place, value: compensated })
  return [
    { ...net, kind: 'device-total' },
    { ...value, kind: value.kind === 'total' ? 'mains-total' : value.kind },
  ]
}

/** 1-0:1.17.0*200, as the telegram calls the register without the loss of the cable. */
const COMPENSATED = Uint8Array.of(1, 0, 1, 0x11, 0, 200)

/** @returns the fields of a block, its status bits, and what stands where nothing is known */
export function edlFields(block: Uint8Array): DecodedField[] {
  const status = field(EDL_FIELDS, 'status')
  return fieldsIn(EDL_FIELDS, block).flatMap((one) => {
    if (one.name !== 'status') return [one]
    return [one, ...statusFields('status', block[status.from] ?? 0, status.from)]
  })
}

/**
 * Identification as people know it: text where the bytes are printable, else hexadecimal digits.
 *
 * @returns null for none
 */
export function contractText(bytes: Uint8Array): string | null {
  if (bytes.length === 0) return null
  const text = byteText(bytes)
  return /^[\x20-\x7e]+$/.test(text) ? text : toHex(bytes).toUpperCase()
}

/**
 * Identity of a meter from its server id (DIN 43863-5): kind, medium, three letters of the maker,
 * block and number. `0901454D4800008F7EA0` stands on the meter as 1 EMH00 0940 4064.
 */
export function meterOf(serverId: Uint8Array): { serial: string; vendor: string | null } {
  const letters = byteText(serverId.subarray(2, 5))
  return {
    serial: toHex(serverId).toUpperCase(),
    vendor: /^[A-Z]{3}$/.test(letters) ? letters : null,
  }
}

/** @returns the number printed on the meter; null where the server id is of another kind */
export function meterNumber(serverId: Uint8Array): string | null {
  const { vendor } = meterOf(serverId)
  const [kind, medium] = serverId
  if (vendor === null || serverId.length !== 10 || (kind !== 9 && kind !== 10)) return null
  const block = toHex(serverId.subarray(5, 6)).toUpperCase()
  const number = BigInt(`0x${toHex(serverId.subarray(6))}`)
  if (number > 99_999_999n) return null
  return `${medium?.toString(16).toUpperCase()}${vendor}${block}${String(number).padStart(8, '0')}`
}

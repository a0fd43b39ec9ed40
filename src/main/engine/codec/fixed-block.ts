/**
 * Blocks of bytes with fields at fixed places: how meters lay out what they sign.
 *
 * @module
 */
import { toHex } from '../../../shared/hex.ts'
import { looseFinding } from '../../../shared/model/finding.ts'
import type { DecodedField } from '../../../shared/model/record.ts'
import { isoText } from './time.ts'
import { DecodeError } from './decode-error.ts'

/**
 * `bytes`: exactly so many. `padded`: as many as there are, zero bytes behind. Numbers are
 * little-endian except `big-endian`; `clock` is a number of seconds since 1970-01-01 00:00 on the
 * meter's wall clock, of which no offset is known.
 */
export type Coding = 'bytes' | 'padded' | 'unsigned' | 'signed' | 'clock' | 'big-endian'

export interface BlockField {
  name: string
  from: number
  bytes: number
  coding: Coding
}

/** @param rows name, width and coding, one after the other from `from` on */
export function layout(
  rows: readonly (readonly [name: string, bytes: number, coding: Coding])[],
  from = 0,
): readonly BlockField[] {
  let at = from
  return rows.map(([name, bytes, coding]) => {
    const field = { name, from: at, bytes, coding }
    at += bytes
    return field
  })
}

export type BlockValues = Readonly<Record<string, Uint8Array | bigint>>

/**
 * @param values by the names of the fields; what is missing is zero
 * @returns `length` bytes
 * @throws DecodeError `REC-WIDTH` for a value that does not fit into its field: it is never cut
 */
export function writeBlock(
  fields: readonly BlockField[],
  values: BlockValues,
  length: number,
): Uint8Array {
  const block = new Uint8Array(length)
  for (const field of fields) {
    const value = values[field.name]
    if (value === undefined) continue
    if (typeof value === 'bigint') writeNumber(block, field, value)
    else writeBytes(block, field, value)
  }
  return block
}

function writeBytes(block: Uint8Array, field: BlockField, value: Uint8Array): void {
  const { bytes, coding, from } = field
  if (value.length > bytes || (coding !== 'padded' && value.length !== bytes)) {
    throw tooWide(field, `${value.length} bytes`)
  }
  block.set(value, from)
}

function writeNumber(block: Uint8Array, field: BlockField, value: bigint): void {
  const { from, bytes, coding } = field
  const bits = 8 * bytes
  const fits = coding === 'signed' ? BigInt.asIntN(bits, value) : BigInt.asUintN(bits, value)
  if (fits !== value) throw tooWide(field, String(value))
  for (let index = 0; index < bytes; index++) {
    const place = coding === 'big-endian' ? bytes - 1 - index : index
    block[from + place] = Number((value >> BigInt(8 * index)) & 0xffn)
  }
}

function tooWide({ name }: BlockField, found: string): DecodeError {
  return new DecodeError(looseFinding('REC-WIDTH', { field: name, found: found.slice(0, 64) }))
}

/** The number in a field; of bytes the number they make, little-endian. */
export function numberIn(block: Uint8Array, { from, bytes, coding }: BlockField): bigint {
  let value = 0n
  for (let index = 0; index < bytes; index++) {
    const place = coding === 'big-endian' ? index : bytes - 1 - index
    value = (value << 8n) | BigInt(block[from + place] ?? 0)
  }
  return coding === 'signed' ? BigInt.asIntN(8 * bytes, value) : value
}

/** The bytes in a field; of a padded one without the zero bytes behind. */
export function bytesIn(block: Uint8Array, { from, bytes, coding }: BlockField): Uint8Array {
  let to = from + bytes
  if (coding === 'padded') while (to > from && block[to - 1] === 0) to--
  return block.subarray(from, to)
}

/** @param seconds 0 to 2³² − 1 @returns `"2020-05-13 09:04:58"` */
export function clockText(seconds: bigint): string {
  return isoText(Number(seconds) * 1000, 0)
    .slice(0, 19)
    .replace('T', ' ')
}

/** The field as text: digits, hexadecimal digits, or a wall clock. */
export function textIn(block: Uint8Array, field: BlockField): string {
  switch (field.coding) {
    case 'bytes':
    case 'padded':
      return toHex(bytesIn(block, field))
    case 'clock':
      return clockText(numberIn(block, field))
    case 'unsigned':
    case 'signed':
    case 'big-endian':
      return String(numberIn(block, field))
  }
}

/** @returns every field of a signed block, with its place in it */
export function fieldsIn(fields: readonly BlockField[], block: Uint8Array): DecodedField[] {
  return fields.map((field) => ({
    name: field.name,
    value: textIn(block, field),
    signed: true,
    range: { from: field.from, to: field.from + field.bytes },
    inherited: false,
  }))
}

/** @returns a field that stands beside the signed bytes */
export function unsignedField(name: string, value: string): DecodedField {
  return { name, value, signed: false, range: null, inherited: false }
}

/**
 * Writes SML telegrams, right ones and broken ones, for vectors and tests. Never shipped.
 *
 * @module
 */
import { crc16 } from '../../src/main/engine/codec/sml.ts'

export type Sml = Uint8Array

export function bytes(...parts: (Uint8Array | number | readonly number[])[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => (typeof part === 'number' ? [part] : [...part])))
}

/** Type and length as few bytes as possible; `length` counts itself except in lists. */
function head(type: number, length: number, isList = false): number[] {
  for (let size = 1; ; size++) {
    const total = isList ? length : length + size
    if (total >= 16 ** size) continue
    const nibbles = Array.from({ length: size }, (_, at) => (total >> (4 * (size - 1 - at))) & 0x0f)
    return nibbles.map(
      (nibble, at) => nibble | (at === 0 ? type << 4 : 0) | (at < size - 1 ? 0x80 : 0),
    )
  }
}

export const ABSENT: Sml = Uint8Array.of(0x01)
export const END_OF_MESSAGE: Sml = Uint8Array.of(0x00)

export function octets(content: Uint8Array): Sml {
  return bytes(head(0, content.length), content)
}

export function list(...items: Sml[]): Sml {
  return bytes(head(7, items.length, true), ...items)
}

/** Big-endian in so many bytes, two's complement. */
function integer(type: number, value: bigint, width: number): Sml {
  const content = Array.from({ length: width }, (_, at) =>
    Number((value >> BigInt(8 * (width - 1 - at))) & 0xffn),
  )
  return bytes(head(type, width), content)
}

export function unsigned(value: bigint | number, width: number): Sml {
  return integer(6, BigInt(value), width)
}

export function signed(value: bigint | number, width: number): Sml {
  return integer(5, BigInt(value), width)
}

export function boolean(value: boolean): Sml {
  return bytes(head(4, 1), value ? 1 : 0)
}

/** SML_Time with offsets, in minutes. */
export function localTime(timestamp: number, offset: number, season: number): Sml {
  return list(unsigned(3, 1), list(unsigned(timestamp, 4), signed(offset, 2), signed(season, 2)))
}

export function timestamp(seconds: number): Sml {
  return list(unsigned(2, 1), unsigned(seconds, 4))
}

export function operating(seconds: number): Sml {
  return list(unsigned(1, 1), unsigned(seconds, 4))
}

export interface EntryParts {
  name: Uint8Array
  status?: Sml
  time?: Sml
  unit?: Sml
  scaler?: Sml
  value?: Sml
  signature?: Sml
}

export function entry(parts: EntryParts): Sml {
  const { name, status, time, unit, scaler, value, signature } = parts
  const rest = [status, time, unit, scaler, value, signature]
  return list(octets(name), ...rest.map((part) => part ?? ABSENT))
}

/** One message with its own CRC, which no reader of ours asks for. */
export function message(number: number, tag: number, body: Sml): Sml {
  const start = bytes(
    head(7, 6, true),
    octets(Uint8Array.of(0, 0, 0, number)),
    unsigned(number, 1),
    unsigned(0, 1),
    list(unsigned(tag, 2), body),
  )
  const crc = crc16(start)
  return bytes(start, unsigned(((crc & 0xff) << 8) | (crc >> 8), 2), END_OF_MESSAGE)
}

export interface ListParts {
  serverId: Sml
  name?: Sml
  sensorTime?: Sml
  entries: Sml[]
  signature?: Sml
}

export const TAG = { open: 0x0101, close: 0x0201, list: 0x0701 } as const

/** Open, list of readings, close: what a meter answers. */
export function answer({ serverId, name, sensorTime, entries, signature }: ListParts): Sml {
  const body = list(
    ABSENT,
    serverId,
    name ?? ABSENT,
    sensorTime ?? ABSENT,
    list(...entries),
    signature ?? ABSENT,
    ABSENT,
  )
  const open = list(ABSENT, ABSENT, octets(Uint8Array.of(1, 2, 3)), serverId, ABSENT, ABSENT)
  return bytes(
    message(1, TAG.open, open),
    message(2, TAG.list, body),
    message(3, TAG.close, list(ABSENT)),
  )
}

const ESCAPE = [0x1b, 0x1b, 0x1b, 0x1b]

export interface TransportParts {
  version?: 1 | 2
  /** Changed in all bits that are set. */
  crcMask?: number
  /** Stands between start and data; a setting of version 2, or nonsense. */
  setting?: Uint8Array
}

/** Start, data with escapes, fill bytes, end, CRC. */
export function telegram(data: Uint8Array, parts: TransportParts = {}): Uint8Array {
  const { version = 1, crcMask = 0, setting = new Uint8Array() } = parts
  const fill = (4 - (data.length % 4)) % 4
  const filled = bytes(data, new Uint8Array(fill))
  const start = bytes(
    ESCAPE,
    Array.from({ length: 4 }, () => version),
    setting,
  )
  const whole = bytes(start, escaped(filled), ESCAPE, 0x1a, fill)
  const crc = crc16(whole) ^ crcMask
  return bytes(whole, crc & 0xff, crc >> 8)
}

function escaped(data: Uint8Array): Uint8Array {
  const found: number[] = []
  for (let at = 0; at < data.length; at++) {
    if (ESCAPE.every((byte, index) => data[at + index] === byte)) {
      found.push(...ESCAPE, ...ESCAPE)
      at += 3
    } else found.push(data[at] ?? 0)
  }
  return Uint8Array.from(found)
}

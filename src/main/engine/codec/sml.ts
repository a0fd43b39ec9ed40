/**
 * SML, the Smart Message Language of electricity meters: transport, elements, and the one message
 * that carries meter readings.
 *
 * A telegram is `1B1B1B1B 01010101`, messages, fill bytes, `1B1B1B1B 1A` with the number of fill
 * bytes and a CRC. The CRC finds accidents of a line, nothing else: anybody can compute it.
 * Source: SML 1.04 (BSI TR-03109-1, annex IVb), sections 6 and 8; field notes in formats/edl40.
 *
 * @module
 */
import { SyntaxProblem } from './decode-error.ts'

/** What a hostile telegram may use; genuine ones have less than 1 KiB and 60 elements. */
export const SML_LIMITS = { bytes: 64 * 1024, elements: 4096, depth: 8 } as const

const ESCAPE = 0x1b
const END = 0x1a

/** One element. Offsets count in the telegram's data, without transport. */
export type SmlElement =
  | { kind: 'octets'; from: number; bytes: Uint8Array }
  | { kind: 'boolean'; from: number; value: boolean }
  /** `signed` as the type says, not whether it is below zero. */
  | { kind: 'integer'; from: number; value: bigint; signed: boolean; width: number }
  | { kind: 'list'; from: number; items: SmlElement[] }

export interface SmlTelegram {
  /** Of the transport. */
  version: 1 | 2
  /** What stands between start and end, escapes undone, fill bytes taken off. */
  data: Uint8Array
  crcOk: boolean
}

/** Where a telegram stands; `whole` is false where its end is missing. */
export interface TelegramRange {
  from: number
  to: number
  whole: boolean
}

/** So many telegrams without an end are told one by one; what follows is told as one. */
const MAX_FRAGMENTS = 200

/**
 * Telegrams in bytes that may hold anything else, in their order. A start inside a telegram ends
 * that one. Takes time in proportion to the bytes.
 */
export function* findTelegrams(bytes: Uint8Array): Generator<TelegramRange> {
  let fragments = 0
  let flood = null as TelegramRange | null
  for (const range of allTelegrams(bytes)) {
    if (range.whole || fragments++ < MAX_FRAGMENTS) {
      if (flood !== null) yield flood
      flood = null
      yield range
    } else flood = { ...range, from: flood?.from ?? range.from }
  }
  if (flood !== null) yield flood
}

function* allTelegrams(bytes: Uint8Array): Generator<TelegramRange> {
  let open: number | null = null
  for (const { kind, from, to } of escapes(bytes)) {
    if (kind === 'start') {
      if (open !== null) yield { from: open, to: from, whole: false }
      open = from
    } else if (kind === 'end' && open !== null) {
      yield { from: open, to, whole: true }
      open = null
    }
  }
  if (open !== null) yield { from: open, to: bytes.length, whole: false }
}

/** @returns whether a telegram begins somewhere in the bytes */
export function holdsTelegram(bytes: Uint8Array): boolean {
  for (const { kind } of escapes(bytes)) if (kind === 'start') return true
  return false
}

interface Escape {
  /** `data`: the four bytes stand for themselves. `setting`: timeout or block size of version 2. */
  kind: 'start' | 'end' | 'data' | 'setting' | 'unknown'
  from: number
  to: number
}

/**
 * Escape sequences in order. A sender writes four bytes 1B of the data twice, so that the length of
 * a run of 1B tells what is an escape: of 8 q + r bytes the last four where r is 4 to 7. Data that
 * end in 1B just before the end of a telegram are read rightly that way.
 */
function* escapes(bytes: Uint8Array): Generator<Escape> {
  for (let at = bytes.indexOf(ESCAPE); at >= 0;) {
    let end = at
    while (bytes[end] === ESCAPE) end++
    const run = end - at
    for (let doubled = at; doubled + 8 <= end; doubled += 8) {
      yield { kind: 'data', from: doubled, to: doubled + 8 }
    }
    if (run % 8 >= 4) yield { kind: kindOf(bytes, end), from: end - 4, to: end + 4 }
    at = bytes.indexOf(ESCAPE, end)
  }
}

function kindOf(bytes: Uint8Array, at: number): Escape['kind'] {
  const [first, ...others] = bytes.subarray(at, at + 4)
  if (first === undefined || others.length < 3) return 'unknown'
  if (first === END) return 'end'
  const same = others.every((byte) => byte === first)
  if (same && (first === 1 || first === 2)) return 'start'
  return first === 3 || first === 4 ? 'setting' : 'unknown'
}

/**
 * Reads one telegram from its first byte to its last.
 *
 * @param bytes as {@link findTelegrams} gives them
 * @throws SyntaxProblem where an escape is unknown, the end is missing, or the fill bytes are wrong
 */
export function readTelegram(bytes: Uint8Array): SmlTelegram {
  if (bytes.length > SML_LIMITS.bytes) throw new SyntaxProblem('too long', 0, '64 KiB')
  const parts: Uint8Array[] = []
  let from = 8
  for (const escape of escapes(bytes)) {
    if (escape.from === 0) {
      if (escape.kind === 'start') continue
      break
    }
    // What seems to be an escape inside the four bytes behind one belongs to those.
    if (escape.from < from) continue
    parts.push(bytes.subarray(from, escape.kind === 'data' ? escape.from + 4 : escape.from))
    from = escape.to
    if (escape.kind === 'end') return telegramOf(bytes, parts, escape)
    if (escape.kind === 'data') continue
    if (escape.kind === 'setting' && bytes[4] === 2) continue
    throw new SyntaxProblem('unknown escape', escape.from)
  }
  throw new SyntaxProblem('no end', bytes.length)
}

function telegramOf(bytes: Uint8Array, parts: Uint8Array[], { from, to }: Escape): SmlTelegram {
  const [only] = parts
  const all = parts.length === 1 && only !== undefined ? only : joined(parts)
  const fill = bytes[from + 5] ?? 0
  const data = all.subarray(0, all.length - fill)
  if (fill > 3 || all.length < fill || all.subarray(data.length).some((byte) => byte !== 0)) {
    throw new SyntaxProblem('wrong fill bytes', from + 5)
  }
  const stated = (bytes[to - 2] ?? 0) | ((bytes[to - 1] ?? 0) << 8)
  const crcOk = crc16(bytes.subarray(0, to - 2)) === stated
  return { version: bytes[4] === 2 ? 2 : 1, data, crcOk }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

/** CRC-16/X-25: polynomial 1021 reflected, all bits set at first and turned round at last. */
export function crc16(bytes: Uint8Array): number {
  let crc = 0xffff
  for (const byte of bytes) crc = (crc >> 8) ^ (CRC_TABLE[(crc ^ byte) & 0xff] ?? 0)
  return crc ^ 0xffff
}

const CRC_TABLE = Uint16Array.from({ length: 256 }, (_, index) => {
  let crc = index
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >> 1) ^ 0x8408 : crc >> 1
  return crc
})

const TYPE = { octets: 0, boolean: 4, signed: 5, unsigned: 6, list: 7 } as const
const MOST_INTEGER_BYTES = 8
const END_OF_MESSAGE = 0

/** A cursor over the data of one telegram. */
class Reader {
  private readonly data: Uint8Array
  private at = 0
  private elements = 0

  constructor(data: Uint8Array) {
    this.data = data
  }

  /** All messages; each is a list of six, the last of them the end of message. */
  messages(): SmlElement[] {
    const found: SmlElement[] = []
    while (this.at < this.data.length) {
      // Fill bytes may stand between messages.
      if (this.data[this.at] === END_OF_MESSAGE) this.at++
      else found.push(this.element(0))
    }
    return found
  }

  private element(depth: number): SmlElement {
    const from = this.at
    if (++this.elements > SML_LIMITS.elements) this.fail(from, `${SML_LIMITS.elements} elements`)
    if (this.data[from] === END_OF_MESSAGE) {
      this.at++
      return { kind: 'octets', from, bytes: this.data.subarray(from, from) }
    }
    const { type, length } = this.head(from)
    if (type === TYPE.list) {
      if (depth >= SML_LIMITS.depth) this.fail(from, `${SML_LIMITS.depth} levels`)
      // An element has at least one byte: a longer list lies.
      if (length > this.data.length - this.at) this.fail(from)
      const items: SmlElement[] = []
      for (let index = 0; index < length; index++) items.push(this.element(depth + 1))
      return { kind: 'list', from, items }
    }
    const end = from + length
    if (end < this.at || end > this.data.length) this.fail(from)
    const bytes = this.data.subarray(this.at, end)
    this.at = end
    return this.plain(from, type, bytes)
  }

  private plain(from: number, type: number, bytes: Uint8Array): SmlElement {
    const { length: width } = bytes
    switch (type) {
      case TYPE.octets:
        return { kind: 'octets', from, bytes }
      case TYPE.boolean:
        if (width !== 1) return this.fail(from)
        return { kind: 'boolean', from, value: bytes[0] !== 0 }
      case TYPE.signed:
      case TYPE.unsigned: {
        if (width < 1 || width > MOST_INTEGER_BYTES) return this.fail(from)
        const signed = type === TYPE.signed
        return { kind: 'integer', from, value: integerOf(bytes, signed), signed, width }
      }
      default:
        return this.fail(from)
    }
  }

  /** Type and length: four bits each byte, bit 7 says that another one follows. */
  private head(from: number): { type: number; length: number } {
    const first = this.data[this.at++]
    if (first === undefined) return this.fail(from)
    const type = (first >> 4) & 7
    let length = first & 0x0f
    for (let byte = first; byte & 0x80;) {
      const next = this.data[this.at++]
      // Further bytes have no type of their own.
      if (next === undefined || (next & 0x70) !== 0) return this.fail(from)
      length = length * 16 + (next & 0x0f)
      if (length > 0xff_ff_ff) return this.fail(from)
      byte = next
    }
    return { type, length }
  }

  private fail(at: number, limit: string | null = null): never {
    throw new SyntaxProblem('broken element', at, limit)
  }
}

/** Big-endian, two's complement where signed; writers leave out needless bytes in front. */
function integerOf(bytes: Uint8Array, signed: boolean): bigint {
  let value = 0n
  for (const byte of bytes) value = (value << 8n) | BigInt(byte)
  return signed ? BigInt.asIntN(8 * bytes.length, value) : value
}

/** @throws SyntaxProblem at the element that lies about its length, is of no type, or exceeds a limit */
export function readMessages(data: Uint8Array): SmlElement[] {
  return new Reader(data).messages()
}

/** SML_Time: operating seconds, or seconds since 1970; offsets in minutes. */
export type SmlTime =
  | { kind: 'index'; seconds: bigint }
  | { kind: 'timestamp'; seconds: bigint }
  | { kind: 'local'; seconds: bigint; offset: bigint; season: bigint }

/** One row of the list; what is absent is null. */
export interface SmlEntry {
  /** Six bytes as twelve lower-case digits as a rule; whatever stands there. */
  name: Uint8Array
  status: bigint | null
  time: SmlTime | null
  unit: bigint | null
  scaler: bigint | null
  value: SmlElement | null
  signature: Uint8Array | null
}

/** SML_GetList.Res: the readings of a meter. */
export interface SmlList {
  serverId: Uint8Array | null
  name: Uint8Array | null
  sensorTime: SmlTime | null
  entries: SmlEntry[]
  signature: Uint8Array | null
}

const GET_LIST_RESPONSE = 0x0701n

/**
 * @returns the lists of readings in the messages, in order; other messages do not count
 * @throws SyntaxProblem where such a list is not built as the standard says
 */
export function readLists(messages: readonly SmlElement[]): SmlList[] {
  return messages.flatMap((message) => {
    const [, , , body] = membersOf(message, 6)
    const [tag, content] = membersOf(body, 2)
    if (tag?.kind !== 'integer' || content === undefined) throw broken(message)
    return tag.value === GET_LIST_RESPONSE ? [listOf(content)] : []
  })
}

function listOf(element: SmlElement): SmlList {
  const [, serverId, name, sensorTime, entries, signature] = membersOf(element, 7)
  if (entries?.kind !== 'list') throw broken(element)
  return {
    serverId: octetsOf(serverId),
    name: octetsOf(name),
    sensorTime: timeOf(sensorTime),
    entries: entries.items.map(entryOf),
    signature: octetsOf(signature),
  }
}

function entryOf(element: SmlElement): SmlEntry {
  const [name, status, time, unit, scaler, value, signature] = membersOf(element, 7)
  return {
    name: octetsOf(name) ?? new Uint8Array(),
    status: numberOf(status),
    time: timeOf(time),
    unit: numberOf(unit),
    scaler: numberOf(scaler),
    value: value === undefined || isAbsent(value) ? null : value,
    signature: octetsOf(signature),
  }
}

/** @returns null where the element is absent or no time */
export function timeOf(element: SmlElement | undefined): SmlTime | null {
  if (element === undefined || isAbsent(element)) return null
  const [tag, content] = membersOf(element, 2)
  if (tag?.kind !== 'integer' || content === undefined) throw broken(element)
  if (content.kind === 'integer') {
    if (tag.value === 1n) return { kind: 'index', seconds: content.value }
    if (tag.value === 2n) return { kind: 'timestamp', seconds: content.value }
  }
  if (tag.value !== 3n || content.kind !== 'list') throw broken(element)
  const [seconds, offset, season] = membersOf(content, 3).map(numberOf)
  if (seconds == null || offset == null || season == null) throw broken(element)
  return { kind: 'local', seconds, offset, season }
}

function numberOf(element: SmlElement | undefined): bigint | null {
  if (element === undefined || isAbsent(element)) return null
  if (element.kind !== 'integer') throw broken(element)
  return element.value
}

function octetsOf(element: SmlElement | undefined): Uint8Array | null {
  if (element === undefined || isAbsent(element)) return null
  if (element.kind !== 'octets') throw broken(element)
  return element.bytes
}

/** An empty octet string stands for what is not there. */
function isAbsent(element: SmlElement): boolean {
  return element.kind === 'octets' && element.bytes.length === 0
}

function membersOf(element: SmlElement | undefined, count: number): SmlElement[] {
  if (element?.kind !== 'list' || element.items.length !== count) throw broken(element)
  return element.items
}

function broken(element: SmlElement | undefined): SyntaxProblem {
  return new SyntaxProblem('not the shape of a message', element?.from ?? 0)
}

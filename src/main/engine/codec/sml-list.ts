/**
 * The list of readings in an SML telegram, as the formats of meters need it.
 *
 * @module
 */
import { fromHex, toHex } from '../../../shared/hex.ts'
import { type LooseFinding, looseFinding } from '../../../shared/model/finding.ts'
import type { DecodedField } from '../../../shared/model/record.ts'
import { DecodeError, SyntaxProblem } from './decode-error.ts'
import { unsignedField } from './fixed-block.ts'
import { obisFromBytes } from './obis.ts'
import {
  type SmlElement,
  type SmlEntry,
  type SmlList,
  type SmlTime,
  type TelegramRange,
  findTelegrams,
  readLists,
  readMessages,
  readTelegram,
} from './sml.ts'

export interface MeterList {
  list: SmlList
  /** By name, as twelve lower-case digits. */
  entries: ReadonlyMap<string, SmlEntry>
  /** Offset of the telegram in the record. */
  from: number
  findings: LooseFinding[]
}

/**
 * @param bytes of a record: one telegram, and perhaps something around it
 * @throws DecodeError `IN-SML`, `IN-TOOBIG`, `SML-LISTS`, or `SES-DUPKEY` for a register given twice
 */
export function readMeterList(bytes: Uint8Array): MeterList {
  const telegrams = [...findTelegrams(bytes)]
  const range = telegrams.find(({ whole }) => whole) ?? telegrams[0]
  if (range === undefined) throw sml(0)
  const { lists, crcOk } = readRange(bytes, range)
  const [list] = lists
  if (list === undefined || lists.length > 1) {
    throw new DecodeError(looseFinding('SML-LISTS', { count: String(lists.length) }))
  }
  const findings: LooseFinding[] = []
  if (!crcOk) findings.push(looseFinding('SML-CRC', {}))
  const around = bytes.length - (range.to - range.from)
  if (around > 0) findings.push(looseFinding('SML-AROUND', { count: String(around) }))
  return { list, entries: entriesOf(list), from: range.from, findings }
}

function readRange(bytes: Uint8Array, { from, to }: TelegramRange) {
  let start = 0
  try {
    const telegram = readTelegram(bytes.subarray(from, to))
    start = 8
    return { lists: readLists(readMessages(telegram.data)), crcOk: telegram.crcOk }
  } catch (error) {
    if (!(error instanceof SyntaxProblem)) throw error
    const offset = from + start + error.offset
    if (error.limit === null) throw sml(offset)
    throw new DecodeError(looseFinding('IN-TOOBIG', { limit: error.limit }, { offset }))
  }
}

function sml(offset: number): DecodeError {
  return new DecodeError(looseFinding('IN-SML', { offset: String(offset) }, { offset }))
}

function entriesOf({ entries }: SmlList): Map<string, SmlEntry> {
  const byName = new Map<string, SmlEntry>()
  for (const entry of entries) {
    const name = toHex(entry.name)
    if (byName.has(name))
      throw new DecodeError(looseFinding('SES-DUPKEY', { field: entryName(name) }))
    byName.set(name, entry)
  }
  return byName
}

/**
 * @returns `"1-0:1.8.0*255"` for `0100010800ff`; the digits where it is no OBIS code, or one of those
 *   beyond 127 that everybody writes as digits
 */
export function entryName(name: string): string {
  const bytes = fromHex(name)
  if (bytes === null) return name.slice(0, 64)
  const code = obisFromBytes(bytes)
  return code === null || code.a >= 0x80 ? name.toUpperCase().slice(0, 64) : code.canonical
}

/** @throws DecodeError `EDL-ENTRY`: without that part the signed bytes cannot be put together */
export function needed<T>(value: T | null | undefined, name: string, part: string): T {
  if (value !== null && value !== undefined) return value
  throw new DecodeError(looseFinding('EDL-ENTRY', { entry: `${entryName(name)}, ${part}` }))
}

/** @returns the number of an entry; the seconds where it is a time of operation */
export function numberOf({ value }: SmlEntry, name: string): bigint {
  const inner = innermost(value)
  return needed(inner?.kind === 'integer' ? inner.value : null, name, 'value')
}

/** A choice of one thing in SML is a list of a number and that thing. */
function innermost(element: SmlElement | null): SmlElement | null {
  let at = element
  for (let depth = 0; depth < 3 && at?.kind === 'list' && at.items.length === 2; depth++) {
    at = at.items[1] ?? null
  }
  return at
}

export function octetsOf({ value }: SmlEntry, name: string): Uint8Array {
  return needed(value?.kind === 'octets' ? value.bytes : null, name, 'value')
}

/** @returns seconds on the wall clock of the meter; not negative, but perhaps more than 32 bits */
export function clockOf(time: SmlTime): bigint | null {
  switch (time.kind) {
    case 'index':
      return null
    case 'timestamp':
      return time.seconds
    case 'local':
      return time.seconds + 60n * (time.offset + time.season)
  }
}

/** What an entry says beside what its format signs. */
export function entryFields(name: string, entry: SmlEntry): DecodedField[] {
  const { status, time, unit, scaler, value } = entry
  const at = entryName(name)
  const rows: [string, string | null][] = [
    ['status', status === null ? null : status.toString(16)],
    ['valTime', time === null ? null : timeText(time)],
    ['unit', unit === null ? null : String(unit)],
    ['scaler', scaler === null ? null : String(scaler)],
    ['value', value === null ? null : elementText(value)],
  ]
  return rows.flatMap(([part, text]) =>
    text === null ? [] : [unsignedField(`${at}.${part}`, text.slice(0, 512))],
  )
}

/** @returns `"1589360698 + 60 + 60 min"`; seconds of operation as they are */
export function timeText(time: SmlTime): string {
  if (time.kind !== 'local') return String(time.seconds)
  return `${time.seconds} + ${time.offset} + ${time.season} min`
}

function elementText(element: SmlElement): string {
  switch (element.kind) {
    case 'octets':
      return toHex(element.bytes)
    case 'boolean':
    case 'integer':
      return String(element.value)
    case 'list':
      return element.items.map(elementText).join(' ')
  }
}

/**
 * ZIP archives (APPNOTE 6.3.10): stored and deflated members, with and without Zip64.
 *
 * Members are those of the central directory. What it says of sizes is only used to find the packed
 * bytes; members that share packed bytes are the mark of a bomb, and the archive is refused.
 *
 * @module
 */
import { Inflate } from 'fflate'
import { looseFinding } from '../../../../shared/model/finding.ts'
import { byteText, utf8Text } from '../../codec/text.ts'
import type { CarriedFile, Opened } from '../../types.ts'
import { nothing } from '../container.ts'
import { type Measures, memberTaker } from './members.ts'
import { type Unpacked, crc32, damaged, pushAll, unpack } from './unpack.ts'

const LOCAL = 0x04034b50
const CENTRAL = 0x02014b50
const END = 0x06054b50
const END_64 = 0x06064b50
const LOCATOR_64 = 0x07064b50
const END_BYTES = 22
const LONGEST_COMMENT = 0xffff
/** Flags: encrypted; name in UTF-8. */
const ENCRYPTED = 0x0001 | 0x0040
const UTF8_NAME = 0x0800

interface Entry {
  name: string
  flags: number
  method: number
  crc: number
  packed: number
  size: number
  /** Of its local header, from the start of the archive. */
  offset: number
}

export function openZip(file: CarriedFile, tools: Measures): Opened {
  const opened = nothing()
  const view = new DataView(file.bytes.buffer, file.bytes.byteOffset, file.bytes.length)
  const directory = readDirectory(file.bytes, view)
  if (typeof directory === 'string') {
    opened.findings.push(damaged(directory))
    return opened
  }
  if (overlaps(directory, view)) {
    opened.findings.push(damaged('archive.overlap'))
    return opened
  }
  const taker = memberTaker(file, 'archive', opened, tools)
  for (const entry of directory) {
    if (entry.name.endsWith('/')) continue
    if (!taker.mayTake()) break
    if ((entry.flags & ENCRYPTED) !== 0) taker.refuse(entry.name, looseFinding('IN-ENCRYPTED', {}))
    else taker.take(entry.name, readEntry(entry, file.bytes, view, tools))
  }
  return opened
}

/** @returns null where no archive ends here; the archive may follow other bytes */
export function zipEnd(bytes: Uint8Array): number | null {
  const least = Math.max(0, bytes.length - END_BYTES - LONGEST_COMMENT)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  for (let at = bytes.length - END_BYTES; at >= least; at--) {
    if (bytes[at] !== 0x50 || view.getUint32(at, true) !== END) continue
    if (at + END_BYTES + view.getUint16(at + 20, true) <= bytes.length) return at
  }
  return null
}

interface Directory {
  /** Where the archive begins in the file: other bytes may stand before it. */
  start: number
  from: number
  size: number
  count: number
}

/** @returns key of the word for what is wrong, else the entries in order */
function readDirectory(bytes: Uint8Array, view: DataView): Entry[] | string {
  const end = zipEnd(bytes)
  if (end === null) return 'archive.truncated'
  const place = directoryAt(view, end)
  if (place === null || place.from < 0) return 'archive.damaged'
  const entries: Entry[] = []
  const until = place.from + place.size
  for (let at = place.from; at + 46 <= until;) {
    if (view.getUint32(at, true) !== CENTRAL) return 'archive.damaged'
    const nameBytes = view.getUint16(at + 28, true)
    const extraBytes = view.getUint16(at + 30, true)
    const next = at + 46 + nameBytes + extraBytes + view.getUint16(at + 32, true)
    if (next > until) return 'archive.damaged'
    const flags = view.getUint16(at + 8, true)
    const name = bytes.subarray(at + 46, at + 46 + nameBytes)
    const extra = at + 46 + nameBytes
    const [size, packed, offset] = sizes(view, at, extra, extra + extraBytes)
    entries.push({
      // Without the flag it should be code page 437; most tools write UTF-8 there too.
      name: utf8Text(name) ?? byteText(name),
      flags: flags & ~UTF8_NAME,
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      packed,
      size,
      offset: offset + place.start,
    })
    at = next
  }
  return entries.length === place.count % 0x10000 || place.count === entries.length
    ? entries
    : 'archive.damaged'
}

function directoryAt(view: DataView, end: number): Directory | null {
  const size = view.getUint32(end + 12, true)
  const offset = view.getUint32(end + 16, true)
  const count = view.getUint16(end + 10, true)
  const locator = end - 20
  if (locator < 0 || view.getUint32(locator, true) !== LOCATOR_64) {
    const from = end - size
    return { start: from - offset, from, size, count }
  }
  const at = Number(view.getBigUint64(locator + 8, true))
  if (at + 56 > view.byteLength || view.getUint32(at, true) !== END_64) return null
  const from = Number(view.getBigUint64(at + 48, true))
  const wide = Number(view.getBigUint64(at + 40, true))
  if (from + wide > view.byteLength) return null
  return { start: 0, from, size: wide, count: Number(view.getBigUint64(at + 32, true)) }
}

/** Unpacked and packed size, and offset; those that do not fit into 32 bits stand in a field of their own. */
function sizes(view: DataView, at: number, extra: number, end: number): [number, number, number] {
  const values = [24, 20, 42].map((place) => view.getUint32(at + place, true))
  for (let field = extra; field + 4 <= end; field += 4 + view.getUint16(field + 2, true)) {
    if (view.getUint16(field, true) !== 1) continue
    let wide = field + 4
    for (const [index, value] of values.entries()) {
      if (value !== 0xffffffff || wide + 8 > end) continue
      values[index] = Number(view.getBigUint64(wide, true))
      wide += 8
    }
  }
  const [size = 0, packed = 0, offset = 0] = values
  return [size, packed, offset]
}

function overlaps(entries: readonly Entry[], view: DataView): boolean {
  let free = 0
  for (const entry of entries.toSorted((a, b) => a.offset - b.offset)) {
    const from = dataOf(entry, view)
    if (from === null) continue // its own row says so
    if (entry.offset < free) return true
    free = from + entry.packed
  }
  return false
}

/** @returns where the packed bytes begin; null where there is no such member */
function dataOf({ offset, packed }: Entry, view: DataView): number | null {
  if (offset < 0 || offset + 30 > view.byteLength) return null
  if (view.getUint32(offset, true) !== LOCAL) return null
  const from = offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true)
  return from + packed <= view.byteLength ? from : null
}

function readEntry(entry: Entry, bytes: Uint8Array, view: DataView, tools: Measures): Unpacked {
  const { method, packed, size, crc } = entry
  const none = new Uint8Array()
  const from = dataOf(entry, view)
  if (from === null) return { bytes: none, stopped: damaged('archive.truncated') }
  if (method !== 0 && method !== 8) return { bytes: none, stopped: damaged('archive.method') }
  const data = bytes.subarray(from, from + packed)
  const unpacked = unpack(packed, tools, (write) => {
    if (method === 0) write(data)
    else pushAll(new Inflate((piece) => write(piece)), data)
  })
  if (unpacked.stopped !== null) return unpacked
  const whole = unpacked.bytes.length === size && crc32(unpacked.bytes) === crc
  return whole ? unpacked : { ...unpacked, stopped: damaged('archive.checksum') }
}

/**
 * TAR archives (POSIX.1-2017, pax; GNU tar for long names and sizes).
 *
 * Links, devices and other things that are no files are left out and named.
 *
 * @module
 */
import { visible } from '../../../../shared/display.ts'
import { looseFinding } from '../../../../shared/model/finding.ts'
import { byteText, utf8Text } from '../../codec/text.ts'
import type { CarriedFile, Opened } from '../../types.ts'
import { nothing } from '../container.ts'
import { type Measures, memberTaker } from './members.ts'
import { damaged } from './unpack.ts'

export const TAR_BLOCK = 512
const FILE_TYPES = new Set(['0', '\0', '7'])
const FOLDER = '5'
/** Longest header of names and sizes that is read. */
const LONGEST_NOTE = 64 * 1024

export function openTar(file: CarriedFile, tools: Measures): Opened {
  const opened = nothing()
  const { bytes } = file
  const taker = memberTaker(file, 'archive', opened, tools)
  const odd: string[] = []
  let notes = new Map<string, string>()
  for (let at = 0; at + TAR_BLOCK <= bytes.length;) {
    const header = bytes.subarray(at, at + TAR_BLOCK)
    if (header.every((byte) => byte === 0)) break
    if (!isTarHeader(header)) {
      opened.findings.push(damaged('archive.damaged'))
      break
    }
    const type = String.fromCharCode(header[156] ?? 0)
    const stated = Number(notes.get('size') ?? sizeOf(header))
    // A size that cannot be is one that ends the archive.
    const size = stated >= 0 ? stated : bytes.length
    const from = at + TAR_BLOCK
    const data = bytes.subarray(from, Math.min(from + size, bytes.length))
    at = from + Math.ceil(size / TAR_BLOCK) * TAR_BLOCK
    if (type === 'x') {
      notes = readPax(data)
      continue
    }
    if (type === 'L') {
      notes.set('path', textOf(data.subarray(0, LONGEST_NOTE)))
      continue
    }
    if (type === 'g' || type === 'K') continue
    const name = notes.get('path') ?? nameOf(header)
    notes = new Map()
    if (type === FOLDER) continue
    if (!FILE_TYPES.has(type)) {
      odd.push(visible(name).slice(0, 80))
      continue
    }
    if (!taker.mayTake()) break
    const stopped = data.length < size ? damaged('archive.truncated') : null
    taker.take(name, { bytes: data, stopped })
  }
  if (odd.length > 0) {
    const names = odd.slice(0, 5).join(', ')
    opened.findings.push(looseFinding('IN-LINK', { count: String(odd.length), names }))
  }
  return opened
}

/**
 * @param header one block
 * @returns whether its sum fits, which is taken over it with blanks in place of the sum itself
 */
export function isTarHeader(header: Uint8Array): boolean {
  const stated = Number.parseInt(byteText(header.subarray(148, 156)), 8)
  let sum = 0
  for (const [at, byte] of header.entries()) sum += at >= 148 && at < 156 ? 0x20 : byte
  return sum === stated && sum > 8 * 0x20
}

/** Octal digits, or GNU's binary number behind a set highest bit. */
function sizeOf(header: Uint8Array): number {
  const field = header.subarray(124, 136)
  const [first = 0] = field
  if (first < 0x80) return Number.parseInt(byteText(field), 8) || 0
  return field.subarray(1).reduce((value, byte) => value * 256 + byte, first & 0x7f)
}

function nameOf(header: Uint8Array): string {
  const name = textOf(header.subarray(0, 100))
  const prefix = byteText(header.subarray(257, 262)) === 'ustar' ? header.subarray(345, 500) : null
  const folder = prefix === null ? '' : textOf(prefix)
  return folder === '' ? name : `${folder}/${name}`
}

function textOf(field: Uint8Array): string {
  const end = field.indexOf(0)
  const used = end < 0 ? field : field.subarray(0, end)
  return utf8Text(used) ?? byteText(used)
}

/** Lines `"21 path=a/long/name\n"`, each with its length in front. */
function readPax(data: Uint8Array): Map<string, string> {
  const notes = new Map<string, string>()
  const end = Math.min(data.length, LONGEST_NOTE)
  for (let at = 0; at < end;) {
    const length = Number.parseInt(byteText(data.subarray(at, at + 12)), 10)
    if (!(length > 0)) break
    const line = textOf(data.subarray(at, at + length))
    const [, name, value] = /^\d+ ([^=]+)=(.*)\n?$/s.exec(line) ?? []
    if (name !== undefined && value !== undefined) notes.set(name, value.replace(/\n$/, ''))
    at += length
  }
  return notes
}

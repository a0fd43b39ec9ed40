/**
 * The signed bytes of a record as a listing: text where they are text, else bytes in hexadecimal
 * digits. Every line names the byte it begins with.
 *
 * @module
 */
import { type Hex, fromHex } from '../../../shared/hex.ts'
import { identifier } from './data-text.ts'
import type { ListingLine } from './pieces.ts'

/** Longer records are cut; the original holds the rest. */
export const MOST_LISTED = 32 * 1024
const BYTES_IN_LINE = 16

export interface RecordListing {
  lines: ListingLine[]
  kind: 'text' | 'bytes'
  /** Bytes of the whole record, and how many of them are listed. */
  total: number
  listed: number
}

/** @param width characters of a line */
export function recordListing(signedBytes: Hex, width: number): RecordListing {
  const all = fromHex(signedBytes) ?? new Uint8Array()
  const bytes = all.subarray(0, MOST_LISTED)
  const text = textOf(bytes, all.length > bytes.length)
  return {
    lines: text === null ? byteLines(bytes) : textLines(text, width),
    kind: text === null ? 'bytes' : 'text',
    total: all.length,
    listed: bytes.length,
  }
}

/** @returns null for bytes that are no UTF-8 or full of control characters */
function textOf(bytes: Uint8Array, isCut: boolean): string | null {
  try {
    // The last character of a cut text may be incomplete.
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes, {
      stream: isCut,
    })
    const controls = text.match(/[\0-\x08\x0e-\x1f]/g)?.length ?? 0
    return controls * 20 > text.length ? null : text
  } catch {
    return null
  }
}

function textLines(text: string, width: number): ListingLine[] {
  const lines: ListingLine[] = []
  let line = ''
  let underlined: { from: number; to: number }[] = []
  let begin = 0
  let offset = 0
  const end = () => {
    lines.push({ margin: String(begin), text: line, underlined })
    line = ''
    underlined = []
    begin = offset
  }
  for (const character of text) {
    const shown = identifier(character)
    if (line.length + shown.length > width) end()
    if (shown !== character) underlined.push({ from: line.length, to: line.length + shown.length })
    line += shown
    offset += utf8Length(character.codePointAt(0) ?? 0)
    if (character === '\n') end()
  }
  if (line !== '' || lines.length === 0) end()
  return lines
}

function utf8Length(codePoint: number): number {
  if (codePoint < 0x80) return 1
  if (codePoint < 0x800) return 2
  return codePoint < 0x10000 ? 3 : 4
}

function byteLines(bytes: Uint8Array): ListingLine[] {
  const lines: ListingLine[] = []
  for (let at = 0; at < bytes.length; at += BYTES_IN_LINE) {
    const part = bytes.subarray(at, at + BYTES_IN_LINE)
    const digits = Array.from(part, (byte) => byte.toString(16).padStart(2, '0'))
    const left = digits.slice(0, 8).join(' ')
    const right = digits.slice(8).join(' ')
    const letters = Array.from(part, (byte) =>
      byte >= 0x20 && byte < 0x7f ? String.fromCodePoint(byte) : '.',
    ).join('')
    lines.push({
      margin: `0x${at.toString(16).padStart(4, '0')}`,
      text: `${left.padEnd(23)}  ${right.padEnd(23)}  ${letters}`,
      underlined: [],
    })
  }
  return lines
}

/**
 * Records inside a piece of text, whatever encodings are wrapped around them.
 *
 * @module
 */
import { fromHex } from '../../../shared/hex.ts'
import { type LooseFinding, looseFinding } from '../../../shared/model/finding.ts'
import type { Origin } from '../../../shared/model/record.ts'
import { fromBase64 } from '../codec/base64.ts'
import { fromBase32 } from '../codec/base32.ts'
import { byteText, utf8Bytes, utf8Text } from '../codec/text.ts'
import { ALL_FORMATS } from '../formats/index.ts'
import { LIMITS } from '../limits.ts'
import type { KeyOffer, SignedRecord } from '../types.ts'
import { textTelegrams } from './sml-text.ts'

export type RecordHints = SignedRecord['hints']

export const NO_HINTS: RecordHints = { format: null, encoding: null, transaction: null, role: null }

export interface FoundRecords {
  records: SignedRecord[]
  /** Limits that ended the search. */
  findings: LooseFinding[]
  /** So many of them have all their parts. */
  whole: number
  /** Byte ranges of the records in the searched bytes; empty where encodings were undone. */
  ranges: [number, number][]
}

/**
 * @param keys given by the file for these very records
 * @returns no records where nothing is known in it, whatever it was wrapped in
 */
export function findRecords(
  bytes: Uint8Array,
  origin: Origin[],
  hints: RecordHints = NO_HINTS,
  keys: KeyOffer[] = [],
): FoundRecords {
  return search(bytes, { origin, hints, keys, inText: false }, LIMITS.encodingLayers)
}

interface Place {
  origin: Origin[]
  hints: RecordHints
  keys: KeyOffer[]
  /** What stands around belongs to a table, a page or a dump, and not to the record. */
  inText: boolean
}

interface Found extends FoundRecords {
  /** Nothing but fragments: text that is escaped once more looks like that. */
  broken: boolean
}

const NOTHING: Found = { records: [], findings: [], ranges: [], whole: 0, broken: true }

function search(bytes: Uint8Array, place: Place, layers: number): Found {
  const format = ALL_FORMATS.find((candidate) => candidate.detect(bytes))
  const asIs = format === undefined ? NOTHING : split(format, bytes, place)
  if (!asIs.broken || layers === 0) return asIs
  const telegrams = telegramsIn(bytes, place)
  if (!telegrams.broken) return telegrams
  let best = asIs.records.length > 0 ? asIs : telegrams
  for (const { name, undo, inText = false } of ENCODINGS) {
    const inner = undo(bytes)
    if (inner === null || inner.length === 0) continue
    const origin: Origin[] = [...place.origin, { step: 'encoding', name }]
    const found = { ...search(inner, { ...place, origin, inText }, layers - 1), ranges: [] }
    if (!found.broken) return found
    if (best.records.length === 0) best = found
  }
  return best
}

/** Telegrams of meters as digits in the text, and nothing of what stands around them. */
function telegramsIn(bytes: Uint8Array, { origin, hints, keys }: Place): Found {
  const found = textTelegrams(byteText(bytes))
  const kept = found.slice(0, LIMITS.records)
  const limit = `${LIMITS.records} records`
  const complete = kept.filter(({ whole }) => whole).length
  return {
    records: kept.map((telegram, index) => {
      const name = `telegram ${index + 1}`
      const steps: Origin[] = [
        ...(found.length > 1 ? [{ step: 'text' as const, name }] : []),
        { step: 'encoding', name: telegram.encoding },
      ]
      return { bytes: telegram.bytes, origin: [...origin, ...steps], keys, hints }
    }),
    findings:
      found.length > kept.length
        ? [looseFinding('IN-TOOBIG', { limit }, { severity: 'warning' })]
        : [],
    ranges: kept.map(({ from, to }) => [from, to]),
    whole: complete,
    broken: complete === 0,
  }
}

const MOST_AROUND = 256

function split(format: (typeof ALL_FORMATS)[number], bytes: Uint8Array, place: Place): Found {
  const ranges: [number, number][] = []
  const findings: LooseFinding[] = []
  let complete = 0
  for (const [from, to, whole] of format.find?.(bytes) ?? []) {
    if (ranges.length === LIMITS.records) {
      const limit = `${LIMITS.records} records`
      findings.push(looseFinding('IN-TOOBIG', { limit }, { severity: 'warning' }))
      break
    }
    ranges.push([from, to])
    if (whole) complete++
  }
  const { origin, hints, keys, inText } = place
  const name = (index: number) => `${format.title} ${index + 1}`
  const [only = [0, bytes.length]] = ranges
  // Alone, a record keeps the little that stands around it, so that its format can speak of that.
  const around = bytes.length - (only[1] - only[0])
  const records =
    ranges.length === 0 || (ranges.length === 1 && around <= (inText ? 0 : MOST_AROUND))
      ? [{ bytes: bytes.subarray(0, endOfLine(bytes, only[1])), origin, keys, hints }]
      : ranges.map(([from, to], index) => ({
          bytes: bytes.subarray(from, to),
          origin: [...origin, { step: 'text' as const, name: name(index) }],
          keys,
          hints,
        }))
  const parts = records.flatMap((record) => partsOf(format, record))
  return { records: parts, findings, ranges, whole: complete, broken: complete === 0 }
}

/** A record that holds several signed readings, taken apart. */
function partsOf(format: (typeof ALL_FORMATS)[number], record: SignedRecord): SignedRecord[] {
  const parts = format.parts?.(record.bytes) ?? []
  if (parts.length === 0) return [record]
  return parts.map(({ role, session, name }) => ({
    ...record,
    origin: [...record.origin, { step: 'xml', name }],
    hints: { ...record.hints, role, transaction: record.hints.transaction ?? session },
  }))
}

const LINE_FEED = 0x0a

/** What stands in the lines below a record belongs to the text around it. */
function endOfLine(bytes: Uint8Array, from: number): number {
  const end = bytes.indexOf(LINE_FEED, from)
  return end < 0 || byteText(bytes.subarray(end)).trim() === '' ? bytes.length : end
}

/** Encodings seen around records, the strictest first (rule book, chapter 3). */
const ENCODINGS: {
  name: string
  undo: (bytes: Uint8Array) => Uint8Array | null
  /** Undone throughout a text with records in it. */
  inText?: true
}[] = [
  { name: 'hex', undo: (bytes) => fromDigits(bytes, fromHex) },
  { name: 'base64', undo: (bytes) => fromDigits(bytes, fromBase64) },
  { name: 'base32', undo: (bytes) => fromDigits(bytes, fromBase32) },
  { name: 'json', undo: (bytes) => fromText(bytes, /^\s*"/, readJsonString) },
  { name: 'json', undo: (bytes) => fromText(bytes, /\\["\\u]/, unescapeJson), inText: true },
  { name: 'csv', undo: (bytes) => fromText(bytes, /""/, unescapeCells), inText: true },
  { name: 'percent', undo: (bytes) => fromText(bytes, /%7[Bb]|%22/, unescapePercent) },
  {
    name: 'html',
    undo: (bytes) => fromText(bytes, /&(?:quot|#34|#124|#x22|#x7c);/i, unescapeHtml),
    inText: true,
  },
]

/** Shortest text worth decoding: no record is shorter. */
const SHORTEST = 32

function fromDigits(bytes: Uint8Array, decode: (text: string) => Uint8Array | null) {
  if (bytes.length < SHORTEST) return null
  // Digits only: most text fails on its first characters.
  if (/[^0-9A-Za-z+/=_\s-]/.test(byteText(bytes.subarray(0, 256)))) return null
  const text = byteText(bytes)
  return decode(text.replace(/\s+/g, ''))
}

function fromText(bytes: Uint8Array, sign: RegExp, undo: (text: string) => string | null) {
  const text = utf8Text(bytes)
  if (text === null || text.length < SHORTEST || !sign.test(text)) return null
  const inner = undo(text)
  return inner === null || inner === text ? null : utf8Bytes(inner)
}

/** A JSON string with its quotes. */
function readJsonString(text: string): string | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'string' ? value : null
  } catch {
    return null
  }
}

/*
 * Below, text is undone that has records in it and perhaps much else. There a quotation mark that is
 * not escaped ends a string, a cell or an attribute and stands in no record; were it left, a record
 * with one damaged mark would be mended, and what is signed is never mended.
 */

/** Text with JSON strings in it, or one that lost its quotes: a line of SQL, a damaged file. */
function unescapeJson(text: string): string {
  return text.replace(
    /"|\\(?:u([0-9a-fA-F]{4})|(["\\/bfnrt]))/g,
    (_, code: string | undefined, letter: string | undefined) => {
      if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16))
      return letter === undefined ? '\n' : (ESCAPES[letter] ?? letter)
    },
  )
}

const ESCAPES: Record<string, string> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }

/** Cells in quotes that double the quotes inside (RFC 4180, 2.7). */
function unescapeCells(text: string): string {
  return text.replace(
    /(^|[,;\t\n])"((?:[^"]|"")*)"(?=$|[,;\t\r\n])/g,
    (_, before: string, cell: string) => before + cell.replaceAll('""', '"'),
  )
}

function unescapePercent(text: string): string | null {
  try {
    return decodeURIComponent(text.replaceAll('"', '\n'))
  } catch {
    return null
  }
}

const ENTITIES: Record<string, string> = {
  quot: '"',
  amp: '&',
  lt: '<',
  gt: '>',
  apos: "'",
  nbsp: ' ',
}

/** Tags part lines; what a page shows as an angle bracket is an entity there. */
export function unescapeHtml(text: string): string {
  const lines = text.replace(/<\/?[a-z!][^<>]*>/gi, '\n')
  const escaped = /&(?:quot|#34|#x22);/i.test(lines) ? lines.replaceAll('"', '\n') : lines
  return escaped.replace(
    /&(?:([a-z]{2,6})|#(\d{1,6})|#x([0-9a-f]{1,6}));/gi,
    (all, name, decimal, hex) => {
      if (name !== undefined) return ENTITIES[String(name).toLowerCase()] ?? all
      const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal)
      return code <= 0x10_ff_ff ? String.fromCodePoint(code) : all
    },
  )
}

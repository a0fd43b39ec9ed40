/**
 * Records that a page or a mail shows broken over several lines, put together again.
 *
 * A layout drops the blanks at which it breaks a line and may add others, so there are several ways
 * to join the lines. All are handed on: the one that the signature fits is the record.
 *
 * @module
 */
import { looseFinding } from '../../../shared/model/finding.ts'
import type { Origin } from '../../../shared/model/record.ts'
import { utf8Bytes, utf8Text } from '../codec/text.ts'
import { ALL_FORMATS } from '../formats/index.ts'
import type { SignedRecord } from '../types.ts'
import { type FoundRecords, findRecords } from './records.ts'

/** Ways to join lines, in the order in which they are believed; the first leaves them as they are. */
const JOINTS: readonly ((lines: readonly string[]) => string)[] = [
  (lines) => lines.join('\n'),
  // The state of a clock stands behind a blank (OCMF 1.4, table 5).
  (lines) =>
    trimmed(lines)
      .join('\n')
      .replace(/\n(?=[UISR]")/g, ' ')
      .replaceAll('\n', ''),
  (lines) => trimmed(lines).join(''),
  (lines) => lines.join(''),
  (lines) => trimmed(lines).join(' '),
  // Where a layout finds a blank it breaks early: a line shorter than those around it lost one.
  (lines) =>
    trimmed(lines)
      .map((line, index, all) => (isShort(line, index, all) ? `${line} ` : line))
      .join(''),
]

function isShort(line: string, index: number, all: readonly string[]): boolean {
  const around = all.slice(Math.max(0, index - AROUND), index + AROUND + 1)
  return line.length < Math.max(...around.map(({ length }) => length))
}

const AROUND = 3

const trimmed = (lines: readonly string[]) => lines.map((line) => line.trim())

/** @param orders lines of a text in one or several orders, the likeliest first */
export function brokenRecords(
  orders: readonly (readonly string[])[],
  origin: Origin[],
): Pick<FoundRecords, 'records' | 'findings'> & {
  /** The last of them, where its end is missing. */
  fragment: SignedRecord | null
} {
  const ways = orders.flatMap((lines) => {
    const found = JOINTS.slice(0, 2).map((join) => findRecords(utf8Bytes(join(lines)), origin))
    // Where there is nothing either way, no other way finds anything.
    if (found.every(({ records }) => records.length === 0)) return found
    const others = JOINTS.slice(2).map((join) => findRecords(utf8Bytes(join(lines)), origin))
    return [...found, ...others]
  })
  // Whole records count; where a way finds as many as one before it, that one is believed.
  const best = ways.reduce((most, way) => (wholeIn(way) > wholeIn(most) ? way : most))
  const alike = ways.filter((way) => way.records.length === best.records.length)
  const records = best.records.map((record, index): SignedRecord => {
    if (ways[0] === best && !isBroken(record)) return record
    const others = distinct(
      alike.flatMap((way) => way.records[index]?.bytes ?? []),
      record.bytes,
    )
    return { ...record, others, notes: [looseFinding('IN-REJOINED', {})] }
  })
  const last = records.at(-1)
  return {
    records: [...records, ...digitRecords(orders[0] ?? [], origin)],
    findings: best.findings,
    fragment: last !== undefined && findRecords(last.bytes, origin).whole === 0 ? last : null,
  }
}

/** No record has line breaks of its own. */
function isBroken({ bytes }: SignedRecord): boolean {
  return /\n/.test((utf8Text(bytes) ?? '').trim())
}

function wholeIn({ records, whole }: FoundRecords): number {
  return Math.min(whole, records.filter((record) => !isBroken(record)).length)
}

function distinct(all: readonly Uint8Array[], but?: Uint8Array): Uint8Array[] {
  const seen = new Set(but === undefined ? [] : [utf8Text(but)])
  return all.filter((bytes) => {
    const text = utf8Text(bytes)
    return !seen.has(text) && seen.add(text)
  })
}

/** Lines that a page may have above and below its text: a running head, a page number. */
const MOST_MARGIN = 3
/** A record is not longer than that. */
const MOST_LINES = 300
const MOST_LETTERS = 64 * 1024

/**
 * @param before lines of one page, in one or several orders
 * @param after of the page behind it, in the same orders
 * @returns the record that begins on the one and ends on the other; null where there is none
 */
export function recordOverPages(
  before: readonly (readonly string[])[],
  after: readonly (readonly string[])[],
  origin: Origin[],
): SignedRecord | null {
  const [first, ...others] = distinct(
    before.flatMap((lines, order) => overPages(tailOf(lines), after[order] ?? [], origin)),
  )
  if (first === undefined) return null
  const { records } = findRecords(first, origin)
  const [record] = records
  return record === undefined
    ? null
    : { ...record, bytes: first, others, notes: [looseFinding('IN-REJOINED', {})] }
}

/** @returns the lines of a record that is begun and not ended on a page; none where all are whole */
function tailOf(lines: readonly string[]): string[] {
  for (let from = lines.length - 1; from >= Math.max(0, lines.length - MOST_LINES); from--) {
    const tail = lines.slice(from)
    const text = tail.join('')
    if (text.length > MOST_LETTERS) return []
    // The words alone: what they are the beginning of is looked at once.
    if (!ALL_FORMATS.some((format) => format.detect(utf8Bytes(lines[from] ?? '')))) continue
    return findRecords(utf8Bytes(text), []).whole === 0 ? tail : []
  }
  return []
}

/** Bytes of the record in every way to join the two, with and without what stands in the margins. */
function overPages(tail: readonly string[], page: readonly string[], origin: Origin[]) {
  if (tail.length === 0) return []
  const head = page.slice(0, MOST_LINES)
  if (head.join('').length > MOST_LETTERS) return []
  return MARGINS.flatMap(([below, above]) => {
    const lines = [...tail.slice(0, Math.max(1, tail.length - below)), ...head.slice(above)]
    return JOINTS.slice(1).flatMap((join) => {
      const bytes = utf8Bytes(join(lines))
      const { whole, ranges } = findRecords(bytes, origin)
      const [range] = ranges
      return whole === 0 || range === undefined ? [] : [bytes.subarray(...range)]
    })
  })
}

const MARGINS = Array.from({ length: (MOST_MARGIN + 1) ** 2 }, (_, index): [number, number] => [
  Math.floor(index / (MOST_MARGIN + 1)),
  index % (MOST_MARGIN + 1),
])

/** What records begin with where they are written in base64 or hexadecimal digits. */
const DIGITS = [
  // `OCMF|` and the mark in front of SML
  { begin: 'T0NNRn', digits: /[A-Za-z0-9+/]+={0,2}/y },
  { begin: 'GxsbGwEBAQ', digits: /[A-Za-z0-9+/]+={0,2}/y },
  { begin: '4F434D467C', digits: /[0-9A-F]+/y },
  { begin: '1B1B1B1B01010101', digits: /[0-9A-F]+/y },
] as const

function digitRecords(lines: readonly string[], origin: Origin[]): SignedRecord[] {
  const text = trimmed(lines).join('')
  return DIGITS.flatMap(({ begin, digits }) => {
    const at = text.indexOf(begin)
    if (at < 0) return []
    digits.lastIndex = at
    const run = digits.exec(text)?.[0] ?? ''
    return findRecords(utf8Bytes(run), origin).records
  })
}

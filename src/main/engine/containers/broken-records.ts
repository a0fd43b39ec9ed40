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
): Pick<FoundRecords, 'records' | 'findings'> {
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
  return {
    records: [...records, ...digitRecords(orders[0] ?? [], origin)],
    findings: best.findings,
  }
}

/** No record has line breaks of its own. */
function isBroken({ bytes }: SignedRecord): boolean {
  return /\n/.test((utf8Text(bytes) ?? '').trim())
}

function wholeIn({ records, whole }: FoundRecords): number {
  return Math.min(whole, records.filter((record) => !isBroken(record)).length)
}

function distinct(all: readonly Uint8Array[], but: Uint8Array): Uint8Array[] {
  const seen = new Set([utf8Text(but)])
  return all.filter((bytes) => {
    const text = utf8Text(bytes)
    return !seen.has(text) && seen.add(text)
  })
}

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

/**
 * Logs of messages: JSON Lines, and text with frames in it, whatever stands in front of them.
 *
 * Source: OCPP-J 1.6, 4.2; formats documentation of interfaces, A.1.
 *
 * @module
 */
import { looseFinding } from '../../../shared/model/finding.ts'
import type { Origin } from '../../../shared/model/record.ts'
import { byteText, utf8Bytes, utf8TextLenient } from '../codec/text.ts'
import type { Limits } from '../limits.ts'
import type { Opened } from '../types.ts'
import type { Container } from './container.ts'
import { FRAME, RECORD, partsOf } from './log/parts.ts'
import { LogReader } from './log/read-log.ts'

/** What a line can begin with that is a value of its own. */
const VALUE_LINE = /^\s*[[{]/

export const messageLog: Container = {
  detect: (text) => isJsonLines(text) || isFrameLog(text),
  open: ({ bytes, origin }) => {
    const reader = new LogReader(origin, 0, null)
    const opened = reader.finish(bytes)
    if (reader.found === 0) opened.findings.push(looseFinding('IN-UNKNOWN', {}))
    return opened
  },
}

/** Two lines that begin like values, the first of them a whole one. */
function isJsonLines(text: string): boolean {
  const end = text.indexOf('\n')
  if (end < 0 || !VALUE_LINE.test(text.slice(0, 256))) return false
  const first = text.slice(0, end).trim()
  if (!/[\]}]$/.test(first) || !VALUE_LINE.test(text.slice(end + 1, end + 257))) return false
  const bytes = utf8Bytes(first)
  const { value: part } = partsOf(bytes, byteText(bytes), true).next()
  return typeof part === 'object' && part.kind === 'value' && part.to === bytes.length
}

/** A frame behind something else in its line. */
function isFrameLog(text: string): boolean {
  const at = text.slice(0, BEGINNING).search(FRAME)
  return at > 0 && !VALUE_LINE.test(text.slice(0, 256))
}

const BEGINNING = 64 * 1024
/** So much of a file shows whether it is a log. */
export const LOG_BEGINNING = 1024 * 1024

/**
 * Whether a file is a log, which may be larger than other files and take longer: text in lines with
 * messages or records in them, and neither XML nor one JSON value.
 *
 * @param beginning its first {@link LOG_BEGINNING} bytes
 */
export function isLog(beginning: Uint8Array): boolean {
  // Bytes that no text has: archives, pictures, documents, UTF-16.
  if (/[\0-\x08\x0e-\x1a\x1c-\x1f]/.test(byteText(beginning.subarray(0, BEGINNING)))) return false
  const text = utf8TextLenient(beginning).replace(/^\ufeff/, '')
  if (/^\s*<|^%PDF/.test(text) || !/\n[^\n]*\n/.test(text)) return false
  if (messageLog.detect(text)) return true
  return !/^\s*[[{"]/.test(text) && RECORD.test(text)
}

/** @param pieces of a file for which {@link isLog} holds; each is used before the next is asked for */
export function openLargeLog(
  pieces: Iterable<Uint8Array>,
  origin: Origin[],
  { logRecords, members, fileBytes }: Limits,
): Opened {
  const limits = { records: logRecords, members, memberBytes: fileBytes }
  let reader: LogReader | null = null
  for (const piece of pieces) {
    const mark = reader === null && piece[0] === 0xef && piece[1] === 0xbb ? 3 : 0
    reader ??= new LogReader(origin, mark, limits)
    reader.add(piece.subarray(mark))
  }
  return (reader ?? new LogReader(origin, 0, limits)).finish()
}

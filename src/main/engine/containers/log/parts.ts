/**
 * What is worth a look in a piece of a log: JSON values, found by their brackets with their strings
 * understood, and lines that hold a record outside of values.
 *
 * A value may stand over several lines. Where a logger cut one off, the next line begins like the
 * line of the value did; values inside what was cut are found all the same. Works on bytes and their
 * text of one character a byte, so that positions are byte offsets and a piece costs its size twice.
 *
 * @module
 */
import { LIMITS } from '../../limits.ts'

export interface LogPart {
  kind:
    | 'value'
    /** A line with a record that stands in no value. */
    | 'line'
    /** A value whose brackets never close: cut off by its logger, or at the end of the log. */
    | 'cut'
    /** The same: it is longer, or nests deeper, than any value is. */
    | 'long'
    | 'deep'
  from: number
  to: number
  /** Where the line begins that it stands in. */
  line: number
}

/** A frame of OCPP-J, or the arguments of one. */
export const FRAME = /\[\s*[2-6]\s*,\s*["']/
const FRAME_HERE = new RegExp(FRAME.source, 'y')
const OBJECT_HERE = /\{\s*["']/y
/** Beginnings of records: text, or base64 and hexadecimal digits of it. */
export const RECORD = /OCMF\s*\||\bAP;\d;|T0NNRn|GxsbGwEBAQE|1b1b1b1b01010101/i

/** A value that does not end within so many bytes is none. */
const LONGEST = 1024 * 1024
/** So often, in lengths of the piece, values may be followed that then do not close. */
const PATIENCE = 8

const LINE_FEED = 0x0a
const QUOTE = 0x22
const APOSTROPHE = 0x27
const BRACKET = 0x5b
const BACKSLASH = 0x5c
const BRACE = 0x7b

/**
 * @param text of `bytes`, one character a byte
 * @param last nothing comes behind this piece
 * @returns how many bytes are done with; the others belong before the next piece
 */
export function* partsOf(
  bytes: Uint8Array,
  text: string,
  last: boolean,
): Generator<LogPart, number> {
  const records = new RegExp(RECORD.source, 'gi')
  let record = positionOf(records, text, 0)
  let patience = PATIENCE * bytes.length
  let line = 0
  let fresh = true
  let used = 0
  let cutUntil = 0
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]
    if (at > record) record = positionOf(records, text, at)
    if (byte === LINE_FEED) {
      line = at + 1
      fresh = true
    } else if (at === record) {
      const to = endOfRecord(bytes, text, at)
      yield { kind: 'line', from: Math.max(line, used), to, line }
      used = to
      at = to - 1
    } else if ((byte === BRACE || byte === BRACKET) && beginsValue(text, at, byte, fresh)) {
      fresh = false
      if (patience < 0) continue
      const most = at < cutUntil ? cutUntil : bytes.length
      const { outcome, end, lines } = endOfValue(bytes, at, most, line)
      if (outcome === 'closed') {
        yield { kind: 'value', from: at, to: end, line }
        if (lines) line = end
        used = end
        at = end - 1
        continue
      }
      // What has not come yet may close it.
      if (outcome === 'open' && at >= cutUntil && !last) return used > line ? at : line
      patience -= end - at
      if (at < cutUntil) continue
      yield { kind: outcome === 'open' ? 'cut' : outcome, from: at, to: end, line }
      if (outcome === 'cut' || outcome === 'open') cutUntil = end
    } else if (byte !== 0x20 && byte !== 0x09 && byte !== 0x0d) fresh = false
  }
  return bytes.length
}

function positionOf(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from
  return pattern.exec(text)?.index ?? Number.POSITIVE_INFINITY
}

/** @param fresh nothing but blanks stands before it in its line */
function beginsValue(text: string, at: number, byte: number, fresh: boolean): boolean {
  if (fresh) return true
  const here = byte === BRACE ? OBJECT_HERE : FRAME_HERE
  here.lastIndex = at
  return here.test(text)
}

interface ValueEnd {
  outcome: 'closed' | 'cut' | 'long' | 'deep' | 'open'
  /** Behind the value, or where it was given up. */
  end: number
  /** It stands over several lines. */
  lines: boolean
}

/** @param line where the line begins that the value stands in */
function endOfValue(bytes: Uint8Array, from: number, until: number, line: number): ValueEnd {
  const most = Math.min(until, from + LONGEST)
  let depth = 0
  let quote = 0
  let lines = false
  for (let at = from; at < most; at++) {
    const byte = bytes[at] ?? 0
    if (byte === LINE_FEED) {
      if (isAlike(bytes, line, at + 1)) return { outcome: 'cut', end: at, lines }
      lines = true
    } else if (quote !== 0) {
      if (byte === BACKSLASH) at++
      else if (byte === quote) quote = 0
    } else if (byte === QUOTE || byte === APOSTROPHE) quote = byte
    else if (byte === BRACE || byte === BRACKET) {
      if (++depth > LIMITS.xmlDepth) return { outcome: 'deep', end: at, lines }
    } else if ((byte === BRACE + 2 || byte === BRACKET + 2) && --depth === 0) {
      return { outcome: 'closed', end: at + 1, lines }
    }
  }
  return { outcome: most < until ? 'long' : 'open', end: most, lines }
}

/** Characters at the beginning of a line that show which kind of line it is. */
const ALIKE = 6

/** Two lines that begin with letters, digits and signs in the same places. */
function isAlike(bytes: Uint8Array, first: number, second: number): boolean {
  if ((bytes[first] ?? 0) <= 0x20 || second + ALIKE > bytes.length) return false
  for (let i = 0; i < ALIKE; i++) {
    const own = bytes[first + i] ?? 0
    if (own === LINE_FEED || kindOf(own) !== kindOf(bytes[second + i] ?? 0)) return false
  }
  return true
}

function kindOf(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return 0x30
  const letter = byte | 0x20
  return letter >= 0x61 && letter <= 0x7a ? 0x61 : byte
}

const OCMF_HERE = /OCMF\s*\|\s*(?=\{)/y
const SECTION_HERE = /\s*\|\s*(?=\{)/y

/** @returns the end of the line, or of an OCMF record that stands over several lines */
function endOfRecord(bytes: Uint8Array, text: string, from: number): number {
  let end = from
  for (const pattern of [OCMF_HERE, SECTION_HERE]) {
    pattern.lastIndex = end
    const header = pattern.exec(text)
    if (header === null) break
    const section = endOfValue(bytes, end + header[0].length, bytes.length, end)
    if (section.outcome !== 'closed') break
    end = section.end
  }
  const feed = bytes.indexOf(LINE_FEED, end)
  return feed < 0 ? bytes.length : feed
}

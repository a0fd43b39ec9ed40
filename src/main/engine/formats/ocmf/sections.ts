/**
 * The sections of an OCMF record and the bytes the signature covers.
 *
 * Shape: `OCMF|<payload JSON>|<signature JSON>`. The signature covers the payload section exactly
 * as received, so we slice and never write anew. Pipes do occur inside strings, so the ends of the
 * sections are found by reading the JSON, not by splitting.
 * Source: OCMF 1.4.1, "Sections" and "Signed Data"; 1.0.1 for white space.
 *
 * @module
 */
import { looseFinding } from '../../../../shared/model/finding.ts'
import { DecodeError, SyntaxProblem } from '../../codec/decode-error.ts'
import {
  type JsonIssue,
  type JsonObject,
  type JsonSource,
  jsonSource,
  scanJson,
  skipWhiteSpace,
} from '../../codec/json.ts'
import { RECORD_JSON } from '../../limits.ts'

export interface OcmfSections {
  source: JsonSource
  /** Offset of the header `OCMF`. */
  header: number
  /** Whether the header is the five bytes `OCMF|` and nothing stands around the record. */
  plain: boolean
  payload: JsonObject
  payloadIssues: JsonIssue[]
  /** Edges of the payload section: what stands between the first two separating pipes. */
  section: { from: number; to: number }
  signature: SignatureSection
  /** Text behind a pipe after the signature section; null where there is none. */
  fourth: string | null
  /** Other text behind the last section. */
  stray: string | null
}

export type SignatureSection =
  | { kind: 'absent' }
  | { kind: 'unreadable'; offset: number }
  | { kind: 'not-an-object' }
  | { kind: 'object'; node: JsonObject; issues: JsonIssue[]; whiteSpaceBefore: boolean }

const HEADER = /OCMF\s*\|\s*(?=\{)/
const HEADER_HERE = /OCMF\s*\|\s*(?=\{)/y
const HEADER_WITHOUT_PAYLOAD = /OCMF\s*\|\s*/
const STRAY = /^[\s"'`;,\]\uFEFF\u0000]*$/u

/** @throws DecodeError OCMF-001, 003, 006, 007 or 020: there is no payload to read */
export function readSections(bytes: Uint8Array): OcmfSections {
  const source = jsonSource(bytes)
  const { text } = source
  const header = HEADER.exec(text)
  if (header === null) throw withoutPayload(text)
  const open = header.index + header[0].length
  const scan = scanPayload(source, open)
  const payload = scan.node as JsonObject
  const behind = skipWhiteSpace(text, payload.to)
  const closed = text[behind] === '|'
  const signature = closed ? readSignature(source, behind + 1) : { kind: 'absent' as const }
  const end = closed ? endOfSignature(text, behind + 1, signature) : payload.to
  const rest = text.slice(end)
  const fourthPipe = signature.kind === 'object' ? /^\s*\|/.exec(rest) : null
  return {
    source,
    header: header.index,
    plain: text.startsWith('OCMF|') && rest === '',
    payload,
    payloadIssues: scan.issues,
    section: {
      from: text.indexOf('|', header.index) + 1,
      to: closed ? behind : payload.to,
    },
    signature,
    fourth: fourthPipe === null ? null : rest.slice(fourthPipe[0].length).trim(),
    stray: fourthPipe === null && !STRAY.test(rest) ? rest.trim() : null,
  }
}

/**
 * Byte range of the record whose header stands at `from`, to the end of its last section.
 * `whole` is false for a fragment that cannot be read; it ends before the next header.
 */
export function recordRange(source: JsonSource, from: number): { to: number; whole: boolean } {
  const { text } = source
  HEADER_HERE.lastIndex = from
  const open = from + (HEADER_HERE.exec(text)?.[0].length ?? 0)
  try {
    const payload = scanJson(source, open, RECORD_JSON).node
    const pipe = skipWhiteSpace(text, payload.to)
    if (text[pipe] !== '|') return { to: payload.to, whole: true }
    const second = skipWhiteSpace(text, pipe + 1)
    if (text[second] === '[') return { to: endOfList(source, second) ?? pipe + 1, whole: true }
    if (text[second] !== '{') return { to: pipe + 1, whole: true }
    const end = scanJson(source, second, RECORD_JSON).node.to
    // The longest key is one of ML-DSA-87: 5228 hexadecimal digits.
    const fourth = /^[ \t]*\|[ \t]*[0-9A-Za-z+/=_:-]{40,}/.exec(text.slice(end, end + 8192))
    return { to: end + (fourth?.[0].length ?? 0), whole: true }
  } catch (error) {
    if (!(error instanceof SyntaxProblem)) throw error
    const next = nextHeader(text, from + 4)
    return { to: next < 0 ? text.length : next, whole: false }
  }
}

/** A list in place of the signature section belongs to the record, which then says that it is none. */
function endOfList(source: JsonSource, from: number): number | null {
  try {
    return scanJson(source, from, RECORD_JSON).node.to
  } catch (error) {
    if (error instanceof SyntaxProblem) return null
    throw error
  }
}

/** @returns offset of the next header followed by a payload; −1 for none */
export function nextHeader(text: string, from: number): number {
  for (let at = text.indexOf('OCMF', from); at >= 0; at = text.indexOf('OCMF', at + 4)) {
    HEADER_HERE.lastIndex = at
    if (HEADER_HERE.test(text)) return at
  }
  return -1
}

function withoutPayload(text: string): DecodeError {
  const header = HEADER_WITHOUT_PAYLOAD.exec(text)
  if (header === null) return new DecodeError(looseFinding('OCMF-001', {}))
  const offset = header.index + header[0].length
  const next = text[offset]
  if (next === undefined || next === '|') {
    return new DecodeError(looseFinding('OCMF-003', {}, { offset }))
  }
  if (/^(?:\[|"|-?\d|true|false|null)/.test(text.slice(offset, offset + 8))) {
    return new DecodeError(looseFinding('OCMF-007', {}, { offset }))
  }
  return new DecodeError(looseFinding('OCMF-006', { offset: String(offset) }, { offset }))
}

function scanPayload(source: JsonSource, open: number) {
  try {
    return scanJson(source, open, RECORD_JSON)
  } catch (error) {
    if (!(error instanceof SyntaxProblem)) throw error
    const { offset, limit } = error
    throw new DecodeError(
      limit === null
        ? looseFinding('OCMF-006', { offset: String(offset) }, { offset })
        : looseFinding('OCMF-020', { limit }, { offset }),
    )
  }
}

function readSignature(source: JsonSource, from: number): SignatureSection {
  const at = skipWhiteSpace(source.text, from)
  const first = source.text[at]
  if (first === undefined || first === '|' || STRAY.test(source.text.slice(at))) {
    return { kind: 'absent' }
  }
  try {
    const { node, issues } = scanJson(source, at, RECORD_JSON)
    if (node.kind !== 'object') return { kind: 'not-an-object' }
    if (node.members.length === 0) return { kind: 'absent' }
    return { kind: 'object', node, issues, whiteSpaceBefore: at > from }
  } catch (error) {
    if (!(error instanceof SyntaxProblem)) throw error
    return { kind: 'unreadable', offset: error.offset }
  }
}

function endOfSignature(text: string, from: number, signature: SignatureSection): number {
  switch (signature.kind) {
    case 'object':
      return signature.node.to
    case 'absent': {
      const empty = /^\s*\{\s*\}/.exec(text.slice(from))
      return empty === null ? text.length : from + empty[0].length
    }
    case 'unreadable':
    case 'not-an-object':
      return text.length
  }
}

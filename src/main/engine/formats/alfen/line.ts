/**
 * One ALFEN line: where it stands in other text, and its six parts.
 *
 * Shape: `AP;<type>;<version>;<key>;<data set>;<signature>` with or without a `;` behind it; the
 * last three in base32, white space between their digits allowed.
 *
 * @module
 */
import { looseFinding } from '../../../../shared/model/finding.ts'
import { DecodeError } from '../../codec/decode-error.ts'
import { byteText } from '../../codec/text.ts'

/** A header with the beginning of a key behind it: nothing else looks like that. */
const HEADER = /(?<![0-9A-Za-z])AP;[^;\s]{0,8};[^;\s]{0,8};(?=\s{0,80}[A-Z2-7]{8})/g
/** Text that begins so is meant to be one, whatever follows. */
const ALONE = /^[\s"'\uFEFF\u00EF\u00BB\u00BF]*AP;/

export function looksLikeLine(bytes: Uint8Array): boolean {
  const text = byteText(bytes)
  return ALONE.test(text) || text.search(HEADER) >= 0
}

/** Longest part worth reading: no data set comes near it. */
const MOST_DIGITS = 1024
const DIGITS = new RegExp(`[A-Z2-7=\\s]{0,${MOST_DIGITS}}`, 'y')
/** Digits of 48 bytes with their padding, or what stands there instead; the next line may follow. */
const SIGNATURE =
  /(?:(?!\s+AP;)\s{0,80}[A-Z2-7]){0,80}[^;\s"'<>,=\]}]{0,200}(?:[ \t]*=){0,8}[ \t]*;?/y

/** @returns byte ranges of lines in a text; `whole` where all six parts are there */
export function* findLines(
  bytes: Uint8Array,
): Iterable<[from: number, to: number, whole: boolean]> {
  const text = byteText(bytes)
  HEADER.lastIndex = 0
  for (let match = HEADER.exec(text); match !== null; match = HEADER.exec(text)) {
    const from = match.index
    const { to, whole } = lineEnd(text, from + match[0].length)
    yield [from, to, whole]
    HEADER.lastIndex = Math.max(to, from + match[0].length)
  }
}

const KEY_AND_DATA = 2

function lineEnd(text: string, from: number): { to: number; whole: boolean } {
  let at = from
  for (let part = 0; part < KEY_AND_DATA; part++) {
    at += matchAt(DIGITS, text, at).length
    if (text[at] !== ';') return { to: at, whole: false }
    at++
  }
  const signature = matchAt(SIGNATURE, text, at)
  return { to: at + signature.length, whole: /[^\s;=]/.test(signature) }
}

function matchAt(expression: RegExp, text: string, at: number): string {
  expression.lastIndex = at
  return expression.exec(text)?.[0] ?? ''
}

export interface Line {
  type: string
  version: string
  key: string
  data: string
  signature: string
  /** What stands behind the six parts; empty for nothing. */
  rest: string
}

/** @throws DecodeError `ALFEN-FIELDS` where there are fewer than six parts */
export function readLine(bytes: Uint8Array): Line {
  const text = byteText(bytes)
  const from = Math.max(0, text.search(/(?<![0-9A-Za-z])AP;/))
  const parts = text.slice(from).split(';')
  const [, type, version, key, data, signature] = parts
  if (type === undefined || version === undefined || key === undefined) throw tooFew(parts)
  if (data === undefined || signature === undefined) throw tooFew(parts)
  const rest = parts.slice(6).join(';')
  return {
    type: type.trim(),
    version: version.trim(),
    key,
    data,
    // A line without its last `;` may stand in quotation marks.
    signature: signature.replace(/["'`\0\s]+$/, ''),
    rest: rest.replace(/^["'`\0\s]+|["'`\0\s]+$/g, ''),
  }
}

function tooFew(parts: readonly string[]): DecodeError {
  return new DecodeError(looseFinding('ALFEN-FIELDS', { count: String(parts.length) }))
}

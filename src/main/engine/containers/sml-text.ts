/**
 * SML telegrams written as digits in a text, whatever stands around them: a log, a mail, a page.
 *
 * A telegram begins with `1B1B1B1B 01010101`, which can be seen in hexadecimal and in base64 digits
 * alike, so that it is found without decoding everything that looks like digits.
 *
 * @module
 */
import { findTelegrams } from '../codec/sml.ts'

export interface TextTelegram {
  bytes: Uint8Array
  encoding: 'hex' | 'base64'
  whole: boolean
  /** Place of its digits in the text. */
  from: number
  to: number
}

const HEX = /1b\s?(?:1b\s*){3}(?:(?:01\s*){4}|(?:02\s*){4})[0-9a-f\s]*/gi
const BASE64 = /GxsbG(?:wEBAQ[E-H]|wICAg[I-L])[A-Za-z0-9+/\s]*={0,2}/g

const HEX_DIGITS = '0123456789abcdef'
const BASE64_DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** @returns telegrams in the order of the text; none overlaps another */
export function textTelegrams(text: string): TextTelegram[] {
  return [...runs(text, HEX, 'hex'), ...runs(text, BASE64, 'base64')].toSorted(
    (a, b) => a.from - b.from,
  )
}

function* runs(
  text: string,
  pattern: RegExp,
  encoding: TextTelegram['encoding'],
): Generator<TextTelegram> {
  const digits = encoding === 'hex' ? HEX_DIGITS : BASE64_DIGITS
  for (const match of text.matchAll(pattern)) {
    const run = encoding === 'hex' ? match[0].toLowerCase() : match[0]
    const { bytes, places } = decode(run, digits)
    const bits = Math.log2(digits.length)
    for (const { from, to: end, whole } of findTelegrams(bytes)) {
      // What fills up a telegram stays with it, so that its format can speak of that.
      let to = end
      while (bytes[to] === 0) to++
      const first = places[Math.floor((from * 8) / bits)] ?? 0
      const last = places[Math.ceil((to * 8) / bits) - 1] ?? run.length - 1
      yield {
        bytes: bytes.subarray(from, to),
        encoding,
        whole,
        from: match.index + first,
        to: match.index + last + 1,
      }
    }
  }
}

/** @returns whole bytes, and where each digit stands */
function decode(run: string, digits: string): { bytes: Uint8Array; places: Uint32Array } {
  const bits = Math.log2(digits.length)
  const bytes = new Uint8Array(Math.floor((run.length * bits) / 8))
  const places = new Uint32Array(run.length)
  const values = new Map(Array.from(digits, (digit, value) => [digit, value]))
  let [count, length, open, openBits] = [0, 0, 0, 0]
  for (let at = 0; at < run.length; at++) {
    const value = values.get(run[at] ?? '')
    if (value === undefined) continue
    places[count++] = at
    open = (open << bits) | value
    openBits += bits
    if (openBits < 8) continue
    openBits -= 8
    bytes[length++] = open >> openBits
    open &= (1 << openBits) - 1
  }
  return { bytes: bytes.subarray(0, length), places: places.subarray(0, count) }
}

/**
 * What a damaged key may have been: suggestions, found by the curve.
 *
 * Half of a point determines the other: x has at most two y, y at most three x. Where one half of
 * a printed key is intact, the other is computed and held against what is printed. By accident
 * the two differ in almost every character; where they differ in one to three, the computed key
 * is the one that was meant. Only what is unique is suggested, and nothing is ever used by
 * itself: a person compares it with the station.
 *
 * A compressed point cannot be mended so: every second value of x is on the curve.
 * Sources: SEC 1, 2.3.4 (decompression); F. Damerau, CACM 7 (1964), 171 (slips of the pen).
 *
 * @module
 */
import { fromHex, toHex } from '../../../shared/hex.ts'
import type { KeyEdit } from '../../../shared/model/key-edit.ts'
import { KEY_KINDS } from '../../../shared/model/key.ts'
import { fromBase64, toBase64 } from '../codec/base64.ts'
import {
  CURVES,
  type EcCurveId,
  curveParameters,
  decompress,
  isEcCurve,
  toInteger,
  toOctets,
} from './curves.ts'
import { fingerprint, spki } from './key-forms.ts'
import { cubicRoots } from './polynomial.ts'

export interface KeySuggestion {
  curve: EcCurveId
  /** `04‖x‖y` */
  point: Uint8Array
  fingerprint: string
  /** The key as it should be printed: in the encoding it is printed in, without separators. */
  text: string
  /** What differs from the printed text without its separators. */
  edits: KeyEdit[]
}

/** More differences than this are no slip. */
const MOST_EDITS = 3
/** Letters that were read for digits are counted apart. */
const MOST_LOOKALIKES = 24
const SHORTEST = 90
const LONGEST = 600

/**
 * @param printed text of one key that cannot be read
 * @returns the key that was meant; null where there is none, or more than one
 */
export function suggestKey(printed: string): KeySuggestion | null {
  const found = new Map<string, KeySuggestion>()
  for (const reading of readingsOf(printed)) {
    for (const curve of KEY_KINDS) {
      if (!isEcCurve(curve)) continue
      for (const suggestion of suggestions(reading, curve)) {
        const known = found.get(suggestion.fingerprint)
        if (known === undefined || suggestion.edits.length < known.edits.length) {
          found.set(suggestion.fingerprint, suggestion)
        }
      }
    }
  }
  const [first, ...more] = found.values()
  return first !== undefined && more.length === 0 ? first : null
}

interface Reading {
  /** Without separators and padding. */
  text: string
  /** The same with digits for the letters that were read for them. */
  plain: string
  encode: (bytes: Uint8Array) => string
  /** @returns null for what is not in the encoding */
  decode: (text: string) => Uint8Array | null
  /** Bits of a character. */
  bits: 4 | 6
  /** A character that fills up where some are missing. */
  filler: string
}

/** Letters that are no hexadecimal digits, and what was read or typed for them. */
const LOOKALIKES: Record<string, string> = {
  o: '0',
  q: '0',
  i: '1',
  l: '1',
  z: '2',
  s: '5',
  g: '6',
}

function readingsOf(printed: string): Reading[] {
  const readings: Reading[] = []
  const digits = printed
    .replace(/(?<![0-9A-Za-z])0x/gi, '')
    .replace(/[\s:;.,\p{Pd}]/gu, '')
    .toLowerCase()
  const plain = digits.replace(/[g-z]/g, (letter) => LOOKALIKES[letter] ?? letter)
  if (plain.replace(/[0-9a-f]/g, '').length <= MOST_EDITS) {
    readings.push({ text: digits, plain, encode: toHex, decode: fromHex, bits: 4, filler: '0' })
  }
  const characters = printed.replace(/\s/g, '').replace(/=+$/, '')
  if (/^[A-Za-z0-9+/_-]*$/.test(characters)) {
    const text = characters.replaceAll('-', '+').replaceAll('_', '/')
    const encode = (bytes: Uint8Array) => toBase64(bytes).replace(/=+$/, '')
    readings.push({ text, plain: text, encode, decode: fromBase64, bits: 6, filler: 'A' })
  }
  return readings.filter(({ text }) => text.length >= SHORTEST / 1.5 && text.length <= LONGEST)
}

function* suggestions(reading: Reading, curve: EcCurveId): Generator<KeySuggestion> {
  const { bytes } = CURVES[curve]
  const whole = spki(curve, Uint8Array.of(4, ...new Uint8Array(2 * bytes)))
  const structure = whole.subarray(0, whole.length - 2 * bytes)
  for (const head of [new Uint8Array(), Uint8Array.of(4), structure]) {
    const length = Math.ceil((8 * (head.length + 2 * bytes)) / reading.bits)
    if (Math.abs(reading.text.length - length) > MOST_EDITS) continue
    for (const point of pointsNear(reading, curve, head.length, length)) {
      const text = reading.encode(Uint8Array.of(...head, ...point.subarray(1)))
      if (differences(reading.plain, text, MOST_EDITS) === null) continue
      const edits = differences(reading.text, text, MOST_EDITS + MOST_LOOKALIKES)
      if (edits === null) continue
      yield { curve, point, fingerprint: fingerprint(curve, point), text, edits }
    }
  }
}

/** Points that share a half with what is printed: x counted from the front, or y from the end. */
function* pointsNear(
  { plain, decode, bits, filler }: Reading,
  curve: EcCurveId,
  head: number,
  length: number,
): Generator<Uint8Array> {
  const { bytes } = CURVES[curve]
  const { p, a, b } = curveParameters(curve)
  const half = (text: string, from: number): bigint | null => {
    // Only the characters of this half have to be in the encoding.
    const first = Math.floor((8 * from) / bits)
    const last = Math.ceil((8 * (from + bytes)) / bits)
    const padded = filler.repeat(first) + text.slice(first, last)
    const decoded = decode(padded.padEnd(length, filler))
    return decoded === null ? null : toInteger(decoded.subarray(from, from + bytes))
  }
  const point = (x: bigint, y: bigint) =>
    Uint8Array.of(4, ...toOctets(x, bytes), ...toOctets(y, bytes))
  const x = half(plain.padEnd(length, filler).slice(0, length), head)
  if (x !== null) {
    for (const prefix of [2, 3] as const) {
      const y = decompress(curve, prefix, x)
      if (y !== null) yield point(x, y)
    }
  }
  const y = half(plain.padStart(length, filler).slice(-length), head + bytes)
  if (y !== null && y < p) {
    for (const root of cubicRoots(a, b - y * y, p)) yield point(root, y)
  }
}

/**
 * Fewest slips from one text to the other: a character replaced, missing, surplus, or two
 * neighbours swapped (optimal string alignment).
 *
 * @returns null for more than `most`
 */
export function differences(printed: string, meant: string, most: number): KeyEdit[] | null {
  const width = meant.length + 1
  const cost = new Uint16Array((printed.length + 1) * width)
  const at = (i: number, j: number) => cost[i * width + j] ?? 0
  const swapped = (i: number, j: number) =>
    i > 1 && j > 1 && printed[i - 1] === meant[j - 2] && printed[i - 2] === meant[j - 1]
  for (let i = 0; i <= printed.length; i++) {
    for (let j = 0; j < width; j++) {
      let least = i === 0 ? j : j === 0 ? i : Infinity
      if (i > 0 && j > 0) {
        const same = printed[i - 1] === meant[j - 1] ? 0 : 1
        least = Math.min(at(i - 1, j - 1) + same, at(i - 1, j) + 1, at(i, j - 1) + 1)
        if (swapped(i, j)) least = Math.min(least, at(i - 2, j - 2) + 1)
      }
      cost[i * width + j] = least
    }
  }
  if (at(printed.length, meant.length) > most) return null
  const edits: KeyEdit[] = []
  let [i, j] = [printed.length, meant.length]
  while (i > 0 || j > 0) {
    const here = at(i, j)
    const [was, is] = [printed[i - 1] ?? '', meant[j - 1] ?? '']
    if (i > 0 && j > 0 && was === is && at(i - 1, j - 1) === here) {
      i--
      j--
    } else if (swapped(i, j) && at(i - 2, j - 2) + 1 === here) {
      edits.push({
        kind: 'swapped',
        at: i - 1,
        printed: printed.slice(i - 2, i),
        meant: meant.slice(j - 2, j),
      })
      i -= 2
      j -= 2
    } else if (i > 0 && j > 0 && at(i - 1, j - 1) + 1 === here) {
      edits.push({ kind: 'replaced', at: i, printed: was, meant: is })
      i--
      j--
    } else if (j > 0 && at(i, j - 1) + 1 === here) {
      edits.push({ kind: 'missing', at: i + 1, printed: '', meant: is })
      j--
    } else {
      edits.push({ kind: 'surplus', at: i, printed: was, meant: '' })
      i--
    }
  }
  return edits.toReversed()
}

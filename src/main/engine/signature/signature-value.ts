/**
 * Bytes of an ECDSA signature → the two numbers r and s.
 *
 * The rule is DER: SEQUENCE { r INTEGER, s INTEGER } (SEC 1, C.8; RFC 3279, 2.2.3). What meters
 * write beside the rule is read too, with a note each. Nothing else is.
 *
 * DER or raw r‖s is decided by the bytes alone: bytes of exactly twice the length of n are raw,
 * unless one SEQUENCE of two INTEGERs fills them to the last byte. A raw signature that looks
 * like that by chance occurs about once in 2^40.
 *
 * @module
 */
import {
  type Element,
  TAG,
  encodeElement,
  encodeUnsigned,
  expectTag,
  readElement,
  readElements,
} from '../codec/asn1.ts'
import { SyntaxProblem } from '../codec/decode-error.ts'
import { type EcCurveId, curveParameters, orderBytes, toInteger } from './curves.ts'

/** How a signature deviates from DER although its numbers can be read. */
export type SignatureNote =
  /** r‖s, each of the length of n (IEEE P1363). Seen: Isabellenhütte. */
  | { kind: 'raw' }
  /** An INTEGER with needless zero bytes in front. */
  | { kind: 'integer-not-minimal' }
  /** An INTEGER that is negative as written, read as unsigned. Seen: eBZ leaves out the zero byte. */
  | { kind: 'integer-negative' }
  /** A length in the long form where the short one does. */
  | { kind: 'long-length' }
  /** Bytes after the SEQUENCE. */
  | { kind: 'trailing-bytes'; count: number }

export type SignatureValue =
  | {
      /** `out-of-range`: r or s is 0 or not below n, and no key can fit. */
      kind: 'canonical' | 'out-of-range'
      r: bigint
      s: bigint
      /** s > n/2: as valid as n − s, which some libraries insist on. */
      highS: boolean
      /** At most one of each kind. */
      notes: SignatureNote[]
    }
  | { kind: 'unreadable'; offset: number }

/** Reads a signature made on `curve`. */
export function readSignature(bytes: Uint8Array, curve: EcCurveId): SignatureValue {
  const pair = readPair(bytes, orderBytes(curve))
  if (pair instanceof SyntaxProblem) return { kind: 'unreadable', offset: pair.offset }
  const { n } = curveParameters(curve)
  const r = toInteger(pair.r)
  const s = toInteger(pair.s)
  const inRange = r >= 1n && r < n && s >= 1n && s < n
  const kind = inRange ? 'canonical' : 'out-of-range'
  return { kind, r, s, highS: s > n / 2n, notes: pair.notes }
}

/** @returns the DER of two numbers, big-endian, of a format that writes them one after the other */
export function derOf(r: Uint8Array, s: Uint8Array): Uint8Array {
  return encodeElement(TAG.sequence, encodeUnsigned(r), encodeUnsigned(s))
}

/** Whether bytes have the shape of a DER signature, deviations included; for an unknown curve. */
export function looksLikeSignature(bytes: Uint8Array): boolean {
  return !(readDer(bytes) instanceof SyntaxProblem)
}

/** Whether bytes are a DER signature from end to end, as files hold them that nothing else is in. */
export function isDetachedSignature(bytes: Uint8Array): boolean {
  if (bytes.length < SHORTEST_FILE || bytes.length > LONGEST_FILE || bytes[0] !== TAG.sequence) {
    return false
  }
  const pair = readDer(bytes)
  return !(pair instanceof SyntaxProblem) && pair.notes.length === 0
}

/** Curves of 192 to 521 bits, and a number or two with some zeros in front. */
const SHORTEST_FILE = 46
const LONGEST_FILE = 141

interface Pair {
  /** Big-endian and unsigned. */
  r: Uint8Array
  s: Uint8Array
  notes: SignatureNote[]
}

function readPair(bytes: Uint8Array, length: number): Pair | SyntaxProblem {
  const der = readDer(bytes)
  if (bytes.length !== 2 * length) return der
  if (!(der instanceof SyntaxProblem) && !hasTrailingBytes(der)) return der
  return { r: bytes.subarray(0, length), s: bytes.subarray(length), notes: [{ kind: 'raw' }] }
}

function readDer(bytes: Uint8Array): Pair | SyntaxProblem {
  try {
    return readSequence(bytes)
  } catch (problem) {
    if (problem instanceof SyntaxProblem) return problem
    throw problem
  }
}

function readSequence(bytes: Uint8Array): Pair {
  const sequence = expectTag(readElement(bytes), TAG.sequence)
  const numbers = readElements(bytes, sequence)
  const [r, s] = numbers
  if (r === undefined || s === undefined || numbers.length > 2) {
    throw new SyntaxProblem('a signature has two numbers', sequence.from)
  }
  const pair = { r: magnitude(r), s: magnitude(s) }
  const kinds = new Set([sequence, r, s].flatMap(deviations))
  const notes: SignatureNote[] = Array.from(kinds, (kind) => ({ kind }))
  const count = bytes.length - sequence.to
  if (count > 0) notes.push({ kind: 'trailing-bytes', count })
  return { ...pair, notes }
}

/** Far above the 66 bytes of the longest n, so that reading a number takes no time. */
const MAX_INTEGER_BYTES = 256

function magnitude(element: Element): Uint8Array {
  const { content } = expectTag(element, TAG.integer)
  if (content.length === 0) throw new SyntaxProblem('an INTEGER without content', element.from)
  if (content.length > MAX_INTEGER_BYTES) {
    throw new SyntaxProblem('limit exceeded: integer', element.from, 'integer')
  }
  return content
}

/** X.690: 10.1 shortest length, 8.3.2 shortest content, 8.3.3 two's complement. */
function deviations({ tag, content, minimalLength }: Element) {
  const found: ('long-length' | 'integer-negative' | 'integer-not-minimal')[] = []
  if (!minimalLength) found.push('long-length')
  if (tag !== TAG.integer) return found
  const [first = 0, second = 0x80] = content
  if (first >= 0x80) found.push('integer-negative')
  if (first === 0 && second < 0x80) found.push('integer-not-minimal')
  return found
}

function hasTrailingBytes({ notes }: Pair): boolean {
  return notes.some((note) => note.kind === 'trailing-bytes')
}

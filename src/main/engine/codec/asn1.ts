/**
 * ASN.1: reads BER of definite length, writes DER.
 *
 * The reader looks at one level at a time and hands out views, so nesting cannot exhaust the
 * stack and nothing is copied. It accepts a length that is longer than DER allows, because
 * meters write such, and marks it.
 * Source: ITU-T X.690 (02/2021); clauses stand at the functions.
 *
 * @module
 */
import { SyntaxProblem } from './decode-error.ts'

/** Identifier octets of the types that keys and signatures are made of. */
export const TAG = {
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  sequence: 0x30,
} as const

export interface Element {
  /** The identifier octet: class, constructed bit and tag number (8.1.2). */
  tag: number
  /** Offset of the identifier octet in the bytes read. */
  from: number
  /** Offset behind the last content octet. */
  to: number
  content: Uint8Array
  /** Whether the length has the shortest form, as DER demands (10.1). */
  minimalLength: boolean
}

/**
 * Reads the element that begins at `from`; what follows it is left alone.
 *
 * @param to the element ends here at the latest
 * @throws SyntaxProblem if it is cut off, of indefinite length (8.1.3.6) or has a tag number
 *   above 30 (8.1.2.4)
 */
export function readElement(bytes: Uint8Array, from = 0, to = bytes.length): Element {
  const tag = octet(bytes, from, to)
  if ((tag & 0x1f) === 0x1f) throw new SyntaxProblem('a tag number above 30', from)
  const { length, contentFrom, minimal } = readLength(bytes, from + 1, to)
  const end = contentFrom + length
  if (end > to) throw new SyntaxProblem('an element is longer than what holds it', from)
  const content = bytes.subarray(contentFrom, end)
  return { tag, from, to: end, content, minimalLength: minimal }
}

/** @returns the elements that fill the content of `parent`, which was read from `bytes` */
export function readElements(bytes: Uint8Array, parent: Element): Element[] {
  const elements: Element[] = []
  let at = parent.to - parent.content.length
  while (at < parent.to) {
    const element = readElement(bytes, at, parent.to)
    elements.push(element)
    at = element.to
  }
  return elements
}

/** @throws SyntaxProblem at the element if it has another tag or is missing */
export function expectTag(element: Element | undefined, tag: number): Element {
  if (element?.tag === tag) return element
  throw new SyntaxProblem(`an element with tag ${tag} should stand here`, element?.from ?? 0)
}

/** @returns the object identifier as dotted numbers, `"1.2.840.10045.2.1"` (8.19) */
export function oidText(element: Element): string {
  const { content } = expectTag(element, TAG.oid)
  if (content.length > 64) throw new SyntaxProblem('limit exceeded: oid', element.from, 'oid')
  const arcs: bigint[] = []
  let arc = 0n
  let begins = true
  for (const byte of content) {
    if (begins && byte === 0x80) throw new SyntaxProblem('an arc is padded', element.from)
    arc = (arc << 7n) | BigInt(byte & 0x7f)
    begins = byte < 0x80
    if (begins) {
      arcs.push(arc)
      arc = 0n
    }
  }
  const [first, ...others] = arcs
  if (first === undefined || !begins) throw new SyntaxProblem('an arc is cut off', element.from)
  const root = first < 80n ? first / 40n : 2n
  return [root, first - 40n * root, ...others].join('.')
}

/** @returns the octets of a bit string (8.6), a view; keys and signatures use no odd bits */
export function bitStringOctets(element: Element): Uint8Array {
  const { content } = expectTag(element, TAG.bitString)
  if (content[0] !== 0) throw new SyntaxProblem('a bit string is not whole octets', element.from)
  return content.subarray(1)
}

/** Writes one element with the shortest length (8.1.3, 10.1). */
export function encodeElement(tag: number, ...contents: Uint8Array[]): Uint8Array {
  const length = contents.reduce((sum, content) => sum + content.length, 0)
  const header = [tag, ...encodeLength(length)]
  const bytes = new Uint8Array(header.length + length)
  bytes.set(header)
  let at = header.length
  for (const content of contents) {
    bytes.set(content, at)
    at += content.length
  }
  return bytes
}

/** Writes a number that is not negative (8.3). @param magnitude big-endian, of any length */
export function encodeUnsigned(magnitude: Uint8Array): Uint8Array {
  const digits = withoutLeadingZeros(magnitude)
  const sign = (digits[0] ?? 0x80) < 0x80 ? [] : [0]
  return encodeElement(TAG.integer, Uint8Array.from(sign), digits)
}

/** @param text dotted numbers, each below 2^31 */
export function encodeOid(text: string): Uint8Array {
  const [root = 0, second = 0, ...others] = text.split('.').map(Number)
  const arcs = [40 * root + second, ...others]
  return encodeElement(TAG.oid, Uint8Array.from(arcs.flatMap(encodeArc)))
}

/** @returns a view that begins with the first byte that is not zero */
export function withoutLeadingZeros(bytes: Uint8Array): Uint8Array {
  const first = bytes.findIndex((byte) => byte !== 0)
  return first < 0 ? bytes.subarray(bytes.length) : bytes.subarray(first)
}

/** Length octets (8.1.3): below 128 in one, else their number and then up to four of them. */
function readLength(bytes: Uint8Array, from: number, to: number) {
  const first = octet(bytes, from, to)
  if (first < 0x80) return { length: first, contentFrom: from + 1, minimal: true }
  const octets = first & 0x7f
  if (octets === 0) throw new SyntaxProblem('an element of indefinite length', from)
  if (octets > 4) throw new SyntaxProblem('limit exceeded: length', from, 'length')
  let length = 0
  for (let i = 1; i <= octets; i++) length = length * 256 + octet(bytes, from + i, to)
  const minimal = encodeLength(length).length === 1 + octets
  return { length, contentFrom: from + 1 + octets, minimal }
}

function encodeLength(length: number): number[] {
  if (length < 0x80) return [length]
  const octets: number[] = []
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256)
  return [0x80 | octets.length, ...octets]
}

function encodeArc(arc: number): number[] {
  const octets = [arc & 0x7f]
  for (let rest = arc >>> 7; rest > 0; rest >>>= 7) octets.unshift(0x80 | (rest & 0x7f))
  return octets
}

function octet(bytes: Uint8Array, at: number, to: number): number {
  const value = at < to ? bytes[at] : undefined
  if (value === undefined) throw new SyntaxProblem('the bytes end inside an element', at)
  return value
}

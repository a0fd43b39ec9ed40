/**
 * Seals of the transparency software: signatures from which the signed text comes back.
 *
 * The text is put into blocks of 256 bytes, each with a header; the blocks are mixed by three passes
 * of AES, whose keys stand beside them in the open, and the first 256 bytes of what comes out are
 * raised to the private exponent. Whoever has the public key turns that back; that all headers are
 * right then is the proof. What the proof covers: README.md of the format, "What a seal proves".
 * Source: formats documentation, "Sealed OCMF".
 *
 * @module
 */
import { fromHex } from '../../../shared/hex.ts'
import { type Element, TAG, expectTag, oidText, readElement, readElements } from '../codec/asn1.ts'
import { BLOCK_BYTES as AES_BYTES, decryptCbc } from '../codec/aes.ts'
import { SyntaxProblem } from '../codec/decode-error.ts'
import type { SealCheck } from './backend.ts'
import { toInteger, toOctets } from './curves.ts'

export const SEAL_OID = '1.3.6.1.4.1.60279.1.1'

export interface Seal {
  version: number
  /** Object identifiers as written; null where the element is missing. */
  padding: string
  encryption: string
  compression: string | null
  keyBits: number
  /** Keys of the three passes of AES, 16 bytes each. */
  keys: readonly [Uint8Array, Uint8Array, Uint8Array]
  sealed: Uint8Array
}

const APPLICATION = [0x60, 0x61, 0x62] as const
const CONTEXT = { encryption: 0xa0, compression: 0xa1, keyBits: 0xa2, keys: 0xa4 } as const

/** @throws SyntaxProblem where the bytes are no such container, or more than one */
export function readSeal(bytes: Uint8Array): Seal {
  const whole = expectTag(readElement(bytes), TAG.sequence)
  if (whole.to !== bytes.length) throw new SyntaxProblem('bytes behind the seal', whole.to)
  const [oid, version, parameters, agreement, unused, sealed, ...more] = readElements(bytes, whole)
  if (oidText(expectTag(oid, TAG.oid)) !== SEAL_OID || more.length > 0) {
    throw new SyntaxProblem('another structure', whole.from)
  }
  for (const [index, element] of [parameters, agreement, unused].entries()) {
    expectTag(element, APPLICATION[index] ?? 0)
  }
  const inside = readElements(bytes, only(bytes, expectTag(parameters, APPLICATION[0])))
  const tagged = new Map(inside.slice(1).map((element) => [element.tag, element]))
  const content = (tag: number) => {
    const element = tagged.get(tag)
    return element === undefined ? null : only(bytes, element)
  }
  const encryption = content(CONTEXT.encryption)
  const compression = content(CONTEXT.compression)
  const keys = readElements(bytes, expectTag(content(CONTEXT.keys) ?? undefined, TAG.sequence))
  const [first, second, third] = keys.map(aesKey)
  if (first === undefined || second === undefined || third === undefined || keys.length > 3) {
    throw new SyntaxProblem('a seal has three keys', whole.from)
  }
  return {
    version: smallInteger(version),
    padding: oidText(expectTag(inside[0], TAG.oid)),
    encryption: oidText(expectTag(encryption ?? undefined, TAG.oid)),
    compression: compression === null ? null : oidText(expectTag(compression, TAG.oid)),
    keyBits: smallInteger(content(CONTEXT.keyBits) ?? undefined),
    keys: [first, second, third],
    sealed: expectTag(sealed, TAG.octetString).content,
  }
}

/** The one element in a constructed one. */
function only(bytes: Uint8Array, parent: Element): Element {
  const [inside, ...more] = readElements(bytes, parent)
  if (inside === undefined || more.length > 0) {
    throw new SyntaxProblem('one element should stand here', parent.from)
  }
  return inside
}

function smallInteger(element: Element | undefined): number {
  const { content, from } = expectTag(element, TAG.integer)
  if (content.length > 4) throw new SyntaxProblem('a number is too long', from)
  return Number(toInteger(content))
}

/** Of longer keys the first 16 bytes are used. */
function aesKey(element: Element): Uint8Array {
  const { content, from } = expectTag(element, TAG.octetString)
  if (content.length < AES_BYTES) throw new SyntaxProblem('a key is too short', from)
  return content.subarray(0, AES_BYTES)
}

/** What a seal must say of itself so that we know how to open it. */
const KNOWN = {
  version: 2,
  padding: '1.3.6.1.4.1.21876.4.3.2',
  encryption: '1.2.840.113549.1.1.1',
  keyBits: 2048,
} as const
const COMPRESSIONS: Record<string, 'none' | 'deflate'> = {
  '1.3.6.1.4.1.21876.1.1.1.1.0': 'none',
  '1.3.6.1.4.1.21876.1.1.1.1.2': 'deflate',
}

/** @returns how the text in the seal is compressed; null for a seal of a kind nobody knows */
export function compressionOf(seal: Seal): 'none' | 'deflate' | null {
  const known =
    seal.version === KNOWN.version &&
    seal.padding === KNOWN.padding &&
    seal.encryption === KNOWN.encryption &&
    seal.keyBits === KNOWN.keyBits
  if (!known) return null
  return seal.compression === null ? 'none' : (COMPRESSIONS[seal.compression] ?? null)
}

const RSA_BYTES = 256
const PREFIX = Uint8Array.of(0x3e, 0x7a)
const BLOCK = { bytes: 256, magic: 16, nonce: 8, number: 4, text: 224 } as const
const MAGIC = fromHex('3e7ab1705afee421ea4194e4040707ea') ?? new Uint8Array()
/** A record has some hundred bytes. */
const MOST_BLOCKS = 4096

/** @returns how many blocks a seal has; null where its length cannot be */
export function blocksOf({ sealed }: Seal): number | null {
  const count = (sealed.length - PREFIX.length) / BLOCK.bytes
  return Number.isInteger(count) && count >= 1 && count <= MOST_BLOCKS ? count : null
}

/**
 * @param key DER of RSAPublicKey
 * @returns the text as it was sealed, compressed or not; null where the key does not fit
 */
export function openSeal(seal: Seal, key: Uint8Array): Uint8Array | null {
  const count = blocksOf(seal)
  if (count === null) return null
  const mixed = withoutSignature(seal.sealed, key)
  if (mixed === null || !startsWith(mixed, PREFIX)) return null
  const [first, second, third] = seal.keys
  const outer = decryptCbc(third, vector(0x80), mixed.subarray(PREFIX.length))
  const middle = decryptCbc(second, vector(0x40), reversed(outer))
  const blocks = decryptCbc(first, vector(0), middle)
  return textIn(blocks, count)
}

/** RSAVP1 (RFC 8017, 5.2.2) over the first 256 bytes; null where they are no number below n. */
function withoutSignature(sealed: Uint8Array, key: Uint8Array): Uint8Array | null {
  const [modulus, exponent] = readElements(key, readElement(key))
  const n = toInteger(expectTag(modulus, TAG.integer).content)
  const e = toInteger(expectTag(exponent, TAG.integer).content)
  const signature = toInteger(sealed.subarray(0, RSA_BYTES))
  if (signature >= n) return null
  const opened = new Uint8Array(sealed)
  opened.set(toOctets(power(signature, e, n), RSA_BYTES))
  return opened
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n
  let square = base % modulus
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = (result * square) % modulus
    square = (square * square) % modulus
  }
  return result
}

function vector(first: number): Uint8Array {
  const bytes = new Uint8Array(AES_BYTES)
  bytes[0] = first
  return bytes
}

/** The blocks of AES in the opposite order. */
function reversed(bytes: Uint8Array): Uint8Array {
  const turned = new Uint8Array(bytes.length)
  for (let at = 0; at < bytes.length; at += AES_BYTES) {
    turned.set(bytes.subarray(at, at + AES_BYTES), bytes.length - at - AES_BYTES)
  }
  return turned
}

/** The text of all blocks; null where a header is not as it must be, or more blocks than needed. */
function textIn(blocks: Uint8Array, count: number): Uint8Array | null {
  const nonce = blocks.subarray(BLOCK.magic, BLOCK.magic + BLOCK.nonce)
  const length = numberAt(blocks, BLOCK.magic + BLOCK.nonce)
  if (length > count * BLOCK.text || length <= (count - 1) * BLOCK.text) return null
  const text = new Uint8Array(count * BLOCK.text)
  for (let index = 0; index < count; index++) {
    const block = blocks.subarray(index * BLOCK.bytes, (index + 1) * BLOCK.bytes)
    const rest = block.subarray(BLOCK.magic)
    const right =
      startsWith(block, MAGIC) &&
      startsWith(rest, nonce) &&
      numberAt(rest, BLOCK.nonce) === length &&
      numberAt(rest, BLOCK.nonce + BLOCK.number) === index
    if (!right) return null
    text.set(block.subarray(BLOCK.bytes - BLOCK.text), index * BLOCK.text)
  }
  return text.subarray(0, length)
}

function startsWith(bytes: Uint8Array, prefix: Uint8Array): boolean {
  return prefix.every((byte, at) => bytes[at] === byte)
}

/** Four bytes, the most significant first. */
function numberAt(bytes: Uint8Array, at: number): number {
  return Number(toInteger(bytes.subarray(at, at + BLOCK.number)))
}

/** @returns whether the key opens the seal, and to these bytes */
export function opensTo({ signature, point, signedBytes }: SealCheck): boolean {
  try {
    const text = openSeal(readSeal(signature), point)
    return text?.length === signedBytes.length && startsWith(text, signedBytes)
  } catch (error) {
    if (error instanceof SyntaxProblem) return false
    throw error
  }
}

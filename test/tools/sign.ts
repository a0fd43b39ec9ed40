/**
 * Signs OCMF records with throw-away keys, for vectors and samples. Never shipped.
 *
 * Private keys come from a seed text and signatures from RFC 6979 (ECDSA), RFC 8032 (EdDSA) and
 * the deterministic variant of FIPS 204 (ML-DSA), so the same call gives the same bytes for ever.
 *
 * As a command: `npm run sign -- [options] <payload.json>`, `-` for standard input. The payload is
 * signed exactly as it stands, but for one line feed at its end. It writes the record, or with
 * `--xml` the `<values>` document with record and key.
 *
 *     --curve secp256r1   any kind of key of the table in src/main/engine/signature/curves.ts
 *     --seed text         what the private key is derived from
 *     --method name       SA; `none` leaves it out
 *     --encoding hex|HEX|base64
 *     --shape der|raw|padded|negative|long-length|trailing
 *     --high-s            s above half the group order
 *     --fourth            the key as fourth section
 *     --section json      further members of the signature section, or others in their place
 *     --xml               `<values>` document; --transaction id, --context text
 *     --key               writes the public key instead, SubjectPublicKeyInfo in hexadecimal digits
 *
 * @module
 */
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { ecdsa } from '@noble/curves/abstract/weierstrass.js'
import { ed25519 } from '@noble/curves/ed25519.js'
import { ed448 } from '@noble/curves/ed448.js'
import { sha224, sha256, sha384, sha512 } from '@noble/hashes/sha2.js'
import { shake256 } from '@noble/hashes/sha3.js'
import { ml_dsa44, ml_dsa65, ml_dsa87 } from '@noble/post-quantum/ml-dsa.js'
import { TAG, encodeElement, encodeOid, encodeUnsigned } from '../../src/main/engine/codec/asn1.ts'
import { toBase32 } from '../../src/main/engine/codec/base32.ts'
import { toBase64 } from '../../src/main/engine/codec/base64.ts'
import { utf8Bytes } from '../../src/main/engine/codec/text.ts'
import { type HashId, algorithmName } from '../../src/main/engine/signature/algorithms.ts'
import {
  type EcCurveId,
  type WholeKindId,
  curveParameters,
  isEcCurve,
  orderBytes,
  toInteger,
  toOctets,
} from '../../src/main/engine/signature/curves.ts'
import { digestNumber, pointsOf } from '../../src/main/engine/signature/noble-ecdsa.ts'
import { spki } from '../../src/main/engine/signature/public-key.ts'
import { toHex } from '../../src/shared/hex.ts'
import { KEY_KINDS, type SigningKind } from '../../src/shared/model/key.ts'

/** A value of JSON. Numbers are literals, so that their digits stay as they are. */
export type Json =
  | string
  | boolean
  | null
  | JsonLiteral
  | Json[]
  | { [name: string]: Json | undefined }

/** JSON text that is written as it stands, also where it is none. */
export interface JsonLiteral {
  literal: string
}

export const literal = (text: string): JsonLiteral => ({ literal: text })

/** @returns JSON without white space; members that are undefined are left out */
export function json(value: Json): string {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) {
    return JSON.stringify(value)
  }
  if (Array.isArray(value)) return `[${value.map(json).join(',')}]`
  if (isLiteral(value)) return value.literal
  const members = Object.entries(value).flatMap(([name, item]) =>
    item === undefined ? [] : [`${JSON.stringify(name)}:${json(item)}`],
  )
  return `{${members.join(',')}}`
}

function isLiteral(value: object): value is JsonLiteral {
  return 'literal' in value
}

export interface ThrowAwayKey {
  curve: SigningKind
  secret: Uint8Array
  /** `04‖x‖y`; for EdDSA and ML-DSA the bytes of the key. */
  point: Uint8Array
}

/** @param seed any text; the same gives the same key */
export function throwAwayKey(curve: SigningKind = 'secp256r1', seed = '1'): ThrowAwayKey {
  const stretched = (dkLen: number) => shake256(utf8Bytes(`Eichlicht ${curve} ${seed}`), { dkLen })
  if (!isEcCurve(curve)) {
    const { seedBytes, point, secret } = WHOLE[curve]
    const bytes = stretched(seedBytes)
    return { curve, secret: secret(bytes), point: point(bytes) }
  }
  const { n } = curveParameters(curve)
  const number = (toInteger(stretched(orderBytes(curve) + 16)) % (n - 1n)) + 1n
  const secret = toOctets(number, orderBytes(curve))
  return { curve, secret, point: pointsOf(curve).BASE.multiply(number).toBytes(false) }
}

interface WholeMaker {
  seedBytes: number
  point: (seed: Uint8Array) => Uint8Array
  secret: (seed: Uint8Array) => Uint8Array
  sign: (message: Uint8Array, secret: Uint8Array) => Uint8Array
}

const itself = (seed: Uint8Array) => seed
const NOT_RANDOM = { extraEntropy: false } as const

function mlDsa(scheme: typeof ml_dsa44): WholeMaker {
  return {
    seedBytes: 32,
    point: (seed) => scheme.keygen(seed).publicKey,
    secret: (seed) => scheme.keygen(seed).secretKey,
    sign: (message, secret) => scheme.sign(message, secret, NOT_RANDOM),
  }
}

const WHOLE: Record<WholeKindId, WholeMaker> = {
  ed25519: {
    seedBytes: 32,
    point: (seed) => ed25519.getPublicKey(seed),
    secret: itself,
    sign: (message, secret) => ed25519.sign(message, secret),
  },
  ed448: {
    seedBytes: 57,
    point: (seed) => ed448.getPublicKey(seed),
    secret: itself,
    sign: (message, secret) => ed448.sign(message, secret),
  },
  'ml-dsa-44': mlDsa(ml_dsa44),
  'ml-dsa-65': mlDsa(ml_dsa65),
  'ml-dsa-87': mlDsa(ml_dsa87),
}

const HASHES = { SHA224: sha224, SHA256: sha256, SHA384: sha384, SHA512: sha512 } as const

export interface EcdsaNumbers {
  r: bigint
  s: bigint
}

/** ECDSA with the nonce of RFC 6979; s is the one of the two that is at most n/2. */
export function signNumbers(
  { secret }: ThrowAwayKey,
  curve: EcCurveId,
  hash: HashId,
  message: Uint8Array,
): EcdsaNumbers {
  const { n } = curveParameters(curve)
  const options = { ...NOT_RANDOM, prehash: true, lowS: false, format: 'compact' } as const
  const raw = ecdsa(pointsOf(curve), HASHES[hash]).sign(message, secret, options)
  const half = raw.length / 2
  const s = toInteger(raw.subarray(half))
  return { r: toInteger(raw.subarray(0, half)), s: s <= n / 2n ? s : n - s }
}

/** How the numbers of the signature become bytes; see `signature/signature-value.ts`. */
export const SHAPES = {
  der: (r, s) => sequence(encodeUnsigned(r), encodeUnsigned(s)),
  /** r‖s, each of the length of n */
  raw: (r, s) => Uint8Array.of(...r, ...s),
  /** needless zero bytes before r */
  padded: (r, s) => sequence(integer(Uint8Array.of(0, 0, ...r)), encodeUnsigned(s)),
  /** without the zero byte that keeps a number from being negative */
  negative: (r, s) => sequence(integer(r), integer(s)),
  /** a length in two bytes where one does */
  'long-length': (r, s) => withLongLength(sequence(encodeUnsigned(r), encodeUnsigned(s))),
  /** two bytes behind the structure */
  trailing: (r, s) => Uint8Array.of(...sequence(encodeUnsigned(r), encodeUnsigned(s)), 0x90, 0),
} as const satisfies Record<string, (r: Uint8Array, s: Uint8Array) => Uint8Array>

export type Shape = keyof typeof SHAPES

function sequence(...elements: Uint8Array[]): Uint8Array {
  return encodeElement(TAG.sequence, ...elements)
}

function integer(content: Uint8Array): Uint8Array {
  return encodeElement(TAG.integer, content)
}

function withLongLength(bytes: Uint8Array): Uint8Array {
  const [tag = 0, length = 0] = bytes
  if (length >= 0x80) throw new Error('the length is long already')
  return Uint8Array.of(tag, 0x81, ...bytes.subarray(1))
}

export const ENCODINGS = {
  hex: toHex,
  HEX: (bytes) => toHex(bytes).toUpperCase(),
  base64: toBase64,
} as const satisfies Record<string, (bytes: Uint8Array) => string>

export type SignatureEncoding = keyof typeof ENCODINGS

export interface SignatureOptions {
  key?: ThrowAwayKey
  hash?: HashId
  shape?: Shape
  /** s above n/2. */
  highS?: boolean
  /** Other numbers in place of the right ones. */
  numbers?: (right: EcdsaNumbers & { n: bigint }) => EcdsaNumbers
}

/** @returns the bytes of a signature */
export function signature(message: Uint8Array, options: SignatureOptions = {}): Uint8Array {
  const { key = throwAwayKey(), hash = 'SHA256', shape = 'der' } = options
  const { curve, secret } = key
  if (!isEcCurve(curve)) return WHOLE[curve].sign(message, secret)
  const { n } = curveParameters(curve)
  const low = signNumbers(key, curve, hash, message)
  const right = { r: low.r, s: options.highS === true ? n - low.s : low.s, n }
  const { r, s } = options.numbers?.(right) ?? right
  return SHAPES[shape](octets(r, curve), octets(s, curve))
}

/** As many bytes as n has; one more for a number out of range. */
function octets(value: bigint, curve: EcCurveId): Uint8Array {
  const length = orderBytes(curve)
  return toOctets(value, value >> BigInt(8 * length) === 0n ? length : length + 1)
}

/** What a signer makes that uses the nonce of its signature over `first` for `second` again. */
export function withNonceOf(
  key: ThrowAwayKey,
  first: Uint8Array,
  second: Uint8Array,
): EcdsaNumbers {
  const { curve, secret } = key
  if (!isEcCurve(curve)) throw new Error('no nonce')
  const { Fn } = pointsOf(curve)
  const { r, s } = signNumbers(key, curve, 'SHA256', first)
  const secretTimesR = Fn.mul(r, toInteger(secret))
  const sum = (message: Uint8Array) => Fn.add(digestNumber(curve, 'SHA256', message), secretTimesR)
  return { r, s: Fn.mul(sum(second), Fn.inv(Fn.mul(sum(first), Fn.inv(s)))) }
}

export interface OcmfOptions extends SignatureOptions {
  /** SA; null leaves it out. */
  method?: string | null
  /** SE is written where it is not `hex`. */
  encoding?: SignatureEncoding
  /** What is signed in place of the payload section as written. */
  signed?: string | Uint8Array
  /** Further members of the signature section, or others in their place; undefined leaves out. */
  section?: Record<string, Json | undefined>
  /** Fourth section. */
  fourth?: string
}

/** @param payload section as it shall stand in the record @returns the record */
export function ocmf(payload: string, options: OcmfOptions = {}): string {
  const { key = throwAwayKey(), hash = 'SHA256', encoding = 'hex', fourth } = options
  const signed = options.signed ?? payload
  const message = typeof signed === 'string' ? utf8Bytes(signed) : signed
  const method = options.method === undefined ? methodName(key.curve, hash) : options.method
  const section = {
    SA: method ?? undefined,
    SE: encoding === 'base64' ? 'base64' : undefined,
    SM: isEcCurve(key.curve) ? undefined : 'application/octet-stream',
    SD: ENCODINGS[encoding](signature(message, options)),
    ...options.section,
  }
  const record = `OCMF|${payload}|${json(section)}`
  return fourth === undefined ? record : `${record}|${fourth}`
}

/** @returns the name as Table 22 of OCMF 1.4.1 writes it; for other methods as the field does */
export function methodName(curve: SigningKind, hash: HashId): string {
  if (curve.startsWith('ed')) return `EdDSA-E${curve.slice(1)}`
  if (!isEcCurve(curve)) return algorithmName({ curve, hash: null })
  const name = curve.replace(/^brainpoolP(256|384)r1$/, 'brainpool$1r1')
  return `ECDSA-${name}-${hash}`
}

export function spkiOf({ curve, point }: ThrowAwayKey): Uint8Array {
  return spki(curve, point)
}

/** @returns SubjectPublicKeyInfo in hexadecimal digits */
export function keyHex(key: ThrowAwayKey): string {
  return toHex(spkiOf(key))
}

export function pem(key: ThrowAwayKey): string {
  const lines = toBase64(spkiOf(key)).replace(/(.{64})(?=.)/g, '$1\n')
  return `-----BEGIN PUBLIC KEY-----\n${lines}\n-----END PUBLIC KEY-----\n`
}

/**
 * An X.509 certificate of the key with a common name, valid in 2025. Its own signature is four
 * bytes of nothing: no reader of ours checks it.
 */
export function certificate(key: ThrowAwayKey, name: string): Uint8Array {
  const method = sequence(encodeOid('1.2.840.10045.4.3.2'))
  const common = sequence(
    encodeElement(0x31, sequence(encodeOid('2.5.4.3'), encodeElement(0x0c, utf8Bytes(name)))),
  )
  const time = (text: string) => encodeElement(0x17, utf8Bytes(text))
  const body = sequence(
    encodeElement(0xa0, integer(Uint8Array.of(2))),
    integer(Uint8Array.of(1)),
    method,
    common,
    sequence(time('250101000000Z'), time('251231235959Z')),
    common,
    spkiOf(key),
  )
  return sequence(body, method, encodeElement(TAG.bitString, Uint8Array.of(0, 1, 2, 3, 4)))
}

/** One `value` of the XML container of the transparency software. */
export interface XmlValue {
  /** The record, or several. */
  data: string
  /** How the data stand in the element; the label says the same unless `label` is given. */
  carried?: 'plain' | 'hex' | 'base64' | 'base32'
  /** Attribute `encoding`; null leaves it out. */
  label?: string | null
  /** Attribute `format`; null leaves it out. */
  format?: string | null
  /** Texts of `publicKey` elements. */
  keys?: readonly string[]
  transaction?: string
  context?: string
}

const CARRIERS = {
  plain: (text: string) => escapeText(text),
  hex: (text: string) => toHex(utf8Bytes(text)),
  base64: (text: string) => toBase64(utf8Bytes(text)),
  base32: (text: string) => toBase32(utf8Bytes(text)),
}

export interface XmlOptions {
  /** Text before the root element. */
  declaration?: string
  /** Attributes of the root element, with a blank in front. */
  attributes?: string
  /** Prefix of all element names, with its colon. */
  prefix?: string
  /** Texts of `publicKey` elements beside the values. */
  keys?: readonly string[]
}

export const XML_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'

export function valuesXml(values: readonly XmlValue[], options: XmlOptions = {}): string {
  const { declaration = XML_DECLARATION, attributes = '', prefix = '', keys = [] } = options
  const inside = [
    ...values.map((value) => valueXml(value, prefix)),
    ...keys.map((key) => `  ${keyXml(key, prefix)}\n`),
  ]
  return `${declaration}<${prefix}values${attributes}>\n${inside.join('')}</${prefix}values>\n`
}

function valueXml(value: XmlValue, prefix: string): string {
  const { transaction, context, keys = [] } = value
  const around =
    (transaction === undefined ? '' : ` transactionId="${escapeXml(transaction)}"`) +
    (context === undefined ? '' : ` context="${escapeXml(context)}"`)
  const inside = [signedDataXml(value, prefix), ...keys.map((key) => keyXml(key, prefix))]
  const lines = inside.map((element) => `    ${element}\n`).join('')
  return `  <${prefix}value${around}>\n${lines}  </${prefix}value>\n`
}

/** The `signedData` element alone. */
export function signedDataXml(value: XmlValue, prefix = ''): string {
  const { data, carried = 'plain', format = 'OCMF' } = value
  const label = value.label === undefined ? carried : value.label
  const attributes =
    (format === null ? '' : ` format="${format}"`) + (label === null ? '' : ` encoding="${label}"`)
  return `<${prefix}signedData${attributes}>${CARRIERS[carried](data)}</${prefix}signedData>`
}

function keyXml(key: string, prefix: string): string {
  return `<${prefix}publicKey encoding="plain">${escapeXml(key)}</${prefix}publicKey>`
}

/** @returns text as it may stand in an element, quotation marks as they are */
function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** @returns text as it may stand anywhere in XML and HTML */
export function escapeXml(text: string): string {
  return escapeText(text).replaceAll('"', '&quot;')
}

function oneOf<T extends string>(name: string, value: string, words: readonly T[]): T {
  const found = words.find((word) => word === value)
  if (found === undefined) throw new Error(`--${name}: one of ${words.join(', ')}`)
  return found
}

/** Numbers keep their digits. */
function parsed(text: string): Record<string, Json> {
  const keep = (_: string, value: unknown, context?: { source?: string }) =>
    typeof value === 'number' ? literal(context?.source ?? String(value)) : value
  return JSON.parse(text, keep) as Record<string, Json>
}

function main(args: string[]): string {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      curve: { type: 'string', default: 'secp256r1' },
      seed: { type: 'string', default: '1' },
      method: { type: 'string' },
      encoding: { type: 'string', default: 'hex' },
      shape: { type: 'string', default: 'der' },
      'high-s': { type: 'boolean', default: false },
      fourth: { type: 'boolean', default: false },
      section: { type: 'string', default: '{}' },
      xml: { type: 'boolean', default: false },
      transaction: { type: 'string' },
      context: { type: 'string' },
      key: { type: 'boolean', default: false },
    },
  })
  const key = throwAwayKey(oneOf('curve', values.curve, KEY_KINDS), values.seed)
  if (values.key) return keyHex(key)
  const [path] = positionals
  if (path === undefined) throw new Error('no payload given: a file, or - for standard input')
  const { method, transaction, context } = values
  const record = ocmf(readFileSync(path === '-' ? 0 : path, 'utf8').replace(/\r?\n$/, ''), {
    key,
    encoding: oneOf('encoding', values.encoding, Object.keys(ENCODINGS) as SignatureEncoding[]),
    shape: oneOf('shape', values.shape, Object.keys(SHAPES) as Shape[]),
    highS: values['high-s'],
    section: parsed(values.section),
    ...(method === undefined ? {} : { method: method === 'none' ? null : method }),
    ...(values.fourth ? { fourth: keyHex(key) } : {}),
  })
  if (!values.xml) return record
  const around = {
    ...(transaction === undefined ? {} : { transaction }),
    ...(context === undefined ? {} : { context }),
  }
  return valuesXml([{ data: record, keys: [keyHex(key)], ...around }])
}

if (import.meta.main) process.stdout.write(`${main(process.argv.slice(2)).trimEnd()}\n`)

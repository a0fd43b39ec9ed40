/**
 * Bytes → public key: SubjectPublicKeyInfo, certificate, bare point or key.
 *
 * A structure names its curve, and nothing but a name from our table is accepted. A bare point is
 * tested against every curve of its size: an honest one lies on exactly one of them, by accident
 * on another with a probability of 2^-192. What only its length speaks for (a compressed point,
 * 32 bytes that may be an Ed25519 key or a digest) is a key if a hint says so, else a candidate.
 * Sources: RFC 5480 and RFC 8410 (SubjectPublicKeyInfo), SEC 1, 2.3.4 and 3.2.2 (points),
 * RFC 5958 and RFC 5915 (private keys, to refuse them).
 *
 * @module
 */
import { type CurveId, KEY_KINDS } from '../../../shared/model/key.ts'
import {
  type Element,
  TAG,
  bitStringOctets,
  encodeElement,
  encodeUnsigned,
  expectTag,
  oidText,
  readElement,
  readElements,
} from '../codec/asn1.ts'
import { SyntaxProblem } from '../codec/decode-error.ts'
import { readCertificate } from './certificate.ts'
import {
  CURVES,
  type EcCurveId,
  RSA,
  WHOLE_KINDS,
  type WholeKindId,
  curveByOid,
  decompress,
  isEcCurve,
  isOnCurve,
  isSealKind,
  toInteger,
  toOctets,
} from './curves.ts'
import { isEdwardsPoint } from './edwards.ts'
import {
  type KeyEncoding,
  type KeyFound,
  type KeyNote,
  type KeyReading,
  type KeyShape,
  mapKeys,
  unknown,
} from './key-reading.ts'

export const EC_PUBLIC_KEY = '1.2.840.10045.2.1'

/** Kinds of key that we recognise in order to call them by their name. */
const UNSUPPORTED_NAMES: Record<string, string> = {
  '1.2.840.113549.1.1.1': 'rsa',
  '1.2.840.113549.1.1.10': 'rsa',
  '1.3.132.0.8': 'secp160r1',
  '1.3.132.0.9': 'secp160k1',
  '1.3.132.0.30': 'secp160r2',
  '1.3.36.3.3.2.8.1.1.1': 'brainpoolP160r1',
  '1.3.36.3.3.2.8.1.1.2': 'brainpoolP160t1',
  '1.2.156.10197.1.301': 'sm2p256v1',
  '1.2.250.1.223.101.256.1': 'FRP256v1',
  '1.3.101.110': 'x25519',
  '1.3.101.111': 'x448',
}

/** So many bytes that belong to nothing may stand on either side of a key. */
const MAX_STRAY_BYTES = 2

const UNCOMPRESSED = 0x04

/** Forms of a point by its first byte (SEC 1, 2.3.3; X9.62, 4.3.6 for the hybrid one). */
const POINT_FORMS: Record<number, 'uncompressed' | 'compressed' | 'hybrid'> = {
  0x02: 'compressed',
  0x03: 'compressed',
  [UNCOMPRESSED]: 'uncompressed',
  0x06: 'hybrid',
  0x07: 'hybrid',
}

export interface BytesContext {
  /** Curves that the surroundings speak of; the first that is possible is chosen, no more. */
  hints: readonly CurveId[]
  /** For the form of the key only. */
  encoding: KeyEncoding
}

/** @param bytes one key with at most two stray bytes before it; behind it two, or any zeros */
export function readKeyBytes(bytes: Uint8Array, context: BytesContext): KeyReading {
  const reading = readKeyAtStart(bytes, context)
  if (reading.kind !== 'unknown' && reading.kind !== 'not-on-curve') return reading
  // Registers of the Bauer BSM put the length before the key. The header of a structure that we
  // could not read is none of that, and what has no first byte of its own is not looked for: a
  // hybrid point must not pass as x‖y behind a stray byte.
  if (bytes[0] === TAG.sequence) return reading
  for (let count = 1; count <= MAX_STRAY_BYTES; count++) {
    const first = bytes[count]
    if (first !== TAG.sequence && first !== UNCOMPRESSED) continue
    const inner = readKeyAtStart(bytes.subarray(count), context)
    if (inner.kind !== 'key' || !/^(?:spki|raw04|certificate)/.test(inner.form)) continue
    return { ...inner, notes: [...inner.notes, { kind: 'leading-bytes', count }] }
  }
  return reading
}

/** @returns `02‖x` or `03‖x` (SEC 1, 2.3.3) */
export function compressPoint(point: Uint8Array): Uint8Array {
  const bytes = (point.length - 1) / 2
  return Uint8Array.of(0x02 + ((point.at(-1) ?? 0) % 2), ...point.subarray(1, 1 + bytes))
}

function readKeyAtStart(bytes: Uint8Array, context: BytesContext): KeyReading {
  if (bytes[0] !== TAG.sequence) return readBareKey(bytes, context)
  const reading = readStructure(bytes, context)
  if (reading !== null) return reading
  // One point in 256 begins with 30 as well.
  const bare = readBareKey(bytes, context)
  return bare.kind === 'unknown' ? unknown('structure') : bare
}

/** Structures by the tags of their elements; the first row that fits counts. */
const STRUCTURES: { tags: readonly number[]; open?: true; read: StructureReader }[] = [
  { tags: [TAG.sequence, TAG.bitString], read: readSpki },
  { tags: [TAG.sequence, TAG.sequence, TAG.bitString], read: readCertified },
  // PKCS #8 and RFC 5958; RFC 5915; encrypted PKCS #8; RSA (RFC 8017, A.1.2)
  { tags: [TAG.integer, TAG.sequence, TAG.octetString], open: true, read: refusePrivateKey },
  { tags: [TAG.integer, TAG.octetString], open: true, read: refusePrivateKey },
  { tags: [TAG.sequence, TAG.octetString], read: refusePrivateKey },
  {
    tags: [TAG.integer, TAG.integer, TAG.integer, TAG.integer],
    open: true,
    read: refusePrivateKey,
  },
  { tags: [TAG.integer, TAG.integer], read: readRsa },
]

type StructureReader = (
  elements: readonly Element[],
  bytes: Uint8Array,
  encoding: KeyEncoding,
) => KeyReading | null

/** @returns null if it is no structure that we know */
function readStructure(bytes: Uint8Array, { encoding }: BytesContext): KeyReading | null {
  try {
    const whole = der(readElement(bytes))
    const stray = bytes.subarray(whole.to)
    if (!isStray(stray)) return null
    const elements = readElements(bytes, whole)
    const row = STRUCTURES.find(({ tags, open }) => {
      const fits = open === true ? elements.length >= tags.length : elements.length === tags.length
      return fits && tags.every((tag, i) => elements[i]?.tag === tag)
    })
    const reading = row?.read(elements.map(der), bytes, encoding) ?? null
    if (reading === null || stray.length === 0) return reading
    return mapKeys(reading, (key) => ({ ...key, notes: [...key.notes, trailing(stray)] }))
  } catch (problem) {
    if (problem instanceof SyntaxProblem) return null
    throw problem
  }
}

/** SubjectPublicKeyInfo = { { algorithm, parameters? }, key } (RFC 5480, 2). */
function readSpki(
  [algorithm, key]: readonly Element[],
  bytes: Uint8Array,
  encoding: KeyEncoding,
): KeyReading | null {
  const [oid, parameters, ...more] = readElements(bytes, expectTag(algorithm, TAG.sequence)).map(
    der,
  )
  if (more.length > 0) return null
  const kind = oidText(expectTag(oid, TAG.oid))
  const octets = bitStringOctets(expectTag(key, TAG.bitString))
  if (kind === RSA) return readRsaKey(octets, encoding, 'spki')
  if (kind !== EC_PUBLIC_KEY) return readWholeKind(kind, parameters, octets, encoding)
  if (parameters?.tag === TAG.sequence) return { kind: 'explicit-parameters' }
  if (parameters?.tag !== TAG.oid) return unknown('no-curve')
  const name = oidText(parameters)
  const curve = curveByOid(name)
  if (curve === null || !isEcCurve(curve)) return unsupported(name)
  const point = pointOn(curve, octets)
  if (typeof point === 'string') return refusePoint(point, [curve])
  const notes: KeyNote[] = point.compressed ? [{ kind: 'compressed' }] : []
  return found(curve, point.point, 'spki', encoding, notes)
}

/** EdDSA (RFC 8410, 3) and ML-DSA (RFC 9881, 2) have no parameters. */
function readWholeKind(
  oid: string,
  parameters: Element | undefined,
  key: Uint8Array,
  encoding: KeyEncoding,
): KeyReading | null {
  const kind = curveByOid(oid)
  if (kind === null) return unsupported(oid)
  if (isEcCurve(kind) || isSealKind(kind) || parameters !== undefined) return null
  if (key.length !== WHOLE_KINDS[kind].keyBytes) return unknown('length')
  if (!isWholeKey(kind, key)) return { kind: 'not-on-curve', curves: [kind] }
  return found(kind, key.slice(), 'spki', encoding, [])
}

function readCertified(
  elements: readonly Element[],
  whole: Uint8Array,
  encoding: KeyEncoding,
): KeyReading | null {
  // The elements fill their SEQUENCE; up to two stray bytes may follow it.
  const { bytes, spki, facts } = readCertificate(whole.subarray(0, elements.at(-1)?.to))
  const reading = readSpki(readElements(bytes, spki).map(der), bytes, encoding)
  if (reading === null) return null
  return mapKeys(reading, (key) => ({ ...key, form: 'certificate', certificate: facts }))
}

/** RSAPublicKey = { n, e } (RFC 8017, A.1.1). An ECDSA signature { r, s } looks the same but for e. */
function readRsa(
  [modulus, exponent]: readonly Element[],
  _: Uint8Array,
  encoding: KeyEncoding,
): KeyReading | null {
  if (modulus === undefined || exponent === undefined || exponent.content.length > 8) return null
  return rsaKey(modulus.content, exponent.content, encoding, 'raw')
}

function readRsaKey(octets: Uint8Array, encoding: KeyEncoding, shape: KeyShape): KeyReading | null {
  const [modulus, exponent, ...more] = readElements(octets, der(readElement(octets))).map(der)
  if (more.length > 0) return null
  const [n, e] = [modulus, exponent].map((element) => expectTag(element, TAG.integer).content)
  return n === undefined || e === undefined ? null : rsaKey(n, e, encoding, shape)
}

const SEAL_BITS = 2048

/** Only keys of seals are used; one of another length is recognised and refused by its name. */
function rsaKey(
  modulus: Uint8Array,
  exponent: Uint8Array,
  encoding: KeyEncoding,
  shape: KeyShape,
): KeyReading {
  const [n, e] = [toInteger(modulus), toInteger(exponent)]
  const usable = n >> BigInt(SEAL_BITS - 1) === 1n && (n & 1n) === 1n
  if (!usable || e < 3n || (e & 1n) === 0n || e >> 32n !== 0n) return unsupported(RSA)
  const key = encodeElement(TAG.sequence, encodeUnsigned(modulus), encodeUnsigned(exponent))
  const notes: KeyNote[] = shape === 'raw' ? [{ kind: 'bare' }] : []
  return found('rsa-2048', key, shape, encoding, notes)
}

function refusePrivateKey(): KeyReading {
  return { kind: 'private-key' }
}

interface BareMatch {
  curve: CurveId
  point: Uint8Array
  shape: KeyShape
  notes: KeyNote[]
  /** Whether an equation holds that a random value would not fulfil, or the length is unmistakable. */
  sure: boolean
}

function readBareKey(bytes: Uint8Array, { hints, encoding }: BytesContext): KeyReading {
  const matches = [...barePoints(bytes), ...bareWholeKeys(bytes)]
  const sure = matches.filter((match) => match.sure)
  const possible = sure.length > 0 ? sure : matches
  const hint = hints.find((wanted) => possible.some(({ curve }) => curve === wanted))
  const chosen = sure.length === 1 ? sure[0] : possible.find(({ curve }) => curve === hint)
  const key = ({ curve, point, shape, notes }: BareMatch) =>
    found(curve, point, shape, encoding, notes)
  if (chosen !== undefined) return key(chosen)
  if (possible.length > 0) return { kind: 'ambiguous', candidates: possible.map(key) }
  const first = bytes[0] ?? 0
  const curves = KEY_KINDS.filter(
    (kind) =>
      (isEcCurve(kind) || hints.includes(kind)) && sizesOf(kind, first).includes(bytes.length),
  )
  if (curves.length > 0) return { kind: 'not-on-curve', curves }
  const hybrid = POINT_FORMS[first] === 'hybrid' && isUncompressedLength(bytes.length)
  return unknown(hybrid ? 'hybrid-point' : 'length')
}

const BARE_SHAPES: {
  shape: KeyShape
  note: KeyNote
  /** Of a point whose coordinates have `bytes` bytes. */
  length: (bytes: number) => number
  fits: (first: number) => boolean
}[] = [
  {
    shape: 'raw04',
    note: { kind: 'bare' },
    length: (bytes) => 1 + 2 * bytes,
    fits: (first) => POINT_FORMS[first] === 'uncompressed',
  },
  {
    shape: 'xy',
    note: { kind: 'no-prefix-byte' },
    length: (bytes) => 2 * bytes,
    fits: () => true,
  },
  {
    shape: 'compressed',
    note: { kind: 'compressed' },
    length: (bytes) => 1 + bytes,
    fits: (first) => POINT_FORMS[first] === 'compressed',
  },
]

/** @returns the points that the bytes may be, on every curve */
function barePoints(bytes: Uint8Array): BareMatch[] {
  const matches: BareMatch[] = []
  for (const curve of KEY_KINDS) {
    if (!isEcCurve(curve)) continue
    for (const { shape, note, length, fits } of BARE_SHAPES) {
      const end = length(CURVES[curve].bytes)
      if (bytes.length < end || !fits(bytes[0] ?? 0)) continue
      const sure = shape !== 'compressed'
      const stray = bytes.subarray(end)
      if (stray.length > 0 && !(sure && isStray(stray))) continue
      const written = bytes.subarray(0, end)
      const octets = shape === 'xy' ? Uint8Array.of(UNCOMPRESSED, ...written) : written
      const point = pointOn(curve, octets)
      if (typeof point === 'string') continue
      const notes = stray.length > 0 ? [note, trailing(stray)] : [note]
      matches.push({ curve, point: point.point, shape, notes, sure })
    }
  }
  return matches
}

/** @returns the EdDSA or ML-DSA key that has this length; 32 bytes are as well a digest */
function bareWholeKeys(bytes: Uint8Array): BareMatch[] {
  const matches: BareMatch[] = []
  for (const kind of KEY_KINDS) {
    if (isEcCurve(kind) || WHOLE_KINDS[kind].keyBytes !== bytes.length) continue
    if (!isWholeKey(kind, bytes)) continue
    const sure = kind.startsWith('ml-dsa')
    const point = bytes.slice()
    matches.push({ curve: kind, point, shape: 'raw', notes: [{ kind: 'bare' }], sure })
  }
  return matches
}

/** @returns lengths that a bare key of that kind has if it begins with `first` */
function sizesOf(kind: CurveId, first: number): number[] {
  if (isSealKind(kind)) return []
  if (!isEcCurve(kind)) return [WHOLE_KINDS[kind].keyBytes]
  const { bytes } = CURVES[kind]
  return BARE_SHAPES.filter(({ fits }) => fits(first)).map(({ length }) => length(bytes))
}

function isUncompressedLength(length: number): boolean {
  return Object.values(CURVES).some(({ bytes }) => length === 1 + 2 * bytes)
}

/** ML-DSA keys are numbers without a rule that all of them fulfil (FIPS 204, 5.3). */
function isWholeKey(kind: WholeKindId, key: Uint8Array): boolean {
  return kind === 'ed25519' || kind === 'ed448' ? isEdwardsPoint(kind, key) : true
}

type PointProblem = 'off-curve' | 'infinity' | 'length' | 'hybrid-point' | 'no-point'

/** Octet string to point (SEC 1, 2.3.4), proven valid (3.2.2.1); all our curves have cofactor 1. */
function pointOn(
  curve: EcCurveId,
  octets: Uint8Array,
): { point: Uint8Array; compressed: boolean } | PointProblem {
  const [first] = octets
  if (first === undefined) return 'no-point'
  const { bytes } = CURVES[curve]
  const form = POINT_FORMS[first]
  if (form === undefined) return first === 0 && octets.length === 1 ? 'infinity' : 'length'
  if (octets.length !== 1 + (form === 'compressed' ? bytes : 2 * bytes)) return 'length'
  if (form === 'hybrid') return 'hybrid-point'
  const x = toInteger(octets.subarray(1, 1 + bytes))
  if (form === 'uncompressed') {
    const y = toInteger(octets.subarray(1 + bytes))
    return isOnCurve(curve, x, y) ? { point: octets.slice(), compressed: false } : 'off-curve'
  }
  const y = decompress(curve, first === 2 ? 2 : 3, x)
  if (y === null) return 'off-curve'
  const point = Uint8Array.of(UNCOMPRESSED, ...octets.subarray(1), ...toOctets(y, bytes))
  return { point, compressed: true }
}

function refusePoint(problem: PointProblem, curves: CurveId[]): KeyReading {
  const invalid = problem === 'off-curve' || problem === 'infinity'
  return invalid ? { kind: 'not-on-curve', curves } : unknown(problem)
}

function found(
  curve: CurveId,
  point: Uint8Array,
  shape: KeyShape,
  encoding: KeyEncoding,
  notes: KeyNote[],
): KeyFound {
  const form = `${shape}-${encoding}` as const
  return { kind: 'key', curve, point, form, notes, certificate: null, meter: null, evse: null }
}

function unsupported(oid: string): KeyReading {
  return { kind: 'unsupported-curve', curve: UNSUPPORTED_NAMES[oid] ?? oid }
}

/** Keys are DER: an element with a longer length than needed is not read. */
function der(element: Element): Element {
  if (element.minimalLength) return element
  throw new SyntaxProblem('a length is longer than DER allows', element.from)
}

function isStray(bytes: Uint8Array): boolean {
  return bytes.length <= MAX_STRAY_BYTES || bytes.every((byte) => byte === 0)
}

function trailing(stray: Uint8Array): KeyNote {
  return { kind: 'trailing-bytes', count: stray.length }
}

/**
 * What comes out when text or bytes are read as a public key.
 *
 * @module
 */
import type { CurveId } from '../../../shared/model/key.ts'

/** `raw`: the bytes of an EdDSA or ML-DSA key; `xy`: a point without its first byte 04. */
export type KeyShape = 'spki' | 'raw04' | 'xy' | 'compressed' | 'raw'

/** `bytes`: none, as in a DER file. */
export type KeyEncoding = 'hex' | 'base64' | 'base32' | 'bytes'

/** How the key was written. Layers around it, as base64 of hexadecimal text, are not told. */
export type KeyForm =
  | `${KeyShape}-${KeyEncoding}`
  | `oca-${'base16' | 'base32' | 'base64'}`
  | 'pem'
  | 'certificate'
  | 'json'

/** What was unusual. A key has at most one of the first three. */
export type KeyNote =
  /** `bare`: only the point or key, without the structure that names its curve */
  | { kind: 'bare' | 'no-prefix-byte' | 'compressed' }
  /** blanks, line breaks, colons … between the digits */
  | { kind: 'separators' }
  /** bytes around the key, as in frames of meter registers */
  | { kind: 'leading-bytes' | 'trailing-bytes'; count: number }

export interface CertificateFacts {
  /** Common name; empty if there is none. */
  subject: string
  /** ISO, UTC; null if not a date. */
  validFrom: string | null
  validUntil: string | null
}

export interface KeyFound {
  kind: 'key'
  curve: CurveId
  /** `04‖x‖y`, proven to lie on the curve; for EdDSA and ML-DSA the bytes of the key. */
  point: Uint8Array
  form: KeyForm
  notes: KeyNote[]
  certificate: CertificateFacts | null
  /** What the file with the key says it belongs to. */
  meter: string | null
  evse: string | null
}

export type UnknownReason =
  | 'empty'
  /** more than `LIMITS.keyTextBytes` */
  | 'too-long'
  /** more keys in one text than we read */
  | 'too-many'
  /** more encodings around each other than we undo */
  | 'layers'
  /** no form of a key */
  | 'no-encoding'
  /** nothing but characters of a key, but one of them or their number fits no encoding */
  | 'damaged'
  /** decoded, but no key has that many bytes, or none on that curve */
  | 'length'
  /** begins like DER and is no structure that holds a public key */
  | 'structure'
  /** first byte 06 or 07: x, y and the sign of y (X9.62) */
  | 'hybrid-point'
  /** an EC key that does not name its curve, or a PEM block with nothing but a curve */
  | 'no-curve'
  | 'no-point'
  /** a PEM block whose content is no base64 */
  | 'pem'
  /** JSON without a member that may be a key, or broken JSON */
  | 'json'
  /** `oca:` with an encoding or content that its definition does not have */
  | 'oca'
  /** several different keys where one was asked for */
  | 'several-keys'

export type KeyReading =
  | KeyFound
  /** Several readings are possible, or one that only its length speaks for; see `hint`. */
  | { kind: 'ambiguous'; candidates: KeyFound[] }
  /** Off every curve it may be meant for, a coordinate not below p, or infinity (SEC 1, 3.2.2). */
  | { kind: 'not-on-curve'; curves: CurveId[] }
  /** Name of the curve or kind of key where we know one, else its OID. */
  | { kind: 'unsupported-curve'; curve: string }
  /** Parameters instead of the name of a curve: never used (CVE-2020-0601). */
  | { kind: 'explicit-parameters' }
  /** Nobody should see it, and no public key is taken from it. */
  | { kind: 'private-key' }
  | { kind: 'unknown'; reason: UnknownReason }

export function unknown(reason: UnknownReason): KeyReading {
  return { kind: 'unknown', reason }
}

/** @returns the reading with every key in it changed */
export function mapKeys(reading: KeyReading, change: (key: KeyFound) => KeyFound): KeyReading {
  if (reading.kind === 'key') return change(reading)
  if (reading.kind !== 'ambiguous') return reading
  return { kind: 'ambiguous', candidates: reading.candidates.map(change) }
}

/** @returns the key, or those between which only a signature can decide, or none */
export function candidatesOf(reading: KeyReading): KeyFound[] {
  if (reading.kind === 'key') return [reading]
  return reading.kind === 'ambiguous' ? reading.candidates : []
}

/** From the surest to the vaguest. A private key comes first: it must not go unnoticed. */
const CERTAINTY: readonly KeyReading['kind'][] = [
  'private-key',
  'key',
  'explicit-parameters',
  'unsupported-curve',
  'ambiguous',
  'not-on-curve',
  'unknown',
]

/** @returns the surest of several readings of one text, the first of equals */
export function surest(readings: readonly KeyReading[]): KeyReading {
  const ranked = readings.toSorted((a, b) => CERTAINTY.indexOf(a.kind) - CERTAINTY.indexOf(b.kind))
  return ranked[0] ?? unknown('no-encoding')
}

/**
 * Public keys and how far they are to be trusted.
 *
 * @module
 */
import type { Hex } from '../hex.ts'
import type { Finding } from './finding.ts'
import type { RegisterWords } from './register.ts'
import type { ReadPlace } from './stored-key.ts'

/** Curves and other key kinds the program can verify with; the names are SEC 2's and RFC 5639's. */
export const KEY_KINDS = [
  'secp192r1',
  'secp192k1',
  'secp224r1',
  'secp224k1',
  'secp256r1',
  'secp256k1',
  'secp384r1',
  'secp521r1',
  'brainpoolP192r1',
  'brainpoolP192t1',
  'brainpoolP224r1',
  'brainpoolP224t1',
  'brainpoolP256r1',
  'brainpoolP256t1',
  'brainpoolP320r1',
  'brainpoolP320t1',
  'brainpoolP384r1',
  'brainpoolP384t1',
  'brainpoolP512r1',
  'brainpoolP512t1',
  'ed25519',
  'ed448',
  'ml-dsa-44',
  'ml-dsa-65',
  'ml-dsa-87',
] as const

/** Keys of seals, signatures that give back what they sign; they fit nothing else. */
export const SEAL_KINDS = ['rsa-2048'] as const
export const ALL_KEY_KINDS = [...KEY_KINDS, ...SEAL_KINDS] as const

/** Every kind of key but those of seals. */
export type SigningKind = (typeof KEY_KINDS)[number]
/** The curve of a key; for a method without one, such as ML-DSA, the parameter set. */
export type CurveId = (typeof ALL_KEY_KINDS)[number]

/** Where a key was found; see {@link TRUST_OF_SOURCE} for what that is worth. */
export type KeySource =
  /** inside the record itself */
  | 'embedded'
  /** in the same file as the record */
  | 'container'
  /** in another file of the same check */
  | 'key-file'
  /** read off the station by the user */
  | 'imprint'
  /** official register */
  | 'register'

export interface PublicKeyRef {
  /** `sha256:` and the SHA-256 of curve name and point, in hexadecimal digits. */
  fingerprint: string
  curve: CurveId
  /** Uncompressed point `04‖x‖y`; for EdDSA and ML-DSA the bytes of the key. */
  point: Hex
  source: KeySource
  /** What the user or the register says this key is worth; never raised by the program. */
  trust: TrustLevel
  /** File, element or entry the key was read from, for display. */
  origin: string
  /** Serial number of the meter the key was published for. */
  meter: string | null
  evse: string | null
  /** Where the user read it, and the ISO date; only of keys confirmed in the key store. */
  confirmed?: { where: ReadPlace; on: string }
  /** Issuer of the signed list it came in. */
  issuer?: string
  /** What the register says of the station; not signed by anybody. */
  register?: RegisterWords
  /** Last year of the calibration, as the user read it off the meter. */
  calibratedUntil?: number
  /** ISO dates of the certificate or register entry. */
  validFrom: string | null
  validUntil: string | null
}

export const KEY_SOURCES = [
  'embedded',
  'container',
  'key-file',
  'imprint',
  'register',
] as const satisfies KeySource[]

/**
 * Key trust (product decision, section 2): K0 no key, K1 same file as the data, K2 other file
 * of the provider, K3 official register, K4 read off the station by the user, K5 certificate chain.
 */
export const TRUST_LEVELS = ['K0', 'K1', 'K2', 'K3', 'K4', 'K5'] as const
export type TrustLevel = (typeof TRUST_LEVELS)[number]

export const TRUST_OF_SOURCE = {
  embedded: 'K1',
  container: 'K1',
  'key-file': 'K2',
  imprint: 'K4',
  register: 'K3',
} as const satisfies Record<KeySource, TrustLevel>

export interface KeyTrust {
  level: TrustLevel
  key: PublicKeyRef | null
  /** What speaks for this level, and conflicts with other keys. */
  evidence: Finding[]
}

export function isAtLeast(level: TrustLevel, required: TrustLevel): boolean {
  return TRUST_LEVELS.indexOf(level) >= TRUST_LEVELS.indexOf(required)
}

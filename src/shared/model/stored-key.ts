/**
 * A public key as the key store keeps it.
 *
 * @module
 */
import type { CurveId, KeySource, TrustLevel } from './key.ts'

/** How a user compared a key with the station. */
export const CONFIRMATIONS = ['typed', 'groups', 'scanned'] as const
export type Confirmation = (typeof CONFIRMATIONS)[number]

/** Where a user read a key. */
export const READ_PLACES = ['station-label', 'meter-label', 'display', 'document'] as const
export type ReadPlace = (typeof READ_PLACES)[number]

/** How a key was confirmed, by whom, where, and the ISO date. */
export interface KeyConfirmation {
  how: Confirmation
  by: string
  where: ReadPlace
  at: string
}

/** One statement "this key belongs to that meter", with where it came from. */
export interface StoredKey {
  id: number
  /** See `PublicKeyRef.fingerprint`. */
  fingerprint: string
  curve: CurveId
  /** Hexadecimal digits, see `PublicKeyRef.point`. */
  point: string
  source: KeySource
  trust: TrustLevel
  meter: string | null
  evse: string | null
  station: string | null
  operator: string | null
  label: string | null
  note: string | null
  /** File, register edition or place the key was read from. */
  origin: string
  /** null for a key nobody compared. */
  confirmed: KeyConfirmation | null
  validFrom: string | null
  validUntil: string | null
  /** ISO times; the second is null for a key that was not removed. */
  addedAt: string
  removedAt: string | null
  /** Other fingerprints stored for the same meter: a loud conflict. */
  conflicts: string[]
  /** Last year of the calibration of the meter, as the user read it off. */
  calibratedUntil: number | null
  /** Issuer of the signed list it came in, if the user knows the issuer. */
  issuer: string | null
}

/** What a user may say of a key. */
export interface KeyDetails {
  meter: string | null
  evse: string | null
  station: string | null
  operator: string | null
  label: string | null
  note: string | null
}

/** What lists of an issuer may be worth: as any list, or as the register. */
export const ISSUER_TRUST = ['K2', 'K3'] as const
export type IssuerTrust = (typeof ISSUER_TRUST)[number]

/** Somebody whose signed lists of keys the user knows. */
export interface Issuer {
  id: number
  /** Of the Ed25519 key, as `PublicKeyRef.fingerprint`. */
  fingerprint: string
  name: string
  trust: IssuerTrust
  /** ISO time. */
  addedAt: string
}

/** What changed the trust of many keys at once. */
export interface StoreEvent {
  id: number
  /** ISO time. */
  at: string
  action:
    | 'register'
    | 'register-remove'
    | 'issuer-add'
    | 'issuer-trust'
    | 'issuer-remove'
    | 'policy'
  /** JSON. */
  detail: string
}

/** One line of the append-only record of every change. */
export interface KeyChange {
  id: number
  /** ISO time. */
  at: string
  action:
    | 'add'
    | 'edit'
    | 'confirm'
    | 'remove'
    | 'restore'
    | 'import'
    | 'merge'
    | 'split'
    | 'photo-add'
    | 'photo-remove'
  fingerprint: string
  /** The key it was done to, see `StoredKey.id`. */
  key: number
  /** JSON: fields as they are, or as they were and are, `{"meter":[null,"1EMH0012"]}`. */
  detail: string
  reason: string
}

/** Which entries of the key store are listed; null for any. */
export interface KeyFilter {
  source: KeySource | null
  trust: TrustLevel | null
  curve: CurveId | null
  /** As the user wrote it. */
  operator: string | null
  /** Only meters with several keys. */
  conflict: boolean
}

export const NO_FILTER: KeyFilter = {
  source: null,
  trust: null,
  curve: null,
  operator: null,
  conflict: false,
}

/** How many entries each choice of a {@link KeyFilter} has, the most frequent first. */
export interface KeyFacets {
  source: [KeySource, number][]
  trust: [TrustLevel, number][]
  curve: [CurveId, number][]
  operator: [string, number][]
  conflict: number
}

/** Media types of photos of imprints. */
export const PHOTO_TYPES = ['image/jpeg', 'image/png', 'image/webp'] as const
export type PhotoType = (typeof PHOTO_TYPES)[number]
/** The window makes photos smaller before it hands them over. */
export const PHOTO_BYTES = 1024 * 1024

/** A photo of an imprint, without its bytes. */
export interface KeyPhoto {
  type: PhotoType
  size: number
  /** Hexadecimal digits. */
  sha256: string
  /** ISO time. */
  addedAt: string
}

/** Where a key was seen; kept only if the user switched history on. */
export interface KeySighting {
  /** ISO time of the check. */
  at: string
  meter: string | null
  begin: string | null
  state: string
}

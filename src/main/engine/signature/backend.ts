/**
 * What a signature engine must answer, and in which form it is asked.
 *
 * Our code reads keys and signatures, checks ranges and the curve equation; an engine only ever
 * gets canonical values, so all of them behave alike.
 *
 * @module
 */
import type { CurveId } from '../../../shared/model/key.ts'
import type { HashId } from './algorithms.ts'
import type { EcCurveId, SealKindId, WholeKindId } from './curves.ts'

/** An ECDSA signature ready for the final equation (FIPS 186-5, 6.4.2; SEC 1, 4.1.4). */
export interface EcdsaCheck {
  kind: 'ecdsa'
  curve: EcCurveId
  hash: HashId
  /** Uncompressed point `04‖x‖y`, proven to lie on the curve. */
  point: Uint8Array
  signedBytes: Uint8Array
  /** Both proven to be at least 1 and below the group order. */
  r: bigint
  s: bigint
}

/** A signature that is checked as a whole: EdDSA (RFC 8032) and ML-DSA (FIPS 204). */
export interface WholeCheck {
  kind: 'whole'
  curve: WholeKindId
  /** Key in the raw form of its standard, proven to have its length (`WHOLE_KINDS`). */
  point: Uint8Array
  signedBytes: Uint8Array
  /** Of any length; of another than its standard's it fits no key. */
  signature: Uint8Array
}

/** A seal: a signature from which the signed bytes come back (`seal.ts`). */
export interface SealCheck {
  kind: 'seal'
  curve: SealKindId
  /** DER of RSAPublicKey (RFC 8017, A.1.1), proven to have its length. */
  point: Uint8Array
  signedBytes: Uint8Array
  /** The whole container of the seal. */
  signature: Uint8Array
}

export type CanonicalCheck = EcdsaCheck | WholeCheck | SealCheck

export interface Backend {
  /** `"noble"`, `"native"`: shown as the engine that was asked. */
  name: string
  /** Loads what `verify` needs for that kind of key; a kind prepared before costs nothing. */
  prepare(curve: CurveId): Promise<void>
  /** Whether this engine can be asked about that kind of key; false before `prepare`. */
  supports(curve: CurveId): boolean
  /** @returns whether the signature fits; never throws for a check that `supports` allows */
  verify(check: CanonicalCheck): boolean
}

/**
 * Signature methods: which hash goes with which key.
 *
 * @module
 */
import type { CurveId } from '../../../shared/model/key.ts'

export const HASHES = ['SHA224', 'SHA256', 'SHA384', 'SHA512'] as const
export type HashId = (typeof HASHES)[number]

/** A method as one word, `"ECDSA-secp256r1-SHA256"`, `"EdDSA-ed25519"`, `"ML-DSA-44"`. */
export interface Algorithm {
  curve: CurveId
  /** null: the method hashes by itself. */
  hash: HashId | null
}

/** @returns the name people and results see */
export function algorithmName({ curve, hash }: Algorithm): string {
  if (hash !== null) return `ECDSA-${curve}-${hash}`
  return curve.startsWith('ed') ? `EdDSA-${curve}` : curve.toUpperCase()
}

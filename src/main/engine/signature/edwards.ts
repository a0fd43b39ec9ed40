/**
 * Whether bytes are a public key of EdDSA: the encoding of a point of the curve.
 *
 * Shape: y little-endian, the sign of x in the highest bit. x² must be a square:
 * (y² − 1)/(dy² + 1) for Ed25519, (y² − 1)/(dy² − 1) for Ed448.
 * Source: RFC 8032, 5.1, 5.1.3, 5.2, 5.2.3.
 *
 * @module
 */
import { toInteger } from './curves.ts'

const P25519 = 2n ** 255n - 19n
const P448 = 2n ** 448n - 2n ** 224n - 1n

const EDWARDS = {
  ed25519: {
    p: P25519,
    d: 0x52036cee2b6ffe738cc740797779e89800700a4d4141d8ab75eb4dca135978a3n,
    constant: 1n,
    signBit: 255n,
  },
  ed448: { p: P448, d: P448 - 39081n, constant: P448 - 1n, signBit: 455n },
} as const

export type EdwardsId = keyof typeof EDWARDS

/** @param key of the length of its standard */
export function isEdwardsPoint(curve: EdwardsId, key: Uint8Array): boolean {
  const { p, d, constant, signBit } = EDWARDS[curve]
  const number = toInteger(key.toReversed())
  const negative = number >> signBit === 1n
  const y = number % (1n << signBit)
  if (y >= p) return false
  const square = (y * y) % p
  const above = (square + p - 1n) % p
  if (above === 0n) return !negative // x = 0 has no sign
  // u/v is a square where u·v is one: they differ by the square v². v is never 0.
  return power((above * (d * square + constant)) % p, (p - 1n) / 2n, p) === 1n
}

function power(base: bigint, exponent: bigint, p: bigint): bigint {
  let result = 1n
  for (const bit of exponent.toString(2)) {
    result = (result * result) % p
    if (bit === '1') result = (result * base) % p
  }
  return result
}

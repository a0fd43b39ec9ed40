/**
 * Public keys that fit an ECDSA signature.
 *
 * Two records of one device usually have one key in common, which proves that the same key signed
 * both, though not whose it is. Loading this module loads noble; import it when needed.
 * Source: SEC 1, 4.1.6.
 *
 * @module
 */
import type { HashId } from './algorithms.ts'
import { type EcCurveId, curveParameters, decompress } from './curves.ts'
import { digestNumber, pointsOf } from './noble-ecdsa.ts'

/**
 * @returns uncompressed points `04‖x‖y`; two as a rule, up to four where r + n is an x of the curve
 *   too, none where r is no x or r or s is out of range
 */
export function recoverPoints(
  curve: EcCurveId,
  hash: HashId,
  signedBytes: Uint8Array,
  r: bigint,
  s: bigint,
): Uint8Array[] {
  const { p, n } = curveParameters(curve)
  if (r < 1n || r >= n || s < 1n || s >= n) return []
  const points = pointsOf(curve)
  const { Fn, BASE } = points
  const inverse = Fn.inv(r)
  const u1 = Fn.neg(Fn.mul(digestNumber(curve, hash, signedBytes), inverse))
  const u2 = Fn.mul(s, inverse)
  const keys: Uint8Array[] = []
  for (let x = r; x < p; x += n) {
    for (const prefix of [2, 3] as const) {
      const y = decompress(curve, prefix, x)
      if (y === null) continue
      const key = BASE.mulAddUnsafe(u1, points.fromAffine({ x, y }), u2)
      if (!key.is0()) keys.push(key.toBytes(false))
    }
  }
  return keys
}

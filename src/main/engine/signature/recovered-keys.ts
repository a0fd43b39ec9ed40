/**
 * Which keys a record without a key could have been signed with.
 *
 * @module
 */
import type { SignatureCheck, SignatureClaim } from '../types.ts'
import { isEcCurve } from './curves.ts'
import { fingerprint } from './public-key.ts'
import { recoverPoints } from './recover.ts'

/** @returns fingerprints; none where method or signature are unknown */
export function recoveredKeys(claim: SignatureClaim, check: SignatureCheck): string[] {
  const { value, declaredAlgorithm } = check
  const curve = declaredAlgorithm?.curve
  if (value === null || curve === undefined || !isEcCurve(curve)) return []
  const points = recoverPoints(curve, claim.hash, claim.signedBytes, value.r, value.s)
  return points.map((point) => fingerprint(curve, point))
}

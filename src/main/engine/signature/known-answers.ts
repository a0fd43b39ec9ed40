/**
 * Known answers: before an engine's word counts, it must tell a valid signature from an invalid.
 *
 * @module
 */
import { type Hex, fromHex } from '../../../shared/hex.ts'
import type { CurveId } from '../../../shared/model/key.ts'
import { utf8Bytes } from '../codec/text.ts'
import type { Backend, CanonicalCheck } from './backend.ts'
import { type SealKindId, isEcCurve, isSealKind, toInteger } from './curves.ts'
import { ECDSA_ANSWERS, SIGNED_TEXT, WHOLE_ANSWERS } from './known-answer-table.ts'

/**
 * @param backend prepared for that kind of key
 * @returns false also where the engine throws
 */
export function passesKnownAnswers(backend: Backend, curve: CurveId): boolean {
  // A seal has one engine: that of `seal.ts`.
  if (isSealKind(curve)) return false
  try {
    const valid = backend.verify(knownCheck(curve, SIGNED_TEXT))
    const altered = backend.verify(knownCheck(curve, `${SIGNED_TEXT}.`))
    return valid && !altered
  } catch {
    return false
  }
}

function knownCheck(curve: Exclude<CurveId, SealKindId>, text: string): CanonicalCheck {
  const signedBytes = utf8Bytes(text)
  if (!isEcCurve(curve)) {
    const { point, signature } = WHOLE_ANSWERS[curve]
    return { kind: 'whole', curve, point: bytes(point), signedBytes, signature: bytes(signature) }
  }
  const { hash, point, r, s } = ECDSA_ANSWERS[curve]
  const numbers = { r: toInteger(bytes(r)), s: toInteger(bytes(s)) }
  return { kind: 'ecdsa', curve, hash, point: bytes(point), signedBytes, ...numbers }
}

function bytes(hex: Hex): Uint8Array {
  return fromHex(hex) ?? new Uint8Array()
}

/**
 * A public key in the forms that other programs read and people compare.
 *
 * @module
 */
import { sha256 } from '@noble/hashes/sha2.js'
import { inGroupsOfFour, toHex } from '../../../shared/hex.ts'
import type { CurveId } from '../../../shared/model/key.ts'
import { TAG, encodeElement, encodeOid } from '../codec/asn1.ts'
import { toBase32 } from '../codec/base32.ts'
import { toBase64 } from '../codec/base64.ts'
import { utf8Bytes } from '../codec/text.ts'
import { isEcCurve, isSealKind, oidOf } from './curves.ts'
import { EC_PUBLIC_KEY, compressPoint } from './key-bytes.ts'

const NO_UNUSED_BITS = Uint8Array.of(0)

/**
 * SubjectPublicKeyInfo in DER with the name of the curve (RFC 5480, RFC 8410, RFC 9881, RFC 8017).
 *
 * @param point `04‖x‖y`; for EdDSA and ML-DSA the bytes of the key, for RSA RSAPublicKey in DER
 */
export function spki(curve: CurveId, point: Uint8Array): Uint8Array {
  const name = encodeOid(oidOf(curve))
  const algorithm = isEcCurve(curve)
    ? [encodeOid(EC_PUBLIC_KEY), name]
    : isSealKind(curve)
      ? [name, encodeElement(TAG.null)]
      : [name]
  return encodeElement(
    TAG.sequence,
    encodeElement(TAG.sequence, ...algorithm),
    encodeElement(TAG.bitString, NO_UNUSED_BITS, point),
  )
}

/**
 * @param point `04‖x‖y`; for EdDSA and ML-DSA the bytes of the key
 * @returns `sha256:` and the digest of the ASCII name of the curve, directly followed by the point
 */
export function fingerprint(curve: CurveId, point: Uint8Array): string {
  return `sha256:${toHex(sha256(Uint8Array.of(...utf8Bytes(curve), ...point)))}`
}

export interface KeyText {
  /** SubjectPublicKeyInfo and point in hexadecimal digits, in groups of four. */
  spkiHex: string
  pointHex: string
  spkiBase64: string
  /** As ALFEN prints it: compressed point, groups of four; null for curves it does not use. */
  base32: string | null
}

export function keyText(curve: CurveId, point: Uint8Array): KeyText {
  const structure = spki(curve, point)
  return {
    spkiHex: inGroupsOfFour(toHex(structure)),
    pointHex: inGroupsOfFour(toHex(point)),
    spkiBase64: toBase64(structure),
    base32: curve === 'secp192r1' ? inGroupsOfFour(toBase32(compressPoint(point))) : null,
  }
}

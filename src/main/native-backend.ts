/**
 * The fast engine: the OpenSSL of node:crypto, or what the runtime has in its place.
 *
 * Electron's BoringSSL lacks most curves of meters, and a system's OpenSSL may refuse some; so a
 * kind of key counts only after its known answers were right. All values arrive canonical, and the
 * forms OpenSSL wants (SPKI, DER) are written anew, so no leniency of its parsers matters.
 *
 * @module
 */
import { type KeyObject, createPublicKey, verify } from 'node:crypto'
import type { CurveId } from '../shared/model/key.ts'
import { TAG, encodeElement, encodeOid, encodeUnsigned } from './engine/codec/asn1.ts'
import type { Backend, EcdsaCheck } from './engine/signature/backend.ts'
import { isEcCurve, oidOf, orderBytes, toOctets } from './engine/signature/curves.ts'
import { passesKnownAnswers } from './engine/signature/known-answers.ts'
import { RecentKeys } from './engine/signature/recent-keys.ts'

/** `id-ecPublicKey` (RFC 5480, 2.1.1). */
const EC_PUBLIC_KEY = '1.2.840.10045.2.1'

export function createNativeBackend(): Backend {
  const keys = new RecentKeys<KeyObject>()
  const tested = new Map<CurveId, boolean>()

  const backend: Backend = {
    name: 'native',
    prepare: () => Promise.resolve(),
    supports(curve) {
      const passed = tested.get(curve) ?? passesKnownAnswers(backend, curve)
      tested.set(curve, passed)
      return passed
    },
    verify(check) {
      const { curve, point, signedBytes } = check
      // `supports` never says so.
      if (check.kind === 'seal') return false
      const key = keys.get(curve, point, () => readKey(curve, point))
      return check.kind === 'ecdsa'
        ? verify(check.hash, signedBytes, key, encodeSignature(check))
        : verify(null, signedBytes, key, check.signature)
    },
  }
  return backend
}

function readKey(curve: CurveId, point: Uint8Array): KeyObject {
  return createPublicKey({
    key: Buffer.from(encodeSpki(curve, point)),
    format: 'der',
    type: 'spki',
  })
}

/** SubjectPublicKeyInfo with a named curve (RFC 5480, 2; RFC 8410, 4; RFC 9881, 4). */
function encodeSpki(curve: CurveId, point: Uint8Array): Uint8Array {
  const oid = encodeOid(oidOf(curve))
  const algorithm = isEcCurve(curve) ? [encodeOid(EC_PUBLIC_KEY), oid] : [oid]
  return encodeElement(
    TAG.sequence,
    encodeElement(TAG.sequence, ...algorithm),
    encodeElement(TAG.bitString, Uint8Array.of(0), point),
  )
}

function encodeSignature({ curve, r, s }: EcdsaCheck): Uint8Array {
  const length = orderBytes(curve)
  const numbers = [r, s].map((number) => encodeUnsigned(toOctets(number, length)))
  return encodeElement(TAG.sequence, ...numbers)
}

/**
 * Throw-away keys and signatures from OpenSSL, through node:crypto.
 *
 * @module
 */
import { type KeyObject, generateKeyPairSync, sign } from 'node:crypto'
import {
  CURVES,
  type EcCurveId,
  WHOLE_KINDS,
  type WholeKindId,
} from '../../src/main/engine/signature/curves.ts'
import type { HashId } from '../../src/main/engine/signature/algorithms.ts'

export interface SigningKey {
  publicKey: KeyObject
  privateKey: KeyObject
  /** Uncompressed point, or the raw key of EdDSA and ML-DSA. */
  point: Uint8Array
}

/** OpenSSL calls two curves by their names of ANSI X9.62. */
const OPENSSL_NAMES: Partial<Record<EcCurveId, string>> = {
  secp192r1: 'prime192v1',
  secp256r1: 'prime256v1',
}

export function opensslName(curve: EcCurveId): string {
  return OPENSSL_NAMES[curve] ?? curve
}

export function makeEcKey(curve: EcCurveId): SigningKey {
  const pair = generateKeyPairSync('ec', { namedCurve: opensslName(curve) })
  return signingKey(pair, 1 + 2 * CURVES[curve].bytes)
}

export function makeWholeKey(kind: WholeKindId): SigningKey {
  return signingKey(WHOLE_MAKERS[kind](), WHOLE_KINDS[kind].keyBytes)
}

/** @returns r‖s, each of the length of n */
export function signEcdsa(key: SigningKey, hash: HashId, signedBytes: Uint8Array): Uint8Array {
  return sign(hash, signedBytes, { key: key.privateKey, dsaEncoding: 'ieee-p1363' })
}

export function signWhole(key: SigningKey, signedBytes: Uint8Array): Uint8Array {
  return sign(null, signedBytes, key.privateKey)
}

interface KeyPair {
  publicKey: KeyObject
  privateKey: KeyObject
}

/** One call each, because the declared types know single literals only. */
const WHOLE_MAKERS: Record<WholeKindId, () => KeyPair> = {
  ed25519: () => generateKeyPairSync('ed25519'),
  ed448: () => generateKeyPairSync('ed448'),
  'ml-dsa-44': () => generateKeyPairSync('ml-dsa-44'),
  'ml-dsa-65': () => generateKeyPairSync('ml-dsa-65'),
  'ml-dsa-87': () => generateKeyPairSync('ml-dsa-87'),
}

/** The key itself is the end of its SPKI. */
function signingKey({ publicKey, privateKey }: KeyPair, length: number): SigningKey {
  const spki = publicKey.export({ type: 'spki', format: 'der' })
  return { publicKey, privateKey, point: Uint8Array.from(spki.subarray(-length)) }
}

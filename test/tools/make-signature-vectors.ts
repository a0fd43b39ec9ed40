/**
 * Writes `test/vectors/signature/<kind>.json`: signatures of OpenSSL by throw-away keys, and what
 * becomes of them. Run: `npx node test/tools/make-signature-vectors.ts`, then oxfmt over the folder.
 *
 * @module
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { type Hex, toHex } from '../../src/shared/hex.ts'
import { type CurveId, KEY_KINDS } from '../../src/shared/model/key.ts'
import { TAG, encodeElement, encodeUnsigned } from '../../src/main/engine/codec/asn1.ts'
import { HASHES, type HashId } from '../../src/main/engine/signature/algorithms.ts'
import {
  type EcCurveId,
  type WholeKindId,
  curveParameters,
  isEcCurve,
  orderBytes,
  toInteger,
  toOctets,
} from '../../src/main/engine/signature/curves.ts'
import { type SigningKey, makeEcKey, makeWholeKey, signEcdsa, signWhole } from './openssl-keys.ts'

export interface SignatureVectors {
  source: string
  curve: CurveId
  cases: SignatureVector[]
}

export interface SignatureVector {
  comment: string
  /** null: the method hashes by itself. */
  hash: HashId | null
  point: Hex
  message: Hex
  /** DER for ECDSA. */
  signature: Hex
  expect: 'valid' | 'invalid'
}

const FOLDER = new URL('../vectors/signature/', import.meta.url)
const MESSAGES = ['OCMF|{"PG":"T1","RD":[{"RV":2935.600}]}', 'Eichlicht', '']

function ecdsaCases(curve: EcCurveId): SignatureVector[] {
  const [key, otherKey] = [makeEcKey(curve), makeEcKey(curve)]
  const made = MESSAGES.map((message) => ({ hash: 'SHA256' as const, message }))
  const others = HASHES.filter((hash) => hash !== 'SHA256')
  const valid = [...made, ...others.map((hash) => ({ hash, message: hash as string }))].flatMap(
    ({ hash, message }) => bothSigns(curve, key, hash, message),
  )
  const [first, , second] = valid
  if (first === undefined || second === undefined) throw new Error('nothing was signed')
  const invalid = [
    { ...first, comment: 'another message', message: second.message },
    { ...first, comment: 'another key', point: toHex(otherKey.point) },
    { ...first, comment: 'another hash', hash: 'SHA512' as const },
    { ...first, comment: 'signature of another message', signature: second.signature },
  ]
  return [...valid, ...invalid.map((vector) => ({ ...vector, expect: 'invalid' as const }))]
}

/** A signature with low s and the same with high s. */
function bothSigns(curve: EcCurveId, key: SigningKey, hash: HashId, message: string) {
  const signedBytes = Buffer.from(message)
  const raw = signEcdsa(key, hash, signedBytes)
  const { n } = curveParameters(curve)
  const length = orderBytes(curve)
  const r = raw.subarray(0, length)
  const s = toInteger(raw.subarray(length))
  const [low, high] = s <= n / 2n ? [s, n - s] : [n - s, s]
  const vector = (comment: string, value: bigint): SignatureVector => ({
    comment,
    hash,
    point: toHex(key.point),
    message: toHex(signedBytes),
    signature: toHex(
      encodeElement(TAG.sequence, encodeUnsigned(r), encodeUnsigned(toOctets(value, length))),
    ),
    expect: 'valid',
  })
  return [vector('low s', low), vector('high s', high)]
}

function wholeCases(kind: WholeKindId): SignatureVector[] {
  const key = makeWholeKey(kind)
  const message = Buffer.from(MESSAGES[0] ?? '')
  const first: SignatureVector = {
    comment: 'as made',
    hash: null,
    point: toHex(key.point),
    message: toHex(message),
    signature: toHex(signWhole(key, message)),
    expect: 'valid',
  }
  const empty = { ...first, message: '', signature: toHex(signWhole(key, Buffer.alloc(0))) }
  return [
    first,
    { ...empty, comment: 'no bytes' },
    { ...first, comment: 'another message', message: '00', expect: 'invalid' },
    { ...first, comment: 'another key', point: toHex(makeWholeKey(kind).point), expect: 'invalid' },
    { ...first, comment: 'a byte short', signature: first.signature.slice(2), expect: 'invalid' },
  ]
}

mkdirSync(FOLDER, { recursive: true })
for (const curve of KEY_KINDS) {
  const cases = isEcCurve(curve) ? ecdsaCases(curve) : wholeCases(curve)
  const source = `OpenSSL ${process.versions.openssl}, test/tools/make-signature-vectors.ts`
  const vectors: SignatureVectors = { source, curve, cases }
  writeFileSync(new URL(`${curve}.json`, FOLDER), `${JSON.stringify(vectors, null, 2)}\n`)
}

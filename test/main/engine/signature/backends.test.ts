import { readFileSync } from 'node:fs'
import { ED25519_TORSION_SUBGROUP, ed25519 } from '@noble/curves/ed25519.js'
import { ecdsa } from '@noble/curves/abstract/weierstrass.js'
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js'
import * as fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Backend, EcdsaCheck } from '../../../../src/main/engine/signature/backend.ts'
import { checkSignature } from '../../../../src/main/engine/signature/check.ts'
import {
  type EcCurveId,
  curveParameters,
  isEcCurve,
  isOnCurve,
  orderBytes,
  toInteger,
  toOctets,
} from '../../../../src/main/engine/signature/curves.ts'
import { passesKnownAnswers } from '../../../../src/main/engine/signature/known-answers.ts'
import { digestNumber, pointsOf } from '../../../../src/main/engine/signature/noble-ecdsa.ts'
import { createNobleBackend } from '../../../../src/main/engine/signature/noble.ts'
import { recoverPoints } from '../../../../src/main/engine/signature/recover.ts'
import { readSignature } from '../../../../src/main/engine/signature/signature-value.ts'
import { createNativeBackend } from '../../../../src/main/native-backend.ts'
import { KEY_KINDS, type SigningKind } from '../../../../src/shared/model/key.ts'
import type { SignatureVector, SignatureVectors } from '../../../tools/make-signature-vectors.ts'

const VECTORS = new URL('../../../vectors/signature/', import.meta.url)
const EC_CURVES = KEY_KINDS.filter(isEcCurve)
const noble = createNobleBackend()
const native = createNativeBackend()
const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'))

beforeAll(() => Promise.all(KEY_KINDS.map((curve) => noble.prepare(curve))))

test('noble is asked only about kinds of key it was prepared for', async () => {
  const fresh = createNobleBackend()
  expect(KEY_KINDS.some((curve) => fresh.supports(curve))).toBe(false)
  await fresh.prepare('secp192r1')
  expect(KEY_KINDS.filter((curve) => fresh.supports(curve))).toEqual(EC_CURVES)
  await fresh.prepare('ed448')
  expect(fresh.supports('ed448')).toBe(true)
  expect(fresh.supports('ed25519')).toBe(false)
})

describe.each([noble, native])('$name', (backend) => {
  test.each(KEY_KINDS)('tells a valid signature from an invalid on %s', (curve) => {
    expect(backend.supports(curve)).toBe(true)
    expect(passesKnownAnswers(backend, curve)).toBe(true)
  })

  test.each(KEY_KINDS)('agrees with signatures OpenSSL made on %s', (curve) => {
    const file = readFileSync(new URL(`${curve}.json`, VECTORS), 'utf8')
    const { cases } = JSON.parse(file) as SignatureVectors
    expect(cases.filter(({ expect: state }) => state === 'valid').length).toBeGreaterThan(1)
    const answers = cases.map((vector) => (ask(backend, curve, vector) ? 'valid' : 'invalid'))
    expect(answers).toEqual(cases.map((vector) => vector.expect))
  })
})

function ask(backend: Backend, curve: SigningKind, vector: SignatureVector): boolean {
  const point = bytes(vector.point)
  const signedBytes = bytes(vector.message)
  const signature = bytes(vector.signature)
  if (!isEcCurve(curve)) {
    return backend.verify({ kind: 'whole', curve, point, signedBytes, signature })
  }
  const value = readSignature(signature, curve)
  if (value.kind !== 'canonical' || vector.hash === null) return false
  expect(value.notes).toEqual([])
  expect(value.highS).toBe(vector.comment === 'high s' || value.s > curveParameters(curve).n / 2n)
  const { r, s } = value
  return backend.verify({ kind: 'ecdsa', curve, hash: vector.hash, point, signedBytes, r, s })
}

test('a key that comes back many times gets the same answers as at first', () => {
  const { cases } = JSON.parse(
    readFileSync(new URL('secp224k1.json', VECTORS), 'utf8'),
  ) as SignatureVectors
  const fresh = cases.map((vector) => ask(noble, 'secp224k1', vector))
  for (let use = 0; use < 4; use++) {
    expect(cases.map((vector) => ask(noble, 'secp224k1', vector))).toEqual(fresh)
  }
})

const EDGES = (n: bigint) => [1n, 2n, 3n, n / 2n, n / 2n + 1n, n - 2n, n - 1n, 1n << 64n]
const scalar = (n: bigint) =>
  fc.oneof(fc.constantFrom(...EDGES(n)), fc.bigInt({ min: 1n, max: n - 1n }))

/** A signature with chosen private key and nonce, then changed. */
const signatures = (curve: EcCurveId) => {
  const { n } = curveParameters(curve)
  return fc.record({
    d: scalar(n),
    k: scalar(n),
    hash: fc.constantFrom('SHA256' as const, 'SHA384' as const, 'SHA512' as const),
    signedBytes: fc.uint8Array({ maxLength: 64 }),
    change: fc.constantFrom(...CHANGES),
    number: scalar(n),
  })
}

type Numbers = Pick<EcdsaCheck, 'r' | 's'>
/** `true`: the changed signature must fit too; null: nobody knows before. */
const CHANGES: ((of: Numbers, n: bigint, x: bigint) => Numbers & { fits: boolean | null })[] = [
  ({ r, s }) => ({ r, s, fits: true }),
  ({ r, s }, n) => ({ r, s: n - s, fits: true }),
  ({ r, s }) => ({ r: s, s: r, fits: null }),
  ({ r, s }, n) => ({ r: n - r, s, fits: null }),
  ({ r, s }, n) => ({ r: (r % (n - 1n)) + 1n, s, fits: false }),
  ({ r, s }, n) => ({ r, s: (s % (n - 1n)) + 1n, fits: null }),
  ({ r }, _n, x) => ({ r, s: x, fits: null }),
  ({ s }, _n, x) => ({ r: x, s, fits: null }),
  (_, _n, x) => ({ r: x, s: x, fits: null }),
]

const NOBLE_HASHES = { SHA256: sha256, SHA384: sha384, SHA512: sha512 }

describe.each(EC_CURVES)('on %s', (curve) => {
  const { p, n } = curveParameters(curve)
  const points = pointsOf(curve)

  test('noble, its own verify and OpenSSL agree on valid and on altered signatures', () => {
    fc.assert(
      fc.property(signatures(curve), ({ d, k, hash, signedBytes, change, number }) => {
        const { Fn, BASE } = points
        const made = Fn.create(BASE.multiply(k).x)
        const e = digestNumber(curve, hash, signedBytes)
        const s0 = Fn.mul(Fn.inv(k), Fn.add(e, Fn.mul(made, d)))
        fc.pre(made !== 0n && s0 !== 0n)
        const { r, s, fits } = change({ r: made, s: s0 }, n, number)
        const point = BASE.multiply(d).toBytes(false)
        const check = { kind: 'ecdsa', curve, hash, point, signedBytes, r, s } as const
        const answer = native.verify(check)
        expect(answer).toBe(fits ?? answer)
        for (let use = 0; use < 4; use++) expect(noble.verify(check)).toBe(answer)
        const { verify } = ecdsa(points, NOBLE_HASHES[hash])
        const raw = Buffer.concat([r, s].map((part) => toOctets(part, orderBytes(curve))))
        const options = { lowS: false, prehash: true, format: 'compact' } as const
        expect(verify(raw, signedBytes, point, options)).toBe(answer)
      }),
      { numRuns: 15 },
    )
  })

  test('every recovered key fits, also where x of the point is above n', () => {
    const signedBytes = new TextEncoder().encode('Eichlicht')
    const numbers = EDGES(n)
    let keys = 0
    for (const [i, r] of numbers.entries()) {
      const s = numbers[(i * 3) % numbers.length] ?? 1n
      for (const point of recoverPoints(curve, 'SHA256', signedBytes, r, s)) {
        keys++
        const check = { kind: 'ecdsa', curve, hash: 'SHA256', point, signedBytes, r, s } as const
        expect(noble.verify(check)).toBe(true)
        expect(native.verify(check)).toBe(true)
      }
    }
    expect(keys).toBeGreaterThan(0)
  })

  test('an r that no x of the field can be fits no key', () => {
    const r = p < n ? p + 1n : n - 1n
    const signedBytes = Uint8Array.of(1)
    const point = points.BASE.toBytes(false)
    const check = { kind: 'ecdsa', curve, hash: 'SHA256', point, signedBytes, r, s: 7n } as const
    expect(isOnCurve(curve, points.BASE.x, points.BASE.y)).toBe(true)
    for (const backend of [noble, native]) expect(backend.verify(check)).toBe(false)
  })
})

describe.each(['ed25519', 'ed448', 'ml-dsa-44'] as const)('on %s', (curve) => {
  const file = readFileSync(new URL(`${curve}.json`, VECTORS), 'utf8')
  const [vector] = (JSON.parse(file) as SignatureVectors).cases
  if (vector === undefined) throw new Error(`no vector for ${curve}`)

  test('noble and OpenSSL refuse every change to signature, key or message', () => {
    const place = fc.record({
      what: fc.constantFrom('point' as const, 'signedBytes' as const, 'signature' as const),
      at: fc.nat(),
      to: fc.integer({ min: 1, max: 255 }),
    })
    fc.assert(
      fc.property(place, ({ what, at, to }) => {
        const check = {
          kind: 'whole',
          curve,
          point: bytes(vector.point),
          signedBytes: bytes(vector.message),
          signature: bytes(vector.signature),
        } as const
        const changed = check[what]
        const index = at % changed.length
        changed[index] = (changed[index] ?? 0) ^ to
        expect(noble.verify(check)).toBe(false)
        expect(native.verify(check)).toBe(false)
      }),
      { numRuns: 50 },
    )
  })
})

describe('crafted Ed25519 keys', () => {
  const { BASE, Fn } = ed25519.Point
  const torsion = ED25519_TORSION_SUBGROUP.map((hex) => ed25519.Point.fromHex(hex))

  test('a key of small order, which could sign everything, fits nothing', () => {
    const fitting = torsion.flatMap((key) =>
      torsion.flatMap((commitment) => {
        const signature = Buffer.concat([commitment.toBytes(), new Uint8Array(32)])
        const check = { kind: 'whole', curve: 'ed25519', point: key.toBytes(), signature } as const
        const checks = [0, 1, 2, 3].map((byte) => ({ ...check, signedBytes: Uint8Array.of(byte) }))
        return checks.filter((made) => noble.verify(made) || native.verify(made))
      }),
    )
    expect(fitting).toEqual([])
  })

  test('a key of mixed order, over which RFC 8032 lets engines differ, passes no check', () => {
    const [d, k] = [5n, 7n]
    const commitment = BASE.multiply(k).toBytes()
    const outcomes = torsion.flatMap((small) => {
      const point = BASE.multiply(d).add(small).toBytes()
      const signedBytes = Uint8Array.of(1, 2, 3)
      const challenge = toInteger(
        sha512(Buffer.concat([commitment, point, signedBytes])).toReversed(),
      )
      const s = Fn.add(k, Fn.mul(challenge % Fn.ORDER, d))
      const signature = Buffer.concat([commitment, toOctets(s, 32).toReversed()])
      const check = { kind: 'whole', curve: 'ed25519', point, signedBytes, signature } as const
      const engines = { reference: noble, fast: native, both: false }
      return checkSignature(check, engines).outcome
    })
    expect(outcomes).toContain('valid')
    expect(outcomes).toContain('disagree')
    expect(outcomes).not.toContain('invalid')
  })
})

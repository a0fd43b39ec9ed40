/**
 * ECDSA over the point arithmetic of @noble/curves, for every curve of our table.
 *
 * The equation is written out here, not left to the library's `verify`: keys come back many times
 * and deserve a table, and the library would refuse s > n/2 unless told otherwise.
 * Loading this module loads noble; `noble.ts` does so when a curve is first needed.
 * Source: FIPS 186-5, 6.4.2; SEC 1, 4.1.4.
 *
 * @module
 */
import {
  type EndomorphismOpts,
  type WeierstrassPoint,
  type WeierstrassPointCons,
  weierstrass,
} from '@noble/curves/abstract/weierstrass.js'
import { sha224, sha256, sha384, sha512 } from '@noble/hashes/sha2.js'
import type { HashId } from './algorithms.ts'
import type { EcdsaCheck } from './backend.ts'
import { CURVES, type EcCurveId, curveParameters, toInteger } from './curves.ts'
import { RecentKeys } from './recent-keys.ts'

export type Points = WeierstrassPointCons<bigint>

const HASHES = { SHA224: sha224, SHA256: sha256, SHA384: sha384, SHA512: sha512 } as const

/**
 * secp256k1 maps a point to a multiple of it by one field product (Gallant, Lambert, Vanstone,
 * CRYPTO 2001); it makes a key seen for the first time 1.4 times as fast.
 * β³ = 1 modulo p; the basis holds (a, b) with a + bλ = 0 modulo n.
 */
const ENDOMORPHISM: EndomorphismOpts = {
  beta: 0x7ae96a2b657c07106e64479eac3434e99cf0497512f58995c1396c28719501een,
  basises: [
    [0x3086d221a7d46bcde86c90e49284eb15n, -0xe4437ed6010e88286f547fa90abfe4c3n],
    [0x114ca50f7a8e2f3f657c1108d9d44cfd8n, 0x3086d221a7d46bcde86c90e49284eb15n],
  ],
}

const built = new Map<EcCurveId, Points>()

/** @returns noble's points of that curve, made when first asked for */
export function pointsOf(curve: EcCurveId): Points {
  const known = built.get(curve)
  if (known !== undefined) return known
  const { p, a, b, gx, gy, n } = curveParameters(curve)
  const parameters = { p, a, b, Gx: gx, Gy: gy, n, h: 1n }
  const points = weierstrass(parameters, curve === 'secp256k1' ? { endo: ENDOMORPHISM } : {})
  built.set(curve, points)
  return points
}

/**
 * @returns the leftmost bits of the digest, as many as n has, as a number modulo n: 192 of 256
 *   for SHA-256 on secp192r1, 225 of 256 on secp224k1, all of 512 on secp521r1
 */
export function digestNumber(curve: EcCurveId, hash: HashId, signedBytes: Uint8Array): bigint {
  const digest = HASHES[hash](signedBytes)
  const surplusBits = Math.max(0, 8 * digest.length - CURVES[curve].orderBits)
  return (toInteger(digest) >> BigInt(surplusBits)) % curveParameters(curve).n
}

interface SeenKey {
  point: WeierstrassPoint<bigint>
  uses: number
}

/** A table costs as much as about four verifications and makes each about three times as fast. */
const USES_BEFORE_TABLE = 2

/** Bits a step of the table. 5 takes 130 kB for a 256-bit key; 6 takes 210 for a tenth more speed. */
const TABLE_WINDOW = 5

export class NobleEcdsa {
  private readonly keys = new RecentKeys<SeenKey>()

  verify({ curve, hash, point, signedBytes, r, s }: EcdsaCheck): boolean {
    const points = pointsOf(curve)
    const { Fn, BASE } = points
    const key = this.keys.get(curve, point, () => ({ point: points.fromBytes(point), uses: 0 }))
    const w = Fn.inv(s)
    const u1 = Fn.mul(digestNumber(curve, hash, signedBytes), w)
    const u2 = Fn.mul(r, w)
    const sum = this.addMultiples(BASE, u1, key, u2)
    // The x of the sum may be n or more where p is greater than n, hence modulo n before comparing.
    return !sum.is0() && Fn.create(sum.x) === r
  }

  /** u1 · G + u2 · Q. */
  private addMultiples(base: WeierstrassPoint<bigint>, u1: bigint, key: SeenKey, u2: bigint) {
    key.uses++
    if (key.uses <= USES_BEFORE_TABLE) return base.mulAddUnsafe(u1, key.point, u2)
    if (key.uses === USES_BEFORE_TABLE + 1) key.point.precompute(TABLE_WINDOW)
    return base.multiplyUnsafe(u1).add(key.point.multiplyUnsafe(u2))
  }
}

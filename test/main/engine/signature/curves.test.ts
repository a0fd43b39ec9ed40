import { createECDH, getCurves } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encodeOid } from '../../../../src/main/engine/codec/asn1.ts'
import {
  CURVES,
  WHOLE_KINDS,
  curveByName,
  curveByOid,
  curveParameters,
  decompress,
  isEcCurve,
  isOnCurve,
  isWeak,
  oidOf,
  orderBytes,
  toInteger,
  toOctets,
} from '../../../../src/main/engine/signature/curves.ts'
import { toHex } from '../../../../src/shared/hex.ts'
import { KEY_KINDS } from '../../../../src/shared/model/key.ts'
import { makeEcKey, opensslName } from '../../../tools/openssl-keys.ts'

const EC_CURVES = KEY_KINDS.filter(isEcCurve)

/** OpenSSL's multiple of the base point. */
function multiple(curve: (typeof EC_CURVES)[number], scalar: bigint) {
  const ecdh = createECDH(opensslName(curve))
  ecdh.setPrivateKey(toOctets(scalar, orderBytes(curve)))
  const point = ecdh.getPublicKey()
  const { bytes } = CURVES[curve]
  return { x: toInteger(point.subarray(1, 1 + bytes)), y: toInteger(point.subarray(1 + bytes)) }
}

describe.each(EC_CURVES)('%s', (curve) => {
  const { p, a, b, gx, gy, n } = curveParameters(curve)

  test('has the base point and the order that OpenSSL knows', () => {
    expect(getCurves()).toContain(opensslName(curve))
    expect(multiple(curve, 1n)).toEqual({ x: gx, y: gy })
    expect(multiple(curve, n - 1n)).toEqual({ x: gx, y: p - gy })
    expect(() => multiple(curve, n)).toThrow('Private key is not valid')
  })

  test('has the equation that points of OpenSSL satisfy, and no other points pass', () => {
    for (const scalar of [1n, 2n, 3n, 12_345n, n - 7n]) {
      const { x, y } = multiple(curve, scalar)
      expect(isOnCurve(curve, x, y)).toBe(true)
      expect(isOnCurve(curve, x, (y + 1n) % p)).toBe(false)
      expect(isOnCurve(curve, x + p, y)).toBe(false)
      expect(isOnCurve(curve, x, y + p)).toBe(false)
      expect(isOnCurve(curve, x - p, y)).toBe(false)
      expect(isOnCurve(curve, x, -y)).toBe(false)
    }
    expect((4n * a ** 3n + 27n * b ** 2n) % p).not.toBe(0n)
  })

  test('says how long its numbers are', () => {
    const { bytes, orderBits } = CURVES[curve]
    expect(bytes).toBe(Math.ceil(p.toString(2).length / 8))
    expect(orderBits).toBe(n.toString(2).length)
    expect(orderBytes(curve)).toBe(Math.ceil(orderBits / 8))
  })

  test('a compressed point has one y for each sign, or none', () => {
    const { x, y } = multiple(curve, 12_345n)
    const even = y % 2n === 0n ? y : p - y
    expect(decompress(curve, 2, x)).toBe(even)
    expect(decompress(curve, 3, x)).toBe(p - even)
    expect(decompress(curve, 2, x + p)).toBeNull()
    expect(decompress(curve, 2, -1n)).toBeNull()
  })

  test('about half of all x belong to a point', () => {
    let points = 0
    for (let x = 0n; x < 40n; x++) {
      const y = decompress(curve, 3, x)
      if (y === null) continue
      points++
      expect(isOnCurve(curve, x, y)).toBe(true)
      expect(y % 2n).toBe(1n)
    }
    expect(points).toBeGreaterThan(5)
    expect(points).toBeLessThan(35)
  })

  test('is found by its object identifier, its name and other names in any letter case', () => {
    expect(curveByOid(oidOf(curve))).toBe(curve)
    for (const name of [curve, ...CURVES[curve].aliases]) {
      expect(curveByName(name)).toBe(curve)
      expect(curveByName(name.toUpperCase())).toBe(curve)
    }
  })

  test('has the object identifier that OpenSSL writes into keys', () => {
    const spki = makeEcKey(curve).publicKey.export({ type: 'spki', format: 'der' })
    expect(toHex(spki)).toContain(toHex(encodeOid(oidOf(curve))))
  })
})

describe('names', () => {
  test.each([
    ['P-256', 'secp256r1'],
    ['prime256v1', 'secp256r1'],
    ['prime192v1', 'secp192r1'],
    ['prime384v1', 'secp384r1'],
    ['brainpool256r1', 'brainpoolP256r1'],
    ['BRAINPOOL384R1', 'brainpoolP384r1'],
    ['Secp224K1', 'secp224k1'],
  ])('%s is %s', (name, curve) => {
    expect(curveByName(name)).toBe(curve)
  })

  test.each(['', 'secp256', 'secp256r2', 'ed25519', 'constructor', 'secp256r1 '])(
    '%j is no curve',
    (name) => {
      expect(curveByName(name)).toBeNull()
    },
  )

  test('an unknown object identifier is no curve', () => {
    expect(curveByOid('1.3.132.0.9')).toBeNull()
    expect(curveByOid('')).toBeNull()
  })

  test.each(Object.keys(WHOLE_KINDS))('%s is found by its object identifier', (kind) => {
    const known = KEY_KINDS.find((name) => name === kind)
    expect(known === undefined ? null : curveByOid(oidOf(known))).toBe(kind)
  })

  test('no two kinds of key share a name or an object identifier', () => {
    const names = EC_CURVES.flatMap((curve) => [curve, ...CURVES[curve].aliases])
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length)
    expect(new Set(KEY_KINDS.map(oidOf)).size).toBe(KEY_KINDS.length)
  })

  test('curves of 192 bits are weak, no others', () => {
    const weak = ['secp192r1', 'secp192k1', 'brainpoolP192r1', 'brainpoolP192t1']
    expect(KEY_KINDS.filter(isWeak)).toEqual(weak)
  })
})

describe('octets', () => {
  test('numbers and octets are the same thing', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 80 }), (bytes) => {
        expect(Buffer.compare(toOctets(toInteger(bytes), bytes.length), bytes)).toBe(0)
      }),
    )
    expect(toInteger(new Uint8Array())).toBe(0n)
  })

  test('a number that does not fit is refused', () => {
    expect(() => toOctets(256n, 1)).toThrow(RangeError)
    expect(() => toOctets(-1n, 2)).toThrow(RangeError)
  })
})

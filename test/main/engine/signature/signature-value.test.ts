import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  CURVES,
  type EcCurveId,
  curveParameters,
  isEcCurve,
  orderBytes,
  toOctets,
} from '../../../../src/main/engine/signature/curves.ts'
import { TAG, encodeElement, encodeUnsigned } from '../../../../src/main/engine/codec/asn1.ts'
import {
  looksLikeSignature,
  readSignature,
} from '../../../../src/main/engine/signature/signature-value.ts'
import { KEY_KINDS } from '../../../../src/shared/model/key.ts'

const EC_CURVES = KEY_KINDS.filter(isEcCurve)
const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'))

function der(r: bigint, s: bigint): Uint8Array {
  const numbers = [r, s].map((number) => encodeUnsigned(toOctets(number, 80)))
  return encodeElement(TAG.sequence, ...numbers)
}

function raw(curve: EcCurveId, r: bigint, s: bigint): Uint8Array {
  return Buffer.concat([r, s].map((number) => toOctets(number, orderBytes(curve))))
}

const curveAndNumbers = fc.constantFrom(...EC_CURVES).chain((curve) => {
  const number = fc.bigInt({ min: 1n, max: curveParameters(curve).n - 1n })
  return fc.record({ curve: fc.constant(curve), r: number, s: number })
})

describe('a signature in DER', () => {
  test('gives its two numbers and no note', () => {
    fc.assert(
      fc.property(curveAndNumbers, ({ curve, r, s }) => {
        const value = readSignature(der(r, s), curve)
        expect(value).toMatchObject({ kind: 'canonical', r, s, notes: [] })
      }),
    )
  })

  test('says whether s is high, and is accepted either way', () => {
    const { n } = curveParameters('secp256r1')
    expect(readSignature(der(5n, n / 2n), 'secp256r1')).toMatchObject({ highS: false })
    expect(readSignature(der(5n, n / 2n + 1n), 'secp256r1')).toMatchObject({
      kind: 'canonical',
      highS: true,
    })
  })

  test.each(EC_CURVES)('has numbers from 1 to n − 1 on %s', (curve) => {
    const { n } = curveParameters(curve)
    for (const good of [1n, n - 1n]) {
      expect(readSignature(der(good, good), curve).kind).toBe('canonical')
    }
    for (const bad of [0n, n, n + 1n, 2n ** 600n]) {
      expect(readSignature(der(bad, 1n), curve).kind).toBe('out-of-range')
      expect(readSignature(der(1n, bad), curve).kind).toBe('out-of-range')
    }
  })

  test('beyond 127 bytes needs the long length form and no note for it', () => {
    const { n } = curveParameters('secp521r1')
    const signature = der(n - 1n, n - 1n)
    expect(signature[1]).toBe(0x81)
    expect(readSignature(signature, 'secp521r1')).toMatchObject({ kind: 'canonical', notes: [] })
  })
})

describe('what meters write beside DER', () => {
  test.each([
    ['3007020200ff020105', [], 0xffn],
    ['30060201ff020105', ['integer-negative'], 0xffn],
    ['300702020005020105', ['integer-not-minimal'], 5n],
    ['30080203000085020105', ['integer-not-minimal'], 0x85n],
    ['308106020105020105', ['long-length'], 5n],
    ['300702810105020105', ['long-length'], 5n],
    ['30060201050201050000', ['trailing-bytes'], 5n],
    [
      '308108028101ff02020005aa',
      ['long-length', 'integer-negative', 'integer-not-minimal', 'trailing-bytes'],
      0xffn,
    ],
  ])('%s is read with the notes %j', (hex, notes, r) => {
    const value = readSignature(bytes(hex), 'secp192r1')
    expect(value).toMatchObject({ kind: 'canonical', r, s: 5n })
    expect('notes' in value && value.notes.map(({ kind }) => kind)).toEqual(notes)
  })

  test('an eBZ meter leaves out the zero byte in front of r', () => {
    const { n } = curveParameters('secp192r1')
    const [r, s] = [n - 3n, 77n]
    const minimal = der(r, s)
    const meter = Uint8Array.from([0x30, (minimal[1] ?? 0) - 1, 2, 24, ...minimal.subarray(5)])
    const value = readSignature(meter, 'secp192r1')
    expect(value).toMatchObject({ kind: 'canonical', r, s, notes: [{ kind: 'integer-negative' }] })
  })

  test('bytes after the SEQUENCE are counted', () => {
    const value = readSignature(bytes('3006020105020105aabbcc'), 'secp192r1')
    expect(value).toMatchObject({ notes: [{ kind: 'trailing-bytes', count: 3 }] })
  })

  test('r‖s of twice the length of n is read with a note', () => {
    fc.assert(
      fc.property(curveAndNumbers, ({ curve, r, s }) => {
        const value = readSignature(raw(curve, r, s), curve)
        expect(value).toMatchObject({ kind: 'canonical', r, s, notes: [{ kind: 'raw' }] })
      }),
    )
  })

  test('on secp224k1 n is a byte longer than a coordinate, and so is each half of r‖s', () => {
    expect(CURVES.secp224k1.bytes).toBe(28)
    expect(readSignature(new Uint8Array(58).fill(1), 'secp224k1').kind).toBe('out-of-range')
    expect(readSignature(raw('secp224k1', 1n, 2n), 'secp224k1')).toMatchObject({ r: 1n, s: 2n })
    expect(readSignature(new Uint8Array(56).fill(1), 'secp224k1').kind).toBe('unreadable')
  })
})

describe('DER or raw', () => {
  const filler = '01'.repeat(20)

  test('bytes of raw length that one SEQUENCE fills to the last byte are DER', () => {
    const signature = bytes(`302e0215${filler}050215${filler}05`)
    expect(signature.length).toBe(48)
    expect(readSignature(signature, 'secp192r1')).toMatchObject({ kind: 'canonical', notes: [] })
  })

  test('bytes of raw length that begin like a SEQUENCE but do not end with it are raw', () => {
    const signature = bytes(`302d0215${filler}050214${filler}aa`)
    expect(signature.length).toBe(48)
    expect(readSignature(signature, 'secp192r1')).toMatchObject({ notes: [{ kind: 'raw' }] })
    expect(readSignature(signature, 'secp256r1')).toMatchObject({
      notes: [{ kind: 'trailing-bytes', count: 1 }],
    })
  })
})

describe('what is no signature', () => {
  test.each([
    ['', 'nothing'],
    ['3000', 'an empty SEQUENCE'],
    ['3003020105', 'one number'],
    ['3009020105020105020105', 'three numbers'],
    ['3006020105040105', 'an OCTET STRING for a number'],
    ['30050200020105', 'an INTEGER without content'],
    ['3106020105020105', 'a SET'],
    ['3007020105020105', 'a SEQUENCE longer than the bytes'],
    ['3005020105020105', 'an INTEGER longer than its SEQUENCE'],
    ['30800201050201050000', 'an indefinite length'],
    ['30083006020105020105', 'a SEQUENCE in a SEQUENCE'],
  ])('%s: %s', (hex) => {
    expect(readSignature(bytes(hex), 'secp192r1').kind).toBe('unreadable')
    expect(looksLikeSignature(bytes(hex))).toBe(false)
  })

  test('says where reading ended', () => {
    expect(readSignature(bytes('3006020105040105'), 'secp192r1')).toEqual({
      kind: 'unreadable',
      offset: 5,
    })
  })

  test('a number of any length takes no time', () => {
    const number = encodeUnsigned(new Uint8Array(2_000_000).fill(1))
    const huge = encodeElement(TAG.sequence, number, number)
    expect(readSignature(huge, 'secp192r1').kind).toBe('unreadable')
  })

  test('any bytes, and any change to a signature, are read or not, but never throw', () => {
    const changed = fc
      .record({
        signature: curveAndNumbers.map(({ r, s }) => der(r, s)),
        at: fc.nat(),
        to: fc.nat(255),
      })
      .map(({ signature, at, to }) => signature.with(at % signature.length, to))
    const cut = fc
      .record({ signature: curveAndNumbers.map(({ r, s }) => der(r, s)), at: fc.nat() })
      .map(({ signature, at }) => signature.subarray(0, at % signature.length))
    const anyBytes = fc.oneof(fc.uint8Array({ maxLength: 150 }), changed, cut)
    fc.assert(
      fc.property(anyBytes, fc.constantFrom(...EC_CURVES), (signature, curve) => {
        const value = readSignature(signature, curve)
        const isRaw = value.kind !== 'unreadable' && value.notes.some(({ kind }) => kind === 'raw')
        expect(looksLikeSignature(signature) || isRaw).toBe(value.kind !== 'unreadable')
      }),
      { numRuns: 2000 },
    )
  })
})

test('without a curve, the shape of DER is what makes a signature', () => {
  expect(looksLikeSignature(der(1n, 2n))).toBe(true)
  expect(looksLikeSignature(bytes('3006020105020105ff'))).toBe(true)
  expect(looksLikeSignature(raw('secp256r1', 1n, 2n))).toBe(false)
})

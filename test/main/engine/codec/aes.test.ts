import { createCipheriv } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decryptCbc } from '../../../../src/main/engine/codec/aes.ts'
import { fromHex, toHex } from '../../../../src/shared/hex.ts'

const bytes = (hex: string) => fromHex(hex) ?? new Uint8Array()

describe('AES-128', () => {
  test('opens the example of FIPS 197, C.1', () => {
    const opened = decryptCbc(
      bytes('000102030405060708090a0b0c0d0e0f'),
      new Uint8Array(16),
      bytes('69c4e0d86a7b0430d8cdb78070b4c55a'),
    )
    expect(toHex(opened)).toBe('00112233445566778899aabbccddeeff')
  })

  test('opens the example of SP 800-38A, F.2.2, in CBC mode', () => {
    const opened = decryptCbc(
      bytes('2b7e151628aed2a6abf7158809cf4f3c'),
      bytes('000102030405060708090a0b0c0d0e0f'),
      bytes('7649abac8119b246cee98e9b12e9197d5086cb9b507219ee95db113a917678b2'),
    )
    expect(toHex(opened)).toBe('6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51')
  })

  test('opens whatever OpenSSL closes', () => {
    const sixteen = fc.uint8Array({ minLength: 16, maxLength: 16 })
    fc.assert(
      fc.property(sixteen, sixteen, fc.array(sixteen, { maxLength: 6 }), (key, iv, blocks) => {
        const plain = Uint8Array.from(blocks.flatMap((block) => [...block]))
        const cipher = createCipheriv('aes-128-cbc', key, iv).setAutoPadding(false)
        const sealed = Buffer.concat([cipher.update(plain), cipher.final()])
        expect(toHex(decryptCbc(key, iv, sealed))).toBe(toHex(plain))
      }),
    )
  })

  test.each([
    [15, 16, 16],
    [16, 12, 16],
    [16, 16, 17],
  ])('refuses a key of %i, a vector of %i, data of %i bytes', (key, iv, data) => {
    const call = () => decryptCbc(new Uint8Array(key), new Uint8Array(iv), new Uint8Array(data))
    expect(call).toThrow(RangeError)
  })
})

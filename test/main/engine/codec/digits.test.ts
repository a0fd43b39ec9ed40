import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fromBase32, toBase32 } from '../../../../src/main/engine/codec/base32.ts'
import { fromBase64, toBase64 } from '../../../../src/main/engine/codec/base64.ts'
import { fromHexText } from '../../../../src/main/engine/codec/hex-text.ts'
import { utf8Bytes } from '../../../../src/main/engine/codec/text.ts'

const bytes = fc.uint8Array({ maxLength: 200 })
const spaces = fc.array(fc.constantFrom('', '', '', ' ', '\t', '\r\n', '\n'), { minLength: 1 })

/** Puts white space between the characters, as a printer or a mail program does. */
function spaced(text: string, between: readonly string[]): string {
  return Array.from(text, (letter, i) => letter + between[i % between.length]).join('')
}

/** RFC 4648, 10 */
const RFC_VECTORS = [
  ['', '', ''],
  ['f', 'Zg==', 'MY======'],
  ['fo', 'Zm8=', 'MZXQ===='],
  ['foo', 'Zm9v', 'MZXW6==='],
  ['foob', 'Zm9vYg==', 'MZXW6YQ='],
  ['fooba', 'Zm9vYmE=', 'MZXW6YTB'],
  ['foobar', 'Zm9vYmFy', 'MZXW6YTBOI======'],
] as const

describe('base64', () => {
  test.each(RFC_VECTORS)('%j is written and read as in RFC 4648', (plain, base64) => {
    expect(toBase64(utf8Bytes(plain))).toBe(base64)
    expect(fromBase64(base64)).toEqual(utf8Bytes(plain))
  })

  test('bytes survive and agree with Buffer, in both alphabets, with and without padding', () => {
    fc.assert(
      fc.property(bytes, spaces, (data, between) => {
        const text = Buffer.from(data).toString('base64')
        expect(toBase64(data)).toBe(text)
        for (const form of [text, text.replaceAll('=', ''), spaced(text, between)]) {
          expect(fromBase64(form)).toEqual(data)
        }
        expect(fromBase64(Buffer.from(data).toString('base64url'))).toEqual(data)
      }),
    )
  })

  test('what is read is written again as it was: no two texts for one value', () => {
    const digit = fc.constantFrom(...Array.from('ABCDxyz0189+/='))
    fc.assert(
      fc.property(fc.string({ unit: digit, maxLength: 12 }), (text) => {
        const data = fromBase64(text)
        if (data === null) return
        expect([text, text.padEnd(Math.ceil(text.length / 4) * 4, '=')]).toContain(toBase64(data))
      }),
    )
  })

  test.each([
    ['a foreign character', 'Zm9v*'],
    ['a letter outside ASCII', 'Zm9vä'],
    ['both alphabets', '+-aa'],
    ['a single digit', 'Zm9vY'],
    ['padding in the middle', 'Zg==Zg=='],
    ['too little padding', 'Zg='],
    ['too much padding', 'Zm8=='],
    ['padding alone', '===='],
    ['padding where none is due', 'Zm9v===='],
    ['bits behind the last byte', 'Zh=='],
    ['bits behind the last byte, unpadded', 'Zm9'],
  ])('%s is refused', (_, text) => {
    expect(fromBase64(text)).toBeNull()
  })
})

describe('base32', () => {
  test.each(RFC_VECTORS)('%j is written and read as in RFC 4648', (plain, _, base32) => {
    expect(toBase32(utf8Bytes(plain))).toBe(base32)
    expect(fromBase32(base32)).toEqual(utf8Bytes(plain))
  })

  test('bytes survive, with and without padding and white space', () => {
    fc.assert(
      fc.property(bytes, spaces, (data, between) => {
        const text = toBase32(data)
        expect(text.length % 8).toBe(0)
        for (const form of [text, text.replaceAll('=', ''), spaced(text, between)]) {
          expect(fromBase32(form)).toEqual(data)
        }
      }),
    )
  })

  test('a key as ALFEN prints it, in ten groups of four, is a compressed point of 25 bytes', () => {
    const key = fromBase32('AKKZ P2CL RHS6 OCMW AZR2 CPFD GO42 DM74 ELX7 Z56L')
    expect(key).toHaveLength(25)
    expect(key?.[0]).toBe(2)
  })

  test.each([
    ['lower case', 'mzxw6==='],
    ['the digits 0, 1 and 8', 'MZXW6YT8'],
    ['one digit', 'M'],
    ['three digits', 'MZX'],
    ['six digits', 'MZXW6Y'],
    ['too little padding', 'MY====='],
    ['too much padding', 'MY======='],
    ['padding in the middle', 'MY======MY======'],
    ['padding alone', '========'],
    ['bits behind the last byte', 'MZ======'],
  ])('%s: refused', (_, text) => {
    expect(fromBase32(text)).toBeNull()
  })
})

describe('hexadecimal text', () => {
  const separators = fc.array(fc.constantFrom('', '', ' ', '\t', '\r\n', ':', '-', ';', '.'), {
    minLength: 1,
  })

  test('digits of either case survive any separators between any digits', () => {
    fc.assert(
      fc.property(bytes, separators, fc.boolean(), (data, between, upper) => {
        const hex = Buffer.from(data).toString('hex')
        expect(fromHexText(spaced(upper ? hex.toUpperCase() : hex, between))).toEqual(data)
      }),
    )
  })

  test.each([
    ['a prefix', '0x04C3'],
    ['a prefix before every group', '0X04 0xC3'],
    ['irregular groups', '0 4c 3'],
    ['semicolons', '04;C3'],
    ['a colon at the end', '04:c3:'],
  ])('%s is read', (_, text) => {
    expect(fromHexText(text)).toEqual(Uint8Array.of(0x04, 0xc3))
  })

  test.each([
    ['an odd number of digits', '04C'],
    ['a letter g', '04g3'],
    ['a prefix inside a group', '040xC3'],
    ['a comma', '04,C3'],
    ['a full-width digit', '０4C3'],
  ])('%s is refused', (_, text) => {
    expect(fromHexText(text)).toBeNull()
  })
})

test('no text makes a codec throw', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      for (const read of [fromBase64, fromBase32, fromHexText]) {
        expect(read(text) ?? new Uint8Array()).toBeInstanceOf(Uint8Array)
      }
    }),
  )
})

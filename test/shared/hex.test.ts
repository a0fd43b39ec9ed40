import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromHex, inGroupsOfFour, toHex } from '../../src/shared/hex.ts'

const bytes = fc.uint8Array({ maxLength: 300 })

test('bytes become lower-case digits as Buffer writes them', () => {
  fc.assert(
    fc.property(bytes, (data) => {
      expect(toHex(data)).toBe(Buffer.from(data).toString('hex'))
    }),
  )
})

test('digits of either case become the same bytes again', () => {
  fc.assert(
    fc.property(bytes, (data) => {
      const digits = toHex(data)
      expect(fromHex(digits)).toEqual(data)
      expect(fromHex(digits.toUpperCase())).toEqual(data)
    }),
  )
})

test('half a byte is refused', () => {
  fc.assert(
    fc.property(bytes, fc.constantFrom(...Array.from('0123456789abcdefABCDEF')), (data, digit) => {
      expect(fromHex(toHex(data) + digit)).toBeNull()
    }),
  )
})

test('any character that is no digit is refused, wherever it stands', () => {
  const stranger = fc.string({ unit: 'binary', minLength: 1, maxLength: 1 })
  fc.assert(
    fc.property(bytes, stranger, fc.nat(), (data, character, where) => {
      fc.pre(!/^[0-9a-fA-F]$/.test(character))
      const digits = toHex(data)
      const at = where % (digits.length + 1)
      expect(fromHex(digits.slice(0, at) + character + digits.slice(at))).toBeNull()
      expect(fromHex(`${digits.slice(0, at)}${character}0${digits.slice(at)}`)).toBeNull()
    }),
  )
})

test.each(['@', '`', 'G', 'g', '/', ':', ' ', '\u0130', '\u0660', '\uff10', '\ud83d'])(
  'the neighbour %j of the digits is refused',
  (character) => {
    expect(fromHex(`${character}0`)).toBeNull()
    expect(fromHex(`0${character}`)).toBeNull()
  },
)

test('no digits are no bytes', () => {
  expect(fromHex('')).toEqual(new Uint8Array())
  expect(toHex(new Uint8Array())).toBe('')
})

test('people compare keys in groups of four capital digits', () => {
  expect(inGroupsOfFour('04a1b2c3d4')).toBe('04A1 B2C3 D4')
  expect(inGroupsOfFour('04a1b2c3')).toBe('04A1 B2C3')
  expect(inGroupsOfFour('')).toBe('')
})

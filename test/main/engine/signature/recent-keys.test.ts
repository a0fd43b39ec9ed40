import { expect, test } from 'vitest'
import { RecentKeys } from '../../../../src/main/engine/signature/recent-keys.ts'

const point = (i: number) => Uint8Array.of(4, i >> 8, i & 0xff)

function failing(): never {
  throw new RangeError('no key')
}

test('what was made for a key is kept for its next use', () => {
  const keys = new RecentKeys<object>()
  const made = keys.get('secp256r1', point(1), () => ({}))
  expect(keys.get('secp256r1', point(1), () => ({}))).toBe(made)
  expect(keys.get('secp256k1', point(1), () => ({}))).not.toBe(made)
  expect(keys.get('secp256r1', point(2), () => ({}))).not.toBe(made)
})

test('every byte of a key counts', () => {
  const keys = new RecentKeys<number>()
  for (let byte = 0; byte < 256; byte++) keys.get('ed25519', Uint8Array.of(byte), () => byte)
  for (let byte = 0; byte < 256; byte++) {
    expect(keys.get('ed25519', Uint8Array.of(byte), () => -1)).toBe(byte)
  }
})

test('of more than 256 keys, the one used longest ago is forgotten', () => {
  const keys = new RecentKeys<number>()
  for (let i = 0; i < 256; i++) keys.get('secp192r1', point(i), () => i)
  keys.get('secp192r1', point(0), () => -1)
  keys.get('secp192r1', point(256), () => 256)
  expect(keys.get('secp192r1', point(0), () => -1)).toBe(0)
  expect(keys.get('secp192r1', point(1), () => -1)).toBe(-1)
})

test('a key that cannot be read is not kept', () => {
  const keys = new RecentKeys<number>()
  expect(() => keys.get('secp192r1', point(0), failing)).toThrow('no key')
  expect(keys.get('secp192r1', point(0), () => 7)).toBe(7)
})

import { expect, test } from 'vitest'
import type { Backend } from '../../src/main/engine/signature/backend.ts'
import { ECDSA_ANSWERS } from '../../src/main/engine/signature/known-answer-table.ts'
import { passesKnownAnswers } from '../../src/main/engine/signature/known-answers.ts'
import { createNativeBackend } from '../../src/main/native-backend.ts'
import { KEY_KINDS } from '../../src/shared/model/key.ts'

const native = createNativeBackend()

function saying(verify: Backend['verify']): Backend {
  return { ...native, verify }
}

test('with the OpenSSL of Node every kind of key is supported, again and again', () => {
  for (let time = 0; time < 2; time++) {
    expect(KEY_KINDS.filter((curve) => !native.supports(curve))).toEqual([])
  }
})

test('nothing has to be loaded first', async () => {
  await expect(native.prepare('secp192r1')).resolves.toBeUndefined()
})

test('a signature over other bytes, or by a key used before, is judged on its own', () => {
  const { hash, point, r, s } = ECDSA_ANSWERS.secp192k1
  const check = {
    kind: 'ecdsa',
    curve: 'secp192k1',
    hash,
    point: Uint8Array.from(Buffer.from(point, 'hex')),
    signedBytes: new TextEncoder().encode('Eichlicht'),
    r: BigInt(`0x${r}`),
    s: BigInt(`0x${s}`),
  } as const
  for (let use = 0; use < 3; use++) {
    expect(native.verify(check)).toBe(true)
    expect(native.verify({ ...check, signedBytes: new Uint8Array() })).toBe(false)
    expect(native.verify({ ...check, r: 1n, s: 0x80n })).toBe(false)
  }
})

test.each([
  ['says valid to everything', () => true],
  ['says invalid to everything', () => false],
  [
    'does not know the curve and throws',
    () => {
      throw new Error('unknown group')
    },
  ],
])('an engine that %s does not pass the known answers', (_, verify) => {
  expect(passesKnownAnswers(saying(verify), 'secp256k1')).toBe(false)
  expect(passesKnownAnswers(native, 'secp256k1')).toBe(true)
})

import { describe, expect, test } from 'vitest'
import type { Backend, CanonicalCheck } from '../../../../src/main/engine/signature/backend.ts'
import { checkSignature } from '../../../../src/main/engine/signature/check.ts'
import { WHOLE_KINDS } from '../../../../src/main/engine/signature/curves.ts'

const ECDSA: CanonicalCheck = {
  kind: 'ecdsa',
  curve: 'secp256r1',
  hash: 'SHA256',
  point: new Uint8Array(65),
  signedBytes: new Uint8Array(),
  r: 1n,
  s: 1n,
}
const WHOLE: CanonicalCheck = {
  kind: 'whole',
  curve: 'ed25519',
  point: new Uint8Array(WHOLE_KINDS.ed25519.keyBytes),
  signedBytes: new Uint8Array(),
  signature: new Uint8Array(WHOLE_KINDS.ed25519.signatureBytes),
}

function saying(name: string, answer: boolean, supports = true): Backend {
  return { name, prepare: async () => {}, supports: () => supports, verify: () => answer }
}

function ask(check: CanonicalCheck, fast: Backend | null, reference: boolean, both = false) {
  return checkSignature(check, { reference: saying('noble', reference), fast, both })
}

describe('one engine', () => {
  test.each([
    [true, 'valid'],
    [false, 'invalid'],
  ])('the reference alone says %s: %s', (answer, outcome) => {
    expect(ask(ECDSA, null, answer)).toEqual({ outcome, engines: ['noble'] })
  })

  test('a fast engine that does not know the curve is not asked', () => {
    const fast = saying('native', false, false)
    expect(ask(ECDSA, fast, true, true)).toEqual({ outcome: 'valid', engines: ['noble'] })
  })

  test('what the fast engine calls valid is valid', () => {
    const fast = saying('native', true)
    expect(ask(ECDSA, fast, false)).toEqual({ outcome: 'valid', engines: ['native'] })
  })
})

describe('two engines', () => {
  const engines = ['native', 'noble']

  test('what the fast engine calls invalid is asked again', () => {
    const fast = saying('native', false)
    expect(ask(ECDSA, fast, false)).toEqual({ outcome: 'invalid', engines })
    expect(ask(ECDSA, fast, true)).toEqual({ outcome: 'disagree', engines })
  })

  test('both are asked where that is wanted', () => {
    const fast = saying('native', true)
    expect(ask(ECDSA, fast, true, true)).toEqual({ outcome: 'valid', engines })
    expect(ask(ECDSA, fast, false, true)).toEqual({ outcome: 'disagree', engines })
  })

  test('EdDSA and ML-DSA are always asked of both', () => {
    const fast = saying('native', true)
    expect(ask(WHOLE, fast, true)).toEqual({ outcome: 'valid', engines })
    expect(ask(WHOLE, fast, false)).toEqual({ outcome: 'disagree', engines })
  })
})

import { expect, test } from 'vitest'
import {
  type EcCurveId,
  curveParameters,
  isEcCurve,
  orderBytes,
  toInteger,
} from '../../../../src/main/engine/signature/curves.ts'
import { recoverPoints } from '../../../../src/main/engine/signature/recover.ts'
import { toHex } from '../../../../src/shared/hex.ts'
import { KEY_KINDS } from '../../../../src/shared/model/key.ts'
import { type SigningKey, makeEcKey, signEcdsa } from '../../../tools/openssl-keys.ts'

function recovered(curve: EcCurveId, key: SigningKey, text: string): string[] {
  const signedBytes = new TextEncoder().encode(text)
  const raw = signEcdsa(key, 'SHA256', signedBytes)
  const [r, s] = [raw.subarray(0, orderBytes(curve)), raw.subarray(orderBytes(curve))]
  return recoverPoints(curve, 'SHA256', signedBytes, toInteger(r), toInteger(s)).map(toHex)
}

test.each(KEY_KINDS.filter(isEcCurve))('two records of one key leave that key on %s', (curve) => {
  const key = makeEcKey(curve)
  const [begin, end] = [recovered(curve, key, 'begin'), recovered(curve, key, 'end')]
  expect(begin.filter((point) => end.includes(point))).toEqual([toHex(key.point)])
})

test('records of two keys have no key in common', () => {
  const begin = recovered('secp256r1', makeEcKey('secp256r1'), 'begin')
  const end = recovered('secp256r1', makeEcKey('secp256r1'), 'end')
  expect(begin.filter((point) => end.includes(point))).toEqual([])
})

test('numbers that are out of range, or an r that is no x of the curve, give no key', () => {
  const { p, n } = curveParameters('secp224k1')
  const numbers = [
    [p + 1n, 1n],
    [0n, 1n],
    [n, 1n],
    [1n, 0n],
    [1n, n],
  ] as const
  for (const [r, s] of numbers) {
    expect(recoverPoints('secp224k1', 'SHA256', new Uint8Array(), r, s)).toEqual([])
  }
})

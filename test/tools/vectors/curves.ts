/**
 * Every kind of key, genuine and tampered with. Rule book chapters 6 and 24.
 *
 * @module
 */
import { type SigningKind, KEY_KINDS } from '../../../src/shared/model/key.ts'
import { isEcCurve } from '../../../src/main/engine/signature/curves.ts'
import { keyHex, throwAwayKey } from '../sign.ts'
import { type VectorCase, num, payload, record, withReadings } from './base.ts'

/** The seven of Table 22; all others are extensions. */
const TABLE_22: readonly SigningKind[] = [
  'secp192k1',
  'secp256k1',
  'secp192r1',
  'secp256r1',
  'brainpoolP256r1',
  'secp384r1',
  'brainpoolP384r1',
]
const SHORT = /192/

function findings(curve: SigningKind): string[] {
  const extension = TABLE_22.includes(curve) ? [] : ['OCMF-504/warning']
  const media = isEcCurve(curve) ? [] : ['OCMF-508/warning']
  const weak = SHORT.test(curve) ? ['OCMF-522/info SIG-WEAK/info'] : []
  return [...extension, ...media, ...weak]
}

function casesOf(curve: SigningKind): VectorCase[] {
  const key = throwAwayKey(curve)
  const keys = [keyHex(key)]
  const name = curve.toLowerCase()
  const short = SHORT.test(curve) ? {} : { notFinding: 'OCMF-522' }
  return [
    {
      name: `curve-${name}`,
      comment: `${curve}: verified`,
      expect: 'VERIFIED',
      finding: [...findings(curve), 'SIG-OK'].join(' '),
      ...short,
      signature: 'valid',
      energy: '11.110 kWh',
      keys,
      input: record({}, { key }),
    },
    {
      name: `curve-${name}-tampered`,
      comment: `${curve}: another end value than was signed`,
      expect: 'SIGNATURE_INVALID',
      finding: [...findings(curve), 'OCMF-516 SIG-MISMATCH'].join(' '),
      signature: 'invalid',
      keys,
      input: withReadings({}, { RV: num('1255.670') }, {}, { key, signed: payload() }),
    },
  ]
}

const RAW: readonly SigningKind[] = ['secp192r1', 'secp224k1', 'secp521r1', 'brainpoolP320r1']

export const CURVE_CASES: readonly VectorCase[] = [
  ...KEY_KINDS.flatMap(casesOf),
  ...RAW.map((curve): VectorCase => {
    const key = throwAwayKey(curve)
    return {
      name: `curve-${curve.toLowerCase()}-raw`,
      comment: `${curve}: r and s without structure, each as long as the order of the group`,
      expect: 'VERIFIED',
      finding: [...findings(curve), 'OCMF-511/warning'].join(' '),
      keys: [keyHex(key)],
      input: record({}, { key, shape: 'raw' }),
    }
  }),
]

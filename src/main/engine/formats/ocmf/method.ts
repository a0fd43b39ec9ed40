/**
 * Names of signature methods in SA.
 *
 * Source: OCMF 1.4.1, Table 22; other spellings and extensions as seen in the field.
 *
 * @module
 */
import { table } from '../../../../shared/table.ts'
import type { CurveId } from '../../../../shared/model/key.ts'
import { type Algorithm, type HashId, algorithmName } from '../../signature/algorithms.ts'
import { curveByName } from '../../signature/curves.ts'

/** Table 22 names the curve its own way; all of it with SHA-256. */
const TABLE_22: Record<string, CurveId> = table({
  'ECDSA-secp192k1-SHA256': 'secp192k1',
  'ECDSA-secp256k1-SHA256': 'secp256k1',
  'ECDSA-secp192r1-SHA256': 'secp192r1',
  'ECDSA-secp256r1-SHA256': 'secp256r1',
  'ECDSA-brainpool256r1-SHA256': 'brainpoolP256r1',
  'ECDSA-secp384r1-SHA256': 'secp384r1',
  'ECDSA-brainpool384r1-SHA256': 'brainpoolP384r1',
})
const CURVES_OF_TABLE_22 = new Set<CurveId>(Object.values(TABLE_22))

export const DEFAULT_METHOD: Algorithm = { curve: 'secp256r1', hash: 'SHA256' }

export interface NamedMethod {
  algorithm: Algorithm
  /** `table`: as Table 22 writes it; `spelling`: meant by it; `extension`: OCMF has no such method. */
  standing: 'table' | 'spelling' | 'extension'
  /** The name Table 22 or we would write. */
  canonical: string
}

/** @returns null for a method nobody knows */
export function parseMethod(name: string): NamedMethod | null {
  const exact = TABLE_22[name]
  if (exact !== undefined) {
    return { algorithm: { curve: exact, hash: 'SHA256' }, standing: 'table', canonical: name }
  }
  const algorithm = parseEcdsa(name) ?? parseWhole(name)
  if (algorithm === null) return null
  const named = algorithm.hash === 'SHA256' && CURVES_OF_TABLE_22.has(algorithm.curve)
  const canonical = named
    ? Object.entries(TABLE_22).find(([, curve]) => curve === algorithm.curve)?.[0]
    : undefined
  return {
    algorithm,
    standing: named ? 'spelling' : 'extension',
    canonical: canonical ?? algorithmName(algorithm),
  }
}

function parseEcdsa(name: string): Algorithm | null {
  const match = /^ECDSA-([0-9a-z-]{1,24}?)-SHA-?(224|256|384|512)$/i.exec(name)
  if (match === null) return null
  const curve = curveByName(match[1] ?? '')
  return curve === null ? null : { curve, hash: `SHA${match[2]}` as HashId }
}

/** Methods that hash by themselves: EdDSA and ML-DSA. */
const WHOLE: Record<string, CurveId> = table({
  'eddsa-ed25519': 'ed25519',
  ed25519: 'ed25519',
  'eddsa-ed448': 'ed448',
  ed448: 'ed448',
  'ml-dsa-44': 'ml-dsa-44',
  'ml-dsa-65': 'ml-dsa-65',
  'ml-dsa-87': 'ml-dsa-87',
})

function parseWhole(name: string): Algorithm | null {
  const curve = WHOLE[name.toLowerCase()]
  return curve === undefined ? null : { curve, hash: null }
}

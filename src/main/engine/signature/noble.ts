/**
 * The reference engine: pure JavaScript, every kind of key, the same on every host.
 *
 * Importing this module loads no cryptography; `prepare` loads what a kind of key needs.
 *
 * @module
 */
import type { Backend, SealCheck, WholeCheck } from './backend.ts'
import { WHOLE_KINDS, type WholeKindId, isEcCurve, isSealKind } from './curves.ts'
import type { NobleEcdsa } from './noble-ecdsa.ts'
import { opensTo } from './seal.ts'

type VerifyWhole = (signature: Uint8Array, signedBytes: Uint8Array, point: Uint8Array) => boolean

/** RFC 8032 as written; noble's default accepts encodings that the RFC forbids. */
const RFC_8032 = { zip215: false } as const

const WHOLE_LOADERS: Record<WholeKindId, () => Promise<VerifyWhole>> = {
  ed25519: async () => {
    const { ed25519 } = await import('@noble/curves/ed25519.js')
    return (...check) => ed25519.verify(...check, RFC_8032)
  },
  ed448: async () => {
    const { ed448 } = await import('@noble/curves/ed448.js')
    return (...check) => ed448.verify(...check, RFC_8032)
  },
  'ml-dsa-44': async () => (await import('@noble/post-quantum/ml-dsa.js')).ml_dsa44.verify,
  'ml-dsa-65': async () => (await import('@noble/post-quantum/ml-dsa.js')).ml_dsa65.verify,
  'ml-dsa-87': async () => (await import('@noble/post-quantum/ml-dsa.js')).ml_dsa87.verify,
}

/** @returns an engine that supports every kind of key it was prepared for */
export function createNobleBackend(): Backend {
  let ecdsa: NobleEcdsa | null = null
  const whole = new Map<WholeKindId, VerifyWhole>()
  let opens: ((check: SealCheck) => boolean) | null = null

  return {
    name: 'noble',
    async prepare(curve) {
      if (isSealKind(curve)) {
        opens = opensTo
      } else if (!isEcCurve(curve)) {
        if (!whole.has(curve)) whole.set(curve, await WHOLE_LOADERS[curve]())
      } else if (ecdsa === null) {
        const module = await import('./noble-ecdsa.ts')
        ecdsa ??= new module.NobleEcdsa()
      }
    },
    supports(curve) {
      if (isSealKind(curve)) return opens !== null
      return isEcCurve(curve) ? ecdsa !== null : whole.has(curve)
    },
    verify(check) {
      switch (check.kind) {
        case 'ecdsa':
          return loaded(ecdsa).verify(check)
        case 'whole':
          return verifyWhole(loaded(whole.get(check.curve)), check)
        case 'seal':
          return loaded(opens)(check)
      }
    },
  }
}

function verifyWhole(verify: VerifyWhole, check: WholeCheck): boolean {
  const { curve, point, signedBytes, signature } = check
  if (signature.length !== WHOLE_KINDS[curve].signatureBytes) return false
  return verify(signature, signedBytes, point)
}

function loaded<T>(engine: T | null | undefined): T {
  if (engine === null || engine === undefined) throw new Error('noble: not prepared for this key')
  return engine
}

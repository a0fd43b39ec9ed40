/**
 * What the engine needs from Node: hashes, the fast engine, the time.
 *
 * @module
 */
import { hash } from 'node:crypto'
import { createNobleBackend } from './engine/signature/noble.ts'
import type { HashId } from './engine/signature/algorithms.ts'
import type { Engines } from './engine/types.ts'
import { createNativeBackend } from './native-backend.ts'

const NAMES: Record<HashId, string> = {
  SHA224: 'sha224',
  SHA256: 'sha256',
  SHA384: 'sha384',
  SHA512: 'sha512',
}

export function digest(id: HashId, bytes: Uint8Array): string {
  return hash(NAMES[id], bytes, 'hex')
}

/** @param both ask the reference engine also where the fast one says valid */
export function hostEngines(both: boolean): Engines {
  return { reference: createNobleBackend(), fast: createNativeBackend(), both }
}

/** Loads ahead what most records need, so that the first of them does not wait for it. */
export async function prepareCommon({ reference, fast }: Engines): Promise<void> {
  await reference.prepare('secp256r1')
  await fast?.prepare('secp256r1')
}

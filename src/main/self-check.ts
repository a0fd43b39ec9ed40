/**
 * What the program can check about itself: its files and its engines.
 *
 * @module
 */
import { setImmediate } from 'node:timers/promises'
import { KEY_KINDS, type CurveId } from '../shared/model/key.ts'
import { passesKnownAnswers } from './engine/signature/known-answers.ts'
import { createNobleBackend } from './engine/signature/noble.ts'
import { createNativeBackend } from './native-backend.ts'
import { type Integrity, checkIntegrity } from './software.ts'

export interface SelfCheck {
  files: Integrity
  /** Kinds of key that the reference engine answers wrongly; none in a sound program. */
  failed: CurveId[]
  /** Kinds of key that this runtime's own engine knows. */
  native: CurveId[]
  passed: boolean
}

/** Asks both engines for known answers on every kind of key, and compares the program's files. */
export async function selfCheck(): Promise<SelfCheck> {
  const reference = createNobleBackend()
  const native = createNativeBackend()
  const failed: CurveId[] = []
  for (const kind of KEY_KINDS) {
    await reference.prepare(kind)
    if (!passesKnownAnswers(reference, kind)) failed.push(kind)
    // Calls of a window do not wait until all are done.
    await setImmediate()
  }
  const files = checkIntegrity()
  return {
    files,
    failed,
    native: KEY_KINDS.filter((kind) => native.supports(kind)),
    passed: failed.length === 0 && files !== 'modified',
  }
}

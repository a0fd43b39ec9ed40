/**
 * The user's key store as this process or worker reads it: opened when it is first needed, kept
 * open, opened again when another file took its place.
 *
 * A store that cannot be read never stops a check. It is told with the result, because keys that
 * were confirmed are missing then.
 *
 * @module
 */
import { statSync } from 'node:fs'
import type { PublicKeyRef } from '../../shared/model/key.ts'
import type { KnownKeys } from '../engine/trust/key-book.ts'
import type { StoredKeys } from '../key-store/key-book.ts'

export interface StoreInUse {
  keys: KnownKeys
  /** Why it could not be read so far, as a word of the texts; null where all is well. */
  trouble(): string | null
}

const NO_KEYS: KnownKeys = { publishedFor: () => [], find: () => [], withoutMeter: () => [] }
const NO_STORE: StoreInUse = { keys: NO_KEYS, trouble: () => null }

let current: { file: string; place: string; stored: StoredKeys } | null = null

/** @param file of the store, which need not exist; null for none */
export async function storeInUse(file: string | null): Promise<StoreInUse> {
  if (file === null) return NO_STORE
  try {
    const stored = await opened(file)
    return stored === null ? NO_STORE : guarded(stored)
  } catch (error) {
    const reason = reasonOf(error)
    return reason === 'store.missing' ? NO_STORE : { keys: NO_KEYS, trouble: () => reason }
  }
}

async function opened(file: string): Promise<StoredKeys | null> {
  const facts = statSync(file, { throwIfNoEntry: false })
  const place = facts === undefined ? '' : `${facts.dev} ${facts.ino}`
  if (current?.file === file && current.place === place) return current.stored
  current?.stored.close()
  current = null
  if (facts === undefined) return null
  // The driver takes as long to load as a small check does.
  const { openStoredKeys } = await import('../key-store/key-book.ts')
  const stored = openStoredKeys(file)
  current = { file, place, stored }
  return stored
}

/** Answers "nothing known" where the store fails, and remembers that it did. */
function guarded(stored: StoredKeys): StoreInUse {
  let reason: string | null = null
  const safely = (ask: () => PublicKeyRef[]): PublicKeyRef[] => {
    try {
      return ask()
    } catch (error) {
      reason = reasonOf(error)
      return []
    }
  }
  return {
    keys: {
      publishedFor: (identity) => safely(() => stored.publishedFor(identity)),
      find: (fingerprint) => safely(() => stored.find(fingerprint)),
      withoutMeter: () => safely(() => stored.withoutMeter()),
    },
    trouble: () => reason,
  }
}

function reasonOf(error: unknown): string {
  const code = (error as { code?: unknown }).code
  if (code === 'EACCES' || code === 'EPERM') return 'store.forbidden'
  return error instanceof Error && error.name === 'StoreError'
    ? `store.${String(code)}`
    : 'store.failed'
}

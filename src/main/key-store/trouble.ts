/**
 * What may be wrong with the key store, in plain words' keys (`store.…` in the texts).
 *
 * @module
 */

/** Why the store cannot be written, or not be opened at all. */
export const STORE_REASONS = [
  'locked',
  'forbidden',
  'full',
  'newer',
  'damaged',
  'foreign',
  'missing',
  'failed',
] as const
export type StoreReason = (typeof STORE_REASONS)[number]

/** Why a change was refused although the store is sound. */
export type Refusal = 'no-such-key' | 'exists' | 'too-long'

export class StoreError extends Error {
  override readonly name = 'StoreError'
  readonly code: StoreReason | Refusal

  constructor(code: StoreReason | Refusal, cause?: unknown) {
    super(cause instanceof Error ? `${code}: ${cause.message}` : code, { cause })
    this.code = code
  }
}

/** @param error of SQLite or of the file system */
export function asStoreError(error: unknown): StoreError {
  return error instanceof StoreError ? error : new StoreError(reasonOf(error), error)
}

function reasonOf(error: unknown): StoreReason {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return REASONS.find(([codes]) => codes.test(code))?.[1] ?? 'failed'
}

const REASONS: readonly [RegExp, StoreReason][] = [
  [/^SQLITE_(?:BUSY|LOCKED|PROTOCOL)/, 'locked'],
  [/^(?:SQLITE_FULL|ENOSPC|EDQUOT)/, 'full'],
  [/^SQLITE_(?:CORRUPT|NOTADB)/, 'damaged'],
  [/^(?:SQLITE_(?:READONLY|CANTOPEN|PERM|AUTH)|EACCES|EPERM|EROFS)/, 'forbidden'],
  [/^ENOENT/, 'missing'],
]

/**
 * Calls that cannot be done, as the contract names the reasons.
 *
 * @module
 */
import type { ApiError } from '../../shared/api.ts'
import { JobError } from '../jobs.ts'
import { StoreError } from '../key-store/trouble.ts'

/** A reason the caller can do something about. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly code: ApiError

  /** @param detail for logs, not for users */
  constructor(code: ApiError, detail = '') {
    super(detail)
    this.code = code
  }
}

interface Refused {
  ok: false
  error: { code: ApiError; detail: string }
}

export function refused(code: ApiError, detail = ''): Refused {
  return { ok: false, error: { code, detail } }
}

export function refusalOf(error: unknown): Refused {
  if (error instanceof Refusal || error instanceof JobError) {
    return refused(error.code, error.message)
  }
  if (error instanceof StoreError) return refused(STORE_ERRORS[error.code], error.message)
  return refused('internal', error instanceof Error ? error.message : '')
}

const STORE_ERRORS: Record<StoreError['code'], ApiError> = {
  locked: 'store-busy',
  full: 'disk-full',
  forbidden: 'store-read-only',
  newer: 'store-read-only',
  damaged: 'store-read-only',
  foreign: 'store-read-only',
  missing: 'store-read-only',
  failed: 'store-read-only',
  'no-such-key': 'no-such-key',
  exists: 'key-exists',
  'too-long': 'bad-input',
}

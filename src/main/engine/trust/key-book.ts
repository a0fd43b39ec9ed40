/**
 * Keys known outside the file that is read.
 *
 * @module
 */
import type { PublicKeyRef } from '../../../shared/model/key.ts'
import type { KeyBook } from '../types.ts'

/** What a key store knows. */
export interface KnownKeys extends Pick<KeyBook, 'publishedFor' | 'find'> {
  /** Keys the user confirmed without naming a meter; they may fit any record. */
  withoutMeter(): PublicKeyRef[]
}

const NOTHING: KnownKeys = {
  publishedFor: () => [],
  find: () => [],
  withoutMeter: () => [],
}

/** Keys given for a job, keys of the job's other files, and what the store knows. */
export function keyBook(
  given: readonly PublicKeyRef[],
  offered: readonly PublicKeyRef[] = [],
  known: KnownKeys = NOTHING,
): KeyBook {
  return {
    given,
    offered: [...offered, ...known.withoutMeter()],
    publishedFor: (identity) => known.publishedFor(identity),
    find: (fingerprint) => [
      ...given.filter((key) => key.fingerprint === fingerprint),
      ...known.find(fingerprint),
    ],
  }
}

/**
 * Keys known outside the file that is read.
 *
 * @module
 */
import type { PublicKeyRef } from '../../../shared/model/key.ts'
import type { KeyBook } from '../types.ts'

/** A key book without a store: keys given for a job, and keys of the job's other files. */
export function keyBook(
  given: readonly PublicKeyRef[],
  offered: readonly PublicKeyRef[] = [],
): KeyBook {
  return {
    given,
    offered,
    publishedFor: () => [],
    find: (fingerprint) => given.filter((key) => key.fingerprint === fingerprint),
  }
}

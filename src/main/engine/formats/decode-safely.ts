/**
 * The boundary of the formats: whatever bytes come, an answer leaves.
 *
 * @module
 */
import { type LooseFinding, looseFinding } from '../../../shared/model/finding.ts'
import type { PublicKeyRef } from '../../../shared/model/key.ts'
import { DecodeError, SyntaxProblem } from '../codec/decode-error.ts'
import type { DecodedRecord, SignedRecord } from '../types.ts'
import type { Format } from './format.ts'

/** @returns the record, or the finding that says why it cannot be decoded */
export function decodeSafely(
  format: Format,
  record: SignedRecord,
  keys: readonly PublicKeyRef[] = [],
): { decoded: DecodedRecord } | { failed: LooseFinding } {
  try {
    return { decoded: format.decode(record, keys) }
  } catch (error) {
    if (error instanceof DecodeError) return { failed: error.finding }
    if (error instanceof SyntaxProblem) {
      return { failed: looseFinding('IN-RECORD', {}, { offset: error.offset }) }
    }
    return { failed: internal(error) }
  }
}

/** A bug of ours, in words that carry nothing of the input. */
export function internal(error: unknown): LooseFinding {
  const detail =
    error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 200) : 'unknown'
  return looseFinding('ENGINE-INTERNAL', { detail })
}

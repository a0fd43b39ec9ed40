/**
 * A text or file that is to be one public key, for whoever asks a user for one.
 *
 * @module
 */
import { KEY_KINDS, type PublicKeyRef } from '../shared/model/key.ts'
import {
  type KeyReading,
  readPublicKey,
  readPublicKeys,
  toPublicKeyRef,
} from './engine/signature/public-key.ts'

/** The key, or the kind of reading that it is instead; the texts have words for those. */
export type OneKey = PublicKeyRef | { refused: Exclude<KeyReading['kind'], 'key'> | 'several-keys' }

/** @param curve name of the curve that is said to be meant; it must be that of the key */
export function readOneKey(
  text: string | Uint8Array,
  curve: string | null,
  origin: string,
): OneKey {
  const hint = KEY_KINDS.find((known) => known === curve)
  const reading = readPublicKey(text, { hint })
  if (reading.kind !== 'key') {
    const keys = readPublicKeys(text, { hint }).filter(({ kind }) => kind === 'key')
    return { refused: keys.length > 1 ? 'several-keys' : reading.kind }
  }
  if (hint !== undefined && reading.curve !== hint) return { refused: 'not-on-curve' }
  return toPublicKeyRef(reading, { source: 'key-file', trust: 'K2', origin })
}

/**
 * Keys given on the command line: a file, text in any printed form, or `-` for standard input.
 *
 * @module
 */
import { readFileSync, statSync } from 'node:fs'
import { TRUST_OF_SOURCE, type PublicKeyRef, type TrustLevel } from '../../../shared/model/key.ts'
import { LIMITS } from '../../engine/limits.ts'
import { readOffers } from '../../engine/signature/key-offer.ts'
import { reasonOf } from '../../pool/read-input.ts'
import { UsageError } from './args.ts'

/**
 * @param standardInput bytes of standard input where one of the keys is `-`
 * @throws UsageError where no key can be read: a check with the wrong keys would mislead
 */
export function givenKeys(
  texts: readonly string[],
  trust: TrustLevel,
  standardInput: Uint8Array | null,
): PublicKeyRef[] {
  const source = trust === TRUST_OF_SOURCE.imprint ? 'imprint' : 'key-file'
  return texts.flatMap((text) => {
    const origin = `--key ${text.length > 40 ? `${text.slice(0, 39)}…` : text}`
    const offers = readOffers(contentOf(text, standardInput), { source, trust, origin })
    const keys = offers.flatMap((offer) => offer.keys)
    if (keys.length > 0) return keys
    throw new UsageError('usage.key', {
      found: origin,
      reason: offers[0]?.reading.kind ?? 'unknown',
    })
  })
}

function contentOf(text: string, standardInput: Uint8Array | null): string | Uint8Array {
  if (text === '-') return standardInput ?? ''
  const size = fileSize(text)
  if (size === null) return text
  if (size > LIMITS.keyTextBytes) {
    throw new UsageError('usage.key', { found: text, reason: 'too-long' })
  }
  try {
    return readFileSync(text)
  } catch (error) {
    throw new UsageError('usage.key', { found: text, reason: reasonOf(error) })
  }
}

/** @returns null for what names no file: a key is often longer than any name may be */
function fileSize(text: string): number | null {
  try {
    const facts = statSync(text)
    return facts.isFile() ? facts.size : null
  } catch {
    return null
  }
}

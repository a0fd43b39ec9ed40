/**
 * Whether a user read that very key off the station. Only then may its trust rise.
 *
 * @module
 */
import type { KeyProof } from '../shared/api.ts'
import { fromHex, toHex } from '../shared/hex.ts'
import type { PublicKeyRef } from '../shared/model/key.ts'
import { ENDS_SEPARATOR, endsOf, typedDigits } from '../shared/printed-key.ts'
import { isEcCurve } from './engine/signature/curves.ts'
import { compressPoint } from './engine/signature/key-bytes.ts'
import { spki } from './engine/signature/public-key.ts'
import { toBase32 } from './engine/codec/base32.ts'
import { readOneKey } from './read-key.ts'

type Key = Pick<PublicKeyRef, 'fingerprint' | 'curve' | 'point'>

/** @param proof what the user typed or scanned, in any printed form of the key */
export function proves({ how, text }: KeyProof, key: Key): boolean {
  if (how === 'groups') return endsFit(text, key)
  const read = readOneKey(text, key.curve, '')
  return !('refused' in read) && read.fingerprint === key.fingerprint
}

function endsFit(text: string, key: Key): boolean {
  const typed = text.split(ENDS_SEPARATOR).map(typedDigits)
  if (typed.length !== 2) return false
  return printedForms(key).some((form) => {
    const { first, last } = endsOf(form)
    return typed[0] === first && typed[1] === last
  })
}

/** The digits of the key in the forms in which stations print it, in lower case. */
function printedForms({ curve, point }: Key): string[] {
  const bytes = fromHex(point)
  if (bytes === null) return []
  const whole = [point, toHex(spki(curve, bytes))]
  if (!isEcCurve(curve)) return whole
  return [...whole, point.slice(2), toBase32(compressPoint(bytes)).toLowerCase()]
}

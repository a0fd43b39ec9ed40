/**
 * A text or file that claims to be a public key, with what could be read of it.
 *
 * @module
 */
import { type CurveId, TRUST_OF_SOURCE } from '../../../shared/model/key.ts'
import type { KeyOffer } from '../types.ts'
import {
  type KeyPlace,
  type KeyReading,
  candidatesOf,
  readPublicKey,
  readPublicKeys,
  toPublicKeyRef,
} from './public-key.ts'

export function readOffer(input: string | Uint8Array, place: KeyPlace, hint?: CurveId): KeyOffer {
  return offerOf(readPublicKey(input, { hint }), place)
}

/** @returns offers of all keys in a text that may hold several; at least one */
export function readOffers(input: string | Uint8Array, place: KeyPlace): KeyOffer[] {
  return readPublicKeys(input).map((reading) => offerOf(reading, place))
}

/** Place of a key in the same file as the data. */
export function inFile(origin: string): KeyPlace {
  return { source: 'container', trust: TRUST_OF_SOURCE.container, origin }
}

function offerOf(reading: KeyReading, place: KeyPlace): KeyOffer {
  const keys = candidatesOf(reading).map((found) => toPublicKeyRef(found, place))
  return { reading, keys, origin: place.origin }
}

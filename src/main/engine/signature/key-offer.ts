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
  return offerOf(typeof input === 'string' ? recentReading(input, hint) : read(input, hint), place)
}

function read(input: string | Uint8Array, hint: CurveId | undefined): KeyReading {
  return readPublicKey(input, { hint })
}

/**
 * Readings of short texts: the records of a station bring the same key along time after time, and
 * to find the point of a compressed one takes longer than to verify a signature.
 */
const recent = new Map<string, KeyReading>()
const MOST_RECENT = 256
const LONGEST_RECENT = 1024

function recentReading(text: string, hint: CurveId | undefined): KeyReading {
  if (text.length > LONGEST_RECENT) return read(text, hint)
  const name = `${hint ?? ''} ${text}`
  const known = recent.get(name)
  if (known !== undefined) return known
  const reading = read(text, hint)
  const [oldest] = recent.keys()
  if (recent.size >= MOST_RECENT && oldest !== undefined) recent.delete(oldest)
  recent.set(name, reading)
  return reading
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

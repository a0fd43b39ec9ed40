/**
 * Public keys that a page shows broken over several lines: a SubjectPublicKeyInfo says at its beginning
 * how long it is, so that its end is known wherever lines end.
 *
 * Source: RFC 5480, 2; X.690, 8.1.3.
 *
 * @module
 */
import { toHex } from '../../../../shared/hex.ts'
import { fromBase64 } from '../../codec/base64.ts'
import { inFile, readOffers } from '../../signature/key-offer.ts'
import type { KeyOffer } from '../../types.ts'

/** `SEQUENCE { SEQUENCE { id-ecPublicKey`: the length is in the second byte, or in the third. */
const HEX = /30(?:[0-7][0-9a-f]|81[0-9a-f]{2})30[0-9a-f]{2}06072a8648ce3d0201/gi
/** The same in base64, where it begins at a group. */
const BASE64 = /M[A-Za-z0-9+/]{2}w[A-Z][wA]YHKoZIzj0CAQ|MIG[A-Za-z0-9+/]MBAGByqGSM49AgE/g

/** @param known keys that were found otherwise */
export function brokenKeys(
  lines: readonly string[],
  origin: string,
  known: readonly KeyOffer[],
): KeyOffer[] {
  const text = lines.map((line) => line.replace(/\s+/g, '')).join('')
  const found = [...text.matchAll(HEX)].map(({ index }) => {
    const digits = text.slice(index)
    return digits.slice(
      0,
      2 * lengthOf(Number.parseInt(digits.slice(2, 4), 16), digits.slice(4, 6)),
    )
  })
  for (const { index } of text.matchAll(BASE64)) {
    const run = /^[A-Za-z0-9+/]+/.exec(text.slice(index, index + 400))?.[0] ?? ''
    const head = fromBase64(run.slice(0, 8))
    if (head === null) continue
    const bytes = lengthOf(head[1] ?? 0, toHex(head.subarray(2, 3)))
    const whole = fromBase64(run.slice(0, Math.ceil((bytes * 4) / 3)))
    if (whole !== null) found.push(toHex(whole.subarray(0, bytes)))
  }
  const offers = found.flatMap((hex) => readOffers(hex, inFile(origin)))
  const have = new Set(known.flatMap(({ keys }) => keys.map(({ fingerprint }) => fingerprint)))
  return offers.filter(({ keys }) => keys.some(({ fingerprint }) => !have.has(fingerprint)))
}

/** @returns bytes of the whole, with its head */
function lengthOf(first: number, next: string): number {
  return first < 0x80 ? 2 + first : 3 + Number.parseInt(next, 16)
}

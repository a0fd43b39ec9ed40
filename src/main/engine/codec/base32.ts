/**
 * Base32 (RFC 4648, 6): how ALFEN prints keys, data sets and signatures.
 *
 * @module
 */
import { digitSystem, readDigits, writeDigits } from './digits.ts'

const BASE32 = digitSystem('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567')

/**
 * @param text upper case; white space and missing padding do not matter
 * @returns null if it is not base32 from end to end
 */
export function fromBase32(text: string): Uint8Array | null {
  return readDigits(text, BASE32)
}

/** @returns upper case with padding, in one line */
export function toBase32(bytes: Uint8Array): string {
  return writeDigits(bytes, BASE32)
}

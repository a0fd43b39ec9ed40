/**
 * Base64 (RFC 4648, 4 and 5).
 *
 * @module
 */
import { digitSystem, readDigits, writeDigits } from './digits.ts'

const ALPHANUMERIC = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const STANDARD = digitSystem(`${ALPHANUMERIC}+/`)
const URL_SAFE = digitSystem(`${ALPHANUMERIC}-_`)

/**
 * @param text in the standard or the URL and file name safe alphabet, not in both; white space
 *   and missing padding do not matter
 * @returns null if it is not base64 from end to end
 */
export function fromBase64(text: string): Uint8Array | null {
  const urlSafe = text.includes('-') || text.includes('_')
  return readDigits(text, urlSafe ? URL_SAFE : STANDARD)
}

/** @returns the standard alphabet with padding, in one line */
export function toBase64(bytes: Uint8Array): string {
  return writeDigits(bytes, STANDARD)
}

/**
 * Bytes as hexadecimal text and back.
 *
 * @module
 */

/** Lower-case hexadecimal digits, two for each byte. */
export type Hex = string

const DIGITS = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

export function toHex(bytes: Uint8Array): Hex {
  let text = ''
  for (const byte of bytes) text += DIGITS[byte]
  return text
}

/**
 * @param text hexadecimal digits of either case, nothing else
 * @returns null if a character is no digit or their number is odd
 */
export function fromHex(text: string): Uint8Array | null {
  if (text.length % 2 !== 0) return null
  const bytes = new Uint8Array(text.length / 2)
  for (let i = 0; i < bytes.length; i++) {
    const high = digit(text.charCodeAt(2 * i))
    const low = digit(text.charCodeAt(2 * i + 1))
    if (high < 0 || low < 0) return null
    bytes[i] = high * 16 + low
  }
  return bytes
}

/** @returns the digits in upper case, four to a group: the form in which people compare keys */
export function inGroupsOfFour(hex: Hex): string {
  return hex.toUpperCase().replace(/(.{4})(?=.)/g, '$1 ')
}

function digit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30
  const letter = code | 0x20
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1
}

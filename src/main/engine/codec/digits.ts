/**
 * Bytes as digits of a power of two: what base64 and base32 have in common (RFC 4648, 3).
 *
 * @module
 */

const WHITE = -2
const FOREIGN = -1

export interface DigitSystem {
  /** Digits in the order of their values; 2 to the power of `bits` of them, all ASCII. */
  alphabet: string
  bits: number
  /** Digits of the shortest group that holds whole bytes; padding fills the last group. */
  group: number
  /** Value by character code; white space and characters that are no digits are negative. */
  values: Int8Array
}

/** @param alphabet 32 or 64 digits in the order of their values */
export function digitSystem(alphabet: string): DigitSystem {
  const values = new Int8Array(128).fill(FOREIGN)
  for (const space of ' \t\r\n') values[space.charCodeAt(0)] = WHITE
  for (let value = 0; value < alphabet.length; value++) values[alphabet.charCodeAt(value)] = value
  const bits = Math.log2(alphabet.length)
  return { alphabet, bits, group: bits === 5 ? 8 : 4, values }
}

/**
 * Reads text that is nothing but such digits. White space may stand anywhere, padding is there
 * altogether or not at all. Refused are all other characters, lengths that no encoder makes, and
 * bits set in the last digit that belong to no byte.
 *
 * @returns null if refused; no bytes for no text
 */
export function readDigits(text: string, { bits, group, values }: DigitSystem): Uint8Array | null {
  const bytes = new Uint8Array(Math.floor((text.length * bits) / 8))
  let length = 0
  let digits = 0
  let padding = 0
  let open = 0
  let openBits = 0
  for (let at = 0; at < text.length; at++) {
    const value = values[text.charCodeAt(at)] ?? FOREIGN
    if (value >= 0 && padding === 0) {
      digits++
      open = (open << bits) | value
      openBits += bits
      if (openBits >= 8) {
        openBits -= 8
        bytes[length++] = open >> openBits
        open &= (1 << openBits) - 1
      }
    } else if (text[at] === '=') padding++
    else if (value !== WHITE) return null
  }
  const missing = (group - (digits % group)) % group
  if (openBits >= bits || open !== 0) return null
  return padding === 0 || padding === missing ? bytes.slice(0, length) : null
}

/** @returns the digits in one line, padded to a whole group */
export function writeDigits(bytes: Uint8Array, { alphabet, bits, group }: DigitSystem): string {
  let text = ''
  let open = 0
  let openBits = 0
  for (const byte of bytes) {
    open = (open << 8) | byte
    openBits += 8
    while (openBits >= bits) {
      openBits -= bits
      text += alphabet[open >> openBits]
      open &= (1 << openBits) - 1
    }
  }
  if (openBits > 0) text += alphabet[open << (bits - openBits)]
  return text.padEnd(Math.ceil(text.length / group) * group, '=')
}

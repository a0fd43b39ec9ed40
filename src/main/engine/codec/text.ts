/**
 * Bytes as text (Unicode 16, chapter 3; Encoding Standard).
 *
 * @module
 */

const utf8Strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const utf8Lenient = new TextDecoder('utf-8', { ignoreBOM: true })
const utf16le = new TextDecoder('utf-16le', { fatal: true, ignoreBOM: true })
const utf16be = new TextDecoder('utf-16be', { fatal: true, ignoreBOM: true })
const encoder = new TextEncoder()
const byteDecoder = new TextDecoder('latin1')

export function utf8Bytes(text: string): Uint8Array {
  return encoder.encode(text)
}

/** @returns null if the bytes are not valid UTF-8; a byte order mark stays */
export function utf8Text(bytes: Uint8Array): string | null {
  try {
    return utf8Strict.decode(bytes)
  } catch {
    return null
  }
}

/** @returns the text with U+FFFD where the bytes are not valid UTF-8 */
export function utf8TextLenient(bytes: Uint8Array): string {
  return utf8Lenient.decode(bytes)
}

/**
 * @returns text of exactly one character for each byte, so that positions in it are byte offsets;
 *   ASCII bytes are themselves, higher ones are no meaningful characters
 */
export function byteText(bytes: Uint8Array): string {
  return byteDecoder.decode(bytes)
}

export interface FileText {
  /** Without byte order mark. */
  text: string
  bom: boolean
  encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'
}

/**
 * Text of a file in UTF-8 or UTF-16, with or without byte order mark, or in the Latin alphabet
 * that an XML declaration names. UTF-16 without mark is recognised by its NUL bytes beside ASCII.
 *
 * @returns null if it is none of these
 */
export function fileText(bytes: Uint8Array): FileText | null {
  try {
    const [first, second, third] = bytes
    if (first === 0xff && second === 0xfe) {
      return { text: utf16le.decode(bytes.subarray(2)), bom: true, encoding: 'utf-16le' }
    }
    if (first === 0xfe && second === 0xff) {
      return { text: utf16be.decode(bytes.subarray(2)), bom: true, encoding: 'utf-16be' }
    }
    if (isNarrowUtf16(bytes, 0)) {
      return { text: utf16le.decode(bytes), bom: false, encoding: 'utf-16le' }
    }
    if (isNarrowUtf16(bytes, 1)) {
      return { text: utf16be.decode(bytes), bom: false, encoding: 'utf-16be' }
    }
    const bom = first === 0xef && second === 0xbb && third === 0xbf
    return { text: utf8Strict.decode(bom ? bytes.subarray(3) : bytes), bom, encoding: 'utf-8' }
  } catch {
    if (!LATIN_DECLARATION.test(byteText(bytes.subarray(0, 128)))) return null
    return { text: byteText(bytes), bom: false, encoding: 'windows-1252' }
  }
}

const LATIN_DECLARATION = /^<\?xml [^>]*encoding=["'](?:iso-8859-1|latin-?1|windows-1252)["']/i

/** @param low where the low byte of each unit stands: 0 little-endian, 1 big-endian */
function isNarrowUtf16(bytes: Uint8Array, low: 0 | 1): boolean {
  if (bytes.length < 8 || bytes.length % 2 !== 0) return false
  for (let i = 0; i < 8; i += 2) {
    if (bytes[i + low] === 0 || bytes[i + 1 - low] !== 0) return false
  }
  return true
}

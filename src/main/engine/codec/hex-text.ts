/**
 * Hexadecimal text as people and devices write it: in groups, with separators, with `0x`.
 *
 * @module
 */
import { fromHex } from '../../../shared/hex.ts'

/** Blank, tab, line breaks, colon, dash, semicolon, dot: all seen between groups of digits. */
const SEPARATORS = /[ \t\r\n:;.-]+/g
const PREFIX = /(?<![0-9A-Fa-f])0[xX]/g

/**
 * @param text digits of either case; separators may stand anywhere, `0x` before any group
 * @returns null if anything else is in it or the number of digits is odd; no bytes for no digits
 */
export function fromHexText(text: string): Uint8Array | null {
  return fromHex(text.replace(PREFIX, '').replace(SEPARATORS, ''))
}

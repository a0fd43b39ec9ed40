/**
 * ALFEN: the signed readings of Alfen charging stations, one `AP;…` line each. See README.md.
 *
 * @module
 */
import type { Format } from '../format.ts'
import { decodeAlfen } from './decode.ts'
import { findLines, looksLikeLine } from './line.ts'

export const alfen: Format<null> = {
  id: 'alfen',
  title: 'ALFEN',
  detect: looksLikeLine,
  find: findLines,
  decode: decodeAlfen,
}

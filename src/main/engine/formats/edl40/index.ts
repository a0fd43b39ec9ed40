/**
 * EDL40 with the extension for electric mobility, in SML telegrams. See README.md beside this file.
 *
 * @module
 */
import { findTelegrams, holdsTelegram } from '../../codec/sml.ts'
import type { Format } from '../format.ts'
import { decodeEdl40 } from './decode.ts'

export const edl40: Format<null> = {
  id: 'edl40',
  title: 'EDL40',
  names: ['edl_40_p', 'sml_edl40_p', 'edl40_p'],
  detect: holdsTelegram,
  *find(bytes) {
    for (const { from, to, whole } of findTelegrams(bytes)) yield [from, to, whole]
  },
  decode: decodeEdl40,
}

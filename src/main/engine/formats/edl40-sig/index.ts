/**
 * EDL_40_SIG: the signed block of an EDL40 meter in XML. See README.md beside this file.
 *
 * @module
 */
import { byteText } from '../../codec/text.ts'
import type { Format } from '../format.ts'
import { checkKey, decodeEdl40Sig } from './decode.ts'
import { findElements } from './element.ts'

export const edl40Sig: Format<null> = {
  id: 'edl40-sig',
  title: 'EDL_40_SIG',
  names: ['edl_40_sig'],
  detect: (bytes) => !findElements(byteText(bytes)).next().done,
  find: (bytes) => findElements(byteText(bytes)),
  decode: decodeEdl40Sig,
  check: checkKey,
}

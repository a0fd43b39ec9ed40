/**
 * EMHCrypt01: EMH meters in chargeIT containers and Charge Transparency Records. See README.md.
 *
 * @module
 */
import type { Format } from '../format.ts'
import { isPacked } from '../packed-json.ts'
import { EMH_METHOD, decodeEmh } from './decode.ts'

export const emh: Format<null> = {
  id: 'emh',
  title: 'EMHCrypt01',
  detect: (bytes) => isPacked(bytes, EMH_METHOD),
  decode: decodeEmh,
}

/**
 * GDFCrypt01: the meter format of GraphDefined in Charge Transparency Records. See README.md.
 *
 * @module
 */
import type { Format } from '../format.ts'
import { isPacked } from '../packed-json.ts'
import { GDF_METHOD, decodeGdf } from './decode.ts'

export const gdf: Format<null> = {
  id: 'gdf',
  title: 'GDFCrypt01',
  detect: (bytes) => isPacked(bytes, GDF_METHOD),
  decode: decodeGdf,
}

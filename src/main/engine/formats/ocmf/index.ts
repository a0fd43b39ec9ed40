/**
 * OCMF, the Open Charge Metering Format, versions 0.1 to 1.4. See README.md beside this file.
 *
 * @module
 */
import { jsonSource } from '../../codec/json.ts'
import { byteText } from '../../codec/text.ts'
import type { Format } from '../format.ts'
import { checkSignature } from './checks/signature.ts'
import { type OcmfDetail, decodeOcmf } from './decode.ts'
import { nextHeader, recordRange } from './sections.ts'

/** So many fragments that cannot be read are reported from one text. */
const MAX_FRAGMENTS = 200

export const ocmf: Format<OcmfDetail> = {
  id: 'ocmf',
  title: 'OCMF',
  detect: (bytes) => /OCMF\s{0,16}\|/.test(byteText(bytes)),
  *find(bytes) {
    const source = jsonSource(bytes)
    let fragments = 0
    for (let from = nextHeader(source.text, 0); from >= 0;) {
      const { to, whole } = recordRange(source, from)
      if (!whole) fragments++
      if (fragments > MAX_FRAGMENTS) return
      yield [from, to]
      from = nextHeader(source.text, Math.max(to, from + 4))
    }
  },
  decode: decodeOcmf,
  check: checkSignature,
}

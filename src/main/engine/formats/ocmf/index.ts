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

/** First bytes of the binary form of document versions up to 1.0, which nobody writes any more. */
const BINARY = [0xc0, 0xab, 0xbe, 0xce] as const

/** So many fragments of a text are told one by one; what follows is told as one, up to a record. */
const MAX_FRAGMENTS = 200

export const ocmf: Format<OcmfDetail> = {
  id: 'ocmf',
  title: 'OCMF',
  // Binary records are recognised in order to be refused by their name (OCMF-001).
  detect: (bytes) =>
    /OCMF\s*\|/.test(byteText(bytes)) || BINARY.every((byte, at) => bytes[at] === byte),
  *find(bytes) {
    const source = jsonSource(bytes)
    let fragments = 0
    let flood: [number, number, boolean] | null = null
    for (let from = nextHeader(source.text, 0); from >= 0;) {
      const { to, whole } = recordRange(source, from)
      if (whole || fragments < MAX_FRAGMENTS) {
        if (flood !== null) yield flood
        flood = null
        yield [from, to, whole]
        if (!whole) fragments++
      } else flood = [flood?.[0] ?? from, to, false]
      from = nextHeader(source.text, Math.max(to, from + 4))
    }
    if (flood !== null) yield flood
  },
  decode: decodeOcmf,
  check: checkSignature,
}

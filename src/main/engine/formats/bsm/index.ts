/**
 * BSMCrypt01: signed snapshots of the meter BSM-WS36A by BAUER. See README.md.
 *
 * @module
 */
import type { LooseFinding } from '../../../../shared/model/finding.ts'
import type { Format } from '../format.ts'
import { isPacked } from '../packed-json.ts'
import { BSM_METHOD, type BsmDetail, decodeBsm } from './decode.ts'

export const bsm: Format<BsmDetail> = {
  id: 'bsm',
  title: 'BSM-WS36A',
  detect: (bytes) => isPacked(bytes, BSM_METHOD),
  decode: decodeBsm,
  check: ({ detail }, { status }) =>
    status === 'valid' ? detail.contradictions : detail.contradictions.map(asWarning),
}

/** Beside a signature that does not fit, a contradiction is a hint and no verdict of its own. */
function asWarning(found: LooseFinding): LooseFinding {
  return { ...found, code: 'REC-CONTRADICTS', severity: 'warning' }
}

/**
 * Every signature format, one line each.
 *
 * @module
 */
import type { FormatId } from '../../../shared/model/record.ts'
import type { SignedRecord } from '../types.ts'
import { alfen } from './alfen/index.ts'
import type { Format } from './format.ts'
import { bsm } from './bsm/index.ts'
import { chargepoint } from './chargepoint/index.ts'
import { emh } from './emh/index.ts'
import { gdf } from './gdf/index.ts'
import { mennekes } from './mennekes/index.ts'
import { edl40Sig } from './edl40-sig/index.ts'
import { edl40 } from './edl40/index.ts'
import { isaEdl40 } from './isa-edl40/index.ts'
import { ocmf } from './ocmf/index.ts'
import { sealedOcmf } from './ocmf/sealed/index.ts'
import { pcdf } from './pcdf/index.ts'

/** Asked in this order. A format's own detail never leaves its folder, so that the list may hide it. */
export const FORMATS_BY_ID = {
  emh,
  gdf,
  bsm,
  ocmf,
  chargepoint,
  alfen,
  mennekes,
  pcdf,
  'ocmf-sealed': sealedOcmf,
  'edl40-sig': edl40Sig,
  // Before EDL40, whose telegrams have all it looks for.
  'isa-edl40': isaEdl40,
  edl40,
} as unknown as Record<FormatId, Format>

export const ALL_FORMATS: readonly Format[] = Object.values(FORMATS_BY_ID)

/** @returns the format of a record: what its bytes say, else what the file calls it; null for none */
export function formatOf({ bytes, hints }: SignedRecord): Format | null {
  const named = hints.format?.toLowerCase()
  return (
    ALL_FORMATS.find((format) => format.detect(bytes)) ??
    ALL_FORMATS.find(({ id, names }) => named === id || names?.includes(named ?? '')) ??
    null
  )
}

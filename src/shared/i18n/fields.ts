/**
 * What the fields of a record are called, for people who do not know the format.
 *
 * @module
 */
import type { FormatId } from '../model/record.ts'
import { alfen } from './fields/alfen.ts'
import { mennekes } from './fields/mennekes.ts'
import { bsm } from './fields/bsm.ts'
import { carried } from './fields/carried.ts'
import { chargepoint } from './fields/chargepoint.ts'
import { edl } from './fields/edl.ts'
import { emh } from './fields/emh.ts'
import { ocmf } from './fields/ocmf.ts'
import { pcdf } from './fields/pcdf.ts'
import type { FieldLabels } from './fields/labels.ts'
import type { Language } from './index.ts'

/** One line for each format. */
const LABELS: Partial<Record<FormatId, FieldLabels>> = {
  ocmf,
  alfen,
  mennekes,
  pcdf,
  'ocmf-sealed': ocmf,
  emh,
  gdf: emh,
  bsm: { ...carried, ...bsm },
  chargepoint: { ...carried, ...chargepoint },
  edl40: edl,
  'isa-edl40': edl,
  'edl40-sig': edl,
}

/** @param name such as `"GS"` or `"RD[1].TM"`. @returns null where the name says nothing to us */
export function fieldLabel(language: Language, format: FormatId, name: string): string | null {
  const labels = LABELS[format] ?? {}
  const last = name.slice(name.lastIndexOf('.') + 1)
  // No name of a record may find what every object of JavaScript has.
  const label = Object.hasOwn(labels, last) ? labels[last] : undefined
  return label?.[language === 'de' ? 0 : 1] ?? null
}

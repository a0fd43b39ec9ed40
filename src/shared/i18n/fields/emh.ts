/**
 * The fields of the block that EMH and GDF meters sign, and what stands beside it in JSON: German
 * and English beside each other.
 *
 * @module
 */
import type { FieldLabels } from './labels.ts'
import { carried } from './carried.ts'
import { edl } from './edl.ts'

export const emh: FieldLabels = {
  ...carried,
  // The same block.
  ...edl,
  // Names that occur beside the block too.
  timestamp: ['Zeit', 'Time'],
  unit: ['Einheit', 'Unit'],
  status: ['Zustand', 'Status'],
}

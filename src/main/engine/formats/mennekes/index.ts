/**
 * Mennekes: `ChargingProcess` elements, alone or in a `Billing` document. See README.md.
 *
 * @module
 */
import type { Format } from '../format.ts'
import { decodeMennekes } from './decode.ts'
import { findProcesses, looksLikeProcess, measurementsIn } from './process.ts'

export const mennekes: Format<null> = {
  id: 'mennekes',
  title: 'Mennekes',
  detect: looksLikeProcess,
  find: findProcesses,
  parts: measurementsIn,
  decode: decodeMennekes,
}

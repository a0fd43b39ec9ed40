/** Findings about PCDF records, in English. */
import type { PcdfCode } from '../../model/findings-pcdf.ts'

export const pcdf: Record<PcdfCode, string> = {
  'PCDF-FIELD': 'The PCDF record lacks {field}.',
  'PCDF-VALUE': '{field} is written in another way than it should be: “{found}”.',
  'PCDF-UNKNOWN': 'The signed data hold an unknown {field}: “{found}”.',
  'PCDF-STRAY': 'Further text stands between or behind what the record says: “{found}”.',
  'PCDF-TIME': 'The time {field} is none: “{found}”.',
  'PCDF-OPEN': 'The record is not the last one of the session (SP {found}).',
  'PCDF-ENERGY':
    'The meter signs the energy of this session as one number; that it began at 0 is not signed in itself.',
  'PCDF-DURATION': 'The signed duration of {found} s is not that from start to end ({clock} s).',
}

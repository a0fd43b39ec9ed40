/**
 * Findings about PCDF records.
 *
 * Source: src/main/engine/formats/pcdf/README.md.
 *
 * @module
 */
import type { FindingRow } from './finding-row.ts'

const SHAPE = 'formats/pcdf/README.md, shape'
const MEANING = 'formats/pcdf/README.md, what follows'

export const PCDF_FINDINGS = {
  'PCDF-FIELD': {
    severity: ['error', 'warning'],
    state: 'UNREADABLE',
    params: ['field'],
    source: SHAPE,
    general: 'IN-RECORD',
  },
  'PCDF-VALUE': { severity: ['warning'], state: null, params: ['field', 'found'], source: SHAPE },
  'PCDF-UNKNOWN': { severity: ['warning'], state: null, params: ['field', 'found'], source: SHAPE },
  'PCDF-STRAY': { severity: ['warning'], state: null, params: ['found'], source: SHAPE },
  'PCDF-TIME': {
    severity: ['error'],
    state: 'NOT_LEGALLY_RELEVANT',
    params: ['field', 'found'],
    source: SHAPE,
    general: 'SES-TIME',
  },
  'PCDF-OPEN': { severity: ['info'], state: null, params: ['found'], source: MEANING },
  'PCDF-ENERGY': { severity: ['info'], state: null, params: [], source: MEANING },
  'PCDF-DURATION': {
    severity: ['warning', 'info'],
    state: null,
    params: ['found', 'clock'],
    source: MEANING,
  },
} as const satisfies Record<string, FindingRow>

export type PcdfCode = keyof typeof PCDF_FINDINGS

/**
 * Findings about the form of any record, and about what its carrier says of it.
 *
 * Source: product decisions, section 2, rules 1 and 2.
 *
 * @module
 */
import type { FindingRow } from './finding.ts'

export const RECORD_FINDINGS = {
  // A field beside the record differs from what is signed: the signed value is shown.
  'REC-CONTRADICTS': {
    severity: ['warning'],
    state: null,
    params: ['field', 'found', 'signed'],
    source: 'MessEG §33(1); product, rule 1',
  },
  // A number or text that does not fit into the bytes the signature covers.
  'REC-WIDTH': {
    severity: ['error'],
    state: 'UNREADABLE',
    params: ['field', 'found'],
    source: 'format of the record; product, rule 2',
  },
} as const satisfies Record<string, FindingRow>

export type RecordCode = keyof typeof RECORD_FINDINGS

/**
 * Findings about sealed OCMF records.
 *
 * Source: src/main/engine/formats/ocmf/sealed/README.md.
 *
 * @module
 */
import type { FindingRow } from './finding-row.ts'

const SHAPE = 'formats/ocmf/sealed/README.md, shape'
const PROOF = 'formats/ocmf/sealed/README.md, what a seal proves'

export const SEALED_FINDINGS = {
  'SEAL-STRUCTURE': {
    severity: ['error'],
    state: 'UNREADABLE',
    params: ['offset'],
    source: SHAPE,
    general: 'IN-RECORD',
  },
  'SEAL-COVERAGE': {
    severity: ['warning'],
    state: null,
    params: ['open', 'length'],
    source: PROOF,
  },
  'SEAL-TEXT': { severity: ['error'], state: 'NOT_CHECKED', params: [], source: PROOF },
  'SEAL-COMPRESSED': {
    severity: ['error'],
    state: 'NOT_CHECKED',
    params: ['found'],
    source: PROOF,
  },
} as const satisfies Record<string, FindingRow>

export type SealedCode = keyof typeof SEALED_FINDINGS

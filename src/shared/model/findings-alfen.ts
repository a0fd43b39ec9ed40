/**
 * Findings about the lines of ALFEN stations.
 *
 * Source: src/main/engine/formats/alfen/README.md.
 *
 * @module
 */
import type { FindingRow } from './finding-row.ts'

const SOURCE = 'formats/alfen/README.md'

export const ALFEN_FINDINGS = {
  // What cannot be read
  'ALFEN-FIELDS': {
    severity: ['error', 'warning'],
    state: 'UNREADABLE',
    params: ['count'],
    source: `${SOURCE}, shape`,
    general: 'IN-RECORD',
  },
  'ALFEN-DATA': {
    severity: ['error'],
    state: 'UNREADABLE',
    params: [],
    source: `${SOURCE}, shape; RFC 4648, 6`,
    general: 'IN-RECORD',
  },
  'ALFEN-LENGTH': {
    severity: ['error'],
    state: 'UNREADABLE',
    params: ['found'],
    source: `${SOURCE}, data set`,
    general: 'IN-RECORD',
  },
  'ALFEN-SIGNATURE': {
    severity: ['error'],
    state: 'NOT_CHECKED',
    params: ['found'],
    source: `${SOURCE}, signature`,
    general: 'SIG-ENCODING',
  },

  // What the record is for
  'ALFEN-TYPE': {
    severity: ['warning'],
    state: null,
    params: ['found'],
    source: `${SOURCE}, shape`,
  },
  'ALFEN-ROLE': {
    severity: ['warning'],
    state: null,
    params: ['found'],
    source: `${SOURCE}, status`,
  },
  'ALFEN-COMMANDS': {
    severity: ['error'],
    state: 'NOT_LEGALLY_RELEVANT',
    params: [],
    source: `${SOURCE}, status`,
  },
  'ALFEN-VERSION': {
    severity: ['warning'],
    state: null,
    params: ['found'],
    source: `${SOURCE}, shape`,
  },

  // What it says
  'ALFEN-STATUS': {
    severity: ['warning'],
    state: null,
    params: ['found'],
    source: `${SOURCE}, status`,
  },
  'ALFEN-STATUS-BITS': {
    severity: ['warning'],
    state: null,
    params: ['field', 'found'],
    source: `${SOURCE}, status`,
  },
  'ALFEN-UID': {
    severity: ['warning'],
    state: null,
    params: ['found'],
    source: `${SOURCE}, data set`,
  },
} as const satisfies Record<string, FindingRow>

export type AlfenCode = keyof typeof ALFEN_FINDINGS

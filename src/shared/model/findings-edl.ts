/**
 * Findings about telegrams in SML and the records of EDL40 meters.
 *
 * Source: SML 1.04; formats/edl40/README.md and its neighbours.
 *
 * @module
 */
import type { FindingRow } from './finding-row.ts'

export const EDL_FINDINGS = {
  // Transport
  'IN-SML': {
    severity: ['error'],
    state: 'UNREADABLE',
    params: ['offset'],
    source: 'SML 1.04, 6 and 8',
  },
  // Anybody can compute the checksum: it says nothing about the signature.
  'SML-CRC': { severity: ['warning'], state: null, params: [], source: 'SML 1.04, 8.1' },
  'SML-AROUND': {
    severity: ['warning'],
    state: null,
    params: ['count'],
    source: 'product, rule 2',
  },
  'SML-LISTS': {
    severity: ['error'],
    state: 'UNREADABLE',
    params: ['count'],
    source: 'SML 1.04, 5.1.13',
  },

  // What is signed
  'EDL-ENTRY': {
    severity: ['error'],
    state: 'UNREADABLE',
    params: ['entry'],
    source: 'formats/edl40/README.md, signed bytes',
  },
  'EDL-LENGTH': {
    severity: ['error'],
    state: 'UNREADABLE',
    params: ['found'],
    source: 'formats/edl40-sig/README.md, elements',
  },
  'EDL-ENCODING': {
    severity: ['warning'],
    state: null,
    params: ['field', 'found', 'encoding'],
    source: 'formats/edl40-sig/README.md, elements',
  },
  'EDL-ROLE': {
    severity: ['info'],
    state: null,
    params: [],
    source: 'formats/edl40/README.md, signed bytes',
  },
  'EDL-REST': {
    severity: ['info'],
    state: null,
    params: ['found'],
    source: 'formats/edl40/README.md, signed bytes',
  },
  'EDL-MAGNET': {
    severity: ['warning'],
    state: null,
    params: [],
    source: 'MessEV Annex 2, 7.1; formats/edl40/README.md, status',
  },
  'EDL-NEGATIVE': {
    severity: ['error'],
    state: 'NOT_LEGALLY_RELEVANT',
    params: ['found'],
    source: 'MessEV Annex 2, 7.1',
  },
  'ISA-CONTEXT': {
    severity: ['warning'],
    state: null,
    params: ['found'],
    source: 'formats/isa-edl40/README.md, list name',
  },

  // Begin and end
  'EDL-CONTRACT-TIME': {
    severity: ['warning', 'error'],
    state: 'NOT_LEGALLY_RELEVANT',
    params: ['begin', 'end'],
    source: 'MessEV Annex 2, 9.2 and 10.1',
  },
  'EDL-LOG': {
    severity: ['warning'],
    state: null,
    params: ['begin', 'end'],
    source: 'MessEV Annex 2, 8.3',
  },
  'EDL-SECONDS': {
    severity: ['error'],
    state: 'NOT_LEGALLY_RELEVANT',
    params: ['begin', 'end'],
    source: 'MessEV Annex 2, 9.2',
  },
  'EDL-CLOCK': {
    severity: ['warning', 'info'],
    state: null,
    params: ['clock', 'operating'],
    source: 'REA 6-A',
  },
  'EDL-ORDER': { severity: ['warning'], state: null, params: [], source: 'product, rule 1' },
  'EDL-STATUS': {
    severity: ['info', 'warning'],
    state: null,
    params: ['begin', 'end'],
    source: 'formats/edl40/README.md, status',
  },
} as const satisfies Record<string, FindingRow>

export type EdlCode = keyof typeof EDL_FINDINGS

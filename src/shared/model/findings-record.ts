/**
 * Findings about the form of any record, and about what its carrier says of it.
 *
 * Source: product decisions, section 2, rules 1 and 2.
 *
 * @module
 */
import type { FindingRow } from './finding-row.ts'

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
  // The readable copy of what is signed says something else: whoever reads the file is misled.
  'REC-REPEATS': {
    severity: ['error'],
    state: 'UNREADABLE',
    params: ['field', 'found', 'signed'],
    source: 'MessEV Annex 2, 9.2; format of the record',
  },
  // The offset of a clock of which only the time of day is signed.
  'REC-OFFSET': {
    severity: ['warning'],
    state: null,
    params: ['field', 'found'],
    source: 'EinhZeitG §4; format of the record',
  },
  // The file lists the readings of a session in another order than the meter took them.
  'REC-ORDER': {
    severity: ['warning'],
    state: null,
    params: [],
    source: 'product, rule 1',
  },
  // A later reading of the list names another meter or key than the first.
  'REC-FOREIGN': {
    severity: ['warning'],
    state: null,
    params: ['field', 'found', 'first'],
    source: 'MessEV §25 no. 7',
  },
  // A signed total that is not the difference of the signed readings.
  'REC-TOTAL': {
    severity: ['warning'],
    state: null,
    params: ['stated', 'energy'],
    source: 'MessEV Annex 2, 9.2',
  },
  // Begin and end were signed for different customers.
  'SES-CONTRACT': {
    severity: ['error'],
    state: 'NOT_LEGALLY_RELEVANT',
    params: ['begin', 'end'],
    source: 'MessEV Annex 2, 10.1',
  },
  // Somebody set the clock between begin and end.
  'SES-CLOCK-SET': {
    severity: ['warning'],
    state: null,
    params: [],
    source: 'MessEV Annex 2, 7.1',
  },
  // The software of the station changed between begin and end.
  'SES-SOFTWARE': {
    severity: ['error'],
    state: 'NOT_LEGALLY_RELEVANT',
    params: ['begin', 'end'],
    source: 'MessEV Annex 2, 7.6',
  },
  // A session that a file states, and nothing signed that would support it.
  'IN-UNSIGNED': {
    severity: ['error'],
    state: 'NOT_CHECKED',
    params: ['session'],
    source: 'product, rule 1',
  },
  // An address on the internet where a running session can be watched.
  'IN-LIVE': {
    severity: ['error'],
    state: 'NOT_CHECKED',
    params: [],
    source: 'product',
  },
  // A detached signature without the bytes it covers.
  'IN-SIGNATURE': { severity: ['info'], state: null, params: [], source: 'product' },
} as const satisfies Record<string, FindingRow>

export type RecordCode = keyof typeof RECORD_FINDINGS

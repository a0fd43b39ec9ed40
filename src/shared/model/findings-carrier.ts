/**
 * Findings about files that hold other files: archives, mails, PDF, images.
 *
 * Source: product requirements D.7 and E.2; `SECURITY.md`, limits.
 *
 * @module
 */
import type { FindingRow } from './finding-row.ts'

export const CARRIER_FINDINGS = {
  'IN-MEMBERS': { severity: ['info'], state: null, params: ['count'], source: 'product' },
  'IN-NESTED': {
    severity: ['error'],
    state: 'UNREADABLE',
    params: ['depth'],
    source: 'SECURITY.md, limits',
  },
  'IN-ENCRYPTED': { severity: ['error'], state: 'UNREADABLE', params: [], source: 'product' },
  'IN-ARCHIVE': {
    severity: ['error'],
    state: 'UNREADABLE',
    params: ['reason'],
    source: 'APPNOTE 6.3.10; RFC 1951 and 1952; POSIX.1-2017, pax',
  },
  // Links, devices and other things that are no files; they are never followed.
  'IN-LINK': {
    severity: ['warning'],
    state: null,
    params: ['count', 'names'],
    source: 'SECURITY.md, limits',
  },
  // Of one delivery, values of one session that contradict each other.
  'IN-MULTI': { severity: ['warning'], state: null, params: ['other'], source: 'product' },
  'IN-DETACHED': {
    severity: ['info'],
    state: null,
    params: ['file'],
    source: 'format of the record',
  },
  'IN-PDF': { severity: ['error'], state: 'UNREADABLE', params: [], source: 'ISO 32000-2' },
  'IN-PDF-PAGE': {
    severity: ['warning'],
    state: null,
    params: ['pages'],
    source: 'ISO 32000-2',
  },
  // A record whose lines were joined again; only the signature shows whether rightly.
  'IN-REJOINED': { severity: ['warning'], state: null, params: [], source: 'product, rule 4' },
  'IN-REVISIONS': {
    severity: ['info'],
    state: null,
    params: ['count'],
    source: 'ISO 32000-2, 7.5.6',
  },
  'IN-UNLISTED': {
    severity: ['warning'],
    state: null,
    params: [],
    source: 'ISO 32000-2, 7.11.4',
  },
  'IN-TWO-KINDS': { severity: ['warning'], state: null, params: [], source: 'product' },
  'IN-NO-CODE': {
    severity: ['error', 'warning'],
    state: 'UNREADABLE',
    params: [],
    source: 'ISO/IEC 18004',
  },
  'IN-QR-PART': {
    severity: ['warning'],
    state: null,
    params: ['count', 'of'],
    source: 'ISO/IEC 18004, 8',
  },
  // Never opened.
  'IN-URL': { severity: ['info'], state: null, params: ['url'], source: 'product' },
} as const satisfies Record<string, FindingRow>

export type CarrierCode = keyof typeof CARRIER_FINDINGS

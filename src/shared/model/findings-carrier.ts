/**
 * Findings about files that hold other files: archives, mails, PDF, images.
 *
 * Source: product requirements D.7 and E.2; `SECURITY.md`, limits.
 *
 * @module
 */
import type { FindingRow } from './finding.ts'

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
} as const satisfies Record<string, FindingRow>

export type CarrierCode = keyof typeof CARRIER_FINDINGS

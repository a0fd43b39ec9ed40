/**
 * Findings about the charging processes of Mennekes stations.
 *
 * Source: src/main/engine/formats/mennekes/README.md.
 *
 * @module
 */
import type { FindingRow } from './finding-row.ts'

const SOURCE = 'formats/mennekes/README.md, shape'

export const MENNEKES_FINDINGS = {
  'MENNEKES-ELEMENT': {
    severity: ['error'],
    state: 'UNREADABLE',
    params: ['field'],
    source: SOURCE,
    general: 'IN-RECORD',
  },
  'MENNEKES-VALUE': {
    severity: ['error'],
    state: 'UNREADABLE',
    params: ['field', 'found'],
    source: SOURCE,
    general: 'IN-RECORD',
  },
} as const satisfies Record<string, FindingRow>

export type MennekesCode = keyof typeof MENNEKES_FINDINGS

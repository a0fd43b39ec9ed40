/**
 * Findings about bills: an axis of its own that never moves the verdict on the signature.
 *
 * Source of the catalogue: product requirements D.7, *Invoice*.
 *
 * @module
 */
import type { FindingRow } from './finding-row.ts'

const LAW = 'MessEG §33(3)'

export const INVOICE_FINDINGS = {
  // Nothing but a bill was given.
  'IN-BILL': { severity: ['error'], state: 'NOT_CHECKED', params: [], source: LAW },

  'INV-OK': { severity: ['info'], state: null, params: ['reason'], source: LAW },
  // Energy
  'INV-ENERGY': {
    severity: ['error'],
    state: null,
    params: ['billed', 'signed', 'difference'],
    source: LAW,
  },
  // A warning where the rounding is to the driver's disadvantage by more than half a digit.
  'INV-ROUND': {
    severity: ['info', 'warning'],
    state: null,
    params: ['billed', 'signed', 'difference'],
    source: LAW,
  },
  'INV-STEP': {
    severity: ['info'],
    state: null,
    params: ['billed', 'signed', 'step'],
    source: 'OCPI 2.2.1, 11.4.13 step_size',
  },
  'INV-REGISTER': {
    severity: ['warning'],
    state: null,
    params: ['billed', 'register', 'signed'],
    source: 'MessEV §25 no. 7, 8',
  },
  'INV-READING': {
    severity: ['error'],
    state: null,
    params: ['which', 'billed', 'signed'],
    source: LAW,
  },
  // A warning from a quarter of an hour on.
  'INV-TIME': {
    severity: ['info', 'warning'],
    state: null,
    params: ['which', 'billed', 'signed', 'difference'],
    source: LAW,
  },
  'INV-DURATION': {
    severity: ['warning'],
    state: null,
    params: ['billed', 'signed'],
    source: 'REA 6-A',
  },
  'INV-CLOCK': { severity: ['warning'], state: null, params: [], source: 'REA 6-A' },
  // Identity
  'INV-METER': { severity: ['error'], state: null, params: ['billed', 'signed'], source: LAW },
  'INV-EVSE': { severity: ['warning'], state: null, params: ['billed', 'signed'], source: LAW },
  // Amounts, by the bill's own numbers
  'INV-PRICE': {
    severity: ['error', 'info'],
    state: null,
    params: ['quantity', 'price', 'computed', 'stated'],
    source: 'PAngV §3; EN 16931 BR-CO',
  },
  'INV-VAT': {
    severity: ['error'],
    state: null,
    params: ['rate', 'computed', 'stated'],
    source: 'UStG §14(4) no. 8',
  },
  'INV-SUM': {
    severity: ['error'],
    state: null,
    params: ['what', 'computed', 'stated'],
    source: 'EN 16931 BR-CO-10, BR-CO-15',
  },
  'INV-CURRENCY': {
    severity: ['warning'],
    state: null,
    params: ['currencies'],
    source: 'EN 16931 BT-5',
  },
  'INV-UNIT': {
    severity: ['warning'],
    state: null,
    params: ['quantity'],
    source: 'EN 16931 BT-130',
  },
  'INV-CREDIT': { severity: ['info'], state: null, params: ['billed'], source: 'EN 16931 BT-3' },
  // Bills and records that have no partner, or too many
  'INV-NORECORD': { severity: ['warning'], state: null, params: ['what'], source: LAW },
  'INV-UNREFERENCED': { severity: ['info'], state: null, params: [], source: LAW },
  'INV-TWICE': {
    severity: ['error'],
    state: null,
    params: ['count', 'where'],
    source: LAW,
  },
  'INV-NOTFOUND': { severity: ['info'], state: null, params: [], source: 'product' },
  'INV-UNRELIABLE': { severity: ['warning'], state: null, params: [], source: LAW },
  'INV-TEXT': { severity: ['info'], state: null, params: ['passage'], source: 'product' },
} as const satisfies Record<string, FindingRow>

export type InvoiceCode = keyof typeof INVOICE_FINDINGS

/**
 * Findings that hold for every format: signature, key, session, legal usability, input.
 *
 * Source of the catalogue: product requirements D.7; states: product decisions, section 2.
 *
 * @module
 */
import type { FindingRow } from './finding-row.ts'

export const GENERAL_FINDINGS = {
  // Signature
  'SIG-OK': {
    severity: ['info'],
    state: null,
    params: ['algorithm'],
    source: 'MessEV Annex 2, 9.1',
  },
  'SIG-MISMATCH': {
    severity: ['error'],
    state: 'SIGNATURE_INVALID',
    params: ['algorithm'],
    source: 'FIPS 186-5, 6.4',
  },
  'SIG-MISSING': { severity: ['error'], state: 'NOT_CHECKED', params: [], source: 'WELMEC 7.2, L' },
  'SIG-ENCODING': {
    severity: ['error'],
    state: 'NOT_CHECKED',
    params: [],
    source: 'X.690; format of the record',
  },
  'SIG-NONCANONICAL': { severity: ['info'], state: null, params: [], source: 'X.690, 10' },
  'SIG-ALG-UNKNOWN': {
    severity: ['error'],
    state: 'NOT_CHECKED',
    params: ['algorithm'],
    source: 'format of the record',
  },
  'SIG-ALG-KEY': {
    severity: ['warning', 'info'],
    state: null,
    params: ['algorithm', 'curve'],
    source: 'format of the record',
  },
  'SIG-WEAK': {
    severity: ['info'],
    state: null,
    params: ['curve'],
    source: 'NIST SP 800-57 part 1, table 2',
  },
  'SIG-ENGINES': {
    severity: ['error'],
    state: 'NOT_CHECKED',
    params: ['engines'],
    source: 'docs/decisions/0003',
  },

  'SIG-NONCE': {
    severity: ['error', 'info'],
    state: 'SIGNATURE_INVALID',
    params: ['differences'],
    source: 'FIPS 186-5, 6.3',
  },

  // Public key
  'KEY-NONE': { severity: ['error'], state: 'NOT_CHECKED', params: [], source: 'WELMEC 7.2, L5' },
  'KEY-INVALID': {
    severity: ['error', 'warning'],
    state: 'NOT_CHECKED',
    params: ['origin'],
    source: 'SEC 1, 3.2.2',
  },
  'KEY-FORMAT': {
    severity: ['error', 'warning'],
    state: 'NOT_CHECKED',
    params: ['origin'],
    source: 'RFC 5480; SEC 1, 2.3',
  },
  'KEY-CURVE': {
    severity: ['error', 'warning'],
    state: 'NOT_CHECKED',
    params: ['curve', 'origin'],
    source: 'RFC 5480, 2.1.1',
  },
  'KEY-FILE': { severity: ['info'], state: null, params: [], source: 'WELMEC 7.2, L5' },
  'KEY-PROVIDER': { severity: ['info'], state: null, params: ['origin'], source: 'WELMEC 7.2, L5' },
  'KEY-REGISTER': {
    severity: ['info'],
    state: null,
    params: ['date', 'origin'],
    source: 'WELMEC 7.2, L5',
  },
  'KEY-ISSUER': {
    severity: ['info'],
    state: null,
    params: ['issuer', 'origin'],
    source: 'docs/decisions/0010',
  },
  'KEY-VALIDITY': {
    severity: ['warning', 'info'],
    state: null,
    params: ['from', 'until', 'found'],
    source: 'RFC 5280, 4.1.2.5',
  },
  'KEY-BEFORE-STATION': {
    severity: ['warning', 'info'],
    state: null,
    params: ['date', 'found'],
    source: 'docs/decisions/0009',
  },
  'KEY-REGISTER-OLD': {
    severity: ['warning'],
    state: null,
    params: ['date', 'newest', 'origin'],
    source: 'docs/decisions/0009',
  },
  'KEY-REGISTER-PLACES': {
    severity: ['warning'],
    state: null,
    params: ['count', 'places'],
    source: 'docs/decisions/0009',
  },
  'KEY-REGISTER-KEYS': {
    severity: ['info'],
    state: null,
    params: ['count'],
    source: 'docs/decisions/0009',
  },
  'KEY-STATION': {
    severity: ['info'],
    state: null,
    params: ['origin', 'where', 'date'],
    source: 'WELMEC 7.2, L5',
  },
  'KEY-CONFLICT': {
    severity: ['warning'],
    state: null,
    params: ['meter'],
    source: 'WELMEC 7.2, L5',
  },
  'KEY-SHARED': {
    severity: ['warning'],
    state: null,
    params: ['meters'],
    source: 'WELMEC 7.2, L5',
  },
  'KEY-OTHER-METER': {
    severity: ['warning'],
    state: null,
    params: ['meter', 'origin'],
    source: 'WELMEC 7.2, L5; docs/decisions/0008',
  },
  'KEY-OTHER-PLACE': {
    severity: ['warning'],
    state: null,
    params: ['place', 'known', 'origin'],
    source: 'WELMEC 7.2, L5; docs/decisions/0008',
  },
  'KEY-STORE': {
    severity: ['warning'],
    state: null,
    params: ['reason'],
    source: 'docs/decisions/0008',
  },
  'KEY-MISMATCH': {
    severity: ['error'],
    state: 'SIGNATURE_INVALID',
    params: [],
    source: 'WELMEC 7.2, L5',
  },
  'KEY-UNUSED': {
    severity: ['warning'],
    state: null,
    params: ['origin'],
    source: 'docs/decisions/0004',
  },
  'KEY-RECOVERED': { severity: ['info'], state: null, params: ['count'], source: 'SEC 1, 4.1.6' },

  // Session: completeness and consistency
  'SES-NO-BEGIN': {
    severity: ['error'],
    state: 'INCOMPLETE',
    params: [],
    source: 'MessEV Annex 2, 9.1',
  },
  'SES-NO-END': {
    severity: ['error'],
    state: 'INCOMPLETE',
    params: [],
    source: 'MessEV Annex 2, 9.1',
  },
  'SES-ONE-VALUE': {
    severity: ['error'],
    state: 'INCOMPLETE',
    params: [],
    source: 'MessEV Annex 2, 9.1',
  },
  'SES-MANY-BEGIN': {
    severity: ['error'],
    state: 'NOT_LEGALLY_RELEVANT',
    params: [],
    source: 'MessEV Annex 2, 9.2',
  },
  'SES-MANY-END': {
    severity: ['error'],
    state: 'NOT_LEGALLY_RELEVANT',
    params: [],
    source: 'MessEV Annex 2, 9.2',
  },
  'SES-SEQUENCE': {
    severity: ['error'],
    state: 'NOT_LEGALLY_RELEVANT',
    params: [],
    source: 'MessEV Annex 2, 9.2',
  },
  'SES-VALUE': {
    severity: ['error'],
    state: 'NOT_LEGALLY_RELEVANT',
    params: [],
    source: 'MessEV Annex 2, 9.2',
  },
  'SES-TIME': {
    severity: ['error'],
    state: 'NOT_LEGALLY_RELEVANT',
    params: [],
    source: 'MessEV Annex 2, 10.1',
  },
  'SES-ORDER': {
    severity: ['error'],
    state: 'NOT_LEGALLY_RELEVANT',
    params: [],
    source: 'MessEV Annex 2, 7.1',
  },
  'SES-REG-BACK': {
    severity: ['error'],
    state: 'NOT_LEGALLY_RELEVANT',
    params: [],
    source: 'MessEV Annex 2, 7.1',
  },
  'SES-METER': {
    severity: ['error'],
    state: 'NOT_LEGALLY_RELEVANT',
    params: [],
    source: 'MessEV §25 no. 7',
  },
  'SES-KEY': {
    severity: ['error'],
    state: 'NOT_LEGALLY_RELEVANT',
    params: [],
    source: 'MessEV §25 no. 7',
  },
  'SES-UNIT': {
    severity: ['error'],
    state: 'NOT_LEGALLY_RELEVANT',
    params: [],
    source: 'MessEV Annex 2, 9.2',
  },
  'SES-PAG': {
    severity: ['warning', 'error'],
    state: 'NOT_LEGALLY_RELEVANT',
    params: [],
    source: 'MessEV Annex 2, 9.1 d',
  },
  'SES-COUNTER': {
    severity: ['error'],
    state: 'NOT_LEGALLY_RELEVANT',
    params: ['found'],
    source: 'MessEV Annex 2, 9.1 d',
  },
  'SES-TRANSACTION': {
    severity: ['error'],
    state: 'NOT_LEGALLY_RELEVANT',
    params: ['begin', 'end'],
    source: 'MessEV Annex 2, 10.1',
  },
  'SES-REPLAY': {
    severity: ['error'],
    state: 'NOT_LEGALLY_RELEVANT',
    params: ['other'],
    source: 'MessEG §33(1); product',
  },
  'SES-OVERLAP': { severity: ['warning'], state: null, params: ['other'], source: 'plausibility' },
  'SES-METER-BACK': {
    severity: ['error'],
    state: 'NOT_LEGALLY_RELEVANT',
    params: ['before', 'found'],
    source: 'MessEV Annex 2, 7.1',
  },
  'SES-LONG': {
    severity: ['warning'],
    state: null,
    params: ['found', 'limit'],
    source: 'plausibility',
  },
  'SES-POWER': {
    severity: ['warning'],
    state: null,
    params: ['found', 'limit'],
    source: 'plausibility',
  },
  'SES-DATE': { severity: ['warning'], state: null, params: ['found'], source: 'plausibility' },
  'SES-DUPKEY': {
    severity: ['error'],
    state: 'UNREADABLE',
    params: ['field'],
    source: 'RFC 8259, 4; MessEV Annex 2, 9.2',
  },

  // Legal usability
  'LAW-STATUS': {
    severity: ['error', 'warning'],
    state: 'NOT_LEGALLY_RELEVANT',
    params: ['found'],
    source: 'MessEV Annex 2, 7.1',
  },
  'LAW-EF-ENERGY': {
    severity: ['error'],
    state: 'NOT_LEGALLY_RELEVANT',
    params: [],
    source: 'MessEV Annex 2, 7.1',
  },
  'LAW-EF-TIME': { severity: ['warning'], state: null, params: [], source: 'MessEV Annex 2, 7.1' },
  'LAW-CLOCK-INFO': { severity: ['info'], state: null, params: [], source: 'REA 6-A' },
  'LAW-CLOCK-UNSYNC': { severity: ['warning'], state: null, params: [], source: 'REA 6-A' },
  'LAW-ID-LEVEL': {
    severity: ['warning'],
    state: null,
    params: ['found'],
    source: 'MessEV Annex 2, 10.1',
  },
  'LAW-NO-ID': {
    severity: ['warning'],
    state: null,
    params: [],
    source: 'MessEV Annex 2, 10.1',
  },
  'LAW-CALDATE': {
    severity: ['warning', 'info'],
    state: null,
    params: ['year', 'found'],
    source: 'MessEV section 34, Annex 7',
  },
  'LAW-EVENT': { severity: ['warning'], state: null, params: [], source: 'OCMF 0.4, Table 7' },
  'LAW-FISCAL': {
    severity: ['error'],
    state: 'NOT_LEGALLY_RELEVANT',
    params: [],
    source: 'MessEV Annex 2, 10.1',
  },
  'LAW-LOSS': {
    severity: ['info'],
    state: null,
    params: ['meaning', 'loss'],
    source: 'MessEV §25 no. 7',
  },
  'LAW-EXPORT': { severity: ['info'], state: null, params: [], source: 'MessEV Annex 2, 9.2' },

  // What a signed tariff text makes of the signed readings; no measurement
  'TARIFF-PRICE': {
    severity: ['info'],
    state: null,
    params: ['tariff', 'energy', 'seconds', 'total'],
    source: 'OCMF 1.1, TT; tariff text extension of the Bonner Eichrechtstage',
  },
  'TARIFF-BLOCKING': {
    severity: ['info'],
    state: null,
    params: [],
    source: 'tariff text extension of the Bonner Eichrechtstage',
  },

  // Input
  'IN-UNKNOWN': {
    severity: ['error', 'warning'],
    state: 'UNREADABLE',
    params: [],
    source: 'product',
  },
  'IN-EMPTY': { severity: ['error'], state: 'UNREADABLE', params: [], source: 'product' },
  'IN-NOFILE': {
    severity: ['error'],
    state: 'UNREADABLE',
    params: ['reason'],
    source: 'product',
  },
  'IN-TOOBIG': {
    severity: ['error', 'warning'],
    state: 'UNREADABLE',
    params: ['limit'],
    source: 'SECURITY.md, limits',
  },
  'IN-DOCTYPE': {
    severity: ['error'],
    state: 'UNREADABLE',
    params: [],
    source: 'SECURITY.md, limits',
  },
  'IN-XML': {
    severity: ['error', 'warning'],
    state: 'UNREADABLE',
    params: ['offset'],
    source: 'XML 1.0',
  },
  'IN-JSON': {
    severity: ['error', 'warning'],
    state: 'UNREADABLE',
    params: ['offset'],
    source: 'RFC 8259',
  },
  'IN-RECORD': {
    severity: ['error'],
    state: 'UNREADABLE',
    params: [],
    source: 'format of the record',
  },
  'IN-NO-READING': {
    severity: ['error'],
    state: 'UNREADABLE',
    params: [],
    source: 'format of the record',
  },
  'IN-FORMAT': {
    severity: ['error'],
    state: 'NOT_CHECKED',
    params: ['format'],
    source: 'product',
  },
  'IN-SPACE': { severity: ['warning'], state: null, params: [], source: 'product, rule 4' },
  'IN-DUPLICATE': { severity: ['info'], state: null, params: ['count'], source: 'product' },
  'IN-KEYS': { severity: ['info'], state: null, params: ['count'], source: 'product' },
  'IN-TIMEOUT': {
    severity: ['error'],
    state: 'UNREADABLE',
    params: ['seconds'],
    source: 'SECURITY.md, limits',
  },
  'IN-MEMORY': {
    severity: ['error'],
    state: 'UNREADABLE',
    params: ['limit'],
    source: 'SECURITY.md, limits',
  },
  'ENGINE-INTERNAL': {
    severity: ['error'],
    state: 'NOT_CHECKED',
    params: ['detail'],
    source: 'product',
  },
} as const satisfies Record<string, FindingRow>

export type GeneralCode = keyof typeof GENERAL_FINDINGS

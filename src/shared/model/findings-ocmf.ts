/**
 * The numbered checks of the OCMF rule book that concern a record or the records of a session.
 *
 * Numbers are stable. `W` weighs as a warning, `info` stays in the details, a state means that
 * the check decides it. Where two stand, the case chooses.
 * Source: OCMF 0.1 to 1.4.1; "practice" is what the transparency software has always demanded,
 * "plausibility" a limit of ours.
 *
 * @module
 */
import type { FindingRow, Grade, Severity } from './finding-row.ts'
import type { GeneralCode } from './findings-general.ts'
import type { VerdictState } from './verdict-state.ts'

type Effect = 'info' | 'W' | VerdictState

const SEVERITY = { info: 'info', W: 'warning' } as const

type SeverityFor<E extends Effect> = E extends 'info'
  ? 'info'
  : E extends 'W'
    ? 'warning'
    : E extends VerdictState
      ? 'error'
      : never

/**
 * @param effects the usual one first
 * @param params names the texts may use; `found` is what stands in the record
 */
function check<
  const E extends readonly [Effect, ...Effect[]],
  const P extends readonly string[] = readonly [],
>(grade: Grade, effects: E, source: string, params?: P, general?: GeneralCode) {
  const state = effects.find((effect) => effect !== 'info' && effect !== 'W')
  return {
    severity: effects.map((effect): Severity =>
      effect === 'info' || effect === 'W' ? SEVERITY[effect] : 'error',
    ) as unknown as readonly [SeverityFor<E[number]>, ...SeverityFor<E[number]>[]],
    state: state ?? null,
    params: (params ?? []) as P,
    source: `OCMF: ${source}`,
    grade,
    ...(general === undefined ? {} : { general }),
  } satisfies FindingRow
}

const FOUND = ['found'] as const
const NLR = 'NOT_LEGALLY_RELEVANT'

export const OCMF_FINDINGS = {
  // 0xx structure and carrier
  'OCMF-001': check('fatal', ['UNREADABLE'], 'Header', [], 'IN-UNKNOWN'),
  'OCMF-002': check('info', ['info'], 'Header'),
  'OCMF-003': check('fatal', ['UNREADABLE'], 'Sections', [], 'IN-RECORD'),
  'OCMF-004': check('fatal', ['NOT_CHECKED'], 'Sections', [], 'SIG-MISSING'),
  'OCMF-005': check('warning', ['W', 'info'], 'Sections, drafts of 1.0.1', FOUND),
  'OCMF-006': check('fatal', ['UNREADABLE'], 'JSON based', ['offset'], 'IN-RECORD'),
  'OCMF-007': check('fatal', ['UNREADABLE'], 'Payload', [], 'IN-RECORD'),
  'OCMF-008': check('fatal', ['NOT_CHECKED'], 'Signature Section', ['offset'], 'SIG-ENCODING'),
  'OCMF-009': check('fatal', ['NOT_CHECKED'], 'Signature Section', [], 'SIG-ENCODING'),
  'OCMF-010': check('violation', ['W'], 'JSON based'),
  'OCMF-011': check('violation', ['UNREADABLE', 'W'], 'RFC 8259, 4', ['field'], 'SES-DUPKEY'),
  'OCMF-012': check('violation', ['W'], 'RFC 8259, 8.1'),
  'OCMF-013': check('violation', ['W'], 'JSON notation'),
  'OCMF-014': check('info', ['info'], 'JSON based'),
  'OCMF-015': check('violation', ['SIGNATURE_INVALID'], 'JSON based; 1.0 Signing'),
  'OCMF-016': check('warning', ['W'], 'Signed Data', [], 'IN-SPACE'),
  'OCMF-017': check('info', ['info'], 'product', ['count'], 'IN-DUPLICATE'),
  'OCMF-018': check('info', ['info'], 'Embedding in OCPP', ['steps']),
  'OCMF-019': check('warning', ['info'], 'Embedding in OCPP', ['declared', 'found']),
  'OCMF-020': check('fatal', ['UNREADABLE'], 'product limits', ['limit'], 'IN-TOOBIG'),
  'OCMF-021': check('violation', ['W'], 'JSON notation', FOUND),
  'OCMF-022': check('warning', ['W'], 'Sections', FOUND),

  // 1xx general information, pagination, meter
  'OCMF-101': check('info', ['info'], 'Table 1'),
  'OCMF-102': check('violation', ['info'], 'Table 1', FOUND),
  'OCMF-103': check('violation', ['W'], 'Table 1', FOUND),
  'OCMF-104': check('warning', ['W'], 'Versioning', FOUND),
  'OCMF-105': check('warning', ['info'], 'Table 1', FOUND),
  'OCMF-106': check('info', ['info'], 'Revision Overview', FOUND),
  'OCMF-107': check('info', ['info'], 'Revision Overview', ['field', 'version', 'since']),
  'OCMF-108': check('info', ['info'], 'Revision Overview', ['field']),
  'OCMF-109': check('warning', ['info'], 'Extension Points', ['field']),
  'OCMF-110': check('info', ['info'], 'Extension Points', ['field', 'found']),
  'OCMF-111': check('violation', ['info'], 'Tables 1–7', ['field', 'expected']),
  'OCMF-112': check('violation', ['W'], 'Relation of Serial Numbers'),
  'OCMF-114': check('violation', ['W'], 'Table 2'),
  'OCMF-115': check('violation', ['W'], 'Table 2', FOUND),
  'OCMF-116': check('violation', ['info'], 'Table 2', FOUND),
  'OCMF-118': check('violation', ['W'], 'Tables 2, 7', FOUND),
  'OCMF-119': check('info', ['info'], '1.0 Pagination', FOUND),
  'OCMF-120': check('violation', ['info'], 'Table 3'),
  'OCMF-122': check('info', [NLR], 'Table 2; practice', [], 'LAW-FISCAL'),
  'OCMF-124': check('info', ['info'], 'Tables 1–6', ['field']),

  // 2xx user assignment
  'OCMF-201': check('violation', ['info'], 'Table 4'),
  'OCMF-202': check('violation', ['info'], 'User Assignment', ['field']),
  'OCMF-203': check('violation', ['info'], 'Table 4', FOUND),
  'OCMF-204': check('violation', ['W'], 'Table 11', FOUND),
  'OCMF-205': check('violation', ['W'], 'Table 11; practice', FOUND, 'LAW-ID-LEVEL'),
  'OCMF-206': check('warning', ['info'], 'Table 11', FOUND),
  'OCMF-207': check('violation', ['info'], 'Table 4', FOUND),
  'OCMF-208': check('violation', ['info'], 'Table 4', FOUND),
  'OCMF-209': check('violation', ['info'], 'Tables 13–16', FOUND),
  'OCMF-210': check('warning', ['info'], 'Table 12', FOUND),
  'OCMF-211': check('violation', ['info'], 'Table 4'),
  'OCMF-212': check('violation', ['info'], 'Table 17', FOUND),
  'OCMF-213': check('warning', ['info'], 'Table 17', FOUND),
  'OCMF-214': check('warning', ['info'], 'Identification Type', FOUND),
  'OCMF-215': check('warning', ['info'], 'Table 17', ['found', 'type']),
  'OCMF-217': check('violation', ['info'], 'Table 4', FOUND),
  'OCMF-219': check('warning', ['info'], 'tariff text extension', FOUND),
  'OCMF-221': check('warning', ['info'], 'Tables 13–16'),
  'OCMF-222': check('info', ['info'], 'GDPR Art. 5', ['type']),

  // 3xx EVSE parameters and charge point
  'OCMF-301': check('violation', ['info'], 'Table 5', FOUND),
  'OCMF-303': check('violation', ['W'], 'Table 5'),
  'OCMF-304': check('violation', ['W'], 'Table 24'),
  'OCMF-305': check('violation', ['W'], 'Table 24', FOUND),
  'OCMF-306': check('warning', ['W'], 'plausibility', FOUND),
  'OCMF-307': check('violation', ['info'], 'Table 24', FOUND),
  'OCMF-308': check('violation', ['info'], 'Table 24', FOUND),
  'OCMF-309': check('warning', ['info'], 'Table 24', ['field']),
  'OCMF-310': check('warning', ['info'], 'Table 6', ['field']),
  'OCMF-311': check('violation', ['info'], 'Table 18', FOUND),
  'OCMF-312': check('warning', ['info'], 'Table 18', FOUND),
  'OCMF-313': check('warning', ['info'], 'Table 18', FOUND),

  // 40x–44x readings
  'OCMF-401': check('fatal', ['UNREADABLE'], 'Readings', [], 'IN-NO-READING'),
  'OCMF-402': check('fatal', ['UNREADABLE'], 'Readings', [], 'IN-NO-READING'),
  'OCMF-403': check('fatal', ['UNREADABLE'], 'Readings', [], 'IN-NO-READING'),
  'OCMF-404': check('warning', ['info'], 'Extension Points', ['field']),
  'OCMF-405': check('violation', [NLR], 'Table 7', [], 'SES-TIME'),
  'OCMF-406': check('info', ['info'], 'Readings', ['fields']),
  'OCMF-407': check('violation', ['W'], 'Table 7', ['found', 'deviation']),
  'OCMF-408': check('violation', [NLR], 'Table 7; ISO 8601', FOUND, 'SES-TIME'),
  'OCMF-409': check('violation', ['W'], 'Table 19', FOUND),
  'OCMF-410': check('warning', ['info', 'W'], 'Table 19', FOUND),
  'OCMF-411': check('warning', ['W'], 'Table 7'),
  'OCMF-412': check('violation', [NLR], 'Table 7', FOUND, 'SES-SEQUENCE'),
  'OCMF-413': check('violation', [NLR], 'Readings', [], 'SES-VALUE'),
  'OCMF-414': check('violation', ['W'], 'Table 7', FOUND),
  'OCMF-415': check('violation', [NLR], 'Table 7', FOUND, 'SES-VALUE'),
  'OCMF-416': check('warning', ['info'], 'Table 7', FOUND),
  'OCMF-417': check('info', ['info'], 'Table 7', FOUND),
  'OCMF-418': check('warning', ['W'], 'plausibility', FOUND),
  'OCMF-419': check('violation', ['W'], 'Readings', ['field']),
  'OCMF-420': check('violation', ['W'], 'Table 7', FOUND),
  'OCMF-421': check('info', ['info'], 'Table 25', ['found', 'canonical']),
  'OCMF-422': check('info', ['info'], 'Table 25', FOUND),
  'OCMF-423': check('warning', ['W'], 'Table 25', FOUND),
  'OCMF-424': check('violation', ['INCOMPLETE'], 'practice'),
  'OCMF-425': check('violation', [NLR], 'Table 7', [], 'SES-UNIT'),
  'OCMF-426': check('violation', [NLR, 'info'], 'Table 20', FOUND, 'SES-UNIT'),
  'OCMF-427': check('violation', [NLR], 'Table 20', ['found', 'register'], 'SES-UNIT'),
  'OCMF-428': check('violation', ['info'], 'Table 21', FOUND),
  'OCMF-429': check('violation', ['W'], 'Table 7', FOUND),
  'OCMF-430': check('violation', ['W'], 'Table 7', FOUND),
  'OCMF-431': check('violation', ['W'], 'Table 7', FOUND),
  'OCMF-432': check('violation', ['W'], 'Table 7', ['before', 'found']),
  'OCMF-433': check('warning', ['info'], 'plausibility'),
  'OCMF-434': check('violation', ['W'], 'plausibility', ['found', 'energy']),
  'OCMF-436': check('violation', ['W'], 'Table 7', FOUND),
  'OCMF-437': check('violation', [NLR], 'Table 7; practice', FOUND, 'LAW-EF-ENERGY'),
  'OCMF-438': check('violation', ['W'], 'Table 7', FOUND, 'LAW-EF-TIME'),
  'OCMF-439': check('violation', ['W'], 'Table 7'),
  'OCMF-440': check('violation', [NLR], 'Table 10', FOUND, 'LAW-STATUS'),
  'OCMF-441': check('violation', [NLR, 'W'], 'Table 10; practice', ['found'], 'LAW-STATUS'),
  'OCMF-444': check('warning', ['W'], 'Table 21', ['before', 'found']),
  'OCMF-445': check('info', ['info'], 'Table 7', ['begin', 'end']),
  'OCMF-446': check('warning', ['W'], 'Table 20', ['before', 'found']),
  'OCMF-447': check('warning', ['W'], '0.1–0.4 Table 7', ['begin', 'end'], 'LAW-EVENT'),

  // 45x–47x order and arithmetic inside a record
  'OCMF-451': check('violation', [NLR], 'Table 7', ['register', 'found'], 'SES-SEQUENCE'),
  'OCMF-452': check('violation', [NLR], 'practice', ['register'], 'SES-MANY-BEGIN'),
  'OCMF-453': check('violation', [NLR], 'practice', ['register'], 'SES-MANY-END'),
  'OCMF-454': check('violation', ['W'], 'Table 7', ['register', 'found']),
  'OCMF-456': check('violation', [NLR, 'info'], 'Table 7', ['register'], 'LAW-EF-ENERGY'),
  'OCMF-457': check('info', ['info'], 'Table 7', FOUND),
  'OCMF-458': check('violation', [NLR], 'practice', ['before', 'found'], 'SES-ORDER'),
  'OCMF-459': check('violation', [NLR], 'practice', ['before', 'found'], 'SES-REG-BACK'),
  'OCMF-460': check('info', ['info'], 'Signing and Verification', ['register']),
  'OCMF-463': check('warning', ['W'], 'Table 19; practice', ['before', 'found']),
  'OCMF-465': check('warning', ['W'], 'Table 25', ['register', 'found']),
  'OCMF-471': check('violation', ['W'], 'Figure 1, Table 7', ['mains', 'loss', 'device']),
  'OCMF-472': check('violation', ['W'], 'Figure 1', ['total', 'transaction']),
  'OCMF-473': check('violation', ['W'], 'plausibility', ['mains', 'device']),
  'OCMF-475': check('warning', ['info'], 'vendor member', ['total', 'transaction']),

  // 5xx signature
  'OCMF-501': check('info', ['info'], 'Tables 8, 22'),
  'OCMF-502': check('fatal', ['NOT_CHECKED'], 'Table 22', ['algorithm'], 'SIG-ALG-UNKNOWN'),
  'OCMF-503': check('info', ['info'], 'Table 22', ['found', 'canonical']),
  'OCMF-504': check('warning', ['W'], 'Table 22', FOUND),
  'OCMF-505': check('violation', ['W', 'info'], 'Table 22', ['algorithm', 'curve'], 'SIG-ALG-KEY'),
  'OCMF-506': check('fatal', ['NOT_CHECKED'], 'Table 8', FOUND, 'SIG-ENCODING'),
  'OCMF-507': check('warning', ['W'], 'Table 8', ['declared', 'found']),
  'OCMF-508': check('warning', ['W'], 'Table 8', FOUND),
  'OCMF-509': check('fatal', ['NOT_CHECKED'], 'Table 8', [], 'SIG-MISSING'),
  'OCMF-510': check('fatal', ['NOT_CHECKED'], 'Table 8', [], 'SIG-ENCODING'),
  'OCMF-511': check('warning', ['W'], 'Table 8'),
  'OCMF-512': check('warning', ['W'], 'X.690, 8.3 and 10.1'),
  'OCMF-513': check('warning', ['W'], 'X.690', ['count']),
  'OCMF-514': check('fatal', ['SIGNATURE_INVALID'], 'FIPS 186-5, 6.4.2', [], 'SIG-MISMATCH'),
  'OCMF-515': check('info', ['info'], 'FIPS 186-5, 6.4'),
  'OCMF-516': check('fatal', ['SIGNATURE_INVALID'], 'Signing and Verification', [], 'SIG-MISMATCH'),
  'OCMF-517': check('fatal', ['NOT_CHECKED'], 'Relation of Serial Numbers', [], 'KEY-NONE'),
  'OCMF-518': check('fatal', ['SIGNATURE_INVALID'], 'product', ['keys'], 'SIG-MISMATCH'),
  'OCMF-519': check(
    'violation',
    ['SIGNATURE_INVALID'],
    'Relation of Serial Numbers',
    ['expected', 'found'],
    'KEY-MISMATCH',
  ),
  'OCMF-520': check('warning', ['info'], 'Extension Points in Signature', ['field']),
  'OCMF-521': check('info', ['info'], 'Extension Points in Signature', ['field', 'found']),
  'OCMF-522': check('info', ['info'], 'NIST SP 800-57', ['curve'], 'SIG-WEAK'),
  'OCMF-523': check('violation', ['SIGNATURE_INVALID', 'info'], 'FIPS 186-5, 6.3', ['differences']),

  // 6xx public key and trust
  'OCMF-601': check('fatal', ['NOT_CHECKED', 'W'], 'product', ['origin'], 'KEY-FORMAT'),
  'OCMF-602': check('fatal', ['NOT_CHECKED', 'W'], 'SEC 1, 3.2.2', ['origin'], 'KEY-INVALID'),
  'OCMF-604': check('fatal', ['NOT_CHECKED', 'W'], 'Table 23', ['curve', 'origin'], 'KEY-CURVE'),
  'OCMF-605': check('info', ['info'], 'SEC 1, 2.3', ['form', 'origin']),
  'OCMF-607': check('warning', ['W'], 'out-of-band key', [], 'KEY-FILE'),
  'OCMF-610': check('violation', [NLR], 'same source', [], 'SES-KEY'),
  'OCMF-611': check('violation', ['SIGNATURE_INVALID', 'W'], 'product', [], 'KEY-MISMATCH'),
  'OCMF-613': check('info', ['info'], 'product', ['count', 'origin']),
  'OCMF-614': check('info', ['info'], 'SEC 1, 4.1.6', ['count'], 'KEY-RECOVERED'),
  'OCMF-615': check('info', ['W'], 'vendor member', ['subject']),

  // 8xx session: across records
  'OCMF-801': check('violation', ['INCOMPLETE'], 'Signing and Verification', [], 'SES-NO-BEGIN'),
  'OCMF-802': check('violation', ['INCOMPLETE'], 'Signing and Verification', [], 'SES-NO-END'),
  'OCMF-803': check('violation', [NLR], 'Signing and Verification', ['count'], 'SES-MANY-BEGIN'),
  'OCMF-804': check('violation', [NLR], 'Signing and Verification', ['count'], 'SES-MANY-END'),
  'OCMF-805': check('violation', ['W'], 'Pagination', ['missing'], 'SES-PAG'),
  'OCMF-806': check('violation', [NLR], 'Pagination', ['begin', 'end'], 'LAW-FISCAL'),
  'OCMF-807': check('violation', [NLR], 'Pagination', ['begin', 'end'], 'SES-PAG'),
  'OCMF-808': check('violation', [NLR], 'Pagination', FOUND, 'SES-PAG'),
  'OCMF-809': check('violation', ['W'], 'Pagination', FOUND),
  'OCMF-810': check('violation', [NLR], 'Signing and Verification', ['begin', 'end'], 'SES-METER'),
  'OCMF-811': check('violation', [NLR], 'Signing and Verification', ['begin', 'end'], 'SES-METER'),
  'OCMF-812': check('warning', ['W'], 'plausibility', ['field', 'begin', 'end']),
  'OCMF-813': check('violation', ['W'], 'product', ['field', 'begin', 'end']),
  'OCMF-814': check('warning', ['W'], 'product', ['field', 'begin', 'end']),
  'OCMF-815': check('info', ['info'], 'product', ['field', 'begin', 'end']),
  'OCMF-816': check('warning', ['W'], 'Table 7', ['begin', 'end']),
  'OCMF-817': check('violation', ['W'], 'product', ['begin', 'end']),
  'OCMF-818': check('info', ['info'], 'product', ['begin', 'end']),
  'OCMF-819': check('warning', ['W'], 'Readings', ['begin', 'end']),
  'OCMF-820': check('warning', ['W'], 'Table 20', ['begin', 'end']),
  'OCMF-821': check('violation', ['W'], 'Table 21', ['begin', 'end']),
  'OCMF-822': check('violation', [NLR], 'practice', ['begin', 'end'], 'SES-REG-BACK'),
  'OCMF-823': check('violation', [NLR], 'practice', ['begin', 'end'], 'SES-ORDER'),
  'OCMF-824': check('warning', ['W'], 'plausibility', FOUND),
  'OCMF-825': check('warning', ['W'], 'plausibility', ['found', 'limit']),
  'OCMF-826': check('warning', ['W'], 'plausibility', ['found', 'limit']),
  'OCMF-827': check('info', ['info'], 'plausibility'),
  'OCMF-828': check('warning', ['info', 'W'], 'Table 19', FOUND),
  'OCMF-829': check('info', ['info'], 'ISO 8601', ['begin', 'end']),
  'OCMF-830': check('warning', ['W'], 'plausibility', FOUND),
  'OCMF-831': check('violation', ['W'], 'plausibility', ['other']),
  'OCMF-832': check('violation', [NLR], 'plausibility', ['before', 'found']),
  'OCMF-833': check('info', ['info'], 'plausibility', ['energy', 'unit']),
  'OCMF-834': check('warning', ['W'], 'carrier', ['found']),
  'OCMF-835': check('warning', ['W'], 'carrier', ['declared', 'found']),
  'OCMF-837': check('violation', ['W'], 'Signing and Verification', FOUND),
  'OCMF-838': check('violation', [NLR], 'Signing and Verification', FOUND, 'LAW-EF-ENERGY'),
  'OCMF-839': check('violation', ['W'], 'Table 19; practice', FOUND),
  'OCMF-840': check('info', ['info'], 'Embedding in OCPP', ['sections']),
  'OCMF-842': check('violation', [NLR], 'product', ['other']),
} as const satisfies Record<string, FindingRow>

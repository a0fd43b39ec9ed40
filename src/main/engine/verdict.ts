/**
 * From findings to the verdict: the decision table.
 *
 * The first row that fits gives the state. Rows look for positive evidence too, so that a rule
 * that was forgotten can never turn a session green.
 * Source: product decisions, section 2; requirements D.3.
 *
 * @module
 */
import { type Finding, rowOf } from '../../shared/model/finding.ts'
import { type KeyTrust, type TrustLevel, isAtLeast } from '../../shared/model/key.ts'
import type { RecordResult, SignatureStatus } from '../../shared/model/record.ts'
import type { RegisterSpan } from '../../shared/model/session.ts'
import type { Verdict } from '../../shared/model/verdict.ts'
import { VERDICT_STATES, type VerdictState } from '../../shared/model/verdict-state.ts'

export interface VerdictFacts extends RegisterSpan {
  records: readonly RecordResult[]
  /** Findings of the session and of its records. */
  findings: readonly Finding[]
  trust: KeyTrust
  requiredTrust: TrustLevel
}

interface Row {
  state: VerdictState
  when: (facts: VerdictFacts) => boolean
}

function decides(state: VerdictState): (facts: VerdictFacts) => boolean {
  return ({ findings }) => findings.some((found) => stateOf(found) === state)
}

function anySignature(status: SignatureStatus): (facts: VerdictFacts) => boolean {
  return ({ records }) => records.some(({ signature }) => signature.status === status)
}

const TABLE: readonly Row[] = [
  { state: 'UNREADABLE', when: decides('UNREADABLE') },
  { state: 'SIGNATURE_INVALID', when: decides('SIGNATURE_INVALID') },
  { state: 'SIGNATURE_INVALID', when: anySignature('invalid') },
  { state: 'NOT_CHECKED', when: decides('NOT_CHECKED') },
  { state: 'NOT_CHECKED', when: anySignature('unchecked') },
  { state: 'NOT_CHECKED', when: ({ records }) => records.length === 0 },
  { state: 'INCOMPLETE', when: decides('INCOMPLETE') },
  { state: 'NOT_LEGALLY_RELEVANT', when: decides('NOT_LEGALLY_RELEVANT') },
  { state: 'INCOMPLETE', when: ({ begin, end }) => begin === null || end === null },
  { state: 'NOT_LEGALLY_RELEVANT', when: ({ energy }) => energy === null },
  {
    state: 'VALID_KEY_UNCONFIRMED',
    when: ({ trust, requiredTrust }) => !isAtLeast(trust.level, requiredTrust),
  },
  { state: 'VERIFIED', when: () => true },
]

/** @returns state a finding leads to; null for one that leaves the state as it is */
export function stateOf(found: {
  code: Finding['code']
  severity: Finding['severity']
}): VerdictState | null {
  return found.severity === 'error' ? rowOf(found.code).state : null
}

export function decide(facts: VerdictFacts): Verdict {
  const row = TABLE.find(({ when }) => when(facts))
  const state = row?.state ?? 'NOT_CHECKED'
  const { records, begin, end, energy, findings, trust } = facts
  const complete = begin !== null && end !== null && !decides('INCOMPLETE')(facts)
  const signature = signatureOf(records)
  const usable = signature === 'valid' && complete && !decides('UNREADABLE')(facts)
  return {
    state,
    signature,
    trust: trust.level,
    complete,
    energyUsable: usable && energy !== null && !decides('NOT_LEGALLY_RELEVANT')(facts),
    timeUsable: usable && isTimeUsable(facts),
    invoice: 'none',
    reasons: findings
      .filter((found) => stateOf(found) !== null)
      .toSorted((a, b) => rank(a) - rank(b)),
  }
}

function rank(found: Finding): number {
  const state = stateOf(found)
  return state === null ? VERDICT_STATES.length : VERDICT_STATES.indexOf(state)
}

function signatureOf(records: readonly RecordResult[]): SignatureStatus {
  const statuses = records.map((record) => record.signature.status)
  if (statuses.includes('invalid')) return 'invalid'
  return statuses.length === 0 || statuses.includes('unchecked') ? 'unchecked' : 'valid'
}

/**
 * The duration may be billed where both clocks are synchronised, or the end measures it (OCMF
 * Table 19, R), and no flag forbids it.
 */
function isTimeUsable({ begin, end, findings }: VerdictFacts): boolean {
  const [from, to] = [begin?.time, end?.time]
  if (from?.epochMs == null || to?.epochMs == null || to.epochMs < from.epochMs) return false
  if (findings.some(({ code }) => code === 'LAW-EF-TIME' || code === 'LAW-STATUS')) return false
  if (to.sync === 'relative') return from.sync !== 'unknown'
  return from.sync === 'synchronised' && to.sync === 'synchronised'
}

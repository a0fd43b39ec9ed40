/**
 * Bills beside sessions: each session gets what was billed for it, and what has no partner is told.
 *
 * An axis of its own: nothing here ever moves a verdict on a signature, and a comparison with
 * values whose signature does not fit is never called a match.
 * Source: product decisions, section 2; requirements D.7, *Invoice*.
 *
 * @module
 */
import { compare, fromInteger, magnitude } from '../../../shared/decimal.ts'
import {
  type Finding,
  type LooseFinding,
  bySeverity,
  looseFinding,
} from '../../../shared/model/finding.ts'
import type {
  BilledSession,
  InvoiceClaim,
  InvoiceMatch,
  InvoiceStatus,
  UnmatchedClaim,
} from '../../../shared/model/invoice.ts'
import { toKWh } from '../../../shared/model/reading.ts'
import type { Session } from '../../../shared/model/session.ts'
import type { Verdict } from '../../../shared/model/verdict.ts'
import { checkAmounts } from './amounts.ts'
import { compareClaim } from './compare.ts'
import { type Matched, type PlacedClaim, matchClaims, takesAlone } from './match.ts'

export interface Billed {
  sessions: Session[]
  unmatched: UnmatchedClaim[]
}

export function compareBills(sessions: readonly Session[], claims: readonly PlacedClaim[]): Billed {
  const matched = matchClaims(withoutCopies(claims), sessions)
  const bySession = Map.groupBy(matched, ({ session }) => session)
  return {
    sessions: sessions.map((session) => withBills(session, bySession.get(session) ?? [])),
    unmatched: (bySession.get(null) ?? []).map(unmatchedClaim),
  }
}

/** The same claim read twice, from a copy of the file, is one. */
function withoutCopies(claims: readonly PlacedClaim[]): PlacedClaim[] {
  const seen = new Map<string, string>()
  return claims.filter(({ input, claim }) => {
    const key = JSON.stringify({ ...claim, origin: null, passage: null })
    const first = seen.get(key)
    if (first === undefined) seen.set(key, input)
    return first === undefined || first === input
  })
}

function withBills(session: Session, matched: readonly Matched[]): Session {
  const invoice = invoiceOf(session, matched)
  return { ...session, invoice, verdict: { ...session.verdict, invoice: axisOf(invoice.status) } }
}

function axisOf(status: InvoiceStatus): Verdict['invoice'] {
  return status === 'matches' || status === 'differs' ? status : 'none'
}

function invoiceOf(session: Session, matched: readonly Matched[]): InvoiceMatch {
  const at = (loose: LooseFinding): Finding => ({ ...loose, at: session.id })
  if (matched.length === 0) {
    return { status: 'not-billed', bills: [], findings: [at(looseFinding('INV-UNREFERENCED', {}))] }
  }
  const compared = matched.map((match) => compareOne(match, session))
  const bills = compared.map(({ bill }) => bill)
  const findings = [...compared.flatMap((one) => one.findings), ...billedTwice(matched)]
  const status = statusOf(session, bills, findings)
  const [reason = 'only'] = matched[0]?.by ?? []
  const agreed = looseFinding('INV-OK', { reason: `match.${reason}` })
  const all = [
    ...(status === 'matches' ? [agreed] : []),
    ...findings,
    ...cautions(session, matched),
  ]
  return { status, bills, findings: all.map(at).toSorted(bySeverity) }
}

function compareOne({ input, claim, by }: Matched, session: Session) {
  const { rows, findings } = compareClaim(claim, session)
  const amounts = checkAmounts(claim)
  const bill: BilledSession = { input, claim, by, rows, amounts: amounts.rows }
  return { bill, findings: [...findings, ...amounts.findings, ...ofClaim(claim)] }
}

/** What is to be known of a claim, whatever it is compared with. */
function ofClaim({ source, kind, passage, energy }: InvoiceClaim): LooseFinding[] {
  const billed = energy === null ? '' : (toKWh(energy) ?? energy.value)
  return [
    ...(source === 'text' || source === 'table'
      ? [looseFinding('INV-TEXT', { passage: passage ?? '' })]
      : []),
    ...(kind === 'credit' ? [looseFinding('INV-CREDIT', { billed })] : []),
  ]
}

function cautions({ verdict }: Session, matched: readonly Matched[]): LooseFinding[] {
  const prices = matched.flatMap(({ claim }) => claim.prices)
  const byTime = prices.some(({ what }) => what === 'time' || what === 'blocking')
  return [
    ...(verdict.signature === 'valid' ? [] : [looseFinding('INV-UNRELIABLE', {})]),
    ...(byTime && !verdict.timeUsable ? [looseFinding('INV-CLOCK', {})] : []),
  ]
}

function statusOf(
  session: Session,
  bills: readonly BilledSession[],
  findings: readonly LooseFinding[],
): InvoiceStatus {
  if (findings.some(({ severity }) => severity === 'error')) return 'differs'
  const energies = bills.flatMap(({ claim, rows }) =>
    claim.kind === 'credit' ? [] : rows.filter(({ what }) => what === 'energy'),
  )
  const agreed = energies.every(({ outcome }) => outcome === 'same' || outcome === 'rounded')
  const comparable = session.verdict.signature === 'valid' && energies.length > 0 && agreed
  return comparable && !bills.some((bill) => isOtherDay(bill, session)) ? 'matches' : 'open'
}

/** Neither a zone that a bill does not tell nor a stay without charging makes so much. */
const OTHER_DAY_S = fromInteger(12 * 3600)
const BEYOND_CHANCE: ReadonlySet<string> = new Set(['carrier', 'id', 'readings'])

/** The energy alone may be that of another session: a bill of another day is no match. */
function isOtherDay({ by, rows }: BilledSession, { begin, end }: Session): boolean {
  if (by.some((reason) => BEYOND_CHANCE.has(reason))) return false
  const signed = { begin, end }
  return rows.some(({ what, difference }) => {
    if ((what !== 'begin' && what !== 'end') || difference === null) return false
    if (signed[what]?.time?.sync === 'unsynchronised') return false
    return compare(magnitude(difference.value), OTHER_DAY_S) >= 0
  })
}

/**
 * One session on two bills, or on two lines of one. An invoice in two forms, as PDF and as XML, and
 * the charge detail record behind it, are no two bills.
 */
function billedTwice(matched: readonly Matched[]): LooseFinding[] {
  const energies = matched.filter(({ claim }) => takesAlone(claim))
  const credits = matched.filter(({ claim }) => claim.kind === 'credit').length
  const kinds = Map.groupBy(energies, ({ claim }) =>
    claim.kind === 'cdr' ? `cdr ${claim.source}` : 'bill',
  )
  return [...kinds.values()].flatMap((same) => {
    const forms = Map.groupBy(same, ({ input, claim }) => `${input} ${claim.source}`)
    const inOne = Math.max(...Array.from(forms.values(), ({ length }) => length))
    const numbers = new Set(same.map(({ claim }) => claim.invoice ?? 'none'))
    numbers.delete('none')
    const count = Math.max(inOne, numbers.size) - credits
    if (count < 2) return []
    const where = [...new Set(same.map(({ input, claim }) => claim.invoice ?? input))]
    const shown = where.slice(0, 4).join(', ').slice(0, 200)
    return [looseFinding('INV-TWICE', { count: String(count), where: shown })]
  })
}

function unmatchedClaim({ input, claim }: Matched): UnmatchedClaim {
  const amounts = checkAmounts(claim)
  const energy = claim.energy === null ? null : toKWh(claim.energy)
  const what = [
    claim.begin?.text,
    energy === null ? null : `${energy} kWh`,
    claim.session ?? claim.evse,
  ].filter((part) => part != null)
  const missing = looseFinding('INV-NORECORD', { what: what.join(', ').slice(0, 200) })
  const loose = [missing, ...amounts.findings, ...ofClaim(claim)]
  const findings = loose.map((found) => ({ ...found, at: input })).toSorted(bySeverity)
  return { input, claim, amounts: amounts.rows, findings }
}

/** @returns whether a bill contradicts what is signed, or itself */
export function contradicts(findings: readonly Pick<Finding, 'code' | 'severity'>[]): boolean {
  return findings.some(({ code, severity }) => code.startsWith('INV-') && severity === 'error')
}

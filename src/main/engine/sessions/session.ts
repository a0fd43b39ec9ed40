/**
 * The session as results show it: identities, trust and verdict around what was paired.
 *
 * @module
 */
import type { Finding, LooseFinding } from '../../../shared/model/finding.ts'
import type { RecordResult } from '../../../shared/model/record.ts'
import type { Session } from '../../../shared/model/session.ts'
import type { Policy } from '../../../shared/model/verdict.ts'
import { judgeTrust } from '../trust/judge.ts'
import { decide } from '../verdict.ts'
import type { Assembled } from './assemble.ts'

/** @param id of the session, the same whenever the same records are paired */
export function sessionOf(
  { group, begin, end, energy, durationS, export: exported }: Assembled,
  id: string,
  loose: readonly LooseFinding[],
  { requiredTrust }: Policy,
): Session {
  const records = group.members.map(({ record }) => record)
  const trust = judgeTrust(records, id)
  const findings: Finding[] = [...trust.evidence, ...loose.map((found) => ({ ...found, at: id }))]
  const all = [...findings, ...records.flatMap((record) => record.findings)]
  const facts = { records, begin, end, energy, findings: all, trust, requiredTrust }
  return {
    id,
    input: group.members[0]?.inputs[0] ?? '',
    records,
    begin,
    end,
    energy,
    export: exported,
    durationS,
    meter: firstOf(records, (record) => record.meter.serial ?? record.gateway.serial),
    station: firstOf(records, (record) => record.gateway.serial),
    evse: firstOf(records, ({ evse }) => evse),
    user: firstOf(records, ({ user }) => user),
    transaction: firstOf(records, (record) => record.transaction ?? record.claimed.transaction),
    findings,
    trust,
    invoice: null,
    verdict: decide(facts),
  }
}

function firstOf(
  records: readonly RecordResult[],
  pick: (record: RecordResult) => string | null,
): string | null {
  for (const record of records) {
    const value = pick(record)
    if (value !== null) return value
  }
  return null
}

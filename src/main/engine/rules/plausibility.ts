/**
 * Rules every session has to pass, whatever its format.
 *
 * Source: product requirements D.7.
 *
 * @module
 */
import { compare, isNegative } from '../../../shared/decimal.ts'
import { type LooseFinding, looseFinding } from '../../../shared/model/finding.ts'
import type { MeterReading } from '../../../shared/model/reading.ts'
import type { RecordResult } from '../../../shared/model/record.ts'
import type { Assembled } from '../sessions/assemble.ts'
import { partOf } from '../sessions/pair.ts'
import type { SessionRule } from './rule.ts'

export const PLAUSIBILITY: readonly SessionRule[] = [
  checkComplete,
  checkUnique,
  checkOrder,
  checkSource,
  checkUnit,
  checkCounter,
  checkStatus,
  checkErrors,
  checkClock,
  checkUser,
  checkExport,
]

function recordsOf({ group }: Assembled): RecordResult[] {
  return group.members.map(({ record }) => record)
}

/** Readings that the energy of the session rests on, and what lies between them. */
function billed(session: Assembled): MeterReading[] {
  const { begin, end } = session
  const name = (begin ?? end)?.registerText
  return recordsOf(session).flatMap(({ readings }) =>
    readings.filter((reading) => reading.registerText === name || reading === end),
  )
}

function checkComplete(session: Assembled): LooseFinding[] {
  const records = recordsOf(session)
  const readings = records.flatMap((record) => record.readings)
  if (readings.length === 0 || isOutsideTransaction(records)) return []
  if (readings.length === 1 && readings[0]?.role === 'other') {
    return [looseFinding('SES-ONE-VALUE', {})]
  }
  const found: LooseFinding[] = []
  if (session.begin === null) found.push(looseFinding('SES-NO-BEGIN', {}))
  if (session.end === null) found.push(looseFinding('SES-NO-END', {}))
  return found
}

/** The records themselves say that they belong to no session. */
function isOutsideTransaction(records: RecordResult[]): boolean {
  return records.every(({ findings }) => findings.some(({ code }) => code === 'LAW-FISCAL'))
}

function checkUnique({ group }: Assembled): LooseFinding[] {
  const parts = group.members.map(({ record }) => partOf(record))
  const found: LooseFinding[] = []
  if (parts.filter((part) => part === 'begin' || part === 'whole').length > 1) {
    found.push(looseFinding('SES-MANY-BEGIN', {}))
  }
  if (parts.filter((part) => part === 'end' || part === 'whole').length > 1) {
    found.push(looseFinding('SES-MANY-END', {}))
  }
  return found
}

function checkOrder({ begin, end, energy }: Assembled): LooseFinding[] {
  const found: LooseFinding[] = []
  const [from, to] = [begin?.time?.epochMs, end?.time?.epochMs]
  if (from != null && to != null && to < from) found.push(looseFinding('SES-ORDER', {}))
  if (energy !== null && isNegative(energy.value)) found.push(looseFinding('SES-REG-BACK', {}))
  return found
}

function checkSource(session: Assembled): LooseFinding[] {
  const records = recordsOf(session)
  const found: LooseFinding[] = []
  const differ = (values: (string | null)[]) => new Set(values.filter((v) => v !== null)).size > 1
  if (
    differ(records.map(({ meter }) => meter.serial)) ||
    differ(records.map(({ gateway }) => gateway.serial))
  ) {
    found.push(looseFinding('SES-METER', {}))
  }
  const valid = records.filter(({ signature }) => signature.status === 'valid')
  if (differ(valid.map(({ signature }) => signature.key?.fingerprint ?? null))) {
    found.push(looseFinding('SES-KEY', {}))
  }
  return found
}

function checkUnit({ begin, end, energy }: Assembled): LooseFinding[] {
  const complete = begin !== null && end !== null
  return complete && energy === null ? [looseFinding('SES-UNIT', {})] : []
}

/** The counter of the records grows from begin to end; `rules/job.ts` looks for gaps. */
function checkCounter(session: Assembled): LooseFinding[] {
  const records = recordsOf(session)
  const begin = records.find((record) => partOf(record) === 'begin')
  const end = records.findLast((record) => partOf(record) === 'end')
  if (begin?.pagination == null || end?.pagination == null) return []
  const step = BigInt(end.pagination.number) - BigInt(begin.pagination.number)
  return step <= 0n ? [looseFinding('SES-PAG', {}, { severity: 'error' })] : []
}

function checkStatus(session: Assembled): LooseFinding[] {
  const { begin, end } = session
  const bad = billed(session).filter(({ meterOk }) => meterOk === false)
  const decisive = bad.find((reading) => reading === begin || reading === end)
  const [worst] = decisive === undefined ? bad : [decisive]
  if (worst === undefined) return []
  const severity = decisive === undefined ? 'warning' : 'error'
  return [looseFinding('LAW-STATUS', { found: worst.status ?? '' }, { severity, path: worst.path })]
}

function checkErrors(session: Assembled): LooseFinding[] {
  const readings = billed(session)
  const found: LooseFinding[] = []
  const energy = readings.find(({ errors }) => errors.includes('energy'))
  const time = readings.find(({ errors }) => errors.includes('time'))
  if (energy !== undefined) found.push(looseFinding('LAW-EF-ENERGY', {}, { path: energy.path }))
  if (time !== undefined) found.push(looseFinding('LAW-EF-TIME', {}, { path: time.path }))
  return found
}

function checkClock({ begin, end }: Assembled): LooseFinding[] {
  const states = [begin?.time?.sync, end?.time?.sync]
  if (states.includes('unsynchronised')) return [looseFinding('LAW-CLOCK-UNSYNC', {})]
  return states.includes('informative') ? [looseFinding('LAW-CLOCK-INFO', {})] : []
}

function checkUser(session: Assembled): LooseFinding[] {
  const records = recordsOf(session)
  const readable = records.some(({ readings }) => readings.length > 0)
  if (!readable || isOutsideTransaction(records) || records.some(({ user }) => user !== null)) {
    return []
  }
  return [looseFinding('LAW-NO-ID', {})]
}

function checkExport(session: Assembled): LooseFinding[] {
  const fed = session.export?.energy
  const feeds = fed != null && compare(fed.value, '0' as typeof fed.value) > 0
  return session.exportOnly || feeds ? [looseFinding('LAW-EXPORT', {})] : []
}

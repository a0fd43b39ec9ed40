/**
 * Rules over the records of a session for all formats but OCMF, which numbers its own
 * (`session-ocmf.ts`).
 *
 * Source: product requirements D.7; MessEV Annex 2.
 *
 * @module
 */
import { type Decimal, compare, isNegative, isZero } from '../../../shared/decimal.ts'
import { type LooseFinding, looseFinding } from '../../../shared/model/finding.ts'
import { isEnergyRegister, toKWh } from '../../../shared/model/reading.ts'
import { type FormatId, type RecordResult, isOcmf } from '../../../shared/model/record.ts'
import type { Assembled } from '../sessions/assemble.ts'
import { partOf } from '../sessions/pair.ts'
import { fieldOf } from './fields.ts'
import {
  PLAUSIBLE,
  type RuleContext,
  type SessionRule,
  exceedsPower,
  isStrangeTime,
  isTooLong,
} from './rule.ts'

export const checkGeneralSession: SessionRule = (session, context) => {
  const records = session.group.members.map(({ record }) => record)
  if (records.some(isOcmf)) return []
  return CHECKS.flatMap((check) => check(session, records, context))
}

type Check = (session: Assembled, records: RecordResult[], context: RuleContext) => LooseFinding[]

const CHECKS: readonly Check[] = [
  checkTransaction,
  checkUser,
  checkSoftware,
  checkEvents,
  checkMiddle,
  checkPlausible,
  checkTimes,
  checkRole,
  checkCopies,
]

/** One value, signed by each record of a session that signs any. */
function differing(values: (string | null)[]): { begin: string; end: string } | null {
  const signed = values.filter((value) => value !== null)
  const begin = signed[0] ?? ''
  const end = signed.find((value) => value !== begin)
  return end === undefined ? null : { begin: begin.slice(0, MOST), end: end.slice(0, MOST) }
}

const MOST = 64

function checkTransaction(_: Assembled, records: RecordResult[]): LooseFinding[] {
  const found = differing(records.map(({ transaction }) => transaction))
  return found === null ? [] : [looseFinding('SES-TRANSACTION', found)]
}

/** Formats whose records all name the user in the same way. */
const NAME_THE_USER: readonly FormatId[] = ['alfen']

function checkUser(_: Assembled, records: RecordResult[]): LooseFinding[] {
  if (records.some(({ format }) => !NAME_THE_USER.includes(format))) return []
  const found = differing(records.map(({ user }) => user))
  return found === null ? [] : [looseFinding('SES-CONTRACT', found)]
}

/** ALFEN: firmware of the adapter that signs. */
function checkSoftware(_: Assembled, records: RecordResult[]): LooseFinding[] {
  if (records.some(({ format }) => format !== 'alfen')) return []
  const names = ['adapterFirmware', 'adapterChecksum']
  const versions = records.map((record) => names.map((name) => fieldOf(record, name)).join(' '))
  const found = differing(versions)
  return found === null ? [] : [looseFinding('SES-SOFTWARE', found)]
}

/** Mennekes: the log book of the meter got an entry while charging, such as a clock that was set. */
function checkEvents(_: Assembled, records: RecordResult[]): LooseFinding[] {
  if (records.some(({ format }) => format !== 'mennekes')) return []
  const found = differing(records.map((record) => fieldOf(record, 'logBook')))
  return found === null ? [] : [looseFinding('LAW-EVENT', {})]
}

/** Counter, time and register of a record in between lie in between. */
function checkMiddle(_: Assembled, records: RecordResult[]): LooseFinding[] {
  const strange = records.some((record, index) => {
    const before = records[index - 1]
    if (before === undefined || ![before, record].some((one) => partOf(one) === 'middle')) {
      return false
    }
    return isBefore(record, before)
  })
  return strange ? [looseFinding('SES-SEQUENCE', {})] : []
}

/** Whether anything that only grows says that `record` was made before `earlier`. */
function isBefore(record: RecordResult, earlier: RecordResult): boolean {
  const [was, is] = [earlier.pagination, record.pagination]
  if (was !== null && is !== null && BigInt(is.number) <= BigInt(was.number)) return true
  const [from, to] = [timeOf(earlier), timeOf(record)]
  if (from !== null && to !== null && to < from) return true
  const [low, high] = [energyOf(earlier), energyOf(record)]
  return low !== null && high !== null && compare(high, low) < 0
}

function timeOf({ readings }: RecordResult): number | null {
  return readings.find(({ time }) => time?.epochMs != null)?.time?.epochMs ?? null
}

function energyOf({ readings }: RecordResult): Decimal | null {
  const reading = readings.find(({ kind, quantity }) => quantity !== null && isEnergyRegister(kind))
  return reading?.quantity == null ? null : toKWh(reading.quantity)
}

function checkPlausible({ energy, durationS }: Assembled): LooseFinding[] {
  if (durationS === null || isNegative(durationS) || isZero(durationS)) return []
  const found: LooseFinding[] = []
  if (isTooLong(durationS)) {
    const limit = String(PLAUSIBLE.durationDays)
    found.push(looseFinding('SES-LONG', { found: durationS, limit }))
  }
  const used = energy === null ? null : toKWh(energy)
  const limit = PLAUSIBLE.powerKW.DC as Decimal
  if (used !== null && exceedsPower(used, durationS, limit)) {
    found.push(looseFinding('SES-POWER', { found: used, limit }))
  }
  return found
}

function checkTimes(_: Assembled, records: RecordResult[], context: RuleContext): LooseFinding[] {
  const strange = records
    .flatMap(({ readings }) => readings)
    .find(({ time }) => {
      if (time?.epochMs == null) return false
      // A wall clock without offset may be two hours ahead of UTC.
      const ahead = time.offsetMin === null ? 2 * 3_600_000 : 0
      return isStrangeTime(time.epochMs - ahead, context)
    })
  return strange?.time == null ? [] : [looseFinding('SES-DATE', { found: strange.time.text })]
}

/** What the file calls begin is no end. */
function checkRole(_: Assembled, records: RecordResult[]): LooseFinding[] {
  return records.flatMap((record) => {
    // Where the role came from the place in a list, that has been told already.
    if (record.findings.some(({ code }) => code === 'REC-ORDER')) return []
    const part = partOf(record)
    const { role } = record.claimed
    const contradicts = (role === 'begin' && part === 'end') || (role === 'end' && part === 'begin')
    if (!contradicts) return []
    return [looseFinding('REC-CONTRADICTS', { field: 'context', found: role, signed: part })]
  })
}

function checkCopies({ group }: Assembled): LooseFinding[] {
  const most = Math.max(...group.members.map(({ inputs }) => inputs.length))
  return most > 1 ? [looseFinding('IN-DUPLICATE', { count: String(most) })] : []
}

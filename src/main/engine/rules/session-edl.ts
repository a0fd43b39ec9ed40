/**
 * Rules for sessions of EDL40 meters: what the signed counters, users and states of begin and end
 * say about each other.
 *
 * Source: MessEV Annex 2; fields of formats/edl40/README.md.
 *
 * @module
 */
import { type Decimal, fromInteger, isNegative, subtract } from '../../../shared/decimal.ts'
import { type LooseFinding, looseFinding } from '../../../shared/model/finding.ts'
import type { FormatId, RecordResult } from '../../../shared/model/record.ts'
import { EDL_STATUS } from '../codec/edl-block.ts'
import { legalOffsetMin } from '../codec/legal-time.ts'
import type { Assembled } from '../sessions/assemble.ts'
import { fieldOf } from './fields.ts'
import type { SessionRule } from './rule.ts'

/** Formats that sign the block of EDL40 under its field names. */
const EDL_FORMATS = new Set<FormatId>(['edl40', 'edl40-sig'])
/** Formats of the same meters that sign less; `session-general.ts` and `session-packed.ts` check the rest. */
const COUNTING_FORMATS = new Set<FormatId>(['mennekes', 'emh'])

/** The records with the readings of begin and end. */
interface Ends {
  session: Assembled
  begin: RecordResult
  end: RecordResult
}

export const checkEdlSession: SessionRule = (session) => {
  const records = session.group.members.map(({ record }) => record)
  const holding = (role: 'begin' | 'end') =>
    records.find(({ readings }) => session[role] !== null && readings.includes(session[role]))
  const [begin, end] = [holding('begin'), holding('end')]
  if (begin === undefined || end === undefined || begin === end) return []
  const formats = [begin.format, end.format]
  const checks = formats.every((format) => EDL_FORMATS.has(format))
    ? CHECKS
    : formats.every((format) => COUNTING_FORMATS.has(format))
      ? [checkOperating, checkClock]
      : []
  return checks.flatMap((check) => check({ session, begin, end }))
}

const CHECKS: readonly ((ends: Ends) => LooseFinding[])[] = [
  checkContract,
  checkLogBook,
  checkOperating,
  checkClock,
  checkStatus,
  checkOrder,
]

/** One user, identified once; what lies between two identifications may be several sessions. */
function checkContract({ begin, end }: Ends): LooseFinding[] {
  const [was, is] = [contractOf(begin), contractOf(end)]
  if (was !== is) return [looseFinding('SES-CONTRACT', { begin: shown(was), end: shown(is) })]
  const times = [fieldOf(begin, 'contractTimestamp'), fieldOf(end, 'contractTimestamp')]
  const [from, to] = times
  // Meters that take the loss of the cable out identify the user at begin and end.
  if (from == null || to == null || from === to || begin.formatVersion === 'eMOC') return []
  const severity = step(begin, end) === 1n ? 'warning' : 'error'
  return [looseFinding('EDL-CONTRACT-TIME', { begin: from, end: to }, { severity })]
}

/** EMH's eMOC meters write 01 at the begin and 02 at the end before the user's identification. */
function contractOf(record: RecordResult): string {
  const contract = fieldOf(record, 'contractId') ?? ''
  return record.formatVersion === 'eMOC' ? contract.replace(/^0[12]/, '') : contract
}

const shown = (contract: string) => (contract === '' ? '–' : contract.slice(0, 64))

function step(begin: RecordResult, end: RecordResult): bigint | null {
  if (begin.pagination === null || end.pagination === null) return null
  return BigInt(end.pagination.number) - BigInt(begin.pagination.number)
}

function checkLogBook({ begin, end }: Ends): LooseFinding[] {
  const [was, is] = [fieldOf(begin, 'logBook'), fieldOf(end, 'logBook')]
  if (was === null || is === null || was === is) return []
  return [looseFinding('EDL-LOG', { begin: was, end: is })]
}

function checkOperating({ session }: Ends): LooseFinding[] {
  const [from, to] = [session.begin?.time?.operatingS, session.end?.time?.operatingS]
  if (from === undefined || to === undefined || !isNegative(subtract(to, from))) return []
  return [looseFinding('EDL-SECONDS', { begin: from, end: to })]
}

/** So many seconds may clock and time of operation differ: a clock is corrected now and then. */
const CLOCK_TOLERANCE_S = 60
const HOUR_MS = 3_600_000

function checkClock({ session }: Ends): LooseFinding[] {
  const [from, to] = [session.begin?.time, session.end?.time]
  if (from?.epochMs == null || to?.epochMs == null) return []
  if (from.operatingS === undefined || to.operatingS === undefined) return []
  const clock = (to.epochMs - from.epochMs) / 1000
  const operating = subtract(to.operatingS, from.operatingS)
  const drift = clock - secondsOf(operating)
  if (Math.abs(drift) <= CLOCK_TOLERANCE_S) return []
  const params = { clock: fromInteger(clock), operating }
  return [
    looseFinding('EDL-CLOCK', params, {
      severity: isChange(from.epochMs, to.epochMs, drift) ? 'info' : 'warning',
    }),
  ]
}

/** Whether summer time began or ended between two wall clocks, and explains the drift. */
function isChange(fromMs: number, toMs: number, drift: number): boolean {
  // A wall clock stands in for UTC, of which it is two hours ahead at most.
  const before = legalOffsetMin(fromMs - 2 * HOUR_MS)
  const change = (legalOffsetMin(toMs) - before) * 60
  return change !== 0 && Math.abs(drift - change) <= CLOCK_TOLERANCE_S
}

/** Whole seconds below 2³², as the meter counts them. */
function secondsOf(seconds: Decimal): number {
  return Number(BigInt(seconds))
}

/** Bits a driver should know of when they change, and those an expert may want to know of. */
const GRAVE =
  EDL_STATUS.fault | EDL_STATUS.clockSet | EDL_STATUS.reverseStop | EDL_STATUS.magneticField
const NAMED = GRAVE | EDL_STATUS.synchronousTransmission | EDL_STATUS.directionOut

function checkStatus({ begin, end }: Ends): LooseFinding[] {
  const [was, is] = [fieldOf(begin, 'status'), fieldOf(end, 'status')]
  if (was === null || is === null) return []
  const changed = Number.parseInt(was, 16) ^ Number.parseInt(is, 16)
  if ((changed & NAMED) === 0) return []
  const severity = (changed & GRAVE) === 0 ? 'info' : 'warning'
  return [looseFinding('EDL-STATUS', { begin: was, end: is }, { severity })]
}

/** A file that gives the end first was put together by somebody; the counter puts it right. */
function checkOrder({ session, begin, end }: Ends): LooseFinding[] {
  const member = (record: RecordResult) =>
    session.group.members.find((candidate) => candidate.record === record)
  const [first, last] = [member(begin), member(end)]
  if (first?.position === undefined || last?.position === undefined) return []
  const sameFile = first.inputs.some((name) => last.inputs.includes(name))
  return sameFile && last.position < first.position ? [looseFinding('EDL-ORDER', {})] : []
}

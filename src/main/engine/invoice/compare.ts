/**
 * One claim beside one session: what was billed, what was signed, and what lies between.
 *
 * A billed energy is the same where it lies within half a unit of its last printed digit; both
 * readings rounded first, and rounding up or down, are told as rounding. Only the register that a
 * bill may rest on is compared; if another one fits, that is said.
 * Source: product requirements D.7, *Invoice*, rounding rule; formats documentation of bills, F.5.
 *
 * @module
 */
import {
  type Decimal,
  compare,
  decimals,
  fromInteger,
  isNegative,
  magnitude,
  round,
  shift,
  subtract,
} from '../../../shared/decimal.ts'
import { comparable } from '../../../shared/identity.ts'
import { type LooseFinding, looseFinding } from '../../../shared/model/finding.ts'
import type {
  ClaimedTime,
  ComparedValue,
  CompareOutcome,
  ComparisonRow,
  InvoiceClaim,
} from '../../../shared/model/invoice.ts'
import {
  type MeterReading,
  type Quantity,
  type Timestamp,
  toKWh,
} from '../../../shared/model/reading.ts'
import type { Session } from '../../../shared/model/session.ts'
import { germanOffset } from '../codec/german-time.ts'
import { spanOf } from '../sessions/assemble.ts'
import { halfDigit, isWithin } from './amounts.ts'

export interface Compared {
  rows: ComparisonRow[]
  findings: LooseFinding[]
}

export function compareClaim(claim: InvoiceClaim, session: Session): Compared {
  const parts = [
    energyOf(claim, session),
    readingOf('begin-reading', claim.beginReading, session.begin),
    readingOf('end-reading', claim.endReading, session.end),
    timeOf('begin', claim.begin, session.begin?.time ?? null),
    timeOf('end', claim.end, session.end?.time ?? null),
    durationOf(claim.durationS, session.durationS),
    nameOf('meter', claim.meter, meterNames(session)),
    nameOf(
      'evse',
      claim.evse,
      session.records.flatMap(({ evse }) => evse ?? []),
    ),
  ]
  return {
    rows: parts.flatMap((part) => part?.row ?? []),
    findings: parts.flatMap((part) => part?.findings ?? []),
  }
}

interface Part {
  row: ComparisonRow
  findings: LooseFinding[]
}

const ofQuantity = (quantity: Quantity): ComparedValue => ({ kind: 'quantity', quantity })
const kWh = (value: Decimal): Quantity => ({ value, unit: 'kWh', unitText: 'kWh' })

function energyOf(claim: InvoiceClaim, session: Session): Part | null {
  const { energy: billed } = claim
  if (billed === null) return null
  const { energy: signed } = session
  const row: ComparisonRow = {
    what: 'energy',
    billed: ofQuantity(billed),
    signed: signed === null ? null : ofQuantity(signed),
    difference: null,
    outcome: 'open',
  }
  const [stated, measured] = [amountOf(billed, claim.kind), signed === null ? null : toKWh(signed)]
  if (stated === null || measured === null) return { row, findings: [] }
  const difference = subtract(stated, measured)
  const { outcome, finding } = judgeEnergy(stated, measured, claim, session)
  return {
    row: { ...row, difference: kWh(difference), outcome },
    findings: finding === null ? [] : [finding],
  }
}

/** A credit note may state what it takes back with a minus sign or without. */
function amountOf(quantity: Quantity, kind: InvoiceClaim['kind']): Decimal | null {
  const value = toKWh(quantity)
  return value !== null && kind === 'credit' ? magnitude(value) : value
}

function judgeEnergy(
  billed: Decimal,
  signed: Decimal,
  claim: InvoiceClaim,
  session: Session,
): { outcome: CompareOutcome; finding: LooseFinding | null } {
  const printed = precise(billed, claim)
  const difference = subtract(billed, signed)
  const params = { billed, signed, difference }
  if (isWithin(billed, signed, halfDigit(printed))) return { outcome: 'same', finding: null }
  if (roundedReadings(session, decimals(printed))?.includes(printed) === true) {
    return { outcome: 'rounded', finding: looseFinding('INV-ROUND', params) }
  }
  const { step } = claim
  if (step !== null && !isNegative(difference) && compare(difference, step) < 0) {
    return { outcome: 'rounded', finding: looseFinding('INV-STEP', { billed, signed, step }) }
  }
  // Cut off or rounded up to whole units of the last digit.
  if (compare(magnitude(difference), shift('1' as Decimal, -decimals(printed))) < 0) {
    const severity = isNegative(difference) ? 'info' : 'warning'
    return { outcome: 'rounded', finding: looseFinding('INV-ROUND', params, { severity }) }
  }
  const other = otherRegister(billed, printed, session)
  if (other !== null) {
    const found = looseFinding('INV-REGISTER', { billed, register: other, signed })
    return { outcome: 'differs', finding: found }
  }
  return { outcome: 'differs', finding: looseFinding('INV-ENERGY', params) }
}

/** Programs pad numbers with zeros; what people print they mean. */
function precise(value: Decimal, { source }: InvoiceClaim): Decimal {
  if (source === 'text' || decimals(value) <= 2) return value
  const trimmed = value.replace(/0+$/, '') as Decimal
  return decimals(trimmed) < 2 ? round(value, 2) : trimmed
}

/** @returns the energies that come out where both readings are rounded first, or cut off */
function roundedReadings({ begin, end }: Session, places: number): Decimal[] | null {
  const [from, to] = [begin?.quantity, end?.quantity].map((q) => (q == null ? null : toKWh(q)))
  if (from == null || to == null) return null
  const cut = (value: Decimal) => round(subtract(value, halfDigit(round(value, places))), places)
  return [subtract(round(to, places), round(from, places)), subtract(cut(to), cut(from))]
}

/** @returns the register whose begin and end give what was billed */
function otherRegister(billed: Decimal, printed: Decimal, { records }: Session): string | null {
  const readings = records.flatMap((record) => record.readings)
  for (const [register, same] of Map.groupBy(readings, ({ registerText }) => registerText)) {
    const { energy } = spanOf(same)
    const value = energy === null ? null : toKWh(energy)
    if (register !== null && value !== null && isWithin(billed, value, halfDigit(printed))) {
      return register
    }
  }
  return null
}

function readingOf(
  what: 'begin-reading' | 'end-reading',
  billed: Quantity | null,
  reading: MeterReading | null,
): Part | null {
  const signed = reading?.quantity ?? null
  if (billed === null || signed === null) return null
  const row: ComparisonRow = {
    what,
    billed: ofQuantity(billed),
    signed: ofQuantity(signed),
    difference: null,
    outcome: 'open',
  }
  const [stated, measured] = [toKWh(billed), toKWh(signed)]
  if (stated === null || measured === null) return { row, findings: [] }
  const difference = subtract(stated, measured)
  const unit = shift('1' as Decimal, -decimals(stated))
  // Displays cut off as often as they round.
  const same = compare(magnitude(difference), unit) < 0
  const found = looseFinding('INV-READING', {
    which: what === 'begin-reading' ? 'begin' : 'end',
    billed: stated,
    signed: measured,
  })
  return {
    row: { ...row, difference: kWh(difference), outcome: same ? 'same' : 'differs' },
    findings: same ? [] : [found],
  }
}

/** Seconds: a clock may go wrong by so much; a session may last longer than charging by so much. */
const CLOCK_S = 120
const SESSION_S = 900

function timeOf(
  which: 'begin' | 'end',
  billed: ClaimedTime | null,
  signed: Timestamp | null,
): Part | null {
  if (billed === null || signed === null) return null
  const seconds = secondsBetween(billed, signed)
  const row: ComparisonRow = {
    what: which,
    billed: ofTime(billed),
    signed: ofTime(signed),
    difference:
      seconds === null
        ? null
        : { value: fromInteger(BigInt(Math.trunc(seconds))), unit: 's', unitText: 's' },
    outcome: seconds === null ? 'open' : outcomeOf(Math.abs(seconds)),
  }
  if (seconds === null || row.outcome === 'same') return { row, findings: [] }
  const params = {
    which,
    billed: billed.text,
    signed: signed.text,
    difference: String(Math.round(Math.abs(seconds) / 60)),
  }
  const severity = row.outcome === 'differs' ? 'warning' : 'info'
  return { row, findings: [looseFinding('INV-TIME', params, { severity })] }
}

function ofTime({ text, epochMs, offsetMin }: ClaimedTime | Timestamp): ComparedValue {
  return { kind: 'time', text, epochMs, offsetMin }
}

function outcomeOf(seconds: number): CompareOutcome {
  if (seconds <= CLOCK_S) return 'same'
  return seconds <= SESSION_S ? 'rounded' : 'differs'
}

/** @returns billed − signed; of a date alone, whole days on the German calendar */
export function secondsBetween(billed: ClaimedTime, signed: Timestamp): number | null {
  if (billed.epochMs === null || signed.epochMs === null) return null
  if (billed.precision === 'day') {
    const day = (epochMs: number, offset: number) => Math.floor((epochMs + offset * 60_000) / DAY)
    const offset = signed.offsetMin ?? germanOffset(signed.epochMs, yearOf(signed.epochMs))
    return (day(billed.epochMs, billed.offsetMin ?? offset) - day(signed.epochMs, offset)) * 86_400
  }
  const candidates = [billed.epochMs, ...(billed.twice ? [billed.epochMs + 3_600_000] : [])]
  const differences = candidates.map((epochMs) => (epochMs - signed.epochMs!) / 1000)
  return differences.toSorted((a, b) => Math.abs(a) - Math.abs(b))[0] ?? null
}

const DAY = 86_400_000

function yearOf(epochMs: number): number {
  return new Date(epochMs).getUTCFullYear()
}

function durationOf(billed: Decimal | null, signed: Decimal | null): Part | null {
  if (billed === null || signed === null) return null
  const difference = subtract(billed, signed)
  const over = (seconds: number) => compare(difference, fromInteger(seconds)) > 0
  const same = isWithin(billed, signed, fromInteger(CLOCK_S))
  const outcome = same ? 'same' : over(SESSION_S) ? 'differs' : 'rounded'
  return {
    row: {
      what: 'duration',
      billed: { kind: 'duration', seconds: billed },
      signed: { kind: 'duration', seconds: signed },
      difference: { value: difference, unit: 's', unitText: 's' },
      outcome,
    },
    findings: outcome === 'differs' ? [looseFinding('INV-DURATION', { billed, signed })] : [],
  }
}

export function meterNames({ records }: Session): string[] {
  return records.flatMap(({ meter, gateway }) => [meter.serial ?? [], gateway.serial ?? []].flat())
}

function nameOf(
  what: 'meter' | 'evse',
  billed: string | null,
  signed: readonly string[],
): Part | null {
  const [first] = signed
  if (billed === null || first === undefined) return null
  const same = signed.some((name) => isSameName(billed, name))
  const params = { billed: billed.slice(0, MOST), signed: first.slice(0, MOST) }
  return {
    row: {
      what,
      billed: { kind: 'name', text: billed },
      signed: { kind: 'name', text: signed.find((name) => isSameName(billed, name)) ?? first },
      difference: null,
      outcome: same ? 'same' : 'differs',
    },
    findings: same ? [] : [looseFinding(what === 'meter' ? 'INV-METER' : 'INV-EVSE', params)],
  }
}

const MOST = 64
/** Bills leave out the maker's part of a meter number. */
const LEAST_COMMON = 6

export function isSameName(a: string, b: string): boolean {
  const [one, other] = [comparable(a), comparable(b)]
  if (one === other) return one !== ''
  const [short, long] = one.length < other.length ? [one, other] : [other, one]
  return short.length >= LEAST_COMMON && long.endsWith(short)
}

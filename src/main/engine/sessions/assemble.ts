/**
 * One session from its records: billing register, energy, duration, identities.
 *
 * @module
 */
import { type Decimal, fromInteger, shift, subtract } from '../../../shared/decimal.ts'
import {
  type MeterReading,
  type Quantity,
  type RegisterKind,
  isEnergy,
  toKWh,
} from '../../../shared/model/reading.ts'
import type { RegisterSpan } from '../../../shared/model/session.ts'
import type { Group } from './pair.ts'

/** Registers a bill may rest on, best first (rule book, chapter 11). */
const BILLING: readonly RegisterKind[] = [
  'device-transaction',
  'device-total',
  'mains-transaction',
  'mains-total',
  'total',
]
const EXPORT = BILLING.map((kind): RegisterKind => `export-${kind}` as RegisterKind)

/** What the records of a group add up to, before anything is judged. */
export interface Assembled extends RegisterSpan {
  group: Group
  export: RegisterSpan | null
  /** The session only feeds back: `begin`, `end` and `energy` are those of the export register. */
  exportOnly: boolean
  durationS: Decimal | null
}

export function assemble(group: Group): Assembled {
  const readings = group.members.flatMap(({ record }) => record.readings)
  const imported = billingSpan(readings, BILLING)
  const exported = billingSpan(readings, EXPORT)
  const exportOnly = imported === null && exported !== null
  const span = imported ?? exported ?? { begin: null, end: null, energy: null }
  return {
    group,
    ...span,
    export: exportOnly ? null : exported,
    exportOnly,
    durationS: duration(span),
  }
}

/** First register of `kinds` that has begin and end; else the first that has one of them. */
function billingSpan(
  readings: readonly MeterReading[],
  kinds: readonly RegisterKind[],
): RegisterSpan | null {
  let partial: RegisterSpan | null = null
  for (const kind of kinds) {
    const ofKind = readings.filter((reading) => reading.kind === kind && reading.quantity !== null)
    // Registers written alike are one; only where that leaves a gap, spellings of one code are.
    for (const name of [registerText, register]) {
      for (const same of Map.groupBy(ofKind, name).values()) {
        const span = spanOf(same)
        if (span.begin !== null && span.end !== null) return span
        if (span.begin !== null || span.end !== null) partial ??= span
      }
    }
  }
  return partial
}

const registerText = (reading: MeterReading) => reading.registerText
const register = (reading: MeterReading) => reading.register

/** Begin, end and energy of readings of one register, in the order of the session. */
export function spanOf(readings: readonly MeterReading[]): RegisterSpan {
  const begin = readings.find(({ role }) => role === 'begin') ?? null
  const end = readings.findLast(({ role }) => role === 'end') ?? null
  const [from, to] = [begin?.quantity, end?.quantity]
  return { begin, end, energy: from == null || to == null ? null : difference(from, to) }
}

/** @returns end − begin, exact; in kWh where the units differ; null where they do not compare */
export function difference(begin: Quantity, end: Quantity): Quantity | null {
  if (!isEnergy(begin.unit) || !isEnergy(end.unit)) return null
  if (begin.unit === end.unit) return { ...end, value: subtract(end.value, begin.value) }
  const [from, to] = [toKWh(begin), toKWh(end)]
  if (from === null || to === null) return null
  return { value: subtract(to, from), unit: 'kWh', unitText: 'kWh' }
}

/**
 * Seconds, with as many decimals as the milliseconds need. Signed seconds of operation go before a
 * clock: that one may be set, or change to and from summer time, between begin and end.
 */
function duration({ begin, end }: RegisterSpan): Decimal | null {
  const [started, ended] = [begin?.time?.operatingS, end?.time?.operatingS]
  if (started !== undefined && ended !== undefined) return subtract(ended, started)
  const [from, to] = [begin?.time?.epochMs, end?.time?.epochMs]
  if (from == null || to == null) return null
  const milliseconds = to - from
  if (milliseconds % 1000 === 0) return fromInteger(milliseconds / 1000)
  return shift(fromInteger(milliseconds), -3)
}

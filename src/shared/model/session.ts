/**
 * One charging session, paired from records.
 *
 * @module
 */
import type { Decimal } from '../decimal.ts'
import type { Finding } from './finding.ts'
import type { InvoiceMatch } from './invoice.ts'
import type { KeyTrust } from './key.ts'
import type { MeterReading, Quantity } from './reading.ts'
import type { RecordResult } from './record.ts'
import type { Verdict } from './verdict.ts'

/** Begin, end and difference of one register. */
export interface RegisterSpan {
  begin: MeterReading | null
  end: MeterReading | null
  /** end − begin, exact, in the finer of the two units; null if one of them is missing. */
  energy: Quantity | null
}

export interface Session extends RegisterSpan {
  /** SHA-256 over the ids of its records. */
  id: string
  /** Name of the input its first record came from. */
  input: string
  records: RecordResult[]
  /** Energy fed back, if a register counts it; never netted against `energy`. */
  export: RegisterSpan | null
  /** Seconds from begin to end; null if a time is missing. */
  durationS: Decimal | null
  meter: string | null
  station: string | null
  evse: string | null
  user: string | null
  transaction: string | null
  findings: Finding[]
  trust: KeyTrust
  /** null: no input holds a bill. */
  invoice: InvoiceMatch | null
  verdict: Verdict
}

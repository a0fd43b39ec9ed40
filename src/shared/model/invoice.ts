/**
 * What somebody says was billed, read from invoices, charge detail records and text, and how it
 * compares with what the meter signed.
 *
 * Nothing of a claim is signed. It is compared with what is signed and shown beside it, never
 * instead. Source: product requirements D.7, *Invoice*; MessEG §33(3).
 *
 * @module
 */
import type { Decimal } from '../decimal.ts'
import type { Finding } from './finding.ts'
import type { Quantity } from './reading.ts'
import type { Origin } from './record.ts'

/** Kind of document a claim was read from; CII and UBL are the two forms of EN 16931, `table` is CSV or XLSX. */
export type ClaimSource = 'cii' | 'ubl' | 'ocpi' | 'oicp' | 'table' | 'text'

export interface ClaimedTime {
  /** As written. */
  text: string
  /** Milliseconds since 1970-01-01 UTC; null where the text is no moment. */
  epochMs: number | null
  offsetMin: number | null
  /** Smallest unit that is written. */
  precision: 'day' | 'minute' | 'second'
  /** No offset is written: German legal time was assumed. */
  assumed: boolean
  /** The hour that summer time has twice: the moment may be an hour later. */
  twice: boolean
}

/** One price line: amount = quantity × unit price ÷ base, all as written. */
export interface ClaimedPrice {
  what: 'energy' | 'time' | 'blocking' | 'session' | 'other'
  quantity: Decimal | null
  /** Unit as written: `"kWh"`, `"min"`. */
  unit: string | null
  unitPrice: Decimal | null
  /** Quantity that the unit price is for; null for one. */
  base: Decimal | null
  amount: Decimal | null
}

/** One charging session as billed. Absent is null; numbers keep their digits. */
export interface InvoiceClaim {
  source: ClaimSource
  /** `credit` takes back what was billed before. */
  kind: 'bill' | 'credit' | 'cdr'
  origin: Origin[]
  /** The words it was read from; null for a structured document. */
  passage: string | null
  invoice: string | null
  seller: string | null
  /** Identities as written. */
  session: string | null
  transaction: string | null
  evse: string | null
  meter: string | null
  user: string | null
  begin: ClaimedTime | null
  end: ClaimedTime | null
  durationS: Decimal | null
  energy: Quantity | null
  beginReading: Quantity | null
  endReading: Quantity | null
  prices: ClaimedPrice[]
  /** Energy is rounded up to a multiple of so many kWh by the tariff; null for no such rule. */
  step: Decimal | null
  currency: string | null
  net: Decimal | null
  /** Percent. */
  vatRate: Decimal | null
  vat: Decimal | null
  gross: Decimal | null
}

/** Why a claim is thought to speak of a session, strongest first. */
export const MATCH_REASONS = [
  /** The claim stands in the document that carries the record. */
  'carrier',
  'id',
  'evse',
  'meter',
  'readings',
  'time',
  'energy',
  'day',
  /** There is one claim and one session, and nothing speaks against it. */
  'only',
] as const
export type MatchReason = (typeof MATCH_REASONS)[number]

export type ComparedValue =
  | { kind: 'quantity'; quantity: Quantity }
  | { kind: 'time'; text: string; epochMs: number | null; offsetMin: number | null }
  | { kind: 'duration'; seconds: Decimal }
  | { kind: 'name'; text: string }

export type CompareOutcome = 'same' | 'rounded' | 'differs' | 'open'

export const COMPARED = [
  'energy',
  'begin-reading',
  'end-reading',
  'begin',
  'end',
  'duration',
  'meter',
  'evse',
] as const

/** One line of the table billed / signed / difference. */
export interface ComparisonRow {
  what: (typeof COMPARED)[number]
  billed: ComparedValue
  /** null: the signed data say nothing of it. */
  signed: ComparedValue | null
  /** billed − signed: energy in the unit of the bill, time in s; null where there is none. */
  difference: Quantity | null
  outcome: CompareOutcome
}

/** One amount computed anew from the bill's own numbers. */
export interface AmountRow {
  what: ClaimedPrice['what'] | 'net' | 'vat' | 'gross'
  quantity: Decimal | null
  unit: string | null
  unitPrice: Decimal | null
  /** Exact result, rounded to cents; null where the bill does not say enough. */
  computed: Decimal | null
  /** As billed. */
  stated: Decimal | null
  outcome: CompareOutcome
}

/** One claim beside the session it speaks of. */
export interface BilledSession {
  /** Name of the input it was read from. */
  input: string
  claim: InvoiceClaim
  by: MatchReason[]
  rows: ComparisonRow[]
  amounts: AmountRow[]
}

/**
 * `matches`: every claim says the same as the signed data, which are valid. `differs`: one of them
 * contradicts. `open`: nothing could be compared, or only with values that are not reliable.
 * `not-billed`: there are bills, and none of them speaks of this session.
 */
export type InvoiceStatus = 'matches' | 'differs' | 'open' | 'not-billed'

/** What was billed for a session. It never changes the verdict on the signature. */
export interface InvoiceMatch {
  status: InvoiceStatus
  bills: BilledSession[]
  /** `INV-…`, worst first. */
  findings: Finding[]
}

/** A claim that speaks of no session among the inputs. */
export interface UnmatchedClaim {
  /** Name of the input it was read from. */
  input: string
  claim: InvoiceClaim
  amounts: AmountRow[]
  findings: Finding[]
}

/** @returns a claim that says nothing yet */
export function emptyClaim(
  source: ClaimSource,
  kind: InvoiceClaim['kind'],
  origin: Origin[],
): InvoiceClaim {
  return {
    source,
    kind,
    origin,
    passage: null,
    invoice: null,
    seller: null,
    session: null,
    transaction: null,
    evse: null,
    meter: null,
    user: null,
    begin: null,
    end: null,
    durationS: null,
    energy: null,
    beginReading: null,
    endReading: null,
    prices: [],
    step: null,
    currency: null,
    net: null,
    vatRate: null,
    vat: null,
    gross: null,
  }
}

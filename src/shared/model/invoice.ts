/**
 * What somebody says was billed: read from invoices, charge detail records and text.
 *
 * Nothing of it is signed. It is compared with what is signed and shown beside it, never instead.
 *
 * @module
 */
import type { Decimal } from '../decimal.ts'
import type { Quantity } from './reading.ts'
import type { Origin } from './record.ts'

/** Kind of document a claim was read from. */
export type ClaimSource = 'cii' | 'ubl' | 'ocpi' | 'oicp' | 'text'

export interface ClaimedTime {
  /** As written. */
  text: string
  /** Milliseconds since 1970-01-01 UTC; null where no offset is stated and none can be inferred. */
  epochMs: number | null
  offsetMin: number | null
}

/** One price line: amount = quantity × unit price, all as written. */
export interface ClaimedPrice {
  what: 'energy' | 'time' | 'blocking' | 'session' | 'other'
  quantity: Decimal | null
  /** Unit as written: `"kWh"`, `"min"`. */
  unit: string | null
  unitPrice: Decimal | null
  amount: Decimal | null
}

/** One charging session as billed. Absent is null; numbers keep their digits. */
export interface InvoiceClaim {
  source: ClaimSource
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
  currency: string | null
  net: Decimal | null
  /** Percent. */
  vatRate: Decimal | null
  vat: Decimal | null
  gross: Decimal | null
}

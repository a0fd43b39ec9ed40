/**
 * The comparison of a bill in words and numbers, line by line, the same in every interface.
 *
 * @module
 */
import type { Decimal } from '../decimal.ts'
import {
  showDecimal,
  showDuration,
  showOffset,
  showQuantity,
  showTime,
  visible,
} from '../display.ts'
import type {
  AmountRow,
  BilledSession,
  CompareOutcome,
  ComparedValue,
  ComparisonRow,
  InvoiceClaim,
  InvoiceStatus,
} from '../model/invoice.ts'
import { type Language, type UiKey, text, wordFor } from './index.ts'
import type { CheckStatus } from './verdict.ts'

export const INVOICE_CHECK: Record<InvoiceStatus, CheckStatus> = {
  matches: 'ok',
  differs: 'bad',
  open: 'open',
  'not-billed': 'unknown',
}

export const OUTCOME_CHECK: Record<CompareOutcome, CheckStatus> = {
  same: 'ok',
  rounded: 'ok',
  differs: 'bad',
  open: 'unknown',
}

/** A line of the table billed / signed / difference. */
export interface ComparisonLine {
  label: string
  billed: string
  /** A dash where the signed data say nothing of it. */
  signed: string
  difference: string
  outcome: CompareOutcome
  word: string
}

export function comparisonLine(language: Language, row: ComparisonRow): ComparisonLine {
  const { what, billed, signed, difference, outcome } = row
  return {
    label: text(language, `invoice.row.${what}`),
    billed: valueText(language, billed),
    signed: signed === null ? '–' : valueText(language, signed),
    difference:
      difference === null
        ? ''
        : withSign(difference.value, (value) =>
            difference.unit === 's'
              ? showDuration(language, value)
              : showQuantity(language, { ...difference, value }),
          ),
    outcome,
    word: outcomeWord(language, row),
  }
}

/** Times are never rounded; they lie near each other. */
function outcomeWord(language: Language, { what, outcome }: ComparisonRow): string {
  const ofTime = what === 'begin' || what === 'end' || what === 'duration'
  return text(language, `invoice.outcome.${ofTime && outcome === 'rounded' ? 'near' : outcome}`)
}

function withSign(value: Decimal, show: (magnitude: Decimal) => string): string {
  if (!/[1-9]/.test(value)) return show(value)
  return value.startsWith('-') ? `−${show(value.slice(1) as Decimal)}` : `+${show(value)}`
}

function valueText(language: Language, value: ComparedValue): string {
  switch (value.kind) {
    case 'quantity':
      return showQuantity(language, value.quantity)
    case 'time': {
      const time = { ...value, sync: 'unknown' as const }
      return value.epochMs === null || value.offsetMin === null
        ? visible(value.text)
        : `${showTime(language, time)} ${showOffset(time)}`
    }
    case 'duration':
      return showDuration(language, value.seconds)
    case 'name':
      return visible(value.text)
  }
}

/** A line of the amounts: how it was computed, what comes out, what the bill says. */
export interface AmountLine {
  label: string
  /** `16,36 kWh × 0,49`; empty for a sum. */
  formula: string
  computed: string
  stated: string
  outcome: CompareOutcome
  word: string
}

export function amountLine(
  language: Language,
  { what, quantity, unit, unitPrice, computed, stated, outcome }: AmountRow,
  currency: string | null,
): AmountLine {
  const number = (value: Decimal) => showDecimal(language, value)
  const money = (value: Decimal | null) =>
    value === null
      ? '–'
      : `${number(value)}${currency === null ? '' : `\u00a0${visible(currency)}`}`
  const formula =
    quantity === null || unitPrice === null
      ? ''
      : what === 'vat'
        ? `${number(quantity)} × ${number(unitPrice)} %`
        : `${number(quantity)}${unit === null ? '' : ` ${visible(unit)}`} × ${number(unitPrice)}`
  return {
    label: text(language, `invoice.price.${what}`),
    formula,
    computed: money(computed),
    stated: money(stated),
    outcome,
    word: text(language, `invoice.outcome.${outcome}`),
  }
}

/** @returns heading of a claim: `Rechnung RE-2025-17 · Stadtwerke Musterstadt` */
export function billTitle(language: Language, { kind, invoice, seller }: InvoiceClaim): string {
  const key: UiKey =
    kind === 'bill'
      ? 'invoice.title'
      : kind === 'cdr'
        ? 'invoice.title.cdr'
        : 'invoice.title.credit'
  const name = invoice === null ? text(language, key) : `${text(language, key)} ${visible(invoice)}`
  return seller === null ? name : `${name} · ${visible(seller)}`
}

/** @returns what speaks for the assignment, strongest first: `Vorgangsnummer, Uhrzeit` */
export function matchWords(language: Language, { by }: BilledSession): string {
  return by.map((reason) => wordFor(language, `match.${reason}`)).join(', ')
}

/**
 * Amounts computed anew, from nothing but the bill's own numbers.
 *
 * A line may differ by a cent, a sum by a cent a line. A printed unit price is rounded itself, so
 * what half of its last digit explains is told but is no contradiction. Whether an amount is net or
 * gross is often not said; it may be either.
 * Source: formats documentation of bills, F.5 no. 5; EN 16931, BR-CO-10, BR-CO-15, BR-CO-17.
 *
 * @module
 */
import {
  type Decimal,
  add,
  compare,
  decimals,
  divide,
  fromInteger,
  isZero,
  magnitude,
  multiply,
  round,
  shift,
  subtract,
} from '../../../shared/decimal.ts'
import { type LooseFinding, looseFinding } from '../../../shared/model/finding.ts'
import type { AmountRow, ClaimedPrice, InvoiceClaim } from '../../../shared/model/invoice.ts'

export interface CheckedAmounts {
  rows: AmountRow[]
  findings: LooseFinding[]
}

const HUNDRED = fromInteger(100)
const CENT = '0.01' as Decimal

export function checkAmounts(claim: InvoiceClaim): CheckedAmounts {
  const lines = claim.prices.flatMap((price) => lineOf(price, claim))
  return {
    rows: [...lines.map(({ row }) => row), ...sumRows(claim)],
    findings: [...lines.flatMap(({ finding }) => finding ?? []), ...sumFindings(claim)],
  }
}

interface CheckedLine {
  row: AmountRow
  finding: LooseFinding | null
}

function lineOf(price: ClaimedPrice, { vatRate }: InvoiceClaim): CheckedLine[] {
  const { what, quantity, unit, unitPrice, base, amount: stated } = price
  if (quantity === null || unitPrice === null || (base !== null && isZero(base))) return []
  const exact = multiply(quantity, unitPrice)
  const net = base === null ? exact : divide(exact, base, decimals(exact) + 6)
  const row: AmountRow = {
    what,
    quantity,
    unit,
    unitPrice,
    computed: round(net, 2),
    stated,
    outcome: 'open',
  }
  if (stated === null) return [{ row, finding: null }]
  const candidates = [net, ...withAndWithoutVat(net, vatRate)].map((value) => round(value, 2))
  const fitting = candidates.find((value) => isWithin(value, stated, CENT))
  if (fitting !== undefined) {
    return [{ row: { ...row, computed: fitting, outcome: 'same' }, finding: null }]
  }
  const slack = add(CENT, multiply(magnitude(quantity), halfDigit(unitPrice)))
  const explained = candidates.find((value) => isWithin(value, stated, slack))
  const computed = explained ?? candidates[0] ?? round(net, 2)
  const found = looseFinding(
    'INV-PRICE',
    {
      quantity: `${quantity} ${unit ?? ''}`.trim(),
      price: base === null ? unitPrice : `${unitPrice} / ${base}`,
      computed,
      stated,
    },
    { severity: explained === undefined ? 'error' : 'info' },
  )
  const outcome = explained === undefined ? 'differs' : 'rounded'
  return [{ row: { ...row, computed, outcome }, finding: found }]
}

function withAndWithoutVat(value: Decimal, rate: Decimal | null): Decimal[] {
  if (rate === null || isZero(rate)) return []
  const factor = add(HUNDRED, rate)
  return [shift(multiply(value, factor), -2), divide(multiply(value, HUNDRED), factor, 6)]
}

/** Half a unit of the last digit written. */
export function halfDigit(value: Decimal): Decimal {
  return shift('5' as Decimal, -decimals(value) - 1)
}

export function isWithin(a: Decimal, b: Decimal, most: Decimal): boolean {
  return compare(magnitude(subtract(a, b)), most) <= 0
}

/** A cent for each line that was rounded by itself. */
function cents(lines: number): Decimal {
  return multiply(CENT, fromInteger(Math.max(1, lines)))
}

/** @param lines number of amounts that were rounded before they were added up */
export function checkVat(
  { net, vat, rate }: { net: Decimal | null; vat: Decimal | null; rate: Decimal | null },
  lines: number,
): LooseFinding[] {
  if (net === null || vat === null || rate === null) return []
  const computed = vatOf(net, rate)
  return isWithin(computed, vat, cents(lines))
    ? []
    : [looseFinding('INV-VAT', { rate, computed, stated: vat })]
}

function vatOf(net: Decimal, rate: Decimal): Decimal {
  return round(shift(multiply(net, rate), -2), 2)
}

/** @param parts what the sum is made of; null where one of them is not stated */
export function checkSum(
  what: 'lines' | 'gross',
  parts: readonly (Decimal | null)[],
  stated: Decimal | null,
): LooseFinding[] {
  if (stated === null || parts.length === 0 || parts.includes(null)) return []
  const computed = sumOf(parts)
  return isWithin(computed, stated, cents(parts.length))
    ? []
    : [looseFinding('INV-SUM', { what: `sum.${what}`, computed, stated })]
}

function sumOf(parts: readonly (Decimal | null)[]): Decimal {
  return parts.reduce<Decimal>(
    (sum, part) => (part === null ? sum : add(sum, part)),
    fromInteger(0),
  )
}

function sumFindings({ net, vat, vatRate, gross, prices }: InvoiceClaim): LooseFinding[] {
  return [
    ...checkVat({ net, vat, rate: vatRate }, prices.length),
    ...checkSum('gross', [net, vat], gross),
  ]
}

function sumRows({ net, vat, vatRate, gross, prices }: InvoiceClaim): AmountRow[] {
  const none = { quantity: null, unit: null, unitPrice: null }
  const rows: AmountRow[] = []
  if (net !== null && vat !== null && vatRate !== null) {
    const computed = vatOf(net, vatRate)
    const outcome = isWithin(computed, vat, cents(prices.length)) ? 'same' : 'differs'
    rows.push({
      ...none,
      what: 'vat',
      quantity: net,
      unit: '%',
      unitPrice: vatRate,
      computed,
      stated: vat,
      outcome,
    })
  }
  if (net !== null && vat !== null && gross !== null) {
    const computed = add(net, vat)
    const outcome = isWithin(computed, gross, cents(2)) ? 'same' : 'differs'
    rows.push({ ...none, what: 'gross', computed, stated: gross, outcome })
  }
  return rows
}

/**
 * Invoices of EN 16931, whatever their syntax: from lines to claims.
 *
 * A line in a unit of energy is a session; lines in other units that follow it, as long as they
 * name no other session, are its fees. Times, names and readings stand in names, descriptions,
 * notes and item attributes, and are read by the rules for text.
 * Source: EN 16931-1; formats documentation of bills, F.2.
 *
 * @module
 */
import { type Decimal, isNegative, parseDecimal } from '../../../shared/decimal.ts'
import { type LooseFinding, looseFinding } from '../../../shared/model/finding.ts'
import {
  type ClaimedPrice,
  type ClaimedTime,
  type InvoiceClaim,
  emptyClaim,
} from '../../../shared/model/invoice.ts'
import type { Quantity } from '../../../shared/model/reading.ts'
import type { Origin } from '../../../shared/model/record.ts'
import { checkSum, checkVat } from './amounts.ts'
import { type Facts, factsOf } from './facts.ts'
import { linesOf } from './lines.ts'

export interface BillLine {
  /** Place in the document: `"line 2"`. */
  place: string
  /** Name, description, notes, attributes, one a line. */
  words: string
  quantity: Decimal | null
  /** Code of UN/ECE recommendation 20; null where there is none. */
  unit: string | null
  unitPrice: Decimal | null
  base: Decimal | null
  /** Net. */
  amount: Decimal | null
  vatRate: Decimal | null
  begin: ClaimedTime | null
  end: ClaimedTime | null
  /** Object the line is about, such as a meter, and the scheme of its id. */
  object: { id: string; scheme: string | null } | null
}

export interface BillDocument {
  source: 'cii' | 'ubl'
  origin: Origin[]
  number: string | null
  /** Code of UNTDID 1001: 380 invoice, 381 credit note, 384 correction. */
  type: string | null
  seller: string | null
  currencies: string[]
  words: string
  begin: ClaimedTime | null
  end: ClaimedTime | null
  lines: BillLine[]
  lineTotal: Decimal | null
  net: Decimal | null
  vat: Decimal | null
  gross: Decimal | null
}

export interface BillContent {
  claims: InvoiceClaim[]
  findings: LooseFinding[]
}

/** Units of energy, time and pieces (UN/ECE recommendation 20). */
const ENERGY_UNITS: Record<string, Quantity['unit']> = { KWH: 'kWh', MWH: 'MWh', WHR: 'Wh' }
const TIME_UNITS: Record<string, string> = { MIN: 'min', HUR: 'h', SEC: 's' }
const PERIODS: ReadonlySet<string> = new Set(['MON', 'ANN', 'DAY', 'WEE'])

const CREDIT_TYPES: ReadonlySet<string> = new Set(['381', '396', '261', '83'])
const BLOCKING = /blockier|standgeb|standzeit|idle|overstay|parking/i

export function contentOf(document: BillDocument): BillContent {
  const groups = groupsOf(document)
  const claims = groups.map((group) => claimOf(group, document, groups.length === 1))
  return { claims, findings: [...sumsOf(document), ...oddities(document, claims)] }
}

interface Read {
  line: BillLine
  facts: Facts
}

function unitOf({ unit }: BillLine): string {
  return unit?.toUpperCase() ?? ''
}

function isEnergy({ line }: Read): boolean {
  return ENERGY_UNITS[unitOf(line)] !== undefined && line.quantity !== null
}

/** An energy line with the fees behind it. */
function groupsOf({ lines }: BillDocument): Read[][] {
  const groups: Read[][] = []
  let open: Read[] | null = null
  for (const line of lines) {
    const read: Read = { line, facts: factsOf(linesOf(line.words), false) }
    if (isEnergy(read)) {
      open = [read]
      groups.push(open)
    } else if (open !== null && !PERIODS.has(unitOf(line)) && belongs(read, open[0]))
      open.push(read)
  }
  return groups
}

/** A fee that names another session is one of it. */
function belongs({ facts }: Read, first: Read | undefined): boolean {
  const [mine, its] = [facts.names.session, first?.facts.names.session ?? null]
  return mine === null || its === null || mine === its
}

function claimOf(group: readonly Read[], document: BillDocument, alone: boolean): InvoiceClaim {
  const [first] = group
  const whole = factsOf(linesOf(document.words), false)
  const { line, facts } = first as Read
  const name = (of: 'evse' | 'meter' | 'session' | 'user') =>
    facts.names[of] ??
    group.map((read) => read.facts.names[of]).find((found) => found !== null) ??
    (alone ? whole.names[of] : null)
  const negative = line.quantity !== null && isNegative(line.quantity)
  const credit = negative !== CREDIT_TYPES.has(document.type ?? '')
  const precise = facts.begin ?? (alone ? whole.begin : null)
  const claim = emptyClaim(document.source, credit ? 'credit' : 'bill', [
    ...document.origin,
    { step: 'xml', name: line.place },
  ])
  return {
    ...claim,
    invoice: document.number,
    seller: document.seller,
    session: name('session'),
    evse: name('evse'),
    meter: name('meter') ?? meterOf(line),
    user: name('user'),
    begin: precise ?? line.begin ?? (alone ? document.begin : null),
    // A period of days says no more about the end than about the beginning.
    end: facts.end ?? (precise === null ? line.end : null) ?? (alone ? whole.end : null),
    durationS: facts.durationS ?? (alone ? whole.durationS : null),
    energy: energyOf(line),
    beginReading: facts.beginReading ?? (alone ? whole.beginReading : null),
    endReading: facts.endReading ?? (alone ? whole.endReading : null),
    prices: group.map((read) => priceOf(read.line)),
    currency: document.currencies[0] ?? null,
    vatRate: line.vatRate,
    ...(alone && document.lines.length === group.length
      ? { net: document.net, vat: document.vat, gross: document.gross }
      : {}),
  }
}

function energyOf(line: BillLine): Quantity | null {
  const unit = ENERGY_UNITS[unitOf(line)]
  if (unit === undefined || line.quantity === null) return null
  return { value: line.quantity, unit, unitText: unit }
}

function meterOf({ object }: BillLine): string | null {
  return object !== null && /^(?:MG|METER|AVE)?$/i.test(object.scheme ?? '') ? object.id : null
}

function priceOf(line: BillLine): ClaimedPrice {
  const { quantity, unitPrice, base, amount, words } = line
  const code = unitOf(line)
  const time = TIME_UNITS[code]
  const what =
    ENERGY_UNITS[code] !== undefined
      ? 'energy'
      : time !== undefined
        ? BLOCKING.test(words)
          ? 'blocking'
          : 'time'
        : 'session'
  const unit = ENERGY_UNITS[code] ?? time ?? line.unit
  return { what, quantity, unit, unitPrice, base, amount }
}

function sumsOf(document: BillDocument): LooseFinding[] {
  const { lines, lineTotal, net, vat, gross, currencies } = document
  if (currencies.length > 1) return []
  const rates = new Set(lines.map(({ vatRate }) => vatRate ?? ''))
  const rate = rates.size === 1 ? (parseDecimal([...rates][0] ?? '') ?? null) : null
  return [
    ...checkSum(
      'lines',
      lines.map(({ amount }) => amount),
      lineTotal,
    ),
    ...checkVat({ net, vat, rate }, lines.length),
    ...checkSum('gross', [net, vat], gross),
  ]
}

/** Energy in a unit nobody knows, amounts in two currencies, nothing of energy at all. */
function oddities(document: BillDocument, claims: readonly InvoiceClaim[]): LooseFinding[] {
  const { currencies, lines } = document
  const unitless = lines.filter(
    ({ quantity, unit, words }) =>
      quantity !== null && (unit ?? '') === '' && /kWh|strom|energ|ladung|charg/i.test(words),
  )
  return [
    ...(currencies.length > 1
      ? [
          looseFinding('INV-CURRENCY', {
            currencies: currencies.slice(0, 5).join(', ').slice(0, 60),
          }),
        ]
      : []),
    ...unitless
      .slice(0, 20)
      .map((line) =>
        looseFinding('INV-UNIT', { quantity: line.quantity ?? '' }, { path: line.place }),
      ),
    ...(claims.length === 0 ? [looseFinding('INV-NOTFOUND', {})] : []),
  ]
}

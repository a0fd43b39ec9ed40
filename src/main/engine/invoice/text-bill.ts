/**
 * A bill that is only text: the sessions it speaks of, or none.
 *
 * A wrong number would be worse than no number. There is a session where one amount of energy
 * stands that is no reading, no sum and no allowance; there are several where each row of a table
 * has its own, or where blocks of lines repeat with one amount each. Whatever fits neither is told
 * as not found. Source: formats documentation of bills, F.4; product requirements D.7.
 *
 * @module
 */
import { type Decimal, add, compare, fromInteger } from '../../../shared/decimal.ts'
import { type LooseFinding, looseFinding } from '../../../shared/model/finding.ts'
import { type InvoiceClaim, emptyClaim } from '../../../shared/model/invoice.ts'
import { type Quantity, toKWh } from '../../../shared/model/reading.ts'
import type { Origin } from '../../../shared/model/record.ts'
import { type Facts, factsOf, isReadingIn, isSameEnergy, quantityOf } from './facts.ts'
import { type Labelled, type Line, linesOf } from './lines.ts'
import type { Token } from './tokens.ts'

export interface TextBill {
  claims: InvoiceClaim[]
  findings: LooseFinding[]
}

/** What makes a text a bill, as far as one can tell; two of three. */
const SIGNS = [
  /rechnung|quittung|beleg|gutschrift|invoice|receipt|credit note|abrechnung/i,
  /kWh|kilowattstunde/i,
  /€|\bEUR\b|\bCHF\b/,
]
const CREDIT =
  /^\s*(?:stornorechnung|storno(?:beleg)?|gutschrift|credit note|cancellation invoice)\b/im

/** @returns whether it is worth reading a text as a bill */
export function looksLikeBill(text: string): boolean {
  return SIGNS.filter((sign) => sign.test(text)).length >= 2
}

/** @param origin of the text: the file, or the page of a document */
export function readTextBill(text: string, origin: Origin[]): TextBill {
  if (text.length > LONGEST || !looksLikeBill(text)) return { claims: [], findings: [] }
  const lines = linesOf(text)
  const stretches = stretchesOf(lines)
  const kind = CREDIT.test(text) ? 'credit' : 'bill'
  const whole = factsOf(lines, false)
  const claims = stretches.map((stretch) => claimOf(stretch, whole, kind, origin))
  const found = claims.length > 0 || !SIGNS.every((sign) => sign.test(text))
  return { claims, findings: found ? [] : [looseFinding('INV-NOTFOUND', {})] }
}

/** Bills of a year fit; a dump of a database is none. */
const LONGEST = 2 * 1024 * 1024

interface Stretch {
  lines: Line[]
  row: boolean
  /** The whole document speaks of one session. */
  alone: boolean
  energy: Quantity | null
  at: Line
}

interface Found {
  line: Line
  index: number
  quantity: Quantity
  sum: boolean
}

const SUM =
  /(?<!\p{L})(?:summe|gesamt\p{L}*|total|zwischensumme|insgesamt|subtotal|sum|übertrag)(?!\p{L})/u
/** No energy that was charged. */
const OTHER =
  /akku|batterie|kapazität|battery|capacity|inklusiv|inclusive|included|frei|free|max\.|bis zu|up to|verbleib|remaining|guthaben|vorjahr|durchschnitt|average|limit|mindest|minimum|co2|co₂|tarif(?!\p{L})|ab\s*$|je\s*$|pro\s*$|per\s*$/u

function stretchesOf(lines: readonly Line[]): Stretch[] {
  const all = lines.flatMap((line, index) => energiesIn(line, index))
  const single = all.filter(({ sum }) => !sum)
  const energies = single.length > 0 ? single : all
  const rows = energies.filter(({ line }) => hasDate(line))
  if (rows.length > 1 && rows.length === new Set(rows.map(({ index }) => index)).size) {
    const kept = rows.filter((row) => !isSumOf(row, rows))
    if (kept.length > 1) return kept.map((row) => rowStretch(row, rows, lines))
  }
  const [first] = distinct(energies)
  if (first === undefined) return readingsAlone(lines)
  if (distinct(energies).length === 1) {
    const energy = finest(energies)
    return [{ lines: [...lines], row: false, alone: true, energy, at: first.line }]
  }
  return blocksOf(lines, energies)
}

function energiesIn(line: Line, index: number): Found[] {
  const words = line.text.toLowerCase()
  return line.items.flatMap((item): Found[] => {
    const { token, label } = item
    if (token.kind !== 'energy' || isReadingIn(item, line) || OTHER.test(label)) return []
    const quantity = quantityOf(token)
    if (quantity === null || !isPlausible(quantity)) return []
    return [{ line, index, quantity, sum: SUM.test(label) || SUM.test(words.slice(0, 24)) }]
  })
}

const MOST_KWH = fromInteger(1000)

function isPlausible(quantity: Quantity): boolean {
  const value = toKWh(quantity)
  return value !== null && compare(value, MOST_KWH) <= 0 && !value.startsWith('-')
}

function hasDate({ items }: Line): boolean {
  return items.some(({ token }) => token.kind === 'moment' && token.moment.date !== null)
}

/** A last line that adds up all others is no session. */
function isSumOf(one: Found, all: readonly Found[]): boolean {
  const others = all.filter((other) => other !== one)
  if (others.length < 2) return false
  const values = others.map(({ quantity }) => toKWh(quantity) ?? fromInteger(0))
  const sum = values.reduce<Decimal>((total, value) => add(total, value), fromInteger(0))
  return compare(sum, toKWh(one.quantity) ?? fromInteger(-1)) === 0
}

/** One for each amount; the same amount may be printed with fewer digits elsewhere. */
function distinct(energies: readonly Found[]): Found[] {
  const kept: Found[] = []
  for (const one of energies) {
    if (!kept.some(({ quantity }) => isSameEnergy(quantity, one.quantity))) kept.push(one)
  }
  return kept
}

/** @returns the amount with the most digits */
function finest(energies: readonly Found[]): Quantity | null {
  const length = ({ value }: Quantity) => value.replace(/\D/g, '').length
  return energies
    .map(({ quantity }) => quantity)
    .reduce<Quantity | null>(
      (best, q) => (best === null || length(q) > length(best) ? q : best),
      null,
    )
}

/** Lines that belong to a row above them. */
const ROW_REACH = 3

function rowStretch(row: Found, rows: readonly Found[], lines: readonly Line[]): Stretch {
  const next = rows.find(({ index }) => index > row.index)?.index ?? lines.length
  const end = Math.min(next, row.index + 1 + ROW_REACH)
  const own = lines.slice(row.index, end)
  // A row that goes on has names below it and no sums.
  const cut = own.findIndex(
    (line, at) =>
      at > 0 && (line.text.trim() === '' || SUM.test(line.text.toLowerCase()) || isPriced(line)),
  )
  const kept = cut < 0 ? own : own.slice(0, cut)
  return { lines: kept, row: true, alone: false, energy: row.quantity, at: row.line }
}

function isPriced(line: Line): boolean {
  return line.items.some((item) => {
    const { kind } = item.token
    return kind === 'price' || kind === 'money' || (kind === 'energy' && !isReadingIn(item, line))
  })
}

/** Readings of begin and end, and no amount of energy between them. */
function readingsAlone(lines: readonly Line[]): Stretch[] {
  const { beginReading, endReading } = factsOf(lines, false)
  const at = lines.find((line) => line.items.some((item) => isReadingIn(item, line)))
  if (beginReading === null || endReading === null || at === undefined) return []
  return [{ lines: [...lines], row: false, alone: true, energy: null, at }]
}

/** What may begin a block; the first that begins as many blocks as there are amounts. */
const STARTS: readonly ((line: Line) => boolean)[] = [
  ({ text }) =>
    /^\s*(?:\d{1,3}[.)]\s*)?(?:ladevorgang|ladesitzung|charging session|session|vorgang|transaktion|transaction)\b/iu.test(
      text,
    ),
  ({ items }) => items.some(({ token }) => token.kind === 'name' && token.of === 'session'),
  ({ items }) => items.some(({ token }) => token.kind === 'name' && token.of === 'evse'),
  ({ items }) => items.some((item) => isBeginning(item)),
  (line) => hasDate(line),
]

function isBeginning({ token, label }: Labelled): boolean {
  return token.kind === 'moment' && /beginn|start|von|from|begin/.test(label)
}

function blocksOf(lines: readonly Line[], energies: readonly Found[]): Stretch[] {
  for (const starts of STARTS) {
    const at = lines.flatMap((line, index) => (starts(line) ? [index] : []))
    if (at.length < 2) continue
    const blocks = at.map((from, n): Stretch | null => {
      const to = at[n + 1] ?? lines.length
      const own = energies.filter(({ index }) => index >= from && index < to)
      // What follows the last block may be sums.
      const [first] = distinct(own)
      if (first === undefined || distinct(own).length > 1) return null
      return {
        lines: lines.slice(from, n + 1 < at.length ? to : endOfBlock(lines, from)),
        row: false,
        alone: false,
        energy: finest(own),
        at: first.line,
      }
    })
    const before = energies.some(({ index }) => index < (at[0] ?? 0))
    if (!before && blocks.every((block) => block !== null)) return blocks
  }
  return []
}

function endOfBlock(lines: readonly Line[], from: number): number {
  const sum = lines.findIndex(({ text }, index) => index > from && SUM.test(text.toLowerCase()))
  return sum < 0 ? lines.length : sum
}

/** As much of the text as people want to see. */
const PASSAGE = 240

function claimOf(
  { lines, row, alone, energy, at }: Stretch,
  whole: Facts,
  kind: 'bill' | 'credit',
  origin: Origin[],
): InvoiceClaim {
  const own = alone ? whole : factsOf(lines, row)
  const { names } = own
  return {
    ...emptyClaim('text', kind, origin),
    passage: passageOf(alone ? [at] : lines),
    invoice: whole.names.invoice,
    session: names.session,
    evse: names.evse,
    // What is said once for all rows holds for each.
    meter: names.meter ?? whole.names.meter,
    user: names.user ?? whole.names.user,
    begin: own.begin,
    end: own.end,
    durationS: own.durationS,
    energy,
    beginReading: own.beginReading,
    endReading: own.endReading,
    prices: own.prices,
    currency: whole.currency,
    ...(alone ? sumsOf(lines) : {}),
  }
}

function passageOf(lines: readonly Line[]): string {
  const text = lines.map((line) => line.text.trim().replace(/\s+/g, ' ')).join(' / ')
  return text.length > PASSAGE ? `${text.slice(0, PASSAGE)}…` : text
}

const NET = /netto|net(?: amount)?(?!\p{L})|excl/u
const GROSS =
  /brutto|gross|gesamtbetrag|rechnungsbetrag|zu zahlen|zahlbetrag|total due|amount due|endbetrag/u
const VAT = /mwst|ust(?!\p{L})|umsatzsteuer|mehrwertsteuer|vat(?!\p{L})/u

type Sums = Pick<InvoiceClaim, 'net' | 'vatRate' | 'vat' | 'gross'>

/** Sums of the bill, where each is named once and stands alone in its line. */
function sumsOf(lines: readonly Line[]): Sums {
  const found: Record<'net' | 'vat' | 'gross' | 'rate', Decimal[]> = {
    net: [],
    vat: [],
    gross: [],
    rate: [],
  }
  for (const { text, items } of lines) {
    const words = text.toLowerCase()
    const money = items.flatMap(({ token }) => valueOf(token, 'money'))
    const rates = items.flatMap(({ token }) => valueOf(token, 'percent'))
    const [amount] = money
    if (
      amount === undefined ||
      money.length > 1 ||
      items.some(({ token }) => token.kind === 'price')
    )
      continue
    if (VAT.test(words) && rates.length === 1 && !NET.test(words) && !GROSS.test(words)) {
      found.vat.push(amount)
      found.rate.push(...rates)
    } else if (NET.test(words) && !GROSS.test(words) && !VAT.test(words)) found.net.push(amount)
    else if (GROSS.test(words) && !NET.test(words)) found.gross.push(amount)
  }
  const one = (values: readonly Decimal[]) =>
    new Set(values).size === 1 ? (values[0] ?? null) : null
  return {
    net: one(found.net),
    vatRate: one(found.rate),
    vat: one(found.vat),
    gross: one(found.gross),
  }
}

function valueOf(token: Token, kind: 'money' | 'percent'): Decimal[] {
  return token.kind === kind && token.value !== null ? [token.value] : []
}

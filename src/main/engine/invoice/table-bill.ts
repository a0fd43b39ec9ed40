/**
 * Tables of charging sessions: exports of fleets and wallboxes, one session a row.
 *
 * A table is one only where a row of heads names an energy and either a beginning or a number of the
 * session; columns are known by their heads, whatever their order. A cell that can be read in two
 * ways, or an energy without a unit, gives no value. Source: formats documentation of bills, F.1 and F.4.
 *
 * @module
 */
import {
  type Decimal,
  compare,
  decimals,
  fromInteger,
  multiply,
  parseDecimal,
  round,
} from '../../../shared/decimal.ts'
import { type LooseFinding, looseFinding } from '../../../shared/model/finding.ts'
import { type InvoiceClaim, emptyClaim } from '../../../shared/model/invoice.ts'
import { type Quantity, toKWh } from '../../../shared/model/reading.ts'
import type { Origin } from '../../../shared/model/record.ts'
import {
  type CivilDate,
  type ClockTime,
  type SlashOrder,
  claimedTime,
  isoMoment,
  momentsIn,
  slashOrderOf,
} from './moments.ts'
import { type NumberStyle, readNumber, styleOf } from './numbers.ts'

export interface TableRow {
  cells: readonly string[]
  /** Its number in the file, from 1. */
  number: number
}

export interface TableBill {
  claims: InvoiceClaim[]
  findings: LooseFinding[]
}

type Column =
  | 'energy'
  | 'begin'
  | 'end'
  | 'date'
  | 'duration'
  | 'evse'
  | 'session'
  | 'meter'
  | 'beginReading'
  | 'endReading'
  | 'user'
  | 'invoice'
  | 'price'
  | 'energyAmount'
  | 'net'
  | 'vat'
  | 'vatRate'
  | 'gross'
  | 'currency'

/** Heads without units, blanks and signs: `"Geladene Energie [kWh]"` is `"geladeneenergie"`. */
const HEADS: Record<Column, RegExp> = {
  energy:
    /^(?:(?:geladene?|verbrauchte|abgegebene|bezogene)?(?:energie|strommenge|energiemenge|lademenge)|menge|verbrauch|kwh|wh|geladenekwh|verbrauchkwh|mengekwh|(?:charged|delivered|consumed|total)?energy(?:consumed|charged|delivered|kwh|wh)?|consumption)$/,
  begin:
    /^(?:(?:lade)?(?:beginn|start)(?:zeit(?:punkt)?|datum|am|um)?|von|begin|started(?:at)?|start(?:date)?time|startdate|begintime|sessionstart|chargingstart|startofcharge)$/,
  end: /^(?:(?:lade)?(?:ende|stopp?)(?:zeit(?:punkt)?|datum|am|um)?|bis|end|ended(?:at)?|stopped(?:at)?|(?:end|stop)(?:date)?time|enddate|sessionend|chargingend|endofcharge)$/,
  date: /^(?:datum|ladedatum|leistungsdatum|tag|date|day)$/,
  duration: /^(?:(?:lade)?dauer|ladezeit|(?:charging)?duration)$/,
  evse: /^(?:evse(?:id)?|ladepunkt(?:id|nummer|nr)?|ladestation(?:id)?|ladeeinrichtung|chargepoint(?:id)?|chargingpoint(?:id)?|station(?:id)?|charger(?:id)?)$/,
  session:
    /^(?:vorgang(?:s?id|s?nummer|s?nr)?|ladevorgang(?:s?id|s?nummer|s?nr)?|ladeid|transaktion(?:s?id|s?nummer|s?nr)?|(?:charging)?session(?:id|number)?|transaction(?:id|number)?|cdrid)$/,
  meter:
    /^(?:zähler(?:nummer|nr|id|seriennummer)?|zaehler(?:nummer|nr|id|seriennummer)|meter(?:id|number|no|serial(?:number)?)?)$/,
  beginReading:
    /^(?:z(?:ä|ae)hlerstand(?:beginn|start|anfang|vorher|alt)|(?:anfangs|start)z(?:ä|ae)hlerstand|anfangsstand|startmeter(?:value)?|meter(?:reading|value)?(?:start|begin))$/,
  endReading:
    /^(?:z(?:ä|ae)hlerstand(?:ende|stopp?|nachher|neu)|endz(?:ä|ae)hlerstand|endstand|endmeter(?:value)?|meter(?:reading|value)?(?:end|stop))$/,
  user: /^(?:rfid(?:karte|tag|nummer)?|karten?(?:nummer|nr|id)|emaid|vertrags?(?:id|nummer)|contractid|idtag|token(?:id)?|cardnumber)$/,
  invoice: /^(?:rechnung(?:s?nummer|s?nr|s?id)|belegnummer|belegnr|invoice(?:number|no|id))$/,
  price: /^(?:preis(?:je|pro|\/)?kwh|arbeitspreis|energiepreis|price(?:per|\/)?kwh|unitprice)$/,
  energyAmount: /^(?:energiekosten(?:netto)?|stromkosten(?:netto)?|energycost(?:s|net)?)$/,
  net: /^(?:netto(?:betrag|kosten|summe)?|(?:betrag|gesamt(?:betrag|kosten)?|kosten|summe)netto|net(?:amount|total|price)?|totalnet)$/,
  vat: /^(?:mwst|ust|mehrwertsteuer|umsatzsteuer|vat)(?:betrag|amount)?$/,
  vatRate: /^(?:mwst|ust|mehrwertsteuer|umsatzsteuer|vat)(?:satz|rate|prozent|percent)$/,
  gross:
    /^(?:brutto(?:betrag|kosten|summe)?|(?:betrag|gesamt(?:betrag|kosten)?|kosten|summe)brutto|gross(?:amount|total|price)?|totalgross)$/,
  currency: /^(?:währung|waehrung|currency)$/,
}
const COLUMNS = Object.keys(HEADS) as Column[]

/** A row of heads stands within so many rows, and has so many columns at least. */
const HEAD_ROWS = 40
const LEAST_COLUMNS = 3
/** No table of sessions has more. */
export const MOST_COLUMNS = 256

interface Head {
  row: number
  columns: Map<Column, number>
  /** As written, by column. */
  names: readonly string[]
}

/** @returns where the heads stand; null for a table of something else */
export function findHead(rows: readonly TableRow[]): Head | null {
  for (const [row, { cells }] of rows.slice(0, HEAD_ROWS).entries()) {
    if (cells.filter((cell) => cell.trim() !== '').length < LEAST_COLUMNS) continue
    const heads = cells.slice(0, MOST_COLUMNS).map((cell) => plainHead(cell.slice(0, LONGEST)))
    const columns = new Map<Column, number>()
    for (const column of COLUMNS) {
      const at = heads.findIndex((head) => HEADS[column].test(head))
      if (at >= 0) columns.set(column, at)
    }
    const dated = columns.has('begin') || columns.has('date') || columns.has('session')
    if (columns.has('energy') && dated) return { row, columns, names: cells }
  }
  return null
}

const UNIT_OF_HEAD = /[([/]\s*(?:in\s+)?([^)\]]{1,12})[)\]]?\s*$|\bin\s+(\S{1,8})\s*$/i

function plainHead(text: string): string {
  const bare = text.replace(/\([^)]*\)|\[[^\]]*\]|\bin\s+(?:kWh|Wh|min|h|s|€|EUR|Euro)\s*$/gi, '')
  return (bare.trim() === '' ? text : bare).toLowerCase().replace(/[^\p{L}\p{N}/]/gu, '')
}

/** @param style decimal sign of the numbers, where the file says it */
export function readTableBill(
  rows: readonly TableRow[],
  origin: Origin[],
  most: number,
  style: NumberStyle = null,
): TableBill {
  const head = findHead(rows)
  if (head === null) return { claims: [], findings: [] }
  const body = rows.slice(head.row + 1).filter(({ cells }) => !isSum(cells, head))
  const table: Table = { head, ...manners(body, head, style) }
  const claims: InvoiceClaim[] = []
  const unitless = new Set<string>()
  for (const row of body) {
    const claim = claimOf(row, table, origin, unitless)
    if (claim !== null) claims.push(claim)
    if (claims.length > most) break
  }
  const findings = [...unitless].map((quantity) => looseFinding('INV-UNIT', { quantity }))
  if (claims.length > most) {
    claims.length = most
    findings.push(looseFinding('IN-TOOBIG', { limit: `${most} bills` }, { severity: 'warning' }))
  }
  return { claims, findings: findings.slice(0, MOST_FINDINGS) }
}

const MOST_FINDINGS = 5

interface Table {
  head: Head
  style: NumberStyle
  slashes: SlashOrder
}

/** How the numbers and dates of a table are written: only all of them show it. */
function manners(body: readonly TableRow[], { columns }: Head, style: NumberStyle) {
  const textOf = (names: readonly Column[]) =>
    body
      .slice(0, 2_000)
      .flatMap(({ cells }) => names.map((name) => cells[columns.get(name) ?? -1] ?? ''))
      .join('\n')
  return {
    style: style ?? styleOf(textOf(NUMBERS)),
    slashes: slashOrderOf(`EUR ${textOf(['begin', 'end', 'date'])}`),
  }
}

const NUMBERS: readonly Column[] = [
  'energy',
  'beginReading',
  'endReading',
  'price',
  'energyAmount',
  'net',
  'vat',
  'vatRate',
  'gross',
]

const SUM = /^\s*(?:summen?|gesamt(?:summe)?|total|zwischensumme|insgesamt|subtotal|sum)\b/iu

/** A row with a number of its session or a time is one, whatever the station is called ("Total Nord"). */
function isSum(cells: readonly string[], { columns }: Head): boolean {
  const written = ['session', 'begin', 'date'].some((column) => {
    const cell = cells[columns.get(column as Column) ?? -1]?.trim() ?? ''
    return cell !== '' && !SUM.test(cell)
  })
  return !written && cells.some((cell) => SUM.test(cell))
}

function claimOf(
  { cells, number }: TableRow,
  table: Table,
  origin: Origin[],
  unitless: Set<string>,
): InvoiceClaim | null {
  const { columns } = table.head
  const cell = (column: Column) => {
    const text = cells[columns.get(column) ?? -1]?.trim() ?? ''
    return text === '' || /^[-–—]+$/.test(text) ? null : text.slice(0, LONGEST)
  }
  const quantity = (column: Column) => quantityIn(cell(column), column, table, unitless)
  const decimal = (column: Column) => numberIn(cell(column), table.style)
  const energy = plausible(quantity('energy'))
  const times = timesIn(cell, table)
  const session = cell('session')
  if (energy === null && times.begin === null && times.end === null) return null
  if (energy === null && session === null && quantity('endReading') === null) return null
  const place: Origin = { step: 'text', name: `row ${number}` }
  const taken = energy !== null && energy.value.startsWith('-')
  const price = decimal('price')
  const amount = decimal('energyAmount')
  return {
    ...emptyClaim('table', taken ? 'credit' : 'bill', [...origin, place]),
    passage: passageOf(cells),
    invoice: cell('invoice'),
    session,
    evse: EVSE.exec(cell('evse') ?? '')?.[0] ?? null,
    meter: cell('meter'),
    user: cell('user'),
    ...times,
    durationS: durationIn(cell('duration'), table),
    energy,
    beginReading: quantity('beginReading'),
    endReading: quantity('endReading'),
    prices:
      price === null && amount === null
        ? []
        : [
            {
              what: 'energy',
              quantity: energy?.value ?? null,
              unit: energy?.unitText ?? null,
              unitPrice: price,
              base: null,
              amount,
            },
          ],
    currency: currencyOf(cell('currency'), table.head),
    net: decimal('net'),
    vatRate: decimal('vatRate'),
    vat: decimal('vat'),
    gross: decimal('gross'),
  }
}

/** A cell is no longer than that; what is longer is no name and no number. */
const LONGEST = 120
/** As ISO 15118 and the identifiers of DIN 91286 have it. */
const EVSE =
  /(?<![A-Z0-9*])(?=[A-Z0-9*]*\d)[A-Z]{2}\*?[A-Z0-9]{3}\*?E[A-Z0-9*]{1,30}(?![A-Z0-9])|\+?49\*\d{3}\*[\d*]{1,32}/
const PASSAGE = 240

function passageOf(cells: readonly string[]): string {
  const text = cells
    .map((cell) => cell.trim().replace(/\s+/g, ' '))
    .filter((cell) => cell !== '')
    .join(' | ')
  return text.length > PASSAGE ? `${text.slice(0, PASSAGE)}…` : text
}

const NUMBER_IN_CELL = /^\s*([+\-−]?[\d.,'’\u00a0\u202f\u2009]*\d)\s*([\p{L}€%/]{0,12})\s*$/u
const UNITS: Record<string, Quantity['unit']> = { kwh: 'kWh', wh: 'Wh' }

function quantityIn(
  text: string | null,
  column: Column,
  { head, style }: Table,
  unitless: Set<string>,
): Quantity | null {
  const [, digits = '', own = ''] = NUMBER_IN_CELL.exec(text ?? '') ?? []
  const value = digits === '' ? null : sensible(readNumber(digits, style))
  if (value === null) return null
  const name = head.names[head.columns.get(column) ?? -1] ?? ''
  const unitText = own !== '' ? own : unitOf(name)
  const unit = UNITS[unitText.toLowerCase()]
  if (unit !== undefined) return { value, unit, unitText }
  if (column === 'energy') unitless.add(name.slice(0, LONGEST))
  return null
}

function unitOf(head: string): string {
  const text = head.slice(0, LONGEST)
  const [, first, second] = UNIT_OF_HEAD.exec(text) ?? []
  return (first ?? second)?.trim() ?? /\b(k?Wh)\s*$/i.exec(text)?.[1] ?? ''
}

function numberIn(text: string | null, style: NumberStyle): Decimal | null {
  const [, digits = ''] = NUMBER_IN_CELL.exec((text ?? '').replace(/^[€$]\s*/, '')) ?? []
  return digits === '' ? null : sensible(readNumber(digits, style))
}

/** Spreadsheets keep binary fractions: what stands behind the ninth decimal is their noise. */
const MOST_DECIMALS = 9

function sensible(value: Decimal | null): Decimal | null {
  if (value === null || decimals(value) <= MOST_DECIMALS) return value
  return parseDecimal(round(value, MOST_DECIMALS).replace(/\.?0+$/, ''))
}

const MOST_KWH = fromInteger(1000)

/** More than that nobody charges in one session: the decimal sign is meant otherwise. */
function plausible(energy: Quantity | null): Quantity | null {
  const value = energy === null ? null : toKWh(energy)
  if (value === null) return null
  return compare(value.replace('-', '') as Decimal, MOST_KWH) <= 0 ? energy : null
}

type Times = Pick<InvoiceClaim, 'begin' | 'end'>

/** Beginning and end, with the date in a column of its own where they have none. */
function timesIn(cell: (column: Column) => string | null, { slashes }: Table): Times {
  const day = dateIn(cell('date'), slashes)
  const begin = timeIn(cell('begin'), day, slashes) ?? timeIn(cell('date'), null, slashes)
  const end = timeIn(cell('end'), day, slashes)
  const overnight = begin?.epochMs != null && end?.epochMs != null && end.epochMs < begin.epochMs
  // A time of day before the beginning belongs to the next day, which nobody wrote.
  return { begin, end: overnight ? null : end }
}

function dateIn(text: string | null, slashes: SlashOrder): CivilDate | null {
  if (text === null) return null
  const serial = serialMoment(text)
  if (serial !== null) return serial.date
  return momentsIn(text, slashes).find(({ date }) => date !== null)?.date ?? null
}

function timeIn(text: string | null, day: CivilDate | null, slashes: SlashOrder) {
  if (text === null) return null
  const serial = serialMoment(text)
  if (serial !== null) return claimedTime(serial.date, serial.clock, serial.text)
  const iso = isoMoment(text)
  if (iso !== null) return iso
  const [moment, ...others] = momentsIn(text, slashes)
  if (moment === undefined || others.length > 0) return null
  const date = moment.date ?? day
  return date === null ? null : claimedTime(date, moment.clock, text, moment.offsetMin)
}

/** Days since 1899-12-30, as spreadsheets keep a time (ECMA-376 part 1, 18.17.4.1). */
function serialMoment(
  text: string,
): { date: CivilDate; clock: ClockTime | null; text: string } | null {
  const [, days = '', fraction = ''] = /^([3-7]\d{4})(?:\.(\d{1,17}))?$/.exec(text.trim()) ?? []
  if (days === '') return null
  // Whole seconds; the fraction of a day is a binary one.
  const ofDay = Math.round(Number(`0.${fraction === '' ? '0' : fraction}`) * 86_400)
  const moment = new Date((Number(days) - 25_569) * 86_400_000 + ofDay * 1000)
  const written = moment.toISOString()
  const date = {
    year: moment.getUTCFullYear(),
    month: moment.getUTCMonth() + 1,
    day: moment.getUTCDate(),
  }
  if (fraction === '') return { date, clock: null, text: written.slice(0, 10) }
  const clock = {
    hour: moment.getUTCHours(),
    minute: moment.getUTCMinutes(),
    second: moment.getUTCSeconds(),
  }
  return { date, clock, text: written.slice(0, 19).replace('T', ' ') }
}

const SECONDS: Record<string, number> = { s: 1, sec: 1, sek: 1, min: 60, h: 3600, std: 3600 }

function durationIn(text: string | null, { head, style }: Table): Decimal | null {
  if (text === null) return null
  const clock = /^(\d{1,3}):([0-5]\d)(?::([0-5]\d))?$/.exec(text)
  if (clock !== null) {
    const [, hours = '0', minutes = '0', seconds = '0'] = clock
    return fromInteger(Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds))
  }
  const [, digits = '', own = ''] = NUMBER_IN_CELL.exec(text) ?? []
  const value = digits === '' ? null : readNumber(digits, style)
  const unit = own !== '' ? own : unitOf(head.names[head.columns.get('duration') ?? -1] ?? '')
  const factor = SECONDS[unit.toLowerCase().replace(/\.$/, '')]
  return value === null || factor === undefined ? null : multiply(value, fromInteger(factor))
}

function currencyOf(cell: string | null, { names, columns }: Head): string | null {
  if (cell !== null) return /^[A-Z]{3}$/.test(cell) ? cell : cell === '€' ? 'EUR' : null
  const priced = [...columns].flatMap(([column, at]) =>
    NUMBERS.slice(3).includes(column) ? [names[at] ?? ''] : [],
  )
  return priced.some((name) => /€|\bEUR\b|\bEuro\b/i.test(name)) ? 'EUR' : null
}

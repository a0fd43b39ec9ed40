/**
 * What a stretch of a bill says of one charging session.
 *
 * Only what is said once counts: two different beginnings are none. Source: formats documentation
 * of bills, F.1, F.4.
 *
 * @module
 */
import {
  type Decimal,
  compare,
  decimals,
  divideExactly,
  magnitude,
  multiply,
  round,
  shift,
  subtract,
} from '../../../shared/decimal.ts'
import type { ClaimedPrice, ClaimedTime } from '../../../shared/model/invoice.ts'
import { type Quantity, toKWh } from '../../../shared/model/reading.ts'
import type { Labelled, Line } from './lines.ts'
import { type CivilDate, type ClockTime, type MomentToken, claimedTime } from './moments.ts'
import { isWithin } from './amounts.ts'
import type { NameKind, PriceUnit, Token } from './tokens.ts'

export interface Facts {
  names: Record<NameKind, string | null>
  begin: ClaimedTime | null
  end: ClaimedTime | null
  durationS: Decimal | null
  beginReading: Quantity | null
  endReading: Quantity | null
  prices: ClaimedPrice[]
  currency: string | null
}

const WORD = (words: string) => new RegExp(`(?<![\\p{L}])(?:${words})(?![\\p{L}])`, 'u')
const BEGIN = WORD(
  '(?:lade)?(?:beginn|start)(?:zeit(?:punkt)?)?|von|begin|start(?:ed)?(?: time)?|from|angesteckt|anfang',
)
const END = WORD(
  '(?:lade)?ende?(?:zeit(?:punkt)?)?|bis|stop(?:ped|p)?|end(?:ed)?(?: time)?|until|beendet|abgesteckt|finished',
)
const RANGE = /^\s*(?:-|–|—|bis|to|until|→)\s*(?:um\s*)?$/
const READING =
  /zählerst[aä]nd|anfangs-?(?:zähler)?stand|end-?(?:zähler)?stand|zähler (?:alt|neu)|meter (?:reading|start|stop|end|value)|reading|register/
const READING_BEGIN = /anfang|beginn|start|alt(?!\p{L})|begin/u
const READING_END = /ende?(?!\p{L})|endstand|stop|neu(?!\p{L})|end-/u
/** The day of a session, where no time is given. */
const DAY =
  /lade(?:datum|tag)|leistungs(?:datum|zeit)|liefer(?:datum|zeit)|datum (?:der ladung|des ladevorgangs)|date of (?:supply|charging|charge)|charging date|charged on|geladen am|ladevorgang (?:vom|am)/
/** Dates and numbers of the bill itself. */
const OF_BILL =
  /rechnung|invoice|fällig|due|bezahl|paid|gedruckt|printed|erstellt|issue|ausgestellt|buchung|valid|gültig|zahlbar|beleg|receipt|seit|since/
const DURATION = /dauer|duration|ladezeit|charging time|zeit/
const OTHER_DURATION = /blockier|stand(?:geb|zeit)|idle|overstay|parking|frei|free|nach|after|ab /

/** @param row all of it stands in one row, so that times need no label */
export function factsOf(lines: readonly Line[], row: boolean): Facts {
  const items = lines.flatMap((line) => line.items)
  const times = timesOf(lines, row)
  return {
    names: namesOf(items),
    ...times,
    durationS: only(
      items.flatMap((item) => durationOf(item, row)),
      (a, b) => a === b,
    ),
    ...readingsOf(lines),
    ...pricesOf(lines),
  }
}

function namesOf(items: readonly Labelled[]): Facts['names'] {
  const name = (of: NameKind) => {
    const all = items.flatMap(({ token }) =>
      token.kind === 'name' && token.of === of ? token.text : [],
    )
    return only(all, (a, b) => a === b)
  }
  return {
    evse: name('evse'),
    meter: name('meter'),
    session: name('session'),
    user: name('user'),
    invoice: name('invoice'),
  }
}

/** @returns the one value there is; null for none and for several */
function only<T>(values: readonly T[], same: (a: T, b: T) => boolean): T | null {
  const [first] = values
  if (first === undefined) return null
  return values.every((value) => same(value, first)) ? first : null
}

function durationOf({ token, label }: Labelled, row: boolean): Decimal[] {
  if (OTHER_DURATION.test(label)) return []
  if (token.kind === 'duration') return row || DURATION.test(label) ? [token.seconds] : []
  // 1:29:37 behind the word for a duration is none of a clock.
  if (token.kind !== 'moment' || token.moment.date !== null || !/dauer|duration/.test(label))
    return []
  return secondsOf(token.moment)
}

function secondsOf({ clock, text }: MomentToken): Decimal[] {
  if (clock === null || !/^\d{1,2}:\d{2}(?::\d{2})?$/.test(text)) return []
  return [String(clock.hour * 3600 + clock.minute * 60 + (clock.second ?? 0)) as Decimal]
}

type Moment = Labelled & { token: Extract<Token, { kind: 'moment' }> }
const isMoment = (item: Labelled): item is Moment => item.token.kind === 'moment'

interface Times {
  begin: ClaimedTime | null
  end: ClaimedTime | null
}

function timesOf(lines: readonly Line[], row: boolean): Times {
  const found: { begin: ClaimedTime[]; end: ClaimedTime[]; day: ClaimedTime[] } = {
    begin: [],
    end: [],
    day: [],
  }
  let date: CivilDate | null = dayOf(lines, row)
  for (const { text, items } of lines) {
    const moments = items
      .filter(isMoment)
      .filter(({ label }) => !OF_BILL.test(label) && !/dauer|duration/.test(label))
    for (const [index, item] of moments.entries()) {
      const { moment } = item.token
      date = moment.date ?? date
      const next = moments[index + 1]
      const ranged = next !== undefined && RANGE.test(text.slice(moment.to, next.token.moment.from))
      if (ranged && moment.clock !== null) {
        const to = next.token.moment
        add(found.begin, timeOf(moment, date))
        add(found.end, timeOf(to, to.date ?? dayAfter(date, moment.clock, to.clock)))
        moments.splice(index + 1, 1)
        date = to.date ?? date
      } else if (moment.clock === null) {
        if (DAY.test(item.label)) add(found.day, timeOf(moment, date))
      } else if (isBegin(item.label)) add(found.begin, timeOf(moment, date))
      else if (END.test(item.label)) add(found.end, laterThan(found.begin.at(-1), moment, date))
    }
    if (row && found.begin.length === 0 && found.end.length === 0) inOrder(moments, date, found)
  }
  const begin =
    only(found.begin, isSameTime) ?? (found.begin.length > 0 ? null : only(found.day, isSameTime))
  const end = only(found.end, isSameTime)
  // Times that run backwards were not understood.
  const backwards = begin?.epochMs != null && end?.epochMs != null && end.epochMs < begin.epochMs
  return backwards ? { begin: null, end: null } : { begin, end }
}

function isBegin(label: string): boolean {
  return BEGIN.test(label) && !(END.test(label) && lastOf(END, label) > lastOf(BEGIN, label))
}

function lastOf(pattern: RegExp, text: string): number {
  return [...text.matchAll(new RegExp(pattern.source, 'gu'))].at(-1)?.index ?? -1
}

/** The one date that the session is said to be of. */
function dayOf(lines: readonly Line[], row: boolean): CivilDate | null {
  const dates = lines.flatMap(({ items }) =>
    items.filter(isMoment).flatMap(({ label, token }) => {
      const { date, clock } = token.moment
      const own = row ? !OF_BILL.test(label) : DAY.test(label) && clock === null
      return date !== null && own ? [date] : []
    }),
  )
  return only(dates, (a, b) => a.year === b.year && a.month === b.month && a.day === b.day)
}

/** In a row without words: date and time, or date, begin and end. */
function inOrder(
  moments: readonly Moment[],
  date: CivilDate | null,
  found: { begin: ClaimedTime[]; end: ClaimedTime[]; day: ClaimedTime[] },
): void {
  const [first, second, ...more] = moments.map(({ token }) => token.moment)
  if (first === undefined || more.length > 1) return
  if (first.clock === null) {
    const [from, to] = [second, more[0]]
    if (from === undefined) add(found.day, timeOf(first, first.date))
    else if (from.clock !== null && from.date === null) {
      add(found.begin, timeOf(from, first.date))
      if (to?.clock != null)
        add(found.end, timeOf(to, to.date ?? dayAfter(first.date, from.clock, to.clock)))
    }
    return
  }
  if (more.length > 0) return
  add(found.begin, timeOf(first, first.date ?? date))
  if (second?.clock != null) {
    add(
      found.end,
      timeOf(second, second.date ?? dayAfter(first.date ?? date, first.clock, second.clock)),
    )
  }
}

function add(list: ClaimedTime[], time: ClaimedTime | null): void {
  if (time !== null) list.push(time)
}

function isSameTime(a: ClaimedTime, b: ClaimedTime): boolean {
  if (a.epochMs === null || b.epochMs === null) return false
  const seconds = Math.abs(a.epochMs - b.epochMs) / 1000
  // A line may print minutes where another prints seconds.
  return seconds === 0 || (a.precision !== b.precision && seconds < 60 && a.precision !== 'day')
}

function timeOf({ clock, text, offsetMin, date: own }: MomentToken, date: CivilDate | null) {
  if (date === null) return null
  const written = own === null ? `${isoDate(date)} ${text}` : text
  return claimedTime(date, clock, written, offsetMin)
}

function isoDate({ year, month, day }: CivilDate): string {
  return [year, month, day].map((part) => String(part).padStart(2, '0')).join('-')
}

/** An end without a date lies on the day of the beginning, or on the next. */
function laterThan(begin: ClaimedTime | undefined, moment: MomentToken, date: CivilDate | null) {
  const end = timeOf(moment, date)
  if (moment.date !== null || end?.epochMs == null || begin?.epochMs == null) return end
  return end.epochMs >= begin.epochMs || date === null ? end : timeOf(moment, nextDay(date))
}

function dayAfter(date: CivilDate | null, from: ClockTime, to: ClockTime | null): CivilDate | null {
  if (date === null || to === null) return date
  const before = to.hour * 60 + to.minute < from.hour * 60 + from.minute
  return before ? nextDay(date) : date
}

function nextDay({ year, month, day }: CivilDate): CivilDate {
  const next = new Date(Date.UTC(year, month - 1, day + 1))
  return { year: next.getUTCFullYear(), month: next.getUTCMonth() + 1, day: next.getUTCDate() }
}

export function isReading({ label }: Labelled): boolean {
  return READING.test(label)
}

type Energy = Extract<Token, { kind: 'energy' }>

export function quantityOf({ value, unit }: Energy): Quantity | null {
  return value === null ? null : { value, unit, unitText: unit }
}

function readingsOf(lines: readonly Line[]): Pick<Facts, 'beginReading' | 'endReading'> {
  const found: { begin: Quantity[]; end: Quantity[] } = { begin: [], end: [] }
  for (const { text, items } of lines) {
    const readings = items.filter(
      (item): item is Labelled & { token: Energy } =>
        item.token.kind === 'energy' && readingLabel(item, items, text),
    )
    const [first, second] = readings
    const between = second === undefined ? '' : text.slice(first?.token.to, second.token.from)
    if (first !== undefined && second !== undefined && RANGE.test(between)) {
      push(found.begin, quantityOf(first.token))
      push(found.end, quantityOf(second.token))
      continue
    }
    for (const { token, label } of readings) {
      if (READING_END.test(label)) push(found.end, quantityOf(token))
      else if (READING_BEGIN.test(label)) push(found.begin, quantityOf(token))
    }
  }
  const same = (a: Quantity, b: Quantity) => a.unit === b.unit && compare(a.value, b.value) === 0
  return { beginReading: only(found.begin, same), endReading: only(found.end, same) }
}

/** Behind the word for a reading, or behind another reading of the same line. */
function readingLabel(item: Labelled, items: readonly Labelled[], text: string): boolean {
  if (isReading(item)) return true
  const at = items.indexOf(item)
  const before = items[at - 1]
  if (before === undefined || before.token.kind !== 'energy' || !isReading(before)) return false
  return RANGE.test(text.slice(before.token.to, item.token.from)) || END.test(item.label)
}

function push<T>(list: T[], value: T | null): void {
  if (value !== null) list.push(value)
}

/** @returns whether an energy of a line is a reading of the meter */
export function isReadingIn(item: Labelled, { items, text }: Line): boolean {
  return readingLabel(item, items, text)
}

/**
 * One price for a kWh, with quantity and amount of its line. Of several amounts the one that fits is
 * meant; where none fits, nobody knows which.
 */
function pricesOf(lines: readonly Line[]): Pick<Facts, 'prices' | 'currency'> {
  const currencies = new Set(
    lines.flatMap(({ items }) =>
      items.flatMap(({ token: t }) => (t.kind === 'money' || t.kind === 'price' ? t.currency : [])),
    ),
  )
  const prices = lines.flatMap(priceOf)
  const currency = currencies.size === 1 ? ([...currencies][0] ?? null) : null
  return { prices: currencies.size > 1 ? [] : prices, currency }
}

const PRICED = { kWh: 'energy', min: 'time', h: 'time', session: 'session' } as const
const BLOCKING = /blockier|standgeb|standzeit|idle|overstay|parking/

function priceOf(line: Line): ClaimedPrice[] {
  const { items, text } = line
  const prices = items.flatMap(({ token }) => (token.kind === 'price' ? [token] : []))
  const [price, more] = prices
  if (price === undefined || more !== undefined || price.value === null) return []
  const quantity = quantityFor(price.per, line)
  if (quantity === null) return []
  const amounts = items.flatMap(({ token }) =>
    token.kind === 'money' && token.value !== null && token.from > price.from ? [token.value] : [],
  )
  const exact = round(multiply(quantity, price.value), 2)
  const fitting = amounts.find((amount) => isWithin(amount, exact, '0.01' as Decimal))
  const what =
    price.per !== 'kWh' && BLOCKING.test(text.toLowerCase()) ? 'blocking' : PRICED[price.per]
  const amount = fitting ?? (amounts.length === 1 ? (amounts[0] ?? null) : null)
  return [{ what, quantity, unit: price.per, unitPrice: price.value, base: null, amount }]
}

function quantityFor(per: PriceUnit, line: Line): Decimal | null {
  const found = line.items.flatMap((item): Decimal[] => {
    const { token } = item
    if (per === 'kWh' && token.kind === 'energy' && !isReadingIn(item, line)) {
      const quantity = quantityOf(token)
      return quantity === null ? [] : [toKWh(quantity) ?? []].flat()
    }
    if (per !== 'kWh' && token.kind === 'duration') {
      const parts = per === 'min' ? 60n : 3600n
      const value = divideExactly(token.seconds, parts)
      return value === null ? [] : [value]
    }
    return []
  })
  return only(found, (a, b) => compare(a, b) === 0)
}

/** @returns whether two energies are one, perhaps printed with fewer digits */
export function isSameEnergy(a: Quantity, b: Quantity): boolean {
  const [one, other] = [toKWh(a), toKWh(b)]
  if (one === null || other === null) return false
  const unit = shift('1' as Decimal, -Math.min(decimals(one), decimals(other)))
  return compare(magnitude(subtract(one, other)), unit) < 0
}

/**
 * Dates and times as bills print them, German and English.
 *
 * Without an offset German legal time is meant. Which of two numbers is the month is asked of the
 * whole document; where it stays open, there is no date. Source: formats documentation of bills, F.4.
 *
 * @module
 */
import type { ClaimedTime } from '../../../shared/model/invoice.ts'
import { germanMoment } from '../codec/german-time.ts'
import { epochMs, isCivilTime } from '../codec/time.ts'

export interface CivilDate {
  year: number
  month: number
  day: number
}

export interface ClockTime {
  hour: number
  minute: number
  /** null: not written. */
  second: number | null
}

/** A date, a time of day, or both, where they stand in a line. */
export interface MomentToken {
  from: number
  to: number
  text: string
  date: CivilDate | null
  clock: ClockTime | null
  /** Offset from UTC in minutes; null where none is written. */
  offsetMin: number | null
}

/** Order of day and month between slashes; null where the document does not show it. */
export type SlashOrder = 'day-first' | 'month-first' | null

const MONTHS: readonly string[] = [
  'jan',
  'feb',
  'mar mär mrz',
  'apr',
  'may mai',
  'jun',
  'jul',
  'aug',
  'sep',
  'oct okt',
  'nov',
  'dec dez',
]
const MONTH_NAME =
  '(?:Jan(?:uar|uary)?|Feb(?:ruar|ruary)?|M(?:är|rz|ar)(?:z|ch)?|Apr(?:il)?|Ma[iy]|Jun[ie]?|Jul[iy]?|Aug(?:ust)?|Sept?(?:ember)?|O[kc]t(?:ober)?|Nov(?:ember)?|De[cz](?:ember)?)'

const DATES: {
  pattern: string
  read: (parts: string[], slashes: SlashOrder) => CivilDate | null
}[] = [
  {
    pattern: '(\\d{4})-(\\d{2})-(\\d{2})',
    read: ([year, month, day]) => dateOf(year, month, day),
  },
  {
    pattern: '(\\d{1,2})\\.\\s?(\\d{1,2})\\.\\s?(\\d{4}|\\d{2})',
    read: ([day, month, year]) => dateOf(year, month, day),
  },
  {
    pattern: `(\\d{1,2})\\.?\\s?(${MONTH_NAME})\\.?,?\\s?(\\d{4})`,
    read: ([day, month, year]) => dateOf(year, monthOf(month), day),
  },
  {
    pattern: `(${MONTH_NAME})\\.?\\s(\\d{1,2})(?:st|nd|rd|th)?,?\\s(\\d{4})`,
    read: ([month, day, year]) => dateOf(year, monthOf(month), day),
  },
  {
    pattern: '(\\d{1,2})/(\\d{1,2})/(\\d{4})',
    read: ([first, second, year], slashes) =>
      slashDate(Number(first), Number(second), year, slashes),
  },
]

const CLOCK = '(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,]\\d{1,3})?)?'
const HALF = '(?:\\s?([AaPp])\\.?[Mm]\\b\\.?)?'
const ZONE = '(?:\\s?(Z|UTC|GMT|MESZ|MEZ|CEST|CET|[+-]\\d{2}:?\\d{2})(?![\\w:]))?'
const BETWEEN = '(?:T|,?\\s{1,3}(?:um\\s|at\\s|-\\s|\\|\\s)?)'

const DATE_PATTERNS = DATES.map(
  ({ pattern }) =>
    new RegExp(`(?<![\\d.,/-])${pattern}(?:${BETWEEN}${CLOCK}${HALF}${ZONE})?(?![\\d:])`, 'g'),
)
const CLOCK_PATTERN = new RegExp(`(?<![\\d:.,])${CLOCK}${HALF}${ZONE}(?![\\d:])`, 'g')

/** @returns all of a line in order, not overlapping */
export function momentsIn(line: string, slashes: SlashOrder): MomentToken[] {
  const found: MomentToken[] = []
  let rest = line
  for (const [index, pattern] of DATE_PATTERNS.entries()) {
    const kind = DATES[index]
    for (const match of rest.matchAll(pattern)) {
      const date = kind?.read(match.slice(1, 4), slashes) ?? null
      if (date === null) continue
      found.push({ ...place(match), date, ...clockOf(match.slice(4)) })
    }
    for (const { from, to } of found) rest = blank(rest, from, to)
  }
  for (const match of rest.matchAll(CLOCK_PATTERN)) {
    const clock = clockOf(match.slice(1))
    if (clock.clock !== null) found.push({ ...place(match), date: null, ...clock })
  }
  return found.toSorted((a, b) => a.from - b.from)
}

function place(match: RegExpExecArray | RegExpMatchArray) {
  const from = match.index ?? 0
  return { from, to: from + match[0].length, text: match[0].trim() }
}

/** @returns `text` with blanks in place of a stretch, so that places stay as they are */
export function blank(text: string, from: number, to: number): string {
  return text.slice(0, from) + ' '.repeat(to - from) + text.slice(to)
}

function clockOf([hour, minute, second, half, zone]: (string | undefined)[]) {
  if (hour === undefined) return { clock: null, offsetMin: null }
  const plain = Number(hour)
  const late = half?.toLowerCase() === 'p'
  const hours = half === undefined ? plain : (plain % 12) + (late ? 12 : 0)
  if (hours > 23 || Number(minute) > 59 || Number(second ?? 0) > 59) {
    return { clock: null, offsetMin: null }
  }
  const clock: ClockTime = {
    hour: hours,
    minute: Number(minute),
    second: second === undefined ? null : Number(second),
  }
  return { clock, offsetMin: zone === undefined ? null : offsetOf(zone) }
}

const ZONES: Record<string, number> = {
  Z: 0,
  UTC: 0,
  GMT: 0,
  MEZ: 60,
  CET: 60,
  MESZ: 120,
  CEST: 120,
}

function offsetOf(zone: string): number {
  const named = ZONES[zone]
  if (named !== undefined) return named
  const digits = zone.replace(':', '')
  const minutes = Number(digits.slice(1, 3)) * 60 + Number(digits.slice(3, 5))
  return zone.startsWith('-') ? -minutes : minutes
}

function dateOf(year = '', month: string | number = '', day = ''): CivilDate | null {
  const full = year.length === 2 ? `20${year}` : year
  const date = { year: Number(full), month: Number(month), day: Number(day) }
  return isDate(date) ? date : null
}

function isDate({ year, month, day }: CivilDate): boolean {
  const exists = isCivilTime({ year, month, day, hour: 0, minute: 0, second: 0 })
  return exists && year >= 2000 && year < 2100
}

function monthOf(name = ''): number {
  const start = name.toLowerCase().slice(0, 3)
  return MONTHS.findIndex((names) => names.split(' ').includes(start)) + 1
}

function slashDate(first: number, second: number, year = '', order: SlashOrder): CivilDate | null {
  const [day, month] = [`${first}`, `${second}`]
  if (first > 12 || (order === 'day-first' && second <= 12)) return dateOf(year, month, day)
  if (second > 12 || order === 'month-first') return dateOf(year, day, month)
  return null
}

/**
 * @returns what the dates between slashes show together, where they agree; else day before month on
 *   a bill in euros with a clock of 24 hours, which nobody writes the American way
 */
export function slashOrderOf(text: string): SlashOrder {
  const dates = [...text.matchAll(/(?<![\d/])(\d{1,2})\/(\d{1,2})\/\d{4}(?!\d)/g)]
  const dayFirst = dates.some(([, first]) => Number(first) > 12)
  const monthFirst = dates.some(([, , second]) => Number(second) > 12)
  if (dayFirst && monthFirst) return null
  const european = /€|\bEUR\b/.test(text) && !/\d\s?[ap]\.?m\b/i.test(text)
  if (!dayFirst && !monthFirst) return european ? 'day-first' : null
  return dayFirst ? 'day-first' : 'month-first'
}

/** @returns null where there is no such moment */
export function claimedTime(
  date: CivilDate,
  clock: ClockTime | null,
  text: string,
  offsetMin: number | null = null,
): ClaimedTime | null {
  const time = {
    ...date,
    hour: clock?.hour ?? 0,
    minute: clock?.minute ?? 0,
    second: clock?.second ?? 0,
  }
  const precision = clock === null ? 'day' : clock.second === null ? 'minute' : 'second'
  if (offsetMin !== null) {
    if (!isCivilTime(time)) return null
    return {
      text,
      epochMs: epochMs(time, 0, offsetMin),
      offsetMin,
      precision,
      assumed: false,
      twice: false,
    }
  }
  const moment = germanMoment(time)
  return moment === null ? null : { text, ...moment, precision, assumed: true }
}

/**
 * A time of ISO 8601 or RFC 3339, as charge detail records have it.
 *
 * @param bare offset of a time that names none; `german` for German legal time
 */
export function isoMoment(text: string, bare: 0 | 'german' = 'german'): ClaimedTime | null {
  const match = ISO.exec(text.trim())
  if (match === null) return null
  const [, year, month, day, hour, minute, second, fraction, zone] = match
  const date = dateParts(year, month, day)
  if (date === null) return null
  if (hour === undefined) return claimedTime(date, null, text)
  const clock = {
    hour: Number(hour),
    minute: Number(minute),
    second: second === undefined ? null : Number(second),
  }
  const offset =
    zone === undefined || zone === '' ? (bare === 'german' ? null : bare) : offsetOf(zone)
  const time = claimedTime(date, clock, text, offset)
  const more = Math.trunc(Number(`0.${fraction ?? '0'}`) * 1000)
  return time === null || time.epochMs === null ? time : { ...time, epochMs: time.epochMs + more }
}

const ISO =
  /^(\d{4})-?(\d{2})-?(\d{2})(?:[T ]?(\d{2}):?(\d{2})(?::?(\d{2})(?:[.,](\d{1,9}))?)?\s?(Z|[+-]\d{2}:?\d{2})?)?$/

function dateParts(year = '', month = '', day = ''): CivilDate | null {
  const date = { year: Number(year), month: Number(month), day: Number(day) }
  // 1970 stands for a time that is not known.
  return isDate(date) ? date : null
}

/**
 * Dates and times without the machine's clock, time zone or calendar object.
 *
 * Source: ISO 8601-1:2019, 5.4; leap seconds as in RFC 3339, 5.7.
 *
 * @module
 */

export interface CivilTime {
  year: number
  month: number
  day: number
  hour: number
  minute: number
  /** 60 in a leap second. */
  second: number
}

const DAYS_OF_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** @returns whether the calendar has such a moment; 23:59:60 counts as one */
export function isCivilTime(time: CivilTime): boolean {
  const { year, month, day, hour, minute, second } = time
  if (month < 1 || month > 12 || day < 1 || day > daysOfMonth(year, month)) return false
  if (hour > 23 || minute > 59) return false
  return second <= 59 || (second === 60 && hour === 23 && minute === 59)
}

/**
 * @param offsetMin offset of the written time from UTC
 * @returns milliseconds since 1970-01-01 UTC; a leap second is the one after :59
 */
export function epochMs(time: CivilTime, milliseconds: number, offsetMin: number): number {
  const minutes = (daysSince1970(time) * 24 + time.hour) * 60 + time.minute - offsetMin
  return (minutes * 60 + time.second) * 1000 + milliseconds
}

/** @returns `2026-08-24T13:22:04.000+02:00`; milliseconds only where there are some */
export function isoText(epoch: number, offsetMin: number): string {
  const local = epoch + offsetMin * 60_000
  const days = Math.floor(local / 86_400_000)
  const { year, month, day } = civilDay(days)
  const inDay = local - days * 86_400_000
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0')
  const clock = `${two(inDay / 3_600_000)}:${two((inDay / 60_000) % 60)}:${two((inDay / 1000) % 60)}`
  const rest = inDay % 1000
  const zone = Math.abs(offsetMin)
  return (
    `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}T${clock}` +
    (rest === 0 ? '' : `.${String(rest).padStart(3, '0')}`) +
    `${offsetMin < 0 ? '-' : '+'}${two(zone / 60)}:${two(zone % 60)}`
  )
}

function daysOfMonth(year: number, month: number): number {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return month === 2 && leap ? 29 : (DAYS_OF_MONTH[month - 1] ?? 0)
}

/** Days of the proleptic Gregorian calendar, counted in years that begin on 1 March. */
function daysSince1970({ year, month, day }: CivilTime): number {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

function civilDay(daysSinceEpoch: number): { year: number; month: number; day: number } {
  const days = daysSinceEpoch + 719_468
  const era = Math.floor(days / 146_097)
  const dayOfEra = days - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  )
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shifted = Math.floor((5 * dayOfYear + 2) / 153)
  const month = shifted < 10 ? shifted + 3 : shifted - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return { year, month, day: dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1 }
}

/**
 * Times as ISO texts, as JSON and XML carry them: `2019-04-02T07:00:19+02:00`.
 *
 * Source: RFC 3339, 5.6; XML Schema part 2, 3.2.7. Offsets without colon occur.
 *
 * @module
 */
import { legalOffsetMin } from './legal-time.ts'
import { epochMs, isCivilTime } from './time.ts'

export interface IsoTime {
  /** Milliseconds of the clock as written, as if it showed UTC. */
  clockMs: number
  /** null for a text without offset. */
  offset: number | 'Z' | null
}

const SHAPE =
  /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?(?:([Zz])|([+-])(\d\d):?(\d\d))?$/

/** @returns null where the text is no such time, or names one the calendar does not have */
export function parseIsoTime(text: string): IsoTime | null {
  const match = SHAPE.exec(text.trim())
  if (match === null) return null
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map(Number)
  const civil = { year, month, day, hour, minute, second }
  const [fraction = '', zulu, sign, hours, minutes] = match.slice(7)
  const size = Number(hours ?? 0) * 60 + Number(minutes ?? 0)
  if (!isCivilTime(civil) || Number(minutes ?? 0) > 59 || size > 14 * 60) return null
  const milliseconds = Number(fraction.padEnd(3, '0').slice(0, 3))
  const clockMs = epochMs(civil, milliseconds, 0)
  if (zulu !== undefined) return { clockMs, offset: 'Z' }
  if (sign === undefined) return { clockMs, offset: null }
  return { clockMs, offset: sign === '-' ? -size : size }
}

/**
 * The wall clock of the meter that a text means, as EMH, GDF and Mennekes sign it. A numeric
 * offset goes with the clock as it is written; `Z` or no offset names an instant instead, and the
 * clock then shows legal time.
 *
 * @returns seconds since 1970-01-01 00:00 of that clock and the offset as stated; null where the
 *   text is no time in whole seconds
 */
export function wallClockOf(text: string): { localS: number; statedMin: number | null } | null {
  const time = parseIsoTime(text)
  if (time === null || time.clockMs % 1000 !== 0) return null
  const seconds = time.clockMs / 1000
  if (typeof time.offset === 'number') return { localS: seconds, statedMin: time.offset }
  const offset = legalOffsetMin(time.clockMs)
  return { localS: seconds + offset * 60, statedMin: offset }
}

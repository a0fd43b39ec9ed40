/**
 * Legal time in Germany, for clocks that show local time and say no offset.
 *
 * Central European Time, UTC+1; summer time, UTC+2, from the last Sunday of March to the last
 * Sunday of October, both changes at 01:00 UTC. Source: EinhZeitG §4; Directive 2000/84/EC.
 *
 * @module
 */
import { epochMs } from './time.ts'

const WINTER_MIN = 60
const SUMMER_MIN = 120

/** @param utcMs milliseconds since 1970-01-01 UTC @returns offset of legal time at that instant */
export function legalOffsetMin(utcMs: number): number {
  const year = yearOf(utcMs)
  const summer = utcMs >= lastSunday(year, 3) && utcMs < lastSunday(year, 10)
  return summer ? SUMMER_MIN : WINTER_MIN
}

/** @returns whether clocks in Germany ever show that offset */
export function isLegalOffset(minutes: number): boolean {
  return minutes === WINTER_MIN || minutes === SUMMER_MIN
}

const DAY_MS = 86_400_000

/** @returns 01:00 UTC of the last Sunday of that month, which has 31 days */
function lastSunday(year: number, month: 3 | 10): number {
  const last = epochMs({ year, month, day: 31, hour: 1, minute: 0, second: 0 }, 0, 0)
  // 1970-01-01 was a Thursday.
  const weekday = (Math.floor(last / DAY_MS) + 4) % 7
  return last - weekday * DAY_MS
}

function yearOf(utcMs: number): number {
  let year = 1970 + Math.floor(utcMs / (365.2425 * DAY_MS))
  const begin = (of: number) =>
    epochMs({ year: of, month: 1, day: 1, hour: 0, minute: 0, second: 0 }, 0, 0)
  while (begin(year + 1) <= utcMs) year++
  while (begin(year) > utcMs) year--
  return year
}

/**
 * German legal time: what a bill means by a time of day without an offset.
 *
 * Central European Time, and in summer one hour more, from the last Sunday of March to the last
 * Sunday of October, 01:00 UTC each. Source: ZeitG; SoZV; Directive 2000/84/EC, articles 2 and 3.
 *
 * @module
 */
import { type CivilTime, epochMs, isCivilTime } from './time.ts'

export interface LegalMoment {
  epochMs: number
  offsetMin: number
  /** The clock shows this hour twice, in October; the earlier one is given. */
  twice: boolean
}

const WINTER = 60
const SUMMER = 120
const HOUR = 3_600_000

/** @returns null for a time that does not exist: no such day, or the hour left out in March */
export function germanMoment(time: CivilTime): LegalMoment | null {
  if (!isCivilTime(time)) return null
  const [winter, summer] = [epochMs(time, 0, WINTER), epochMs(time, 0, SUMMER)]
  const [isSummer, isWinter] = [inSummer(summer, time.year), !inSummer(winter, time.year)]
  if (isSummer) return { epochMs: summer, offsetMin: SUMMER, twice: isWinter }
  return isWinter ? { epochMs: winter, offsetMin: WINTER, twice: false } : null
}

/** @returns offset of the clock in Germany at a moment, in minutes */
export function germanOffset(epoch: number, year: number): number {
  return inSummer(epoch, year) ? SUMMER : WINTER
}

function inSummer(epoch: number, year: number): boolean {
  return epoch >= lastSunday(year, 3) + HOUR && epoch < lastSunday(year, 10) + HOUR
}

/** Both months have 31 days. @returns midnight UTC of their last Sunday */
function lastSunday(year: number, month: number): number {
  const last = epochMs({ year, month, day: 31, hour: 0, minute: 0, second: 0 }, 0, 0)
  const days = last / (24 * HOUR)
  // 1970-01-01 was a Thursday.
  return last - ((days + 4) % 7) * 24 * HOUR
}

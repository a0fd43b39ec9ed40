import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type CivilTime,
  epochMs,
  isCivilTime,
  isoText,
} from '../../../../src/main/engine/codec/time.ts'

const time = (year: number, month: number, day: number, hour = 0, minute = 0, second = 0) => ({
  year,
  month,
  day,
  hour,
  minute,
  second,
})

/** What the calendar of JavaScript makes of it: another day where there is no such day. */
function reference({ year, month, day, hour, minute, second }: CivilTime): Date {
  return new Date(Date.UTC(year, month - 1, day, hour, minute, second))
}

describe('against the calendar of JavaScript', () => {
  test('every day of the years 1600 to 2400 is the right number of days from 1970', () => {
    const wrong: string[] = []
    let expected = Date.UTC(1600, 0, 1)
    for (let year = 1600; year <= 2400; year++) {
      for (let month = 1; month <= 12; month++) {
        for (let day = 1; day <= 31; day++) {
          const here = time(year, month, day)
          const date = reference(here)
          const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day
          if (isCivilTime(here) !== exists) wrong.push(`${year}-${month}-${day}`)
          if (!exists) continue
          if (epochMs(here, 0, 0) !== expected) wrong.push(`${year}-${month}-${day}`)
          expected += 86_400_000
        }
      }
    }
    expect(wrong).toEqual([])
  })

  const civil = fc.record({
    year: fc.integer({ min: 1600, max: 2400 }),
    month: fc.integer({ min: 1, max: 12 }),
    day: fc.integer({ min: 1, max: 28 }),
    hour: fc.integer({ min: 0, max: 23 }),
    minute: fc.integer({ min: 0, max: 59 }),
    second: fc.integer({ min: 0, max: 59 }),
  })
  const milliseconds = fc.integer({ min: 0, max: 999 })
  const offset = fc.integer({ min: -14 * 60, max: 14 * 60 })

  test('time of day, milliseconds and offset are counted', () => {
    fc.assert(
      fc.property(civil, milliseconds, offset, (here, ms, offsetMin) => {
        const expected = reference(here).getTime() + ms - offsetMin * 60_000
        expect(epochMs(here, ms, offsetMin)).toBe(expected)
      }),
    )
  })

  test('text is that of toISOString, on the clock of the offset', () => {
    const moment = fc.integer({ min: Date.UTC(1600, 0, 2), max: Date.UTC(2400, 11, 30) })
    fc.assert(
      fc.property(moment, offset, (epoch, offsetMin) => {
        const local = new Date(epoch + offsetMin * 60_000).toISOString()
        const digits = (value: number) => String(value).padStart(2, '0')
        const size = Math.abs(offsetMin)
        const zone = `${offsetMin < 0 ? '-' : '+'}${digits(Math.floor(size / 60))}:${digits(size % 60)}`
        expect(isoText(epoch, offsetMin)).toBe(local.replace('.000Z', 'Z').replace('Z', zone))
      }),
    )
  })

  test('text names the moment it was made of', () => {
    fc.assert(
      fc.property(civil, milliseconds, offset, (here, ms, offsetMin) => {
        const epoch = epochMs(here, ms, offsetMin)
        expect(Date.parse(isoText(epoch, offsetMin))).toBe(epoch)
      }),
    )
  })
})

describe('moments that there are', () => {
  test.each([
    ['29 February of a leap year', time(2024, 2, 29), true],
    ['29 February of another year', time(2023, 2, 29), false],
    ['29 February of a century', time(2100, 2, 29), false],
    ['29 February of every fourth century', time(2000, 2, 29), true],
    ['30 February', time(2024, 2, 30), false],
    ['31 April', time(2024, 4, 31), false],
    ['day 0', time(2024, 1, 0), false],
    ['month 0', time(2024, 0, 1), false],
    ['month 13', time(2024, 13, 1), false],
    ['24 o’clock', time(2024, 1, 1, 24), false],
    ['minute 60', time(2024, 1, 1, 0, 60), false],
    ['second 60 at noon', time(2024, 1, 1, 12, 59, 60), false],
    ['second 61 at midnight', time(2016, 12, 31, 23, 59, 61), false],
    ['a leap second', time(2016, 12, 31, 23, 59, 60), true],
  ])('%s: %j', (_, here, exists) => {
    expect(isCivilTime(here)).toBe(exists)
  })

  test('a leap second is the one after :59', () => {
    const before = epochMs(time(2016, 12, 31, 23, 59, 59), 0, 0)
    expect(epochMs(time(2016, 12, 31, 23, 59, 60), 0, 0) - before).toBe(1000)
  })

  test('the offset can turn the year', () => {
    expect(epochMs(time(2026, 1, 1), 0, 60)).toBe(Date.UTC(2025, 11, 31, 23))
    expect(isoText(Date.UTC(2025, 11, 31, 23), 60)).toBe('2026-01-01T00:00:00+01:00')
    expect(isoText(Date.UTC(2026, 0, 1), -210)).toBe('2025-12-31T20:30:00-03:30')
  })

  test('milliseconds are written only where there are some', () => {
    expect(isoText(0, 0)).toBe('1970-01-01T00:00:00+00:00')
    expect(isoText(-1, 0)).toBe('1969-12-31T23:59:59.999+00:00')
    expect(isoText(7, 0)).toBe('1970-01-01T00:00:00.007+00:00')
  })
})

import { describe, expect, test } from 'vitest'
import { parseIsoTime, wallClockOf } from '../../../../src/main/engine/codec/iso-time.ts'
import { isLegalOffset, legalOffsetMin } from '../../../../src/main/engine/codec/legal-time.ts'

/** What the time zone database of JavaScript says. */
function reference(utcMs: number): number {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone: 'Europe/Berlin',
    timeZoneName: 'longOffset',
  }).formatToParts(utcMs)
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? ''
  return Number(/GMT\+0(\d):00/.exec(name)?.[1] ?? Number.NaN) * 60
}

describe('legal time', () => {
  test('is that of Berlin at every change from 1996 to 2037, a second before and after', () => {
    const wrong: string[] = []
    for (let year = 1996; year <= 2037; year++) {
      for (const month of [2, 9]) {
        for (let day = 24; day <= 31; day++) {
          for (const second of [-1, 0, 1]) {
            const utcMs = Date.UTC(year, month, day, 1, 0, second)
            if (legalOffsetMin(utcMs) !== reference(utcMs))
              wrong.push(new Date(utcMs).toISOString())
          }
        }
      }
    }
    expect(wrong).toEqual([])
  })

  test('holds for moments on both ends of 32 bits', () => {
    expect(legalOffsetMin(0)).toBe(60)
    expect(legalOffsetMin((2 ** 32 - 1) * 1000)).toBe(60)
    expect(legalOffsetMin(Date.UTC(2105, 6, 1))).toBe(120)
  })

  test('is one or two hours ahead, and nothing else', () => {
    expect([0, 60, 90, 120, 180, -60].filter(isLegalOffset)).toEqual([60, 120])
  })
})

describe('times as ISO texts', () => {
  test.each([
    ['2019-04-02T07:00:19+02:00', 120],
    ['2019-04-02T07:00:19+0200', 120],
    ['2019-04-02T07:00:19-01:30', -90],
    ['2019-04-02 07:00:19Z', 'Z'],
    ['2019-04-02T07:00:19', null],
    ['2019-04-02T07:00:19.000Z', 'Z'],
  ])('%s has the offset %s', (text, offset) => {
    expect(parseIsoTime(text)).toEqual({ clockMs: Date.UTC(2019, 3, 2, 7, 0, 19), offset })
  })

  test.each([
    '',
    '2019-04-02',
    '2019-02-30T07:00:19Z',
    '2019-04-02T25:00:00Z',
    '02.04.2019 07:00',
    '2019-04-02T07:00:19+15:00',
    '2019-04-02T07:00:19+01:75',
  ])('%s is none', (text) => {
    expect(parseIsoTime(text)).toBeNull()
  })

  test('a numeric offset goes with the clock as written, Z means legal time', () => {
    const clock = Date.UTC(2019, 3, 2, 7, 0, 19) / 1000
    expect(wallClockOf('2019-04-02T07:00:19+02:00')).toEqual({ localS: clock, statedMin: 120 })
    expect(wallClockOf('2019-04-02T05:00:19Z')).toEqual({ localS: clock, statedMin: 120 })
    expect(wallClockOf('2019-01-02T06:00:19Z')?.statedMin).toBe(60)
  })

  test('fractions of a second cannot be signed', () => {
    expect(wallClockOf('2019-04-02T07:00:19.5+02:00')).toBeNull()
    expect(wallClockOf('2019-04-02T07:00:19.000+02:00')).not.toBeNull()
  })
})

import { describe, expect, test } from 'vitest'
import { isLegalOffset, legalOffsetMin } from '../../../../src/main/engine/codec/legal-time.ts'

describe('legal time in Germany', () => {
  test('changes on the last Sundays of March and October at 01:00 UTC', () => {
    const changes = [
      [2018, '03-25', '10-28'],
      [2020, '03-29', '10-25'],
      [2024, '03-31', '10-27'],
      [2026, '03-29', '10-25'],
      [2038, '03-28', '10-31'],
      [2106, '03-28', '10-31'],
    ] as const
    for (const [year, spring, autumn] of changes) {
      const at = (day: string, clock: string) =>
        legalOffsetMin(Date.parse(`${year}-${day}T${clock}Z`))
      expect([at(spring, '00:59:59'), at(spring, '01:00:00')]).toEqual([60, 120])
      expect([at(autumn, '00:59:59'), at(autumn, '01:00:00')]).toEqual([120, 60])
      expect(at('01-01', '00:00:00')).toBe(60)
    }
  })

  test('agrees with the time zone database, hour by hour over some years', () => {
    const clock = new Intl.DateTimeFormat('en', {
      timeZone: 'Europe/Berlin',
      timeZoneName: 'longOffset',
    })
    for (let at = Date.UTC(2019, 0, 1); at < Date.UTC(2023, 0, 1); at += 3_600_000) {
      const name = clock.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value
      expect([at, legalOffsetMin(at)]).toEqual([at, name === 'GMT+02:00' ? 120 : 60])
    }
  })

  test('knows two offsets', () => {
    expect([0, 60, 120, 360].filter(isLegalOffset)).toEqual([60, 120])
  })
})

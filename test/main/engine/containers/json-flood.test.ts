/** JSON containers with far more of something than any station writes end in time. */
import { expect, test } from 'vitest'
import { LIMITS } from '../../../../src/main/engine/limits.ts'
import { json } from '../../../tools/sign.ts'
import { num } from '../../../tools/sign-ctr.ts'
import { verify } from '../../../tools/small-inputs.ts'
import { stopwatch } from '../../../tools/stopwatch.ts'

const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index))
const members = (count: number) =>
  Object.fromEntries(many(count, (index) => [`a${index}`, num(index)]))

const FLOODS: Record<string, string> = {
  'members of a container': json({ ...members(100_000), signedMeterValues: [] }),
  'values of many meters': json({
    signedMeterValues: many(5000, (index) => ({
      signature: '',
      measuredValue: {},
      meterInfo: { meterId: String(index) },
    })),
  }),
  'sessions without anything signed': json({
    chargingSessions: many(20_000, (index) => ({ '@id': String(index) })),
  }),
  'keys of one meter': json({
    chargingSessions: [],
    energyMeters: many(5000, () => ({ '@id': '1', publicKeys: [{ value: '04' }] })),
  }),
  'values of a session with many members': json({
    chargingSessions: [
      {
        '@context': 'x/EMHCrypt01+json',
        measurements: [{ values: many(5000, () => ({})) }],
        ...members(50_000),
      },
    ],
  }),
  'data points of a snapshot': json({
    signature: '',
    additionalValues: many(20_000, () => ({ measurand: { name: 'Typ' } })),
  }),
}

test.each(Object.entries(FLOODS))('%s', async (name, content) => {
  const seconds = stopwatch()
  const { inputs } = await verify([{ name, content }])
  expect(seconds()).toBeLessThan(LIMITS.inputSeconds)
  const [row] = inputs
  expect(row?.state).not.toBe('VERIFIED')
  expect(row?.findings.length).toBeLessThanOrEqual(LIMITS.findingsOfOneCode)
})

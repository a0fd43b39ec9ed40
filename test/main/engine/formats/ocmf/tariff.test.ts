import { expect, test } from 'vitest'
import { parseTariff, priceOf } from '../../../../../src/main/engine/formats/ocmf/tariff.ts'
import { parseDecimal } from '../../../../../src/shared/decimal.ts'

/** By hand from the definition of the extension: fee + energy × price + begun minutes × price. */
test.each([
  ['001;EUR;0;35;5;30', '7.825', 75 * 60_000, '4.98875'],
  ['001;EUR;0;35;5;30', '7.825', 30 * 60_000, '2.73875'],
  ['001;EUR;0;35;5;30', '7.825', 30 * 60_000 + 1, '2.78875'],
  ['001;EUR;0;35;5;0.5', '0', 60_000, '0.05'],
  ['002;EUR;50;40;8', '19.625', 60 * 60_000, '8.35'],
  ['002;EUR;199;69;20', '11.111', 60_000, '9.65659'],
  ['003;EUR;25;6', '9.1', 70 * 60_000, '4.45'],
  ['003;EUR;150;12', '0', 40 * 60_000, '6.30'],
  ['003;EUR;0;6', '9.1', 60_006, '0.12'],
  ['003;EUR;0;6', '9.1', 0, '0.00'],
])('%s, %s kWh, %i ms make %s €', (text, energy, durationMs, total) => {
  const tariff = parseTariff(text)
  const used = parseDecimal(energy)
  if (tariff === null || used === null) throw new Error('no tariff')
  expect(Number(priceOf(tariff, used, durationMs))).toBe(Number(total))
})

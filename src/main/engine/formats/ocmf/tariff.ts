/**
 * Tariff text extension "Bonner Eichrechtstage" in TT.
 *
 * Shape: `001;EUR;W;X;Y;Z`, amounts in cents: start fee W, X for each kWh, blocking fee Y for each
 * minute from minute Z after the beginning. `002;EUR;W;X;Y`: blocking fee after charging has
 * ended. `003;EUR;W;X`: X for each minute. Any other text is free text for people.
 * Source: rule book, chapter 18.
 *
 * @module
 */
import { table } from '../../../../shared/table.ts'
import {
  type Decimal,
  add,
  decimals,
  fromInteger,
  isNegative,
  isZero,
  multiply,
  parseDecimal,
  shift,
  subtract,
} from '../../../../shared/decimal.ts'

export type Tariff =
  | { code: '001'; start: Decimal; perKWh: Decimal; blocking: Decimal; blockingFromMin: Decimal }
  | { code: '002'; start: Decimal; perKWh: Decimal; blocking: Decimal }
  | { code: '003'; start: Decimal; perMinute: Decimal }

const NUMBERS: Record<string, number> = table({ '001': 4, '002': 3, '003': 2 })

/** @returns null for free text */
export function parseTariff(text: string): Tariff | null {
  const [code = '', currency, ...rest] = text.split(';')
  const count = NUMBERS[code]
  if (count === undefined || currency !== 'EUR' || rest.length !== count) return null
  const numbers: Decimal[] = []
  for (const part of rest) {
    const number = /^\d+(?:\.\d+)?$/.test(part) ? parseDecimal(part) : null
    if (number === null) return null
    numbers.push(number)
  }
  const [start, second, third, fourth] = numbers as [Decimal, Decimal, Decimal, Decimal]
  if (code === '001') {
    return { code, start, perKWh: second, blocking: third, blockingFromMin: fourth }
  }
  if (code === '002') return { code, start, perKWh: second, blocking: third }
  return { code: '003', start, perMinute: second }
}

/**
 * @param energyKWh not negative
 * @param durationMs from begin to end, not negative
 * @returns euros, exact and not rounded. 002 is without its blocking fee: when charging ended, which
 *   may be long before the session did, no record says
 */
export function priceOf(tariff: Tariff, energyKWh: Decimal, durationMs: number): Decimal {
  const cents = [tariff.start]
  switch (tariff.code) {
    case '001': {
      const free = multiply(tariff.blockingFromMin, MS_PER_MINUTE)
      const blocked = startedMinutes(subtract(fromInteger(durationMs), free))
      cents.push(multiply(tariff.perKWh, energyKWh), multiply(tariff.blocking, blocked))
      break
    }
    case '002':
      cents.push(multiply(tariff.perKWh, energyKWh))
      break
    case '003':
      cents.push(multiply(tariff.perMinute, startedMinutes(fromInteger(durationMs))))
      break
  }
  return shift(cents.reduce(add), -2)
}

const MS_PER_MINUTE = fromInteger(60_000)

/** @returns whole minutes, a begun one counted whole; 0 below 0 */
function startedMinutes(durationMs: Decimal): Decimal {
  if (isNegative(durationMs)) return fromInteger(0)
  const scale = 10n ** BigInt(decimals(durationMs))
  const [time, minute] = [BigInt(durationMs.replace('.', '')), 60_000n * scale]
  return fromInteger((time + minute - 1n) / minute)
}

/** Whether the text begins as the extension does but is none. */
export function isBrokenTariff(text: string): boolean {
  return /^00[123];/.test(text) && parseTariff(text) === null
}

/** Whether the price depends on time, so that the clock must be fit for billing. */
export function billsTime(text: string): boolean {
  const tariff = parseTariff(text)
  if (tariff === null) return false
  return tariff.code === '003' || !isZero(tariff.blocking)
}

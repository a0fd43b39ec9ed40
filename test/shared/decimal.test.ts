import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Decimal,
  MAX_DIGITS,
  add,
  compare,
  decimals,
  divideExactly,
  fromInteger,
  isNegative,
  isZero,
  multiply,
  negate,
  parseDecimal,
  round,
  shift,
  subtract,
} from '../../src/shared/decimal.ts'
import { stopwatch } from '../tools/stopwatch.ts'

/** A number as numerator and power of ten, computed in another way than the code under test. */
interface Fraction {
  numerator: bigint
  scale: number
}

function fraction(text: string): Fraction {
  const match = /^([+-]?)(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(text)
  if (match === null) throw new Error(`no number: ${text}`)
  const [, sign = '', whole = '', digits = '', exponent = '0'] = match
  const magnitude = BigInt(whole + digits)
  const numerator = sign === '-' ? -magnitude : magnitude
  return normal({ numerator, scale: digits.length - Number(exponent) })
}

/** Scale 0 or more, so that two fractions can be compared. */
function normal({ numerator, scale }: Fraction): Fraction {
  return scale >= 0
    ? { numerator, scale }
    : { numerator: numerator * 10n ** BigInt(-scale), scale: 0 }
}

function difference(a: Fraction, b: Fraction): bigint {
  const scale = Math.max(a.scale, b.scale)
  return a.numerator * 10n ** BigInt(scale - a.scale) - b.numerator * 10n ** BigInt(scale - b.scale)
}

function same(text: string, expected: Fraction): boolean {
  return difference(fraction(text), normal(expected)) === 0n
}

function parsed(text: string): Decimal {
  const value = parseDecimal(text)
  if (value === null) throw new Error(`not read: ${text}`)
  return value
}

/** Up to 40 digits on either side, with zeros in front and behind. */
const digits = (minLength: number) =>
  fc.string({ unit: fc.constantFrom(...Array.from('0012345678900')), minLength, maxLength: 40 })
const plain = fc
  .tuple(fc.constantFrom('', '-'), digits(1), fc.option(digits(1), { nil: undefined }))
  .map(([sign, whole, rest]) => `${sign}${whole}${rest === undefined ? '' : `.${rest}`}`)
const decimal = plain.map(parsed)
const CANONICAL = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/

describe('numbers as meters write them', () => {
  test.each([
    ['2935.600', '2935.600'],
    ['0.0', '0.0'],
    ['-0', '0'],
    ['-0.00', '0.00'],
    ['+5', '5'],
    ['00000446.540', '446.540'],
    ['000', '0'],
    ['1.606848e7', '16068480'],
    ['1.50E2', '150'],
    ['1.5E-3', '0.0015'],
    ['150e-3', '0.150'],
    ['0e5', '0'],
    ['0.0e-2', '0.000'],
    ['12345678901234567.91', '12345678901234567.91'],
  ])('%s is read as %s', (text, expected) => {
    expect(parseDecimal(text)).toBe(expected)
  })

  test.each([
    '',
    '-',
    '.5',
    '5.',
    '1,5',
    ' 1',
    '1 ',
    '1e',
    '1e+',
    '--1',
    '1.2.3',
    '0x10',
    'NaN',
    'Infinity',
    '1_000',
    '٣',
    '１',
    '1e9999999999',
    '1\n',
  ])('%j is no number', (text) => {
    expect(parseDecimal(text)).toBeNull()
  })

  test('value, sign and every trailing zero survive, the exponent does not', () => {
    const exponent = fc.option(fc.integer({ min: -60, max: 60 }), { nil: undefined })
    fc.assert(
      fc.property(plain, exponent, (number, power) => {
        const text = power === undefined ? number : `${number}e${power}`
        const value = parsed(text)
        expect(value).toMatch(CANONICAL)
        expect(same(value, fraction(text))).toBe(true)
        const written = (number.split('.')[1] ?? '').length - (power ?? 0)
        expect(decimals(value)).toBe(Math.max(0, written))
      }),
    )
  })

  test('what was read is read again as itself', () => {
    fc.assert(
      fc.property(decimal, (value) => {
        expect(parseDecimal(value)).toBe(value)
      }),
    )
  })

  test('agrees with what JavaScript reads, wherever a float can hold the number', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 0, max: 6 }), (integer, places) => {
        const text = shift(fromInteger(integer), -places)
        expect(Number(text)).toBe(Number(`${integer}e-${places}`))
      }),
    )
  })
})

describe('limits', () => {
  test('the longest number is read, one digit more is not', () => {
    expect(parseDecimal('9'.repeat(MAX_DIGITS))).toBe('9'.repeat(MAX_DIGITS))
    expect(parseDecimal('9'.repeat(MAX_DIGITS + 1))).toBeNull()
  })

  test.each(['1e1000', '1e-1000', '1e400000000', '1e-400000000', '9.9e99999'])(
    'the exponent of %s cannot make a number without end',
    (text) => {
      expect(parseDecimal(text)).toBeNull()
    },
  )

  test('zeros that an exponent asks for count like written ones', () => {
    expect(parseDecimal('1e998')).toBe(`1${'0'.repeat(998)}`)
    expect(parseDecimal('1e-998')).toBe(`0.${'0'.repeat(997)}1`)
  })

  test('a hostile number is refused at once', () => {
    const seconds = stopwatch()
    for (const text of ['0'.repeat(1e6), `${'1'.repeat(1e6)}x`, `1e${'9'.repeat(1e6)}`]) {
      expect(parseDecimal(text)).toBeNull()
    }
    expect(seconds()).toBeLessThan(0.5)
  })
})

describe('arithmetic agrees with fractions of whole numbers', () => {
  test('comparison', () => {
    fc.assert(
      fc.property(decimal, decimal, (a, b) => {
        const sign = difference(fraction(a), fraction(b))
        expect(compare(a, b)).toBe(sign < 0n ? -1 : sign > 0n ? 1 : 0)
      }),
    )
  })

  test('trailing zeros make no difference to a comparison', () => {
    fc.assert(
      fc.property(decimal, fc.integer({ min: 1, max: 20 }), (a, zeros) => {
        const longer = parsed(`${a}${a.includes('.') ? '' : '.'}${'0'.repeat(zeros)}`)
        expect(compare(a, longer)).toBe(0)
      }),
    )
  })

  test('sum and difference are exact and keep the finer decimals', () => {
    fc.assert(
      fc.property(decimal, decimal, (a, b) => {
        const [x, y] = [fraction(a), fraction(b)]
        const finer = Math.max(decimals(a), decimals(b))
        const lessY = { ...y, numerator: -y.numerator }
        expect(same(add(a, b), { numerator: difference(x, lessY), scale: finer })).toBe(true)
        expect(same(subtract(a, b), { numerator: difference(x, y), scale: finer })).toBe(true)
        for (const result of [add(a, b), subtract(a, b)]) {
          expect(decimals(result)).toBe(finer)
          expect(result).toMatch(CANONICAL)
        }
      }),
    )
  })

  test('what was added can be taken away again', () => {
    fc.assert(
      fc.property(decimal, decimal, (a, b) => {
        expect(compare(subtract(add(a, b), b), a)).toBe(0)
        expect(compare(add(a, negate(b)), subtract(a, b))).toBe(0)
      }),
    )
  })

  test('product', () => {
    fc.assert(
      fc.property(decimal, decimal, (a, b) => {
        const [x, y] = [fraction(a), fraction(b)]
        const product = { numerator: x.numerator * y.numerator, scale: x.scale + y.scale }
        expect(same(multiply(a, b), product)).toBe(true)
        expect(decimals(multiply(a, b))).toBe(decimals(a) + decimals(b))
      }),
    )
  })

  test('moving the point by some places and back loses nothing', () => {
    fc.assert(
      fc.property(decimal, fc.integer({ min: -30, max: 30 }), (a, places) => {
        const moved = shift(a, places)
        const { numerator, scale } = fraction(a)
        expect(same(moved, { numerator, scale: scale - places })).toBe(true)
        expect(decimals(moved)).toBe(Math.max(0, decimals(a) - places))
        expect(compare(shift(moved, -places), a)).toBe(0)
      }),
    )
  })

  test('a quotient is exact, or there is none', () => {
    const divisor = fc.bigInt({ min: 1n, max: 10_000n })
    fc.assert(
      fc.property(decimal, divisor, (a, by) => {
        const quotient = divideExactly(a, by)
        let odd = by
        while (odd % 2n === 0n) odd /= 2n
        while (odd % 5n === 0n) odd /= 5n
        expect(quotient !== null).toBe(fraction(a).numerator % odd === 0n)
        const back = quotient === null ? a : multiply(quotient, fromInteger(by))
        expect(compare(back, a)).toBe(0)
      }),
    )
  })

  test('rounding takes the nearest number, the farther from zero of two', () => {
    fc.assert(
      fc.property(decimal, fc.integer({ min: 0, max: 12 }), (a, places) => {
        const rounded = round(a, places)
        expect(decimals(rounded)).toBe(places)
        const rest = subtract(a, rounded)
        const half = parsed(`0.${'0'.repeat(places)}5`)
        const size = compare(isNegative(rest) ? negate(rest) : rest, half)
        expect(size).toBeLessThanOrEqual(0)
        const fromZero = isNegative(rest) !== isNegative(a)
        expect(size < 0 || fromZero).toBe(true)
      }),
    )
  })
})

describe('cases from bills and meters', () => {
  test('energy has all decimals of the readings', () => {
    expect(subtract(parsed('80.97'), parsed('80.77'))).toBe('0.20')
  })

  test('registers beyond the precision of a float keep their difference', () => {
    expect(subtract(parsed('12345678901234567.91'), parsed('12345678901234567.89'))).toBe('0.02')
  })

  test('watt-hours become kilowatt-hours by moving the point', () => {
    expect(shift(parsed('150'), -3)).toBe('0.150')
    expect(shift(parsed('0.5'), 3)).toBe('500')
    expect(shift(parsed('-1.25'), 1)).toBe('-12.5')
  })

  test('watt-seconds become kilowatt-hours only where the quotient ends', () => {
    expect(divideExactly(parsed('36'), 36n)).toBe('1')
    expect(divideExactly(parsed('1'), 36n)).toBeNull()
    expect(divideExactly(parsed('9'), 36n)).toBe('0.25')
    expect(divideExactly(parsed('-9'), 36n)).toBe('-0.25')
    expect(divideExactly(parsed('0.00'), 7n)).toBe('0.00')
  })

  test.each([
    ['0.005', 2, '0.01'],
    ['-0.005', 2, '-0.01'],
    ['0.0049', 2, '0.00'],
    ['-0.0049', 2, '0.00'],
    ['2.5', 0, '3'],
    ['1', 2, '1.00'],
    ['999.995', 2, '1000.00'],
  ] as const)('%s rounded to %i decimals is %s', (value, places, expected) => {
    expect(round(parsed(value), places)).toBe(expected)
  })

  test('zero has no sign, whatever it was made of', () => {
    for (const zero of [parsed('-0.0'), negate(parsed('0.0')), shift(parsed('-0'), 2)]) {
      expect(isZero(zero)).toBe(true)
      expect(isNegative(zero)).toBe(false)
    }
    expect(multiply(parsed('-1'), parsed('0'))).toBe('0')
    expect(subtract(parsed('1.5'), parsed('1.5'))).toBe('0.0')
    expect(isZero(parsed('0.001'))).toBe(false)
  })

  test('whole numbers become decimals', () => {
    expect(fromInteger(42)).toBe('42')
    expect(fromInteger(-(10n ** 30n))).toBe(`-1${'0'.repeat(30)}`)
  })
})

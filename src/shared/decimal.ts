/**
 * Exact decimals as text: a signed digit is never a binary float.
 *
 * Shape: optional minus, digits without superfluous leading zeros, optional dot and
 * digits. Trailing zeros state valid digits and are kept: `"2935.600"`. No exponent.
 *
 * @module
 */
declare const brand: unique symbol

/** Digits as signed, for example `"2935.600"` or `"-0.5"`. */
export type Decimal = string & { readonly [brand]: true }

/** No meter has more digits; bounds the work a hostile number can cause. */
export const MAX_DIGITS = 1000

const NUMBER = /^([+-]?)0*(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,9}))?$/

/**
 * @param text a decimal number, leading zeros and an exponent allowed
 * @returns the same number without exponent and leading zeros, trailing zeros kept;
 *   null if `text` is no finite decimal number or needs more than {@link MAX_DIGITS} digits
 */
export function parseDecimal(text: string): Decimal | null {
  if (text.length > MAX_DIGITS) return null
  const match = NUMBER.exec(text)
  if (match === null) return null
  const [, sign = '', whole = '0', fraction = '', exponent] = match
  const scale = fraction.length - (exponent === undefined ? 0 : Number(exponent))
  if (Math.abs(scale) + whole.length + fraction.length > MAX_DIGITS) return null
  return place(sign === '-', whole + fraction, scale)
}

/** @returns −1, 0 or 1; trailing zeros make no difference */
export function compare(a: Decimal, b: Decimal): -1 | 0 | 1 {
  const difference = align(a, b)
  return difference.a < difference.b ? -1 : difference.a > difference.b ? 1 : 0
}

/** @returns the exact sum, with the decimals of the finer operand */
export function add(a: Decimal, b: Decimal): Decimal {
  const aligned = align(a, b)
  return fromScaled(aligned.a + aligned.b, aligned.scale)
}

/** @returns the exact difference, with the decimals of the finer operand: 80.97 − 80.77 is 0.20 */
export function subtract(a: Decimal, b: Decimal): Decimal {
  const aligned = align(a, b)
  return fromScaled(aligned.a - aligned.b, aligned.scale)
}

/** @returns the exact product */
export function multiply(a: Decimal, b: Decimal): Decimal {
  const x = scaled(a)
  const y = scaled(b)
  return fromScaled(x.value * y.value, x.scale + y.scale)
}

/** @returns `value` × 10^`places`; digits are moved, none is added or lost: 150 by −3 is 0.150 */
export function shift(value: Decimal, places: number): Decimal {
  const { value: integer, scale } = scaled(value)
  return place(integer < 0n, digitsOf(integer), scale - places)
}

/**
 * @param divisor above zero
 * @returns the exact quotient; null where it has no end in decimal notation
 */
export function divideExactly(value: Decimal, divisor: bigint): Decimal | null {
  const { value: integer, scale } = scaled(value)
  let rest = divisor / greatestCommonDivisor(integer < 0n ? -integer : integer, divisor)
  let places = 0
  while (rest % 10n === 0n) [rest, places] = [rest / 10n, places + 1]
  while (rest % 5n === 0n) [rest, places] = [rest / 5n, places + 1]
  while (rest % 2n === 0n) [rest, places] = [rest / 2n, places + 1]
  if (rest !== 1n) return null
  return fromScaled((integer * 10n ** BigInt(places)) / divisor, scale + places)
}

/**
 * @param divisor not zero
 * @param places decimals to keep, 0 or more
 * @returns the quotient rounded half away from zero, with exactly that many decimals
 */
export function divide(value: Decimal, divisor: Decimal, places: number): Decimal {
  const { a, b } = align(value, divisor)
  const negative = a < 0n !== b < 0n
  const [over, under] = [a < 0n ? -a : a, b < 0n ? -b : b]
  const magnitude = (2n * over * 10n ** BigInt(places) + under) / (2n * under)
  return fromScaled(negative ? -magnitude : magnitude, places)
}

/** @returns `value` without its sign */
export function magnitude(value: Decimal): Decimal {
  return isNegative(value) ? negate(value) : value
}

/**
 * @param places decimals to keep, 0 or more
 * @returns `value` rounded half away from zero, as invoices do, with exactly that many decimals
 */
export function round(value: Decimal, places: number): Decimal {
  const { value: integer, scale } = scaled(value)
  if (scale <= places) return fromScaled(integer * 10n ** BigInt(places - scale), places)
  const unit = 10n ** BigInt(scale - places)
  const magnitude = ((integer < 0n ? -integer : integer) + unit / 2n) / unit
  return fromScaled(integer < 0n ? -magnitude : magnitude, places)
}

/** @returns number of digits behind the decimal point */
export function decimals(value: Decimal): number {
  const dot = value.indexOf('.')
  return dot < 0 ? 0 : value.length - dot - 1
}

export function isZero(value: Decimal): boolean {
  return !/[1-9]/.test(value)
}

export function isNegative(value: Decimal): boolean {
  return value.startsWith('-')
}

export function negate(value: Decimal): Decimal {
  if (isZero(value)) return value
  return (isNegative(value) ? value.slice(1) : `-${value}`) as Decimal
}

/** @param value a whole number; @returns it as a decimal without decimals */
export function fromInteger(value: bigint | number): Decimal {
  return fromScaled(BigInt(value), 0)
}

function fromScaled(value: bigint, scale: number): Decimal {
  return place(value < 0n, digitsOf(value), scale)
}

function digitsOf(value: bigint): string {
  return (value < 0n ? -value : value).toString()
}

/** Writes `digits` × 10^−`scale`. */
function place(negative: boolean, digits: string, scale: number): Decimal {
  let whole: string
  let fraction = ''
  if (scale <= 0) whole = digits + '0'.repeat(-scale)
  else {
    const padded = digits.padStart(scale + 1, '0')
    whole = padded.slice(0, -scale)
    fraction = padded.slice(-scale)
  }
  whole = whole.replace(/^0+(?=\d)/, '')
  const text = fraction === '' ? whole : `${whole}.${fraction}`
  return (negative && /[1-9]/.test(text) ? `-${text}` : text) as Decimal
}

function scaled(value: Decimal): { value: bigint; scale: number } {
  const dot = value.indexOf('.')
  if (dot < 0) return { value: BigInt(value), scale: 0 }
  return {
    value: BigInt(value.slice(0, dot) + value.slice(dot + 1)),
    scale: value.length - dot - 1,
  }
}

function align(a: Decimal, b: Decimal): { a: bigint; b: bigint; scale: number } {
  const x = scaled(a)
  const y = scaled(b)
  const scale = Math.max(x.scale, y.scale)
  return {
    a: x.value * 10n ** BigInt(scale - x.scale),
    b: y.value * 10n ** BigInt(scale - y.scale),
    scale,
  }
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  while (a !== 0n) [a, b] = [b % a, a]
  return b
}

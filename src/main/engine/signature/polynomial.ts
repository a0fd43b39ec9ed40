/**
 * Roots of a polynomial over a prime field.
 *
 * Shape: coefficients from the constant one up, the last not 0; no coefficient is the zero
 * polynomial. Degrees here are at most three, so nothing needs to be fast but the powers.
 * Source: H. Cohen, A Course in Computational Algebraic Number Theory, algorithms 1.6.1 (roots
 * modulo p) and 3.2.1 (greatest common divisor).
 *
 * @module
 */
type Polynomial = readonly bigint[]

/** @returns x with x³ + ax + b = 0 modulo the odd prime p: none, one, two or three */
export function cubicRoots(a: bigint, b: bigint, p: bigint): bigint[] {
  const cubic: Polynomial = [mod(b, p), mod(a, p), 0n, 1n]
  // x^p − x has every element of the field as a root, once.
  const linear = common(subtract(power([0n, 1n], p, cubic, p), [0n, 1n], p), cubic, p)
  return roots(linear, p, 0n)
}

/** @param factor product of different linear factors @param shift tried first */
function roots(factor: Polynomial, p: bigint, shift: bigint): bigint[] {
  if (factor.length <= 1) return []
  if (factor.length === 2) return [mod(-(factor[0] ?? 0n), p)]
  // Half of all elements are squares; which ones differs with every shift.
  for (let s = shift; ; s++) {
    const squares = subtract(power([s, 1n], (p - 1n) / 2n, factor, p), [1n], p)
    const part = common(squares, factor, p)
    if (part.length <= 1 || part.length === factor.length) continue
    const rest = divide(factor, part, p).quotient
    return [...roots(part, p, s + 1n), ...roots(monic(rest, p), p, s + 1n)]
  }
}

function mod(value: bigint, p: bigint): bigint {
  const rest = value % p
  return rest < 0n ? rest + p : rest
}

function trimmed(coefficients: bigint[]): Polynomial {
  while (coefficients.at(-1) === 0n) coefficients.pop()
  return coefficients
}

function subtract(one: Polynomial, other: Polynomial, p: bigint): Polynomial {
  const length = Math.max(one.length, other.length)
  return trimmed(Array.from({ length }, (_, i) => mod((one[i] ?? 0n) - (other[i] ?? 0n), p)))
}

function divide(one: Polynomial, by: Polynomial, p: bigint) {
  const rest = [...one]
  const quotient = Array.from({ length: Math.max(0, one.length - by.length + 1) }, () => 0n)
  const inverse = inverted(by.at(-1) ?? 1n, p)
  for (let at = one.length - by.length; at >= 0; at--) {
    const factor = mod((rest[at + by.length - 1] ?? 0n) * inverse, p)
    quotient[at] = factor
    for (const [i, coefficient] of by.entries()) {
      rest[at + i] = mod((rest[at + i] ?? 0n) - factor * coefficient, p)
    }
  }
  return { quotient: trimmed(quotient), rest: trimmed(rest) }
}

function monic(one: Polynomial, p: bigint): Polynomial {
  const inverse = inverted(one.at(-1) ?? 1n, p)
  return one.map((coefficient) => mod(coefficient * inverse, p))
}

/** @returns the greatest common divisor, monic */
function common(one: Polynomial, other: Polynomial, p: bigint): Polynomial {
  let [a, b] = [one, other]
  while (b.length > 0) [a, b] = [b, divide(a, b, p).rest]
  return monic(a, p)
}

function power(base: Polynomial, exponent: bigint, modulus: Polynomial, p: bigint): Polynomial {
  const multiply = (one: Polynomial, other: Polynomial) => {
    const product = Array.from({ length: one.length + other.length }, () => 0n)
    for (const [i, a] of one.entries()) {
      for (const [j, b] of other.entries()) product[i + j] = (product[i + j] ?? 0n) + a * b
    }
    return divide(trimmed(product.map((coefficient) => coefficient % p)), modulus, p).rest
  }
  let result: Polynomial = [1n]
  for (const bit of exponent.toString(2)) {
    result = multiply(result, result)
    if (bit === '1') result = multiply(result, base)
  }
  return result
}

/** Extended Euclid. */
function inverted(value: bigint, p: bigint): bigint {
  let [a, b, u, v] = [mod(value, p), p, 1n, 0n]
  while (b > 0n) [a, b, u, v] = [b, a % b, v, u - (a / b) * v]
  return mod(u, p)
}

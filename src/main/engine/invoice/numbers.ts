/**
 * Numbers as bills print them: `1.234,56`, `1,234.56`, `1'234.56`, `12,345`.
 *
 * Where the text leaves open whether a sign parts thousands or decimals, the other numbers of the
 * document decide; where they do not, there is no number. Source: formats documentation of bills,
 * F.4, "separator decision".
 *
 * @module
 */
import { type Decimal, parseDecimal } from '../../../shared/decimal.ts'

/** Decimal sign of a document; null where its numbers do not show it. */
export type NumberStyle = ',' | '.' | null

const GROUPED = "\\d{1,3}(?:['’\\u00a0\\u202f\\u2009]\\d{3})+(?:[.,]\\d+)?"
const GERMAN = '\\d{1,3}(?:\\.\\d{3})+(?:,\\d+)?'
const ENGLISH = '\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?'

/** One number; an ordinary blank never parts thousands. */
export const NUMBER = `(?<![\\d.,])[+\\-−]?(?:${GROUPED}|${GERMAN}|${ENGLISH}|\\d+(?:[.,]\\d+)?)(?!\\d|[.,]\\d)`

/** @returns null for no number, or one that can be read in two ways */
export function readNumber(text: string, style: NumberStyle): Decimal | null {
  const plain = text.replace('−', '-').replace(/['’\u00a0\u202f\u2009]/g, '')
  if (plain.length > LONGEST) return null
  const [points, commas] = [plain.split('.').length - 1, plain.split(',').length - 1]
  if (points > 0 && commas > 0) {
    const decimal = plain.lastIndexOf('.') > plain.lastIndexOf(',') ? '.' : ','
    return withPoint(plain, decimal)
  }
  if (points + commas === 0) return parseDecimal(plain)
  const sign = points > 0 ? '.' : ','
  if (points + commas > 1) return withPoint(plain, sign === '.' ? ',' : '.')
  const [whole = '', fraction = ''] = plain.replace(/^[+-]/, '').split(sign)
  const open = fraction.length === 3 && whole.length <= 3 && whole !== '0'
  if (!open) return withPoint(plain, sign)
  return style === null ? null : withPoint(plain, style)
}

const LONGEST = 30

function withPoint(text: string, decimal: ',' | '.'): Decimal | null {
  const thousands = decimal === ',' ? '.' : ','
  return parseDecimal(text.replaceAll(thousands, '').replace(decimal, '.'))
}

/** @param text without its dates @returns the decimal sign of all numbers with one or two decimals */
export function styleOf(text: string): NumberStyle {
  const commas = text.match(/(?<![\d.,])\d+,\d{1,2}(?![\d.,]\d|\d)/g)?.length ?? 0
  const points = text.match(/(?<![\d.,])\d+\.\d{1,2}(?![\d.,]\d|\d)/g)?.length ?? 0
  if (commas > 0 && points === 0) return ','
  return points > 0 && commas === 0 ? '.' : null
}

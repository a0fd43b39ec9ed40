/**
 * A line of a bill as a row of things that mean something: energies, prices, money, times, names.
 *
 * What has been read is taken out of the line, so that nothing is read twice: the digits of a
 * charge point are no number, those of a date no amount. Every pattern runs in linear time.
 * Source: formats documentation of bills, F.4.
 *
 * @module
 */
import { type Decimal, shift } from '../../../shared/decimal.ts'
import { type MomentToken, type SlashOrder, blank, momentsIn } from './moments.ts'
import { NUMBER, type NumberStyle, readNumber } from './numbers.ts'

/** What the whole document shows about its numbers and dates. */
export interface Profile {
  style: NumberStyle
  slashes: SlashOrder
}

export type EnergyUnit = 'kWh' | 'Wh' | 'MWh'
export type PriceUnit = 'kWh' | 'min' | 'h' | 'session'

export type Meaning =
  | { kind: 'energy'; value: Decimal | null; unit: EnergyUnit; text: string }
  | { kind: 'price'; value: Decimal | null; per: PriceUnit; currency: string }
  | { kind: 'money'; value: Decimal | null; currency: string }
  | { kind: 'percent'; value: Decimal | null }
  | { kind: 'duration'; seconds: Decimal }
  | { kind: 'moment'; moment: MomentToken }
  | { kind: 'name'; of: NameKind; text: string }
  | { kind: 'number'; value: Decimal | null; text: string }

export const NAME_KINDS = ['evse', 'meter', 'session', 'user', 'invoice'] as const
export type NameKind = (typeof NAME_KINDS)[number]

export type Token = Meaning & { from: number; to: number }

/** Longer lines are no lines of a bill. */
const LONGEST_LINE = 2000

/** Names that a label in front of them makes one; the label belongs to the match. */
const ID = '([A-Za-z0-9][A-Za-z0-9_./*-]{2,48}[A-Za-z0-9])'
const COLON = '\\.?\\s{0,3}[:#]?\\s{0,20}'
const LABELLED: readonly { of: NameKind; pattern: RegExp }[] = [
  {
    of: 'invoice',
    pattern: label(
      'Rechnungs-?\\s?(?:Nr|nummer)|Rechnung\\s(?:Nr|No)|Invoice\\s(?:no|number|#|ID)|Beleg-?\\s?(?:Nr|nummer)|Receipt\\s(?:no|number)',
    ),
  },
  {
    of: 'session',
    pattern: label(
      '(?:Lade-?)?(?:vorgangs?|sitzungs?|sessions?)-?\\s?(?:ID|Nr|nummer|no|number|kennung)|Transaktions?-?\\s?(?:ID|Nr|nummer)|Transaction(?:\\s(?:ID|no|number))?|Charging\\ssession(?:\\s(?:ID|no|number))|Lade-ID|CDR-?\\s?ID',
    ),
  },
  {
    of: 'meter',
    pattern: label(
      'Zähler-?\\s?(?:Nr|nummer|ID|kennung)|Meter\\s?(?:ID|no|number|serial(?:\\s(?:no|number))?)',
    ),
  },
  {
    of: 'user',
    pattern: label(
      '(?:Lade)?Karten-?\\s?(?:Nr|nummer|ID)|RFID(?:-?\\s?(?:UID|Nr|Karte|card))?|Token|Vertrags?-?\\s?(?:ID|Nr|nummer)|Contract(?:\\s(?:ID|no|number))|EMAID|(?:Charging\\s)?Card(?:\\s(?:no|number|ID))',
    ),
  },
]

function label(words: string): RegExp {
  return new RegExp(`(?<![\\p{L}])(?:${words})${COLON}${ID}(?![\\w*])`, 'giu')
}

const EVSE = [
  /(?<![A-Za-z0-9*])(?=[A-Z0-9*]{0,36}\d)[A-Z]{2}\*?[A-Z0-9]{3}\*?E[A-Z0-9*]{1,30}(?![A-Za-z0-9*])/g,
  /(?<![\d*])\+?49\*\d{3}\*[\d*]{1,32}(?![\d*])/g,
]
const UUID =
  /(?<![0-9a-f-])[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![0-9a-f-])/gi

const MONEY = '€|EUR|Euro|CHF|USD|\\$|£|GBP'
const CENT = 'ct|Cent|¢'
const PER =
  '\\s?(?:/|je|pro|per)\\s?(kWh|KWh|Min\\.?(?:ute)?|minute|min|Std\\.?|Stunde|hour|h)(?![\\w])'
const ENERGY = /\s?(kWh|KWh|kwh|kW h|Kilowattstunden?|Wh|MWh)(?![\w²]|\s?\/)/y
const PERCENT = /\s?%/y
const AFTER_PRICE = new RegExp(`\\s?(${MONEY}|${CENT})${PER}`, 'y')
const AFTER_SPLIT = new RegExp(
  `\\s?/\\s?(kWh|KWh|Min\\.?(?:ute)?|minute|min|Std\\.?|Stunde|hour|h)(?![\\w])`,
  'y',
)
const AFTER_MONEY = new RegExp(`\\s?(${MONEY}|${CENT})(?![\\w/])`, 'y')
const BEFORE_MONEY = new RegExp(`(${MONEY})\\s?$`)

const DURATIONS: { pattern: RegExp; seconds: (parts: number[]) => number }[] = [
  {
    pattern:
      /(?<![\d.,:])(\d{1,3})\s?(?:h|Std\.?|Stunden?|hours?)\s?(?:und\s|and\s)?(\d{1,2})\s?(?:m|min|Min\.?|Minuten?|minutes?)(?:\s?(\d{1,2})\s?(?:s|sek|Sek\.?|sec|Sekunden|seconds))?(?![\w/])/g,
    seconds: ([h = 0, m = 0, s = 0]) => h * 3600 + m * 60 + s,
  },
  {
    pattern:
      /(?<![\d.,:])(\d{1,4})\s?(?:min|Min\.?|Minuten?|minutes?)(?:\s(\d{1,2})\s?(?:s|sek|Sek\.?|sec|Sekunden|seconds))?(?![\w/])/g,
    seconds: ([m = 0, s = 0]) => m * 60 + s,
  },
]

const NUMBERS = new RegExp(NUMBER, 'g')

/** @returns the meanings of a line from left to right */
export function tokensIn(line: string, profile: Profile): Token[] {
  if (line.length > LONGEST_LINE) return []
  const tokens: Token[] = []
  let rest = line
  const take = (from: number, to: number, meaning: Meaning) => {
    tokens.push({ ...meaning, from, to })
    rest = blank(rest, from, to)
  }
  for (const { of, pattern } of LABELLED) {
    for (const match of rest.matchAll(pattern)) {
      const text = match[1] ?? ''
      // A label of a column has a word behind it, no number.
      if (!/\d/.test(text) || /^\d{1,2}[.:]\d{2}/.test(text)) continue
      take(match.index, match.index + match[0].length, { kind: 'name', of, text })
    }
  }
  for (const pattern of EVSE) takeNames(rest, pattern, 'evse', take)
  takeNames(rest, UUID, 'session', take)
  for (const moment of momentsIn(rest, profile.slashes)) {
    take(moment.from, moment.to, { kind: 'moment', moment })
  }
  for (const { pattern, seconds } of DURATIONS) {
    for (const match of rest.matchAll(pattern)) {
      const parts = match.slice(1).map((part) => Number(part ?? 0))
      const value = String(seconds(parts)) as Decimal
      take(match.index, match.index + match[0].length, { kind: 'duration', seconds: value })
    }
  }
  for (const match of rest.matchAll(NUMBERS)) {
    const [from, end] = [match.index, match.index + match[0].length]
    // Digits of a name are no number.
    const before = rest.slice(Math.max(0, from - 4), from)
    if (/[\p{L}_]$/u.test(before) && !BEFORE_MONEY.test(before)) continue
    const { meaning, to } = meaningOf(match[0], rest, from, end, profile.style)
    tokens.push({ ...meaning, from, to })
  }
  return tokens.toSorted((a, b) => a.from - b.from)
}

/** @returns the name that a line is, where the line above is its label */
export function nameBelow(above: string, line: string): Token | null {
  const text = line.trim()
  if (!/^(?=.*\d)[A-Za-z0-9][A-Za-z0-9_./*-]{2,60}$/.test(text)) return null
  const both = `${above.trim()} ${text}`
  for (const { of, pattern } of LABELLED) {
    const [match, more] = both.matchAll(pattern)
    if (match !== undefined && more === undefined && match[0] === both) {
      const from = line.indexOf(text)
      return { kind: 'name', of, text, from, to: from + text.length }
    }
  }
  return null
}

function takeNames(
  line: string,
  pattern: RegExp,
  of: NameKind,
  take: (from: number, to: number, meaning: Meaning) => void,
): void {
  for (const match of line.matchAll(pattern)) {
    take(match.index, match.index + match[0].length, { kind: 'name', of, text: match[0] })
  }
}

function meaningOf(
  text: string,
  line: string,
  from: number,
  end: number,
  style: NumberStyle,
): { meaning: Meaning; to: number } {
  const value = readNumber(text, style)
  const at = (pattern: RegExp) => {
    pattern.lastIndex = end
    return pattern.exec(line)
  }
  const energy = at(ENERGY)
  if (energy !== null) {
    return {
      meaning: { kind: 'energy', value, unit: energyUnit(energy[1]), text: text + energy[0] },
      to: end + energy[0].length,
    }
  }
  const price = at(AFTER_PRICE)
  if (price !== null) {
    return { meaning: priced(value, price[1] ?? '', price[2] ?? ''), to: end + price[0].length }
  }
  const before = BEFORE_MONEY.exec(line.slice(Math.max(0, from - 6), from))?.[1]
  const split = before === undefined ? null : at(AFTER_SPLIT)
  if (before !== undefined && split !== null) {
    return { meaning: priced(value, before, split[1] ?? ''), to: end + split[0].length }
  }
  const percent = at(PERCENT)
  if (percent !== null) return { meaning: { kind: 'percent', value }, to: end + percent[0].length }
  const money = at(AFTER_MONEY)
  if (money !== null || before !== undefined) {
    const currency = money?.[1] ?? before ?? ''
    return { meaning: inMoney(value, currency), to: end + (money?.[0].length ?? 0) }
  }
  return { meaning: { kind: 'number', value, text }, to: end }
}

function energyUnit(written = ''): EnergyUnit {
  if (written === 'Wh' || written === 'MWh') return written
  return 'kWh'
}

const CURRENCIES: Record<string, string> = { '€': 'EUR', Euro: 'EUR', $: 'USD', '£': 'GBP' }

export function currencyOf(written: string): string {
  return CURRENCIES[written] ?? written.toUpperCase()
}

function isCent(written: string): boolean {
  return /^(?:ct|cent|¢)$/i.test(written)
}

function inMoney(value: Decimal | null, written: string): Meaning {
  if (!isCent(written)) return { kind: 'money', value, currency: currencyOf(written) }
  return { kind: 'money', value: value === null ? null : shift(value, -2), currency: 'EUR' }
}

export function perUnit(written: string): PriceUnit {
  if (/^k/i.test(written)) return 'kWh'
  return /^m/i.test(written) ? 'min' : 'h'
}

function priced(value: Decimal | null, written: string, per: string): Meaning {
  const { value: amount, currency } = inMoney(value, written) as Extract<Meaning, { kind: 'money' }>
  return { kind: 'price', value: amount, per: perUnit(per), currency }
}

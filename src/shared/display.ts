/**
 * Values as people read them, the same in window, report and command line. What the meter signed
 * is never rounded; the signed text itself can always be shown beside it.
 *
 * @module
 */
import type { Decimal } from './decimal.ts'
import type { Language } from './i18n/index.ts'
import { type Quantity, type Timestamp, toKWh } from './model/reading.ts'

/** Narrow no-break space between groups of three digits (ISO 80000-1, 7.3.1). */
const GROUP = '\u202f'
const POINT = { de: ',', en: '.' } as const satisfies Record<Language, string>

/** @returns `2 935,600` or `2 935.600`; all digits kept */
export function showDecimal(language: Language, value: Decimal): string {
  const [whole = '0', fraction] = value.split('.')
  const grouped = whole.replace(/(\d)(?=(?:\d{3})+$)/g, `$1${GROUP}`)
  return fraction === undefined ? grouped : `${grouped}${POINT[language]}${fraction}`
}

/** @returns number and unit as the record states them: `2 935,600 kWh` */
export function showQuantity(language: Language, { value, unit, unitText }: Quantity): string {
  const shown = unit === 'unknown' ? visible(unitText) : unit
  return `${showDecimal(language, value)}\u00a0${shown}`
}

/** @returns the energy in kWh where it has one, else as the record states it */
export function showEnergy(language: Language, quantity: Quantity): string {
  const kWh = toKWh(quantity)
  return kWh === null ? showQuantity(language, quantity) : `${showDecimal(language, kWh)}\u00a0kWh`
}

const pad = (value: number) => String(value).padStart(2, '0')

/**
 * @returns date and time of day on the clock of the station, `24.08.2026 13:22:04`; the text of
 *   the record where it cannot be read
 */
export function showTime(language: Language, { text, epochMs, offsetMin }: Timestamp): string {
  if (epochMs === null || offsetMin === null) return visible(text)
  const local = new Date(epochMs + offsetMin * 60_000)
  const [year, month, day] = [local.getUTCFullYear(), local.getUTCMonth() + 1, local.getUTCDate()]
  const clock = [local.getUTCHours(), local.getUTCMinutes(), local.getUTCSeconds()]
    .map(pad)
    .join(':')
  const date =
    language === 'de' ? `${pad(day)}.${pad(month)}.${year}` : `${year}-${pad(month)}-${pad(day)}`
  return `${date} ${clock}`
}

/** @returns `UTC+02:00`; empty where the record states none */
export function showOffset({ offsetMin }: Timestamp): string {
  if (offsetMin === null) return ''
  const minutes = Math.abs(offsetMin)
  return `UTC${offsetMin < 0 ? '−' : '+'}${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`
}

/** @param seconds as a decimal @returns `1 h 2 min 3 s`; parts that are zero in front are left out */
export function showDuration(language: Language, seconds: Decimal): string {
  const negative = seconds.startsWith('-')
  const [whole = '0', fraction] = seconds.replace('-', '').split('.')
  const total = BigInt(whole)
  const hours = total / 3600n
  const minutes = (total / 60n) % 60n
  const rest = `${total % 60n}${fraction === undefined ? '' : `${POINT[language]}${fraction}`}`
  const parts = [`${rest} s`]
  if (minutes > 0n || hours > 0n) parts.unshift(`${minutes} min`)
  if (hours > 0n) parts.unshift(`${hours} h`)
  return `${negative ? '−' : ''}${parts.join(' ')}`
}

/**
 * Characters that people do not see but that change what they see: controls, direction marks,
 * zero-width characters, variation selectors, tags, letters without a shape, line separators, lone
 * surrogates; and what no font shows alike: private use and characters that do not exist.
 */
const INVISIBLE = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu

/** @returns text of a record or file in one line that shows all there is: `a\u202eb` */
export function visible(text: string): string {
  return text.replace(INVISIBLE, (character) => {
    const code = character.codePointAt(0) ?? 0
    return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, '0')}`
  })
}

/** @returns an ISO date as people write it: `01.09.2026`, `1 September 2026` */
export function showDay(language: Language, date: string): string {
  const [year = '', month = '', day = ''] = date.slice(0, 10).split('-')
  if (language === 'de') return `${day}.${month}.${year}`
  const name = MONTHS[Number(month) - 1]
  return name === undefined ? date : `${Number(day)} ${name} ${year}`
}

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/**
 * Time stamps of OCMF: `2019-08-13T10:03:15,000+0000 I`.
 *
 * Source: OCMF 1.4.1, Table 7 (TM) and Table 19 (clock letters). Deviations listed here are all
 * seen in the field and are read, each with a word for the finding.
 *
 * @module
 */
import { table } from '../../../../shared/table.ts'
import type { ClockState, Timestamp } from '../../../../shared/model/reading.ts'
import { epochMs, isCivilTime } from '../../codec/time.ts'

export const TIME_DEVIATIONS = [
  'offset-colon',
  'offset-short',
  'offset-missing',
  'decimal-dot',
  'milliseconds',
  'blank-missing',
  'letter-missing',
  'letter-lower-case',
  'leap-second',
] as const
export type TimeDeviation = (typeof TIME_DEVIATIONS)[number]

export interface OcmfTime extends Timestamp {
  /** Clock letter in upper case; null where none is written. */
  letter: string | null
  deviations: TimeDeviation[]
}

/** Table 19. */
const CLOCK: Record<string, ClockState> = table({
  U: 'unsynchronised',
  I: 'informative',
  S: 'synchronised',
  R: 'relative',
})

const SHAPE =
  /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:([,.])(\d{1,9}))?(Z|[+-]\d\d(?::?\d\d)?)?( )?([A-Za-z])?$/

/** @returns null where the text is no such time, or names one the calendar does not have */
export function parseTime(text: string): OcmfTime | null {
  const match = SHAPE.exec(text)
  if (match === null) return null
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map(Number)
  const civil = { year, month, day, hour, minute, second }
  if (!isCivilTime(civil)) return null
  const [separator, fraction, offset, blank, letter] = match.slice(7)
  const offsetMin = offset === undefined ? null : minutesOf(offset)
  if (offsetMin !== null && Math.abs(offsetMin) > 14 * 60) return null
  const milliseconds = Number((fraction ?? '').padEnd(3, '0').slice(0, 3))
  const clock = letter?.toUpperCase() ?? null
  return {
    text,
    epochMs: offsetMin === null ? null : epochMs(civil, milliseconds, offsetMin),
    offsetMin,
    sync: (clock === null ? undefined : CLOCK[clock]) ?? 'unknown',
    letter: clock,
    deviations: deviations({ separator, fraction, offset, blank, letter, second }),
  }
}

/** @returns whether Table 19 knows the letter */
export function isClockLetter(letter: string): boolean {
  return letter in CLOCK
}

function minutesOf(offset: string): number {
  if (offset === 'Z') return 0
  const digits = offset.slice(1).replace(':', '').padEnd(4, '0')
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2))
  return offset.startsWith('-') ? -minutes : minutes
}

interface Parts {
  separator: string | undefined
  fraction: string | undefined
  offset: string | undefined
  blank: string | undefined
  letter: string | undefined
  second: number
}

function deviations({ separator, fraction, offset, blank, letter, second }: Parts) {
  const found: TimeDeviation[] = []
  if (separator === '.') found.push('decimal-dot')
  if (fraction?.length !== 3) found.push('milliseconds')
  if (offset === undefined) found.push('offset-missing')
  else if (offset.includes(':')) found.push('offset-colon')
  else if (offset.length < 5) found.push('offset-short')
  if (letter === undefined) found.push('letter-missing')
  else {
    if (letter !== letter.toUpperCase()) found.push('letter-lower-case')
    if (blank === undefined) found.push('blank-missing')
  }
  if (second === 60) found.push('leap-second')
  return found
}

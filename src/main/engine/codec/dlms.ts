/**
 * Units as one byte, and the words that JSON carriers write beside it.
 *
 * Source: IEC 62056-6-2 (DLMS/COSEM), table "units"; 255 says that there is none.
 *
 * @module
 */
import { table } from '../../../shared/table.ts'

interface DlmsUnit {
  text: string
  /** Other spellings, in upper case without blanks and underscores. */
  words: readonly string[]
}

const UNITS: Record<number, DlmsUnit> = table({
  6: { text: 'min', words: ['MIN', 'MINUTE', 'MINUTES'] },
  7: { text: 's', words: ['S', 'SECOND', 'SECONDS'] },
  27: { text: 'W', words: ['W', 'WATT', 'WATTS'] },
  30: { text: 'Wh', words: ['WH', 'WATTHOUR', 'WATTHOURS'] },
  255: { text: '', words: ['', 'UNITLESS', 'NONE'] },
})

/** @returns the unit as people write it; `DLMS 42` for a code this program has no word for */
export function dlmsText(code: number): string {
  return UNITS[code]?.text ?? `DLMS ${code}`
}

/** @returns whether the word names the unit of that code */
export function isDlmsWord(code: number, word: string): boolean {
  const spelled = word.toUpperCase().replace(/[\s_-]/g, '')
  return UNITS[code]?.words.includes(spelled) ?? false
}

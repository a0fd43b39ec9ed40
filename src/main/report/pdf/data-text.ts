/**
 * Text of records and files on its way to paper. What a reader could take for something else is
 * written as an escape: characters without a shape, blanks that are none, letters of one script
 * inside words of another. Source: Unicode TR 36, 2; TR 39, 5.
 *
 * @module
 */
import { visible } from '../../../shared/display.ts'
import { type Language, sentence } from '../../../shared/i18n/index.ts'
import type { Finding } from '../../../shared/model/finding.ts'

/** Longer values are cut; the whole value stands in the embedded result. */
const MOST_CHARACTERS = 2000
/** Values inside a sentence. */
const MOST_IN_SENTENCE = 300

/** @returns free text: a description, a file name, a tariff */
export function freeText(text: string, most = MOST_CHARACTERS): string {
  return cut(text, most)
    .split(' ')
    .map((word) => (MIXED.test(word) ? word.replace(OTHER_SCRIPT, escape) : word))
    .join(' ')
    .replace(OTHER_BLANK, escape)
}

/** @returns an identifier: Latin letters and the signs of ASCII, everything else escaped */
export function identifier(text: string): string {
  return cut(text, MOST_CHARACTERS).replace(NOT_PLAIN, escape)
}

/** @returns the sentence of a finding; values of the record in it pass {@link freeText} */
export function plainSentence(language: Language, found: Finding): string {
  return visible(sentence(language, withPlainParams(found)))
}

export function withPlainParams(found: Finding): Finding {
  const params = Object.fromEntries(
    Object.entries(found.params).map(([name, value]) => [name, freeText(value, MOST_IN_SENTENCE)]),
  )
  return { ...found, params }
}

/** Ohm and micro have no double among Latin letters. */
const LETTER = '(?![Ωµμ])[\\p{Script=Greek}\\p{Script=Cyrillic}]'
const OTHER_SCRIPT = new RegExp(LETTER, 'gu')
const MIXED = new RegExp(`(?=.*\\p{Script=Latin})(?=.*${LETTER})`, 'u')
const OTHER_BLANK = /(?! )\p{Zs}/gu
/** Latin-1 and Latin Extended-A are what European keyboards write. */
const NOT_PLAIN = /[^\x20-\x7e\u00c0-\u017e]/gu

function escape(character: string): string {
  const code = character.codePointAt(0) ?? 0
  return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, '0')}`
}

function cut(text: string, most: number): string {
  if (text.length <= most) return text
  return `${text.slice(0, most)} … (${text.length})`
}

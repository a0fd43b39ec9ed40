/**
 * All words of the program, in German and English. A missing text does not compile.
 *
 * Texts name their parameters in braces: `{found}` is put in as it is, `{@found}` is put in as
 * the word for that value where there is one, `{#found}` as a number in that language.
 *
 * @module
 */
import type { Finding, FindingCode } from '../model/finding.ts'
import { carrier as carrierDe } from './de/carrier.ts'
import { alfen as alfenDe } from './de/alfen.ts'
import { edl as edlDe } from './de/edl.ts'
import { findings as findingsDe } from './de/findings.ts'
import { keys as keysDe } from './de/keys.ts'
import { keyScreen as keyScreenDe } from './de/key-screen.ts'
import { mennekes as mennekesDe } from './de/mennekes.ts'
import { invoice as invoiceDe, invoiceUi as invoiceUiDe } from './de/invoice.ts'
import { ocmf as ocmfDe } from './de/ocmf.ts'
import { pcdf as pcdfDe } from './de/pcdf.ts'
import { record as recordDe } from './de/record.ts'
import { sealed as sealedDe } from './de/sealed.ts'
import { stations as stationsDe } from './de/stations.ts'
import { ui as uiDe } from './de/ui.ts'
import { ways as waysDe } from './de/ways.ts'
import { window as windowDe } from './de/window.ts'
import { words as wordsDe } from './de/words.ts'
import { carrier as carrierEn } from './en/carrier.ts'
import { alfen as alfenEn } from './en/alfen.ts'
import { edl as edlEn } from './en/edl.ts'
import { findings as findingsEn } from './en/findings.ts'
import { keys as keysEn } from './en/keys.ts'
import { keyScreen as keyScreenEn } from './en/key-screen.ts'
import { mennekes as mennekesEn } from './en/mennekes.ts'
import { invoice as invoiceEn, invoiceUi as invoiceUiEn } from './en/invoice.ts'
import { ocmf as ocmfEn } from './en/ocmf.ts'
import { pcdf as pcdfEn } from './en/pcdf.ts'
import { record as recordEn } from './en/record.ts'
import { sealed as sealedEn } from './en/sealed.ts'
import { stations as stationsEn } from './en/stations.ts'
import { ui as uiEn } from './en/ui.ts'
import { ways as waysEn } from './en/ways.ts'
import { window as windowEn } from './en/window.ts'
import { words as wordsEn } from './en/words.ts'

export const LANGUAGES = ['de', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

export type UiKey =
  | keyof typeof uiDe
  | keyof typeof windowDe
  | keyof typeof waysDe
  | keyof typeof keysDe
  | keyof typeof keyScreenDe
  | keyof typeof stationsDe
  | keyof typeof invoiceUiDe
type Texts = Record<FindingCode, string> & Record<UiKey, string>

const TEXTS: Record<Language, Texts> = {
  de: {
    ...findingsDe,
    ...recordDe,
    ...carrierDe,
    ...invoiceDe,
    ...ocmfDe,
    ...edlDe,
    ...uiDe,
    ...windowDe,
    ...waysDe,
    ...keysDe,
    ...keyScreenDe,
    ...stationsDe,
    ...alfenDe,
    ...mennekesDe,
    ...pcdfDe,
    ...sealedDe,
    ...invoiceUiDe,
  },
  en: {
    ...findingsEn,
    ...recordEn,
    ...carrierEn,
    ...invoiceEn,
    ...ocmfEn,
    ...edlEn,
    ...uiEn,
    ...windowEn,
    ...waysEn,
    ...keysEn,
    ...keyScreenEn,
    ...stationsEn,
    ...alfenEn,
    ...mennekesEn,
    ...pcdfEn,
    ...sealedEn,
    ...invoiceUiEn,
  },
}
const WORDS: Record<Language, Record<string, string>> = { de: wordsDe, en: wordsEn }

/** @param params values for the names in braces; a name without a value stays empty */
export function text(
  language: Language,
  key: FindingCode | UiKey,
  params: Readonly<Record<string, string>> = {},
): string {
  return TEXTS[language][key].replace(/\{([@#]?)(\w+)\}/g, (_, as: string, name: string) => {
    const value = params[name] ?? ''
    if (as === '#') return numberFor(language, value)
    return as === '@' ? wordFor(language, value) : value
  })
}

/** @returns digits with the decimal sign of the language; anything else as it is */
function numberFor(language: Language, value: string): string {
  const point = language === 'de' ? ',' : '.'
  return /^-?\d+(?:\.\d+)?$/.test(value) ? value.replace('-', '−').replace('.', point) : value
}

/** @returns the sentence of a finding */
export function sentence(language: Language, { code, params }: Finding): string {
  return text(language, code, params).trim()
}

/** @returns the word for a value such as `"ocmf.M"`; the value without its prefix where there is none */
export function wordFor(language: Language, value: string): string {
  const words = WORDS[language]
  // No value of a record may find what every object of JavaScript has.
  const word = Object.hasOwn(words, value) ? words[value] : undefined
  return word ?? value.slice(value.indexOf('.') + 1)
}

/** Raw texts, for tests of their completeness. */
export function rawText(language: Language, key: FindingCode | UiKey): string {
  return TEXTS[language][key]
}

/**
 * The language of the window and the words in it.
 *
 * @module
 */
import { createContext, type ReactNode, useContext, useEffect, useMemo } from 'react'
import type { Decimal } from '../shared/decimal.ts'
import { showDecimal } from '../shared/display.ts'
import { type Language, type UiKey, text } from '../shared/i18n/index.ts'
import type { FindingCode } from '../shared/model/finding.ts'

export interface Words {
  language: Language
  t: (key: UiKey | FindingCode, params?: Readonly<Record<string, string>>) => string
  /** A whole number, in groups of three digits. */
  count: (number: number) => string
}

/** A paragraph sign stays with its number. */
export function kept(words: string): string {
  return words.replaceAll('§ ', '§\u00a0')
}

function wordsOf(language: Language): Words {
  return {
    language,
    t: (key, params) => kept(text(language, key, params)),
    count: (number) => showDecimal(language, String(number) as Decimal),
  }
}

const LanguageContext = createContext<Words>(wordsOf('de'))

export function LanguageProvider({
  language,
  children,
}: {
  language: Language
  children: ReactNode
}) {
  useEffect(() => {
    document.documentElement.lang = language
  }, [language])
  const words = useMemo(() => wordsOf(language), [language])
  return <LanguageContext value={words}>{children}</LanguageContext>
}

export function useLanguage(): Words {
  return useContext(LanguageContext)
}

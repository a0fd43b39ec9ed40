/**
 * The language of the window and the words in it.
 *
 * @module
 */
import { createContext, type ReactNode, useContext, useEffect, useMemo } from 'react'
import { type Language, type UiKey, text } from '../shared/i18n/index.ts'
import type { FindingCode } from '../shared/model/finding.ts'

export interface Words {
  language: Language
  t: (key: UiKey | FindingCode, params?: Readonly<Record<string, string>>) => string
}

const LanguageContext = createContext<Words>({
  language: 'de',
  t: (key, params) => text('de', key, params),
})

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
  const words = useMemo<Words>(
    () => ({ language, t: (key, params) => text(language, key, params) }),
    [language],
  )
  return <LanguageContext value={words}>{children}</LanguageContext>
}

export function useLanguage(): Words {
  return useContext(LanguageContext)
}

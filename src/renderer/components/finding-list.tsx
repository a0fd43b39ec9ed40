/**
 * Findings in plain words, with weight and code.
 *
 * @module
 */
import { sentence } from '../../shared/i18n/index.ts'
import { visible } from '../../shared/display.ts'
import type { Finding, Severity } from '../../shared/model/finding.ts'
import { useLanguage } from '../language.tsx'
import styles from './finding-list.module.css'
import { Icon, type IconName } from './icon.tsx'

const ICON: Record<Severity, IconName> = { error: 'cross', warning: 'warn', info: 'info' }
const TONE: Record<Severity, string> = { error: 'bad', warning: 'warn', info: 'mute' }

export function FindingLines({ findings }: { findings: readonly Finding[] }) {
  const { language, t } = useLanguage()
  return (
    <ul className={styles['list']}>
      {findings.map((found, index) => (
        <li
          key={`${found.code}${found.path ?? ''}${index}`}
          className={styles['finding']}
          data-code={found.code}
        >
          <Icon name={ICON[found.severity]} size={18} className={TONE[found.severity]} />
          <span>
            <span className="unseen">{t(`label.severity.${found.severity}`)}: </span>
            {visible(sentence(language, found))}{' '}
            <code className={styles['code']}>
              {found.code}
              {found.path === null ? '' : ` · ${visible(found.path)}`}
            </code>
          </span>
        </li>
      ))}
    </ul>
  )
}

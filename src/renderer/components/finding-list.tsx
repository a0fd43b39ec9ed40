/**
 * Findings in plain words, with weight and code.
 *
 * @module
 */
import { sentence } from '../../shared/i18n/index.ts'
import { visible } from '../../shared/display.ts'
import { type Finding, rowOf } from '../../shared/model/finding.ts'
import type { Severity } from '../../shared/model/finding-row.ts'
import type { VerdictState } from '../../shared/model/verdict-state.ts'
import { useLanguage } from '../language.tsx'
import styles from './finding-list.module.css'
import { Icon, type IconName } from './icon.tsx'

interface Sign {
  icon: IconName
  tone: 'bad' | 'warn' | 'mute'
}
const SIGNS: Record<Severity, Sign> = {
  error: { icon: 'cross', tone: 'bad' },
  warning: { icon: 'warn', tone: 'warn' },
  info: { icon: 'info', tone: 'mute' },
}
/** An error that leads to a milder state than "does not fit" must not look like it. */
const MILDER: Partial<Record<VerdictState, Sign>> = {
  NOT_CHECKED: { icon: 'dash', tone: 'mute' },
  INCOMPLETE: SIGNS.warning,
  NOT_LEGALLY_RELEVANT: SIGNS.warning,
}

function signOf({ code, severity }: Finding): Sign {
  const { state } = rowOf(code)
  const milder = severity === 'error' && state !== null ? MILDER[state] : undefined
  return milder ?? SIGNS[severity]
}

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
          <Icon name={signOf(found).icon} size={18} className={signOf(found).tone} />
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

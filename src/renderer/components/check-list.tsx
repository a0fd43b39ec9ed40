/**
 * The four statements of every result, each with its explanation behind it.
 *
 * @module
 */
import {
  type CheckLine,
  type CheckStatus,
  checkLines,
  findingsOf,
} from '../../shared/i18n/verdict.ts'
import type { Finding } from '../../shared/model/finding.ts'
import type { Session } from '../../shared/model/session.ts'
import { useLanguage } from '../language.tsx'
import styles from './check-list.module.css'
import { FindingLines } from './finding-list.tsx'
import { Icon, type IconName } from './icon.tsx'

const ICON: Record<CheckStatus, IconName> = {
  ok: 'check',
  open: 'question',
  warn: 'warn',
  bad: 'cross',
  unknown: 'dash',
}
const TONE: Record<CheckStatus, string> = {
  ok: 'ok',
  open: 'open',
  warn: 'warn',
  bad: 'bad',
  unknown: 'mute',
}

/** Findings that belong to a statement, by the first part of their code. */
const PREFIXES: Record<CheckLine['name'], readonly string[]> = {
  signature: ['SIG-', 'IN-SPACE'],
  key: ['KEY-'],
  complete: ['SES-'],
  legal: ['LAW-'],
}

export function CheckList({ session }: { session: Session }) {
  const { language, t } = useLanguage()
  const findings = findingsOf(session)
  return (
    <section className="card" aria-labelledby="checks">
      <h2 id="checks">{t('result.checked')}</h2>
      <ul className={styles['list']}>
        {checkLines(language, session).map((line) => (
          <li key={line.name}>
            <Line line={line} findings={findings} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Line({ line, findings }: { line: CheckLine; findings: Finding[] }) {
  const { t } = useLanguage()
  const own = findings.filter(({ code }) =>
    PREFIXES[line.name].some((prefix) => code.startsWith(prefix)),
  )
  const [first, ...rest] = line.sentence.split('. ')
  return (
    <details className={styles['line']} data-check={line.name} data-status={line.status}>
      <summary>
        <Icon name={ICON[line.status]} size={22} className={TONE[line.status] ?? ''} />
        <span className={styles['words']}>
          <b>
            {line.title}: {first?.replace(/\.$/, '')}
          </b>
          {rest.length > 0 && <small>{rest.join('. ')}</small>}
        </span>
        <Icon name="chevron" size={16} className={styles['chevron'] ?? ''} />
      </summary>
      <div className={styles['more']}>
        <p>{t(`explain.${line.name}`)}</p>
        {own.length > 0 && <FindingLines findings={own} />}
      </div>
    </details>
  )
}

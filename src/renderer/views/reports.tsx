/**
 * Reports: of the result at hand, and what was saved since the program started.
 *
 * @module
 */
import { visible } from '../../shared/display.ts'
import { useApp } from '../actions.ts'
import { Button } from '../components/button.tsx'
import { Copyable } from '../components/copyable.tsx'
import { Icon } from '../components/icon.tsx'
import { useLanguage } from '../language.tsx'
import styles from './simple.module.css'

export function ReportsView() {
  const { state, actions, dispatch } = useApp()
  const { t, language } = useLanguage()
  const { result, session, reports } = state
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' })
  return (
    <div className={styles['wrap']}>
      <header>
        <h1>{t('view.reports')}</h1>
        <p className="muted">{t('reports.lead')}</p>
      </header>
      {result === null ? (
        <section className={`card ${styles['empty']}`}>
          <Icon name="report" size={48} className="muted" />
          <h2>{t('reports.none')}</h2>
          <Button look="primary" onClick={() => dispatch({ type: 'fresh' })}>
            {t('action.new')}
          </Button>
        </section>
      ) : (
        <section className="card" aria-labelledby="report-now">
          <h2 id="report-now">{t('reports.now')}</h2>
          <p className="muted">{visible(session?.input ?? result.label)}</p>
          <div className={styles['choices']}>
            {(['pdf', 'json', 'csv'] as const).map((kind) => (
              <button
                key={kind}
                type="button"
                className={styles['choice']}
                data-save={kind}
                onClick={() =>
                  void actions.saveReport(result.job, session?.id ?? null, kind, language)
                }
              >
                <Icon name="report" size={28} />
                <b>{t(`save.${kind}`)}</b>
                <small>{t(`save.${kind}.text`)}</small>
              </button>
            ))}
          </div>
          {language === 'de' ? (
            <p className={styles['other']}>
              <button
                type="button"
                className="link"
                onClick={() =>
                  void actions.saveReport(result.job, session?.id ?? null, 'pdf', 'en')
                }
              >
                {t('reports.other')}
              </button>
            </p>
          ) : (
            <p className={styles['other']}>
              <button
                type="button"
                className="link"
                onClick={() =>
                  void actions.saveReport(result.job, session?.id ?? null, 'pdf', 'de')
                }
              >
                {t('reports.other')}
              </button>
            </p>
          )}
        </section>
      )}
      {reports.length > 0 && (
        <section className="card" aria-labelledby="reports-saved">
          <h2 id="reports-saved">{t('reports.saved')}</h2>
          <ul className={styles['saved']}>
            {reports.map((report) => (
              <li key={`${report.at}${report.name}`}>
                <b>{visible(report.path ?? report.name)}</b>
                <small>
                  {date.format(new Date(report.at))} · SHA-256 <Copyable text={report.sha256} />
                </small>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  )
}

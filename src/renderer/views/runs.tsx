/**
 * The checks of this session of the program.
 *
 * @module
 */
import { useEffect, useState } from 'react'
import type { JobSummary } from '../../shared/api.ts'
import { visible } from '../../shared/display.ts'
import { VERDICT_STATES } from '../../shared/model/verdict-state.ts'
import { useApp } from '../actions.ts'
import { call } from '../api.ts'
import { Button } from '../components/button.tsx'
import { Icon } from '../components/icon.tsx'
import { SaveMenu } from '../components/save-menu.tsx'
import { VERDICT_TONE } from '../components/verdict.tsx'
import { VerdictIcon } from '../components/icon.tsx'
import { useLanguage } from '../language.tsx'
import styles from './simple.module.css'

export function RunsView() {
  const { actions, dispatch, state } = useApp()
  const { t, language, count } = useLanguage()
  const [runs, setRuns] = useState<JobSummary[] | null>(null)
  useEffect(() => {
    void actions.guarded(async () => setRuns(await call('jobs', null)))
  }, [actions, state.result])
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' })
  const forget = async (job: string) => {
    await actions.forget(job)
    setRuns((all) => all?.filter((run) => run.job !== job) ?? null)
  }
  return (
    <div className={styles['wrap']}>
      <header>
        <h1>{t('view.runs')}</h1>
        <p className="muted">{t('runs.lead')}</p>
      </header>
      {runs !== null && runs.length === 0 ? (
        <section className={`card ${styles['empty']}`}>
          <Icon name="runs" size={48} className="muted" />
          <h2>{t('runs.none')}</h2>
          <Button look="primary" onClick={() => dispatch({ type: 'fresh' })}>
            {t('action.new')}
          </Button>
        </section>
      ) : (
        <ul className={styles['list']}>
          {(runs ?? []).map((run) => (
            <li key={run.job} className="card">
              <div className={styles['line']}>
                <div>
                  <h2>
                    <button
                      type="button"
                      className={styles['title']}
                      onClick={() => void actions.reopen(run.job)}
                    >
                      {visible(run.label === '' ? t('runs.unnamed') : run.label)}
                    </button>
                  </h2>
                  <p className="muted small">
                    <time dateTime={run.checkedAt}>{date.format(new Date(run.checkedAt))}</time> ·{' '}
                    {t('summary.inputs', { count: count(run.inputs) })}
                  </p>
                </div>
                <div className="row">
                  <Button onClick={() => void actions.reopen(run.job)}>{t('action.open')}</Button>
                  <SaveMenu job={run.job} session={null} />
                  <Button icon="trash" bare onClick={() => void forget(run.job)}>
                    {t('runs.forget')}
                  </Button>
                </div>
              </div>
              <ul className={styles['counts']}>
                {VERDICT_STATES.toReversed()
                  .filter((candidate) => run.counts[candidate] > 0)
                  .map((candidate) => (
                    <li key={candidate} className={VERDICT_TONE[candidate]}>
                      <VerdictIcon state={candidate} size={16} /> {t(`short.${candidate}`)}{' '}
                      <b>{count(run.counts[candidate])}</b>
                    </li>
                  ))}
              </ul>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

/**
 * Long work in named steps, with a way out.
 *
 * @module
 */
import { useEffect, useState } from 'react'
import type { JobStep } from '../../shared/api.ts'
import { useApp } from '../actions.ts'
import { useLanguage } from '../language.tsx'
import { Button } from './button.tsx'
import { Icon } from './icon.tsx'
import styles from './progress.module.css'

const STEPS: readonly JobStep[] = ['reading', 'checking', 'pairing']
/** Quick work shows no progress at all: nothing should flash. */
const SHOW_AFTER_MS = 250
/** Screen readers hear of progress no more often than this. */
const SPEAK_MS = 5000

export function ProgressView() {
  const { state, actions } = useApp()
  const { t, count } = useLanguage()
  const [show, setShow] = useState(false)
  const [spoken, setSpoken] = useState('')
  const { work } = state
  const progress = work?.progress ?? null
  const done = progress?.done ?? 0
  const total = Math.max(progress?.total ?? 0, 1)
  const step = progress?.step ?? 'reading'
  const percent = Math.round((done / total) * 100)

  useEffect(() => {
    const timer = setTimeout(() => setShow(true), SHOW_AFTER_MS)
    return () => clearTimeout(timer)
  }, [])
  useEffect(() => {
    const timer = setInterval(
      () => setSpoken(t('progress.percent', { percent: String(percent) })),
      SPEAK_MS,
    )
    return () => clearInterval(timer)
  }, [percent, t])

  if (!show) return null
  return (
    <div className={styles['progress']}>
      <h1>{t('progress.title')}</h1>
      <ol className={styles['steps']}>
        {STEPS.map((name) => {
          const at = STEPS.indexOf(name) - STEPS.indexOf(step)
          return (
            <li key={name} data-at={at < 0 ? 'done' : at === 0 ? 'now' : 'later'}>
              {at < 0 ? (
                <Icon name="check" size={18} className="ok" />
              ) : (
                <span className={styles['dot']} />
              )}
              {t(`progress.${name}`)}
            </li>
          )
        })}
      </ol>
      <progress max={total} value={done} aria-label={t(`progress.${step}`)} />
      <p className="muted">
        {t('progress.count', {
          done: count(done),
          total: count(progress?.total ?? work?.files ?? 0),
        })}
      </p>
      <p className="unseen" role="status">
        {spoken}
      </p>
      <div>
        <Button onClick={() => void actions.cancel()}>{t('action.cancel')}</Button>
      </div>
    </div>
  )
}

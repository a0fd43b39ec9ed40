/**
 * A report that is being written, with a way out. The window stays free for everything else.
 *
 * @module
 */
import { useEffect, useState } from 'react'
import { useApp } from '../actions.ts'
import { useLanguage } from '../language.tsx'
import type { Saving } from '../state.ts'
import { Button } from './button.tsx'
import styles from './toasts.module.css'

/** Most reports are there before: nothing should flash. */
const SHOW_AFTER_MS = 400

export function SavingLine({ saving: { job, done, total } }: { saving: Saving }) {
  const { actions } = useApp()
  const { t } = useLanguage()
  const [show, setShow] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setShow(true), SHOW_AFTER_MS)
    return () => clearTimeout(timer)
  }, [])
  // What is written waits for its place.
  if (!show || done >= total) return null
  return (
    <div className={styles['toast']} role="status" data-saving>
      <div className={styles['work']}>
        <span>{t('save.busy')}</span>
        <progress max={total} value={done} aria-label={t('save.busy')} />
      </div>
      <Button onClick={() => void actions.cancelReports(job)}>{t('action.cancel')}</Button>
    </div>
  )
}

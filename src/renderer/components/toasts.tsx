/**
 * Short messages that go by themselves, with an undo where there is one.
 *
 * @module
 */
import { useEffect } from 'react'
import { useApp } from '../actions.ts'
import { useLanguage } from '../language.tsx'
import type { Toast } from '../state.ts'
import { Button } from './button.tsx'
import { Icon } from './icon.tsx'
import { SavingLine } from './saving.tsx'
import styles from './toasts.module.css'

export function Toasts() {
  const { state } = useApp()
  return (
    <div className={styles['list']}>
      {state.saving.map((saving) => (
        <SavingLine key={saving.job} saving={saving} />
      ))}
      {state.toasts.map((toast) => (
        <ToastLine key={toast.id} toast={toast} />
      ))}
    </div>
  )
}

/** Errors stay until they are closed; a message with an undo stays long enough to read. */
const STAY_MS = 8000

function ToastLine({ toast }: { toast: Toast }) {
  const { dispatch } = useApp()
  const { t } = useLanguage()
  const close = () => dispatch({ type: 'toast-gone', id: toast.id })
  useEffect(() => {
    if (toast.tone === 'bad') return
    const timer = setTimeout(() => dispatch({ type: 'toast-gone', id: toast.id }), STAY_MS)
    return () => clearTimeout(timer)
  }, [toast, dispatch])
  return (
    <div
      className={styles['toast']}
      data-toast={toast.tone}
      role={toast.tone === 'bad' ? 'alert' : 'status'}
    >
      <Icon name={toast.tone === 'bad' ? 'warn' : 'check'} className={toast.tone} />
      <span>{t(toast.key, toast.params)}</span>
      {toast.undo !== null && (
        <Button
          look="quiet"
          onClick={() => {
            toast.undo?.()
            close()
          }}
        >
          {t('action.undo')}
        </Button>
      )}
      <Button look="quiet" icon="cross" bare onClick={close}>
        {t('action.close')}
      </Button>
    </div>
  )
}

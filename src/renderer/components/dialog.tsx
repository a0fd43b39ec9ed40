/**
 * A modal dialog: the browser's own, so that focus, Escape and the background behave.
 *
 * @module
 */
import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { useLanguage } from '../language.tsx'
import { Button } from './button.tsx'
import styles from './dialog.module.css'

interface Props {
  title: string
  onClose: () => void
  wide?: boolean
  /** Something was entered: closing asks first. */
  dirty?: boolean
  /** What is still missing; null for nothing. */
  hint?: string | null
  children: ReactNode
  /** Buttons at the end, the primary one last. */
  actions: ReactNode
}

export function Dialog({
  title,
  onClose,
  wide = false,
  dirty = false,
  hint = null,
  children,
  actions,
}: Props) {
  const { t } = useLanguage()
  const [asking, setAsking] = useState(false)
  const ref = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    const dialog = ref.current
    dialog?.showModal()
    // By itself the browser takes the first button, which closes the dialog.
    dialog?.querySelector<HTMLElement>('textarea, input, select')?.focus()
    return () => dialog?.close()
  }, [])
  const leave = () => {
    if (dirty && !asking) setAsking(true)
    else onClose()
  }
  const escape = () => {
    if (asking) setAsking(false)
    else leave()
  }
  return (
    <dialog
      ref={ref}
      className={`${styles['dialog']} ${wide ? styles['wide'] : ''}`}
      aria-labelledby={id}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        // The browser lets a second Escape close the dialog without asking.
        event.preventDefault()
        escape()
      }}
      onCancel={(event) => {
        event.preventDefault()
        escape()
      }}
      onClose={onClose}
    >
      <header className={styles['head']}>
        <h2 id={id} tabIndex={-1}>
          {title}
        </h2>
        <Button look="quiet" icon="cross" bare onClick={leave}>
          {t('action.close')}
        </Button>
      </header>
      <div className={styles['body']}>{children}</div>
      {asking ? (
        <footer className={styles['foot']} role="alert">
          <p className={styles['hint']}>{t('dialog.discard')}</p>
          <Button onClick={onClose}>{t('action.discard')}</Button>
          <Button look="primary" autoFocus onClick={() => setAsking(false)}>
            {t('action.continue')}
          </Button>
        </footer>
      ) : (
        <footer className={styles['foot']}>
          {hint !== null && <p className={styles['hint']}>{hint}</p>}
          {actions}
        </footer>
      )}
    </dialog>
  )
}

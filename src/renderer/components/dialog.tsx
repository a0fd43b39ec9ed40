/**
 * A modal dialog: the browser's own, so that focus, Escape and the background behave.
 *
 * @module
 */
import { type ReactNode, useEffect, useId, useRef } from 'react'
import { useLanguage } from '../language.tsx'
import { Button } from './button.tsx'
import styles from './dialog.module.css'

interface Props {
  title: string
  onClose: () => void
  wide?: boolean
  children: ReactNode
  /** Buttons at the end, the primary one last. */
  actions: ReactNode
}

export function Dialog({ title, onClose, wide = false, children, actions }: Props) {
  const { t } = useLanguage()
  const ref = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    const dialog = ref.current
    dialog?.showModal()
    // By itself the browser takes the first button, which closes the dialog.
    dialog?.querySelector<HTMLElement>('textarea, input, select')?.focus()
    return () => dialog?.close()
  }, [])
  return (
    <dialog
      ref={ref}
      className={`${styles['dialog']} ${wide ? styles['wide'] : ''}`}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
    >
      <header className={styles['head']}>
        <h2 id={id} tabIndex={-1}>
          {title}
        </h2>
        <Button look="quiet" icon="cross" bare onClick={onClose}>
          {t('action.close')}
        </Button>
      </header>
      <div className={styles['body']}>{children}</div>
      <footer className={styles['foot']}>{actions}</footer>
    </dialog>
  )
}

/**
 * The password of a protected file.
 *
 * @module
 */
import { useId, useState } from 'react'
import { visible } from '../../shared/display.ts'
import { useApp } from '../actions.ts'
import { Button } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { Icon } from '../components/icon.tsx'
import { useLanguage } from '../language.tsx'
import styles from './unlock.module.css'

export function Unlock({ name }: { name: string }) {
  const { actions, dispatch } = useApp()
  const { t } = useLanguage()
  const [password, setPassword] = useState('')
  const [shown, setShown] = useState(false)
  const [busy, setBusy] = useState(false)
  const [wrong, setWrong] = useState(false)
  const field = useId()
  const message = useId()
  const close = () => dispatch({ type: 'unlock', name: null })
  const ready = password !== '' && !busy
  const open = async () => {
    if (!ready) return
    setBusy(true)
    setWrong(false)
    const outcome = await actions.unlock(name, password)
    setBusy(false)
    setWrong(outcome === 'wrong-password')
  }
  return (
    <Dialog
      title={t('unlock.title')}
      onClose={close}
      actions={
        <>
          <Button onClick={close}>{t('action.cancel')}</Button>
          <Button look="primary" data-action="open" disabled={!ready} onClick={() => void open()}>
            {t('unlock.open')}
          </Button>
        </>
      }
    >
      <p className="muted">{t('unlock.text', { name: visible(name) })}</p>
      <div className={styles['field']}>
        <label htmlFor={field}>{t('unlock.password')}</label>
        <input
          id={field}
          // No password field: a browser would offer to keep what is in it.
          type="text"
          className={shown ? '' : styles['secret']}
          value={password}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          maxLength={1000}
          aria-invalid={wrong}
          aria-describedby={wrong ? message : undefined}
          onChange={(event) => {
            setPassword(event.target.value)
            setWrong(false)
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter') void open()
          }}
        />
      </div>
      <p id={message} className="bad" role="alert">
        {wrong && (
          <span className="row">
            <Icon name="warn" size={18} /> {t('unlock.wrong')}
          </span>
        )}
      </p>
      <label className={`row small ${styles['shown']}`}>
        <input
          type="checkbox"
          checked={shown}
          onChange={(event) => setShown(event.target.checked)}
        />
        {t('unlock.show')}
      </label>
    </Dialog>
  )
}

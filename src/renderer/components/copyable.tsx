/**
 * A value that can be copied with one press.
 *
 * @module
 */
import { useState } from 'react'
import { useLanguage } from '../language.tsx'
import styles from './copyable.module.css'
import { Icon } from './icon.tsx'

export function Copyable({ text, shown = text }: { text: string; shown?: string }) {
  const { t } = useLanguage()
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text)
      setCopied(true)
      setTimeout(() => setCopied(false), 1500)
    } catch {
      // Without permission the text can still be selected by hand.
    }
  }
  return (
    <span className={styles['value']}>
      <code>{shown}</code>
      <button
        type="button"
        className={styles['button']}
        onClick={() => void copy()}
        title={t('action.copy')}
      >
        <Icon name={copied ? 'check' : 'copy'} size={15} />
        <span className="unseen">{t(copied ? 'action.copied' : 'action.copy')}</span>
      </button>
    </span>
  )
}

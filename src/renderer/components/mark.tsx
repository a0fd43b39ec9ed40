/**
 * Says of every value whether the meter signed it.
 *
 * @module
 */
import { useLanguage } from '../language.tsx'
import styles from './mark.module.css'

export function SignedMark({ signed }: { signed: boolean }) {
  const { t } = useLanguage()
  return (
    <span className={`${styles['mark']} ${signed ? styles['signed'] : ''}`}>
      {t(signed ? 'label.signed' : 'label.unsigned')}
    </span>
  )
}

export function Chip({
  children,
  tone,
}: {
  children: React.ReactNode
  tone?: 'ok' | 'open' | 'warn' | 'bad' | 'mute'
}) {
  return <span className={`${styles['mark']} ${tone ?? ''}`}>{children}</span>
}

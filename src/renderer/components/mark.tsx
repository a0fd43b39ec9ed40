/**
 * Says of every value whether the meter signed it, and whether that signature holds.
 *
 * @module
 */
import type { ReactNode } from 'react'
import type { SignatureStatus } from '../../shared/model/record.ts'
import { useLanguage } from '../language.tsx'
import styles from './mark.module.css'

const STANDING = {
  valid: { key: 'label.signed', tone: 'ok' },
  // Never the sign of a signed value beside one whose signature does not fit.
  invalid: { key: 'mark.invalid', tone: 'bad' },
  unchecked: { key: 'mark.unchecked', tone: 'mute' },
  unsigned: { key: 'label.unsigned', tone: 'mute' },
} as const

/** @param status of the signature that covers the value; `unsigned` where none does */
export function SignedMark({ status }: { status: SignatureStatus | 'unsigned' }) {
  const { t } = useLanguage()
  const { key, tone } = STANDING[status]
  return <Chip tone={tone}>{t(key)}</Chip>
}

/** Never the only sign: the words stand beside it. */
export const TRUST_TONE = {
  K0: 'mute',
  K1: 'open',
  K2: 'open',
  K3: 'ok',
  K4: 'ok',
  K5: 'ok',
} as const

export function Chip({
  children,
  tone,
}: {
  children: ReactNode
  tone?: 'ok' | 'open' | 'warn' | 'bad' | 'mute'
}) {
  return <span className={`${styles['mark']} ${tone ?? ''}`}>{children}</span>
}

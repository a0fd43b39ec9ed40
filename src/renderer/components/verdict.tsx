/**
 * The verdict: icon, words and colour, always together.
 *
 * @module
 */
import type { ReactNode } from 'react'
import { headline } from '../../shared/i18n/verdict.ts'
import type { SignatureStatus } from '../../shared/model/record.ts'
import type { VerdictState } from '../../shared/model/verdict-state.ts'
import { useLanguage } from '../language.tsx'
import { VerdictIcon } from './icon.tsx'
import styles from './verdict.module.css'

export const VERDICT_TONE = {
  VERIFIED: 'ok',
  VALID_KEY_UNCONFIRMED: 'open',
  SIGNATURE_INVALID: 'bad',
  INCOMPLETE: 'warn',
  NOT_LEGALLY_RELEVANT: 'warn',
  NOT_CHECKED: 'mute',
  UNREADABLE: 'mute',
} as const satisfies Record<VerdictState, string>

export function VerdictBadge({ state, short = false }: { state: VerdictState; short?: boolean }) {
  const { language, t } = useLanguage()
  return (
    <span className={`${styles['badge']} ${VERDICT_TONE[state]}`}>
      <VerdictIcon state={state} size={18} />
      <span>{short ? t(`short.${state}`) : headline(language, state)}</span>
    </span>
  )
}

interface BannerProps {
  state: VerdictState
  sentence: string
  /** Other axes, each a badge of its own. */
  badges?: ReactNode
  actions?: ReactNode
  figure?: ReactNode
}

export function VerdictBanner({ state, sentence, badges, actions, figure }: BannerProps) {
  const { language } = useLanguage()
  return (
    <section
      className={`${styles['banner']} ${styles[VERDICT_TONE[state]]} ${styles[state] ?? ''}`}
      data-state={state}
    >
      <div className={styles['sign']}>
        <VerdictIcon state={state} size={72} />
      </div>
      <div className={styles['words']}>
        <h1 id="verdict" tabIndex={-1} className={VERDICT_TONE[state]}>
          {headline(language, state)}
        </h1>
        <p>{sentence}</p>
        {badges}
        {actions !== undefined && <div className={styles['actions']}>{actions}</div>}
      </div>
      {figure}
    </section>
  )
}

export function EnergyFigure({
  value,
  unit,
  note,
  status,
}: {
  value: string
  unit: string
  note: string
  status: SignatureStatus
}) {
  return (
    <div
      className={styles['figure']}
      data-length={value.length > 12 ? 'longest' : value.length > 8 ? 'long' : 'short'}
    >
      <p className={styles[status]}>
        <b>{value}</b> <span>{unit}</span>
      </p>
      <p className={styles['note']}>{note}</p>
    </div>
  )
}

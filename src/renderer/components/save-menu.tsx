/**
 * Saving a result: PDF report first, data beside it.
 *
 * @module
 */
import { useEffect, useId, useRef, useState } from 'react'
import type { ReportKind } from '../../shared/api.ts'
import { useApp } from '../actions.ts'
import { useLanguage } from '../language.tsx'
import { Button } from './button.tsx'
import styles from './save-menu.module.css'

const KINDS: readonly ReportKind[] = ['pdf', 'json', 'csv']

export function SaveMenu({ job, session }: { job: string; session: string | null }) {
  const { actions } = useApp()
  const { t, language } = useLanguage()
  const [open, setOpen] = useState(false)
  const [busy, setBusy] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  const id = useId()
  useEffect(() => {
    if (!open) return
    box.current?.querySelector<HTMLElement>('[role="menuitem"]')?.focus()
    const onAway = (event: PointerEvent) => {
      if (!(event.target instanceof Node) || box.current?.contains(event.target) !== true)
        setOpen(false)
    }
    window.addEventListener('pointerdown', onAway)
    return () => window.removeEventListener('pointerdown', onAway)
  }, [open])
  const close = () => {
    setOpen(false)
    box.current?.querySelector('button')?.focus()
  }
  const save = async (kind: ReportKind) => {
    close()
    setBusy(true)
    await actions.saveReport(job, session, kind, language)
    setBusy(false)
  }
  return (
    <div
      className={styles['box']}
      ref={box}
      onKeyDown={(event) => {
        if (!open) return
        const items = Array.from(
          box.current?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [],
        )
        const at = items.indexOf(document.activeElement as HTMLElement)
        if (event.key === 'Escape') close()
        else if (event.key === 'ArrowDown') items[(at + 1) % items.length]?.focus()
        else if (event.key === 'ArrowUp') items[(at - 1 + items.length) % items.length]?.focus()
        else return
        event.preventDefault()
        event.stopPropagation()
      }}
    >
      <Button
        icon="save"
        disabled={busy}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        {t(busy ? 'save.busy' : 'save.report')}
      </Button>
      {open && (
        <div className={styles['menu']} role="menu" id={id} aria-label={t('save.report')}>
          {KINDS.map((kind) => (
            <button
              key={kind}
              type="button"
              role="menuitem"
              tabIndex={-1}
              onClick={() => void save(kind)}
            >
              <b>{t(`save.${kind}`)}</b>
              <small>{t(`save.${kind}.text`)}</small>
            </button>
          ))}
        </div>
      )}
    </div>
  )
}

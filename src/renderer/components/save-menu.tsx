/**
 * Saving a result: PDF report first, data beside it.
 *
 * @module
 */
import { useState } from 'react'
import type { ReportKind } from '../../shared/api.ts'
import { useApp } from '../actions.ts'
import { useLanguage } from '../language.tsx'
import { Menu } from './menu.tsx'

const KINDS: readonly ReportKind[] = ['pdf', 'json', 'csv']

export function SaveMenu({ job, session }: { job: string; session: string | null }) {
  const { actions } = useApp()
  const { t, language } = useLanguage()
  const [busy, setBusy] = useState(false)
  const save = async (kind: ReportKind) => {
    setBusy(true)
    await actions.saveReport(job, session, kind, language)
    setBusy(false)
  }
  return (
    <Menu
      label={t(busy ? 'save.busy' : 'save.report')}
      icon="save"
      disabled={busy}
      items={KINDS.map((kind) => ({
        id: kind,
        title: t(`save.${kind}`),
        text: t(`save.${kind}.text`),
      }))}
      onChoose={(kind) => void save(kind)}
    />
  )
}

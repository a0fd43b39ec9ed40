/**
 * A session in short form, for reports of many: verdict, readings, the four checks, findings.
 *
 * @module
 */
import type { Language } from '../../../shared/i18n/index.ts'
import { findingsOf, headline, plainFindings } from '../../../shared/i18n/verdict.ts'
import type { Session } from '../../../shared/model/session.ts'
import { identifier } from './data-text.ts'
import { originOf } from './first-page.ts'
import { type Flow, type Text, withIcon, words } from './flow.ts'
import { drawInvoiceLine } from './invoice.ts'
import { voice } from './pieces.ts'
import { drawChecks, drawFinding, drawReadings } from './session-tables.ts'
import { AREA, COLOR, STATE_STYLE, STYLE, WIDTH } from './style.ts'

/** Findings of one session in short form; the others stand in the embedded result. */
const MOST_FINDINGS = 12
/** Heading, readings and checks stay on one page. */
export const COMPACT_HEIGHT = 120

export function drawCompact(
  flow: Flow,
  session: Session,
  number: number,
  language: Language,
): void {
  const t = voice(language)
  const { verdict, meter, transaction } = session
  const { ink } = STATE_STYLE[verdict.state]
  const { sheet, top } = flow
  if (top > AREA.top) {
    sheet.decorate(() => sheet.rule(AREA.left, top, WIDTH, { color: COLOR.line, width: 0.8 }))
    flow.top += 7
  }
  const title = `${number}. ${headline(language, verdict.state)}`
  flow.put('H3', withIcon(verdict.state, ink, 12, words(title, { ...STYLE.h3, color: ink })))
  flow.put('P', words(facts(session, language), STYLE.smallMuted))
  flow.top += 2
  drawReadings(flow, session, language, true)
  flow.top += 2
  drawChecks(flow, session, language, true)
  drawInvoiceLine(flow, session, language)
  const all = [...plainFindings(findingsOf(session)), ...(session.invoice?.findings ?? [])]
  const findings = all.filter(({ severity }) => severity !== 'info')
  flow.top += findings.length === 0 ? 0 : 2
  for (const found of findings.slice(0, MOST_FINDINGS)) drawFinding(flow, found, language)
  if (findings.length > MOST_FINDINGS) {
    const count = String(findings.length - MOST_FINDINGS)
    flow.put('P', words(t('report.more-in-result', { count }), STYLE.smallMuted))
  }

  function facts(of: Session, spoken: Language): Text {
    const say = voice(spoken)
    return [
      { text: originOf(of), style: STYLE.smallMuted },
      ...(meter === null ? [] : id(say('label.meter'), meter)),
      ...(transaction === null ? [] : id(say('label.transaction'), transaction)),
    ]
  }
}

function id(name: string, value: string): Text & object {
  return [
    { text: ` · ${name} `, style: STYLE.smallMuted },
    { text: identifier(value), style: STYLE.codeMuted },
  ]
}

/**
 * What was billed, beside what was signed: an axis of its own, behind the verdict.
 *
 * @module
 */
import type { Language } from '../../../shared/i18n/index.ts'
import {
  INVOICE_CHECK,
  OUTCOME_CHECK,
  amountLine,
  billTitle,
  comparisonLine,
  matchWords,
} from '../../../shared/i18n/invoice.ts'
import type { BilledSession } from '../../../shared/model/invoice.ts'
import type { Session } from '../../../shared/model/session.ts'
import { freeText } from './data-text.ts'
import { type Flow, withIcon, words } from './flow.ts'
import { drawHeading, drawParagraph, voice } from './pieces.ts'
import { drawFinding } from './session-tables.ts'
import { CHECK_COLOR, STYLE } from './style.ts'
import { type Row, drawTable } from './table.ts'

/** Findings on bills in one session; the others stand in the embedded result. */
const MOST_FINDINGS = 12
const MOST_BILLS = 4

export function drawInvoice(flow: Flow, session: Session, language: Language): void {
  const { invoice } = session
  if (invoice === null) return
  const t = voice(language)
  drawHeading(flow, 'H3', t('invoice.title'))
  drawInvoiceLine(flow, session, language)
  for (const bill of invoice.bills.slice(0, MOST_BILLS)) drawBill(flow, bill, language)
  for (const found of invoice.findings.slice(0, MOST_FINDINGS)) drawFinding(flow, found, language)
  const more =
    Math.max(0, invoice.bills.length - MOST_BILLS) +
    Math.max(0, invoice.findings.length - MOST_FINDINGS)
  if (more > 0) {
    drawParagraph(flow, t('report.more-in-result', { count: String(more) }), STYLE.smallMuted)
  }
}

/** The status on a line of its own, as every report of a session has it. */
export function drawInvoiceLine(flow: Flow, { invoice }: Session, language: Language): void {
  if (invoice === null) return
  const check = INVOICE_CHECK[invoice.status]
  const status = words(voice(language)(`invoice.status.${invoice.status}`), STYLE.strong)
  flow.put('P', withIcon(check, CHECK_COLOR[check], 11, status))
}

function drawBill(flow: Flow, bill: BilledSession, language: Language): void {
  const t = voice(language)
  const { claim, rows, amounts } = bill
  const title = `${freeText(billTitle(language, claim), 200)} (${t('invoice.by')}: ${matchWords(language, bill)})`
  flow.gap(4)
  drawParagraph(flow, title, STYLE.small)
  drawTable(flow, {
    columns: [
      { width: 120 },
      { width: 118, align: 'right' },
      { width: 118, align: 'right' },
      { width: null, align: 'right' },
    ],
    head: ['', t('invoice.billed'), t('invoice.signed'), t('invoice.difference')],
    rows: rows.map((row): Row => {
      const { label, billed, signed, difference, outcome, word } = comparisonLine(language, row)
      return cells(outcome, label, [billed, signed, difference === '' ? word : difference])
    }),
    padding: 2,
  })
  if (amounts.length === 0) return
  flow.gap(4)
  drawTable(flow, {
    columns: [
      { width: 120 },
      { width: 118, align: 'right' },
      { width: 118, align: 'right' },
      { width: null, align: 'right' },
    ],
    head: ['', t('invoice.amount'), t('invoice.computed'), ''],
    rows: amounts.map((amount): Row => {
      const line = amountLine(language, amount, claim.currency)
      return cells(line.outcome, line.label, [line.stated, line.computed, line.formula])
    }),
    padding: 2,
  })
}

function cells(outcome: BilledSession['rows'][number]['outcome'], label: string, texts: string[]) {
  const check = OUTCOME_CHECK[outcome]
  return {
    cells: [
      withIcon(check, CHECK_COLOR[check], 9, words(label, STYLE.small)),
      ...texts.map((text) => words(freeText(text, 120), STYLE.small, 'right')),
    ],
  }
}

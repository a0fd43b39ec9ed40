/**
 * What stands first: the verdict of one session or one input, or the summary of many.
 *
 * @module
 */
import { showEnergy, showOffset, showTime } from '../../../shared/display.ts'
import type { Language } from '../../../shared/i18n/index.ts'
import {
  findingsOf,
  headline,
  inputSentence,
  nextStep,
  plainFindings,
  verdictSentence,
} from '../../../shared/i18n/verdict.ts'
import { bySeverity, withoutDoubles } from '../../../shared/model/finding.ts'
import type { Session } from '../../../shared/model/session.ts'
import type { InputResult } from '../../../shared/model/verdict.ts'
import { VERDICT_STATES } from '../../../shared/model/verdict-state.ts'
import { recordCounts } from '../counts.ts'
import { drawBanner } from './banner.ts'
import type { Contents } from './contents.ts'
import { freeText, identifier, withPlainParams } from './data-text.ts'
import { type Block, type Flow, stack, withIcon, words } from './flow.ts'
import { drawInvoice } from './invoice.ts'
import { breakLines } from './lines.ts'
import { drawHeading, drawNote, drawParagraph, voice } from './pieces.ts'
import {
  drawChecks,
  drawFinding,
  drawFindings,
  drawIdentities,
  drawReadings,
  figureOf,
} from './session-tables.ts'
import { AREA, COLOR, STATE_STYLE, STYLE } from './style.ts'
import { type Row, drawTable } from './table.ts'

/** Findings named on the first page; all of them stand further on. */
const MOST_FINDINGS = 4

/** Title of the document, what was checked, when and by whom. */
export function drawTitle(flow: Flow, contents: Contents, what: string, language: Language): void {
  const t = voice(language)
  const { software, checkedAt } = contents
  drawHeading(flow, 'H1', t('report.title'))
  if (what !== '') drawParagraph(flow, what, STYLE.strong)
  drawParagraph(
    flow,
    t('report.checked', {
      time: showTime(language, checkedAt),
      version: software.version,
      core: software.core.version,
    }),
    STYLE.smallMuted,
  )
  if (contents.integrity === 'modified') {
    drawNote(
      flow,
      t('report.modified'),
      t('report.modified.what'),
      STATE_STYLE.SIGNATURE_INVALID.ink,
    )
  }
  flow.gap(14)
}

export function drawSessionPage(
  flow: Flow,
  contents: Contents,
  session: Session,
  language: Language,
): void {
  const t = voice(language)
  drawTitle(flow, contents, originOf(session), language)
  drawVerdict(flow, session, language)
  drawNext(flow, session, language)
  flow.gap(4)
  drawHeading(flow, 'H3', t('report.checks'))
  drawChecks(flow, session, language)
  drawHeading(flow, 'H3', t('label.readings'))
  drawReadings(flow, session, language)
  drawHeading(flow, 'H3', t('report.identities'))
  drawIdentities(flow, session, language)
  drawInvoice(flow, session, language)
  drawGrave(flow, session, language)
  drawNotice(flow, language)
}

/** Errors and warnings that the sentence of the verdict does not say already. */
function drawGrave(flow: Flow, session: Session, language: Language): void {
  const t = voice(language)
  const [said] = withoutDoubles(session.verdict.reasons)
  const grave = plainFindings(findingsOf(session)).filter(
    ({ code, severity }) => severity !== 'info' && code !== said?.code,
  )
  if (grave.length === 0) return
  drawHeading(flow, 'H3', t('report.also'))
  for (const found of grave.slice(0, MOST_FINDINGS)) drawFinding(flow, found, language)
  if (grave.length > MOST_FINDINGS) {
    const count = String(grave.length - MOST_FINDINGS)
    drawParagraph(flow, t('report.more-below', { count }), STYLE.smallMuted)
  }
}

export function drawVerdict(flow: Flow, session: Session, language: Language): void {
  drawBanner(flow, {
    state: session.verdict.state,
    headline: headline(language, session.verdict.state),
    sentence: verdictSentence(language, plain(session)),
    figure: figureOf(session, language),
  })
}

/** The reasons of a verdict may quote the record. */
export function plain(session: Session): Session {
  const { verdict } = session
  return { ...session, verdict: { ...verdict, reasons: verdict.reasons.map(withPlainParams) } }
}

export function drawNext(flow: Flow, session: Session, language: Language): void {
  const step = nextStep(language, session)
  if (step !== null) drawNote(flow, voice(language)('label.next'), step, COLOR.accent)
}

export function drawNotice(flow: Flow, language: Language): void {
  flow.gap(14)
  drawParagraph(flow, voice(language)('notice.independent'), STYLE.smallMuted)
}

/** @returns where the first record of a session was found */
export function originOf(session: Session): string {
  const steps = session.records[0]?.origin.map(({ name }) => name) ?? [session.input]
  return steps.map((name) => freeText(name, 200)).join(' › ')
}

/** The page of an input that holds no session. */
export function drawInputPage(
  flow: Flow,
  contents: Contents,
  input: InputResult,
  language: Language,
): void {
  const t = voice(language)
  drawTitle(flow, contents, freeText(input.name, 300), language)
  drawInputVerdict(flow, input, language)
  drawNote(flow, t('label.next'), t('next.data'), COLOR.accent)
  if (input.findings.length > 0) {
    drawHeading(flow, 'H3', t('label.findings'))
    drawFindings(flow, input.findings.toSorted(bySeverity), language)
  }
  drawNotice(flow, language)
}

export function drawInputVerdict(flow: Flow, input: InputResult, language: Language): void {
  const { state, findings } = input
  if (state === null) return
  drawBanner(flow, {
    state,
    headline: headline(language, state),
    sentence: inputSentence(language, { ...input, findings: findings.map(withPlainParams) }),
    figure: null,
  })
}

/** Page numbers of sessions, known when everything is drawn. */
export type PageOf = (id: string) => number | undefined

export function drawSummaryPage(
  flow: Flow,
  contents: Contents,
  language: Language,
  pageOf: PageOf,
): void {
  const t = voice(language)
  const { sessions, result, loneInputs } = contents
  drawTitle(flow, contents, '', language)
  drawHeading(flow, 'H2', t('summary.title'))
  drawCounts(flow, contents, language)
  flow.gap(8)
  const { read, paired, single, unreadable } = recordCounts(sessions)
  drawParagraph(flow, t('summary.inputs', { count: String(result.inputs.length) }))
  drawParagraph(flow, t('summary.sessions', { count: String(sessions.length) }))
  drawParagraph(
    flow,
    t('summary.records', {
      read: String(read),
      paired: String(paired),
      single: String(single),
      unreadable: String(unreadable),
    }),
  )
  drawNotice(flow, language)
  if (sessions.length > 0) {
    drawHeading(flow, 'H2', t('report.sessions'))
    drawSessionList(flow, contents, language, pageOf)
  }
  if (loneInputs.length > 0) {
    drawHeading(flow, 'H2', t('report.lone-inputs'))
    drawInputList(flow, loneInputs, language)
  }
}

function drawCounts(flow: Flow, { sessions, loneInputs }: Contents, language: Language): void {
  const states = [
    ...sessions.map(({ verdict }) => verdict.state),
    ...loneInputs.flatMap(({ state }) => state ?? []),
  ]
  const rows = VERDICT_STATES.toReversed().flatMap((state): Row[] => {
    const count = states.filter((candidate) => candidate === state).length
    if (count === 0) return []
    const { ink } = STATE_STYLE[state]
    return [
      {
        cells: [
          withIcon(state, ink, 16, words(headline(language, state), STYLE.strong)),
          words(String(count), STYLE.strong, 'right'),
        ],
      },
    ]
  })
  drawTable(flow, { columns: [{ width: null }, { width: 60, align: 'right' }], head: null, rows })
}

function drawSessionList(
  flow: Flow,
  { sessions }: Contents,
  language: Language,
  pageOf: PageOf,
): void {
  const t = voice(language)
  drawTable(flow, {
    columns: [
      { width: 24, align: 'right' },
      { width: 126 },
      { width: 86 },
      { width: 64, align: 'right' },
      { width: null },
      { width: 26, align: 'right' },
    ],
    head: [
      t('report.number'),
      t('report.result'),
      t('label.begin'),
      t('label.energy'),
      t('report.input-and-meter'),
      t('report.page-short'),
    ],
    rows: sessions.map((session, index) => {
      const { verdict, begin, end, energy, meter, input } = session
      const time = (begin ?? end)?.time ?? null
      return {
        cells: [
          words(String(index + 1), STYLE.smallMuted, 'right'),
          withIcon(
            verdict.state,
            STATE_STYLE[verdict.state].ink,
            11,
            words(headline(language, verdict.state), STYLE.small),
          ),
          time === null
            ? words('–', STYLE.small)
            : stack(
                words(showTime(language, time), STYLE.small),
                words(showOffset(time), STYLE.tiny),
              ),
          words(energy === null ? '–' : showEnergy(language, energy), STYLE.small, 'right'),
          stack(
            words(freeText(input, 120), STYLE.small),
            meter === null ? () => [] : words(identifier(meter), STYLE.tinyCode),
          ),
          pageNumber(flow, () => pageOf(session.id)),
        ],
      }
    }),
    padding: 2.5,
  })
}

/** A number that is written when all pages are there. */
function pageNumber(flow: Flow, page: () => number | undefined): Block {
  return (faces, width) => [
    {
      height: STYLE.small.leading,
      draw: (sheet, x, top) => {
        const finish = sheet.reserve()
        flow.postpone(() => {
          const number = page()
          const [line] = breakLines(
            faces,
            [{ text: number === undefined ? '' : String(number), style: STYLE.small }],
            AREA.right,
          )
          finish(() => {
            if (line !== undefined) sheet.text(line, x + width - line.width, top)
          })
        })
      },
    },
  ]
}

function drawInputList(flow: Flow, inputs: readonly InputResult[], language: Language): void {
  const t = voice(language)
  drawTable(flow, {
    columns: [{ width: 138 }, { width: 150 }, { width: null }],
    head: [t('report.result'), t('report.input'), t('report.reason')],
    rows: inputs.map((input) => {
      const state = input.state ?? 'UNREADABLE'
      const sentence = inputSentence(language, {
        ...input,
        findings: input.findings.map(withPlainParams),
      })
      return {
        cells: [
          withIcon(
            state,
            STATE_STYLE[state].ink,
            11,
            words(headline(language, state), STYLE.small),
          ),
          words(freeText(input.name, 300), STYLE.small),
          words(sentence, STYLE.small),
        ],
      }
    }),
    padding: 2.5,
  })
}

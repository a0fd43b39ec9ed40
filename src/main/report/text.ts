/**
 * The result as text for people: verdict, sentence, readings, four check lines, findings.
 *
 * Everything that comes from a file passes `visible`, so that no escape sequence of it ever
 * reaches a terminal.
 *
 * @module
 */
import {
  showDay,
  showDuration,
  showEnergy,
  showOffset,
  showQuantity,
  showTime,
  visible,
} from '../../shared/display.ts'
import { type Language, type UiKey, sentence, text, wordFor } from '../../shared/i18n/index.ts'
import {
  INVOICE_CHECK,
  OUTCOME_CHECK,
  amountLine,
  billTitle,
  comparisonLine,
  matchWords,
} from '../../shared/i18n/invoice.ts'
import {
  type CheckStatus,
  checkLines,
  findingsOf,
  headline,
  inputSentence,
  neutralOf,
  nextStep,
  plainFindings,
  verdictSentence,
} from '../../shared/i18n/verdict.ts'
import { type Finding, bySeverity } from '../../shared/model/finding.ts'
import type { BilledSession, InvoiceMatch } from '../../shared/model/invoice.ts'
import type { RegisterWords } from '../../shared/model/register.ts'
import type { MeterReading } from '../../shared/model/reading.ts'
import { FORMATS } from '../../shared/model/record.ts'
import type { Session } from '../../shared/model/session.ts'
import type { InputResult, VerificationResult } from '../../shared/model/verdict.ts'
import type { Profile } from '../../shared/model/profile.ts'
import { VERDICT_STATES } from '../../shared/model/verdict-state.ts'
import { recordCounts } from './counts.ts'

const SYMBOL: Record<CheckStatus, string> = {
  ok: '✓',
  open: '?',
  warn: '!',
  bad: '✗',
  unknown: '–',
}
const WIDTH = 15

export function textReport(result: VerificationResult, language: Language): string {
  const { inputs, sessions, policy } = result
  const byId = new Map(sessions.map((session) => [session.id, session]))
  const shown = new Set<string>()
  const blocks = inputs.flatMap((input) => {
    const own = input.sessions.flatMap((id) => byId.get(id) ?? [])
    if (own.length === 0) return [inputBlock(input, language)]
    const rest = input.findings.length === 0 ? [] : [inputBlock(input, language)]
    const fresh = own.filter(({ id }) => !shown.has(id))
    for (const { id } of fresh) shown.add(id)
    if (fresh.length === 0)
      return [
        `${visible(input.name)}\n  → ${own.map(({ input: first }) => visible(first)).join(', ')}`,
      ]
    return [
      ...fresh.map((session) => sessionBlock(session, input.name, policy.profile, language)),
      ...rest,
    ]
  })
  if (inputs.length + sessions.length > 2) blocks.push(summary(result, language))
  blocks.push(wrap(text(language, 'notice.independent'), ''))
  return `${blocks.join('\n\n')}\n`
}

function inputBlock(input: InputResult, language: Language): string {
  const title =
    input.state === null
      ? text(language, `list.${neutralOf(input)}`)
      : headline(language, input.state)
  return [
    visible(input.name),
    `  ${title}`,
    wrap(visible(inputSentence(language, input)), '  '),
    ...input.findings
      .toSorted(bySeverity)
      // The sentence says the first one already.
      .slice(input.state === null && input.claims > 0 ? 0 : 1)
      .map((found) => findingLine(found, language)),
  ].join('\n')
}

function sessionBlock(
  session: Session,
  name: string,
  profile: Profile,
  language: Language,
): string {
  const { verdict, records } = session
  const [first, ...inside] = records[0]?.origin.map((step) => step.name) ?? []
  // The row of a file in another one is named after both, and so is the way to its records.
  const outer = first !== undefined && name.startsWith(`${first} › `) ? first : name
  const findings = findingsOf(session)
  const next = nextStep(language, session)
  return [
    [outer, ...inside].map(visible).join(' › '),
    `  ${headline(language, verdict.state)}`,
    wrap(visible(verdictSentence(language, session)), '  '),
    '',
    ...readingLines(session, language),
    '',
    ...checkLines(language, session).map(
      ({ status, title, sentence: words }) =>
        `  ${SYMBOL[status]} ${`${title}:`.padEnd(WIDTH)} ${words}`,
    ),
    ...detailLines(session, language),
    ...invoiceLines(session.invoice, language),
    ...findingLines(profile === 'driver' ? plainFindings(findings) : findings, language),
    ...(next === null ? [] : ['', wrap(`${text(language, 'label.next')}: ${next}`, '  ')]),
  ].join('\n')
}

function readingLines(session: Session, language: Language): string[] {
  const { begin, end, energy, durationS, verdict } = session
  const unreliable =
    verdict.signature === 'valid' ? '' : `  (${text(language, 'label.unreliable')})`
  const lines = [
    readingLine(text(language, 'label.begin'), begin, language),
    readingLine(text(language, 'label.end'), end, language),
  ].flatMap((line) => line ?? [])
  if (energy !== null) {
    const duration = durationS === null ? '' : `  ${showDuration(language, durationS)}`
    const amount = showEnergy(language, energy)
    lines.push(
      `  ${text(language, 'label.difference').padEnd(WIDTH)} ${amount}${duration}${unreliable}`,
    )
  }
  if (session.export?.energy != null) {
    const amount = showEnergy(language, session.export.energy)
    lines.push(`  ${text(language, 'label.export').padEnd(WIDTH)} ${amount}`)
  }
  return lines.length > 0
    ? lines
    : session.records.flatMap((record) => loneReadings(record.readings, language))
}

/** Readings that belong to no begin and end are shown too. */
function loneReadings(readings: MeterReading[], language: Language): string[] {
  return readings.flatMap(
    (reading) => readingLine(text(language, 'label.readings'), reading, language) ?? [],
  )
}

function readingLine(
  label: string,
  reading: MeterReading | null,
  language: Language,
): string | null {
  if (reading?.quantity == null) return null
  const { time, quantity } = reading
  const when =
    time === null
      ? ''
      : `  ${showTime(language, time)} ${showOffset(time)} (${wordFor(language, time.sync)})`
  return `  ${label.padEnd(WIDTH)} ${showQuantity(language, quantity)}${when}`
}

function detailLines(session: Session, language: Language): string[] {
  const { meter, evse, user, transaction, trust, records } = session
  const [record] = records
  const rows: [string, string | null | undefined][] = [
    ['label.meter', meter],
    ['label.evse', evse],
    ['label.user', user],
    ['label.transaction', transaction],
    ['label.format', record && `${FORMATS[record.format]} ${record.formatVersion ?? ''}`.trim()],
    [
      'label.key',
      trust.key === null ? null : `${trust.key.curve}, ${trust.key.fingerprint.slice(0, 23)}…`,
    ],
    ['label.register', registerText(trust.key?.register, language)],
  ]
  const lines = rows.flatMap(([label, value]) =>
    value == null
      ? []
      : [`  ${text(language, label as 'label.meter').padEnd(WIDTH)} ${visible(value)}`],
  )
  return lines.length === 0 ? [] : ['', ...lines]
}

/** What was billed, beside what was signed; an axis of its own. */
function invoiceLines(invoice: InvoiceMatch | null, language: Language): string[] {
  if (invoice === null) return []
  const { status, bills, findings } = invoice
  const title = text(language, `invoice.status.${status}`)
  return [
    '',
    `  ${SYMBOL[INVOICE_CHECK[status]]} ${title}`,
    ...bills.flatMap((bill) => billLines(bill, language)),
    ...findings.map((found) => findingLine(found, language)),
  ]
}

function billLines(bill: BilledSession, language: Language): string[] {
  const { claim, rows, amounts } = bill
  const compared = rows.map((row) => {
    const { label, billed, signed, difference, outcome, word } = comparisonLine(language, row)
    return [`${SYMBOL[OUTCOME_CHECK[outcome]]} ${label}`, billed, signed, difference, word]
  })
  const head = ['', 'invoice.billed', 'invoice.signed', 'invoice.difference', ''] as const
  const checked = amounts.map((row) => {
    const line = amountLine(language, row, claim.currency)
    const mark = SYMBOL[OUTCOME_CHECK[line.outcome]]
    return [`${mark} ${line.label}`, line.stated, line.computed, line.formula, line.word]
  })
  const amountHead = ['', 'invoice.amount', 'invoice.computed', '', ''] as const
  const words = (cells: readonly ('' | UiKey)[]) =>
    cells.map((key) => (key === '' ? '' : text(language, key)))
  const by = `${text(language, 'invoice.by')}: ${matchWords(language, bill)}`
  return [
    wrap(`${billTitle(language, claim)} (${by})`, '  '),
    ...columns(compared.length === 0 ? [] : [words(head), ...compared]),
    ...columns(checked.length === 0 ? [] : [words(amountHead), ...checked]),
  ]
}

/** Cells under each other; the first column is a label, the next three are numbers. */
function columns(rows: readonly string[][]): string[] {
  const widths = [0, 1, 2, 3].map((at) => Math.max(0, ...rows.map((row) => row[at]?.length ?? 0)))
  return rows.map((row) => {
    const cells = row.map((cell, at) =>
      at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0),
    )
    return `  ${cells.join('  ')}`.trimEnd()
  })
}

/** The station in the register's words. */
function registerText(words: RegisterWords | undefined, language: Language): string | null {
  if (words === undefined) return null
  const { edition, number, operator, street, postcode, place } = words
  const town = [postcode, place].filter((part) => part !== null).join(' ')
  const parts = [operator, street, town, number].filter((part) => part !== null && part !== '')
  const where = parts.join(', ')
  return text(language, 'register.words', { where, edition: showDay(language, edition) })
}

function findingLines(findings: readonly Finding[], language: Language): string[] {
  if (findings.length === 0) return []
  return ['', ...findings.map((found) => findingLine(found, language))]
}

function findingLine(found: Finding, language: Language): string {
  const weight = text(language, `label.severity.${found.severity}`)
  const place = found.path === null ? '' : ` ${visible(found.path)}`
  return wrap(
    `${weight}: ${visible(sentence(language, found))} [${found.code}${place}]`,
    '  ',
    '    ',
  )
}

function summary(result: VerificationResult, language: Language): string {
  const { inputs, sessions } = result
  const states = [
    ...sessions.map(({ verdict }) => verdict.state),
    ...inputs.flatMap(({ state, sessions: own }) =>
      own.length === 0 && state !== null ? [state] : [],
    ),
  ]
  const counts = VERDICT_STATES.flatMap((state) => {
    const count = states.filter((candidate) => candidate === state).length
    return count === 0 ? [] : [`  ${String(count).padStart(7)}  ${headline(language, state)}`]
  })
  return [
    text(language, 'summary.title'),
    `  ${text(language, 'summary.inputs', { count: String(inputs.length) })}`,
    `  ${text(language, 'summary.sessions', { count: String(sessions.length) })}`,
    `  ${text(language, 'summary.records', countTexts(sessions))}`,
    ...invoiceSummary(result, language),
    ...counts.toReversed(),
  ].join('\n')
}

function invoiceSummary({ sessions, unmatched }: VerificationResult, language: Language): string[] {
  if (unmatched.length === 0 && sessions.every(({ invoice }) => invoice === null)) return []
  const count = (axis: string) =>
    String(sessions.filter(({ verdict }) => verdict.invoice === axis).length)
  const params = { matches: count('matches'), differs: count('differs') }
  const without = String(unmatched.length)
  return [`  ${text(language, 'summary.invoice', { ...params, unmatched: without })}`]
}

/** Numbers as a text wants its parameters. */
function countTexts(sessions: readonly Session[]): Record<string, string> {
  const counts = Object.entries(recordCounts(sessions))
  return Object.fromEntries(counts.map(([name, count]) => [name, String(count)]))
}

const LINE = 96

/** Breaks a sentence at blanks. */
function wrap(words: string, indent: string, following = indent): string {
  const lines: string[] = []
  let line = indent
  for (const word of words.split(' ')) {
    const empty = line === indent || line === following
    if (!empty && line.length + 1 + word.length > LINE) {
      lines.push(line)
      line = following
    }
    line += (line === indent || line === following ? '' : ' ') + word
  }
  lines.push(line)
  return lines.join('\n')
}

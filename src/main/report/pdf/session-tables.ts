/**
 * What every report of a session shows: the four checks, the readings, the identities, the
 * findings.
 *
 * @module
 */
import {
  showDecimal,
  showDuration,
  showEnergy,
  showOffset,
  showQuantity,
  showTime,
  visible,
} from '../../../shared/display.ts'
import { type Language, wordFor } from '../../../shared/i18n/index.ts'
import { checkLines } from '../../../shared/i18n/verdict.ts'
import { type Finding, rowOf } from '../../../shared/model/finding.ts'
import type { MeterReading, Quantity } from '../../../shared/model/reading.ts'
import type { RecordResult } from '../../../shared/model/record.ts'
import type { RegisterSpan, Session } from '../../../shared/model/session.ts'
import type { Figure } from './banner.ts'
import { freeText, identifier, plainSentence } from './data-text.ts'
import { type Block, type Flow, type Text, stack, withIcon, words } from './flow.ts'
import { type Pair, drawPairsInTwo, mark, markWidth, voice } from './pieces.ts'
import { CHECK_COLOR, SEVERITY_COLOR, STYLE } from './style.ts'
import { type Row, alignedNumbers, drawTable, widest } from './table.ts'

/** @returns the energy as the banner shows it; null where there is none */
export function figureOf(session: Session, language: Language): Figure | null {
  const { energy, durationS, verdict } = session
  if (energy === null) return null
  const t = voice(language)
  const duration =
    durationS === null ? [] : [t('report.in', { duration: showDuration(language, durationS) })]
  const doubt =
    verdict.signature !== 'valid'
      ? [t('label.unreliable')]
      : verdict.energyUsable
        ? []
        : [t('report.not-billable')]
  return {
    label: t('report.energy'),
    value: showEnergy(language, energy),
    note: [...duration, ...doubt].join(' · '),
    doubtful: verdict.signature !== 'valid',
  }
}

/** The four statements of every result, always in the same order. */
export function drawChecks(flow: Flow, session: Session, language: Language, dense = false): void {
  const lines = checkLines(language, session)
  const style = dense ? STYLE.smallStrong : STYLE.strong
  const titles = lines.map(({ title }) => title)
  drawTable(flow, {
    columns: [{ width: widest(flow.faces, titles, style) + style.size * 1.9 }, { width: null }],
    head: null,
    rows: lines.map(({ status, title, sentence }) => ({
      cells: [
        withIcon(status, CHECK_COLOR[status], style.size + 1, words(title, style)),
        words(sentence, dense ? STYLE.small : STYLE.body),
      ],
    })),
    padding: dense ? 0.5 : 3,
    rules: !dense,
  })
}

/** A line of the table of readings. */
interface ReadingLine {
  label: string
  quantity: Quantity | null
  reading: MeterReading | null
  /** In place of a time. */
  duration: string
  sum: boolean
}

/** Begin, end and difference, each with what the record says literally. */
export function drawReadings(
  flow: Flow,
  session: Session,
  language: Language,
  dense = false,
): void {
  const t = voice(language)
  const lines = readingLines(session, language)
  if (lines.length === 0) return
  const number = dense ? STYLE.small : STYLE.body
  const strong = dense ? STYLE.smallStrong : STYLE.strong
  const numbers = alignedNumbers(
    flow.faces,
    lines.map((line) => ({ ...splitNumber(line, language), style: line.sum ? strong : number })),
  )
  const labels = [...lines.map(({ label }) => label), t('label.difference')]
  const marks = [t('label.signed'), t('label.unsigned'), t('report.computed')]
  const clocks = lines.map(({ reading }) => clockWord(reading, language))
  drawTable(flow, {
    columns: [
      { width: Math.max(48, widest(flow.faces, labels, strong, 110)) },
      { width: 124, align: 'right' },
      { width: null },
      { width: widest(flow.faces, [...clocks, t('report.clock')], STYLE.small, 90) },
      { width: markWidth(flow.faces, marks) },
    ],
    head: dense ? null : ['', t('report.value'), t('report.time'), t('report.clock'), ''],
    rows: lines.map((line, index): Row => {
      const { label, quantity, reading, duration, sum } = line
      const style = sum ? strong : number
      return {
        sum,
        cells: [
          words(label, strong),
          stack(numbers(index), literal(quantity, sum || dense)),
          timeCell(line, language, style, dense),
          words(clockWord(reading, language), { ...STYLE.small, leading: number.leading }),
          quantity === null && duration === '' ? () => [] : markOf(session, reading, language, sum),
        ],
      }
    }),
    padding: dense ? 1 : 4,
    rules: !dense,
  })
}

function readingLines(session: Session, language: Language): ReadingLine[] {
  const t = voice(language)
  const lines = spanLines(session, session.durationS, language)
  const exported = session.export === null ? [] : spanLines(session.export, null, language)
  const all = [
    ...lines,
    ...exported.map((line) => ({ ...line, label: `${t('label.export')}: ${line.label}` })),
  ]
  if (all.length > 0) return all
  const lone = session.records.flatMap(({ readings }) => readings)
  return lone.slice(0, MOST_LONE).map((reading) => ({
    label: t(`report.role.${reading.role}`),
    quantity: reading.quantity,
    reading,
    duration: '',
    sum: false,
  }))
}

const MOST_LONE = 20

function spanLines(
  { begin, end, energy }: RegisterSpan,
  durationS: Session['durationS'],
  language: Language,
): ReadingLine[] {
  const t = voice(language)
  const line = (label: string, reading: MeterReading | null): ReadingLine[] =>
    reading === null
      ? []
      : [{ label, quantity: reading.quantity, reading, duration: '', sum: false }]
  const difference: ReadingLine = {
    label: t('label.difference'),
    quantity: energy,
    reading: null,
    duration: durationS === null ? '' : showDuration(language, durationS),
    sum: true,
  }
  return [
    ...line(t('label.begin'), begin),
    ...line(t('label.end'), end),
    ...(energy === null ? [] : [difference]),
  ]
}

function splitNumber({ quantity }: ReadingLine, language: Language) {
  if (quantity === null) return { whole: '–', rest: '' }
  const shown = showQuantity(language, quantity)
  const at = showDecimal(language, quantity.value).search(/[,.]/)
  const blank = shown.indexOf('\u00a0')
  const split = at < 0 ? blank : at
  return { whole: shown.slice(0, split), rest: shown.slice(split) }
}

function literal(quantity: Quantity | null, hidden: boolean): Block {
  if (quantity === null || hidden) return () => []
  const { value, unitText } = quantity
  return words(`${value} ${identifier(unitText)}`, STYLE.tinyCode, 'right')
}

function timeCell(
  { reading, duration }: ReadingLine,
  language: Language,
  style: (typeof STYLE)['body' | 'strong' | 'small' | 'smallStrong'],
  dense: boolean,
): Block {
  const time = reading?.time ?? null
  if (time === null) return words(duration, style)
  const shown = words(
    [
      { text: showTime(language, time), style },
      { text: ` ${showOffset(time)}`, style: STYLE.smallMuted },
    ],
    style,
  )
  return dense ? shown : stack(shown, words(identifier(time.text), STYLE.tinyCode))
}

function clockWord(reading: MeterReading | null, language: Language): string {
  return reading?.time == null ? '' : wordFor(language, reading.time.sync)
}

function markOf(
  session: Session,
  reading: MeterReading | null,
  language: Language,
  sum: boolean,
): Block {
  const t = voice(language)
  if (sum) return mark(t('report.computed'), 'none')
  return isSigned(session.records, reading)
    ? mark(t('label.signed'), 'solid')
    : mark(t('label.unsigned'), 'dashed')
}

/** Whether the signature covers a reading; a record without signed bytes covers nothing. */
function isSigned(records: readonly RecordResult[], reading: MeterReading | null): boolean {
  const record = records.find(({ readings }) =>
    readings.some((own) => own === reading || JSON.stringify(own) === JSON.stringify(reading)),
  )
  return record !== undefined && record.signature.digest !== null
}

/** Meter, station, charge point, user, transaction; what is not signed says so. */
export function drawIdentities(flow: Flow, session: Session, language: Language): void {
  const t = voice(language)
  const { records } = session
  const [record] = records
  const vendor = records.find(({ meter }) => meter.serial !== null)?.meter ?? record?.meter
  const model = [vendor?.vendor, vendor?.model ?? record?.gateway.model]
  const known = (value: string | null, own: readonly (string | null | undefined)[]) =>
    value !== null && own.includes(value)
  const rows: [string, string | null, boolean][] = [
    [
      t('label.meter'),
      session.meter,
      known(
        session.meter,
        records.flatMap(({ meter, gateway }) => [meter.serial, gateway.serial]),
      ),
    ],
    [t('report.model'), model.filter((part) => part != null).join(' ') || null, true],
    [
      t('label.station'),
      session.station,
      known(
        session.station,
        records.map(({ gateway }) => gateway.serial),
      ),
    ],
    [
      t('label.evse'),
      session.evse,
      known(
        session.evse,
        records.map(({ evse }) => evse),
      ),
    ],
    [
      t('label.user'),
      session.user,
      known(
        session.user,
        records.map(({ user }) => user),
      ),
    ],
    [
      t('label.transaction'),
      session.transaction,
      known(
        session.transaction,
        records.map(({ transaction }) => transaction),
      ),
    ],
  ]
  const [yes, no] = [t('label.signed'), t('label.unsigned')]
  const pairs = rows.map(([name, value, covered]): Pair =>
    value === null
      ? { name, value: words(t('report.not-stated'), STYLE.muted) }
      : {
          name,
          value: words(identifier(value), STYLE.id),
          mark: mark(covered ? yes : no, covered ? 'solid' : 'dashed'),
        },
  )
  drawPairsInTwo(flow, pairs, markWidth(flow.faces, [yes, no]))
}

/** Findings with their weight, code, place and the clause they rest on. */
export function drawFindings(
  flow: Flow,
  findings: readonly Finding[],
  language: Language,
  most = Infinity,
): void {
  const t = voice(language)
  const weights = (['error', 'warning', 'info'] as const).map((of) => t(`label.severity.${of}`))
  const shown = findings.slice(0, most)
  drawTable(flow, {
    columns: [
      { width: widest(flow.faces, weights, STYLE.small) + 14 },
      { width: null },
      { width: 128 },
    ],
    head: [t('report.weight'), t('label.findings'), t('report.source')],
    rows: shown.map((found) => ({
      cells: [
        withIcon(
          found.severity,
          SEVERITY_COLOR[found.severity],
          8,
          words(t(`label.severity.${found.severity}`), STYLE.small),
        ),
        stack(words(plainSentence(language, found), STYLE.small), placeOf(found)),
        stack(words(found.code, STYLE.code), words(rowOf(found.code).source, STYLE.tiny)),
      ],
    })),
    padding: 3,
  })
  if (findings.length > shown.length) {
    const count = String(findings.length - shown.length)
    flow.put('P', words(t('report.more-in-result', { count }), STYLE.smallMuted))
  }
}

function placeOf({ path, offset }: Finding): Block {
  const place = [path === null ? '' : freeText(path, 200), offset === null ? '' : `@${offset}`]
  const shown = place.filter((part) => part !== '').join(' ')
  return shown === '' ? () => [] : words(visible(shown), STYLE.tinyCode)
}

/** A finding on a line of its own: sentence and code. */
export function drawFinding(flow: Flow, found: Finding, language: Language): void {
  const text: Text = [
    { text: plainSentence(language, found), style: STYLE.small },
    { text: ` ${found.code}`, style: STYLE.tinyCode },
  ]
  const color = SEVERITY_COLOR[found.severity]
  flow.put('P', withIcon(found.severity, color, 7.5, words(text, STYLE.small)))
}

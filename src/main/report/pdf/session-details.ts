/**
 * Everything about one session: findings, key, and for each record its readings, fields,
 * signature and signed bytes.
 *
 * @module
 */
import { showOffset } from '../../../shared/display.ts'
import { type Language, wordFor } from '../../../shared/i18n/index.ts'
import { findingsOf } from '../../../shared/i18n/verdict.ts'
import type { PublicKeyRef } from '../../../shared/model/key.ts'
import { FORMATS, type DecodedField, type RecordResult } from '../../../shared/model/record.ts'
import type { Session } from '../../../shared/model/session.ts'
import { freeText, identifier, plainSentence } from './data-text.ts'
import { type Block, type Flow, words } from './flow.ts'
import {
  type Pair,
  drawHeading,
  drawTitledPairs,
  groups,
  listing,
  listingWidth,
  mark,
  markWidth,
  voice,
} from './pieces.ts'
import { recordListing } from './record-bytes.ts'
import { drawFindings } from './session-tables.ts'
import { STYLE } from './style.ts'
import { drawTable, widest } from './table.ts'

/**
 * Rows a whole report may still spend on readings, fields and findings, so that hostile input
 * makes no report of many thousand pages.
 */
export interface Budget {
  rows: number
  bytes: number
}

export const fullBudget = (): Budget => ({ rows: 12_000, bytes: 1024 * 1024 })

/** @returns as many of `rows` as the budget allows, and how many are left out */
function within<T>(budget: Budget, rows: readonly T[]): { shown: readonly T[]; left: number } {
  const shown = rows.slice(0, budget.rows)
  budget.rows -= shown.length
  return { shown, left: rows.length - shown.length }
}

export function drawSessionDetails(
  flow: Flow,
  session: Session,
  language: Language,
  budget: Budget,
): void {
  const t = voice(language)
  const { shown, left } = within(budget, findingsOf(session))
  if (shown.length > 0) {
    drawHeading(flow, 'H3', t('label.findings'))
    drawFindings(flow, shown, language)
    drawLeft(flow, left, language)
  }
  const keys = [session.trust.key, ...session.records.map(({ signature }) => signature.key)]
  const different = new Map(keys.flatMap((key) => (key === null ? [] : [[key.fingerprint, key]])))
  for (const key of different.values()) drawKey(flow, key, session, language)
  for (const [index, record] of session.records.entries()) {
    const number = { number: String(index + 1), count: String(session.records.length) }
    const title = t(session.records.length === 1 ? 'report.record.only' : 'report.record', number)
    drawRecord(flow, record, title, language, budget)
  }
}

function drawLeft(flow: Flow, left: number, language: Language): void {
  if (left === 0) return
  const words_ = voice(language)('report.more-in-result', { count: String(left) })
  flow.put('P', words(words_, STYLE.smallMuted))
}

function drawKey(flow: Flow, key: PublicKeyRef, session: Session, language: Language): void {
  const t = voice(language)
  const { trust } = session
  const isJudged = trust.key?.fingerprint === key.fingerprint
  const validity = [key.validFrom ?? '', key.validUntil ?? '']
  drawTitledPairs(flow, t('report.key'), [
    { name: t('report.trust'), value: words(t(`report.trust.${key.trust}`), STYLE.body) },
    ...(isJudged && trust.evidence.length > 0
      ? [
          {
            name: t('report.evidence'),
            value: words(
              trust.evidence.map((found) => plainSentence(language, found)).join(' '),
              STYLE.body,
            ),
          },
        ]
      : []),
    { name: t('label.origin'), value: words(freeText(key.origin), STYLE.body) },
    { name: t('report.curve'), value: words(key.curve, STYLE.id) },
    ...optional(t('report.key.meter'), key.meter),
    ...optional(t('report.key.evse'), key.evse),
    ...(validity.join('') === ''
      ? []
      : [
          {
            name: t('report.validity'),
            value: words(validity.map(identifier).join(' – '), STYLE.id),
          },
        ]),
    { name: t('report.fingerprint'), value: words(digitsOf(key.fingerprint), STYLE.code) },
    { name: t('report.point'), value: words(groups(key.point), STYLE.code) },
  ])
}

function optional(name: string, value: string | null): Pair[] {
  return value === null ? [] : [{ name, value: words(identifier(value), STYLE.id) }]
}

/** A fingerprint without its `sha256:`, in groups of four digits. */
function digitsOf(fingerprint: string): string {
  return groups(fingerprint.slice(fingerprint.indexOf(':') + 1))
}

function drawRecord(
  flow: Flow,
  record: RecordResult,
  title: string,
  language: Language,
  budget: Budget,
): void {
  const t = voice(language)
  const origin = record.origin.map(({ name }) => freeText(name, 300)).join(' › ')
  drawTitledPairs(flow, title, [
    { name: t('label.origin'), value: words(origin, STYLE.body) },
    {
      name: t('label.format'),
      value: words(
        `${FORMATS[record.format]} ${freeText(record.formatVersion ?? '', 100)}`.trim(),
        STYLE.body,
      ),
    },
    ...(record.pagination === null
      ? []
      : [
          {
            name: t('report.pagination'),
            value: words(
              identifier(`${record.pagination.context}${record.pagination.number}`),
              STYLE.id,
            ),
          },
        ]),
    ...signaturePairs(record, language),
  ])
  drawAllReadings(flow, record, language, budget)
  drawFields(flow, record.fields, language, budget)
  drawBytes(flow, record, language, budget)
}

function signaturePairs({ signature }: RecordResult, language: Language): Pair[] {
  const t = voice(language)
  const { status, algorithm, declared, curve, hash, digest, r, s, engines, recovered } = signature
  const code = (name: string, value: string | null): Pair[] =>
    value === null ? [] : [{ name, value: words(value, STYLE.code) }]
  return [
    { name: t('check.signature'), value: words(t(`report.signature.${status}`), STYLE.strong) },
    ...optional(t('report.algorithm'), algorithm),
    ...optional(t('report.declared'), declared),
    ...optional(t('report.curve'), curve),
    ...optional(t('report.hash'), hash),
    ...code(t('report.digest'), digest === null ? null : groups(digest)),
    ...code('r', r === null ? null : groups(r)),
    ...code('s', s === null ? null : groups(s)),
    ...(engines.length === 0
      ? []
      : [{ name: t('report.engines'), value: words(enginesWord(engines, language), STYLE.body) }]),
    ...recovered.map((text) => ({
      name: t('report.recovered'),
      value: words(digitsOf(text), STYLE.code),
    })),
  ]
}

function enginesWord(engines: readonly string[], language: Language): string {
  return engines.map((engine) => wordFor(language, engine)).join(', ')
}

/** Every reading of a record, as the record writes it. */
function drawAllReadings(
  flow: Flow,
  { readings }: RecordResult,
  language: Language,
  budget: Budget,
): void {
  if (readings.length === 0) return
  const t = voice(language)
  const { shown, left } = within(budget, readings)
  const roles = shown.map(({ role }) => t(`report.role.${role}`))
  drawHeading(flow, 'H3', t('label.readings'))
  drawTable(flow, {
    columns: [
      { width: widest(flow.faces, roles, STYLE.small, 70) },
      { width: 78 },
      { width: 92, align: 'right' },
      { width: null },
      { width: 86 },
    ],
    head: ['', t('label.register'), t('report.value'), t('report.time'), t('report.meter-state')],
    rows: shown.map((reading, index) => {
      const { register, registerText, quantity, time, status, errors, path } = reading
      const value = quantity === null ? '–' : `${quantity.value} ${identifier(quantity.unitText)}`
      const state = [
        status === null ? '' : freeText(wordFor(language, status), 60),
        ...errors.map((error) => t(`report.error.${error}`)),
      ].filter((word) => word !== '')
      const clock =
        time === null ? '' : `${showOffset(time)} ${wordFor(language, time.sync)}`.trim()
      return {
        cells: [
          words(roles[index] ?? '', STYLE.small),
          twoLines(identifier(registerText ?? register ?? '–'), identifier(path)),
          words(value, STYLE.code, 'right'),
          twoLines(time === null ? '–' : identifier(time.text), clock),
          words(state.join(', '), STYLE.small),
        ],
      }
    }),
    padding: 2.5,
  })
  drawLeft(flow, left, language)
}

function twoLines(first: string, second: string): Block {
  return (faces, width) => [
    ...words(first, STYLE.code)(faces, width),
    ...(second === '' ? [] : words(second, STYLE.tiny)(faces, width)),
  ]
}

function drawFields(
  flow: Flow,
  fields: readonly DecodedField[],
  language: Language,
  budget: Budget,
): void {
  if (fields.length === 0) return
  const t = voice(language)
  const { shown, left } = within(budget, fields)
  const [yes, no] = [t('label.signed'), t('label.unsigned')]
  drawHeading(flow, 'H3', t('report.fields'))
  drawTable(flow, {
    columns: [
      { width: 104 },
      { width: null },
      { width: markWidth(flow.faces, [yes, no]) },
      { width: 60, align: 'right' },
    ],
    head: [t('report.field'), t('report.content'), '', t('report.bytes')],
    rows: shown.map(({ name, value, signed, range, inherited }) => ({
      cells: [
        words(identifier(name), STYLE.code),
        value === ''
          ? words(t('report.empty'), STYLE.smallMuted)
          : words(freeText(value), STYLE.code),
        mark(signed ? yes : no, signed ? 'solid' : 'dashed'),
        words(
          inherited
            ? t('report.inherited')
            : range === null
              ? '–'
              : `${range.from}–${range.to - 1}`,
          STYLE.smallMuted,
          'right',
        ),
      ],
    })),
    padding: 2,
  })
  drawLeft(flow, left, language)
}

function drawBytes(flow: Flow, record: RecordResult, language: Language, budget: Budget): void {
  const { signedBytes } = record
  const t = voice(language)
  if (signedBytes === null || signedBytes === '') return
  drawHeading(flow, 'H3', t('report.signed-bytes'))
  if (budget.bytes <= 0) {
    flow.put('P', words(t('report.bytes-elsewhere'), STYLE.smallMuted))
    return
  }
  const { lines, kind, total, listed } = recordListing(signedBytes, listingWidth(flow.faces))
  budget.bytes -= listed
  const shown = { total: String(total), listed: String(listed) }
  flow.put('P', words(t(`report.listing.${kind}`, shown), STYLE.smallMuted))
  flow.gap(3)
  flow.put('P', listing(lines))
  if (listed < total) flow.put('P', words(t('report.listing.cut', shown), STYLE.smallMuted))
}

/**
 * The words around a verdict: headline, sentence, the four check lines, the next step. The same
 * in every interface.
 *
 * @module
 */
import { type Finding, bySeverity, withoutDoubles } from '../model/finding.ts'
import type { Session } from '../model/session.ts'
import type { InputResult } from '../model/verdict.ts'
import type { VerdictState } from '../model/verdict-state.ts'
import { type Language, type UiKey, sentence, text } from './index.ts'

/** @returns all findings of a session and its records, worst first, each sentence once */
export function findingsOf(session: Session): Finding[] {
  const all = [...session.findings, ...session.records.flatMap(({ findings }) => findings)]
  const seen = new Set<string>()
  return all
    .filter(({ code, params, path }) => {
      const key = JSON.stringify([code, params, code.startsWith('OCMF') ? path : null])
      if (seen.has(key)) return false
      seen.add(key)
      return true
    })
    .toSorted(bySeverity)
}

/** @returns findings as a driver needs them: general words, no notes of conformance */
export function plainFindings(findings: readonly Finding[]): Finding[] {
  return withoutDoubles(findings).filter(
    ({ code, severity }) => severity !== 'info' || !/^(?:OCMF-|SIG-OK$)/.test(code),
  )
}

export function headline(language: Language, state: VerdictState): string {
  return text(language, `verdict.${state}`)
}

/** @returns the sentence under the headline */
export function verdictSentence(language: Language, session: Session): string {
  return text(language, sentenceKey(session), { reason: reason(language, session.verdict.reasons) })
}

/** What an input is of which nothing is said: what it holds is judged elsewhere, or is no reading. */
export const NEUTRAL = ['bill-only', 'keys-only', 'files', 'signature', 'nothing'] as const
export type Neutral = (typeof NEUTRAL)[number]

export function neutralOf({ findings, claims }: Pick<InputResult, 'findings' | 'claims'>): Neutral {
  if (claims > 0) return 'bill-only'
  const codes = findings.map(({ code }) => code)
  if (codes.includes('IN-MEMBERS')) return 'files'
  if (codes.some((code) => code === 'IN-DETACHED' || code === 'IN-SIGNATURE')) return 'signature'
  return codes.includes('IN-UNKNOWN') || codes.includes('IN-NO-CODE') ? 'nothing' : 'keys-only'
}

/** @returns the sentence for an input that holds no session */
export function inputSentence(language: Language, input: InputResult): string {
  const { state, findings } = input
  if (state === null) return text(language, `sentence.${neutralOf(input)}`)
  const key = state === 'UNREADABLE' ? 'sentence.UNREADABLE' : 'sentence.NOT_CHECKED'
  return text(language, key, { reason: reason(language, findings.toSorted(bySeverity)) })
}

/** The first reason in general words. */
function reason(language: Language, findings: readonly Finding[]): string {
  const [first] = withoutDoubles(findings)
  return first === undefined ? '' : sentence(language, first)
}

function sentenceKey({ verdict, begin, end, trust }: Session): UiKey {
  switch (verdict.state) {
    case 'VERIFIED':
      return 'sentence.VERIFIED'
    case 'VALID_KEY_UNCONFIRMED':
      if (trust.level === 'K1') return 'sentence.VALID_KEY_UNCONFIRMED.K1'
      if (isDisputed(trust)) return 'sentence.VALID_KEY_UNCONFIRMED.conflict'
      if (trust.level === 'K2') return 'sentence.VALID_KEY_UNCONFIRMED.K2'
      return 'sentence.VALID_KEY_UNCONFIRMED.other'
    case 'SIGNATURE_INVALID':
      return trust.level === 'K3' || trust.level === 'K4'
        ? 'sentence.SIGNATURE_INVALID.changed'
        : 'sentence.SIGNATURE_INVALID.either'
    case 'INCOMPLETE':
      return `sentence.INCOMPLETE.${missing({ begin, end })}`
    case 'NOT_LEGALLY_RELEVANT':
      return 'sentence.NOT_LEGALLY_RELEVANT'
    case 'NOT_CHECKED':
      return 'sentence.NOT_CHECKED'
    case 'UNREADABLE':
      return 'sentence.UNREADABLE'
  }
}

/** The user or the register vouched for the key, and for another key of the same meter. */
function isDisputed({ level, key }: Session['trust']): boolean {
  return level === 'K2' && (key?.source === 'imprint' || key?.source === 'register')
}

function missing({ begin, end }: Pick<Session, 'begin' | 'end'>): 'begin' | 'end' | 'both' {
  if (begin === null) return end === null ? 'both' : 'begin'
  return end === null ? 'end' : 'both'
}

export type CheckStatus = 'ok' | 'open' | 'warn' | 'bad' | 'unknown'

/** One of the four statements every result makes, always in this order. */
export interface CheckLine {
  name: 'signature' | 'key' | 'complete' | 'legal'
  status: CheckStatus
  title: string
  sentence: string
}

export function checkLines(language: Language, session: Session): CheckLine[] {
  const { verdict } = session
  const line = (name: CheckLine['name'], status: CheckStatus, key: UiKey): CheckLine => ({
    name,
    status,
    title: text(language, `check.${name}`),
    sentence: text(language, key),
  })
  const signature = { valid: 'ok', invalid: 'bad', unchecked: 'unknown' } as const
  return [
    line('signature', signature[verdict.signature], `check.signature.${verdict.signature}`),
    line(
      'key',
      keyStatus(session),
      isDisputed(session.trust) ? 'check.key.conflict' : `check.key.${verdict.trust}`,
    ),
    line('complete', ...completeness(session)),
    line('legal', ...usability(session)),
  ]
}

function keyStatus({ verdict }: Session): CheckStatus {
  if (verdict.trust === 'K0') return 'unknown'
  return verdict.trust === 'K1' || verdict.trust === 'K2' ? 'open' : 'ok'
}

function completeness(session: Session): [CheckStatus, UiKey] {
  const { verdict, begin, end } = session
  if (verdict.complete) return ['ok', 'check.complete.yes']
  if (session.records.every(({ readings }) => readings.length === 0)) {
    return ['unknown', 'check.complete.unknown']
  }
  return ['warn', `check.complete.${missing({ begin, end })}`]
}

function usability({ verdict }: Session): [CheckStatus, UiKey] {
  if (verdict.signature !== 'valid' || !verdict.complete) return ['unknown', 'check.legal.unknown']
  if (verdict.energyUsable) {
    return verdict.timeUsable ? ['ok', 'check.legal.both'] : ['ok', 'check.legal.energy']
  }
  return verdict.timeUsable ? ['warn', 'check.legal.time'] : ['warn', 'check.legal.none']
}

/** @returns what to do now; null where nothing is to be done */
export function nextStep(language: Language, session: Session): string | null {
  const key = nextKey(session)
  return key === null ? null : text(language, key)
}

function nextKey({ verdict, begin, end }: Session): UiKey | null {
  switch (verdict.state) {
    case 'VERIFIED':
      return null
    case 'VALID_KEY_UNCONFIRMED':
      return 'next.confirm'
    case 'SIGNATURE_INVALID':
      return 'next.invalid'
    case 'INCOMPLETE':
      return `next.${missing({ begin, end })}`
    case 'NOT_LEGALLY_RELEVANT':
      return 'next.billing'
    case 'NOT_CHECKED':
      return verdict.reasons.some(({ code }) => code === 'KEY-NONE') ? 'next.key' : 'next.data'
    case 'UNREADABLE':
      return 'next.data'
  }
}

import { describe, expect, test } from 'vitest'
import { LANGUAGES, type UiKey, rawText, text } from '../../../src/shared/i18n/index.ts'
import {
  checkLines,
  findingsOf,
  headline,
  inputSentence,
  nextStep,
  plainFindings,
  verdictSentence,
} from '../../../src/shared/i18n/verdict.ts'
import { finding } from '../../../src/shared/model/finding.ts'
import { TRUST_LEVELS } from '../../../src/shared/model/key.ts'
import type { Session } from '../../../src/shared/model/session.ts'
import { VERDICT_STATES, type VerdictState } from '../../../src/shared/model/verdict-state.ts'
import { begin, end, input, publicKey, record, session, verdict } from '../../tools/results.ts'

const trusted = (level: Session['trust']['level']): Session['trust'] => ({
  level,
  key: publicKey({ trust: level }),
  evidence: [],
})

function inState(state: VerdictState, over: Partial<Session> = {}): Session {
  return session({ verdict: verdict({ state }), ...over })
}

describe('headline', () => {
  test.each(VERDICT_STATES)('%s has its own in both languages', (state) => {
    for (const language of LANGUAGES) {
      const others = VERDICT_STATES.filter((other) => other !== state)
      expect(headline(language, state)).not.toBe('')
      expect(others.map((other) => headline(language, other))).not.toContain(
        headline(language, state),
      )
    }
  })
})

describe('the sentence under the headline', () => {
  const none = { begin: null, end: null }

  test.each([
    ['a confirmed key', inState('VERIFIED'), 'sentence.VERIFIED'],
    [
      'a key of the same file',
      inState('VALID_KEY_UNCONFIRMED', { trust: trusted('K1') }),
      'sentence.VALID_KEY_UNCONFIRMED.K1',
    ],
    [
      'a key of the provider',
      inState('VALID_KEY_UNCONFIRMED', { trust: trusted('K2') }),
      'sentence.VALID_KEY_UNCONFIRMED.K2',
    ],
    [
      'a register key where one read off the station is asked for',
      inState('VALID_KEY_UNCONFIRMED', { trust: trusted('K3') }),
      'sentence.VALID_KEY_UNCONFIRMED.other',
    ],
    [
      'a misfit under a confirmed key',
      inState('SIGNATURE_INVALID', { trust: trusted('K4') }),
      'sentence.SIGNATURE_INVALID.changed',
    ],
    [
      'a misfit under a key of the register',
      inState('SIGNATURE_INVALID', { trust: trusted('K3') }),
      'sentence.SIGNATURE_INVALID.changed',
    ],
    [
      'a misfit under a key of the file, which may be the wrong one',
      inState('SIGNATURE_INVALID', { trust: trusted('K1') }),
      'sentence.SIGNATURE_INVALID.either',
    ],
    ['no begin', inState('INCOMPLETE', { begin: null }), 'sentence.INCOMPLETE.begin'],
    ['no end', inState('INCOMPLETE', { end: null }), 'sentence.INCOMPLETE.end'],
    ['neither', inState('INCOMPLETE', none), 'sentence.INCOMPLETE.both'],
    [
      'both, and still incomplete',
      inState('INCOMPLETE', { begin: begin(), end: end() }),
      'sentence.INCOMPLETE.both',
    ],
  ] as const)('for %s is the one written for it', (_, result, key) => {
    for (const language of LANGUAGES) {
      expect(verdictSentence(language, result)).toBe(text(language, key))
    }
  })

  const doubled = [finding('OCMF-517', 'x', {}), finding('KEY-NONE', 'x', {})]

  test.each(['NOT_LEGALLY_RELEVANT', 'NOT_CHECKED', 'UNREADABLE'] as const)(
    'for %s gives the first reason in general words',
    (state) => {
      const result = session({ verdict: verdict({ state, reasons: doubled }) })
      for (const language of LANGUAGES) {
        expect(verdictSentence(language, result)).toContain(text(language, 'KEY-NONE'))
        expect(verdictSentence(language, result)).not.toContain(rawText(language, 'OCMF-517'))
        expect(verdictSentence(language, result)).not.toContain('{')
      }
    },
  )

  test('without a reason it is a sentence all the same', () => {
    expect(verdictSentence('en', inState('NOT_CHECKED'))).toMatch(/^Nothing was checked: .*\.$/)
  })

  test('no sentence of another state than VERIFIED says that the key is confirmed', () => {
    const others = VERDICT_STATES.filter((state) => state !== 'VERIFIED')
    for (const state of others) {
      expect(verdictSentence('en', inState(state))).not.toContain('confirmed key')
      expect(verdictSentence('de', inState(state))).not.toContain('bestätigten Schlüssel')
    }
  })
})

describe('the sentence for an input without a session', () => {
  test('of keys says that it holds keys', () => {
    expect(inputSentence('de', input({ state: null }))).toBe(text('de', 'sentence.keys-only'))
  })

  test('of other files or of nothing says so', () => {
    const holding = [finding('IN-MEMBERS', 'a', { count: '2' })]
    expect(inputSentence('en', input({ state: null, findings: holding }))).toBe(
      text('en', 'sentence.files'),
    )
    for (const code of ['IN-UNKNOWN', 'IN-NO-CODE'] as const) {
      const findings = [finding(code, 'a', {}, { severity: 'warning' })]
      expect(inputSentence('en', input({ state: null, findings }))).toBe(
        text('en', 'sentence.nothing'),
      )
    }
  })

  test('that cannot be read says why, the worst reason first', () => {
    const findings = [
      finding('IN-KEYS', 'a', { count: '1' }),
      finding('IN-NOFILE', 'a', { reason: 'missing' }),
    ]
    expect(inputSentence('en', input({ state: 'UNREADABLE', findings }))).toContain(
      'it does not exist',
    )
  })

  test.each(['NOT_CHECKED', 'SIGNATURE_INVALID'] as const)('in state %s is that of %s', (state) => {
    const findings = [finding('IN-FORMAT', 'a', { format: 'SML' })]
    expect(inputSentence('en', input({ state, findings }))).toContain('SML')
  })
})

describe('the four check lines', () => {
  const line = (name: string, result: Session) => {
    const found = checkLines('en', result).find((one) => one.name === name)
    return found === undefined ? [] : [found.status, found.sentence]
  }
  const said = (key: Parameters<typeof text>[1]) => text('en', key)

  test('are always the same four in the same order', () => {
    for (const state of VERDICT_STATES) {
      const lines = checkLines('de', inState(state))
      expect(lines.map(({ name }) => name)).toEqual(['signature', 'key', 'complete', 'legal'])
      expect(lines.every(({ title, sentence }) => title !== '' && sentence !== '')).toBe(true)
    }
  })

  test.each([
    ['valid', 'ok'],
    ['invalid', 'bad'],
    ['unchecked', 'unknown'],
  ] as const)('a signature that is %s has the status %s', (signature, status) => {
    const result = session({ verdict: verdict({ signature }) })
    expect(line('signature', result)).toEqual([status, said(`check.signature.${signature}`)])
  })

  test.each([
    ['K0', 'unknown'],
    ['K1', 'open'],
    ['K2', 'open'],
    ['K3', 'ok'],
    ['K4', 'ok'],
    ['K5', 'ok'],
  ] as const)('a key of trust %s has the status %s', (trust, status) => {
    expect(TRUST_LEVELS).toContain(trust)
    const result = session({ verdict: verdict({ trust }) })
    expect(line('key', result)).toEqual([status, said(`check.key.${trust}`)])
  })

  const incomplete = { verdict: verdict({ complete: false }) }

  const completeness: [string, Partial<Session>, string, UiKey][] = [
    ['with begin and end', {}, 'ok', 'check.complete.yes'],
    ['without begin', { ...incomplete, begin: null }, 'warn', 'check.complete.begin'],
    ['without end', { ...incomplete, end: null }, 'warn', 'check.complete.end'],
    ['without both', { ...incomplete, begin: null, end: null }, 'warn', 'check.complete.both'],
    [
      'that cannot be read',
      { ...incomplete, records: [record({ readings: [] })] },
      'unknown',
      'check.complete.unknown',
    ],
  ]

  test.each(completeness)('a session %s says so', (_, over, status, key) => {
    expect(line('complete', session(over))).toEqual([status, said(key)])
  })

  test.each([
    [{}, 'ok', 'check.legal.both'],
    [{ timeUsable: false }, 'ok', 'check.legal.energy'],
    [{ energyUsable: false }, 'warn', 'check.legal.time'],
    [{ energyUsable: false, timeUsable: false }, 'warn', 'check.legal.none'],
    [{ complete: false }, 'unknown', 'check.legal.unknown'],
    [{ signature: 'invalid' }, 'unknown', 'check.legal.unknown'],
    [{ signature: 'unchecked' }, 'unknown', 'check.legal.unknown'],
  ] as const)('a verdict with %j is usable so far: %s', (over, status, key) => {
    const result = session({ verdict: verdict(over) })
    expect(line('legal', result)).toEqual([status, said(key)])
  })
})

describe('the next step', () => {
  test.each([
    ['VERIFIED', {}, null],
    ['VALID_KEY_UNCONFIRMED', {}, 'next.confirm'],
    ['SIGNATURE_INVALID', {}, 'next.invalid'],
    ['INCOMPLETE', { begin: null }, 'next.begin'],
    ['INCOMPLETE', { end: null }, 'next.end'],
    ['INCOMPLETE', { begin: null, end: null }, 'next.both'],
    ['NOT_LEGALLY_RELEVANT', {}, 'next.billing'],
    ['NOT_CHECKED', {}, 'next.data'],
    ['UNREADABLE', {}, 'next.data'],
  ] as const)('in state %s with %j is %s', (state, over, key) => {
    for (const language of LANGUAGES) {
      const expected = key === null ? null : text(language, key)
      expect(nextStep(language, inState(state, over))).toBe(expected)
    }
  })

  test('without a key is to get one', () => {
    const reasons = [finding('KEY-NONE', 'x', {})]
    const result = session({ verdict: verdict({ state: 'NOT_CHECKED', reasons }) })
    expect(nextStep('en', result)).toBe(text('en', 'next.key'))
  })
})

describe('findings of a session', () => {
  const note = finding('OCMF-406', 'r', { fields: 'ST' }, { path: 'RD[1]' })
  const error = finding('SES-NO-END', 's', {})
  const fits = finding('SIG-OK', 'r', { algorithm: 'ECDSA-secp256r1-SHA256' })

  test('are those of the session and of its records, worst first, each once', () => {
    const records = [record({ findings: [fits, note] }), record({ findings: [fits, note] })]
    expect(findingsOf(session({ records, findings: [error] }))).toEqual([error, fits, note])
  })

  test('with another place in the record are others', () => {
    const second = { ...note, path: 'RD[2]' }
    const records = [record({ findings: [note, second] })]
    expect(findingsOf(session({ records }))).toEqual([note, second])
  })

  test('a driver sees the general words, and no notes of conformance', () => {
    const numbered = finding('OCMF-802', 's', {})
    const clock = finding('LAW-CLOCK-INFO', 's', {})
    expect(plainFindings([numbered, error, fits, note, clock])).toEqual([error, clock])
  })
})

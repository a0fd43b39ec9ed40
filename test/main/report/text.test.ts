import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { recordCounts } from '../../../src/main/report/counts.ts'
import { textReport } from '../../../src/main/report/text.ts'
import { LANGUAGES, text } from '../../../src/shared/i18n/index.ts'
import { finding } from '../../../src/shared/model/finding.ts'
import type { Session } from '../../../src/shared/model/session.ts'
import type { InputResult } from '../../../src/shared/model/verdict.ts'
import { VERDICT_STATES } from '../../../src/shared/model/verdict-state.ts'
import { keyHex, ocmf, throwAwayKey, valuesXml } from '../../tools/sign.ts'
import {
  POLICY,
  payload,
  readingOf,
  twoRecords,
  verify,
  wholeSession,
  xmlWith,
} from '../../tools/small-inputs.ts'
import {
  begin,
  end,
  input,
  publicKey,
  quantity,
  reading,
  record,
  session,
  signature,
  verdict,
} from '../../tools/results.ts'

function report(sessions: Session[], inputs: InputResult[] = [input()], over = {}): string {
  return textReport({ policy: { ...POLICY, ...over }, inputs, sessions, unmatched: [] }, 'en')
}

describe('one session', () => {
  test('is told with verdict, readings, checks, and whose it is', () => {
    const shown = report([session({ evse: 'DE*ABC*E1', transaction: '42' })])
    const lines = shown.split('\n')
    expect(lines[0]).toBe('a.xml')
    expect(lines[1]).toBe('  Verified')
    expect(shown).toMatch(/Start {2,}100\.00\u00a0kWh {2}2026-03-01 08:00:00 UTC\+00:00/)
    expect(shown).toMatch(/End {2,}110\.50\u00a0kWh/)
    expect(shown).toMatch(/Difference {2,}10\.50\u00a0kWh {2}1 h 0 min 0 s\n/)
    expect(shown).toMatch(/✓ Signature: {2,}valid/)
    expect(shown).toMatch(/Charge point {2,}DE\*ABC\*E1\n/)
    expect(shown).toMatch(/Transaction {2,}42\n/)
    expect(shown).toMatch(/Key {2,}secp256r1, sha256:aa…\n/)
    expect(shown.replace(/\s+/g, ' ')).toContain(text('en', 'notice.independent'))
    expect(shown.endsWith('\n')).toBe(true)
  })

  test('speaks German where that is asked for', () => {
    const shown = textReport(
      { policy: POLICY, inputs: [input()], sessions: [session()], unmatched: [] },
      'de',
    )
    expect(shown).toContain('Geprüft und bestätigt')
    expect(shown).toContain('110,50\u00a0kWh')
  })

  test('that is not valid shows its readings, marked as not reliable', () => {
    const bad = session({
      records: [record({ signature: signature({ status: 'invalid' }) })],
      verdict: verdict({ state: 'SIGNATURE_INVALID', signature: 'invalid', energyUsable: false }),
    })
    expect(report([bad])).toMatch(/Difference {2,}10\.50\u00a0kWh .*\(not reliable\)\n/)
    expect(report([bad])).toContain('✗ Signature:')
  })

  test('without begin and end shows the readings there are', () => {
    const lone = reading({ role: 'intermediate', quantity: quantity('5.00') })
    const result = session({
      begin: null,
      end: null,
      energy: null,
      records: [record({ readings: [lone, reading({ quantity: null })] })],
      verdict: verdict({ state: 'INCOMPLETE', complete: false }),
    })
    const shown = report([result])
    expect(shown).toMatch(/Readings {2,}5\.00\u00a0kWh/)
    expect(shown).not.toContain('Difference')
  })

  test('without a duration or a time leaves them out', () => {
    const result = session({
      begin: begin({ time: null }),
      durationS: null,
      export: { begin: null, end: null, energy: quantity('1.25') },
    })
    const shown = report([result])
    expect(shown).toMatch(/Start {2,}100\.00\u00a0kWh\n/)
    expect(shown).toMatch(/Difference {2,}10\.50\u00a0kWh\n/)
    expect(shown).toMatch(/Fed back {2,}1\.25\u00a0kWh\n/)
  })

  test('about which nothing is known says nothing of meter and key', () => {
    const nobody = session({
      meter: null,
      user: null,
      trust: { level: 'K0', key: null, evidence: [] },
      records: [],
    })
    expect(report([nobody])).not.toMatch(/^ {2}(?:Meter|Key|User) /m)
  })

  test.each(VERDICT_STATES)('in state %s says what to do now, or that nothing is', (state) => {
    const shown = report([session({ verdict: verdict({ state }) })])
    expect(shown.includes('Next step:')).toBe(state !== 'VERIFIED')
  })

  test('shows a driver what matters, and an auditor everything', () => {
    const note = finding('OCMF-406', 'r', { fields: 'ST' }, { path: 'RD[1]' })
    const warning = finding('LAW-NO-ID', 's', {})
    const result = session({ findings: [warning], records: [record({ findings: [note] })] })
    expect(report([result])).toContain('Warning: The signed data contain no user')
    expect(report([result])).not.toContain('OCMF-406')
    expect(report([result], [input()], { profile: 'auditor' })).toContain('[OCMF-406 RD[1]]')
  })
})

describe('several inputs', () => {
  test('have a block each and a summary that adds up', async () => {
    const [from] = twoRecords({ number: 10 })
    const result = await verify([
      xmlWith([wholeSession(), wholeSession({ number: 2 })]),
      'nonsense',
      from,
      'OCMF|{',
      keyHex(throwAwayKey()),
    ])
    const shown = textReport(result, 'en')
    for (const { name } of result.inputs) expect(shown).toMatch(new RegExp(`^${name}`, 'm'))
    expect(shown).toContain('Inputs: 5')
    expect(shown).toContain('Sessions: 4')
    expect(shown).toContain('Records: 4 read = 2 in sessions + 1 single + 1 unreadable')
  })

  test('with one session in two files show it once, and point to it', async () => {
    const file = xmlWith([wholeSession()])
    const shown = textReport(await verify([file, file]), 'en')
    expect(shown.match(/Signature valid – key not confirmed yet/g)?.length).toBe(2)
    expect(shown).toContain('input-2\n  → input-1')
    expect(shown).toContain('      1  Signature valid – key not confirmed yet')
  })

  test('with findings beside their sessions show these too', () => {
    const findings = [finding('IN-XML', 'a.xml', { offset: '7' }, { severity: 'warning' })]
    const shown = report([session()], [input({ findings })])
    expect(shown).toContain('position 7')
  })

  test('that hold keys only are called keys', () => {
    const keys = input({
      state: null,
      sessions: [],
      findings: [finding('IN-KEYS', 'a', { count: '2' })],
    })
    expect(report([], [keys])).toContain(text('en', 'sentence.keys-only'))
  })
})

describe('counts', () => {
  test('add up: paired, single and unreadable are all that was read', () => {
    const unread = record({ readings: [] })
    const sessions = [
      session({ records: [record(), record()] }),
      session({ end: null, records: [record()] }),
      session({ begin: null, end: null, records: [unread] }),
    ]
    expect(recordCounts(sessions)).toEqual({ read: 4, paired: 2, single: 1, unreadable: 1 })
  })
})

/** Everything that a terminal could take for a command, or that hides or turns text. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u
const withoutLineEnds = (shown: string) => shown.replaceAll('\n', '')

const EVIL = '\u001b[31m\u009b2J\u202e\u2066\u0007\u200b'

describe('nothing of a file reaches the terminal as a command', () => {
  test('from any value of a record', async () => {
    const members = ['FV', 'GI', 'GS', 'MV', 'MM', 'MS', 'MF', 'IL', 'IT', 'ID', 'TT', 'CT', 'CI']
    const over = Object.fromEntries(members.map((name) => [name, `${name}${EVIL}`]))
    const values = { TM: EVIL, RI: EVIL, RU: EVIL, RT: EVIL, ST: `M${EVIL}`, EF: EVIL }
    const names = { [EVIL]: EVIL, IF: [EVIL], LC: { [EVIL]: EVIL, LU: EVIL } }
    const record_ = ocmf(
      payload([readingOf('B', 0, '1.00', values), readingOf('E', 9, '2.00', { [EVIL]: 1 })], {
        ...over,
        ...names,
      }),
      { section: { SA: EVIL, SE: EVIL, SM: EVIL, [EVIL]: EVIL } },
    )
    for (const language of LANGUAGES) {
      for (const profile of ['driver', 'strict'] as const) {
        const result = await verify([record_], { policy: { ...POLICY, profile } })
        expect(withoutLineEnds(textReport(result, language))).not.toMatch(HIDDEN)
      }
    }
  })

  test('from a state of the meter that decides', async () => {
    const readings = [readingOf('B', 0, '1.00'), readingOf('E', 9, '2.00', { ST: `M${EVIL}` })]
    const result = await verify([xmlWith([ocmf(payload(readings))])])
    expect(result.inputs[0]?.state).toBe('NOT_LEGALLY_RELEVANT')
    expect(withoutLineEnds(textReport(result, 'en'))).not.toMatch(HIDDEN)
  })

  test('from the name of a file, of a format, or what the file says of the record', async () => {
    const turned = '\u202e\u009b31m'
    const content = valuesXml([
      { data: 'AAAA', format: turned, transaction: turned },
      { data: wholeSession(), transaction: turned, keys: [keyHex(throwAwayKey())] },
    ])
    const result = await verify([{ name: `a${EVIL}`, content }])
    const alone = await verify([
      { name: EVIL, content: valuesXml([{ data: 'A', format: turned }]) },
    ])
    for (const one of [result, alone]) {
      expect(withoutLineEnds(textReport(one, 'en'))).not.toMatch(HIDDEN)
    }
  })

  test('from a key or its origin', () => {
    const key = publicKey({ origin: EVIL, fingerprint: EVIL })
    const result = session({
      trust: { level: 'K2', key, evidence: [finding('KEY-PROVIDER', 's', { origin: EVIL })] },
      findings: [finding('KEY-PROVIDER', 's', { origin: EVIL })],
      verdict: verdict({ reasons: [finding('LAW-STATUS', 's', { found: EVIL })] }),
    })
    for (const state of VERDICT_STATES) {
      const verdictOf = { ...result.verdict, state }
      expect(withoutLineEnds(report([{ ...result, verdict: verdictOf }]))).not.toMatch(HIDDEN)
    }
  })

  test('from any text anywhere', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (evil) => {
        const shown = report(
          [
            session({
              meter: evil,
              user: evil,
              evse: evil,
              transaction: evil,
              end: end({ quantity: quantity('1', 'unknown', evil) }),
              verdict: verdict({
                state: 'NOT_CHECKED',
                reasons: [finding('SIG-ALG-UNKNOWN', 's', { algorithm: evil })],
              }),
            }),
          ],
          [input({ name: evil, findings: [finding('IN-FORMAT', 'a', { format: evil })] })],
        )
        expect(withoutLineEnds(shown)).not.toMatch(HIDDEN)
      }),
    )
  })

  test('no line is longer than what was said in it', async () => {
    const result = await verify([wholeSession({ over: { GI: 'x'.repeat(5000) } })])
    const lines = textReport(result, 'en').split('\n')
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(300)
  })
})

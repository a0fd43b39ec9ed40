import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type VerdictFacts, decide, stateOf } from '../../../src/main/engine/verdict.ts'
import {
  FINDINGS,
  type Finding,
  type FindingCode,
  finding,
  rowOf,
} from '../../../src/shared/model/finding.ts'
import { TRUST_LEVELS, type TrustLevel, isAtLeast } from '../../../src/shared/model/key.ts'
import type { SignatureStatus } from '../../../src/shared/model/record.ts'
import {
  VERDICT_STATES,
  type VerdictState,
  worst,
} from '../../../src/shared/model/verdict-state.ts'
import { begin, end, publicKey, quantity, record, signature, time } from '../../tools/results.ts'

const signed = (status: SignatureStatus) => record({ signature: signature({ status }) })

/** A session without fault under a key of the register. */
function facts(over: Partial<VerdictFacts> = {}): VerdictFacts {
  return {
    records: [signed('valid')],
    begin: begin(),
    end: end(),
    energy: quantity('10.50'),
    findings: [],
    trust: { level: 'K3', key: publicKey({ trust: 'K3' }), evidence: [] },
    requiredTrust: 'K3',
    ...over,
  }
}

const trusted = (level: TrustLevel) => ({
  trust: { level, key: publicKey({ trust: level }), evidence: [] },
})

const error = (code: FindingCode): Finding => ({
  ...finding('SIG-MISSING', 'x', {}),
  code,
  severity: 'error',
})

/** What leads to each state, all else being in order. */
const CAUSES: Record<VerdictState, Partial<VerdictFacts>[]> = {
  UNREADABLE: [{ findings: [error('IN-RECORD')] }],
  SIGNATURE_INVALID: [
    { findings: [error('SIG-MISMATCH')] },
    { records: [signed('invalid')] },
    { records: [signed('valid'), signed('invalid')] },
  ],
  NOT_CHECKED: [
    { findings: [error('KEY-NONE')] },
    { findings: [error('ENGINE-INTERNAL')] },
    { records: [signed('unchecked')] },
    { records: [signed('valid'), signed('unchecked')] },
    { records: [] },
  ],
  INCOMPLETE: [{ findings: [error('SES-NO-END')] }, { findings: [error('SES-ONE-VALUE')] }],
  NOT_LEGALLY_RELEVANT: [{ findings: [error('LAW-STATUS')] }, { energy: null }],
  VALID_KEY_UNCONFIRMED: [
    trusted('K0'),
    trusted('K1'),
    trusted('K2'),
    { requiredTrust: 'K4' },
    { ...trusted('K4'), requiredTrust: 'K5' },
  ],
  VERIFIED: [{}, trusted('K4'), trusted('K5')],
}

const lower = (a: TrustLevel, b: TrustLevel) => (isAtLeast(a, b) ? b : a)
const higher = (a: TrustLevel, b: TrustLevel) => (isAtLeast(a, b) ? a : b)

function merged(a: Partial<VerdictFacts>, b: Partial<VerdictFacts>): VerdictFacts {
  const findings = [...(a.findings ?? []), ...(b.findings ?? [])]
  const records = [...(a.records ?? []), ...(b.records ?? [])]
  const none = a.records?.length === 0 || b.records?.length === 0
  const given = records.length > 0 ? { records } : none ? { records: [] } : {}
  const { level } = trusted(lower(a.trust?.level ?? 'K3', b.trust?.level ?? 'K3')).trust
  const requiredTrust = higher(a.requiredTrust ?? 'K3', b.requiredTrust ?? 'K3')
  return facts({ ...a, ...b, ...trusted(level), findings, requiredTrust, ...given })
}

describe('the decision table', () => {
  const single = VERDICT_STATES.flatMap((state) => CAUSES[state].map((cause) => [state, cause]))

  test.each(single as [VerdictState, Partial<VerdictFacts>][])(
    '%s follows from %j',
    (state, cause) => {
      expect(decide(facts(cause)).state).toBe(state)
    },
  )

  const pairs = VERDICT_STATES.flatMap((a) => VERDICT_STATES.map((b) => [a, b] as const))

  test.each(pairs)('of what leads to %s and to %s the worse decides', (a, b) => {
    for (const first of CAUSES[a]) {
      for (const second of CAUSES[b]) {
        expect(decide(merged(first, second)).state).toBe(worst([a, b]))
      }
    }
  })

  test('without begin or end it is incomplete, unless something says more', () => {
    const missing = [{ begin: null }, { end: null }, { begin: null, end: null, energy: null }]
    for (const cause of missing) {
      expect(decide(facts(cause)).state).toBe('INCOMPLETE')
      // A reading outside any session has neither, and must not be billed for another reason.
      const fiscal = { ...cause, findings: [error('LAW-FISCAL')] }
      expect(decide(facts(fiscal)).state).toBe('NOT_LEGALLY_RELEVANT')
    }
  })

  test('a key is confirmed from the trust that whoever asks requires', () => {
    for (const level of TRUST_LEVELS) {
      for (const requiredTrust of TRUST_LEVELS.slice(1)) {
        const expected = isAtLeast(level, requiredTrust) ? 'VERIFIED' : 'VALID_KEY_UNCONFIRMED'
        expect(decide(facts({ ...trusted(level), requiredTrust })).state).toBe(expected)
      }
    }
  })

  test('warnings and notes never change a state', () => {
    const codes = Object.keys(FINDINGS) as FindingCode[]
    const lesser = codes.flatMap((code) =>
      rowOf(code).severity.flatMap((severity) =>
        severity === 'error' ? [] : [{ ...error(code), severity }],
      ),
    )
    for (const state of VERDICT_STATES) {
      for (const cause of CAUSES[state]) {
        expect(decide(merged(cause, { findings: lesser })).state).toBe(state)
      }
    }
    expect(lesser.every((found) => stateOf(found) === null)).toBe(true)
  })

  test('reasons are the findings that decide, the worst first, and nothing else', () => {
    const found = [error('LAW-STATUS'), error('SES-NO-END'), error('IN-RECORD'), error('SES-ORDER')]
    const note = finding('SIG-OK', 'x', { algorithm: '' })
    expect(decide(facts({ findings: [note, ...found] })).reasons.map(({ code }) => code)).toEqual([
      'IN-RECORD',
      'SES-NO-END',
      'LAW-STATUS',
      'SES-ORDER',
    ])
  })
})

const anyFacts = fc
  .record({
    statuses: fc.array(fc.constantFrom<SignatureStatus>('valid', 'valid', 'invalid', 'unchecked'), {
      maxLength: 3,
    }),
    codes: fc.array(fc.constantFrom(...(Object.keys(FINDINGS) as FindingCode[])), { maxLength: 3 }),
    weight: fc.nat(),
    begins: fc.boolean(),
    ends: fc.boolean(),
    counts: fc.boolean(),
    level: fc.constantFrom(...TRUST_LEVELS),
    required: fc.constantFrom(...TRUST_LEVELS.slice(1)),
    sync: fc.constantFrom('synchronised', 'relative', 'informative', 'unknown'),
  })
  .map(({ statuses, codes, weight, begins, ends, counts, level, required, sync }) => {
    const clock = time(0, { sync: sync as 'synchronised' })
    return facts({
      records: statuses.map(signed),
      findings: codes.map((code) => {
        const { severity } = rowOf(code)
        return { ...error(code), severity: severity[weight % severity.length] ?? 'info' }
      }),
      begin: begins ? begin({ time: clock }) : null,
      end: ends ? end({ time: clock }) : null,
      energy: counts ? quantity('1.00') : null,
      trust: { level, key: null, evidence: [] },
      requiredTrust: required,
    })
  })

describe('whatever the facts', () => {
  test('nothing is green without positive evidence of everything', () => {
    fc.assert(
      fc.property(anyFacts, (given) => {
        const { state } = decide(given)
        const good = state === 'VERIFIED' || state === 'VALID_KEY_UNCONFIRMED'
        const evidence =
          given.records.length > 0 &&
          given.records.every((one) => one.signature.status === 'valid') &&
          given.begin !== null &&
          given.end !== null &&
          given.energy !== null &&
          given.findings.every(
            ({ code, severity }) => severity !== 'error' || code.startsWith('INV-'),
          )
        expect(good).toBe(evidence)
        const confirmed = isAtLeast(given.trust.level, given.requiredTrust)
        expect(state === 'VERIFIED').toBe(evidence && confirmed)
      }),
      { numRuns: 2000 },
    )
  })

  test('no state is better than what any finding says', () => {
    fc.assert(
      fc.property(anyFacts, (given) => {
        const { state, reasons } = decide(given)
        const said = worst(given.findings.map(stateOf)) ?? 'VERIFIED'
        expect(VERDICT_STATES.indexOf(state)).toBeLessThanOrEqual(VERDICT_STATES.indexOf(said))
        expect(reasons.length).toBe(given.findings.filter((f) => stateOf(f) !== null).length)
      }),
    )
  })

  test('more findings and more records never make it better', () => {
    fc.assert(
      fc.property(anyFacts, anyFacts, (given, more) => {
        fc.pre(given.records.length > 0)
        const both = {
          ...given,
          findings: [...given.findings, ...more.findings],
          records: [...given.records, ...more.records],
        }
        const [alone, together] = [decide(given), decide(both)]
        fc.pre(alone.state !== 'INCOMPLETE' || alone.reasons.length > 0)
        expect(VERDICT_STATES.indexOf(together.state)).toBeLessThanOrEqual(
          VERDICT_STATES.indexOf(alone.state),
        )
        expect(alone.energyUsable || !together.energyUsable).toBe(true)
        expect(alone.timeUsable || !together.timeUsable).toBe(true)
        expect(alone.complete || !together.complete).toBe(true)
      }),
    )
  })

  test('energy and time are usable only of a complete session with a valid signature', () => {
    fc.assert(
      fc.property(anyFacts, (given) => {
        const { energyUsable, timeUsable, complete, signature: status } = decide(given)
        const may = complete && status === 'valid'
        expect(may || !(energyUsable || timeUsable)).toBe(true)
        expect(!energyUsable || given.energy !== null).toBe(true)
      }),
    )
  })
})

describe('the axes', () => {
  test.each([
    [['valid'], 'valid'],
    [['valid', 'unchecked'], 'unchecked'],
    [['unchecked', 'invalid', 'valid'], 'invalid'],
    [[], 'unchecked'],
  ] as const)('signatures %j are together %s', (statuses, expected) => {
    expect(decide(facts({ records: statuses.map(signed) })).signature).toBe(expected)
  })

  test('completeness is begin and end, and nothing that speaks against it', () => {
    expect(decide(facts()).complete).toBe(true)
    expect(decide(facts({ begin: null })).complete).toBe(false)
    expect(decide(facts({ findings: [error('SES-NO-END')] })).complete).toBe(false)
    expect(decide(facts({ findings: [error('LAW-STATUS')] })).complete).toBe(true)
  })

  test('energy that must not be billed is not usable, and the time may still be', () => {
    expect(decide(facts({ findings: [error('LAW-EF-ENERGY')] }))).toMatchObject({
      energyUsable: false,
      timeUsable: true,
    })
    expect(decide(facts({ energy: null })).energyUsable).toBe(false)
    expect(decide(facts({ findings: [error('IN-RECORD')] }))).toMatchObject({
      energyUsable: false,
      timeUsable: false,
    })
  })

  const clocks = ['synchronised', 'informative', 'relative', 'unsynchronised', 'unknown'] as const

  test.each([
    ['synchronised', ['synchronised', 'relative']],
    ['informative', ['relative']],
    ['relative', ['relative']],
    ['unsynchronised', ['relative']],
    ['unknown', []],
  ] as const)('from a clock that is %s the duration counts to %j', (from, usable) => {
    const found = clocks.filter((to) => {
      const over = { begin: begin({ time: time(0, { sync: from }) }) }
      return decide(facts({ ...over, end: end({ time: time(60, { sync: to }) }) })).timeUsable
    })
    expect(found.toSorted()).toEqual([...usable].toSorted())
  })

  test('time is not usable where a flag or a state forbids it, or it runs backwards', () => {
    const flag = finding('LAW-EF-TIME', 'x', {})
    const status = finding('LAW-STATUS', 'x', { found: '' }, { severity: 'warning' })
    for (const found of [flag, status]) {
      expect(decide(facts({ findings: [found] })).timeUsable).toBe(false)
    }
    expect(decide(facts({ end: end({ time: time(-1) }) })).timeUsable).toBe(false)
    expect(decide(facts({ end: end({ time: null }) })).timeUsable).toBe(false)
    expect(decide(facts({ begin: begin({ time: time(0, { epochMs: null }) }) })).timeUsable).toBe(
      false,
    )
  })
})

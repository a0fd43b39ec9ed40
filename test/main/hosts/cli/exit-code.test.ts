import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ExitCode, exitCodes, worstCode } from '../../../../src/main/hosts/cli/exit-code.ts'
import { TRUST_LEVELS, isAtLeast } from '../../../../src/shared/model/key.ts'
import { VERDICT_STATES } from '../../../../src/shared/model/verdict-state.ts'

/** Product decisions, section 4. */
const ORDER: ExitCode[] = [1, 10, 2, 3, 4, 6, 7, 8, 5, 0]

describe('the exit code of a run', () => {
  test('is the worst of all by the order 1, 10, 2, 3, 4, 6, 7, 8, 5, 0', () => {
    for (const [index, a] of ORDER.entries()) {
      for (const [other, b] of ORDER.entries()) {
        expect(worstCode([a, b])).toBe(ORDER[Math.min(index, other)])
      }
    }
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...ORDER), { minLength: 1 }), (codes) => {
        const least = Math.min(...codes.map((code) => ORDER.indexOf(code)))
        expect(worstCode(codes)).toBe(ORDER[least])
      }),
    )
  })

  test('over nothing at all is that of nothing checked', () => {
    expect(worstCode([])).toBe(4)
  })
})

describe('the exit code of a state', () => {
  const CODES = {
    VERIFIED: 0,
    SIGNATURE_INVALID: 2,
    UNREADABLE: 3,
    NOT_CHECKED: 4,
    VALID_KEY_UNCONFIRMED: 5,
    INCOMPLETE: 6,
    NOT_LEGALLY_RELEVANT: 7,
  } as const

  test.each(VERDICT_STATES)('%s is its own', (state) => {
    const outcomes = [{ state, trust: 'K1' as const }]
    expect(exitCodes({ outcomes, internal: false, contradicts: false }, 'K3')).toEqual([
      CODES[state],
    ])
  })

  test('an unconfirmed key is good enough from the trust that is asked for', () => {
    for (const trust of TRUST_LEVELS) {
      for (const required of TRUST_LEVELS) {
        const outcomes = [{ state: 'VALID_KEY_UNCONFIRMED' as const, trust }]
        const expected = isAtLeast(trust, required) ? 0 : 5
        expect(exitCodes({ outcomes, internal: false, contradicts: false }, required)).toEqual([
          expected,
        ])
      }
    }
  })

  test('no other state is ever good enough', () => {
    for (const state of VERDICT_STATES.filter((s) => !s.startsWith('V'))) {
      const outcomes = [{ state, trust: 'K5' as const }]
      expect(exitCodes({ outcomes, internal: false, contradicts: false }, 'K0')).not.toContain(0)
    }
  })

  test('a bill that contradicts weighs more than an open key and less than a bad signature', () => {
    const codes = (state: 'VERIFIED' | 'VALID_KEY_UNCONFIRMED' | 'SIGNATURE_INVALID') => {
      const outcomes = [{ state, trust: 'K1' as const }]
      return worstCode(exitCodes({ outcomes, internal: false, contradicts: true }, 'K3'))
    }
    expect(codes('VERIFIED')).toBe(8)
    expect(codes('VALID_KEY_UNCONFIRMED')).toBe(8)
    expect(codes('SIGNATURE_INVALID')).toBe(2)
  })

  test('a fault of ours is an internal error, whatever else there is', () => {
    const outcomes = [{ state: 'VERIFIED' as const, trust: 'K4' as const }]
    expect(worstCode(exitCodes({ outcomes, internal: true, contradicts: false }, 'K3'))).toBe(1)
    expect(exitCodes({ outcomes: [], internal: false, contradicts: false }, 'K3')).toEqual([])
  })
})

import { describe, expect, test } from 'vitest'
import { withGeneral } from '../../../../src/main/engine/rules/general.ts'
import { stateOf } from '../../../../src/main/engine/verdict.ts'
import {
  FINDINGS,
  type FindingCode,
  type LooseFinding,
  looseFinding,
  rowOf,
} from '../../../../src/shared/model/finding.ts'
import type { Severity } from '../../../../src/shared/model/finding-row.ts'
import { VERDICT_STATES } from '../../../../src/shared/model/verdict-state.ts'

const CODES = Object.keys(FINDINGS) as FindingCode[]
const WEIGHT: Record<Severity, number> = { error: 2, warning: 1, info: 0 }

/** Every code with every severity it may have. */
const CASES = CODES.flatMap((code) =>
  rowOf(code).severity.map((severity) => [code, severity] as const),
)

function found(code: FindingCode, severity: Severity): LooseFinding {
  const params = Object.fromEntries(rowOf(code).params.map((name) => [name, `<${name}>`]))
  return { code, severity, params, path: 'RD[0].ST', offset: 7 }
}

describe('a numbered finding and its general words', () => {
  test.each(CASES)('the general word beside %s as %s weighs no more', (code, severity) => {
    const [first, ...general] = withGeneral([found(code, severity)])
    expect(first).toEqual(found(code, severity))
    for (const word of general) {
      expect(word.code).toBe(rowOf(code).general)
      expect(rowOf(word.code).severity).toContain(word.severity)
      expect(WEIGHT[word.severity]).toBeLessThanOrEqual(WEIGHT[severity])
    }
  })

  test.each(CASES)('the general word beside %s as %s leads to no other state', (code, severity) => {
    const [first, ...general] = withGeneral([found(code, severity)])
    const state = first === undefined ? null : stateOf(first)
    for (const word of general) expect([null, state]).toContain(stateOf(word))
  })

  const decisive = CODES.filter((code) => rowOf(code).severity.includes('error'))

  test.each(decisive)('where %s decides, its general word says so in the same state', (code) => {
    const words = withGeneral([found(code, 'error')])
    expect(new Set(words.map(stateOf)).size).toBe(1)
    expect(words.length).toBe(rowOf(code).general === undefined ? 1 : 2)
  })

  test('the general word stands behind the first finding that means it, once', () => {
    const twice = [found('OCMF-441', 'error'), found('OCMF-440', 'error')]
    expect(withGeneral(twice).map(({ code }) => code)).toEqual([
      'OCMF-441',
      'LAW-STATUS',
      'OCMF-440',
    ])
  })

  test('a general word that is there already is not said again', () => {
    const said = [looseFinding('LAW-STATUS', { found: 'ocmf.M' }), found('OCMF-441', 'error')]
    expect(withGeneral(said)).toEqual(said)
  })

  test('the general word has the place and the values of its finding', () => {
    const general = withGeneral([found('OCMF-441', 'warning')])[1]
    expect(general).toEqual({ ...found('LAW-STATUS', 'warning'), params: { found: '<found>' } })
  })

  test('the heavier of two decides how the general word weighs', () => {
    const both = withGeneral([found('OCMF-441', 'warning'), found('OCMF-441', 'error')])
    expect(both.filter(({ code }) => code === 'LAW-STATUS')).toMatchObject([{ severity: 'error' }])
  })

  test('order and number of the findings themselves do not change', () => {
    const all = CASES.map(([code, severity]) => found(code, severity))
    const kept = withGeneral(all).filter((one) => all.includes(one))
    expect(kept).toEqual(all)
  })
})

test('every state that can be is reached by some finding', () => {
  const reached = new Set(CASES.map(([code, severity]) => stateOf(found(code, severity))))
  const byFindings = VERDICT_STATES.filter(
    (state) => state !== 'VERIFIED' && state !== 'VALID_KEY_UNCONFIRMED',
  )
  expect([...byFindings].filter((state) => !reached.has(state))).toEqual([])
})

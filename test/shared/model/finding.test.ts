import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  FINDINGS,
  type FindingCode,
  bySeverity,
  finding,
  looseFinding,
  rowOf,
  severityIn,
  withoutDoubles,
} from '../../../src/shared/model/finding.ts'
import { GENERAL_FINDINGS } from '../../../src/shared/model/findings-general.ts'
import { PROFILES } from '../../../src/shared/model/profile.ts'

const CODES = Object.keys(FINDINGS) as FindingCode[]
const NUMBERED = CODES.filter((code) => code.startsWith('OCMF-'))

describe('the list of findings', () => {
  test.each(CODES)('%s can weigh as an error exactly where it leads to a state', (code) => {
    const { severity, state } = rowOf(code)
    // Bills are an axis of their own: what they contradict never moves the verdict.
    const decides = severity.includes('error') && !code.startsWith('INV-')
    expect(decides).toBe(state !== null)
    expect(new Set(severity).size).toBe(severity.length)
  })

  test.each(CODES)('%s never leads to a state that speaks well of the data', (code) => {
    expect(['VERIFIED', 'VALID_KEY_UNCONFIRMED']).not.toContain(rowOf(code).state)
  })

  test.each(CODES)('%s names a source and no parameter twice', (code) => {
    const { source, params } = rowOf(code)
    expect(source.trim()).not.toBe('')
    expect(new Set(params).size).toBe(params.length)
  })

  test.each(NUMBERED)('%s is numbered like the rule book and has a grade', (code) => {
    expect(code).toMatch(/^OCMF-\d{3}$/)
    expect(rowOf(code).grade).toBeDefined()
  })

  test.each(CODES.filter((code) => rowOf(code).general !== undefined))(
    'the general words of %s are there and decide nothing else',
    (code) => {
      const row = rowOf(code)
      const general = rowOf(row.general as FindingCode)
      expect(Object.keys(GENERAL_FINDINGS)).toContain(row.general)
      expect(general.general).toBeUndefined()
      expect(row.state === null || general.state === row.state).toBe(true)
    },
  )

  test('numbers stand in their order, so that nobody looks for one in vain', () => {
    expect(NUMBERED).toEqual(NUMBERED.toSorted())
  })
})

describe('making a finding', () => {
  test('takes the usual weight and no place', () => {
    expect(finding('LAW-STATUS', 'session', { found: 'ocmf.M' })).toEqual({
      code: 'LAW-STATUS',
      severity: 'error',
      params: { found: 'ocmf.M' },
      at: 'session',
      path: null,
      offset: null,
    })
  })

  test('takes weight and place where they are given', () => {
    const place = { severity: 'warning', path: 'RD[0].ST', offset: 12 } as const
    expect(looseFinding('LAW-STATUS', { found: '' }, place)).toMatchObject(place)
  })
})

describe('weight', () => {
  const some = fc.constantFrom(...CODES).chain((code) =>
    fc.constantFrom(...rowOf(code).severity).map((severity) => ({
      ...finding('SIG-MISSING', 'x', {}),
      code,
      severity,
    })),
  )
  const ORDER = ['info', 'warning', 'error']

  test('errors come first, then warnings, then notes, each as found', () => {
    fc.assert(
      fc.property(fc.array(some), (findings) => {
        const expected = ORDER.toReversed().flatMap((weight) =>
          findings.filter(({ severity }) => severity === weight),
        )
        expect(findings.toSorted(bySeverity)).toEqual(expected)
      }),
    )
  })

  test('no profile makes light of a finding, and the stricter one is never milder', () => {
    fc.assert(
      fc.property(some, (found) => {
        const weights = PROFILES.map((profile) => ORDER.indexOf(severityIn(profile, found)))
        expect(weights).toEqual(weights.toSorted((a, b) => a - b))
        expect(severityIn('driver', found)).toBe(found.severity)
      }),
    )
  })

  test('an auditor sees each violation, a laboratory sees it as an error', () => {
    const violation = finding('OCMF-120', 'x', {})
    expect(rowOf('OCMF-120').grade).toBe('violation')
    expect(severityIn('auditor', violation)).toBe('warning')
    expect(severityIn('strict', violation)).toBe('error')
    const note = finding('OCMF-827', 'x', {})
    expect(PROFILES.map((profile) => severityIn(profile, note))).toEqual(['info', 'info', 'info'])
  })
})

describe('doubles', () => {
  const numbered = finding('OCMF-517', 'x', {})
  const general = finding('KEY-NONE', 'x', {})

  test('what general words say as well is left out beside them', () => {
    expect(withoutDoubles([numbered, general])).toEqual([general])
  })

  test('without the general words the numbered finding stays', () => {
    expect(withoutDoubles([numbered])).toEqual([numbered])
  })
})

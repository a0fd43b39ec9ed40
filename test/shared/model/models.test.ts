import { describe, expect, test } from 'vitest'
import { KEY_KINDS, TRUST_LEVELS, isAtLeast } from '../../../src/shared/model/key.ts'
import {
  type RegisterKind,
  UNITS,
  type Unit,
  isEnergy,
  isEnergyRegister,
  toKWh,
} from '../../../src/shared/model/reading.ts'
import { VERDICT_STATES, worst } from '../../../src/shared/model/verdict-state.ts'
import { CURVES, WHOLE_KINDS } from '../../../src/main/engine/signature/curves.ts'
import { quantity } from '../../tools/results.ts'

describe('energy', () => {
  test.each([
    ['1.50', 'MWh', '1500'],
    ['2935.600', 'kWh', '2935.600'],
    ['150', 'Wh', '0.150'],
    ['150', 'mWh', '0.000150'],
    ['3600000', 'Ws', '1.00000'],
    ['36', 'Ws', '0.00001'],
  ] as const)('%s %s are %s kWh', (value, unit, expected) => {
    expect(toKWh(quantity(value, unit))).toBe(expected)
  })

  test('a quotient without an end is none, rather than a rounded one', () => {
    expect(toKWh(quantity('1', 'Ws'))).toBeNull()
  })

  test.each(['s', 'min', 'h', 'Ohm', 'mOhm', 'uOhm', 'unknown'] as const)(
    '%s is no energy',
    (unit) => {
      expect(isEnergy(unit)).toBe(false)
      expect(toKWh(quantity('1', unit))).toBeNull()
    },
  )

  test('every other unit is one', () => {
    const energy = (Object.keys(UNITS) as Unit[]).filter(isEnergy)
    expect(energy).toEqual(['MWh', 'kWh', 'Wh', 'mWh', 'Ws'])
  })

  test('registers that count something else, or nobody knows what, count no energy', () => {
    expect(isEnergyRegister('other')).toBe(false)
    expect(isEnergyRegister('unclassified')).toBe(false)
    const kinds: RegisterKind[] = ['total', 'device-transaction', 'export-mains-total']
    expect(kinds.every(isEnergyRegister)).toBe(true)
  })
})

describe('trust', () => {
  test('levels are ordered from none to a chain of certificates', () => {
    for (const [index, level] of TRUST_LEVELS.entries()) {
      for (const [other, required] of TRUST_LEVELS.entries()) {
        expect(isAtLeast(level, required)).toBe(index >= other)
      }
    }
  })

  test('every kind of key is known to the table of curves', () => {
    const known = [...Object.keys(CURVES), ...Object.keys(WHOLE_KINDS)]
    expect(known.toSorted()).toEqual([...KEY_KINDS].toSorted())
  })
})

describe('the worst state', () => {
  test('wins for every pair, in either order', () => {
    for (const [index, a] of VERDICT_STATES.entries()) {
      for (const [other, b] of VERDICT_STATES.entries()) {
        const expected = VERDICT_STATES[Math.min(index, other)]
        expect(worst([a, b])).toBe(expected)
        expect(worst([b, null, a])).toBe(expected)
      }
    }
  })

  test('of nothing is nothing', () => {
    expect(worst([])).toBeNull()
    expect(worst([null, null])).toBeNull()
  })

  test('follows the order of the product: unreadable first, verified last', () => {
    expect(VERDICT_STATES).toEqual([
      'UNREADABLE',
      'SIGNATURE_INVALID',
      'NOT_CHECKED',
      'INCOMPLETE',
      'NOT_LEGALLY_RELEVANT',
      'VALID_KEY_UNCONFIRMED',
      'VERIFIED',
    ])
  })
})

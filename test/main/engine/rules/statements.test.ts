import { expect, test } from 'vitest'
import { parseDecimal } from '../../../../src/shared/decimal.ts'
import type { Unit } from '../../../../src/shared/model/reading.ts'
import { checkStatements } from '../../../../src/main/engine/rules/statements.ts'
import type { DecodedRecord, Statement } from '../../../../src/main/engine/types.ts'

const END_MS = Date.UTC(2025, 2, 14, 9, 30)

/** What the rule looks at, of a record that signs 12.5 kWh at the end and its meter's number. */
function contradictions(statement: Omit<Statement, 'path'>) {
  const end = {
    role: 'end',
    quantity: { value: parseDecimal('12.5'), unit: 'kWh' as Unit, unitText: 'kWh' },
    time: { text: '2025-03-14T10:30:00+0100', epochMs: END_MS, offsetMin: 60 },
  }
  const decoded = {
    record: { statements: [{ ...statement, path: 'beside' }] },
    readings: [end],
    meter: { serial: '1 EMH00 1234' },
    gateway: { serial: null },
    evse: null,
    pagination: { context: 'T', number: '25' },
  }
  return checkStatements(decoded as unknown as DecodedRecord, { status: 'valid' }).map(
    ({ code, params }) => [code, params['signed']],
  )
}

test('a carrier that says what is signed is not spoken of', () => {
  expect(contradictions({ about: 'meter', text: '1EMH001234' })).toEqual([])
  expect(contradictions({ about: 'value', text: '12500', unit: 'Wh', role: 'end' })).toEqual([])
  expect(contradictions({ about: 'value', text: '12.50', role: 'end' })).toEqual([])
})

test.each(['2025-03-14T09:30:00Z', '2025-03-14T11:30:00.500+02:00', String(END_MS / 1000)])(
  'one moment may be written as %s',
  (text) => {
    expect(contradictions({ about: 'time', text, role: 'end' })).toEqual([])
  },
)

test('what is not signed cannot be contradicted', () => {
  expect(contradictions({ about: 'evse', text: 'DE*ABC*E1' })).toEqual([])
  expect(contradictions({ about: 'value', text: '3', unit: 'kWh', role: 'begin' })).toEqual([])
})

test.each<[string, Omit<Statement, 'path'>, string]>([
  ['another meter', { about: 'meter', text: '1EMH009999' }, '1 EMH00 1234'],
  ['another value', { about: 'value', text: '13', unit: 'kWh', role: 'end' }, '12.5 kWh'],
  ['another unit', { about: 'value', text: '12.5', unit: 'Wh', role: 'end' }, '12.5 kWh'],
  ['a value that is no number', { about: 'value', text: 'NaN', role: 'end' }, '12.5 kWh'],
  ['another word', { about: 'unit', text: 'kWq' }, 'kWh'],
  ['another time', { about: 'time', text: '2025-03-14T10:30:00Z' }, '2025-03-14T10:30:00+0100'],
  ['a time that is none', { about: 'time', text: 'soon' }, '2025-03-14T10:30:00+0100'],
  ['another counter', { about: 'pagination', text: '26' }, '25'],
])('a carrier that states %s is contradicted by what is signed', (_, statement, signed) => {
  expect(contradictions(statement)).toEqual([['REC-CONTRADICTS', signed]])
})

import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Decimal, parseDecimal } from '../../src/shared/decimal.ts'
import {
  showDay,
  showDecimal,
  showDuration,
  showEnergy,
  showOffset,
  showQuantity,
  showTime,
  visible,
} from '../../src/shared/display.ts'
import { LANGUAGES } from '../../src/shared/i18n/index.ts'
import type { Quantity, Timestamp, Unit } from '../../src/shared/model/reading.ts'

const dec = (text: string) => parseDecimal(text) as Decimal
const quantity = (value: string, unit: Unit, unitText: string = unit): Quantity => ({
  value: dec(value),
  unit,
  unitText,
})
const time = (over: Partial<Timestamp>): Timestamp => ({
  text: '2026-08-24T13:22:04,000+0200 S',
  epochMs: Date.UTC(2026, 7, 24, 11, 22, 4),
  offsetMin: 120,
  sync: 'synchronised',
  ...over,
})

const decimals = fc
  .tuple(
    fc.constantFrom('', '-'),
    fc.string({ unit: fc.constantFrom(...Array.from('0123456789')), minLength: 1, maxLength: 30 }),
    fc.string({ unit: fc.constantFrom(...Array.from('0123456789')), maxLength: 30 }),
  )
  .map(([sign, whole, rest]) => dec(`${sign}${whole}${rest === '' ? '' : `.${rest}`}`))

describe('numbers', () => {
  test.each([
    ['de', '2935.600', '2\u202f935,600'],
    ['en', '2935.600', '2\u202f935.600'],
    ['de', '0.20', '0,20'],
    ['en', '-1234567', '-1\u202f234\u202f567'],
    ['de', '100', '100'],
    ['de', '123456.7', '123\u202f456,7'],
  ] as const)('in %s, %s is shown as %s', (language, value, expected) => {
    expect(showDecimal(language, dec(value))).toBe(expected)
  })

  test('no digit is lost or added, in either language', () => {
    fc.assert(
      fc.property(fc.constantFrom(...LANGUAGES), decimals, (language, value) => {
        const shown = showDecimal(language, value)
        expect(shown.replaceAll('\u202f', '').replace(',', '.')).toBe(value)
        expect(shown).toMatch(/^-?\d{1,3}(?:\u202f\d{3})*(?:[.,]\d+)?$/)
      }),
    )
  })
})

describe('quantities', () => {
  test('number and unit stand as the record states them', () => {
    expect(showQuantity('de', quantity('2935.600', 'kWh'))).toBe('2\u202f935,600\u00a0kWh')
    expect(showQuantity('en', quantity('12', 'unknown', 'Ws'))).toBe('12\u00a0Ws')
  })

  test('a unit nobody knows is shown with what hides in it', () => {
    expect(showQuantity('en', quantity('1', 'unknown', 'k\u202eWh'))).toBe('1\u00a0k\\u202eWh')
  })

  test.each([
    ['150', 'Wh', '0.150\u00a0kWh'],
    ['1.5', 'MWh', '1\u202f500\u00a0kWh'],
    ['9000000', 'Ws', '2.50000\u00a0kWh'],
    ['1', 'Ws', '1\u00a0Ws'],
    ['12', 's', '12\u00a0s'],
  ] as const)('%s %s is shown as energy: %s', (value, unit, expected) => {
    expect(showEnergy('en', quantity(value, unit))).toBe(expected)
  })
})

describe('times', () => {
  test.each([
    ['de', '24.08.2026 13:22:04'],
    ['en', '2026-08-24 13:22:04'],
  ] as const)('in %s a time is that of the clock of the station: %s', (language, expected) => {
    expect(showTime(language, time({}))).toBe(expected)
  })

  test('the offset can turn the day', () => {
    const newYear = time({ epochMs: Date.UTC(2026, 11, 31, 23, 30), offsetMin: 60 })
    expect(showTime('de', newYear)).toBe('01.01.2027 00:30:00')
    expect(showTime('de', { ...newYear, offsetMin: -720 })).toBe('31.12.2026 11:30:00')
  })

  test('what cannot be read is shown as written, with what hides in it', () => {
    const text = 'yesterday\u001b[31m'
    expect(showTime('de', time({ text, epochMs: null }))).toBe('yesterday\\u001b[31m')
    expect(showTime('en', time({ text, offsetMin: null }))).toBe('yesterday\\u001b[31m')
  })

  test.each([
    [0, 'UTC+00:00'],
    [120, 'UTC+02:00'],
    [-210, 'UTC−03:30'],
    [null, ''],
  ])('an offset of %s minutes is shown as %j', (offsetMin, expected) => {
    expect(showOffset(time({ offsetMin }))).toBe(expected)
  })

  test.each([
    ['de', '0', '0 s'],
    ['de', '59.5', '59,5 s'],
    ['en', '60', '1 min 0 s'],
    ['en', '3599', '59 min 59 s'],
    ['en', '3723', '1 h 2 min 3 s'],
    ['de', '7200.010', '2 h 0 min 0,010 s'],
    ['en', '-3723.5', '−1 h 2 min 3.5 s'],
    ['en', '360000', '100 h 0 min 0 s'],
  ] as const)('in %s, %s seconds are %s', (language, seconds, expected) => {
    expect(showDuration(language, dec(seconds))).toBe(expected)
  })
})

/** Characters of each kind that can mislead, where Unicode 16 has them. */
const HOSTILE: [string, string[]][] = [
  ['controls of ASCII, among them ESC and line ends', ['\0', '\b', '\n', '\r', '\t', '\u001b']],
  ['controls of Latin-1, among them CSI', ['\u007f', '\u0080', '\u0085', '\u009b', '\u009f']],
  ['line and paragraph separators', ['\u2028', '\u2029']],
  ['direction overrides and isolates', ['\u202a', '\u202e', '\u2066', '\u2069', '\u061c']],
  ['direction marks', ['\u200e', '\u200f']],
  ['zero-width characters', ['\u200b', '\u200c', '\u200d', '\u2060', '\ufeff', '\u180e']],
  ['soft hyphen and invisible operators', ['\u00ad', '\u2061', '\u2064']],
  ['deprecated format characters', ['\u206a', '\u206f']],
  ['interlinear annotations', ['\ufff9', '\ufffb']],
  ['tags', ['\u{e0001}', '\u{e0041}', '\u{e007f}']],
  ['variation selectors', ['\ufe00', '\ufe0f', '\u{e0100}', '\u{e01ef}', '\u180b']],
  ['letters without a shape', ['\u115f', '\u1160', '\u3164', '\uffa0', '\u17b4', '\u034f']],
  ['musical and shorthand controls', ['\u{1d173}', '\u{1bca0}']],
  ['private use, where a font may show anything', ['\ue000', '\uf8ff', '\u{10fffd}']],
  ['characters that do not exist', ['\uffff', '\ufdd0', '\u{1ffff}', '\u{e0fff}']],
  ['halves of pairs', ['\ud800', '\udbff', '\udc00', '\udfff']],
]

describe('texts from files', () => {
  test.each(HOSTILE)('%s are shown by their number', (_, characters) => {
    for (const character of characters) {
      const number = (character.codePointAt(0) ?? 0).toString(16)
      const shown = number.length > 4 ? `\\u{${number}}` : `\\u${number.padStart(4, '0')}`
      expect(visible(`a${character}b`)).toBe(`a${shown}b`)
    }
  })

  test.each(['DE*ABC*E1', 'Straße 5, Zürich', 'Łódź', 'Ωμ', 'знак', '電', 'a b', '🔌', 'é'])(
    '%s stays as it is',
    (text) => {
      expect(visible(text)).toBe(text)
    },
  )

  test('whatever comes in, one line without controls comes out', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const shown = visible(text)
        expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{DI}]/u)
        expect(shown.isWellFormed()).toBe(true)
      }),
    )
  })

  test('every unit of UTF-16 is either itself or its number', () => {
    for (let code = 0; code < 0x10000; code++) {
      const character = String.fromCharCode(code)
      const number = `\\u${code.toString(16).padStart(4, '0')}`
      expect([character, number]).toContain(visible(character))
    }
  })
})

test.each([
  ['2026-08-24', '24.08.2026', '24 August 2026'],
  ['2026-01-02T13:22:04Z', '02.01.2026', '2 January 2026'],
])('the day of %s is %s in German and %s in English', (iso, german, english) => {
  expect(showDay('de', iso)).toBe(german)
  expect(showDay('en', iso)).toBe(english)
})

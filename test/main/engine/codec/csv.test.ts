import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CsvReader } from '../../../../src/main/engine/codec/csv.ts'

function read(parts: readonly string[], delimiter = ';', rowLimit = 10_000) {
  const rows: [string[], number][] = []
  const reader = new CsvReader({
    delimiter,
    rowLimit,
    onRow: (cells, line) => rows.push([cells, line]),
  })
  for (const part of parts) reader.push(part)
  return { ended: reader.end(), rows }
}
const cells = (text: string) => read([text]).rows.map(([row]) => row)

describe('CSV', () => {
  test.each([
    [
      'a;b\r\nc;d\r\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'a;b\nc;d',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['a\rb\r', [['a'], ['b']]],
    ['"a;b";"c\nd"\n', [['a;b', 'c\nd']]],
    ['"say ""so""";x\n', [['say "so"', 'x']]],
    ['5" pipe;x\n', [['5" pipe', 'x']]],
    ['"a"b;c\n', [['ab', 'c']]],
    [';;\n', [['', '', '']]],
    ['\n', [['']]],
    ['""\n', [['']]],
    ['', []],
  ])('%j', (text, expected) => {
    expect(cells(text)).toEqual(expected)
  })

  test('rows name the line they begin in, also behind cells with line breaks', () => {
    expect(read(['a\n"b\r\n\nc"\nd\n']).rows.map(([, line]) => line)).toEqual([1, 2, 5])
  })

  test('says whether the last row had its line end', () => {
    expect([read(['a\n']).ended, read(['a']).ended, read(['a\nb;']).ended]).toEqual([
      true,
      false,
      false,
    ])
  })

  test('a quotation mark that is never closed is told with its line', () => {
    expect(() => read(['a\nb;"c\nd\n'])).toThrow(
      expect.objectContaining({ message: 'quote', offset: 2 }),
    )
    expect(() => read(['a\n"', 'x'.repeat(101)], ';', 100)).toThrow('quote')
  })

  test('what is written comes back, however it is parted', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', ';', '"', '\n', '\r', ' ', 'ä') })
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), {
      minLength: 1,
      maxLength: 5,
    })
    fc.assert(
      fc.property(table, fc.array(fc.nat(200), { maxLength: 6 }), (rows, cuts) => {
        const text = rows
          .map((row) => `${row.map((value) => `"${value.replaceAll('"', '""')}"`).join(';')}\r\n`)
          .join('')
        const at = [
          0,
          ...cuts.filter((cut) => cut < text.length).toSorted((a, b) => a - b),
          text.length,
        ]
        const parts = at.slice(1).map((end, i) => text.slice(at[i], end))
        expect(read(parts).rows.map(([row]) => row)).toEqual(rows)
      }),
    )
  })
})

import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { csvHeader, csvRows } from '../../../src/main/report/csv.ts'
import { finding } from '../../../src/shared/model/finding.ts'
import type { InputResult, VerificationResult } from '../../../src/shared/model/verdict.ts'
import type { Session } from '../../../src/shared/model/session.ts'
import { POLICY } from '../../tools/small-inputs.ts'
import { begin, input, quantity, record, session, time, verdict } from '../../tools/results.ts'

/** A reader by the book (RFC 4180). */
function parse(text: string, separator = ','): string[][] {
  const rows: string[][] = [[]]
  let at = 0
  while (at < text.length) {
    let cell = ''
    if (text[at] === '"') {
      for (at++; ; at++) {
        if (text[at] === '"' && text[at + 1] === '"') cell += text[at++]
        else if (text[at] === '"') break
        else if (at >= text.length) throw new Error('a cell without end')
        else cell += text[at]
      }
      at++
    }
    // What stands behind the closing quote belongs to the cell, as spreadsheets have it.
    while (at < text.length && text[at] !== separator && text[at] !== '\r') cell += text[at++]
    rows.at(-1)?.push(cell)
    if (text[at] === '\r') {
      if (text[at + 1] !== '\n') throw new Error('a line end of its own')
      at += 2
      if (at < text.length) rows.push([])
    } else at++
  }
  return rows
}

function table(sessions: Session[], inputs: InputResult[] = [input()]) {
  const result: VerificationResult = { policy: POLICY, inputs, sessions, unmatched: [] }
  const text = csvHeader() + csvRows(result).join('')
  const [header = [], ...rows] = parse(text.slice(1))
  return rows.map((row) => Object.fromEntries(header.map((name, index) => [name, row[index]])))
}

describe('rows', () => {
  test('begin with a byte order mark and the names of the columns', () => {
    expect(csvHeader()).toMatch(/^\ufeff"input","sha256","state","format",.*\r\n$/)
  })

  test('say what a session is, in digits as signed', () => {
    const [row] = table([session()])
    expect(row).toMatchObject({
      input: 'a.xml',
      state: 'VERIFIED',
      format: 'ocmf',
      begin_value: '100.00',
      end_value: '110.50',
      unit: 'kWh',
      energy_kWh: '10.50',
      duration_s: '3600',
      meter: 'M1',
      station: 'G1',
      user: 'U1',
      key_trust: 'K3',
      key_fingerprint: 'sha256:aa',
      energy_usable: 'true',
      time_usable: 'true',
      session: 'session-1',
    })
  })

  test('have every column, also where there is nothing to say', () => {
    const nothing = session({
      begin: null,
      end: null,
      energy: null,
      durationS: null,
      meter: null,
      trust: { level: 'K0', key: null, evidence: [] },
    })
    const columns = Object.keys(table([session()])[0] ?? {})
    expect(Object.keys(table([nothing])[0] ?? {})).toEqual(columns)
    expect(table([nothing])).toMatchObject([{ begin_value: '', energy_kWh: '', meter: '' }])
  })

  test('are one for each input without a session, and one for each session of an input', () => {
    const inputs = [
      input({ name: 'none', sessions: [], sha256: null, state: 'UNREADABLE' }),
      input({ name: 'two', sessions: ['session-1', 'session-2'] }),
      input({ name: 'keys', sessions: [], state: null }),
    ]
    const rows = table([session(), session({ id: 'session-2' })], inputs)
    expect(rows.map((row) => [row['input'], row['session']])).toEqual([
      ['none', ''],
      ['two', 'session-1'],
      ['two', 'session-2'],
      ['keys', ''],
    ])
  })

  test('name errors and warnings by their codes, each once', () => {
    const twice = [finding('SES-NO-END', 's', {}), finding('SES-NO-END', 's', {})]
    const findings = [...twice, finding('LAW-NO-ID', 's', {}), finding('KEY-FILE', 's', {})]
    const [row] = table([session({ findings })])
    expect(row).toMatchObject({ errors: 'SES-NO-END', warnings: 'LAW-NO-ID' })
    const unread = input({ sessions: [], findings: [finding('IN-EMPTY', 'a', {})] })
    expect(table([], [unread])).toMatchObject([{ errors: 'IN-EMPTY', warnings: '' }])
  })
})

const named = (name: string) => table([], [input({ name, sessions: [] })])[0]?.['input'] ?? ''

describe('formulas', () => {
  test.each([
    '=1+1',
    '+1+1',
    '-1+1',
    '@SUM(A1)',
    "=cmd|'/c calc'!A0",
    '=',
    '-',
    '＝1',
    '＋1',
    '＠x',
    ' =1',
    '"=1',
    'a;=1',
    'a; -x',
    ';;+1',
  ])('%s is text to every spreadsheet', (text) => {
    expect(named(text).replaceAll("'", '')).toBe(text.replaceAll("'", ''))
    for (const part of named(text).split(';')) expect(part).not.toMatch(/^[\s"]*[=+\-@＝＋－＠]/)
  })

  test.each(['-1', '-1.50', '1', 'a;b', 'a; 1', 'a=b', 'a-b', '1-0:1.8.0*255', 'user@example.org'])(
    '%s is left as it is',
    (text) => {
      expect(named(text)).toBe(text)
    },
  )

  test('every cell that data can fill is guarded', () => {
    const evil = '=HYPERLINK("x")'
    const bad = begin({
      time: time(0, { text: evil }),
      quantity: quantity('1', 'unknown', evil),
    })
    const [row] = table(
      [
        session({
          begin: bad,
          end: bad,
          meter: evil,
          station: evil,
          evse: evil,
          user: evil,
          transaction: evil,
        }),
      ],
      [input({ name: evil })],
    )
    const cells = Object.values(row ?? {})
    expect(cells.filter((cell) => cell === `'${evil}`).length).toBe(9)
    expect(cells.filter((cell) => cell?.startsWith('='))).toEqual([])
  })

  const cells = fc.string({ unit: fc.constantFrom(...Array.from('=+-@;,"\'\t\r\n a1＝')) })

  test.each([',', ';', '\t'])('no cell begins one where the separator is %j', (separator) => {
    fc.assert(
      fc.property(fc.array(cells, { minLength: 1, maxLength: 3 }), (texts) => {
        const rows = csvRows({
          policy: POLICY,
          inputs: texts.map((name) => input({ name, sessions: [] })),
          sessions: [],
          unmatched: [],
        })
        const begun = rows
          .flatMap((line) => parse(line, separator).flat())
          .filter((cell) => /^["\s]*[=+@＝＋＠]/.test(cell) || /^["\s]*-(?!\d)/.test(cell))
        expect(begun).toEqual([])
      }),
      { numRuns: 1000 },
    )
  })
})

describe('whatever the data', () => {
  test('a row is one line, and its cells come out as they were, but for what is hidden', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (name, user) => {
        const lines = csvRows({
          policy: POLICY,
          inputs: [input({ name })],
          sessions: [session({ user })],
          unmatched: [],
        })
        expect(lines.length).toBe(1)
        const [line = ''] = lines
        expect(line.indexOf('\n')).toBe(line.length - 1)
        expect(line).not.toMatch(/[\p{Cc}\p{Cf}](?<!\r|\n)/u)
        expect(parse(line)[0]?.length).toBe(26)
      }),
    )
  })

  test('escape sequences and direction marks are shown by their numbers', () => {
    expect(named('a\u001b[31mb\u202ec\nd')).toBe('a\\u001b[31mb\\u202ec\\u000ad')
  })

  test('a record that cannot be read has a row like any other', () => {
    const unread = session({
      records: [record({ readings: [] })],
      verdict: verdict({ state: 'UNREADABLE', energyUsable: false }),
    })
    expect(table([unread])).toMatchObject([{ state: 'UNREADABLE', energy_usable: 'false' }])
  })
})

import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toBase64 } from '../src/main/engine/codec/base64.ts'
import { toBase32 } from '../src/main/engine/codec/base32.ts'
import { utf8Bytes } from '../src/main/engine/codec/text.ts'
import { LIMITS } from '../src/main/engine/limits.ts'
import { conclude } from '../src/main/engine/pipeline.ts'
import { digest } from '../src/main/host-deps.ts'
import { documentParts } from '../src/main/report/document.ts'
import { csvRows } from '../src/main/report/csv.ts'
import { textReport } from '../src/main/report/text.ts'
import { software } from '../src/main/software.ts'
import type { VerificationResult } from '../src/shared/model/verdict.ts'
import { VERDICT_STATES } from '../src/shared/model/verdict-state.ts'
import { toHex } from '../src/shared/hex.ts'
import { keyHex, throwAwayKey, valuesXml } from './tools/sign.ts'
import {
  NOW,
  POLICY,
  allFindings,
  codes,
  payload,
  readOne,
  readingOf,
  verify,
  wholeSession,
  xmlWith,
} from './tools/small-inputs.ts'
import { stopwatch } from './tools/stopwatch.ts'

const MIB = 1024 * 1024
/** What one input may take (product decisions, section 7), on a machine that is busy besides. */
const SECONDS = 4 * LIMITS.inputSeconds
const BYTES = LIMITS.inputMiB * MIB
/** Large enough for what grows faster than its input to run out of time. */
const FLOOD = MIB

/** Bytes of a text of ASCII that is repeated to so many bytes. */
function repeated(text: string, bytes: number): Uint8Array {
  const unit = utf8Bytes(text)
  const all = new Uint8Array(bytes)
  for (let at = 0; at < bytes; at += unit.length) all.set(unit.subarray(0, bytes - at), at)
  return all
}

const surrounded = (before: string, inside: Uint8Array, behind: string): Uint8Array =>
  Uint8Array.from(Buffer.concat([utf8Bytes(before), inside, utf8Bytes(behind)]))

/** Reads and judges one input alone, and says what that took. */
async function measured(content: string | Uint8Array) {
  const bytes = typeof content === 'string' ? utf8Bytes(content) : content
  const before = process.memoryUsage().heapUsed
  const time = stopwatch()
  const file = await readOne(bytes)
  const result = conclude([file], { policy: POLICY, now: NOW, digest })
  const seconds = time()
  const used = process.memoryUsage().heapUsed - before
  return { result, seconds, used, state: result.inputs[0]?.state ?? null }
}

/** Floods, and what they come to. */
const FLOODS: [string, () => Uint8Array][] = [
  ['pipes', () => repeated('|', 16 * MIB)],
  ['headers of records', () => repeated('OCMF|', FLOOD)],
  ['beginnings of records', () => repeated('OCMF|{', FLOOD)],
  ['beginnings with a name', () => repeated('OCMF|{"', FLOOD)],
  ['beginnings in one string', () => surrounded('OCMF|{"a":"', repeated('OCMF|{ ', FLOOD), '')],
  ['strings that are records to one and text to another', () => repeated('OCMF|{":":",",', FLOOD)],
  ['headers before white space', () => repeated(`OCMF${' '.repeat(1000)}`, FLOOD)],
  ['headers with a pipe before white space', () => repeated(`OCMF|${' '.repeat(999)}`, FLOOD)],
  ['one header before white space', () => surrounded('OCMF', repeated(' ', FLOOD), '|x')],
  ['white space', () => repeated(' \n', FLOOD)],
  ['one letter', () => repeated('A', FLOOD)],
  ['one digit', () => repeated('0', FLOOD)],
  ['padding', () => repeated('=', FLOOD)],
  ['line breaks between digits', () => repeated('4f\n', FLOOD)],
  ['brackets', () => repeated('[', FLOOD)],
  ['braces with names', () => repeated('{"a":', FLOOD)],
  ['an endless string of JSON', () => surrounded('{"a":"', repeated('x', FLOOD), '')],
  ['backslashes', () => surrounded('"', repeated('\\', FLOOD), '"')],
  ['quotes', () => repeated('"', FLOOD)],
  ['zeros', () => new Uint8Array(FLOOD)],
  ['bytes that are no text', () => new Uint8Array(FLOOD).fill(0xff)],
  ['UTF-16', () => repeated('a\0', FLOOD)],
  ['percent signs', () => repeated('%25', FLOOD)],
  ['percent signs of a quote', () => repeated('%22', FLOOD)],
  ['entities', () => repeated('&quot;', FLOOD)],
  ['entities that never end', () => repeated('&#x22;&', FLOOD)],
  ['angle brackets', () => repeated('<', FLOOD)],
  ['tags', () => repeated('<a ', FLOOD)],
  ['lines of key names', () => repeated('key:\n', FLOOD)],
  ['PEM', () => repeated('-----BEGIN ', FLOOD)],
  ['OCA', () => repeated('oca:', FLOOD)],
]

describe('a flood is over in time', () => {
  test.each(FLOODS)('of %s', { timeout: 60_000 }, async (_, make) => {
    const { seconds, used, state, result } = await measured(make())
    expect(seconds).toBeLessThan(SECONDS)
    expect(used).toBeLessThan(BYTES)
    expect(['UNREADABLE', 'NOT_CHECKED']).toContain(state)
    expect(codes(result)).not.toContain('ENGINE-INTERNAL')
  })
})

const long = (text: string, bytes: number) => text.repeat(Math.ceil(bytes / text.length))

/** XML without end. */
const XML: [string, () => string][] = [
  ['elements that never end', () => `<values>${long('<a>', FLOOD)}`],
  ['empty elements', () => `<values>${long('<a/>', FLOOD)}</values>`],
  ['data that never ends', () => `<values>${long('<signedData>', FLOOD)}`],
  ['empty data', () => `<values>${long('<signedData/>', FLOOD)}</values>`],
  [
    'values with empty data',
    () => `<values>${long('<value><signedData/></value>', FLOOD)}</values>`,
  ],
  [
    'attributes of one element',
    () => `<values ${Array.from({ length: 1_000_000 }, (_, i) => `a${i}="x"`).join(' ')}/>`,
  ],
  ['an attribute without end', () => `<values a="${'x'.repeat(FLOOD)}"/>`],
  ['a name without end', () => `<${'x'.repeat(FLOOD)}/>`],
  ['numeric entities', () => `<values>${long('&#x41;', FLOOD)}</values>`],
  ['known entities', () => `<signedData>${long('&lt;&amp;', FLOOD)}</signedData>`],
  ['sections of CDATA', () => `<signedData>${long('<![CDATA[x]]>', FLOOD)}</signedData>`],
  ['comments', () => `<values>${long('<!---->', FLOOD)}</values>`],
  ['prefixes of namespaces', () => `<values>${long('<a:b xmlns:a="c"/>', FLOOD)}</values>`],
  ['public keys', () => `<values>${long('<publicKey>04</publicKey>', FLOOD)}</values>`],
  [
    'public keys of one value',
    () =>
      `<values><value>${long('<publicKey>0123456789abcdef</publicKey>', FLOOD / 2)}<signedData>${wholeSession()}</signedData></value></values>`,
  ],
  [
    'unknown data',
    () => `<values>${long('<signedData format="x">AAAA</signedData>', FLOOD)}</values>`,
  ],
  ['transaction numbers for one record', () => manyTransactions(100_000)],
]

function manyTransactions(count: number): string {
  const values = Array.from(
    { length: count },
    (_, index) =>
      `<value transactionId="${index}"><signedData>OCMF|{"RD":[]}|{}</signedData></value>`,
  )
  return `<values>${values.join('')}</values>`
}

describe('XML without end is read or refused in time', () => {
  test.each(XML)('of %s', { timeout: 60_000 }, async (_, make) => {
    const { seconds, state, result } = await measured(make())
    expect(seconds).toBeLessThan(SECONDS)
    expect(['UNREADABLE', 'NOT_CHECKED', 'SIGNATURE_INVALID']).toContain(state)
    expect(codes(result)).not.toContain('ENGINE-INTERNAL')
  })
})

describe('document types are refused, and nothing of them is resolved', () => {
  const record = wholeSession()
  const laughs = Array.from(
    { length: 10 },
    (_, index) => `<!ENTITY l${index + 1} "${`&l${index};`.repeat(10)}">`,
  ).join('')
  test.each([
    ['billion laughs', `<!DOCTYPE v [<!ENTITY l0 "lol">${laughs}]><values>&l10;</values>`],
    [
      'quadratic growth',
      `<!DOCTYPE v [<!ENTITY a "${'a'.repeat(50_000)}">]><v>${'&a;'.repeat(50_000)}</v>`,
    ],
    ['an external entity', `<!DOCTYPE v [<!ENTITY x SYSTEM "file:///etc/passwd">]><v>&x;</v>`],
    ['an external subset', '<!DOCTYPE v SYSTEM "http://127.0.0.1:1/x.dtd"><v/>'],
    ['a parameter entity', '<!DOCTYPE v [<!ENTITY % x SYSTEM "http://127.0.0.1:1/"> %x;]><v/>'],
    ['one in UTF-16', `\ufeff<!DOCTYPE v [<!ENTITY x "y">]><v>&x;</v>`],
    ['one twice', '<!DOCTYPE v><!DOCTYPE v [<!ENTITY x "y">]><v>&x;</v>'],
    ['one before a record', `<!DOCTYPE v [<!ENTITY x "y">]>${xmlWith([record]).slice(39)}`],
    [
      'XInclude',
      '<v xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="/etc/passwd"/></v>',
    ],
    ['a style sheet', '<?xml-stylesheet href="file:///etc/passwd"?><v/>'],
  ])('%s', async (name, xml) => {
    const text = name.endsWith('UTF-16') ? Uint8Array.from(Buffer.from(xml, 'utf16le')) : xml
    const { result, seconds, state } = await measured(text)
    expect(seconds).toBeLessThan(1)
    expect(state).toBe('UNREADABLE')
    expect(JSON.stringify(result)).not.toMatch(/root:|lollol|aaaaaaaaaa/)
  })
})

/** Every layer a text that the next one is hidden in. */
function wrapped(text: string, layers: number, wrap: (text: string) => string): string {
  return Array.from({ length: layers }).reduce<string>((inner) => wrap(inner), text)
}

/** Text that looks, on every layer, as if any of the encodings had been used. */
function ambiguous(layers: number, bytes: number): string {
  const sign = wrapped('\\"&quot;%22""', layers, (inner) =>
    encodeURIComponent(inner.replaceAll('&', '&amp;').replaceAll('\\', '\\\\')).replaceAll(
      '%26',
      '&',
    ),
  )
  return `x ${long(`${sign} `, bytes)}`
}

describe('encodings around encodings', () => {
  const text = (length: number) => 'not a record '.repeat(Math.ceil(length / 13))

  test.each([
    ['base64', (inner: string) => toBase64(utf8Bytes(inner))],
    ['base32', (inner: string) => toBase32(utf8Bytes(inner))],
    ['hexadecimal digits', (inner: string) => toHex(utf8Bytes(inner))],
    ['JSON strings', (inner: string) => JSON.stringify(inner)],
    ['percent signs', encodeURIComponent],
    ['entities', (inner: string) => inner.replaceAll('&', '&amp;').replaceAll('"', '&quot;')],
    ['doubled quotes', (inner: string) => inner.replaceAll('"', '""')],
  ])('of %s, twelve deep, end in time', { timeout: 60_000 }, async (name, wrap) => {
    // These grow most with each layer.
    const grows = name === 'hexadecimal digits' || name === 'base32'
    const start = grows ? text(5000) : `"${text(100_000)}"&quot;%22`
    const layers = name === 'JSON strings' || name === 'doubled quotes' ? 8 : 12
    const { seconds, state } = await measured(wrapped(start, layers, wrap))
    expect(seconds).toBeLessThan(SECONDS)
    expect(state).toBe('UNREADABLE')
  })

  test.each([
    [0, 4 * MIB],
    [2, 2 * MIB],
    [4, MIB],
    [6, MIB],
  ])(
    'that each could be any of several, %i deep, end in time',
    { timeout: 60_000 },
    async (deep, size) => {
      const { seconds, state } = await measured(ambiguous(deep, size))
      expect(seconds).toBeLessThan(SECONDS)
      expect(state).toBe('UNREADABLE')
    },
  )

  test('in many strings of one file end in time', { timeout: 60_000 }, async () => {
    const strings = Array.from({ length: 10_000 }, () => ambiguous(3, 1000))
    const { seconds, state } = await measured(JSON.stringify(strings))
    expect(seconds).toBeLessThan(SECONDS)
    expect(state).toBe('UNREADABLE')
  })
})

describe('records in great number', () => {
  const unsigned = (count: number) =>
    Array.from({ length: count }, (_, i) => `OCMF|{"PG":"T${i}","RD":[{"RV":1}]}|{}`).join('\n')

  test('beyond the limit are not read, and that is told', { timeout: 120_000 }, async () => {
    const file = await readOne(unsigned(LIMITS.records + 10))
    expect(file.records.length).toBe(LIMITS.records)
    expect(file.findings).toMatchObject([{ code: 'IN-TOOBIG', severity: 'warning' }])
  })

  test('over several elements of one file obey the same limit', { timeout: 120_000 }, async () => {
    const half = unsigned(LIMITS.records / 2 + 5)
    const file = await readOne(JSON.stringify([half, half, half]))
    expect(file.records.length).toBe(LIMITS.records)
    expect(file.findings.map(({ code }) => code)).toContain('IN-TOOBIG')
  })

  test(
    'a flood of fragments is a few rows and a word about the rest',
    { timeout: 60_000 },
    async () => {
      const { seconds, result } = await measured('OCMF|{x\n'.repeat(200_000))
      expect(seconds).toBeLessThan(SECONDS)
      expect(result.sessions.length).toBeLessThan(1000)
      expect(codes(result)).not.toContain('ENGINE-INTERNAL')
    },
  )
})

/** One record of 1 MiB that is all of one thing. */
const RECORDS: [string, () => string][] = [
  ['members', () => `{${Array.from({ length: 60_000 }, (_, i) => `"X${i}":1`).join(',')}}`],
  ['the same member', () => `{${Array.from({ length: 60_000 }, () => '"MS":"1"').join(',')}}`],
  [
    'members of other values',
    () => `{${Array.from({ length: 60_000 }, (_, i) => `"MS":"${i}"`).join(',')}}`,
  ],
  ['readings', () => `{"RD":[${Array.from({ length: 9999 }, () => '{}').join(',')}]}`],
  [
    'registers',
    () => `{"RD":[${Array.from({ length: 9999 }, (_, i) => `{"RI":"${i}","RV":${i}}`).join(',')}]}`,
  ],
  [
    'tariff changes',
    () =>
      payload([
        readingOf('B', 0, '1.00'),
        ...Array.from({ length: 5000 }, () => ({ TX: 'T', RV: '#1.00#' })),
        readingOf('E', 9, '2.00'),
      ]),
  ],
  [
    'flags',
    () =>
      payload([readingOf('B', 0, '1.00')], {
        IF: Array.from({ length: 50_000 }, () => 'RFID_PLAIN'),
      }),
  ],
  ['digits', () => payload([readingOf('B', 0, '1'.repeat(60_000))])],
  ['an exponent', () => payload([readingOf('B', 0, '1e999999999')])],
  ['nesting', () => `{"LC":${'{"a":'.repeat(15)}1${'}'.repeat(15)}}`],
  ['too deep nesting', () => `{"LC":${'['.repeat(100_000)}`],
  ['pipes', () => payload([readingOf('B', 0, '1.00')], { TT: '|'.repeat(60_000) })],
  ['escapes', () => `{"TT":"${'\\u0041'.repeat(10_000)}"}`],
  ['letters of a time', () => payload([readingOf('B', 0, '1.00', { TM: '1'.repeat(60_000) })])],
  [
    'an id that nearly fits',
    () =>
      payload([readingOf('B', 0, '1.00')], {
        IT: 'EMAID',
        ID: '-a'.repeat(30_000),
        CT: 'CBIDC',
        CI: ` x${' '.repeat(60_000)}`,
      }),
  ],
  [
    'an EVSE id that nearly fits',
    () =>
      payload([readingOf('B', 0, '1.00')], { CT: 'EVSEID', CI: `DE*ABC*E${'1*'.repeat(30_000)}!` }),
  ],
]

describe('a record that is all of one thing is read in time, and says little', () => {
  test.each(RECORDS)('%s', { timeout: 60_000 }, async (_, make) => {
    const { seconds, result } = await measured(`OCMF|${make()}|{"SD":"00"}`)
    expect(seconds).toBeLessThan(SECONDS)
    expect(codes(result)).not.toContain('ENGINE-INTERNAL')
    const count = Map.groupBy(allFindings(result), ({ code, at }) => `${code} ${at}`)
    const most = Math.max(...[...count.values()].map((same) => same.length))
    expect(most).toBeLessThanOrEqual(LIMITS.findingsOfOneCode)
  })

  test('no finding carries more of a record than a sentence can hold', async () => {
    const evil = 'x'.repeat(20_000)
    const names = 'FV GI GS GV PG MV MM MS MF IS IL IF IT ID TT CF LC CT CI'.split(' ')
    const over = Object.fromEntries(names.map((name) => [name, evil]))
    const values = Object.fromEntries('TM TX RI RU RT EF ST CL'.split(' ').map((n) => [n, evil]))
    const readings = [readingOf('B', 0, '1', values), readingOf('E', 1, '2', { [evil]: evil })]
    const text = payload(readings, { ...over, [evil]: evil, LC: { [evil]: 1, LU: evil } })
    for (const section of [{ SA: evil, SE: evil, SM: evil, [evil]: evil, SD: evil }, {}]) {
      const doubled = text.replace('{"FV"', `{"${evil}":2,"FV"`)
      const record = `OCMF|${doubled}|${JSON.stringify(section)}|${evil}`
      const content = valuesXml([{ data: record, format: evil, label: evil, transaction: evil }])
      const result = await verify([{ name: 'evil', content }])
      const said = allFindings(result).flatMap(({ code, params, path }) =>
        [...Object.values(params), path ?? ''].map((value) => [code, value.length] as const),
      )
      expect(said.filter(([, length]) => length > 700)).toEqual([])
    }
  })
})

describe('a job of many records is judged in time', () => {
  const ROWS = 20_000
  const file = async (make: (index: number) => string, count: number) => {
    const records = Array.from({ length: count }, (_, index) => make(index)).join('\n')
    return readOne(records)
  }

  function inTime(files: Awaited<ReturnType<typeof readOne>>[]) {
    const seconds = stopwatch()
    const result = conclude(files, { policy: POLICY, now: NOW, digest })
    expect(seconds()).toBeLessThan(SECONDS)
    return result
  }

  test('with one signature under all of them', { timeout: 60_000 }, async () => {
    const section = wholeSession().split('|')[2] ?? ''
    const one = await file(
      (index) => `OCMF|${payload([readingOf('B', 0, `${index}.00`)])}|${section}`,
      ROWS,
    )
    expect(inTime([one]).sessions.length).toBe(ROWS)
  })

  test('that all claim one transaction', { timeout: 60_000 }, async () => {
    const records = Array.from(
      { length: 5000 },
      (_, index) =>
        `OCMF|${payload([readingOf(index % 2 === 0 ? 'B' : 'E', 0, '1.00')], { PG: `T${index}` })}|{"SD":"3006020101020101"}`,
    )
    const xml = valuesXml(records.map((data) => ({ data, transaction: '1', keys: [] })))
    const one = await readOne(xml)
    expect(inTime([one]).inputs.length).toBe(1)
  })

  test('with ten thousand readings each, in one session', { timeout: 60_000 }, async () => {
    const fill = Array.from({ length: 9000 }, () => ({}))
    const records = Array.from({ length: 16 }, (_, index) => {
      const letter = index === 0 ? 'B' : index === 15 ? 'E' : 'C'
      const readings = [readingOf(letter, index, `${index}.00`), ...fill]
      return `OCMF|${payload(readings, { PG: `T${index + 1}` })}|{"SD":"3006020101020101"}`
    })
    const one = await readOne(records.join('\n'))
    const result = inTime([one])
    expect(result.sessions.length).toBe(1)
    expect(codes(result)).not.toContain('ENGINE-INTERNAL')
  })

  test('of as many files', { timeout: 60_000 }, async () => {
    const record = (await readOne(xmlWith([wholeSession()]))).records[0]
    if (record === undefined) throw new Error('no record')
    const files = Array.from({ length: ROWS }, (_, index) => ({
      name: `file-${index}`,
      sha256: '00',
      bytes: 1,
      records: [
        {
          ...record,
          id: `record-${index}`,
          meter: { ...record.meter, serial: `M${index}` },
          gateway: { serial: `G${index}`, model: null },
        },
      ],
      keys: [],
      findings: [],
      claims: [],
      signatures: [],
      wantsKeys: false,
      wantsWorker: false,
      members: [],
    }))
    const result = inTime(files)
    expect(result.inputs.every(({ sessions }) => sessions.length === 1)).toBe(true)
    expect(codes(result)).toContain('KEY-SHARED')
  })

  test(
    'whose counters and signatures are all alike, though all are valid',
    { timeout: 60_000 },
    async () => {
      const record = (await readOne(xmlWith([wholeSession()]))).records[0]
      if (record === undefined) throw new Error('no record')
      const records = Array.from({ length: ROWS }, (_, index) => ({
        ...record,
        id: `record-${index}`,
        signature: { ...record.signature, digest: String(index), recovered: ['same'] },
      }))
      const common = {
        sha256: '00',
        bytes: 1,
        keys: [],
        findings: [],
        claims: [],
        signatures: [],
        wantsKeys: false,
        wantsWorker: false,
        members: [],
      }
      const result = inTime([{ name: 'one', records, ...common }])
      expect(result.sessions.length).toBe(ROWS)
      const seconds = stopwatch()
      const rows = csvRows(result)
      expect(rows.length).toBe(ROWS)
      expect(textReport(result, 'de').length).toBeGreaterThan(ROWS)
      expect([...documentParts(result, software())].length).toBeGreaterThan(ROWS)
      expect(seconds()).toBeLessThan(2 * SECONDS)
    },
  )
})

describe('whatever the bytes', () => {
  const KEY = throwAwayKey()
  const pieces = fc.constantFrom(
    'OCMF|',
    '{',
    '}',
    '[',
    ']',
    '"',
    '\\',
    '|',
    ',',
    ':',
    '<values>',
    '<value>',
    '<signedData>',
    '</signedData>',
    '<publicKey>',
    '<!DOCTYPE x>',
    '&quot;',
    '%7B',
    'T0NNRnw=',
    '4f434d467c',
    '-----BEGIN PUBLIC KEY-----',
    '"RD":[{"RV":1,"TX":"B"}]',
    '"SD":"3006020101020101"',
    '\ufeff',
    '\0',
    ' ',
    '\n',
    'é',
    '\u202e',
    keyHex(KEY),
    wholeSession(),
    xmlWith([wholeSession()]),
  )
  const junk = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.array(pieces, { maxLength: 12 }).map((list) => utf8Bytes(list.join(''))),
    fc
      .tuple(fc.array(pieces, { maxLength: 6 }), fc.uint8Array({ maxLength: 20 }), fc.nat())
      .map(([list, bytes, where]) => {
        const text = utf8Bytes(list.join(''))
        const at = where % (text.length + 1)
        return Uint8Array.from([...text.subarray(0, at), ...bytes, ...text.subarray(at)])
      }),
  )

  const rank = (state: string | null) => VERDICT_STATES.indexOf((state ?? 'VERIFIED') as 'VERIFIED')

  function expectSound(result: VerificationResult): void {
    expect(result.inputs.every(({ name }) => name.startsWith('input'))).toBe(true)
    for (const input of result.inputs) {
      const silent = input.state === null && input.keys === 0
      expect(silent).toBe(false)
    }
    structuredClone(result)
    JSON.parse([...documentParts(result, software())].join(''))
    expect(textReport(result, 'en')).not.toContain('undefined')
    expect(codes(result)).not.toContain('ENGINE-INTERNAL')
  }

  test('an answer comes, in every form, and never an exception', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(junk, { minLength: 1, maxLength: 3 }), async (contents) => {
        const inputs = contents.map((content, index) => ({ name: `input-${index}`, content }))
        const result = await verify(inputs)
        expect(result.inputs).toHaveLength(inputs.length)
        expectSound(result)
      }),
      { numRuns: 300 },
    )
  })

  test('without a signature it is never better than not checked', { timeout: 60_000 }, async () => {
    const unsigned = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc
        .array(
          pieces.filter((piece) => !piece.includes('"SD"')),
          { maxLength: 12 },
        )
        .map((list) => utf8Bytes(list.join(''))),
    )
    await fc.assert(
      fc.asyncProperty(unsigned, async (content) => {
        const { inputs } = await verify([{ name: 'input', content }])
        const keysOnly = inputs[0]?.state === null && inputs[0].keys > 0
        expect(keysOnly || rank(inputs[0]?.state ?? null) <= rank('NOT_CHECKED')).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  test('a flipped bit of a signed record never leaves it valid', { timeout: 60_000 }, async () => {
    const record = wholeSession()
    const signed = record.slice(5, record.lastIndexOf('|'))
    const flips = fc.tuple(fc.nat({ max: signed.length - 1 }), fc.nat({ max: 7 }))
    await fc.assert(
      fc.asyncProperty(flips, async ([at, bit]) => {
        const bytes = utf8Bytes(record)
        bytes[5 + at] = (bytes[5 + at] ?? 0) ^ (1 << bit)
        const content = Uint8Array.from([...bytes, ...utf8Bytes(`\n${keyHex(KEY)}\n`)])
        const { inputs, sessions } = await verify([{ name: 'input', content }])
        expect(rank(inputs[0]?.state ?? null)).toBeLessThanOrEqual(rank('NOT_CHECKED'))
        expect(sessions.every(({ verdict }) => verdict.signature !== 'valid')).toBe(true)
      }),
      { numRuns: 200 },
    )
  })

  test(
    'junk around a file changes nothing for the files beside it',
    { timeout: 60_000 },
    async () => {
      const good = { name: 'input-good', content: xmlWith([wholeSession()]) }
      const [alone] = (await verify([good])).sessions
      await fc.assert(
        fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), fc.boolean(), async (bytes, first) => {
          const bad = { name: 'input-bad', content: bytes }
          const result = await verify(first ? [bad, good] : [good, bad])
          expect(result.sessions.find(({ input }) => input === 'input-good')).toEqual(alone)
        }),
        { numRuns: 50 },
      )
    },
  )
})

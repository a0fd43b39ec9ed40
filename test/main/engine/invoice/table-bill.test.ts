/** Tables of sessions, CSV and XLSX: what is read from them, and what rather not. */
import { zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { utf8Bytes } from '../../../../src/main/engine/codec/text.ts'
import type { InvoiceClaim } from '../../../../src/shared/model/invoice.ts'
import { keyHex, throwAwayKey } from '../../../tools/sign.ts'
import { readOne, verify, wholeSession } from '../../../tools/small-inputs.ts'
import { stopwatch } from '../../../tools/stopwatch.ts'

const HEAD =
  'Rechnungsnummer;Ladebeginn;Ladeende;EVSE-ID;Geladene Energie [kWh];Energiekosten Netto (Euro);Mehrwertsteuersatz;Kartennummer'
const ROWS = [
  'R-1;01.03.2026 08:00:00;01.03.2026 09:00:00;DE*ABC*E1*1;10,50;4,20;19;0815',
  'R-1;02.03.2026 08:00:00;02.03.2026 08:30:00;DE*ABC*E1*1;7,25;2,90;19;0815',
  'Summe;;;;17,75;7,10;;',
]
const CSV = [HEAD, ...ROWS, ''].join('\r\n')

async function claims(content: string | Uint8Array): Promise<InvoiceClaim[]> {
  return (await readOne(content)).claims
}
const codes = async (content: string | Uint8Array) =>
  (await readOne(content)).findings.map(({ code }) => code)

describe('CSV', () => {
  test('each row is a session, and a sum is none', async () => {
    const [first, second, ...others] = await claims(CSV)
    expect(others).toEqual([])
    expect(first).toMatchObject({
      source: 'table',
      kind: 'bill',
      invoice: 'R-1',
      evse: 'DE*ABC*E1*1',
      user: '0815',
      begin: { text: '01.03.2026 08:00:00', epochMs: Date.UTC(2026, 2, 1, 7), assumed: true },
      end: { epochMs: Date.UTC(2026, 2, 1, 8) },
      energy: { value: '10.50', unit: 'kWh' },
      vatRate: '19',
      currency: 'EUR',
      prices: [{ what: 'energy', quantity: '10.50', amount: '4.20', unitPrice: null }],
    })
    expect(first?.origin.at(-1)).toEqual({ step: 'text', name: 'row 2' })
    expect(second?.energy?.value).toBe('7.25')
  })

  test('a station called like a sum loses no row', async () => {
    const rows = CSV.replaceAll('DE*ABC*E1*1', 'Total Nord')
    expect((await claims(rows)).length).toBe(2)
  })

  test('is compared with the sessions of the job', async () => {
    const { sessions, unmatched } = await verify([CSV, wholeSession(), keyHex(throwAwayKey())])
    expect(sessions[0]?.invoice).toMatchObject({ status: 'matches' })
    expect(sessions[0]?.invoice?.bills[0]?.by).toEqual(['evse', 'time', 'energy', 'day'])
    expect(unmatched.map(({ claim }) => claim.energy?.value)).toEqual(['7.25'])
    const wrong = await verify([
      CSV.replace(';10,50;', ';11,50;'),
      wholeSession(),
      keyHex(throwAwayKey()),
    ])
    expect(wrong.sessions[0]?.invoice?.status).toBe('differs')
    const [, row = ''] = CSV.split('\r\n')
    const otherDay = [HEAD, row.replaceAll('01.03.2026', '02.03.2026'), ''].join('\n')
    const later = await verify([otherDay, wholeSession(), keyHex(throwAwayKey())])
    expect(later.sessions[0]?.invoice).toMatchObject({ status: 'open' })
    expect(later.sessions[0]?.invoice?.findings.map(({ code }) => code)).toContain('INV-TIME')
  })

  test.each([
    [
      'commas and English heads',
      'Session ID,Started,Stopped,Energy (kWh)\nS-1,2026-03-01T08:00:00Z,2026-03-01T09:00:00Z,10.5\n',
      '10.5',
    ],
    [
      'tabs',
      'Vorgang\tStart\tEnde\tkWh\nV-1\t2026-03-01 08:00\t2026-03-01 09:00\t10.50\n',
      '10.50',
    ],
    ['a title above the heads', `Ladevorgänge;;\nStand: 1.4.2026;;\n;;\n${CSV}`, '10.50'],
    [
      'units in the cells',
      'Datum;Startzeit;Endzeit;Energie\n01.03.2026;08:00;09:00;10,50 kWh\n',
      '10.50',
    ],
    ['watt hours', 'Beginn;Ende;Menge (Wh)\n01.03.2026 08:00;01.03.2026 09:00;10500\n', '10500'],
    [
      'quotation marks and line ends in cells',
      'Beginn;"Ende";"Energie\n[kWh]"\n"01.03.2026 08:00";"01.03.2026 09:00";"10,50"\n',
      '10.50',
    ],
  ])('%s', async (_, csv, energy) => {
    const [claim] = await claims(csv)
    expect(claim?.energy?.value).toBe(energy)
    expect(claim?.begin?.epochMs).not.toBeNull()
  })

  test('readings, meter and duration of a wallbox', async () => {
    const csv =
      'Beginn;Ende;Dauer;Zähler Seriennummer;Energie [kWh];Zählerstand Beginn [kWh];Zählerstand Ende [kWh]\n' +
      '01.03.2026, 08:00:00;01.03.2026, 09:00:00;1:00:00;METER-1;10,50;100,00;110,50\n'
    expect((await claims(csv))[0]).toMatchObject({
      meter: 'METER-1',
      durationS: '3600',
      beginReading: { value: '100.00' },
      endReading: { value: '110.50' },
    })
  })

  test('in the alphabet of an old system', async () => {
    const csv = 'Beginn;Ende;Zähler;Energie [kWh]\n01.03.2026 08:00;01.03.2026 09:00;Z-1;10,50\n'
    const [claim] = await claims(Uint8Array.from(csv, (letter) => letter.charCodeAt(0)))
    expect(claim).toMatchObject({ meter: 'Z-1', energy: { value: '10.50' } })
    expect(claim?.origin[1]).toEqual({ step: 'encoding', name: 'windows-1252' })
  })

  test('with records in its cells gives both', async () => {
    const cell = `"${wholeSession().replaceAll('"', '""')}"`
    const csv = `Beginn;Ende;Energie [kWh];Signatur\n01.03.2026 08:00;01.03.2026 09:00;10,50;${cell}\n`
    const { sessions } = await verify([csv, keyHex(throwAwayKey())])
    expect(sessions.map(({ invoice }) => invoice?.status)).toEqual(['matches'])
  })
})

describe('rather no value than a wrong one', () => {
  test('energy without a unit is none, and that is told', async () => {
    const csv = 'Beginn;Ende;Energie;Vorgang\n01.03.2026 08:00;01.03.2026 09:00;10,50;V-1\n'
    expect((await claims(csv))[0]).toMatchObject({ energy: null, session: 'V-1' })
    expect(await codes(csv)).toContain('INV-UNIT')
  })

  test('a number that can be read in two ways is none', async () => {
    const row = (energy: string) => `01.03.2026 08:00;01.03.2026 09:00;${energy};V-1\n`
    const csv = `Beginn;Ende;kWh;Vorgang\n${row('12.345')}`
    expect((await claims(csv))[0]?.energy).toBeNull()
    expect((await claims(csv + row('1.5')))[0]?.energy?.value).toBe('12.345')
  })

  test.each([
    ['more than anybody charges', '12345,60'],
    ['words', 'viel'],
    ['a formula', '=SUMME(A1)'],
    ['a very long number', '1'.repeat(200)],
  ])('%s is no energy', async (_, cell) => {
    const csv = `Beginn;Ende;kWh;Vorgang\n01.03.2026 08:00;01.03.2026 09:00;${cell};V-1\n`
    expect((await claims(csv))[0]?.energy ?? null).toBeNull()
  })

  test('a date that can be read in two ways is none, unless others show it', async () => {
    const row = (date: string) => `${date} 8:00 am;V-1;10.50\n`
    const csv = `Start;Session;Energy (kWh)\n${row('02/03/2026')}`
    expect((await claims(csv))[0]?.begin).toBeNull()
    expect((await claims(csv + row('02/25/2026')))[0]?.begin?.epochMs).toBe(Date.UTC(2026, 1, 3, 7))
  })

  test('a negative energy is taken back', async () => {
    const csv = 'Beginn;Ende;kWh\n01.03.2026 08:00;01.03.2026 09:00;-10,50\n'
    expect((await claims(csv))[0]).toMatchObject({ kind: 'credit', energy: { value: '-10.50' } })
  })

  test('a station without an identifier is no charge point', async () => {
    const csv = 'Start;Station;kWh\n01.03.2026 08:00;Garage links;10,50\n'
    expect((await claims(csv))[0]?.evse).toBeNull()
  })

  test.each([
    ['other tables', 'Name;Ort;Preis\nA;B;1\n'],
    ['prose with semicolons', 'Beginn; Ende; Energie\nund so weiter\n'],
    ['a register of keys', 'Betreiber;Ort;Public Key1\nA;B;C\n'],
  ])('%s are no sessions', async (_, csv) => {
    expect(await claims(csv)).toEqual([])
  })

  test('a quotation mark that is never closed costs the rows behind it', async () => {
    const broken = CSV.replace('R-1;02.03', '"R-1;02.03')
    expect((await claims(broken)).length).toBe(1)
  })

  test('heads of brackets are read in time', async () => {
    const began = performance.now()
    expect((await claims(`${'('.repeat(60_000)};a;b;c\n${CSV}`)).length).toBe(2)
    expect(performance.now() - began).toBeLessThan(5000)
  })

  test('beyond the limit of rows no more are read, in time', async () => {
    const csv = `${HEAD}\n${`${ROWS[0]}\n`.repeat(20_000)}`
    const seconds = stopwatch()
    const { claims: read, findings } = await readOne(csv)
    expect(read.length).toBe(10_000)
    expect(findings.map(({ code }) => code)).toContain('IN-TOOBIG')
    expect(seconds()).toBeLessThan(5)
  })
})

/** A workbook of one sheet: texts inline or shared, numbers as they are. */
function workbook(
  rows: readonly (readonly (string | number)[])[],
  over: Record<string, string> = {},
) {
  const texts: string[] = []
  const xml = rows
    .map((row, index) => {
      const cells = row.map((value) => {
        if (typeof value === 'number') return `<c><v>${value}</v></c>`
        texts.push(value)
        return `<c t="s"><v>${texts.length - 1}</v></c>`
      })
      return `<row r="${index + 1}">${cells.join('')}</row>`
    })
    .join('')
  const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  const files: Record<string, string> = {
    '[Content_Types].xml': '<Types/>',
    'xl/workbook.xml': '<workbook/>',
    'xl/sharedStrings.xml': `<sst>${texts.map((text) => `<si><t>${escaped(text)}</t></si>`).join('')}</sst>`,
    'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${xml}</sheetData></worksheet>`,
    ...over,
  }
  return zipSync(
    Object.fromEntries(Object.entries(files).map(([name, text]) => [name, utf8Bytes(text)])),
  )
}

function rowsOf(cells: string, count: number): string {
  return `<worksheet><sheetData>${`<row>${cells}</row>`.repeat(count)}</sheetData></worksheet>`
}

describe('XLSX', () => {
  const heads = ['Vorgang', 'Beginn', 'Ende', 'Energie [kWh]']
  // 2026-03-01 08:00 and 09:00
  const begin = 46_082 + 8 / 24
  const end = 46_082 + 9 / 24

  test('numbers of days are times, and binary noise is no digit', async () => {
    const [claim] = await claims(workbook([heads, ['V-0001', begin, end, 10.499999999999998]]))
    expect(claim).toMatchObject({
      source: 'table',
      session: 'V-0001',
      begin: { text: '2026-03-01 08:00:00', epochMs: Date.UTC(2026, 2, 1, 7) },
      end: { epochMs: Date.UTC(2026, 2, 1, 8) },
      energy: { value: '10.5', unit: 'kWh' },
    })
    expect(claim?.origin.map(({ name }) => name)).toEqual(['input', 'sheet 1', 'row 2'])
  })

  test('three decimals are no thousands', async () => {
    const [claim] = await claims(workbook([heads, ['V-0001', begin, end, 12.345]]))
    expect(claim?.energy?.value).toBe('12.345')
  })

  test('records in cells are found', async () => {
    const book = workbook([
      [...heads, 'Signatur'],
      ['V-0001', begin, end, 10.5, wholeSession()],
    ])
    const { sessions } = await verify([{ name: 'book', content: book }, keyHex(throwAwayKey())])
    expect(sessions[0]?.invoice?.status).toBe('matches')
  })

  test('a file that travels with it keeps its row', async () => {
    const book = workbook([heads, ['V-0001', begin, end, 10.5]], {
      'xl/embeddings/a.xml': wholeSession(),
      'b.xml': wholeSession(),
    })
    const { members, claims: read } = await readOne(book)
    expect(members.map(({ name }) => name.split(' › ').at(-1))).toEqual([
      'xl/embeddings/a.xml',
      'b.xml',
    ])
    expect(read.length).toBe(1)
  })

  test.each([
    [
      'one long text in every cell',
      {
        'xl/sharedStrings.xml': `<sst><si><t>${'A'.repeat(32_000)}</t></si></sst>`,
        'xl/worksheets/sheet1.xml': rowsOf('<c t="s"><v>0</v></c>', 4000),
      },
      'IN-TOOBIG',
    ],
    [
      'a cell in the last column of every row',
      { 'xl/worksheets/sheet1.xml': rowsOf('<c r="XFD1"><v>1</v></c>', 4000) },
      'IN-MEMBERS',
    ],
  ])('%s is read in time', async (_, over, code) => {
    const began = performance.now()
    const { findings } = await readOne(workbook([heads], over))
    expect(findings.map((found) => found.code)).toContain(code)
    expect(performance.now() - began).toBeLessThan(5000)
  })

  test('several sheets share one limit of sessions', async () => {
    const row = heads.map((head) => `<c t="inlineStr"><is><t>${head}</t></is></c>`).join('')
    const cells = `<c t="inlineStr"><is><t>V</t></is></c><c><v>46082.3</v></c><c/><c><v>10.5</v></c>`
    const sheet = rowsOf(cells, 6000).replace('<row>', `<row>${row}</row><row>`)
    const over = { 'xl/worksheets/sheet1.xml': sheet, 'xl/worksheets/sheet2.xml': sheet }
    const { claims: read, findings } = await readOne(workbook([heads], over))
    expect(read.length).toBe(10_000)
    expect(findings.map(({ code }) => code)).toContain('IN-TOOBIG')
  })

  test('in a calendar of 1904 its days are not guessed', async () => {
    const book = workbook([heads, ['V-0001', begin, end, 10.5]], {
      'xl/workbook.xml': '<workbook><workbookPr date1904="1"/></workbook>',
    })
    expect((await claims(book))[0]).toMatchObject({ begin: null, energy: { value: '10.5' } })
  })

  test('without sessions it is the archive it is', async () => {
    const { members, findings } = await readOne(workbook([['a', 'b']]))
    expect(members.length).toBe(4)
    expect(findings.map(({ code }) => code)).toContain('IN-MEMBERS')
  })

  test.each([
    ['a sheet that is no XML', { 'xl/worksheets/sheet1.xml': '<worksheet><row' }, 'IN-XML'],
    [
      'a document type',
      { 'xl/sharedStrings.xml': '<!DOCTYPE a [<!ENTITY b "c">]><sst/>' },
      'IN-DOCTYPE',
    ],
    ['a text that is not there', { 'xl/sharedStrings.xml': '<sst/>' }, 'IN-XML'],
    [
      'a cell beyond the last column',
      {
        'xl/worksheets/sheet1.xml':
          '<worksheet><sheetData><row><c r="ZZZZ1"><v>1</v></c></row></sheetData></worksheet>',
      },
      'IN-XML',
    ],
  ])('%s has its reason', async (_, over, code) => {
    const book = workbook([heads, ['V-0001', begin, end, 10.5]], over)
    const { findings, claims: read } = await readOne(book)
    expect(findings.map((found) => found.code)).toContain(code)
    expect(read).toEqual([])
  })
})

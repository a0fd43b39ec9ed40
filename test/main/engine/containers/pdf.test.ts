/** PDF: every place of it in which a record, a key or a file may stand. */
import { describe, expect, test } from 'vitest'
import { zip } from '../../../tools/archives.ts'
import { block, broken, pdf } from '../../../tools/pdf-files.ts'
import { beside, pixels, png, qrCode } from '../../../tools/pictures.ts'
import { keyHex, throwAwayKey } from '../../../tools/sign.ts'
import { allFindings, verify, wholeSession, xmlWith } from '../../../tools/small-inputs.ts'

const KEY = throwAwayKey()
const RECORD = wholeSession()
const SECOND = wholeSession({ number: 2 })
const XML = xmlWith([RECORD])

async function check(content: Uint8Array, name = 'invoice.pdf') {
  const result = await verify([{ name, content }])
  const records = result.sessions.flatMap((session) => session.records)
  return {
    rows: result.inputs.map((input) => [input.name, input.state]),
    signatures: records.map(({ signature }) => signature.status),
    ways: records.map(({ origin }) => origin.map((step) => step.name).join(' › ')),
    notes: allFindings(result)
      .filter(({ code }) => code.startsWith('IN-') && code !== 'IN-MEMBERS')
      .map(({ code }) => code),
    result,
  }
}

describe('files in a PDF', () => {
  test('are members with their rows, whatever they are called', async () => {
    const attachments = {
      'messdaten.bin': XML,
      'factur-x.xml': '<Invoice/>',
      'key.dat': keyHex(KEY),
    }
    const { rows, ways } = await check(await pdf({ attachments }))
    expect(rows).toEqual([
      ['invoice.pdf', null],
      ['invoice.pdf › messdaten.bin', 'VALID_KEY_UNCONFIRMED'],
      ['invoice.pdf › factur-x.xml', null],
      ['invoice.pdf › key.dat', null],
    ])
    expect(ways).toEqual(['invoice.pdf › messdaten.bin › value[1]'])
  })

  test('may be archives', async () => {
    const { rows } = await check(await pdf({ attachments: { 'a.zip': zip({ 'b.xml': XML }) } }))
    expect(rows.at(-1)).toEqual(['invoice.pdf › a.zip › b.xml', 'VALID_KEY_UNCONFIRMED'])
  })

  test('that are not listed are found and told', async () => {
    const other = xmlWith([SECOND])
    const whole = Buffer.from(await pdf({ attachments: { 'a.xml': XML } }))
    const hidden = `\n99 0 obj\n<</Type /EmbeddedFile /Length ${other.length}>>\nstream\n${other}\nendstream\nendobj\n`
    const at = whole.lastIndexOf('\nxref')
    const content = Buffer.concat([whole.subarray(0, at), Buffer.from(hidden), whole.subarray(at)])
    const { rows, notes } = await check(content)
    expect(rows.map(([name]) => name)).toContain('invoice.pdf › not listed 1')
    expect(notes).toContain('IN-UNLISTED')
  })
})

describe('the text of a page', () => {
  test('gives a record that stands on one line', async () => {
    const { signatures, ways } = await check(
      await pdf({
        pages: [
          {},
          {
            texts: block([RECORD, keyHex(KEY)], 20, 100).map((line) => ({ ...line, size: 1 })),
          },
        ],
      }),
    )
    expect(signatures).toEqual(['valid'])
    expect(ways).toEqual(['invoice.pdf › page 2'])
  })

  test.each([100, 77, 60, 41])('gives a record broken at %d characters', async (width) => {
    const texts = [
      ...block(['Rechnung', 'Ihre Messdaten:'], 40, 40),
      ...block(broken(RECORD, width), 40, 80),
      ...block([`Schlüssel:`, ...broken(keyHex(KEY), 64)], 40, 500),
    ]
    const { signatures, notes } = await check(await pdf({ pages: [{ texts }] }))
    expect(signatures).toEqual(['valid'])
    expect(notes).toContain('IN-REJOINED')
  })

  test('gives two records in two columns beside each other', async () => {
    const [left, right] = [broken(RECORD, 50), broken(SECOND, 50)]
    const texts = left.flatMap((line, index) => [
      { x: 30, y: 60 + index * 10, text: line },
      { x: 320, y: 60 + index * 10, text: right[index] ?? '' },
    ])
    const { signatures } = await check(
      await pdf({ pages: [{ texts }], attachments: { 'key.txt': keyHex(KEY) } }),
    )
    expect(signatures).toEqual(['valid', 'valid'])
  })

  test('gives a record whose blanks fell to the line ends', async () => {
    const lines = RECORD.replaceAll(' ', '\n')
      .split('\n')
      .flatMap((part) => broken(part, 80))
    const { signatures } = await check(
      await pdf({
        pages: [{ texts: block(lines, 30, 60) }],
        attachments: { 'key.txt': keyHex(KEY) },
      }),
    )
    expect(signatures).toEqual(['valid'])
  })

  test.each([1, 3, 5])(
    'gives a record that ends on the page behind, after %d lines',
    async (at) => {
      const lines = broken(RECORD, 90)
      const page = (number: number, text: string[]) => ({
        texts: [
          ...block(['Strom AG, Musterstadt'], 30, 30),
          ...block(text, 30, 600),
          ...block([`Seite ${number} von 2`], 500, 820),
        ],
      })
      const content = await pdf({
        pages: [page(1, lines.slice(0, at)), page(2, [...lines.slice(at), 'Vielen Dank!'])],
        attachments: { 'key.txt': keyHex(KEY) },
      })
      const { signatures, ways, notes } = await check(content)
      expect(signatures).toEqual(['valid'])
      expect(ways).toEqual(['invoice.pdf › page 1–2'])
      expect(notes).toContain('IN-REJOINED')
    },
  )

  test('gives no record whose end is nowhere', async () => {
    const [beginning = ''] = broken(RECORD, 90)
    const pages = [beginning, 'Vielen Dank!'].map((text) => ({ texts: block([text], 30, 60) }))
    const { rows, ways } = await check(await pdf({ pages }))
    expect(rows).toEqual([['invoice.pdf', 'UNREADABLE']])
    expect(ways).toEqual(['invoice.pdf › page 1'])
  })

  test('that is white is read as well, and its place is told', async () => {
    const texts = [{ x: 10, y: 10, size: 1, text: RECORD, white: true }]
    const { ways } = await check(await pdf({ pages: [{ texts }] }))
    expect(ways).toEqual(['invoice.pdf › page 1'])
  })
})

describe('codes in a PDF', () => {
  test('in a picture are read', async () => {
    const picture = { png: png(pixels(await qrCode(RECORD), 3)), x: 100, y: 100, side: 170 }
    const { ways } = await check(await pdf({ pages: [{ picture }] }))
    expect(ways).toEqual(['invoice.pdf › page 1 › QR 1'])
  })

  test('drawn with squares are read', async () => {
    const drawn = { code: await qrCode(RECORD), x: 100, y: 100, side: 170 }
    const { ways } = await check(await pdf({ pages: [{ drawn }] }))
    expect(ways).toEqual(['invoice.pdf › page 1 › QR 1'])
  })

  test('with parts of one record are put together', async () => {
    const half = Math.ceil(RECORD.length / 2)
    const codes = [await qrCode(RECORD.slice(0, half)), await qrCode(RECORD.slice(half))]
    const both = beside(codes.map((code) => pixels(code, 4)))
    const picture = { png: png(both), x: 30, y: 100, side: 400 }
    const { ways } = await check(await pdf({ pages: [{ picture }] }))
    expect(ways).toEqual(['invoice.pdf › page 1 › QR 1–2'])
  })
})

describe('a PDF', () => {
  test('with a link that carries data gives them', async () => {
    const link = `https://example.com/#${encodeURIComponent(RECORD)}`
    const { ways } = await check(await pdf({ pages: [{ link }] }))
    expect(ways).toEqual(['invoice.pdf › page 1 › percent'])
  })

  test('that is none behind its first line says so', async () => {
    const { rows, notes } = await check(new TextEncoder().encode('%PDF-1.7\nnothing else\n'))
    expect(rows).toEqual([['invoice.pdf', 'UNREADABLE']])
    expect(notes).toContain('IN-PDF')
  })

  test('with nothing of use says so', async () => {
    const { rows, notes } = await check(
      await pdf({ pages: [{ texts: block(['Rechnung'], 9, 9) }] }),
    )
    expect(rows).toEqual([['invoice.pdf', 'UNREADABLE']])
    expect(notes).toEqual(['IN-UNKNOWN'])
  })

  test('that is an archive too is read as both', async () => {
    const content = Buffer.concat([
      await pdf({ attachments: { 'a.xml': XML } }),
      zip({ 'b.xml': XML }),
    ])
    const { rows, notes } = await check(content)
    expect(rows.map(([name]) => name)).toContain('invoice.pdf › b.xml')
    expect(notes).toContain('IN-TWO-KINDS')
  })

  test('that was added to says how often', async () => {
    const whole = await pdf({ attachments: { 'a.xml': XML } })
    const { notes } = await check(Buffer.concat([whole, Buffer.from('\n%%EOF\n')]))
    expect(notes).toContain('IN-REVISIONS')
  })

  test('cut off anywhere gives its row', async () => {
    const whole = await pdf({
      pages: [{ texts: block([RECORD], 9, 9) }],
      attachments: { 'a.xml': XML },
    })
    for (let length = 8; length < whole.length; length += 449) {
      const { rows, notes } = await check(whole.subarray(0, length))
      expect(rows[0]?.[0]).toBe('invoice.pdf')
      expect(notes).not.toContain('ENGINE-INTERNAL')
    }
  })
})

/** PDF that means no good, read as every PDF is: by a worker that can be ended. */
import { deflateSync } from 'node:zlib'
import { PDFDocument, PDFName, PDFNumber } from 'pdf-lib'
import { afterAll, describe, expect, test } from 'vitest'
import { Pool } from '../../../../src/main/pool/pool.ts'
import { launchThread } from '../../../../src/main/pool/thread.ts'
import { withMembers } from '../../../../src/main/engine/pipeline.ts'
import { bytesOf } from '../../../tools/archives.ts'
import { block, encryptedPdf, pdf, raw, stream } from '../../../tools/pdf-files.ts'
import { wholeSession, xmlWith } from '../../../tools/small-inputs.ts'
import { stopwatch } from '../../../tools/stopwatch.ts'

const RECORD = wholeSession()
const XML = xmlWith([RECORD])
const pool = new Pool({ launch: launchThread, size: 1 })
afterAll(() => pool.close())

async function read(bytes: Uint8Array, passwords?: string[]) {
  const settings = { given: [], store: null, both: false, evidence: false, now: 0, lines: null }
  const time = stopwatch()
  const answer = await pool.run({
    source: { kind: 'bytes', name: 'a.pdf', bytes, passwords },
    settings,
    offered: [],
  })
  if (answer.kind !== 'result') throw new Error('no result')
  const seconds = time()
  const { result } = answer
  return {
    seconds,
    rows: withMembers([result]).map(({ name }) => name),
    records: withMembers([result]).flatMap(({ records }) => records).length,
    codes: result.findings.map(({ code, params }) => [code, ...Object.values(params)].join(' ')),
  }
}

const slow = { timeout: 40_000 }

describe('a PDF', () => {
  test('broken inside one page gives the other pages', slow, async () => {
    const document = await PDFDocument.load(
      await pdf({ pages: [{ texts: block(['x'], 9, 9) }, { texts: block([RECORD], 9, 9) }] }),
    )
    document.getPage(0).node.set(PDFName.of('MediaBox'), PDFNumber.of(3))
    document.getPage(0).node.set(PDFName.of('Type'), PDFName.of('Nonsense'))
    document.getPage(0).node.delete(PDFName.of('Contents'))
    const { records } = await read(await document.save({ useObjectStreams: false }))
    expect(records).toBe(1)
  })

  test('whose pages refer to each other in a circle gives its row', slow, async () => {
    const { rows, seconds, codes } = await read(
      raw([
        '<</Type /Catalog /Pages 2 0 R>>',
        '<</Type /Pages /Kids [3 0 R] /Count 1>>',
        '<</Type /Pages /Kids [2 0 R] /Count 1 /Parent 2 0 R>>',
      ]),
    )
    expect(rows).toEqual(['a.pdf'])
    expect(codes).toEqual(['IN-PDF-PAGE 1', 'IN-UNKNOWN'])
    expect(seconds).toBeLessThan(6)
  })

  test('with a page tree ten thousand levels deep gives its row', slow, async () => {
    const levels = Array.from(
      { length: 10_000 },
      (_, index) => `<</Type /Pages /Kids [${index + 3} 0 R] /Count 1>>`,
    )
    const { rows, codes } = await read(
      raw(['<</Type /Catalog /Pages 2 0 R>>', ...levels, '<</Type /Page /MediaBox [0 0 9 9]>>']),
    )
    expect(rows).toEqual(['a.pdf'])
    expect(codes.length).toBeGreaterThan(0)
  })

  test('with ten thousand attachments gives the first of them', slow, async () => {
    const files = Array.from({ length: 10_000 }, (_, index) => index)
    const names = files.map((index) => `(${String(index).padStart(5, '0')}) ${index + 4} 0 R`)
    const specs = files.map((index) => `<</Type /Filespec /F (a${index}) /EF <</F 10004 0 R>>>>`)
    const content = raw([
      `<</Type /Catalog /Pages 2 0 R /Names <</EmbeddedFiles <</Names [${names.join(' ')}]>>>>>>`,
      '<</Type /Pages /Kids [3 0 R] /Count 1>>',
      '<</Type /Page /MediaBox [0 0 9 9] /Parent 2 0 R>>',
      ...specs,
      stream('/Type /EmbeddedFile', bytesOf(XML)),
    ])
    const { rows, codes, records } = await read(content)
    expect(rows).toEqual(['a.pdf', 'a.pdf › a0'])
    expect(records).toBe(1)
    expect(codes).toContain('IN-TOOBIG limit.attachments')
  })

  test.each([
    ['page', '/Contents 4 0 R', ''],
    ['attachment', '', ' /Names <</EmbeddedFiles <</Names [(a) <</F (a) /EF <</F 4 0 R>>>>]>>>>'],
  ])('with a bomb in a %s is ended, and nobody else is harmed', slow, async (_, page, names) => {
    const once = deflateSync(Buffer.alloc(512 * 1024 * 1024), { level: 9 })
    const bomb = deflateSync(once, { level: 9 })
    const content = raw([
      `<</Type /Catalog /Pages 2 0 R${names}>>`,
      '<</Type /Pages /Kids [3 0 R] /Count 1>>',
      `<</Type /Page /MediaBox [0 0 9 9] /Parent 2 0 R ${page}>>`,
      stream('/Filter [/FlateDecode /FlateDecode]', bomb),
    ])
    const [{ codes }, other] = await Promise.all([
      read(content),
      read(await pdf({ attachments: { XML } })),
    ])
    expect(codes).toEqual([expect.stringMatching(/^IN-(?:MEMORY|TIMEOUT|TOOBIG)/)])
    expect(other.records).toBe(1)
  })

  test('with a picture of a billion pixels leaves it out', slow, async () => {
    const picture = stream(
      '/Type /XObject /Subtype /Image /Width 40000 /Height 40000 /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode',
      deflateSync(Buffer.alloc(1000)),
    )
    const { codes, seconds } = await read(
      raw([
        '<</Type /Catalog /Pages 2 0 R>>',
        '<</Type /Pages /Kids [3 0 R] /Count 1>>',
        '<</Type /Page /MediaBox [0 0 99 99] /Parent 2 0 R /Contents 4 0 R /Resources <</XObject <</I 5 0 R>>>>>>',
        stream('', bytesOf('99 0 0 99 0 0 cm /I Do')),
        picture,
      ]),
    )
    expect(codes).toEqual(['IN-UNKNOWN'])
    expect(seconds).toBeLessThan(6)
  })

  test.each([
    ['without it', undefined, ['IN-ENCRYPTED'], 0],
    ['with another one', ['guess'], ['IN-ENCRYPTED'], 0],
    ['with it', ['geheim'], ['IN-MEMBERS 1'], 1],
    ['with it behind others', ['guess', '', 'geheim'], ['IN-MEMBERS 1'], 1],
  ])('protected with a password is opened %s only', slow, async (_, passwords, codes, records) => {
    const found = await read(encryptedPdf('geheim', XML), passwords)
    expect(found).toMatchObject({ codes, records })
  })
})

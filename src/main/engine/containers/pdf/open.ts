/**
 * PDF documents: the files in them, the text of their pages, links, and codes in pictures and drawings.
 *
 * Every place where a record may stand is looked at and told: of a document that shows one thing and
 * carries another, both are listed. Files are members; what stands on pages is the document's own.
 * Source: ISO 32000-2, 7.11 and 12.5; PDF/A-3 (ISO 19005-3), 6.8.
 *
 * @module
 */
import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { type LooseFinding, looseFinding } from '../../../../shared/model/finding.ts'
import type { Origin } from '../../../../shared/model/record.ts'
import { utf8Bytes } from '../../codec/text.ts'
import type { CarriedFile, Opened, SignedRecord } from '../../types.ts'
import { memberTaker } from '../archives/members.ts'
import { openZip, zipEnd } from '../archives/zip.ts'
import { type CarrierTools, addAll, nothing } from '../container.ts'
import { brokenRecords, recordOverPages } from '../broken-records.ts'
import { openCodes } from '../image/code-texts.ts'
import { type Code, prepareCodes, readCodes } from '../image/codes.ts'
import { brokenKeys } from './broken-keys.ts'
import { hiddenFiles, revisions } from './hidden-files.ts'
import { type Pdfjs, loadPdfjs, openDocument } from './library.ts'
import { drawPage } from './page-drawing.ts'
import { type TextItem, pageText } from './page-text.ts'

const MOST_PAGES = 200
const MOST_FILES = 64
/** Pages that are drawn, and pixels of all pictures that are looked at. */
const MOST_DRAWN = 20
const MOST_PIXELS = 100_000_000
/** The last page that is looked at for pictures. */
const MOST_LOOKED_AT = 60
/** Pairs of pages at whose break a record is looked for. */
const MOST_BREAKS = 10
/** Pieces of text of one page. */
const MOST_ITEMS = 20_000

export async function openPdf(file: CarriedFile, tools: CarrierTools): Promise<Opened> {
  const opened = nothing()
  const pdfjs = await loadPdfjs()
  const document = await openDocument(pdfjs, file.bytes, file.passwords, tools)
  if (document instanceof Error) {
    opened.findings.push(
      document.name === 'PasswordException'
        ? looseFinding('IN-ENCRYPTED', {})
        : looseFinding('IN-PDF', {}),
    )
  } else {
    try {
      await new Reader({ pdfjs, document, file, opened, tools }).read()
    } finally {
      await document.loadingTask.destroy()
    }
  }
  addPolyglot(file, opened, tools)
  return opened
}

/** A PDF may be an archive at the same time: then both are read, and it is said. */
function addPolyglot(file: CarriedFile, opened: Opened, tools: CarrierTools): void {
  if (zipEnd(file.bytes) === null) return
  const archive = openZip(file, tools)
  if (archive.members.length === 0) return
  opened.findings.push(looseFinding('IN-TWO-KINDS', {}))
  addAll(opened, archive)
}

interface Job {
  pdfjs: Pdfjs
  document: PDFDocumentProxy
  file: CarriedFile
  opened: Opened
  tools: CarrierTools
}

class Reader {
  private readonly job: Job
  private pixels = MOST_PIXELS
  private drawings = MOST_DRAWN
  private breaks = MOST_BREAKS
  private before: { number: number; orders: string[][]; fragment: SignedRecord } | null = null

  constructor(job: Job) {
    this.job = job
  }

  async read(): Promise<void> {
    const { document, file, opened } = this.job
    const annotated = await this.readPages()
    await this.readFiles(annotated)
    const count = revisions(file.bytes)
    if (count > 1) {
      opened.findings.push(looseFinding('IN-REVISIONS', { count: String(count) }))
    }
    if (document.numPages > MOST_PAGES) {
      opened.findings.push(
        looseFinding('IN-TOOBIG', { limit: 'limit.pages' }, { severity: 'warning' }),
      )
    }
  }

  /** @returns files that are fastened to places of pages */
  private async readPages(): Promise<EmbeddedFile[]> {
    const { document } = this.job
    const files: EmbeddedFile[] = []
    const broken: number[] = []
    for (let number = 1; number <= Math.min(document.numPages, MOST_PAGES); number++) {
      try {
        const page = await document.getPage(number)
        await this.readText(page, number)
        files.push(...(await this.readAnnotations(page, number)))
        await this.readCodes(page, number)
        page.cleanup()
      } catch {
        broken.push(number)
      }
    }
    if (broken.length > 0) {
      const pages = broken.slice(0, 20).join(', ')
      this.job.opened.findings.push(looseFinding('IN-PDF-PAGE', { pages }))
    }
    return files
  }

  private place(number: number): Pick<CarriedFile, 'name' | 'origin' | 'passwords'> {
    const { name, origin, passwords } = this.job.file
    const step: Origin = { step: 'pdf', name: `page ${number}` }
    return { name: `${name} › page ${number}`, origin: [...origin, step], passwords }
  }

  private async readText(page: PDFPageProxy, number: number): Promise<void> {
    const { items } = await page.getTextContent()
    const text = pageText(items.flatMap(textOf).slice(0, MOST_ITEMS))
    if (text.rows.length === 0) return
    const { opened, tools } = this.job
    const place = this.place(number)
    const orders = [text.written, text.columns]
    const { records, findings, fragment } = brokenRecords(orders, place.origin)
    this.joinPages(number, orders)
    this.before = fragment === null ? null : { number, orders, fragment }
    opened.records.push(...records)
    opened.findings.push(...findings)
    // Of the lines as one reads them: keys, and what a bill says.
    const read = tools.plain({ ...place, bytes: utf8Bytes(text.rows.join('\n')) })
    const { keys, claims } = read
    opened.findings.push(...read.findings.filter(isOfBill))
    opened.keys.push(...keys, ...brokenKeys(text.columns, place.name, keys))
    opened.claims.push(...claims)
  }

  /** A record that ran over the end of the page before takes the place of its beginning there. */
  private joinPages(number: number, orders: readonly string[][]): void {
    const { before } = this
    const { opened, file } = this.job
    if (before?.number !== number - 1 || this.breaks === 0) return
    this.breaks--
    const step: Origin = { step: 'pdf', name: `page ${before.number}–${number}` }
    const record = recordOverPages(before.orders, orders, [...file.origin, step])
    const at = opened.records.indexOf(before.fragment)
    if (record !== null && at >= 0) opened.records[at] = record
  }

  private async readAnnotations(page: PDFPageProxy, number: number): Promise<EmbeddedFile[]> {
    const { opened, tools } = this.job
    const files: EmbeddedFile[] = []
    for (const annotation of await page.getAnnotations()) {
      const { fileId, file, unsafeUrl, contents } = annotation as Annotation
      if (fileId !== undefined) {
        files.push({ id: fileId, name: file?.filename ?? `page ${number}` })
      }
      for (const carried of [unsafeUrl, contents]) {
        if (carried === undefined || carried.length < SHORTEST) continue
        const inside = tools.inside({ ...this.place(number), bytes: utf8Bytes(carried) })
        addAll(opened, { ...inside, findings: [] })
      }
    }
    return files
  }

  private async readFiles(annotated: readonly EmbeddedFile[]): Promise<void> {
    const { document, file, opened, tools } = this.job
    const listed = ((await document.getAttachments()) ?? new Map()) as Map<string, Listed>
    const named = [...listed].map(([id, { filename }]) => ({ id, name: filename ?? id }))
    const taker = memberTaker(file, 'pdf', opened, tools)
    const known: Uint8Array[] = []
    for (const { id, name } of [...named, ...annotated].slice(0, MOST_FILES)) {
      if (!taker.mayTake()) return
      const content = await document.getAttachmentContent(id)
      if (content === null || known.some((other) => sameBytes(other, content))) continue
      known.push(content)
      tools.budget.bytes -= content.length
      taker.take(name, { bytes: content, stopped: null })
    }
    if (named.length + annotated.length > MOST_FILES) {
      opened.findings.push(looseFinding('IN-TOOBIG', { limit: 'limit.attachments' }))
    }
    for (const [index, bytes] of hiddenFiles(file.bytes, known, tools).entries()) {
      if (!taker.mayTake()) return
      const why = looseFinding('IN-UNLISTED', {})
      taker.take(`not listed ${index + 1}`, { bytes, stopped: null }, why)
    }
  }

  private async readCodes(page: PDFPageProxy, number: number): Promise<void> {
    if (this.drawings === 0 || number > MOST_LOOKED_AT) return
    const { opened, tools, pdfjs } = this.job
    const { pictures, drawn } = await drawPage(page, pdfjs)
    const seen = [...pictures, ...(drawn === null ? [] : [drawn])]
    if (seen.length === 0) return
    this.drawings--
    await prepareCodes(() => tools.asset('zxing_reader.wasm'))
    const codes: Code[] = []
    for (const picture of seen) {
      this.pixels -= picture.width * picture.height
      if (this.pixels < 0) {
        this.drawings = 0
        break
      }
      for (const code of await readCodes(picture, picture === drawn)) {
        if (!codes.some(({ bytes }) => sameBytes(bytes, code.bytes))) codes.push(code)
      }
    }
    openCodes(codes, this.place(number), tools, opened)
  }
}

interface EmbeddedFile {
  id: string
  name: string
}

interface Listed {
  filename?: string
}

interface Annotation {
  fileId?: string
  file?: { filename?: string }
  unsafeUrl?: string
  contents?: string
}

/** What is to be said of a text that is no file of its own. */
function isOfBill({ code }: LooseFinding): boolean {
  return !code.startsWith('IN-')
}

/** A shorter text can be neither a record nor a key. */
const SHORTEST = 32

function textOf(item: object): TextItem[] {
  return 'str' in item ? [item as TextItem] : []
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at])
}

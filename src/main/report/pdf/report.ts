/**
 * The report of a check as PDF/A-3: readable by a driver and a court, searchable, and holding all
 * that is needed to check it again. The same input gives the same bytes.
 *
 * The printed page proves nothing; whoever doubts it takes the originals out of the report and
 * checks them again. Source: product requirements D.9, E.2.
 *
 * @module
 */
import { createHash } from 'node:crypto'
import { PDFDocument, PDFName, type PDFRef } from 'pdf-lib'
import { showTime } from '../../../shared/display.ts'
import type { Language } from '../../../shared/i18n/index.ts'
import { headline } from '../../../shared/i18n/verdict.ts'
import type { Session } from '../../../shared/model/session.ts'
import { type Attachment, attachFiles } from './attachments.ts'
import { drawClosing } from './closing.ts'
import { COMPACT_HEIGHT, drawCompact } from './compact.ts'
import { type Contents, type ReportInput, RESULT_NAME, contentsOf } from './contents.ts'
import { Face } from './face.ts'
import {
  drawInputPage,
  drawNext,
  drawSessionPage,
  drawSummaryPage,
  drawVerdict,
  originOf,
} from './first-page.ts'
import { Flow, words } from './flow.ts'
import { loadFonts } from './fonts.ts'
import { drawFurniture } from './furniture.ts'
import { drawInvoice } from './invoice.ts'
import type { Faces } from './lines.ts'
import { writeMetadata } from './metadata.ts'
import { writeOutline } from './outline.ts'
import { drawHeading, voice } from './pieces.ts'
import { type Budget, drawSessionDetails, fullBudget } from './session-details.ts'
import { drawChecks, drawIdentities, drawReadings } from './session-tables.ts'
import { FONT_NAMES } from './sheet.ts'
import { writeStructure } from './structure.ts'
import { PAGE, STYLE } from './style.ts'

export type { ReportInput } from './contents.ts'
export { ORIGINALS_LIMIT } from './contents.ts'

/**
 * @param tell is told how many hundredths are done
 * @returns the bytes of a PDF document
 */
export async function pdfReport(
  input: ReportInput,
  tell: (done: number, total: number) => void = () => {},
): Promise<Uint8Array> {
  const contents = contentsOf(input)
  const { sessions, languages } = contents
  const drawn = counter(STAGES.drawn, sessions.length * languages.length, tell)
  const files = loadFonts()
  const faces: Faces = {
    regular: new Face(files.regular),
    semibold: new Face(files.semibold),
    mono: new Face(files.mono),
  }
  const flow = new Flow(faces)
  const firstPages = contents.languages.map((language, index) => {
    if (index > 0) flow.newPage()
    const first = flow.page()
    drawInLanguage(flow, contents, language, drawn)
    return { first, language }
  })
  flow.finish()
  drawFurniture(flow, contents, (sheet) => {
    const at = firstPages.findLast(({ first }) => first <= sheet + 1)
    return at?.language ?? 'de'
  })
  return write(flow, contents, counter(STAGES.packed, flow.sheets.length, tell))
}

/** Hundredths up to which a stage goes, as measured with a thousand sessions; the rest is saving. */
const STAGES = { drawn: [5, 40], packed: [40, 65] } as const

/** @returns counts one of `count`, and tells when a hundredth more is done */
function counter(
  [from, to]: readonly [number, number],
  count: number,
  tell: (done: number, total: number) => void,
): () => void {
  let done = 0
  let told = from
  tell(from, 100)
  return () => {
    const hundredths = from + Math.floor(((to - from) * ++done) / count)
    if (hundredths > told) tell((told = hundredths), 100)
  }
}

function drawInLanguage(
  flow: Flow,
  contents: Contents,
  language: Language,
  drawn: () => void,
): void {
  const draw = () =>
    flow.within('Part', () => drawReport(flow, contents, language, drawn), { lang: language })
  // One language needs no level of its own.
  if (contents.languages.length === 1) draw()
  else flow.bookmark(voice(language)('report.language'), draw)
}

function drawReport(flow: Flow, contents: Contents, language: Language, drawn: () => void): void {
  const { sessions, loneInputs, full } = contents
  const t = voice(language)
  const [session] = sessions
  const [input] = loneInputs
  const budget = fullBudget()
  const first = flow.page()
  if (sessions.length === 1 && loneInputs.length === 0 && session !== undefined) {
    flow.bookmark(t('report.result'))
    flow.within('Sect', () => drawSessionPage(flow, contents, session, language))
    // A first page that goes on leaves room for what follows.
    if (flow.page() === first) flow.newPage()
    flow.bookmark(t('report.details'))
    flow.within('Sect', () => {
      drawHeading(flow, 'H2', t('report.details'))
      drawSessionDetails(flow, session, language, budget)
    })
  } else if (sessions.length === 0 && loneInputs.length === 1 && input !== undefined) {
    flow.bookmark(t('report.result'))
    flow.within('Sect', () => drawInputPage(flow, contents, input, language))
  } else {
    const pages = new Map<string, number>()
    flow.bookmark(t('summary.title'))
    flow.within('Sect', () => drawSummaryPage(flow, contents, language, (id) => pages.get(id)))
    if (sessions.length > 0) {
      flow.newPage()
      flow.bookmark(t('report.sessions'), () => {
        for (const [index, each] of sessions.entries()) {
          const draw = full ? drawFull : drawShort
          flow.within('Sect', () => draw(flow, each, index + 1, language, pages, budget))
          drawn()
        }
      })
    }
  }
  flow.newPage()
  flow.bookmark(t('report.about'))
  flow.within('Sect', () => drawClosing(flow, contents, language))
}

function drawFull(
  flow: Flow,
  session: Session,
  number: number,
  language: Language,
  pages: Map<string, number>,
  budget: Budget,
): void {
  const t = voice(language)
  if (number > 1) flow.newPage()
  pages.set(session.id, flow.page())
  flow.bookmark(titleOf(session, number, language))
  drawHeading(flow, 'H2', t('report.session', { number: String(number) }))
  flow.put('P', words(originOf(session), STYLE.smallMuted))
  flow.gap(6)
  drawVerdict(flow, session, language)
  drawNext(flow, session, language)
  drawHeading(flow, 'H3', t('report.checks'))
  drawChecks(flow, session, language)
  drawHeading(flow, 'H3', t('label.readings'))
  drawReadings(flow, session, language)
  drawHeading(flow, 'H3', t('report.identities'))
  drawIdentities(flow, session, language)
  drawInvoice(flow, session, language)
  drawSessionDetails(flow, session, language, budget)
}

function drawShort(
  flow: Flow,
  session: Session,
  number: number,
  language: Language,
  pages: Map<string, number>,
): void {
  flow.gap(14)
  flow.need(COMPACT_HEIGHT)
  pages.set(session.id, flow.page())
  flow.bookmark(titleOf(session, number, language))
  drawCompact(flow, session, number, language)
}

/** Bookmarks name no data of a record but its time. */
function titleOf({ begin, end, verdict }: Session, number: number, language: Language): string {
  const time = (begin ?? end)?.time
  const when = time == null || time.epochMs === null ? '' : `${showTime(language, time)} · `
  return `${number} · ${when}${headline(language, verdict.state)}`
}

async function write(flow: Flow, contents: Contents, packed: () => void): Promise<Uint8Array> {
  const document = await PDFDocument.create({ updateMetadata: false })
  const { context, catalog } = document
  const fonts = context.register(
    context.obj({
      [FONT_NAMES.regular]: await flow.faces.regular.embed(context),
      [FONT_NAMES.semibold]: await flow.faces.semibold.embed(context),
      [FONT_NAMES.mono]: await flow.faces.mono.embed(context),
    }),
  )
  const tree = catalog.get(PDFName.of('Pages')) as PDFRef
  const pages = flow.sheets.map((sheet) => {
    packed()
    return context.register(
      context.obj({
        Type: 'Page',
        Parent: tree,
        MediaBox: [0, 0, PAGE.width, PAGE.height],
        Resources: { Font: fonts },
        Contents: context.register(context.flateStream(sheet.content())),
        StructParents: sheet.index,
        Tabs: 'S',
      }),
    )
  })
  context.assign(tree, context.obj({ Type: 'Pages', Kids: pages, Count: pages.length }))
  catalog.set(
    PDFName.of('StructTreeRoot'),
    writeStructure(context, flow.document, flow.sheets, pages),
  )
  catalog.set(PDFName.of('Outlines'), writeOutline(context, flow.bookmarks, pages))
  const [language = 'de'] = contents.languages
  const t = voice(language)
  const { epochMs } = contents.checkedAt
  attachFiles(document, attachmentsOf(contents, language), epochMs)
  writeMetadata(document, {
    title: `Eichlicht · ${t('report.title')}`,
    subject: t('report.subject'),
    language,
    epochMs,
    creator: `Eichlicht ${contents.software.version}`,
    id: identifierOf(contents),
  })
  return document.save({
    addDefaultPage: false,
    objectsPerTick: Infinity,
    updateFieldAppearances: false,
  })
}

function attachmentsOf(contents: Contents, language: Language): Attachment[] {
  const t = voice(language)
  const originals = [...contents.attached.values()].map(({ name, bytes, sha256 }): Attachment => ({
    name,
    bytes,
    description: t('report.attachment.original', { sha256 }),
    type: 'application/octet-stream',
    relationship: 'Source',
  }))
  return [
    ...originals,
    {
      name: RESULT_NAME,
      bytes: contents.resultJson,
      description: t('report.attachment.result', { sha256: contents.resultSha256 }),
      type: 'application/json',
      relationship: 'Data',
    },
  ]
}

/** The same report has the same identifier; any other has another one. */
function identifierOf({
  resultSha256,
  checkedAt,
  languages,
  attached,
  integrity,
}: Contents): string {
  return createHash('sha256')
    .update([resultSha256, checkedAt.text, integrity, ...languages, ...attached.keys()].join('\n'))
    .digest('hex')
    .slice(0, 32)
}

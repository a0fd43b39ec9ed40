/**
 * What a document says about itself: title, language, dates, identifier, colours, conformance to
 * PDF/A-3b. Everything comes from what is reported, nothing from the clock or from chance.
 *
 * Source: ISO 32000-1, 14.3, 14.4 and 14.11.5; ISO 19005-3, 6.2.3 and 6.6; ICC.1:2001-04.
 *
 * @module
 */
import { type PDFDocument, PDFHexString, PDFName, PDFString } from 'pdf-lib'

export interface Metadata {
  title: string
  subject: string
  /** BCP 47 of the first language. */
  language: string
  /** Milliseconds since 1970; null leaves the dates out. */
  epochMs: number | null
  creator: string
  /** 32 hexadecimal digits, the same for the same report. */
  id: string
}

const PRODUCER = 'pdf-lib 1.17.1'

export function writeMetadata(document: PDFDocument, metadata: Metadata): void {
  const { context, catalog } = document
  const { title, subject, language, epochMs, creator, id } = metadata
  const date = epochMs === null ? null : PDFString.of(pdfDate(epochMs))
  const text = (words: string) => PDFHexString.fromText(words)
  context.trailerInfo.Info = context.register(
    context.obj({
      Title: text(title),
      Subject: text(subject),
      Creator: text(creator),
      Producer: text(PRODUCER),
      ...(date === null ? {} : { CreationDate: date, ModDate: date }),
    }),
  )
  context.trailerInfo.ID = context.obj([PDFHexString.of(id), PDFHexString.of(id)])
  const xmp = context.stream(new TextEncoder().encode(packet(metadata)), {
    Type: 'Metadata',
    Subtype: 'XML',
  })
  const profile = context.register(context.flateStream(rgbProfile(), { N: 3 }))
  catalog.set(PDFName.of('Lang'), text(language))
  catalog.set(PDFName.of('Metadata'), context.register(xmp))
  catalog.set(PDFName.of('ViewerPreferences'), context.obj({ DisplayDocTitle: true }))
  catalog.set(PDFName.of('MarkInfo'), context.obj({ Marked: true }))
  catalog.set(
    PDFName.of('OutputIntents'),
    context.obj([
      {
        Type: 'OutputIntent',
        S: 'GTS_PDFA1',
        OutputConditionIdentifier: PDFString.of('sRGB'),
        Info: PDFString.of('sRGB'),
        DestOutputProfile: profile,
      },
    ]),
  )
}

/** `D:20260824132204Z` */
export function pdfDate(epochMs: number): string {
  return `D:${isoDate(epochMs).replace(/[-T:]/g, '')}`
}

function isoDate(epochMs: number): string {
  return `${new Date(epochMs).toISOString().slice(0, 19)}Z`
}

/** The same once more, as XMP. */
function packet({ title, subject, language, epochMs, creator }: Metadata): string {
  const date = epochMs === null ? null : isoDate(epochMs)
  const dates =
    date === null
      ? ''
      : `<xmp:CreateDate>${date}</xmp:CreateDate><xmp:ModifyDate>${date}</xmp:ModifyDate>`
  const localised = (words: string) =>
    `<rdf:Alt><rdf:li xml:lang="x-default">${xml(words)}</rdf:li></rdf:Alt>`
  return [
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>',
    '<x:xmpmeta xmlns:x="adobe:ns:meta/">',
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">',
    '<rdf:Description rdf:about=""',
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"',
    ' xmlns:xmp="http://ns.adobe.com/xap/1.0/"',
    ' xmlns:pdf="http://ns.adobe.com/pdf/1.3/"',
    ' xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">',
    '<pdfaid:part>3</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>',
    `<dc:title>${localised(title)}</dc:title>`,
    `<dc:description>${localised(subject)}</dc:description>`,
    `<dc:language><rdf:Bag><rdf:li>${xml(language)}</rdf:li></rdf:Bag></dc:language>`,
    `<xmp:CreatorTool>${xml(creator)}</xmp:CreatorTool>${dates}`,
    `<pdf:Producer>${xml(PRODUCER)}</pdf:Producer>`,
    '</rdf:Description></rdf:RDF></x:xmpmeta>',
    '<?xpacket end="r"?>',
  ].join('\n')
}

function xml(words: string): string {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** Colours of the report mean sRGB: primaries of IEC 61966-2-1 adapted to D50, gamma 2.2. */
function rgbProfile(): Uint8Array {
  const tags: [string, Uint8Array][] = [
    ['desc', description('sRGB')],
    ['cprt', Buffer.concat([Buffer.from('text\0\0\0\0CC0\0')])],
    ['wtpt', xyz(0.9505, 1, 1.0891)],
    ['rXYZ', xyz(0.4361, 0.2225, 0.0139)],
    ['gXYZ', xyz(0.3851, 0.7169, 0.0971)],
    ['bXYZ', xyz(0.1431, 0.0606, 0.7141)],
    ['rTRC', GAMMA],
    ['gTRC', GAMMA],
    ['bTRC', GAMMA],
  ]
  const table = Buffer.alloc(4 + 12 * tags.length)
  table.writeUInt32BE(tags.length)
  const parts: Uint8Array[] = []
  let offset = HEADER_BYTES + table.length
  for (const [index, [name, bytes]] of tags.entries()) {
    const padded = Buffer.alloc(Math.ceil(bytes.length / 4) * 4)
    padded.set(bytes)
    table.write(name, 4 + 12 * index, 'latin1')
    table.writeUInt32BE(offset, 8 + 12 * index)
    table.writeUInt32BE(bytes.length, 12 + 12 * index)
    parts.push(padded)
    offset += padded.length
  }
  const header = Buffer.alloc(HEADER_BYTES)
  header.writeUInt32BE(offset)
  header.writeUInt32BE(0x02100000, 8)
  header.write('mntrRGB XYZ ', 12, 'latin1')
  header.writeUInt16BE(2026, 24)
  header.writeUInt16BE(1, 26)
  header.writeUInt16BE(1, 28)
  header.write('acsp', 36, 'latin1')
  header.set(xyz(0.9642, 1, 0.8249).subarray(8), 68)
  return new Uint8Array(Buffer.concat([header, table, ...parts]))
}

const HEADER_BYTES = 128
const GAMMA = Buffer.from([...Buffer.from('curv'), 0, 0, 0, 0, 0, 0, 0, 1, 0x02, 0x33])

function xyz(...values: [number, number, number]): Buffer {
  const bytes = Buffer.alloc(20)
  bytes.write('XYZ ', 'latin1')
  for (const [index, value] of values.entries()) {
    bytes.writeInt32BE(Math.round(value * 65536), 8 + 4 * index)
  }
  return bytes
}

function description(name: string): Buffer {
  const bytes = Buffer.alloc(12 + name.length + 1 + 8 + 3 + 67)
  bytes.write('desc', 'latin1')
  bytes.writeUInt32BE(name.length + 1, 8)
  bytes.write(name, 12, 'latin1')
  return bytes
}

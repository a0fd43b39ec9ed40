/**
 * Files inside the report, byte for byte: the originals and the result. Names and descriptions
 * are written as hexadecimal text strings, so that nothing of them can be read as PDF.
 *
 * Source: ISO 32000-1, 7.11.4; ISO 19005-3, 6.8.
 *
 * @module
 */
import { type PDFDocument, PDFHexString, PDFName, type PDFRef, PDFString } from 'pdf-lib'
import { pdfDate } from './metadata.ts'

export interface Attachment {
  name: string
  bytes: Uint8Array
  description: string
  type: string
  /** What the file is to the report. */
  relationship: 'Source' | 'Data'
}

export function attachFiles(
  document: PDFDocument,
  attachments: readonly Attachment[],
  epochMs: number | null,
): void {
  const { context, catalog } = document
  const named = attachments
    .map((attachment) => ({
      key: PDFHexString.fromText(attachment.name),
      ref: writeFile(document, attachment, epochMs),
    }))
    // A name tree is sorted by the bytes of its keys.
    .toSorted((a, b) => (a.key.asString() < b.key.asString() ? -1 : 1))
  const names = context.obj({ Names: named.flatMap(({ key, ref }) => [key, ref]) })
  catalog.set(PDFName.of('Names'), context.obj({ EmbeddedFiles: context.register(names) }))
  catalog.set(PDFName.of('AF'), context.obj(named.map(({ ref }) => ref)))
  catalog.set(PDFName.of('PageMode'), PDFName.of('UseNone'))
}

function writeFile(
  { context }: PDFDocument,
  { name, bytes, description, type, relationship }: Attachment,
  epochMs: number | null,
): PDFRef {
  const stream = context.flateStream(bytes, {
    Type: 'EmbeddedFile',
    Subtype: PDFName.of(type),
    Params: {
      Size: bytes.length,
      ...(epochMs === null ? {} : { ModDate: PDFString.of(pdfDate(epochMs)) }),
    },
  })
  const file = context.register(stream)
  return context.register(
    context.obj({
      Type: 'Filespec',
      F: PDFHexString.fromText(name),
      UF: PDFHexString.fromText(name),
      Desc: PDFHexString.fromText(description),
      AFRelationship: relationship,
      EF: { F: file, UF: file },
    }),
  )
}

/**
 * Writes PDF documents for tests and samples.
 *
 * @module
 */
import { createHash } from 'node:crypto'
import { AFRelationship, PDFDocument, PDFName, PDFString, StandardFonts, rgb } from 'pdf-lib'
import { type Content, bytesOf } from './archives.ts'
import type { Modules } from './pictures.ts'

export interface PdfPage {
  /** Lines at places, in points from the upper left corner. */
  texts?: { x: number; y: number; size?: number; text: string; white?: boolean }[]
  /** A code drawn with squares. */
  drawn?: { code: Modules; x: number; y: number; side: number }
  /** A picture in PNG. */
  picture?: { png: Uint8Array; x: number; y: number; side: number }
  link?: string
}

export interface PdfFile {
  pages?: readonly PdfPage[]
  attachments?: Record<string, Content>
}

const DATE = new Date(Date.UTC(2025, 0, 1))
const [WIDTH, HEIGHT] = [595, 842]

export async function pdf({ pages = [{}], attachments = {} }: PdfFile): Promise<Uint8Array> {
  const document = await PDFDocument.create()
  document.setCreationDate(DATE)
  document.setModificationDate(DATE)
  document.setProducer('test')
  const font = await document.embedFont(StandardFonts.Courier)
  for (const { texts = [], drawn, picture, link } of pages) {
    const page = document.addPage([WIDTH, HEIGHT])
    for (const { x, y, size = 8, text, white = false } of texts) {
      const color = white ? rgb(1, 1, 1) : rgb(0, 0, 0)
      page.drawText(text, { x, y: HEIGHT - y, size, font, color })
    }
    if (drawn !== undefined) {
      const step = drawn.side / drawn.code.size
      for (let row = 0; row < drawn.code.size; row++) {
        for (let column = 0; column < drawn.code.size; column++) {
          if (!drawn.code.dark(column, row)) continue
          const at = { x: drawn.x + column * step, y: HEIGHT - drawn.y - (row + 1) * step }
          page.drawRectangle({ ...at, width: step, height: step })
        }
      }
    }
    if (picture !== undefined) {
      const image = await document.embedPng(picture.png)
      const { x, y, side } = picture
      page.drawImage(image, { x, y: HEIGHT - y - side, width: side, height: side })
    }
    if (link !== undefined) {
      const annotation = document.context.obj({
        Type: 'Annot',
        Subtype: 'Link',
        Rect: [10, 10, 100, 30],
        A: { Type: 'Action', S: 'URI', URI: PDFString.of(link) },
      })
      page.node.set(
        PDFName.of('Annots'),
        document.context.obj([document.context.register(annotation)]),
      )
    }
  }
  for (const [name, content] of Object.entries(attachments)) {
    await document.attach(bytesOf(content), name, {
      mimeType: 'application/octet-stream',
      creationDate: DATE,
      modificationDate: DATE,
      afRelationship: AFRelationship.Data,
    })
  }
  return document.save({ useObjectStreams: false })
}

/** Lines of at most `width` characters, as a layout breaks a long word. */
export function broken(text: string, width: number): string[] {
  const lines: string[] = []
  for (let at = 0; at < text.length; at += width) lines.push(text.slice(at, at + width))
  return lines
}

/** Text lines below each other. */
export function block(
  lines: readonly string[],
  x: number,
  y: number,
): NonNullable<PdfPage['texts']> {
  return lines.map((text, index) => ({ x, y: y + index * 10, text }))
}

/** Objects numbered from 1; the first is the catalogue. */
export function raw(objects: readonly (string | Uint8Array)[], trailer = ''): Uint8Array {
  const parts: Uint8Array[] = [bytesOf('%PDF-1.7\n')]
  const offsets: number[] = []
  let at = 9
  for (const [index, object] of objects.entries()) {
    const whole = Buffer.concat([
      bytesOf(`${index + 1} 0 obj\n`),
      bytesOf(object),
      bytesOf('\nendobj\n'),
    ])
    offsets.push(at)
    at += whole.length
    parts.push(whole)
  }
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  parts.push(
    bytesOf(
      `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}trailer\n<</Size ${objects.length + 1} /Root 1 0 R${trailer}>>\nstartxref\n${at}\n%%EOF\n`,
    ),
  )
  return Buffer.concat(parts)
}

export function stream(dictionary: string, data: Uint8Array): Uint8Array {
  return Buffer.concat([
    bytesOf(`<<${dictionary} /Length ${data.length}>>\nstream\n`),
    data,
    bytesOf('\nendstream'),
  ])
}

/** Fills up passwords to 32 bytes (ISO 32000-1, algorithm 2). */
const PADDING = Buffer.from(
  '28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a',
  'hex',
)
const md5 = (...parts: Uint8Array[]) => createHash('md5').update(Buffer.concat(parts)).digest()

/**
 * A document with one attachment, encrypted with 40 bits: long broken, and still what some portals send.
 *
 * Source: ISO 32000-1, 7.6.3, algorithms 2 to 4.
 */
export function encryptedPdf(password: string, attachment: Content): Uint8Array {
  const padded = Buffer.concat([bytesOf(password), PADDING]).subarray(0, 32)
  const owner = rc4(md5(padded).subarray(0, 5), padded)
  const id = Buffer.alloc(16, 7)
  const rights = Buffer.from([0xfc, 0xff, 0xff, 0xff])
  const key = md5(padded, owner, rights, id).subarray(0, 5)
  const user = rc4(key, PADDING)
  const hex = (bytes: Uint8Array) => `<${Buffer.from(bytes).toString('hex')}>`
  const number = 4
  const own = md5(key, Uint8Array.of(number, 0, 0, 0, 0)).subarray(0, 10)
  return raw(
    [
      '<</Type /Catalog /Pages 2 0 R /Names <</EmbeddedFiles 6 0 R>>>>',
      '<</Type /Pages /Kids [3 0 R] /Count 1>>',
      '<</Type /Page /MediaBox [0 0 99 99] /Parent 2 0 R>>',
      stream('/Type /EmbeddedFile', rc4(own, bytesOf(attachment))),
      `<</Filter /Standard /V 1 /R 2 /P -4 /O ${hex(owner)} /U ${hex(user)}>>`,
      `<</Names [${hex(rc4(md5(key, Uint8Array.of(6, 0, 0, 0, 0)).subarray(0, 10), bytesOf('a')))} <</Type /Filespec /EF <</F 4 0 R>>>>]>>`,
    ],
    ` /Encrypt 5 0 R /ID [${hex(id)} ${hex(id)}]`,
  )
}

function rc4(key: Uint8Array, data: Uint8Array): Uint8Array {
  const state = Array.from({ length: 256 }, (_, index) => index)
  const swap = (a: number, b: number) => {
    const kept = state[a] ?? 0
    state[a] = state[b] ?? 0
    state[b] = kept
  }
  for (let i = 0, j = 0; i < 256; i++) {
    j = (j + (state[i] ?? 0) + (key[i % key.length] ?? 0)) & 255
    swap(i, j)
  }
  let [i, j] = [0, 0]
  return data.map((byte) => {
    i = (i + 1) & 255
    j = (j + (state[i] ?? 0)) & 255
    swap(i, j)
    return byte ^ (state[((state[i] ?? 0) + (state[j] ?? 0)) & 255] ?? 0)
  })
}

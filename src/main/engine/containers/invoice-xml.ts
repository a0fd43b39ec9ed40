/**
 * Electronic invoices: CII and UBL, alone or as taken out of a PDF by whoever opens that.
 *
 * The root element decides. Files that the invoice holds (BG-24) are inputs of their own.
 * Source: EN 16931-1, BG-24; formats documentation of bills, F.2.
 *
 * @module
 */
import { looseFinding } from '../../../shared/model/finding.ts'
import { fromBase64 } from '../codec/base64.ts'
import { SyntaxProblem } from '../codec/decode-error.ts'
import { DoctypeRefused } from '../codec/xml.ts'
import { readCii } from '../invoice/cii.ts'
import { contentOf } from '../invoice/structured.ts'
import { readUbl } from '../invoice/ubl.ts'
import { type XmlNode, readTree } from '../invoice/xml-tree.ts'
import { LIMITS } from '../limits.ts'
import type { CarriedFile, Opened } from '../types.ts'
import { type Container, type TextInput, nothing } from './container.ts'

const READERS = {
  CrossIndustryInvoice: readCii,
  CrossIndustryDocument: readCii,
  Invoice: readUbl,
  CreditNote: readUbl,
} as const

const ROOT =
  /^<(?:[\p{L}_][\p{L}\d_.-]*:)?(CrossIndustryInvoice|CrossIndustryDocument|Invoice|CreditNote)[\s>]/u

export const invoiceXml: Container = {
  detect: (text) => ROOT.test(text.slice(rootAt(text)).slice(0, 200)),
  open: (input) => {
    try {
      return opened(readTree(input.text), input)
    } catch (error) {
      if (error instanceof DoctypeRefused) return only(looseFinding('IN-DOCTYPE', {}))
      if (!(error instanceof SyntaxProblem)) throw error
      const { limit, offset } = error
      return only(
        limit === null
          ? looseFinding('IN-XML', { offset: String(offset) }, { offset })
          : looseFinding('IN-TOOBIG', { limit }),
      )
    }
  },
}

function only(finding: Opened['findings'][number]): Opened {
  return { ...nothing(), findings: [finding] }
}

/** @returns where the first element begins, behind declarations and comments of any length */
function rootAt(text: string): number {
  let at = text.search(/\S/)
  for (;;) {
    const end = text.startsWith('<!--', at) ? '-->' : text.startsWith('<?', at) ? '?>' : null
    if (end === null) return Math.max(0, at)
    const close = text.indexOf(end, at + 2)
    if (close < 0) return at
    at = close + end.length
    while (/\s/.test(text[at] ?? '')) at++
  }
}

function opened(root: XmlNode, { origin }: TextInput): Opened {
  const read = READERS[root.name as keyof typeof READERS]
  const { claims, findings } = contentOf(read(root, origin))
  return { ...nothing(), claims, findings, members: attachments(root, origin) }
}

function attachments(root: XmlNode, origin: CarriedFile['origin']): CarriedFile[] {
  const files: CarriedFile[] = []
  const around = origin.map(({ name }) => name).join(' › ')
  const visit = (node: XmlNode) => {
    if (/^(?:AttachmentBinaryObject|EmbeddedDocumentBinaryObject)$/.test(node.name)) {
      const bytes = fromBase64(node.text.replace(/\s+/g, ''))
      const name = node.attributes['filename'] ?? `attachment ${files.length + 1}`
      if (bytes !== null && bytes.length > 0 && files.length < LIMITS.members) {
        files.push({
          name: `${around} › ${name}`,
          bytes,
          origin: [...origin, { step: 'xml', name }],
        })
      }
    }
    for (const child of node.children) visit(child)
  }
  visit(root)
  return files
}

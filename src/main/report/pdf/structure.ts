/**
 * What a document says and in which order, for readers that do not see: parts, headings,
 * paragraphs, tables. Source: ISO 32000-1, 14.7 and 14.8.
 *
 * @module
 */
import { type PDFContext, PDFHexString, type PDFRef } from 'pdf-lib'
import type { Sheet } from './sheet.ts'

export type StructureType =
  | 'Document'
  | 'Part'
  | 'Sect'
  | 'H1'
  | 'H2'
  | 'H3'
  | 'P'
  | 'Table'
  | 'TR'
  | 'TH'
  | 'TD'

export interface StructureNode {
  type: StructureType
  /** BCP 47; where it differs from what stands around. */
  lang: string | null
  /** What a `TH` is the header of. */
  scope: 'Column' | 'Row' | null
  kids: (StructureNode | MarkedContent)[]
}

/** Content of a page, by its number there. */
export interface MarkedContent {
  sheet: number
  number: number
}

export function structureNode(
  type: StructureType,
  over: Partial<Pick<StructureNode, 'lang' | 'scope'>> = {},
): StructureNode {
  return { type, lang: null, scope: null, ...over, kids: [] }
}

/** @returns reference to the root of the tree */
export function writeStructure(
  context: PDFContext,
  document: StructureNode,
  sheets: readonly Sheet[],
  pages: readonly PDFRef[],
): PDFRef {
  const root = context.nextRef()
  const refs = new Map<StructureNode, PDFRef>()
  const top = writeNode(context, document, root, pages, refs)
  const parents = sheets.flatMap(({ owners, index }) => [
    index,
    context.register(context.obj(owners.flatMap((owner) => refs.get(owner) ?? []))),
  ])
  context.assign(
    root,
    context.obj({
      Type: 'StructTreeRoot',
      K: [top],
      ParentTree: context.register(context.obj({ Nums: parents })),
      ParentTreeNextKey: sheets.length,
    }),
  )
  return root
}

function writeNode(
  context: PDFContext,
  node: StructureNode,
  parent: PDFRef,
  pages: readonly PDFRef[],
  refs: Map<StructureNode, PDFRef>,
): PDFRef {
  const ref = context.nextRef()
  refs.set(node, ref)
  const first = node.kids.find((kid) => 'sheet' in kid)
  const home = first === undefined ? null : first.sheet
  const kids = node.kids
    .filter((kid) => 'sheet' in kid || hasContent(kid))
    .map((kid) => {
      if (!('sheet' in kid)) return writeNode(context, kid, ref, pages, refs)
      if (kid.sheet === home) return kid.number
      return { Type: 'MCR', Pg: pages[kid.sheet] ?? null, MCID: kid.number }
    })
  const page = home === null ? undefined : pages[home]
  const dict = context.obj({
    Type: 'StructElem',
    S: node.type,
    P: parent,
    K: context.obj(kids),
    ...(page === undefined ? {} : { Pg: page }),
    ...(node.lang === null ? {} : { Lang: PDFHexString.fromText(node.lang) }),
    ...(node.scope === null ? {} : { A: { O: 'Table', Scope: node.scope } }),
  })
  context.assign(ref, dict)
  return ref
}

function hasContent({ kids }: StructureNode): boolean {
  return kids.some((kid) => 'sheet' in kid || hasContent(kid))
}

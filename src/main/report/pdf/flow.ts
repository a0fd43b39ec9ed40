/**
 * The flow of a document over its pages: blocks follow each other down the page, what does not
 * fit goes to the next one.
 *
 * @module
 */
import { iconOperators, type IconName } from './icons.ts'
import { type Faces, type Line, type Span, breakLines } from './lines.ts'
import { Sheet, baselineOf } from './sheet.ts'
import { type StructureNode, type StructureType, structureNode } from './structure.ts'
import { AREA, type Color, type TextStyle, WIDTH } from './style.ts'

/** Text in one style, or in several. */
export type Text = string | readonly Span[]

/** The smallest part of a block that stays on one page. */
export interface Slice {
  height: number
  /** From its top to the line its letters stand on; cells of a row share that of their first line. */
  baseline?: number
  /** Puts its text on the page. */
  draw(sheet: Sheet, x: number, top: number): void
  /** Puts what is no text on the page: signs and frames. */
  decorate?: (sheet: Sheet, x: number, top: number) => void
}

/** Something that can be put into a column of any width. */
export type Block = (faces: Faces, width: number) => Slice[]

export interface Bookmark {
  title: string
  sheet: number
  top: number
  under: Bookmark[]
}

export class Flow {
  readonly faces: Faces
  readonly sheets: Sheet[] = []
  readonly document: StructureNode
  readonly bookmarks: Bookmark[] = []
  /** Drawn when all pages are known. */
  private readonly later: (() => void)[] = []
  private readonly path: StructureNode[]
  private readonly open: Bookmark[][] = [this.bookmarks]
  /** Where the next block begins. */
  top: number = AREA.bottom
  sheet: Sheet

  constructor(faces: Faces) {
    this.faces = faces
    this.document = structureNode('Document')
    this.path = [this.document]
    this.sheet = this.newPage()
  }

  newPage(): Sheet {
    this.sheet = new Sheet(this.sheets.length)
    this.sheets.push(this.sheet)
    this.top = AREA.top
    return this.sheet
  }

  /** Goes to the next page unless so much room is left on this one. */
  need(height: number): void {
    if (this.top + height > AREA.bottom + EPSILON && this.top > AREA.top) this.newPage()
  }

  room(): number {
    return AREA.bottom - this.top
  }

  /** Room between blocks; none at the top of a page. */
  gap(height: number): void {
    if (this.top > AREA.top) this.top += height
  }

  /** Structure of what `draw` puts into the document. */
  within(type: StructureType, draw: () => void, over: { lang?: string } = {}): void {
    this.path.push(this.node(type, over))
    draw()
    this.path.pop()
  }

  /** A new element of the structure, where the document has come to. */
  node(type: StructureType, over: { lang?: string; scope?: 'Column' | 'Row' } = {}): StructureNode {
    const node = structureNode(type, over)
    this.path.at(-1)?.kids.push(node)
    return node
  }

  /** Puts a block here, over as many pages as it takes. */
  put(type: StructureType, block: Block, x: number = AREA.left, width: number = WIDTH): void {
    const node = this.node(type)
    let waiting = block(this.faces, width)
    if (waiting.length <= KEPT_TOGETHER) this.need(heightOf(waiting))
    while (waiting.length > 0) {
      this.need(waiting[0]?.height ?? 0)
      const count = fitting(waiting, this.room())
      const here = waiting.slice(0, count)
      const { sheet } = this
      drawSlices(sheet, node, here, x, this.top)
      this.top += heightOf(here)
      waiting = waiting.slice(count)
      if (waiting.length > 0) this.newPage()
    }
  }

  /** An entry of the outline; entries of `draw` stand under it. */
  bookmark(title: string, draw: () => void = () => {}): void {
    const entry = { title, sheet: this.sheet.index, top: this.top, under: [] }
    this.open.at(-1)?.push(entry)
    this.open.push(entry.under)
    draw()
    this.open.pop()
  }

  /** Number of the page the document has come to, from 1. */
  page(): number {
    return this.sheets.length
  }

  /** Postpones what depends on pages that are not there yet. */
  postpone(draw: () => void): void {
    this.later.push(draw)
  }

  finish(): void {
    for (const draw of this.later) draw()
  }
}

/** Sums of heights are not exact. */
const EPSILON = 0.01
/** Paragraphs of so few lines are not broken. */
const KEPT_TOGETHER = 4

export function heightOf(slices: readonly Slice[]): number {
  return slices.reduce((total, { height }) => total + height, 0)
}

export function drawSlices(
  sheet: Sheet,
  node: StructureNode,
  slices: readonly Slice[],
  x: number,
  top: number,
): void {
  if (slices.some(({ decorate }) => decorate !== undefined)) {
    sheet.decorate(() => each(slices, top, (slice, at) => slice.decorate?.(sheet, x, at)))
  }
  sheet.mark(node, () => each(slices, top, (slice, at) => slice.draw(sheet, x, at)))
}

function each(
  slices: readonly Slice[],
  top: number,
  draw: (slice: Slice, top: number) => void,
): void {
  let at = top
  for (const slice of slices) {
    draw(slice, at)
    at += slice.height
  }
}

/** @returns how many slices fit; at least one, however small the room */
export function fitting(slices: readonly Slice[], room: number): number {
  let used = 0
  for (const [index, { height }] of slices.entries()) {
    used += height
    if (used > room + EPSILON) return Math.max(index, 1)
  }
  return slices.length
}

export function spansOf(text: Text, style: TextStyle): readonly Span[] {
  return typeof text === 'string' ? [{ text, style }] : text
}

/** Lines of text. */
export function words(text: Text, style: TextStyle, align: 'left' | 'right' = 'left'): Block {
  return (faces, width) =>
    breakLines(faces, spansOf(text, style), width).map((line) => ({
      height: line.leading,
      // An empty line stands wherever its neighbours do.
      ...(line.fragments.length === 0 ? {} : { baseline: baselineOf(line) }),
      draw: (sheet, x, top) =>
        sheet.text(line, align === 'right' ? x + width - line.width : x, top),
    }))
}

/** Blocks below each other. */
export function stack(...blocks: readonly Block[]): Block {
  return (faces, width) => blocks.flatMap((block) => block(faces, width))
}

export function space(height: number): Block {
  return () => [{ height, draw: () => {} }]
}

/** A sign, and a block to the right of it. */
export function withIcon(icon: IconName, color: Color, size: number, block: Block): Block {
  return (faces, width) => {
    const indent = size * 1.6
    return block(faces, width - indent).map((slice, index) => ({
      ...slice,
      draw: (sheet, x, top) => slice.draw(sheet, x + indent, top),
      decorate: (sheet, x, top) => {
        slice.decorate?.(sheet, x + indent, top)
        if (index > 0) return
        sheet.drawing(iconOperators(icon, color), x, top + (slice.height - size) / 2, size)
      },
    }))
  }
}

/** Text set as large as the width allows, never smaller than `least`. */
export function fitted(text: string, style: TextStyle, least: number): Block {
  return (faces, width) => {
    const natural = lineWidth(breakLines(faces, [{ text, style }], Infinity))
    const size = Math.max(least, Math.min(style.size, (style.size * width) / natural))
    const leading = (style.leading * size) / style.size
    return words(text, { ...style, size, leading })(faces, width)
  }
}

function lineWidth([line]: readonly Line[]): number {
  return line?.width ?? 0
}

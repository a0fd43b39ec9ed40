/**
 * The text of a page from the pieces that a PDF places on it.
 *
 * Pieces are put together in three orders: as the document writes them, line by line over the whole
 * width, and column by column. Records broken over lines are found in the first or the last, a bill is
 * read in the second.
 *
 * @module
 */

/** A piece as PDF.js gives it: text, its matrix in the page and its width there. */
export interface TextItem {
  str: string
  transform: readonly number[]
  width: number
  height: number
  hasEOL: boolean
}

export interface PageText {
  /** Lines in the order of the document. */
  written: string[]
  /** Lines from top to bottom; columns are parted by tabulators. */
  rows: string[]
  /** Lines of one column after the other. */
  columns: string[]
}

/** A piece of text on one line; distances along its direction and across it, upwards. */
interface Piece {
  text: string
  angle: number
  from: number
  to: number
  base: number
  size: number
}

/** In widths of the letter height: same line, blank between words, gap between columns. */
const SAME_LINE = 0.4
const BLANK = 0.2
const COLUMN = 1.5
/** Lines of one column begin at the same place and follow each other at most so far apart. */
const INDENT = 1.2
const LEADING = 3

export function pageText(items: readonly TextItem[]): PageText {
  const pieces = items.flatMap(pieceOf)
  const lines = [...Map.groupBy(pieces, ({ angle }) => angle).values()].flatMap(linesOf)
  return {
    written: writtenLines(items),
    rows: lines.map((segments) => segments.map(({ text }) => text).join('\t')),
    columns: columnsOf(lines).flatMap((column) => column.map(({ text }) => text)),
  }
}

function pieceOf({ str, transform, width, height }: TextItem): Piece[] {
  // Blanks of their own only fill the gaps that are seen anyway.
  if (str.trim() === '') return []
  const [a = 1, b = 0, , , e = 0, f = 0] = transform
  const length = Math.hypot(a, b) || 1
  const [ux, uy] = [a / length, b / length]
  const from = e * ux + f * uy
  return [
    {
      text: str,
      angle: Math.round((Math.atan2(uy, ux) * 180) / Math.PI),
      from,
      to: from + width,
      base: f * ux - e * uy,
      size: height || length,
    },
  ]
}

/** @returns lines from top to bottom, each cut at the gaps between columns */
function linesOf(pieces: readonly Piece[]): Piece[][] {
  const lines: Piece[][] = []
  for (const piece of pieces.toSorted((a, b) => b.base - a.base)) {
    const line = lines.at(-1)
    const [first] = line ?? []
    const same = first !== undefined && first.base - piece.base <= SAME_LINE * first.size
    if (same) line?.push(piece)
    else lines.push([piece])
  }
  return lines.map(segmentsOf).filter((segments) => segments.length > 0)
}

function segmentsOf(line: readonly Piece[]): Piece[] {
  const segments: Piece[] = []
  for (const piece of line.toSorted((a, b) => a.from - b.from)) {
    const last = segments.at(-1)
    const gap = last === undefined ? 0 : piece.from - last.to
    if (last === undefined || gap > COLUMN * piece.size) {
      segments.push({ ...piece })
      continue
    }
    const parted = gap > BLANK * piece.size && !/\s$/.test(last.text) && !/^\s/.test(piece.text)
    last.text += parted ? ` ${piece.text}` : piece.text
    last.to = Math.max(last.to, piece.to)
  }
  return segments
}

function columnsOf(lines: readonly Piece[][]): Piece[][] {
  const columns: Piece[][] = []
  for (const segment of lines.flat()) {
    const column = columns.find((candidate) => {
      const last = candidate.at(-1)
      return (
        last !== undefined &&
        last.angle === segment.angle &&
        Math.abs(last.from - segment.from) <= INDENT * segment.size &&
        last.base - segment.base <= LEADING * segment.size
      )
    })
    if (column === undefined) columns.push([segment])
    else column.push(segment)
  }
  return columns
}

function writtenLines(items: readonly TextItem[]): string[] {
  const lines = ['']
  for (const { str, hasEOL } of items) {
    lines[lines.length - 1] += str
    if (hasEOL) lines.push('')
  }
  return lines.filter((line) => line !== '')
}

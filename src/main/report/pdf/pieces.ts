/**
 * Small parts that pages are made of: marks, pairs of name and value, boxes, listings.
 *
 * @module
 */
import { text as textOf, type Language, type UiKey } from '../../../shared/i18n/index.ts'
import { type Block, type Flow, type Slice, drawSlices, heightOf, stack, words } from './flow.ts'
import { type Faces, breakLines, measure } from './lines.ts'
import { baselineOf } from './sheet.ts'
import { AREA, COLOR, type Color, STYLE, type TextStyle, WIDTH } from './style.ts'
import { type Table, drawTable, tableHeight, widest } from './table.ts'

/** Words in the language of a report. */
export type Voice = (key: UiKey, params?: Readonly<Record<string, string>>) => string

export function voice(language: Language): Voice {
  return (key, params) => textOf(language, key, params)
}

/** A word in a frame; dashed where something is missing. */
export function mark(word: string, frame: 'solid' | 'dashed' | 'none'): Block {
  return (faces) => {
    const [line] = breakLines(faces, [{ text: word, style: STYLE.tiny }], Infinity)
    if (line === undefined) return []
    const height = MARK_HEIGHT
    return [
      {
        height,
        baseline: (height - line.leading) / 2 + baselineOf(line),
        draw: (sheet, x, top) => sheet.text(line, x + 5, top + (height - line.leading) / 2),
        decorate: (sheet, x, top) => {
          if (frame === 'none') return
          sheet.box(x, top + (height - 11) / 2, line.width + 10, 11, {
            radius: 5.5,
            stroke: { color: COLOR.muted, width: 0.6, dash: frame === 'dashed' ? [2, 1.6] : [] },
          })
        },
      },
    ]
  }
}

const MARK_HEIGHT = 12

export function markWidth(faces: Faces, texts: readonly string[]): number {
  return widest(faces, texts, STYLE.tiny) + 10
}

export interface Pair {
  name: string
  value: Block
  /** What stands at the end of the line. */
  mark?: Block
}

/** Two pairs beside each other, each with its mark. */
export function drawPairsInTwo(flow: Flow, pairs: readonly Pair[], markColumn: number): void {
  const name = widest(
    flow.faces,
    pairs.map((pair) => pair.name),
    STYLE.small,
    80,
  )
  const half = Math.ceil(pairs.length / 2)
  const cells = (pair: Pair | undefined): Block[] =>
    pair === undefined
      ? [() => [], () => [], () => []]
      : [words(pair.name, PAIR_NAME), pair.value, pair.mark ?? (() => [])]
  drawTable(flow, {
    columns: [name, null, markColumn, name, null, markColumn].map((width) => ({ width })),
    head: null,
    rows: pairs
      .slice(0, half)
      .map((pair, index) => ({ cells: [...cells(pair), ...cells(pairs[half + index])] })),
    padding: 2,
  })
}

/** Names on the left, values on the right. */
export function drawPairs(flow: Flow, pairs: readonly Pair[]): void {
  drawTable(flow, pairsTable(flow.faces, pairs))
}

/** The same under a heading, on one page unless they are long. */
export function drawTitledPairs(flow: Flow, title: string, pairs: readonly Pair[]): void {
  const table = pairsTable(flow.faces, pairs)
  const height = tableHeight(flow.faces, table) + TITLE_HEIGHT
  if (height < (AREA.bottom - AREA.top) / 2) flow.need(height)
  drawHeading(flow, 'H3', title)
  drawTable(flow, table)
}

const TITLE_HEIGHT = 32

function pairsTable(faces: Faces, pairs: readonly Pair[]): Table {
  const names = widest(
    faces,
    pairs.map(({ name }) => name),
    STYLE.small,
    150,
  )
  return {
    columns: [{ width: Math.max(names, 84) }, { width: null }],
    head: null,
    rows: pairs.map(({ name, value }) => ({ cells: [words(name, PAIR_NAME), value] })),
    padding: 2,
  }
}

const PAIR_NAME: TextStyle = { ...STYLE.small, color: COLOR.muted, leading: STYLE.body.leading }

export function drawHeading(flow: Flow, level: 'H1' | 'H2' | 'H3', text: string): void {
  const [style, before, after, keep] = HEADINGS[level]
  flow.gap(before)
  flow.need(style.leading + after + keep)
  flow.put(level, words(text, style))
  flow.top += after
}

/** Style, room above, room below, and what must follow on the same page. */
const HEADINGS = {
  H1: [STYLE.title, 0, 4, 120],
  H2: [STYLE.h2, 22, 6, 80],
  H3: [STYLE.h3, 13, 2, 60],
} as const satisfies Record<string, readonly [TextStyle, number, number, number]>

export function drawParagraph(flow: Flow, text: string, style: TextStyle = STYLE.body): void {
  flow.put('P', words(text, style))
}

/** A tinted box with a bar at its left edge; it stays on one page. */
export function drawNote(flow: Flow, title: string, text: string, color: Color): void {
  const inner = WIDTH - NOTE.left - NOTE.right
  const block = stack(words(title, { ...STYLE.smallStrong, color }), words(text, STYLE.body))
  const slices = block(flow.faces, inner)
  const height = heightOf(slices) + 2 * NOTE.padding
  flow.gap(14)
  flow.need(height)
  const { sheet, top } = flow
  sheet.decorate(() => {
    sheet.box(AREA.left, top, WIDTH, height, { fill: COLOR.sunken, radius: 5 })
    sheet.box(AREA.left, top, 3, height, { fill: color })
  })
  drawSlices(sheet, flow.node('P'), slices, AREA.left + NOTE.left, top + NOTE.padding)
  flow.top += height
}

const NOTE = { left: 14, right: 14, padding: 9 } as const

/** Commands to be typed, in a tinted box. */
export function drawCommands(flow: Flow, lines: readonly string[]): void {
  const slices = lines.flatMap((line) => words(line, STYLE.code)(flow.faces, WIDTH - 20))
  const height = heightOf(slices) + 12
  flow.gap(5)
  flow.need(height)
  const { sheet, top } = flow
  sheet.decorate(() => sheet.box(AREA.left, top, WIDTH, height, { fill: COLOR.sunken, radius: 4 }))
  drawSlices(sheet, flow.node('P'), slices, AREA.left + 10, top + 6)
  flow.top += height
  flow.gap(5)
}

/** Groups of four characters, as keys are read aloud and compared. */
export function groups(hex: string): string {
  return hex.replace(/(.{4})(?=.)/g, '$1 ')
}

export interface ListingLine {
  /** What stands in the margin: the place in the record. */
  margin: string
  text: string
  /** Stretches that stand for characters one cannot see, underlined. */
  underlined: readonly { from: number; to: number }[]
}

/** Text in letters of one width, with the place of each line beside it. */
export function listing(lines: readonly ListingLine[]): Block {
  return (faces) =>
    lines.map(({ margin, text, underlined }): Slice => {
      const [number] = breakLines(faces, [{ text: margin, style: STYLE.tinyCode }], Infinity)
      // A line of a listing begins where it begins, also with blanks.
      const line = { ...preformatted(faces, text), leading: STYLE.code.leading }
      return {
        height: STYLE.code.leading,
        draw: (sheet, x, top) => {
          if (number !== undefined) {
            sheet.text({ ...number, leading: STYLE.code.leading }, x, top)
          }
          sheet.text(line, x + LISTING_MARGIN, top)
        },
        decorate: (sheet, x, top) => {
          const advance = listingAdvance(faces)
          for (const { from, to } of underlined) {
            sheet.rule(x + LISTING_MARGIN + from * advance, top + 10, (to - from) * advance, {
              color: COLOR.muted,
              width: 0.5,
            })
          }
        },
      }
    })
}

function preformatted(faces: Faces, text: string) {
  const shaped = faces.mono.shape(text)
  return {
    fragments: [{ ...shaped, x: 0, style: STYLE.code }],
    width: shaped.width * STYLE.code.size,
  }
}

const LISTING_MARGIN = 40

export function listingAdvance(faces: Faces): number {
  return measure(faces, '0', STYLE.code)
}

/** @returns characters of one line of a listing */
export function listingWidth(faces: Faces): number {
  return Math.floor((WIDTH - LISTING_MARGIN) / listingAdvance(faces))
}

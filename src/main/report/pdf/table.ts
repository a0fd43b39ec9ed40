/**
 * Tables that go on over pages: the header stands on each of them, a row is broken only where it
 * is higher than a page has room for.
 *
 * @module
 */
import { type Block, type Flow, type Slice, drawSlices, fitting, heightOf, words } from './flow.ts'
import { type Faces, type Line, breakLines, measure } from './lines.ts'
import { baselineOf } from './sheet.ts'
import type { StructureNode } from './structure.ts'
import { AREA, COLOR, STYLE, type TextStyle, WIDTH } from './style.ts'

export interface Column {
  /** Points; null for what the others leave. */
  width: number | null
  align?: 'left' | 'right'
}

export interface Table {
  columns: readonly Column[]
  /** Words above the columns; null for a table whose first column says it all. */
  head: readonly string[] | null
  rows: readonly Row[]
  /** Points above and below the text of a row. */
  padding?: number
  /** Lines between the rows. */
  rules?: boolean
}

export interface Row {
  cells: readonly Block[]
  /** A stronger line above: what follows is a sum. */
  sum?: boolean
}

/** Room between columns. */
const GUTTER = 12

export function drawTable(flow: Flow, table: Table, x: number = AREA.left, width = WIDTH): void {
  if (table.rows.length === 0) return
  const columns = placed(table.columns, x, width)
  const { padding = 4, rules = true } = table
  const head = table.head === null ? null : headCells(flow.faces, table.head, columns)
  const headHeight = head === null ? 0 : tallest(head) + padding
  flow.within('Table', () => {
    const first = cellsOf(flow.faces, table.rows[0], columns)
    flow.need(headHeight + Math.min(tallest(first) + 2 * padding, FIRST_ROW))
    if (head !== null) drawHead(flow, head, columns, padding, false)
    for (const [index, row] of table.rows.entries()) {
      const cells = index === 0 ? first : cellsOf(flow.faces, row, columns)
      const again = () => {
        flow.newPage()
        if (head !== null) drawHead(flow, head, columns, padding, true)
      }
      const rule =
        index === 0 && head === null
          ? 'none'
          : row.sum === true
            ? 'strong'
            : rules
              ? 'fine'
              : 'none'
      drawRow(flow, cells, columns, { padding, rule, again })
    }
  })
}

/** @returns height of a table that stands on one page */
export function tableHeight(faces: Faces, table: Table, width = WIDTH): number {
  const columns = placed(table.columns, 0, width)
  const { padding = 4 } = table
  const rows = table.rows.map((row) => tallest(cellsOf(faces, row, columns)) + 2 * padding)
  const head = table.head === null ? 0 : tallest(headCells(faces, table.head, columns)) + padding
  return rows.reduce((total, height) => total + height, head)
}

/** A long first row may begin on this page with so much of it. */
const FIRST_ROW = 60

interface Placed {
  x: number
  width: number
  align: 'left' | 'right'
}

function placed(columns: readonly Column[], x: number, width: number): Placed[] {
  const gutters = GUTTER * (columns.length - 1)
  const known = columns.reduce((total, column) => total + (column.width ?? 0), gutters)
  const open = columns.filter((column) => column.width === null).length
  const share = Math.max(20, (width - known) / Math.max(1, open))
  let at = x
  return columns.map((column) => {
    const own = column.width ?? share
    const result = { x: at, width: own, align: column.align ?? 'left' }
    at += own + GUTTER
    return result
  })
}

function headCells(faces: Faces, head: readonly string[], columns: readonly Placed[]): Slice[][] {
  return columns.map(({ width, align }, index) =>
    words(head[index] ?? '', STYLE.label, align)(faces, width),
  )
}

function cellsOf(faces: Faces, row: Row | undefined, columns: readonly Placed[]): Slice[][] {
  const cells = columns.map(({ width }, index) => row?.cells[index]?.(faces, width) ?? [])
  const baseline = Math.max(0, ...cells.map(([first]) => first?.baseline ?? 0))
  return cells.map((slices) => {
    const lower = baseline - (slices[0]?.baseline ?? baseline)
    return lower < 0.05 ? slices : [{ height: lower, draw: () => {} }, ...slices]
  })
}

function tallest(cells: readonly Slice[][]): number {
  return Math.max(0, ...cells.map(heightOf))
}

function drawHead(
  flow: Flow,
  cells: readonly Slice[][],
  columns: readonly Placed[],
  padding: number,
  repeated: boolean,
): void {
  const { sheet, top } = flow
  const height = tallest(cells)
  // Each label stands at the foot of the header.
  const place = (slices: readonly Slice[]) => top + height - heightOf(slices)
  if (repeated) {
    sheet.decorate(() => {
      for (const [index, slices] of cells.entries()) {
        const x = columns[index]?.x ?? 0
        let at = place(slices)
        for (const slice of slices) {
          slice.draw(sheet, x, at)
          at += slice.height
        }
      }
    })
  } else {
    flow.within('TR', () => {
      for (const [index, slices] of cells.entries()) {
        const node = flow.node('TH', { scope: 'Column' })
        drawSlices(sheet, node, slices, columns[index]?.x ?? 0, place(slices))
      }
    })
  }
  flow.top += height + padding
}

interface RowStyle {
  padding: number
  rule: 'none' | 'fine' | 'strong'
  /** Begins a new page with the header of the table. */
  again: () => void
}

function drawRow(
  flow: Flow,
  cells: readonly Slice[][],
  columns: readonly Placed[],
  { padding, rule, again }: RowStyle,
): void {
  const height = tallest(cells) + 2 * padding
  const page = AREA.bottom - AREA.top
  // Short rows stay whole; a long one begins where it stands.
  if (height > flow.room() && (height < page / 3 || flow.room() < FIRST_ROW)) again()
  flow.within('TR', () => {
    const nodes = cells.map(() => flow.node('TD'))
    drawRule(flow, columns, rule)
    let rest = cells
    while (rest.some((slices) => slices.length > 0)) {
      flow.top += padding
      rest = drawPart(flow, rest, columns, nodes, padding)
      if (rest.some((slices) => slices.length > 0)) again()
    }
  })
}

/** @returns what did not fit on this page */
function drawPart(
  flow: Flow,
  cells: readonly Slice[][],
  columns: readonly Placed[],
  nodes: readonly StructureNode[],
  padding: number,
): Slice[][] {
  const { sheet, top } = flow
  const room = flow.room() - padding
  let height = 0
  const rest = cells.map((slices, index) => {
    const [node, column] = [nodes[index], columns[index]]
    if (slices.length === 0 || node === undefined || column === undefined) return []
    const count = fitting(slices, room)
    const here = slices.slice(0, count)
    height = Math.max(height, heightOf(here))
    drawSlices(sheet, node, here, column.x, top)
    return slices.slice(count)
  })
  flow.top += height + padding
  return rest
}

function drawRule(flow: Flow, columns: readonly Placed[], rule: RowStyle['rule']): void {
  const [first, last] = [columns[0], columns.at(-1)]
  if (rule === 'none' || first === undefined || last === undefined) return
  const width = last.x + last.width - first.x
  const style =
    rule === 'strong' ? { color: COLOR.text, width: 0.9 } : { color: COLOR.line, width: 0.5 }
  const { sheet, top } = flow
  sheet.decorate(() => sheet.rule(first.x, top, width, style))
}

/**
 * Numbers of a column, decimal sign under decimal sign, as far to the right as their widest allows.
 * A number too long for that is broken into lines.
 */
export function alignedNumbers(
  faces: Faces,
  numbers: readonly { whole: string; rest: string; style: TextStyle }[],
): (at: number) => Block {
  const behind = Math.max(0, ...numbers.map(({ rest, style }) => measure(faces, rest, style)))
  return (at) => (here, width) => {
    const number = numbers[at]
    if (number === undefined) return []
    const { style } = number
    const whole = measure(here, number.whole, style)
    if (whole + behind > width)
      return words(number.whole + number.rest, style, 'right')(here, width)
    const [line] = breakLines(here, [{ text: number.whole + number.rest, style }], width)
    return line === undefined ? [] : [aligned(line, width - behind - whole)]
  }
}

function aligned(line: Line, indent: number): Slice {
  return {
    height: line.leading,
    baseline: baselineOf(line),
    draw: (sheet, x, top) => sheet.text(line, x + indent, top),
  }
}

/** @returns width of the widest of some texts, for columns of known words; `most` at most */
export function widest(
  faces: Faces,
  texts: readonly string[],
  style: TextStyle,
  most = WIDTH / 2,
): number {
  return Math.min(most, Math.ceil(Math.max(0, ...texts.map((text) => measure(faces, text, style)))))
}

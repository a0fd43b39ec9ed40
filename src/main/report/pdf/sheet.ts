/**
 * One page: text and shapes as operators of a content stream. Places are points from the top left
 * corner; PDF counts from below. Source: ISO 32000-1, 8 and 9.
 *
 * @module
 */
import type { Line } from './lines.ts'
import { type Color, PAGE } from './style.ts'
import type { StructureNode } from './structure.ts'

export interface StrokeStyle {
  color: Color
  width: number
  dash?: readonly number[]
}

export interface BoxStyle {
  fill?: Color
  stroke?: StrokeStyle
  radius?: number
}

/** Names of the typefaces in the resources of every page. */
export const FONT_NAMES = { regular: 'F1', semibold: 'F2', mono: 'F3' } as const

export class Sheet {
  /** Position in the document, from 0. */
  readonly index: number
  /** Structure elements by the number of their marked content. */
  readonly owners: StructureNode[] = []
  /** Everything text has touched on this page. */
  readonly extent = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity }
  private readonly operators: string[] = []
  private color: Color | null = null

  constructor(index: number) {
    this.index = index
  }

  content(): string {
    return this.operators.join('\n')
  }

  /** What `draw` puts on the page is the content of `node`, for readers that do not see. */
  mark(node: StructureNode, draw: () => void): void {
    const number = this.owners.push(node) - 1
    node.kids.push({ sheet: this.index, number })
    this.between(`/${node.type} <</MCID ${number}>> BDC`, draw)
  }

  /** What `draw` puts on the page is decoration. */
  decorate(draw: () => void): void {
    this.between('/Artifact BMC', draw)
  }

  /** Header and footer. */
  furnish(draw: () => void): void {
    this.between('/Artifact <</Type /Pagination>> BDC', draw)
  }

  private between(opening: string, draw: () => void): void {
    this.operators.push(opening)
    draw()
    this.operators.push('EMC')
  }

  /** @param top upper edge of the line; its letters stand in the middle of its leading */
  text(line: Line, x: number, top: number): void {
    const baseline = top + baselineOf(line)
    for (const { glyphs, style, x: from, width } of line.fragments) {
      if (width === 0) continue
      this.paint(style.color)
      const font = `/${FONT_NAMES[style.face]} ${round(style.size)} Tf`
      const place = `${round(x + from)} ${round(PAGE.height - baseline)} Td`
      const shown = glyphs.replaceAll('><', '')
      this.operators.push(`BT ${font} ${place} [${shown}] TJ ET`)
      this.touch(x + from, baseline, width * style.size, style.size)
    }
  }

  private touch(x: number, baseline: number, width: number, size: number): void {
    const { extent } = this
    extent.left = Math.min(extent.left, x)
    extent.right = Math.max(extent.right, x + width)
    extent.top = Math.min(extent.top, baseline - size * ASCENT)
    extent.bottom = Math.max(extent.bottom, baseline + size * DESCENT)
  }

  /** Keeps a place among the operators for what is known later. @returns how to fill it */
  reserve(): (draw: () => void) => void {
    const at = this.operators.push('') - 1
    return (draw) => {
      const end = this.operators.length
      this.color = null
      draw()
      this.operators[at] = `q ${this.operators.splice(end).join(' ')} Q`
      this.color = null
    }
  }

  rule(x: number, y: number, width: number, style: StrokeStyle): void {
    this.stroked(style, `${point(x, y)} m ${point(x + width, y)} l S`)
  }

  box(x: number, y: number, width: number, height: number, style: BoxStyle): void {
    const path = rounded(x, y, width, height, style.radius ?? 0)
    if (style.fill !== undefined) {
      this.paint(style.fill)
      this.operators.push(`${path} f`)
    }
    if (style.stroke !== undefined) this.stroked(style.stroke, `${path} S`)
  }

  /** Slanted lines inside a rounded box. */
  hatch(x: number, y: number, width: number, height: number, color: Color, radius: number): void {
    const lines: string[] = []
    for (let at = y - width; at < y + height; at += HATCH_STEP) {
      lines.push(`${point(x, at + width)} m ${point(x + width, at)} l`)
    }
    this.operators.push(
      `q ${rounded(x, y, width, height, radius)} W n ${color} RG 1.1 w ${lines.join(' ')} S Q`,
    )
  }

  /** @param drawing operators in a square of 24 units, counted from the top left corner */
  drawing(drawing: string, x: number, y: number, size: number): void {
    const scale = round(size / 24)
    this.operators.push(`q ${scale} 0 0 ${scale} ${point(x, y)} cm ${drawing} Q`)
  }

  private stroked({ color, width, dash = [] }: StrokeStyle, path: string): void {
    this.operators.push(`q ${color} RG ${round(width)} w [${dash.join(' ')}] 0 d ${path} Q`)
  }

  private paint(color: Color): void {
    if (this.color === color) return
    this.operators.push(`${color} rg`)
    this.color = color
  }
}

/** Half the height of capitals, in units of the letter size: the same in both families. */
const HALF_CAPITAL = 0.364
/** Reach of letters above and below the baseline. */
const ASCENT = 0.97
const DESCENT = 0.25
const HATCH_STEP = 3.6
/** Control points of a quarter circle. */
const QUARTER = 0.5523

/** @returns how far below the top of a line its letters stand: capitals are in its middle */
export function baselineOf({ fragments, leading }: Line): number {
  const size = fragments.reduce((most, { style }) => Math.max(most, style.size), 0)
  return leading / 2 + size * HALF_CAPITAL
}

export function round(value: number): string {
  return String(Math.round(value * 100) / 100)
}

function point(x: number, y: number): string {
  return `${round(x)} ${round(PAGE.height - y)}`
}

function rounded(x: number, y: number, width: number, height: number, radius: number): string {
  if (radius === 0) return `${point(x, y + height)} ${round(width)} ${round(height)} re`
  const [right, bottom] = [x + width, y + height]
  const near = radius * (1 - QUARTER)
  const curve = (...at: [number, number][]) => `${at.map((p) => point(...p)).join(' ')} c`
  return [
    `${point(x + radius, y)} m ${point(right - radius, y)} l`,
    curve([right - near, y], [right, y + near], [right, y + radius]),
    `${point(right, bottom - radius)} l`,
    curve([right, bottom - near], [right - near, bottom], [right - radius, bottom]),
    `${point(x + radius, bottom)} l`,
    curve([x + near, bottom], [x, bottom - near], [x, bottom - radius]),
    `${point(x, y + radius)} l`,
    curve([x, y + near], [x + near, y], [x + radius, y]),
    'h',
  ].join(' ')
}

/**
 * Drawings in SVG, as far as codes are drawn with them: rectangles, paths, polygons, groups with
 * transformations, and pictures in data addresses. Nothing is fetched, no style sheet is applied.
 * Source: SVG 1.1, chapters 7 to 9.
 *
 * @module
 */
import { fromBase64 } from '../../codec/base64.ts'
import { type XmlElement, readXml } from '../../codec/xml.ts'
import { IDENTITY, type Matrix, type Polyline, Raster, addCurve, combine, luma } from './raster.ts'

export interface Drawing {
  raster: Raster
  /** Files in data addresses. */
  pictures: Uint8Array[]
}

/** Longer side of what is drawn, in pixels; codes are drawn with a few hundred modules at most. */
const SIDE = 1600

interface Style {
  matrix: Matrix
  fill: number | null
  stroke: number | null
  strokeWidth: number
  evenOdd: boolean
}

/** @throws SyntaxProblem, DoctypeRefused as XML does */
export function drawSvg(text: string): Drawing {
  let raster = new Raster(1, 1)
  const pictures: Uint8Array[] = []
  const styles = new Map<XmlElement, Style>()
  const hidden = new Set<XmlElement>()
  readXml(text, {
    open: (element) => {
      const { name, attributes, parent } = element
      const around = parent === null ? undefined : styles.get(parent)
      if (name === 'svg' && around === undefined) {
        const view = viewOf(attributes)
        const scale = SIDE / Math.max(view.width, view.height)
        raster = new Raster(view.width * scale, view.height * scale)
        const matrix: Matrix = [scale, 0, 0, scale, -view.x * scale, -view.y * scale]
        const base = { matrix, fill: 0, stroke: null, strokeWidth: 1, evenOdd: false }
        styles.set(element, styleOf(attributes, base))
        return
      }
      const style = styleOf(attributes, around ?? INITIAL)
      styles.set(element, style)
      if (HIDDEN.has(name) || (parent !== null && hidden.has(parent))) {
        hidden.add(element)
        return
      }
      const picture = name === 'image' ? pictureOf(attributes['href'] ?? '') : null
      if (picture !== null) pictures.push(picture)
      const lines = SHAPES[name]?.(attributes) ?? []
      if (style.fill !== null) raster.fillShape(lines, style.matrix, style.fill, style.evenOdd)
      if (style.stroke !== null) {
        raster.stroke(lines, style.matrix, style.stroke, style.strokeWidth)
      }
    },
  })
  return { raster, pictures }
}

const INITIAL: Style = { matrix: IDENTITY, fill: 0, stroke: null, strokeWidth: 1, evenOdd: false }
/** What stands inside is drawn elsewhere or not at all. */
const HIDDEN = new Set(['defs', 'clipPath', 'mask', 'symbol', 'pattern', 'marker'])

type Attributes = XmlElement['attributes']

function viewOf({ viewBox, width, height }: Attributes) {
  const [x, y, w, h] = numbers(viewBox ?? '')
  if (x !== undefined && y !== undefined && w !== undefined && h !== undefined && w > 0 && h > 0) {
    return { x, y, width: w, height: h }
  }
  const size = (value = '') => Math.max(1, Number.parseFloat(value) || 300)
  return { x: 0, y: 0, width: size(width), height: size(height) }
}

function styleOf(attributes: Attributes, around: Style): Style {
  const inline = new Map(
    (attributes['style'] ?? '').split(';').map((entry) => {
      const at = entry.indexOf(':')
      return [entry.slice(0, at).trim(), entry.slice(at + 1).trim()] as const
    }),
  )
  const value = (name: string) => inline.get(name) ?? attributes[name]
  const shade = (name: string, inherited: number | null) => {
    const color = value(name)
    return color === undefined || color === 'inherit' ? inherited : shadeOf(color)
  }
  const transform = attributes['transform']
  const rule = value('fill-rule')
  return {
    matrix: transform === undefined ? around.matrix : combine(around.matrix, matrixOf(transform)),
    fill: shade('fill', around.fill),
    stroke: shade('stroke', around.stroke),
    strokeWidth: Number.parseFloat(value('stroke-width') ?? '') || around.strokeWidth,
    evenOdd: rule === undefined ? around.evenOdd : rule === 'evenodd',
  }
}

/** Names other than these are taken for dark. @returns null for no colour */
function shadeOf(color: string): number | null {
  const text = color.trim().toLowerCase()
  if (text === 'none' || text === 'transparent') return null
  if (text === 'white') return 255
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])[0-9a-f]?$/.exec(text)
  const long = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})/.exec(text)
  const hex = short?.slice(1).map((digit) => digit + digit) ?? long?.slice(1)
  if (hex !== undefined) {
    const [red = 0, green = 0, blue = 0] = hex.map((part) => Number.parseInt(part, 16))
    return luma(red, green, blue)
  }
  const parts = /^rgba?\(([^)]*)\)/.exec(text)?.[1] ?? ''
  const [red = 0, green = 0, blue = 0] = numbers(parts).map((part) =>
    parts.includes('%') ? part * 2.55 : part,
  )
  return luma(red, green, blue)
}

/** Linear: each number begins where no number character stands before. */
function numbers(text: string): number[] {
  return (text.match(/[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?/gi) ?? []).map(Number)
}

function matrixOf(transform: string): Matrix {
  let matrix = IDENTITY
  for (const [, name = '', list = ''] of transform.matchAll(/([a-z]+)\s*\(([^)]*)\)/gi)) {
    matrix = combine(matrix, TRANSFORMS[name]?.(numbers(list)) ?? IDENTITY)
  }
  return matrix
}

const TRANSFORMS: Record<string, (list: number[]) => Matrix> = {
  matrix: ([a = 1, b = 0, c = 0, d = 1, e = 0, f = 0]) => [a, b, c, d, e, f],
  translate: ([x = 0, y = 0]) => [1, 0, 0, 1, x, y],
  scale: ([x = 1, y = x]) => [x, 0, 0, y, 0, 0],
  rotate: ([degrees = 0, x = 0, y = 0]) => {
    const angle = (degrees * Math.PI) / 180
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
    return [cos, sin, -sin, cos, x - cos * x + sin * y, y - sin * x - cos * y]
  },
}

const number = (value: string | undefined) => Number.parseFloat(value ?? '') || 0

const SHAPES: Record<string, (attributes: Attributes) => Polyline[]> = {
  rect: ({ x, y, width, height }) => {
    const [left, top] = [number(x), number(y)]
    const [right, bottom] = [left + number(width), top + number(height)]
    return [[left, top, right, top, right, bottom, left, bottom]]
  },
  polygon: ({ points }) => [numbers(points ?? '')],
  polyline: ({ points }) => [numbers(points ?? '')],
  line: ({ x1, y1, x2, y2 }) => [[number(x1), number(y1), number(x2), number(y2)]],
  circle: ({ cx, cy, r }) => [ellipse(number(cx), number(cy), number(r), number(r))],
  ellipse: ({ cx, cy, rx, ry }) => [ellipse(number(cx), number(cy), number(rx), number(ry))],
  path: ({ d }) => pathOf(d ?? ''),
}

function ellipse(cx: number, cy: number, rx: number, ry: number): Polyline {
  return Array.from({ length: 24 }, (_, step) => (step * Math.PI) / 12).flatMap((angle) => [
    cx + rx * Math.cos(angle),
    cy + ry * Math.sin(angle),
  ])
}

/** Numbers that each command takes at a time. */
const TAKES: Record<string, number> = { m: 2, l: 2, h: 1, v: 1, c: 6, s: 4, q: 4, t: 2, a: 7, z: 0 }

function pathOf(text: string): Polyline[] {
  const lines: Polyline[] = []
  let line: Polyline = []
  let [x, y] = [0, 0]
  let [startX, startY] = [0, 0]
  for (const [, letter = '', list = ''] of text.matchAll(/([mlhvcsqtaz])([^mlhvcsqtaz]*)/gi)) {
    const kind = letter.toLowerCase()
    const relative = letter === kind
    const takes = TAKES[kind] ?? 0
    const values = numbers(list)
    if (kind === 'z') {
      line.push(startX, startY)
      ;[x, y] = [startX, startY]
      continue
    }
    for (let at = 0; at + takes <= values.length; at += takes) {
      const own = values.slice(at, at + takes)
      const [baseX, baseY] = relative ? [x, y] : [0, 0]
      if (kind === 'h') x = baseX + (own[0] ?? 0)
      else if (kind === 'v') y = baseY + (own[0] ?? 0)
      else {
        x = baseX + (own.at(-2) ?? 0)
        y = baseY + (own.at(-1) ?? 0)
      }
      if (kind === 'm' && at === 0) {
        line = [x, y]
        lines.push(line)
        ;[startX, startY] = [x, y]
      } else if (kind === 'c') {
        addCurve(
          line,
          own.map((value, index) => value + (index % 2 === 0 ? baseX : baseY)),
        )
      } else line.push(x, y)
    }
  }
  return lines
}

function pictureOf(address: string): Uint8Array | null {
  const data = /^data:image\/[\w.+-]+;base64,/i.exec(address)
  return data === null ? null : fromBase64(address.slice(data[0].length))
}

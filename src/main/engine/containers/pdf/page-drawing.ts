/**
 * What a page shows besides text: its pictures as they are, and all its pictures and shapes drawn
 * together, in which codes are seen that are made of shapes or cut into strips.
 *
 * @module
 */
import type { PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import {
  type Matrix,
  type Pixels,
  type Polyline,
  Raster,
  addCurve,
  combine,
  luma,
} from '../image/raster.ts'
import type { Pdfjs } from './library.ts'

export interface PageDrawing {
  pictures: Pixels[]
  /** null where there is too little to be a code. */
  drawn: Raster | null
}

/** Pixels for each point of a page: 200 to the inch, less for large pages. */
const SCALE = 200 / 72
const MOST_PIXELS = 8_000_000
/** The smallest code has more dark places. */
const FEWEST_SHAPES = 40
const MOST_OPERATIONS = 200_000

export async function drawPage(page: PDFPageProxy, { OPS }: Pdfjs): Promise<PageDrawing> {
  const { fnArray, argsArray } = await page.getOperatorList()
  const [left = 0, low = 0, right = 0, high = 0] = page.view
  const area = Math.max(1, (right - left) * (high - low))
  const scale = Math.min(SCALE, Math.sqrt(MOST_PIXELS / area))
  const raster = new Raster((right - left) * scale, (high - low) * scale)
  const painter = new Painter(raster, [scale, 0, 0, -scale, -left * scale, high * scale], page)
  const actions = actionsBy(OPS, painter)
  for (const [index, operation] of fnArray.slice(0, MOST_OPERATIONS).entries()) {
    const action = actions.get(operation)
    if (action !== undefined) await action((argsArray[index] ?? []) as unknown[])
  }
  const enough = painter.shapes + painter.pieces >= FEWEST_SHAPES || painter.pictures.length > 1
  return { pictures: painter.pictures, drawn: enough ? raster : null }
}

interface State {
  matrix: Matrix
  fill: number
  stroke: number
  lineWidth: number
}

type Action = (args: unknown[]) => void | Promise<void>

/** A picture as PDF.js hands it over. */
interface RawPicture {
  width: number
  height: number
  kind?: number
  data?: Uint8Array | string | null
}

class Painter {
  readonly pictures: Pixels[] = []
  shapes = 0
  /** Lines in all shapes. */
  pieces = 0
  private readonly raster: Raster
  private readonly page: PDFPageProxy
  private readonly saved: State[] = []
  state: State

  constructor(raster: Raster, matrix: Matrix, page: PDFPageProxy) {
    this.raster = raster
    this.page = page
    this.state = { matrix, fill: 0, stroke: 0, lineWidth: 1 }
  }

  save(): void {
    this.saved.push({ ...this.state })
  }

  restore(): void {
    this.state = this.saved.pop() ?? this.state
  }

  transform(matrix: unknown): void {
    if (isMatrix(matrix)) this.state.matrix = combine(this.state.matrix, matrix)
  }

  path(paint: { fill: boolean; stroke: boolean; evenOdd: boolean }, data: ArrayLike<number>): void {
    const lines = linesOf(data)
    this.shapes++
    this.pieces += lines.length
    const { matrix, fill, stroke, lineWidth } = this.state
    if (paint.fill) this.raster.fillShape(lines, matrix, fill, paint.evenOdd)
    if (paint.stroke) this.raster.stroke(lines, matrix, stroke, lineWidth)
  }

  async picture(source: unknown): Promise<void> {
    const raw = await this.resolve(source)
    const pixels = raw === null ? null : pixelsOf(raw)
    if (pixels !== null) this.put(pixels, this.state.matrix)
  }

  /** A stencil: where it is dark, the fill colour shows. */
  async mask(source: unknown, matrix: Matrix = this.state.matrix): Promise<void> {
    const raw = await this.resolve(source)
    const stencil = raw === null ? null : bitsOf(raw)
    if (stencil !== null) this.put(stencil, matrix)
  }

  private put(pixels: Pixels, matrix: Matrix): void {
    if (pixels.width * pixels.height > 1) this.pictures.push(pixels)
    this.shapes++
    this.raster.draw(pixels, matrix)
  }

  /** Large pictures are handed over by name, once they are decoded. */
  private async resolve(source: unknown): Promise<RawPicture | null> {
    const named = (source as { data?: unknown })?.data
    const id = typeof source === 'string' ? source : typeof named === 'string' ? named : null
    if (id === null) return isPicture(source) ? source : null
    const store = id.startsWith('g_') ? this.page.commonObjs : this.page.objs
    const found = await new Promise<unknown>((resolve) => store.get(id, resolve))
    return isPicture(found) ? found : null
  }
}

function isMatrix(value: unknown): value is Matrix {
  const list = value as ArrayLike<unknown> | null
  return list !== null && typeof list === 'object' && list.length === 6
}

function isPicture(value: unknown): value is RawPicture {
  const { width, height } = (value ?? {}) as Partial<RawPicture>
  return typeof width === 'number' && typeof height === 'number'
}

function actionsBy(ops: Pdfjs['OPS'], painter: Painter): Map<number, Action> {
  const paints = new Map([
    [ops.fill, { fill: true, stroke: false, evenOdd: false }],
    [ops.eoFill, { fill: true, stroke: false, evenOdd: true }],
    [ops.stroke, { fill: false, stroke: true, evenOdd: false }],
    [ops.closeStroke, { fill: false, stroke: true, evenOdd: false }],
    [ops.fillStroke, { fill: true, stroke: true, evenOdd: false }],
    [ops.eoFillStroke, { fill: true, stroke: true, evenOdd: true }],
    [ops.closeFillStroke, { fill: true, stroke: true, evenOdd: false }],
    [ops.closeEOFillStroke, { fill: true, stroke: true, evenOdd: true }],
  ])
  return new Map<number, Action>([
    [ops.save, () => painter.save()],
    [ops.restore, () => painter.restore()],
    [ops.transform, (args) => painter.transform(args)],
    [
      ops.paintFormXObjectBegin,
      ([matrix]) => {
        painter.save()
        painter.transform(matrix)
      },
    ],
    [ops.paintFormXObjectEnd, () => painter.restore()],
    [ops.setLineWidth, ([width]) => void (painter.state.lineWidth = Number(width) || 1)],
    [ops.setFillRGBColor, (args) => void (painter.state.fill = shadeOf(args))],
    [ops.setStrokeRGBColor, (args) => void (painter.state.stroke = shadeOf(args))],
    [
      ops.constructPath,
      ([paint, data]) => {
        const how = paints.get(Number(paint))
        const [path] = Array.isArray(data) ? (data as unknown[]) : [data]
        if (how !== undefined && ArrayBuffer.isView(path)) {
          painter.path(how, path as unknown as ArrayLike<number>)
        }
      },
    ],
    [ops.paintImageXObject, ([id]) => painter.picture(id)],
    [ops.paintInlineImageXObject, ([picture]) => painter.picture(picture)],
    [ops.paintImageMaskXObject, ([mask]) => painter.mask(mask)],
    [
      ops.paintImageMaskXObjectGroup,
      async ([masks]) => {
        for (const mask of Array.isArray(masks) ? masks : []) {
          const { transform } = mask as { transform?: unknown }
          if (!isMatrix(transform)) continue
          await painter.mask(mask, combine(painter.state.matrix, transform))
        }
      },
    ],
    [
      ops.paintImageMaskXObjectRepeat,
      async ([mask, scaleX, skewX, skewY, scaleY, positions]) => {
        const [a, b, c, d] = [scaleX, skewX, skewY, scaleY].map(Number)
        const places = positions as ArrayLike<number>
        for (let at = 0; at + 1 < places.length; at += 2) {
          const own: Matrix = [a ?? 1, b ?? 0, c ?? 0, d ?? 1, places[at] ?? 0, places[at + 1] ?? 0]
          await painter.mask(mask, combine(painter.state.matrix, own))
        }
      },
    ],
    [
      ops.paintSolidColorImageMask,
      () => painter.path({ fill: true, stroke: false, evenOdd: false }, UNIT_SQUARE),
    ],
  ])
}

/** `#rrggbb`, or three numbers up to 255. */
function shadeOf(args: readonly unknown[]): number {
  const [color] = args
  if (typeof color !== 'string') {
    const [red = 0, green = 0, blue = 0] = args.map(Number)
    return luma(red, green, blue)
  }
  const value = Number.parseInt(color.slice(1), 16)
  return luma((value >> 16) & 255, (value >> 8) & 255, value & 255)
}

/** Codes of PDF.js: move, line, cubic curve, quadratic curve, close. */
const [MOVE, LINE, CURVE, QUADRATIC] = [0, 1, 2, 3]
const UNIT_SQUARE = [0, 0, 0, 1, 1, 0, 1, 1, 1, 1, 0, 1]

function linesOf(data: ArrayLike<number>): Polyline[] {
  const lines: Polyline[] = []
  let line: Polyline = []
  for (let at = 0; at < data.length;) {
    const code = data[at++]
    const take = (count: number) => {
      const points = Array.from({ length: count }, (_, index) => data[at + index] ?? 0)
      at += count
      return points
    }
    if (code === MOVE) {
      line = take(2)
      lines.push(line)
    } else if (code === LINE) line.push(...take(2))
    else if (code === CURVE) addCurve(line, take(6))
    else if (code === QUADRATIC) line.push(...take(4).slice(2))
    else line.push(...line.slice(0, 2))
  }
  return lines
}

/** Kinds of PDF.js: one bit, three bytes, four bytes for each pixel. */
const [ONE_BIT, RGB, RGBA] = [1, 2, 3]

function pixelsOf(raw: RawPicture): Pixels | null {
  const { width, height, kind, data } = raw
  if (!(data instanceof Uint8Array || ArrayBuffer.isView(data))) return null
  if (kind === ONE_BIT) return bitsOf(raw)
  const step = kind === RGB ? 3 : kind === RGBA ? 4 : null
  if (step === null) return null
  const bytes = data as Uint8Array
  const grey = new Uint8Array(width * height)
  for (let at = 0; at < grey.length; at++) {
    const from = at * step
    grey[at] = luma(bytes[from] ?? 255, bytes[from + 1] ?? 255, bytes[from + 2] ?? 255)
  }
  return { width, height, grey }
}

/** One bit for each pixel, rows filled up to bytes; a bit that is set is light, or not painted. */
function bitsOf({ width, height, data }: RawPicture): Pixels | null {
  if (!ArrayBuffer.isView(data)) return null
  const row = Math.ceil(width / 8)
  const grey = new Uint8Array(width * height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const set = ((data[y * row + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1
      grey[y * width + x] = set === 1 ? 255 : 0
    }
  }
  return { width, height, grey }
}

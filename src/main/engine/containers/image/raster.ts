/**
 * Draws filled shapes, thick lines and images in shades of grey: enough to see the codes on a page
 * or in a drawing, and nothing else. No text, no clipping, no transparency.
 *
 * @module
 */

/** `x' = a·x + c·y + e`, `y' = b·x + d·y + f`, as PDF and SVG write it. */
export type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number]

export const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0]

/** @returns first `inner`, then `outer` */
export function combine(outer: Matrix, inner: Matrix): Matrix {
  const [a, b, c, d, e, f] = outer
  const [g, h, i, j, k, l] = inner
  return [
    a * g + c * h,
    b * g + d * h,
    a * i + c * j,
    b * i + d * j,
    a * k + c * l + e,
    b * k + d * l + f,
  ]
}

/** Points x, y, x, y …; closed where it is filled. */
export type Polyline = number[]

export interface Pixels {
  width: number
  height: number
  /** 0 black to 255 white, row by row. */
  grey: Uint8Array
}

/** Points of all shapes of one drawing; more are left out. */
const MOST_POINTS = 2_000_000

export class Raster implements Pixels {
  readonly width: number
  readonly height: number
  readonly grey: Uint8Array
  private points = 0

  /** White at first. */
  constructor(width: number, height: number) {
    this.width = Math.max(1, Math.round(width))
    this.height = Math.max(1, Math.round(height))
    this.grey = new Uint8Array(this.width * this.height).fill(255)
  }

  /** @param evenOdd rule for what is inside; else by winding */
  fillShape(lines: readonly Polyline[], matrix: Matrix, shade: number, evenOdd: boolean): void {
    const edges = this.edgesOf(lines, matrix)
    if (edges.length === 0) return
    edges.sort((a, b) => a.top - b.top)
    const active: Edge[] = []
    let next = 0
    const first = Math.max(0, Math.ceil((edges[0]?.top ?? 0) - 0.5))
    for (let row = first; row < this.height; row++) {
      const y = row + 0.5
      for (let edge = edges[next]; edge !== undefined && edge.top <= y; edge = edges[next]) {
        active.push(edge)
        next++
      }
      const crossings: [x: number, turn: number][] = []
      let kept = 0
      for (const edge of active) {
        if (edge.bottom <= y) continue
        active[kept++] = edge
        crossings.push([edge.x + (y - edge.top) * edge.slope, edge.turn])
      }
      active.length = kept
      if (kept === 0 && next === edges.length) return
      this.fillRow(row, crossings, shade, evenOdd)
    }
  }

  private edgesOf(lines: readonly Polyline[], [a, b, c, d, e, f]: Matrix): Edge[] {
    const edges: Edge[] = []
    for (const line of lines) {
      this.points += line.length / 2
      if (this.points > MOST_POINTS) return edges
      const count = line.length / 2
      for (let i = 0; i < count; i++) {
        const [x1 = 0, y1 = 0] = [line[2 * i], line[2 * i + 1]]
        const j = (i + 1) % count
        const [x2 = 0, y2 = 0] = [line[2 * j], line[2 * j + 1]]
        const from = { x: a * x1 + c * y1 + e, y: b * x1 + d * y1 + f }
        const to = { x: a * x2 + c * y2 + e, y: b * x2 + d * y2 + f }
        if (from.y === to.y || !Number.isFinite(from.x + from.y + to.x + to.y)) continue
        const [up, low, turn] = from.y < to.y ? ([from, to, 1] as const) : ([to, from, -1] as const)
        if (low.y <= 0 || up.y >= this.height) continue
        const slope = (low.x - up.x) / (low.y - up.y)
        edges.push({ top: up.y, bottom: low.y, x: up.x, slope, turn })
      }
    }
    return edges
  }

  private fillRow(row: number, crossings: [number, number][], shade: number, evenOdd: boolean) {
    crossings.sort((left, right) => left[0] - right[0])
    let winding = 0
    for (const [index, [x, turn]] of crossings.entries()) {
      winding += evenOdd ? 1 : turn
      const inside = evenOdd ? winding % 2 !== 0 : winding !== 0
      const to = crossings[index + 1]?.[0]
      if (!inside || to === undefined) continue
      const start = Math.max(0, Math.ceil(x - 0.5))
      const end = Math.min(this.width, Math.ceil(to - 0.5))
      if (start < end) this.grey.fill(shade, row * this.width + start, row * this.width + end)
    }
  }

  /** Each piece of a line becomes a rectangle; its ends are cut off straight. */
  stroke(lines: readonly Polyline[], matrix: Matrix, shade: number, lineWidth: number): void {
    for (const line of lines) {
      for (let i = 0; i + 3 < line.length; i += 2) {
        const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = line.slice(i, i + 4)
        const length = Math.hypot(x2 - x1, y2 - y1)
        if (length === 0) continue
        const [dx, dy] = [
          ((y1 - y2) / length) * (lineWidth / 2),
          ((x2 - x1) / length) * (lineWidth / 2),
        ]
        const pieces = [[x1 + dx, y1 + dy, x2 + dx, y2 + dy, x2 - dx, y2 - dy, x1 - dx, y1 - dy]]
        this.fillShape(pieces, matrix, shade, false)
      }
    }
  }

  /** @param matrix takes the unit square, with the picture's top at y = 1, to where it stands */
  draw(picture: Pixels, matrix: Matrix): void {
    const [a, b, c, d, e, f] = matrix
    const determinant = a * d - b * c
    if (determinant === 0 || !Number.isFinite(determinant)) return
    const xs = [e, e + a, e + c, e + a + c]
    const ys = [f, f + b, f + d, f + b + d]
    const left = Math.max(0, Math.floor(Math.min(...xs)))
    const right = Math.min(this.width, Math.ceil(Math.max(...xs)))
    const bottom = Math.min(this.height, Math.ceil(Math.max(...ys)))
    for (let y = Math.max(0, Math.floor(Math.min(...ys))); y < bottom; y++) {
      for (let x = left; x < right; x++) {
        const [px, py] = [x + 0.5 - e, y + 0.5 - f]
        const u = (d * px - c * py) / determinant
        const v = (a * py - b * px) / determinant
        if (u < 0 || u >= 1 || v <= 0 || v > 1) continue
        const column = Math.floor(u * picture.width)
        const line = Math.min(picture.height - 1, Math.floor((1 - v) * picture.height))
        this.grey[y * this.width + x] = picture.grey[line * picture.width + column] ?? 255
      }
    }
  }
}

interface Edge {
  top: number
  bottom: number
  /** At the top. */
  x: number
  slope: number
  turn: 1 | -1
}

const CURVE_STEPS = 8

/** Adds the points of a cubic Bézier curve from the last point of `line`. */
export function addCurve(line: Polyline, points: readonly number[]): void {
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0, x3 = 0, y3 = 0] = points
  const [x0 = 0, y0 = 0] = line.slice(-2)
  for (let step = 1; step <= CURVE_STEPS; step++) {
    const t = step / CURVE_STEPS
    const s = 1 - t
    const [w0, w1, w2, w3] = [s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t]
    line.push(w0 * x0 + w1 * x1 + w2 * x2 + w3 * x3, w0 * y0 + w1 * y1 + w2 * y2 + w3 * y3)
  }
}

/** Rec. 601 luma. */
export function luma(red: number, green: number, blue: number): number {
  return (red * 77 + green * 150 + blue * 29) >> 8
}

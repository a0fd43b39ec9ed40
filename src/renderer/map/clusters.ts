/**
 * Marks that would lie on each other become one mark with a number.
 *
 * @module
 */
import type { Spot, View } from './projection.ts'

export interface Cluster<T extends Spot> {
  /** In the middle of its members. */
  x: number
  y: number
  members: T[]
}

/**
 * @param gap kilometres that two marks need between them
 * @returns marks inside the view from north to south, each member in exactly one
 */
export function clustersOf<T extends Spot>(
  spots: readonly T[],
  view: View,
  gap: number,
): Cluster<T>[] {
  const inside = spots.filter(
    ({ x, y }) =>
      x >= view.x && x <= view.x + view.width && y >= view.y && y <= view.y + view.height,
  )
  const cells = new Map<string, Cluster<T>[]>()
  const cell = (value: number) => Math.floor(value / gap)
  for (const spot of inside) {
    const [column, row] = [cell(spot.x), cell(spot.y)]
    const near = around(column, row)
      .flatMap((name) => cells.get(name) ?? [])
      .find(({ members: [first] }) => first !== undefined && distance(first, spot) < gap)
    if (near !== undefined) {
      near.members.push(spot)
      continue
    }
    const name = `${column} ${row}`
    const begun = { x: spot.x, y: spot.y, members: [spot] }
    cells.set(name, [...(cells.get(name) ?? []), begun])
  }
  return [...cells.values()]
    .flat()
    .map(centred)
    .toSorted((a, b) => a.y - b.y || a.x - b.x)
}

/** Names of a cell and of those that touch it. */
function around(column: number, row: number): string[] {
  const steps = [-1, 0, 1]
  return steps.flatMap((dx) => steps.map((dy) => `${column + dx} ${row + dy}`))
}

function distance(a: Spot, b: Spot): number {
  return Math.hypot(a.x - b.x, a.y - b.y)
}

function centred<T extends Spot>({ members }: Cluster<T>): Cluster<T> {
  const mean = (of: (spot: Spot) => number) =>
    members.reduce((sum, spot) => sum + of(spot), 0) / members.length
  return { x: mean((spot) => spot.x), y: mean((spot) => spot.y), members }
}

/** @returns index of the nearest mark in that direction; null where there is none */
export function neighbourOf(
  marks: readonly Spot[],
  from: number,
  [dx, dy]: readonly [number, number],
): number | null {
  const here = marks[from]
  if (here === undefined) return null
  let [best, least]: [number | null, number] = [null, Infinity]
  for (const [index, { x, y }] of marks.entries()) {
    const [ahead, aside] = [
      (x - here.x) * dx + (y - here.y) * dy,
      Math.abs((x - here.x) * dy) + Math.abs((y - here.y) * dx),
    ]
    // What lies more aside than ahead belongs to another arrow key.
    if (ahead <= 0 || aside > ahead) continue
    const length = ahead + aside
    if (length < least) [best, least] = [index, length]
  }
  return best
}

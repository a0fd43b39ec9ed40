/**
 * Where the window stood when it was closed.
 *
 * @module
 */
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Bounds {
  x: number
  y: number
  width: number
  height: number
}

export interface WindowState {
  /** null: let the system choose a place. */
  bounds: Bounds | null
  maximized: boolean
}

export const LEAST = { width: 480, height: 480 } as const

/** @param folder the program's own folder */
export function readWindowState(folder: string): WindowState {
  try {
    const { bounds, maximized } = JSON.parse(
      readFileSync(join(folder, FILE), 'utf8'),
    ) as Partial<WindowState>
    return { bounds: isBounds(bounds) ? bounds : null, maximized: maximized === true }
  } catch {
    return { bounds: null, maximized: false }
  }
}

/**
 * At once, since the program may end right after its window. Loss of the place of a window is no
 * reason to disturb anybody: an error is swallowed.
 */
export function saveWindowState(folder: string, state: WindowState): void {
  const path = join(folder, FILE)
  try {
    writeFileSync(`${path}.new`, `${JSON.stringify(state)}\n`)
    renameSync(`${path}.new`, path)
  } catch {}
}

const FILE = 'window.json'

/**
 * @param areas the screens there are now
 * @returns bounds that lie on a screen with enough of them to be grasped; null where they do not
 */
export function onScreen(bounds: Bounds | null, areas: readonly Bounds[]): Bounds | null {
  if (bounds === null) return null
  const area = areas.find(
    (screen) =>
      overlap(bounds.x, bounds.width, screen.x, screen.width) >= GRASP.width &&
      // The bar to drag it by is at its top.
      bounds.y >= screen.y &&
      bounds.y + GRASP.height <= screen.y + screen.height,
  )
  if (area === undefined) return null
  return {
    ...bounds,
    width: Math.max(LEAST.width, Math.min(bounds.width, area.width)),
    height: Math.max(LEAST.height, Math.min(bounds.height, area.height)),
  }
}

const GRASP = { width: 120, height: 40 } as const

function overlap(from: number, length: number, otherFrom: number, otherLength: number): number {
  return Math.min(from + length, otherFrom + otherLength) - Math.max(from, otherFrom)
}

function isBounds(value: unknown): value is Bounds {
  if (typeof value !== 'object' || value === null) return false
  const { x, y, width, height } = value as Partial<Record<keyof Bounds, unknown>>
  return [x, y, width, height].every((number) => Number.isSafeInteger(number))
}

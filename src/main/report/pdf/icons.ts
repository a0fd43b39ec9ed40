/**
 * The signs of the report, the same as in the window: one silhouette for each verdict, told apart
 * without colour. Drawn in a square of 24 units.
 *
 * @module
 */
import { LineCapStyle, drawSvgPath, rgb } from 'pdf-lib'
import type { CheckStatus } from '../../../shared/i18n/verdict.ts'
import type { Severity } from '../../../shared/model/finding-row.ts'
import type { VerdictState } from '../../../shared/model/verdict-state.ts'
import { COLOR, type Color } from './style.ts'

interface Stroke {
  path: string
  /** Width of the line; null fills the path. */
  width: number | null
  dash?: number[]
  /** Drawn in the colour of the paper, on a filled path. */
  cut?: boolean
}

const SHIELD = 'M12 2.5 20 5.5v6.2c0 5-3.4 8.3-8 9.8-4.6-1.5-8-4.8-8-9.8V5.5z'
const KEY = 'M7.2 14.1a2.1 2.1 0 1 0 4.2 0a2.1 2.1 0 1 0 -4.2 0zM10.8 12.6l3.1-3.1m-1.2 1.2l1.2 1.2'
const PARAGRAPH =
  'M15 7.2c-.3-1.4-1.5-2.2-3-2.2-1.7 0-3 1-3 2.5 0 3.3 6.2 2.7 6.2 6 0 1.5-1.4 2.5-3.2 2.5M9 16.8c.3 1.4 1.5 2.2 3 2.2 1.7 0 3-1 3-2.5 0-3.3-6.2-2.7-6.2-6C8.8 9 10.2 8 12 8'

const ICONS = {
  VERIFIED: [
    { path: SHIELD, width: null },
    { path: 'M8 12l2.9 3L16.2 9', width: 2.1, cut: true },
  ],
  VALID_KEY_UNCONFIRMED: [
    { path: SHIELD, width: 1.5 },
    { path: KEY, width: 1.4 },
    { path: 'M14.6 6.4a1.5 1.5 0 1 1 2 1.5c-.4.1-.5.4-.5.8m0 1.3v.05', width: 1.2 },
  ],
  SIGNATURE_INVALID: [
    { path: 'M8.3 2.8h7.4l5.5 5.5v7.4l-5.5 5.5H8.3l-5.5-5.5V8.3z', width: null },
    { path: 'M8.6 8.6l6.8 6.8m0-6.8l-6.8 6.8', width: 2.1, cut: true },
  ],
  INCOMPLETE: [
    {
      path: 'M14.2 3.3a9 9 0 0 1 6.5 6.5M20.7 14.2a9 9 0 0 1-15 4.2M3.3 14.2A9 9 0 0 1 9.8 3.3',
      width: 2,
    },
    { path: 'M9 12h6', width: 2 },
  ],
  NOT_LEGALLY_RELEVANT: [
    { path: PARAGRAPH, width: 1.5 },
    { path: 'M6 18L18 6', width: 4.4, cut: true },
    { path: 'M4 20L20 4', width: 1.9 },
  ],
  NOT_CHECKED: [
    { path: SHIELD, width: 1.5, dash: [2.6, 2.4] },
    { path: 'M8.5 12h7', width: 2 },
  ],
  UNREADABLE: [
    { path: 'M6 21V3h8l4 4v10l-2.4 2-2.4-2-2.4 2-2.4-2L6 19', width: 1.5 },
    { path: 'M10.1 8.8a1.9 1.9 0 1 1 2.7 1.8c-.6.3-.8.6-.8 1.2m0 2v.05', width: 1.5 },
  ],
  ok: [{ path: 'M4 12.5L9.5 18L20 6.5', width: 2.6 }],
  open: [{ path: 'M7.4 8.4a4.7 4.7 0 1 1 6.8 4.2c-1.5.8-2.2 1.6-2.2 3.3M12 20v.1', width: 2.8 }],
  warn: [{ path: 'M12 4L21 19.5H3zM12 10v4.2M12 17v.1', width: 2.2 }],
  bad: [{ path: 'M6.5 6.5l11 11m0-11l-11 11', width: 2.6 }],
  unknown: [{ path: 'M5 12h14', width: 2.6 }],
  error: [{ path: 'M6.5 6.5l11 11m0-11l-11 11', width: 2.6 }],
  warning: [{ path: 'M12 4L21 19.5H3zM12 10v4.2M12 17v.1', width: 2.2 }],
  info: [{ path: 'M12 10.5v7M12 6v.1', width: 2.6 }],
} as const satisfies Record<VerdictState | CheckStatus | Severity, readonly Stroke[]>

export type IconName = keyof typeof ICONS

const drawn = new Map<string, string>()

/** @returns operators of a sign in a square of 24 units whose top left corner is the origin */
export function iconOperators(name: IconName, color: Color): string {
  const key = `${name} ${color}`
  const known = drawn.get(key)
  if (known !== undefined) return known
  const strokes: readonly Stroke[] = ICONS[name]
  const operators = strokes.map((stroke) => strokeOperators(stroke, color)).join(' ')
  drawn.set(key, operators)
  return operators
}

function strokeOperators({ path, width, dash, cut }: Stroke, ink: Color): string {
  const [red = 0, green = 0, blue = 0] = (cut === true ? COLOR.paper : ink).split(' ').map(Number)
  const color = rgb(red, green, blue)
  const line =
    width === null
      ? { color }
      : { borderColor: color, borderWidth: width, borderLineCap: LineCapStyle.Round }
  const options = { x: 0, y: 0, scale: 1, ...line, ...(dash && { borderDashArray: [...dash] }) }
  const operators = drawSvgPath(path, options as Parameters<typeof drawSvgPath>[1]).join(' ')
  // Round joins, which the function has no word for; digits enough for paper.
  return `1 j ${operators.replace(/\d+\.\d+/g, (number) => String(Number(Number(number).toFixed(3))))}`
}

/**
 * Measures, colours and letters of the printed report: A4, in points, measured from the top left
 * corner. Every state reads in greyscale: its colour never stands without icon, words and edge.
 *
 * @module
 */
import type { CheckStatus } from '../../../shared/i18n/verdict.ts'
import type { Severity } from '../../../shared/model/finding-row.ts'
import type { VerdictState } from '../../../shared/model/verdict-state.ts'
import type { FaceName } from './fonts.ts'

/** Red, green, blue from 0 to 1, as PDF writes them. */
export type Color = string

function color(hex: string): Color {
  return [1, 3, 5].map((at) => (parseInt(hex.slice(at, at + 2), 16) / 255).toFixed(3)).join(' ')
}

export const COLOR = {
  paper: color('#ffffff'),
  text: color('#171b18'),
  muted: color('#59625c'),
  line: color('#cfd3cd'),
  sunken: color('#f4f5f3'),
  accent: color('#0b5d4d'),
} as const

/** A4 (ISO 216) and the area that text may fill. */
export const PAGE = { width: 595.28, height: 841.89 } as const
export const AREA = { left: 56, right: 539.28, top: 68, bottom: 778 } as const
export const WIDTH = AREA.right - AREA.left

export interface TextStyle {
  face: FaceName
  /** Points; `leading` is the distance from line to line. */
  size: number
  leading: number
  color: Color
}

function style(face: FaceName, size: number, leading: number, ink: Color = COLOR.text): TextStyle {
  return { face, size, leading, color: ink }
}

export const STYLE = {
  title: style('semibold', 21, 27),
  headline: style('semibold', 18, 23),
  h2: style('semibold', 14, 19),
  h3: style('semibold', 10.5, 15),
  label: style('semibold', 8, 12, COLOR.muted),
  body: style('regular', 9.5, 14),
  strong: style('semibold', 9.5, 14),
  muted: style('regular', 9.5, 14, COLOR.muted),
  small: style('regular', 8, 11.5),
  smallStrong: style('semibold', 8, 11.5),
  smallMuted: style('regular', 8, 11.5, COLOR.muted),
  tiny: style('regular', 7, 10, COLOR.muted),
  id: style('mono', 9, 14),
  code: style('mono', 7.5, 11.5),
  codeMuted: style('mono', 7.5, 11.5, COLOR.muted),
  tinyCode: style('mono', 6.5, 10, COLOR.muted),
  figure: style('semibold', 30, 36),
  doubtful: style('semibold', 20, 26, COLOR.muted),
} as const satisfies Record<string, TextStyle>

export interface StateStyle {
  ink: Color
  ground: Color
  /** Filling of the band at the left edge of a banner. */
  band: 'solid' | 'open' | 'hatched'
  /** Frame: width in points and dashes of a line; `double` draws a second one inside. */
  frame: { width: number; dash: readonly number[]; double: boolean }
}

const FRAME = { width: 0.9, dash: [], double: false } as const
const AMBER = { ink: color('#7d5200'), ground: color('#fbf0d9') } as const

export const STATE_STYLE: Record<VerdictState, StateStyle> = {
  VERIFIED: { ink: color('#14713a'), ground: color('#e4f4e9'), band: 'solid', frame: FRAME },
  VALID_KEY_UNCONFIRMED: {
    ink: color('#1a56a8'),
    ground: color('#e5eefb'),
    band: 'open',
    frame: FRAME,
  },
  SIGNATURE_INVALID: {
    ink: color('#ab2318'),
    ground: color('#fbe6e3'),
    band: 'solid',
    frame: { ...FRAME, width: 2.4 },
  },
  INCOMPLETE: { ...AMBER, band: 'open', frame: { ...FRAME, dash: [7, 4] } },
  NOT_LEGALLY_RELEVANT: { ...AMBER, band: 'hatched', frame: FRAME },
  NOT_CHECKED: {
    ink: color('#4d5650'),
    ground: color('#eef0ee'),
    band: 'open',
    frame: { ...FRAME, dash: [1.2, 2.6] },
  },
  UNREADABLE: {
    ink: color('#2b302d'),
    ground: color('#e4e6e4'),
    band: 'open',
    frame: { ...FRAME, double: true },
  },
}

export const CHECK_COLOR: Record<CheckStatus, Color> = {
  ok: STATE_STYLE.VERIFIED.ink,
  open: STATE_STYLE.VALID_KEY_UNCONFIRMED.ink,
  warn: AMBER.ink,
  bad: STATE_STYLE.SIGNATURE_INVALID.ink,
  unknown: STATE_STYLE.NOT_CHECKED.ink,
}

export const SEVERITY_COLOR: Record<Severity, Color> = {
  error: STATE_STYLE.SIGNATURE_INVALID.ink,
  warning: AMBER.ink,
  info: STATE_STYLE.NOT_CHECKED.ink,
}

/**
 * The verdict, readable from two metres: sign, headline, sentence, the energy. The edge tells the
 * state a second time, for paper without colour.
 *
 * @module
 */
import type { VerdictState } from '../../../shared/model/verdict-state.ts'
import {
  type Block,
  type Flow,
  type Slice,
  drawSlices,
  fitted,
  heightOf,
  space,
  stack,
  words,
} from './flow.ts'
import { iconOperators } from './icons.ts'
import type { Sheet } from './sheet.ts'
import { AREA, COLOR, STATE_STYLE, STYLE, WIDTH } from './style.ts'

export interface Banner {
  state: VerdictState
  headline: string
  sentence: string
  figure: Figure | null
}

export interface Figure {
  label: string
  /** The energy, `21,487 kWh`. */
  value: string
  /** What belongs to it: duration, and whether it holds. */
  note: string
  /** The values do not hold: smaller, and it says so. */
  doubtful: boolean
}

const BAND = 9
const PADDING = 18
const ICON = 46
const RADIUS = 8
const INDENT = BAND + PADDING + ICON + 16

export function drawBanner(flow: Flow, banner: Banner): void {
  const { ink } = STATE_STYLE[banner.state]
  const width = WIDTH - INDENT - PADDING
  const headline = fitted(banner.headline, { ...STYLE.headline, color: ink }, 15)(flow.faces, width)
  const rest = stack(
    space(3),
    words(banner.sentence, STYLE.body),
    ...(banner.figure === null ? [] : [figureBlock(banner.figure)]),
  )(flow.faces, width)
  const text = Math.max(heightOf(headline) + heightOf(rest), ICON)
  const height = text + 2 * PADDING
  flow.need(height)
  const { sheet, top } = flow
  sheet.decorate(() => {
    drawFrame(sheet, banner.state, top, height)
    sheet.drawing(iconOperators(banner.state, ink), AREA.left + BAND + PADDING, top + PADDING, ICON)
  })
  place(flow, 'H2', headline, top + PADDING)
  place(flow, 'P', rest, top + PADDING + heightOf(headline))
  flow.top += height
}

function place(flow: Flow, type: 'H2' | 'P', slices: readonly Slice[], top: number): void {
  drawSlices(flow.sheet, flow.node(type), slices, AREA.left + INDENT, top)
}

function figureBlock({ label, value, note, doubtful }: Figure): Block {
  return stack(
    space(12),
    words(label, STYLE.label),
    space(1),
    fitted(value, doubtful ? STYLE.doubtful : STYLE.figure, 9),
    words(note, doubtful ? STYLE.strong : STYLE.muted),
  )
}

function drawFrame(sheet: Sheet, state: VerdictState, top: number, height: number): void {
  const { ink, ground, band, frame } = STATE_STYLE[state]
  const stroke = { color: ink, width: frame.width, dash: frame.dash }
  sheet.box(AREA.left, top, WIDTH, height, { fill: ground, stroke, radius: RADIUS })
  if (frame.double) {
    sheet.box(AREA.left + 3, top + 3, WIDTH - 6, height - 6, {
      stroke: { ...stroke, width: 0.5 },
      radius: RADIUS - 3,
    })
  }
  const inner = [AREA.left + 6, top + 6, BAND, height - 12] as const
  switch (band) {
    case 'solid':
      sheet.box(...inner, { fill: ink, radius: 3 })
      break
    case 'open':
      sheet.box(...inner, { fill: COLOR.paper, stroke: { ...stroke, width: 0.9 }, radius: 3 })
      break
    case 'hatched':
      sheet.box(...inner, { fill: COLOR.paper, radius: 3 })
      sheet.hatch(...inner, ink, 3)
      sheet.box(...inner, { stroke: { ...stroke, width: 0.9 }, radius: 3 })
      break
  }
}

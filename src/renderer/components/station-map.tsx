/**
 * Stations on a map of Germany that needs no network: outline, towns, marks.
 *
 * Marks that would lie on each other are one mark with a number; it comes nearer when it is
 * pressed. One mark takes part in the order of Tab, the arrow keys go to its neighbours. The list
 * beside the map says the same in words.
 *
 * @module
 */
import {
  type KeyboardEvent,
  type PointerEvent,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { useLanguage } from '../language.tsx'
import { type Cluster, clustersOf, neighbourOf } from '../map/clusters.ts'
import { STATE_OUTLINES } from '../map/outline.ts'
import {
  GERMANY,
  NEAREST_KM,
  type Spot,
  type View,
  moved,
  project,
  scaleBar,
  viewOf,
  zoomed,
} from '../map/projection.ts'
import { TOWNS } from '../map/towns.ts'
import { Button } from './button.tsx'
import styles from './station-map.module.css'

export interface MapMark extends Spot {
  id: number
  name: string
  /** Town, for a mark of several. */
  town: string
}

interface Props {
  label: string
  marks: readonly MapMark[]
  selected: number | null
  onSelect: (id: number) => void
}

/** Pixels between two marks. */
const GAP = 30
const STEP = 1.6

export function StationMap({ label, marks, selected, onSelect }: Props) {
  const { t, count } = useLanguage()
  const frame = useRef<HTMLDivElement>(null)
  const hint = useId()
  const [width, setWidth] = useState(480)
  const whole = useMemo(() => viewOf(marks), [marks])
  const [view, setView] = useState(whole)
  const [current, setCurrent] = useState(0)
  /** The marks are about to be others: the keyboard stays among them. */
  const refocus = useRef(false)
  useEffect(() => setView(whole), [whole])
  useLayoutEffect(() => {
    const element = frame.current
    if (element === null) return
    const observer = new ResizeObserver(() => setWidth(Math.max(element.clientWidth, 1)))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  const kmPerPixel = view.width / width
  const clusters = useMemo(
    () => clustersOf(marks, view, GAP * kmPerPixel),
    [marks, view, kmPerPixel],
  )
  const tabbed = Math.min(current, clusters.length - 1)
  const focusMark = (index: number) =>
    frame.current?.querySelector<HTMLElement>(`[data-mark="${index}"]`)?.focus()
  useLayoutEffect(() => {
    if (refocus.current) focusMark(tabbed)
    refocus.current = false
  })
  const open = (cluster: Cluster<MapMark>) => {
    const [only, ...more] = cluster.members
    if (only === undefined) return
    const nearer = viewOf(cluster.members)
    const apart = more.some(({ x, y }) => Math.hypot(x - only.x, y - only.y) > 0.02)
    if (apart) setView(nearer.width < 0.9 * view.width ? nearer : zoomed(view, 1 / 3, cluster))
    else onSelect(only.id)
    refocus.current = apart
    setCurrent(0)
  }
  const onKey = (event: KeyboardEvent) => {
    const arrow = ARROWS[event.key]
    if (arrow !== undefined) {
      event.preventDefault()
      const next = neighbourOf(clusters, tabbed, arrow)
      if (next === null) return
      setCurrent(next)
      focusMark(next)
    } else if (event.key === '+' || event.key === '-') {
      event.preventDefault()
      refocus.current = true
      setView(zoomed(view, event.key === '+' ? 1 / STEP : STEP, clusters[tabbed]))
    }
  }
  return (
    <section className={styles['map']} aria-label={label}>
      <div className={styles['tools']}>
        <Button onClick={() => setView(zoomed(view, 1 / STEP))} disabled={view.width <= NEAREST_KM}>
          <span aria-hidden="true">+</span> <span className="unseen">{t('map.nearer')}</span>
        </Button>
        <Button onClick={() => setView(zoomed(view, STEP))} disabled={view.width >= GERMANY.width}>
          <span aria-hidden="true">−</span> <span className="unseen">{t('map.farther')}</span>
        </Button>
        <Button onClick={() => setView(view === whole ? GERMANY : whole)}>
          {t(view === whole ? 'map.germany' : 'map.all')}
        </Button>
      </div>
      <div className={styles['frame']} ref={frame} {...useDrag(view, kmPerPixel, setView)}>
        <Ground view={view} kmPerPixel={kmPerPixel} marks={clusters} />
        <div role="group" aria-label={label} aria-describedby={hint} onKeyDown={onKey}>
          {clusters.map((cluster, index) => {
            const [first] = cluster.members
            const several = cluster.members.length > 1
            const chosen = cluster.members.some(({ id }) => id === selected)
            return (
              <button
                // By place in the order, so that the mark with the focus outlives others.
                key={index}
                type="button"
                className={styles['mark']}
                data-mark={index}
                data-several={several}
                aria-pressed={chosen}
                tabIndex={index === tabbed ? 0 : -1}
                title={several ? undefined : first?.name}
                style={placeIn(view, cluster)}
                onFocus={() => setCurrent(index)}
                onClick={() => open(cluster)}
              >
                {several && <span aria-hidden="true">{shortCount(cluster.members.length)}</span>}
                <span className="unseen">
                  {several
                    ? t('map.several', {
                        count: count(cluster.members.length),
                        town: commonTown(cluster.members),
                      })
                    : first?.name}
                </span>
              </button>
            )
          })}
        </div>
        <ScaleBar view={view} kmPerPixel={kmPerPixel} />
      </div>
      <p id={hint} className="muted small">
        {t('map.hint')}
      </p>
    </section>
  )
}

const ARROWS: Record<string, readonly [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

function placeIn(view: View, { x, y }: Spot) {
  return {
    left: `${(100 * (x - view.x)) / view.width}%`,
    top: `${(100 * (y - view.y)) / view.height}%`,
  }
}

function shortCount(number: number): string {
  return number < 1000 ? String(number) : `${Math.round(number / 1000)}k`
}

/** The town most of them are in. */
function commonTown(members: readonly MapMark[]): string {
  const towns = Map.groupBy(members, ({ town }) => town)
  const [most] = [...towns].toSorted(([, a], [, b]) => b.length - a.length)
  return most?.[0] ?? ''
}

/** Moves the map along with the pointer. */
function useDrag(view: View, kmPerPixel: number, setView: (view: View) => void) {
  const from = useRef<{ view: View; x: number; y: number } | null>(null)
  return {
    onPointerDown(event: PointerEvent<HTMLElement>) {
      const onMark = (event.target as Element).closest('button') !== null
      if (event.button !== 0 || onMark) return
      event.currentTarget.setPointerCapture(event.pointerId)
      from.current = { view, x: event.clientX, y: event.clientY }
    },
    onPointerMove(event: PointerEvent) {
      if (from.current === null) return
      const { view: start, x, y } = from.current
      setView(moved(start, (x - event.clientX) * kmPerPixel, (y - event.clientY) * kmPerPixel))
    },
    onPointerUp() {
      from.current = null
    },
    onPointerCancel() {
      from.current = null
    },
  }
}

/** The outline as paths, made when a map is drawn for the first time. */
let paths: { id: string; path: string }[] | null = null

function outlinePaths(): { id: string; path: string }[] {
  paths ??= STATE_OUTLINES.map(({ id, rings }) => ({ id, path: rings.map(pathOf).join('') }))
  return paths
}

function pathOf(ring: string): string {
  const numbers = ring.split(' ').map(Number)
  let [longitude, latitude] = [0, 0]
  const points: string[] = []
  for (let at = 0; at + 1 < numbers.length; at += 2) {
    longitude += numbers[at] ?? 0
    latitude += numbers[at + 1] ?? 0
    const { x, y } = project(longitude / 1000, latitude / 1000)
    points.push(`${x.toFixed(2)} ${y.toFixed(2)}`)
  }
  return `M${points.join('L')}Z`
}

const TOWN_SPOTS = TOWNS.map(([name, longitude, latitude, rank]) => ({
  name,
  rank,
  ...project(longitude, latitude),
}))
/** Kilometres a pixel up to which towns of a rank are written. */
const WRITTEN = { 1: Infinity, 2: 1.1, 3: 0.6 } as const

interface GroundProps {
  view: View
  kmPerPixel: number
  marks: readonly Spot[]
}

function Ground({ view, kmPerPixel, marks }: GroundProps) {
  const { x, y, width, height } = view
  // A mark would lie on the name; it says the town itself.
  const covered = (town: Spot) =>
    marks.some((mark) => Math.hypot(mark.x - town.x, mark.y - town.y) < 0.6 * GAP * kmPerPixel)
  const towns = TOWN_SPOTS.filter((town) => kmPerPixel < WRITTEN[town.rank] && !covered(town))
  return (
    <svg
      className={styles['ground']}
      viewBox={`${x} ${y} ${width} ${height}`}
      aria-hidden="true"
      focusable="false"
    >
      {outlinePaths().map(({ id, path }) => (
        <path key={id} d={path} />
      ))}
      {towns.map((town) => (
        <g key={town.name}>
          <circle cx={town.x} cy={town.y} r={1.8 * kmPerPixel} />
          <text x={town.x + 5 * kmPerPixel} y={town.y + 4 * kmPerPixel} fontSize={11 * kmPerPixel}>
            {town.name}
          </text>
        </g>
      ))}
    </svg>
  )
}

function ScaleBar({ view, kmPerPixel }: { view: View; kmPerPixel: number }) {
  const { language } = useLanguage()
  const km = scaleBar(view)
  const words = km.toLocaleString(language)
  return (
    <div className={styles['scale']} aria-hidden="true">
      <span style={{ width: `${km / kmPerPixel}px` }} />
      {words} km
    </div>
  )
}

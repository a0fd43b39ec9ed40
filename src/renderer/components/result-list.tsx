/**
 * The list of results: sortable, filterable, only the visible rows are drawn, so that ten
 * thousand stay smooth.
 *
 * @module
 */
import {
  type KeyboardEvent,
  type ReactNode,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import type { ResultRow } from '../../shared/api.ts'
import { showDecimal, showTime, visible } from '../../shared/display.ts'
import { compare } from '../../shared/decimal.ts'
import type { Timestamp } from '../../shared/model/reading.ts'
import { FORMATS } from '../../shared/model/record.ts'
import { VERDICT_STATES, type VerdictState } from '../../shared/model/verdict-state.ts'
import { useLanguage } from '../language.tsx'
import { Icon } from './icon.tsx'
import styles from './result-list.module.css'
import { VERDICT_TONE, VerdictBadge } from './verdict.tsx'

/** Where somebody is in the list; kept while one of its rows is looked at. */
export interface ListPlace {
  state: VerdictState | null
  search: string
  sort: Sort
  /** Of the row that was opened last. */
  id: string | null
}

export const LIST_TOP: ListPlace = {
  state: null,
  search: '',
  sort: { column: 'state', down: false },
  id: null,
}

interface Props {
  rows: readonly ResultRow[]
  place: ListPlace
  onPlace: (place: ListPlace) => void
  onOpen: (row: ResultRow) => void
  /** Asks for the password of what is protected. */
  onUnlock: (row: ResultRow) => void
}

type Column = 'state' | 'time' | 'meter' | 'energy' | 'trust' | 'invoice' | 'findings' | 'input'
interface Sort {
  column: Column
  down: boolean
}

const COLUMNS: readonly Column[] = [
  'state',
  'time',
  'meter',
  'energy',
  'trust',
  'invoice',
  'findings',
  'input',
]

export function ResultList({ rows, place, onPlace, onOpen, onUnlock }: Props) {
  const { t, count } = useLanguage()
  const { state, search, sort } = place
  const setState = (wanted: VerdictState | null) => onPlace({ ...place, state: wanted })
  const counts = useMemo(() => countedBy(rows), [rows])
  const shown = useMemo(
    () => sorted(filtered(rows, state, search), sort),
    [rows, state, search, sort],
  )
  // Without bills the column of bills says nothing.
  const columns = useMemo(
    () =>
      rows.some(({ invoice }) => invoice !== null)
        ? COLUMNS
        : COLUMNS.filter((column) => column !== 'invoice'),
    [rows],
  )
  return (
    <div className={styles['list']}>
      <div className={styles['filters']} role="group" aria-label={t('list.filter')}>
        <FilterChip
          pressed={state === null}
          onPress={() => setState(null)}
          filter="all"
          tone="mute"
          label={t('list.all')}
          number={rows.length}
        />
        {VERDICT_STATES.toReversed()
          .filter((candidate) => counts.has(candidate))
          .map((candidate) => (
            <FilterChip
              key={candidate}
              pressed={state === candidate}
              onPress={() => setState(state === candidate ? null : candidate)}
              filter={candidate}
              tone={VERDICT_TONE[candidate]}
              label={t(`short.${candidate}`)}
              number={counts.get(candidate) ?? 0}
            />
          ))}
      </div>
      <div className={styles['tools']}>
        <label className={styles['search']}>
          <Icon name="search" size={16} />
          <span className="unseen">{t('list.search')}</span>
          <input
            type="search"
            value={search}
            placeholder={t('list.search')}
            onChange={(event) => onPlace({ ...place, search: event.target.value })}
          />
        </label>
        <p className="muted small" role="status">
          {t('list.shown', { count: count(shown.length), total: count(rows.length) })}
        </p>
      </div>
      <Grid
        columns={columns}
        rows={shown}
        sort={sort}
        first={place.id}
        onSort={(column) => {
          const down = sort.column === column ? !sort.down : false
          onPlace({ ...place, sort: { column, down } })
        }}
        onOpen={(row) => {
          onPlace({ ...place, id: row.id })
          onOpen(row)
        }}
        onUnlock={onUnlock}
      />
    </div>
  )
}

function countedBy(rows: readonly ResultRow[]): Map<VerdictState, number> {
  const counts = new Map<VerdictState, number>()
  for (const { state } of rows) if (state !== null) counts.set(state, (counts.get(state) ?? 0) + 1)
  return counts
}

interface ChipProps {
  filter: VerdictState | 'all'
  pressed: boolean
  onPress: () => void
  tone: string
  label: string
  number: number
}

function FilterChip({ filter, pressed, onPress, tone, label, number }: ChipProps) {
  const { count } = useLanguage()
  return (
    <button
      type="button"
      className={`${styles['chip']} ${tone}`}
      aria-pressed={pressed}
      data-filter={filter}
      onClick={onPress}
    >
      <span className={styles['dot']} aria-hidden="true" />
      {label} <b>{count(number)}</b>
    </button>
  )
}

function filtered(
  rows: readonly ResultRow[],
  state: VerdictState | null,
  search: string,
): ResultRow[] {
  const wanted = search.trim().toLowerCase()
  return rows.filter((row) => {
    if (state !== null && row.state !== state) return false
    if (wanted === '') return true
    return [row.input, row.meter, row.timeText, row.energy].some(
      (text) => text?.toLowerCase().includes(wanted) === true,
    )
  })
}

function sorted(rows: ResultRow[], { column, down }: Sort): ResultRow[] {
  const order = rows.toSorted((a, b) => compareBy(column, a, b))
  return down ? order.toReversed() : order
}

function compareBy(column: Column, a: ResultRow, b: ResultRow): number {
  switch (column) {
    case 'state':
      return rank(a) - rank(b)
    case 'time':
      return (a.time ?? Infinity) - (b.time ?? Infinity)
    case 'energy':
      if (a.energy === null || b.energy === null)
        return (a.energy === null ? 1 : 0) - (b.energy === null ? 1 : 0)
      return compare(a.energy, b.energy)
    case 'meter':
      return (a.meter ?? '\uffff').localeCompare(b.meter ?? '\uffff')
    case 'trust':
      return a.trust.localeCompare(b.trust)
    case 'invoice':
      return (a.invoice ?? '\uffff').localeCompare(b.invoice ?? '\uffff')
    case 'findings':
      return b.errors + b.warnings - a.errors - a.warnings
    case 'input':
      return a.input.localeCompare(b.input)
  }
}

function rank({ state }: ResultRow): number {
  return state === null ? VERDICT_STATES.length : VERDICT_STATES.indexOf(state)
}

const ROW_HEIGHT = 44
/** The headings stay in sight and cover that much. */
const HEAD_HEIGHT = 41
/** Rows drawn beyond the edges, so that scrolling shows no gaps. */
const MARGIN = 8

interface GridProps {
  columns: readonly Column[]
  rows: readonly ResultRow[]
  sort: Sort
  /** The row to begin with, by its id; else the first. */
  first: string | null
  onSort: (column: Column) => void
  onOpen: (row: ResultRow) => void
  onUnlock: (row: ResultRow) => void
}

function Grid({ columns, rows, sort, first, onSort, onOpen, onUnlock }: GridProps) {
  const { t } = useLanguage()
  const grid = useRef<HTMLDivElement>(null)
  const [view, setView] = useState({ top: 0, height: 600 })
  const [active, setActive] = useState(() =>
    Math.max(
      0,
      rows.findIndex(({ id }) => id === first),
    ),
  )
  const current = Math.min(active, Math.max(rows.length - 1, 0))

  useLayoutEffect(() => {
    const element = grid.current
    if (element === null) return
    // Back from a row: it stands in the middle.
    element.scrollTop = active * ROW_HEIGHT - element.clientHeight / 2
    const measure = () => setView({ top: element.scrollTop, height: element.clientHeight })
    measure()
    element.addEventListener('scroll', measure, { passive: true })
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => {
      element.removeEventListener('scroll', measure)
      observer.disconnect()
    }
  }, [])

  const from = Math.max(0, Math.floor(view.top / ROW_HEIGHT) - MARGIN)
  const to = Math.min(rows.length, Math.ceil((view.top + view.height) / ROW_HEIGHT) + MARGIN)

  const move = (index: number) => {
    const next = Math.max(0, Math.min(rows.length - 1, index))
    setActive(next)
    const element = grid.current
    if (element === null) return
    const top = next * ROW_HEIGHT
    if (top < element.scrollTop) element.scrollTop = top
    else if (top + ROW_HEIGHT > element.scrollTop + element.clientHeight - HEAD_HEIGHT) {
      element.scrollTop = top + ROW_HEIGHT - element.clientHeight + HEAD_HEIGHT
    }
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return // a heading sorts
    const page = Math.max(1, Math.floor((view.height - HEAD_HEIGHT) / ROW_HEIGHT) - 1)
    const moves: Record<string, number> = {
      ArrowDown: current + 1,
      ArrowUp: current - 1,
      PageDown: current + page,
      PageUp: current - page,
      Home: 0,
      End: rows.length - 1,
    }
    const next = moves[event.key]
    const row = rows[current]
    if (next !== undefined) {
      event.preventDefault()
      move(next)
    } else if ((event.key === 'Enter' || event.key === ' ') && row !== undefined) {
      event.preventDefault()
      onOpen(row)
    }
  }
  return (
    <div className={styles['frame']}>
      <div
        className={styles['grid']}
        role="grid"
        ref={grid}
        tabIndex={0}
        aria-rowcount={rows.length + 1}
        aria-colcount={columns.length}
        data-invoice={columns.includes('invoice')}
        aria-label={t('list.rows')}
        aria-activedescendant={current >= from && current < to ? `row-${current}` : undefined}
        onKeyDown={onKey}
      >
        <div role="rowgroup" className={styles['head-group']}>
          <div className={styles['head']} role="row" aria-rowindex={1}>
            {columns.map((column, index) => (
              <div
                key={column}
                role="columnheader"
                aria-colindex={index + 1}
                className={styles[column]}
                aria-sort={
                  sort.column === column ? (sort.down ? 'descending' : 'ascending') : 'none'
                }
              >
                <button type="button" onClick={() => onSort(column)}>
                  {t(`list.${column}`)}
                  {sort.column === column && <Icon name={sort.down ? 'down' : 'up'} size={14} />}
                </button>
              </div>
            ))}
          </div>
        </div>
        <div
          role="rowgroup"
          className={styles['space']}
          style={{ height: rows.length * ROW_HEIGHT }}
        >
          {rows.slice(from, to).map((row, index) => (
            <Row
              key={row.id}
              columns={columns}
              row={row}
              index={from + index}
              active={from + index === current}
              onOpen={() => {
                setActive(from + index)
                onOpen(row)
              }}
              onUnlock={() => {
                setActive(from + index)
                onUnlock(row)
              }}
            />
          ))}
        </div>
      </div>
      {rows.length === 0 && <p className={styles['none']}>{t('list.none')}</p>}
    </div>
  )
}

interface RowProps {
  columns: readonly Column[]
  row: ResultRow
  index: number
  active: boolean
  onOpen: () => void
  onUnlock: () => void
}

function Row({ columns, row, index, active, onOpen, onUnlock }: RowProps) {
  return (
    <div
      id={`row-${index}`}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={active}
      className={styles['row']}
      style={{ transform: `translateY(${index * ROW_HEIGHT}px)` }}
      data-state={row.state ?? 'keys'}
      onClick={onOpen}
    >
      {columns.map((column, at) => (
        <div
          key={column}
          role="gridcell"
          aria-colindex={at + 1}
          className={styles[column]}
          title={column === 'input' ? visible(row.input) : undefined}
        >
          <Cell column={column} row={row} onUnlock={onUnlock} />
        </div>
      ))}
    </div>
  )
}

interface CellProps {
  column: Column
  row: ResultRow
  onUnlock: () => void
}

function Cell({ column, row, onUnlock }: CellProps): ReactNode {
  const { language, t, count } = useLanguage()
  switch (column) {
    case 'state':
      return row.state === null ? (
        <span className="muted">{t(`list.${row.neutral ?? 'keys-only'}`)}</span>
      ) : (
        <VerdictBadge state={row.state} short />
      )
    case 'time':
      return row.timeText === null ? '–' : showTime(language, timeOf(row)).slice(0, 16)
    case 'meter':
      return row.meter === null ? '–' : <code>{visible(row.meter)}</code>
    case 'energy':
      return row.energy === null ? '–' : `${showDecimal(language, row.energy)} kWh`
    case 'trust':
      return row.state === null ? '–' : t(`trust.${row.trust}`)
    case 'invoice':
      return row.invoice === null ? (
        '–'
      ) : (
        <span className={row.invoice === 'differs' ? 'bad' : ''} data-invoice={row.invoice}>
          {t(`invoice.short.${row.invoice}`)}
        </span>
      )
    case 'findings':
      return row.errors + row.warnings === 0 ? '–' : count(row.errors + row.warnings)
    case 'input':
      return (
        <>
          <span>{visible(row.input)}</span>
          {row.copyOf !== null && (
            <small title={t('list.copy', { input: visible(row.copyOf) })}>
              {t('list.copy.short')}
            </small>
          )}
          {row.locked && (
            <button
              type="button"
              className="link"
              // By the keyboard the row is opened, which offers the same.
              tabIndex={-1}
              data-action="unlock"
              onClick={(event) => {
                event.stopPropagation()
                onUnlock()
              }}
            >
              {t('unlock.action')}
            </button>
          )}
          {row.format !== '' && <small>{FORMATS[row.format as keyof typeof FORMATS]}</small>}
        </>
      )
  }
}

function timeOf({ timeText, time, offsetMin }: ResultRow): Timestamp {
  return { text: timeText ?? '', epochMs: time, offsetMin, sync: 'unknown' }
}

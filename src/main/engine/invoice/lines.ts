/**
 * The lines of a bill, each thing in them with the words that stand in front of it.
 *
 * A table gives its words in a head line: where a row has as many cells as the head, each cell has
 * the word of its column, and a bare number the unit that stands there.
 *
 * @module
 */
import { parseDecimal } from '../../../shared/decimal.ts'
import { blank, momentsIn, slashOrderOf } from './moments.ts'
import { styleOf } from './numbers.ts'
import {
  type Meaning,
  type NameKind,
  type Profile,
  type Token,
  currencyOf,
  nameBelow,
  perUnit,
  tokensIn,
} from './tokens.ts'

export interface Labelled {
  token: Token
  /** Words in front of it, in small letters; of a table the head of its column. */
  label: string
  /** The label comes from the head of a column. */
  column: boolean
}

export interface Line {
  text: string
  items: Labelled[]
}

/** More lines are no bill. */
const MOST_LINES = 20_000
/** A head stays in force for so many lines. */
const HEAD_REACH = 200

export function linesOf(text: string): Line[] {
  const raw = text.split(/\r\n|[\n\r\f]/, MOST_LINES)
  const profile = profileOf(text)
  const lines: Line[] = []
  let head: { cells: Cell[]; left: number } | null = null
  for (const line of raw) {
    const cells = cellsOf(line)
    if (isHead(cells)) {
      head = { cells, left: HEAD_REACH }
      lines.push({ text: line, items: [] })
      continue
    }
    const columns = head !== null && cells.length === head.cells.length ? head.cells : null
    const below = nameBelow(labelAbove(lines.at(-1)), line)
    const inCells = columns === null ? [] : namesInColumns(cells, columns)
    const names = below === null ? inCells : [below]
    let rest = line
    for (const { from, to } of names) rest = blank(rest, from, to)
    const tokens = [...names, ...tokensIn(rest, profile)].toSorted((a, b) => a.from - b.from)
    lines.push({ text: line, items: labelled(line, tokens, cells, columns, lines.at(-1)) })
    if (head !== null && --head.left === 0) head = null
  }
  return lines
}

function profileOf(text: string): Profile {
  const slashes = slashOrderOf(text)
  let plain = ''
  for (const line of text.split(/[\n\r\f]+/, MOST_LINES)) {
    let rest = line.slice(0, 2000)
    for (const { from, to } of momentsIn(rest, slashes ?? 'day-first')) rest = blank(rest, from, to)
    plain += `${rest}\n`
  }
  return { style: styleOf(plain), slashes }
}

const NAME_COLUMNS: readonly [NameKind, RegExp][] = [
  ['session', /^(?:lade)?(?:vorgang|transaktion|session|transaction|sitzung|lade-?id)/i],
  ['meter', /^(?:zähler|meter)(?:-?\s?(?:nr|nummer|id|no|number|serial)\.?)?$/i],
  ['user', /^(?:lade)?(?:karte|card|rfid|token|vertrag|contract)/i],
]

/** A column of numbers of sessions needs no word in each row. */
function namesInColumns(cells: readonly Cell[], columns: readonly Cell[]): Token[] {
  return cells.flatMap(({ text, from, to }, index): Token[] => {
    const head = columns[index]?.text ?? ''
    const [of] = NAME_COLUMNS.find(([, words]) => words.test(head)) ?? []
    if (of === undefined || !/^(?=.*\d)[A-Za-z0-9][A-Za-z0-9_./*-]{2,60}$/.test(text)) return []
    return [{ kind: 'name', of, text, from, to }]
  })
}

interface Cell {
  text: string
  from: number
  to: number
}

/** Cells of a row: parted by tabs, bars, semicolons or more than one blank. */
function cellsOf(line: string): Cell[] {
  const cells: Cell[] = []
  let from = 0
  for (const match of line.matchAll(/\t|\s{2,}|\s?[|;]\s?/g)) {
    if (match.index > from) cells.push(cell(line, from, match.index))
    from = match.index + match[0].length
  }
  if (from < line.length) cells.push(cell(line, from, line.length))
  return cells.filter(({ text }) => text !== '')
}

function cell(line: string, from: number, to: number): Cell {
  return { text: line.slice(from, to).trim(), from, to }
}

const HEAD_WORDS =
  /^(?:pos|nr|no|#|datum|date|tag|day|zeit|time|beginn|start|ladebeginn|startzeit|von|begin|started|from|ende|end|ladeende|endzeit|bis|stopped|to|menge|energie|verbrauch|geladene energie|energy|kwh|energiemenge|quantity|preis|price|einzelpreis|unit price|betrag|amount|summe|total|netto|brutto|net|gross|ladepunkt|ladestation|evse|standort|charge point|location|station|vorgang|transaktion|session|lade-id|transaction|dauer|duration|ust|mwst|vat|zähler|meter|anfangsstand|endstand|beschreibung|description|tarif|tariff)/i

/** Three or more words of columns, and no number. */
function isHead(cells: readonly Cell[]): boolean {
  if (cells.length < 3 || cells.some(({ text }) => /\d/.test(text))) return false
  return cells.filter(({ text }) => HEAD_WORDS.test(text)).length >= 3
}

function labelled(
  line: string,
  tokens: readonly Token[],
  cells: readonly Cell[],
  columns: readonly Cell[] | null,
  before: Line | undefined,
): Labelled[] {
  let end = 0
  return tokens.map((token, index) => {
    const words = line.slice(end, token.from)
    end = token.to
    const column =
      columns?.[cells.findIndex(({ from, to }) => token.from >= from && token.from < to)]
    if (column !== undefined) {
      const named = inColumn(token, column.text)
      return { token: named, label: `${column.text} ${words}`.toLowerCase(), column: true }
    }
    const above = index === 0 && words.trim() === '' ? labelAbove(before) : ''
    return { token, label: `${above} ${words}`.toLowerCase().trim(), column: false }
  })
}

/** A label on a line of its own. */
function labelAbove(before: Line | undefined): string {
  if (before === undefined || before.items.length > 0) return ''
  return before.text.length <= 60 ? before.text.trim() : ''
}

/** A bare number in a column of a unit. */
function inColumn(token: Token, head: string): Token {
  if (token.kind !== 'number') return token
  const meaning = columnMeaning(token, head)
  return meaning === null ? token : { ...meaning, from: token.from, to: token.to }
}

function columnMeaning({ value, text }: Extract<Meaning, { kind: 'number' }>, head: string) {
  const price = /(€|EUR|ct|Cent)\s?(?:\/|je|pro|per)\s?(kWh|Min|h|Std)/i.exec(head)
  if (price !== null) {
    const cents = /^c/i.test(price[1] ?? '')
    if (cents) return null
    const currency = currencyOf(price[1] ?? '€')
    return { kind: 'price' as const, value, per: perUnit(price[2] ?? ''), currency }
  }
  if (/(?:^|[\s([])kWh(?:$|[\s)\]])/i.test(head))
    return { kind: 'energy' as const, value, unit: 'kWh' as const, text }
  if (/(?:^|[\s([])(?:Min\.?|Minuten|minutes)(?:$|[\s)\]])/i.test(head)) {
    const seconds =
      value === null || /\D/.test(value) ? null : parseDecimal(String(BigInt(value) * 60n))
    return seconds === null ? null : { kind: 'duration' as const, seconds }
  }
  const money = /(?:^|[\s([])(€|EUR)(?:$|[\s)\]])/.exec(head)
  if (money !== null) return { kind: 'money' as const, value, currency: currencyOf(money[1] ?? '') }
  return null
}

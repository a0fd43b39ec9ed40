/**
 * The charging register of the Bundesnetzagentur: rows of text → stations, charge points, keys.
 *
 * The header is found by its names, never by its place, and columns by theirs: every edition
 * since 2017 had others. Nothing is dropped: what is no key is given back with its reason.
 * Source: the editions since April 2017; "Ladesäulenregister", Bundesnetzagentur.de, CC BY 4.0.
 *
 * @module
 */
import { toHex } from '../../../shared/hex.ts'
import { comparable } from '../../../shared/identity.ts'
import type { CurveId } from '../../../shared/model/key.ts'
import type { CellProblem, RegisterNote, RowProblem } from '../../../shared/model/register.ts'
import { isCivilTime, isoText } from '../codec/time.ts'
import {
  type KeyForm,
  type KeyReading,
  candidatesOf,
  readPublicKeys,
} from '../signature/public-key.ts'

export interface RegisterKey {
  curve: CurveId
  /** See `PublicKeyRef.point`. */
  point: Uint8Array
  form: KeyForm
}

export interface RegisterPoint {
  /** From 1, as the columns are numbered. */
  slot: number
  connectors: string | null
  power: string | null
  /** As written, without what surrounds it. */
  evse: string | null
  /** The key cell as printed. */
  printed: string | null
  keys: RegisterKey[]
}

export interface RegisterStation {
  row: number
  fields: Record<StationField, string | null>
  /** Cells of other columns, by the name in the file. */
  other: Record<string, string>
  points: RegisterPoint[]
}

export interface RowTrouble {
  column: string
  reason: CellProblem | RowProblem
  printed: string
}

export interface StationRow {
  station: RegisterStation
  trouble: RowTrouble[]
}

/** What stands above the rows. */
export interface RegisterLayout {
  /** ISO date of the edition; null where the file has none. */
  date: string | null
  notes: RegisterNote[]
}

const FIELDS = {
  number: ['ladeeinrichtungs-id'],
  operator: ['betreiber'],
  name: ['anzeigename karte', 'anzeigename'],
  status: ['status'],
  // The editions until 2024 misspelt it.
  kind: ['art der ladeeinrichtung', 'art der ladeeinrichung'],
  power: ['nennleistung ladeeinrichtung', 'anschlussleistung'],
  commissioned: ['inbetriebnahmedatum'],
  street: ['straße', 'strasse', 'adresse'],
  house: ['hausnummer'],
  addition: ['adresszusatz'],
  postcode: ['postleitzahl', 'plz'],
  place: ['ort'],
  district: ['kreis/kreisfreie stadt'],
  state: ['bundesland'],
  latitude: ['breitengrad'],
  longitude: ['längengrad'],
  site: ['standortbezeichnung'],
  // 2017: the address in one column, or postcode and place in one.
  address: ['standort'],
  postcodePlace: ['postleitzahl ort', 'plz ort'],
} as const
export type StationField = keyof typeof FIELDS

const SLOTS = {
  connectors: /^steckertypen? ?(\d+)$/,
  power: /^(?:p|nennleistung stecker) ?(\d+)$/,
  evse: /^evse[- ]?id ?(\d+)$/,
  key: /^public ?key ?(\d+)$/,
} as const
type SlotField = keyof typeof SLOTS

/** The header is one of the first rows. */
const MOST_ABOVE = 40

interface Columns {
  names: string[]
  fields: Partial<Record<StationField, number>>
  slots: Map<number, Partial<Record<SlotField, number>>>
  /** Columns that are neither. */
  other: number[]
}

export class RegisterReader {
  private columns: Columns | null = null
  private readonly above: string[][] = []
  private readonly kind: 'csv' | 'xlsx'

  constructor(kind: 'csv' | 'xlsx') {
    this.kind = kind
  }

  /** Whether the header was found. */
  get begun(): boolean {
    return this.columns !== null
  }

  /** Whether so many rows came that no header will. */
  get hopeless(): boolean {
    return this.columns === null && this.above.length >= MOST_ABOVE
  }

  /** Of the header. */
  get width(): number {
    return this.columns?.names.length ?? 0
  }

  /** @throws Error before the header was found */
  layout(): RegisterLayout {
    if (this.columns === null) throw new Error('no header')
    const cells = this.above.flat().filter((cell) => cell.trim() !== '')
    const notes: RegisterNote[] = []
    if (!cells.some((cell) => /lades[äa]?ulen|bundesnetzagentur/i.test(cell))) {
      notes.push('no-preamble')
    }
    if (![...this.columns.slots.values()].some(({ key }) => key !== undefined)) {
      notes.push('no-key-columns')
    }
    return { date: editionDate(cells), notes }
  }

  /**
   * @param formulas columns whose value a formula computed
   * @returns null for a row above the header, the header, and one without any text
   */
  row(cells: readonly string[], row: number, formulas: readonly number[] = []): StationRow | null {
    if (this.columns === null) {
      this.columns = columnsOf(cells)
      if (this.columns === null) this.above.push([...cells])
      return null
    }
    if (cells.every((cell) => cell.trim() === '')) return null
    const trouble: RowTrouble[] = []
    // A sheet leaves out what is empty at the end of a row; CSV never does.
    if (this.kind === 'csv' && cells.length < this.width) {
      trouble.push({ column: '', reason: 'short-row', printed: cells.join(';') })
    }
    const fitting = fitted(cells, this.columns, trouble)
    return { station: stationOf(fitting, row, formulas, this.columns, trouble), trouble }
  }
}

/** @param head first part of a CSV file @returns the delimiter of the line with the header */
export function delimiterOf(head: string): string {
  const line = head.split(/\r\n?|\n/).find((one) => /betreiber/i.test(one)) ?? head
  const count = (delimiter: string) => line.split(delimiter).length
  return [';', ',', '\t'].reduce((most, next) => (count(next) > count(most) ? next : most))
}

function normal(name: string): string {
  return name
    .normalize('NFC')
    .replace(/^\ufeff/, '')
    .replace(/\[[^\]]*\]|[()#]/g, ' ')
    .replace(/[\s_\u{a0}]+/gu, ' ')
    .trim()
    .toLowerCase()
}

/** @returns null for a row that is no header */
function columnsOf(cells: readonly string[]): Columns | null {
  const names = cells.map(normal)
  while (names.at(-1) === '') names.pop()
  if (!names.includes('betreiber')) return null
  const columns: Columns = {
    names: [...cells].slice(0, names.length),
    fields: {},
    slots: new Map(),
    other: [],
  }
  for (const [index, name] of names.entries()) place(name, index, columns)
  return columns.slots.size === 0 ? null : columns
}

function place(name: string, index: number, { fields, slots, other }: Columns): void {
  for (const [field, synonyms] of Object.entries(FIELDS) as [StationField, readonly string[]][]) {
    if (!synonyms.includes(name)) continue
    if (fields[field] === undefined) fields[field] = index
    else other.push(index)
    return
  }
  for (const [field, pattern] of Object.entries(SLOTS) as [SlotField, RegExp][]) {
    const slot = Number(pattern.exec(name)?.[1] ?? 0)
    if (slot === 0) continue
    const known = slots.get(slot) ?? {}
    if (known[field] === undefined) slots.set(slot, { ...known, [field]: index })
    else other.push(index)
    return
  }
  if (name !== '') other.push(index)
}

/** @param trouble gets what cannot be used */
function stationOf(
  cells: readonly string[],
  row: number,
  formulas: readonly number[],
  columns: Columns,
  trouble: RowTrouble[],
): RegisterStation {
  const cell = (index: number | undefined) =>
    index === undefined ? null : filled(cells[index] ?? '')
  const fields = Object.fromEntries(
    Object.keys(FIELDS).map((name) => [name, cell(columns.fields[name as StationField])]),
  ) as RegisterStation['fields']
  const other: Record<string, string> = {}
  for (const index of columns.other) {
    const text = cell(index)
    if (text !== null) other[columns.names[index]?.trim() ?? ''] = text
  }
  const points: RegisterPoint[] = []
  for (const [slot, place] of columns.slots) {
    const connectors = cell(place.connectors)
    const evse = cell(place.evse)
    const printed = cell(place.key)
    if (connectors === null && evse === null && printed === null) continue
    const point: RegisterPoint = {
      slot,
      connectors,
      power: cell(place.power),
      evse,
      printed,
      keys: [],
    }
    if (printed !== null) {
      const column = columns.names[place.key ?? -1]?.trim() ?? ''
      const failed = formulas.includes(place.key ?? -1) ? 'formula' : readCell(printed, point.keys)
      if (failed !== null) trouble.push({ column, reason: failed, printed })
    }
    points.push(point)
  }
  points.sort((a, b) => a.slot - b.slot)
  return { row, fields: tidied(fields), other, points }
}

/** Cells beside the columns are told; groups of a key that an unquoted `;` parted are joined. */
function fitted(
  cells: readonly string[],
  columns: Columns,
  trouble: RowTrouble[],
): readonly string[] {
  const { names } = columns
  const surplus = cells.slice(names.length)
  if (surplus.every((cell) => cell.trim() === '')) return cells
  for (const { key } of columns.slots.values()) {
    if (key === undefined) continue
    const groups = cells.slice(key, key + surplus.length + 1)
    if (!groups.every((group) => /^\s*[0-9a-f]{1,4}\s*$/i.test(group))) continue
    return [...cells.slice(0, key), groups.join(';'), ...cells.slice(key + groups.length)]
  }
  trouble.push({ column: '', reason: 'long-row', printed: surplus.join(';') })
  return cells
}

/** @returns why the cell, or a part of it, is no key; null where all of it is */
function readCell(printed: string, keys: RegisterKey[]): CellProblem | null {
  let failed: CellProblem | null = null
  for (const reading of readPublicKeys(printed)) {
    const found = candidatesOf(reading)
    // Of a compressed point the curve may stay open; each candidate is what the cell says.
    for (const { curve, point, form } of found) {
      const known = keys.some((key) => key.curve === curve && toHex(key.point) === toHex(point))
      if (!known) keys.push({ curve, point, form })
    }
    if (found.length === 0) failed ??= isMisread(reading, printed) ? 'damaged' : problemOf(reading)
  }
  return failed
}

/** Hexadecimal digits but for a few letters: as base64 such a text is only of the wrong length. */
function isMisread(reading: KeyReading, printed: string): boolean {
  if (reading.kind !== 'unknown' || reading.reason !== 'length') return false
  const characters = printed.replace(/[\s:;.-]/g, '')
  const strange = characters.replace(/[0-9a-f]/gi, '').length
  return strange > 0 && strange * 10 <= characters.length
}

function problemOf(reading: KeyReading): CellProblem {
  switch (reading.kind) {
    case 'key':
    case 'ambiguous':
      return 'no-key'
    case 'not-on-curve':
    case 'unsupported-curve':
    case 'explicit-parameters':
    case 'private-key':
      return reading.kind
    case 'unknown':
      break
  }
  switch (reading.reason) {
    case 'damaged':
      return 'damaged'
    case 'length':
    case 'structure':
    case 'hybrid-point':
    case 'no-curve':
    case 'no-point':
    case 'too-long':
      return 'length'
    case 'empty':
    case 'too-many':
    case 'layers':
    case 'no-encoding':
    case 'pem':
    case 'json':
    case 'oca':
    case 'several-keys':
      return 'no-key'
  }
}

function filled(cell: string): string | null {
  const text = cell.replace(/^[\s\u{a0}]+|[\s\u{a0}]+$/gu, '')
  return text === '' ? null : text
}

function tidied(fields: RegisterStation['fields']): RegisterStation['fields'] {
  const { commissioned, latitude, longitude, postcodePlace, address } = fields
  const parts = /^(?:(.*?)[,\s]\s*)??(\d{5})\s+(.+)$/s.exec(postcodePlace ?? address ?? '')
  const [, street = null, postcode = null, town = null] = parts ?? []
  return {
    ...fields,
    street: fields.street ?? street ?? (parts === null ? address : null),
    postcode: fields.postcode?.padStart(5, '0') ?? postcode,
    place: fields.place ?? town ?? (parts === null ? postcodePlace : null),
    commissioned: isoDate(commissioned),
    latitude: degrees(latitude),
    longitude: degrees(longitude),
  }
}

/** @returns with a dot; null for what is no number of degrees */
function degrees(text: string | null): string | null {
  const plain = text?.replace(',', '.') ?? ''
  return /^-?\d{1,3}(?:\.\d{1,15})?$/.test(plain) ? plain : null
}

/** Days from 1899-12-30 to 1970-01-01, as spreadsheets count. */
const SERIAL_OF_1970 = 25_569
const DAY_MS = 86_400_000

/** @returns the ISO date of `DD.MM.YYYY`, `DD.MM.YY`, ISO or a spreadsheet's number; else null */
export function isoDate(text: string | null): string | null {
  if (text === null) return null
  const german = /^(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})$/.exec(text)
  if (german !== null) {
    const [, day = '', month = '', year = ''] = german
    return valid(`${year.padStart(4, '20')}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`)
  }
  const iso = /^(\d{4}-\d\d-\d\d)(?:[T ].*)?$/.exec(text)
  if (iso !== null) return valid(iso[1] ?? '')
  const serial = /^(\d{5})(?:\.\d+)?$/.exec(text)
  if (serial === null) return null
  return isoText((Number(serial[1]) - SERIAL_OF_1970) * DAY_MS, 0).slice(0, 10)
}

function valid(text: string): string | null {
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number)
  return isCivilTime({ year, month, day, hour: 0, minute: 0, second: 0 }) ? text : null
}

/** First day of the register and a day no edition will have. */
const FIRST_SERIAL = 42_800
const LAST_SERIAL = 65_000

/** @param cells what stands above the header */
function editionDate(cells: readonly string[]): string | null {
  for (const cell of cells) {
    const named = /(?:stand|aktualisierung vom|aktualisierung)\s*:?\s*(\d[\d.-]{4,9}\d)/i.exec(cell)
    const date = isoDate(named?.[1] ?? null)
    if (date !== null) return date
  }
  // The date alone in a cell, beside its name or in its place.
  for (const cell of cells) {
    const text = cell.trim()
    const serial = Number(text)
    if (/^\d{5}(?:\.\d+)?$/.test(text) && (serial < FIRST_SERIAL || serial > LAST_SERIAL)) continue
    const date = isoDate(text)
    if (date !== null) return date
  }
  return null
}

/** @returns the date in a name such as `Ladesaeulenregister_BNetzA_2026-09-01.csv` */
export function dateInName(name: string): string | null {
  return isoDate(/(?<!\d)(\d{4}-\d\d-\d\d)(?!\d)/.exec(name)?.[1] ?? null)
}

/** An EVSE id names a charge point where it has country, operator and more (eMI3). */
const EVSE = /^[A-Z]{2}[A-Z0-9]{3}[A-Z0-9]{3,}$/

/**
 * @param evse as written; several may stand in one cell
 * @returns the forms in which they are compared; none for what is no EVSE id
 */
export function evseForms(evse: string | null): string[] {
  if (evse === null) return []
  const whole = comparable(evse)
  const parts = evse.split(/[\n\r,;|]+/).map(comparable)
  const forms = (
    parts.length > 1 && parts.every((part) => EVSE.test(part)) ? parts : [whole]
  ).filter((form) => EVSE.test(form))
  return [...new Set(forms)]
}

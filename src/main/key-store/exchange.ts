/**
 * Lists of keys for other people and programs: JSON (`eichlicht-keys/1`) and CSV, out and in.
 *
 * What comes in is worth K2 whatever the list says: that somebody else confirmed a key is no
 * confirmation by this user. A line that cannot be read is refused with its reason, the others
 * are added in one transaction.
 * Sources: RFC 4180; OWASP, CSV injection; product requirements D.3.
 *
 * @module
 */
import type { ImportReport } from '../../shared/api.ts'
import type { PublicKeyRef } from '../../shared/model/key.ts'
import type { Unusable } from '../../shared/model/register.ts'
import type { Issuer, KeyDetails, StoredKey } from '../../shared/model/stored-key.ts'
import { suggestKey } from '../engine/signature/key-repair.ts'
import { fingerprint } from '../engine/signature/public-key.ts'
import { tidyDetails } from './rows.ts'
import { splitList } from './signed-list.ts'
import type { KeyStore, NewKey } from './store.ts'
import { asStoreError } from './trouble.ts'

export const KEYS_SCHEMA = 'eichlicht-keys/1'

export type KeyText = Pick<PublicKeyRef, 'fingerprint' | 'curve' | 'point'>

/** Reads the text of a key; `curve` is what the list says. */
export type ReadKey = (text: string, curve: string | null) => KeyText | { refused: string }

const COLUMNS = [
  'fingerprint',
  'curve',
  'point',
  'trust',
  'source',
  'meter',
  'evse',
  'station',
  'operator',
  'label',
  'note',
  'origin',
  'confirmed_how',
  'confirmed_by',
  'confirmed_where',
  'confirmed_on',
  'valid_from',
  'valid_until',
  'added_at',
] as const
type Column = (typeof COLUMNS)[number]
type Line = Record<Column, string | null>

/** The columns of an exported list, as the members of an object. */
export function lineOf(key: StoredKey): Line {
  const { fingerprint, curve, point, trust, source, confirmed, origin } = key
  const { meter, evse, station, operator, label, note } = key
  return {
    fingerprint,
    curve,
    point,
    trust,
    source,
    meter,
    evse,
    station,
    operator,
    label,
    note,
    origin,
    confirmed_how: confirmed?.how ?? null,
    confirmed_by: confirmed?.by ?? null,
    confirmed_where: confirmed?.where ?? null,
    confirmed_on: confirmed?.at ?? null,
    valid_from: key.validFrom,
    valid_until: key.validUntil,
    added_at: key.addedAt,
  }
}

/** @returns the document in parts, one line for each key */
export function* jsonParts(keys: Iterable<StoredKey>): Generator<string> {
  yield `{"schema":"${KEYS_SCHEMA}","keys":[`
  let first = true
  for (const key of keys) {
    yield `${first ? '' : ','}\n${JSON.stringify(lineOf(key))}`
    first = false
  }
  yield '\n]}\n'
}

/** @returns lines with CRLF, the first with the names of the columns and a byte order mark */
export function* csvParts(keys: Iterable<StoredKey>): Generator<string> {
  yield `\ufeff${COLUMNS.map(cell).join(',')}\r\n`
  for (const key of keys) {
    const line = lineOf(key)
    yield `${COLUMNS.map((column) => cell(line[column] ?? '')).join(',')}\r\n`
  }
}

const UNUSABLE = [
  'row',
  'column',
  'reason',
  'printed',
  'number',
  'operator',
  'suggestion',
  'suggestion_curve',
] as const
/** A suggestion takes a hundredth of a second; the editions so far have fewer damaged cells. */
const MOST_SUGGESTIONS = 100
const REPAIRABLE: readonly string[] = ['damaged', 'not-on-curve']

/**
 * What an edition of the register has and is no key, with the key that was meant where only one
 * can be: for people to compare, never used by the program.
 *
 * @returns lines with CRLF, as {@link csvParts}
 */
export function* unusableCsv(cells: Iterable<Unusable>): Generator<string> {
  yield `\ufeff${UNUSABLE.map(cell).join(',')}\r\n`
  let suggested = 0
  for (const one of cells) {
    const wanted = REPAIRABLE.includes(one.reason) && suggested++ < MOST_SUGGESTIONS
    const found = wanted ? suggestKey(one.printed) : null
    const line = {
      ...one,
      suggestion: found?.text ?? null,
      suggestion_curve: found?.curve ?? null,
    }
    yield `${UNUSABLE.map((column) => cell(String(line[column] ?? ''))).join(',')}\r\n`
  }
}

/** What a spreadsheet takes for a formula, and the apostrophe that says it is none. */
const FORMULA = /^[=+\-@\t\r\n']/

function cell(value: string): string {
  const safe = FORMULA.test(value) ? `'${value}` : value
  return `"${safe.replaceAll('"', '""')}"`
}

export interface ImportOptions {
  /** Who issued the list, as the user names them. */
  issuer: string | null
  /** SHA-256 of the file, for the record of changes. */
  sha256: string
  readKey: ReadKey
}

/**
 * Adds the keys of a list to the store, all of them or none.
 *
 * @throws StoreError where the store cannot be written
 */
export function importKeys(
  store: KeyStore,
  file: { name: string; bytes: Uint8Array },
  { issuer, sha256, readKey }: ImportOptions,
): ImportReport {
  const split = splitList(file.bytes)
  if (split.kind === 'broken') {
    const refused = [{ line: 1, reason: 'import.signature' }]
    return { added: 0, known: 0, refused, signature: { status: 'broken', issuer: null } }
  }
  const signer = split.kind === 'signed' ? split.signature : null
  const known = signer === null ? null : issuerOf(signer.key, store)
  const { lines, refused } = linesOf(split.list)
  const named = known?.name ?? issuer
  const origin = named === null ? file.name : `${named}, ${file.name}`
  const entries: NewKey[] = []
  for (const { line, fields } of lines) {
    const read = entryOf(fields, origin, readKey)
    if ('refused' in read) refused.push({ line, reason: read.refused })
    else entries.push(read)
  }
  const facts = { file: file.name, sha256, ...(signer && { signed_at: signer.signedAt }) }
  const report = store.import(entries, facts, named ?? '', known)
  return {
    ...report,
    refused: refused.toSorted((a, b) => a.line - b.line),
    signature:
      signer === null
        ? { status: 'none', issuer: null }
        : {
            status: known === null ? 'unknown-issuer' : 'valid',
            issuer: known?.name ?? signer.issuer,
          },
  }
}

/** Who it is says the key, whatever name stands beside it. */
function issuerOf(key: Uint8Array, store: KeyStore): Issuer | null {
  const print = fingerprint('ed25519', key)
  return store.issuers().find((one) => one.fingerprint === print) ?? null
}

type Fields = ReadonlyMap<string, unknown>

function entryOf(fields: Fields, origin: string, readKey: ReadKey): NewKey | { refused: string } {
  const of = (name: Column) => fields.get(name) ?? null
  if (COLUMNS.some((name) => of(name) !== null && typeof of(name) !== 'string')) {
    return { refused: 'import.field' }
  }
  const text = (name: Column) => of(name) as string | null
  const key = readKey(text('point') ?? '', text('curve'))
  if ('refused' in key) return key
  const named = text('fingerprint')
  if (named !== null && named !== key.fingerprint) return { refused: 'import.fingerprint' }
  const details = detailsOf(text)
  if (details === null) return { refused: 'too-long' }
  return {
    key,
    details,
    origin,
    confirmed: null,
    validFrom: dateOf(text('valid_from')),
    validUntil: dateOf(text('valid_until')),
  }
}

function detailsOf(text: (name: keyof KeyDetails) => string | null): KeyDetails | null {
  try {
    return tidyDetails({
      meter: text('meter'),
      evse: text('evse'),
      station: text('station'),
      operator: text('operator'),
      label: text('label'),
      note: text('note'),
    })
  } catch (error) {
    if (asStoreError(error).code === 'too-long') return null
    throw error
  }
}

function dateOf(text: string | null): string | null {
  return text !== null && /^\d{4}-\d\d-\d\d[\w:.+-]{0,30}$/.test(text) ? text : null
}

interface Lines {
  lines: { line: number; fields: Fields }[]
  refused: ImportReport['refused']
}

function linesOf(bytes: Uint8Array): Lines {
  const nothing = (reason: string): Lines => ({ lines: [], refused: [{ line: 1, reason }] })
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return nothing('import.format')
  }
  if (text.trim() === '') return nothing('import.empty')
  return (/^\s*\{/.test(text) ? jsonLines(text) : csvLines(text)) ?? nothing('import.format')
}

/** @returns null for JSON that is no list of keys; lines count from 1, in the order of the list */
function jsonLines(text: string): Lines | null {
  let document: unknown
  try {
    document = JSON.parse(text)
  } catch {
    return null
  }
  const members = asFields(document)
  const keys: unknown = members?.get('keys')
  if (members?.get('schema') !== KEYS_SCHEMA || !Array.isArray(keys)) return null
  const all: Lines = { lines: [], refused: [] }
  for (const [index, item] of keys.entries()) {
    const fields = asFields(item)
    if (fields === null) all.refused.push({ line: index + 1, reason: 'import.field' })
    else all.lines.push({ line: index + 1, fields })
  }
  return all
}

function asFields(value: unknown): Fields | null {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
  return isObject ? new Map(Object.entries(value)) : null
}

/** @returns null for what has no column of keys; lines are those of the file */
function csvLines(text: string): Lines | null {
  const body = text.replace(/^\ufeff/, '')
  const [header, ...rows] = csvRows(body, delimiterOf(body))
  if (header === undefined) return null
  const names = header.cells.map((name) => plain(name)?.trim().toLowerCase() ?? '')
  if (!names.includes('point')) return null
  const lines = rows
    .filter(({ cells }) => cells.some((value) => value !== ''))
    .map(({ line, cells }) => ({
      line,
      fields: new Map(names.map((name, index) => [name, plain(cells[index] ?? '')])),
    }))
  return { lines, refused: [] }
}

function plain(value: string): string | null {
  const text = value.startsWith("'") ? value.slice(1) : value
  return text === '' ? null : text
}

/** A spreadsheet may have written the list again in the manner of its country. */
function delimiterOf(text: string): string {
  const [header = ''] = text.split('\n', 1)
  const count = (delimiter: string) => header.split(delimiter).length
  return [',', ';', '\t'].reduce((most, next) => (count(next) > count(most) ? next : most))
}

interface CsvRow {
  line: number
  cells: string[]
}

interface Cell {
  value: string
  end: number
}

/** RFC 4180, every line end; a quote inside an unquoted cell is itself. */
function csvRows(text: string, delimiter: string): CsvRow[] {
  const rows: CsvRow[] = []
  let line = 1
  for (let at = 0; at < text.length;) {
    const row: CsvRow = { line, cells: [] }
    for (;;) {
      const { value, end } =
        text[at] === '"' ? quoted(text, at, delimiter) : bare(text, at, delimiter)
      row.cells.push(value)
      line += value.split('\n').length - 1
      at = end
      if (text[at] !== delimiter) break
      at++
    }
    rows.push(row)
    if (text[at] === '\r') at++
    if (text[at] === '\n') at++
    line++
  }
  return rows
}

function quoted(text: string, from: number, delimiter: string): Cell {
  let value = ''
  let at = from + 1
  for (;;) {
    const close = text.indexOf('"', at)
    if (close < 0) return { value: value + text.slice(at), end: text.length }
    value += text.slice(at, close)
    if (text[close + 1] !== '"') {
      // What stands behind the closing quote belongs to nothing.
      return { value, end: bare(text, close + 1, delimiter).end }
    }
    value += '"'
    at = close + 2
  }
}

function bare(text: string, from: number, delimiter: string): Cell {
  let end = from
  while (end < text.length && text[end] !== delimiter && text[end] !== '\n' && text[end] !== '\r') {
    end++
  }
  return { value: text.slice(from, end), end }
}

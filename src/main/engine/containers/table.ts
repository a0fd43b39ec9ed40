/**
 * CSV with charging sessions: each row a bill, and records and keys wherever they stand in it.
 *
 * Source: RFC 4180; formats documentation of bills, F.1.
 *
 * @module
 */
import { append } from '../../../shared/append.ts'
import { looseFinding } from '../../../shared/model/finding.ts'
import type { Origin } from '../../../shared/model/record.ts'
import { CsvReader } from '../codec/csv.ts'
import { SyntaxProblem } from '../codec/decode-error.ts'
import { byteText, utf8Bytes } from '../codec/text.ts'
import { type TableRow, findHead, readTableBill } from '../invoice/table-bill.ts'
import { LIMITS } from '../limits.ts'
import type { Opened } from '../types.ts'
import { type Container, nothing } from './container.ts'
import { openText } from './text.ts'

const DELIMITERS = [';', ',', '\t', '|'] as const
/** So much of a file shows whether it is such a table. */
const BEGINNING = 64 * 1024
const ROW_CHARACTERS = 1024 * 1024
const PIECE = 256 * 1024

export const table: Container = {
  detect: (file) => delimiterOf(file) !== null,
  open: (input) => {
    const { records, keys, findings } = openText(input)
    const most = 2 * LIMITS.tableRows
    const rows = rowsOf(input.text, delimiterOf(input.text) ?? ';', most)
    const bill = readTableBill(rows, input.origin, LIMITS.tableRows)
    append(findings, bill.findings)
    if (rows.length === most && bill.claims.length < LIMITS.tableRows) {
      const limit = `${most} rows`
      findings.push(looseFinding('IN-TOOBIG', { limit }, { severity: 'warning' }))
    }
    return { ...nothing(), records, keys, findings, claims: bill.claims }
  },
}

/** @returns what parts the cells of a table of charging sessions; null for any other text */
function delimiterOf(file: string): string | null {
  const end = file.indexOf('\n')
  if (end < 0 || /^\s*[<{[]/.test(file)) return null
  const beginning = file.slice(0, BEGINNING)
  return (
    DELIMITERS.find(
      (delimiter) =>
        beginning.includes(delimiter) && findHead(rowsOf(beginning, delimiter, 41)) !== null,
    ) ?? null
  )
}

/** @returns the rows up to one that cannot be read */
function rowsOf(file: string, delimiter: string, most: number): TableRow[] {
  const rows: TableRow[] = []
  const onRow = (cells: string[], line: number) => {
    if (rows.length < most) rows.push({ cells, number: line })
  }
  const reader = new CsvReader({ delimiter, onRow, rowLimit: ROW_CHARACTERS })
  try {
    for (let at = 0; at < file.length && rows.length < most; at += PIECE) {
      reader.push(file.slice(at, at + PIECE))
    }
    if (rows.length < most) reader.end()
  } catch (error) {
    if (!(error instanceof SyntaxProblem)) throw error
  }
  return rows
}

/** A table that is not in UTF-8: spreadsheets write the alphabet of their system. */
export function openLatinTable(bytes: Uint8Array, origin: Origin[]): Opened | null {
  if (bytes.subarray(0, BEGINNING).includes(0)) return null
  const decoded = byteText(bytes)
  if (!table.detect(decoded)) return null
  const steps: Origin[] = [...origin, { step: 'encoding', name: 'windows-1252' }]
  return table.open({ text: decoded, bytes: utf8Bytes(decoded), origin: steps })
}

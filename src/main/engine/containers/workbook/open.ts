/**
 * Workbooks (XLSX): tables of charging sessions in their sheets, and records in long cells.
 *
 * A workbook without either is the archive it is: its parts are members. Nothing it points to is
 * opened, and no formula is computed. Source: ECMA-376 part 1, 18.
 *
 * @module
 */
import { append } from '../../../../shared/append.ts'
import { looseFinding } from '../../../../shared/model/finding.ts'
import type { Origin } from '../../../../shared/model/record.ts'
import { SyntaxProblem } from '../../codec/decode-error.ts'
import { SharedTexts, SheetReader } from '../../codec/sheet-xml.ts'
import { utf8Bytes, utf8TextLenient } from '../../codec/text.ts'
import { DoctypeRefused } from '../../codec/xml.ts'
import { type TableRow, readTableBill } from '../../invoice/table-bill.ts'
import type { CarriedFile, Opened } from '../../types.ts'
import { openZip } from '../archives/zip.ts'
import { type CarrierTools, nothing } from '../container.ts'

const SHEET = /^xl\/worksheets\/[^/]+\.xml$/
/** A shorter cell holds neither a record nor a key. */
const SHORTEST = 32
/** XML is read in pieces of so many characters. */
const PIECE = 256 * 1024

export function openWorkbook(file: CarriedFile, tools: CarrierTools): Opened {
  const archive = openZip(file, tools)
  const parts = new Map(
    archive.members.flatMap((member) =>
      'bytes' in member ? [[member.packed?.name ?? '', member.bytes] as const] : [],
    ),
  )
  const opened = nothing()
  try {
    const shared = new SharedTexts(tools.limits.fileBytes)
    feed(shared, parts.get('xl/sharedStrings.xml') ?? utf8Bytes('<sst/>'))
    const since1904 = /date1904="(?:1|true)"/.test(
      utf8TextLenient(parts.get('xl/workbook.xml') ?? new Uint8Array()),
    )
    const sheets = [...parts].filter(([name]) => SHEET.test(name))
    for (const [index, [, bytes]] of sheets.entries()) {
      const origin: Origin[] = [...file.origin, { step: 'text', name: `sheet ${index + 1}` }]
      const rows = rowsOf(bytes, shared, tools)
      const bill = readTableBill(rows, origin, tools.limits.tableRows, '.')
      // Which day a number means is another one there, and no bill of our time is written so.
      const dated = bill.claims.map((claim) => ({ ...claim, begin: null, end: null }))
      append(opened.claims, since1904 ? dated : bill.claims)
      append(opened.findings, bill.findings)
      const long = rows.flatMap(({ cells }) => cells.filter((cell) => cell.length >= SHORTEST))
      if (long.length === 0) continue
      const { records, keys } = tools.plain({ ...file, bytes: utf8Bytes(long.join('\n')), origin })
      append(opened.records, records)
      append(opened.keys, keys)
    }
  } catch (error) {
    if (error instanceof DoctypeRefused) opened.findings.push(looseFinding('IN-DOCTYPE', {}))
    else if (error instanceof SyntaxProblem) opened.findings.push(problem(error))
    else throw error
  }
  const found = opened.claims.length + opened.records.length + opened.keys.length > 0
  if (found) return opened
  return { ...archive, findings: [...archive.findings, ...opened.findings] }
}

function problem({ limit }: SyntaxProblem) {
  const facts = { severity: 'warning' } as const
  return limit === null
    ? looseFinding('IN-XML', { offset: '0' }, facts)
    : looseFinding('IN-TOOBIG', { limit }, facts)
}

function rowsOf(bytes: Uint8Array, shared: SharedTexts, { limits }: CarrierTools): TableRow[] {
  const rows: TableRow[] = []
  const most = 2 * limits.tableRows
  feed(
    new SheetReader(shared, ({ row, cells }) => {
      if (rows.length < most)
        rows.push({ number: row, cells: Array.from(cells, (cell) => cell ?? '') })
    }),
    bytes,
  )
  return rows
}

function feed(stream: { push(text: string): void; end(): void }, bytes: Uint8Array): void {
  const text = utf8TextLenient(bytes).replace(/^\ufeff/, '')
  for (let at = 0; at < text.length; at += PIECE) stream.push(text.slice(at, at + PIECE))
  stream.end()
}

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
import { SharedTexts, SheetReader, type SheetRow } from '../../codec/sheet-xml.ts'
import { utf8Bytes, utf8TextLenient } from '../../codec/text.ts'
import { DoctypeRefused } from '../../codec/xml.ts'
import { MOST_COLUMNS, type TableRow, readTableBill } from '../../invoice/table-bill.ts'
import type { CarriedFile, Opened } from '../../types.ts'
import { openZip } from '../archives/zip.ts'
import { type CarrierTools, nothing } from '../container.ts'

const SHEET = /^xl\/worksheets\/[^/]+\.xml$/
/** Parts of the workbook itself; anything else in the archive is a file that travels with it. */
const PART = /^(?:xl\/(?!embeddings\/)|_rels\/|docProps\/|customXml\/|\[Content_Types\]\.xml$)/
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
    const room: Room = { rows: 2 * tools.limits.tableRows, letters: tools.limits.fileBytes }
    const sheets = [...parts].filter(([name]) => SHEET.test(name))
    for (const [index, [, bytes]] of sheets.entries()) {
      const origin: Origin[] = [...file.origin, { step: 'text', name: `sheet ${index + 1}` }]
      const rows = rowsOf(bytes, shared, room)
      const claims = tools.limits.tableRows - opened.claims.length
      const bill = readTableBill(rows, origin, claims, '.')
      // Which day a number means is another one there, and no bill of our time is written so.
      const dated = bill.claims.map((claim) => ({ ...claim, begin: null, end: null }))
      append(opened.claims, since1904 ? dated : bill.claims)
      append(opened.findings, bill.findings)
      const long = new Set(
        rows.flatMap(({ cells }) => cells.filter((cell) => cell.length >= SHORTEST)),
      )
      if (long.size === 0) continue
      const cells = tools.plain({ ...file, bytes: utf8Bytes([...long].join('\n')), origin })
      append(opened.records, cells.records)
      append(opened.keys, cells.keys)
      append(opened.findings, cells.findings)
    }
    if (room.rows === 0 || room.letters < 0) {
      const limit = room.rows === 0 ? `${2 * tools.limits.tableRows} rows` : 'texts of the cells'
      opened.findings.push(looseFinding('IN-TOOBIG', { limit }, { severity: 'warning' }))
    }
  } catch (error) {
    if (error instanceof DoctypeRefused) opened.findings.push(looseFinding('IN-DOCTYPE', {}))
    else if (error instanceof SyntaxProblem) opened.findings.push(problem(error))
    else throw error
  }
  const found = opened.claims.length + opened.records.length + opened.keys.length > 0
  const findings = [...archive.findings, ...opened.findings]
  if (!found) return { ...archive, findings }
  const members = archive.members.filter(
    (member) => !('bytes' in member) || !PART.test(member.packed?.name ?? ''),
  )
  return { ...opened, members, findings }
}

function problem({ limit }: SyntaxProblem) {
  const facts = { severity: 'warning' } as const
  return limit === null
    ? looseFinding('IN-XML', { offset: '0' }, facts)
    : looseFinding('IN-TOOBIG', { limit }, facts)
}

/** What all sheets together may still hold; counted down. */
interface Room {
  rows: number
  letters: number
}

function rowsOf(bytes: Uint8Array, shared: SharedTexts, room: Room): TableRow[] {
  const rows: TableRow[] = []
  const onRow = ({ row, cells }: SheetRow) => {
    if (room.rows === 0 || room.letters < 0) return
    room.rows--
    room.letters -= cells.reduce((sum, text) => sum + text.length, 0)
    if (room.letters >= 0) rows.push({ number: row, cells })
  }
  feed(new SheetReader(shared, onRow, MOST_COLUMNS), bytes)
  return rows
}

function feed(stream: { push(text: string): void; end(): void }, bytes: Uint8Array): void {
  const text = utf8TextLenient(bytes).replace(/^\ufeff/, '')
  for (let at = 0; at < text.length; at += PIECE) stream.push(text.slice(at, at + PIECE))
  stream.end()
}

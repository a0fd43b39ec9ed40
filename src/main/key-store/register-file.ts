/**
 * Files of the charging register as rows of text: CSV and XLSX, as a stream.
 *
 * Nothing is unpacked to the disk and nothing a file points to is ever opened. Every way in which
 * a file cannot be what it claims to be has its own answer.
 * Sources: ECMA-376 (workbooks); APPNOTE.TXT 6.3 (zip).
 *
 * @module
 */
import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { setImmediate as turn } from 'node:timers/promises'
import { constants as zlibConstants, crc32, createInflateRaw, inflateRawSync } from 'node:zlib'
import type { RegisterRefusal } from '../../shared/model/register.ts'
import { CsvReader } from '../engine/codec/csv.ts'
import { SyntaxProblem } from '../engine/codec/decode-error.ts'
import { SharedTexts, SheetReader } from '../engine/codec/sheet-xml.ts'
import { DoctypeRefused, readXml } from '../engine/codec/xml.ts'
import { delimiterOf } from '../engine/trust/bnetza-register.ts'

export class RegisterError extends Error {
  override readonly name = 'RegisterError'
  readonly reason: RegisterRefusal
  /** Row or line where it shows; null where it is about the whole. */
  readonly row: number | null

  constructor(reason: RegisterRefusal, row: number | null = null) {
    super(row === null ? reason : `${reason} ${row}`)
    this.reason = reason
    this.row = row
  }
}

/** What a file may use. The edition of September 2026 has 56 MB as CSV and 31 MB as XLSX. */
export const REGISTER_LIMITS = {
  bytes: 512 * 1024 * 1024,
  /** Characters of one row; a cell that is never closed ends here. */
  rowCharacters: 1024 * 1024,
  /** One part of a workbook, unpacked. */
  partBytes: 1024 * 1024 * 1024,
  sharedBytes: 128 * 1024 * 1024,
  /** Bytes unpacked for one packed byte, beyond the first MiB. */
  packingRatio: 100,
  entries: 1000,
} as const

export interface RegisterFile {
  kind: 'csv' | 'xlsx'
  bytes: number
  /** Hexadecimal digits. */
  sha256: string
  /** @throws RegisterError */
  rows(read: RowReader): Promise<void>
  close(): Promise<void>
}

export interface RowReader {
  /** @returns false to end reading */
  onRow(cells: string[], row: number, formulas: readonly number[]): boolean
  /** Of the bytes of the file. */
  onProgress(done: number, total: number): void
  signal: AbortSignal | null
  /** Number of columns of the header, once it was found. */
  width(): number
}

const CHUNK = 256 * 1024
const HEAD = 64 * 1024

/** Where the bytes are: on the disk, or handed over by a window. */
interface Source {
  size: number
  read(
    buffer: Uint8Array,
    offset: number,
    length: number,
    position: number,
  ): Promise<{ bytesRead: number }>
  close(): Promise<void>
}

async function sourceOf(from: string | Uint8Array): Promise<Source> {
  if (typeof from !== 'string') {
    return {
      size: from.length,
      read: async (buffer, offset, length, position) => {
        const part = from.subarray(position, position + length)
        buffer.set(part, offset)
        return { bytesRead: part.length }
      },
      close: async () => {},
    }
  }
  const file = await open(from, 'r').catch(() => {
    throw new RegisterError('not-found')
  })
  const facts = await file.stat()
  if (facts.isFile()) {
    return {
      size: facts.size,
      read: (buffer, offset, length, position) => file.read(buffer, offset, length, position),
      close: () => file.close(),
    }
  }
  await file.close()
  throw new RegisterError('not-found')
}

/**
 * @param from path, or the bytes themselves
 * @throws RegisterError
 */
export async function openRegisterFile(from: string | Uint8Array): Promise<RegisterFile> {
  const file = await sourceOf(from)
  try {
    if (file.size > REGISTER_LIMITS.bytes) throw new RegisterError('too-large')
    if (file.size === 0) throw new RegisterError('empty')
    const { head, sha256, utf8 } = await examine(file, file.size)
    const common = { bytes: file.size, sha256, close: () => file.close() }
    if (head[0] === 0x50 && head[1] === 0x4b) {
      return { ...common, kind: 'xlsx', rows: (read) => sheetRows(file, file.size, read) }
    }
    const decoder = new TextDecoder(utf8 ? 'utf-8' : 'windows-1252')
    const text = decoder.decode(head)
    if (/^\s*</.test(text)) throw new RegisterError('html')
    if (head.includes(0)) throw new RegisterError('not-register')
    const source = { file, bytes: file.size, utf8, delimiter: delimiterOf(text) }
    return { ...common, kind: 'csv', rows: (read) => csvRows(source, read) }
  } catch (error) {
    await file.close()
    throw error
  }
}

async function examine(file: Source, size: number) {
  const digest = createHash('sha256')
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let utf8 = true
  let head = new Uint8Array()
  for await (const chunk of chunksOf(file, 0, size, null)) {
    if (head.length === 0) head = chunk.slice(0, HEAD)
    digest.update(chunk)
    utf8 &&= isValid(decoder, chunk, true)
  }
  utf8 &&= isValid(decoder, new Uint8Array(), false)
  return { head, sha256: digest.digest('hex'), utf8 }
}

function isValid(
  decoder: InstanceType<typeof TextDecoder>,
  chunk: Uint8Array,
  stream: boolean,
): boolean {
  try {
    decoder.decode(chunk, { stream })
    return true
  } catch {
    return false
  }
}

/** The buffer is used again for the next chunk. */
async function* chunksOf(
  file: Source,
  from: number,
  length: number,
  signal: AbortSignal | null,
): AsyncGenerator<Uint8Array> {
  const buffer = new Uint8Array(Math.min(CHUNK, length))
  for (let done = 0; done < length;) {
    // Whoever wants to cancel must be heard between two chunks.
    await turn()
    if (signal?.aborted === true) throw new RegisterError('cancelled')
    const most = Math.min(buffer.length, length - done)
    const { bytesRead } = await file.read(buffer, 0, most, from + done)
    if (bytesRead === 0) throw new RegisterError('cut-off')
    done += bytesRead
    yield buffer.subarray(0, bytesRead)
  }
}

interface CsvSource {
  file: Source
  bytes: number
  utf8: boolean
  delimiter: string
}

async function csvRows(
  { file, bytes, utf8, delimiter }: CsvSource,
  read: RowReader,
): Promise<void> {
  let last: { cells: number; line: number } = { cells: 0, line: 0 }
  let wanted = true
  const reader = new CsvReader({
    delimiter,
    rowLimit: REGISTER_LIMITS.rowCharacters,
    onRow: (cells, line) => {
      last = { cells: cells.length, line }
      wanted &&= read.onRow(cells, line, [])
    },
  })
  const decoder = new TextDecoder(utf8 ? 'utf-8' : 'windows-1252')
  let done = 0
  try {
    for await (const chunk of chunksOf(file, 0, bytes, read.signal)) {
      reader.push(decoder.decode(chunk, { stream: true }))
      done += chunk.length
      read.onProgress(done, bytes)
      if (!wanted) return
    }
    // A row that ends with the file and lacks columns was cut; a whole one is taken.
    const ended = reader.end()
    if (!ended && last.cells < read.width()) throw new RegisterError('cut-off', last.line)
  } catch (error) {
    if (error instanceof SyntaxProblem) throw new RegisterError('quote', error.offset)
    throw error
  }
}

interface Entry {
  name: string
  method: number
  crc: number
  packed: number
  size: number
  offset: number
}

async function sheetRows(file: Source, size: number, read: RowReader): Promise<void> {
  try {
    const entries = await entriesOf(file, size)
    const sheets = await sheetsOf(file, entries)
    const sharedEntry = entries.get('xl/sharedStrings.xml')
    const total = (sharedEntry?.packed ?? 0) + sheets.reduce((sum, { packed }) => sum + packed, 0)
    let done = 0
    const onBytes = (count: number) => {
      done += count
      read.onProgress(done, total)
    }
    const shared = new SharedTexts(REGISTER_LIMITS.sharedBytes)
    if (sharedEntry !== undefined) {
      await unpack(file, sharedEntry, shared, { onBytes, signal: read.signal })
    }
    let wanted = true
    for (const sheet of sheets) {
      const reader = new SheetReader(shared, ({ cells, row, formulas }) => {
        wanted &&= read.onRow(cells, row, formulas)
      })
      await unpack(file, sheet, reader, { onBytes, signal: read.signal, wanted: () => wanted })
      // The register is one sheet; others in the file are not looked at.
      if (!wanted || read.width() > 0) return
    }
  } catch (error) {
    if (error instanceof SyntaxProblem || error instanceof DoctypeRefused) {
      throw new RegisterError('xml')
    }
    throw error
  }
}

const END_OF_DIRECTORY = 0x06054b50
const DIRECTORY_ENTRY = 0x02014b50
const LOCAL_HEADER = 0x04034b50

/** @throws RegisterError `cut-off` where the directory at the end is missing */
async function entriesOf(file: Source, size: number): Promise<Map<string, Entry>> {
  const tail = await bytesAt(file, Math.max(0, size - 65_557), Math.min(size, 65_557))
  let at = tail.length - 22
  while (at >= 0 && tail.readUInt32LE(at) !== END_OF_DIRECTORY) at--
  if (at < 0) throw new RegisterError('cut-off')
  const count = tail.readUInt16LE(at + 10)
  const bytes = tail.readUInt32LE(at + 12)
  const offset = tail.readUInt32LE(at + 16)
  if (count > REGISTER_LIMITS.entries || bytes > 1024 * 1024) throw new RegisterError('zip')
  if (offset + bytes > size) throw new RegisterError('cut-off')
  const directory = await bytesAt(file, offset, bytes)
  const entries = new Map<string, Entry>()
  for (let place = 0; place + 46 <= bytes;) {
    if (directory.readUInt32LE(place) !== DIRECTORY_ENTRY) throw new RegisterError('zip')
    const [nameBytes, extra, comment] = [28, 30, 32].map((part) =>
      directory.readUInt16LE(place + part),
    ) as [number, number, number]
    const name = directory.toString('utf8', place + 46, place + 46 + nameBytes)
    // Names begin without a slash; a part given twice could be read in two ways.
    if (entries.has(name) || (directory.readUInt16LE(place + 8) & 1) !== 0) {
      throw new RegisterError('zip')
    }
    entries.set(name, {
      name,
      method: directory.readUInt16LE(place + 10),
      crc: directory.readUInt32LE(place + 16),
      packed: directory.readUInt32LE(place + 20),
      size: directory.readUInt32LE(place + 24),
      offset: directory.readUInt32LE(place + 42),
    })
    place += 46 + nameBytes + extra + comment
  }
  return entries
}

async function bytesAt(file: Source, from: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length)
  const { bytesRead } = await file.read(buffer, 0, length, from)
  if (bytesRead !== length) throw new RegisterError('cut-off')
  return buffer
}

async function dataStart(file: Source, { offset }: Entry): Promise<number> {
  const header = await bytesAt(file, offset, 30)
  if (header.readUInt32LE(0) !== LOCAL_HEADER) throw new RegisterError('zip')
  return offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28)
}

const SMALL_PART = 4 * 1024 * 1024
const STORED = 0
const DEFLATED = 8

/** @returns the text of a small part of the workbook; null where there is none */
async function smallPart(
  file: Source,
  entries: ReadonlyMap<string, Entry>,
  name: string,
): Promise<string | null> {
  const entry = entries.get(name)
  if (entry === undefined) return null
  if (entry.packed > SMALL_PART) throw new RegisterError('bomb')
  const packed = await bytesAt(file, await dataStart(file, entry), entry.packed)
  if (entry.method === STORED) return packed.toString('utf8')
  if (entry.method !== DEFLATED) throw new RegisterError('zip')
  try {
    return inflateRawSync(packed, { maxOutputLength: SMALL_PART }).toString('utf8')
  } catch (error) {
    const tooLarge = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
    throw new RegisterError(tooLarge ? 'bomb' : 'zip')
  }
}

/** Sheets in the order of the workbook. */
async function sheetsOf(file: Source, entries: ReadonlyMap<string, Entry>): Promise<Entry[]> {
  const workbook = await smallPart(file, entries, 'xl/workbook.xml')
  const relations = await smallPart(file, entries, 'xl/_rels/workbook.xml.rels')
  if (workbook === null || relations === null) throw new RegisterError('not-register')
  const targets = new Map<string, string>()
  readXml(relations, {
    open: ({ name, attributes }) => {
      if (name !== 'Relationship') return
      // Values that another workbook would have to give are nobody's register.
      const type = attributes['Type'] ?? ''
      if (type.endsWith('/externalLink') || attributes['TargetMode'] === 'External') {
        throw new RegisterError('external')
      }
      const target = (attributes['Target'] ?? '').replace(/^\/xl\//, '')
      targets.set(attributes['Id'] ?? '', `xl/${target}`)
    },
  })
  const sheets: Entry[] = []
  readXml(workbook, {
    open: ({ name, attributes }) => {
      if (name !== 'sheet') return
      const entry = entries.get(targets.get(attributes['id'] ?? '') ?? '')
      if (entry !== undefined) sheets.push(entry)
    },
  })
  if (sheets.length === 0) throw new RegisterError('not-register')
  return sheets
}

interface Unpacking {
  onBytes: (count: number) => void
  signal: AbortSignal | null
  wanted?: () => boolean
}

/** Unpacks an entry into a reader, as far as it is wanted, and checks that it is whole. */
async function unpack(
  file: Source,
  entry: Entry,
  reader: { push(text: string): void; end(): void },
  { onBytes, signal, wanted = () => true }: Unpacking,
): Promise<void> {
  const { method, packed } = entry
  if (method !== STORED && method !== DEFLATED) throw new RegisterError('zip')
  const start = await dataStart(file, entry)
  async function* source() {
    for await (const chunk of chunksOf(file, start, packed, signal)) {
      onBytes(chunk.length)
      // What unpacks keeps the chunk longer than we may.
      yield Buffer.from(chunk)
      if (!wanted()) return
    }
  }
  const most = Math.min(
    REGISTER_LIMITS.partBytes,
    packed * REGISTER_LIMITS.packingRatio + 1024 * 1024,
  )
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let unpacked = 0
  let checksum = 0
  async function sink(parts: AsyncIterable<Uint8Array>) {
    for await (const part of parts) {
      unpacked += part.length
      if (unpacked > most) throw new RegisterError('bomb')
      checksum = crc32(part, checksum)
      reader.push(decoder.decode(part, { stream: true }))
      if (!wanted()) return
    }
    if (unpacked !== entry.size || checksum !== entry.crc) throw new RegisterError('cut-off')
    reader.push(decoder.decode())
    reader.end()
  }
  try {
    if (method === STORED) await sink(source())
    else {
      const inflate = createInflateRaw({
        chunkSize: CHUNK,
        finishFlush: zlibConstants.Z_SYNC_FLUSH,
      })
      await pipeline(source, inflate, sink)
    }
  } catch (error) {
    if (!wanted()) return
    throw known(error)
  }
}

function known(error: unknown): unknown {
  const { code = '' } = error as NodeJS.ErrnoException
  if (code.startsWith('Z_')) return new RegisterError('zip')
  // No other encoding is allowed but UTF-8 and UTF-16, and nobody writes the second.
  return code === 'ERR_ENCODING_INVALID_ENCODED_DATA' ? new RegisterError('xml') : error
}

/**
 * Reads a log of messages, whole or piece by piece: memory grows with what is found in it, and not
 * with its length.
 *
 * Only values that can hold a record, a key or a bill are read; lines with a record outside of values
 * as well. Dumps of Python are turned into JSON first. Every find knows its line and its byte.
 * Source: OCPP-J 1.6, 4.2. Why it is read so: docs/decisions/0013.
 *
 * @module
 */
import { append } from '../../../../shared/append.ts'
import { type LooseFinding, looseFinding } from '../../../../shared/model/finding.ts'
import type { Origin } from '../../../../shared/model/record.ts'
import { SyntaxProblem } from '../../codec/decode-error.ts'
import { parseJson } from '../../codec/json.ts'
import { byteText, utf8Bytes, utf8TextLenient } from '../../codec/text.ts'
import { FILE_JSON, LIMITS } from '../../limits.ts'
import type { Opened } from '../../types.ts'
import { nothing } from '../container.ts'
import { visitJson } from '../json.ts'
import { NO_HINTS, findRecords } from '../records.ts'
import { type LogPart, RECORD, partsOf } from './parts.ts'
import { stationInPrefix } from './station-name.ts'
import { settleKeys, stationLog } from './stations.ts'

/** Words without which there is neither a record nor a key nor a bill in a value. */
const WORTH_READING =
  /signed|signature|public_?key|OCMF|FiscalMetering|total_energy|ConsumedEnergy|\bAP;|T0NNR|1B1B1B1B|GxsbG|"St(?:art|op)Transaction"|'St(?:art|op)Transaction'/gi
/** What an answer must hold that gives a transaction its number. */
const NUMBER = /transaction_?id/i
/** Base64 and hexadecimal digits of a record, in a line of whatever else. */
const DIGITS =
  /T0NNRn[A-Za-z0-9+/_=-]{26,}|GxsbGwEBAQE[A-Za-z0-9+/_=-]{26,}|1b1b1b1b01010101[0-9a-f]{26,}/gi
/** A longer line is taken apart where it happens to end. */
const LONGEST_LINE = 8 * 1024 * 1024
/** So much of a line before a message may name its station. */
const LONGEST_PREFIX = 256
const LINE_FEED = 0x0a
const MOST_STEPS = 10_000

/** What may be taken from one log. */
export interface LogLimits {
  records: number
  members: number
  memberBytes: number
}

export class LogReader {
  /** Values and lines that were found, worth reading or not. */
  found = 0
  private readonly origin: Origin[]
  private readonly limits: LogLimits | null
  private readonly opened: Opened = nothing()
  private readonly told = new Map<string, number>()
  private readonly keys = new Set<string>()
  private readonly steps = new Map<string, Origin>()
  private memberBytes = 0
  private full = false
  /** What was read and is not done with. */
  private buffer = new Uint8Array(0)
  private filled = 0
  /** Of the first byte of the buffer: its place in the log, and the lines before it. */
  private base: number
  private lines = 1

  /**
   * @param base place of the first byte in the file
   * @param limits null where whoever asks holds them
   */
  constructor(origin: Origin[], base: number, limits: LogLimits | null) {
    this.origin = origin
    this.base = base
    this.limits = limits
  }

  /** @param piece may be used again by its owner */
  add(piece: Uint8Array): void {
    if (this.full) return
    this.reserve(this.filled + piece.length)
    this.buffer.set(piece, this.filled)
    this.filled += piece.length
    const end = this.buffer.lastIndexOf(LINE_FEED, this.filled - 1) + 1
    if (end > 0) this.drop(this.read(this.buffer.subarray(0, end), false))
    if (this.filled > LONGEST_LINE) this.drop(this.read(this.buffer.subarray(0, this.filled), true))
  }

  /** @param rest what comes behind the last piece, kept as it is */
  finish(rest: Uint8Array = this.buffer.slice(0, this.filled)): Opened {
    if (!this.full) this.read(rest, true)
    this.buffer = new Uint8Array(0)
    settleKeys(this.opened)
    return this.opened
  }

  private reserve(bytes: number): void {
    if (bytes <= this.buffer.length) return
    const larger = new Uint8Array(2 ** Math.ceil(Math.log2(bytes)))
    larger.set(this.buffer.subarray(0, this.filled))
    this.buffer = larger
  }

  private drop(done: number): void {
    for (let at = 0; ; this.lines++) {
      const feed = this.buffer.indexOf(LINE_FEED, at)
      if (feed < 0 || feed >= done) break
      at = feed + 1
    }
    this.buffer.copyWithin(0, done, this.filled)
    this.filled -= done
    this.base += done
  }

  private read(bytes: Uint8Array, last: boolean): number {
    const text = byteText(bytes)
    const line = lineCounter(bytes, this.lines)
    let worth = -1
    const parts = partsOf(bytes, text, last)
    for (let next = parts.next(); ; next = parts.next()) {
      if (next.done === true) return next.value
      const part = next.value
      this.found++
      if (worth < part.from) worth = nextWorth(text, part.from)
      if (worth < part.to || this.isAwaited(text, part)) this.take(part, bytes, line)
      if (this.full) return bytes.length
    }
  }

  private isAwaited(text: string, { from, to }: LogPart): boolean {
    return stationLog(this.opened).waits && NUMBER.test(text.slice(from, to))
  }

  private take(part: LogPart, bytes: Uint8Array, line: (at: number) => number): void {
    const { opened } = this
    const before = {
      records: opened.records.length,
      keys: opened.keys.length,
      members: opened.members.length,
    }
    const findings = opened.findings.splice(0)
    const prefix = utf8TextLenient(
      bytes.subarray(Math.max(part.line, part.from - LONGEST_PREFIX), part.from),
    )
    const place: Place = {
      // Records keep their bytes, and the buffer is used again.
      bytes: bytes.slice(part.from, part.to),
      offset: this.base + part.from,
      origin: [
        ...this.origin,
        { step: 'message', name: `line ${line(part.from)} @${this.base + part.from}` },
      ],
      station: stationInPrefix(part.kind === 'line' ? beforeRecord(bytes, part) : prefix),
    }
    if (part.kind === 'value') this.openValue(place)
    else if (part.kind === 'line') this.openLine(place)
    else opened.findings.push(unclosed(part, place.offset))
    const fresh = opened.findings.splice(0)
    append(opened.findings, findings)
    for (const found of fresh) this.tell(found)
    this.settleValue(place.station, before, place.offset)
  }

  /** A flood of one finding says nothing new after the first few. */
  private tell(found: LooseFinding): void {
    const count = (this.told.get(found.code) ?? 0) + 1
    this.told.set(found.code, count)
    if (count <= LIMITS.findingsOfOneCode) this.opened.findings.push(found)
  }

  /** What a value gave belongs to its station, and counts towards the limits of the log. */
  private settleValue(station: string | null, before: Counts, offset: number): void {
    const { opened } = this
    const log = stationLog(opened)
    for (const record of opened.records.slice(before.records)) {
      const { transaction } = record.hints
      record.origin = record.origin.map((step) => this.once(step))
      log.place([record], { station, connector: null, transaction })
    }
    for (const offer of opened.keys.splice(before.keys)) {
      const prints = offer.keys.map(({ fingerprint }) => fingerprint).join()
      const name = prints === '' ? JSON.stringify(offer.reading) : prints
      if (this.keys.has(name)) continue
      this.keys.add(name)
      log.found(offer, station)
      opened.keys.push(offer)
    }
    for (const member of opened.members.slice(before.members)) {
      this.memberBytes += 'bytes' in member ? member.bytes.length : 0
    }
    if (this.limits !== null) this.hold(this.limits, offset)
  }

  /** Steps that many records share are held once. */
  private once(step: Origin): Origin {
    if (step.step === 'message') return step
    const name = `${step.step} ${step.name}`
    const known = this.steps.get(name)
    if (known !== undefined) return known
    if (this.steps.size < MOST_STEPS) this.steps.set(name, step)
    return step
  }

  /** Beyond a limit nothing more is read of the log; what was read counts. */
  private hold({ records, members, memberBytes }: LogLimits, offset: number): void {
    const { opened } = this
    const lists = [
      [opened.records, records, 'records'],
      [opened.claims, records, 'bills'],
      [opened.keys, records, 'keys'],
      [opened.members, this.memberBytes > memberBytes ? 0 : members, 'files'],
    ] as const
    for (const [list, most, unit] of lists) {
      if (list.length <= most) continue
      this.full = true
      list.length = most
      const limit = `${most} ${unit}`
      opened.findings.push(looseFinding('IN-TOOBIG', { limit }, { severity: 'warning', offset }))
    }
  }

  private openValue(place: Place): void {
    const { bytes, origin, offset, station } = place
    const beginning = byteText(bytes.subarray(0, 64))
    const inPython = /^[[{]\s*(?:\d\s*,\s*)?'|'\s*:/.test(beginning)
    const json = inPython ? utf8Bytes(fromPython(utf8TextLenient(bytes))) : bytes
    try {
      const { node } = parseJson(json, FILE_JSON)
      visitJson(node, { bytes: json, origin, opened: this.opened, station })
    } catch (error) {
      if (!(error instanceof SyntaxProblem)) throw error
      const at = offset + error.offset
      this.opened.findings.push(
        looseFinding('IN-JSON', { offset: String(at) }, { severity: 'warning', offset: at }),
      )
      this.openLine(place)
    }
  }

  /** Records in a text of any kind: as they are, escaped, or in digits somewhere in it. */
  private openLine({ bytes, origin }: Place): void {
    const { opened } = this
    const text = byteText(bytes)
    if (/OCMF\s*\||\bAP;/.test(text)) {
      const { records, findings } = findRecords(bytes, origin)
      append(opened.records, records)
      append(opened.findings, findings)
    }
    for (const { 0: digits } of text.matchAll(DIGITS)) {
      const { records, findings } = findRecords(utf8Bytes(digits), origin, NO_HINTS)
      append(opened.records, records)
      append(opened.findings, findings)
    }
  }
}

type Counts = Record<'records' | 'keys' | 'members', number>

interface Place {
  bytes: Uint8Array
  /** In the log. */
  offset: number
  origin: Origin[]
  station: string | null
}

function nextWorth(text: string, from: number): number {
  WORTH_READING.lastIndex = from
  return WORTH_READING.exec(text)?.index ?? Number.POSITIVE_INFINITY
}

/** @returns number of the line at a place; places come in their order */
function lineCounter(bytes: Uint8Array, first: number): (at: number) => number {
  let line = first
  let feed = bytes.indexOf(LINE_FEED)
  return (at) => {
    while (feed >= 0 && feed < at) {
      feed = bytes.indexOf(LINE_FEED, feed + 1)
      line++
    }
    return line
  }
}

function beforeRecord(bytes: Uint8Array, { from, to }: LogPart): string {
  const line = utf8TextLenient(bytes.subarray(from, Math.min(to, from + LONGEST_PREFIX)))
  return line.slice(0, Math.max(0, line.search(RECORD)))
}

/** A value that is none could have held a record. */
function unclosed({ kind }: LogPart, offset: number): LooseFinding {
  const facts = { severity: 'warning', offset } as const
  if (kind === 'long') return looseFinding('IN-TOOBIG', { limit: '1 MiB' }, facts)
  if (kind === 'deep') return looseFinding('IN-TOOBIG', { limit: `${LIMITS.xmlDepth}` }, facts)
  return looseFinding('IN-JSON', { offset: String(offset) }, facts)
}

const WORDS: Record<string, string> = { None: 'null', True: 'true', False: 'false' }

/** @returns what `repr` of Python wrote, as JSON: quotes, names of values, and enumerations */
function fromPython(text: string): string {
  return text.replace(
    /<[\w.]+: ('(?:[^'\\]|\\.)*')>|'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|\b(?:None|True|False)\b/g,
    (part, inEnum: string | undefined) => {
      const literal = inEnum ?? part
      if (!/^["']/.test(literal)) return WORDS[literal] ?? literal
      const inner = literal.slice(1, -1)
      const plain = literal.startsWith("'")
        ? inner.replaceAll("\\'", "'").replace(/(?<!\\)"/g, '\\"')
        : inner
      return `"${plain}"`
    },
  )
}

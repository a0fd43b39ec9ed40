/**
 * The XML container of the transparency software, `<values>`, in all its variants.
 *
 * `chargingStation` and what stands in it describe the station; nobody signed it, so it is shown as
 * that and held against what is signed.
 *
 * Each `signedData` is looked at wherever it stands, also as the root; its `value` gives
 * transaction and context, a `publicKey` in the same `value` is the key of its records. Encoding
 * and format attributes are hints only. Source: formats documentation, `<values>` container.
 *
 * @module
 */
import { type LooseFinding, looseFinding } from '../../../shared/model/finding.ts'
import type { Origin } from '../../../shared/model/record.ts'
import { table } from '../../../shared/table.ts'
import { SyntaxProblem } from '../codec/decode-error.ts'
import { utf8Bytes } from '../codec/text.ts'
import { DoctypeRefused, type XmlElement, readXml } from '../codec/xml.ts'
import { inFile, readOffers } from '../signature/key-offer.ts'
import type { Opened, SignedRecord, Statement } from '../types.ts'
import { type Container, nothing } from './container.ts'
import { type RecordHints, findRecords } from './records.ts'

const XML_TEXT = /^\s*<(?:[?!]|[\p{L}_][\p{L}\d_.:-]*[\s/>])/u
/** Web pages and mails are text with records in it. */
const HTML_TEXT = /^\s*<(?:!doctype\s+html|html)\b/i

export const valuesXml: Container = {
  detect: (text) => XML_TEXT.test(text) && !HTML_TEXT.test(text),
  open: (input) => {
    const reader = new ValuesReader(input.origin)
    try {
      readXml(input.text, reader)
    } catch (error) {
      reader.opened.findings.push(problem(error, reader.opened.records.length > 0))
    }
    return reader.finish()
  },
}

/** What went wrong; a warning where records were found before it. */
function problem(error: unknown, found: boolean): LooseFinding {
  const severity = found ? 'warning' : 'error'
  if (error instanceof DoctypeRefused) return looseFinding('IN-DOCTYPE', {})
  if (!(error instanceof SyntaxProblem)) throw error
  if (error.limit !== null) return looseFinding('IN-TOOBIG', { limit: error.limit }, { severity })
  const offset = String(error.offset)
  return looseFinding('IN-XML', { offset }, { severity, offset: error.offset })
}

/** One `value` element, or one `signedData` without. */
interface Value {
  origin: Origin[]
  data: { element: XmlElement; text: string }[]
  keys: { text: string; origin: string }[]
}

class ValuesReader {
  readonly opened: Opened = nothing()
  private readonly origin: Origin[]
  private readonly values = new Map<XmlElement | null, Value>()
  private readonly station: StationText[] = []
  private count = 0

  constructor(origin: Origin[]) {
    this.origin = origin
  }

  open(element: XmlElement): void {
    if (element.name !== 'value') return
    this.count++
    const origin: Origin[] = [...this.origin, { step: 'xml', name: `value[${this.count}]` }]
    this.values.set(element, { origin, data: [], keys: [] })
  }

  close(element: XmlElement, raw: string): void {
    switch (element.name) {
      case 'signedData':
      case 'encodedData':
        this.valueOf(element).data.push({ element, text: raw })
        break
      case 'publicKey':
        if (raw.trim() !== '') this.addKey(element, raw)
        break
      case 'value':
        this.take(element)
        break
      default:
        this.station.push(...stationTexts(element, raw))
    }
  }

  finish(): Opened {
    for (const element of this.values.keys()) this.take(element)
    const statements = statementsOf(this.station.slice(0, MOST_STATEMENTS))
    if (statements.length > 0) {
      for (const record of this.opened.records) {
        record.statements = [...(record.statements ?? []), ...statements]
      }
    }
    return this.opened
  }

  private addKey(element: XmlElement, text: string): void {
    const value = this.values.get(enclosingValue(element))
    const origin = [...(value?.origin ?? this.origin).map(({ name }) => name), 'publicKey'].join(
      ' › ',
    )
    if (value === undefined) this.opened.keys.push(...readOffers(text, inFile(origin)))
    else value.keys.push({ text, origin })
  }

  private valueOf(element: XmlElement): Value {
    const parent = enclosingValue(element)
    const known = this.values.get(parent)
    if (known !== undefined) return known
    const value = { origin: this.origin, data: [], keys: [] }
    this.values.set(parent, value)
    return value
  }

  private take(element: XmlElement | null): void {
    const value = this.values.get(element)
    if (value === undefined) return
    this.values.delete(element)
    const keys = value.keys.flatMap(({ text, origin }) => readOffers(text, inFile(origin)))
    const before = this.opened.records.length
    for (const { element: data, text } of value.data) {
      const hints = hintsOf(data, element)
      const { records, findings } = findRecords(utf8Bytes(text), value.origin, hints, keys)
      this.opened.records.push(
        ...(records.length > 0 ? records : unknownRecord(text, value, hints, keys)),
      )
      this.opened.findings.push(...findings)
    }
    // A key without a record beside it may be meant for the records of other values.
    if (this.opened.records.length === before) this.opened.keys.push(...keys)
  }
}

/** Data of a format nobody knows still makes a row of its own. */
function unknownRecord(
  text: string,
  { origin }: Value,
  hints: RecordHints,
  keys: SignedRecord['keys'],
): SignedRecord[] {
  return [{ bytes: utf8Bytes(text), origin, hints, keys }]
}

function enclosingValue(element: XmlElement): XmlElement | null {
  for (let at = element.parent; at !== null; at = at.parent) if (at.name === 'value') return at
  return null
}

const ROLES: Record<string, RecordHints['role']> = table({
  'Transaction.Begin': 'begin',
  'Transaction.End': 'end',
})

function hintsOf(data: XmlElement, value: XmlElement | null): RecordHints {
  const { format, encoding } = data.attributes
  const around: Readonly<Record<string, string>> = value?.attributes ?? data.attributes
  const transaction = around['transactionId']?.trim()
  return {
    format: format?.trim() ?? null,
    encoding: encoding?.trim() ?? null,
    transaction: transaction === undefined || transaction === '' ? null : transaction,
    role: ROLES[around['context']?.trim() ?? ''] ?? null,
  }
}

/** A text or attribute of a `chargingStation`. */
interface StationText {
  /** Names of elements from `chargingStation` on, and of the attribute. */
  path: string
  text: string
}

const STATION = 'chargingStation'
const MOST_STATEMENTS = 100
const LONGEST_STATEMENT = 256

function stationTexts({ name, attributes, parent }: XmlElement, raw: string): StationText[] {
  const names = [name]
  for (let at = parent; at !== null && names[0] !== STATION; at = at.parent) names.unshift(at.name)
  if (names[0] !== STATION) return []
  const path = names.join('.')
  const texts = Object.entries(attributes).map(([attribute, text]) => ({
    path: `${path}.${attribute}`,
    text,
  }))
  const inside = raw.trim()
  return inside === '' ? texts : [...texts, { path, text: inside }]
}

/** The one charge point of a station is that of the records; of several nobody knows which. */
function statementsOf(texts: readonly StationText[]): Statement[] {
  const points = texts.filter(({ path }) => path === `${STATION}.EVSE.id`)
  return texts.map(({ path, text }) => ({
    about: points.length === 1 && path === points[0]?.path ? 'evse' : 'other',
    text: text.slice(0, LONGEST_STATEMENT),
    path,
  }))
}

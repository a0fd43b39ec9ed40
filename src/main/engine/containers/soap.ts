/**
 * OCPP over SOAP, 1.5 and 1.6: signed values in the elements `value`.
 *
 * Source: OCPP 1.5, StopTransaction; OCPP 1.6S, SampledValue.
 *
 * @module
 */
import { looseFinding } from '../../../shared/model/finding.ts'
import { SyntaxProblem } from '../codec/decode-error.ts'
import { utf8Bytes } from '../codec/text.ts'
import { DoctypeRefused, type XmlElement, readXml } from '../codec/xml.ts'
import type { Opened } from '../types.ts'
import { type Container, type TextInput, nothing } from './container.ts'
import { jsonIn, visitJson } from './json.ts'
import { findRecords } from './records.ts'

const ENVELOPE = /^\s*(?:<\?xml[^>]{0,200}\?>\s*)?<(?:[\w-]{1,32}:)?Envelope[\s>]/
const OCPP = /urn:\/\/Ocpp\//i

export const soap: Container = {
  detect: (text) => {
    const beginning = text.slice(0, 4096)
    return ENVELOPE.test(beginning) && OCPP.test(beginning)
  },
  open: (input) => {
    const opened = nothing()
    const reader = new SoapReader(input, opened)
    try {
      readXml(input.text, reader)
    } catch (error) {
      if (error instanceof DoctypeRefused) opened.findings.push(looseFinding('IN-DOCTYPE', {}))
      else if (error instanceof SyntaxProblem) {
        const severity = opened.records.length > 0 ? 'warning' : 'error'
        const { offset, limit } = error
        opened.findings.push(
          limit === null
            ? looseFinding('IN-XML', { offset: String(offset) }, { severity, offset })
            : looseFinding('IN-TOOBIG', { limit }, { severity }),
        )
      } else throw error
    }
    reader.finish()
    return opened
  },
}

/** A shorter value is a number. */
const SHORTEST = 32

class SoapReader {
  private readonly input: TextInput
  private readonly opened: Opened
  private transaction: string | null = null
  private count = 0

  constructor(input: TextInput, opened: Opened) {
    this.input = input
    this.opened = opened
  }

  close(element: XmlElement, text: string): void {
    if (element.name === 'transactionId') this.transaction = text.trim() || null
    if (element.name !== 'value' || text.trim().length < SHORTEST) return
    this.count++
    const origin = [...this.input.origin, { step: 'xml' as const, name: `value[${this.count}]` }]
    const context = element.attributes['context'] ?? ''
    const role = /begin/i.test(context) ? 'begin' : /end/i.test(context) ? 'end' : null
    const bytes = utf8Bytes(text.trim())
    const before = this.opened.records.length
    const node = /^\s*\{/.test(text) ? jsonIn(bytes) : null
    if (node !== null) visitJson(node, { bytes, origin, opened: this.opened })
    else this.opened.records.push(...findRecords(bytes, origin).records)
    for (const record of this.opened.records.slice(before)) {
      record.hints = { ...record.hints, role: record.hints.role ?? role }
    }
  }

  /** The number may stand behind the values. */
  finish(): void {
    for (const record of this.opened.records) {
      record.hints = { ...record.hints, transaction: record.hints.transaction ?? this.transaction }
    }
  }
}

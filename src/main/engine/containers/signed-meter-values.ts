/**
 * XML whose root is `signedMeterValues`, or a single `signedMeterValue`: readings of EDL40 meters,
 * each with its key, and nothing that says which of them is the begin.
 *
 * Source: the charging transparency container of OCPP's early days; formats/edl40-sig/README.md.
 *
 * @module
 */
import { SyntaxProblem } from '../codec/decode-error.ts'
import { DoctypeRefused, readXml } from '../codec/xml.ts'
import { looseFinding } from '../../../shared/model/finding.ts'
import type { Opened } from '../types.ts'
import { type Container, type TextInput, nothing } from './container.ts'
import { findRecords } from './records.ts'

const ROOT = /^\s*(?:<\?[^>]*\?>\s*)?(?:<!--[^]*?-->\s*)*<(?:[\w.-]+:)?signedMeterValues?(?=[\s>])/

export const signedMeterValues: Container = {
  detect: (text) => ROOT.test(text),
  open: ({ text, bytes, origin }: TextInput): Opened => {
    const opened = nothing()
    try {
      readXml(text, {})
    } catch (error) {
      if (error instanceof DoctypeRefused) {
        return { ...opened, findings: [looseFinding('IN-DOCTYPE', {})] }
      }
      if (!(error instanceof SyntaxProblem)) throw error
      const { limit, offset } = error
      opened.findings.push(
        limit === null
          ? looseFinding('IN-XML', { offset: String(offset) }, { severity: 'warning', offset })
          : looseFinding('IN-TOOBIG', { limit }),
      )
      if (limit !== null) return opened
    }
    const { records, findings } = findRecords(bytes, origin)
    return { ...opened, records, findings: [...opened.findings, ...findings] }
  },
}

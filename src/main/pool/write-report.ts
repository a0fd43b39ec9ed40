/**
 * Writes the report of a check, in the process or thread it is called in: for a thousand sessions
 * that takes seconds, in which a window would stand still.
 *
 * @module
 */
import type { ReportKind } from '../../shared/api.ts'
import type { Session } from '../../shared/model/session.ts'
import type { VerificationResult } from '../../shared/model/verdict.ts'
import { csvHeader, csvRows } from '../report/csv.ts'
import { documentParts } from '../report/document.ts'
import { checkIntegrity, software } from '../software.ts'
import { bytesOfSources } from './originals.ts'
import type { ReportOrder } from './protocol.ts'

/** @param done of `total`, in no unit */
export type TellProgress = (done: number, total: number) => void

/** @param sessions all sessions of the order, with their signed bytes where these are shown */
export function writeReport(
  order: ReportOrder,
  sessions: readonly Session[],
  tell: TellProgress,
): Promise<Uint8Array> {
  return WRITERS[order.kind]({ ...order.result, sessions: [...sessions] }, order, tell)
}

type Writer = (
  result: VerificationResult,
  order: ReportOrder,
  tell: TellProgress,
) => Promise<Uint8Array>

const WRITERS: Record<ReportKind, Writer> = {
  pdf: async (result, { sources, checkedAt, language }, tell) => {
    // Whoever reads inputs only never loads what writes a PDF.
    const { pdfReport } = await import('../report/pdf/report.ts')
    const input = {
      result,
      sessions: result.sessions,
      originals: bytesOfSources(sources),
      software: software(),
      integrity: checkIntegrity(),
      checkedAt,
      languages: [language],
    }
    return pdfReport(input, tell)
  },
  json: async (result) => utf8(documentParts(result, software())),
  csv: async (result) => utf8([csvHeader(), ...csvRows(result)]),
}

function utf8(parts: Iterable<string>): Uint8Array {
  return new TextEncoder().encode([...parts].join(''))
}

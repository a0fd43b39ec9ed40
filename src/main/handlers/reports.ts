/**
 * Reports of a check: PDF, JSON, CSV.
 *
 * @module
 */
import type { ReportKind } from '../../shared/api.ts'
import { type Language, text } from '../../shared/i18n/index.ts'
import type { Session } from '../../shared/model/session.ts'
import type { VerificationResult } from '../../shared/model/verdict.ts'
import type { HostFace } from '../hosts/host-face.ts'
import type { Jobs } from '../jobs.ts'
import { originalsOf } from '../pool/originals.ts'
import type { InputSource } from '../pool/protocol.ts'
import { coveredBy } from '../report/covered.ts'
import { csvHeader, csvRows } from '../report/csv.ts'
import { documentParts } from '../report/document.ts'
import { FULL_SESSIONS, ORIGINALS_LIMIT } from '../report/pdf/contents.ts'
import { checkIntegrity, software } from '../software.ts'
import type { HandlersOf } from './handlers.ts'
import { save } from './save.ts'

export function reportHandlers(host: HostFace, jobs: Jobs): HandlersOf<'saveReport'> {
  return {
    async saveReport({ job, session: id, kind, language }) {
      const checked = jobs.verification(job)
      const chosen = id === null ? checked.result.sessions : [jobs.session(job, id)]
      // The signed bytes are shown of so many sessions, and of no more.
      const shown = kind === 'pdf' && chosen.length <= FULL_SESSIONS
      const sessions = shown ? await jobs.withEvidence(job, chosen) : chosen
      const { type, write } = KINDS[kind]
      const bytes = await write({ ...checked, sessions, language })
      const date = checked.checkedAt.slice(0, 10)
      return save(host, `${text(language, 'report.file', { date })}.${kind}`, type, bytes)
    },
  }
}

interface Report {
  result: VerificationResult
  /** Some or all of the result's. */
  sessions: readonly Session[]
  sources: readonly InputSource[]
  /** ISO 8601, UTC. */
  checkedAt: string
  language: Language
}

interface Kind {
  /** Media type. */
  type: string
  write: (report: Report) => Uint8Array | Promise<Uint8Array>
}

const KINDS: Record<ReportKind, Kind> = {
  pdf: { type: 'application/pdf', write: writePdf },
  json: {
    type: 'application/json',
    write: ({ result, sessions }) => utf8(documentParts(coveredBy(result, sessions), software())),
  },
  csv: {
    type: 'text/csv',
    write: ({ result, sessions }) => utf8([csvHeader(), ...csvRows(coveredBy(result, sessions))]),
  },
}

async function writePdf(report: Report): Promise<Uint8Array> {
  const { result, sources, sessions, checkedAt, language } = report
  // Whoever wants no report does not wait for what writes one.
  const { pdfReport } = await import('../report/pdf/report.ts')
  return pdfReport({
    result,
    sessions,
    originals: originalsOf(coveredBy(result, sessions), sources, ORIGINALS_LIMIT),
    software: software(),
    integrity: checkIntegrity(),
    checkedAt,
    languages: [language],
  })
}

function utf8(parts: Iterable<string>): Uint8Array {
  return new TextEncoder().encode([...parts].join(''))
}

/**
 * Reports of a check: PDF, JSON, CSV. A worker writes them.
 *
 * @module
 */
import type { Events, ReportKind } from '../../shared/api.ts'
import { text } from '../../shared/i18n/index.ts'
import type { HostFace } from '../hosts/host-face.ts'
import type { Jobs } from '../jobs.ts'
import { sourcesOf } from '../pool/originals.ts'
import type { ReportWriter } from '../pool/report-writer.ts'
import { coveredBy } from '../report/covered.ts'
import { FULL_SESSIONS, ORIGINALS_LIMIT } from '../report/pdf/contents.ts'
import type { HandlersOf } from './handlers.ts'
import { Refusal } from './refusal.ts'
import { save } from './save.ts'

/** Media types. */
const TYPES: Record<ReportKind, string> = {
  pdf: 'application/pdf',
  json: 'application/json',
  csv: 'text/csv',
}

export interface ReportDeps {
  host: HostFace
  jobs: Jobs
  writer: ReportWriter
  tell: (progress: Events['report']) => void
  log: (fault: string) => void
}

export function reportHandlers({
  host,
  jobs,
  writer,
  tell,
  log,
}: ReportDeps): HandlersOf<'saveReport' | 'cancelReports'> {
  /** Of reports being written, by their jobs. */
  const under = new Map<string, Set<AbortController>>()

  async function interruptible<T>(
    job: string,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const stop = new AbortController()
    const all = under.get(job) ?? new Set()
    under.set(job, all.add(stop))
    const { promise: stopped, reject } = Promise.withResolvers<never>()
    stop.signal.addEventListener('abort', () => reject(stop.signal.reason))
    try {
      return await Promise.race([work(stop.signal), stopped])
    } finally {
      all.delete(stop)
      if (all.size === 0) under.delete(job)
    }
  }

  return {
    async saveReport({ job, session: id, kind, language }) {
      const { result, sources, checkedAt } = jobs.verification(job)
      const chosen = id === null ? result.sessions : [jobs.session(job, id)]
      // The signed bytes are shown of so many sessions, and of no more.
      const shown = kind === 'pdf' && chosen.length <= FULL_SESSIONS
      const bytes = await interruptible(job, async (signal) => {
        const sessions = shown ? await jobs.withEvidence(job, chosen) : chosen
        const { sessions: _, ...covered } = coveredBy(result, sessions)
        const originals = kind === 'pdf' ? sourcesOf(covered, sources, ORIGINALS_LIMIT) : []
        const order = { kind, language, checkedAt, result: covered, sources: originals }
        return writer
          .write({ order, sessions, signal, tell: (done, total) => tell({ job, done, total }) })
          .catch((error: unknown) => {
            if (signal.aborted) throw signal.reason
            log(`saveReport: ${String(error)}`)
            throw new Refusal('report-failed')
          })
      })
      tell({ job, done: 1, total: 1 })
      const date = checkedAt.slice(0, 10)
      return save(host, `${text(language, 'report.file', { date })}.${kind}`, TYPES[kind], bytes)
    },
    cancelReports({ job }) {
      for (const stop of under.get(job) ?? []) stop.abort(new Refusal('cancelled'))
      return null
    },
  }
}

/**
 * The jobs of a window: inputs collected, read in workers, judged, kept until they are forgotten.
 *
 * @module
 */
import { randomUUID } from 'node:crypto'
import type {
  FileBytes,
  JobResult,
  JobStep,
  JobSummary,
  Progress,
  ResultRow,
} from '../shared/api.ts'
import { findingsOf } from '../shared/i18n/verdict.ts'
import type { PublicKeyRef } from '../shared/model/key.ts'
import { toKWh } from '../shared/model/reading.ts'
import type { Session } from '../shared/model/session.ts'
import {
  type Policy,
  VERDICT_STATES,
  type VerdictState,
  type VerificationResult,
} from '../shared/model/verdict.ts'
import { LIMITS } from './engine/limits.ts'
import { type FileResult, conclude } from './engine/pipeline.ts'
import { digest } from './host-deps.ts'
import { offeredKeys } from './pool/judge-input.ts'
import type { Pool } from './pool/pool.ts'
import type { InputSource, JobSettings } from './pool/protocol.ts'
import { recordCounts } from './report/counts.ts'

export class JobError extends Error {
  override readonly name = 'JobError'
  readonly code: 'no-such-job' | 'no-such-session' | 'cancelled' | 'too-large'

  constructor(code: JobError['code']) {
    super(code)
    this.code = code
  }
}

interface Job {
  id: string
  label: string
  sources: InputSource[]
  bytes: number
  files: FileResult[]
  offered: PublicKeyRef[]
  result: VerificationResult | null
  checkedAt: string
  seconds: number
  cancelled: boolean
}

export interface JobsDeps {
  pool: Pool
  /** So many inputs are given to the pool at the same time. */
  width: number
  /** File of the key store, which need not exist; null for none. */
  store: string | null
  policy: Policy
  emit: (progress: Progress) => void
}

/** Progress is told at most this often, except for the last step. */
const PROGRESS_MS = 100
/** Both engines look at every signature of so many inputs. */
const FEW_INPUTS = 8

export class Jobs {
  private readonly deps: JobsDeps
  private readonly jobs = new Map<string, Job>()

  constructor(deps: JobsDeps) {
    this.deps = deps
  }

  start(label: string): string {
    const id = randomUUID()
    const job = { label, sources: [], bytes: 0, files: [], offered: [], result: null }
    this.jobs.set(id, { ...job, id, checkedAt: '', seconds: 0, cancelled: false })
    return id
  }

  /** @throws JobError `too-large` where a job would hold more than its limit */
  addFiles(id: string, files: readonly FileBytes[]): number {
    const job = this.open(id)
    for (const { name, bytes } of files) {
      job.bytes += bytes.length
      if (job.bytes > LIMITS.jobBytes) throw new JobError('too-large')
      job.sources.push({ kind: 'bytes', name, bytes })
    }
    return job.sources.length
  }

  addPaths(id: string, sources: Iterable<InputSource>): number {
    const job = this.open(id)
    job.sources.push(...sources)
    return job.sources.length
  }

  async finish(id: string): Promise<JobResult> {
    const job = this.open(id)
    const started = performance.now()
    job.files = await this.readAll(job, [])
    job.offered = offeredKeys(job.files)
    if (job.offered.length > 0) await this.readKeyless(job)
    this.tell(job, 'pairing', 0, 1)
    job.result = conclude(job.files, { policy: this.deps.policy, now: Date.now(), digest })
    job.checkedAt = new Date().toISOString()
    job.seconds = (performance.now() - started) / 1000
    return jobResult(job)
  }

  cancel(id: string): void {
    this.open(id).cancelled = true
  }

  result(id: string): JobResult {
    return jobResult(this.open(id))
  }

  /** What reports are made of. */
  verification(id: string): { result: VerificationResult; sources: readonly InputSource[] } {
    const job = this.open(id)
    if (job.result === null) throw new JobError('no-such-job')
    return { result: job.result, sources: job.sources }
  }

  summaries(): JobSummary[] {
    return [...this.jobs.values()]
      .filter((job) => job.result !== null)
      .map((job) => ({
        job: job.id,
        label: job.label,
        checkedAt: job.checkedAt,
        inputs: job.sources.length,
        counts: countsOf(job),
      }))
      .toReversed()
  }

  forget(id: string): void {
    this.jobs.delete(id)
  }

  /** Reads the inputs of one session again, keeping the signed bytes. */
  async session(id: string, sessionId: string): Promise<Session> {
    const job = this.open(id)
    const known = job.result?.sessions.find((session) => session.id === sessionId)
    if (known === undefined) throw new JobError('no-such-session')
    const names = new Set(known.records.flatMap(({ origin }) => origin[0]?.name ?? []))
    const sources = job.sources.filter(({ name }) => names.has(name))
    const settings = this.settings(job, true)
    const again = await Promise.all(
      sources.map((source) => this.deps.pool.run({ source, settings, offered: job.offered })),
    )
    const records = new Map(
      again
        .flatMap((read) => (read.kind === 'result' ? read.result.records : []))
        .map((record) => [record.id, record.signedBytes]),
    )
    return {
      ...known,
      records: known.records.map((record) => ({
        ...record,
        signedBytes: records.get(record.id) ?? null,
      })),
    }
  }

  private open(id: string): Job {
    const job = this.jobs.get(id)
    if (job === undefined) throw new JobError('no-such-job')
    return job
  }

  private settings(job: Job, evidence: boolean): JobSettings {
    const both = job.sources.length <= FEW_INPUTS
    return { given: [], both, evidence, now: Date.now(), lines: null, store: this.deps.store }
  }

  private async readAll(job: Job, offered: readonly PublicKeyRef[]): Promise<FileResult[]> {
    const settings = this.settings(job, false)
    const results: (FileResult | undefined)[] = []
    let next = 0
    let done = 0
    const total = job.sources.length
    let told = 0
    const work = async () => {
      for (let index = next++; index < total; index = next++) {
        const source = job.sources[index]
        if (job.cancelled) throw new JobError('cancelled')
        if (source === undefined) continue
        const read = await this.deps.pool.run({ source, settings, offered })
        if (read.kind === 'result') results[index] = read.result
        done++
        if (performance.now() - told > PROGRESS_MS || done === total) {
          told = performance.now()
          this.tell(job, 'checking', done, total)
        }
      }
    }
    this.tell(job, 'reading', 0, total)
    await Promise.all(Array.from({ length: this.deps.width }, work))
    return results.filter((result) => result !== undefined)
  }

  /** Records without a key may fit a key of another input. */
  private async readKeyless(job: Job): Promise<void> {
    const settings = this.settings(job, false)
    for (const [index, file] of job.files.entries()) {
      const source = job.sources[index]
      if (!file.wantsKeys || source === undefined) continue
      if (job.cancelled) throw new JobError('cancelled')
      const read = await this.deps.pool.run({ source, settings, offered: job.offered })
      if (read.kind === 'result') job.files[index] = read.result
    }
  }

  private tell(job: Job, step: JobStep, done: number, total: number): void {
    this.deps.emit({ job: job.id, step, done, total })
  }
}

function countsOf(job: Job): Record<VerdictState, number> {
  const counts = Object.fromEntries(VERDICT_STATES.map((state) => [state, 0])) as Record<
    VerdictState,
    number
  >
  for (const { state } of rowsOf(job)) if (state !== null) counts[state]++
  return counts
}

function jobResult(job: Job): JobResult {
  const { result } = job
  if (result === null) throw new JobError('no-such-job')
  return {
    job: job.id,
    label: job.label,
    checkedAt: job.checkedAt,
    policy: result.policy,
    inputs: result.inputs,
    rows: rowsOf(job),
    counts: countsOf(job),
    records: recordCounts(result.sessions),
    seconds: job.seconds,
  }
}

/** A row for every session, and for every input that holds none. */
function rowsOf({ result }: Job): ResultRow[] {
  if (result === null) return []
  const lone = result.inputs.filter(({ sessions }) => sessions.length === 0)
  return [
    ...result.sessions.map(sessionRow),
    ...lone.map(({ name, state, findings }): ResultRow => ({
      id: `input:${name}`,
      input: name,
      state,
      time: null,
      timeText: null,
      offsetMin: null,
      meter: null,
      energy: null,
      trust: 'K0',
      format: '',
      errors: findings.filter(({ severity }) => severity === 'error').length,
      warnings: findings.filter(({ severity }) => severity === 'warning').length,
    })),
  ]
}

function sessionRow(session: Session): ResultRow {
  const { begin, end, energy, records, verdict, trust } = session
  const time = (begin ?? end)?.time ?? null
  const findings = findingsOf(session)
  return {
    id: session.id,
    input: session.input,
    state: verdict.state,
    time: time?.epochMs ?? null,
    timeText: time?.text ?? null,
    offsetMin: time?.offsetMin ?? null,
    meter: session.meter,
    energy: energy === null ? null : toKWh(energy),
    trust: trust.level,
    format: records[0]?.format ?? '',
    errors: findings.filter(({ severity }) => severity === 'error').length,
    warnings: findings.filter(({ severity }) => severity === 'warning').length,
  }
}

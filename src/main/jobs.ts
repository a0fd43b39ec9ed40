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
import { findingsOf, neutralOf } from '../shared/i18n/verdict.ts'
import { toKWh } from '../shared/model/reading.ts'
import type { Session } from '../shared/model/session.ts'
import type { Policy, VerificationResult } from '../shared/model/verdict.ts'
import { VERDICT_STATES, type VerdictState } from '../shared/model/verdict-state.ts'
import { LIMITS } from './engine/limits.ts'
import { type FileResult, conclude, withMembers } from './engine/pipeline.ts'
import { digest } from './host-deps.ts'
import { isSmall } from './pool/job.ts'
import { offeredKeys, offeredSignatures } from './pool/judge-input.ts'
import type { Pool } from './pool/pool.ts'
import type { InputSource, JobSettings, Task } from './pool/protocol.ts'
import { recordCounts } from './report/counts.ts'

export class JobError extends Error {
  override readonly name = 'JobError'
  readonly code:
    | 'no-such-job'
    | 'no-such-session'
    | 'cancelled'
    | 'too-large'
    | 'wrong-password'
    | 'bad-input'

  constructor(code: JobError['code']) {
    super(code)
    this.code = code
  }
}

/** What inputs have for the records of others. */
type Offered = Required<Pick<Task, 'offered' | 'signatures'>>

const NOTHING_OFFERED: Offered = { offered: [], signatures: [] }

interface Job {
  id: string
  label: string
  sources: InputSource[]
  /** Names of inputs, and how many were given each. */
  names: Map<string, number>
  bytes: number
  result: VerificationResult | null
  /** Inputs that hold nothing of a session but copies, by its id. */
  copies: ReadonlyMap<string, readonly string[]>
  /** The result holds the signed bytes. */
  evidence: boolean
  offered: Offered
  checkedAt: string
  seconds: number
  run: Run | null
  /** Cancelled while it was filled. */
  givenUp: boolean
  /** When somebody last asked for it, by `performance.now`. */
  touched: number
}

/** A check under way. */
interface Run {
  cancelled: boolean
  cancel: () => void
  outcome: Promise<JobResult>
}

export interface JobsDeps {
  pool: Pool
  /** So many inputs are given to the pool at the same time. */
  width: number
  /** File of the key store, which need not exist; null for none. */
  store: string | null
  policy: () => Policy
  emit: (progress: Progress) => void
}

/** Progress is told at most this often, except for the last step. */
const PROGRESS_MS = 100
/** Both engines look at every signature of so many inputs. */
const FEW_INPUTS = 8
/** A window that was closed or loaded anew never finishes what it began to fill. */
const FILLING_MS = 15 * 60_000
/** The oldest are forgotten when there are more, or when they hold more bytes. */
const MOST_JOBS = 100
const MOST_BYTES = 2 * LIMITS.jobBytes
/** Of one input: a mail may carry several files, each with its own. */
const MOST_PASSWORDS = 10

export class Jobs {
  private readonly deps: JobsDeps
  private readonly jobs = new Map<string, Job>()

  constructor(deps: JobsDeps) {
    this.deps = deps
  }

  start(label: string): string {
    this.clear()
    const id = randomUUID()
    this.jobs.set(id, {
      id,
      label,
      sources: [],
      names: new Map(),
      bytes: 0,
      result: null,
      copies: new Map(),
      evidence: false,
      offered: NOTHING_OFFERED,
      checkedAt: '',
      seconds: 0,
      run: null,
      givenUp: false,
      touched: performance.now(),
    })
    return id
  }

  /** @throws JobError `too-large` where the job would hold more than its limit; it is given up */
  addFiles(id: string, files: readonly FileBytes[]): number {
    const job = this.open(id)
    for (const { name, bytes } of files) {
      job.bytes += bytes.length
      this.add(job, { kind: 'bytes', name, bytes })
    }
    return job.sources.length
  }

  /** @throws JobError `too-large`, as {@link Jobs.addFiles} */
  addSources(id: string, sources: Iterable<InputSource>): number {
    const job = this.open(id)
    for (const source of sources) this.add(job, source)
    return job.sources.length
  }

  /**
   * Reads and judges all inputs, also once more; who asks while that is under way gets the same
   * result. A first check that is cancelled or fails leaves no job.
   */
  finish(id: string): Promise<JobResult> {
    const job = this.open(id)
    job.run ??= this.begin(job)
    return job.run.outcome
  }

  /** A job that was checked before keeps that result. */
  cancel(id: string): void {
    const job = this.open(id)
    if (job.run !== null) job.run.cancel()
    else if (job.result === null) job.givenUp = true
  }

  result(id: string): JobResult {
    return jobResult(this.open(id))
  }

  /** What reports are made of. */
  verification(id: string): {
    result: VerificationResult
    sources: readonly InputSource[]
    checkedAt: string
  } {
    const { result, sources, checkedAt } = this.open(id)
    if (result === null) throw new JobError('no-such-job')
    return { result, sources, checkedAt }
  }

  summaries(): JobSummary[] {
    return [...this.jobs.values()]
      .filter((job) => job.result !== null)
      .map((job) => ({
        job: job.id,
        label: labelOf(job),
        checkedAt: job.checkedAt,
        inputs: job.sources.length,
        counts: countsOf(job),
      }))
      .toReversed()
  }

  forget(id: string): void {
    this.jobs.get(id)?.run?.cancel()
    this.jobs.delete(id)
  }

  /** @throws JobError `no-such-session` */
  session(id: string, sessionId: string): Session {
    const found = this.open(id).result?.sessions.find((session) => session.id === sessionId)
    if (found === undefined) throw new JobError('no-such-session')
    return found
  }

  /**
   * Reads one input with a password, alone at first: a wrong one costs the others nothing.
   *
   * @param inputName of an input of the result: one of the job, or a file inside one
   * @throws JobError `wrong-password` where the input stays what it is
   */
  async unlock(id: string, inputName: string, password: string): Promise<JobResult> {
    const job = this.open(id)
    const index = job.sources.findLastIndex(
      ({ name }) => inputName === name || inputName.startsWith(`${name} › `),
    )
    const source = job.sources[index]
    if (source === undefined) throw new JobError('bad-input')
    const passwords = [...new Set([password, ...(source.passwords ?? [])])]
    const unlocked = { ...source, passwords: passwords.slice(0, MOST_PASSWORDS) }
    const task = { source: unlocked, settings: this.settings(job, false), ...job.offered }
    const read = await this.deps.pool.run(task)
    const files = read.kind === 'result' ? withMembers([read.result]) : []
    const still = files.find(({ name }) => name === inputName)
    if (still !== undefined && isLocked(still)) throw new JobError('wrong-password')
    // A check under way would still lack it.
    await job.run?.outcome.catch(() => {})
    job.sources[index] = unlocked
    return this.finish(id)
  }

  /** Reads the inputs of sessions again, to have the signed bytes of their records. */
  async withEvidence(id: string, sessions: readonly Session[]): Promise<readonly Session[]> {
    const job = this.open(id)
    if (job.evidence) return sessions
    const names = new Set(
      sessions.flatMap(({ records }) => records.flatMap(({ origin }) => origin[0]?.name ?? [])),
    )
    const sources = job.sources.filter(({ name }) => names.has(name))
    const settings = this.settings(job, true)
    const again = await Promise.all(
      sources.map((source) => this.deps.pool.run({ source, settings, ...job.offered })),
    )
    const files = withMembers(again.flatMap((read) => (read.kind === 'result' ? read.result : [])))
    const bytes = new Map(
      files.flatMap(({ records }) => records.map((record) => [record.id, record.signedBytes])),
    )
    return sessions.map((session) => ({
      ...session,
      records: session.records.map((record) => ({
        ...record,
        signedBytes: bytes.get(record.id) ?? null,
      })),
    }))
  }

  /** @throws JobError */
  private open(id: string): Job {
    const job = this.jobs.get(id)
    if (job === undefined) throw new JobError('no-such-job')
    if (job.givenUp) {
      this.jobs.delete(id)
      throw new JobError('cancelled')
    }
    job.touched = performance.now()
    return job
  }

  private add(job: Job, source: InputSource): void {
    if (job.bytes > LIMITS.jobBytes || job.sources.length >= LIMITS.jobInputs) {
      this.jobs.delete(job.id)
      throw new JobError('too-large')
    }
    job.sources.push({ ...source, name: freeName(source.name, job.names) })
  }

  /** Forgets what nobody will finish, and the oldest of too many. */
  private clear(): void {
    const all = [...this.jobs.values()]
    const kept = all.filter(({ result, run, touched }) => {
      return result !== null || run !== null || performance.now() - touched < FILLING_MS
    })
    let bytes = 0
    const newest = kept.toReversed().filter((job, index) => {
      bytes += job.bytes
      return job.run !== null || index === 0 || (bytes <= MOST_BYTES && index < MOST_JOBS)
    })
    for (const job of all) if (!newest.includes(job)) this.jobs.delete(job.id)
  }

  private settings(job: Job, evidence: boolean): JobSettings {
    const both = job.sources.length <= FEW_INPUTS
    return { given: [], both, evidence, now: Date.now(), lines: null, store: this.deps.store }
  }

  private begin(job: Job): Run {
    const stop = Promise.withResolvers<never>()
    const run: Run = {
      cancelled: false,
      cancel: () => {
        run.cancelled = true
        // What workers have begun is left to them; nobody waits for it.
        stop.reject(new JobError('cancelled'))
      },
      outcome: stop.promise,
    }
    run.outcome = Promise.race([this.check(job, run), stop.promise]).finally(() => {
      job.run = null
      if (job.result === null) this.jobs.delete(job.id)
    })
    return run
  }

  private async check(job: Job, run: Run): Promise<JobResult> {
    const started = performance.now()
    this.tell(job, 'reading', 0, job.sources.length)
    // A small job is shown at once, and whole: nothing has to be read again for it.
    const evidence = job.sources.length <= FEW_INPUTS && job.sources.every(isSmall)
    const settings = this.settings(job, evidence)
    const first = await this.read(job, run, job.sources, settings, NOTHING_OFFERED)
    if (run.cancelled) throw new JobError('cancelled')
    const offered: Offered = {
      offered: offeredKeys(first),
      signatures: offeredSignatures(first),
    }
    const some = offered.offered.length + offered.signatures.length > 0
    const files = some ? await this.readKeyless(job, run, settings, first, offered) : first
    this.tell(job, 'pairing', 0, 1)
    const result = conclude(files, { policy: this.deps.policy(), now: Date.now(), digest })
    if (run.cancelled) throw new JobError('cancelled')
    job.result = result
    job.copies = copiesIn(result, files)
    job.evidence = evidence
    job.offered = offered
    job.checkedAt = new Date().toISOString()
    job.seconds = (performance.now() - started) / 1000
    return jobResult(job)
  }

  /** @returns the results in the order of the sources */
  private async read(
    job: Job,
    run: Run,
    sources: readonly InputSource[],
    settings: JobSettings,
    offered: Offered,
  ): Promise<FileResult[]> {
    const tells = sources === job.sources
    const results: FileResult[] = []
    let next = 0
    let done = 0
    let told = 0
    const work = async () => {
      for (let index = next++; index < sources.length; index = next++) {
        const source = sources[index]
        if (run.cancelled || source === undefined) return
        const read = await this.deps.pool.run({ source, settings, ...offered })
        if (read.kind === 'result') results[index] = read.result
        done++
        if (!tells || (performance.now() - told < PROGRESS_MS && done < sources.length)) continue
        told = performance.now()
        this.tell(job, 'checking', done, sources.length)
      }
    }
    await Promise.all(Array.from({ length: this.deps.width }, work))
    return results
  }

  /** Records without a key or signature may fit those of another input. */
  private async readKeyless(
    job: Job,
    run: Run,
    settings: JobSettings,
    files: readonly FileResult[],
    offered: Offered,
  ): Promise<FileResult[]> {
    const keyless = job.sources.filter((_, index) => files[index]?.wantsKeys === true)
    const again = await this.read(job, run, keyless, settings, offered)
    const read = new Map(again.map((file) => [file.name, file]))
    return files.map((file) => read.get(file.name) ?? file)
  }

  private tell(job: Job, step: JobStep, done: number, total: number): void {
    this.deps.emit({ job: job.id, step, done, total })
  }
}

/** Inputs are told apart by their names: `a.xml`, `a.xml (2)`. */
function freeName(name: string, taken: Map<string, number>): string {
  let count = (taken.get(name) ?? 0) + 1
  let free = count === 1 ? name : `${name} (${count})`
  while (taken.has(free)) free = `${name} (${++count})`
  taken.set(name, count)
  if (free !== name) taken.set(free, 1)
  return free
}

/** What the window calls the job, else the first input and how many more there are. */
function labelOf({ label, sources }: Job): string {
  if (label !== '') return label
  const [first] = sources
  if (first === undefined) return ''
  return sources.length === 1 ? first.name : `${first.name} + ${sources.length - 1}`
}

function countsOf(job: Job): Record<VerdictState, number> {
  const counts = Object.fromEntries(VERDICT_STATES.map((state) => [state, 0])) as Record<
    VerdictState,
    number
  >
  for (const { state, copyOf } of rowsOf(job)) {
    if (state !== null && copyOf === null) counts[state]++
  }
  return counts
}

function jobResult(job: Job): JobResult {
  const { result } = job
  if (result === null) throw new JobError('no-such-job')
  return {
    job: job.id,
    label: labelOf(job),
    checkedAt: job.checkedAt,
    policy: result.policy,
    inputs: result.inputs,
    rows: rowsOf(job),
    unmatched: result.unmatched,
    counts: countsOf(job),
    records: recordCounts(result.sessions),
    seconds: job.seconds,
  }
}

/** What an archive keeps behind a password has no bytes: no password of ours opens that. */
function isLocked({ bytes, findings }: Pick<FileResult, 'bytes' | 'findings'>): boolean {
  return bytes !== null && findings.some(({ code }) => code === 'IN-ENCRYPTED')
}

/**
 * Whoever gives two files with the same records finds both in the list. Where begin and end came
 * in two files, neither is a copy.
 */
function copiesIn(
  { inputs, sessions }: VerificationResult,
  files: readonly FileResult[],
): Map<string, string[]> {
  const records = new Map(
    withMembers(files).map(({ name, records: own }) => [name, own.map(({ id }) => id)]),
  )
  const carriers = new Map<string, string[]>(sessions.map(({ id, input }) => [id, [input]]))
  for (const { name, sessions: own } of inputs) for (const id of own) carriers.get(id)?.push(name)
  return new Map(
    sessions.map(({ id, input, records: all }) => {
      const missing = new Set(all.map((record) => record.id))
      const copies = (carriers.get(id) ?? []).filter((name, index) => {
        if (index > 0 && name === input) return false
        const before = missing.size
        for (const record of records.get(name) ?? []) missing.delete(record)
        return missing.size === before
      })
      return [id, copies]
    }),
  )
}

/** A row for every session, and for every input that holds none or only copies. */
function rowsOf({ result, copies }: Job): ResultRow[] {
  if (result === null) return []
  const lone = result.inputs.filter(({ sessions }) => sessions.length === 0)
  return [
    ...result.sessions.flatMap((session): ResultRow[] => {
      const row = sessionRow(session)
      const others = copies.get(session.id) ?? []
      const copy = (input: string) => ({ id: `${session.id} ${input}`, input, copyOf: row.input })
      return [row, ...others.map((input) => ({ ...row, ...copy(input) }))]
    }),
    ...lone.map(({ name, bytes, state, findings, claims }): ResultRow => ({
      id: `input:${name}`,
      session: null,
      input: name,
      copyOf: null,
      locked: isLocked({ bytes, findings }),
      state,
      neutral: state === null ? neutralOf({ findings, claims }) : null,
      time: null,
      timeText: null,
      offsetMin: null,
      meter: null,
      energy: null,
      trust: 'K0',
      invoice: null,
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
    session: session.id,
    input: session.input,
    copyOf: null,
    locked: false,
    state: verdict.state,
    neutral: null,
    time: time?.epochMs ?? null,
    timeText: time?.text ?? null,
    offsetMin: time?.offsetMin ?? null,
    meter: session.meter,
    energy: energy === null ? null : toKWh(energy),
    trust: trust.level,
    invoice: session.invoice?.status ?? null,
    format: records[0]?.format ?? '',
    errors: findings.filter(({ severity }) => severity === 'error').length,
    warnings: findings.filter(({ severity }) => severity === 'warning').length,
  }
}

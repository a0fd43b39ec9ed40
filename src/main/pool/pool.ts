/**
 * Workers that read inputs outside the process that owns windows, keys and disk.
 *
 * One task is one input, and has its time from when its worker is ready; a log has more, by its size.
 * A worker that dies or overruns time or memory costs its input one finding and is replaced; the other
 * inputs never notice.
 *
 * @module
 */
import { type LooseFinding, looseFinding } from '../../shared/model/finding.ts'
import { internal } from '../engine/formats/decode-safely.ts'
import { LIMITS, secondsOfLog } from '../engine/limits.ts'
import { unreadInput } from '../engine/pipeline.ts'
import { asAsked } from './judge-input.ts'
import { type Answer, type Message, type Read, type Task, unpack } from './protocol.ts'

/** A worker thread or process, behind one face. */
export interface WorkerHandle {
  post(message: Message): void
  /** @param onDeath gets why the worker ended by itself */
  listen(onAnswer: (answer: Answer) => void, onDeath: (cause: WorkerDeath) => void): void
  terminate(): Promise<void>
}
export type WorkerDeath = 'memory' | 'crash'

export interface PoolOptions {
  launch: () => WorkerHandle
  size: number
  timeoutS?: number
}

/** A worker that is not ready after this time never will be. */
export const START_S = 60

interface Job {
  task: Task
  settle: (read: Read) => void
}

export class Pool {
  private readonly launch: () => WorkerHandle
  private readonly size: number
  private readonly timeoutS: number
  private readonly queue: Job[] = []
  private readonly idle: WorkerHandle[] = []
  private readonly ready = new WeakSet<WorkerHandle>()
  private readonly busy = new Map<WorkerHandle, { job: Job; timer: NodeJS.Timeout }>()
  private closed = false

  constructor({ launch, size, timeoutS = LIMITS.inputSeconds }: PoolOptions) {
    this.launch = launch
    this.size = size
    this.timeoutS = timeoutS
  }

  /** @returns the result of the input; a finding instead of an error, whatever happens */
  run(task: Task): Promise<Read> {
    const { promise, resolve } = Promise.withResolvers<Read>()
    this.queue.push({ task, settle: resolve })
    this.next()
    return promise
  }

  /** Starts a worker ahead of the first task. */
  warm(): void {
    if (this.closed || this.idle.length + this.busy.size > 0) return
    try {
      this.idle.push(this.start())
    } catch {
      // The first task will say why.
    }
  }

  /** Ends all workers; inputs still waiting are given up without a result of their own. */
  async close(): Promise<void> {
    this.closed = true
    const all = [...this.idle, ...this.busy.keys()]
    for (const { timer } of this.busy.values()) clearTimeout(timer)
    this.idle.length = 0
    this.busy.clear()
    await Promise.all(all.map((worker) => worker.terminate()))
  }

  private next(): void {
    while (!this.closed && (this.idle.length > 0 || this.busy.size < this.size)) {
      const job = this.queue.shift()
      if (job === undefined) return
      this.begin(job)
    }
  }

  private begin(job: Job): void {
    let worker: WorkerHandle
    try {
      worker = this.idle.pop() ?? this.start()
    } catch (error) {
      giveUp(job, internal(error))
      return
    }
    this.busy.set(worker, { job, timer: this.timer(worker) })
    try {
      worker.post(job.task)
    } catch (error) {
      this.replace(worker, internal(error))
    }
  }

  /** How long a program takes to load says nothing of the input. */
  private timer(worker: WorkerHandle, inputS = this.timeoutS): NodeJS.Timeout {
    const [seconds, why] = this.ready.has(worker)
      ? [inputS, looseFinding('IN-TIMEOUT', { seconds: String(inputS) })]
      : [START_S, looseFinding('ENGINE-INTERNAL', { detail: 'worker did not start' })]
    return setTimeout(() => this.replace(worker, why), seconds * 1000)
  }

  private start(): WorkerHandle {
    const worker = this.launch()
    worker.listen(
      (answer) => this.finish(worker, answer),
      (cause) =>
        this.replace(
          worker,
          cause === 'memory'
            ? looseFinding('IN-MEMORY', { limit: `${LIMITS.inputMiB} MiB` })
            : looseFinding('ENGINE-INTERNAL', { detail: 'worker ended' }),
        ),
    )
    return worker
  }

  private finish(worker: WorkerHandle, answer: Answer): void {
    this.ready.add(worker)
    const work = this.busy.get(worker)
    if (work === undefined) return
    clearTimeout(work.timer)
    if (answer.kind === 'ready' || answer.kind === 'log') {
      const seconds = answer.kind === 'log' ? secondsOfLog(answer.bytes) : this.timeoutS
      work.timer = this.timer(worker, seconds)
      return
    }
    // Nobody asks these workers for reports.
    if (answer.kind !== 'result' && answer.kind !== 'judged') return
    this.busy.delete(worker)
    this.idle.push(worker)
    work.job.settle(unpack(answer))
    this.next()
  }

  private replace(worker: WorkerHandle, why: LooseFinding): void {
    const work = this.busy.get(worker)
    this.busy.delete(worker)
    const at = this.idle.indexOf(worker)
    if (at >= 0) this.idle.splice(at, 1)
    void worker.terminate()
    if (work !== undefined) {
      clearTimeout(work.timer)
      giveUp(work.job, why)
    }
    this.next()
  }
}

function giveUp({ task: { source, settings }, settle }: Job, why: LooseFinding): void {
  settle(asAsked(unreadInput(source.name, why), settings))
}

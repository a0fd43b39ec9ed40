/**
 * Has reports written by a worker of their own, one after the other, so that neither the window
 * nor the reading of inputs waits for them. The worker starts with the first report and stays; one
 * that is stopped in the middle of a report, or stops by itself, is replaced.
 *
 * @module
 */
import type { Session } from '../../shared/model/session.ts'
import { START_S, type WorkerHandle } from './pool.ts'
import type { Answer, ReportOrder } from './protocol.ts'
import type { TellProgress } from './write-report.ts'

/** Why there is no report, for logs. */
export class ReportFailed extends Error {
  override readonly name = 'ReportFailed'
}

export interface ReportWriterOptions {
  launch: (options: { memoryMiB: number }) => WorkerHandle
  /** A worker that has got no further for so long never will. */
  silenceS?: number
}

export interface ReportJob {
  order: ReportOrder
  sessions: readonly Session[]
  tell: TellProgress
  /** Gives the report up; its reason is what {@link ReportWriter.write} throws then. */
  signal: AbortSignal
}

/** Enough for some 20,000 sessions. */
const MEMORY_MIB = 2048
/** Sessions in one message: a few milliseconds of work for whoever sends it. */
const PORTION = 50

export class ReportWriter {
  private readonly launch: ReportWriterOptions['launch']
  private readonly silenceS: number
  private worker: WorkerHandle | null = null
  private waiting: Waiting | null = null
  /** Settles when nobody is being written for. */
  private last: Promise<unknown> = Promise.resolve()

  constructor({ launch, silenceS = 2 * START_S }: ReportWriterOptions) {
    this.launch = launch
    this.silenceS = silenceS
  }

  /**
   * @returns the bytes of the report
   * @throws ReportFailed, or the reason of the signal
   */
  write(job: ReportJob): Promise<Uint8Array> {
    const written = this.last.then(() => this.begin(job))
    this.last = written.catch(() => {})
    return written
  }

  async close(): Promise<void> {
    this.waiting?.fail(new ReportFailed('closed'))
    await this.drop()
  }

  private async begin(job: ReportJob): Promise<Uint8Array> {
    const { signal } = job
    signal.throwIfAborted()
    const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>()
    // It may fail before all is posted, when nobody listens yet.
    promise.catch(() => {})
    const waiting: Waiting = {
      tell: job.tell,
      done: resolve,
      // Whatever the worker is at, nobody waits for it any more.
      fail: (error) => {
        reject(error)
        void this.drop()
      },
      timer: undefined,
    }
    this.waiting = waiting
    this.listenLonger(waiting)
    const giveUp = () => waiting.fail(signal.reason)
    signal.addEventListener('abort', giveUp)
    try {
      await this.post(job)
      return await promise
    } finally {
      clearTimeout(waiting.timer)
      signal.removeEventListener('abort', giveUp)
      this.waiting = null
    }
  }

  /** In portions, with room between them for whatever else this process has to do. */
  private async post({ order, sessions }: ReportJob): Promise<void> {
    const worker = (this.worker ??= this.start())
    for (let at = 0; at < sessions.length; at += PORTION) {
      worker.post({ kind: 'sessions', text: JSON.stringify(sessions.slice(at, at + PORTION)) })
      await new Promise((resolve) => {
        setImmediate(resolve)
      })
      if (worker !== this.worker) return
    }
    worker.post({ kind: 'report', order })
  }

  private start(): WorkerHandle {
    const worker = this.launch({ memoryMiB: MEMORY_MIB })
    worker.listen(
      (answer) => {
        if (worker === this.worker) this.hear(answer)
      },
      (cause) => {
        if (worker !== this.worker) return
        this.waiting?.fail(new ReportFailed(cause))
        void this.drop()
      },
    )
    return worker
  }

  private hear(answer: Answer): void {
    const { waiting } = this
    if (waiting === null) return
    this.listenLonger(waiting)
    if (answer.kind === 'progress') waiting.tell(answer.done, answer.total)
    else if (answer.kind === 'report') waiting.done(answer.bytes)
    else if (answer.kind === 'failed') waiting.fail(new ReportFailed(answer.detail))
  }

  private listenLonger(waiting: Waiting): void {
    clearTimeout(waiting.timer)
    const silent = () => waiting.fail(new ReportFailed('silent'))
    waiting.timer = setTimeout(silent, this.silenceS * 1000)
  }

  private async drop(): Promise<void> {
    const { worker } = this
    this.worker = null
    await worker?.terminate()
  }
}

/** Whoever waits for the worker. */
interface Waiting {
  tell: TellProgress
  done: (bytes: Uint8Array) => void
  fail: (error: unknown) => void
  timer: NodeJS.Timeout | undefined
}

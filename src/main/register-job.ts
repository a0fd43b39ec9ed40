/**
 * One import of a register at a time, in a thread of its own that can be cancelled.
 *
 * @module
 */
import { Worker } from 'node:worker_threads'
import type { RegisterRefusal } from '../shared/model/register.ts'
import { RegisterError } from './key-store/register-file.ts'
import type { RegisterOutcome } from './key-store/register-import.ts'
import { StoreError } from './key-store/trouble.ts'

export interface RegisterTask {
  /** File of the key store. */
  store: string
  /** Path, or the bytes themselves. */
  from: string | Uint8Array
  name: string
  /** ISO date of the edition where the file has none. */
  date: string | null
}

/** What the thread says. */
export type RegisterSay =
  | { kind: 'progress'; done: number; total: number }
  | { kind: 'done'; outcome: RegisterOutcome }
  | { kind: 'refused'; reason: RegisterRefusal; row: number | null }
  | { kind: 'store'; code: StoreError['code'] }

/** Beside this module, as source or as built. */
const ENTRY = new URL(
  import.meta.url.endsWith('.ts') ? './register-worker.ts' : './register-worker.mjs',
  import.meta.url,
)
const MEMORY_MIB = 512
const PROGRESS_MS = 100

export class RegisterJob {
  private worker: Worker | null = null

  get busy(): boolean {
    return this.worker !== null
  }

  /** Leaves the editions before as they were. */
  cancel(): void {
    this.worker?.postMessage('cancel')
  }

  /**
   * @throws RegisterError where the file cannot be taken
   * @throws StoreError where the store cannot be written, or is being written
   */
  async run(
    task: RegisterTask,
    onProgress: (done: number, total: number) => void,
  ): Promise<RegisterOutcome> {
    if (this.worker !== null) throw new StoreError('locked')
    const worker = new Worker(ENTRY, {
      workerData: task,
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MIB, maxYoungGenerationSizeMb: 32 },
    })
    this.worker = worker
    try {
      return await outcomeOf(worker, onProgress)
    } finally {
      this.worker = null
      await worker.terminate()
    }
  }

  async close(): Promise<void> {
    await this.worker?.terminate()
  }
}

function outcomeOf(worker: Worker, onProgress: (done: number, total: number) => void) {
  const { promise, resolve, reject } = Promise.withResolvers<RegisterOutcome>()
  let told = 0
  worker.on('message', (said: RegisterSay) => {
    switch (said.kind) {
      case 'progress':
        if (performance.now() - told < PROGRESS_MS && said.done < said.total) return
        told = performance.now()
        onProgress(said.done, said.total)
        return
      case 'done':
        return resolve(said.outcome)
      case 'refused':
        return reject(new RegisterError(said.reason, said.row))
      case 'store':
        return reject(new StoreError(said.code))
    }
  })
  worker.on('error', reject)
  worker.on('exit', () => reject(new StoreError('failed')))
  return promise
}

/**
 * Worker threads of Node as pool workers.
 *
 * @module
 */
import { Worker } from 'node:worker_threads'
import { LIMITS } from '../engine/limits.ts'
import type { WorkerHandle } from './pool.ts'
import { type Answer, endsTask } from './protocol.ts'

/** The worker's own module: beside this one, as source or as built. */
const ENTRY = new URL(
  import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.mjs',
  import.meta.url,
)

export interface ThreadOptions {
  /** Another program than the reader of inputs. */
  entry?: URL
  memoryMiB?: number
}

export function launchThread({
  entry = ENTRY,
  memoryMiB = LIMITS.inputMiB,
}: ThreadOptions = {}): WorkerHandle {
  const worker = new Worker(entry, {
    // A small young generation keeps the memory of many short tasks flat.
    resourceLimits: { maxOldGenerationSizeMb: memoryMiB, maxYoungGenerationSizeMb: 16 },
    stdout: true,
    stderr: true,
  })
  worker.unref()
  let overrun = () => {}
  let watch: NodeJS.Timeout | null = null
  const unwatch = () => {
    if (watch !== null) clearInterval(watch)
    watch = null
  }
  return {
    post: (message) => {
      watch ??= setInterval(() => {
        void usedMiB(worker).then((used) => {
          if (used > memoryMiB && watch !== null) overrun()
        })
      }, WATCH_MS)
      worker.postMessage(message)
    },
    listen: (onAnswer, onDeath) => {
      overrun = () => {
        unwatch()
        onDeath('memory')
      }
      worker.on('message', (answer: Answer) => {
        if (endsTask(answer)) unwatch()
        onAnswer(answer)
      })
      worker.on('error', (error: NodeJS.ErrnoException) =>
        onDeath(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'memory' : 'crash'),
      )
      worker.on('exit', () => onDeath('crash'))
    },
    terminate: async () => {
      unwatch()
      worker.removeAllListeners()
      await worker.terminate()
    },
  }
}

const WATCH_MS = 100

/**
 * The heap has its own limit; what stands beside it has none, such as the bytes a packed file grows
 * to, so that it is measured while a worker reads.
 */
async function usedMiB(worker: Worker): Promise<number> {
  try {
    const { used_heap_size: heap, external_memory: beside } = await worker.getHeapStatistics()
    return (heap + beside) / 2 ** 20
  } catch {
    return 0 // ended in the meantime, or a Node before 22.16
  }
}

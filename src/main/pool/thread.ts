/**
 * Worker threads of Node as pool workers.
 *
 * @module
 */
import { Worker } from 'node:worker_threads'
import { LIMITS } from '../engine/limits.ts'
import type { WorkerHandle } from './pool.ts'

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
  return {
    post: (task) => worker.postMessage(task),
    listen: (onAnswer, onDeath) => {
      worker.on('message', onAnswer)
      worker.on('error', (error: NodeJS.ErrnoException) =>
        onDeath(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'memory' : 'crash'),
      )
      worker.on('exit', () => onDeath('crash'))
    },
    terminate: async () => {
      worker.removeAllListeners()
      await worker.terminate()
    },
  }
}

/**
 * Imports a register outside the thread that owns windows: foreign bytes, and seconds of work.
 *
 * @module
 */
import { parentPort, workerData } from 'node:worker_threads'
import { RegisterError } from './key-store/register-file.ts'
import { importRegister } from './key-store/register-import.ts'
import { asStoreError } from './key-store/trouble.ts'
import type { RegisterSay, RegisterTask } from './register-job.ts'

const abort = new AbortController()
parentPort?.on('message', () => abort.abort())
const say = (word: RegisterSay) => parentPort?.postMessage(word)

const { store, from, name, date } = workerData as RegisterTask
try {
  const outcome = await importRegister(store, from, {
    name,
    date,
    now: () => new Date(),
    signal: abort.signal,
    onProgress: (done, total) => say({ kind: 'progress', done, total }),
  })
  say({ kind: 'done', outcome })
} catch (error) {
  if (error instanceof RegisterError) {
    say({ kind: 'refused', reason: error.reason, row: error.row })
  } else say({ kind: 'store', code: asStoreError(error).code })
}
// Whoever waits for 'cancel' keeps the thread alive.
parentPort?.close()

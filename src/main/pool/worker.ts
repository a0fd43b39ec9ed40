/**
 * A worker of the pool: reads one input after the other, and keeps what engines have loaded.
 *
 * @module
 */
import { parentPort } from 'node:worker_threads'
import { hostEngines } from '../host-deps.ts'
import { asAsked } from './judge-input.ts'
import { type Task, pack } from './protocol.ts'
import { readInput } from './read-input.ts'

const engines = hostEngines(false)

parentPort?.on('message', (task: Task) => {
  void readInput(task, engines).then((result) =>
    parentPort?.postMessage(pack(asAsked(result, task.settings))),
  )
})

/**
 * A worker of the pool: reads one input after the other, and keeps what engines have loaded.
 *
 * @module
 */
import { parentPort } from 'node:worker_threads'
import { hostEngines, prepareCommon } from '../host-deps.ts'
import { asAsked } from './judge-input.ts'
import { type Answer, type Task, pack } from './protocol.ts'
import { readInput } from './read-input.ts'

const engines = hostEngines(false)
const prepared = prepareCommon(engines)

parentPort?.on('message', (task: Task) => {
  void prepared
    .then(() => readInput(task, engines))
    .then((result) => parentPort?.postMessage(pack(asAsked(result, task.settings))))
})

void prepared.then(() => parentPort?.postMessage({ kind: 'ready' } satisfies Answer))

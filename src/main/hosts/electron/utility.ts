/**
 * A worker of the pool in a process of its own: knows no window, no key and no secret.
 *
 * @module
 */
import { hostEngines, prepareCommon } from '../../host-deps.ts'
import { asAsked } from '../../pool/judge-input.ts'
import { type Answer, type Task, pack } from '../../pool/protocol.ts'
import { readInput } from '../../pool/read-input.ts'

const engines = hostEngines(false)
const prepared = prepareCommon(engines)

process.parentPort.on('message', ({ data }: { data: Task }) => {
  void prepared
    .then(() => readInput(data, engines))
    .then((result) => process.parentPort.postMessage(pack(asAsked(result, data.settings))))
})

void prepared.then(() => process.parentPort.postMessage({ kind: 'ready' } satisfies Answer))

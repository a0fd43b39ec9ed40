/**
 * A worker of the pool, as a thread of Node.
 *
 * @module
 */
import { parentPort } from 'node:worker_threads'
import { answerMessages } from './answer.ts'
import { transferOf } from './protocol.ts'

parentPort?.on(
  'message',
  answerMessages((answer) => parentPort?.postMessage(answer, transferOf(answer))),
)

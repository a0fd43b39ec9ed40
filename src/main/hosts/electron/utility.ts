/**
 * A worker of the pool in a process of its own: knows no window, no key and no secret.
 *
 * @module
 */
import { answerMessages } from '../../pool/answer.ts'
import type { Message } from '../../pool/protocol.ts'

const take = answerMessages((answer) => process.parentPort.postMessage(answer))

process.parentPort.on('message', ({ data }: { data: Message }) => take(data))

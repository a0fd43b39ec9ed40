/**
 * What a worker does, in whatever kind of process: reads one input after the other and keeps what
 * engines have loaded, or writes reports.
 *
 * @module
 */
import type { Session } from '../../shared/model/session.ts'
import { hostEngines, prepareCommon } from '../host-deps.ts'
import { asAsked } from './judge-input.ts'
import { type Answer, type Message, type ReportOrder, type Task, pack } from './protocol.ts'
import { readInput } from './read-input.ts'

/**
 * Says `ready` when it is.
 *
 * @param say to whoever asks
 * @returns takes what is asked
 */
export function answerMessages(say: (answer: Answer) => void): (message: Message) => void {
  const engines = hostEngines(false)
  const prepared = prepareCommon(engines)
  void prepared.then(() => say({ kind: 'ready' }))

  const read = async (task: Task): Promise<void> => {
    await prepared
    const onLog = (bytes: number) => say({ kind: 'log', bytes })
    say(pack(asAsked(await readInput(task, engines, { onLog }), task.settings)))
  }

  let sessions: Session[] = []
  const write = async (order: ReportOrder): Promise<void> => {
    const all = sessions
    sessions = []
    try {
      const { writeReport } = await import('./write-report.ts')
      const tell = (done: number, total: number) => say({ kind: 'progress', done, total })
      say({ kind: 'report', bytes: await writeReport(order, all, tell) })
    } catch (error) {
      say({ kind: 'failed', detail: error instanceof Error ? (error.stack ?? '') : String(error) })
    }
  }

  return (message) => {
    if ('source' in message) void read(message)
    else if (message.kind === 'report') void write(message.order)
    else for (const session of JSON.parse(message.text) as Session[]) sessions.push(session)
  }
}

/**
 * Utility processes of Electron as pool workers: what reads foreign bytes shares no process with
 * windows, keys and disk.
 *
 * @module
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type UtilityProcess, app, utilityProcess } from 'electron'
import { LIMITS } from '../../engine/limits.ts'
import type { WorkerDeath, WorkerHandle } from '../../pool/pool.ts'
import { type Answer, endsTask } from '../../pool/protocol.ts'

const ENTRY = join(import.meta.dirname, 'utility.mjs')

export interface UtilityOptions {
  /** Another program than the reader of inputs. */
  entry?: string
  memoryMiB?: number
}

export function launchUtility({
  entry = ENTRY,
  memoryMiB = LIMITS.inputMiB,
}: UtilityOptions = {}): WorkerHandle {
  const child = utilityProcess.fork(entry, [], {
    serviceName: 'Eichlicht Reader',
    env: bareEnvironment(),
    execArgv: [`--max-old-space-size=${memoryMiB}`],
    stdio: 'ignore',
  })
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  let death: WorkerDeath = 'crash'
  let ended = false
  const overrun = () => {
    death = 'memory'
    child.kill()
  }
  void exited.then(() => unwatch(child))
  return {
    post: (message) => {
      watchMemory(child, memoryMiB, overrun)
      child.postMessage(message)
    },
    listen: (onAnswer, onDeath) => {
      child.on('message', (answer: Answer) => {
        if (endsTask(answer)) unwatch(child)
        if (!ended) onAnswer(answer)
      })
      // V8 gives up for want of memory and for nothing else that input could bring about.
      child.on('error', (_type, location) => {
        if (/memory|heap/i.test(location)) death = 'memory'
      })
      child.on('exit', () => {
        if (!ended) onDeath(death)
      })
    },
    terminate: async () => {
      ended = true
      if (child.kill()) await exited
    },
  }
}

/** Nothing of the user's environment reaches a reader; Windows needs its own folders. */
function bareEnvironment(): Record<string, string> {
  return Object.fromEntries(
    ['SystemRoot', 'SystemDrive', 'TEMP', 'TMP', 'TMPDIR'].flatMap((name) => {
      const value = process.env[name]
      return value === undefined ? [] : [[name, value]]
    }),
  )
}

/**
 * The heap has its own limit; bytes beside the heap have none, so that the whole process is
 * measured while it reads. So much it holds before it has read anything.
 */
const EMPTY_PROCESS_MIB = 256
const WATCH_MS = 250

const watched = new Map<UtilityProcess, { limitKiB: number; overrun: () => void }>()
let watch: NodeJS.Timeout | null = null

function watchMemory(child: UtilityProcess, memoryMiB: number, overrun: () => void): void {
  watched.set(child, { limitKiB: (memoryMiB + EMPTY_PROCESS_MIB) * 1024, overrun })
  watch ??= setInterval(measure, WATCH_MS)
}

function unwatch(child: UtilityProcess): void {
  watched.delete(child)
  if (watched.size > 0 || watch === null) return
  clearInterval(watch)
  watch = null
}

function measure(): void {
  const residentKiB = process.platform === 'linux' ? statusKiB : metricsKiB()
  for (const [child, { limitKiB, overrun }] of watched) {
    if (child.pid !== undefined && residentKiB(child.pid) > limitKiB) overrun()
  }
}

function metricsKiB(): (pid: number) => number {
  const used = new Map(app.getAppMetrics().map(({ pid, memory }) => [pid, memory.workingSetSize]))
  return (pid) => used.get(pid) ?? 0
}

/** Electron measures no memory on Linux; the system does (proc(5), `status`). */
function statusKiB(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0)
  } catch {
    return 0 // ended in the meantime
  }
}

/**
 * `utilityProcess` of the stand-in: a process of Node's, with its own memory and end.
 *
 * @module
 */
import { type ChildProcess, fork } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { join } from 'node:path'
import type Electron from 'electron'
import { type Names, type Recorder, modelled } from './modelled.ts'

const PARENT_PORT = join(import.meta.dirname, 'parent-port.ts')

export interface Utilities {
  face: object
  /** Of those that run. */
  pids(): number[]
  /** Ends what still runs. */
  close(): void
}

/** @param isReady before the app is ready, Electron starts no process */
export function createUtilities(isReady: () => boolean, record: Recorder): Utilities {
  const running = new Set<ChildProcess>()
  const face = {
    fork(entry: string, args: string[] = [], options: Electron.ForkOptions = {}) {
      if (!isReady()) throw new Error('utilityProcess cannot be created before app is ready')
      const child = fork(entry, args, {
        env: (options.env ?? process.env) as NodeJS.ProcessEnv,
        execArgv: [...(options.execArgv ?? []), '--import', PARENT_PORT],
        serialization: 'advanced',
        stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      })
      running.add(child)
      const events = new EventEmitter()
      let fatal: string | null = null
      child.stderr?.on('data', (text: Buffer) => {
        fatal ??= /FATAL ERROR: (.*)/.exec(text.toString())?.[1] ?? null
      })
      child.on('spawn', () => events.emit('spawn'))
      child.on('message', (message) => events.emit('message', message))
      child.on('close', (code) => {
        running.delete(child)
        // Electron tells of the fatal error of V8 first, then of the end.
        if (fatal !== null && !child.killed) events.emit('error', 'FatalError', fatal, '')
        events.emit('exit', code ?? 1)
      })
      const utility = Object.assign(events, {
        pid: child.pid,
        stdout: null,
        stderr: null,
        postMessage(message: unknown) {
          if (child.connected) child.send(message as object)
        },
        kill: () => child.exitCode === null && child.signalCode === null && child.kill(),
      } satisfies Names<Electron.UtilityProcess>)
      return modelled('UtilityProcess', utility, record)
    },
  } satisfies Names<typeof Electron.utilityProcess>
  return {
    face: modelled('utilityProcess', face, record),
    pids: () => [...running].flatMap(({ pid }) => pid ?? []),
    close: () => {
      for (const child of running) child.kill('SIGKILL')
    },
  }
}

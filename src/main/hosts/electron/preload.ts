/**
 * What the page gets of Electron: the two functions of `Transport`, and no object of Electron's.
 *
 * Runs sandboxed beside the page; built as one CommonJS file that requires only `electron`.
 *
 * @module
 */
import { contextBridge, ipcRenderer } from 'electron'
import { EVENTS, METHODS, type Events, type Method } from '../../../shared/api.ts'
import { CALL_CHANNEL, EVENT_CHANNEL } from './channels.ts'

const methods: ReadonlySet<string> = new Set(METHODS)
const events: ReadonlySet<string> = new Set(EVENTS)
const listeners = new Map<string, Set<(value: unknown) => void>>()

ipcRenderer.on(EVENT_CHANNEL, (_event, name: string, value: unknown) => {
  for (const listener of listeners.get(name) ?? []) listener(value)
})

contextBridge.exposeInMainWorld('eichlicht', {
  call(method: Method, input: unknown): Promise<unknown> {
    if (!methods.has(method)) {
      return Promise.resolve({ ok: false, error: { code: 'unknown-method', detail: '' } })
    }
    return ipcRenderer.invoke(CALL_CHANNEL, method, input)
  },
  on(event: keyof Events, listener: (value: unknown) => void): () => void {
    if (!events.has(event) || typeof listener !== 'function') return () => {}
    const set = listeners.get(event) ?? new Set()
    listeners.set(event, set)
    // A subscription of its own each time, also for the same function given twice.
    const own = (value: unknown) => listener(value)
    set.add(own)
    return () => {
      set.delete(own)
    }
  },
})

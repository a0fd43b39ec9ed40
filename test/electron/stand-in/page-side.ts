/**
 * What Electron does inside a page, for a page in Chromium: the preload with its `require`, the
 * bridge to the page, messages to and from the main process.
 *
 * {@link installElectron} is sent to the page as text: it may use nothing from outside itself.
 *
 * @module
 */

/** Name of the function that Playwright puts into the page for us; gone before the page runs. */
export const BINDING = '__standInInvoke'
/** Asks the program whether the page may use a camera or microphone; gone before the page runs. */
export const CAMERA = '__standInCamera'
/** Where messages of the main process are put in; no name of a page. */
export const DELIVERY = 'electron-stand-in.deliver'

/** @returns the script that runs before any script of the page */
export function initScript(preload: string): string {
  const names = JSON.stringify({ binding: BINDING, camera: CAMERA, delivery: DELIVERY })
  return `(${String(installElectron)})(${names}, function (require, exports, module) {\n${preload}\n})`
}

type Preload = (require: (name: string) => unknown, exports: object, module: object) => void
type Invoked = { ok: true; value: unknown } | { ok: false; message: string }

function installElectron(
  names: { binding: string; camera: string; delivery: string },
  preload: Preload,
): void {
  const page = globalThis as unknown as Record<string | symbol, unknown>
  const invoke = page[names.binding] as (channel: string, args: unknown[]) => Promise<Invoked>
  const mayUse = page[names.camera] as (mediaTypes: string[]) => Promise<boolean>
  delete page[names.binding]
  delete page[names.camera]
  // Electron asks the program where a browser asks its user.
  const media = (navigator as { mediaDevices?: MediaDevices }).mediaDevices
  if (media !== undefined) {
    const getUserMedia = media.getUserMedia.bind(media)
    media.getUserMedia = async (wanted = {}) => {
      const kinds = [wanted.audio ? ['audio'] : [], wanted.video ? ['video'] : []].flat()
      if (await mayUse(kinds)) return getUserMedia(wanted)
      throw new DOMException('Permission denied', 'NotAllowedError')
    }
  }
  // Electron runs the preload in the top frame only, and not before there is a document.
  if (window !== window.top || location.protocol === 'about:') return

  const listeners = new Map<string, ((event: object, ...args: unknown[]) => void)[]>()
  Object.defineProperty(page, Symbol.for(names.delivery), {
    value: (channel: string, args: unknown[]) => {
      for (const listener of listeners.get(channel) ?? []) listener({}, ...args)
    },
  })

  const ipcRenderer = {
    on(channel: string, listener: (event: object, ...args: unknown[]) => void) {
      listeners.set(channel, [...(listeners.get(channel) ?? []), listener])
      return ipcRenderer
    },
    async invoke(channel: string, ...args: unknown[]): Promise<unknown> {
      // Throws for functions and symbols, as Electron does.
      const answer = await invoke(channel, structuredClone(args))
      if (answer.ok) return answer.value
      throw new Error(`Error invoking remote method '${channel}': ${answer.message}`)
    },
  }

  /** The value as the other world gets it (Electron, contextBridge, "Parameter support"). */
  function bridged(value: unknown, depth = 0): unknown {
    if (depth > 1000) throw new TypeError('contextBridge: too deep')
    if (typeof value === 'function') {
      return (...args: unknown[]) => {
        try {
          return bridged(value(...args.map((arg) => bridged(arg))))
        } catch (error) {
          throw bridged(error)
        }
      }
    }
    if (typeof value === 'symbol') throw new TypeError('contextBridge: symbol')
    if (typeof value !== 'object' || value === null) return value
    if (value instanceof Promise) {
      return value.then(
        (result) => bridged(result),
        (error: unknown) => {
          throw bridged(error)
        },
      )
    }
    if (value instanceof Error) return new Error(value.message)
    if (Array.isArray(value)) return value.map((member) => bridged(member, depth + 1))
    const kind = Object.prototype.toString.call(value)
    if (kind !== '[object Object]') return structuredClone(value)
    const copy: Record<string, unknown> = {}
    for (const [name, member] of Object.entries(value)) copy[name] = bridged(member, depth + 1)
    return copy
  }

  function frozen(value: unknown): unknown {
    if (typeof value !== 'object' || value === null) return value
    for (const member of Object.values(value)) frozen(member)
    return Object.freeze(value)
  }

  const contextBridge = {
    exposeInMainWorld(name: string, api: unknown) {
      if (name in page)
        throw new Error(`Cannot bind an API on top of an existing property: ${name}`)
      Object.defineProperty(page, name, { value: frozen(bridged(api)), enumerable: true })
    },
  }

  /** What is not modelled is not undefined: the test must say so. */
  function strict<T extends object>(what: string, object: T): T {
    return new Proxy(object, {
      get(target, property) {
        if (property in target || typeof property === 'symbol') return Reflect.get(target, property)
        throw new Error(`the stand-in for Electron does not model ${what}.${property}`)
      },
    })
  }

  const electron = strict('electron', {
    contextBridge: strict('contextBridge', contextBridge),
    ipcRenderer: strict('ipcRenderer', ipcRenderer),
  })
  const module = { exports: {} }
  preload(
    (name) => {
      if (name === 'electron') return electron
      // A sandboxed preload can require nothing of Node's but a few pure modules; we use none.
      throw new Error(`module not found: ${name}`)
    },
    module.exports,
    module,
  )
}

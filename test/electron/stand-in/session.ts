/**
 * `session` of the stand-in: keeps what it was told, and answers requests by it.
 *
 * @module
 */
import { EventEmitter } from 'node:events'
import type Electron from 'electron'
import { type Names, type Recorder, modelled } from './modelled.ts'

type RequestListener = (
  details: { url: string; method: string },
  answer: (response: { cancel?: boolean }) => void,
) => void

type PermissionRequest = (
  contents: object,
  permission: string,
  answer: (granted: boolean) => void,
  details: object,
) => void

export interface SessionState {
  /** As the program sees it. */
  face: object
  onBeforeRequest: RequestListener | null
  onPermissionRequest: PermissionRequest | null
  handlers: Map<string, (request: Request) => Response | Promise<Response>>
  events: EventEmitter
}

/** @param name `defaultSession` or the partition */
export function createSession(name: string, recordAny: Recorder): SessionState {
  const record: Recorder = (call) => recordAny({ ...call, args: [...call.args, `of ${name}`] })
  const events = new EventEmitter()
  const handlers: SessionState['handlers'] = new Map()
  const webRequest = {
    onBeforeRequest(...args: [RequestListener | null] | [object, RequestListener | null]) {
      if (args.length > 1) throw new Error('the stand-in does not model filters of webRequest')
      state.onBeforeRequest = args[0] as RequestListener | null
    },
  } satisfies Names<Electron.WebRequest>
  const protocol = {
    handle(scheme: string, handler: (request: Request) => Response | Promise<Response>) {
      if (handlers.has(scheme)) throw new Error(`a handler for ${scheme} exists`)
      handlers.set(scheme, handler)
    },
    isProtocolHandled: (scheme: string) => handlers.has(scheme),
  } satisfies Names<Electron.Protocol>
  const session = Object.assign(events, {
    setPermissionRequestHandler(handler: PermissionRequest | null) {
      state.onPermissionRequest = handler
    },
    setPermissionCheckHandler() {},
    setDevicePermissionHandler() {},
    setDisplayMediaRequestHandler() {},
    setUSBProtectedClassesHandler() {},
    setBluetoothPairingHandler() {},
    setSpellCheckerEnabled() {},
    setProxy: async () => {},
    webRequest: modelled('session.webRequest', webRequest, record),
    protocol: modelled('session.protocol', protocol, record),
  } satisfies Names<Electron.Session>)
  const state: SessionState = {
    face: modelled('session', session, record),
    onBeforeRequest: null,
    onPermissionRequest: null,
    handlers,
    events,
  }
  return state
}

/** @returns whether the page may; without a handler Electron says yes */
export function grants(
  { onPermissionRequest }: SessionState,
  contents: object,
  permission: string,
  details: object,
): Promise<boolean> {
  if (onPermissionRequest === null) return Promise.resolve(true)
  return new Promise((resolve) => {
    onPermissionRequest(contents, permission, resolve, details)
  })
}

/** @returns whether the session lets the request out */
export function lets({ onBeforeRequest }: SessionState, url: string, method: string): boolean {
  if (onBeforeRequest === null) return true
  const given: boolean[] = []
  onBeforeRequest({ url, method }, ({ cancel }) => given.push(cancel !== true))
  if (given.length !== 1) throw new Error('webRequest listener has to answer once, at once')
  return given[0] === true
}

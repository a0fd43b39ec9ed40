/**
 * A stand-in for the module `electron` in the main process, for machines without its binary. Why
 * and how far it can be trusted: docs/decisions/0011.
 *
 * @module
 */
import { EventEmitter } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type Electron from 'electron'
import { type Call, type Names, modelled } from './modelled.ts'
import { type SessionState, createSession } from './session.ts'
import { type Utilities, createUtilities } from './utility-process.ts'
import { type WindowState, createWindow } from './window.ts'

export interface StandInOptions {
  root: string
  userData: string
  args: readonly string[]
  locale: string
  packaged: boolean
  /** A video of what the camera shows; null for none. */
  camera?: string | null
}

export interface StandIn {
  electron: Record<string, object>
  calls: Call[]
  /** What tried to leave, and what went wrong in pages; take them with `splice`. */
  strangers: string[]
  problems: string[]
  windows: WindowState[]
  sessions: ReadonlyMap<string, SessionState>
  utilities: Utilities
  /** The start of the app: everything registered so far must have been registered before it. */
  becomeReady(): void
  /** A message as if a frame had sent it. */
  invoke(event: object, channel: string, args: unknown[]): Promise<unknown>
  emitApp(event: string, ...args: unknown[]): void
  exited: Promise<number>
  close(): Promise<void>
}

/** Who holds the lock of a folder, as long as it runs. */
const holders = new Map<string, (args: unknown[]) => void>()

export function createStandIn(options: StandInOptions): StandIn {
  const { root, userData, args, locale, packaged, camera = null } = options
  const calls: Call[] = []
  const record = (call: Call) => void calls.push(call)
  const strangers: string[] = []
  const problems: string[] = []
  const windows: WindowState[] = []
  const sessions = new Map<string, SessionState>()
  const invokeHandlers = new Map<string, (event: object, ...args: unknown[]) => unknown>()
  const switches = new Map<string, string>()
  const folders = new Map([['userData', userData]])
  const ready = Promise.withResolvers<void>()
  const exit = Promise.withResolvers<number>()
  let isReady = false
  let sandboxed = false
  let schemesRegistered = false
  let quitting = false
  let menu: object | null = null

  const before = (what: string) => {
    if (isReady) throw new Error(`${what} has to be called before the app is ready`)
  }
  const after = (what: string) => {
    if (!isReady) throw new Error(`${what} can only be used after the app is ready`)
  }

  const appEvents = new EventEmitter()
  const app = Object.assign(appEvents, {
    isPackaged: packaged,
    commandLine: modelled(
      'app.commandLine',
      {
        appendSwitch(name: string, value = '') {
          before(`switch ${name}`)
          switches.set(name, value)
        },
        getSwitchValue: (name: string) => switches.get(name) ?? '',
        hasSwitch: (name: string) => switches.has(name),
      } satisfies Names<Electron.CommandLine>,
      record,
    ),
    whenReady: () => ready.promise,
    isReady: () => isReady,
    enableSandbox() {
      before('enableSandbox')
      sandboxed = true
    },
    requestSingleInstanceLock(additional: unknown = {}) {
      const folder = folders.get('userData') ?? ''
      const holder = holders.get(folder)
      if (holder !== undefined) {
        holder([[...process.argv], process.cwd(), structuredClone(additional)])
        return false
      }
      holders.set(folder, (passed) => appEvents.emit('second-instance', {}, ...passed))
      return true
    },
    quit() {
      if (quitting) return
      quitting = true
      appEvents.emit('before-quit', { preventDefault() {} })
      for (const { face } of windows.toReversed()) (face as { close(): void }).close()
      appEvents.emit('will-quit', { preventDefault() {} })
      appEvents.emit('quit', {}, 0)
      exit.resolve(0)
    },
    exit(code = 0) {
      quitting = true
      exit.resolve(code)
    },
    getPath: (name: string) => folders.get(name) ?? join(tmpdir(), name),
    setPath(name: string, path: string) {
      folders.set(name, path)
    },
    getAppPath: () => root,
    getPreferredSystemLanguages: () => [locale],
    // Like the real one on Linux, without a size of memory.
    getAppMetrics: () => [],
    setAboutPanelOptions() {},
    showAboutPanel() {},
  } satisfies Names<Electron.App>)

  const sessionNamed = (name: string): SessionState => {
    const known = sessions.get(name)
    if (known !== undefined) return known
    const created = createSession(name, record)
    sessions.set(name, created)
    appEvents.emit('session-created', created.face)
    return created
  }
  const sessionOf = (face: unknown): SessionState => {
    if (face === undefined || face === null) return sessionNamed('defaultSession')
    const found = [...sessions.values()].find((session) => session.face === face)
    if (found === undefined) throw new Error('not a session')
    return found
  }
  const session = {
    get defaultSession() {
      after('session.defaultSession')
      return sessionNamed('defaultSession').face as Electron.Session
    },
    fromPartition(partition: string) {
      after('session.fromPartition')
      return sessionNamed(partition).face as Electron.Session
    },
  } satisfies Names<typeof Electron.session>

  const protocol = {
    registerSchemesAsPrivileged() {
      before('registerSchemesAsPrivileged')
      if (schemesRegistered) throw new Error('registerSchemesAsPrivileged can be called once')
      schemesRegistered = true
    },
  } satisfies Names<typeof Electron.protocol>

  const nativeEvents = new EventEmitter()
  let themeSource: 'system' | 'light' | 'dark' = 'system'
  const nativeTheme = Object.assign(nativeEvents, {
    get shouldUseDarkColors() {
      return themeSource === 'dark'
    },
  })
  Object.defineProperty(nativeTheme, 'themeSource', {
    get: () => themeSource,
    set(source: typeof themeSource) {
      themeSource = source
      const colorScheme = source === 'dark' ? 'dark' : 'light'
      for (const { page } of windows) void page.then((shown) => shown.emulateMedia({ colorScheme }))
      nativeEvents.emit('updated')
    },
  })

  const invoke: StandIn['invoke'] = async (event, channel, values) => {
    const handler = invokeHandlers.get(channel)
    if (handler === undefined) throw new Error(`No handler registered for '${channel}'`)
    return handler(event, ...values)
  }

  class BrowserWindow {
    constructor(options: Electron.BrowserWindowConstructorOptions = {}) {
      after('BrowserWindow')
      const window = createWindow(options, {
        record,
        sandboxed: () => sandboxed,
        sessionOf,
        invoke,
        colorScheme: () => (themeSource === 'dark' ? 'dark' : 'light'),
        locale,
        camera,
        stranger: (what) => void strangers.push(what),
        problem: (what) => void problems.push(what),
        closed: (gone) => {
          windows.splice(windows.indexOf(gone), 1)
          if (windows.length === 0 && !quitting) appEvents.emit('window-all-closed')
        },
      })
      windows.push(window)
      appEvents.emit('web-contents-created', {}, window.contents)
      return window.face
    }
    static getAllWindows() {
      return windows.map(({ face }) => face)
    }
    static getFocusedWindow() {
      return windows.toSorted((a, b) => b.focusedAt - a.focusedAt)[0]?.face ?? null
    }
  }

  const dialog = {
    showOpenDialog: async () => ({ canceled: true, filePaths: [] }),
    showSaveDialog: async () => ({ canceled: true, filePath: '' }),
    showErrorBox(title: string, content: string) {
      problems.push(`${title}: ${content}`)
    },
  } satisfies Names<Electron.Dialog>

  const Menu = {
    buildFromTemplate: (template: Electron.MenuItemConstructorOptions[]) => builtMenu(template),
    setApplicationMenu(built: object | null) {
      menu = built
    },
    getApplicationMenu: () => menu,
  }

  const utilities = createUtilities(() => isReady, record)
  const electron: Record<string, object> = {
    app: modelled('app', app, record),
    BrowserWindow,
    dialog: modelled('dialog', dialog, record),
    ipcMain: modelled(
      'ipcMain',
      {
        handle(channel: string, handler: (event: object, ...values: unknown[]) => unknown) {
          if (invokeHandlers.has(channel)) {
            throw new Error(`Attempted to register a second handler for '${channel}'`)
          }
          invokeHandlers.set(channel, handler)
        },
      } satisfies Names<Electron.IpcMain>,
      record,
    ),
    Menu: modelled('Menu', Menu satisfies Names<typeof Electron.Menu>, record),
    nativeTheme: modelled('nativeTheme', nativeTheme satisfies Names<Electron.NativeTheme>, record),
    protocol: modelled('protocol', protocol, record),
    screen: modelled(
      'screen',
      {
        getAllDisplays() {
          after('screen')
          const workArea = { x: 0, y: 0, width: 1920, height: 1040 }
          return [{ id: 1, workArea, bounds: { ...workArea, height: 1080 } }]
        },
      } satisfies Names<Electron.Screen>,
      record,
    ),
    session: modelled('session', session, record),
    shell: modelled(
      'shell',
      { openExternal: async () => {} } satisfies Names<Electron.Shell>,
      record,
    ),
    utilityProcess: utilities.face,
  }

  for (const argument of args) {
    const found = /^--([^=]+)(?:=(.*))?$/.exec(argument)
    if (found?.[1] !== undefined) switches.set(found[1], found[2] ?? '')
  }

  return {
    electron,
    calls,
    strangers,
    problems,
    windows,
    sessions,
    utilities,
    becomeReady() {
      isReady = true
      ready.resolve()
      appEvents.emit('ready')
    },
    invoke,
    emitApp: (event, ...values) => void appEvents.emit(event, ...values),
    exited: exit.promise,
    async close() {
      quitting = true
      utilities.close()
      await Promise.all(windows.map((window) => window.close()))
      holders.delete(folders.get('userData') ?? '')
      exit.resolve(0)
    },
  }
}

interface BuiltItem {
  label: string
  role: string | undefined
  accelerator: string | undefined
  type: string
  submenu: { items: BuiltItem[] } | undefined
  click(): void
}

function builtMenu(template: readonly Electron.MenuItemConstructorOptions[]): {
  items: BuiltItem[]
} {
  return {
    items: template.map((item): BuiltItem => {
      if (item.label === undefined && item.role === undefined && item.type !== 'separator') {
        throw new Error('a menu item needs a label, a role or a type')
      }
      return {
        label: item.label ?? '',
        role: item.role,
        accelerator: item.accelerator,
        type: item.type ?? (item.submenu === undefined ? 'normal' : 'submenu'),
        submenu: Array.isArray(item.submenu) ? builtMenu(item.submenu) : undefined,
        click: () => (item.click as (() => void) | undefined)?.(),
      }
    }),
  }
}

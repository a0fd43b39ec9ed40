/**
 * The desktop application from its start to its end.
 *
 * @module
 */
import { join, resolve } from 'node:path'
import {
  BrowserWindow,
  Menu,
  type Session,
  app,
  dialog,
  nativeTheme,
  session as sessions,
} from 'electron'
import type { Answer, Events, Method, Settings } from '../../../shared/api.ts'
import type { Language } from '../../../shared/i18n/index.ts'
import { software } from '../../software.ts'
import type { HostFace } from '../host-face.ts'
import { WaitingFiles } from '../waiting-files.ts'
import { windowOptions } from '../window-options.ts'
import { CameraGate } from './camera-gate.ts'
import { EVENT_CHANNEL } from './channels.ts'
import { choosePaths, savePath } from './dialogs.ts'
import { answerCalls, isListening } from './ipc.ts'
import { openLink } from './links.ts'
import { menuTemplate } from './menu.ts'
import { stayOnPage } from './navigation.ts'
import { cutNetwork, cutNetworkOf } from './network.ts'
import { denyBluetooth, denyPermissions } from './permissions.ts'
import { registerScheme, serveWindow } from './protocol.ts'
import { menuText } from './texts.ts'
import { openWindow } from './window.ts'

/** The built files of the window, beside the program's own. */
const RENDERER = join(import.meta.dirname, '..', 'renderer')

/** What this host gives to the API of all hosts. */
export interface HostParts {
  host: HostFace
  /** Language of the system. */
  locale: Language
  /** Tells all windows. */
  emit: Emit
  /** File of the key store; null for none. */
  store: string | null
}
export type Emit = <E extends keyof Events>(event: E, value: Events[E]) => void

/** The API of all hosts, as far as this host knows it. */
export interface HostApi {
  /** Never throws. */
  call(method: Method, input: unknown): Promise<Answer<unknown>>
  close(): Promise<void>
}

export function runApp(createApi: (parts: HostParts) => HostApi | Promise<HostApi>): void {
  const folder = app.commandLine.getSwitchValue('user-data-dir')
  if (folder !== '') app.setPath('userData', resolve(folder))
  app.enableSandbox()
  registerScheme()
  cutNetwork()
  app.on('web-contents-created', (_event, contents) => {
    stayOnPage(contents)
    denyBluetooth(contents)
  })
  app.on('session-created', (session) => void closeSession(session))

  const waiting = new WaitingFiles((count) => emit('files', { waiting: count }))
  const { paths, store } = windowOptions(ownArguments(), process.cwd())
  waiting.add(paths)
  // macOS tells of files in this way, some of them before the app is ready.
  app.on('open-file', (event, path) => {
    event.preventDefault()
    waiting.add([path])
    showWindow()
  })
  if (!app.requestSingleInstanceLock({ paths })) {
    app.quit()
    return
  }
  app.on('second-instance', (_event, _arguments, _folder, additional) => {
    waiting.add(pathsIn(additional))
    showWindow()
  })
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  app
    .whenReady()
    .then(() => start(waiting, store, createApi), failed)
    .catch(failed)
}

async function start(
  waiting: WaitingFiles,
  store: string | null,
  createApi: (parts: HostParts) => HostApi | Promise<HostApi>,
): Promise<void> {
  // Kept in memory only: a page leaves no traces on the disk.
  const session = sessions.fromPartition('eichlicht', { cache: false })
  await Promise.all([closeSession(sessions.defaultSession), closeSession(session)])
  serveWindow(session, RENDERER)

  const locale = systemLanguage()
  let language = locale
  const host: HostFace = {
    kind: 'electron',
    chooseFiles: (folders) => choosePaths(frontWindow(), folders),
    saveFile: (name, _type, bytes) => savePath(frontWindow(), language, name, bytes),
    waiting: () => waiting.take(),
    waitingCount: () => waiting.count,
    showCamera(open) {
      const window = open ? frontWindow() : null
      if (window === null) camera.close()
      else camera.open(window.webContents)
    },
  }
  const api = await createApi({ host, locale, emit, store })
  const applySettings = (settings: Settings) => {
    language = settings.language === 'system' ? locale : settings.language
    nativeTheme.themeSource = settings.theme
    setMenu(language, waiting)
  }
  answerCalls(async (method, input) => {
    const answer = await api.call(method, input)
    if (method === 'saveSettings' && answer.ok) applySettings(answer.value as Settings)
    return answer
  })
  const settings = await api.call('settings', null)
  applySettings(settings.ok ? (settings.value as Settings) : DEFAULTS)

  app.on('will-quit', () => void api.close())
  app.on('activate', showWindow)
  open = () => openWindow(session)
  showWindow()
}

const DEFAULTS: Settings = {
  language: 'system',
  theme: 'system',
  history: false,
  requiredTrust: 'K3',
}

/** Opens a window; nothing as long as the program is not ready for one. */
let open: () => void = () => {}

function showWindow(): void {
  const window = frontWindow()
  if (window === null) {
    open()
    return
  }
  if (window.isMinimized()) window.restore()
  window.focus()
}

function frontWindow(): BrowserWindow | null {
  return BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0] ?? null
}

const emit: Emit = (event, value) => {
  for (const { webContents } of BrowserWindow.getAllWindows()) {
    if (isListening(webContents)) webContents.send(EVENT_CHANNEL, event, value)
  }
}

const camera = new CameraGate()

const closed = new WeakMap<Session, Promise<void>>()

/** Every session there will ever be, ours and Electron's own. */
function closeSession(session: Session): Promise<void> {
  const before = closed.get(session)
  if (before !== undefined) return before
  denyPermissions(session, camera)
  const done = cutNetworkOf(session)
  closed.set(session, done)
  return done
}

function setMenu(language: Language, waiting: WaitingFiles): void {
  const { platform } = process
  const template = menuTemplate(
    { language, platform },
    {
      open: (folders) => {
        void choosePaths(frontWindow(), folders).then((paths) => waiting.add(paths))
      },
      about: () => app.showAboutPanel(),
      link: (id) => void openLink(id),
    },
  )
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
  const { version, core } = software()
  app.setAboutPanelOptions({
    applicationName: 'Eichlicht',
    applicationVersion: version,
    version: `${menuText(language, 'aboutCore', platform)} ${core.version}`,
    copyright: `SHA-256 ${core.sha256}`,
  })
}

function systemLanguage(): Language {
  return app.getPreferredSystemLanguages()[0]?.toLowerCase().startsWith('de') === true ? 'de' : 'en'
}

/** What stands behind the program, or behind the folder of an unpackaged one. */
function ownArguments(): string[] {
  const at = app.isPackaged
    ? 0
    : process.argv.findIndex((arg, index) => index > 0 && resolve(arg) === app.getAppPath())
  return process.argv.slice(Math.max(at, 0) + 1)
}

/** Paths that a second start of the program passed on. */
function pathsIn(additional: unknown): string[] {
  const { paths } = (additional ?? {}) as { paths?: unknown }
  return Array.isArray(paths) ? paths.filter((path) => typeof path === 'string') : []
}

function failed(error: unknown): void {
  const title = menuText(systemLanguage(), 'failedTitle', process.platform)
  dialog.showErrorBox(title, String((error as Error).stack ?? error))
  app.exit(1)
}

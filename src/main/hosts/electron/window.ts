/**
 * The one window: sandboxed, isolated, with nothing of Node in it.
 *
 * Source: Electron security guide; requirements E.1.
 *
 * @module
 */
import { join } from 'node:path'
import { BrowserWindow, type Session, app, nativeTheme, screen } from 'electron'
import { PAGE } from './app-page.ts'
import { LEAST, onScreen, readWindowState, saveWindowState } from './window-state.ts'

const PRELOAD = join(import.meta.dirname, '..', 'preload', 'preload.cjs')

/** The page's own ground colour, so that nothing flashes before it is drawn. */
const GROUND = { light: '#f4f5f3', dark: '#131614' } as const

export function openWindow(session: Session): BrowserWindow {
  const folder = app.getPath('userData')
  const state = readWindowState(folder)
  const areas = screen.getAllDisplays().map(({ workArea }) => workArea)
  const bounds = onScreen(state.bounds, areas) ?? { width: 1180, height: 820 }
  const window = new BrowserWindow({
    ...bounds,
    minWidth: LEAST.width,
    minHeight: LEAST.height,
    title: 'Eichlicht',
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? GROUND.dark : GROUND.light,
    webPreferences: {
      preload: PRELOAD,
      session,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      plugins: false,
      spellcheck: false,
      devTools: !app.isPackaged,
    },
  })
  if (state.maximized) window.maximize()
  window.once('ready-to-show', () => window.show())
  window.on('close', () => {
    const maximized = window.isMaximized()
    saveWindowState(folder, { bounds: window.getNormalBounds(), maximized })
  })
  void window.loadURL(PAGE)
  return window
}

/**
 * `BrowserWindow` of the stand-in: a browser context of Chromium with one page. Requests go the
 * way Electron sends them: navigation guards, `webRequest`, the handler of the scheme; whatever
 * none of them serves is kept as a stranger and never leaves the machine.
 *
 * @module
 */
import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import { isAbsolute } from 'node:path'
import type Electron from 'electron'
import type { BrowserContext, Frame, Page, Request as PageRequest, Route } from 'playwright-core'
import { startChromium } from '../../tools/chromium.ts'
import { originOf, toChromium, toElectron } from './address.ts'
import { type Names, type Recorder, modelled } from './modelled.ts'
import { BINDING, CAMERA, DELIVERY, initScript } from './page-side.ts'
import { type SessionState, grants, lets } from './session.ts'

/** What a window shares with the rest of its program. */
export interface WindowContext {
  record: Recorder
  sandboxed: () => boolean
  sessionOf: (face: unknown) => SessionState
  invoke: (event: object, channel: string, args: unknown[]) => Promise<unknown>
  colorScheme: () => 'light' | 'dark'
  locale: string
  /** What the camera shows. */
  camera: string | null
  /** Requests and popups that nobody may make. */
  stranger: (what: string) => void
  /** Errors of the page. */
  problem: (what: string) => void
  closed: (window: WindowState) => void
}

export interface WindowState {
  face: object
  contents: object
  page: Promise<Page>
  focusedAt: number
  close(): Promise<void>
}

type OpenHandler = (details: { url: string; frameName: string }) => { action: 'allow' | 'deny' }
const FRAME_ID = 1

export function createWindow(
  options: Electron.BrowserWindowConstructorOptions,
  context: WindowContext,
): WindowState {
  const { record } = context
  const preferences = options.webPreferences ?? {}
  requireClosed(preferences, context.sandboxed())
  const session = context.sessionOf(preferences.session)
  const preload = readPreload(preferences.preload)

  const events = new EventEmitter()
  const contentsEvents = new EventEmitter()
  let loading: string | null = null
  let openHandler: OpenHandler | null = null
  let deliveries: Promise<unknown> = Promise.resolve()
  let askedPopups = 0
  let gone = false
  let shown = options.show !== false
  let maximized = false
  let minimized = false
  const bounds = { x: options.x ?? 0, y: options.y ?? 0, ...sizeOf(options) }

  const whole = open()
  const page = whole.then(([, first]) => first)
  // Whoever awaits the page hears of a failure.
  page.catch(() => {})
  let current = ''

  const mainFrame = {
    get url() {
      return current
    },
    get origin() {
      return originOf(current)
    },
    parent: null,
    frameTreeNodeId: FRAME_ID,
  }

  const contents = modelled(
    'webContents',
    Object.assign(contentsEvents, {
      mainFrame,
      getURL: () => current,
      isDestroyed: () => gone,
      setWindowOpenHandler(handler: OpenHandler) {
        openHandler = handler
      },
      send(channel: string, ...args: unknown[]) {
        const copy = structuredClone(args)
        deliveries = Promise.all([page, deliveries]).then(([shownPage]) =>
          shownPage
            .evaluate(
              ([name, to, values]) => {
                const place = globalThis as unknown as Record<
                  symbol,
                  ((channel: string, args: unknown[]) => void) | undefined
                >
                place[Symbol.for(name)]?.(to, values)
              },
              [DELIVERY, channel, copy] as const,
            )
            // The page may have gone or be on its way to another document.
            .catch(() => {}),
        )
      },
    } satisfies Names<Electron.WebContents>),
    record,
  )

  const state: WindowState = {
    contents,
    page,
    focusedAt: 0,
    face: modelled(
      'window',
      Object.assign(events, {
        webContents: contents,
        async loadURL(address: string) {
          loading = toChromium(address)
          const shownPage = await page
          await shownPage.goto(loading, { waitUntil: 'load' })
          events.emit('ready-to-show')
          contentsEvents.emit('did-finish-load')
        },
        show() {
          shown = true
          state.focusedAt = performance.now()
        },
        focus() {
          state.focusedAt = performance.now()
        },
        isVisible: () => shown,
        maximize() {
          maximized = true
        },
        isMaximized: () => maximized,
        minimize() {
          minimized = true
        },
        isMinimized: () => minimized,
        restore() {
          minimized = false
        },
        getNormalBounds: () => ({ ...bounds }),
        setBounds(changed: Partial<typeof bounds>) {
          Object.assign(bounds, changed)
        },
        isDestroyed: () => gone,
        close() {
          if (gone) return
          events.emit('close', { preventDefault() {} })
          gone = true
          events.emit('closed')
          context.closed(state)
          // The browser may have ended before its window.
          state.close().catch(() => {})
        },
      } satisfies Names<Electron.BrowserWindow>),
      record,
    ),
    async close() {
      gone = true
      const [browserContext] = await whole
      await browserContext.close()
    },
  }
  record({ name: 'new BrowserWindow', args: [options] })
  return state

  async function open(): Promise<[BrowserContext, Page]> {
    const browser = await startChromium(context.camera)
    const browserContext = await browser.newContext({
      locale: context.locale,
      timezoneId: 'Europe/Berlin',
      colorScheme: context.colorScheme(),
      viewport: { width: bounds.width, height: bounds.height },
      reducedMotion: 'reduce',
      serviceWorkers: 'block',
    })
    await browserContext.exposeBinding(
      BINDING,
      async ({ frame }, channel: string, args: unknown[]) => {
        try {
          const event = { sender: contents, senderFrame: faceOf(frame) }
          const value = structuredClone(await context.invoke(event, channel, args))
          await deliveries
          return { ok: true, value }
        } catch (error) {
          return { ok: false, message: String(error) }
        }
      },
    )
    // Chromium itself asks nobody here: the program is asked below.
    await browserContext.grantPermissions(context.camera === null ? [] : ['camera'])
    await browserContext.exposeBinding(CAMERA, ({ frame }, mediaTypes: string[]) => {
      const { url } = faceOf(frame)
      const isMainFrame = frame.parentFrame() === null
      const details = { mediaTypes, isMainFrame, requestingUrl: url, securityOrigin: url }
      return grants(session, contents, 'media', details)
    })
    await browserContext.addInitScript(initScript(preload))
    await browserContext.route('**/*', (route) => answer(route))
    const first = await browserContext.newPage()
    first.on('framenavigated', (frame) => {
      if (frame !== first.mainFrame()) return
      current = toElectron(frame.url())
      // A little later than in Electron, and never within a document here.
      contentsEvents.emit('did-start-navigation', { isMainFrame: true, isSameDocument: false })
    })
    // Sockets cannot be answered like requests; the page's policy has to stop them.
    first.on('websocket', (socket) => context.stranger(`WebSocket ${socket.url()}`))
    first.on('pageerror', (error) => context.problem(`error of the page: ${error.message}`))
    first.on('console', (message) => {
      if (message.type() === 'error') context.problem(`console: ${message.text()}`)
    })
    browserContext.on('page', (popup) => void refusePopup(popup))
    return [browserContext, first]
  }

  function faceOf(frame: Frame) {
    const url = toElectron(frame.url())
    const parent: object | null = frame.parentFrame() === null ? null : mainFrame
    const frameTreeNodeId = parent === null ? FRAME_ID : FRAME_ID + 1
    return { url, origin: originOf(url), parent, frameTreeNodeId }
  }

  async function answer(route: Route): Promise<void> {
    const request = route.request()
    const url = toElectron(request.url())
    const frame = frameOf(request)
    if (frame === null || frame.page() !== (await page)) {
      askedPopups++
      askToOpen(url)
      return route.abort()
    }
    if (request.isNavigationRequest() && !mayNavigate(url, frame.parentFrame() === null)) {
      // Aborting would leave an error page of Chromium's; without content the page stays.
      return route.fulfill({ status: 204 })
    }
    const scheme = url.slice(0, url.indexOf(':'))
    const handler = session.handlers.get(scheme)
    const passes = lets(session, url, request.method())
    if (!passes || handler === undefined) {
      context.stranger(`${request.method()} ${url}${passes ? '' : ' (cancelled)'}`)
      return route.abort('blockedbyclient')
    }
    const response = await handler(
      new Request(url, { method: request.method(), headers: request.headers() }),
    )
    return route.fulfill({
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: Buffer.from(await response.arrayBuffer()),
    })
  }

  function mayNavigate(url: string, isMainFrame: boolean): boolean {
    // What the program loads itself asks nobody.
    if (isMainFrame && loading === toChromium(url)) {
      loading = null
      return true
    }
    let prevented = false
    const event = () => ({ url, isMainFrame, preventDefault: () => (prevented = true) })
    contentsEvents.emit('will-frame-navigate', event())
    if (isMainFrame) contentsEvents.emit('will-navigate', event())
    record({ name: prevented ? 'navigation prevented' : 'navigation', args: [url] })
    return !prevented
  }

  function askToOpen(url: string): void {
    const action = openHandler?.({ url, frameName: '' }).action ?? 'allow'
    record({ name: 'window.open', args: [url, action] })
    if (action === 'allow') context.stranger(`a second window for ${url}`)
  }

  /** A popup with an address has asked for it within this time; one without never asks. */
  async function refusePopup(popup: Page): Promise<void> {
    await popup.waitForTimeout(200).catch(() => {})
    if (askedPopups > 0) askedPopups--
    else askToOpen('about:blank')
    await popup.close()
  }
}

/** A popup's first request has no frame yet. */
function frameOf(request: PageRequest): Frame | null {
  try {
    return request.frame()
  } catch {
    return null
  }
}

/** Chromium here has no second world and no sandbox of its own for the page: ask for both. */
function requireClosed(preferences: Electron.WebPreferences, sandboxed: boolean): void {
  const { sandbox, contextIsolation, nodeIntegration } = preferences
  if (sandbox === false || (sandbox !== true && !sandboxed)) throw new Error('not sandboxed')
  if (contextIsolation === false) throw new Error('page and preload share a world')
  if (nodeIntegration === true) throw new Error('the page has Node')
}

function readPreload(path: string | undefined): string {
  if (path === undefined) return ''
  if (!isAbsolute(path)) throw new Error(`path of preload is not absolute: ${path}`)
  return readFileSync(path, 'utf8')
}

function sizeOf({ width = 800, height = 600 }: { width?: number; height?: number }) {
  return { width, height }
}

/**
 * The same window on each host: a scenario written once runs in the desktop application (in
 * Electron where it is present, else in its stand-in) and in the browser host.
 *
 * Whatever a window asks of the network is refused and fails the scenario when it closes.
 *
 * @module
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { APP_ROOT, launch } from '../electron/launch.ts'
import { startChromium } from '../tools/chromium.ts'

export interface HostOptions {
  /** Empty folder for everything the program keeps. */
  folder: string
  /** Folder of the key store; else in {@link HostOptions.folder}. */
  store?: string
  /** Paths the program is started with. */
  files?: readonly string[]
  /** Language of the system. */
  locale?: string
  /** What the camera shows, a video in `.y4m`; null for no camera. */
  camera?: string | null
}

export interface HostWindow {
  host: 'desktop' | 'browser'
  page: Page
  /** Does what makes the program ask for files, and gives it these paths. */
  choose(paths: readonly string[], ask: () => Promise<unknown>): Promise<void>
  /** Does what makes the program save a file. @returns what was saved */
  saved(ask: () => Promise<unknown>): Promise<{ name: string; bytes: Uint8Array }>
  /** Errors of the page since the last time. */
  takeProblems(): string[]
  close(): Promise<void>
}

export const HOSTS = [
  { host: 'desktop', open: openDesktop },
  { host: 'browser', open: openBrowser },
] as const satisfies readonly {
  host: HostWindow['host']
  open: (options: HostOptions) => Promise<HostWindow>
}[]

function argumentsOf({ store, files = [] }: HostOptions): string[] {
  return [...(store === undefined ? [] : [`--store=${store}`]), ...files]
}

async function openDesktop(options: HostOptions): Promise<HostWindow> {
  const { folder, locale = 'de-DE', camera = null } = options
  const app = await launch({ userData: folder, args: argumentsOf(options), locale, camera })
  return {
    host: 'desktop',
    page: app.page,
    async choose(paths, ask) {
      await app.evaluate(
        ({ dialog }, filePaths) => {
          dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths })
        },
        [...paths],
      )
      await ask()
    },
    async saved(ask) {
      const place = join(folder, 'saved')
      await app.evaluate(({ dialog }, filePath) => {
        const saving = dialog as unknown as {
          showSaveDialog: (...args: { defaultPath?: string }[]) => Promise<object>
        }
        saving.showSaveDialog = (...args) => {
          const name = args.at(-1)?.defaultPath?.split(/[\\/]/).at(-1) ?? ''
          return Promise.resolve({ canceled: false, filePath: `${filePath}-${name}` })
        }
      }, place)
      const before = readdirSync(folder)
      await ask()
      return waitForSaved(folder, 'saved-', before)
    },
    takeProblems: () => app.takeProblems(),
    close: () => app.close(),
  }
}

async function openBrowser(options: HostOptions): Promise<HostWindow> {
  const { folder, locale = 'de-DE', camera = null } = options
  const server = await startServer(folder, argumentsOf(options), locale)
  const browser = await startChromium(camera)
  const context = await browser.newContext({
    locale,
    timezoneId: 'Europe/Berlin',
    viewport: { width: 1180, height: 820 },
    reducedMotion: 'reduce',
    serviceWorkers: 'block',
    // As the user would, where the browser asks.
    permissions: camera === null ? [] : ['camera'],
  })
  const problems: string[] = []
  const strangers = await guard(context, new URL(server.address).origin)
  const page = await context.newPage()
  page.on('pageerror', (error) => problems.push(`error of the page: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(`console: ${message.text()}`)
  })
  await page.goto(server.address)
  return {
    host: 'browser',
    page,
    async choose(paths, ask) {
      const chooser = page.waitForEvent('filechooser')
      await ask()
      await (await chooser).setFiles([...paths])
    },
    async saved(ask) {
      const download = page.waitForEvent('download')
      await ask()
      const done = await download
      return { name: done.suggestedFilename(), bytes: readFileSync(await done.path()) }
    },
    takeProblems: () => problems.splice(0),
    async close() {
      await context.close()
      await end(server.process)
      const left = [...problems, ...strangers]
      if (left.length > 0) throw new Error(`left over:\n${left.join('\n')}`)
    },
  }
}

/** Lets the page reach its own host only. @returns what else it tried */
async function guard(context: BrowserContext, origin: string): Promise<string[]> {
  const strangers: string[] = []
  await context.route('**/*', async (route) => {
    const url = route.request().url()
    if (new URL(url).origin === origin) return route.continue()
    strangers.push(`${route.request().method()} ${url}`)
    return route.abort('blockedbyclient')
  })
  return strangers
}

export interface RunningServer {
  process: ChildProcess
  /** The address that opens the window, once. */
  address: string
}

const START_MS = 45_000

/** The built browser host; all it keeps goes to `folder`. */
export async function startServer(
  folder: string,
  args: readonly string[] = [],
  locale = 'de-DE',
): Promise<RunningServer> {
  const main = join(APP_ROOT, 'out/browser/main.mjs')
  const server = spawn(process.execPath, [main, '--no-open', ...args], {
    env: { ...process.env, ...homeIn(folder), LC_ALL: `${locale.replace('-', '_')}.UTF-8` },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const address = await addressOf(server)
  return { process: server, address }
}

/** Where programs keep things on each system. */
export function homeIn(folder: string): Record<string, string> {
  return {
    HOME: folder,
    USERPROFILE: folder,
    APPDATA: folder,
    LOCALAPPDATA: folder,
    XDG_CONFIG_HOME: folder,
    XDG_DATA_HOME: folder,
    XDG_STATE_HOME: folder,
    XDG_CACHE_HOME: folder,
  }
}

/** Reads what the server says until it has given its address. */
export function addressOf(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    const listen = (text: Buffer) => {
      said += text.toString()
      const address = /http:\/\/127\.0\.0\.1:\d+\/open\?t=[\w-]+/.exec(said)?.[0]
      if (address !== undefined) resolve(address)
    }
    server.stdout?.on('data', listen)
    server.stderr?.on('data', listen)
    server.on('exit', (code) => reject(new Error(`the server ended (${code}):\n${said}`)))
    setTimeout(() => reject(new Error(`no address:\n${said}`)), START_MS).unref()
  })
}

export async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return
  const exited = once(server, 'exit')
  server.kill('SIGTERM')
  await exited
}

async function waitForSaved(folder: string, prefix: string, before: readonly string[]) {
  for (let tries = 0; tries < 1000; tries++) {
    const name = readdirSync(folder).find(
      (entry) => entry.startsWith(prefix) && !before.includes(entry),
    )
    if (name !== undefined) {
      const path = join(folder, name)
      return { name: basename(path).slice(prefix.length), bytes: readFileSync(path) }
    }
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error('nothing was saved')
}

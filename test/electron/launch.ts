/**
 * Starts the built desktop application for a test: in Electron where its binary is present, else
 * in the stand-in. Tests are written for both; what only the stand-in can tell asks for `kind`.
 *
 * @module
 */
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { runInThisContext } from 'node:vm'
import type Electron from 'electron'
import { type Page, _electron } from 'playwright-core'
import { electronProgram } from '../../scripts/electron-program.mjs'
import { type StandIn, createStandIn } from './stand-in/electron.ts'
import { cameraSwitches } from '../tools/chromium.ts'
import type { Call } from './stand-in/modelled.ts'
import { hookLaunch } from './stand-in/module-hooks.ts'

export interface LaunchOptions {
  userData: string
  /** Arguments of the program. */
  args?: readonly string[]
  locale?: string
  /** What the camera shows, a video in `.y4m`; null for no camera. */
  camera?: string | null
}

export interface Launched {
  page: Page
  kind: 'electron' | 'stand-in'
  /** What the program asked of Electron so far; empty in Electron itself. */
  calls: readonly Call[]
  /** Runs in the main process. The function travels as text: it sees its arguments only. */
  evaluate<T, A>(
    run: (electron: typeof Electron, argument: A) => T,
    argument: A,
  ): Promise<Awaited<T>>
  /** Requests and windows that were refused since the last time; empty in Electron itself. */
  takeStrangers(): string[]
  /** Errors of the page since the last time. */
  takeProblems(): string[]
  /** Fails if anything is left that nobody took. */
  close(): Promise<void>
}

export interface LaunchedStandIn extends Launched {
  standIn: StandIn
}

/** The program under test: the build of this checkout, or one unpacked elsewhere. */
export const APP_ROOT = resolve(process.env['APP_ROOT'] ?? join(import.meta.dirname, '../..'))

export async function launch(options: LaunchOptions): Promise<Launched> {
  const program = electronProgram()
  return program === null ? launchStandIn(options) : launchElectron(program, options)
}

async function launchElectron(
  executablePath: string,
  { userData, args = [], locale = 'de-DE', camera = null }: LaunchOptions,
): Promise<Launched> {
  const app = await _electron.launch({
    executablePath,
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      `--user-data-dir=${userData}`,
      `--lang=${locale}`,
      ...cameraSwitches(camera),
      APP_ROOT,
      storeIn(userData),
      ...args,
    ],
    locale,
    timezoneId: 'Europe/Berlin',
  })
  const page = await app.firstWindow()
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(`error of the page: ${error.message}`))
  return {
    page,
    kind: 'electron',
    calls: [],
    evaluate: ((
      run: (electron: typeof Electron, argument: unknown) => unknown,
      argument: unknown,
    ) => app.evaluate(run as never, argument)) as Launched['evaluate'],
    takeStrangers: () => [],
    takeProblems: () => problems.splice(0),
    async close() {
      await app.close()
      requireNothing(problems)
    },
  }
}

/** Also where Electron itself could be had: for what it keeps no record of. */
export async function launchStandIn(options: LaunchOptions): Promise<LaunchedStandIn> {
  const { userData, locale = 'de-DE', camera = null } = options
  const args = [storeIn(userData), ...(options.args ?? [])]
  const standIn = createStandIn({
    root: APP_ROOT,
    userData,
    args,
    locale,
    packaged: false,
    camera,
  })
  const load = hookLaunch(APP_ROOT, standIn.electron)
  const argv = process.argv
  process.argv = [process.execPath, APP_ROOT, ...args]
  try {
    await load(mainOf(APP_ROOT))
    standIn.becomeReady()
    const page = await firstPage(standIn)
    return {
      page,
      kind: 'stand-in',
      calls: standIn.calls,
      evaluate: async (run, argument) => {
        // From its text, so that it sees no more here than it would in Electron.
        const again = runInThisContext(`(${String(run)})`) as (
          electron: object,
          value: unknown,
        ) => unknown
        return (await again(standIn.electron, argument)) as never
      },
      takeStrangers: () => standIn.strangers.splice(0),
      takeProblems: () => standIn.problems.splice(0),
      async close() {
        await standIn.close()
        requireNothing([...standIn.strangers, ...standIn.problems])
      },
      standIn,
    }
  } catch (error) {
    await standIn.close()
    throw error
  } finally {
    process.argv = argv
  }
}

/** Tests never see the keys of whoever runs them. */
function storeIn(userData: string): string {
  return `--store=${userData}`
}

/** As Electron finds it: `main` of package.json. */
function mainOf(root: string): string {
  const { main } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { main: string }
  return join(root, main)
}

const START_MS = 45_000

/** The page of the first window, loaded; fails with the reason where the start failed. */
async function firstPage(standIn: StandIn): Promise<Page> {
  const end = performance.now() + START_MS
  let ended: number | null = null
  void standIn.exited.then((code) => {
    ended = code
  })
  while (standIn.windows.length === 0 && standIn.problems.length === 0) {
    if (ended !== null) throw new Error(`the program ended (${String(ended)}) without a window`)
    if (performance.now() > end) throw new Error('no window was opened')
    await new Promise((resolveLater) => setTimeout(resolveLater, 5))
  }
  const page = await standIn.windows[0]?.page
  requireNothing(standIn.problems)
  if (page === undefined) throw new Error('no window was opened')
  await page.waitForURL(/^https:/)
  await page.waitForLoadState('load')
  // A preload that fails shows nowhere else.
  requireNothing(standIn.problems)
  return page
}

function requireNothing(left: readonly string[]): void {
  if (left.length > 0) throw new Error(`left over:\n${left.join('\n')}`)
}

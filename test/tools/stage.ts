/**
 * The built window on a stage: the browser host's own server before the real API, where single
 * answers can be replaced to bring about what is hard to wait for (long work, errors, ten
 * thousand rows).
 *
 * @module
 */
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { Page } from 'playwright-core'
import { createApi } from '../../src/main/api.ts'
import type { HostFace } from '../../src/main/hosts/host-face.ts'
import { serveLoopback } from '../../src/main/hosts/loopback/server.ts'
import { Subscribers } from '../../src/main/hosts/loopback/subscribers.ts'
import { staticFiles } from '../../src/main/hosts/static-files.ts'
import { launchThread } from '../../src/main/pool/thread.ts'
import type {
  About,
  Answer,
  ApiError,
  Events,
  FileBytes,
  Input,
  Method,
  Output,
} from '../../src/shared/api.ts'
import type { Language } from '../../src/shared/i18n/index.ts'
import { startChromium } from './chromium.ts'

const ROOT = join(import.meta.dirname, '../..')

/** How the window is looked at. */
export interface Look {
  language: Language
  theme: 'light' | 'dark'
  /** Colours of the system instead of ours. */
  forced: boolean
  width: number
  height: number
}

export const LOOK: Look = {
  language: 'de',
  theme: 'light',
  forced: false,
  width: 1280,
  height: 800,
}

/** A host as the browser's: the window asks for files itself. */
const NO_DIALOGS: HostFace = {
  kind: 'browser',
  chooseFiles: async () => null,
  saveFile: async (name, type, bytes) => ({
    kind: 'bytes',
    name,
    type,
    bytes,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  }),
  waiting: () => [],
  waitingCount: () => 0,
  showCamera: () => {},
}

/** What a method answers instead: a value, or why it is refused. */
type Play<M extends Method> = (input: Input<M>) => Output<M> | Promise<Output<M>>

export class Refused extends Error {
  readonly code: ApiError

  constructor(code: ApiError) {
    super(code)
    this.code = code
  }
}

export class Stage {
  readonly page: Page
  private readonly plays: Map<Method, Play<never>>
  private readonly subscribers: Subscribers<Events>
  private readonly api: { call(method: string, input: unknown): Promise<unknown> }
  private readonly end: () => Promise<void>
  private readonly said: Partial<About> = {}
  /** Errors of the page. */
  readonly problems: string[] = []

  private constructor(
    page: Page,
    api: Stage['api'],
    plays: Map<Method, Play<never>>,
    subscribers: Subscribers<Events>,
    end: () => Promise<void>,
  ) {
    this.page = page
    this.api = api
    this.plays = plays
    this.subscribers = subscribers
    this.end = end
    page.on('pageerror', (error) => this.problems.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error') this.problems.push(message.text())
    })
  }

  static async open(look: Partial<Look> = {}, before?: (stage: Stage) => void): Promise<Stage> {
    const { language, theme, forced, width, height } = { ...LOOK, ...look }
    const folder = mkdtempSync(join(tmpdir(), 'eichlicht-stage-'))
    const subscribers = new Subscribers<Events>()
    const plays = new Map<Method, Play<never>>()
    const api = createApi({
      host: NO_DIALOGS,
      locale: language,
      emit: (event, value) => subscribers.emit(event, value),
      store: join(folder, 'keys.sqlite'),
      launch: launchThread,
    })
    const server = await serveLoopback({
      files: staticFiles(join(ROOT, 'out/renderer')),
      async call(method, input) {
        const play = plays.get(method as Method)
        if (play === undefined) return api.call(method, input)
        try {
          return { ok: true, value: await play(input as never) }
        } catch (error) {
          const code = error instanceof Refused ? error.code : 'internal'
          return { ok: false, error: { code, detail: '' } }
        }
      },
      subscribe: (event, listener) => subscribers.add(event, listener),
    })
    const browser = await startChromium()
    const context = await browser.newContext({
      locale: language === 'de' ? 'de-DE' : 'en-GB',
      timezoneId: 'Europe/Berlin',
      viewport: { width, height },
      colorScheme: theme,
      forcedColors: forced ? 'active' : 'none',
      reducedMotion: 'reduce',
    })
    const page = await context.newPage()
    const stage = new Stage(page, api, plays, subscribers, async () => {
      await context.close()
      await server.close()
      await api.close()
      rmSync(folder, { recursive: true })
    })
    // As an installed program says of itself; a run from the sources cannot be checked.
    stage.about({ files: 'intact' })
    before?.(stage)
    await page.goto(server.address)
    await page.waitForSelector('main h1')
    await page.evaluate(() => document.fonts.ready)
    return stage
  }

  /** Looks at the window as it is in another way, and waits until it is drawn so. */
  async look({ theme, forced, width, height }: Omit<Look, 'language'>): Promise<void> {
    await this.page.setViewportSize({ width, height })
    await this.page.emulateMedia({
      colorScheme: theme,
      forcedColors: forced ? 'active' : 'none',
    })
    await this.page.evaluate(
      () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
    )
  }

  /** From now on `method` answers like this. */
  play<M extends Method>(method: M, how: Play<M>): void {
    this.plays.set(method, how)
  }

  /** From now on `method` is refused. */
  refuse(method: Method, code: ApiError): void {
    this.play(method, () => {
      throw new Refused(code)
    })
  }

  tell<E extends keyof Events>(event: E, value: Events[E]): void {
    this.subscribers.emit(event, value)
  }

  /** Asks the host behind the window's back. */
  async call<M extends Method>(method: M, input: Input<M>): Promise<Output<M>> {
    const answer = (await this.api.call(method, input)) as Answer<Output<M>>
    if (!answer.ok) throw new Error(`${method}: ${answer.error.code} ${answer.error.detail}`)
    return answer.value
  }

  /** What the program says of itself from now on. */
  about(other: Partial<About>): void {
    Object.assign(this.said, other)
    this.play('about', async () => ({ ...(await this.call('about', null)), ...this.said }))
  }

  /** Gives files to the window as its own file dialog would. */
  async give(files: readonly (string | FileBytes)[]): Promise<void> {
    await this.page.setInputFiles(
      'input[data-input="files"]',
      files.map((file) => {
        const { name, bytes } = typeof file === 'string' ? sample(file) : file
        return { name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) }
      }),
    )
  }

  /** Gives files and waits for what they say. */
  async check(...files: (string | FileBytes)[]): Promise<void> {
    await this.give(files)
    await this.page.waitForSelector('#verdict, [role="grid"]')
  }

  async view(view: string): Promise<void> {
    await this.page.click(`[data-view="${view}"]`)
    await this.page.waitForSelector('main h1')
  }

  close(): Promise<void> {
    return this.end()
  }
}

/** @param path in `assets/samples` */
export function sample(path: string): FileBytes {
  return { name: basename(path), bytes: readFileSync(join(ROOT, 'assets/samples', path)) }
}

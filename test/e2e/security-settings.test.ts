/**
 * Every setting of the Electron security guide and of requirements E.1, one by one: what the
 * built program asks of Electron, and how it answers where Electron asks. Electron itself keeps
 * no such record, so that this always runs in the stand-in.
 */
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { APP_ROOT, type LaunchedStandIn, launchStandIn } from '../electron/launch.ts'
import { stopChromium } from '../tools/chromium.ts'
import { POLICY } from './policy.ts'
import { temporaryFolder } from './temporary.ts'

const userData = temporaryFolder()
let app: LaunchedStandIn
beforeAll(async () => {
  app = await launchStandIn({ userData: userData.path })
})
afterAll(async () => {
  await app.close()
  await stopChromium()
  userData.remove()
})

const named = (name: string) => app.calls.filter((call) => call.name === name)

/** What this start of the program made of one thing of Electron's. */
function only(name: string): readonly unknown[] {
  const found = named(name)
  expect([name, found.length]).toEqual([name, 1])
  return found[0]?.args ?? []
}

describe('the start', () => {
  test('puts every page into the sandbox before there is one', () => {
    expect(only('app.enableSandbox')).toEqual([])
  })

  test('asks for a window with these preferences and no others', () => {
    const { webPreferences } = only('new BrowserWindow')[0] as {
      webPreferences: Record<string, unknown>
    }
    const { preload, session, ...rest } = webPreferences
    expect(preload).toBe(join(APP_ROOT, 'out/preload/preload.cjs'))
    expect(session).toBe(app.standIn.sessions.get('eichlicht')?.face)
    expect(rest).toEqual({
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
      devTools: true, // not in the packaged program: below
    })
  })

  test('registers our scheme with few privileges', () => {
    expect(only('protocol.registerSchemesAsPrivileged')[0]).toEqual([
      {
        scheme: 'app',
        privileges: {
          standard: true,
          secure: true,
          supportFetchAPI: true,
          bypassCSP: false,
          allowServiceWorkers: false,
          corsEnabled: false,
          stream: false,
          codeCache: false,
        },
      },
    ])
  })

  test('loads our page and nothing else', () => {
    expect(named('window.loadURL').map(({ args }) => args[0])).toEqual(['app://eichlicht/'])
  })

  test('keeps pages in memory only', () => {
    expect(only('session.fromPartition')).toEqual(['eichlicht', { cache: false }])
  })

  test('switches off what the browser engine does by itself', () => {
    const switches = named('app.commandLine.appendSwitch').map(({ args }) => args.join('='))
    expect(switches.toSorted()).toEqual([
      'disable-background-networking',
      'disable-component-update',
      'disable-domain-reliability',
      'dns-prefetch-disable',
      'host-resolver-rules=MAP * ~NOTFOUND',
      'no-pings',
      'no-proxy-server',
    ])
  })

  test('reports no crashes and imports nothing that could', () => {
    const sources = readdirSync(join(APP_ROOT, 'out/main'))
      .filter((name) => name.endsWith('.mjs'))
      .map((name) => readFileSync(join(APP_ROOT, 'out/main', name), 'utf8'))
    const imported = sources.flatMap((source) =>
      [...source.matchAll(/import \{([^}]*)\} from ["']electron["']/g)].flatMap(([, names]) =>
        (names ?? '').split(',').map((name) => name.trim().split(' ')[0] ?? ''),
      ),
    )
    expect([...new Set(imported)].toSorted()).toEqual([
      'BrowserWindow',
      'Menu',
      'app',
      'dialog',
      'ipcMain',
      'nativeTheme',
      'protocol',
      'screen',
      'session',
      'shell',
      'utilityProcess',
    ])
  })
})

const SESSIONS = ['defaultSession', 'eichlicht']

describe.each(SESSIONS)('session %s', (session) => {
  /** What was given to Electron for this session. */
  function given(name: string): unknown {
    const calls = named(name).filter(({ args }) => args.at(-1) === `of ${session}`)
    expect([name, calls.length]).toEqual([name, 1])
    return calls[0]?.args[0]
  }
  /** Asks a handler; what it answers by its last argument, or else by itself. */
  function ask(name: string, ...args: unknown[]): unknown {
    const answers: unknown[] = []
    const handler = given(name) as (...values: unknown[]) => unknown
    const returned = handler(...args, (answer: unknown) => answers.push(answer))
    return answers.length > 0 ? answers : returned
  }

  test.each(['media', 'geolocation', 'notifications', 'clipboard-read', 'openExternal', 'usb'])(
    'grants no permission for %s',
    (permission) => {
      expect(ask('session.setPermissionRequestHandler', null, permission)).toEqual([false])
      expect(ask('session.setPermissionCheckHandler', null, permission)).toBe(false)
    },
  )

  test('grants no device and no picture of the screen', () => {
    expect(ask('session.setDevicePermissionHandler', {})).toBe(false)
    expect(ask('session.setDisplayMediaRequestHandler', {})).toEqual([null])
    expect(ask('session.setBluetoothPairingHandler', {})).toEqual([{ confirmed: false }])
    const protectedClasses = ['audio', 'hid']
    const kept = ask('session.setUSBProtectedClassesHandler', { protectedClasses })
    expect(kept).toEqual(protectedClasses)
  })

  test.each([
    ['select-hid-device', [{}], [null]],
    ['select-serial-port', [[], {}], ['']],
    ['select-usb-device', [{}], []],
    ['file-system-access-restricted', [{}], ['deny']],
  ])('chooses nothing on %s', (event, args, expected) => {
    const chosen: unknown[][] = []
    let prevented = false
    app.standIn.sessions
      .get(session)
      ?.events.emit(
        event,
        { preventDefault: () => (prevented = true) },
        ...args,
        (...choice: unknown[]) => chosen.push(choice),
      )
    expect(chosen).toEqual([expected])
    expect(prevented).toBe(event.startsWith('select'))
  })

  test('downloads nothing', () => {
    let prevented = false
    const event = { preventDefault: () => (prevented = true) }
    app.standIn.sessions.get(session)?.events.emit('will-download', event)
    expect(prevented).toBe(true)
  })

  test.each([
    ['app://eichlicht/index.html', false],
    ['blob:app://eichlicht/5f0c', false],
    ['app://other/index.html', true],
    ['app://eichlicht.example/', true],
    ['app://user@eichlicht/', true],
    ['blob:https://example.com/5f0c', true],
    ['https://example.com/', true],
    ['http://127.0.0.1:80/', true],
    ['ws://127.0.0.1/', true],
    ['file:///etc/passwd', true],
    ['ftp://example.com/', true],
    ['devtools://devtools/bundled/x.html', true],
    ['chrome-extension://abc/x.js', true],
    ['data:text/html,x', true],
    ['no address', true],
  ])('of %s says cancel: %s', (url, cancel) => {
    expect(ask('session.webRequest.onBeforeRequest', { url })).toEqual([{ cancel }])
  })

  test('goes through no proxy and checks no spelling', () => {
    expect(given('session.setProxy')).toEqual({ mode: 'direct' })
    expect(given('session.setSpellCheckerEnabled')).toBe(false)
  })
})

describe('the app', () => {
  test.each([
    ['login', 3, []],
    ['certificate-error', 4, [false]],
    ['select-client-certificate', 3, []],
  ])('gives nothing away on %s', (event, between, expected) => {
    const answers: unknown[][] = []
    let prevented = false
    app.standIn.emitApp(
      event,
      { preventDefault: () => (prevented = true) },
      ...Array.from({ length: between }, () => null),
      (...given: unknown[]) => answers.push(given),
    )
    expect([prevented, answers]).toEqual([true, [expected]])
  })
})

describe('web contents', () => {
  function prevented(event: string, details: object): boolean {
    let was = false
    const contents = app.standIn.windows[0]?.contents as NodeJS.EventEmitter
    contents.emit(event, { ...details, preventDefault: () => (was = true) }, null, () => {})
    return was
  }

  test.each(['will-navigate', 'will-redirect', 'will-frame-navigate'])(
    'stay on our page: %s',
    (event) => {
      const to = (url: string) => prevented(event, { url, isMainFrame: true })
      expect(to('app://eichlicht/')).toBe(false)
      expect(to('app://eichlicht/index.html')).toBe(false)
      for (const url of [
        'https://example.com/',
        'app://other/',
        'app://eichlicht/assets/x.svg',
        'app://eichlicht@evil/',
        'app:eichlicht/',
        'file:///etc/passwd',
        'javascript:alert(1)',
        'data:text/html,x',
        'about:blank',
        '',
      ]) {
        expect([url, to(url)]).toEqual([url, true])
      }
    },
  )

  test('let no frame inside the page go anywhere', () => {
    expect(prevented('will-frame-navigate', { url: 'app://eichlicht/', isMainFrame: false })).toBe(
      true,
    )
  })

  test('attach no web view and pick no Bluetooth device', () => {
    expect(prevented('will-attach-webview', {})).toBe(true)
    expect(prevented('select-bluetooth-device', {})).toBe(true)
  })
})

describe('what the page tries', () => {
  test('is prevented, and each attempt is on record', async () => {
    await app.page.evaluate(() => {
      location.href = 'https://example.com/'
    })
    await app.page.waitForTimeout(100)
    await app.page.evaluate(() => {
      location.href = './other.html'
    })
    await app.page.waitForTimeout(100)
    expect(named('navigation prevented').map(({ args }) => args[0])).toEqual([
      'https://example.com/',
      'app://eichlicht/other.html',
    ])
    await app.page.evaluate(() => {
      window.open('https://example.com/')
      const link = document.createElement('a')
      link.href = 'https://example.com/link'
      link.target = '_blank'
      document.body.append(link)
      link.click()
      window.open('about:blank')
    })
    await expect.poll(() => named('window.open').length).toBe(3)
    expect(
      named('window.open')
        .map(({ args }) => args.join(' '))
        .toSorted(),
    ).toEqual(['about:blank deny', 'https://example.com/ deny', 'https://example.com/link deny'])
    expect(named('shell.openExternal')).toEqual([])
    app.takeProblems()
  })
})

describe('files of the window', () => {
  const ask = async (url: string, method = 'GET') => {
    const handler = app.standIn.sessions.get('eichlicht')?.handlers.get('app')
    const response = await handler?.(new Request(url, { method }))
    return response === undefined ? null : response
  }

  test('are served by our session only', () => {
    expect(
      [...app.standIn.sessions].flatMap(([name, { handlers }]) =>
        [...handlers.keys()].map((scheme) => `${name} ${scheme}`),
      ),
    ).toEqual(['eichlicht app'])
  })

  test.each(
    readdirSync(join(APP_ROOT, 'out/renderer'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) =>
        join(parentPath, name).slice(join(APP_ROOT, 'out/renderer').length).replaceAll('\\', '/'),
      ),
  )('%s comes as it was built, with all headers', async (path) => {
    const response = await ask(`app://eichlicht${path}`)
    expect(response?.status).toBe(200)
    expect(response?.headers.get('content-security-policy')).toBe(POLICY)
    expect(response?.headers.get('x-content-type-options')).toBe('nosniff')
    expect(response?.headers.get('content-type')).not.toMatch(/octet-stream|^$/)
    const bytes = Buffer.from((await response?.arrayBuffer()) ?? new ArrayBuffer())
    expect(bytes.equals(readFileSync(join(APP_ROOT, 'out/renderer', path)))).toBe(true)
  })

  test.each([
    'app://eichlicht/../main/main.mjs',
    'app://eichlicht/%2e%2e/main/main.mjs',
    'app://eichlicht/..%2fmain%2fmain.mjs',
    'app://eichlicht/%2e%2e%5cmain%5cmain.mjs',
    'app://eichlicht/..\\main\\main.mjs',
    'app://eichlicht//etc/passwd',
    'app://eichlicht/assets/../../preload/preload.cjs',
    'app://eichlicht/assets',
    'app://eichlicht/index.html/',
    'app://eichlicht/index.html%00',
    'app://eichlicht/%zz',
    'app://eichlicht/INDEX.HTML',
    'app://eichlicht/__proto__',
    'app://eichlicht/constructor',
    'app://other/index.html',
    'app://eichlicht:80/index.html',
    'app:///index.html',
  ])('%s is none', async (url) => {
    const response = await ask(url)
    expect([response?.status, await response?.text()]).toEqual([404, ''])
    expect(response?.headers.get('content-security-policy')).toBe(POLICY)
  })

  test('are only read', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS']) {
      expect([method, (await ask('app://eichlicht/index.html', method))?.status]).toEqual([
        method,
        405,
      ])
    }
  })
})

describe('calls of others', () => {
  const from = (
    senderFrame: object | null,
    sender: object = { mainFrame: { frameTreeNodeId: 1 } },
  ) => app.standIn.invoke({ sender, senderFrame }, 'eichlicht:call', ['about', null])
  const own = {
    url: 'app://eichlicht/',
    origin: 'app://eichlicht',
    parent: null,
    frameTreeNodeId: 1,
  }

  test('pass where they are ours', async () => {
    expect(await from(own)).toMatchObject({ ok: true })
  })

  test.each([
    ['a frame that is gone', null],
    ['a frame inside the page', { ...own, parent: own }],
    ['another top frame', { ...own, frameTreeNodeId: 2 }],
    ['another origin', { ...own, origin: 'https://example.com' }],
    ['an origin without a name', { ...own, origin: 'null' }],
    ['an origin that begins like ours', { ...own, origin: 'app://eichlicht.example' }],
    ['another page', { ...own, url: 'https://example.com/' }],
    ['another file of ours', { ...own, url: 'app://eichlicht/assets/x.svg' }],
    ['an empty page', { ...own, url: 'about:blank' }],
  ])('from %s are refused', async (_, frame) => {
    await expect(from(frame)).rejects.toThrow('refused')
  })

  test('come in on one channel only', () => {
    expect(named('ipcMain.handle').map(({ args }) => args[0])).toEqual(['eichlicht:call'])
  })

  test.each([
    ['a method that is no text', 7, null, 'unknown-method'],
    ['a method that every object has', '__proto__', null, 'unknown-method'],
    ['a map', 'startJob', new Map(), 'bad-input'],
    ['a date', 'startJob', { label: new Date(0) }, 'bad-input'],
    ['an object of a class', 'startJob', new URL('app://eichlicht/'), 'bad-input'],
    ['nothing', 'startJob', undefined, 'bad-input'],
    ['a large whole number', 'startJob', { label: 1n }, 'bad-input'],
    ['another kind of bytes', 'addFiles', { job: '', files: [new Float64Array(2)] }, 'bad-input'],
    ['long names', 'startJob', { ['x'.repeat(2_000_000)]: 1 }, 'too-large'],
    ['many values', 'startJob', Array.from({ length: 2000 }, () => 1), 'too-large'],
    ['many small bytes', 'startJob', new Uint8Array(2_000_000), 'too-large'],
  ])('with %s are refused', async (_, method, input, code) => {
    const event = { sender: { mainFrame: own }, senderFrame: own }
    expect(await app.standIn.invoke(event, 'eichlicht:call', [method, input])).toMatchObject({
      ok: false,
      error: { code },
    })
  })

  test('as deep as a well are refused', async () => {
    let well: unknown = null
    for (let depth = 0; depth < 100_000; depth++) well = [well]
    const event = { sender: { mainFrame: own }, senderFrame: own }
    expect(await app.standIn.invoke(event, 'eichlicht:call', ['startJob', well])).toMatchObject({
      ok: false,
      error: { code: 'too-large' },
    })
  })
})

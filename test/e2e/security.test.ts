/**
 * What the page of the built program can and cannot do, in Electron as in its stand-in. Source:
 * requirements E.1 and the Electron security guide.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Transport } from '../../src/shared/api.ts'
import { type Launched, launch } from '../electron/launch.ts'
import { stopChromium } from '../tools/chromium.ts'
import { POLICY } from './policy.ts'
import { temporaryFolder } from './temporary.ts'

declare global {
  interface Window {
    eichlicht: Transport
  }
}

const userData = temporaryFolder()
let app: Launched
beforeAll(async () => {
  app = await launch({ userData: userData.path })
})
afterAll(async () => {
  await app.close()
  await stopChromium()
  userData.remove()
})

/** Runs what must go wrong; gives the complaints of the page and the refused requests. */
async function provoke(run: () => Promise<unknown>): Promise<string[]> {
  await run()
  await app.page.waitForTimeout(50)
  return [...app.takeProblems(), ...app.takeStrangers()]
}

describe('the page', () => {
  test('comes with the content security policy and may not be guessed at', async () => {
    const headers = (await app.page.reload())?.headers() ?? {}
    expect(headers['content-security-policy']).toBe(POLICY)
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['content-type']).toBe('text/html; charset=utf-8')
    expect(headers['referrer-policy']).toBe('no-referrer')
    expect(headers['cross-origin-opener-policy']).toBe('same-origin')
  })

  test('sees two functions of ours and nothing of Node or Electron', async () => {
    const seen = await app.page.evaluate(() => ({
      bridge: Object.entries(window.eichlicht).map(([name, value]) => `${name} ${typeof value}`),
      frozen: Object.isFrozen(window.eichlicht),
      node: [
        'require',
        'process',
        'module',
        'exports',
        'Buffer',
        'global',
        '__dirname',
        'electron',
      ].filter((name) => name in window),
    }))
    expect(seen).toEqual({ bridge: ['call function', 'on function'], frozen: true, node: [] })
  })

  test('cannot replace what it was given', async () => {
    const same = await app.page.evaluate(() => {
      const before = window.eichlicht
      try {
        ;(window as { eichlicht: unknown }).eichlicht = {}
      } catch {}
      try {
        ;(window.eichlicht as { call: unknown }).call = null
      } catch {}
      return window.eichlicht === before && typeof window.eichlicht.call === 'function'
    })
    expect(same).toBe(true)
  })

  test('runs no script from text', async () => {
    const outcome = await app.page.evaluate(() => {
      const say = (run: () => unknown) => {
        try {
          run()
          return 'done'
        } catch (error) {
          return (error as Error).name
        }
      }
      const script = document.createElement('script')
      return {
        inline: say(() => {
          script.text = 'window.inlineRan = true'
          document.body.append(script)
        }),
        html: say(() => {
          document.createElement('div').innerHTML = '<b>x</b>'
        }),
        // oxlint has no eye for this one, the policy must.
        code: say(() => setTimeout('window.inlineRan = true' as unknown as () => void, 0)),
        ran: 'inlineRan' in window,
      }
    })
    expect(outcome).toEqual({
      inline: 'TypeError',
      html: 'TypeError',
      code: 'TypeError',
      ran: false,
    })
    app.takeProblems()
  })

  test.each([
    ['fetch', () => fetch('https://example.com/').then(String, String)],
    ['fetch of its own files', () => fetch('./index.html').then(String, String)],
    [
      'a picture',
      () =>
        new Promise((resolve) => {
          const image = new Image()
          image.addEventListener('error', resolve)
          image.src = 'https://example.com/a.png'
        }).then(() => 'TypeError'),
    ],
    [
      'a script',
      () =>
        new Promise((resolve) => {
          const frame = document.createElement('iframe')
          frame.src = 'https://example.com/'
          frame.addEventListener('load', resolve)
          document.body.append(frame)
        }).then(() => 'TypeError'),
    ],
    [
      'a socket',
      () =>
        new Promise((resolve) => {
          const socket = new WebSocket('wss://example.com/')
          socket.addEventListener('error', resolve)
        }).then(
          () => 'TypeError',
          () => 'TypeError',
        ),
    ],
  ])('asks nobody by %s', async (_, ask) => {
    const complaints = await provoke(async () => {
      expect(await app.page.evaluate(ask)).toContain('TypeError')
    })
    expect(complaints.join('\n')).toContain('Content Security Policy')
    // The policy stops it before there is a request.
    expect(complaints.filter((text) => !text.includes('Content Security Policy'))).toEqual([])
  })

  test('cannot leave', async () => {
    const url = app.page.url()
    for (const target of ['https://example.com/', './other.html', './assets/']) {
      await app.page.evaluate((address) => {
        location.href = address
      }, target)
      await app.page.waitForTimeout(100)
    }
    expect(app.page.url()).toBe(url)
    expect(await app.page.title()).toBe('Eichlicht')
    expect(app.takeProblems()).toEqual([])
    expect(app.takeStrangers()).toEqual([])
  })

  test('cannot open a second window', async () => {
    await app.page.evaluate(() => {
      window.open('https://example.com/')
      const link = document.createElement('a')
      link.href = 'https://example.com/link'
      link.target = '_blank'
      document.body.append(link)
      link.click()
      window.open('about:blank')
    })
    await app.page.waitForTimeout(500)
    const windows = await app.evaluate(
      ({ BrowserWindow }) => BrowserWindow.getAllWindows().length,
      null,
    )
    expect(windows).toBe(1)
    app.takeProblems()
    expect(app.takeStrangers()).toEqual([])
  })
})

describe('calls', () => {
  const call = (method: string, input: unknown) =>
    app.page.evaluate(([name, value]) => window.eichlicht.call(name as never, value as never), [
      method,
      input,
    ] as const)

  test('are answered to our page', async () => {
    expect(await call('about', null)).toMatchObject({ ok: true, value: { host: 'electron' } })
  })

  test.each(['', 'nothing', '__proto__', 'constructor', 'toString', 'hasOwnProperty', 'About'])(
    'of the method "%s" are refused',
    async (method) => {
      expect(await call(method, null)).toMatchObject({
        ok: false,
        error: { code: 'unknown-method' },
      })
    },
  )

  test('with a foreign input are refused', async () => {
    for (const input of [{}, 'x', 1, [], { language: 'xx', theme: 'dark', history: false }]) {
      expect(await call('saveSettings', input)).toMatchObject({
        ok: false,
        error: { code: 'bad-input' },
      })
    }
  })

  test('that carry more than a method may are refused', async () => {
    const large = 'x'.repeat(2 * 1024 * 1024)
    expect(await call('startJob', { label: large })).toMatchObject({
      ok: false,
      error: { code: 'too-large' },
    })
  })

  test('reach a listener without anything of Electron', async () => {
    const told = app.page.evaluate(
      () =>
        new Promise<unknown[][]>((resolve) => {
          const calls: unknown[][] = []
          const end = window.eichlicht.on('files', (...args) => {
            calls.push(args)
            end()
            resolve(calls)
          })
        }),
    )
    await app.evaluate(({ BrowserWindow }) => {
      for (const { webContents } of BrowserWindow.getAllWindows()) {
        webContents.send('eichlicht:event', 'files', { waiting: 3 })
      }
    }, null)
    expect(await told).toEqual([[{ waiting: 3 }]])
  })
})

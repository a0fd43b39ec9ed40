/**
 * What only the desktop application does: one instance, "open with", menus, dialogs, the place of
 * its window.
 */
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import type { Transport } from '../../src/shared/api.ts'
import { text } from '../../src/shared/i18n/index.ts'
import { type LaunchedStandIn, launchStandIn } from '../electron/launch.ts'
import { stopChromium } from '../tools/chromium.ts'
import { wholeSession, xmlWith } from '../tools/small-inputs.ts'
import { temporaryFolders } from './temporary.ts'
import { User, drop, sample } from './user.ts'

declare global {
  interface Window {
    eichlicht: Transport
    told: number[]
  }
}

const folder = temporaryFolders()
let running: LaunchedStandIn[] = []
afterEach(async () => {
  await Promise.all(running.map((app) => app.close()))
  running = []
})
afterAll(stopChromium)

const POLL = { timeout: 20_000 }

async function start(userData: string, args: readonly string[] = [], locale = 'de-DE') {
  const app = await launchStandIn({ userData, args, locale })
  running.push(app)
  return app
}

const waiting = (app: LaunchedStandIn) =>
  app.page.evaluate(async () => {
    const answer = await window.eichlicht.call('about', null)
    return answer.ok ? answer.value.waitingFiles : answer.error.code
  })

/** Listens in the page; gives what it has heard. */
const listen = (app: LaunchedStandIn) =>
  app.page.evaluate(() => {
    window.told = []
    window.eichlicht.on('files', ({ waiting: count }) => window.told.push(count))
  })
const told = (app: LaunchedStandIn) => app.page.evaluate(() => window.told)

/** Inputs that the window has checked so far. */
const checked = (app: LaunchedStandIn) =>
  app.page.evaluate(async () => {
    const answer = await window.eichlicht.call('jobs', null)
    return answer.ok ? answer.value.reduce((sum, { inputs }) => sum + inputs, 0) : -1
  })

function record(path: string): string {
  writeFileSync(path, 'OCMF|{}|{}')
  return path
}

describe('files the program is started with', () => {
  test('are checked as soon as there is a window', async () => {
    const own = folder()
    const app = await start(own, [record(join(own, 'a.xml')), '--some-switch'])
    await expect.poll(() => checked(app), POLL).toBe(1)
    expect(await waiting(app)).toBe(0)
  })

  test('come from a second start as well, which ends at once', async () => {
    const own = folder()
    const app = await start(own)
    await listen(app)
    const windows = app.standIn.windows.length
    await expect(
      launchStandIn({ userData: own, args: [record(join(own, 'b.xml'))] }),
    ).rejects.toThrow('ended')
    await expect.poll(() => told(app), POLL).toEqual([1])
    expect(app.standIn.windows).toHaveLength(windows)
    expect(app.calls.filter(({ name }) => name === 'window.focus')).toHaveLength(1)
    await expect.poll(() => checked(app), POLL).toBe(1)
  })

  test('come from the system while the program runs', async () => {
    const own = folder()
    const app = await start(own)
    await listen(app)
    let prevented = false
    const event = { preventDefault: () => (prevented = true) }
    app.standIn.emitApp('open-file', event, record(join(own, 'c.xml')))
    await expect.poll(() => told(app), POLL).toEqual([1])
    expect(prevented).toBe(true)
  })

  test('are nothing but texts, whatever another start passes on', async () => {
    const app = await start(folder())
    for (const additional of [null, 7, {}, { paths: 'x' }, { paths: [7, {}, null] }]) {
      app.standIn.emitApp('second-instance', {}, [], '/', additional)
    }
    expect(await waiting(app)).toBe(0)
  })
})

interface Item {
  label: string
  accelerator?: string
  submenu?: { items: Item[] }
  click(): void
}

/** Clicks what stands under this label in the menu of the program. */
function click(app: LaunchedStandIn, label: string): Promise<boolean> {
  return app.evaluate(({ Menu }, wanted) => {
    const find = (items: Item[]): Item | undefined =>
      items
        .flatMap((item) => [item, ...(item.submenu?.items ?? [])])
        .find((item) => item.label.replace('&', '') === wanted)
    const item = find((Menu.getApplicationMenu() as unknown as { items: Item[] }).items)
    item?.click()
    return item !== undefined
  }, label)
}

const titles = (app: LaunchedStandIn) =>
  app.evaluate(
    ({ Menu }) => Menu.getApplicationMenu()?.items.map(({ label }) => label.replace('&', '')),
    null,
  )

describe('the menu', () => {
  test('opens files and folders, which are checked like all others', async () => {
    const own = folder()
    const app = await start(own)
    const asked: unknown[] = []
    const dialog = app.standIn.electron['dialog'] as { showOpenDialog: unknown }
    dialog.showOpenDialog = (_window: unknown, options: unknown) => {
      asked.push(options)
      return Promise.resolve({ canceled: false, filePaths: [record(join(own, `${asked.length}`))] })
    }
    expect(await click(app, 'Dateien öffnen …')).toBe(true)
    await expect.poll(() => checked(app), POLL).toBe(1)
    expect(await click(app, 'Ordner öffnen …')).toBe(true)
    await expect.poll(() => checked(app), POLL).toBe(2)
    expect(asked).toEqual([
      { properties: ['openFile', 'multiSelections'] },
      { properties: ['openDirectory', 'multiSelections'] },
    ])
  })

  test('tells nobody of a dialog that was closed', async () => {
    const app = await start(folder())
    await listen(app)
    await click(app, 'Dateien öffnen …')
    expect(await waiting(app)).toBe(0)
    expect(await told(app)).toEqual([])
  })

  test('leads to two fixed addresses and to no other', async () => {
    const app = await start(folder())
    const labels = ['§ 33 MessEG (im Browser)', '§ 39 MessEG: Befundprüfung (im Browser)']
    for (const label of labels) expect([label, await click(app, label)]).toEqual([label, true])
    const opened = app.calls.filter(({ name }) => name === 'shell.openExternal')
    expect(opened.map(({ args }) => args)).toEqual([
      ['https://www.gesetze-im-internet.de/messeg/__33.html'],
      ['https://www.gesetze-im-internet.de/messeg/__39.html'],
    ])
  })

  test('speaks the language of the system, then that of the settings', async () => {
    const app = await start(folder(), [], 'en-GB')
    expect(await titles(app)).toContain('Help')
    const save = (language: 'de' | 'system') =>
      app.page.evaluate(
        (wanted) =>
          window.eichlicht.call('saveSettings', {
            language: wanted,
            theme: 'dark',
            history: false,
            requiredTrust: 'K3',
          }),
        language,
      )
    expect(await save('de')).toMatchObject({ ok: true })
    expect(await titles(app)).toContain('Hilfe')
    expect(await app.evaluate(({ nativeTheme }) => nativeTheme.themeSource, null)).toBe('dark')
    await save('system')
    expect(await titles(app)).toContain('Help')
  })

  test('speaks the language of the settings after a new start', async () => {
    const own = folder()
    const first = await start(own, [], 'en-GB')
    await first.page.evaluate(() =>
      window.eichlicht.call('saveSettings', {
        language: 'de',
        theme: 'dark',
        history: false,
        requiredTrust: 'K3',
      }),
    )
    running = []
    await first.close()
    const second = await start(own, [], 'en-GB')
    expect(await titles(second)).toContain('Hilfe')
    expect(
      await second.page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches),
    ).toBe(true)
  })

  test('shows who says so', async () => {
    const app = await start(folder())
    await click(app, 'Über Eichlicht')
    expect(app.calls.map(({ name }) => name)).toContain('app.showAboutPanel')
    const options = app.calls.find(({ name }) => name === 'app.setAboutPanelOptions')?.args[0]
    const { version } = JSON.parse(
      readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'),
    ) as { version: string }
    const about = await app.page.evaluate(() => window.eichlicht.call('about', null))
    // Also where the program was packed: no file is missing there, and none was changed.
    expect(about).toMatchObject({
      ok: true,
      value: { files: 'intact', failedMethods: [], version },
    })
    expect(options).toMatchObject({
      applicationName: 'Eichlicht',
      applicationVersion: version,
      copyright: expect.stringMatching(/^SHA-256 [0-9a-f]{64}$/),
    })
  })
})

describe('the window', () => {
  test('comes back where it was', async () => {
    const own = folder()
    const first = await start(own)
    await first.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows()
      window?.setBounds({ x: 100, y: 80, width: 900, height: 700 })
      window?.maximize()
      window?.close()
    }, null)
    expect(await first.standIn.exited).toBe(0)
    running = []
    await first.close()

    const second = await start(own)
    expect(second.calls.find(({ name }) => name === 'new BrowserWindow')?.args[0]).toMatchObject({
      x: 100,
      y: 80,
      width: 900,
      height: 700,
    })
    expect(second.calls.map(({ name }) => name)).toContain('window.maximize')
  })

  test('comes in the middle of the screen where nothing is known of it', async () => {
    const own = folder()
    writeFileSync(join(own, 'window.json'), '{"bounds":{"x":90000,"y":0,"width":900,"height":700}}')
    const app = await start(own)
    const options = app.calls.find(({ name }) => name === 'new BrowserWindow')?.args[0] as object
    expect(options).not.toHaveProperty('x')
    expect(options).toMatchObject({ show: false, minWidth: 480, minHeight: 480 })
  })

  test('is shown when it has something to show', async () => {
    const app = await start(folder())
    await expect.poll(() => app.calls.map(({ name }) => name)).toContain('window.show')
  })

  test('ends the program when it is closed', async () => {
    const app = await start(folder())
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close(), null)
    expect(await app.standIn.exited).toBe(0)
  })
})

describe('trouble', () => {
  /** So many files of so many records that the readers are busy for a while. */
  const long = () => {
    const content = xmlWith(Array.from({ length: 200 }, (_, at) => wholeSession({ number: at })))
    return Array.from({ length: 12 }, (_, at) => ({ name: `long-${at}.xml`, content }))
  }
  const checking = (app: LaunchedStandIn) =>
    app.page.getByRole('progressbar', { name: text('de', 'progress.checking') }).waitFor()

  test('a reader that dies costs its input one finding, and no other input anything', async () => {
    const app = await start(folder())
    await drop(app.page, long())
    await checking(app)
    const [first = 0] = app.standIn.utilities.pids()
    process.kill(first, 'SIGKILL')
    const rows = app.page.locator('[role="row"][data-state]')
    await rows.first().waitFor({ timeout: 50_000 })
    const result = await app.page.evaluate(async () => {
      const jobs = await window.eichlicht.call('jobs', null)
      const job = jobs.ok ? (jobs.value[0]?.job ?? '') : ''
      const answer = await window.eichlicht.call('jobResult', { job })
      return answer.ok ? answer.value.inputs : []
    })
    expect(result).toHaveLength(12)
    const broken = result.filter(({ findings }) =>
      findings.some(({ code }) => code === 'ENGINE-INTERNAL'),
    )
    expect(broken.map(({ state }) => state)).toEqual(['NOT_CHECKED'])
    // The next check finds another reader.
    await drop(app.page, [sample('03-tampered.xml')])
    await app.page.locator('section[data-state="SIGNATURE_INVALID"]').waitFor()
  })

  test('a window that is closed during a check ends the program and its readers', async () => {
    const app = await start(folder())
    await drop(app.page, long())
    await checking(app)
    const pids = app.standIn.utilities.pids()
    expect(pids.length).toBeGreaterThan(0)
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close(), null)
    expect(await app.standIn.exited).toBe(0)
    await expect.poll(() => app.standIn.utilities.pids(), POLL).toEqual([])
  })

  test.each([
    ['is not there', 'missing/report.pdf', 'error.not-saved'],
    ['is a folder', 'folder', 'error.not-saved'],
    ['nobody may write to', '/proc/report.pdf', 'error.not-saved'],
  ] as const)('a report is not saved where the place %s, and says so', async (_, place, words) => {
    const own = folder()
    mkdirSync(join(own, 'folder'))
    const app = await start(own)
    await drop(app.page, [sample('03-tampered.xml')])
    await app.page.locator('section[data-state]').waitFor()
    await app.evaluate(
      ({ dialog }, filePath) => {
        dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
      },
      resolve(own, place),
    )
    const user = new User(app.page)
    await user.save('pdf')
    await user.hears(words)
    expect(readdirSync(own).filter((name) => name.includes('report'))).toEqual([])
    expect(readdirSync(join(own, 'folder'))).toEqual([])
    // And now where it can be.
    await app.evaluate(
      ({ dialog }, filePath) => {
        dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
      },
      join(own, 'folder', 'report.pdf'),
    )
    await user.save('pdf')
    await expect.poll(() => readdirSync(join(own, 'folder')), POLL).toEqual(['report.pdf'])
  })
})

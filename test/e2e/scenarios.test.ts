/**
 * What people do with the window, the same on each host. A scenario whose page asks anything of
 * the network fails when its window closes.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Driver from 'better-sqlite3'
import { PDFArray, PDFDocument, PDFHexString, PDFName } from 'pdf-lib'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { keyHex, throwAwayKey } from '../tools/sign.ts'
import { readingOf, payload, twoRecords, wholeSession, xmlWith } from '../tools/small-inputs.ts'
import { ocmf } from '../tools/sign.ts'
import { hasPdfPrograms, lookAt } from '../tools/pdf-programs.ts'
import { stopChromium } from '../tools/chromium.ts'
import { HOSTS, type HostOptions, type HostWindow } from './hosts.ts'
import { temporaryFolders } from './temporary.ts'
import { type Dropped, User, drop, sample, samplePath } from './user.ts'

const KEY = throwAwayKey()
const OTHER_KEY = throwAwayKey('secp256r1', 'another maker')

const valid = (number = 1): Dropped => ({
  name: `valid-${number}.xml`,
  content: xmlWith([wholeSession({ number })]),
})
const tampered: Dropped = {
  name: 'tampered.xml',
  content: xmlWith([wholeSession({ number: 90 }).replace('110.50', '114.50')]),
}
const incomplete: Dropped = {
  name: 'incomplete.xml',
  content: xmlWith([twoRecords({ number: 91 })[0]]),
}
const unreadable: Dropped = { name: 'unreadable.xml', content: '<values><value>OCMF|{"FV"' }

function languageOf({ catalog }: PDFDocument): string {
  return catalog.lookup(PDFName.of('Lang'), PDFHexString).decodeText()
}

function thousandSessions(): Dropped[] {
  return Array.from({ length: 20 }, (_, at) => ({
    name: `${at}.xml`,
    content: xmlWith(
      Array.from({ length: 50 }, (__, number) => wholeSession({ number: at * 50 + number })),
    ),
  }))
}

/** So much that it takes a while. */
function longWork(files = 30): Dropped[] {
  const content = xmlWith(
    Array.from({ length: 200 }, (_, at) => wholeSession({ number: 1000 + at })),
  )
  return Array.from({ length: files }, (_, at) => ({ name: `long-${at}.xml`, content }))
}

const folder = temporaryFolders()
afterAll(stopChromium)

describe.each(HOSTS)('in the $host', ({ host, open }) => {
  const windows: HostWindow[] = []
  afterEach(async () => {
    const all = windows.splice(0)
    await Promise.all(all.map((window) => window.close()))
  })
  async function start(options: Partial<HostOptions> = {}) {
    const window = await open({ folder: folder(), ...options })
    windows.push(window)
    await window.page.locator('main h1').first().waitFor()
    const user = new User(window.page, options.locale?.startsWith('en') === true ? 'en' : 'de')
    return { window, page: window.page, user }
  }

  describe('a file that is dropped', () => {
    test.each([
      ['valid', valid(), 'VALID_KEY_UNCONFIRMED', '10,50'],
      ['tampered', tampered, 'SIGNATURE_INVALID', '14,50'],
      ['incomplete', incomplete, 'INCOMPLETE', '100,00'],
      ['unreadable', unreadable, 'UNREADABLE', 'unreadable.xml'],
    ])('and is %s gets its verdict', async (_, file, state, shows) => {
      const { page, user } = await start()
      await drop(page, [file])
      expect(await user.verdict()).toBe(state)
      expect(await page.locator('main').innerText()).toContain(shows)
      // Whoever cannot see the window hears the verdict first.
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('verdict')
    })

    test('with 49 others gets its row, whatever the others are', async () => {
      const { page, user } = await start()
      const files = Array.from({ length: 47 }, (__, at) => valid(at + 1))
      await drop(page, [...files, tampered, incomplete, unreadable])
      await user.rows().first().waitFor()
      const grid = page.getByRole('grid')
      expect(await grid.getAttribute('aria-rowcount')).toBe('51')
      const states = await user
        .rows()
        .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-state')))
      // The worst come first.
      expect(states.slice(0, 4)).toEqual([
        'UNREADABLE',
        'SIGNATURE_INVALID',
        'INCOMPLETE',
        'VALID_KEY_UNCONFIRMED',
      ])
      await user.rows().nth(1).click()
      expect(await user.verdict()).toBe('SIGNATURE_INVALID')
      await user.press('action.back')
      await user.rows().first().waitFor()
    })
  })

  test('files are chosen, also those of the samples', async () => {
    const { window, user } = await start()
    await window.choose([samplePath('05-not-billable.xml')], () => user.press('drop.files'))
    expect(await user.verdict()).toBe('NOT_LEGALLY_RELEVANT')
  })

  test('the files it is started with are checked at once', async () => {
    const { user } = await start({ files: [samplePath('03-tampered.xml')] })
    expect(await user.verdict()).toBe('SIGNATURE_INVALID')
  })

  test('a folder it is started with is read to its end', async () => {
    const { user, page } = await start({ files: [samplePath('08-two-files')] })
    // The one session is shown; the key is in the list behind it.
    await user.verdict()
    await page.keyboard.press('Escape')
    await user.rows().first().waitFor()
    expect(await page.locator('main').innerText()).toContain('08-two-files/key.pem')
  })

  test('text is pasted', async () => {
    const { page, user } = await start()
    await user.press('drop.paste')
    await page.getByRole('dialog').getByRole('textbox').fill(wholeSession())
    await page
      .getByRole('dialog')
      .getByRole('button', { name: user.words('action.check'), exact: true })
      .click()
    expect(await user.verdict()).toBe('NOT_CHECKED')
  })

  describe('a key', () => {
    test('that is confirmed verifies this file, and the next by itself', async () => {
      const { page, user } = await start()
      await drop(page, [valid(1)])
      await user.verdictIs('VALID_KEY_UNCONFIRMED')
      await user.confirmKey(keyHex(KEY))
      await user.verdictIs('VERIFIED')
      await user.hears('toast.key-confirmed')
      await drop(page, [valid(2)])
      await page.getByText('valid-2.xml').first().waitFor()
      await user.verdictIs('VERIFIED')
      await user.go('keys')
      await page.locator('tr[data-key]').waitFor()
      expect(await page.locator('tr[data-key]').innerText()).toContain('METER-1')
    })

    test('that the charging register lists is confirmed, with the place, and is found by it', async () => {
      const file = join(folder(), 'r.csv')
      const header = 'Betreiber;Straße;Postleitzahl;Ort;EVSE-ID1;Public Key1'
      const row = `Stadtwerke;Am Berg 1;72535;Heroldstatt;DE*ABC*E1*1;${keyHex(KEY)}`
      writeFileSync(
        file,
        `Ladesäulenregister;;;;;\r\nStand: 01.09.2026;;;;;\r\n${header}\r\n${row}\r\n`,
      )
      const { window, page, user } = await start()
      await user.go('keys')
      await user.tab('keys.tab.register')
      await window.choose([file], () => user.press('register.ui.import'))
      await user.hears('register.imported', { edition: '01.09.2026' })
      await page.getByRole('searchbox').fill('herold')
      await user.tab('keys.tab.stations')
      await page.locator('li[data-station]').getByText('DE*ABC*E1*1').waitFor()
      await user.go('check')
      await drop(page, [valid(1)])
      await user.verdictIs('VERIFIED')
      const place = page.locator('section[data-register="2026-09-01"]')
      expect(await place.innerText()).toContain('Am Berg 1, 72535 Heroldstatt')
    })

    test('that is typed with a slip gets a suggestion, which the user takes over', async () => {
      const { page, user } = await start()
      await user.go('keys')
      await user.press('keys.add')
      const hex = keyHex(KEY)
      const slip = `${hex.slice(0, 90)}${hex[90] === '0' ? '1' : '0'}${hex.slice(91)}`
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel(user.words('keys.add.text')).fill(slip)
      await dialog.locator('[data-suggestion]').waitFor()
      const add = dialog.getByRole('button', { name: user.words('keys.add'), exact: true })
      expect(await add.isDisabled()).toBe(true)
      await dialog.getByRole('button', { name: user.words('repair.take') }).click()
      await expect.poll(() => add.isEnabled()).toBe(true)
    })

    test('that was read wrongly confirms nothing', async () => {
      const { page, user } = await start()
      await drop(page, [valid(1)])
      await user.verdictIs('VALID_KEY_UNCONFIRMED')
      await user.fillConfirmation(keyHex(OTHER_KEY))
      const dialog = page.getByRole('dialog')
      const confirm = dialog.getByRole('button', { name: user.words('action.confirm-key') })
      expect(await confirm.isDisabled()).toBe(true)
      // What was typed is not thrown away unasked.
      await page.keyboard.press('Escape')
      await dialog.getByRole('button', { name: user.words('action.discard') }).click()
      await dialog.waitFor({ state: 'hidden' })
      expect(await user.verdict()).toBe('VALID_KEY_UNCONFIRMED')
    })

    test('that differs from the confirmed one of its meter is a loud conflict', async () => {
      const { page, user } = await start()
      await drop(page, [valid(1)])
      await user.verdictIs('VALID_KEY_UNCONFIRMED')
      await user.confirmKey(keyHex(KEY))
      await user.verdictIs('VERIFIED')
      const forged = xmlWith([wholeSession({ key: OTHER_KEY, number: 5 })], OTHER_KEY)
      await drop(page, [{ name: 'other.xml', content: forged }])
      await page.getByText('other.xml').first().waitFor()
      await page.getByText('KEY-CONFLICT').filter({ visible: true }).first().waitFor()
      expect(await user.verdict()).toBe('SIGNATURE_INVALID')
      // There is nothing to confirm here; whoever adds the key by hand sees the conflict on both.
      expect(await user.button('action.confirm-key').count()).toBe(0)
      await user.go('keys')
      await expect.poll(() => page.locator('tr[data-key]').count()).toBe(1)
      await user.press('keys.add')
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel(user.words('keys.add.text')).fill(keyHex(OTHER_KEY))
      await dialog.getByLabel(user.words('keys.meter'), { exact: true }).fill('METER-1')
      await dialog.getByRole('button', { name: user.words('keys.add') }).click()
      await expect.poll(() => page.locator('tr[data-key]').count()).toBe(2)
      const conflicts = page.locator('tr[data-key]').getByText(user.words('keys.conflict'))
      expect(await conflicts.count()).toBe(2)
      await drop(page, [valid(2)])
      await user.verdictIs('VERIFIED')
      await page.getByText('KEY-CONFLICT').filter({ visible: true }).first().waitFor()
    })

    test('confirmed in one window counts in another one of the same user', async () => {
      const store = folder()
      const one = await start({ store })
      const other = await start({ store })
      await drop(other.page, [valid(7)])
      await other.user.verdictIs('VALID_KEY_UNCONFIRMED')
      await drop(one.page, [valid(1)])
      await one.user.verdictIs('VALID_KEY_UNCONFIRMED')
      await one.user.confirmKey(keyHex(KEY))
      await one.user.verdictIs('VERIFIED')
      await drop(other.page, [valid(2)])
      await other.page.getByText('valid-2.xml').first().waitFor()
      await other.user.verdictIs('VERIFIED')
      expect(await one.user.verdict()).toBe('VERIFIED')
    })

    test('stays after the program has ended', async () => {
      const store = folder()
      const first = await start({ store })
      await drop(first.page, [valid(1)])
      await first.user.verdictIs('VALID_KEY_UNCONFIRMED')
      await first.user.confirmKey(keyHex(KEY))
      await first.user.verdictIs('VERIFIED')
      await windows.pop()?.close()
      const second = await start({ store })
      await drop(second.page, [valid(2)])
      expect(await second.user.verdict()).toBe('VERIFIED')
    })
  })

  describe('the key store', () => {
    test('that is damaged is said to be so, kept, and checks go on', async () => {
      const store = folder()
      writeFileSync(join(store, 'keys.sqlite'), 'somebody needs these bytes '.repeat(1000))
      const { page, user } = await start({ store })
      await user.go('keys')
      await user.hears('store.damaged')
      await user.go('check')
      await drop(page, [valid()])
      await user.verdictIs('VALID_KEY_UNCONFIRMED')
      expect(await user.button('action.confirm-key').count()).toBe(0)
      await user.go('keys')
      const renew = page.locator('[data-action="renew-store"]')
      await renew.click()
      await renew.waitFor({ state: 'detached' })
      await user.go('check')
      await drop(page, [valid()])
      await user.verdictIs('VALID_KEY_UNCONFIRMED')
      await user.confirmKey(keyHex(KEY))
      await user.verdictIs('VERIFIED')
    })

    test('of a newer version is read and never changed', async () => {
      const store = folder()
      const first = await start({ store })
      await drop(first.page, [valid(1)])
      await first.user.verdictIs('VALID_KEY_UNCONFIRMED')
      await first.user.confirmKey(keyHex(KEY))
      await first.user.verdictIs('VERIFIED')
      await windows.pop()?.close()
      const file = new Driver(join(store, 'keys.sqlite'))
      file.pragma('user_version = 99')
      file.close()
      const { page, user } = await start({ store })
      await drop(page, [valid(2)])
      expect(await user.verdict()).toBe('VERIFIED')
      await user.go('keys')
      await user.hears('store.newer')
    })

    test('that another program keeps to itself says so, and works again afterwards', async () => {
      const store = folder()
      const { page, user } = await start({ store })
      await drop(page, [valid(1)])
      await user.verdictIs('VALID_KEY_UNCONFIRMED')
      const file = new Driver(join(store, 'keys.sqlite'))
      file.exec('BEGIN IMMEDIATE')
      await user.confirmKey(keyHex(KEY))
      await user.hears('error.store-busy')
      file.exec('ROLLBACK')
      file.close()
      await page
        .getByRole('dialog')
        .getByRole('button', { name: user.words('action.confirm-key') })
        .click()
      await user.verdictIs('VERIFIED')
      expect(await page.getByRole('dialog').count()).toBe(0)
    })
  })

  describe('a report', () => {
    test('is saved as PDF with the original inside', async () => {
      const { window, page, user } = await start()
      await drop(page, [sample('02-key-unconfirmed.xml')])
      await user.verdictIs('VALID_KEY_UNCONFIRMED')
      const { name, bytes } = await window.saved(() => user.save('pdf'))
      expect(name).toMatch(/^Eichlicht-Prüfbericht-\d{4}-\d\d-\d\d\.pdf$/)
      const document = await PDFDocument.load(bytes)
      expect(document.getTitle()).toContain('Prüfbericht')
      expect(document.catalog.lookup(PDFName.of('AF'), PDFArray).size()).toBe(2)
      await page.getByText(new RegExp(`Gespeichert: .*${name}`)).waitFor()
    })

    test.runIf(hasPdfPrograms())(
      'is sound for other programs, and gives the original back',
      async () => {
        const { window, page, user } = await start()
        const original = sample('02-key-unconfirmed.xml')
        await drop(page, [original])
        await user.verdictIs('VALID_KEY_UNCONFIRMED')
        const { bytes } = await window.saved(() => user.save('pdf'))
        const { complaints, text, attached } = lookAt(bytes)
        expect(complaints).toBe('')
        for (const words of ['259,612', '267,904', '8,292 kWh', 'MM-4702', 'Prüfbericht']) {
          expect(text).toContain(words)
        }
        expect(Buffer.from(attached[original.name] ?? []).toString()).toBe(original.content)
        const result: unknown = JSON.parse(Buffer.from(attached['result.json'] ?? []).toString())
        expect(result).toMatchObject({ schema: 'eichlicht-result/1', sessions: [{}] })
      },
    )

    test('is saved as JSON and CSV', async () => {
      const { window, page, user } = await start()
      await drop(page, [valid(1), tampered])
      await user.rows().first().waitFor()
      const json = await window.saved(() => user.save('json'))
      const document = JSON.parse(Buffer.from(json.bytes).toString()) as {
        sessions: { state: string; energy_kWh: string }[]
      }
      expect(document.sessions.map(({ state, energy_kWh }) => [state, energy_kWh])).toEqual([
        ['VALID_KEY_UNCONFIRMED', '10.50'],
        ['SIGNATURE_INVALID', '14.50'],
      ])
      const csv = await window.saved(() => user.save('csv'))
      expect(Buffer.from(csv.bytes).toString()).toContain('"SIGNATURE_INVALID"')
    })

    test('of a thousand sessions lets the window do other things, and can be cancelled', async () => {
      const { window, page, user } = await start()
      await drop(page, thousandSessions())
      await user.rows().first().waitFor()
      const saving = page.locator('[data-saving]')
      await user.save('pdf')
      await saving.locator('progress').waitFor()
      await user.go('keys')
      await page.getByText(user.words('keys.none')).waitFor()
      expect(await saving.count()).toBe(1)
      await saving.getByRole('button', { name: user.words('action.cancel') }).click()
      await user.hears('toast.cancelled')
      expect(await saving.count()).toBe(0)
      await user.go('check')
      const { bytes } = await window.saved(() => user.save('pdf'))
      expect((await PDFDocument.load(bytes)).getPageCount()).toBeGreaterThan(50)
    })

    test('is saved in the language that is shown', async () => {
      const { window, page, user } = await start({ locale: 'en-GB' })
      await drop(page, [valid()])
      await user.verdictIs('VALID_KEY_UNCONFIRMED')
      const { name, bytes } = await window.saved(() => user.save('pdf'))
      expect(name).toMatch(/^Eichlicht-report-/)
      expect(languageOf(await PDFDocument.load(bytes))).toBe('en')
    })
  })

  test('the language changes at once, also that of a result, and stays', async () => {
    const store = folder()
    const { page, user } = await start({ store })
    await drop(page, [valid()])
    await page.getByText('10,50').first().waitFor()
    await user.go('settings')
    await page.getByLabel('English').check()
    user.language = 'en'
    await user.button('view.check').waitFor()
    await expect.poll(() => page.evaluate(() => document.documentElement.lang)).toBe('en')
    await user.go('check')
    await page.getByText('10.50').first().waitFor()
    await windows.pop()?.close()
    const again = await start({ store })
    again.user.language = 'en'
    await again.user.button('drop.files').waitFor()
  })

  test('everything can be done with the keyboard', async () => {
    const { page, user } = await start()
    const press = (...keys: string[]) =>
      keys.reduce(async (before, key) => {
        await before
        await page.keyboard.press(key)
      }, Promise.resolve())
    const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim() ?? '')
    /** Goes on with Tab until the focus is on this. */
    const tabTo = async (words: string) => {
      for (let presses = 0; presses < 60; presses++) {
        await page.keyboard.press('Tab')
        if ((await focused()) === words) return
      }
      throw new Error(`Tab never reaches "${words}"`)
    }
    await tabTo(user.words('drop.paste'))
    await press('Enter')
    await page.getByRole('dialog').waitFor()
    const [begin, end] = twoRecords()
    const own = ocmf(
      payload([readingOf('B', 0, '1.0'), readingOf('E', 1, '1.5')], { MS: 'M-2', GS: 'G-2' }),
    )
    await page.keyboard.insertText([begin, end, own].join('\n'))
    await tabTo(user.words('action.check'))
    await press('Enter')
    await user.rows().first().waitFor()
    expect(await user.rows().count()).toBe(2)
    // Into the list, down one row, and open it.
    for (let presses = 0; presses < 60; presses++) {
      if ((await page.evaluate(() => document.activeElement?.getAttribute('role'))) === 'grid')
        break
      await press('Tab')
    }
    await press('ArrowDown', 'Enter')
    expect(await user.verdict()).toBe('NOT_CHECKED')
    await tabTo(user.words('tab.result'))
    await press('ArrowRight')
    expect(await focused()).toBe(user.words('tab.data'))
    await press('ArrowRight')
    expect(await focused()).toBe(user.words('tab.proof'))
    await press('Control+2')
    await page.getByRole('heading', { level: 1, name: user.words('view.keys') }).waitFor()
    await press('F6')
    const region = await page.evaluate(
      () => document.activeElement?.closest('[data-region]')?.getAttribute('data-region') ?? null,
    )
    expect(region).not.toBeNull()
  })

  describe('long work', () => {
    test('is cancelled, and leaves nothing behind', async () => {
      const { page, user } = await start()
      await drop(page, longWork())
      await user.press('action.cancel')
      await user.hears('toast.cancelled')
      await user.button('drop.files').waitFor()
      await user.go('runs')
      await page.getByText(user.words('runs.none')).waitFor()
      await user.go('check')
      await drop(page, [valid()])
      expect(await user.verdict()).toBe('VALID_KEY_UNCONFIRMED')
    })

    test('goes on when the page is loaded anew, and its result is found', async () => {
      const { page, user } = await start()
      await drop(page, longWork(12))
      // Files that are still on their way have to be given again.
      await page.getByRole('progressbar', { name: user.words('progress.checking') }).waitFor()
      await page.reload()
      await user.button('drop.files').waitFor()
      await expect
        .poll(
          async () => {
            await user.go('check')
            await user.go('runs')
            await page.waitForTimeout(200)
            return page.getByText('long-0.xml + 11').count()
          },
          { timeout: 80_000 },
        )
        .toBe(1)
      await page.getByText('long-0.xml + 11').click()
      await user.rows().first().waitFor()
      expect(await page.getByRole('grid').getAttribute('aria-rowcount')).toBe('2401')
    }, 120_000)
  })

  test.runIf(host === 'browser')(
    'a page that is closed during a check is opened again',
    async () => {
      const { page } = await start()
      await drop(page, longWork())
      await page.getByRole('progressbar').waitFor()
      const again = await page.context().newPage()
      await again.goto(new URL('/', page.url()).href)
      await page.close()
      const user = new User(again)
      await drop(again, [valid()])
      expect(await user.verdict()).toBe('VALID_KEY_UNCONFIRMED')
    },
  )

  test('a file that vanishes before it is read gets its row', async () => {
    const own = folder()
    const there = join(own, 'there.xml')
    writeFileSync(there, valid().content)
    const { user, page } = await start({ files: [there, join(own, 'gone.xml')] })
    await user.rows().first().waitFor()
    const states = await user
      .rows()
      .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-state')))
    expect(states).toEqual(['UNREADABLE', 'VALID_KEY_UNCONFIRMED'])
    expect(await page.locator('main').innerText()).toContain('gone.xml')
  })
})

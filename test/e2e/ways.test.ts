/**
 * Ways in that need more than a file, the same on each host: passwords, photos, the camera.
 */
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { stopChromium } from '../tools/chromium.ts'
import { encryptedPdf } from '../tools/pdf-files.ts'
import { wholeSession, xmlWith } from '../tools/small-inputs.ts'
import { HOSTS, type HostOptions, type HostWindow } from './hosts.ts'
import { temporaryFolders } from './temporary.ts'
import { type Dropped, User, drop } from './user.ts'

const PASSWORD = 'geheim-7193'
const plain = (name: string, number: number): Dropped => ({
  name,
  content: xmlWith([wholeSession({ number })]),
})
const locked: Dropped = {
  name: 'locked.pdf',
  content: encryptedPdf(PASSWORD, xmlWith([wholeSession({ number: 7 })])),
}

const folder = temporaryFolders()
afterAll(stopChromium)

describe.each(HOSTS)('in the $host', ({ open }) => {
  const windows: HostWindow[] = []
  afterEach(async () => {
    const all = windows.splice(0)
    await Promise.all(all.map((window) => window.close()))
  })
  async function start(options: Partial<HostOptions> = {}) {
    const window = await open({ folder: folder(), ...options })
    windows.push(window)
    await window.page.locator('main h1').first().waitFor()
    return { window, page: window.page, user: new User(window.page) }
  }

  describe('a protected file', () => {
    test('asks for its password, and is checked with it', async () => {
      const { page, user } = await start()
      await drop(page, [locked])
      expect(await user.verdict()).toBe('UNREADABLE')
      await user.press('unlock.action')
      const dialog = page.getByRole('dialog')
      const field = dialog.getByLabel(user.words('unlock.password'), { exact: true })
      await field.fill('guess')
      await field.press('Enter')
      await dialog.getByText(user.words('unlock.wrong')).waitFor()
      await field.fill(PASSWORD)
      expect(await dialog.getByText(user.words('unlock.wrong')).count()).toBe(0)
      await field.press('Enter')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      await user.verdictIs('VALID_KEY_UNCONFIRMED')
    })

    test('among others asks in its row, and leaves them as they are', async () => {
      const { page, user } = await start()
      await drop(page, [plain('a.xml', 1), locked, plain('b.xml', 2)])
      const row = page.locator('[role="row"][data-state="UNREADABLE"]')
      await row.getByRole('button', { name: user.words('unlock.action') }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel(user.words('unlock.password'), { exact: true }).fill(PASSWORD)
      await dialog.getByRole('button', { name: user.words('unlock.open') }).click()
      await row.waitFor({ state: 'detached' })
      expect(await page.locator('[role="row"][data-state="VALID_KEY_UNCONFIRMED"]').count()).toBe(3)
    })
  })

  describe('the list', () => {
    test('leads from each of two equal files to their session, and takes up where it was', async () => {
      const { page, user } = await start()
      const copies = [plain('a.xml', 1), plain('b.xml', 1), plain('c.xml', 2)]
      await drop(page, copies)
      await user.rows().nth(2).waitFor()
      expect(await user.rows().count()).toBe(3)
      await page.getByRole('searchbox').fill('b.xml')
      await expect.poll(() => user.rows().count()).toBe(1)
      await user.rows().filter({ hasText: 'b.xml' }).click()
      await user.verdictIs('VALID_KEY_UNCONFIRMED')
      await page.keyboard.press('Escape')
      await page.getByRole('grid').waitFor()
      expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('grid')
      expect(await page.getByRole('searchbox').inputValue()).toBe('b.xml')
      // And from the keyboard alone.
      await page.keyboard.press('Enter')
      await user.verdictIs('VALID_KEY_UNCONFIRMED')
    })

    test('comes back by Escape only where nothing above it takes that', async () => {
      const { page, user } = await start()
      await drop(page, [plain('a.xml', 1), plain('c.xml', 2)])
      await user.rows().first().click()
      await user.verdictIs('VALID_KEY_UNCONFIRMED')
      await user.press('save.report')
      await page.getByRole('menu').waitFor()
      await page.keyboard.press('Escape')
      await page.getByRole('menu').waitFor({ state: 'detached' })
      await user.press('action.confirm-key')
      await page.getByRole('dialog').waitFor()
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      expect(await user.verdict()).toBe('VALID_KEY_UNCONFIRMED')
      await page.keyboard.press('Escape')
      await page.getByRole('grid').waitFor()
    })
  })
})

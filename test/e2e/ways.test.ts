/**
 * Ways in that need more than a file, the same on each host: passwords, photos, the camera.
 */
import type { Page } from 'playwright-core'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { film } from '../tools/camera-film.ts'
import { stopChromium } from '../tools/chromium.ts'
import { encryptedPdf } from '../tools/pdf-files.ts'
import { beside, pixels, png, qrCode } from '../tools/pictures.ts'
import { keyHex, throwAwayKey } from '../tools/sign.ts'
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

  describe('a picture', () => {
    test('of the station confirms its key, pasted or chosen; any other does not', async () => {
      const { page, user } = await start()
      await drop(page, [plain('a.xml', 1)])
      await user.verdictIs('VALID_KEY_UNCONFIRMED')
      await user.press('action.confirm-key')
      const dialog = page.getByRole('dialog')
      await dialog.locator('input[value="scanned"]').check()
      const confirm = dialog.locator('[data-action="confirm"]')
      await dialog.getByLabel(user.words('confirm.by')).fill('A. Driver')
      const receipt = await code(wholeSession({ number: 1 }))
      const file = (buffer: Buffer) => ({ name: 'photo.png', mimeType: 'image/png', buffer })
      await dialog.locator('[data-input="key-file"]').setInputFiles(file(receipt))
      await dialog.getByText(user.words('photo.receipt')).waitFor()
      const other = await code(keyHex(throwAwayKey('secp256r1', 'other')))
      await dialog.locator('[data-input="key-file"]').setInputFiles(file(other))
      await dialog.locator('[data-scanned="other"]').waitFor()
      expect(await dialog.locator('mark').count()).toBeGreaterThan(0)
      expect(await confirm.isDisabled()).toBe(true)
      await paste(page, await code(keyHex(throwAwayKey())))
      await dialog.locator('[data-scanned="same"]').waitFor()
      expect(await dialog.locator('mark').count()).toBe(0)
      await confirm.click()
      await user.verdictIs('VERIFIED')
    })
  })

  describe('the camera', () => {
    test('reads a key, then a record, and is shut again', async () => {
      const camera = join(folder(), 'camera.y4m')
      const texts = [keyHex(throwAwayKey()), wholeSession({ number: 1 })]
      const codes = await Promise.all(texts.map(async (text) => pixels(await qrCode(text), 4)))
      writeFileSync(camera, film([beside(codes)]))
      const { page, user, window } = await start({ camera })
      await user.go('keys')
      await page.locator('[data-action="add-key"]').click()
      await page.locator('dialog [data-action="camera"]').click()
      await page.locator('dialog [data-readout="key"]').waitFor()
      expect(await page.locator('video').count()).toBe(0)
      await page
        .locator('dialog')
        .getByRole('button', { name: user.words('keys.add') })
        .click()
      await page.locator('dialog').waitFor({ state: 'detached' })
      await page.locator('tr[data-key]').waitFor()
      // Nobody may look through it but in its dialog; a browser has its user to say so.
      expect(await look(page)).toBe(window.host === 'desktop' ? 'NotAllowedError' : 'seen')
      await user.go('check')
      await page.locator('[data-action="camera"]').click()
      await user.verdictIs('VALID_KEY_UNCONFIRMED')
      expect(window.takeProblems()).toEqual([])
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

/** A photo of a code. */
async function code(content: string): Promise<Buffer> {
  return Buffer.from(png(pixels(await qrCode(content), 4)))
}

function paste(page: Page, picture: Buffer): Promise<void> {
  return page.evaluate((base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
    const clipboardData = new DataTransfer()
    clipboardData.items.add(new File([bytes], 'image.png', { type: 'image/png' }))
    const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true })
    document.querySelector('dialog')?.dispatchEvent(event)
  }, picture.toString('base64'))
}

/** Asks for the camera where no dialog does. @returns what came of it */
function look(page: Page): Promise<string> {
  return page.evaluate(() =>
    navigator.mediaDevices.getUserMedia({ video: true }).then(
      () => 'seen',
      (error: unknown) => (error as DOMException).name,
    ),
  )
}

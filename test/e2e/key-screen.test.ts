/** Keys, stations, register, issuers: what an office does with them, the same on each host. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { stopChromium } from '../tools/chromium.ts'
import { writeRegisterCsv } from '../tools/make-register.ts'
import { png } from '../tools/pictures.ts'
import { keyHex, throwAwayKey } from '../tools/sign.ts'
import { wholeSession, xmlWith } from '../tools/small-inputs.ts'
import { HOSTS, type HostOptions, type HostWindow } from './hosts.ts'
import { temporaryFolders } from './temporary.ts'
import { type Dropped, User, drop } from './user.ts'

const KEY = throwAwayKey()

const valid = (number = 1): Dropped => ({
  name: `valid-${number}.xml`,
  content: xmlWith([wholeSession({ number })]),
})

const LABEL = Buffer.from(
  png({ width: 400, height: 300, grey: new Uint8Array(400 * 300).fill(200) }),
)

const folder = temporaryFolders()
afterAll(stopChromium)

/** An edition with one station, or more, as a file. */
function edition(date: string, rows: readonly string[]): string {
  const path = join(folder(), `Ladesaeulenregister_${date}.csv`)
  const header =
    'Ladeeinrichtungs-ID;Betreiber;Straße;Postleitzahl;Ort;Breitengrad;Längengrad;EVSE-ID1;Public Key1'
  const above = `Ladesäulenregister der Bundesnetzagentur\r\nStand: ${date.split('-').toReversed().join('.')}`
  writeFileSync(path, [above, header, ...rows, ''].join('\r\n'))
  return path
}
const HEROLDSTATT = '4711;Albwerk GmbH;Am Berg;72535;Heroldstatt;48,445;9,66;DE*ABC*E1*1'
const station = (key = keyHex(KEY)) => `${HEROLDSTATT};${key}`

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
  type Started = Awaited<ReturnType<typeof start>>
  async function importEdition({ window, user }: Started, path: string, date: string) {
    await user.go('keys')
    await user.tab('keys.tab.register')
    await window.choose([path], () => user.press('register.ui.import'))
    await user.hears('register.imported', { edition: date })
  }

  describe('a station', () => {
    test('is found as one types, on the map and in words, with keys and history', async () => {
      const started = await start()
      const { page, user } = started
      const old = edition('2026-08-01', [station(keyHex(throwAwayKey('secp256r1', 'before')))])
      await importEdition(started, old, '01.08.2026')
      await importEdition(started, edition('2026-09-01', [station()]), '01.09.2026')
      for (const words of ['Herold', '72535', 'albwerk berg', 'DE*ABC*E1', 'deabce1', '4711']) {
        await page.getByRole('searchbox').fill(words)
        await user.tab('keys.tab.stations')
        await page.locator('li[data-station="4711"]').waitFor()
        await page.getByRole('searchbox').fill('')
      }
      await page.getByRole('searchbox').fill('heroldstatt')
      const mark = page.getByRole('button', {
        name: 'Albwerk GmbH, Am Berg, 72535 Heroldstatt',
      })
      await mark.focus()
      await page.keyboard.press('Enter')
      const found = page.locator('[data-station-page="4711"]')
      await found.waitFor()
      const focused = () => page.evaluate(() => document.activeElement?.id ?? '')
      await expect.poll(focused).toBe('station')
      await found.getByText(user.words('stations.changed')).waitFor()
      expect(await found.innerText()).toContain('DE*ABC*E1*1')
      await user.press('stations.back')
      await page.locator('li[data-station="4711"]').waitFor()
    })

    test('of a result is shown on the map', async () => {
      const started = await start()
      const { page, user } = started
      await importEdition(started, edition('2026-09-01', [station()]), '01.09.2026')
      await user.go('check')
      await drop(page, [valid()])
      await user.verdictIs('VERIFIED')
      await page.getByText(user.words('map.show')).click()
      const mark = page.getByRole('button', { name: /Albwerk GmbH.*Heroldstatt/ })
      await expect.poll(() => mark.getAttribute('aria-pressed')).toBe('true')
    })

    test('among many is reached with the keyboard, mark by mark', async () => {
      const started = await start()
      const { page, user } = started
      const path = join(folder(), 'Ladesaeulenregister_2026-09-01.csv')
      writeRegisterCsv(path, { rows: 600, date: '2026-09-01' })
      await importEdition(started, path, '01.09.2026')
      await page.getByRole('searchbox').fill('stadtwerke')
      await user.tab('keys.tab.stations')
      const marks = page.locator('[data-mark]')
      await expect.poll(() => marks.count()).toBeGreaterThan(3)
      expect(await page.locator('[data-mark][tabindex="0"]').count()).toBe(1)
      await page.locator('[data-mark][tabindex="0"]').focus()
      const name = () => page.evaluate(() => document.activeElement?.textContent ?? '')
      const first = await name()
      await page.keyboard.press('ArrowDown')
      await expect.poll(name).not.toBe(first)
      // A mark of many comes nearer, until it is one station.
      const station = page.locator('[data-station-page]')
      const chosen = async () =>
        (await page.locator('[data-mark][aria-pressed="true"]').count()) > 0 ||
        (await station.count()) > 0
      const drawn = () => marks.evaluateAll((all) => all.map((mark) => mark.outerHTML).join())
      for (let presses = 0; presses < 30 && !(await chosen()); presses++) {
        const focused = () => page.evaluate(() => document.activeElement?.matches('[data-mark]'))
        // A station that is opened takes a moment to come.
        await expect.poll(async () => (await chosen()) || (await focused())).toBe(true)
        if (await chosen()) break
        const before = await drawn()
        await page.keyboard.press('Enter')
        await expect.poll(async () => (await chosen()) || (await drawn()) !== before).toBe(true)
      }
      await station.waitFor()
    })
  })

  describe('a list of keys', () => {
    test('is signed in one office, and counts in another as its issuer is trusted', async () => {
      const office = await start()
      await office.user.go('keys')
      await addKey(office, keyHex(KEY), 'METER-1')
      await office.user.tab('keys.tab.issuers')
      const pem = await office.window.saved(() => office.user.press('issuers.new'))
      const shown = office.page.locator('[data-public-key]')
      const publicKey = (await shown.getAttribute('data-public-key')) ?? ''
      await office.user.press('keys.export')
      await office.page.locator('[data-item="sign"]').click()
      await office.page.locator('dialog [name="issuer"]').fill('Eichamt')
      await office.page.locator('dialog textarea').fill(Buffer.from(pem.bytes).toString())
      const list = await office.window.saved(() => office.user.press('keys.sign.do'))

      const field = await start()
      await field.user.go('keys')
      await field.user.tab('keys.tab.issuers')
      await field.page.locator('[name="issuer-name"]').fill('Eichamt Stuttgart')
      await field.page.locator('[name="issuer-key"]').fill(publicKey)
      await field.page.locator('form select').selectOption('K3')
      await field.page.locator('[data-action="add-issuer"]').click()
      await field.page.locator('[data-issuer]').waitFor()
      const path = join(folder(), list.name)
      writeFileSync(path, list.bytes)
      await field.page.locator('[data-input="keys"]').setInputFiles(path)
      await field.page.locator('[data-action="import"]').click()
      await field.page.locator('dialog [data-signature="valid"]').waitFor()
      await field.page.keyboard.press('Escape')
      await field.user.go('check')
      await drop(field.page, [valid()])
      await field.user.verdictIs('VERIFIED')
      expect(field.window.takeProblems()).toEqual([])
    })
  })

  describe('keys', () => {
    test('are filtered, calibrated, merged and parted again', async () => {
      const { page, user } = await start()
      await user.go('keys')
      for (const [meter, operator] of [
        ['METER-1', ''],
        ['', 'Albwerk'],
      ] as const) {
        await addKey({ page, user }, keyHex(KEY), meter, operator)
      }
      await addKey({ page, user }, keyHex(throwAwayKey('secp256k1', 'other')), 'M-9', 'Stadtwerke')
      const rows = page.locator('tr[data-key]')
      await expect.poll(() => rows.count()).toBe(3)
      const operators = page.getByRole('combobox', { name: user.words('keys.filter.operator') })
      await operators.selectOption('Albwerk')
      await expect.poll(() => rows.count()).toBe(1)
      await rows.getByRole('button').click()
      await page.locator('[data-action="edit"]').click()
      await page.locator('[name="calibrated"]').fill('2030')
      await user.press('action.save')
      await page.locator('aside').getByText('2030').first().waitFor()
      await user.press('keys.filter.none')
      const photo = { name: 'label.png', mimeType: 'image/png', buffer: LABEL }
      await page.locator('[data-input="photo"]').setInputFiles(photo)
      const shown = page.locator('aside img')
      const wide = () => shown.evaluate((image: HTMLImageElement) => image.naturalWidth)
      await expect.poll(wide).toBe(400)
      await page.locator('[data-action="merge"]').click()
      await expect.poll(() => rows.count()).toBe(2)
      await page.getByRole('button', { name: 'METER-1', exact: true }).click()
      await user.press('keys.split')
      await expect.poll(() => rows.count()).toBe(3)
    })
  })
})

async function addKey(
  { page, user }: { page: Page; user: User },
  key: string,
  meter: string,
  operator = '',
): Promise<void> {
  await page.locator('[data-action="add-key"]').click()
  await page.locator('dialog textarea').fill(key)
  await page.locator('dialog').getByLabel(user.words('keys.meter')).fill(meter)
  await page.locator('dialog').getByLabel(user.words('keys.operator')).fill(operator)
  await page
    .locator('dialog')
    .getByRole('button', { name: user.words('keys.add') })
    .click()
  await page.locator('dialog').waitFor({ state: 'detached' })
}

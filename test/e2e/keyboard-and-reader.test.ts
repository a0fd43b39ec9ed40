/**
 * The window by keyboard and for screen readers. Source: requirements D.5.
 */
import type { Page } from 'playwright-core'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { text } from '../../src/shared/i18n/index.ts'
import { headline } from '../../src/shared/i18n/verdict.ts'
import { stopChromium } from '../tools/chromium.ts'
import { SCENES, manyResults } from '../tools/scenes.ts'
import { Stage } from '../tools/stage.ts'

let stage: Stage | null = null
afterEach(async () => {
  await stage?.close()
  stage = null
})
afterAll(stopChromium)

/** Brings a scene about. */
async function scene(name: string, language: 'de' | 'en' = 'de'): Promise<Stage> {
  const found = SCENES.find((candidate) => candidate.name === name)
  if (found === undefined) throw new Error(`no scene ${name}`)
  stage = await Stage.open({ language }, found.before)
  await found.play(stage)
  return stage
}

const focusedId = (page: Page) => page.evaluate(() => document.activeElement?.id ?? '')
const said = (page: Page) =>
  page
    .locator('[role="status"], [role="alert"], [aria-live]')
    .evaluateAll((regions) =>
      regions.map((region) => region.textContent?.trim() ?? '').filter((words) => words !== ''),
    )

describe('after a check', () => {
  test('the focus is on the verdict', async () => {
    const { page } = await scene('result-unconfirmed')
    await expect.poll(() => focusedId(page)).toBe('verdict')
  })

  test('one polite message says headline, energy and number of findings', async () => {
    const { page } = await scene('result-unconfirmed')
    await expect.poll(() => said(page)).toHaveLength(1)
    const [message = ''] = await said(page)
    expect(message).toContain(headline('de', 'VALID_KEY_UNCONFIRMED'))
    expect(message).toContain('8,292')
    expect(message).toMatch(/\d+ Befunde/)
    const region = page.getByText(message, { exact: true })
    expect(await region.getAttribute('role')).toBe('status')
  })

  test('of several files the focus is on the heading of the list', async () => {
    const { page } = await scene('list')
    const focused = page.locator('h1:focus')
    await expect.poll(() => focused.textContent()).toContain('14')
  })

  test('an error is said once, as an alert', async () => {
    const { page } = await scene('error')
    const alerts = page.locator('[role="alert"]')
    expect(await alerts.allTextContents()).toEqual([
      expect.stringContaining(text('de', 'error.not-saved')),
    ])
  })
})

describe('keys that work everywhere', () => {
  const region = (page: Page) =>
    page.evaluate(
      () => document.activeElement?.closest('[data-region]')?.getAttribute('data-region') ?? null,
    )

  test('F6 goes round the regions, with Shift the other way', async () => {
    const { page } = await scene('result-unconfirmed')
    const round: (string | null)[] = []
    for (let presses = 0; presses < 3; presses++) {
      await page.keyboard.press('F6')
      round.push(await region(page))
    }
    expect(new Set(round)).toEqual(new Set(['main', 'rail', 'status']))
    await page.keyboard.press('F6')
    expect(await region(page)).toBe(round[0])
    await page.keyboard.press('Shift+F6')
    expect(await region(page)).toBe(round[2])
  })

  test('Escape closes a menu and gives the focus back', async () => {
    const { page } = await scene('result-save-menu')
    await page.keyboard.press('ArrowDown')
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-item'))).toBe(
      'json',
    )
    await page.keyboard.press('Escape')
    expect(await page.locator('[role="menu"]').count()).toBe(0)
    expect(await page.evaluate(() => document.activeElement?.ariaHasPopup)).toBe('menu')
  })

  test('Escape closes an empty dialog at once, and asks before it drops what was entered', async () => {
    const { page } = await scene('keys-add')
    await page.keyboard.press('Escape')
    await page.locator('dialog').waitFor({ state: 'detached' })
    await page.click('[data-action="add-key"]')
    await page.fill('dialog textarea', '04 3A')
    await page.keyboard.press('Escape')
    await page.getByText(text('de', 'dialog.discard')).waitFor()
    // Once more: nothing is lost.
    await page.keyboard.press('Escape')
    expect(await page.inputValue('dialog textarea')).toBe('04 3A')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: text('de', 'action.discard') }).click()
    await page.locator('dialog').waitFor({ state: 'detached' })
  })

  test.each(['start', 'result-explained', 'result-proof', 'list', 'keys-open', 'settings', 'help'])(
    'Tab shows where it is, everywhere on %s',
    async (name) => {
      const { page } = await scene(name)
      const hidden: string[] = []
      for (let presses = 0; presses < 70; presses++) {
        await page.keyboard.press('Tab')
        const look = await page.evaluate(() => {
          const element = document.activeElement
          if (element === null || element === document.body) return null
          const { outlineStyle, outlineWidth } = getComputedStyle(element)
          const { width, height } = element.getBoundingClientRect()
          const label = `${element.tagName} ${element.textContent?.slice(0, 30) ?? ''}`
          return { label, outlineStyle, outline: Number.parseFloat(outlineWidth), width, height }
        })
        if (look === null) break
        const shown = look.outlineStyle !== 'none' && look.outline >= 2
        if (!shown || Math.min(look.width, look.height) === 0) hidden.push(look.label)
      }
      expect(hidden).toEqual([])
    },
  )
})

describe('the list of ten thousand', () => {
  const grid = (page: Page) => page.locator('[role="grid"]')

  test('tells its size, and draws only what is seen', async () => {
    const { page } = await scene('list-many')
    const { rows } = manyResults()
    expect(await grid(page).getAttribute('aria-rowcount')).toBe(String(rows.length + 1))
    expect(await page.locator('[role="row"]').count()).toBeLessThan(60)
  })

  test('is walked by keyboard to its last row, and opened', async () => {
    const { page } = await scene('list-many')
    await grid(page).focus()
    await page.keyboard.press('End')
    const active = () =>
      page.evaluate(() => {
        const id = document.querySelector('[role="grid"]')?.getAttribute('aria-activedescendant')
        return document.getElementById(id ?? '')?.getAttribute('aria-rowindex') ?? null
      })
    await expect.poll(active).toBe('10001')
    await page.keyboard.press('ArrowUp')
    await expect.poll(active).toBe('10000')
    await page.keyboard.press('Home')
    await expect.poll(active).toBe('2')
    await page.keyboard.press('PageDown')
    await expect.poll(async () => Number(await active())).toBeGreaterThan(5)
  })

  test('says by which column it is sorted', async () => {
    const { page } = await scene('list-many')
    const sorts = () =>
      page.locator('[role="columnheader"]').evaluateAll((all) => all.map((one) => one.ariaSort))
    expect(await sorts()).toEqual(['ascending', 'none', 'none', 'none', 'none', 'none', 'none'])
    const energy = page.locator('[role="columnheader"] button').nth(3)
    await energy.click()
    await energy.click()
    expect(await sorts()).toEqual(['none', 'none', 'none', 'descending', 'none', 'none', 'none'])
  })
})

describe('the proof', () => {
  test('is walked by arrow keys, with the field marked in both views', async () => {
    const { page } = await scene('result-proof')
    await page.locator('main pre').first().focus()
    await page.keyboard.press('ArrowRight')
    const marked = () =>
      page
        .locator('main pre')
        .evaluateAll((views) =>
          views.map(
            (view) => view.querySelector<HTMLElement>('[data-active="true"]')?.dataset['field'],
          ),
        )
    expect(await marked()).toEqual(['FV', 'FV'])
    await page.keyboard.press('ArrowDown')
    expect(await marked()).toEqual(['GI', 'GI'])
    await page.keyboard.press('End')
    // Also when another field scrolls under the pointer by it.
    expect(await marked()).toEqual(['RD[1].ST', 'RD[1].ST'])
    await page.locator('main pre [data-field="GI"]').first().hover()
    expect(await marked()).toEqual(['GI', 'GI'])
  })
})

describe('the comparison of keys', () => {
  test('marks differing groups by words as well, and steps from one to the next', async () => {
    const { page } = await scene('confirm-typed-differ')
    const marks = await page.locator('dialog mark').allTextContents()
    expect(marks).toHaveLength(4)
    for (const mark of marks) expect(mark).toContain(text('de', 'confirm.differs'))
    const status = page.locator('dialog [role="status"]')
    const first = await status.textContent()
    await page.getByRole('button', { name: /Nächste Abweichung/ }).click()
    expect(await status.textContent()).not.toBe(first)
  })
})

describe('language and motion', () => {
  test.each(['de', 'en'] as const)('the page says that it speaks %s', async (language) => {
    const { page } = await scene('settings', language)
    expect(await page.evaluate(() => document.documentElement.lang)).toBe(language)
    expect(await page.locator('span[lang="en"]').textContent()).toBe('English')
  })

  test('nothing moves where less motion is asked for', async () => {
    const { page } = await scene('busy')
    const longest = await page.evaluate(() =>
      Math.max(
        ...Array.from(document.querySelectorAll('*'), (element) => {
          const { animationDuration, transitionDuration } = getComputedStyle(element)
          return Math.max(
            Number.parseFloat(animationDuration),
            Number.parseFloat(transitionDuration),
          )
        }),
      ),
    )
    expect(longest).toBeLessThan(0.001)
  })

  test('text with more space between its letters is not cut off', async () => {
    const { page } = await scene('result-unconfirmed')
    const cut = await page.evaluate(() => {
      const sheet = new CSSStyleSheet()
      // WCAG 1.4.12.
      sheet.replaceSync(
        '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }',
      )
      document.adoptedStyleSheets = [sheet]
      return Array.from(document.querySelectorAll('main button, main h1, main h2, main p, main td'))
        .filter((element) => !element.matches('.unseen') && element.closest('.unseen') === null)
        .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth + 1 && clientWidth > 0)
        .map(({ textContent }) => textContent)
    })
    expect(cut).toEqual([])
  })
})

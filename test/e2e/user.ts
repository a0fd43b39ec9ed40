/**
 * What a user does with the window and sees in it, the same on each host.
 *
 * @module
 */
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import type { Language, UiKey } from '../../src/shared/i18n/index.ts'
import { text } from '../../src/shared/i18n/index.ts'
import { endsOf } from '../../src/shared/printed-key.ts'

export interface Dropped {
  name: string
  content: string | Uint8Array
}

const SAMPLES = join(import.meta.dirname, '../../assets/samples')

export function samplePath(name: string): string {
  return join(SAMPLES, name)
}

export function sample(name: string): { name: string; content: string } {
  return { name: basename(name), content: readFileSync(samplePath(name), 'utf8') }
}

/** Lets files fall on the middle of the window. */
export async function drop(page: Page, files: readonly Dropped[]): Promise<void> {
  await page.evaluate(
    (given) => {
      const dataTransfer = new DataTransfer()
      for (const { name, base64 } of given) {
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
        dataTransfer.items.add(new File([bytes], name))
      }
      for (const type of ['dragenter', 'dragover', 'drop']) {
        const event = new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true })
        document.querySelector('main')?.dispatchEvent(event)
      }
    },
    files.map(({ name, content }) => ({ name, base64: Buffer.from(content).toString('base64') })),
  )
}

export class User {
  readonly page: Page
  language: Language

  constructor(page: Page, language: Language = 'de') {
    this.page = page
    this.language = language
  }

  words(key: UiKey, params: Record<string, string> = {}): string {
    return text(this.language, key, params)
  }

  button(key: UiKey): Locator {
    return this.page.getByRole('button', { name: this.words(key), exact: true })
  }

  press(key: UiKey): Promise<void> {
    return this.button(key).first().click()
  }

  go(view: 'check' | 'keys' | 'runs' | 'reports' | 'help' | 'settings'): Promise<void> {
    return this.page
      .getByRole('navigation')
      .getByRole('button', { name: this.words(`view.${view}`), exact: true })
      .click()
  }

  /** Opens a tab; behind its name may stand a number. */
  tab(key: UiKey): Promise<void> {
    return this.page.getByRole('tab', { name: this.words(key) }).click()
  }

  /** Waits for the verdict. @returns its state */
  async verdict(): Promise<string | null> {
    const banner = this.page.locator('section[data-state]')
    await banner.waitFor()
    return banner.getAttribute('data-state')
  }

  /** Waits until the verdict is this one: a check again shows the old one first. */
  verdictIs(state: string): Promise<void> {
    return this.page.locator(`section[data-state="${state}"]`).waitFor()
  }

  rows(): Locator {
    return this.page.locator('[role="row"][data-state]')
  }

  /** Opens the comparison of the key and fills it in, up to the last button. */
  async fillConfirmation(spki: string): Promise<void> {
    await this.press('action.confirm-key')
    const dialog = this.page.getByRole('dialog')
    const { first, last } = endsOf(spki)
    await dialog.getByLabel(this.words('confirm.first', { count: '8' })).fill(first)
    await dialog.getByLabel(this.words('confirm.last', { count: '8' })).fill(last)
    await dialog.getByLabel(this.words('confirm.by')).fill('A. Driver')
  }

  async confirmKey(spki: string): Promise<void> {
    await this.fillConfirmation(spki)
    await this.page
      .getByRole('dialog')
      .getByRole('button', { name: this.words('action.confirm-key') })
      .click()
  }

  /** The first message whose words are these. */
  async hears(key: UiKey, params: Record<string, string> = {}): Promise<void> {
    await this.page.getByText(this.words(key, params)).first().waitFor()
  }

  async save(kind: 'pdf' | 'json' | 'csv'): Promise<void> {
    await this.press('save.report')
    await this.page.getByRole('menuitem', { name: this.words(`save.${kind}`) }).click()
  }
}

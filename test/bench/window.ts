/**
 * The window as its user waits for it, on both hosts: from the start of the program until files
 * can be dropped, and from a drop to the verdict. The browser itself runs already.
 *
 * @module
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { HOSTS } from '../e2e/hosts.ts'
import { sample } from '../e2e/user.ts'
import { startChromium, stopChromium } from '../tools/chromium.ts'
import { median } from './measure.ts'

export interface WindowTimes {
  host: string
  /** Seconds, medians. */
  start: number
  firstVerdict: number
  nextVerdict: number
}

const ROUNDS = 5

/** @returns null where there is no Chromium */
export async function windowTimes(): Promise<WindowTimes[] | null> {
  try {
    await startChromium()
  } catch {
    return null
  }
  const all: WindowTimes[] = []
  try {
    for (const { host, open } of HOSTS) {
      const rounds: Omit<WindowTimes, 'host'>[] = []
      // The first round warms up the browser and the disk.
      for (let round = -1; round < ROUNDS; round++) {
        const times = await once(open)
        if (round >= 0) rounds.push(times)
      }
      all.push({
        host,
        start: median(rounds.map(({ start }) => start)),
        firstVerdict: median(rounds.map(({ firstVerdict }) => firstVerdict)),
        nextVerdict: median(rounds.map(({ nextVerdict }) => nextVerdict)),
      })
    }
  } finally {
    await stopChromium()
  }
  return all
}

async function once(open: (typeof HOSTS)[number]['open']): Promise<Omit<WindowTimes, 'host'>> {
  const folder = mkdtempSync(join(tmpdir(), 'eichlicht-bench-'))
  try {
    const since = performance.now()
    const window = await open({ folder })
    await window.page.locator('main button').first().waitFor()
    const start = (performance.now() - since) / 1000
    // Nobody drops a file within the half second in which the program checks itself.
    await window.page.locator('footer .ok, footer .bad').waitFor()
    const firstVerdict = await dropToVerdict(window.page, sample('02-key-unconfirmed.xml'))
    const nextVerdict = await dropToVerdict(window.page, sample('03-tampered.xml'))
    await window.close()
    return { start, firstVerdict, nextVerdict }
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** Measured by the page's own clock, up to the frame that shows the verdict. */
function dropToVerdict(page: Page, file: ReturnType<typeof sample>): Promise<number> {
  return page.evaluate(async ({ name, content }) => {
    const before = document.querySelector('section[data-state]')?.getAttribute('data-state')
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(new File([content], name))
    const event = new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true })
    const since = performance.now()
    document.querySelector('main')?.dispatchEvent(event)
    for (;;) {
      await new Promise((resolve) => requestAnimationFrame(resolve))
      const shown = document.querySelector('section[data-state]')?.getAttribute('data-state')
      if (shown != null && shown !== before) return (performance.now() - since) / 1000
    }
  }, file)
}

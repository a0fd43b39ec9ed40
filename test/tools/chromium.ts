/**
 * The browser that shows the window in tests: the system's Chromium, driven by Playwright.
 *
 * @module
 */
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** @throws with a sentence that says what to do where there is none */
export function chromiumPath(): string {
  const named = process.env['EICHLICHT_CHROMIUM']
  if (named !== undefined && named !== '') {
    if (isProgram(named)) return named
    throw new Error(`EICHLICHT_CHROMIUM names no program: ${named}`)
  }
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/bin']
  const found = folders.flatMap((folder) => NAMES.map((name) => join(folder, name))).find(isProgram)
  if (found !== undefined) return found
  throw new Error(
    'Tests of the window need Chromium: install it (Debian: apt-get install chromium) ' +
      'or set EICHLICHT_CHROMIUM to its program file.',
  )
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

const running = new Map<string | null, Promise<Browser>>()

/**
 * One browser for all windows of a test file.
 *
 * @param camera what the camera shows, a video in `.y4m`; null for no camera
 */
export function startChromium(camera: string | null = null): Promise<Browser> {
  const browser =
    running.get(camera) ??
    chromium.launch({
      executablePath: chromiumPath(),
      // Where root runs the tests, as in containers, Chromium's own sandbox cannot start.
      chromiumSandbox: process.getuid?.() !== 0,
      args: [
        '--font-render-hinting=none',
        '--force-color-profile=srgb',
        '--disable-lcd-text',
        ...cameraSwitches(camera),
      ],
      timeout: 60_000,
    })
  running.set(camera, browser)
  return browser
}

/** Also of Electron. */
export function cameraSwitches(camera: string | null): string[] {
  if (camera === null) return []
  return ['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${camera}`]
}

export async function stopChromium(): Promise<void> {
  const all = [...running.values()]
  running.clear()
  for (const browser of all) await (await browser).close()
}

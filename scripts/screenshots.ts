/**
 * Pictures of every screen and state, into `shots/`: `npm run screenshots -- [--only name]
 * [--look name] [--language de]`, each as often as wanted, `*` for any end of a name. Whoever
 * changes the window looks at them. With `--pictures` those of the README, into `docs/pictures/`.
 *
 * They show the built window: `npm run build` comes first.
 */
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { LANGUAGES, type Language } from '../src/shared/i18n/index.ts'
import { stopChromium } from '../test/tools/chromium.ts'
import { SCENES, type Scene } from '../test/tools/scenes.ts'
import { type Look, Stage } from '../test/tools/stage.ts'

const SHOTS = join(import.meta.dirname, '../shots')

interface Named extends Omit<Look, 'language'> {
  name: string
  /** All there is, not only what fits into the window. */
  whole?: boolean
}
const large = { width: 1280, height: 800, forced: false, theme: 'light' } as const
const LOOKS: readonly Named[] = [
  { ...large, name: 'light' },
  { ...large, name: 'dark', theme: 'dark' },
  { ...large, name: 'forced', forced: true },
  { ...large, name: 'forced-dark', forced: true, theme: 'dark' },
  { ...large, name: 'light-800', width: 800, height: 600 },
  { ...large, name: 'dark-800', width: 800, height: 600, theme: 'dark' },
  // 1280 pixels at 400 %.
  { ...large, name: 'reflow', width: 320, height: 800 },
  { ...large, name: 'whole', whole: true },
  { ...large, name: 'whole-dark', whole: true, theme: 'dark' },
  { ...large, name: 'whole-reflow', whole: true, width: 320 },
]

/** For the README: scene, name of the file, theme, height of the window, and part of it. */
const PICTURES = [
  ['bill-differs', 'result', 'light', 940, null],
  ['bill-differs', 'bill', 'light', 1600, 'section[aria-labelledby="invoice"]'],
  ['confirm-typed-differ', 'key', 'light', 880, null],
  ['list', 'list', 'dark', 780, null],
  ['result-proof-field', 'proof', 'light', 940, null],
] as const
const PICTURE_FOLDER = join(import.meta.dirname, '../docs/pictures')
const PICTURE_WIDTH = 1180

const { values } = parseArgs({
  options: {
    pictures: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true },
    look: { type: 'string', multiple: true },
    language: { type: 'string', multiple: true },
  },
})
const matches = (name: string, parts: string[] | undefined) =>
  parts === undefined ||
  parts.some((part) => (part.endsWith('*') ? name.startsWith(part.slice(0, -1)) : name === part))

const looks = LOOKS.filter(({ name }) => matches(name, values.look))
const scenes = SCENES.filter(({ name }) => matches(name, values.only))
let failed = false
if (values.pictures) await takePictures()
else await takeShots()
await stopChromium()
process.exitCode = failed ? 1 : 0

async function takePictures(): Promise<void> {
  mkdirSync(PICTURE_FOLDER, { recursive: true })
  for (const [name, file, theme, height, part] of PICTURES) {
    const scene = SCENES.find((candidate) => candidate.name === name)
    if (scene === undefined) throw new Error(`no scene ${name}`)
    const look = { width: PICTURE_WIDTH, height, theme, forced: false }
    const stage = await Stage.open({ ...look, language: 'en' }, scene.before)
    await scene.play(stage)
    const place = part === null ? stage.page : stage.page.locator(part)
    await place.screenshot({ path: join(PICTURE_FOLDER, `${file}.png`) })
    await stage.close()
  }
}

async function takeShots(): Promise<void> {
  if (values.only === undefined && values.look === undefined) {
    rmSync(SHOTS, { recursive: true, force: true })
  }
  for (const language of LANGUAGES) {
    if (!matches(language, values.language)) continue
    for (const scene of scenes) {
      try {
        await show(scene, language)
      } catch (error) {
        failed = true
        console.error(`${scene.name} ${language}: ${String(error).slice(0, 600)}`)
      }
    }
  }
}

async function show(scene: Scene, language: Language): Promise<void> {
  const stage = await Stage.open({ language }, scene.before)
  stage.page.setDefaultTimeout(8000)
  try {
    await scene.play(stage)
    for (const { name, whole = false, ...look } of looks) {
      await stage.look(look)
      if (whole) await stage.look({ ...look, height: await wholeHeight(stage) })
      const folder = join(SHOTS, `${language}-${name}`)
      mkdirSync(folder, { recursive: true })
      await stage.page.screenshot({ path: join(folder, `${scene.name}.png`) })
    }
  } finally {
    await stage.close()
  }
  for (const problem of stage.problems) console.error(`${scene.name}: ${problem}`)
}

/** Of a window in which nothing has to be scrolled. */
async function wholeHeight({ page }: Stage): Promise<number> {
  const height = await page.evaluate(() => {
    const body = document.querySelector('dialog[open] > div') ?? document.querySelector('main')
    return body === null ? 0 : innerHeight + body.scrollHeight - body.clientHeight
  })
  return Math.min(Math.max(height, 400), 6000)
}

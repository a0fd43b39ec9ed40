/**
 * Pictures of every screen and state, into `shots/`: `npm run screenshots -- [--only name]
 * [--look name] [--language de]`, each as often as wanted, with `*` at the end for a beginning. Whoever changes the window looks at them.
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

const { values } = parseArgs({
  options: {
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
if (values.only === undefined && values.look === undefined) {
  rmSync(SHOTS, { recursive: true, force: true })
}
let failed = false
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
await stopChromium()
process.exitCode = failed ? 1 : 0

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

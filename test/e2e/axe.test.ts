/**
 * Every screen and state of the window against the rules of axe (WCAG 2.2 AA and its best
 * practices), in both themes.
 */
import { AxeBuilder } from '@axe-core/playwright'
import { afterAll, afterEach, expect, test } from 'vitest'
import { stopChromium } from '../tools/chromium.ts'
import { SCENES } from '../tools/scenes.ts'
import { LOOK, Stage } from '../tools/stage.ts'

let stage: Stage | null = null
afterEach(async () => {
  await stage?.close()
  stage = null
})
afterAll(stopChromium)

const LOOKS = [
  LOOK,
  { ...LOOK, theme: 'dark' },
  // 1280 pixels at 400 %.
  { ...LOOK, width: 320 },
] as const

test.each(SCENES)('$name breaks no rule of axe', async ({ play, before }) => {
  stage = await Stage.open({}, before)
  await play(stage)
  for (const look of LOOKS) {
    await stage.look(look)
    expect(await violations(stage), `${look.theme} ${look.width}`).toEqual([])
  }
  expect(stage.problems).toEqual([])
})

/** @returns rule, element and reason of each violation, short enough to be read in a log */
async function violations({ page }: Stage): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page }).analyze()
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} ${failureSummary ?? ''}`),
  )
}

/**
 * Every screen and state of the window: the rules of axe (WCAG 2.2 AA and its best practices) in
 * both themes, reflow at 400 %, and targets that a finger can hit. Source: requirements D.5.
 */
import axe from 'axe-core'
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
  { ...LOOK, rules: null },
  // Only colours are others.
  { ...LOOK, theme: 'dark', rules: ['color-contrast', 'link-in-text-block'] },
  // 1280 pixels at 400 %.
  { ...LOOK, width: 320, rules: null },
] as const

test.each(SCENES)('$name can be read and used by everybody', async ({ play, before }) => {
  stage = await Stage.open({}, before)
  await play(stage)
  const wrong: string[] = []
  for (const { rules, ...look } of LOOKS) {
    await stage.look(look)
    const found = [
      ...(await violations(stage, rules)),
      ...(await wider(stage)),
      ...(await smallTargets(stage)),
    ]
    wrong.push(...found.map((one) => `${look.theme}, ${look.width} pixels wide: ${one}`))
  }
  expect(wrong).toEqual([])
  expect(stage.problems).toEqual([])
})

/** @param rules null for all @returns rule, element and reason of each violation, short enough to be read in a log */
async function violations({ page }: Stage, rules: readonly string[] | null): Promise<string[]> {
  // The driver's own door: the page's policy lets nobody else bring code.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  return page.evaluate(async (wanted) => {
    const { violations: found } = await (window as unknown as { axe: typeof axe }).axe.run({
      resultTypes: ['violations'],
      ...(wanted === null ? {} : { runOnly: { type: 'rule', values: [...wanted] } }),
    })
    return found.flatMap(({ id, nodes }) =>
      nodes.map(
        ({ target, failureSummary }) => `${id}: ${target.join(' ')} ${failureSummary ?? ''}`,
      ),
    )
  }, rules)
}

/** @returns what is wider than its place and cannot be scrolled on purpose (WCAG 1.4.10) */
function wider({ page }: Stage): Promise<string[]> {
  return page.evaluate(() => {
    const places = document.querySelectorAll(
      'body, main, dialog, dialog > *, .card, aside, [role="grid"]',
    )
    return Array.from(places)
      .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth + 1)
      .map((place) => {
        const right = place.getBoundingClientRect().right
        const child = Array.from(place.querySelectorAll('*')).find(
          (element) =>
            element.getBoundingClientRect().right > right + 1 && element.closest('pre') === null,
        )
        return `${place.tagName}.${place.className} by ${child?.tagName ?? ''}.${child?.className ?? ''} ${child?.textContent?.slice(0, 40) ?? ''}`
      })
  })
}

/** @returns what is smaller than 24 × 24 pixels (WCAG 2.5.8) */
function smallTargets({ page }: Stage): Promise<string[]> {
  return page.evaluate(() => {
    const targets = document.querySelectorAll<HTMLElement>(
      'button, a[href], summary, select, textarea, input:not([hidden]), [role="tab"]',
    )
    return Array.from(targets)
      .filter((element) => element.checkVisibility({ visibilityProperty: true }))
      .map((element) => {
        // A label makes its field larger.
        const target = element.closest('label') ?? element
        return { element, box: target.getBoundingClientRect() }
      })
      .filter(
        ({ element, box }) => !element.matches('.skip') && (box.width < 24 || box.height < 24),
      )
      .map(({ element, box }) => {
        const size = `${Math.round(box.width)}×${Math.round(box.height)}`
        return `${element.tagName} "${element.textContent?.slice(0, 30) ?? ''}" ${size}`
      })
  })
}

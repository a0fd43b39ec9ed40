import type { MenuItemConstructorOptions } from 'electron'
import { describe, expect, test } from 'vitest'
import { menuTemplate } from '../../../../src/main/hosts/electron/menu.ts'
import { LANGUAGES } from '../../../../src/shared/i18n/index.ts'

const PLATFORMS = ['win32', 'linux', 'darwin'] as const
type Item = MenuItemConstructorOptions

function menu(language: 'de' | 'en', platform: NodeJS.Platform, done: string[] = []): Item[] {
  return menuTemplate(
    { language, platform },
    {
      open: (folders) => done.push(folders ? 'open folder' : 'open files'),
      about: () => done.push('about'),
      link: (id) => done.push(id),
    },
  )
}

const inside = (item: Item | undefined) => (item?.submenu ?? []) as Item[]
const all = (items: Item[]): Item[] => items.flatMap((item) => [item, ...all(inside(item))])

describe.each(PLATFORMS)('menu on %s', (platform) => {
  test.each(LANGUAGES)('has a word of its own for everything (%s)', (language) => {
    const items = all(menu(language, platform)).filter(({ type }) => type !== 'separator')
    expect(items.map(({ label }) => label?.trim() ?? '')).not.toContain('')
  })

  test('says the same in both languages, in other words', () => {
    const shape = (items: Item[]): unknown =>
      items.map((item) => [item.role, item.accelerator, item.type, shape(inside(item))])
    expect(shape(menu('de', platform))).toEqual(shape(menu('en', platform)))
    const labels = (language: 'de' | 'en') =>
      all(menu(language, platform)).map((item) => item.label)
    expect(labels('de')).not.toEqual(labels('en'))
  })

  test('gives each shortcut and each underlined letter once', () => {
    const accelerators = all(menu('de', platform)).flatMap(({ accelerator }) => accelerator ?? [])
    expect(new Set(accelerators).size).toBe(accelerators.length)
    for (const language of LANGUAGES) {
      const menus = menu(language, platform)
      for (const items of [menus, ...menus.map(inside)]) {
        const letters = items.flatMap(
          ({ label }) => /&(.)/.exec(label ?? '')?.[1]?.toLowerCase() ?? [],
        )
        expect([language, new Set(letters).size, letters]).toEqual([
          language,
          letters.length,
          letters,
        ])
      }
    }
  })

  test('does what it says', () => {
    const done: string[] = []
    const items = all(menu('en', platform, done))
    for (const { click } of items) (click as (() => void) | undefined)?.()
    expect(done.toSorted()).toEqual(['about', 'messeg33', 'messeg39', 'open files', 'open folder'])
  })

  test('has all of editing, and neither reload nor tools', () => {
    const roles = all(menu('en', platform)).flatMap(({ role }) => role ?? [])
    expect(roles).toEqual(
      expect.arrayContaining([
        'undo',
        'redo',
        'cut',
        'copy',
        'paste',
        'delete',
        'selectAll',
        'quit',
      ]),
    )
    for (const role of ['reload', 'forceReload', 'toggleDevTools']) {
      expect(roles).not.toContain(role)
    }
  })
})

test('macOS has its own menu of the program, others have "About" under help', () => {
  const labels = (platform: NodeJS.Platform) => menu('en', platform).map(({ label }) => label)
  expect(labels('darwin')).toEqual(['Eichlicht', 'File', 'Edit', 'View', 'Window', 'Help'])
  expect(labels('linux')).toEqual(['&File', '&Edit', '&View', '&Help'])
  expect(inside(menu('en', 'darwin')[0])[0]?.label).toBe('About Eichlicht')
  expect(inside(menu('en', 'win32').at(-1)).at(-1)?.label).toBe('&About Eichlicht')
})

import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  onScreen,
  readWindowState,
  saveWindowState,
} from '../../../../src/main/hosts/electron/window-state.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'eichlicht-test-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const UNKNOWN = { bounds: null, maximized: false }
const bounds = { x: 10, y: 20, width: 900, height: 700 }

describe('the place of the window', () => {
  test('is kept', () => {
    saveWindowState(folder, { bounds, maximized: true })
    expect(readWindowState(folder)).toEqual({ bounds, maximized: true })
    expect(readdirSync(folder)).toEqual(['window.json'])
  })

  test.each([
    '',
    '{',
    'null',
    '[]',
    '7',
    '{"bounds":{"x":1}}',
    '{"bounds":{"x":1e99,"y":0,"width":1,"height":1}}',
  ])('is unknown where the file says %s', (content) => {
    writeFileSync(join(folder, 'window.json'), content)
    expect(readWindowState(folder)).toEqual(UNKNOWN)
  })

  test('is unknown where there is no file, and its loss disturbs nobody', () => {
    expect(readWindowState(folder)).toEqual(UNKNOWN)
    expect(() => saveWindowState(join(folder, 'gone'), UNKNOWN)).not.toThrow()
  })
})

describe('on a screen', () => {
  const screens = [
    { x: 0, y: 0, width: 1920, height: 1040 },
    { x: 1920, y: 200, width: 1280, height: 800 },
  ]

  test.each([
    ['inside the first', bounds],
    ['on the second', { ...bounds, x: 2000, y: 300 }],
    ['half over an edge', { ...bounds, x: -700 }],
  ])('%s a window stays', (_, wanted) => {
    expect(onScreen(wanted, screens)).toEqual({
      ...wanted,
      height: Math.min(wanted.height, wanted.x > 1900 ? 800 : 1040),
    })
  })

  test.each([
    ['on a screen that is gone', { ...bounds, x: 5000 }],
    ['with its bar above the screen', { ...bounds, y: -30 }],
    ['with its bar below the screen', { ...bounds, y: 1020 }],
    ['with nothing left to grasp', { ...bounds, x: -850 }],
    ['nowhere', null],
  ])('%s a window is put where the system likes', (_, wanted) => {
    expect(onScreen(wanted, screens)).toBeNull()
  })

  test('a window is no larger than the screen and no smaller than it may be', () => {
    expect(onScreen({ x: 0, y: 0, width: 9000, height: 9000 }, screens)).toMatchObject({
      width: 1920,
      height: 1040,
    })
    expect(onScreen({ x: 0, y: 0, width: 150, height: 50 }, screens)).toMatchObject({
      width: 480,
      height: 480,
    })
  })
})

import { describe, expect, test } from 'vitest'
import { windowOptions } from '../../../src/main/hosts/window-options.ts'
import { storeFile } from '../../../src/main/key-store/folder.ts'

const options = (...args: string[]) => windowOptions(args, '/work')

describe('the command line of a program with a window', () => {
  test('names files to open, and nothing else needs to be said', () => {
    expect(options('a.xml', '/b')).toEqual({
      paths: ['/work/a.xml', '/b'],
      store: storeFile(null),
      noOpen: false,
    })
  })

  test('names the folder of the keys, the last one counts', () => {
    expect(options('--store=/one', '--store=two').store).toBe(storeFile('/work/two'))
    expect(options('--store=').store).toBe(storeFile(null))
  })

  test('wants no keys to be kept', () => {
    expect(options('--store=/one', '--no-store').store).toBeNull()
  })

  test('leaves the browser closed', () => {
    expect(options('--no-open').noOpen).toBe(true)
  })

  test('takes everything behind -- for a file', () => {
    expect(options('--', '--no-store', '--store=/one', '--no-open')).toEqual({
      paths: ['/work/--no-store', '/work/--store=/one', '/work/--no-open'],
      store: storeFile(null),
      noOpen: false,
    })
  })

  test('leaves options of the browser engine alone', () => {
    expect(options('--lang=de', '-x').paths).toEqual([])
  })
})

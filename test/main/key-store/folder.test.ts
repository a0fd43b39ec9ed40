import { join, resolve } from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { storeFile, storeFolder } from '../../../src/main/key-store/folder.ts'

afterEach(() => {
  vi.unstubAllEnvs()
})

describe('where the key store is', () => {
  test.each([
    ['win32', { APPDATA: 'roaming' }, join('roaming', 'Eichlicht')],
    ['win32', {}, join('home', 'AppData', 'Roaming', 'Eichlicht')],
    ['darwin', {}, join('home', 'Library', 'Application Support', 'Eichlicht')],
    ['linux', { XDG_DATA_HOME: 'data' }, join('data', 'eichlicht')],
    ['linux', { XDG_DATA_HOME: '' }, join('home', '.local', 'share', 'eichlicht')],
    ['linux', {}, join('home', '.local', 'share', 'eichlicht')],
    ['freebsd', {}, join('home', '.local', 'share', 'eichlicht')],
  ] as const)('on %s with %o: %s', (platform, env, folder) => {
    expect(storeFolder({ platform, env, home: 'home' })).toBe(folder)
  })

  test('the environment may name another folder, on every system', () => {
    const env = { EICHLICHT_STORE: 'mine', APPDATA: 'roaming', XDG_DATA_HOME: 'data' }
    for (const platform of ['win32', 'darwin', 'linux'] as const) {
      expect(storeFolder({ platform, env, home: 'home' })).toBe('mine')
    }
  })

  test('a folder that is asked for comes before that of the environment', () => {
    vi.stubEnv('EICHLICHT_STORE', 'mine')
    expect(storeFile(null)).toBe(resolve('mine', 'keys.sqlite'))
    expect(storeFile('other')).toBe(resolve('other', 'keys.sqlite'))
  })
})

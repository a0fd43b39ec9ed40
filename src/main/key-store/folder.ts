/**
 * Where the key store of a user is. Needs no database driver, so it costs nothing to ask.
 *
 * @module
 */
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

const FILE = 'keys.sqlite'

/** What the place depends on. */
export interface Surroundings {
  platform: NodeJS.Platform
  env: Readonly<Record<string, string | undefined>>
  home: string
}

/** @param folder asked for by the user; null for the user's own */
export function storeFile(folder: string | null): string {
  const { platform, env } = process
  return join(resolve(folder ?? storeFolder({ platform, env, home: homedir() })), FILE)
}

/** @returns the folder of the environment, else that of the operating system for data of programs */
export function storeFolder({ platform, env, home }: Surroundings): string {
  const named = filled(env['EICHLICHT_STORE'])
  if (named !== null) return named
  switch (platform) {
    case 'win32':
      return join(filled(env['APPDATA']) ?? join(home, 'AppData', 'Roaming'), 'Eichlicht')
    case 'darwin':
      return join(home, 'Library', 'Application Support', 'Eichlicht')
    default:
      return join(filled(env['XDG_DATA_HOME']) ?? join(home, '.local', 'share'), 'eichlicht')
  }
}

function filled(value: string | undefined): string | null {
  return value === undefined || value === '' ? null : value
}

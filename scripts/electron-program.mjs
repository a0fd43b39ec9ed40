/**
 * Where Electron's program file is. The package `electron` comes without it and fetches it when
 * it is imported, so that we look for ourselves and never import it.
 */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const folder = join(dirname(dirname(fileURLToPath(import.meta.url))), 'node_modules/electron')

/** @returns {string | null} path of the program; null where it is not on this machine */
export function electronProgram() {
  const named = join(folder, 'path.txt')
  const name = existsSync(named) ? readFileSync(named, 'utf8').trim() : defaultName()
  const dist = process.env.ELECTRON_OVERRIDE_DIST_PATH || join(folder, 'dist')
  const program = join(dist, name)
  return existsSync(program) ? program : null
}

/** As the package's own `install.js` names it. */
function defaultName() {
  switch (process.platform) {
    case 'darwin':
      return 'Electron.app/Contents/MacOS/Electron'
    case 'win32':
      return 'electron.exe'
    default:
      return 'electron'
  }
}

/**
 * Lets the built program import `electron` here: each launch gets a fresh copy of all modules
 * under the program's folder, with a stand-in of its own.
 *
 * @module
 */
import { registerHooks } from 'node:module'
import { pathToFileURL } from 'node:url'

const launches = new Map<string, object>()
const SCHEME = 'electron-stand-in:'

declare global {
  /** Read by the modules that stand for `electron`. */
  var electronStandIns: ReadonlyMap<string, object> | undefined
}

let registered = false

/**
 * @param root folder of the program; modules outside it, such as packages, are shared
 * @returns loads a file of the program with this stand-in
 */
export function hookLaunch(root: string, electron: object): (path: string) => Promise<unknown> {
  register()
  const launch = String(launches.size + 1)
  launches.set(launch, electron)
  roots.set(launch, pathToFileURL(`${root}/out/`).href)
  return (path) => import(`${pathToFileURL(path).href}?launch=${launch}`) as Promise<unknown>
}

const roots = new Map<string, string>()

function register(): void {
  if (registered) return
  registered = true
  globalThis.electronStandIns = launches
  registerHooks({
    resolve(specifier, context, next) {
      const launch = /\?launch=(\d+)$/.exec(context.parentURL ?? '')?.[1]
      if (launch === undefined) return next(specifier, context)
      if (specifier === 'electron') {
        return { url: SCHEME + launch, format: 'module', shortCircuit: true }
      }
      const found = next(specifier, context)
      const own = found.url.startsWith(roots.get(launch) ?? '?') && !found.url.includes('?')
      return own ? { ...found, url: `${found.url}?launch=${launch}` } : found
    },
    load(url, context, next) {
      if (!url.startsWith(SCHEME)) return next(url, context)
      const launch = url.slice(SCHEME.length)
      // A name that is imported but not modelled fails when the program is linked.
      const names = Object.keys(launches.get(launch) ?? {})
      const source = [
        `const electron = globalThis.electronStandIns.get('${launch}')`,
        ...names.map((name) => `export const ${name} = electron.${name}`),
        'export default electron',
      ].join('\n')
      return { format: 'module', source, shortCircuit: true }
    },
  })
}

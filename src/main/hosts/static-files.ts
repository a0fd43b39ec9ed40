/**
 * The files of the window: an allow-list made once, so that no path can reach anything else.
 *
 * @module
 */
import { readFileSync, readdirSync } from 'node:fs'
import { extname, join } from 'node:path'

export interface StaticFile {
  type: string
  bytes: Uint8Array
}

export interface StaticFiles {
  /** @param path such as `/assets/index.js`; `/` is the page. @returns null for everything else */
  get(path: string): StaticFile | null
}

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.json': 'application/json; charset=utf-8',
}

/** @param folder the built renderer */
export function staticFiles(folder: string): StaticFiles {
  const paths = new Map<string, string>()
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !(extname(entry.name) in TYPES)) continue
    const path = join(entry.parentPath, entry.name)
    paths.set(path.slice(folder.length).replaceAll('\\', '/'), path)
  }
  return {
    get(wanted) {
      const path = paths.get(wanted === '/' ? '/index.html' : wanted)
      if (path === undefined) return null
      return { type: TYPES[extname(path)] ?? 'application/octet-stream', bytes: readFileSync(path) }
    },
  }
}

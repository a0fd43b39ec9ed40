/**
 * Runs the command line: as built where the build is as new as the sources, else from the
 * sources. So `npm run eichlicht` never shows an old program.
 */
import { readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const built = join(root, 'out/cli/eichlicht.mjs')

function newest(folder) {
  let time = 0
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    time = Math.max(time, entry.isDirectory() ? newest(path) : statSync(path).mtimeMs)
  }
  return time
}

const builtAt = statSync(built, { throwIfNoEntry: false })?.mtimeMs ?? 0
const sourcesAt = Math.max(
  newest(join(root, 'src/main')),
  newest(join(root, 'src/shared')),
  statSync(join(root, 'package-lock.json')).mtimeMs,
)
await import(builtAt > sourcesAt ? built : '../src/main/hosts/cli/main.ts')

/**
 * Runs the command line: as built where the build is as new as the sources, else from the
 * sources. So `npm run eichlicht` never shows an old program.
 */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { isFresh, root } from './build-state.mjs'

const built = 'out/cli/eichlicht.mjs'
const fresh = isFresh([built], ['src/main', 'src/shared', 'package-lock.json'])
await import(pathToFileURL(join(root, fresh ? built : 'src/main/hosts/cli/main.ts')).href)

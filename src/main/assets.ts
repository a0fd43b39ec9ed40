/**
 * WebAssembly beside the program: in the folder `wasm` of a build, in its package for a run from the
 * sources.
 *
 * @module
 */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ASSETS, type AssetName } from './engine/types.ts'

/** @throws for a name that is none of ours, and an error of the file system where it is missing */
export async function asset(name: AssetName): Promise<Uint8Array> {
  // A decoder asks for it by name: nothing else may be read that way.
  if (!Object.hasOwn(ASSETS, name)) throw new Error(`no such asset: ${name}`)
  return new Uint8Array(await readFile(pathOf(name)))
}

function pathOf(name: AssetName): string {
  const here = import.meta.dirname
  const beside = join(here, 'wasm', name)
  if (existsSync(beside)) return beside
  return join(here, '..', '..', 'node_modules', ASSETS[name], name)
}

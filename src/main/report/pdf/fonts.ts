/**
 * The three typefaces of the report: beside the program in a build, in `assets/fonts` for a run
 * from the sources.
 *
 * @module
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export const FACES = {
  regular: 'Inter-Regular.ttf',
  semibold: 'Inter-SemiBold.ttf',
  mono: 'JetBrainsMono-Regular.ttf',
} as const

export type FaceName = keyof typeof FACES
export type FontFiles = Record<FaceName, Uint8Array>

let files: FontFiles | null = null

/** @throws an error of the file system where a typeface is missing */
export function loadFonts(): FontFiles {
  files ??= read(folder())
  return files
}

function folder(): string {
  const here = import.meta.dirname
  const beside = join(here, 'fonts')
  return existsSync(beside) ? beside : join(here, '..', '..', '..', '..', 'assets', 'fonts')
}

function read(from: string): FontFiles {
  const load = (name: FaceName) => new Uint8Array(readFileSync(join(from, FACES[name])))
  return { regular: load('regular'), semibold: load('semibold'), mono: load('mono') }
}

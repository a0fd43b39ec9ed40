/**
 * Who says so: name and version of the program, version and checksum of its core, and whether
 * its files are the ones that were built.
 *
 * The core is all code that can change a verdict, a decoded value or a reason. Source: WELMEC
 * 7.2, U2; MessEV Annex 2, 7.7 and 8.3. What a self-check can prove: SECURITY.md.
 *
 * @module
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { coreChecksum } from './core-checksum.ts'

/** Raised when a verdict, a decoded value or a reason can change. */
export const CORE_VERSION = '1.0.0'

export interface Software {
  name: 'eichlicht'
  version: string
  core: { version: string; sha256: string }
}

export type Integrity = 'intact' | 'modified' | 'cannot-be-checked'

// Filled in by the build; absent when Node runs the sources.
declare const __VERSION__: string | undefined
declare const __CORE_SHA256__: string | undefined

export function software(): Software {
  return {
    name: 'eichlicht',
    version: typeof __VERSION__ === 'string' ? __VERSION__ : sourceVersion(),
    core: {
      version: CORE_VERSION,
      sha256: typeof __CORE_SHA256__ === 'string' ? __CORE_SHA256__ : coreChecksum(sourceRoot()),
    },
  }
}

/** The list of built files, written beside them. */
export interface Manifest {
  files: Record<string, string>
}
export const MANIFEST = 'manifest.json'

/**
 * Compares the files of the running program with the list made when it was built.
 *
 * @returns `cannot-be-checked` for a run from the sources
 */
export function checkIntegrity(): Integrity {
  if (typeof __CORE_SHA256__ !== 'string') return 'cannot-be-checked'
  const folder = import.meta.dirname
  try {
    const { files } = JSON.parse(readFileSync(join(folder, MANIFEST), 'utf8')) as Manifest
    const intact = Object.entries(files).every(
      ([name, sha256]) =>
        createHash('sha256')
          .update(readFileSync(join(folder, name)))
          .digest('hex') === sha256,
    )
    return intact ? 'intact' : 'modified'
  } catch {
    return 'modified'
  }
}

function sourceRoot(): string {
  return join(import.meta.dirname, '..', '..')
}

function sourceVersion(): string {
  const text = readFileSync(join(sourceRoot(), 'package.json'), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}

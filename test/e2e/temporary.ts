/**
 * Folders of a test that are gone after it.
 *
 * @module
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach } from 'vitest'

/** Call once in a test file. @returns makes a new, empty folder */
export function temporaryFolders(): () => string {
  let made: string[] = []
  afterEach(() => {
    for (const folder of made) rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
    made = []
  })
  return () => {
    const folder = mkdtempSync(join(tmpdir(), 'eichlicht-test-'))
    made.push(folder)
    return folder
  }
}

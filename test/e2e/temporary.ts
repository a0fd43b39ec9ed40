/**
 * Folders of a test that are gone after it.
 *
 * @module
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach } from 'vitest'

/** Call once in a test file. @returns makes a new, empty folder for the test that runs */
export function temporaryFolders(): () => string {
  let made: { remove: () => void }[] = []
  afterEach(() => {
    for (const folder of made) folder.remove()
    made = []
  })
  return () => {
    const folder = temporaryFolder()
    made.push(folder)
    return folder.path
  }
}

/** A new, empty folder; whoever takes it removes it. */
export function temporaryFolder(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'eichlicht-test-'))
  return {
    path,
    // What still writes there may need a moment to end.
    remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 5 }),
  }
}

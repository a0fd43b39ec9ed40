/**
 * Files and folders on the disk → inputs.
 *
 * @module
 */
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { InputSource } from './protocol.ts'
import { reasonOf } from './read-input.ts'

/**
 * One input at least, also for what cannot be read. Files of a folder come in the order of their
 * names; links to folders are not followed.
 *
 * @param name what the input is called; files of a folder are called by it and the way to them
 */
export function* filesBelow(path: string, name = path): Generator<InputSource> {
  if (!isFolder(path)) {
    yield { kind: 'path', name, path }
    return
  }
  let count = 0
  for (const source of folder(path, name)) {
    count++
    yield source
  }
  if (count === 0) yield { kind: 'unreadable', name, reason: 'no-folder-input' }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false // whoever reads it will say why
  }
}

function* folder(path: string, name: string): Generator<InputSource> {
  let entries
  try {
    entries = readdirSync(path, { withFileTypes: true })
  } catch (error) {
    yield { kind: 'unreadable', name, reason: reasonOf(error) }
    return
  }
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const inside = join(path, entry.name)
    const called = join(name, entry.name)
    if (entry.isDirectory()) yield* folder(inside, called)
    else yield { kind: 'path', name: called, path: inside }
  }
}

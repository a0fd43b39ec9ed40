/**
 * Paths of the command line → inputs: files, folders, standard input.
 *
 * @module
 */
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { LIMITS } from '../../engine/limits.ts'
import type { InputSource } from '../../pool/protocol.ts'
import { reasonOf } from '../../pool/read-input.ts'

/**
 * Every path gives at least one input, also one that cannot be read. Files of a folder come in
 * the order of their names; links to folders are not followed.
 */
export function* inputSources(
  paths: readonly string[],
  recursive: boolean,
  standardInput: Uint8Array | null,
): Generator<InputSource> {
  for (const path of paths) {
    if (path === '-' && standardInput !== null) {
      yield { kind: 'bytes', name: '-', bytes: standardInput }
    } else if (recursive && isFolder(path)) {
      let count = 0
      for (const source of folder(path)) {
        count++
        yield source
      }
      if (count === 0) yield { kind: 'unreadable', name: path, reason: 'no-folder-input' }
    } else yield { kind: 'path', name: path, path }
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false // whoever reads it will say why
  }
}

function* folder(path: string): Generator<InputSource> {
  let entries
  try {
    entries = readdirSync(path, { withFileTypes: true })
  } catch (error) {
    yield { kind: 'unreadable', name: path, reason: reasonOf(error) }
    return
  }
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const inside = join(path, entry.name)
    if (entry.isDirectory()) yield* folder(inside)
    else yield { kind: 'path', name: inside, path: inside }
  }
}

/** @returns all of standard input, or one byte more than the limit allows */
export async function readStandardInput(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let total = 0
  for await (const chunk of process.stdin as AsyncIterable<Uint8Array>) {
    chunks.push(chunk)
    total += chunk.length
    if (total > LIMITS.fileBytes) break
  }
  return Buffer.concat(chunks)
}

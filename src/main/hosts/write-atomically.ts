/**
 * Writes a file whole or not at all: beside its place first, then moved there.
 *
 * @module
 */
import { randomUUID } from 'node:crypto'
import { type FileHandle, open, realpath, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** @throws an error of the file system; what stood at `path` is then still there */
export async function writeAtomically(path: string, bytes: Uint8Array): Promise<void> {
  // Behind a link the file itself is replaced, not the link.
  const target = await realpath(path).catch(() => path)
  const beside = join(dirname(target), `.${basename(target)}.${randomUUID()}.tmp`)
  try {
    await write(await open(beside, 'wx'), bytes)
    await rename(beside, target)
  } catch (error) {
    await rm(beside, { force: true })
    throw error
  }
}

async function write(file: FileHandle, bytes: Uint8Array): Promise<void> {
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
}

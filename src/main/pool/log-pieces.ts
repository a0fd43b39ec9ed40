/**
 * A log on the disk, read piece by piece: too large to be held at once.
 *
 * @module
 */
import { createHash } from 'node:crypto'
import { closeSync, openSync, readSync } from 'node:fs'
import { LOG_BEGINNING, isLog } from '../engine/containers/message-log.ts'
import type { LogFile } from '../engine/types.ts'

const PIECE = 1024 * 1024

export interface LogPieces extends Omit<LogFile, 'name'> {
  /** Bytes when it was looked at. */
  size: number
  /** What ended the reading too soon; null where nothing did. */
  trouble: () => unknown
}

/**
 * @returns null for a file that is no log
 * @throws what the file system throws
 */
export function logPieces(path: string, size: number): LogPieces | null {
  const buffer = new Uint8Array(PIECE)
  const first = openSync(path, 'r')
  try {
    const read = readSync(first, buffer, 0, LOG_BEGINNING, 0)
    if (!isLog(buffer.subarray(0, read))) return null
  } finally {
    closeSync(first)
  }
  const hash = createHash('sha256')
  let bytes = 0
  let trouble: unknown = null
  function* pieces(): Generator<Uint8Array> {
    let file = null
    try {
      file = openSync(path, 'r')
      // What is written to it from now on is not part of what was given.
      while (bytes < size) {
        const read = readSync(file, buffer, 0, Math.min(PIECE, size - bytes), bytes)
        if (read === 0) return
        bytes += read
        const piece = buffer.subarray(0, read)
        hash.update(piece)
        yield piece
      }
    } catch (error) {
      trouble = error
    } finally {
      if (file !== null) closeSync(file)
    }
  }
  return {
    size,
    pieces: pieces(),
    facts: () => ({ sha256: hash.digest('hex'), bytes }),
    trouble: () => trouble,
  }
}

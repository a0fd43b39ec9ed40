/**
 * Paths of the command line → inputs: files, folders, standard input.
 *
 * @module
 */
import { LIMITS } from '../../engine/limits.ts'
import { filesBelow } from '../../pool/paths.ts'
import type { InputSource } from '../../pool/protocol.ts'

/** Every path gives at least one input, also one that cannot be read. */
export function* inputSources(
  paths: readonly string[],
  recursive: boolean,
  standardInput: Uint8Array | null,
): Generator<InputSource> {
  for (const path of paths) {
    if (path === '-' && standardInput !== null) {
      yield { kind: 'bytes', name: '-', bytes: standardInput }
    } else if (recursive) yield* filesBelow(path)
    else yield { kind: 'path', name: path, path }
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

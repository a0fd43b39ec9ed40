/**
 * Reads one input from where it is and runs the first half of the pipe over it. Files are read
 * synchronously: whoever reads here has nothing else to do, and for small files it is far faster.
 *
 * @module
 */
import { readFileSync, statSync } from 'node:fs'
import { fromHex } from '../../shared/hex.ts'
import { looseFinding } from '../../shared/model/finding.ts'
import { LIMITS } from '../engine/limits.ts'
import { type FileResult, readFile, unreadInput } from '../engine/pipeline.ts'
import { keyBook } from '../engine/trust/key-book.ts'
import type { Engines } from '../engine/types.ts'
import { asset } from '../assets.ts'
import { digest } from '../host-deps.ts'
import { storeInUse } from './known-keys.ts'
import type { InputSource, OfferedSignature, Task } from './protocol.ts'

/**
 * Never throws: what cannot be read is a result with its reason.
 *
 * @param plainOnly open no file that holds others: the result says that a worker has to
 */
export async function readInput(
  task: Task,
  engines: Engines,
  plainOnly = false,
): Promise<FileResult> {
  const { source, settings, offered, signatures = [] } = task
  const loaded = load(source)
  if (!(loaded instanceof Uint8Array)) return loaded
  const store = await storeInUse(settings.store)
  const result = await readFile(
    { name: source.name, bytes: loaded, password: source.password },
    {
      keys: keyBook(settings.given, offered, store.keys),
      signatures: nearest(signatures, source.name),
      engines: { ...engines, both: settings.both },
      digest,
      asset,
      now: settings.now,
      limits: LIMITS,
      evidence: settings.evidence,
      plainOnly,
    },
  )
  const reason = store.trouble()
  if (reason !== null && result.records.length > 0) {
    result.findings.push(looseFinding('KEY-STORE', { reason }))
  }
  return result
}

/** So many signatures of other inputs are tried. */
const MOST_SIGNATURES = 64

/** Those of the same folder, if there are some: elsewhere stand those of other sessions. */
function nearest(signatures: readonly OfferedSignature[], name: string): Uint8Array[] {
  const folder = (path: string) => path.replace(/[^/\\]*$/, '')
  const same = signatures.filter((signature) => folder(signature.name) === folder(name))
  return (same.length > 0 ? same : signatures)
    .slice(0, MOST_SIGNATURES)
    .flatMap(({ digits }) => fromHex(digits) ?? [])
}

/** @returns the bytes, or the result of an input that has none */
function load(source: InputSource): Uint8Array | FileResult {
  if (source.kind === 'bytes') return source.bytes
  const failed = (reason: string) => unreadInput(source.name, looseFinding('IN-NOFILE', { reason }))
  if (source.kind === 'unreadable') return failed(source.reason)
  try {
    // Never opened before it is known to be a file: opening a pipe would wait for a writer.
    const facts = statSync(source.path)
    if (facts.isDirectory()) return failed('folder')
    if (!facts.isFile()) return failed('special')
    if (facts.size > LIMITS.fileBytes) {
      return unreadInput(source.name, looseFinding('IN-TOOBIG', { limit: '64 MiB' }))
    }
    return readFileSync(source.path)
  } catch (error) {
    return failed(reasonOf(error))
  }
}

/** @returns the reason of `IN-NOFILE` for an error of the file system */
export function reasonOf(error: unknown): string {
  return REASONS[(error as NodeJS.ErrnoException).code ?? ''] ?? 'read-error'
}

const REASONS: Record<string, string> = {
  ENOENT: 'missing',
  ENOTDIR: 'missing',
  EACCES: 'forbidden',
  EPERM: 'forbidden',
  EISDIR: 'folder',
}

/**
 * Reads one input from where it is and runs the first half of the pipe over it. Files are read
 * synchronously: whoever reads here has nothing else to do, and for small files it is far faster.
 *
 * @module
 */
import { readFileSync, statSync } from 'node:fs'
import { fromHex } from '../../shared/hex.ts'
import { type LooseFinding, looseFinding } from '../../shared/model/finding.ts'
import { LOG_BEGINNING, isLog } from '../engine/containers/message-log.ts'
import { LIMITS, type Limits } from '../engine/limits.ts'
import { type FileResult, readFile, readLog, unreadInput } from '../engine/pipeline.ts'
import { keyBook } from '../engine/trust/key-book.ts'
import type { EngineDeps, Engines } from '../engine/types.ts'
import { asset } from '../assets.ts'
import { digest } from '../host-deps.ts'
import { type LogPieces, logPieces } from './log-pieces.ts'
import { storeInUse } from './known-keys.ts'
import type { InputSource, OfferedSignature, Task } from './protocol.ts'

export interface ReadOptions {
  /** Open no file that holds others: the result says that a worker has to. */
  plainOnly?: boolean
  /** Told when the input turns out to be a log of so many bytes. */
  onLog?: (bytes: number) => void
  limits?: Limits
}

/** Never throws: what cannot be read is a result with its reason. */
export async function readInput(
  task: Task,
  engines: Engines,
  { plainOnly = false, onLog = () => {}, limits = LIMITS }: ReadOptions = {},
): Promise<FileResult> {
  const { source, settings, offered, signatures = [] } = task
  const loaded = load(source, limits)
  if ('refused' in loaded) return unreadInput(source.name, loaded.refused)
  const store = await storeInUse(settings.store)
  const deps: EngineDeps = {
    keys: keyBook(settings.given, offered, store.keys),
    signatures: nearest(signatures, source.name),
    engines: { ...engines, both: settings.both },
    digest,
    asset,
    now: settings.now,
    limits,
    evidence: settings.evidence,
    plainOnly,
  }
  const { name, passwords } = source
  if ('log' in loaded) onLog(loaded.log.size)
  else if (isLongLog(loaded.bytes)) onLog(loaded.bytes.length)
  const result = await ('log' in loaded
    ? readLog({ name, ...loaded.log }, deps)
    : readFile({ name, bytes: loaded.bytes, passwords }, deps))
  const unread = 'log' in loaded ? loaded.log.trouble() : null
  if (unread !== null) {
    result.findings.push(looseFinding('IN-NOFILE', { reason: reasonOf(unread) }))
  }
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

/** What is shorter is read in the time that every input has. */
function isLongLog(bytes: Uint8Array): boolean {
  return bytes.length > LOG_BEGINNING && isLog(bytes.subarray(0, LOG_BEGINNING))
}

type Loaded = { bytes: Uint8Array } | { log: LogPieces } | { refused: LooseFinding }

function load(source: InputSource, limits: Limits): Loaded {
  if (source.kind === 'bytes') return { bytes: source.bytes }
  const failed = (reason: string) => ({ refused: looseFinding('IN-NOFILE', { reason }) })
  if (source.kind === 'unreadable') return failed(source.reason)
  try {
    // Never opened before it is known to be a file: opening a pipe would wait for a writer.
    const facts = statSync(source.path)
    if (facts.isDirectory()) return failed('folder')
    if (!facts.isFile()) return failed('special')
    if (facts.size <= limits.fileBytes) return { bytes: readFileSync(source.path) }
    const log = logPieces(source.path, facts.size)
    if (log !== null && facts.size <= limits.logBytes) return { log }
    const limit = log === null ? '64 MiB' : '4 GiB'
    return { refused: looseFinding('IN-TOOBIG', { limit }) }
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

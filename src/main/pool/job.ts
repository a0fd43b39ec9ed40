/**
 * Reads the inputs of one job, in the order they were given: in this process where that is
 * quicker and safe, in workers otherwise.
 *
 * @module
 */
import { statSync } from 'node:fs'
import type { PublicKeyRef } from '../../shared/model/key.ts'
import type { FileResult } from '../engine/pipeline.ts'
import { hostEngines } from '../host-deps.ts'
import { Pool, type WorkerHandle } from './pool.ts'
import type { InputSource, JobSettings, Task } from './protocol.ts'
import { readInput } from './read-input.ts'

export interface JobOptions {
  settings: JobSettings
  workers: number
  launch: () => WorkerHandle
}

/** So many small inputs are read in this process: starting a worker takes longer than they do. */
const INLINE = { inputs: 8, bytes: 256 * 1024 }

/** Reads inputs; `offered` are the keys of the job's other inputs. */
export interface Reader {
  read(source: InputSource, offered?: readonly PublicKeyRef[]): Promise<FileResult>
  /** So many inputs are worth reading at the same time. */
  width: number
  close(): Promise<void>
}

/** @param sources all inputs, if few; decides whether workers are worth starting */
export function createReader(
  { settings, workers, launch }: JobOptions,
  sources: readonly InputSource[],
): Reader {
  const task = (source: InputSource, offered: readonly PublicKeyRef[] = []): Task => ({
    source,
    settings,
    offered,
  })
  if (sources.length <= INLINE.inputs && sources.every(isSmall)) {
    const engines = hostEngines(settings.both)
    return {
      read: (source, offered) => readInput(task(source, offered), engines),
      width: 1,
      close: async () => {},
    }
  }
  const pool = new Pool({ launch, size: workers })
  return {
    read: (source, offered) => pool.run(task(source, offered)),
    width: workers * 4,
    close: () => pool.close(),
  }
}

function isSmall(source: InputSource): boolean {
  if (source.kind === 'bytes') return source.bytes.length <= INLINE.bytes
  const facts = statSync(source.path, { throwIfNoEntry: false })
  return facts === undefined || !facts.isFile() || facts.size <= INLINE.bytes
}

/** Results in the order of the sources, never more than `width` in flight. */
export async function* readInOrder(
  reader: Reader,
  sources: Iterable<InputSource>,
): AsyncGenerator<{ source: InputSource; result: FileResult }> {
  const inFlight: { source: InputSource; promise: Promise<FileResult> }[] = []
  for (const source of sources) {
    inFlight.push({ source, promise: reader.read(source) })
    if (inFlight.length < reader.width) continue
    const first = inFlight.shift()
    if (first !== undefined) yield { source: first.source, result: await first.promise }
  }
  for (const { source, promise } of inFlight) yield { source, result: await promise }
}

/**
 * Keys that other inputs offer to records without one: those of files that hold nothing else are
 * meant for the job, those beside other records may only be tried.
 */
export function offeredKeys(results: readonly FileResult[]): PublicKeyRef[] {
  return results.flatMap(({ keys, records, name }) => {
    const own = records.flatMap((record) => record.signature.key ?? [])
    const source = records.length === 0 ? 'key-file' : 'container'
    return [...keys, ...own].map((key): PublicKeyRef => ({ ...key, source, trust: 'K2', origin: name }))
  })
}

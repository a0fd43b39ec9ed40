/**
 * Reads the inputs of one job, in the order they were given: in this process where that is
 * quicker and safe, in workers otherwise.
 *
 * @module
 */
import { statSync } from 'node:fs'
import type { PublicKeyRef } from '../../shared/model/key.ts'
import { hostEngines } from '../host-deps.ts'
import { Pool, type WorkerHandle } from './pool.ts'
import { asAsked } from './judge-input.ts'
import type { InputSource, JobSettings, OfferedSignature, Read, Task } from './protocol.ts'
import { readInput } from './read-input.ts'

export interface JobOptions {
  settings: JobSettings
  workers: number
  launch: () => WorkerHandle
}

/** So many small inputs are read in this process: starting a worker takes longer than they do. */
const INLINE = { inputs: 8, bytes: 256 * 1024 }

/** Reads inputs; `offered` and `signatures` are the keys and detached signatures of the others. */
export interface Reader {
  read(
    source: InputSource,
    offered?: readonly PublicKeyRef[],
    signatures?: readonly OfferedSignature[],
  ): Promise<Read>
  /** So many inputs are worth reading at the same time. */
  width: number
  close(): Promise<void>
}

/** @param sources all inputs, if few; decides whether workers are worth starting */
export function createReader(
  { settings, workers, launch }: JobOptions,
  sources: readonly InputSource[],
): Reader {
  const task = (...[source, offered = [], signatures = []]: Parameters<Reader['read']>): Task => ({
    source,
    settings,
    offered,
    signatures,
  })
  const pool = new Pool({ launch, size: workers })
  if (sources.length <= INLINE.inputs && sources.every(isSmall)) {
    const engines = hostEngines(settings.both)
    return {
      read: async (...input) => {
        const result = await readInput(task(...input), engines, { plainOnly: true })
        // What holds other files may need more than it looks like: only workers can be ended.
        if (result.wantsWorker) return pool.run(task(...input))
        return asAsked(result, settings)
      },
      width: 1,
      close: () => pool.close(),
    }
  }
  return {
    read: (...input) => pool.run(task(...input)),
    width: workers * 4,
    close: () => pool.close(),
  }
}

/** Whether reading the input takes next to no time. */
export function isSmall(source: InputSource): boolean {
  if (source.kind === 'bytes') return source.bytes.length <= INLINE.bytes
  if (source.kind === 'unreadable') return true
  try {
    const facts = statSync(source.path)
    return !facts.isFile() || facts.size <= INLINE.bytes
  } catch {
    return true // whoever reads it will say why
  }
}

/** Results in the order of the sources, never more than `width` in flight. */
export async function* readInOrder(
  reader: Reader,
  sources: Iterable<InputSource>,
): AsyncGenerator<{ source: InputSource; read: Read }> {
  const inFlight: { source: InputSource; promise: Promise<Read> }[] = []
  for (const source of sources) {
    inFlight.push({ source, promise: reader.read(source) })
    if (inFlight.length < reader.width) continue
    const first = inFlight.shift()
    if (first !== undefined) yield { source: first.source, read: await first.promise }
  }
  for (const { source, promise } of inFlight) yield { source, read: await promise }
}

/**
 * The files that a result was read from, once more, for its report.
 *
 * @module
 */
import { readFileSync } from 'node:fs'
import type { VerificationResult } from '../../shared/model/verdict.ts'
import { LIMITS } from '../engine/limits.ts'
import type { InputSource } from './protocol.ts'

/**
 * @param limit none are read where all of them together are larger; the report says so
 * @returns what can be read; whether these are still the bytes of the result is for the report to
 *   compare
 */
export function originalsOf(
  result: VerificationResult,
  sources: readonly InputSource[],
  limit: number,
): { name: string; bytes: Uint8Array }[] {
  return bytesOfSources(sourcesOf(result, sources, limit))
}

/** Which of the sources {@link originalsOf} would read. Their passwords stay behind. */
export function sourcesOf(
  { inputs }: Pick<VerificationResult, 'inputs'>,
  sources: readonly InputSource[],
  limit: number,
): InputSource[] {
  const sizes = new Map(inputs.map(({ name, bytes }) => [name, bytes]))
  const known = sources.filter(({ name }) => (sizes.get(name) ?? null) !== null)
  const total = known.reduce((sum, { name }) => sum + (sizes.get(name) ?? 0), 0)
  return total > limit ? [] : known.map((source) => ({ ...source, passwords: undefined }))
}

export function bytesOfSources(
  sources: readonly InputSource[],
): { name: string; bytes: Uint8Array }[] {
  return sources.flatMap((source) => {
    const bytes = bytesOf(source)
    return bytes === null ? [] : [{ name: source.name === '-' ? 'stdin' : source.name, bytes }]
  })
}

function bytesOf(source: InputSource): Uint8Array | null {
  if (source.kind === 'unreadable') return null
  if (source.kind === 'bytes') return source.bytes
  try {
    const bytes = readFileSync(source.path)
    return bytes.length > LIMITS.fileBytes ? null : bytes
  } catch {
    return null
  }
}

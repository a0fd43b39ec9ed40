/**
 * What is wrong with a command line.
 *
 * @module
 */
import type { UiKey } from '../../../shared/i18n/index.ts'

/** The command line cannot be understood; the text says why to the person who typed it. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
  readonly key: UiKey
  readonly params: Record<string, string>

  constructor(key: UiKey, params: Record<string, string> = {}) {
    super(key)
    this.key = key
    this.params = params
  }
}

/** @throws UsageError for what is none of the known values */
export function oneOf<const T extends string>(
  option: string,
  value: string,
  known: readonly T[],
): T {
  const found = known.find((candidate) => candidate === value)
  if (found !== undefined) return found
  throw new UsageError('usage.value', { option, known: known.join(', '), found: value })
}

/** @param error of `parseArgs` */
export function unknownOption(error: unknown): UsageError {
  const message = error instanceof Error ? error.message : ''
  return new UsageError('usage.option', { found: /'(?:-\w, )?(-[^' ]*)/.exec(message)?.[1] ?? '' })
}

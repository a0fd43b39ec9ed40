/**
 * Paths the program was given from outside: as arguments, or by "open with" while it runs. They
 * wait here until a window takes them.
 *
 * @module
 */
import { resolve } from 'node:path'

/** So many paths may wait; a forgotten window must not collect for ever. */
const MOST = 100_000

export class WaitingFiles {
  private paths: string[] = []
  private readonly tell: (waiting: number) => void

  /** @param tell called with the new number whenever files were added */
  constructor(tell: (waiting: number) => void) {
    this.tell = tell
  }

  get count(): number {
    return this.paths.length
  }

  /** Adds paths that do not wait yet. */
  add(paths: readonly string[]): void {
    const before = this.paths.length
    this.paths = [...new Set([...this.paths, ...paths])].slice(0, MOST)
    if (this.paths.length > before) this.tell(this.paths.length)
  }

  /** @returns the paths in the order they came; they wait no longer */
  take(): string[] {
    const taken = this.paths
    this.paths = []
    return taken
  }
}

/**
 * Paths among the arguments of a command line, made absolute. What begins with `-` is an option,
 * also of the browser engine; behind `--` everything is a path.
 */
export function pathsOf(args: readonly string[], folder: string): string[] {
  const end = args.indexOf('--')
  const before = end < 0 ? args : args.slice(0, end)
  const after = end < 0 ? [] : args.slice(end + 1)
  return [...before.filter((arg) => arg !== '' && !arg.startsWith('-')), ...after].map((path) =>
    resolve(folder, path),
  )
}

/**
 * What an engine keeps for the keys it used last: parsed key, table of multiples.
 *
 * @module
 */
import type { CurveId } from '../../../shared/model/key.ts'
import { byteText } from '../codec/text.ts'

/** Stations of a large fleet come in any order; one file seldom has more keys than this. */
const CAPACITY = 256

export class RecentKeys<T> {
  /** In the order of use, the key used longest ago first. */
  private readonly values = new Map<string, T>()

  /** @returns what was kept for that key, else what `make` gives, which is then kept */
  get(curve: CurveId, point: Uint8Array, make: () => T): T {
    const name = curve + byteText(point)
    const value = this.values.get(name) ?? make()
    this.values.delete(name)
    this.values.set(name, value)
    const oldest = this.values.keys().next().value
    if (this.values.size > CAPACITY && oldest !== undefined) this.values.delete(oldest)
    return value
  }
}

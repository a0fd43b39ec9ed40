/**
 * Whole sessions of each format for the benchmark, one line each; made by the signers of the tests.
 *
 * @module
 */
import type { ThrowAwayKey } from '../tools/sign.ts'
import { alfenKey, alfenSession } from '../tools/sign-alfen.ts'

export interface BenchFormat {
  /** Name of the row, with the curve. */
  name: string
  /** Stations take turns. */
  key: (station: number) => ThrowAwayKey
  /** A file with one whole session that is verified with that key. */
  file: (i: number, key: ThrowAwayKey) => string | Uint8Array
  /** Records in such a file. */
  records: number
}

export const BENCH_FORMATS: readonly BenchFormat[] = [
  {
    name: 'ALFEN, secp192r1',
    key: (station) => alfenKey(`bench ${station}`),
    file: (i, key) => alfenSession({ sessionId: i }, {}, { key }),
    records: 2,
  },
]

/**
 * Whole sessions of each format for the benchmark, one line each; made by the signers of the tests.
 *
 * @module
 */
import type { ThrowAwayKey } from '../tools/sign.ts'
import { alfenKey, alfenSession } from '../tools/sign-alfen.ts'
import { pcdf, pcdfKey } from '../tools/sign-pcdf.ts'
import { PROCESS, mennekes, mennekesKey } from '../tools/sign-mennekes.ts'

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
  {
    name: 'Mennekes, secp192r1',
    key: (station) => mennekesKey(`bench ${station}`),
    file: (i, key) => mennekes({ ...PROCESS, customer: `04a1b2c3${1000 + i}` }, { key }),
    records: 2,
  },
  {
    name: 'PCDF, secp256r1',
    key: (station) => pcdfKey(`bench ${station}`),
    file: (i, key) => pcdf({ CSC: String(i) }, { key }),
    records: 1,
  },
]

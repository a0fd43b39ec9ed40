/**
 * A log far above the limit of files, made for the run: its time and its memory on the command line.
 *
 * @module
 */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { writeLargeLog } from '../tools/large-log.ts'

/** What one run of the command line took. */
export interface Run {
  seconds: number
  peakMiB: number
}

/** MiB of the log, unless `--log-mib=` says otherwise. */
const USUAL_MIB = 1024

/**
 * @param verify runs the command line over a file or folder
 * @returns rows of a table; none where no log is wanted: `--log-mib=0`
 */
export function logRates(
  folder: string,
  verify: (path: string) => Run,
): [string, string, string][] {
  const wanted = process.argv.find((argument) => argument.startsWith('--log-mib='))
  const mib = wanted === undefined ? USUAL_MIB : Number(wanted.slice('--log-mib='.length))
  if (!(mib > 0)) return []
  const rows = [mib / 4, mib].map((size): [string, string, string] => {
    const path = join(folder, 'log.jsonl')
    const { sessions, bytes } = writeLargeLog(path, { bytes: size * 2 ** 20 })
    const { seconds, peakMiB } = verify(path)
    rmSync(path)
    const name = `log of ${Math.round(bytes / 2 ** 20)} MiB, ${sessions} sessions`
    return [name, `${seconds.toFixed(1)} s`, `peak memory ${peakMiB} MiB`]
  })
  return rows
}

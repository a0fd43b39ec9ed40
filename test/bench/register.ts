/**
 * The charging register: import by the command line, look-up of keys, search while typing.
 *
 * Times of an import are given beside the processor time, because other programs on the machine
 * slow down the first and hardly the second.
 */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { openStoredKeys } from '../../src/main/key-store/key-book.ts'
import { openStore } from '../../src/main/key-store/open.ts'
import { type RegisterTruth, writeRegisterCsv, writeRegisterXlsx } from '../tools/make-register.ts'

const ROWS = 116_000
const LOOK_UPS = 10_000

export interface Row {
  name: string
  value: string
  note: string
}

function importOf(cli: string, file: string, store: string): Row {
  const memory = join(import.meta.dirname, 'peak-memory.mjs')
  const start = performance.now()
  const command = ['--import', memory, cli, 'keys', 'import-register', file, '--store', store]
  const { stderr, status } = spawnSync(process.execPath, command, { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  const seconds = (performance.now() - start) / 1000
  const peak = /peak-memory (\d+)/.exec(stderr)?.[1] ?? '?'
  const cpu = /cpu-seconds ([\d.]+)/.exec(stderr)?.[1] ?? '?'
  return {
    name: `import, ${file.endsWith('x') ? 'XLSX' : 'CSV'}, ${ROWS} rows`,
    value: `${seconds.toFixed(1)} s`,
    note: `${cpu} s of processor time, peak ${peak} MiB`,
  }
}

/** Each call is made so often and its shortest time counts: what else runs here only adds to it. */
const REPEATS = 3

/** Milliseconds of each call, sorted. */
function timed(count: number, call: (i: number) => unknown): number[] {
  const times: number[] = []
  for (let i = 0; i < count; i++) {
    let shortest = Infinity
    for (let repeat = 0; repeat < REPEATS; repeat++) {
      const start = performance.now()
      call(i)
      shortest = Math.min(shortest, performance.now() - start)
    }
    times.push(shortest)
  }
  return times.toSorted((a, b) => a - b)
}

function spread(name: string, times: readonly number[], note: string): Row {
  const at = (part: number) =>
    (times[Math.floor(part * (times.length - 1))] ?? Number.NaN).toFixed(3)
  return { name, value: `${at(0.99)} ms`, note: `p50 ${at(0.5)} ms, ${note}` }
}

/** What somebody types, letter by letter. */
function typed({ samples }: RegisterTruth): string[] {
  const whole = [
    'Bad Säckingen',
    'stadtwerke süd kiel',
    '24103 hauptstraße',
    'energie dresden bahnhof',
    ...samples.slice(0, 20).map(({ evse, number }) => (evse === '' ? number : evse)),
  ]
  return whole.flatMap((words) =>
    Array.from({ length: words.length }, (_, i) => words.slice(0, i + 1)),
  )
}

export function registerRows(cli: string, folder: string): Row[] {
  const csv = join(folder, 'register.csv')
  const xlsx = join(folder, 'register.xlsx')
  const truth = writeRegisterCsv(csv, { rows: ROWS })
  writeRegisterXlsx(xlsx, { rows: ROWS, date: '2026-08-01', seed: 2 })
  const store = join(folder, 'store')
  const imports = [importOf(cli, csv, store), importOf(cli, xlsx, store)]
  const file = join(store, 'keys.sqlite')
  const book = openStoredKeys(file)
  const prints = truth.samples.map(({ fingerprint }) => fingerprint)
  const found = timed(LOOK_UPS, (i) => book.find(prints[i % prints.length] ?? ''))
  const missed = timed(LOOK_UPS, (i) => book.find(i.toString(16).padStart(64, '0')))
  book.close()
  const { store: opened } = openStore(file)
  const questions = typed(truth)
  const searched = timed(questions.length, (i) =>
    opened?.register.search(questions[i % questions.length] ?? ''),
  )
  opened?.close()
  return [
    ...imports,
    spread('look-up of a key that is listed, p99', found, 'with its station'),
    spread('look-up of a key that is not, p99', missed, ''),
    spread('search while typing, p99', searched, `${questions.length} questions, 50 stations each`),
  ]
}

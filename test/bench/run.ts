/**
 * `npm run bench`: the speeds we hold ourselves to, as ratios measured in one run.
 *
 * The rows are those of the product's table of speed and memory, as far as they exist.
 */
import { spawnSync } from 'node:child_process'
import { verify as nativeVerify } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asset } from '../../src/main/assets.ts'
import { LIMITS } from '../../src/main/engine/limits.ts'
import { conclude, readFile } from '../../src/main/engine/pipeline.ts'
import { readOffer, readOffers } from '../../src/main/engine/signature/key-offer.ts'
import { createNobleBackend } from '../../src/main/engine/signature/noble.ts'
import { keyBook } from '../../src/main/engine/trust/key-book.ts'
import type { EngineDeps, Engines, KeyBook } from '../../src/main/engine/types.ts'
import { digest, hostEngines } from '../../src/main/host-deps.ts'
import { billRates } from './bills.ts'
import { logRates } from './logs.ts'
import { type Case, type Rate, measure, median } from './measure.ts'
import { BENCH_FORMATS } from './formats.ts'
import { windowTimes } from './window.ts'
import { registerRows } from './register.ts'
import { type BenchCurve, type BenchRecord, makeRecords, valuesXml } from './records.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const CLI = join(ROOT, 'out/cli/eichlicht.mjs')
const peers = createRequire(import.meta.url)

const policy = { requiredTrust: 'K3', profile: 'driver' } as const

/** The whole pipe over one record, its key given: parse, verify, rules, verdict. */
function ours(records: readonly BenchRecord[], engines: Engines) {
  const keys = records
    .slice(0, 4)
    .flatMap(({ spki }) => readOffers(spki, { source: 'imprint', trust: 'K4', origin: 'bench' }))
    .flatMap((offer) => offer.keys)
  const books = keys.map((key) => keyBook([key]))
  const files = records.map(({ ocmf }) => new TextEncoder().encode(ocmf))
  return verifyAll(files, books, engines)
}

/** @param books keys of the stations, which take turns */
function verifyAll(files: readonly Uint8Array[], books: readonly KeyBook[], engines: Engines) {
  return async (i: number) => {
    const n = i % files.length
    const deps: EngineDeps = {
      keys: books[n % books.length] ?? keyBook([]),
      engines,
      digest,
      now: 1_760_000_000_000,
      limits: LIMITS,
      asset,
      evidence: false,
    }
    const bytes = files[n]
    if (bytes === undefined) return
    const file = await readFile({ name: `${n}`, bytes }, deps)
    const result = conclude([file], { policy, now: deps.now, digest })
    if (result.sessions[0]?.verdict.state !== 'VERIFIED')
      throw new Error('the benchmark must verify')
  }
}

interface RoadLabs {
  decodeEcPublicKey(key: Uint8Array, format: string): Promise<unknown>
}

async function roadLabs(records: readonly BenchRecord[]) {
  const { Verifier } = peers('@road-labs/ocmf') as {
    Verifier: new (crypto: RoadLabs) => {
      parseAndVerify(text: string, key: unknown): Promise<{ verified: boolean }>
    }
  }
  const { Crypto } = peers('@road-labs/ocmf-crypto-noble') as { Crypto: new () => RoadLabs }
  const crypto = new Crypto()
  const verifier = new Verifier(crypto)
  const keys = await Promise.all(
    records.slice(0, 4).map(({ spki }) => crypto.decodeEcPublicKey(spki, 'spki-der')),
  )
  return async (i: number) => {
    // Its noble back end refuses half of all valid signatures (high s); it does the work for them too.
    await verifier.parseAndVerify(records[i % records.length]?.ocmf ?? '', keys[i % 4])
  }
}

function elliptic(records: readonly BenchRecord[], curve: BenchCurve) {
  const { ec: Ec } = peers('elliptic') as {
    ec: new (name: string) => {
      keyFromPublic(key: Uint8Array): { verify(digest: string, signature: Uint8Array): boolean }
    }
  }
  const engine = new Ec(curve === 'secp256r1' ? 'p256' : 'p192')
  const pointBytes = curve === 'secp256r1' ? 65 : 49
  const keys = records
    .slice(0, 4)
    .map(({ spki }) => engine.keyFromPublic(spki.subarray(-pointBytes)))
  return (i: number) => {
    const { payload, signature } = records[i % records.length] as BenchRecord
    if (keys[i % 4]?.verify(digest('SHA256', payload), signature) !== true)
      throw new Error('elliptic')
  }
}

async function recordRates(curve: BenchCurve): Promise<Rate[]> {
  const records = makeRecords(curve, 256)
  const noble: Engines = { reference: createNobleBackend(), fast: null, both: false }
  const cases: Case[] = [
    {
      name: 'limit: node:crypto verifies, nothing is parsed',
      slot: 300,
      work: (i) => {
        const { payload, signature, publicKey } = records[i % records.length] as BenchRecord
        if (!nativeVerify('sha256', payload, publicKey, signature)) throw new Error('native')
      },
    },
    { name: 'eichlicht, fast engine', slot: 1000, work: ours(records, hostEngines(false)) },
    { name: 'eichlicht, pure JavaScript, key seen before', slot: 60, work: ours(records, noble) },
    { name: '@road-labs/ocmf, noble back end', slot: 20, work: await roadLabs(records) },
    { name: 'elliptic verifies, nothing is parsed', slot: 15, work: elliptic(records, curve) },
  ]
  return measure(cases, 9, 8)
}

/** The whole pipe over a session of each format, its key given. */
async function formatRates(): Promise<[string, string, string][]> {
  const rows: [string, string, string][] = []
  for (const { name, station, records } of BENCH_FORMATS) {
    const stations = Array.from({ length: 4 }, (_, number) => station(number))
    const files = Array.from({ length: 64 }, (_, i) => {
      const made = stations[i % 4]?.file(i) ?? ''
      return typeof made === 'string' ? new TextEncoder().encode(made) : made
    })
    const books = stations.map(({ key }) => {
      const place = { source: 'imprint', trust: 'K4', origin: 'bench' } as const
      return keyBook(readOffer(key, place).keys)
    })
    const noble: Engines = { reference: createNobleBackend(), fast: null, both: false }
    const rates = await measure(
      [
        { name: 'fast engine', slot: 60, work: verifyAll(files, books, hostEngines(false)) },
        { name: 'pure JavaScript', slot: 20, work: verifyAll(files, books, noble) },
      ],
      5,
    )
    const [fast, plain] = rates.map(({ perSecond }) => Math.round(perSecond * records))
    rows.push([name, `${fast}/s`, `pure JavaScript ${plain}/s`])
  }
  return rows
}

function table(title: string, rows: readonly [string, string, string][]): void {
  console.log(`\n${title}`)
  for (const [name, value, note] of rows) {
    console.log(`  ${name.padEnd(52)} ${value.padStart(14)}  ${note}`)
  }
}

function seconds(command: string[]): number {
  const start = performance.now()
  spawnSync(process.execPath, command, { stdio: 'ignore' })
  return (performance.now() - start) / 1000
}

function coldStart(folder: string): void {
  const file = join(folder, '00000.xml')
  const empty: number[] = []
  const checked: number[] = []
  for (let i = 0; i < 11; i++) {
    empty.push(seconds(['-e', '']))
    checked.push(seconds([CLI, 'verify', file]))
  }
  table('One OCMF file, command line, cold (target ≤ 0.25 s)', [
    ['empty program of this Node', `${median(empty).toFixed(3)} s`, ''],
    [
      'eichlicht verify',
      `${median(checked).toFixed(3)} s`,
      `× ${(median(checked) / median(empty)).toFixed(2)} of empty`,
    ],
  ])
}

interface FolderRun {
  seconds: number
  peakMiB: number
}

function verifyFolder(folder: string, jobs: number): FolderRun {
  const start = performance.now()
  const { stderr } = spawnSync(
    process.execPath,
    [
      '--import',
      join(import.meta.dirname, 'peak-memory.mjs'),
      CLI,
      'verify',
      '--no-store',
      '-r',
      '--format',
      'ndjson',
      '--jobs',
      String(jobs),
      folder,
    ],
    { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' },
  )
  const peak = /peak-memory (\d+)/.exec(stderr)?.[1] ?? 'NaN'
  return { seconds: (performance.now() - start) / 1000, peakMiB: Number(peak) }
}

function folders(full: string, part: string): void {
  const one: FolderRun[] = []
  const two: FolderRun[] = []
  for (let round = 0; round < 3; round++) {
    one.push(verifyFolder(full, 1))
    two.push(verifyFolder(full, 2))
  }
  const few = verifyFolder(part, 2)
  const ratio = median(one.map((run, i) => run.seconds / (two[i]?.seconds ?? run.seconds)))
  const peak = Math.max(...two.map(({ peakMiB }) => peakMiB))
  table('Folder of 10,000 files (targets ≥ 1.7, ≤ 300 MiB, flat)', [
    ['one worker', `${median(one.map((run) => run.seconds)).toFixed(1)} s`, ''],
    [
      'two workers',
      `${median(two.map((run) => run.seconds)).toFixed(1)} s`,
      `× ${ratio.toFixed(2)} of one worker`,
    ],
    ['peak memory, two workers', `${peak} MiB`, `2,500 files: ${few.peakMiB} MiB`],
  ])
}

async function windows(): Promise<void> {
  const times = await windowTimes()
  const rows = (times ?? []).flatMap(({ host, start, firstVerdict, nextVerdict }) => {
    const row = (name: string, value: number): [string, string, string] => [
      `${host}: ${name}`,
      `${value.toFixed(3)} s`,
      '',
    ]
    return [
      row('start to usable', start),
      row('first drop to verdict', firstVerdict),
      row('next drop to verdict', nextVerdict),
    ]
  })
  table(
    'The window (targets: start ≤ 2 s, drop to verdict ≤ 0.3 s)',
    times === null ? [['not measured: there is no Chromium', '–', '']] : rows,
  )
}

const folder = mkdtempSync(join(tmpdir(), 'eichlicht-bench-'))
try {
  await windows()
  for (const curve of ['secp256r1', 'secp192r1'] as const) {
    const rates = await recordRates(curve)
    table(
      `OCMF, ${curve}: parse, verify, rules, verdict; warm, one core (targets ≥ 3,000/s fast on secp256r1, ≥ 600/s JavaScript)`,
      rates.map(({ name, perSecond, ratio }) => [
        name,
        `${Math.round(perSecond)}/s`,
        `× ${ratio.toFixed(3)} of the limit`,
      ]),
    )
  }
  table('Bills and logs, from bytes to claims', await billRates())
  table('Records of the other formats: parse, verify, rules, verdict', await formatRates())
  const records = makeRecords('secp256r1', 10_000, 50)
  for (const [name, count] of [
    ['full', 10_000],
    ['part', 2500],
  ] as const) {
    mkdirSync(join(folder, name))
    for (const [i, record] of records.slice(0, count).entries()) {
      writeFileSync(join(folder, name, `${String(i).padStart(5, '0')}.xml`), valuesXml(record, i))
    }
  }
  table(
    'Charging register (targets: import ≤ 10 s and ≤ 300 MB, look-up ≤ 1 ms, search p99 ≤ 20 ms)',
    registerRows(CLI, folder).map(({ name, value, note }) => [name, value, note]),
  )
  table(
    'Log of messages, JSON Lines, command line (target ≤ 300 MiB for 1 GiB; size: --log-mib=)',
    logRates(folder, (path) => verifyFolder(path, 1)),
  )
  coldStart(join(folder, 'full'))
  folders(join(folder, 'full'), join(folder, 'part'))
} finally {
  rmSync(folder, { recursive: true })
}

/**
 * Verifies the shipped samples with the built command line and says for each what came out, and
 * whether that is what the sample was made for. Ends with 1 where one is not.
 */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { SAMPLES } from '../test/tools/make-samples.ts'
import type { VerdictState } from '../src/shared/model/verdict-state.ts'

const ROOT = join(import.meta.dirname, '..')
const PROGRAM = join(ROOT, 'out/cli/eichlicht.mjs')
const FOLDER = 'assets/samples'

type Sample = (typeof SAMPLES)[number]

interface Line {
  input: { name: string; state: VerdictState | null }
  sessions: { state: VerdictState; energy_kWh: string | null }[]
}

/** One row for each input, in the order of the paths. */
function verify(args: readonly string[]): Line[] {
  const { stdout, stderr, error } = spawnSync(
    process.execPath,
    [PROGRAM, 'verify', '--no-store', '--format', 'ndjson', ...args],
    { cwd: ROOT, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 },
  )
  if (error !== undefined) throw error
  if (stdout === '') throw new Error(stderr)
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line)
}

const pathsOf = ({ files }: Sample) => Object.keys(files).map((name) => `${FOLDER}/${name}`)

/** States of the sessions and kWh of each; of the input where there is no session. */
function outcome(lines: readonly Line[]): { states: string[]; energy: string[] } {
  const sessions = lines.flatMap((line) => line.sessions)
  const inputs = lines.flatMap(({ input }) => input.state ?? [])
  return {
    states: sessions.length > 0 ? sessions.map(({ state }) => state) : inputs,
    energy: sessions.map(({ energy_kWh: energy }) => energy ?? '–'),
  }
}

// All that stand alone in one run; a run of its own for what needs a key or several files.
const alone = SAMPLES.filter((sample) => sample.key === undefined && pathsOf(sample).length === 1)
const linesOf = Map.groupBy(
  verify(alone.flatMap(pathsOf)),
  ({ input }) => input.name.split(' › ')[0],
)

let wrong = 0
for (const sample of SAMPLES) {
  const paths = pathsOf(sample)
  const { key } = sample
  const given =
    key === undefined ? [] : ['--key', `${FOLDER}/${key.file}`, '--key-trust', key.trust]
  const lines = alone.includes(sample)
    ? (linesOf.get(paths[0] ?? '') ?? [])
    : verifyTogether(paths, given)
  const { states, energy } = outcome(lines)
  const right = states.join(' ') === sample.expect.join(' ')
  if (!right) wrong++
  const name =
    paths.length === 1 ? paths[0] : `${paths[0]?.replace(/[^/]*$/, '')} (${paths.length})`
  const kWh = energy.length === 0 ? '' : `${energy.join(', ')} kWh`
  const mark = right ? '✓' : `✗ wanted ${sample.expect.join(' ')}`
  console.log(
    `${mark} ${String(name)
      .slice(FOLDER.length + 1)
      .padEnd(38)} ${[...new Set(states)].join(', ').padEnd(24)} ${kWh}`,
  )
}

const right = SAMPLES.length - wrong
console.log(`\n${right} of ${SAMPLES.length} samples give the verdict they were made for.`)
console.log(`\nOne of them in words:\n`)
console.log(
  spawnSync(
    process.execPath,
    [PROGRAM, 'verify', '--no-store', `${FOLDER}/02-key-unconfirmed.xml`],
    { cwd: ROOT, encoding: 'utf8' },
  ).stdout,
)
console.log('The window: npm start. The command line: npm run --silent eichlicht -- --help')
process.exitCode = wrong === 0 ? 0 : 1

/** NDJSON judges each input by itself; begin and end of two files meet in the other forms. */
function verifyTogether(paths: readonly string[], given: readonly string[]): Line[] {
  if (paths.length === 1) return verify([...given, ...paths])
  const { stdout } = spawnSync(
    process.execPath,
    [PROGRAM, 'verify', '--no-store', '--format', 'json', ...given, ...paths],
    { cwd: ROOT, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 },
  )
  const { inputs, sessions } = JSON.parse(stdout) as {
    inputs: Line['input'][]
    sessions: Line['sessions']
  }
  return inputs.map((input, index) => ({ input, sessions: index === 0 ? sessions : [] }))
}

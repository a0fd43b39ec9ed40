import { join } from 'node:path'
import { tmpdir } from 'node:os'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { utf8Bytes } from '../../src/main/engine/codec/text.ts'
import type * as LaunchUtility from '../../src/main/hosts/electron/launch-utility.ts'
import { Pool } from '../../src/main/pool/pool.ts'
import type { JobSettings, Read } from '../../src/main/pool/protocol.ts'
import { APP_ROOT } from '../electron/launch.ts'
import { type StandIn, createStandIn } from '../electron/stand-in/electron.ts'
import { hookLaunch } from '../electron/stand-in/module-hooks.ts'
import { wholeSession, xmlWith } from '../tools/small-inputs.ts'

const SOURCES = join(import.meta.dirname, '../../src/main/hosts/electron')
const UNRULY = join(import.meta.dirname, '../electron/unruly-utility.ts')
const SETTINGS: JobSettings = {
  given: [],
  both: true,
  evidence: false,
  now: 0,
  lines: null,
  store: null,
}

let standIn: StandIn
let launchUtility: typeof LaunchUtility.launchUtility
let open: Pool[] = []

beforeEach(async () => {
  const options = { root: APP_ROOT, userData: tmpdir(), args: [], locale: 'de', packaged: false }
  standIn = createStandIn(options)
  const load = hookLaunch(APP_ROOT, standIn.electron)
  const module = (await load(join(SOURCES, 'launch-utility.ts'))) as typeof LaunchUtility
  ;({ launchUtility } = module)
  standIn.becomeReady()
})
afterEach(async () => {
  await Promise.all(open.map((pool) => pool.close()))
  await standIn.close()
  open = []
})

function pool(options: LaunchUtility.UtilityOptions, timeoutS = 30, size = 1): Pool {
  const made = new Pool({ launch: () => launchUtility(options), size, timeoutS })
  open.push(made)
  return made
}
const unruly = (timeoutS?: number, size?: number) =>
  pool({ entry: UNRULY, memoryMiB: 64 }, timeoutS, size)

function run(workers: Pool, name: string, bytes: Uint8Array = new Uint8Array()): Promise<Read> {
  return workers.run({ source: { kind: 'bytes', name, bytes }, settings: SETTINGS, offered: [] })
}

const outcome = (read: Read) =>
  read.kind === 'result' ? [read.result.name, ...read.result.findings.map(({ code }) => code)] : []

describe('utility processes', () => {
  test('read inputs as this process would', async () => {
    const workers = pool({ entry: join(SOURCES, 'utility.ts') })
    expect(await run(workers, 'a', utf8Bytes(xmlWith([wholeSession()])))).toMatchObject({
      kind: 'result',
      result: { name: 'a', records: [{ signature: { status: 'valid' } }], findings: [] },
    })
  })

  test('are started without the environment of the user, with a limit of memory', async () => {
    await run(unruly(), 'a')
    const started = standIn.calls.find(({ name }) => name === 'utilityProcess.fork')
    expect(started?.args[2]).toMatchObject({
      serviceName: 'Eichlicht Reader',
      execArgv: ['--max-old-space-size=64'],
      stdio: 'ignore',
    })
    const { env } = (started?.args[2] ?? {}) as { env: Record<string, string> }
    const allowed = ['SystemDrive', 'SystemRoot', 'TEMP', 'TMP', 'TMPDIR']
    expect(Object.keys(env).filter((name) => !allowed.includes(name))).toEqual([])
  })

  test('that never end are ended, and cost nobody else anything', async () => {
    const workers = unruly(3, 2)
    const names = ['loop', 'a', 'b', 'loop', 'c']
    const reads = await Promise.all(names.map((name) => run(workers, name)))
    expect(reads.map(outcome)).toEqual([
      ['loop', 'IN-TIMEOUT'],
      ['a'],
      ['b'],
      ['loop', 'IN-TIMEOUT'],
      ['c'],
    ])
  })

  test.each(['heap', 'bytes'])(
    'that want more memory than they may (%s) cost their input that finding',
    async (name) => {
      const workers = unruly()
      expect(outcome(await run(workers, name))).toEqual([name, 'IN-MEMORY'])
      expect(outcome(await run(workers, 'a'))).toEqual(['a'])
    },
  )

  test.each(['crash', 'exit'])('that end by %s cost their input that finding', async (name) => {
    const workers = unruly()
    const [broken, sound] = await Promise.all([run(workers, name), run(workers, 'a')])
    expect(outcome(broken)).toEqual([name, 'ENGINE-INTERNAL'])
    expect(outcome(sound)).toEqual(['a'])
  })

  test('whose program is not there cost their inputs that finding', async () => {
    const workers = pool({ entry: join(SOURCES, 'no-such-file.ts') })
    expect(outcome(await run(workers, 'a'))).toEqual(['a', 'ENGINE-INTERNAL'])
  })

  test('end with their pool', async () => {
    const workers = unruly()
    await run(workers, 'a')
    const pid = standIn.utilities.pids()[0] ?? 0
    expect(pid).toBeGreaterThan(0)
    await workers.close()
    expect(() => process.kill(pid, 0)).toThrow('ESRCH')
  })
})

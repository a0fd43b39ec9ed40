import { afterEach, describe, expect, test } from 'vitest'
import { Pool } from '../../../src/main/pool/pool.ts'
import type { JobSettings, Read } from '../../../src/main/pool/protocol.ts'
import { launchThread } from '../../../src/main/pool/thread.ts'
import { wholeSession, xmlWith } from '../../tools/small-inputs.ts'
import { utf8Bytes } from '../../../src/main/engine/codec/text.ts'

const SETTINGS: JobSettings = {
  given: [],
  store: null,
  both: true,
  evidence: false,
  now: 0,
  lines: null,
}
const UNRULY = new URL('./unruly-worker.ts', import.meta.url)

let open: Pool[] = []
afterEach(async () => {
  await Promise.all(open.map((pool) => pool.close()))
  open = []
})

function pool(size: number, timeoutS: number, unruly = true): Pool {
  const launch = () => launchThread(unruly ? { entry: UNRULY, memoryMiB: 64 } : {})
  const made = new Pool({ launch, size, timeoutS })
  open.push(made)
  return made
}

function run(workers: Pool, name: string, bytes: Uint8Array = new Uint8Array()): Promise<Read> {
  return workers.run({ source: { kind: 'bytes', name, bytes }, settings: SETTINGS, offered: [] })
}

const outcome = (read: Read) =>
  read.kind === 'result' ? [read.result.name, ...read.result.findings.map(({ code }) => code)] : []

describe('threads', () => {
  test('read inputs as this process would', async () => {
    const read = await run(pool(1, 30, false), 'a', utf8Bytes(xmlWith([wholeSession()])))
    expect(read).toMatchObject({
      kind: 'result',
      result: { name: 'a', records: [{ signature: { status: 'valid' } }], findings: [] },
    })
  })

  test('that never end are ended, and cost nobody else anything', async () => {
    const workers = pool(2, 1)
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

  test('that want more bytes beside the heap than they may have cost the same', async () => {
    const workers = pool(1, 20)
    const reads = await Promise.all(['bytes', 'a'].map((name) => run(workers, name)))
    expect(reads.map(outcome)).toEqual([['bytes', 'IN-MEMORY'], ['a']])
  })

  test('that want more memory than they may have cost their input that finding', async () => {
    const workers = pool(1, 30)
    expect(outcome(await run(workers, 'memory'))).toEqual(['memory', 'IN-MEMORY'])
    expect(outcome(await run(workers, 'a'))).toEqual(['a'])
  })

  test.each(['crash', 'exit'])('that end by %s cost their input that finding', async (name) => {
    const workers = pool(1, 30)
    const [broken, sound] = await Promise.all([run(workers, name), run(workers, 'a')])
    expect(outcome(broken)).toEqual([name, 'ENGINE-INTERNAL'])
    expect(outcome(sound)).toEqual(['a'])
  })

  test('whose program is not there cost their inputs that finding', async () => {
    const entry = new URL('./no-such-worker.ts', import.meta.url)
    const workers = new Pool({ launch: () => launchThread({ entry }), size: 1 })
    open.push(workers)
    expect(outcome(await run(workers, 'a'))).toEqual(['a', 'ENGINE-INTERNAL'])
    expect(outcome(await run(workers, 'b'))).toEqual(['b', 'ENGINE-INTERNAL'])
  })
})

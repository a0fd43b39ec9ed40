import { mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { utf8Bytes } from '../../../src/main/engine/codec/text.ts'
import { type Reader, createReader, readInOrder } from '../../../src/main/pool/job.ts'
import { asAsked, offeredKeys, outcomesOf } from '../../../src/main/pool/judge-input.ts'
import type { WorkerHandle } from '../../../src/main/pool/pool.ts'
import {
  type InputSource,
  type JobSettings,
  type Read,
  pack,
  unpack,
} from '../../../src/main/pool/protocol.ts'
import { keyHex, throwAwayKey } from '../../tools/sign.ts'
import { POLICY, readOne, verify, wholeSession, xmlWith } from '../../tools/small-inputs.ts'

const SETTINGS: JobSettings = {
  given: [],
  store: null,
  both: true,
  evidence: false,
  now: 0,
  lines: null,
}
const SOFTWARE = { name: 'eichlicht', version: '0', core: { version: '0', sha256: '' } } as const

const root = mkdtempSync(join(tmpdir(), 'eichlicht-job-'))
beforeAll(() => {
  writeFileSync(join(root, 'small'), 'x')
  writeFileSync(join(root, 'large'), '')
  truncateSync(join(root, 'large'), 300_000)
  symlinkSync(join(root, 'loop'), join(root, 'loop'))
})
afterAll(() => rmSync(root, { recursive: true }))

const path = (name: string): InputSource => ({ kind: 'path', name, path: join(root, name) })
const bytes = (name: string, content: string): InputSource => ({
  kind: 'bytes',
  name,
  bytes: utf8Bytes(content),
})

/** A worker that gives back the name of its input, and a count of those that were started. */
function counting() {
  let started = 0
  const launch = (): WorkerHandle => {
    started++
    let answer: (text: string) => void = () => {}
    return {
      post: (message) => {
        if ('source' in message) answer(JSON.stringify({ name: message.source.name }))
      },
      listen: (onAnswer) => {
        answer = (text) => onAnswer({ kind: 'result', text })
      },
      terminate: () => Promise.resolve(),
    }
  }
  return { launch, started: () => started }
}

function reader(sources: InputSource[], workers = 2) {
  const { launch, started } = counting()
  return { reader: createReader({ settings: SETTINGS, workers, launch }, sources), started }
}

describe('where inputs are read', () => {
  test.each([
    ['a small file', [path('small')], 0],
    ['eight small inputs', Array.from({ length: 8 }, () => path('small')), 0],
    ['nine small inputs', Array.from({ length: 9 }, () => path('small')), 1],
    ['a large file', [path('large')], 1],
    ['a large input without a file', [bytes('-', 'x'.repeat(300_000))], 1],
    ['a missing file', [path('nowhere')], 0],
    ['a link to itself', [path('loop')], 0],
    ['a folder', [{ kind: 'path', name: 'folder', path: '/' } as const], 0],
    ['a folder without files', [{ kind: 'unreadable', name: 'x', reason: 'folder' } as const], 0],
  ])('%s: so many workers are started', async (_, sources, workers) => {
    const { reader: own, started } = reader(sources)
    const [first] = sources
    const read = first === undefined ? null : await own.read(first)
    await own.close()
    expect(read).toMatchObject({ kind: 'result', result: { name: first?.name } })
    expect(started()).toBe(workers)
  })

  test('as many inputs are in flight as keep all workers busy', () => {
    expect(reader([path('small')], 3).reader.width).toBe(1)
    expect(reader([path('large')], 3).reader.width).toBe(12)
  })

  test('an input read here is judged by itself where lines are asked for', async () => {
    const settings = { ...SETTINGS, lines: { policy: POLICY, software: SOFTWARE } }
    const { launch } = counting()
    const own = createReader({ settings, workers: 1, launch }, [])
    const read = await own.read(bytes('a', xmlWith([wholeSession()])))
    const lines = read.kind === 'judged' ? read.judged.lines : []
    expect(JSON.parse(Buffer.concat(lines).toString())).toMatchObject({
      input: { name: 'a', state: 'VALID_KEY_UNCONFIRMED' },
      sessions: [{ energy_kWh: '10.50' }],
    })
  })
})

describe('results in order', () => {
  const slow = (width: number) => {
    const running = { now: 0, most: 0 }
    const own: Reader = {
      read: async ({ name }) => {
        running.now++
        running.most = Math.max(running.most, running.now)
        // The later an input, the sooner it is done.
        await new Promise((done) => setTimeout(done, 20 - Number(name)))
        running.now--
        return { kind: 'result', result: { name } } as unknown as Read
      },
      width,
      close: async () => {},
    }
    return { own, running }
  }
  const sources = Array.from({ length: 15 }, (_, index) => bytes(`${index}`, ''))

  test.each([1, 3, 20])('come as the inputs were given, %i at most in flight', async (width) => {
    const { own, running } = slow(width)
    const names: string[] = []
    for await (const { source, read } of readInOrder(own, sources)) {
      names.push(source.name)
      expect(read).toMatchObject({ result: { name: source.name } })
    }
    expect(names).toEqual(sources.map(({ name }) => name))
    expect(running.most).toBe(Math.min(width, sources.length))
  })

  test('inputs are taken up only as results are taken away', async () => {
    let taken = 0
    function* endless() {
      for (; ; taken++) yield bytes(`${taken % 15}`, '')
    }
    for await (const { source } of readInOrder(slow(4).own, endless())) {
      if (source.name === '5') break
    }
    expect(taken).toBeLessThan(12)
  })
})

describe('what goes between processes', () => {
  test('is the same on the other side', async () => {
    const result = await readOne(xmlWith([wholeSession()]))
    const read: Read = { kind: 'result', result }
    expect(unpack(structuredClone(pack(read)))).toEqual(read)
    const judged = asAsked(result, { ...SETTINGS, lines: { policy: POLICY, software: SOFTWARE } })
    expect(unpack(structuredClone(pack(judged)))).toEqual(judged)
  })
})

describe('keys for other inputs', () => {
  const key = throwAwayKey()

  test('of a file of keys are meant for the job, those beside records are only tried', async () => {
    const files = await Promise.all([keyHex(key), xmlWith([wholeSession()])].map((c) => readOne(c)))
    const named = files.map((file, index) => ({ ...file, name: `file-${index}` }))
    const offered = offeredKeys(named)
    expect(offered).toMatchObject([
      { source: 'key-file', trust: 'K2', origin: 'file-0' },
      { source: 'container', trust: 'K2', origin: 'file-1' },
    ])
  })

  test('are never worth more there than a key of the provider', async () => {
    const inputs = [xmlWith([wholeSession()]), wholeSession({ number: 2 })]
    const result = await verify(inputs)
    expect(result.sessions.map(({ trust }) => trust.level)).toEqual(['K1', 'K2'])
  })
})

describe('what a result comes down to', () => {
  test('each session and each input without one is an outcome', async () => {
    const two = xmlWith([wholeSession(), wholeSession({ number: 2 })])
    const result = await verify([two, 'nonsense', keyHex(throwAwayKey())])
    expect(outcomesOf(result)).toEqual({
      outcomes: [
        { state: 'VALID_KEY_UNCONFIRMED', trust: 'K1' },
        { state: 'VALID_KEY_UNCONFIRMED', trust: 'K1' },
        { state: 'UNREADABLE', trust: 'K0' },
      ],
      contradicts: false,
      internal: false,
    })
  })
})

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { LIMITS, secondsOfLog } from '../../../src/main/engine/limits.ts'
import { Pool, type WorkerDeath, type WorkerHandle } from '../../../src/main/pool/pool.ts'
import type { Answer, JobSettings, Read, Task } from '../../../src/main/pool/protocol.ts'
import { POLICY } from '../../tools/small-inputs.ts'

const SETTINGS: JobSettings = {
  given: [],
  store: null,
  both: false,
  evidence: false,
  now: 0,
  lines: null,
}

function task(name: string, settings = SETTINGS): Task {
  return { source: { kind: 'path', name, path: name }, settings, offered: [] }
}

function answer(name: string): Answer {
  const nothing = { sha256: null, bytes: null, records: [], keys: [], findings: [] }
  return { kind: 'result', text: JSON.stringify({ name, ...nothing, wantsKeys: false }) }
}

/** A worker that does what the test says, when it says so. */
class FakeWorker implements WorkerHandle {
  tasks: string[] = []
  terminated = false
  private answerTo: (answer: Answer) => void = () => {}
  private die: (cause: WorkerDeath) => void = () => {}

  post({ source: { name } }: Task): void {
    this.tasks.push(name)
  }
  listen(onAnswer: (answer: Answer) => void, onDeath: (cause: WorkerDeath) => void): void {
    this.answerTo = onAnswer
    this.die = onDeath
    if (!slowToStart) this.becomeReady()
  }
  becomeReady(): void {
    this.answerTo({ kind: 'ready' })
  }
  terminate(): Promise<void> {
    this.terminated = true
    return Promise.resolve()
  }
  /** Answers its latest task. */
  finish(): void {
    this.answerTo(answer(this.tasks.at(-1) ?? ''))
  }
  say(answer: Answer): void {
    this.answerTo(answer)
  }
  end(cause: WorkerDeath): void {
    this.die(cause)
  }
}

let workers: FakeWorker[] = []
/** Workers are ready only when the test says so. */
let slowToStart = false

function pool(size: number, timeoutS?: number): Pool {
  const launch = () => {
    const worker = new FakeWorker()
    workers.push(worker)
    return worker
  }
  return new Pool({ launch, size, ...(timeoutS === undefined ? {} : { timeoutS }) })
}

function worker(index: number): FakeWorker {
  const found = workers[index]
  if (found === undefined) throw new Error(`no worker ${index}`)
  return found
}

function nameOf(read: Read): string {
  return read.kind === 'result' ? read.result.name : 'judged'
}
const findingOf = (read: Read) => (read.kind === 'result' ? read.result.findings[0] : undefined)

beforeEach(() => {
  workers = []
  slowToStart = false
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('work', () => {
  test('is done by as many workers as are wanted, and no more', () => {
    const many = pool(2)
    for (const name of ['a', 'b', 'c', 'd']) void many.run(task(name))
    expect(workers.map(({ tasks }) => tasks)).toEqual([['a'], ['b']])
    worker(1).finish()
    expect(workers.map(({ tasks }) => tasks)).toEqual([['a'], ['b', 'c']])
    worker(0).finish()
    expect(workers.map(({ tasks }) => tasks)).toEqual([
      ['a', 'd'],
      ['b', 'c'],
    ])
  })

  test('finds a worker that was started ahead of it', () => {
    const few = pool(4)
    few.warm()
    few.warm()
    expect(workers.map(({ tasks }) => tasks)).toEqual([[]])
    for (const name of ['a', 'b']) void few.run(task(name))
    expect(workers.map(({ tasks }) => tasks)).toEqual([['a'], ['b']])
  })

  test('starts no worker before there is something to do, and keeps the idle one', async () => {
    const few = pool(4)
    expect(workers).toEqual([])
    for (const name of ['a', 'b']) {
      const read = few.run(task(name))
      worker(0).finish()
      expect(nameOf(await read)).toBe(name)
    }
    expect(workers.length).toBe(1)
  })

  test('each input gets its own result, whichever is done first', async () => {
    const two = pool(2)
    const reads = ['a', 'b'].map((name) => two.run(task(name)))
    worker(1).finish()
    worker(0).finish()
    expect((await Promise.all(reads)).map(nameOf)).toEqual(['a', 'b'])
  })

  test('that is done needs no watch any more', async () => {
    const one = pool(1)
    const read = one.run(task('a'))
    worker(0).finish()
    await read
    expect(vi.getTimerCount()).toBe(0)
  })
})

describe('an input that takes too long', () => {
  test('costs itself a finding that names the limit, and its worker is replaced', async () => {
    const one = pool(1)
    const slow = one.run(task('slow'))
    const next = one.run(task('next'))
    vi.advanceTimersByTime(LIMITS.inputSeconds * 1000 - 1)
    expect(worker(0).terminated).toBe(false)
    vi.advanceTimersByTime(1)
    expect(await slow).toMatchObject({
      result: {
        name: 'slow',
        sha256: null,
        findings: [{ code: 'IN-TIMEOUT', severity: 'error', params: { seconds: '5' } }],
      },
    })
    expect(worker(0).terminated).toBe(true)
    expect(worker(1).tasks).toEqual(['next'])
    worker(1).finish()
    expect(nameOf(await next)).toBe('next')
  })

  test('is not given an answer that comes too late', async () => {
    const one = pool(1, 1)
    const slow = one.run(task('slow'))
    vi.advanceTimersByTime(1000)
    worker(0).finish()
    worker(0).end('crash')
    expect(findingOf(await slow)?.code).toBe('IN-TIMEOUT')
    void one.run(task('next'))
    expect(workers.map(({ tasks }) => tasks)).toEqual([['slow'], ['next']])
  })

  test('has its time from when its worker is ready, however long that takes to load', async () => {
    slowToStart = true
    const one = pool(1, 5)
    const read = one.run(task('a'))
    vi.advanceTimersByTime(50_000)
    worker(0).becomeReady()
    vi.advanceTimersByTime(4999)
    expect(worker(0).terminated).toBe(false)
    vi.advanceTimersByTime(1)
    expect(findingOf(await read)?.code).toBe('IN-TIMEOUT')
  })

  test('says nothing of the input where its worker never gets ready', async () => {
    slowToStart = true
    const read = pool(1, 5).run(task('a'))
    vi.advanceTimersByTime(60_000)
    expect(findingOf(await read)).toMatchObject({
      code: 'ENGINE-INTERNAL',
      params: { detail: 'worker did not start' },
    })
  })

  test('the time begins when a worker takes it up, not when it has to wait', () => {
    const one = pool(1, 10)
    void one.run(task('first'))
    void one.run(task('second'))
    vi.advanceTimersByTime(9000)
    worker(0).finish()
    vi.advanceTimersByTime(9000)
    expect(worker(0).terminated).toBe(false)
  })
})

describe('a worker that ends by itself', () => {
  test.each([
    ['memory', { code: 'IN-MEMORY', params: { limit: '512 MiB' } }],
    ['crash', { code: 'ENGINE-INTERNAL', params: { detail: 'worker ended' } }],
  ] as const)('by %s costs its input one finding and is replaced', async (cause, expected) => {
    const one = pool(1)
    const read = one.run(task('a'))
    const next = one.run(task('b'))
    worker(0).end(cause)
    expect(findingOf(await read)).toMatchObject(expected)
    worker(1).finish()
    expect(nameOf(await next)).toBe('b')
    expect(vi.getTimerCount()).toBe(0)
  })

  test('while it has nothing to do is replaced without a word', async () => {
    const one = pool(1)
    const read = one.run(task('a'))
    worker(0).finish()
    await read
    worker(0).end('crash')
    void one.run(task('b'))
    expect(workers.map(({ tasks }) => tasks)).toEqual([['a'], ['b']])
  })

  test('every time costs each input one finding, and the pool goes on', async () => {
    const one = pool(1)
    const reads = Array.from({ length: 100 }, (_, index) => one.run(task(`${index}`)))
    for (let index = 0; index < 100; index++) worker(index).end('crash')
    const results = await Promise.all(reads)
    expect(results.map(nameOf)).toEqual(Array.from({ length: 100 }, (_, index) => `${index}`))
    expect(results.every((read) => findingOf(read)?.code === 'ENGINE-INTERNAL')).toBe(true)
  })
})

describe('a worker that cannot be had', () => {
  const fail = () => {
    throw new Error('no more threads')
  }

  test('because none can be started costs each input a finding', async () => {
    const none = new Pool({ launch: fail, size: 2 })
    const results = await Promise.all(['a', 'b', 'c'].map((name) => none.run(task(name))))
    expect(results.map(nameOf)).toEqual(['a', 'b', 'c'])
    expect(results.map((read) => findingOf(read)?.code)).toEqual(
      Array.from({ length: 3 }, () => 'ENGINE-INTERNAL'),
    )
    expect(vi.getTimerCount()).toBe(0)
  })

  test('because it takes no task is given up', async () => {
    const launch = () => Object.assign(new FakeWorker(), { post: fail })
    const none = new Pool({ launch, size: 1 })
    expect(findingOf(await none.run(task('a')))?.code).toBe('ENGINE-INTERNAL')
    expect(findingOf(await none.run(task('b')))?.code).toBe('ENGINE-INTERNAL')
    expect(vi.getTimerCount()).toBe(0)
  })
})

test('an input that failed gets its line of NDJSON like any other', async () => {
  const software = { name: 'eichlicht', version: '0', core: { version: '0', sha256: '' } } as const
  const lines = { policy: POLICY, software }
  const one = pool(1)
  const read = one.run(task('a', { ...SETTINGS, lines }))
  worker(0).end('memory')
  const result = await read
  const judged = result.kind === 'judged' ? result.judged : null
  expect(judged).toMatchObject({
    outcomes: [{ state: 'UNREADABLE', trust: 'K0' }],
    internal: false,
    wantsKeys: false,
  })
  expect(JSON.parse(Buffer.concat(judged?.lines ?? []).toString())).toMatchObject({
    input: { name: 'a' },
    sessions: [],
  })
})

test('a log has time by its size, and is ended when that is over', async () => {
  const one = pool(1)
  const read = one.run(task('a'))
  worker(0).say({ kind: 'log', bytes: 100 * 2 ** 20 })
  vi.advanceTimersByTime(204_999)
  expect(worker(0).terminated).toBe(false)
  vi.advanceTimersByTime(1)
  expect(findingOf(await read)).toMatchObject({ code: 'IN-TIMEOUT', params: { seconds: '205' } })
  expect(worker(0).terminated).toBe(true)
  expect(secondsOfLog(2 ** 40)).toBe(LIMITS.logSeconds)
})

describe('closing', () => {
  test('ends all workers and their watches, and starts none again', async () => {
    const two = pool(2)
    for (const name of ['a', 'b', 'c']) void two.run(task(name))
    worker(0).finish()
    await two.close()
    expect(workers.every(({ terminated }) => terminated)).toBe(true)
    expect(vi.getTimerCount()).toBe(0)
    worker(0).end('crash')
    worker(1).end('crash')
    expect(workers.length).toBe(2)
  })
})

import { afterEach, describe, expect, test } from 'vitest'
import type { WorkerDeath, WorkerHandle } from '../../../src/main/pool/pool.ts'
import type { Answer, Message, ReportOrder } from '../../../src/main/pool/protocol.ts'
import { ReportWriter } from '../../../src/main/pool/report-writer.ts'
import { launchThread } from '../../../src/main/pool/thread.ts'
import type { Session } from '../../../src/shared/model/session.ts'
import { STATES, manySessions } from '../../tools/report-samples.ts'
import { pdfReport } from '../../../src/main/report/pdf/report.ts'
import { software } from '../../../src/main/software.ts'

/** A worker that does what the test says. */
class FakeWorker implements WorkerHandle {
  told: Message[] = []
  terminated = false
  say: (answer: Answer) => void = () => {}
  die: (cause: WorkerDeath) => void = () => {}
  post(message: Message): void {
    this.told.push(message)
  }
  listen(onAnswer: (answer: Answer) => void, onDeath: (cause: WorkerDeath) => void): void {
    this.say = onAnswer
    this.die = onDeath
  }
  terminate(): Promise<void> {
    this.terminated = true
    return Promise.resolve()
  }
}

let writers: ReportWriter[] = []
let workers: FakeWorker[] = []
afterEach(async () => {
  await Promise.all(writers.map((writer) => writer.close()))
  writers = []
  workers = []
})

function fake(silenceS?: number): ReportWriter {
  const launch = () => {
    const worker = new FakeWorker()
    workers.push(worker)
    return worker
  }
  const writer = new ReportWriter({ launch, ...(silenceS === undefined ? {} : { silenceS }) })
  writers.push(writer)
  return writer
}

function real(): ReportWriter {
  const writer = new ReportWriter({ launch: launchThread })
  writers.push(writer)
  return writer
}

const ORDER: ReportOrder = {
  kind: 'csv',
  language: 'de',
  checkedAt: '2026-08-24T14:33:10.000Z',
  result: { policy: { requiredTrust: 'K3', profile: 'driver' }, inputs: [], unmatched: [] },
  sources: [],
}

function job(over: Partial<Parameters<ReportWriter['write']>[0]> = {}) {
  const { signal } = new AbortController()
  return { order: ORDER, sessions: [], tell: () => {}, signal, ...over }
}

async function worker(index: number): Promise<FakeWorker> {
  await expect.poll(() => workers[index]?.told.some(isReport)).toBe(true)
  const found = workers[index]
  if (found === undefined) throw new Error('not started')
  return found
}

const BYTES = new Uint8Array([37])
const isReport = (message: Message) => 'kind' in message && message.kind === 'report'

describe('the writer of reports', () => {
  test('hands over sessions in portions, and lets the process do other things between them', async () => {
    const sessions = Array.from({ length: 120 }, (_, id) => ({ id }) as unknown as Session)
    let turns = 0
    const count = setInterval(() => turns++, 0)
    const written = fake().write(job({ sessions }))
    const { told, say } = await worker(0)
    clearInterval(count)
    const parts = told.flatMap((message) =>
      'kind' in message && message.kind === 'sessions'
        ? [(JSON.parse(message.text) as unknown[]).length]
        : [],
    )
    expect(parts).toEqual([50, 50, 20])
    expect(turns).toBeGreaterThan(0)
    say({ kind: 'report', bytes: BYTES })
    expect(await written).toBe(BYTES)
  })

  test('tells how far it is', async () => {
    const heard: string[] = []
    const written = fake().write(job({ tell: (done, total) => heard.push(`${done}/${total}`) }))
    const { say } = await worker(0)
    say({ kind: 'ready' })
    say({ kind: 'progress', done: 1, total: 3 })
    say({ kind: 'progress', done: 2, total: 3 })
    say({ kind: 'report', bytes: BYTES })
    await written
    expect(heard).toEqual(['1/3', '2/3'])
  })

  test('writes one report after the other with one worker', async () => {
    const writer = fake()
    const all = [writer.write(job()), writer.write(job())]
    const first = await worker(0)
    expect(first.told.filter(isReport)).toHaveLength(1)
    first.say({ kind: 'report', bytes: BYTES })
    await all[0]
    await expect.poll(() => first.told.filter(isReport).length).toBe(2)
    first.say({ kind: 'report', bytes: BYTES })
    await all[1]
    expect(workers).toHaveLength(1)
  })

  test('that is given up ends its worker, and the next report has a new one', async () => {
    const writer = fake()
    const stop = new AbortController()
    const given = writer.write(job({ signal: stop.signal }))
    const next = writer.write(job())
    const first = await worker(0)
    stop.abort(new Error('not wanted'))
    await expect(given).rejects.toThrow('not wanted')
    expect(first.terminated).toBe(true)
    // What it still says is nobody's.
    first.say({ kind: 'report', bytes: new Uint8Array() })
    const second = await worker(1)
    second.say({ kind: 'report', bytes: BYTES })
    expect(await next).toBe(BYTES)
  })

  test('begins no report that was given up while it waited', async () => {
    const writer = fake()
    const stop = new AbortController()
    const first = writer.write(job())
    const waiting = writer.write(job({ signal: stop.signal }))
    stop.abort(new Error('not wanted'))
    const { say, told } = await worker(0)
    say({ kind: 'report', bytes: BYTES })
    await first
    await expect(waiting).rejects.toThrow('not wanted')
    expect(told.filter(isReport)).toHaveLength(1)
  })

  test.each([
    ['crash', (own: FakeWorker) => own.die('crash')],
    ['memory', (own: FakeWorker) => own.die('memory')],
    ['a bug', (own: FakeWorker) => own.say({ kind: 'failed', detail: 'a bug' })],
  ])('whose worker ends by %s says so, and writes the next', async (cause, end) => {
    const writer = fake()
    const failing = writer.write(job())
    end(await worker(0))
    await expect(failing).rejects.toThrow(cause)
    const next = writer.write(job())
    const second = await worker(1)
    second.say({ kind: 'report', bytes: BYTES })
    expect(await next).toBe(BYTES)
  })

  test('whose worker says nothing more is not waited for', async () => {
    const failing = fake(0.05).write(job())
    const own = await worker(0)
    await expect(failing).rejects.toThrow('silent')
    expect(own.terminated).toBe(true)
  })

  test('whose worker cannot be started says why', async () => {
    const writer = new ReportWriter({
      launch: () => {
        throw new Error('no more threads')
      },
    })
    await expect(writer.write(job())).rejects.toThrow('no more threads')
  })

  test('that is closed leaves nobody waiting', async () => {
    const writer = fake()
    const failing = writer.write(job())
    await worker(0)
    await Promise.all([expect(failing).rejects.toThrow('closed'), writer.close()])
  })
})

describe('a thread', () => {
  test('writes the same bytes as this process would', async () => {
    const input = { ...(await STATES.VALID_KEY_UNCONFIRMED()), software: software() }
    const { sessions, ...result } = input.result
    const [original] = input.originals
    if (original === undefined) throw new Error('no original')
    const bytes = await real().write(
      job({
        sessions,
        order: {
          ...ORDER,
          kind: 'pdf',
          checkedAt: input.checkedAt,
          result,
          sources: [{ kind: 'bytes', ...original }],
        },
      }),
    )
    const here = await pdfReport({ ...input, integrity: 'cannot-be-checked' })
    expect(Buffer.from(bytes).equals(here)).toBe(true)
  })

  test('tells how far it is while it writes, and keeps nothing for the next report', async () => {
    const writer = real()
    const { result } = await manySessions(60)
    const { sessions, ...rest } = result
    const heard: number[] = []
    const pdf = { ...ORDER, kind: 'pdf', result: rest } as const
    await writer.write(job({ sessions, order: pdf, tell: (done) => heard.push(done) }))
    expect(heard.length).toBeGreaterThan(20)
    expect(heard).toEqual(heard.toSorted((a, b) => a - b))
    const csv = await writer.write(job({ order: { ...ORDER, result: rest } }))
    expect(new TextDecoder().decode(csv)).not.toContain('T311')
  })
})

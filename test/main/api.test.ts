/**
 * The API of all hosts, as a window calls it: real workers, a real key store, no window.
 */
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { generateKeyPairSync } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Api, createApi } from '../../src/main/api.ts'
import { utf8Bytes } from '../../src/main/engine/codec/text.ts'
import type { HostFace } from '../../src/main/hosts/host-face.ts'
import { launchThread } from '../../src/main/pool/thread.ts'
import {
  type ApiError,
  type Events,
  type FileBytes,
  type Input,
  type JobResult,
  type KeyProof,
  METHODS,
  type Method,
  type Output,
  type Progress,
} from '../../src/shared/api.ts'
import { findingsOf } from '../../src/shared/i18n/verdict.ts'
import { inGroupsOfFour, toHex } from '../../src/shared/hex.ts'
import { NO_FILTER } from '../../src/shared/model/stored-key.ts'
import { ENDS_SEPARATOR, endsOf } from '../../src/shared/printed-key.ts'
import { zip } from '../tools/archives.ts'
import { beside, pixels, png, qrCode } from '../tools/pictures.ts'
import { encryptedPdf } from '../tools/pdf-files.ts'
import { writeRegisterCsv, writeRegisterXlsx } from '../tools/make-register.ts'
import { keyHex, throwAwayKey } from '../tools/sign.ts'
import { twoRecords, wholeSession, xmlWith } from '../tools/small-inputs.ts'

let folder = ''
let api: Api
let waiting: string[] = []
let chosen: string[] | null = null
let saving: (() => never) | null = null
let progress: Progress[] = []
let written: number[] = []
let faults: string[] = []
let camera = false
let told: [event: string, value: unknown][] = []

const host: HostFace = {
  kind: 'browser',
  chooseFiles: async () => chosen,
  saveFile: async (name, type, bytes) => {
    saving?.()
    return { kind: 'bytes', name, type, bytes, sha256: '' }
  },
  waiting: () => waiting.splice(0),
  waitingCount: () => waiting.length,
  showCamera: (open) => void (camera = open),
}

function start(store: string | null = join(folder, 'keys.sqlite')): Api {
  return createApi({
    host,
    locale: 'en',
    emit: (event, value) => {
      told.push([event, value])
      if (event === 'progress') progress.push(value as Progress)
      if (event === 'report') written.push((value as Events['report']).done)
    },
    store,
    launch: launchThread,
    log: (fault) => void faults.push(fault),
  })
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'eichlicht-api-'))
  waiting = []
  chosen = null
  saving = null
  progress = []
  written = []
  faults = []
  camera = false
  told = []
  api = start()
})
afterEach(async () => {
  await api.close()
  rmSync(folder, { recursive: true })
  // A fault of ours fails the test that brought it about.
  if (faults.length > 0) throw new Error(faults.join('\n'))
})

async function call<M extends Method>(method: M, input: Input<M>): Promise<Output<M>> {
  const answer = await api.call(method, input)
  if (!answer.ok) throw new Error(`${method}: ${answer.error.code} ${answer.error.detail}`)
  return answer.value as Output<M>
}

async function refusal(method: string, input: unknown): Promise<ApiError | 'accepted'> {
  const answer = await api.call(method, input)
  return answer.ok ? 'accepted' : answer.error.code
}

const file = (name: string, content: string): FileBytes => ({ name, bytes: utf8Bytes(content) })

async function check(...files: FileBytes[]): Promise<JobResult> {
  const { job } = await call('startJob', { label: '' })
  await call('addFiles', { job, files })
  return call('finishJob', { job })
}

const states = ({ rows }: JobResult) => rows.map(({ state }) => state)

const ed25519 = generateKeyPairSync('ed25519')

describe('calls', () => {
  test.each(['', 'nothing', '__proto__', 'constructor', 'toString'])(
    'of "%s" are refused',
    async (method) => {
      expect(await refusal(method, null)).toBe('unknown-method')
    },
  )

  test.each(METHODS)('of %s with a foreign input are refused', async (method) => {
    for (const input of [undefined, 7, 'x', [], { job: 7 }, { files: null }]) {
      expect([input, await refusal(method, input)]).toEqual([input, 'bad-input'])
    }
  })

  test('for a job, session or key that is not there are refused', async () => {
    const { job, rows } = await check(file('a', xmlWith([wholeSession()])))
    const session = rows[0]?.id ?? ''
    for (const method of ['finishJob', 'cancelJob', 'recheckJob', 'jobResult', 'addWaitingFiles']) {
      expect([method, await refusal(method, { job: 'x' })]).toEqual([method, 'no-such-job'])
    }
    expect(await refusal('session', { job: 'x', session })).toBe('no-such-job')
    expect(await refusal('session', { job, session: 'x' })).toBe('no-such-session')
    const report = { session: 'x', kind: 'pdf', language: 'de' }
    expect(await refusal('saveReport', { job, ...report })).toBe('no-such-session')
    expect(await refusal('keyHistory', { id: 9 })).toBe('no-such-key')
    expect(await refusal('removeKey', { id: 9, reason: '' })).toBe('no-such-key')
  })

  test('say who answers', async () => {
    expect(await call('about', null)).toMatchObject({
      files: 'cannot-be-checked',
      failedMethods: [],
      host: 'browser',
      locale: 'en',
      store: 'writable',
      waitingFiles: 0,
    })
  })
})

describe('a check', () => {
  test('gives every input its row, one after the other, whatever they are called', async () => {
    const broken = (letter: string) => file('b', `OCMF|{"${letter}"`)
    const result = await check(
      file('a', xmlWith([wholeSession()])),
      broken('x'),
      broken('y'),
      file('c', xmlWith([twoRecords({ over: { MS: 'OTHER' } })[0]])),
    )
    expect(states(result)).toEqual([
      'VALID_KEY_UNCONFIRMED',
      'UNREADABLE',
      'UNREADABLE',
      'INCOMPLETE',
    ])
    expect(result.inputs.map(({ name }) => name)).toEqual(['a', 'b', 'b (2)', 'c'])
    expect(result.label).toBe('a + 3')
    expect(new Set(result.rows.map(({ id }) => id)).size).toBe(4)
    expect(progress.map(({ step }) => step)).toEqual(expect.arrayContaining(['reading', 'pairing']))
    expect(await call('jobs', null)).toMatchObject([{ job: result.job, inputs: 4 }])
  })

  test('finds begin, end and key in three inputs', async () => {
    const [begin, end] = twoRecords()
    const result = await check(
      file('begin', begin),
      file('end', end),
      file('key', keyHex(throwAwayKey())),
    )
    expect(result.rows).toMatchObject([
      { state: 'VALID_KEY_UNCONFIRMED', trust: 'K2', energy: '10.50' },
      { id: 'input:key', state: null },
    ])
  })

  test('reads files and whole folders by their paths, and names them without what is above', async () => {
    mkdirSync(join(folder, 'in/deep'), { recursive: true })
    writeFileSync(join(folder, 'in/deep/a.xml'), xmlWith([wholeSession()]))
    writeFileSync(join(folder, 'in/b.xml'), 'x')
    chosen = [join(folder, 'in'), join(folder, 'missing')]
    const { job } = await call('startJob', { label: '' })
    expect(await call('chooseFiles', { job, folders: true })).toEqual({ inputs: 3, offered: true })
    const { inputs } = await call('finishJob', { job })
    expect(inputs.map(({ name }) => name)).toEqual(['in/b.xml', 'in/deep/a.xml', 'missing'])
  })

  test('takes files that wait once, and leaves them where there is no job', async () => {
    waiting = [join(folder, 'a')]
    expect(await refusal('addWaitingFiles', { job: 'x' })).toBe('no-such-job')
    const { job } = await call('startJob', { label: '' })
    expect(await call('addWaitingFiles', { job })).toEqual({ inputs: 1 })
    expect(await call('addWaitingFiles', { job })).toEqual({ inputs: 1 })
  })

  test('leaves asking to the window where the host has no dialog', async () => {
    const { job } = await call('startJob', { label: '' })
    expect(await call('chooseFiles', { job, folders: false })).toEqual({
      inputs: 0,
      offered: false,
    })
  })

  test('that is cancelled leaves nothing, and ends at once', async () => {
    const { job } = await call('startJob', { label: '' })
    const many = Array.from({ length: 300 }, (_, at) => file(`${at}`, xmlWith([wholeSession()])))
    await call('addFiles', { job, files: many })
    const finished = refusal('finishJob', { job })
    await call('cancelJob', { job })
    expect(await finished).toBe('cancelled')
    expect(await call('jobs', null)).toEqual([])
    expect(await refusal('jobResult', { job })).toBe('no-such-job')
  })

  test('that is cancelled while it is filled takes no more files', async () => {
    const { job } = await call('startJob', { label: '' })
    await call('cancelJob', { job })
    expect(await refusal('addFiles', { job, files: [file('a', 'x')] })).toBe('cancelled')
    expect(await refusal('finishJob', { job })).toBe('no-such-job')
  })

  test('that was made before keeps its result when checking again is cancelled', async () => {
    const before = await check(file('a', xmlWith([wholeSession()])))
    const again = refusal('recheckJob', { job: before.job })
    await call('cancelJob', { job: before.job })
    expect(await again).toBe('cancelled')
    expect(await call('jobResult', { job: before.job })).toEqual(before)
    expect(states(await call('recheckJob', { job: before.job }))).toEqual(states(before))
  })

  test('asked for twice is made once', async () => {
    const { job } = await call('startJob', { label: '' })
    await call('addFiles', { job, files: [file('a', xmlWith([wholeSession()]))] })
    const both = await Promise.all([call('finishJob', { job }), call('finishJob', { job })])
    expect(both[0]).toEqual(both[1])
    expect(progress.filter(({ step }) => step === 'reading')).toHaveLength(1)
  })

  test('of more than a job may hold is refused', async () => {
    const { job } = await call('startJob', { label: '' })
    const large = new Uint8Array(100 * 1024 * 1024)
    const add = () => refusal('addFiles', { job, files: [{ name: 'a', bytes: large }] })
    expect([await add(), await add(), await add()]).toEqual(['accepted', 'accepted', 'too-large'])
    expect(await add()).toBe('no-such-job')
  })

  test('names the second input with the same records, and leads from it to their session', async () => {
    const [begin, end] = twoRecords()
    const same = xmlWith([wholeSession({ number: 2 })])
    const result = await check(
      file('begin', begin),
      file('a', same),
      file('end', end),
      file('b', same),
      file('end again', end),
    )
    const [first, second] = new Set(result.rows.map(({ session }) => session))
    expect(result.rows.map(({ input, copyOf, session }) => [input, copyOf, session])).toEqual([
      ['begin', null, first],
      ['end again', 'begin', first],
      ['a', null, second],
      ['b', 'a', second],
    ])
    expect(new Set(result.rows.map(({ id }) => id)).size).toBe(4)
    // A session counts once.
    expect(Object.values(result.counts).reduce((sum, count) => sum + count)).toBe(2)
  })

  test('shows the signed bytes of one session', async () => {
    const { job, rows } = await check(file('a', xmlWith([wholeSession()])))
    const session = await call('session', { job, session: rows[0]?.id ?? '' })
    const [record] = session.records
    expect(Buffer.from(record?.signedBytes ?? '', 'hex').toString()).toMatch(/^\{"FV":"1\.4"/)
  })
})

describe('a protected file', () => {
  const PASSWORD = 'geheim-7193'
  const protectedPdf = () => encryptedPdf(PASSWORD, xmlWith([wholeSession()]))

  test('is opened with its password, and with no other', async () => {
    const other = file('other', xmlWith([wholeSession({ number: 2 })]))
    const first = await check({ name: 'a.pdf', bytes: protectedPdf() }, other)
    expect(first.rows).toMatchObject([
      { input: 'other', locked: false },
      { input: 'a.pdf', state: 'UNREADABLE', locked: true },
    ])
    const { job } = first
    const wrong = { job, input: 'a.pdf', password: 'guess' }
    expect(await refusal('unlockInput', wrong)).toBe('wrong-password')
    expect(await call('jobResult', { job })).toEqual(first)
    const opened = await call('unlockInput', { job, input: 'a.pdf', password: PASSWORD })
    expect(states(opened)).toEqual(['VALID_KEY_UNCONFIRMED', 'VALID_KEY_UNCONFIRMED', null])
    expect(opened.rows.some(({ locked }) => locked)).toBe(false)
    // What is read again is read with it.
    expect(states(await call('recheckJob', { job }))).toEqual(states(opened))
    const session = await call('session', { job, session: opened.rows[1]?.session ?? '' })
    expect(session.records[0]?.signedBytes).not.toBeNull()
  })

  test('in an archive beside another one has a password of its own', async () => {
    const bytes = zip({
      'a.pdf': protectedPdf(),
      'b.pdf': encryptedPdf('another', xmlWith([wholeSession({ number: 2 })])),
    })
    const { job, rows } = await check({ name: 'all.zip', bytes })
    const locked = rows.filter((row) => row.locked).map(({ input }) => input)
    expect(locked).toEqual(['all.zip › a.pdf', 'all.zip › b.pdf'])
    const [a = '', b = ''] = locked
    await call('unlockInput', { job, input: a, password: PASSWORD })
    expect(await refusal('unlockInput', { job, input: b, password: PASSWORD })).toBe(
      'wrong-password',
    )
    const opened = await call('unlockInput', { job, input: b, password: 'another' })
    expect(opened.rows.filter((row) => row.locked)).toEqual([])
    expect(opened.rows.filter(({ session }) => session !== null)).toHaveLength(2)
  })

  test('that is none of the check cannot be opened', async () => {
    const { job } = await check({ name: 'a.pdf', bytes: protectedPdf() })
    const unlock = { job, input: 'b.pdf', password: 'x' }
    expect(await refusal('unlockInput', unlock)).toBe('bad-input')
    expect(await refusal('unlockInput', { ...unlock, password: '' })).toBe('bad-input')
    expect(await refusal('unlockInput', { ...unlock, job: 'x' })).toBe('no-such-job')
  })

  test('leaves its password in no result, report, message or file', async () => {
    const { job } = await check({ name: 'a.pdf', bytes: protectedPdf() })
    const { rows } = await call('unlockInput', { job, input: 'a.pdf', password: PASSWORD })
    const said: unknown[] = [
      await call('jobResult', { job }),
      await call('jobs', null),
      await call('session', { job, session: rows[0]?.session ?? '' }),
      told,
      faults,
    ]
    for (const kind of ['pdf', 'json', 'csv'] as const) {
      const saved = await call('saveReport', { job, session: null, kind, language: 'de' })
      if (saved.kind === 'bytes') said.push(Buffer.from(saved.bytes).toString('latin1'))
    }
    await api.close()
    for (const name of readdirSync(folder)) {
      said.push(readFileSync(join(folder, name)).toString('latin1'))
    }
    expect(JSON.stringify(said)).not.toContain(PASSWORD)
  })
})

describe('a report', () => {
  test.each([
    ['pdf', 'application/pdf', '%PDF-'],
    ['json', 'application/json', '{"schema":"eichlicht-result/1"'],
    ['csv', 'text/csv', '\ufeff'],
  ] as const)('as %s has a name with its date', async (kind, type, begin) => {
    const { job, checkedAt } = await check(file('a', xmlWith([wholeSession()])))
    const saved = await call('saveReport', { job, session: null, kind, language: 'de' })
    if (saved.kind !== 'bytes') throw new Error(saved.kind)
    expect(saved.name).toBe(`Eichlicht-Prüfbericht-${checkedAt.slice(0, 10)}.${kind}`)
    expect(saved.type).toBe(type)
    const text = Buffer.from(saved.bytes)
      .toString()
      .replaceAll(/\s*\n\s*/g, '')
    expect(text.replaceAll('": ', '":').slice(0, 60)).toContain(begin)
  })

  test('of one session holds nothing of the others', async () => {
    const other = wholeSession({ number: 7, over: { MS: 'SECRET' } })
    const { job, rows } = await check(
      file('a', xmlWith([wholeSession()])),
      file('b', xmlWith([other])),
    )
    for (const kind of ['json', 'csv'] as const) {
      const session = rows[0]?.id ?? ''
      const saved = await call('saveReport', { job, session, kind, language: 'en' })
      const text = saved.kind === 'bytes' ? Buffer.from(saved.bytes).toString() : ''
      expect(text).toContain('METER-1')
      expect(text).not.toContain('SECRET')
    }
  })

  const many = (count: number) =>
    xmlWith(Array.from({ length: count }, (_, number) => wholeSession({ number })))

  test('of many sessions is written elsewhere, and tells how far it is', async () => {
    const { job } = await check(file('a', many(300)))
    let longest = 0
    let last = performance.now()
    const since = last
    const ticks = setInterval(() => {
      longest = Math.max(longest, performance.now() - last)
      last = performance.now()
    }, 5)
    const saved = await call('saveReport', { job, session: null, kind: 'pdf', language: 'de' })
    clearInterval(ticks)
    expect(saved.kind).toBe('bytes')
    expect(written.length).toBeGreaterThan(20)
    expect(longest).toBeLessThan((performance.now() - since) / 3)
  })

  test('that is cancelled is not written, and the next one is', async () => {
    const { job } = await check(file('a', many(300)))
    const report = { job, session: null, kind: 'pdf', language: 'de' } as const
    const given = refusal('saveReport', report)
    await expect.poll(() => written.length, { timeout: 20_000 }).toBeGreaterThan(0)
    await call('cancelReports', { job })
    expect(await given).toBe('cancelled')
    expect((await call('saveReport', { ...report, kind: 'csv' })).kind).toBe('bytes')
    // There may be none, or none any more.
    await call('cancelReports', { job })
  })

  test.each([
    ['ENOSPC', 'disk-full'],
    ['EACCES', 'place-forbidden'],
    ['EIO', 'not-saved'],
  ])('that cannot be written (%s) is said to be %s', async (code, expected) => {
    const { job } = await check(file('a', xmlWith([wholeSession()])))
    saving = () => {
      throw Object.assign(new Error(code), { code })
    }
    const report = { job, session: null, kind: 'csv', language: 'de' }
    expect(await refusal('saveReport', report)).toBe(expected)
  })
})

describe('a picture', () => {
  const keys = [throwAwayKey('secp256r1', 'left'), throwAwayKey('secp384r1', 'right')]
  const codes = async (...texts: string[]) =>
    png(beside(await Promise.all(texts.map(async (text) => pixels(await qrCode(text), 4)))))
  const look = async (bytes: Uint8Array) => call('lookAt', { name: 'photo.png', bytes })

  test('of a key gives the key, in words that every reader of keys takes', async () => {
    const [key] = keys
    const spki = key === undefined ? '' : keyHex(key)
    const { picture, keys: seen, records } = await look(await codes(spki))
    expect([picture, records, seen.length]).toEqual([true, 0, 1])
    const readout = await call('readKey', { text: seen[0]?.text ?? '', hint: null })
    expect(readout).toMatchObject({ kind: 'key', fingerprint: seen[0]?.fingerprint })
    expect(seen[0]?.pointGroups.replaceAll(' ', '').toLowerCase()).toBe(spki.slice(-130))
  })

  test('of several keys gives each of them once', async () => {
    const [left = '', right = ''] = keys.map((key) => keyHex(key))
    const { keys: seen } = await look(await codes(left, right, left))
    expect(seen.map(({ curve }) => curve).toSorted()).toEqual(['secp256r1', 'secp384r1'])
  })

  test('of a record says so', async () => {
    expect(await look(await codes(wholeSession()))).toMatchObject({ records: 1, keys: [] })
  })

  test.each([
    [
      'without a code',
      async () => png({ width: 200, height: 200, grey: new Uint8Array(40_000).fill(255) }),
      true,
      'IN-NO-CODE',
    ],
    ['of a link', () => codes('https://example.com/'), true, 'IN-URL'],
    ['that is damaged', async () => (await codes('x')).subarray(0, 60), true, 'IN-NO-CODE'],
    ['that is none', async () => utf8Bytes('no picture'), false, 'IN-UNKNOWN'],
    ['that is empty', async () => new Uint8Array(), false, 'IN-EMPTY'],
  ])('%s gives nothing, and says why', async (_, bytes, picture, code) => {
    const sight = await look(await bytes())
    expect(sight).toMatchObject({ picture, keys: [], records: 0, why: { code } })
  })

  test('is kept nowhere', async () => {
    await look(await codes(keyHex(throwAwayKey())))
    expect(await call('jobs', null)).toEqual([])
    expect((await call('keys', { search: '', filter: NO_FILTER })).total).toBe(0)
  })

  test('of the camera is taken only as long as the host knows', async () => {
    await call('showCamera', { open: true })
    expect(camera).toBe(true)
    await call('showCamera', { open: false })
    expect(camera).toBe(false)
  })
})

describe('a key', () => {
  const key = throwAwayKey()
  const spki = keyHex(key)
  const point = spki.slice(-130)
  const proof = (how: KeyProof['how'], text: string): KeyProof => ({
    how,
    text,
    where: 'station-label',
    by: 'A. Driver',
    on: '2026-09-01',
  })
  const ends = (form: string) => {
    const { first, last } = endsOf(form)
    return `${first}${ENDS_SEPARATOR}${last}`
  }

  test.each([
    ['the whole key, in groups', proof('typed', inGroupsOfFour(spki))],
    ['the point alone', proof('typed', point)],
    ['the point without its first byte', proof('typed', point.slice(2))],
    ['base64 of a code', proof('scanned', Buffer.from(spki, 'hex').toString('base64'))],
    ['the ends of the whole key', proof('groups', ends(spki))],
    ['the ends of the point', proof('groups', ends(point).toUpperCase())],
    ['the ends of the point without its first byte', proof('groups', ends(point.slice(2)))],
  ])('is confirmed by %s, and the next file is verified', async (_, given) => {
    const { job, rows } = await check(file('a', xmlWith([wholeSession()])))
    expect(rows).toMatchObject([{ state: 'VALID_KEY_UNCONFIRMED' }])
    const session = rows[0]?.id ?? ''
    expect(await call('confirmKey', { job, session, proof: given })).toMatchObject({
      trust: 'K4',
      meter: 'METER-1',
      origin: 'a',
      confirmed: { how: given.how, by: 'A. Driver', where: 'station-label', at: '2026-09-01' },
    })
    expect(states(await call('recheckJob', { job }))).toEqual(['VERIFIED'])
    const next = await check(file('b', xmlWith([wholeSession({ number: 2 })])))
    expect(next.rows).toMatchObject([{ state: 'VERIFIED', trust: 'K4' }])
  })

  const differing = `${point.slice(0, -1)}${point.endsWith('0') ? '1' : '0'}`
  test.each([
    ['another key', proof('typed', keyHex(throwAwayKey('secp256r1', 'other')))],
    ['one differing digit', proof('typed', differing)],
    ['nothing', proof('typed', '')],
    ['one differing end', proof('groups', ends(differing))],
    ['ends of two forms', proof('groups', `${endsOf(spki).first}…${endsOf(point.slice(2)).first}`)],
    ['one end', proof('groups', endsOf(point).first)],
    ['no ends', proof('groups', ENDS_SEPARATOR)],
  ])('is not confirmed by %s', async (_, given) => {
    const { job, rows } = await check(file('a', xmlWith([wholeSession()])))
    const session = rows[0]?.id ?? ''
    expect(await refusal('confirmKey', { job, session, proof: given })).toBe('proof-differs')
    expect(await call('keys', { search: '', filter: NO_FILTER })).toMatchObject({
      keys: [],
      total: 0,
    })
  })

  test('of another maker for a known meter is a conflict that both show', async () => {
    const other = throwAwayKey('secp256r1', 'other')
    const first = await check(file('a', xmlWith([wholeSession()])))
    const proofOf = proof('typed', spki)
    await call('confirmKey', { job: first.job, session: first.rows[0]?.id ?? '', proof: proofOf })
    const second = await check(file('b', xmlWith([wholeSession({ key: other, number: 3 })], other)))
    expect(second.rows).toMatchObject([{ trust: 'K1' }])
    expect(second.rows[0]?.state).not.toBe('VERIFIED')
    const session = await call('session', { job: second.job, session: second.rows[0]?.id ?? '' })
    expect(findingsOf(session).map(({ code }) => code)).toContain('KEY-CONFLICT')
    await call('addKey', {
      text: keyHex(other),
      details: { ...NOTHING, meter: 'meter-1' },
      proof: null,
    })
    const { keys } = await call('keys', { search: 'METER-1', filter: NO_FILTER })
    expect(keys.map(({ trust, conflicts }) => [trust, conflicts.length])).toEqual([
      ['K2', 1],
      ['K4', 1],
    ])
  })

  test('typed twice is kept once, with what was said of it both times', async () => {
    const add = (details: object, given: KeyProof | null) =>
      call('addKey', { text: spki, details: { ...NOTHING, meter: 'M', ...details }, proof: given })
    const first = await add({ label: 'At home' }, null)
    const second = await add({ operator: 'Stadtwerke' }, proof('typed', spki))
    expect(second).toMatchObject({
      id: first.id,
      trust: 'K4',
      label: 'At home',
      operator: 'Stadtwerke',
    })
  })

  test('is removed, restored, changed, and each change is on record', async () => {
    const { id } = await call('addKey', { text: spki, details: NOTHING, proof: null })
    await call('editKey', { id, details: { ...NOTHING, label: 'x' } })
    await call('removeKey', { id, reason: 'sold' })
    expect((await call('keys', { search: '', filter: NO_FILTER })).total).toBe(0)
    await call('restoreKey', { id })
    const { changes } = await call('keyHistory', { id })
    expect(changes.map(({ action }) => action)).toEqual(['restore', 'remove', 'edit', 'add'])
  })

  test('that is none is refused', async () => {
    expect(await refusal('addKey', { text: 'x', details: NOTHING, proof: null })).toBe(
      'key-unreadable',
    )
  })

  test.each(['json', 'csv'] as const)('goes out as %s and comes in again', async (kind) => {
    await call('addKey', { text: spki, details: { ...NOTHING, meter: 'M' }, proof: null })
    const saved = await call('exportKeys', { kind, search: '', filter: NO_FILTER, sign: null })
    if (saved.kind !== 'bytes') throw new Error(saved.kind)
    await api.close()
    api = start(join(folder, 'other', 'keys.sqlite'))
    const list = { name: saved.name, bytes: saved.bytes }
    expect(await call('importKeys', { file: list, issuer: null })).toMatchObject({
      added: 1,
      known: 0,
      refused: [],
    })
    expect(await call('importKeys', { file: list, issuer: null })).toMatchObject({
      added: 0,
      known: 1,
      refused: [],
    })
  })

  test('of a signed list counts as far as its issuer is trusted', async () => {
    const privateKey = ed25519.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
    await call('addKey', { text: spki, details: { ...NOTHING, meter: 'M' }, proof: null })
    const of = { kind: 'json', search: 'M', filter: NO_FILTER } as const
    expect(await refusal('exportKeys', { ...of, sign: { issuer: 'A', privateKey: 'x' } })).toBe(
      'key-unreadable',
    )
    const saved = await call('exportKeys', { ...of, sign: { issuer: 'Eichamt', privateKey } })
    if (saved.kind !== 'bytes') throw new Error(saved.kind)
    expect(saved.name).toBe('eichlicht-keys-signed.json')
    await api.close()
    api = start(join(folder, 'other', 'keys.sqlite'))
    const file = { name: saved.name, bytes: saved.bytes }
    const signature = { status: 'unknown-issuer', issuer: 'Eichamt' }
    expect(await call('importKeys', { file, issuer: null })).toMatchObject({ added: 1, signature })
    const text = ed25519.publicKey.export({ type: 'spki', format: 'der' }).toString('hex')
    await call('addIssuer', { name: 'Amt', text, trust: 'K3' })
    expect(await call('importKeys', { file, issuer: null })).toMatchObject({
      known: 1,
      signature: { status: 'valid', issuer: 'Amt' },
    })
    const listed = await call('keys', { search: '', filter: { ...NO_FILTER, trust: 'K3' } })
    expect(listed.keys).toMatchObject([{ meter: 'M', trust: 'K3', issuer: 'Amt' }])
    const broken = { name: 'x', bytes: saved.bytes.map((byte, i) => (i === 40 ? byte ^ 1 : byte)) }
    expect(await call('importKeys', { file: broken, issuer: null })).toMatchObject({
      added: 0,
      signature: { status: 'broken' },
    })
  })

  test('of an issuer is made anew, and signs', async () => {
    const { saved, publicKey } = await call('newIssuerKey', null)
    if (saved.kind !== 'bytes') throw new Error(saved.kind)
    const privateKey = new TextDecoder().decode(saved.bytes)
    const sign = { issuer: 'A', privateKey }
    const list = await call('exportKeys', { kind: 'csv', search: '', filter: NO_FILTER, sign })
    if (list.kind !== 'bytes') throw new Error(list.kind)
    expect(new TextDecoder().decode(list.bytes)).toContain(publicKey)
  })

  test('has a photo that is one, a year of calibration, and entries that become one', async () => {
    const { id } = await call('addKey', { text: spki, details: NOTHING, proof: null })
    const photo = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 1)
    expect(await refusal('saveKeyPhoto', { id, bytes: utf8Bytes('<svg/>') })).toBe('no-picture')
    await call('saveKeyPhoto', { id, bytes: photo })
    expect(await call('keyPhoto', { id })).toEqual({
      type: 'image/jpeg',
      bytes: Buffer.from(photo),
    })
    await call('removeKeyPhoto', { id })
    expect(await refusal('keyPhoto', { id })).toBe('no-such-key')
    expect(await call('calibrateKey', { id, year: 2030 })).toMatchObject({ calibratedUntil: 2030 })
    const other = await call('addKey', {
      text: spki,
      details: { ...NOTHING, evse: 'DE*ABC*E1' },
      proof: null,
    })
    const groups = await call('duplicateKeys', null)
    expect(groups.map((group) => group.map((one) => one.id))).toEqual([[id, other.id]])
    const merged = await call('mergeKeys', { ids: [id, other.id] })
    expect(merged).toMatchObject({ evse: 'DE*ABC*E1', calibratedUntil: 2030 })
    const { splittable } = await call('keyHistory', { id: merged.id })
    await call('splitKeys', { change: splittable[0] ?? 0 })
    expect((await call('keys', { search: '', filter: NO_FILTER })).total).toBe(2)
  })

  test('is read while it is typed', async () => {
    expect(await call('readKey', { text: inGroupsOfFour(spki), hint: null })).toMatchObject({
      kind: 'key',
      curve: 'secp256r1',
      pointGroups: inGroupsOfFour(point),
      base32: null,
    })
    expect(await call('readKey', { text: '04ab', hint: null })).toMatchObject({ kind: 'unknown' })
  })

  test('shows where it was seen, where the user wants that', async () => {
    const { id } = await call('addKey', { text: spki, details: NOTHING, proof: null })
    await check(file('a', xmlWith([wholeSession()])))
    expect((await call('keyHistory', { id })).sightings).toEqual([])
    await call('saveSettings', {
      language: 'de',
      theme: 'dark',
      history: true,
      requiredTrust: 'K3',
    })
    const { job } = await check(file('a', xmlWith([wholeSession()])))
    await call('recheckJob', { job })
    expect((await call('keyHistory', { id })).sightings).toMatchObject([
      { meter: 'METER-1', state: 'VALID_KEY_UNCONFIRMED' },
    ])
  })
})

describe('a key store that cannot be written', () => {
  const wanted = { language: 'de', theme: 'dark', history: false, requiredTrust: 'K3' } as const

  test('is none: checks go on, settings hold for this run', async () => {
    await api.close()
    api = start(null)
    expect(await call('about', null)).toMatchObject({ store: 'unavailable' })
    expect(states(await check(file('a', xmlWith([wholeSession()]))))).toEqual([
      'VALID_KEY_UNCONFIRMED',
    ])
    expect(await call('keys', { search: '', filter: NO_FILTER })).toMatchObject({
      keys: [],
      total: 0,
    })
    expect(await call('saveSettings', wanted)).toEqual(wanted)
    expect(await call('settings', null)).toEqual(wanted)
    const key = { text: keyHex(throwAwayKey()), details: NOTHING, proof: null }
    expect(await refusal('addKey', key)).toBe('store-read-only')
  })

  test('is damaged: it is kept, and a copy beside it', async () => {
    await api.close()
    const path = join(folder, 'keys.sqlite')
    rmSync(path, { force: true })
    writeFileSync(path, 'this is no database, but somebody needs it'.repeat(100))
    const before = readFileSync(path)
    api = start()
    expect(await call('about', null)).toMatchObject({ store: 'damaged' })
    expect(await refusal('importKeys', { file: file('a', '{}'), issuer: null })).toBe(
      'store-read-only',
    )
    expect(readFileSync(path)).toEqual(before)

    const { kept } = await call('renewStore', null)
    expect(readFileSync(join(folder, kept))).toEqual(before)
    expect(await call('about', null)).toMatchObject({ store: 'writable' })
    const key = { text: keyHex(throwAwayKey()), details: NOTHING, proof: null }
    expect(await call('addKey', key)).toMatchObject({ id: 1 })
    // There is nothing damaged left to replace.
    expect(await refusal('renewStore', null)).toBe('store-read-only')
    expect(await call('about', null)).toMatchObject({ store: 'writable' })
  })

  test.runIf(process.getuid?.() !== 0)('lies where nobody may write', async () => {
    await api.close()
    chmodSync(folder, 0o500)
    api = start(join(folder, 'sub', 'keys.sqlite'))
    expect(await call('about', null)).toMatchObject({ store: 'unavailable' })
    chmodSync(folder, 0o700)
  })
})

const NOTHING = {
  meter: null,
  evse: null,
  station: null,
  operator: null,
  label: null,
  note: null,
}

describe('the charging register', () => {
  const importing = (name: string) =>
    call('importRegister', {
      file: { name, bytes: readFileSync(join(folder, name)) },
      date: null,
    })

  test('is imported from bytes or from a path, searched, and confirms keys', async () => {
    const truth = writeRegisterCsv(join(folder, 'r.csv'), { rows: 300 })
    expect(await importing('r.csv')).toMatchObject({
      kind: 'imported',
      report: { rows: truth.rows, usable: truth.usable },
      changes: null,
    })
    expect(told.some(([event]) => event === 'register')).toBe(true)
    writeRegisterXlsx(join(folder, 'r.xlsx'), { rows: 300, date: '2026-10-01', seed: 2 })
    chosen = [join(folder, 'r.xlsx')]
    const second = await call('importRegister', { file: null, date: null })
    expect(second).toMatchObject({ kind: 'imported', changes: { before: '2026-09-01' } })
    const editions = await call('register', null)
    expect(editions.map(({ date, inUse }) => [date, inUse])).toEqual([
      ['2026-10-01', true],
      ['2026-09-01', false],
    ])
    expect((await call('searchRegister', { search: 'bad säck' })).hits.length).toBeGreaterThan(0)
    const { places } = await call('registerPlaces', { search: 'bad säck' })
    const station = places[0]?.id ?? 0
    expect(await call('station', { id: station })).toMatchObject({
      station: { id: station, edition: '2026-10-01' },
      trace: [{ edition: '2026-10-01', inUse: true }, { edition: '2026-09-01' }],
      kept: [],
      sightings: [],
    })
    expect(await refusal('station', { id: 999_999 })).toBe('no-such-station')
    const saved = await call('saveUnusable', { edition: editions[1]?.id ?? 0 })
    expect(saved).toMatchObject({ kind: 'bytes', name: 'eichlicht-register-2026-09-01.csv' })
    expect((await call('trustEvents', null)).map(({ action }) => action)).toEqual([
      'register',
      'register',
    ])
  })

  test('that is none is refused with its reason; without a dialog the window is asked', async () => {
    writeFileSync(join(folder, 'r.csv'), '<html>')
    expect(await importing('r.csv')).toEqual({ kind: 'refused', reason: 'html', row: null })
    chosen = null
    expect(await call('importRegister', { file: null, date: null })).toEqual({ kind: 'ask' })
    chosen = []
    expect(await call('importRegister', { file: null, date: null })).toEqual({ kind: 'cancelled' })
    expect(await refusal('saveUnusable', { edition: 7 })).toBe('no-such-key')
  })

  test('is imported once at a time, and can be cancelled', async () => {
    writeRegisterCsv(join(folder, 'r.csv'), { rows: 20_000 })
    const first = importing('r.csv')
    expect(await refusal('importRegister', { file: file('x', 'y'), date: null })).toBe('store-busy')
    await call('cancelRegister', null)
    expect(await first).toEqual({ kind: 'cancelled' })
    expect(await call('register', null)).toEqual([])
  })

  test('confirms what is checked afterwards, unless the user wants more than a register', async () => {
    const header = 'Betreiber;Ort;EVSE-ID1;Public Key1\r\n'
    const row = `Stadtwerke;Kiel;DE*ABC*E1*1;${keyHex(throwAwayKey())}\r\n`
    writeFileSync(
      join(folder, 'r.csv'),
      `Ladesäulenregister;;;\r\nStand: 01.09.2026;;;\r\n${header}${row}`,
    )
    const content = file('a', xmlWith([wholeSession()]))
    expect((await check(content)).rows[0]?.state).toBe('VALID_KEY_UNCONFIRMED')
    expect(await importing('r.csv')).toMatchObject({ kind: 'imported' })
    const confirmed = await check(content)
    expect(confirmed.rows[0]).toMatchObject({ state: 'VERIFIED', trust: 'K3' })
    const session = await call('session', {
      job: confirmed.job,
      session: confirmed.rows[0]?.id ?? '',
    })
    expect(session.trust.key?.register).toMatchObject({ place: 'Kiel', edition: '2026-09-01' })
    const settings = await call('settings', null)
    await call('saveSettings', { ...settings, requiredTrust: 'K4' })
    const strict = await check(content)
    expect(strict.policy.requiredTrust).toBe('K4')
    expect(strict.rows[0]?.state).toBe('VALID_KEY_UNCONFIRMED')
    const [event] = await call('trustEvents', null)
    expect(event).toMatchObject({ action: 'policy', detail: '{"requiredTrust":["K3","K4"]}' })
  })
})

test('a key that is typed with a slip gets a suggestion, and is not read as it', async () => {
  const hex = keyHex(throwAwayKey())
  const text = `${hex.slice(0, 90)}${hex[90] === '0' ? '1' : '0'}${hex.slice(91)}`
  const readout = await call('readKey', { text, hint: null })
  expect(readout).toMatchObject({ kind: 'not-on-curve', suggestion: { text: hex } })
  expect(await call('readKey', { text: 'Road', hint: null })).toMatchObject({ suggestion: null })
})

test('issuers of signed lists are known, trusted and forgotten', async () => {
  const text = toHex(throwAwayKey('ed25519').point)
  const { id } = await call('addIssuer', { name: 'Eichamt', text, trust: 'K2' })
  expect(await refusal('addIssuer', { name: 'Again', text, trust: 'K2' })).toBe('key-exists')
  expect(await refusal('addIssuer', { name: 'X', text: 'abc', trust: 'K2' })).toBe('key-unreadable')
  expect((await call('trustIssuer', { id, trust: 'K3' })).trust).toBe('K3')
  expect((await call('issuers', null)).map(({ name }) => name)).toEqual(['Eichamt'])
  await call('removeIssuer', { id })
  expect(await call('issuers', null)).toEqual([])
})

import { execFileSync } from 'node:child_process'
import * as fs from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { utf8Bytes } from '../../../src/main/engine/codec/text.ts'
import { LIMITS } from '../../../src/main/engine/limits.ts'
import { readOffers } from '../../../src/main/engine/signature/key-offer.ts'
import { hostEngines } from '../../../src/main/host-deps.ts'
import type { InputSource, JobSettings } from '../../../src/main/pool/protocol.ts'
import { readInput } from '../../../src/main/pool/read-input.ts'
import { toHex } from '../../../src/shared/hex.ts'
import { keyHex } from '../../tools/sign.ts'
import {
  CHARGEPOINT_KEY,
  RECEIPT,
  receiptSignature,
  receiptText,
} from '../../tools/sign-chargepoint.ts'

/** What happens to a file between the look at its size and the reading of it. */
let meanwhile: (() => void) | null = null
vi.mock('node:fs', async (original) => {
  const real = await original<typeof fs>()
  const statSync = (path: string) => {
    const facts = real.statSync(path)
    meanwhile?.()
    return facts
  }
  return { ...real, statSync }
})

let root = ''
beforeAll(() => {
  root = fs.mkdtempSync(join(tmpdir(), 'eichlicht-read-'))
})
afterAll(() => fs.rmSync(root, { recursive: true, force: true }))

const SETTINGS: JobSettings = {
  given: [],
  store: null,
  both: false,
  evidence: false,
  now: 0,
  lines: null,
}

function read(source: InputSource) {
  return readInput({ source, settings: SETTINGS, offered: [] }, hostEngines(false))
}
const readPath = (path: string) => read({ kind: 'path', name: 'shown', path })
const NOT_READ = { name: 'shown', sha256: null, bytes: null, records: [], keys: [] }
const because = (reason: string) => ({
  ...NOT_READ,
  findings: [{ code: 'IN-NOFILE', severity: 'error', params: { reason } }],
})

describe('inputs that cannot be read say why', () => {
  test('a file that is not there', async () => {
    expect(await readPath(join(root, 'nowhere'))).toMatchObject(because('missing'))
    fs.writeFileSync(join(root, 'file'), 'x')
    expect(await readPath(join(root, 'file/below'))).toMatchObject(because('missing'))
  })

  test('a folder', async () => {
    expect(await readPath(root)).toMatchObject(because('folder'))
  })

  test('a folder that was read and is empty', async () => {
    const source = { kind: 'unreadable', name: 'shown', reason: 'no-folder-input' } as const
    expect(await read(source)).toMatchObject(because('no-folder-input'))
  })

  test('a pipe nobody writes to, without waiting for a writer', async () => {
    const pipe = join(root, 'pipe')
    execFileSync('mkfifo', [pipe])
    expect(await readPath(pipe)).toMatchObject(because('special'))
  })

  test('a device that never ends', async () => {
    expect(await readPath('/dev/zero')).toMatchObject(because('special'))
  })

  test('a file of somebody else', async () => {
    const secret = join(root, 'secret')
    fs.writeFileSync(secret, 'x', { mode: 0o000 })
    const isRoot = process.geteuid?.() === 0
    fs.chmodSync(root, 0o755)
    if (isRoot) process.seteuid?.(65_534)
    try {
      expect(await readPath(secret)).toMatchObject(because('forbidden'))
    } finally {
      if (isRoot) process.seteuid?.(0)
    }
  })

  test('a link to itself', async () => {
    fs.symlinkSync(join(root, 'loop'), join(root, 'loop'))
    expect(await readPath(join(root, 'loop'))).toMatchObject(because('read-error'))
  })

  test('a name that no file system takes', async () => {
    expect(await readPath('x'.repeat(5000))).toMatchObject(because('read-error'))
    expect(await readPath('a\0b')).toMatchObject(because('read-error'))
  })
})

describe('size', () => {
  const tooBig = {
    findings: [{ code: 'IN-TOOBIG', severity: 'error', params: { limit: '64 MiB' } }],
    records: [],
  }

  test('a file over the limit is not read at all', async () => {
    const sparse = join(root, 'sparse')
    fs.writeFileSync(sparse, '')
    fs.truncateSync(sparse, LIMITS.fileBytes + 1)
    expect(await readPath(sparse)).toMatchObject({ ...NOT_READ, ...tooBig })
  })

  test('a file that grows over the limit while it is read is refused all the same', async () => {
    const growing = join(root, 'growing')
    fs.writeFileSync(growing, 'x')
    meanwhile = () => fs.truncateSync(growing, LIMITS.fileBytes + 1)
    const result = await readPath(growing)
    meanwhile = null
    expect(result).toMatchObject(tooBig)
  })

  test('a file that vanishes while it is read is missing', async () => {
    const vanishing = join(root, 'vanishing')
    fs.writeFileSync(vanishing, 'x')
    meanwhile = () => fs.rmSync(vanishing)
    const result = await readPath(vanishing)
    meanwhile = null
    expect(result).toMatchObject(because('missing'))
  })

  test('bytes that come without a file obey the same limit', async () => {
    const bytes = new Uint8Array(LIMITS.fileBytes + 1)
    expect(await read({ kind: 'bytes', name: '-', bytes })).toMatchObject(tooBig)
  })
})

test('a readable file is read, and its bytes are known by their hash', async () => {
  const file = join(root, 'empty')
  fs.writeFileSync(file, '')
  expect(await readPath(file)).toMatchObject({
    name: 'shown',
    bytes: 0,
    sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    findings: [{ code: 'IN-EMPTY' }],
  })
})

describe('a signature in a file of its own', () => {
  const text = receiptText(RECEIPT)
  const digits = toHex(receiptSignature(text))
  const wrong = toHex(receiptSignature('something else'))
  const given = readOffers(keyHex(CHARGEPOINT_KEY), {
    source: 'imprint',
    trust: 'K4',
    origin: 'test',
  }).flatMap(({ keys }) => keys)

  async function joined(signatures: { name: string; digits: string }[]) {
    const source: InputSource = { kind: 'bytes', name: 'b/secrrct', bytes: utf8Bytes(text) }
    const task = { source, settings: { ...SETTINGS, given }, offered: [], signatures }
    const { records, wantsKeys } = await readInput(task, hostEngines(false))
    return { status: records[0]?.signature.status, wantsKeys }
  }

  test('is asked for where none is at hand', async () => {
    expect(await joined([])).toEqual({ status: 'unchecked', wantsKeys: true })
  })

  test('may stand anywhere in the drop', async () => {
    expect(await joined([{ name: 'a/x', digits }])).toEqual({ status: 'valid', wantsKeys: false })
  })

  test('of the same folder goes before those of others', async () => {
    const elsewhere = { name: 'a/secrrct.sign', digits }
    const beside = { name: 'b/secrrct.sign', digits: wrong }
    expect((await joined([elsewhere, beside])).status).toBe('invalid')
  })

  test('that is told twice is one', async () => {
    const twice = [1, 2].map((n) => ({ name: `b/${n}`, digits: wrong }))
    expect((await joined(twice)).status).toBe('invalid')
  })
})

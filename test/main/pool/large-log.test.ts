/** Logs above the limit of files, with that limit lowered: read piece by piece, and as one input. */
import { createHash } from 'node:crypto'
import {
  appendFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { LIMITS, type Limits } from '../../../src/main/engine/limits.ts'
import { conclude } from '../../../src/main/engine/pipeline.ts'
import { digest, hostEngines } from '../../../src/main/host-deps.ts'
import { logPieces } from '../../../src/main/pool/log-pieces.ts'
import type { JobSettings } from '../../../src/main/pool/protocol.ts'
import { readInput } from '../../../src/main/pool/read-input.ts'
import { asTextLine, writeLargeLog } from '../../tools/large-log.ts'
import { POLICY } from '../../tools/small-inputs.ts'

const SETTINGS: JobSettings = {
  given: [],
  store: null,
  both: false,
  evidence: false,
  now: Date.UTC(2026, 5, 1),
  lines: null,
}
const LOWERED: Limits = { ...LIMITS, fileBytes: 64 * 1024 }

let root = ''
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'eichlicht-log-'))
})
afterAll(() => rmSync(root, { recursive: true }))

async function read(path: string, limits: Limits = LOWERED, told: number[] = []) {
  const task = {
    source: { kind: 'path', name: 'log', path } as const,
    settings: SETTINGS,
    offered: [],
  }
  return readInput(task, hostEngines(false), { limits, onLog: (bytes) => told.push(bytes) })
}

const codes = (result: { findings: { code: string }[] }) => result.findings.map(({ code }) => code)

describe.each([
  ['JSON Lines', undefined],
  ['text with prefixes', asTextLine],
])('%s', (name, line) => {
  test('gives what it gives when it is read at once', async () => {
    const path = join(root, name)
    const options = { bytes: 3_000_000, samples: 20, stations: 3 }
    const { sessions, bytes } = writeLargeLog(
      path,
      line === undefined ? options : { ...options, line },
    )
    const told: number[] = []
    const large = await read(path, LOWERED, told)
    expect(told).toEqual([bytes])
    expect(large).toEqual(await read(path, LIMITS))
    expect(large).toMatchObject({
      bytes,
      sha256: createHash('sha256').update(readFileSync(path)).digest('hex'),
      findings: [],
    })
    const result = conclude([large], { policy: POLICY, now: SETTINGS.now, digest })
    expect(result.inputs.length).toBe(1)
    expect(result.sessions.map(({ verdict }) => verdict.state)).toEqual(
      Array.from({ length: sessions }, () => 'VALID_KEY_UNCONFIRMED'),
    )
  })
})

describe('above the limit of files', () => {
  test('a log of nothing that is signed says so', async () => {
    const path = join(root, 'nothing')
    writeFileSync(path, '2025-03-14 CP_1 [2,"1","Heartbeat",{}]\n'.repeat(3_000))
    expect(codes(await read(path))).toEqual(['IN-UNKNOWN'])
  })

  test.each([
    ['one JSON value', `{"a":["${'OCMF|'.repeat(20_000)}"]}`],
    ['XML', `<values>${'\n<value/>'.repeat(20_000)}</values>`],
    ['text without records', 'a line\n'.repeat(20_000)],
    ['base64 of a file', `${'QUJD'.repeat(19)}\n`.repeat(2_000)],
    ['bytes', '\0'.repeat(100_000)],
  ])('%s is refused as before', async (_, content) => {
    const path = join(root, 'refused')
    writeFileSync(path, content)
    const result = await read(path)
    expect(result).toMatchObject({ sha256: null, bytes: null, records: [] })
    expect(result.findings).toMatchObject([{ code: 'IN-TOOBIG', params: { limit: '64 MiB' } }])
  })

  test('a log beyond the limit of logs is refused by that one', async () => {
    const path = join(root, 'largest')
    writeLargeLog(path, { bytes: 300_000, samples: 5, stations: 2 })
    const { findings } = await read(path, { ...LOWERED, logBytes: 200_000 })
    expect(findings).toMatchObject([{ code: 'IN-TOOBIG', params: { limit: '4 GiB' } }])
  })

  test('records beyond their limit are left out, and all bytes are hashed', async () => {
    const path = join(root, 'dense')
    writeLargeLog(path, { bytes: 300_000, samples: 1, stations: 2 })
    const result = await read(path, { ...LOWERED, logRecords: 10 })
    expect(result.records.length).toBe(10)
    expect(result.findings).toMatchObject([
      { code: 'IN-TOOBIG', severity: 'warning', params: { limit: '10 records' } },
    ])
    expect(result.sha256).toBe(createHash('sha256').update(readFileSync(path)).digest('hex'))
  })

  test('a log that goes on growing is read as far as it was given', async () => {
    const path = join(root, 'growing')
    const { bytes } = writeLargeLog(path, { bytes: 300_000, samples: 5, stations: 2 })
    const log = logPieces(path, bytes)
    appendFileSync(path, 'more\n')
    let read = 0
    for (const piece of log?.pieces ?? []) read += piece.length
    expect(read).toBe(bytes)
    expect(log?.facts().bytes).toBe(bytes)
  })

  test('a log that is cut or gone in the meantime gives what was there, or says why not', async () => {
    const path = join(root, 'vanishing')
    const { bytes } = writeLargeLog(path, { bytes: 300_000, samples: 5, stations: 2 })
    const cut = logPieces(path, bytes)
    const gone = logPieces(path, bytes)
    truncateSync(path, 1000)
    expect([...(cut?.pieces ?? [])].length).toBe(1)
    expect(cut?.trouble()).toBeNull()
    rmSync(path)
    expect([...(gone?.pieces ?? [])]).toEqual([])
    expect(gone?.trouble()).toMatchObject({ code: 'ENOENT' })
  })
})

import { appendFileSync, copyFileSync, readdirSync, rmSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { hostEngines } from '../../../src/main/host-deps.ts'
import { openStore, putAside } from '../../../src/main/key-store/open.ts'
import type { KeyStore } from '../../../src/main/key-store/store.ts'
import { storeInUse } from '../../../src/main/pool/known-keys.ts'
import type { JobSettings } from '../../../src/main/pool/protocol.ts'
import { readInput } from '../../../src/main/pool/read-input.ts'
import { throwAwayKey } from '../../tools/sign.ts'
import { givenKey, wholeSession } from '../../tools/small-inputs.ts'
import { NOTHING, NOW, READ, emptyFolder, newKey } from '../key-store/keys.ts'

let folder = ''
let file = ''

beforeEach(() => {
  folder = emptyFolder()
  file = join(folder, 'keys.sqlite')
})
afterEach(() => rmSync(folder, { recursive: true }))

/** Opens, does something, closes. */
function change(act: (store: KeyStore) => void, at = file): void {
  const { store } = openStore(at)
  if (store === null) throw new Error('no store')
  act(store)
  store.close()
}

const KEY = throwAwayKey()
function confirmKey(store: KeyStore): void {
  for (const key of givenKey(KEY, 'K4')) {
    store.add({ ...newKey(1, { meter: 'METER-1' }, READ), key })
  }
}

async function read(store: string | null, content = wholeSession({ key: KEY })) {
  const bytes = new TextEncoder().encode(content)
  const source = { kind: 'bytes', name: 'input', bytes } as const
  const settings: JobSettings = {
    given: [],
    store,
    both: false,
    evidence: false,
    now: NOW.getTime(),
    lines: null,
  }
  const result = await readInput({ source, settings, offered: [] }, hostEngines(false))
  return {
    trust: result.records[0]?.signature.key?.trust ?? null,
    trouble: result.findings.filter(({ code }) => code === 'KEY-STORE').map(({ params }) => params),
  }
}

describe('the key store of a check', () => {
  test('that is not there is no trouble, and is not made', async () => {
    for (const store of [null, file, join(folder, 'deeper', 'keys.sqlite')]) {
      expect(await read(store)).toEqual({ trust: null, trouble: [] })
    }
    expect(readdirSync(folder)).toEqual([])
  })

  test('gives its keys, also those added while it is open', async () => {
    change(() => {})
    expect(await read(file)).toEqual({ trust: null, trouble: [] })
    change(confirmKey)
    expect(await read(file)).toEqual({ trust: 'K4', trouble: [] })
    change((store) => store.edit(1, { ...NOTHING, meter: 'METER-2' }))
    expect(await read(file)).toEqual({ trust: null, trouble: [] })
  })

  test('is opened again when another file took its place', async () => {
    change(confirmKey)
    expect((await read(file)).trust).toBe('K4')
    putAside(file, NOW)
    expect((await read(file)).trust).toBeNull()
    change(() => {})
    expect((await read(file)).trust).toBeNull()
    rmSync(file)
    change(confirmKey)
    expect((await read(file)).trust).toBe('K4')
  })

  test('may change from one job to the next', async () => {
    const other = join(folder, 'other.sqlite')
    change(confirmKey, other)
    change(() => {})
    expect((await read(file)).trust).toBeNull()
    expect((await read(other)).trust).toBe('K4')
    expect((await read(null)).trust).toBeNull()
  })
})

describe('a key store that cannot be read', () => {
  test('is told with the result, and the record is read all the same', async () => {
    appendFileSync(file, 'this is no database, and longer than nothing')
    expect(await read(file)).toEqual({ trust: null, trouble: [{ reason: 'store.damaged' }] })
  })

  test('is not told where there was nothing to check', async () => {
    appendFileSync(file, 'this is no database, and longer than nothing')
    expect((await read(file, 'no record')).trouble).toEqual([])
  })

  test('is told when it fails while it is asked', async () => {
    change(confirmKey)
    const copy = join(folder, 'copy.sqlite')
    copyFileSync(file, copy)
    const inUse = await storeInUse(copy)
    const { keys } = inUse
    const identity = { meter: 'METER-1', evse: 'E1' }
    expect(keys.publishedFor(identity)).toHaveLength(1)
    expect(inUse.trouble()).toBeNull()
    truncateSync(copy, 4096)
    expect(keys.find(`sha256:${'00'.repeat(32)}`)).toEqual([])
    expect(keys.withoutMeter()).toEqual([])
    expect(inUse.trouble()).toMatch(/^store\.(?:damaged|failed)$/)
    await storeInUse(file)
  })
})

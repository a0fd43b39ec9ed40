/** A program that is killed loses nothing that it said to be done, and leaves nothing half done. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import Driver from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openStore } from '../../../src/main/key-store/open.ts'
import type { KeyStore } from '../../../src/main/key-store/store.ts'
import { emptyFolder, keyOf } from './keys.ts'
import { type Acknowledged, IMPORTED, listLabel } from './writer.ts'

const WRITER = fileURLToPath(new URL('./writer.ts', import.meta.url))

let folder = ''
beforeAll(() => {
  folder = emptyFolder()
})
afterAll(() => rmSync(folder, { recursive: true }))

/** @returns what was said to be done before the program was killed, after so many changes */
async function changesUntilKilled(file: string, name: string, count: number, delayMs: number) {
  const child = spawn(process.execPath, [WRITER, file, name], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const said: Acknowledged[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    said.push(JSON.parse(line) as Acknowledged)
    if (said.length !== count) continue
    await wait(delayMs)
    child.kill('SIGKILL')
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  expect(child.signalCode).toBe('SIGKILL')
  return said
}

function soundness(file: string) {
  const db = new Driver(file)
  const facts = {
    integrity: db.pragma('integrity_check', { simple: true }),
    foreign: db.pragma('foreign_key_check'),
    unrecorded: db
      .prepare(
        'SELECT count(*) FROM statement s WHERE NOT EXISTS (SELECT 1 FROM change WHERE statement_id = s.id)',
      )
      .pluck()
      .get(),
  }
  db.close()
  return facts
}

/** @returns what is not as it was said to be */
function losses(store: KeyStore, said: readonly Acknowledged[], name: string): unknown[] {
  const imported = said.filter((line) => line.done === 'import').flatMap(({ seeds }) => seeds)
  const last = new Map(
    said.flatMap((line) => (line.done === 'import' ? [] : [[line.id, line] as const])),
  )
  const entries = [...last.values()].filter(({ id, number, done }) => {
    const { label, trust, removedAt } = store.get(id)
    // What was done after the last word may be done or not.
    if (Number(label) > number) return false
    const confirmed = ['confirm', 'remove', 'restore'].includes(done)
    return (
      Number(label) !== number ||
      (confirmed && trust !== 'K4') ||
      (done === 'add' && trust !== 'K2') ||
      (done === 'restore' && removedAt !== null)
    )
  })
  const missing = imported.filter((seed) => store.entriesOf(keyOf(seed).fingerprint).length !== 1)
  const inLists = store.search(listLabel(name), { limit: 1 }).total
  return [...entries, ...missing, ...(inLists % IMPORTED === 0 ? [] : [`${inLists} in lists`])]
}

describe('killed at twenty points', () => {
  // Two stores, each killed ten times in a row, so that they also outlive what the kill before left.
  test.each(['first', 'second'])('the %s store is sound and has lost nothing', async (which) => {
    const file = join(folder, `${which}.sqlite`)
    const offset = which === 'first' ? 0 : 5
    for (let kill = 0; kill < 10; kill++) {
      const name = `${which} ${kill}`
      const count = 1 + ((kill * 7 + offset) % 23)
      const said = await changesUntilKilled(file, name, count, (kill * 3 + offset) % 7)
      expect(said.length).toBeGreaterThanOrEqual(count)
      expect(soundness(file)).toEqual({ integrity: 'ok', foreign: [], unrecorded: 0 })
      const { status, store } = openStore(file)
      expect(status).toBe('writable')
      expect(store === null ? ['no store'] : losses(store, said, name)).toEqual([])
      store?.close()
    }
  })
})

import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Driver from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { MIGRATIONS } from '../../../src/main/key-store/migrations/index.ts'
import { openStoredKeys } from '../../../src/main/key-store/key-book.ts'
import { type OpenOptions, openStore, putAside } from '../../../src/main/key-store/open.ts'
import { KeyStore } from '../../../src/main/key-store/store.ts'
import { NOW, emptyFolder, keyOf, newKey, now } from './keys.ts'

let folder = ''
let file = ''
beforeEach(() => {
  folder = emptyFolder()
  file = join(folder, 'keys.sqlite')
})
afterEach(() => {
  chmodSync(folder, 0o700)
  rmSync(folder, { recursive: true })
})

const refused = (code: string) => expect.objectContaining({ name: 'StoreError', code })

function open(options: OpenOptions = {}) {
  return openStore(file, { now, ...options })
}

/** @returns the store, which must be writable */
function writable(): KeyStore {
  const { store, status, detail } = open()
  if (store === null || status !== 'writable') throw new Error(`${status} ${detail}`)
  return store
}

function fill(count: number): void {
  const store = writable()
  const keys = Array.from({ length: count }, (_, index) => newKey(index, { meter: `M${index}` }))
  store.import(keys, {}, '')
  store.close()
}

/** Opens, looks what is there, closes. */
function look(options: OpenOptions = {}) {
  const { status, reason, store, copy } = open(options)
  const total = store?.search('').total ?? null
  store?.close()
  return { status, reason, total, copy: copy === null ? null : basename(copy) }
}

describe('a new store', () => {
  test('is made with its folder, for its user alone', () => {
    file = join(folder, 'deep', 'er', 'keys.sqlite')
    expect(look()).toEqual({ status: 'writable', reason: null, total: 0, copy: null })
    expect(statSync(join(folder, 'deep', 'er')).mode & 0o777).toBe(0o700)
    expect(readdirSync(join(folder, 'deep', 'er'))).toEqual(['keys.sqlite'])
  })

  test('keeps what was asked for: a log, whole writes, strict tables, no trust in its schema', () => {
    writable().close()
    const raw = new Driver(file)
    const facts = ['journal_mode', 'user_version', 'application_id']
    expect(facts.map((name) => raw.pragma(name, { simple: true }))).toEqual([
      'wal',
      MIGRATIONS.length,
      0x4549434c,
    ])
    const tables = raw.prepare<[], { name: string; strict: number }>(
      `SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite_%'
         AND name NOT LIKE 'register_words%'`,
    )
    expect(tables.all().filter(({ strict }) => strict !== 1)).toEqual([])
    expect(tables.all()).toHaveLength(14)
    raw.close()
    const db = Reflect.get(writable(), 'db') as Driver.Database
    const own = ['trusted_schema', 'foreign_keys', 'synchronous', 'cell_size_check']
    expect(own.map((name) => db.pragma(name, { simple: true }))).toEqual([0, 1, 2, 1])
    db.close()
  })

  test('of version 4 keeps every line of its records of changes, and guards them as before', () => {
    mkdirSync(folder, { recursive: true })
    const old = new Driver(file)
    for (const step of MIGRATIONS.slice(0, 4)) old.exec(step)
    old.pragma('user_version = 4')
    old.exec(`
      INSERT INTO key VALUES (1, zeroblob(32), 'secp256r1', x'04');
      INSERT INTO statement (id, key_id, source, trust, words, meter_form, evse_form, origin, added_at)
        VALUES (3, 1, 'key-file', 'K2', '', '', '', 'a', '2026-01-01');
      INSERT INTO change VALUES (5, '2026-01-01', 'add', zeroblob(32), 3, '{}', 'first');
      INSERT INTO change VALUES (9, '2026-01-02', 'edit', zeroblob(32), 3, '{}', 'second');
      INSERT INTO event VALUES (2, '2026-01-03', 'policy', '{}')`)
    old.close()
    writable().close()
    const raw = new Driver(file)
    raw.pragma('foreign_keys = ON')
    expect(raw.prepare('SELECT id, reason FROM change ORDER BY id').all()).toEqual([
      { id: 5, reason: 'first' },
      { id: 9, reason: 'second' },
    ])
    expect(raw.prepare('SELECT id, action FROM event').all()).toEqual([{ id: 2, action: 'policy' }])
    for (const table of ['change', 'event']) {
      expect(() => raw.exec(`DELETE FROM ${table}`)).toThrow('only added')
      expect(() => raw.exec(`UPDATE ${table} SET detail = ''`)).toThrow('only added')
      expect(() => raw.exec(`INSERT OR REPLACE INTO ${table} SELECT * FROM ${table}`)).toThrow(
        'only added',
      )
    }
    raw.exec(`INSERT INTO change VALUES (NULL, '', 'merge', zeroblob(32), 3, '{}', '')`)
    expect(raw.prepare('SELECT max(id) AS id FROM change').get()).toEqual({ id: 10 })
    expect(raw.pragma('foreign_key_check')).toEqual([])
    raw.close()
  })

  test('finds keys, meters and charge points by their indices', () => {
    fill(1)
    const raw = new Driver(file)
    const plans = [
      `s.removed_at IS NULL AND s.meter_form <> '' AND s.meter_form = ?`,
      `s.removed_at IS NULL AND s.evse_form <> '' AND s.evse_form = ?`,
      `s.removed_at IS NULL AND k.fingerprint = ?`,
      `s.removed_at IS NULL AND s.meter_form = '' AND s.source = 'imprint' AND ? <> 0`,
    ].map((where) =>
      raw
        .prepare<[number], { detail: string }>(
          `EXPLAIN QUERY PLAN SELECT * FROM statement s JOIN key k ON k.id = s.key_id WHERE ${where}`,
        )
        .all(1)
        .map(({ detail }) => detail)
        .join('; '),
    )
    expect(plans).toEqual([
      expect.stringContaining('statement_meter (meter_form=?)'),
      expect.stringContaining('statement_evse (evse_form=?)'),
      expect.stringMatching(/fingerprint=\?.*statement_once \(key_id=\?\)/),
      expect.stringContaining('statement_confirmed'),
    ])
    raw.close()
  })

  test('that was broken off while it was made is made again', () => {
    writeFileSync(file, '')
    expect(() => openStoredKeys(file)).toThrow(refused('missing'))
    expect(look()).toMatchObject({ status: 'writable', total: 0 })
  })
})

describe('a folder where nothing may be written', () => {
  /** Runs as somebody who may not write here, whoever runs the tests. */
  function asStranger() {
    const program = `
      import { openStore } from '${import.meta.resolve('../../../src/main/key-store/open.ts')}'
      import { openStoredKeys } from '${import.meta.resolve('../../../src/main/key-store/key-book.ts')}'
      const { status, reason, store } = openStore(process.argv[1])
      let refusal = null
      try { store?.remove(1) } catch (error) { refusal = error.code }
      let book = null
      try { book = openStoredKeys(process.argv[1]).publishedFor({ meter: 'M1', evse: null }).length }
      catch (error) { book = error.code }
      console.log(JSON.stringify({ status, reason, total: store?.search('').total, refusal, book }))`
    const root = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {}
    const { stdout, stderr } = spawnSync(
      process.execPath,
      ['--input-type=module-typescript', '--eval', program, file],
      { encoding: 'utf8', ...root },
    )
    return stdout === '' ? stderr : (JSON.parse(stdout) as unknown)
  }

  test('gives no new store', () => {
    chmodSync(folder, 0o555)
    expect(asStranger()).toEqual({
      status: 'unavailable',
      reason: 'forbidden',
      refusal: null,
      book: 'missing',
    })
    expect(readdirSync(folder)).toEqual([])
  })

  test('gives one that is there for reading, and leaves nothing beside it', () => {
    fill(3)
    chmodSync(file, 0o444)
    chmodSync(folder, 0o555)
    expect(asStranger()).toEqual({
      status: 'read-only',
      reason: 'forbidden',
      total: 3,
      refusal: 'forbidden',
      book: 1,
    })
    expect(readdirSync(folder)).toEqual(['keys.sqlite'])
  })

  test('never gives a file without what its log holds', () => {
    fill(3)
    const { store } = open()
    store?.remove(1)
    const parts = ['', '-wal', '-shm'].map((end) => [end, readFileSync(file + end)] as const)
    store?.close()
    for (const [end, bytes] of parts) if (end !== '-shm') writeFileSync(file + end, bytes)
    chmodSync(folder, 0o555)
    expect(asStranger()).toMatchObject({ status: 'unavailable', book: 'forbidden' })
    chmodSync(folder, 0o700)
    expect(look().total).toBe(2)
  })

  test('may be no folder at all', () => {
    writeFileSync(join(folder, 'file'), '')
    file = join(folder, 'file', 'keys.sqlite')
    expect(look()).toMatchObject({ status: 'unavailable', total: null })
    mkdirSync(join(folder, 'keys.sqlite'))
    file = join(folder, 'keys.sqlite')
    expect(look()).toMatchObject({ status: 'unavailable', total: null })
  })
})

describe('a damaged file', () => {
  const COPY = 'keys-damaged-20260901T101500Z.sqlite'
  const copies = () => readdirSync(folder).filter((name) => name.includes('damaged'))

  test.each([
    ['is no database', () => writeFileSync(file, 'no database at all, but some text')],
    ['is cut off', () => truncateSync(file, 3000)],
    ['lost its first page', () => overwrite(0, 4096)],
    ['lost its schema', () => overwrite(100, 3996)],
  ])('that %s is copied and left as it is; a new one begins when it is put aside', (_, harm) => {
    fill(50)
    harm()
    const before = readFileSync(file)
    expect(look()).toEqual({ status: 'damaged', reason: 'damaged', total: null, copy: COPY })
    expect(readFileSync(file)).toEqual(before)
    expect(readFileSync(join(folder, COPY))).toEqual(before)
    expect(look().copy).toBe(COPY)
    expect(copies()).toEqual([COPY])
    expect(() => openStoredKeys(file)).toThrow(refused('damaged'))

    const aside = putAside(file, NOW)
    expect(readFileSync(aside)).toEqual(before)
    expect(look()).toEqual({ status: 'writable', reason: null, total: 0, copy: null })
    expect(copies()).toHaveLength(2)
  })

  test('is read as far as it can be', () => {
    fill(2000)
    const { pages, damaged } = pagesOf('statement_evse', 'change')
    for (const page of damaged) overwrite((page - 1) * 4096, 4096)
    expect(pages).toBeGreaterThan(damaged.length)
    expect(look()).toEqual({ status: 'damaged', reason: 'damaged', total: 2000, copy: COPY })
    const { store } = open()
    expect(store?.get(7)).toMatchObject({ meter: 'M6', ...keyOf(6) })
    expect(() => store?.remove(7)).toThrow(refused('damaged'))
    store?.close()
  })

  test('does not hide its other keys because one is spoilt', () => {
    fill(3)
    const raw = new Driver(file)
    raw.exec('DROP TRIGGER key_is_fixed; UPDATE key SET point = zeroblob(65) WHERE id = 2')
    raw.close()
    const { store } = open()
    expect(store?.search('').keys.map(({ id }) => id)).toEqual([3, 1])
    expect([...(store?.all() ?? [])].map(({ id }) => id)).toEqual([1, 3])
    expect(() => store?.get(2)).toThrow(refused('damaged'))
    store?.close()
    const book = openStoredKeys(file)
    expect(() => book.publishedFor({ meter: 'M1', evse: null })).toThrow(refused('damaged'))
    expect(book.publishedFor({ meter: 'M2', evse: null })).toHaveLength(1)
    book.close()
  })

  test('of any size is looked through on request', () => {
    fill(20_000)
    expect(statSync(file).size).toBeGreaterThan(4 * 1024 * 1024)
    for (const page of pagesOf('statement_evse').damaged) overwrite((page - 1) * 4096, 4096)
    expect(look().status).toBe('writable')
    expect(look({ check: true })).toMatchObject({ status: 'damaged', total: 20_000 })
  })

  function overwrite(from: number, length: number): void {
    const bytes = readFileSync(file)
    bytes.fill(0x5a, from, from + length)
    writeFileSync(file, bytes)
  }

  /** Pages of some tables and indices. */
  function pagesOf(...names: string[]) {
    const raw = new Driver(file)
    const damaged = raw
      .prepare<string[], number>(
        `SELECT pageno FROM dbstat WHERE name IN (${names.map(() => '?').join()}) AND pagetype = 'leaf'`,
      )
      .pluck()
      .all(...names)
    const pages = Number(raw.pragma('page_count', { simple: true }))
    raw.close()
    return { pages, damaged }
  }
})

describe('a file of another kind', () => {
  test('made by a newer version is read, never written', () => {
    fill(2)
    const raw = new Driver(file)
    raw.exec('ALTER TABLE statement ADD COLUMN newer TEXT')
    raw.pragma(`user_version = ${MIGRATIONS.length + 1}`)
    raw.close()
    const before = readFileSync(file)
    expect(look()).toMatchObject({ status: 'newer', reason: 'newer', total: 2 })
    const { store } = open()
    expect(() => store?.remove(1)).toThrow(refused('newer'))
    store?.close()
    expect(readFileSync(file)).toEqual(before)
  })

  test('made by a much newer version cannot even be read', () => {
    fill(2)
    const raw = new Driver(file)
    raw.exec('ALTER TABLE statement RENAME COLUMN meter TO serial')
    raw.pragma('user_version = 99')
    raw.close()
    expect(look()).toMatchObject({ status: 'newer', total: null })
    expect(() => openStoredKeys(file)).toThrow(refused('failed'))
  })

  test('of another program is refused and left as it is', () => {
    const raw = new Driver(file)
    raw.exec('CREATE TABLE statement (id INTEGER); PRAGMA user_version = 1')
    raw.close()
    const before = readFileSync(file)
    expect(look()).toMatchObject({ status: 'unavailable', reason: 'foreign', total: null })
    expect(() => openStoredKeys(file)).toThrow(refused('foreign'))
    expect(readFileSync(file)).toEqual(before)
    expect(readdirSync(folder)).toEqual(['keys.sqlite'])
  })
})

describe('a locked file', () => {
  test('is only read', () => {
    fill(2)
    const other = new Driver(file)
    other.exec('BEGIN IMMEDIATE')
    expect(look({ timeoutMs: 20 })).toMatchObject({
      status: 'read-only',
      reason: 'locked',
      total: 2,
    })
    const { store } = open({ timeoutMs: 20 })
    expect(() => store?.remove(1)).toThrow(refused('locked'))
    store?.close()
    other.exec('ROLLBACK')
    other.close()
    expect(look().status).toBe('writable')
  })

  test('that somebody has for himself cannot be read', () => {
    fill(2)
    const other = new Driver(file)
    other.pragma('locking_mode = EXCLUSIVE')
    other.exec('BEGIN EXCLUSIVE')
    expect(look({ timeoutMs: 20 })).toMatchObject({ status: 'unavailable', reason: 'locked' })
    other.exec('ROLLBACK')
    other.close()
  })

  test('refuses one change and takes the next', () => {
    const { store } = open({ timeoutMs: 20 })
    store?.add(newKey(1))
    const other = new Driver(file)
    other.exec('BEGIN IMMEDIATE')
    expect(() => store?.remove(1)).toThrow(refused('locked'))
    expect(store?.search('').total).toBe(1)
    other.exec('ROLLBACK')
    other.close()
    store?.remove(1)
    expect(store?.search('').total).toBe(0)
    store?.close()
  })

  test('is waited for', async () => {
    fill(1)
    const program = `
      import Driver from 'better-sqlite3'
      const db = new Driver(process.argv[1])
      db.exec('BEGIN IMMEDIATE')
      console.log('locked')
      setTimeout(() => db.exec('ROLLBACK'), 150)`
    const cwd = fileURLToPath(new URL('../../..', import.meta.url))
    const child = spawn(process.execPath, ['--input-type=module', '--eval', program, file], { cwd })
    await once(child.stdout, 'data')
    expect(look({ timeoutMs: 5000 }).status).toBe('writable')
    await once(child, 'exit')
  })
})

describe('a full disk', () => {
  test('refuses the change with its reason, and nothing of it is written', () => {
    fill(10)
    const db = new Driver(file)
    const store = new KeyStore(db, { now })
    const pages = Number(db.pragma('page_count', { simple: true }))
    db.pragma(`max_page_count = ${pages + 2}`)
    const many = Array.from({ length: 500 }, (_, index) => newKey(`more ${index}`))
    expect(() => store.import(many, {}, '')).toThrow(refused('full'))
    const note = 'x'.repeat(10_000)
    expect(() => store.add(newKey('large', { note }))).toThrow(refused('full'))
    expect(store.search('').total).toBe(10)
    expect(store.log()).toHaveLength(10)
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
    db.pragma(`max_page_count = ${pages + 1000}`)
    expect(store.add(newKey('large', { note })).note).toBe(note)
    store.close()
  })

  test('does not cost what was there when the system itself refuses to write', () => {
    fill(10)
    const program = `
      import { openStore } from '${import.meta.resolve('../../../src/main/key-store/open.ts')}'
      import { newKey } from '${import.meta.resolve('./keys.ts')}'
      const { store } = openStore(process.argv[1])
      let added = 0
      try { for (;;) { store.add(newKey('more ' + added, { note: 'x'.repeat(9000) })); added++ } }
      catch (error) { console.log(JSON.stringify({ added, code: error.code })) }`
    const script = 'ulimit -f 400; exec "$0" --input-type=module-typescript --eval "$1" "$2"'
    const answer = JSON.parse(
      execFileSync('bash', ['-c', script, process.execPath, program, file], { encoding: 'utf8' }),
    ) as { added: number; code: string }
    expect(['full', 'failed']).toContain(answer.code)
    expect(answer.added).toBeGreaterThan(1)
    expect(look({ check: true })).toMatchObject({ status: 'writable', total: 10 + answer.added })
  })
})

describe('several instances at once', () => {
  test('see each other’s changes', () => {
    const [one, two] = [writable(), writable()]
    const { id } = one.add(newKey(1, { meter: 'M' }))
    two.remove(id)
    expect(() => one.remove(id)).toThrow(refused('no-such-key'))
    expect(two.add(newKey(2, { meter: 'M' })).conflicts).toEqual([])
    expect(one.restore(id).conflicts).toEqual([keyOf(2).fingerprint])
    one.close()
    two.close()
  })

  test('make one store together and lose nothing', async () => {
    const program = `
      import { openStore } from '${import.meta.resolve('../../../src/main/key-store/open.ts')}'
      import { newKey } from '${import.meta.resolve('./keys.ts')}'
      const [, file, name] = process.argv
      const { store, status, detail } = openStore(file)
      if (status !== 'writable') throw new Error(status + detail)
      for (let n = 0; n < 25; n++) store.add(newKey(name + n, { meter: 'SHARED' }))
      store.close()`
    const children = ['a', 'b', 'c', 'd'].map((name) =>
      spawn(process.execPath, ['--input-type=module-typescript', '--eval', program, file, name], {
        stdio: ['ignore', 'ignore', 'inherit'],
      }),
    )
    const codes = await Promise.all(children.map((child) => once(child, 'exit')))
    expect(codes.map(([code]) => code as unknown)).toEqual([0, 0, 0, 0])
    const store = writable()
    expect(store.search('').total).toBe(100)
    expect(store.log()).toHaveLength(100)
    expect(store.conflicts()[0]?.fingerprints).toHaveLength(100)
    store.close()
    expect(existsSync(`${file}-wal`)).toBe(false)
  })
})

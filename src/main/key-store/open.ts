/**
 * Opens the file of the key store, and keeps trouble with it from costing anything.
 *
 * Nothing is ever deleted: a damaged file is copied before it is looked at any further, a file of
 * a newer version is only read, a foreign database is refused. The only module that knows the
 * database driver; it is imported where a store is really opened, because that takes time.
 *
 * @module
 */
import {
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  statSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import Driver from 'better-sqlite3'
import type { About } from '../../shared/api.ts'
import { MIGRATIONS } from './migrations/index.ts'
import { KeyStore } from './store.ts'
import { StoreError, type StoreReason, asStoreError } from './trouble.ts'

export type Database = Driver.Database

export interface Opened {
  status: About['store']
  /** Why it cannot be written. */
  reason: StoreReason | null
  /** What the system says of it, for logs. */
  detail: string
  /** null where it cannot even be read. */
  store: KeyStore | null
  /** Copy of a damaged file. */
  copy: string | null
}

export interface OpenOptions {
  now?: () => Date
  /** So long another program may keep the file to itself. */
  timeoutMs?: number
  /** Look at every page, however large the file is. */
  check?: boolean
}

const APPLICATION_ID = 0x4549434c
/** A file of this size is looked through whenever it is opened. */
const SMALL_BYTES = 4 * 1024 * 1024
/** A file that cannot be opened where it lies is read into memory up to this size. */
const MOST_IN_MEMORY = 512 * 1024 * 1024
const TIMEOUT_MS = 3000

/** Opens for writing, creating folder and file; where that fails for reading. Never throws. */
export function openStore(file: string, options: OpenOptions = {}): Opened {
  const { now = () => new Date() } = options
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    const db = openToWrite(file, options)
    const store = new KeyStore(db, { now })
    return { status: 'writable', reason: null, detail: '', store, copy: null }
  } catch (error) {
    const { code, message: detail } = asStoreError(error)
    const reason = code as StoreReason
    const copy = reason === 'damaged' ? keepDamaged(file, now()) : null
    const store = reason === 'foreign' ? null : readable(file, reason, options)
    return { status: statusOf(reason, store), reason, detail, store, copy }
  }
}

function statusOf(reason: StoreReason, store: KeyStore | null): About['store'] {
  if (reason === 'newer' || reason === 'damaged') return reason
  return store === null ? 'unavailable' : 'read-only'
}

function readable(file: string, reason: StoreReason, options: OpenOptions): KeyStore | null {
  const { now = () => new Date() } = options
  try {
    return new KeyStore(openToRead(file, options), { now, readOnly: reason })
  } catch {
    return null
  }
}

/**
 * @returns a connection that cannot write
 * @throws StoreError `missing` where there is no file, or none with anything in it
 */
export function openToRead(file: string, options: OpenOptions = {}): Database {
  if (!existsSync(file)) throw new StoreError('missing')
  try {
    return connected(() => connect(file, options, true), checkReadable)
  } catch (error) {
    const known = asStoreError(error)
    if (known.code !== 'forbidden') throw known
    // Reading needs files beside the database, which a folder of others does not let us make.
    try {
      return connected(() => inMemory(file), checkReadable)
    } catch {
      throw known
    }
  }
}

/**
 * A connection of its own for long work in one transaction.
 *
 * @throws StoreError
 */
export function openForImport(file: string, options: OpenOptions = {}): Database {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  } catch (error) {
    throw asStoreError(error)
  }
  const db = openToWrite(file, options)
  // So much of the transaction stays in memory before it goes into the log.
  db.pragma('cache_size = -16384')
  return db
}

function openToWrite(file: string, options: OpenOptions): Database {
  const { timeoutMs = TIMEOUT_MS } = options
  examine(file, options)
  return connected(
    () => connect(file, options, false),
    (db) => {
      checkNotNewer(db)
      patiently(() => db.pragma('journal_mode = WAL'), timeoutMs)
      // Every change is a decision of the user: it is on the disk before anyone is told so.
      db.pragma('synchronous = FULL')
      migrate(db)
      // Says now, not at the first change, that the file cannot be written.
      db.exec('BEGIN IMMEDIATE; ROLLBACK')
    },
  )
}

/**
 * Looks before anything is written: to open a file for writing may already change it.
 *
 * @throws StoreError `foreign`, `newer` or `damaged`
 */
function examine(file: string, options: OpenOptions): void {
  const bytes = statSync(file, { throwIfNoEntry: false })?.size ?? 0
  if (bytes === 0) return
  try {
    const look = (db: Database) => {
      checkNotNewer(db)
      if (options.check === true || bytes <= SMALL_BYTES) checkPages(db)
    }
    connected(() => connect(file, options, true), look).close()
  } catch (error) {
    const { code } = asStoreError(error)
    if (code === 'foreign' || code === 'newer' || code === 'damaged') throw error
    // Whatever else is wrong, the attempt to write will say.
  }
}

/** @throws StoreError; the connection is closed then */
function connected(open: () => Database, prepare: (db: Database) => void): Database {
  let db: Database | null = null
  try {
    db = open()
    prepare(db)
    return db
  } catch (error) {
    db?.close()
    throw asStoreError(error)
  }
}

function connect(file: string, { timeoutMs = TIMEOUT_MS }: OpenOptions, readonly: boolean) {
  const db = new Driver(file, { readonly, timeout: timeoutMs })
  secure(db)
  return db
}

function secure(db: Database): void {
  db.pragma('trusted_schema = OFF')
  db.pragma('cell_size_check = ON')
  db.pragma('foreign_keys = ON')
}

/** A database in memory has no log beside it, so the file must be complete without one. */
function inMemory(file: string): Database {
  if (hasLog(file) || statSync(file).size > MOST_IN_MEMORY) {
    throw new StoreError('forbidden')
  }
  const bytes = readFileSync(file)
  // "File format write and read version": 2 asks for a log, 1 does not. SQLite file format, 1.3.3.
  bytes.fill(1, 18, 20)
  const db = new Driver(bytes, { readonly: true })
  secure(db)
  return db
}

function checkNotNewer(db: Database): void {
  checkKind(db)
  if (versionOf(db) > MIGRATIONS.length) throw new StoreError('newer')
}

/** @throws StoreError `foreign` for a database of another program */
function checkKind(db: Database): void {
  // In this order: another program may make the store between the two looks.
  const empty = isEmpty(db)
  const own = db.pragma('application_id', { simple: true }) === APPLICATION_ID
  if (!own && !empty) throw new StoreError('foreign')
}

function isEmpty(db: Database): boolean {
  return db.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined
}

function versionOf(db: Database): number {
  return Number(db.pragma('user_version', { simple: true }))
}

function checkPages(db: Database): void {
  if (db.pragma('quick_check(1)', { simple: true }) !== 'ok') throw new StoreError('damaged')
}

function checkReadable(db: Database): void {
  checkKind(db)
  if (isEmpty(db)) throw new StoreError('missing')
  db.pragma('query_only = ON')
}

/** Steps that are missing, all or none. Of two programs at once, one takes them. */
function migrate(db: Database): void {
  if (versionOf(db) === MIGRATIONS.length) return
  const takeSteps = db.transaction(() => {
    for (const [index, step] of MIGRATIONS.entries()) {
      if (index < versionOf(db)) continue
      db.exec(step)
      db.pragma(`user_version = ${index + 1}`)
    }
  })
  takeSteps.immediate()
}

/** To change the journal SQLite does not wait for others, so we do. */
function patiently(change: () => void, timeoutMs: number): void {
  const until = Date.now() + timeoutMs
  for (;;) {
    try {
      change()
      return
    } catch (error) {
      if (asStoreError(error).code !== 'locked' || Date.now() > until) throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20)
    }
  }
}

/** @returns name of the copy, or of one made earlier; null where it could not be made */
function keepDamaged(file: string, now: Date): string | null {
  try {
    const earlier = damagedCopies(file).find((copy) => isSame(copy, file))
    if (earlier !== undefined) return earlier
    const copy = asideName(file, now)
    copyFileSync(file, copy, constants.COPYFILE_EXCL)
    if (hasLog(file)) copyFileSync(`${file}-wal`, `${copy}-wal`)
    return copy
  } catch {
    return null
  }
}

/** Changes that are not in the file itself yet. */
function hasLog(file: string): boolean {
  return (statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0
}

function damagedCopies(file: string): string[] {
  const stem = `${basename(file, '.sqlite')}-damaged-`
  return readdirSync(dirname(file))
    .filter((name) => name.startsWith(stem) && name.endsWith('.sqlite'))
    .map((name) => join(dirname(file), name))
}

function isSame(copy: string, file: string): boolean {
  if (statSync(copy).size !== statSync(file).size) return false
  return readFileSync(copy).equals(readFileSync(file))
}

/** @returns `keys-damaged-20260901T101500Z.sqlite`, or with a number behind it */
function asideName(file: string, now: Date): string {
  const time = now.toISOString().replace(/[-:]|\.\d+/g, '')
  const stem = join(dirname(file), `${basename(file, '.sqlite')}-damaged-${time}`)
  for (let number = 1; ; number++) {
    const name = number === 1 ? `${stem}.sqlite` : `${stem}-${number}.sqlite`
    if (!existsSync(name)) return name
  }
}

/**
 * Puts a damaged file aside, so that the next {@link openStore} begins a new one.
 *
 * @returns where it is now
 * @throws StoreError
 */
export function putAside(file: string, now: Date): string {
  const aside = asideName(file, now)
  try {
    // The log first: without its database nobody takes it for his own.
    if (hasLog(file)) renameSync(`${file}-wal`, `${aside}-wal`)
    renameSync(file, aside)
    return aside
  } catch (error) {
    throw asStoreError(error)
  }
}

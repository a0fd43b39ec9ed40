/**
 * Takes an edition of the charging register into the key store: all of it or nothing.
 *
 * Runs on a connection of its own, in one transaction, so that a program that is killed, a full
 * disk or a bad file leave the editions before as they were. A second import waits, then gives up.
 *
 * @module
 */
import { hash } from 'node:crypto'
import { basename } from 'node:path'
import type { Database, Statement } from 'better-sqlite3'
import { folded } from '../../shared/identity.ts'
import { fromHex } from '../../shared/hex.ts'
import type { CurveId } from '../../shared/model/key.ts'
import type { RegisterReport } from '../../shared/model/register.ts'
import {
  type RegisterPoint,
  RegisterReader,
  type StationRow,
  dateInName,
  evseForms,
} from '../engine/trust/bnetza-register.ts'
import { openForImport } from './open.ts'
import { RegisterError, type RegisterFile, openRegisterFile } from './register-file.ts'
import { EDITION_IN_USE } from './register-rows.ts'
import { asStoreError } from './trouble.ts'

export interface RegisterImport {
  /** Of the file, for display; null for that of its path. */
  name?: string | null
  /** ISO date of the edition where the file has none. */
  date?: string | null
  now: () => Date
  signal?: AbortSignal | null
  onProgress?: (done: number, total: number) => void
}

export type RegisterOutcome =
  | { kind: 'imported'; edition: number; report: RegisterReport }
  /** The same bytes were imported before. */
  | { kind: 'known'; edition: number; report: RegisterReport }

/**
 * @param store file of the key store, made where there is none
 * @throws RegisterError where the file cannot be taken
 * @throws StoreError where the store cannot be written
 */
export async function importRegister(
  store: string,
  from: string | Uint8Array,
  options: RegisterImport,
): Promise<RegisterOutcome> {
  const db = openForImport(store)
  try {
    return await importInto(db, from, options)
  } finally {
    db.close()
  }
}

/** @param db connection that nobody else uses meanwhile */
export async function importInto(
  db: Database,
  from: string | Uint8Array,
  options: RegisterImport,
): Promise<RegisterOutcome> {
  const file = await openRegisterFile(from)
  try {
    return await take(db, file, nameOf(from, options.name ?? null), options)
  } finally {
    await file.close()
  }
}

function nameOf(from: string | Uint8Array, name: string | null): string {
  return basename(name ?? (typeof from === 'string' ? from : 'register'))
}

async function take(
  db: Database,
  file: RegisterFile,
  name: string,
  { date = null, now, signal = null, onProgress = () => {} }: RegisterImport,
): Promise<RegisterOutcome> {
  const sha256 = fromHex(file.sha256) ?? new Uint8Array()
  const known = db
    .prepare<[Uint8Array], { id: number; report: string }>(
      'SELECT id, report FROM edition WHERE sha256 = ?',
    )
    .get(sha256)
  if (known !== undefined) {
    return { kind: 'known', edition: known.id, report: JSON.parse(known.report) as RegisterReport }
  }
  try {
    db.exec('BEGIN IMMEDIATE')
    const reader = new RegisterReader(file.kind)
    const edition = Number(
      db
        .prepare('INSERT INTO edition VALUES (NULL, ?, ?, ?, ?, 0, ?)')
        .run('', sha256, name, now().toISOString(), '').lastInsertRowid,
    )
    const writer = new EditionWriter(db, edition)
    /** What stands above the rows decides whether this becomes the edition in use. */
    const begin = () => {
      const { date: stated, notes } = reader.layout()
      const named = dateInName(name)
      const day = date ?? stated ?? named
      if (day === null) throw new RegisterError('no-date')
      const hasKeys = notes.includes('no-key-columns') ? 0 : 1
      db.prepare('UPDATE edition SET date = ?, has_keys = ? WHERE id = ?').run(
        day,
        hasKeys,
        edition,
      )
      if (inUse(db) === edition) writer.beginWords()
      const differs = stated !== null && named !== null && stated !== named
      return { day, notes: differs ? [...notes, 'date-differs' as const] : notes }
    }
    let begun: ReturnType<typeof begin> | null = null
    await file.rows({
      signal,
      onProgress,
      width: () => reader.width,
      onRow: (cells, row, formulas) => {
        const inside = reader.begun
        const read = reader.row(cells, row, formulas)
        if (read !== null) {
          begun ??= begin()
          writer.add(read)
        } else if (inside) writer.blank++
        return !reader.hopeless
      },
    })
    if (!reader.begun) throw new RegisterError('not-register')
    if (begun === null) throw new RegisterError('empty')
    const { day, notes } = begun as ReturnType<typeof begin>
    const report: RegisterReport = {
      edition: day,
      file: name,
      sha256: file.sha256,
      kind: file.kind,
      ...writer.counts(),
      notes,
    }
    db.prepare('UPDATE edition SET report = ? WHERE id = ?').run(JSON.stringify(report), edition)
    if (signal?.aborted === true) throw new RegisterError('cancelled')
    // The trust of every key in it rises, and of those only in the edition before it falls.
    const detail = { edition: day, file: name, sha256: file.sha256, inUse: inUse(db) === edition }
    db.prepare(`INSERT INTO event (at, action, detail) VALUES (?, 'register', ?)`).run(
      now().toISOString(),
      JSON.stringify(detail),
    )
    db.exec('COMMIT')
    db.pragma('wal_checkpoint(TRUNCATE)')
    return { kind: 'imported', edition, report }
  } catch (error) {
    if (db.inTransaction) db.exec('ROLLBACK')
    throw error instanceof RegisterError ? error : asStoreError(error)
  }
}

function inUse(db: Database): number | null {
  return db.prepare<[], number>(EDITION_IN_USE).pluck().get() ?? null
}

/** Columns whose words are searched. */
const SEARCHED = ['number', 'operator', 'name', 'street', 'postcode', 'place', 'district'] as const

class EditionWriter {
  rows = 0
  blank = 0
  private readonly edition: number
  private readonly station: Statement
  private readonly point: Statement
  private readonly evse: Statement
  private readonly key: Statement
  private readonly keyId: Statement<[Uint8Array], number>
  private readonly registered: Statement
  private readonly unusable: Statement
  private words: Statement | null = null
  private readonly distinct = new Set<number>()
  private readonly count = { points: 0, evses: 0, keyCells: 0, usable: 0, unusable: 0, keys: 0 }
  private readonly byForm: RegisterReport['byForm'] = {}
  private readonly byCurve: RegisterReport['byCurve'] = {}
  private readonly byReason: RegisterReport['byReason'] = {}

  private readonly db: Database

  constructor(db: Database, edition: number) {
    this.db = db
    this.edition = edition
    this.station = db.prepare(
      `INSERT INTO station VALUES (NULL, @edition, @row, @number, @operator, @name, @status,
         @street, @postcode, @place, @district, @state, @latitude, @longitude, @commissioned, @other)`,
    )
    this.point = db.prepare('INSERT INTO point VALUES (?, ?, ?, ?, ?)')
    this.evse = db.prepare('INSERT OR IGNORE INTO point_evse VALUES (?, ?, ?)')
    this.key = db.prepare(
      'INSERT INTO key (fingerprint, curve, point) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
    )
    this.keyId = db
      .prepare<[Uint8Array], number>('SELECT id FROM key WHERE fingerprint = ?')
      .pluck()
    this.registered = db.prepare('INSERT OR IGNORE INTO registered VALUES (?, ?, ?, ?)')
    this.unusable = db.prepare('INSERT INTO unusable VALUES (NULL, ?, ?, ?, ?, ?, ?)')
  }

  /** The full-text index holds the edition in use, which this one is now. */
  beginWords(): void {
    this.db.exec(`INSERT INTO register_words (register_words) VALUES ('delete-all')`)
    this.words = this.db.prepare('INSERT INTO register_words (rowid, words) VALUES (?, ?)')
  }

  add({ station, trouble }: StationRow): void {
    const { row, fields, other, points } = station
    const { kind, power, house, addition, site } = fields
    const plugs = points.map(({ connectors, power: kW }) => [connectors, kW].join(' ').trim())
    const more = { kind, power, addition, site, ...other, points: plugs.join('; ') }
    const { lastInsertRowid: id } = this.station.run({
      ...fields,
      street: [fields.street, house].filter((part) => part !== null).join(' ') || null,
      edition: this.edition,
      row,
      other: JSON.stringify(Object.fromEntries(Object.entries(more).filter(([, text]) => text))),
    })
    this.rows++
    const names = SEARCHED.map((field) => fields[field])
    for (const point of points) names.push(...this.addPoint(id, point))
    this.words?.run(id, folded(names.filter((name) => name !== null).join('\n')))
    for (const { column, reason, printed } of trouble) {
      this.unusable.run(this.edition, id, row, column, reason, printed)
      this.byReason[reason] = (this.byReason[reason] ?? 0) + 1
    }
  }

  /** @returns names by which it is found */
  private addPoint(
    station: number | bigint,
    { slot, evse, printed, keys }: RegisterPoint,
  ): string[] {
    this.count.points++
    if (evse === null && printed === null) return []
    const forms = evseForms(evse)
    this.point.run(station, slot, evse, forms.join(' '), printed)
    if (evse !== null) this.count.evses++
    for (const form of forms) this.evse.run(form, station, slot)
    if (printed !== null) this.count.keyCells++
    if (keys.length > 0) this.count.usable++
    for (const { curve, point, form } of keys) {
      const keyId = this.idOf(curve, point)
      this.registered.run(keyId, station, slot, form)
      this.distinct.add(keyId)
      this.count.keys++
      this.byForm[form] = (this.byForm[form] ?? 0) + 1
      this.byCurve[curve] = (this.byCurve[curve] ?? 0) + 1
    }
    return evse === null ? forms : [evse, ...forms]
  }

  private idOf(curve: CurveId, point: Uint8Array): number {
    const fingerprint = hash('sha256', Buffer.concat([Buffer.from(curve), point]), 'buffer')
    const { changes, lastInsertRowid } = this.key.run(fingerprint, curve, point)
    return changes === 1 ? Number(lastInsertRowid) : (this.keyId.get(fingerprint) ?? 0)
  }

  counts() {
    const { rows, blank, count, byForm, byCurve, byReason } = this
    const unusable = count.keyCells - count.usable
    return {
      rows,
      blank,
      ...count,
      unusable,
      distinct: this.distinct.size,
      byForm,
      byCurve,
      byReason,
    }
  }
}

/**
 * Questions to the charging register in the key store: by key, by charge point, by words.
 *
 * Answers come from the edition in use; older ones only tell what changed.
 *
 * @module
 */
import type { Database, Statement } from 'better-sqlite3'
import { toHex } from '../../shared/hex.ts'
import { comparable, folded } from '../../shared/identity.ts'
import type { CurveId } from '../../shared/model/key.ts'
import type {
  Edition,
  EditionChanges,
  RegisterHit,
  RegisterReport,
  RegisterWords,
  RegisteredPoint,
  StationPlace,
  StationTrace,
  Unusable,
} from '../../shared/model/register.ts'
import {
  EDITION_IN_USE,
  PLACE_COLUMNS,
  PLACE_TABLES,
  type PlaceRow,
  STATION_COLUMNS,
  registerWords,
} from './register-rows.ts'
import { fingerprintBytes, fingerprintRange, fingerprintText } from './rows.ts'
import { asStoreError } from './trouble.ts'

/** Where a key stood, edition by edition. */
export interface RegisterTrace {
  edition: string
  places: RegisterWords[]
}

const MOST_HITS = 200
const MOST_TERMS = 8
/** A station has at most so many charge points and keys worth showing. */
const MOST_POINTS = 64

export class RegisterBook {
  private readonly db: Database
  private readonly prepared = new Map<string, Statement>()

  /** @param db of any version: one from before the register has no edition */
  constructor(db: Database) {
    this.db = db
  }

  /** Whether the store has tables for a register at all. */
  private exists(): boolean {
    return (
      this.sql<[], number>(`SELECT 1 FROM sqlite_schema WHERE name = 'edition'`).get() !== undefined
    )
  }

  /** Newest first. */
  editions(): Edition[] {
    return this.reading([], () => {
      const used = this.inUse()
      return this.sql<[], EditionRow>(
        'SELECT id, date, sha256, file, imported_at, report FROM edition ORDER BY date DESC, id DESC',
      )
        .all()
        .map(({ id, date, sha256, file, imported_at, report }) => ({
          id,
          date,
          sha256: toHex(sha256),
          file,
          importedAt: imported_at,
          report: JSON.parse(report) as RegisterReport,
          inUse: id === used,
        }))
    })
  }

  /** Every place where the edition in use lists a key. */
  placesOf(fingerprint: string): RegisterWords[] {
    return this.reading([], () =>
      this.sql<[Uint8Array, number], PlaceRow>(
        `SELECT ${PLACE_COLUMNS} FROM ${PLACE_TABLES} JOIN key k ON k.id = r.key_id
           WHERE k.fingerprint = ? AND +s.edition = ? ORDER BY s.row, p.slot LIMIT ${MOST_HITS}`,
      )
        .all(fingerprintBytes(fingerprint), this.inUse() ?? 0)
        .map(registerWords),
    )
  }

  /** All editions that list a key, newest first. */
  trace(fingerprint: string): RegisterTrace[] {
    return this.reading([], () => {
      const rows = this.sql<[Uint8Array], PlaceRow>(
        `SELECT ${PLACE_COLUMNS} FROM ${PLACE_TABLES} JOIN key k ON k.id = r.key_id
           WHERE k.fingerprint = ? ORDER BY n.date DESC, n.id DESC, s.row LIMIT ${MOST_HITS}`,
      ).all(fingerprintBytes(fingerprint))
      const byEdition = Map.groupBy(rows.map(registerWords), ({ edition }) => edition)
      return [...byEdition].map(([edition, places]) => ({ edition, places }))
    })
  }

  /**
   * Stations with these words, in the order of the file.
   *
   * @param text words or their beginnings that all occur, or the beginning of a fingerprint
   */
  search(text: string, limit = 50): { hits: RegisterHit[]; more: boolean } {
    return this.reading({ hits: [], more: false }, () => {
      const ids = this.found(text, limit + 1)
      const hits = ids.slice(0, limit).flatMap((id) => this.hit(id) ?? [])
      return { hits, more: ids.length > limit }
    })
  }

  /** Where the stations are that {@link search} finds, also when they are many. */
  places(text: string, limit = 2000): { places: StationPlace[]; more: boolean } {
    return this.reading({ places: [], more: false }, () => {
      const ids = this.found(text, limit + 1)
      const place = this.sql<[number], StationPlace>(
        `SELECT s.id, s.operator, s.street, s.postcode, s.place, s.latitude, s.longitude
           FROM station s WHERE s.id = ?`,
      )
      const places = ids.slice(0, limit).flatMap((id) => place.get(id) ?? [])
      return { places, more: ids.length > limit }
    })
  }

  /** @returns null where there is no such station, or its edition was deleted */
  station(id: number): RegisterHit | null {
    return this.reading(null, () => this.hit(id))
  }

  /**
   * What every edition says of a station, newest first.
   *
   * It is the same one by its number, else by an EVSE id, else by a key that no other station has.
   */
  traceOf(id: number): StationTrace[] {
    return this.reading([], () => {
      const used = this.inUse()
      const byNumber = this.sql<[number], number>(
        `SELECT o.id FROM station s JOIN station o ON o.number = s.number
           WHERE s.id = ? LIMIT ${MOST_HITS}`,
      ).pluck()
      const forms = this.sql<[number], string>(
        `SELECT forms FROM point WHERE station = ? AND forms <> ''`,
      ).pluck()
      const byEvse = this.sql<[string], number>(
        `SELECT station FROM point_evse WHERE form = ? LIMIT ${MOST_HITS}`,
      ).pluck()
      const byKey = this.sql<[number], number>(
        `SELECT DISTINCT o.station FROM registered r JOIN registered o ON o.key_id = r.key_id
           JOIN station s ON s.id = o.station WHERE r.station = ? AND
             (SELECT count(DISTINCT t.id) FROM registered u JOIN station t ON t.id = u.station
               WHERE u.key_id = r.key_id AND t.edition = s.edition) = 1 LIMIT ${MOST_HITS}`,
      ).pluck()
      const named = forms.all(id).flatMap((all) => all.split(' '))
      const same = new Set([id, ...byNumber.all(id), ...named.flatMap((form) => byEvse.all(form))])
      if (same.size === 1) for (const other of byKey.all(id)) same.add(other)
      const row = this.sql<[number], { edition: number; date: string; row: number }>(
        `SELECT s.edition, n.date, s.row FROM station s JOIN edition n ON n.id = s.edition
           WHERE s.id = ?`,
      )
      return [...same]
        .flatMap((station) => {
          const found = row.get(station)
          return found === undefined ? [] : [{ station, ...found }]
        })
        .toSorted((a, b) => compareText(b.date, a.date) || b.edition - a.edition || a.row - b.row)
        .map(({ station, edition, date, row: at }) => ({
          edition: date,
          inUse: edition === used,
          row: at,
          points: this.pointsOf(station),
        }))
    })
  }

  /** Cells and rows of an edition that could not be used, in the order of the file. */
  *unusable(edition: number): Generator<Unusable> {
    if (!this.exists()) return
    const rows = this.sql<[number], Unusable>(
      `SELECT u.row, u.column_name AS "column", u.reason, u.printed, s.number, s.operator
         FROM unusable u LEFT JOIN station s ON s.id = u.station WHERE u.edition = ? ORDER BY u.id`,
    )
    yield* rows.all(edition)
  }

  /** @returns null for the oldest edition */
  changes(edition: number): EditionChanges | null {
    return this.reading(null, () => {
      const before = this.sql<[number], { id: number; date: string }>(
        `SELECT b.id, b.date FROM edition e JOIN edition b ON b.has_keys = 1
           AND (b.date < e.date OR (b.date = e.date AND b.id < e.id))
           WHERE e.id = ? ORDER BY b.date DESC, b.id DESC LIMIT 1`,
      ).get(edition)
      if (before === undefined) return null
      const keysOf = `SELECT DISTINCT r.key_id FROM station s JOIN registered r ON r.station = s.id WHERE s.edition = ?`
      const only = (one: number, other: number) =>
        this.sql<[number, number], number>(`SELECT count(*) FROM (${keysOf} EXCEPT ${keysOf})`)
          .pluck()
          .get(one, other) ?? 0
      return {
        before: before.date,
        appeared: only(edition, before.id),
        vanished: only(before.id, edition),
        changed: this.changedPoints(edition, before.id),
      }
    })
  }

  private changedPoints(edition: number, before: number): number {
    const points = `SELECT e.form, min(r.key_id) AS low, max(r.key_id) AS high
      FROM station s JOIN point_evse e ON e.station = s.id
      JOIN registered r ON r.station = e.station AND r.slot = e.slot
      WHERE s.edition = ? GROUP BY e.form`
    return (
      this.sql<[number, number], number>(
        `SELECT count(*) FROM (${points}) a JOIN (${points}) b ON a.form = b.form
           WHERE a.low <> b.low OR a.high <> b.high`,
      )
        .pluck()
        .get(edition, before) ?? 0
    )
  }

  private inUse(): number | null {
    return this.sql<[], number>(EDITION_IN_USE).pluck().get() ?? null
  }

  private byFingerprint(text: string, limit: number): number[] {
    const range = fingerprintRange(text)
    // Fewer digits are rather a postcode or a number.
    if (range === null || comparable(text.replace(/^\s*sha256:/i, '')).length < 8) return []
    return this.sql<[Uint8Array, Uint8Array, number, number], number>(
      `SELECT DISTINCT s.id FROM key k JOIN registered r ON r.key_id = k.id
         JOIN station s ON s.id = r.station
         WHERE k.fingerprint BETWEEN ? AND ? AND +s.edition = ? LIMIT ?`,
    )
      .pluck()
      .all(range.from, range.to, this.inUse() ?? 0, limit)
  }

  private byWords(text: string, limit: number): number[] {
    const match = matchOf(text)
    if (match === null) return []
    return this.sql<[string, number], number>(
      'SELECT rowid FROM register_words WHERE register_words MATCH ? ORDER BY rowid LIMIT ?',
    )
      .pluck()
      .all(match, limit)
  }

  /** Stations of the edition in use. */
  private found(text: string, limit: number): number[] {
    return [...new Set([...this.byFingerprint(text, limit), ...this.byWords(text, limit)])]
  }

  private hit(id: number): RegisterHit | null {
    type StationRow = Omit<RegisterHit, 'sha256' | 'points'> & { sha256: Uint8Array }
    const station = this.sql<[number], StationRow>(
      `SELECT s.id, n.date AS edition, n.sha256,
         (SELECT date FROM edition WHERE id = (${EDITION_IN_USE})) AS newest, ${STATION_COLUMNS}
         FROM station s JOIN edition n ON n.id = s.edition WHERE s.id = ?`,
    ).get(id)
    if (station === undefined) return null
    return { ...station, sha256: toHex(station.sha256), points: this.pointsOf(id) }
  }

  private pointsOf(station: number): RegisteredPoint[] {
    const points = this.sql<[number], PointRow>(
      `SELECT p.slot, p.evse, p.printed, k.fingerprint, k.curve FROM point p
         LEFT JOIN registered r ON r.station = p.station AND r.slot = p.slot
         LEFT JOIN key k ON k.id = r.key_id
         WHERE p.station = ? ORDER BY p.slot, k.id LIMIT ${MOST_POINTS}`,
    ).all(station)
    return [...Map.groupBy(points, ({ slot }) => slot)].map(([slot, same]) => ({
      slot,
      evse: same[0]?.evse ?? null,
      printed: same[0]?.printed ?? null,
      keys: same.flatMap(({ fingerprint, curve }) =>
        fingerprint === null || curve === null
          ? []
          : [{ fingerprint: fingerprintText(fingerprint), curve }],
      ),
    }))
  }

  private sql<P extends unknown[], R = unknown>(source: string): Statement<P, R> {
    const known = this.prepared.get(source)
    if (known !== undefined) return known as Statement<P, R>
    const statement = this.db.prepare<P, R>(source) as Statement<P, R>
    this.prepared.set(source, statement)
    return statement
  }

  /** @param nothing what a store without a register knows */
  private reading<T>(nothing: T, read: () => T): T {
    try {
      return this.exists() ? read() : nothing
    } catch (error) {
      throw asStoreError(error)
    }
  }
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

interface EditionRow {
  id: number
  date: string
  sha256: Uint8Array
  file: string
  imported_at: string
  report: string
}

interface PointRow {
  slot: number
  evse: string | null
  printed: string | null
  fingerprint: Uint8Array | null
  curve: CurveId | null
}

/**
 * What is typed → a question to the full-text index: every word begins something that occurs.
 * An EVSE id is found with its separators, without them, and by its beginning.
 *
 * @returns null for nothing to search
 */
function matchOf(text: string): string | null {
  const terms = text
    .split(/\s+/)
    .filter((term) => comparable(term) !== '')
    .slice(0, MOST_TERMS)
    .flatMap((term) => {
      const tokens = folded(term).match(/[\p{L}\p{N}]+/gu) ?? []
      if (tokens.length === 0) return []
      const parts = tokens.map(prefix).join(' AND ')
      return tokens.length === 1 ? [parts] : [`(${parts} OR ${prefix(folded(comparable(term)))})`]
    })
  return terms.length === 0 ? null : terms.join(' AND ')
}

/** A single letter begins a tenth of all words: it counts only as a word of its own. */
function prefix(token: string): string {
  return token.length === 1 ? `"${token}"` : `"${token}"*`
}

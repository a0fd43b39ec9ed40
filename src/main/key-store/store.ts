/**
 * The keys a user keeps: who owns which, who says so, and every change of that.
 *
 * One entry is one statement "this key belongs to that meter". A second key for a known meter
 * never takes the place of the first: both stay, and both show the conflict. Each change is one
 * transaction together with its line in the record of changes.
 *
 * @module
 */
import { hash } from 'node:crypto'
import type { Database, Statement } from 'better-sqlite3'
import { type KeyHistory, type KeyList, REQUIRED_TRUST, type Settings } from '../../shared/api.ts'
import { type PublicKeyRef, TRUST_OF_SOURCE } from '../../shared/model/key.ts'
import {
  type Issuer,
  type IssuerTrust,
  type KeyChange,
  type KeyConfirmation,
  type KeyDetails,
  type KeyFacets,
  type KeyFilter,
  type KeyPhoto,
  type KeySighting,
  PHOTO_BYTES,
  type PhotoType,
  type StoreEvent,
  type StoredKey,
} from '../../shared/model/stored-key.ts'
import { comparable, folded } from '../../shared/identity.ts'
import { fromHex, toHex } from '../../shared/hex.ts'
import { RegisterBook } from './register-book.ts'
import {
  type KeyQuery,
  type KeyRow,
  fingerprintBytes,
  fingerprintRange,
  fingerprintText,
  formsOf,
  keyQuery,
  storedKey,
  tidyDetails,
} from './rows.ts'
import { StoreError, type StoreReason, asStoreError } from './trouble.ts'

export interface StoreOptions {
  now: () => Date
  /** Why nothing may be written. */
  readOnly?: StoreReason
}

/** What is to be kept. */
export interface NewKey {
  key: Pick<PublicKeyRef, 'fingerprint' | 'curve' | 'point'>
  details: KeyDetails
  /** File or place it was read from. */
  origin: string
  /** The user compared it with the station; null: it counts as a key of the provider. */
  confirmed: KeyConfirmation | null
  validFrom: string | null
  validUntil: string | null
}

export interface Page {
  limit?: number
  /** Leave out so many. */
  offset?: number
  /** Those that were removed, instead of the others. */
  removed?: boolean
}

/** Different keys that are kept for one meter. */
export interface Conflict {
  meter: string
  fingerprints: string[]
}

interface IssuerRow {
  id: number
  fingerprint: Uint8Array
  name: string
  trust: IssuerTrust
  added_at: string
}

const NAMELESS: KeyDetails = {
  meter: null,
  evse: null,
  station: null,
  operator: null,
  label: null,
  note: null,
}

export interface StoreStats {
  entries: number
  keys: number
  /** Entries by trust level, and by curve. */
  byTrust: Record<string, number>
  byCurve: Record<string, number>
  /** Meters with several keys. */
  conflicts: number
}

const FIRST_PAGE = 1000
/** Of `statement s`. */
const IN_CONFLICT = `s.meter_form IN (SELECT meter_form FROM statement
  WHERE removed_at IS NULL AND meter_form <> '' GROUP BY meter_form HAVING count(DISTINCT key_id) > 1)`
const EXPORT_PAGE = 1000
const MOST_TERMS = 8
export const DEFAULT_SETTINGS: Settings = {
  language: 'system',
  theme: 'system',
  history: false,
  requiredTrust: 'K3',
}

export class KeyStore {
  /** The charging register; written only by `register-import.ts`. */
  readonly register: RegisterBook
  private readonly db: Database
  private readonly query: KeyQuery
  private readonly now: () => Date
  private readonly readOnly: StoreReason | null
  private readonly prepared = new Map<string, Statement>()

  /**
   * @param db with a schema of this version, or one that can be read like it
   * @throws StoreError
   */
  constructor(db: Database, { now, readOnly }: StoreOptions) {
    this.db = db
    this.now = now
    this.readOnly = readOnly ?? null
    this.register = new RegisterBook(db)
    // A schema that cannot be read shows now.
    this.query = this.reading(() => keyQuery(db))
    this.reading(() => this.row(0))
    this.settings()
  }

  close(): void {
    this.db.close()
  }

  /**
   * @param text words that all occur somewhere in an entry, or the beginning of a fingerprint;
   *   case and accents do not matter
   */
  search(text: string, page: Page = {}): KeyList {
    const { limit = FIRST_PAGE, offset = 0 } = page
    return this.reading(() => {
      const removed = page.removed ?? false
      const { ids, total } =
        text.trim() === ''
          ? this.newest(limit, offset, removed)
          : pageOf(this.matching(text, removed), limit, offset)
      const rows = ids.flatMap((id) => this.row(id) ?? [])
      return { keys: rows.flatMap((row) => this.intact(row)), total }
    })
  }

  /**
   * Entries that fit a filter, and how many of all that the text finds fit each choice of it.
   *
   * @param text as for {@link search}
   */
  list(text: string, filter: KeyFilter): KeyList & { facets: KeyFacets } {
    return this.reading(() => {
      const found = text.trim() === '' ? null : this.matching(text, false)
      const ids = found === null ? null : JSON.stringify(found)
      const base = this.among()
      const count = <T>(column: string) =>
        this.sql<[{ ids: string | null }], { name: T | null; count: number }>(
          `SELECT ${column} AS name, count(*) AS count ${base} GROUP BY 1 ORDER BY 2 DESC, 1`,
        )
          .all({ ids })
          .flatMap(({ name, count: number }): [T, number][] =>
            name === null ? [] : [[name, number]],
          )
      const conflict = this.sql<[{ ids: string | null }], number>(
        `SELECT count(*) ${base} AND ${IN_CONFLICT}`,
      ).pluck()
      const all = this.fitting(found, filter)
      const rows = all.slice(0, FIRST_PAGE).flatMap((id) => this.row(id) ?? [])
      return {
        keys: rows.flatMap((row) => this.intact(row)),
        total: all.length,
        facets: {
          source: count('s.source'),
          trust: count(this.query.trust),
          curve: count('k.curve'),
          operator: count('s.operator'),
          conflict: conflict.get({ ids }) ?? 0,
        },
      }
    })
  }

  /** All entries that {@link list} would list, one after the other. */
  *chosen(text: string, filter: KeyFilter): Generator<StoredKey> {
    const found = text.trim() === '' ? null : this.matching(text, false)
    for (const id of this.reading(() => this.fitting(found, filter))) {
      const row = this.reading(() => this.row(id))
      if (row !== undefined) yield* this.intact(row)
    }
  }

  /** Entries with some numbers; all where those are null. */
  private among(): string {
    return `FROM ${this.query.tables} WHERE s.removed_at IS NULL
      AND (@ids IS NULL OR s.id IN (SELECT value FROM json_each(@ids)))`
  }

  /** @param found numbers of entries in the order to keep; null for all, the newest first */
  private fitting(found: readonly number[] | null, filter: KeyFilter): number[] {
    const { source, trust, curve, operator } = filter
    const ids = found === null ? null : JSON.stringify(found)
    const all = this.sql<[Record<string, string | number | null>], number>(
      `SELECT s.id ${this.among()} AND (@source IS NULL OR s.source = @source)
         AND (@trust IS NULL OR ${this.query.trust} = @trust)
         AND (@curve IS NULL OR k.curve = @curve)
         AND (@operator IS NULL OR s.operator = @operator)
         AND (@conflict = 0 OR ${IN_CONFLICT}) ORDER BY s.id DESC`,
    )
      .pluck()
      .all({ ids, source, trust, curve, operator, conflict: filter.conflict ? 1 : 0 })
    if (found === null) return all
    const fits = new Set(all)
    return found.filter((id) => fits.has(id))
  }

  /** Every entry that was not removed, in the order in which they were added. */
  *all(): Generator<StoredKey> {
    const next = this.sql<[number], KeyRow>(
      `SELECT ${this.query.columns} FROM ${this.query.tables} WHERE s.id > ? AND s.removed_at IS NULL
         ORDER BY s.id LIMIT ${EXPORT_PAGE}`,
    )
    for (let last = 0; ;) {
      const after = last
      const rows = this.reading(() => next.all(after))
      if (rows.length === 0) return
      for (const row of rows) yield* this.reading(() => this.intact(row))
      last = rows.at(-1)?.id ?? last
    }
  }

  /** @throws StoreError `no-such-key` */
  get(id: number): StoredKey {
    return this.reading(() => {
      const row = this.row(id)
      if (row === undefined) throw new StoreError('no-such-key')
      return this.toKey(row)
    })
  }

  /** Entries of one key that were not removed, the best trusted first. */
  entriesOf(fingerprint: string): StoredKey[] {
    return this.reading(() =>
      this.sql<[Uint8Array], KeyRow>(
        `SELECT ${this.query.columns} FROM ${this.query.tables} WHERE k.fingerprint = ?
             AND s.removed_at IS NULL ORDER BY trust DESC, s.id`,
      )
        .all(fingerprintBytes(fingerprint))
        .flatMap((row) => this.intact(row)),
    )
  }

  /** Entries of some keys or charge points that were not removed, in the order they were added. */
  about(fingerprints: readonly string[], evseForms: readonly string[]): StoredKey[] {
    return this.reading(() => {
      const ids = new Set(
        fingerprints.flatMap((one) => this.entriesOf(one)).map((entry) => entry.id),
      )
      const ofEvse = this.sql<[string], number>(
        `SELECT id FROM statement WHERE evse_form = ? AND evse_form <> '' AND removed_at IS NULL`,
      ).pluck()
      for (const form of evseForms) for (const id of ofEvse.all(form)) ids.add(id)
      return [...ids]
        .toSorted((a, b) => a - b)
        .flatMap((id) => this.row(id) ?? [])
        .flatMap((row) => this.intact(row))
    })
  }

  /** Where a key was seen, newest first. */
  sightings(fingerprint: string): KeySighting[] {
    return this.reading(() =>
      this.sql<[Uint8Array], KeySighting>(
        'SELECT at, meter, begin, state FROM sighting WHERE fingerprint = ? ORDER BY id DESC LIMIT 1000',
      ).all(fingerprintBytes(fingerprint)),
    )
  }

  /** @returns the entry of this key for the same meter and charge point, the best trusted one */
  entryFor(fingerprint: string, details: KeyDetails): StoredKey | null {
    const { meter_form: meter, evse_form: evse } = formsOf(details)
    const same = this.entriesOf(fingerprint).find((entry) => {
      const forms = formsOf(entry)
      return forms.meter_form === meter && forms.evse_form === evse
    })
    return same ?? null
  }

  /** Meters for which several keys are kept. */
  conflicts(): Conflict[] {
    return this.reading(() => {
      const meters = this.sql<[], { meter: string; meter_form: string }>(
        `SELECT min(meter) AS meter, meter_form FROM statement
             WHERE removed_at IS NULL AND meter_form <> ''
             GROUP BY meter_form HAVING count(DISTINCT key_id) > 1 ORDER BY meter_form`,
      ).all()
      const none = new Uint8Array(32)
      return meters.map(({ meter, meter_form }) => ({
        meter,
        fingerprints: this.rivals(meter_form, none),
      }))
    })
  }

  /** How many entries and keys there are, by trust and curve, without what was removed. */
  stats(): StoreStats {
    return this.reading(() => {
      const count = (column: string) =>
        Object.fromEntries(
          this.sql<[], { name: string; count: number }>(
            `SELECT ${column} AS name, count(*) AS count FROM ${this.query.tables}
               WHERE s.removed_at IS NULL GROUP BY 1 ORDER BY 1`,
          )
            .all()
            .map(({ name, count }) => [name, count]),
        )
      const totals = this.sql<[], { entries: number; keys: number }>(
        `SELECT count(*) AS entries, count(DISTINCT key_id) AS keys FROM statement
           WHERE removed_at IS NULL`,
      ).get()
      return {
        entries: totals?.entries ?? 0,
        keys: totals?.keys ?? 0,
        byTrust: count(this.query.trust),
        byCurve: count('k.curve'),
        conflicts: this.conflicts().length,
      }
    })
  }

  /** @throws StoreError `exists` where the same key is kept for the same meter from the same source */
  add(entry: NewKey, reason = ''): StoredKey {
    return this.write(() => this.get(this.insert(entry, 'add', {}, reason)))
  }

  /** @throws StoreError */
  edit(id: number, details: KeyDetails, reason = ''): StoredKey {
    return this.write(() => {
      const before = this.kept(id)
      const after = tidyDetails(details)
      const changed = differences(tidyDetails(before), after)
      if (Object.keys(changed).length > 0) {
        this.sql(
          `UPDATE statement SET meter = @meter, evse = @evse, station = @station,
               operator = @operator, label = @label, note = @note, words = @words,
               meter_form = @meter_form, evse_form = @evse_form WHERE id = @id`,
        ).run({ ...after, ...formsOf(after), id })
        this.record('edit', before, changed, reason)
      }
      return this.get(id)
    })
  }

  /**
   * Until which year the meter is calibrated, as the user read it off.
   *
   * @param year null for unknown
   * @throws StoreError
   */
  calibrate(id: number, year: number | null, reason = ''): StoredKey {
    return this.write(() => {
      const before = this.kept(id)
      this.sql('UPDATE statement SET calibrated_until = ? WHERE id = ?').run(year, id)
      const after = this.get(id)
      const facts = ({ calibratedUntil }: StoredKey) => ({ calibratedUntil })
      const changed = differences(facts(before), facts(after))
      if (Object.keys(changed).length > 0) this.record('edit', before, changed, reason)
      return after
    })
  }

  /** The user compared the key with the station: from now on it counts as K4. */
  confirm(id: number, confirmed: KeyConfirmation, reason = ''): StoredKey {
    return this.write(() => {
      const before = this.kept(id)
      this.sql(
        `UPDATE statement SET source = 'imprint', trust = 'K4', confirmed_how = @how,
             confirmed_by = @by, confirmed_where = @where, confirmed_on = @at WHERE id = @id`,
      ).run({ ...confirmed, id })
      const after = this.get(id)
      const facts = ({ source, trust, confirmed }: StoredKey) => ({ source, trust, confirmed })
      this.record('confirm', before, differences(facts(before), facts(after)), reason)
      return after
    })
  }

  /** Entries of one key for the same meter and charge point, or for one where they name none. */
  duplicates(): StoredKey[][] {
    return this.reading(() => {
      const prints = this.sql<[], Uint8Array>(
        `SELECT k.fingerprint FROM statement s JOIN key k ON k.id = s.key_id
           WHERE s.removed_at IS NULL GROUP BY s.key_id HAVING count(*) > 1 ORDER BY min(s.id)`,
      )
        .pluck()
        .all()
      return prints
        .flatMap((print) => groupsOf(this.entriesOf(fingerprintText(print))))
        .filter((group) => group.length > 1)
    })
  }

  /**
   * Makes one entry of several of the same key: the best trusted one stays and gets what it lacks,
   * the others are removed. No trust rises. Undone by {@link split}.
   *
   * @throws StoreError `no-such-key` where they are not about one key, or name different meters
   */
  merge(ids: readonly number[]): StoredKey {
    return this.write(() => {
      const entries = [...new Set(ids)].map((id) => this.kept(id))
      const [group, ...apart] = groupsOf(this.byTrust(entries))
      const [kept, ...others] = group ?? []
      if (kept === undefined || others.length === 0 || apart.length > 0) {
        throw new StoreError('no-such-key')
      }
      for (const other of others) {
        this.sql('UPDATE statement SET removed_at = ? WHERE id = ?').run(this.time(), other.id)
        this.record('remove', other, { into: kept.id }, '')
      }
      const merged = mergedFacts([kept, ...others])
      const fields = differences(factsOf(kept), merged)
      this.putFacts(kept.id, merged)
      this.record('merge', kept, { merged: others.map(({ id }) => id), fields }, '')
      return this.get(kept.id)
    })
  }

  /**
   * Undoes a merge: the entries that went into one are there again, and it loses what it got,
   * but for what was edited since.
   *
   * @param change id of the line of the merge
   * @throws StoreError `no-such-key` where there is none, or it was undone; `exists` where one of
   *   the entries was added anew
   */
  split(change: number): StoredKey {
    return this.write(() => {
      const line = this.sql<[number], { statement: number; detail: string }>(
        `SELECT statement_id AS statement, detail FROM change WHERE id = ? AND action = 'merge'`,
      ).get(change)
      if (line === undefined || this.isSplit(change)) throw new StoreError('no-such-key')
      const kept = this.kept(line.statement)
      const { merged, fields } = JSON.parse(line.detail) as MergeDetail
      const now = factsOf(kept)
      const back = Object.entries(fields).flatMap(([name, [before, after]]) =>
        now[name as keyof Facts] === after ? [[name, before]] : [],
      )
      const facts: Facts = { ...now, ...(Object.fromEntries(back) as Partial<Facts>) }
      this.putFacts(kept.id, facts)
      this.record('split', kept, { merge: change, fields: differences(now, facts) }, '')
      for (const id of merged) if (this.get(id).removedAt !== null) this.restore(id)
      return this.get(kept.id)
    })
  }

  private isSplit(merge: number): boolean {
    const found = this.sql<[number], number>(
      `SELECT 1 FROM change WHERE action = 'split' AND json_extract(detail, '$.merge') = ?`,
    ).get(merge)
    return found !== undefined
  }

  private byTrust(entries: StoredKey[]): StoredKey[] {
    return entries.toSorted((a, b) =>
      a.trust < b.trust ? 1 : a.trust > b.trust ? -1 : a.id - b.id,
    )
  }

  private putFacts(id: number, facts: Facts): void {
    const { calibratedUntil, validFrom, validUntil, ...details } = facts
    this.sql(
      `UPDATE statement SET meter = @meter, evse = @evse, station = @station,
         operator = @operator, label = @label, note = @note, words = @words,
         meter_form = @meter_form, evse_form = @evse_form, calibrated_until = @calibratedUntil,
         valid_from = @validFrom, valid_until = @validUntil WHERE id = @id`,
    ).run({ ...details, ...formsOf(details), calibratedUntil, validFrom, validUntil, id })
  }

  /** @returns null where there is none */
  photo(id: number): (KeyPhoto & { bytes: Uint8Array }) | null {
    return this.reading(() => {
      if (!this.has('photo')) return null
      type PhotoRow = { type: PhotoType; bytes: Uint8Array; sha256: Uint8Array; added_at: string }
      const row = this.sql<[number], PhotoRow>(
        'SELECT type, bytes, sha256, added_at FROM photo WHERE statement_id = ?',
      ).get(id)
      if (row === undefined) return null
      const { type, bytes, sha256, added_at: addedAt } = row
      return { type, size: bytes.length, sha256: toHex(sha256), addedAt, bytes }
    })
  }

  /**
   * Keeps the photo of an imprint, in place of the one before.
   *
   * @throws StoreError `too-long` where it is larger than {@link PHOTO_BYTES}
   */
  savePhoto(id: number, type: PhotoType, bytes: Uint8Array): KeyPhoto {
    return this.write(() => {
      const entry = this.kept(id)
      if (bytes.length > PHOTO_BYTES) throw new StoreError('too-long')
      const digest = hash('sha256', bytes, 'buffer')
      this.sql(
        `INSERT INTO photo VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET type = excluded.type,
           bytes = excluded.bytes, sha256 = excluded.sha256, added_at = excluded.added_at`,
      ).run(id, type, bytes, digest, this.time())
      this.record('photo-add', entry, { type, sha256: toHex(digest) }, '')
      return { type, size: bytes.length, sha256: toHex(digest), addedAt: this.time() }
    })
  }

  /** Deletes the photo; only that there was one stays in the record of changes. */
  removePhoto(id: number): void {
    this.write(() => {
      const photo = this.photo(id)
      if (photo === null) return
      this.sql('DELETE FROM photo WHERE statement_id = ?').run(id)
      this.record('photo-remove', this.get(id), { sha256: photo.sha256 }, '')
    })
  }

  /** Undone by {@link restore}. */
  remove(id: number, reason = ''): void {
    this.write(() => {
      const before = this.kept(id)
      this.sql('UPDATE statement SET removed_at = ? WHERE id = ?').run(this.time(), id)
      this.record('remove', before, {}, reason)
    })
  }

  /** @throws StoreError `exists` where it was added again in the meantime */
  restore(id: number, reason = ''): StoredKey {
    return this.write(() => {
      const before = this.get(id)
      if (before.removedAt === null) return before
      this.sql('UPDATE statement SET removed_at = NULL WHERE id = ?').run(id)
      this.record('restore', before, {}, reason)
      return this.get(id)
    })
  }

  /**
   * Adds what is not known yet; all or nothing.
   *
   * @param reason who issued the list, as the user names them
   * @param file what the lines of the record of changes are to say of the file
   */
  import(
    entries: Iterable<NewKey>,
    file: Record<string, string>,
    reason: string,
    issuer: Issuer | null = null,
  ) {
    return this.write(() => {
      const result = { added: 0, known: 0 }
      for (const entry of entries) {
        const kept = this.keptAs(entry)
        if (kept !== undefined) result.known++
        else result.added++
        const id = kept ?? this.insert(entry, 'import', file, reason)
        if (issuer !== null) this.vouch(id, issuer, file)
      }
      return result
    })
  }

  /** The list of an issuer says the same as an entry of a provider: then it counts as that. */
  private vouch(id: number, issuer: Issuer, file: Record<string, string>): void {
    const before = this.get(id)
    if (before.source !== 'key-file') return
    this.sql('UPDATE statement SET issuer = ? WHERE id = ?').run(issuer.id, id)
    const after = this.get(id)
    const facts = ({ trust, issuer: by }: StoredKey) => ({ trust, issuer: by })
    const changed = differences(facts(before), facts(after))
    if (Object.keys(changed).length > 0) this.record('edit', before, { ...changed, ...file }, '')
  }

  /** Issuers of signed lists that the user knows, in the order in which they were added. */
  issuers(): Issuer[] {
    return this.reading(() => {
      if (!this.has('issuer')) return []
      return this.sql<[], IssuerRow>(
        `SELECT id, fingerprint, name, trust, added_at FROM issuer WHERE removed_at IS NULL ORDER BY id`,
      )
        .all()
        .map(({ id, fingerprint, name, trust, added_at }) => ({
          id,
          fingerprint: fingerprintText(fingerprint),
          name,
          trust,
          addedAt: added_at,
        }))
    })
  }

  /**
   * From now on lists signed with this key count as the user says.
   *
   * @param key bytes of an Ed25519 key
   * @throws StoreError `exists` where the key is known already
   */
  addIssuer(
    name: string,
    key: Pick<PublicKeyRef, 'fingerprint' | 'point'>,
    trust: IssuerTrust,
  ): Issuer {
    return this.write(() => {
      const plain = tidyDetails({ ...NAMELESS, label: name }).label
      const point = fromHex(key.point)
      if (plain === null || point === null) throw new StoreError('no-such-key')
      const { lastInsertRowid } = this.sql(
        'INSERT INTO issuer (fingerprint, point, name, trust, added_at) VALUES (?, ?, ?, ?, ?)',
      ).run(fingerprintBytes(key.fingerprint), point, plain, trust, this.time())
      this.event('issuer-add', { issuer: plain, fingerprint: key.fingerprint, trust })
      return this.issuer(Number(lastInsertRowid))
    })
  }

  /** Raises or lowers the trust of all keys in the lists of an issuer. */
  trustIssuer(id: number, trust: IssuerTrust): Issuer {
    return this.write(() => {
      const { name, trust: before, fingerprint } = this.issuer(id)
      this.sql('UPDATE issuer SET trust = ? WHERE id = ?').run(trust, id)
      this.event('issuer-trust', { issuer: name, fingerprint, trust: [before, trust] })
      return this.issuer(id)
    })
  }

  /** Keys of the lists of an issuer stay, and are worth what an unsigned list is. */
  removeIssuer(id: number): void {
    this.write(() => {
      const { name, trust, fingerprint } = this.issuer(id)
      this.sql('UPDATE issuer SET removed_at = ? WHERE id = ?').run(this.time(), id)
      this.event('issuer-remove', { issuer: name, fingerprint, trust: [trust, 'K2'] })
    })
  }

  /** What changed the trust of many keys at once, newest first; can only be added to. */
  events(): StoreEvent[] {
    return this.reading(() =>
      this.has('event')
        ? this.sql<[], StoreEvent>(
            'SELECT id, at, action, detail FROM event ORDER BY id DESC',
          ).all()
        : [],
    )
  }

  /**
   * Deletes an edition of the charging register that is not in use.
   *
   * @throws StoreError `no-such-key` where there is none, or it is in use
   */
  removeEdition(id: number): void {
    this.write(() => {
      const edition = this.register.editions().find((one) => one.id === id)
      if (edition === undefined || edition.inUse) throw new StoreError('no-such-key')
      const stations = 'IN (SELECT id FROM station WHERE edition = ?)'
      for (const table of ['registered', 'point_evse', 'point']) {
        this.sql(`DELETE FROM ${table} WHERE station ${stations}`).run(id)
      }
      for (const table of ['unusable', 'station']) {
        this.sql(`DELETE FROM ${table} WHERE edition = ?`).run(id)
      }
      this.sql('DELETE FROM edition WHERE id = ?').run(id)
      const { date, file, sha256 } = edition
      this.event('register-remove', { edition: date, file, sha256 })
    })
  }

  private issuer(id: number): Issuer {
    const found = this.issuers().find((one) => one.id === id)
    if (found === undefined) throw new StoreError('no-such-key')
    return found
  }

  private event(action: StoreEvent['action'], detail: object): void {
    this.sql('INSERT INTO event (at, action, detail) VALUES (?, ?, ?)').run(
      this.time(),
      action,
      JSON.stringify(detail),
    )
  }

  private has(table: string): boolean {
    const found = this.sql<[string]>('SELECT 1 FROM sqlite_schema WHERE name = ?').get(table)
    return found !== undefined
  }

  /** The entry, and all that was done to its key under whatever entry. */
  history(id: number): KeyHistory {
    const key = this.get(id)
    const fingerprint = fingerprintBytes(key.fingerprint)
    return this.reading(() => {
      const changes = this.changes('WHERE fingerprint = ?', fingerprint, FIRST_PAGE)
      const { bytes: _, ...photo } = this.photo(id) ?? { bytes: null }
      const group = groupsOf(this.entriesOf(key.fingerprint)).find((entries) =>
        entries.some((entry) => entry.id === id),
      )
      return {
        key,
        changes,
        sightings: this.sightings(key.fingerprint),
        photo: 'sha256' in photo ? photo : null,
        duplicates: (group ?? []).filter((entry) => entry.id !== id),
        splittable: changes
          .filter(({ action, id: change }) => action === 'merge' && !this.isSplit(change))
          .map(({ id: change }) => change),
      }
    })
  }

  /** The latest changes of all keys, the newest first. */
  log(limit = FIRST_PAGE): KeyChange[] {
    return this.reading(() => this.changes('', limit))
  }

  settings(): Settings {
    return this.reading(() => {
      const rows = this.sql<[], { name: string; value: string }>(
        'SELECT name, value FROM setting',
      ).all()
      const values = new Map(rows.map(({ name, value }) => [name, value]))
      const language = (['de', 'en'] as const).find((known) => known === values.get('language'))
      const theme = (['light', 'dark'] as const).find((known) => known === values.get('theme'))
      return {
        language: language ?? DEFAULT_SETTINGS.language,
        theme: theme ?? DEFAULT_SETTINGS.theme,
        history: values.get('history') === 'true',
        requiredTrust:
          REQUIRED_TRUST.find((known) => known === values.get('requiredTrust')) ??
          DEFAULT_SETTINGS.requiredTrust,
      }
    })
  }

  /** Where keys were seen is forgotten when the user switches history off. */
  saveSettings(settings: Settings): Settings {
    return this.write(() => {
      const before = this.settings().requiredTrust
      const put = this.sql(
        'INSERT INTO setting VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
      )
      for (const [name, value] of Object.entries(settings)) put.run(name, String(value))
      if (!settings.history) this.db.exec('DELETE FROM sighting')
      if (settings.requiredTrust !== before) {
        this.event('policy', { requiredTrust: [before, settings.requiredTrust] })
      }
      return this.settings()
    })
  }

  /** Keeps where keys were seen, if the user wants that. */
  noteSightings(seen: readonly (Omit<KeySighting, 'at'> & { fingerprint: string })[]): void {
    if (this.readOnly !== null || !this.settings().history) return
    this.write(() => {
      const put = this.sql(
        'INSERT INTO sighting (fingerprint, at, meter, begin, state) VALUES (?, ?, ?, ?, ?)',
      )
      const at = this.time()
      for (const { fingerprint, meter, begin, state } of seen) {
        put.run(fingerprintBytes(fingerprint), at, meter, begin, state)
      }
    })
  }

  /** @param fingerprint of one key; null for all keys */
  forgetSightings(fingerprint: string | null): void {
    this.write(() => {
      if (fingerprint === null) this.db.exec('DELETE FROM sighting')
      else {
        this.sql('DELETE FROM sighting WHERE fingerprint = ?').run(fingerprintBytes(fingerprint))
      }
    })
  }

  private newest(limit: number, offset: number, removed: boolean) {
    const state = removed ? 'removed_at IS NOT NULL' : 'removed_at IS NULL'
    const ids = this.sql<[number, number], number>(
      `SELECT id FROM statement WHERE ${state} ORDER BY id DESC LIMIT ? OFFSET ?`,
    )
      .pluck()
      .all(limit, offset)
    const total = this.sql<[], number>(`SELECT count(*) FROM statement WHERE ${state}`).pluck()
    return { ids, total: total.get() ?? 0 }
  }

  private matching(text: string, removed: boolean): number[] {
    const state = removed ? 'removed_at IS NOT NULL' : 'removed_at IS NULL'
    const terms = folded(text)
      .split(/\s+/)
      .filter((term) => term !== '')
      .slice(0, MOST_TERMS)
      // `1-EMH-00` is to find `1EMH00`, whose form is kept beside it.
      .map((term) => [term, folded(comparable(term))])
    const occurs = terms.map(([term, form]) =>
      term === form ? 'AND instr(words, ?)' : 'AND (instr(words, ?) OR instr(words, ?))',
    )
    const ids = this.sql<string[], number>(
      `SELECT id FROM statement WHERE ${state} ${occurs.join(' ')} ORDER BY id DESC`,
    )
      .pluck()
      .all(...terms.flatMap(([term = '', form = '']) => (term === form ? [term] : [term, form])))
    const range = fingerprintRange(text)
    if (range === null) return ids
    const byFingerprint = this.sql<[Uint8Array, Uint8Array], number>(
      `SELECT s.id FROM key k JOIN statement s ON s.key_id = k.id
           WHERE k.fingerprint BETWEEN ? AND ? AND s.${state} ORDER BY s.id DESC`,
    )
      .pluck()
      .all(range.from, range.to)
    return [...new Set([...byFingerprint, ...ids])]
  }

  private row(id: number): KeyRow | undefined {
    return this.sql<[number], KeyRow>(
      `SELECT ${this.query.columns} FROM ${this.query.tables} WHERE s.id = ?`,
    ).get(id)
  }

  private toKey(row: KeyRow): StoredKey {
    const alone = row.meter_form === '' || row.removed_at !== null
    return storedKey(row, alone ? [] : this.rivals(row.meter_form, row.fingerprint))
  }

  /** One row that was spoilt hides no other. */
  private intact(row: KeyRow): StoredKey[] {
    try {
      return [this.toKey(row)]
    } catch (error) {
      if (asStoreError(error).code === 'damaged') return []
      throw error
    }
  }

  private rivals(meterForm: string, fingerprint: Uint8Array): string[] {
    return this.sql<[string, Uint8Array], { fingerprint: Uint8Array }>(
      `SELECT DISTINCT k.fingerprint FROM ${this.query.tables} WHERE s.removed_at IS NULL
         AND s.meter_form <> '' AND s.meter_form = ? AND k.fingerprint <> ? ORDER BY 1`,
    )
      .all(meterForm, fingerprint)
      .map((row) => fingerprintText(row.fingerprint))
  }

  private keptAs({ key, details }: NewKey): number | undefined {
    const { meter_form, evse_form } = formsOf(tidyDetails(details))
    return this.sql<[Uint8Array, string, string], number>(
      `SELECT s.id FROM ${this.query.tables} WHERE k.fingerprint = ? AND s.meter_form = ?
           AND s.evse_form = ? AND s.removed_at IS NULL`,
    )
      .pluck()
      .get(fingerprintBytes(key.fingerprint), meter_form, evse_form)
  }

  /** @throws StoreError `no-such-key`, also for one that was removed */
  private kept(id: number): StoredKey {
    const key = this.get(id)
    if (key.removedAt !== null) throw new StoreError('no-such-key')
    return key
  }

  private insert(
    { key, details, origin, confirmed, validFrom, validUntil }: NewKey,
    action: 'add' | 'import',
    file: Record<string, string>,
    reason: string,
  ): number {
    const kept = tidyDetails(details)
    const point = fromHex(key.point)
    if (point === null) throw new StoreError('no-such-key')
    const source = confirmed === null ? 'key-file' : 'imprint'
    const trust = TRUST_OF_SOURCE[source]
    const fingerprint = fingerprintBytes(key.fingerprint)
    this.sql(
      'INSERT INTO key (fingerprint, curve, point) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
    ).run(fingerprint, key.curve, point)
    const { lastInsertRowid } = this.sql(
      `INSERT INTO statement (key_id, source, trust, words, meter_form, evse_form, meter, evse,
           station, operator, label, note, origin, confirmed_how, confirmed_by, confirmed_where,
           confirmed_on, valid_from, valid_until, added_at)
         VALUES ((SELECT id FROM key WHERE fingerprint = @fingerprint), @source, @trust, @words,
           @meter_form, @evse_form, @meter, @evse, @station, @operator, @label, @note, @origin,
           @how, @by, @where, @at, @validFrom, @validUntil, @added)`,
    ).run({
      fingerprint,
      source: confirmed === null ? 'key-file' : 'imprint',
      trust: confirmed === null ? 'K2' : 'K4',
      ...kept,
      ...formsOf(kept),
      origin,
      ...(confirmed ?? { how: null, by: null, where: null, at: null }),
      validFrom,
      validUntil,
      added: this.time(),
    })
    const added = { id: Number(lastInsertRowid), fingerprint: key.fingerprint }
    this.record(action, added, { source, trust, ...kept, origin, confirmed, ...file }, reason)
    return added.id
  }

  private record(
    action: KeyChange['action'],
    { id, fingerprint }: Pick<StoredKey, 'id' | 'fingerprint'>,
    detail: Record<string, unknown>,
    reason: string,
  ): void {
    this.sql(
      `INSERT INTO change (at, action, fingerprint, statement_id, detail, reason)
           VALUES (?, ?, ?, ?, ?, ?)`,
    ).run(
      this.time(),
      action,
      fingerprintBytes(fingerprint),
      id,
      JSON.stringify(detail),
      reason.toWellFormed(),
    )
  }

  private changes(where: string, ...values: (Uint8Array | number)[]): KeyChange[] {
    type Row = Omit<KeyChange, 'fingerprint'> & { fingerprint: Uint8Array }
    return this.sql<(Uint8Array | number)[], Row>(
      `SELECT id, at, action, fingerprint, statement_id AS key, detail, reason
         FROM change ${where} ORDER BY id DESC LIMIT ?`,
    )
      .all(...values)
      .map((row) => ({ ...row, fingerprint: fingerprintText(row.fingerprint) }))
  }

  /** Statements are prepared once. */
  private sql<P extends unknown[], R = unknown>(source: string): Statement<P, R> {
    const known = this.prepared.get(source)
    if (known !== undefined) return known as Statement<P, R>
    const statement = this.db.prepare<P, R>(source) as Statement<P, R>
    this.prepared.set(source, statement)
    return statement
  }

  private time(): string {
    return this.now().toISOString()
  }

  /** @throws StoreError, whatever went wrong; then nothing was changed */
  private write<T>(change: () => T): T {
    if (this.readOnly !== null) throw new StoreError(this.readOnly)
    return this.reading(() =>
      this.db.inTransaction ? change() : this.db.transaction(change).immediate(),
    )
  }

  /** @throws StoreError, whatever went wrong */
  private reading<T>(read: () => T): T {
    try {
      return read()
    } catch (error) {
      if ((error as { code?: unknown }).code === 'SQLITE_CONSTRAINT_UNIQUE') {
        throw new StoreError('exists', error)
      }
      throw asStoreError(error)
    }
  }
}

/** What a merge may fill up. */
type Facts = KeyDetails & Pick<StoredKey, 'calibratedUntil' | 'validFrom' | 'validUntil'>

interface MergeDetail {
  merged: number[]
  fields: Record<string, [unknown, unknown]>
}

function factsOf(entry: Facts): Facts {
  const { calibratedUntil, validFrom, validUntil } = entry
  return { ...tidyDetails(entry), calibratedUntil, validFrom, validUntil }
}

/** @param entries the one that stays first */
function mergedFacts(entries: readonly StoredKey[]): Facts {
  const all = entries.map(factsOf)
  const first = <K extends keyof Facts>(name: K) =>
    all.map((facts) => facts[name]).find((value) => value !== null) ?? null
  const notes = [...new Set(all.flatMap(({ note }) => note ?? []))].join('\n')
  return {
    meter: first('meter'),
    evse: first('evse'),
    station: first('station'),
    operator: first('operator'),
    label: first('label'),
    note: notes === '' ? null : notes,
    calibratedUntil: first('calibratedUntil'),
    validFrom: first('validFrom'),
    validUntil: first('validUntil'),
  }
}

/** Entries of one key that may be about the same thing: none names another meter or charge point. */
function groupsOf(entries: readonly StoredKey[]): StoredKey[][] {
  const groups: StoredKey[][] = []
  const fits = (group: readonly StoredKey[], entry: StoredKey) => {
    const own = formsOf(entry)
    return group.every((one) => {
      const { meter_form: meter, evse_form: evse } = formsOf(one)
      return (
        one.fingerprint === entry.fingerprint &&
        (meter === '' || own.meter_form === '' || meter === own.meter_form) &&
        (evse === '' || own.evse_form === '' || evse === own.evse_form)
      )
    })
  }
  for (const entry of entries) {
    const group = groups.find((one) => fits(one, entry))
    if (group === undefined) groups.push([entry])
    else group.push(entry)
  }
  return groups
}

function pageOf(all: number[], limit: number, offset: number) {
  return { ids: all.slice(offset, offset + limit), total: all.length }
}

/** @returns `{ name: [before, after] }` of what differs */
function differences<T extends object>(before: T, after: T): Record<string, [unknown, unknown]> {
  const is = new Map(Object.entries(after))
  return Object.fromEntries(
    Object.entries(before).flatMap(([name, was]) =>
      JSON.stringify(was) === JSON.stringify(is.get(name)) ? [] : [[name, [was, is.get(name)]]],
    ),
  )
}

/**
 * The keys a user keeps: who owns which, who says so, and every change of that.
 *
 * One entry is one statement "this key belongs to that meter". A second key for a known meter
 * never takes the place of the first: both stay, and both show the conflict. Each change is one
 * transaction together with its line in the record of changes.
 *
 * @module
 */
import type { Database, Statement } from 'better-sqlite3'
import { type KeyHistory, type KeyList, REQUIRED_TRUST, type Settings } from '../../shared/api.ts'
import { type PublicKeyRef, TRUST_OF_SOURCE } from '../../shared/model/key.ts'
import type {
  Issuer,
  IssuerTrust,
  KeyChange,
  KeyConfirmation,
  KeyDetails,
  KeySighting,
  StoreEvent,
  StoredKey,
} from '../../shared/model/stored-key.ts'
import { comparable, folded } from '../../shared/identity.ts'
import { fromHex } from '../../shared/hex.ts'
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
    return this.reading(() => ({
      key,
      changes: this.changes('WHERE fingerprint = ?', fingerprint, FIRST_PAGE),
      sightings: this.sightings(key.fingerprint),
    }))
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

/**
 * The key store as the engine asks it: read-only, by prepared statements, one key or meter at a
 * time.
 *
 * @module
 */
import type { Database, Statement } from 'better-sqlite3'
import { comparable } from '../../shared/identity.ts'
import type { PublicKeyRef } from '../../shared/model/key.ts'
import type { KnownKeys } from '../engine/trust/key-book.ts'
import type { RegisterWords } from '../../shared/model/register.ts'
import { openToRead } from './open.ts'
import {
  EDITION_IN_USE,
  PLACE_COLUMNS,
  PLACE_TABLES,
  type PlaceRow,
  registerWords,
} from './register-rows.ts'
import {
  type KeyMaterial,
  type KeyRow,
  fingerprintBytes,
  keyOf,
  keyQuery,
  publicKeyRef,
} from './rows.ts'
import { asStoreError } from './trouble.ts'

export interface StoredKeys extends KnownKeys {
  close(): void
}

/** More statements about one name than any station can have: the best trusted are enough. */
const MOST = 200
/** Every record without a key is tried with so many keys that were confirmed without a meter. */
const MOST_WITHOUT_METER = 50

/**
 * The methods throw StoreError where the file fails.
 *
 * @throws StoreError `missing` where there is no store
 */
export function openStoredKeys(file: string): StoredKeys {
  const db = openToRead(file)
  const { columns, tables } = keyQuery(db)
  const keys = (where: string, most: number, order = 'trust DESC, s.id') =>
    `SELECT ${columns} FROM ${tables} WHERE s.removed_at IS NULL AND ${where}
       ORDER BY ${order} LIMIT ${most}`
  const prepare = <P extends unknown[]>(source: string): Statement<P, KeyRow> =>
    db.prepare<P, KeyRow>(source)
  try {
    const ofMeter = prepare<[string]>(keys(`s.meter_form <> '' AND s.meter_form = ?`, MOST))
    const ofEvse = prepare<[string]>(keys(`s.evse_form <> '' AND s.evse_form = ?`, MOST))
    const ofKey = prepare<[Uint8Array]>(keys('k.fingerprint = ?', MOST))
    const free = prepare<[]>(
      keys(`s.meter_form = '' AND s.source = 'imprint'`, MOST_WITHOUT_METER, 's.id DESC'),
    )
    const register = registerOf(db)
    return {
      publishedFor: ({ meter, evse }) =>
        asked(() => [
          ...(meter === null ? [] : ofMeter.all(comparable(meter))),
          ...(evse === null ? [] : ofEvse.all(comparable(evse))),
        ]).concat(evse === null ? [] : register.at(comparable(evse))),
      find: (fingerprint) =>
        asked(() => ofKey.all(fingerprintBytes(fingerprint))).concat(register.of(fingerprint)),
      withoutMeter: () => asked(() => free.all()),
      close: () => db.close(),
    }
  } catch (error) {
    db.close()
    throw asStoreError(error)
  }
}

function asked(rows: () => KeyRow[]): PublicKeyRef[] {
  return asking(() => rows().map(publicKeyRef))
}

function asking<T>(ask: () => T): T {
  try {
    return ask()
  } catch (error) {
    throw asStoreError(error)
  }
}

interface Registered {
  /** Keys that the edition in use lists for a charge point. */
  at(evseForm: string): PublicKeyRef[]
  /** Places where the edition in use lists a key; else where an older one did. */
  of(fingerprint: string): PublicKeyRef[]
}

type RegisteredRow = PlaceRow & KeyMaterial & { forms: string }

/** The charging register; a store from before it knows nothing. */
function registerOf(db: Database): Registered {
  const known = db.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'registered'`).get()
  if (known === undefined) return { at: () => [], of: () => [] }
  const columns = `k.fingerprint, k.curve, k.point, p.forms, ${PLACE_COLUMNS}`
  const rows = (where: string, order: string) =>
    db.prepare<[Uint8Array], RegisteredRow>(
      `SELECT ${columns} FROM ${PLACE_TABLES} JOIN key k ON k.id = r.key_id
         WHERE ${where} ORDER BY ${order} LIMIT ${MOST}`,
    )
  const byEvse = db.prepare<[string], RegisteredRow>(
    `SELECT ${columns} FROM point_evse e JOIN ${PLACE_TABLES} JOIN key k ON k.id = r.key_id
       WHERE r.station = e.station AND r.slot = e.slot
       AND e.form = ? AND +s.edition = (${EDITION_IN_USE}) LIMIT ${MOST}`,
  )
  const inUse = rows(`k.fingerprint = ? AND +s.edition = (${EDITION_IN_USE})`, 's.row')
  const ever = rows('k.fingerprint = ? AND n.has_keys = 1', 'n.date DESC, s.row')
  const refs = (found: RegisteredRow[]) => found.flatMap(registeredRefs)
  return {
    at: (form) => (form === '' ? [] : asking(() => refs(byEvse.all(form)))),
    of: (fingerprint) =>
      asking(() => {
        const bytes = fingerprintBytes(fingerprint)
        const now = inUse.all(bytes)
        if (now.length > 0) return refs(now)
        const before = ever.all(bytes)
        return refs(before.filter(({ edition }) => edition === before[0]?.edition))
      }),
  }
}

/** One for each EVSE id of the point. What stood in an older edition only is worth K2. */
function registeredRefs(row: RegisteredRow): PublicKeyRef[] {
  const words = registerWords(row)
  const current = words.edition === words.newest
  const ref: PublicKeyRef = {
    ...keyOf(row),
    source: current ? 'register' : 'key-file',
    trust: current ? 'K3' : 'K2',
    origin: placeName(words),
    meter: null,
    evse: null,
    register: words,
    validFrom: null,
    validUntil: null,
  }
  const forms = row.forms === '' ? [null] : row.forms.split(' ')
  return forms.map((evse) => ({ ...ref, evse }))
}

/** `Albwerk GmbH, Am Berg 1, 72535 Heroldstatt` */
function placeName({ operator, street, postcode, place, number, row }: RegisterWords): string {
  const town = [postcode, place].filter((part) => part !== null).join(' ')
  const parts = [operator, street, town].filter((part) => part !== null && part !== '')
  return parts.length === 0 ? (number ?? String(row)) : parts.join(', ').replace(/\s+/g, ' ')
}

/**
 * The key store as the engine asks it: read-only, by prepared statements, one key or meter at a
 * time.
 *
 * @module
 */
import type { Statement } from 'better-sqlite3'
import { comparable } from '../../shared/identity.ts'
import type { PublicKeyRef } from '../../shared/model/key.ts'
import type { KnownKeys } from '../engine/trust/key-book.ts'
import { openToRead } from './open.ts'
import { KEY_COLUMNS, KEY_TABLES, type KeyRow, fingerprintBytes, publicKeyRef } from './rows.ts'
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
  const keys = (where: string, most: number, order = 's.trust DESC, s.id') =>
    `SELECT ${KEY_COLUMNS} FROM ${KEY_TABLES} WHERE s.removed_at IS NULL AND ${where}
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
    return {
      publishedFor: ({ meter, evse }) =>
        asked(() => [
          ...(meter === null ? [] : ofMeter.all(comparable(meter))),
          ...(evse === null ? [] : ofEvse.all(comparable(evse))),
        ]),
      find: (fingerprint) => asked(() => ofKey.all(fingerprintBytes(fingerprint))),
      withoutMeter: () => asked(() => free.all()),
      close: () => db.close(),
    }
  } catch (error) {
    db.close()
    throw asStoreError(error)
  }
}

function asked(rows: () => KeyRow[]): PublicKeyRef[] {
  try {
    return rows().map(publicKeyRef)
  } catch (error) {
    throw asStoreError(error)
  }
}

/**
 * Rows of the database ↔ keys as the program knows them.
 *
 * @module
 */
import { hash } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import { fromHex, toHex } from '../../shared/hex.ts'
import { comparable, folded } from '../../shared/identity.ts'
import {
  ALL_KEY_KINDS,
  type KeySource,
  type PublicKeyRef,
  type TrustLevel,
} from '../../shared/model/key.ts'
import type {
  Confirmation,
  KeyConfirmation,
  KeyDetails,
  ReadPlace,
  StoredKey,
} from '../../shared/model/stored-key.ts'
import { StoreError } from './trouble.ts'

export interface KeyRow extends KeyDetails {
  id: number
  fingerprint: Uint8Array
  curve: string
  point: Uint8Array
  source: KeySource
  trust: TrustLevel
  meter_form: string
  origin: string
  confirmed_how: Confirmation | null
  confirmed_by: string | null
  confirmed_where: ReadPlace | null
  confirmed_on: string | null
  valid_from: string | null
  valid_until: string | null
  added_at: string
  removed_at: string | null
  /** Issuer of the signed list it came in. */
  issuer: string | null
  calibrated_until: number | null
}

/** How a {@link KeyRow} is asked for: from `statement s`, `key k` and, if there are, `issuer i`. */
export interface KeyQuery {
  columns: string
  tables: string
  /** What an entry is worth: that of a list of an issuer stands with the issuer. */
  trust: string
}

/** @param db also one from before there were issuers, which is only read then */
export function keyQuery(db: Database): KeyQuery {
  const known = db.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'issuer'`).get()
  const tables = 'statement s JOIN key k ON k.id = s.key_id'
  const dated = `SELECT 1 FROM pragma_table_info('statement') WHERE name = 'calibrated_until'`
  const calibrated = db.prepare(dated).get() === undefined ? 'NULL' : 's.calibrated_until'
  const columns = (trust: string, issuer: string) =>
    `s.id, k.fingerprint, k.curve, k.point, s.source, ${trust} AS trust, s.meter_form,
     s.meter, s.evse, s.station, s.operator, s.label, s.note, s.origin, s.confirmed_how,
     s.confirmed_by, s.confirmed_where, s.confirmed_on, s.valid_from, s.valid_until, s.added_at,
     s.removed_at, ${issuer} AS issuer, ${calibrated} AS calibrated_until`
  if (known === undefined) return { columns: columns('s.trust', 'NULL'), tables, trust: 's.trust' }
  const trust = `CASE WHEN s.trust = 'K2' THEN coalesce(i.trust, 'K2') ELSE s.trust END`
  return {
    columns: columns(trust, 'i.name'),
    tables: `${tables} LEFT JOIN issuer i ON i.id = s.issuer AND i.removed_at IS NULL`,
    trust,
  }
}

/** @throws StoreError `damaged` where the key is not the one its fingerprint names */
export function storedKey(row: KeyRow, conflicts: string[]): StoredKey {
  const { meter, evse, station, operator, label, note } = row
  return {
    id: row.id,
    ...keyOf(row),
    source: row.source,
    trust: row.trust,
    meter,
    evse,
    station,
    operator,
    label,
    note,
    origin: row.origin,
    confirmed: confirmationOf(row),
    validFrom: row.valid_from,
    validUntil: row.valid_until,
    addedAt: row.added_at,
    removedAt: row.removed_at,
    conflicts,
    calibratedUntil: row.calibrated_until,
    issuer: row.issuer,
  }
}

/**
 * The key as the engine asks for it.
 *
 * @throws StoreError `damaged` where the key is not the one its fingerprint names
 */
export function publicKeyRef(row: KeyRow): PublicKeyRef {
  const confirmed = confirmationOf(row)
  return {
    ...keyOf(row),
    source: row.source,
    trust: row.trust,
    origin: confirmed === null ? (row.label ?? row.origin) : nameOf(row),
    meter: row.meter,
    evse: row.evse,
    validFrom: row.valid_from,
    validUntil: row.valid_until,
    ...(row.calibrated_until === null ? {} : { calibratedUntil: row.calibrated_until }),
    ...(row.issuer === null ? {} : { issuer: row.issuer }),
    ...(confirmed === null ? {} : { confirmed: { where: confirmed.where, on: confirmed.at } }),
  }
}

/** What the user calls it, else what it belongs to. */
function nameOf({ label, station, evse, meter, origin }: KeyRow): string {
  return label ?? station ?? evse ?? meter ?? origin
}

export type KeyMaterial = Pick<KeyRow, 'fingerprint' | 'curve' | 'point'>

/** @throws StoreError `damaged` where the key is not the one its fingerprint names */
export function keyOf({ fingerprint, curve, point }: KeyMaterial) {
  const kind = ALL_KEY_KINDS.find((known) => known === curve)
  const digest = hash('sha256', Buffer.concat([Buffer.from(curve), point]), 'buffer')
  if (kind === undefined || !digest.equals(fingerprint)) throw new StoreError('damaged')
  return { fingerprint: fingerprintText(fingerprint), curve: kind, point: toHex(point) }
}

function confirmationOf(row: KeyRow): KeyConfirmation | null {
  const { confirmed_how: how, confirmed_by: by, confirmed_where: where, confirmed_on: at } = row
  return how === null || by === null || where === null || at === null
    ? null
    : { how, by, where, at }
}

export function fingerprintText(bytes: Uint8Array): string {
  return `sha256:${toHex(bytes)}`
}

/** @throws StoreError for what is no fingerprint */
export function fingerprintBytes(text: string): Uint8Array {
  const bytes = fromHex(text.replace(/^sha256:/, ''))
  if (bytes?.length !== 32) throw new StoreError('no-such-key')
  return bytes
}

/** The smallest and the greatest fingerprint that begin with some digits. */
export function fingerprintRange(text: string): { from: Uint8Array; to: Uint8Array } | null {
  const digits = text.replace(/^\s*sha256:/i, '').replace(/[\s:-]/g, '')
  if (!/^[0-9a-f]{4,64}$/i.test(digits)) return null
  const from = fromHex(digits.padEnd(64, '0'))
  const to = fromHex(digits.padEnd(64, 'f'))
  return from === null || to === null ? null : { from, to }
}

/** Terminals obey control characters. */
const CONTROL = /\p{Cc}/gu
const NOT_IN_NOTES = /(?!\n)\p{Cc}/gu

const MOST_CHARACTERS = 1000
const MOST_OF_NOTE = 10_000

/**
 * What a user typed, as it is kept.
 *
 * @throws StoreError `too-long`
 */
export function tidyDetails(details: KeyDetails): KeyDetails {
  const { meter, evse, station, operator, label, note } = details
  return {
    meter: tidy(meter),
    evse: tidy(evse),
    station: tidy(station),
    operator: tidy(operator),
    label: tidy(label),
    note: tidy(note, MOST_OF_NOTE),
  }
}

function tidy(value: string | null, most = MOST_CHARACTERS): string | null {
  const lines = (value ?? '').toWellFormed().replace(/\r\n?/g, '\n')
  const plain =
    most === MOST_OF_NOTE ? lines.replace(NOT_IN_NOTES, ' ') : lines.replace(CONTROL, ' ')
  const text = plain.trim()
  if (text.length > most) throw new StoreError('too-long')
  return text === '' ? null : text
}

/** Columns that follow from what the user typed. */
export function formsOf({ meter, evse, station, operator, label, note }: KeyDetails) {
  const forms = { meter_form: comparable(meter), evse_form: comparable(evse) }
  const all = [meter, evse, station, operator, label, note].filter((text) => text !== null)
  const words = folded([...all, forms.meter_form, forms.evse_form].join('\n'))
  return { ...forms, words }
}

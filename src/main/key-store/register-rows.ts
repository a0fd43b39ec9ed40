/**
 * Rows of the register in the database ↔ what the program says of them.
 *
 * @module
 */
import { toHex } from '../../shared/hex.ts'
import type { RegisterWords } from '../../shared/model/register.ts'

/** The newest edition that has columns for keys; of two of one day the one imported last. */
export const EDITION_IN_USE = `SELECT id FROM edition WHERE has_keys = 1 ORDER BY date DESC, id DESC LIMIT 1`

export interface PlaceRow {
  edition: string
  sha256: Uint8Array
  row: number
  number: string | null
  operator: string | null
  name: string | null
  status: string | null
  street: string | null
  postcode: string | null
  place: string | null
  district: string | null
  state: string | null
  latitude: string | null
  longitude: string | null
  commissioned: string | null
  slot: number
  evse: string | null
}

/** Every column of a {@link PlaceRow}, from `station s`, `edition n` and `point p`. */
export const PLACE_COLUMNS = `n.date AS edition, n.sha256, s.row, s.number, s.operator, s.name,
  s.status, s.street, s.postcode, s.place, s.district, s.state, s.latitude, s.longitude,
  s.commissioned, p.slot, p.evse`

/** From a charge point with its key to edition and station. */
export const PLACE_TABLES = `registered r
  JOIN station s ON s.id = r.station JOIN edition n ON n.id = s.edition
  JOIN point p ON p.station = r.station AND p.slot = r.slot`

export function registerWords({ sha256, ...row }: PlaceRow): RegisterWords {
  const { edition, number, operator, name, status, street, postcode, place } = row
  const { district, state, latitude, longitude, commissioned, slot, evse } = row
  return {
    edition,
    sha256: toHex(sha256),
    row: row.row,
    number,
    operator,
    name,
    status,
    street,
    postcode,
    place,
    district,
    state,
    latitude,
    longitude,
    commissioned,
    slot,
    evse,
  }
}

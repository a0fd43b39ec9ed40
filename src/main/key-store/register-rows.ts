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
  newest: string
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
  others: number
}

/** Of `station s`. */
export const STATION_COLUMNS = `s.row, s.number, s.operator, s.name, s.status, s.street, s.postcode,
  s.place, s.district, s.state, s.latitude, s.longitude, s.commissioned`

/** Every column of a {@link PlaceRow}, from {@link PLACE_TABLES}. */
export const PLACE_COLUMNS = `n.date AS edition, n.sha256, ${STATION_COLUMNS}, p.slot, p.evse,
  (SELECT date FROM edition WHERE id = (${EDITION_IN_USE})) AS newest,
  (SELECT count(DISTINCT o.key_id) - 1 FROM registered o
    WHERE o.station = s.id AND o.slot = p.slot) AS others`

/** From a charge point with its key to edition and station. */
export const PLACE_TABLES = `registered r
  JOIN station s ON s.id = r.station JOIN edition n ON n.id = s.edition
  JOIN point p ON p.station = r.station AND p.slot = r.slot`

export function registerWords({ sha256, ...row }: PlaceRow): RegisterWords {
  const { edition, newest, number, operator, name, status, street, postcode, place } = row
  const { district, state, latitude, longitude, commissioned, slot, evse, others } = row
  return {
    edition,
    newest,
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
    others,
  }
}

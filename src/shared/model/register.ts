/**
 * The charging register of the Bundesnetzagentur, as the program keeps it.
 *
 * @module
 */
import type { CurveId } from './key.ts'

/** What an edition of the register says of a station: its words, not signed by anybody. */
export interface RegisterWords {
  /** ISO date of the edition. */
  edition: string
  /** ISO date of the edition in use. */
  newest: string
  /** SHA-256 of the file it was read from, in hexadecimal digits. */
  sha256: string
  /** Row of a sheet, or line of a CSV file. */
  row: number
  /** `Ladeeinrichtungs-ID`; editions before 2025 have none. */
  number: string | null
  operator: string | null
  /** Name on the map of the register. */
  name: string | null
  status: string | null
  street: string | null
  postcode: string | null
  place: string | null
  district: string | null
  state: string | null
  /** Decimal degrees, with a dot. */
  latitude: string | null
  longitude: string | null
  /** ISO date of the commissioning; null where it is none. */
  commissioned: string | null
  /** Charge point, counted from 1, and its EVSE id as written. */
  slot: number
  evse: string | null
  /** Other keys that are registered for the same charge point. */
  others: number
}

/** A station that was found, with its charge points. */
export interface RegisterHit extends Omit<RegisterWords, 'slot' | 'evse' | 'others'> {
  /** Of this station in this edition, for as long as the edition is kept. */
  id: number
  points: RegisteredPoint[]
}

export interface RegisteredPoint {
  slot: number
  evse: string | null
  /** The key cell as printed. */
  printed: string | null
  keys: RegisteredKey[]
}

export interface RegisteredKey {
  fingerprint: string
  curve: CurveId
}

/** Where a station stands, in the words of the register. */
export type StationPlace = Pick<
  RegisterHit,
  'id' | 'operator' | 'street' | 'postcode' | 'place' | 'latitude' | 'longitude'
>

/** What one edition says of a station that another edition lists too. */
export interface StationTrace {
  /** ISO date. */
  edition: string
  inUse: boolean
  row: number
  points: RegisteredPoint[]
}

/** Why a key cell of the register gives no key. */
export const CELL_PROBLEMS = [
  'not-on-curve',
  'unsupported-curve',
  'explicit-parameters',
  'private-key',
  'damaged',
  'length',
  'no-key',
  'formula',
] as const
export type CellProblem = (typeof CELL_PROBLEMS)[number]

/** Why a row could not be taken as it stands. */
export const ROW_PROBLEMS = ['short-row', 'long-row'] as const
export type RowProblem = (typeof ROW_PROBLEMS)[number]

/** A cell or row that could not be used. */
export interface Unusable {
  row: number
  /** Name of the column as the file has it; empty for a whole row. */
  column: string
  reason: CellProblem | RowProblem
  /** The cell as printed. */
  printed: string
  number: string | null
  operator: string | null
}

/** What came out of an import. */
export interface RegisterReport {
  /** ISO date. */
  edition: string
  file: string
  sha256: string
  kind: 'csv' | 'xlsx'
  /** Stations; rows that are empty are counted apart. */
  rows: number
  blank: number
  /** Charge points with a connector, an EVSE id or a key. */
  points: number
  /** Charge points with an EVSE id. */
  evses: number
  /** Cells that hold something where a key belongs: `usable + unusable`. */
  keyCells: number
  usable: number
  unusable: number
  /** Keys in usable cells, and how many different ones. */
  keys: number
  distinct: number
  byForm: Record<string, number>
  byCurve: Partial<Record<CurveId, number>>
  byReason: Partial<Record<CellProblem | RowProblem, number>>
  notes: RegisterNote[]
}

/** What is unusual about a whole file. */
export type RegisterNote =
  /** the lines of the Bundesnetzagentur above the header are missing */
  | 'no-preamble'
  /** the date in the file and that in its name differ */
  | 'date-differs'
  /** no column for keys, as before 2019: the edition says nothing of keys */
  | 'no-key-columns'

/** One edition that is kept. */
export interface Edition {
  id: number
  /** ISO date. */
  date: string
  sha256: string
  file: string
  /** ISO time. */
  importedAt: string
  report: RegisterReport
  /** Keys are looked up in this one. */
  inUse: boolean
}

/** What differs between an edition and the one before it. */
export interface EditionChanges {
  before: string
  appeared: number
  vanished: number
  /** Charge points, by EVSE id, whose keys are others than before. */
  changed: number
}

/** Why a file was not imported; the edition before stays as it was. */
export const REGISTER_REFUSALS = [
  'not-found',
  'too-large',
  'html',
  'not-register',
  'cut-off',
  'quote',
  'no-date',
  'xml',
  'zip',
  'bomb',
  'external',
  'empty',
  'cancelled',
] as const
export type RegisterRefusal = (typeof REGISTER_REFUSALS)[number]

/**
 * What a carrier says of a record, held against what is signed.
 *
 * Only what the record signs itself can be contradicted; the rest stays marked as not signed.
 * Source: product decisions, section 2, rule 1.
 *
 * @module
 */
import { type Decimal, compare, parseDecimal } from '../../../shared/decimal.ts'
import { comparable } from '../../../shared/identity.ts'
import { type LooseFinding, looseFinding } from '../../../shared/model/finding.ts'
import {
  type MeterReading,
  type Quantity,
  type Timestamp,
  UNITS,
  type Unit,
  toKWh,
} from '../../../shared/model/reading.ts'
import { parseIsoTime } from '../codec/iso-time.ts'
import { legalOffsetMin } from '../codec/legal-time.ts'
import type { DecodedRecord, SignatureCheck, Statement } from '../types.ts'

/**
 * @param check a wrong copy of the signed reading is an error of its own only beside a signature
 *   that fits; where none does, the signature is what people have to know of
 */
export function checkStatements(
  decoded: DecodedRecord,
  { status }: Pick<SignatureCheck, 'status'>,
): LooseFinding[] {
  return (decoded.record.statements ?? []).flatMap((statement) => {
    const signed = contradicted(statement, decoded)
    if (signed === null) return []
    const params = { field: statement.path, found: statement.text.slice(0, MOST), signed }
    const misleads = statement.repeats === true && status === 'valid'
    const code = misleads ? 'REC-REPEATS' : 'REC-CONTRADICTS'
    return [looseFinding(code, params, { path: statement.path })]
  })
}

const MOST = 128

/** @returns the signed value that says otherwise; null where none does */
function contradicted(statement: Statement, decoded: DecodedRecord): string | null {
  switch (statement.about) {
    case 'meter':
      return differing(statement, decoded.meter.serial ?? decoded.gateway.serial)
    case 'evse':
      return differing(statement, decoded.evse)
    case 'user':
      return differing(statement, decoded.user)
    case 'transaction':
      return differing(statement, decoded.transaction)
    case 'pagination':
      return differing(statement, decoded.pagination?.number ?? null)
    case 'value':
      return differingValue(statement, decoded)
    case 'time':
      return differingTime(statement, decoded)
    case 'unit':
      return differingUnit(statement, decoded)
    case 'other':
      return null
  }
}

function differing({ text }: Statement, signed: string | null): string | null {
  if (signed === null || comparable(text) === comparable(signed)) return null
  return signed.slice(0, MOST)
}

/** So much a fraction of a second makes, which one of two texts may leave away. */
const SAME_MS = 1000

/** UNIX seconds, or an ISO text; a wall clock of which no offset is signed is compared as such. */
function differingTime({ text, role }: Statement, { readings }: DecodedRecord): string | null {
  const signed = ofRole(readings, role).flatMap(({ time }) => time ?? [])
  const [first] = signed
  if (first?.epochMs == null) return null
  const stated = statedTime(text.trim())
  const same = ({ epochMs, offsetMin }: Timestamp) => {
    const at = offsetMin === null ? stated?.clockMs : stated?.instantMs
    return epochMs !== null && at !== undefined && Math.abs(at - epochMs) < SAME_MS
  }
  return signed.some(same) ? null : first.text
}

function statedTime(text: string): { clockMs: number; instantMs: number } | null {
  const unix = /^\d{1,11}$/.test(text) ? Number(text) * 1000 : null
  const iso = parseIsoTime(text)
  if (unix === null && iso === null) return null
  const clockMs = iso?.clockMs ?? 0
  if (typeof iso?.offset === 'number') return { clockMs, instantMs: clockMs - iso.offset * MINUTE }
  const instantMs = unix ?? clockMs
  return { clockMs: instantMs + legalOffsetMin(instantMs) * MINUTE, instantMs }
}

const MINUTE = 60_000

/** Known units are compared with their value; a word that names none must be the signed one. */
function differingUnit({ text, role }: Statement, { readings }: DecodedRecord): string | null {
  if (Object.hasOwn(UNITS, text)) return null
  const [signed] = ofRole(readings, role).flatMap(({ quantity }) => quantity ?? [])
  if (signed === undefined || comparable(signed.unitText) === comparable(text)) return null
  return signed.unitText
}

function ofRole(readings: readonly MeterReading[], role: Statement['role']): MeterReading[] {
  return readings.filter((reading) => role === undefined || reading.role === role)
}

/** A value is contradicted where the record has readings of that role and none of them is it. */
function differingValue({ text, unit, role }: Statement, { readings }: DecodedRecord) {
  const signed = ofRole(readings, role).flatMap(({ quantity }) => quantity ?? [])
  const [first] = signed
  if (first === undefined) return null
  const stated = parseDecimal(text.trim())
  const named: Unit = unit !== undefined && Object.hasOwn(UNITS, unit) ? (unit as Unit) : 'unknown'
  const same = (quantity: Quantity) =>
    stated !== null && sameQuantity({ value: stated, unit: named, unitText: unit ?? '' }, quantity)
  return signed.some(same) ? null : `${first.value} ${first.unitText}`
}

/** Without a unit, the bare numbers are compared. */
function sameQuantity(stated: Quantity, signed: Quantity): boolean {
  const equal = (a: Decimal, b: Decimal) => compare(a, b) === 0
  if (stated.unit === 'unknown' || stated.unit === signed.unit) {
    return equal(stated.value, signed.value)
  }
  const [one, other] = [toKWh(stated), toKWh(signed)]
  return one !== null && other !== null && equal(one, other)
}

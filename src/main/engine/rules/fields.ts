/**
 * Fields of a record by their name in the record.
 *
 * @module
 */
import type { MeterReading } from '../../../shared/model/reading.ts'
import type { DecodedField, RecordResult } from '../../../shared/model/record.ts'

/** A record may hold a hundred thousand fields, and every rule asks for some. */
const INDEXES = new WeakMap<readonly DecodedField[], ReadonlyMap<string, string>>()

/** @returns the value as written; null where absent. The last of a doubled name, as everywhere. */
export function fieldOf({ fields }: RecordResult, name: string): string | null {
  let index = INDEXES.get(fields)
  if (index === undefined) {
    index = new Map(fields.map((field) => [field.name, field.value]))
    INDEXES.set(fields, index)
  }
  return index.get(name) ?? null
}

/** @param reading of that record @returns a member beside the reading's value, inherited or not */
export function besideReading(
  record: RecordResult,
  reading: MeterReading,
  name: string,
): string | null {
  return fieldOf(record, reading.path.replace(/[^.]*$/, name))
}

/**
 * Fields of a record by their name in the record.
 *
 * @module
 */
import type { MeterReading } from '../../../shared/model/reading.ts'
import type { RecordResult } from '../../../shared/model/record.ts'

/** @returns the value as written; null where absent. The last of a doubled name, as everywhere. */
export function fieldOf(record: RecordResult, name: string): string | null {
  return record.fields.findLast((field) => field.name === name)?.value ?? null
}

/** @param reading of that record @returns a member beside the reading's value, inherited or not */
export function besideReading(
  record: RecordResult,
  reading: MeterReading,
  name: string,
): string | null {
  return fieldOf(record, reading.path.replace(/[^.]*$/, name))
}

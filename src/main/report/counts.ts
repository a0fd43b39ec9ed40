/**
 * Where the records of a job have gone: read = paired + single + unreadable.
 *
 * @module
 */
import type { Session } from '../../shared/model/session.ts'

export interface RecordCounts {
  read: number
  paired: number
  single: number
  unreadable: number
}

export function recordCounts(sessions: readonly Session[]): RecordCounts {
  const counts = { read: 0, paired: 0, single: 0, unreadable: 0 }
  for (const { records, begin, end } of sessions) {
    for (const { readings } of records) {
      counts.read++
      if (readings.length === 0) counts.unreadable++
      else if (begin !== null && end !== null) counts.paired++
      else counts.single++
    }
  }
  return counts
}

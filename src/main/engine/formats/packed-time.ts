/**
 * Times that stand in JSON beside an offset, and of which only the wall clock is signed.
 *
 * @module
 */
import { wallClockOf } from '../codec/iso-time.ts'
import { type PackedJson, tooWide } from './packed-json.ts'

export interface StatedTime {
  /** Seconds since 1970-01-01 00:00 of the meter's wall clock: what is signed. */
  clock: bigint
  /** Offset from UTC as stated; null where none is. Never signed. */
  statedMin: number | null
  path: string
}

const MOST = 2n ** 32n - 1n

/** UNIX time and two offsets in minutes, `timestampLocal`: only their sum is signed. */
export function localTime(json: PackedJson, path: string): StatedTime {
  const minutes = (name: string) => json.integer(`${path}.${name}`, 'signed 16')
  const offset = minutes('localOffset') + minutes('seasonOffset')
  const clock = json.integer(`${path}.timestamp`, 'signed 48') + 60n * offset
  if (clock < 0n || clock > MOST) throw tooWide(`${path}.timestamp`, String(clock))
  return { clock, statedMin: Number(offset), path }
}

/** An ISO text, see `codec/iso-time.ts`. */
export function isoTime(json: PackedJson, path: string): StatedTime {
  const text = json.text(path)
  const time = wallClockOf(text)
  const clock = time === null ? -1n : BigInt(time.localS)
  if (time === null || clock < 0n || clock > MOST) throw tooWide(path, text)
  return { clock, statedMin: time.statedMin, path }
}

/**
 * Times that stand in JSON beside an offset, and of which only the wall clock is signed.
 *
 * @module
 */
import { type LooseFinding, looseFinding } from '../../../shared/model/finding.ts'
import { wallClockOf } from '../codec/iso-time.ts'
import { legalOffsetMin } from '../codec/legal-time.ts'
import { type PackedJson, tooWide } from './packed-json.ts'

export interface StatedTime {
  /** Seconds since 1970-01-01 00:00 of the meter's wall clock: what is signed. */
  clock: bigint
  /** Offset from UTC as stated; null where none is. Never signed. */
  statedMin: number | null
  path: string
}

const MOST = 2n ** 32n - 1n

/** Only the wall clock is signed; an offset that Germany did not have at that moment was made up. */
export function checkOffsets(times: readonly StatedTime[]): LooseFinding[] {
  return times.flatMap(({ clock, statedMin, path }) => {
    if (statedMin === null || statedMin === legalAt(Number(clock), statedMin)) return []
    const found = `UTC${statedMin < 0 ? '−' : '+'}${Math.abs(statedMin)} min`
    return [looseFinding('REC-OFFSET', { field: path, found }, { path })]
  })
}

function legalAt(clockS: number, statedMin: number): number {
  return legalOffsetMin((clockS - statedMin * 60) * 1000)
}

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

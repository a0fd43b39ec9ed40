/**
 * The event bits of a snapshot.
 *
 * @module
 */
import { type LooseFinding, looseFinding } from '../../../../shared/model/finding.ts'
import type { MeterReading } from '../../../../shared/model/reading.ts'

/** Bits after which a value is no billing basis: fatal error, faults and tests of the module. */
const FATAL = [15, 16, 17, 18]
/** Bits with a meaning of their own; 7 to 14 are reserved, 19 to 29 belong to the maker. */
const NAMED = [1, 2, 3, 4, 5, 6, ...FATAL]

/** Every word that a snapshot may be shown with. */
export const BSM_STATES: readonly string[] = [
  'bsm.good',
  ...[...NAMED, 'maker', 'reserved'].map((bit) => `bsm.event.${bit}`),
]

function isSet(events: bigint, bit: number): boolean {
  return ((events >> BigInt(bit)) & 1n) === 1n
}

export function statusOf(events: bigint): Pick<MeterReading, 'meterOk' | 'status'> {
  const fatal = FATAL.find((bit) => isSet(events, bit))
  return fatal === undefined
    ? { meterOk: true, status: 'bsm.good' }
    : { meterOk: false, status: `bsm.event.${fatal}` }
}

/** @returns a warning for every event that does not forbid billing by itself */
export function eventsOf(events: bigint): LooseFinding[] {
  const bits = Array.from({ length: 32 }, (_, bit) => bit).filter((bit) => isSet(events, bit))
  const words = bits
    .filter((bit) => !FATAL.includes(bit))
    .map(
      (bit) =>
        `bsm.event.${NAMED.includes(bit) ? bit : bit >= 19 && bit <= 29 ? 'maker' : 'reserved'}`,
    )
  return [...new Set(words)].map((found) =>
    looseFinding('LAW-STATUS', { found }, { severity: 'warning', path: 'Evt' }),
  )
}

/**
 * What a rule over sessions looks like.
 *
 * @module
 */
import { type Decimal, compare, fromInteger, multiply } from '../../../shared/decimal.ts'
import type { LooseFinding } from '../../../shared/model/finding.ts'
import type { Assembled } from '../sessions/assemble.ts'

export interface RuleContext {
  /** Milliseconds since 1970. */
  now: number
}

/** Looks at one session; no rule changes anything. */
export type SessionRule = (session: Assembled, context: RuleContext) => LooseFinding[]

/** Looks at all sessions of a job; says what it found for each. */
export type JobRule = (sessions: readonly Assembled[]) => Map<Assembled, LooseFinding[]>

/** Limits beyond which a session is implausible; never a legal finding. */
export const PLAUSIBLE = {
  durationDays: 7,
  /** Mean power in kW, by current type; the larger where none is stated. */
  powerKW: { AC: '50', DC: '1500' },
  /** First year with charging stations that sign. */
  firstYearMs: 1_483_228_800_000,
} as const

/** A clock may be fast, but not by more. */
const FUTURE_MS = 3_600_000

/** @returns whether a time lies before the first signing stations, or in the future */
export function isStrangeTime(epochMs: number, { now }: RuleContext): boolean {
  return epochMs > now + FUTURE_MS || epochMs < PLAUSIBLE.firstYearMs
}

/** @param durationS above zero @returns whether the energy would take more than that mean power */
export function exceedsPower(energyKWh: Decimal, durationS: Decimal, powerKW: Decimal): boolean {
  // energy ÷ hours > power, without a division: energy × 3600 > power × seconds
  return compare(multiply(energyKWh, '3600' as Decimal), multiply(powerKW, durationS)) > 0
}

/** @returns whether a session took longer than {@link PLAUSIBLE} allows */
export function isTooLong(durationS: Decimal): boolean {
  return compare(durationS, fromInteger(PLAUSIBLE.durationDays * 86_400)) > 0
}

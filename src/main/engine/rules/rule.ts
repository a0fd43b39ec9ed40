/**
 * What a rule over sessions looks like.
 *
 * @module
 */
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

/**
 * The states of a verdict, in the order of their weight.
 *
 * @module
 */

/** The seven states, worst first. */
export const VERDICT_STATES = [
  'UNREADABLE',
  'SIGNATURE_INVALID',
  'NOT_CHECKED',
  'INCOMPLETE',
  'NOT_LEGALLY_RELEVANT',
  'VALID_KEY_UNCONFIRMED',
  'VERIFIED',
] as const

export type VerdictState = (typeof VERDICT_STATES)[number]

/** @returns the worst of `states`; null for none */
export function worst(states: Iterable<VerdictState | null>): VerdictState | null {
  let index: number = VERDICT_STATES.length
  for (const state of states) {
    if (state !== null) index = Math.min(index, VERDICT_STATES.indexOf(state))
  }
  return VERDICT_STATES[index] ?? null
}

/**
 * How strictly deviations from a specification are weighed.
 *
 * @module
 */

/** Profiles of the conformance section; they never move the state. Source: OCMF rule book, 22. */
export const PROFILES = ['driver', 'auditor', 'strict'] as const
export type Profile = (typeof PROFILES)[number]

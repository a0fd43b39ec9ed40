/**
 * What the list of findings says of a code.
 *
 * @module
 */
import type { VerdictState } from './verdict-state.ts'

export type Severity = 'error' | 'warning' | 'info'

/** How bad a deviation from its specification is; conformance only, never the verdict. */
export type Grade = 'fatal' | 'violation' | 'warning' | 'info'

export interface FindingRow {
  /** What it may weigh; the first is the rule, the others depend on the case. */
  severity: readonly [Severity, ...Severity[]]
  /** State that an `error` of this code leads to; null where it can be none. */
  state: VerdictState | null
  /** Names its texts may use in braces. */
  params: readonly string[]
  /** Clause the rule rests on. */
  source: string
  grade?: Grade
  /** Code that says the same in general words; where both stand, people see that one first. */
  general?: string
}

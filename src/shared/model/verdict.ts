/**
 * The verdict and the result of a whole check.
 *
 * @module
 */
import type { Finding } from './finding.ts'
import type { UnmatchedClaim } from './invoice.ts'
import type { TrustLevel } from './key.ts'
import type { Profile } from './profile.ts'
import type { SignatureStatus } from './record.ts'
import type { Session } from './session.ts'
import type { VerdictState } from './verdict-state.ts'

export interface Verdict {
  state: VerdictState
  /** The axes, each shown on its own. */
  signature: SignatureStatus
  trust: TrustLevel
  complete: boolean
  energyUsable: boolean
  timeUsable: boolean
  /** `none`: not billed, or nothing could be compared. */
  invoice: 'matches' | 'differs' | 'none'
  /** What decided the state, worst first. */
  reasons: Finding[]
}

export interface InputResult {
  name: string
  /** Hexadecimal digits; null if the input could not be read. */
  sha256: string | null
  bytes: number | null
  /** Worst state of what the input holds; null if it holds keys only. */
  state: VerdictState | null
  findings: Finding[]
  /** Ids of the sessions its records belong to. */
  sessions: string[]
  /** Number of public keys the input offers. */
  keys: number
  /** Number of charging sessions that it says were billed. */
  claims: number
}

export interface Policy {
  /** Key trust from which a key counts as confirmed. */
  requiredTrust: TrustLevel
  profile: Profile
}

export interface VerificationResult {
  policy: Policy
  inputs: InputResult[]
  sessions: Session[]
  /** What was billed without a record among the inputs. */
  unmatched: UnmatchedClaim[]
}

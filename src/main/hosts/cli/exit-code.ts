/**
 * Exit codes of the command line. Source: product decisions, section 4.
 *
 * @module
 */
import { type TrustLevel, isAtLeast } from '../../../shared/model/key.ts'
import type { VerdictState } from '../../../shared/model/verdict-state.ts'
import type { JudgedInput } from '../../pool/protocol.ts'

export type ExitCode = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 10

/** Worst first: of several, the one that stands first here is given back. */
const ORDER: readonly ExitCode[] = [1, 10, 2, 3, 4, 6, 7, 8, 5, 0]

/** @returns the worst of `codes`; 4 where there is nothing at all that could have been checked */
export function worstCode(codes: Iterable<ExitCode>): ExitCode {
  const all = new Set(codes)
  return ORDER.find((code) => all.has(code)) ?? 4
}

/** @param required trust from which an unconfirmed key is good enough for whoever asks */
export function exitCodes(
  { outcomes, internal, contradicts }: Pick<JudgedInput, 'outcomes' | 'internal' | 'contradicts'>,
  required: TrustLevel,
): ExitCode[] {
  const codes = outcomes.map(({ state, trust }): ExitCode => {
    const accepted = state === 'VALID_KEY_UNCONFIRMED' && isAtLeast(trust, required)
    return accepted ? 0 : codeOf(state)
  })
  return [...codes, ...(contradicts ? [8 as const] : []), ...(internal ? [1 as const] : [])]
}

function codeOf(state: VerdictState): ExitCode {
  switch (state) {
    case 'VERIFIED':
      return 0
    case 'SIGNATURE_INVALID':
      return 2
    case 'UNREADABLE':
      return 3
    case 'NOT_CHECKED':
      return 4
    case 'VALID_KEY_UNCONFIRMED':
      return 5
    case 'INCOMPLETE':
      return 6
    case 'NOT_LEGALLY_RELEVANT':
      return 7
  }
}

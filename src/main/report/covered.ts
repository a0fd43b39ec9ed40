/**
 * What a report of some sessions may hold of the whole result.
 *
 * @module
 */
import type { Session } from '../../shared/model/session.ts'
import type { VerificationResult } from '../../shared/model/verdict.ts'

/**
 * Only what is reported leaves the machine: sessions left out, and their inputs, are not in it.
 *
 * @param sessions some or all of the result's, perhaps with more evidence than there
 */
export function coveredBy(
  result: VerificationResult,
  sessions: readonly Session[],
): VerificationResult {
  const ids = new Set(sessions.map(({ id }) => id))
  const whole = result.sessions.every(({ id }) => ids.has(id))
  return {
    ...result,
    inputs: whole ? result.inputs : inputsOf(result, sessions, ids),
    sessions: [...sessions],
    unmatched: whole ? result.unmatched : [],
  }
}

/** With the files that carried them, and the bills of them. */
function inputsOf(
  { inputs }: VerificationResult,
  sessions: readonly Session[],
  ids: ReadonlySet<string>,
) {
  const carriers = new Set(
    sessions.flatMap(({ records, invoice }) => [
      ...records.flatMap(({ origin }) => origin[0]?.name ?? []),
      ...(invoice?.bills ?? []).flatMap(({ input, claim }) => [input, claim.origin[0]?.name ?? '']),
    ]),
  )
  return inputs.filter(
    (input) => carriers.has(input.name) || input.sessions.some((id) => ids.has(id)),
  )
}

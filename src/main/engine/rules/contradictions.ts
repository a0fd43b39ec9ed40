/**
 * Values of one session that one delivery states differently: a document that shows one thing and
 * carries another.
 *
 * Also what is not valid speaks here: whoever hands over both has to say which one is meant.
 * Source: product requirements E.2, hidden or contradictory data.
 *
 * @module
 */
import { type LooseFinding, looseFinding } from '../../../shared/model/finding.ts'
import type { Origin } from '../../../shared/model/record.ts'
import type { Assembled } from '../sessions/assemble.ts'

export function* checkContradictions(
  sessions: readonly Assembled[],
): Iterable<[Assembled, LooseFinding]> {
  for (const [place, same] of Map.groupBy(sessions, placeOf)) {
    if (place === null || same.length < 2) continue
    for (const session of same) {
      const other = same.find((candidate) => valueOf(candidate) !== valueOf(session))
      if (other === undefined) continue
      yield [session, looseFinding('IN-MULTI', { other: valueOf(other) })]
    }
  }
}

/**
 * Input, meter and begin; null where one of them or the end is not known. Records beside each other in
 * one plain file are compared by the rules of their format.
 */
function placeOf({ group, begin, end }: Assembled): string | null {
  const [member] = group.members
  const origin = member?.record.origin ?? []
  const meter = member?.record.meter.serial ?? member?.record.gateway.serial
  const carried = origin.some(({ step }) => CARRIERS.has(step))
  if (!carried || meter == null || begin?.time == null || end?.quantity == null) return null
  return JSON.stringify([origin[0]?.name, meter, begin.time.text])
}

const CARRIERS: ReadonlySet<Origin['step']> = new Set(['archive', 'mail', 'pdf', 'image'])

function valueOf({ end }: Assembled): string {
  return end?.quantity == null ? '' : `${end.quantity.value} ${end.quantity.unitText}`
}

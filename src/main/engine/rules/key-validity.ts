/**
 * Whether a session lies within the time for which its key, station and meter are known to be.
 *
 * Dates come from certificates, lists, the register and the user; none is signed by the meter. So
 * what does not fit is a warning and never moves the verdict, and where the clock of the meter is
 * not set it is a note.
 * Sources: RFC 5280, 4.1.2.5 (validity); MessEV section 34 and Annex 7 (a calibration ends with a
 * calendar year).
 *
 * @module
 */
import { type LooseFinding, looseFinding } from '../../../shared/model/finding.ts'
import type { PublicKeyRef } from '../../../shared/model/key.ts'
import type { Timestamp } from '../../../shared/model/reading.ts'
import { isoText } from '../codec/time.ts'
import type { Assembled } from '../sessions/assemble.ts'

export function checkKeyValidity(session: Assembled): LooseFinding[] {
  const { begin, end, group } = session
  const signature = group.members.find(({ record }) => record.signature.status === 'valid')
  const key = signature?.record.signature.key ?? null
  const first = begin?.time ?? end?.time ?? null
  const last = end?.time ?? begin?.time ?? null
  if (key === null || first === null || last === null) return []
  const [from, to] = [dayOf(first), dayOf(last)]
  if (from === null || to === null) return []
  const severity = isSet(first) && isSet(last) ? 'warning' : 'info'
  const until = key.calibratedUntil ?? null
  return [
    ...(isOutside(key, from, to)
      ? [
          looseFinding(
            'KEY-VALIDITY',
            { from: key.validFrom ?? '…', until: key.validUntil ?? '…', found: from },
            { severity },
          ),
        ]
      : []),
    ...(isTooEarly(key, to)
      ? [
          looseFinding(
            'KEY-BEFORE-STATION',
            { date: key.register?.commissioned ?? '', found: to },
            { severity },
          ),
        ]
      : []),
    ...(until !== null && Number(to.slice(0, 4)) > until
      ? [looseFinding('LAW-CALDATE', { year: String(until), found: to }, { severity })]
      : []),
  ]
}

function isOutside({ validFrom, validUntil }: PublicKeyRef, from: string, to: string): boolean {
  const early = validFrom !== null && from < validFrom.slice(0, 10)
  return early || (validUntil !== null && to > validUntil.slice(0, 10))
}

/** Before the station of the register was there. */
function isTooEarly({ register }: PublicKeyRef, to: string): boolean {
  return register?.commissioned != null && to < register.commissioned
}

function isSet({ sync }: Timestamp): boolean {
  return sync === 'synchronised' || sync === 'informative'
}

/** @returns the local ISO date; null where the time cannot be read */
function dayOf({ epochMs, offsetMin }: Timestamp): string | null {
  return epochMs === null ? null : isoText(epochMs, offsetMin ?? 0).slice(0, 10)
}

/**
 * How far the key of a session is to be trusted, and why.
 *
 * Trust comes from where the key was found, never from how often it was seen, and no step of the
 * program raises it. A session is trusted as far as its least trusted record.
 * Source: product decisions, section 2; WELMEC 7.2, L5.
 *
 * @module
 */
import { type Finding, finding } from '../../../shared/model/finding.ts'
import { type KeyTrust, type PublicKeyRef, isAtLeast } from '../../../shared/model/key.ts'
import type { RecordResult } from '../../../shared/model/record.ts'

/** @param at id of the session */
export function judgeTrust(records: readonly RecordResult[], at: string): KeyTrust {
  let least: PublicKeyRef | null = null
  for (const { signature } of records) {
    if (signature.status === 'unchecked' || signature.key === null) {
      return { level: 'K0', key: null, evidence: [] }
    }
    if (least === null || !isAtLeast(signature.key.trust, least.trust)) least = signature.key
  }
  if (least === null) return { level: 'K0', key: null, evidence: [] }
  return { level: least.trust, key: least, evidence: evidence(least, at) }
}

function evidence(key: PublicKeyRef, at: string): Finding[] {
  const { trust, source, origin, confirmed, register, issuer } = key
  if (issuer !== undefined && (trust === 'K2' || trust === 'K3')) {
    return [finding('KEY-ISSUER', at, { issuer, origin })]
  }
  switch (trust) {
    case 'K0':
    case 'K5':
      return []
    case 'K1':
      return [finding('KEY-FILE', at, {})]
    case 'K2':
      // A confirmation that another contradicts: the conflict itself is told with the record.
      if (source === 'imprint' || source === 'register') return []
      if (register !== undefined) {
        const { edition, newest } = register
        return [finding('KEY-REGISTER-OLD', at, { date: edition, newest, origin })]
      }
      return [finding('KEY-PROVIDER', at, { origin })]
    case 'K3': {
      const date = register?.edition ?? 'date.unknown'
      return [finding('KEY-REGISTER', at, { date, origin })]
    }
    case 'K4':
      return [finding('KEY-STATION', at, { origin, ...reading(confirmed) })]
  }
}

function reading(confirmed: PublicKeyRef['confirmed']): { where: string; date: string } {
  if (confirmed === undefined) return { where: 'place.unknown', date: 'date.unknown' }
  return { where: `place.${confirmed.where}`, date: confirmed.on }
}

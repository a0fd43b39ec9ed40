/**
 * What is known of a key outside the file, as far as it speaks for one record.
 *
 * The key store says "this key belongs to that meter". Such a statement counts for the meter it
 * names and for no other; it is never stretched, and two statements that contradict each other
 * confirm nothing. Why: docs/decisions/0008.
 *
 * @module
 */
import { comparable } from '../../../shared/identity.ts'
import { type LooseFinding, looseFinding } from '../../../shared/model/finding.ts'
import { type PublicKeyRef, isAtLeast } from '../../../shared/model/key.ts'
import type { RegisterWords } from '../../../shared/model/register.ts'
import { type CandidateKeys, allOf } from '../signature/verify.ts'
import type { DecodedRecord, KeyBook, SignatureCheck, SignedRecord } from '../types.ts'

type Named = Pick<DecodedRecord, 'meter' | 'gateway' | 'evse'>
type Carried = Named & { record: Pick<SignedRecord, 'statements'> }

/** What a statement has to do with a record. */
export type Bearing =
  /** names its meter, or its charge point where one of the two names no meter */
  | 'this'
  /** names neither meter nor charge point: it is about the key itself */
  | 'any'
  /** names what the record does not name: nothing speaks for or against */
  | 'open'
  /** names another meter or charge point */
  | 'other'

export function bearing({ meter, evse }: PublicKeyRef, record: Named): Bearing {
  const [ofMeter, ofEvse] = [comparable(meter), comparable(evse)]
  const serials = serialsOf(record)
  if (ofMeter !== '' && serials.length > 0) {
    // A meter was exchanged: what is known of the charge point was known of the old one.
    return serials.some((serial) => comparable(serial) === ofMeter) ? 'this' : 'other'
  }
  const named = comparable(record.evse)
  if (ofEvse !== '' && named !== '') {
    if (named === ofEvse) return 'this'
    // One of the two may name the connector as well: that speaks neither for nor against.
    return isPart(named, ofEvse) || isPart(ofEvse, named) ? 'open' : 'other'
  }
  return ofMeter === '' && ofEvse === '' ? 'any' : 'open'
}

const SHORTEST_EVSE = 8

function isPart(shorter: string, longer: string): boolean {
  return shorter.length >= SHORTEST_EVSE && longer.startsWith(shorter)
}

/** Either may stand on the label: the key belongs to the component that signs. */
function serialsOf({ meter, gateway }: Named): string[] {
  return [meter.serial, gateway.serial].filter((serial) => comparable(serial) !== '') as string[]
}

/** The key book as far as it speaks for one record. */
export function bookFor(record: Named, book: KeyBook): KeyBook {
  return {
    given: book.given,
    offered: book.offered.filter(
      (key) => key.source !== 'imprint' || bearing(key, record) !== 'other',
    ),
    publishedFor: () => statedFor(record, book),
    find: (fingerprint) => {
      const given = book.given.filter((key) => key.fingerprint === fingerprint)
      return [
        ...given,
        ...known(fingerprint, book).filter((key) => bearing(key, record) !== 'other'),
      ]
    },
  }
}

function statedFor(record: Named, book: KeyBook): PublicKeyRef[] {
  const { evse } = record
  const serials = serialsOf(record)
  const asked = serials.length === 0 ? [null] : serials
  const stated = asked.flatMap((meter) => book.publishedFor({ meter, evse }))
  return [...new Set(stated)].filter((key) => bearing(key, record) === 'this')
}

/** Statements of the store. What the user gives for a whole job is no statement about a meter. */
function known(fingerprint: string, book: KeyBook): PublicKeyRef[] {
  return book.find(fingerprint).filter((key) => !book.given.includes(key))
}

export interface Weighed {
  check: SignatureCheck
  findings: LooseFinding[]
}

/**
 * Weighs the key that fits against everything else that is known of it and of its meter.
 *
 * @param check as made with {@link bookFor} this record
 * @param book as it is
 */
export function weighStatements(
  record: Carried,
  check: SignatureCheck,
  candidates: CandidateKeys,
  book: KeyBook,
): Weighed {
  const { key, reason } = check
  if (key === null || (reason !== 'fits' && reason !== 'other-key-fits')) {
    return { check, findings: [] }
  }
  const rivals = rivalsOf(key, record, book)
  const findings = [
    ...conflict(rivals),
    ...elsewhere(key, record, book),
    ...elsewhereThanCarried(key, record, book),
    ...places(key, record, book),
  ]
  const disputed =
    isAtLeast(key.trust, 'K3') && rivals.some(({ trust }) => isAtLeast(trust, key.trust))
  return { check: disputed ? { ...check, key: unconfirmed(key, candidates) } : check, findings }
}

/** Other keys that are known for the very meter. A charge point may have several. */
function rivalsOf(key: PublicKeyRef, record: Named, book: KeyBook): PublicKeyRef[] {
  const serials = new Set(serialsOf(record).map(comparable))
  return statedFor(record, book).filter(
    ({ fingerprint, meter }) =>
      fingerprint !== key.fingerprint && meter !== null && serials.has(comparable(meter)),
  )
}

function conflict([rival]: readonly PublicKeyRef[]): LooseFinding[] {
  const meter = rival?.meter ?? null
  return meter === null ? [] : [looseFinding('KEY-CONFLICT', { meter: meter.slice(0, 64) })]
}

/** The key is known for other meters: only for them, or for them as well. */
function elsewhere({ fingerprint }: PublicKeyRef, record: Named, book: KeyBook): LooseFinding[] {
  const statements = known(fingerprint, book)
  const others = statements.filter((key) => bearing(key, record) === 'other')
  const [other] = others
  if (other === undefined) return []
  if (others.length === statements.length) {
    const meter = (other.meter ?? other.evse ?? '').slice(0, 64)
    return [looseFinding('KEY-OTHER-METER', { meter, origin: other.origin })]
  }
  const [own] = serialsOf(record)
  const meters = others.flatMap(({ meter }) => meter ?? [])
  if (own === undefined || meters.length === 0) return []
  const all = [...new Set([own, ...meters])].join(', ').slice(0, 120)
  return [looseFinding('KEY-SHARED', { meters: all })]
}

/**
 * The file names a charge point that is not signed, and the key is known for others only. The key
 * holds, because a carrier's word takes no trust away; but one of the two is wrong.
 */
function elsewhereThanCarried(
  { fingerprint }: PublicKeyRef,
  named: Carried,
  book: KeyBook,
): LooseFinding[] {
  if (comparable(named.evse) !== '') return []
  const placed = known(fingerprint, book).filter(
    (key) => comparable(key.evse) !== '' && bearing(key, named) !== 'other',
  )
  const [first] = placed
  if (first === undefined) return []
  const there = (evse: string) => ({ ...named, evse, meter: NOBODY, gateway: NOBODY })
  const carried = (named.record.statements ?? []).find(
    ({ about, text }) =>
      about === 'evse' && placed.every((key) => bearing(key, there(text)) === 'other'),
  )
  if (carried === undefined) return []
  const { evse, origin } = first
  const params = { place: carried.text.slice(0, 64), known: (evse ?? '').slice(0, 64), origin }
  return [looseFinding('KEY-OTHER-PLACE', params, { path: carried.path })]
}

const NOBODY = { serial: null, vendor: null, model: null }

/** The register lists the key at several charge points, or several keys at this one. */
function places({ fingerprint }: PublicKeyRef, record: Named, book: KeyBook): LooseFinding[] {
  const listed = known(fingerprint, book).filter((key) => bearing(key, record) !== 'other')
  const points = new Map(
    listed.flatMap((key) => (key.register === undefined ? [] : [[pointOf(key.register), key]])),
  )
  const found: LooseFinding[] = []
  if (points.size > 1) {
    const names = [...new Set([...points.values()].map(({ origin }) => origin))].join('; ')
    const params = { count: String(points.size), places: names.slice(0, 240) }
    found.push(looseFinding('KEY-REGISTER-PLACES', params))
  }
  const others = Math.max(0, ...[...points.values()].map((key) => key.register?.others ?? 0))
  if (others > 0) found.push(looseFinding('KEY-REGISTER-KEYS', { count: String(others + 1) }))
  return found
}

function pointOf({ row, slot }: RegisterWords): string {
  return `${row} ${slot}`
}

/** The key as it would be known without those statements that others contradict. */
function unconfirmed(key: PublicKeyRef, candidates: CandidateKeys): PublicKeyRef {
  const own = allOf(candidates).filter(
    ({ fingerprint, trust }) => fingerprint === key.fingerprint && !isAtLeast(trust, 'K3'),
  )
  return own.find(({ trust }) => trust === 'K2') ?? own[0] ?? { ...key, trust: 'K2' }
}

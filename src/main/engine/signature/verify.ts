/**
 * Signature claim × candidate keys → does one of them fit, and is it the one that should.
 *
 * The key's curve decides, not the label beside the signature; what a fitting key is worth is
 * judged later (`trust/judge.ts`). Which keys are asked, and in which order: docs/decisions/0004.
 *
 * @module
 */
import { fromHex } from '../../../shared/hex.ts'
import { type PublicKeyRef, isAtLeast } from '../../../shared/model/key.ts'
import type {
  DecodedRecord,
  Engines,
  KeyBook,
  KeyOffer,
  SignatureCheck,
  SignatureClaim,
  SignedVariant,
} from '../types.ts'
import type { Algorithm } from './algorithms.ts'
import type { CanonicalCheck } from './backend.ts'
import { checkSignature } from './check.ts'
import { WHOLE_KINDS, isEcCurve, isSealKind } from './curves.ts'
import { type SignatureValue, readSignature } from './signature-value.ts'

/** Keys in the order they are asked. */
export interface CandidateKeys {
  /** Given for this very record, by its file or under its own signature: must fit. */
  bound: KeyOffer[]
  /** Registered or confirmed for this meter: must fit. */
  published: PublicKeyRef[]
  /** Meant for everything in the job, or for this file: must fit if nothing is bound. */
  meant: PublicKeyRef[]
  /** Of other files; that they do not fit says nothing. */
  trial: PublicKeyRef[]
}

/** Keys around a record that are not given for it in particular. */
export interface KeysAround {
  /** Of its own file. */
  own: readonly PublicKeyRef[]
  /** Of all files that came in the same archive, mail or document. */
  delivered: readonly PublicKeyRef[]
  /** Of its own file, but for other places. */
  elsewhere?: readonly PublicKeyRef[]
}

export function candidateKeys(
  decoded: DecodedRecord,
  { own, delivered, elsewhere = [] }: KeysAround,
  book: KeyBook,
): CandidateKeys {
  const inside = decoded.embedded.filter(({ signed }) => signed)
  const beside = decoded.embedded.filter(({ signed }) => !signed)
  const { meter, gateway, evse } = decoded
  // One key file in the whole job is meant for its records; of many, each is for some station.
  const [only, ...others] = distinct(book.offered.filter(({ source }) => source === 'key-file'))
  const single = only !== undefined && others.length === 0
  // So it is with the one key of a delivery.
  const together = distinct(delivered)
  return {
    bound: [...decoded.record.keys, ...inside.map(({ offer }) => offer)],
    published: distinct(
      book
        .publishedFor({ meter: meter.serial ?? gateway.serial, evse })
        .filter(({ trust }) => isAtLeast(trust, 'K3')),
    ),
    meant: distinct([
      ...book.given,
      ...keysOf(beside.map(({ offer }) => offer)),
      ...own,
      ...(single ? [only] : []),
      ...(together.length === 1 ? together : []),
    ]),
    trial: [...elsewhere, ...delivered, ...book.offered],
  }
}

/** @returns every key that may be asked, some of them several times */
export function allOf({ bound, published, meant, trial }: CandidateKeys): PublicKeyRef[] {
  return [...keysOf(bound), ...published, ...meant, ...trial]
}

function keysOf(offers: readonly KeyOffer[]): PublicKeyRef[] {
  return offers.flatMap(({ keys }) => keys)
}

/** One of each key, the best trusted. */
function distinct(keys: readonly PublicKeyRef[]): PublicKeyRef[] {
  const best = new Map<string, PublicKeyRef>()
  for (const key of keys) {
    const known = best.get(key.fingerprint)
    if (known === undefined || !isAtLeast(known.trust, key.trust)) best.set(key.fingerprint, key)
  }
  return [...best.values()]
}

const NOTHING: Omit<Outcome, 'status' | 'reason'> = {
  algorithm: null,
  key: null,
  tried: [],
  contradicted: [],
  value: null,
  variant: null,
  explanation: null,
  repaired: null,
  engines: [],
}

/** @param hasBrokenKeys whether keys were offered that could not be read */
export function verifyClaim(
  claim: SignatureClaim,
  keys: CandidateKeys,
  hasBrokenKeys: boolean,
  book: KeyBook,
  engines: Engines,
): SignatureCheck {
  const { usable, others } = usableKeys(claim, keys)
  const outcome = attempt(claim, usable, hasBrokenKeys || others, book, engines)
  const unused = outcome.status === 'valid' ? book.given.filter(differsFrom(outcome.key)) : []
  const open = claim.also?.some(({ curve }) => curve === outcome.key?.curve) === true
  return { ...outcome, declaredAlgorithm: open ? outcome.algorithm : claim.algorithm, unused }
}

/** A seal is opened by keys of seals alone, and these fit nothing else. */
function usableKeys(
  { algorithm }: SignatureClaim,
  { bound, published, meant, trial }: CandidateKeys,
): { usable: CandidateKeys; others: boolean } {
  const sealed = algorithm !== null && isSealKind(algorithm.curve)
  const fits = ({ curve }: PublicKeyRef) => isSealKind(curve) === sealed
  const usable = {
    bound: bound.map((offer) => ({ ...offer, keys: offer.keys.filter(fits) })),
    published: published.filter(fits),
    meant: meant.filter(fits),
    trial: trial.filter(fits),
  }
  return { usable, others: !bound.every(({ keys }) => keys.every(fits)) }
}

function differsFrom(key: PublicKeyRef | null) {
  return ({ fingerprint }: PublicKeyRef) => fingerprint !== key?.fingerprint
}

type Outcome = Omit<SignatureCheck, 'declaredAlgorithm' | 'unused'>

function attempt(
  claim: SignatureClaim,
  keys: CandidateKeys,
  hasBrokenKeys: boolean,
  book: KeyBook,
  engines: Engines,
): Outcome {
  const unchecked = { ...NOTHING, status: 'unchecked' } as const
  if (claim.signature === null) return { ...unchecked, reason: 'unsigned' }
  if (claim.signature === 'unreadable' && claim.repaired === null) {
    return { ...unchecked, reason: 'signature-unreadable' }
  }
  if (claim.algorithm === null) return { ...unchecked, reason: 'algorithm-unknown' }
  const required = distinct([...keysOf(keys.bound), ...keys.published, ...keys.meant])
  const all = distinct([...required, ...keys.trial])
  const fit = firstFit(claim, all, engines)
  if (fit.outcome === 'disagree') {
    return { ...unchecked, ...fit.facts, reason: 'engines-disagree', tried: all }
  }
  if (fit.outcome === 'fits') return judgeFit(fit.facts, keys, all, book)
  const expected = required.map((key) => bestKnown(key, book))
  const [key] = expected
  if (claim.signature === 'unreadable') return { ...unchecked, reason: 'signature-unreadable' }
  if (key === undefined) {
    const value = valueOf(claim, claim.algorithm)
    if (value?.kind === 'unreadable') return { ...unchecked, reason: 'signature-unreadable' }
    const reason = hasBrokenKeys ? 'no-usable-key' : 'no-key'
    return { ...unchecked, reason, value: numbersOf(value) }
  }
  return judgeMisfit(claim, key, expected, engines)
}

interface Facts {
  key: PublicKeyRef
  algorithm: Algorithm
  value: SignatureCheck['value']
  variant: SignedVariant | null
  repaired: SignatureCheck['repaired']
  engines: string[]
}
type Attempt = { outcome: 'fits' | 'disagree'; facts: Facts } | { outcome: 'none' }

function firstFit(claim: SignatureClaim, keys: PublicKeyRef[], engines: Engines): Attempt {
  const repaired = claim.signature === 'unreadable' ? claim.repaired : null
  const read = repaired === null ? claim : { ...claim, signature: repaired.signature }
  for (const key of keys) {
    for (const variant of [null, ...claim.variants.filter(({ passes }) => passes)]) {
      const asked = ask(read, key, variant?.bytes() ?? claim.signedBytes, engines)
      if (asked === null || asked.outcome === 'invalid') continue
      const { algorithm, value, engines: names } = asked
      const facts = {
        key,
        algorithm,
        value,
        variant,
        repaired: repaired?.finding ?? null,
        engines: names,
      }
      return { outcome: asked.outcome === 'valid' ? 'fits' : 'disagree', facts }
    }
  }
  return { outcome: 'none' }
}

/** Asks the engines for one key and one reading of the signed bytes; null where they cannot be. */
function ask(claim: SignatureClaim, key: PublicKeyRef, signedBytes: Uint8Array, engines: Engines) {
  const algorithm = methodFor(claim, key)
  const value = valueOf(claim, algorithm)
  const check = canonical(claim, key, algorithm, value, signedBytes)
  if (check === null) return null
  return { ...checkSignature(check, engines), algorithm, value: numbersOf(value) }
}

function methodFor(claim: SignatureClaim, { curve }: PublicKeyRef): Algorithm {
  const named = [claim.algorithm, ...(claim.also ?? [])].find((one) => one?.curve === curve)
  if (named != null) return named
  return { curve, hash: isEcCurve(curve) ? claim.hash : null }
}

function valueOf(claim: SignatureClaim, { curve }: Algorithm): SignatureValue | null {
  if (!(claim.signature instanceof Uint8Array)) return null
  return isEcCurve(curve) ? readSignature(claim.signature, curve) : null
}

function canonical(
  { signature }: SignatureClaim,
  { point }: PublicKeyRef,
  { curve, hash }: Algorithm,
  value: SignatureValue | null,
  signedBytes: Uint8Array,
): CanonicalCheck | null {
  const key = fromHex(point)
  if (key === null || !(signature instanceof Uint8Array)) return null
  if (isSealKind(curve)) return { kind: 'seal', curve, point: key, signedBytes, signature }
  if (isEcCurve(curve)) {
    if (value?.kind !== 'canonical' || hash === null) return null
    return { kind: 'ecdsa', curve, hash, point: key, signedBytes, r: value.r, s: value.s }
  }
  if (signature.length !== WHOLE_KINDS[curve].signatureBytes) return null
  return { kind: 'whole', curve, point: key, signedBytes, signature }
}

function numbersOf(value: SignatureValue | null): SignatureCheck['value'] {
  if (value === null || value.kind === 'unreadable') return null
  const { r, s, highS, notes } = value
  return { r, s, highS, notes }
}

/** A key fits. It counts unless the keys that should have fitted are others, as well trusted. */
function judgeFit(
  facts: Facts,
  keys: CandidateKeys,
  tried: PublicKeyRef[],
  book: KeyBook,
): Outcome {
  const key = bestKnown(facts.key, book)
  const others = [...keys.bound.map((offer) => offer.keys), keys.published]
  const contradicted = others.flatMap((same) => (same.every(differsFrom(key)) ? same : []))
  const confirmed = isAtLeast(key.trust, 'K3')
  const overruled = contradicted.some(
    ({ trust }) => !confirmed || !isAtLeast(key.trust, trust) || key.trust === trust,
  )
  return {
    ...facts,
    key,
    status: overruled ? 'invalid' : 'valid',
    reason: overruled ? 'other-key-fits' : 'fits',
    tried,
    contradicted,
    explanation: null,
  }
}

function judgeMisfit(
  claim: SignatureClaim,
  key: PublicKeyRef,
  tried: PublicKeyRef[],
  engines: Engines,
): Outcome {
  const algorithm = methodFor(claim, key)
  const values = tried.map((candidate) => valueOf(claim, methodFor(claim, candidate)))
  const whole = tried.some(({ curve }) => !isEcCurve(curve))
  const base = { ...NOTHING, algorithm, key, tried }
  if (!whole && values.every((value) => value === null || value.kind === 'unreadable')) {
    return { ...base, status: 'unchecked', reason: 'signature-unreadable' }
  }
  const value = numbersOf(values.find((candidate) => candidate?.kind !== 'unreadable') ?? null)
  const outOfRange = !whole && values.every((candidate) => candidate?.kind !== 'canonical')
  return {
    ...base,
    status: 'invalid',
    reason: outOfRange ? 'out-of-range' : 'mismatch',
    value,
    explanation: explain(claim, tried, engines),
    engines: enginesFor(key, engines),
  }
}

/** Why the signature may not fit: bytes that it would fit, although they are not what was signed. */
function explain(claim: SignatureClaim, keys: PublicKeyRef[], engines: Engines) {
  for (const variant of claim.variants.filter(({ passes }) => !passes)) {
    for (const key of keys) {
      if (ask(claim, key, variant.bytes(), engines)?.outcome === 'valid') return variant.finding
    }
  }
  return null
}

function enginesFor({ curve }: PublicKeyRef, { reference, fast }: Engines): string[] {
  const asked = fast?.supports(curve) === true ? [fast.name] : []
  return [...asked, reference.name]
}

/** The same key as its best source knows it. */
function bestKnown(key: PublicKeyRef, book: KeyBook): PublicKeyRef {
  return distinct([key, ...book.find(key.fingerprint)])[0] ?? key
}

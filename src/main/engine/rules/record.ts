/**
 * Rules every record has to pass, whatever its format: what the attempt to verify has shown, and
 * which keys were offered for it.
 *
 * @module
 */
import { type LooseFinding, looseFinding } from '../../../shared/model/finding.ts'
import type { KeySource } from '../../../shared/model/key.ts'
import { algorithmName } from '../signature/algorithms.ts'
import { isSealKind, isWeak } from '../signature/curves.ts'
import type { DecodedRecord, KeyOffer, SignatureCheck } from '../types.ts'

export function checkVerification(decoded: DecodedRecord, check: SignatureCheck): LooseFinding[] {
  return [...outcome(decoded, check), ...method(check), ...offers(decoded, check)]
}

function outcome({ claim }: DecodedRecord, check: SignatureCheck): LooseFinding[] {
  const algorithm = check.algorithm === null ? '' : algorithmName(check.algorithm)
  switch (check.reason) {
    case 'fits':
      return [looseFinding('SIG-OK', { algorithm })]
    case 'mismatch':
    case 'out-of-range':
      return [looseFinding('SIG-MISMATCH', { algorithm })]
    case 'other-key-fits':
      return [looseFinding('KEY-MISMATCH', {})]
    case 'engines-disagree':
      return [looseFinding('SIG-ENGINES', { engines: check.engines.join(', ') })]
    case 'unsigned':
      return [looseFinding('SIG-MISSING', {})]
    case 'signature-unreadable':
      return [looseFinding('SIG-ENCODING', {})]
    case 'algorithm-unknown':
      return [looseFinding('SIG-ALG-UNKNOWN', { algorithm: (claim.declared ?? '').slice(0, 64) })]
    case 'no-key':
      return [looseFinding('KEY-NONE', {})]
    case 'no-usable-key':
      return []
  }
}

function method({ key, reason, value, variant, declaredAlgorithm }: SignatureCheck) {
  const found: LooseFinding[] = []
  if (key !== null && isWeak(key.curve)) found.push(looseFinding('SIG-WEAK', { curve: key.curve }))
  if (value !== null && value.notes.length > 0) found.push(looseFinding('SIG-NONCANONICAL', {}))
  if (variant !== null) found.push(looseFinding('IN-SPACE', {}))
  if (key !== null && declaredAlgorithm !== null && declaredAlgorithm.curve !== key.curve) {
    const params = { algorithm: algorithmName(declaredAlgorithm), curve: key.curve }
    const severity = reason === 'fits' ? 'warning' : 'info'
    found.push(looseFinding('SIG-ALG-KEY', params, { severity }))
  }
  return found
}

function offers(decoded: DecodedRecord, check: SignatureCheck): LooseFinding[] {
  const severity = check.tried.length > 0 ? 'warning' : 'error'
  const all = [...decoded.record.keys, ...decoded.embedded.map(({ offer }) => offer)]
  // A bare key of an open curve is no puzzle any more once one of its readings fits.
  const fits = ({ keys }: KeyOffer) =>
    keys.some((key) => key.fingerprint === check.key?.fingerprint)
  const sealed = isSealed(decoded)
  const found = all.flatMap((offer) => (fits(offer) ? [] : brokenOffer(offer, severity, sealed)))
  // The key that was read off the station fits, and the file brings another one along.
  const besides = check.contradicted.some(({ source }) => IN_FILE.includes(source))
  if (check.status === 'valid' && besides) {
    const meter = decoded.meter.serial ?? decoded.gateway.serial ?? ''
    found.push(looseFinding('KEY-CONFLICT', { meter: meter.slice(0, 64) }))
  }
  // A key the user gave is passed over because the file's own key fits: loud, but no verdict.
  for (const { origin } of check.unused) found.push(looseFinding('KEY-UNUSED', { origin }))
  return found
}

const IN_FILE: readonly KeySource[] = ['container', 'embedded']

function isSealed({ claim }: DecodedRecord): boolean {
  return claim.algorithm !== null && isSealKind(claim.algorithm.curve)
}

/** Why a text that claims to be a key is none; nothing for a key. */
export function brokenOffer(
  { reading, origin }: KeyOffer,
  severity: 'warning' | 'error',
  sealed: boolean,
): LooseFinding[] {
  switch (reading.kind) {
    case 'key':
      // A key that opens seals fits no other signature, and no other key opens a seal.
      if (isSealKind(reading.curve) === sealed) return []
      return [looseFinding('KEY-CURVE', { curve: reading.curve, origin }, { severity })]
    case 'not-on-curve':
      return [looseFinding('KEY-INVALID', { origin }, { severity })]
    case 'unsupported-curve':
      return [looseFinding('KEY-CURVE', { curve: reading.curve, origin }, { severity })]
    case 'unknown':
    case 'ambiguous':
    case 'private-key':
    case 'explicit-parameters':
      return [looseFinding('KEY-FORMAT', { origin }, { severity })]
  }
}

/**
 * Checks 5xx and 6xx: what the attempt to verify one record has shown.
 *
 * @module
 */
import { toHex } from '../../../../../shared/hex.ts'
import type { FindingCode, LooseFinding } from '../../../../../shared/model/finding.ts'
import { algorithmName } from '../../../signature/algorithms.ts'
import { isSealKind, isWeak } from '../../../signature/curves.ts'
import type { DecodedRecord, KeyOffer, SignatureCheck } from '../../../types.ts'
import type { OcmfDetail } from '../decode.ts'
import { SIGNATURE_MEMBERS } from '../tables.ts'
import { textOf } from '../payload.ts'
import { type Add, excerpt, newReport } from './report.ts'

export function checkSignature(
  decoded: DecodedRecord<OcmfDetail>,
  check: SignatureCheck,
): LooseFinding[] {
  const { findings, add } = newReport()
  checkMembers(decoded, add)
  checkValue(check, add)
  checkFit(decoded, check, add)
  checkKeys(decoded, check, add)
  return [...findings, ...consequences(check)]
}

function checkMembers({ detail }: DecodedRecord<OcmfDetail>, add: Add): void {
  const { sections } = detail.payload
  const { signature } = sections
  if (signature.kind !== 'object' || detail.payload.version < 4) return
  for (const { name, value } of signature.node.members) {
    if (name in SIGNATURE_MEMBERS) continue
    const place = { path: name, node: value }
    if (/^[A-FU-Z]/.test(name)) {
      const found = excerpt(textOf(sections, value))
      add('OCMF-521', { field: excerpt(name), found }, place)
    } else add('OCMF-520', { field: excerpt(name) }, place)
  }
}

const NOTES = {
  raw: 'OCMF-511',
  'integer-negative': 'OCMF-512',
  'integer-not-minimal': 'OCMF-512',
  'long-length': 'OCMF-512',
} as const satisfies Record<string, FindingCode>

/** What the bytes of the signature look like, whether they fit or not. */
function checkValue({ value }: SignatureCheck, add: Add): void {
  if (value === null) return
  const place = { path: 'SD' }
  const codes = new Set(
    value.notes.flatMap((note) => (note.kind === 'trailing-bytes' ? [] : [NOTES[note.kind]])),
  )
  for (const code of codes) add(code, {}, place)
  for (const note of value.notes) {
    if (note.kind === 'trailing-bytes') add('OCMF-513', { count: String(note.count) }, place)
  }
  if (value.highS) add('OCMF-515', {}, place)
}

function checkFit(decoded: DecodedRecord<OcmfDetail>, check: SignatureCheck, add: Add): void {
  const place = { path: 'SD' }
  switch (check.reason) {
    case 'mismatch':
      if (check.tried.length > 1) {
        add('OCMF-518', { keys: check.tried.map((key) => key.origin).join(', ') }, place)
      } else add('OCMF-516', {}, place)
      break
    case 'out-of-range':
      add('OCMF-514', {}, place)
      break
    case 'signature-unreadable':
      if (decoded.claim.signature !== null && !hasUnreadableSection(decoded)) {
        add('OCMF-510', {}, place)
      }
      break
    case 'no-key':
      add('OCMF-517', {}, place)
      break
    case 'other-key-fits':
      checkOtherKey(decoded, check, add)
      break
    case 'algorithm-unknown':
      if (decoded.detail.signatureShape === 'no-der') add('OCMF-510', {}, place)
      break
    case 'fits':
    case 'engines-disagree':
    case 'unsigned':
    case 'no-usable-key':
      break
  }
  checkMethod(check, add)
}

/** The section as a whole could not be read; 008, 009 or 506 say so. */
function hasUnreadableSection({ detail }: DecodedRecord<OcmfDetail>): boolean {
  return detail.claimFindings.some(({ code }) =>
    ['OCMF-008', 'OCMF-009', 'OCMF-506'].includes(code),
  )
}

function checkOtherKey(decoded: DecodedRecord<OcmfDetail>, check: SignatureCheck, add: Add): void {
  const expected = check.contradicted.map((key) => key.origin).join(', ')
  const inRecord = decoded.embedded.find(({ offer, signed }) => signed && contradicts(offer, check))
  if (inRecord !== undefined) add('OCMF-611', {}, { severity: 'error' })
  else add('OCMF-519', { expected, found: check.key?.origin ?? '' }, { path: 'SD' })
}

/** OCMF-505, 522: method and key. SA is not signed, so the key's curve decides. */
function checkMethod(
  { algorithm, key, reason, declaredAlgorithm }: SignatureCheck,
  add: Add,
): void {
  const curve = key?.curve ?? algorithm?.curve ?? null
  if (curve !== null && isWeak(curve)) add('OCMF-522', { curve })
  if (key === null || declaredAlgorithm === null || declaredAlgorithm.curve === key.curve) return
  add(
    'OCMF-505',
    { algorithm: algorithmName(declaredAlgorithm), curve: key.curve },
    { path: 'SA', severity: reason === 'fits' ? 'warning' : 'info' },
  )
}

/** OCMF-601 to 615: the keys that were offered for this record. */
function checkKeys(decoded: DecodedRecord<OcmfDetail>, check: SignatureCheck, add: Add): void {
  const { record, embedded } = decoded
  for (const offer of [...record.keys, ...embedded.map((inside) => inside.offer)]) {
    checkOffer(offer, check, add)
  }
  for (const { offer, signed } of embedded) {
    const { reading } = offer
    if (reading.kind === 'key' && reading.certificate !== null && holds(offer, check.key)) {
      add('OCMF-615', { subject: excerpt(reading.certificate.subject) })
    }
    const told = check.reason === 'other-key-fits' && contradicts(offer, check)
    const differs = record.keys.length > 0 && !record.keys.some((given) => agree(given, offer))
    if (differs && !told) add('OCMF-611', {}, { severity: signed ? 'error' : 'warning' })
  }
  if (check.key?.trust === 'K1' && check.status !== 'unchecked') add('OCMF-607', {})
}

function holds({ keys }: KeyOffer, key: SignatureCheck['key']): boolean {
  return keys.some(({ fingerprint }) => fingerprint === key?.fingerprint)
}

function contradicts({ keys }: KeyOffer, { contradicted }: SignatureCheck): boolean {
  return keys.some((key) => contradicted.includes(key))
}

/** Whether two offers have a key in common; what cannot be read contradicts nothing. */
function agree(given: KeyOffer, inside: KeyOffer): boolean {
  return given.keys.length === 0 || given.keys.some((key) => holds(inside, key))
}

function checkOffer({ reading, origin }: KeyOffer, check: SignatureCheck, add: Add): void {
  const severity = check.tried.length > 0 ? 'warning' : 'error'
  switch (reading.kind) {
    case 'unknown':
    case 'private-key':
    case 'explicit-parameters':
      add('OCMF-601', { origin }, { severity })
      break
    case 'not-on-curve':
      add('OCMF-602', { origin }, { severity })
      break
    case 'unsupported-curve':
      add('OCMF-604', { curve: reading.curve, origin }, { severity })
      break
    case 'ambiguous': {
      const fitting = reading.candidates.find(
        ({ curve, point }) => curve === check.key?.curve && toHex(point) === check.key.point,
      )
      if (fitting !== undefined) add('OCMF-605', { form: fitting.form, origin })
      break
    }
    case 'key':
      if (isSealKind(reading.curve)) {
        add('OCMF-604', { curve: reading.curve, origin }, { severity })
        break
      }
      for (const note of reading.notes) {
        if (note.kind === 'trailing-bytes' || note.kind === 'leading-bytes') {
          add('OCMF-613', { count: String(note.count), origin })
        } else if (note.kind !== 'separators') {
          add('OCMF-605', { form: reading.form, origin })
        }
      }
      break
  }
}

/** Findings of the bytes that fitted, and of those that only explain why none did. */
function consequences({ variant, explanation, repaired }: SignatureCheck): LooseFinding[] {
  return [variant?.finding, explanation, repaired].filter((found) => found != null)
}

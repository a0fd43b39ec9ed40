/**
 * What an OCMF record says about its signature: the signature section and the signed bytes.
 *
 * The section itself is not signed: method, encoding and extensions may be changed by anyone.
 * Source: OCMF 1.4.1, Table 8; rule book chapters 4 and 5.
 *
 * @module
 */
import { fromHex } from '../../../../shared/hex.ts'
import { table } from '../../../../shared/table.ts'
import { type LooseFinding, looseFinding } from '../../../../shared/model/finding.ts'
import { fromBase64 } from '../../codec/base64.ts'
import type { JsonObject } from '../../codec/json.ts'
import { utf8Bytes } from '../../codec/text.ts'
import { CURVES, WHOLE_KINDS } from '../../signature/curves.ts'
import { looksLikeSignature } from '../../signature/signature-value.ts'
import type { SignatureClaim, SignedVariant } from '../../types.ts'
import { DEFAULT_METHOD, parseMethod } from './method.ts'
import { type OcmfPayload, textMember } from './payload.ts'
import type { OcmfSections } from './sections.ts'

export interface OcmfClaim extends SignatureClaim {
  /** What the section itself violates; the checks of chapter 5xx add the rest. */
  findings: LooseFinding[]
}

const UNSIGNED = { declared: null, algorithm: null, hash: 'SHA256', signature: null } as const

export function readClaim(payload: OcmfPayload): OcmfClaim {
  const { sections } = payload
  const signedBytes = sections.source.bytes.subarray(sections.section.from, sections.section.to)
  const variants = signedVariants(sections)
  const base = { ...UNSIGNED, signedBytes, variants, repaired: null }
  const { signature } = sections
  switch (signature.kind) {
    case 'absent':
      return { ...base, findings: [looseFinding('OCMF-004', {})] }
    case 'unreadable': {
      const { offset } = signature
      const found = looseFinding('OCMF-008', { offset: String(offset) }, { offset })
      return { ...base, signature: 'unreadable', findings: [found] }
    }
    case 'not-an-object':
      return { ...base, signature: 'unreadable', findings: [looseFinding('OCMF-009', {})] }
    case 'object':
      return { ...base, ...readSection(payload, signature.node) }
  }
}

function readSection(payload: OcmfPayload, node: JsonObject) {
  const { sections } = payload
  const findings: LooseFinding[] = []
  const method = readMethod(payload, node, findings)
  const media = textMember(sections, node, 'SM')
  if (media !== null && media !== 'application/x-der') {
    findings.push(looseFinding('OCMF-508', { found: media }, { path: 'SM' }))
  }
  const value = readSignature(
    textMember(sections, node, 'SD') ?? '',
    textMember(sections, node, 'SE') ?? 'hex',
    findings,
  )
  return {
    declared: method.declared,
    algorithm: method.algorithm,
    hash: method.algorithm?.hash ?? ('SHA256' as const),
    ...value,
    findings,
  }
}

function readMethod(payload: OcmfPayload, node: JsonObject, findings: LooseFinding[]) {
  const { sections, version } = payload
  // Version 0.4 once meant to put SA inside the payload; no device is known to do so.
  const declared =
    textMember(sections, node, 'SA') ??
    (version < 100 ? textMember(sections, sections.payload, 'SA') : null)
  const path = 'SA'
  if (declared === null && version >= 4) {
    findings.push(looseFinding('OCMF-501', {}, { path }))
    return { declared, algorithm: DEFAULT_METHOD }
  }
  const method = parseMethod(declared ?? '')
  if (method === null) {
    findings.push(looseFinding('OCMF-502', { algorithm: declared ?? '' }, { path }))
    return { declared, algorithm: null }
  }
  if (method.standing === 'spelling') {
    const { canonical } = method
    findings.push(looseFinding('OCMF-503', { found: declared ?? '', canonical }, { path }))
  }
  if (method.standing === 'extension') {
    findings.push(looseFinding('OCMF-504', { found: declared ?? '' }, { path }))
  }
  return { declared, algorithm: method.algorithm }
}

type SignatureBytes = Pick<SignatureClaim, 'signature' | 'repaired'>

const DECODERS: Record<string, (text: string) => Uint8Array | null> = table({
  hex: fromHex,
  base64: fromBase64,
})

/** Lengths of signatures that are no DER: r‖s of every curve, EdDSA and ML-DSA. */
const PLAIN_LENGTHS = new Set([
  ...Object.values(CURVES).map(({ orderBits }) => 2 * Math.ceil(orderBits / 8)),
  ...Object.values(WHOLE_KINDS).map(({ signatureBytes }) => signatureBytes),
])

function mayBeSignature(bytes: Uint8Array): boolean {
  return looksLikeSignature(bytes) || PLAIN_LENGTHS.has(bytes.length)
}

function readSignature(text: string, encoding: string, findings: LooseFinding[]): SignatureBytes {
  const path = 'SD'
  if (text === '') {
    findings.push(looseFinding('OCMF-509', {}, { path }))
    return { signature: null, repaired: null }
  }
  const decode = DECODERS[encoding]
  if (decode === undefined) {
    findings.push(looseFinding('OCMF-506', { found: encoding }, { path: 'SE' }))
    return { signature: 'unreadable', repaired: null }
  }
  const bytes = decode(text)
  if (bytes !== null && (encoding === 'hex' || mayBeSignature(bytes))) {
    return { signature: bytes, repaired: null }
  }
  const other = encoding === 'hex' ? 'base64' : 'hex'
  const otherBytes = DECODERS[other]?.(text) ?? null
  if (otherBytes !== null && mayBeSignature(otherBytes)) {
    const declared = encoding
    findings.push(looseFinding('OCMF-507', { declared, found: other }, { path }))
    return { signature: otherBytes, repaired: null }
  }
  return { signature: bytes ?? 'unreadable', repaired: withoutWhiteSpace(text, encoding) }
}

/** Seen (Isabellenhütte): line breaks inside hexadecimal digits. Counts only if it then fits a key. */
function withoutWhiteSpace(text: string, encoding: string): SignatureClaim['repaired'] {
  if (encoding !== 'hex' || !/\s/.test(text)) return null
  const signature = fromHex(text.replace(/\s+/g, ''))
  if (signature === null) return null
  const found = 'hex with white space'
  return {
    signature,
    finding: looseFinding('OCMF-507', { declared: 'hex', found }, { path: 'SD' }),
  }
}

/** Rule book chapter 4, steps 2 to 4. */
function signedVariants({ source, section, payload }: OcmfSections): SignedVariant[] {
  const trimmed = source.bytes.subarray(payload.from, payload.to)
  const variants: SignedVariant[] = []
  if (payload.from > section.from || payload.to < section.to) {
    variants.push({ bytes: () => trimmed, finding: looseFinding('OCMF-016', {}), passes: true })
  }
  variants.push({
    bytes: () => utf8Bytes(withoutInsignificantSpace(trimmed)),
    finding: looseFinding('OCMF-015', {}),
    passes: false,
  })
  return variants
}

/** JSON text without white space outside strings; order and number texts stay. */
function withoutInsignificantSpace(payload: Uint8Array): string {
  const text = new TextDecoder().decode(payload)
  return text.replace(
    /("(?:[^"\\]|\\.)*")|[ \t\r\n]+/gs,
    (_, string: string | undefined) => string ?? '',
  )
}

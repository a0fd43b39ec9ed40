/**
 * A sealed OCMF record as the rest of the program sees it.
 *
 * Without the key nothing in a seal can be read: the readings come out of the signature itself.
 *
 * @module
 */
import { Inflate } from 'fflate'
import { fromHex } from '../../../../../shared/hex.ts'
import {
  type FindingCode,
  type LooseFinding,
  looseFinding,
} from '../../../../../shared/model/finding.ts'
import type { PublicKeyRef } from '../../../../../shared/model/key.ts'
import { DecodeError, SyntaxProblem } from '../../../codec/decode-error.ts'
import { byteText } from '../../../codec/text.ts'
import { unsignedField } from '../../../codec/fixed-block.ts'
import { LIMITS } from '../../../limits.ts'
import { isSealKind } from '../../../signature/curves.ts'
import { type Seal, blocksOf, compressionOf, openSeal, readSeal } from '../../../signature/seal.ts'
import type { DecodedRecord, SignatureClaim, SignedRecord } from '../../../types.ts'
import { decodeOcmf } from '../decode.ts'
import { SIGNATURE_MEMBERS } from '../tables.ts'

/** Blocks of a seal whose bytes all depend on the private key. */
const COVERED_BLOCKS = 1
/** Bytes of text that no key protects when there are more: all but the last block. */
const TEXT_BYTES = 224

/** @throws DecodeError where it is no seal, or none that holds an OCMF record */
export function decodeSealed(
  record: SignedRecord,
  keys: readonly PublicKeyRef[] = [],
): DecodedRecord<null> {
  if (record.bytes.length > LIMITS.recordBytes) {
    throw new DecodeError(looseFinding('IN-TOOBIG', { limit: '1 MiB' }))
  }
  const seal = sealIn(record.bytes)
  const compression = compressionOf(seal)
  const text = compression === null ? null : openedBy(seal, keys)
  const claim = claimOf(record, seal, compression === null ? null : text)
  if (text === null) return closed(record, seal, claim)
  const plain = compression === 'deflate' ? inflated(text) : text
  const inner = decodeOcmf({ ...record, bytes: plain, keys: [] })
  const findings = checkCoverage(seal, plain, compression === 'deflate', inner)
  const doubted = findings.some(({ severity }) => severity === 'error')
  const { from } = inner.detail.payload.sections.section
  return {
    ...inner,
    record,
    format: 'ocmf-sealed',
    fields: [
      ...inner.fields
        .filter(({ signed }) => signed)
        .map((field) => ({
          ...field,
          range:
            field.range === null || compression === 'deflate'
              ? null
              : { from: field.range.from + from, to: field.range.to + from },
        })),
      ...fieldsOf(seal),
    ],
    claim: doubted ? { ...claim, algorithm: null } : claim,
    embedded: [],
    findings: [...findings, ...withoutInnerSignature(inner)],
    detail: null,
  }
}

function sealIn(bytes: Uint8Array): Seal {
  try {
    return readSeal(bytes)
  } catch (error) {
    if (!(error instanceof SyntaxProblem)) throw error
    const { offset } = error
    throw new DecodeError(looseFinding('SEAL-STRUCTURE', { offset: String(offset) }, { offset }))
  }
}

function openedBy(seal: Seal, keys: readonly PublicKeyRef[]): Uint8Array | null {
  for (const { curve, point } of keys) {
    const key = isSealKind(curve) ? fromHex(point) : null
    const text = key === null ? null : openSeal(seal, key)
    if (text !== null) return text
  }
  return null
}

const ALGORITHM = { curve: 'rsa-2048', hash: null } as const

/** @param text as it was sealed; null where no key opened it */
function claimOf(record: SignedRecord, seal: Seal, text: Uint8Array | null): SignatureClaim {
  const known = compressionOf(seal) !== null
  return {
    declared: nameOf(seal),
    algorithm: known ? ALGORITHM : null,
    hash: 'SHA256',
    signedBytes: text ?? new Uint8Array(),
    variants: [],
    signature: record.bytes,
    repaired: null,
  }
}

function nameOf({ version, keyBits }: Seal): string {
  return `seal version ${version}, RSA ${keyBits}`
}

/** A seal that no key at hand opens: all that can be told of it. */
function closed(record: SignedRecord, seal: Seal, claim: SignatureClaim): DecodedRecord<null> {
  return {
    record,
    format: 'ocmf-sealed',
    formatVersion: null,
    readings: [],
    fields: fieldsOf(seal),
    claim,
    embedded: [],
    meter: { serial: null, vendor: null, model: null },
    gateway: { serial: null, model: null },
    pagination: null,
    evse: null,
    user: null,
    transaction: null,
    findings: [],
    detail: null,
  }
}

function fieldsOf(seal: Seal) {
  const texts: [string, string | null][] = [
    ['sealVersion', String(seal.version)],
    ['sealPadding', seal.padding],
    ['sealEncryption', seal.encryption],
    ['sealCompression', seal.compression],
    ['sealKeyBits', String(seal.keyBits)],
    ['sealBlocks', String(blocksOf(seal) ?? 0)],
  ]
  return texts.flatMap(([name, value]) => (value === null ? [] : [unsignedField(name, value)]))
}

/** @throws DecodeError where the text is no raw deflate, or far too long */
function inflated(bytes: Uint8Array): Uint8Array {
  const pieces: Uint8Array[] = []
  let length = 0
  const inflate = new Inflate((piece) => {
    length += piece.length
    if (length > LIMITS.recordBytes) {
      throw new DecodeError(looseFinding('IN-TOOBIG', { limit: '1 MiB' }))
    }
    pieces.push(piece)
  })
  try {
    inflate.push(bytes, true)
  } catch (error) {
    if (error instanceof DecodeError) throw error
    throw new DecodeError(looseFinding('SEAL-COMPRESSED', { found: 'deflate' }))
  }
  const text = new Uint8Array(length)
  let at = 0
  for (const piece of pieces) {
    text.set(piece, at)
    at += piece.length
  }
  return text
}

/**
 * What the proof of a seal covers (README.md, "What a seal proves"): of several blocks only the last
 * one. The others can be put together by anyone, at the price of 32 bytes that he can hardly choose.
 * So the text counts only where there is no room for them: a plain record of printable characters,
 * with members OCMF knows, and no string that long.
 */
function checkCoverage(seal: Seal, text: Uint8Array, compressed: boolean, inner: Inner) {
  const blocks = blocksOf(seal) ?? 0
  if (blocks <= COVERED_BLOCKS) return []
  if (compressed) return [looseFinding('SEAL-COMPRESSED', { found: 'deflate' })]
  if (hasRoom(byteText(text), inner)) return [looseFinding('SEAL-TEXT', {})]
  const open = String((blocks - COVERED_BLOCKS) * TEXT_BYTES)
  return [looseFinding('SEAL-COVERAGE', { open, length: String(text.length) })]
}

type Inner = ReturnType<typeof decodeOcmf>

/** Bytes of a forged text that come out by chance, one after the other. */
const UNCHOSEN_BYTES = 32
const LONG_STRING = new RegExp(`"(?:[^"\\\\]|\\\\.){${UNCHOSEN_BYTES},}"`)
/** Members and flags that OCMF does not know: free text under another name. */
const UNKNOWN: readonly FindingCode[] = ['OCMF-109', 'OCMF-110', 'OCMF-209']

function hasRoom(text: string, { detail, findings }: Inner): boolean {
  const { plain, signature } = detail.payload.sections
  if (!/^[\x20-\x7e]*$/.test(text) || !plain || signature.kind !== 'object') return true
  if (signature.node.members.some(({ name }) => !(name in SIGNATURE_MEMBERS))) return true
  return LONG_STRING.test(text) || findings.some(({ code }) => UNKNOWN.includes(code))
}

/** The record inside is not signed once more: `{"SD":""}` is as it should be. */
function withoutInnerSignature({
  findings,
  detail,
}: ReturnType<typeof decodeOcmf>): LooseFinding[] {
  return findings.filter((found) => !detail.claimFindings.includes(found))
}

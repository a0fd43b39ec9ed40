/**
 * A decoded and verified record in the plain form that may leave the engine.
 *
 * @module
 */
import type { LooseFinding } from '../../shared/model/finding.ts'
import { toHex } from '../../shared/hex.ts'
import type {
  DecodedField,
  FormatId,
  RecordResult,
  SignatureResult,
} from '../../shared/model/record.ts'
import { algorithmName } from './signature/algorithms.ts'
import { utf8Bytes } from './codec/text.ts'
import type { DecodedRecord, EngineDeps, SignatureCheck, SignedRecord } from './types.ts'

/** Characters of an id: 96 bits of a hash. */
const ID_LENGTH = 24

export function recordResult(
  decoded: DecodedRecord,
  check: SignatureCheck,
  findings: LooseFinding[],
  deps: EngineDeps,
): RecordResult {
  const { record, claim } = decoded
  const signature = signatureResult(decoded, check, deps)
  const parts = [decoded.format, signature.digest, signature.key?.fingerprint, signature.status]
  const id = idOf(parts, deps.digest)
  const covered = check.variant?.bytes() ?? claim.signedBytes
  return {
    id,
    format: decoded.format,
    formatVersion: decoded.formatVersion,
    origin: record.origin,
    signature,
    readings: decoded.readings,
    fields: [...fieldsIn(decoded, covered), ...statedFields(record)],
    findings: findings.map((found) => ({ ...found, at: id })),
    meter: decoded.meter,
    gateway: decoded.gateway,
    pagination: decoded.pagination,
    evse: decoded.evse,
    user: decoded.user,
    transaction: decoded.transaction,
    session: decoded.session ?? null,
    claimed: { transaction: record.hints.transaction, role: record.hints.role },
    signedBytes: deps.evidence ? toHex(covered) : null,
  }
}

/** Fields with their places in the bytes that the signature covers, which may be a part of the section. */
function fieldsIn({ claim, fields }: DecodedRecord, covered: Uint8Array): DecodedField[] {
  const { signedBytes } = claim
  const cut =
    covered.buffer === signedBytes.buffer ? covered.byteOffset - signedBytes.byteOffset : 0
  if (cut === 0) return fields.map(once)
  return fields.map(({ range, ...field }) => ({
    ...field,
    range: range === null ? null : { from: range.from - cut, to: range.to - cut },
  }))
}

/** Fields that the records of one station have in common are held once: a log has thousands. */
function once(field: DecodedField): DecodedField {
  const { name, value, signed, range, inherited } = field
  if (value.length > LONGEST_SHARED) return field
  const key = `${range?.from} ${range?.to} ${signed} ${inherited} ${name} ${value}`
  const known = shared.get(key)
  if (known !== undefined) return known
  if (shared.size >= MOST_SHARED) shared.clear()
  shared.set(key, field)
  return field
}

const shared = new Map<string, DecodedField>()
const LONGEST_SHARED = 64
const MOST_SHARED = 4_000

/** What the carrier says beside the record: shown, and nothing of it is signed. */
function statedFields({ statements = [] }: SignedRecord): DecodedField[] {
  return statements.map(({ path, text }) => ({
    name: path,
    value: text,
    signed: false,
    range: null,
    inherited: false,
  }))
}

/** A record that is there but cannot be read. */
export function failedRecord(
  format: FormatId,
  record: SignedRecord,
  findings: LooseFinding[],
  deps: EngineDeps,
): RecordResult {
  const digest = deps.digest('SHA256', record.bytes)
  const id = idOf([format, digest, 'unreadable'], deps.digest)
  return {
    id,
    format,
    formatVersion: null,
    origin: record.origin,
    signature: {
      status: 'unchecked',
      algorithm: null,
      declared: null,
      curve: null,
      hash: null,
      digest: null,
      r: null,
      s: null,
      engines: [],
      key: null,
      recovered: [],
    },
    readings: [],
    fields: [],
    findings: findings.map((found) => ({ ...found, at: id })),
    meter: { serial: null, vendor: null, model: null },
    gateway: { serial: null, model: null },
    pagination: null,
    evse: null,
    user: null,
    transaction: null,
    claimed: { transaction: record.hints.transaction, role: record.hints.role },
    signedBytes: null,
  }
}

/** @returns an id that two results share only if they are the same; ECDSA bytes are no part of it */
export function idOf(
  parts: readonly (string | null | undefined)[],
  digest: EngineDeps['digest'],
): string {
  return digest('SHA256', utf8Bytes(parts.join(' '))).slice(0, ID_LENGTH)
}

function signatureResult(
  { claim }: DecodedRecord,
  check: SignatureCheck,
  deps: EngineDeps,
): SignatureResult {
  const { algorithm, key, value } = check
  const used = algorithm ?? check.declaredAlgorithm
  const hash = used?.hash ?? claim.hash
  const signedBytes = check.variant?.bytes() ?? claim.signedBytes
  return {
    status: check.status,
    algorithm: algorithm === null ? null : algorithmName(algorithm),
    declared: claim.declared,
    curve: key?.curve ?? used?.curve ?? null,
    hash: used?.hash ?? null,
    digest: deps.digest(hash, signedBytes),
    r: value === null ? null : value.r.toString(16),
    s: value === null ? null : value.s.toString(16),
    engines: check.engines,
    key,
    recovered: [],
  }
}

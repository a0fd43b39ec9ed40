/**
 * One signed datagram after decoding and verification; plain JSON, fit to leave the engine.
 *
 * @module
 */
import type { Hex } from '../hex.ts'
import type { Finding } from './finding.ts'
import type { CurveId, PublicKeyRef } from './key.ts'
import type { MeterReading } from './reading.ts'

/** Names of the formats as the field writes them; the ids are part of the result's contract. */
export const FORMATS = {
  ocmf: 'OCMF',
  'ocmf-sealed': 'OCMF, sealed',
  alfen: 'ALFEN',
  edl40: 'EDL40',
  'isa-edl40': 'ISA-EDL40',
  'edl40-sig': 'EDL40 (signedMeterValue)',
  mennekes: 'Mennekes EDL40',
  pcdf: 'PCDF',
  emh: 'EMHCrypt01',
  gdf: 'GDFCrypt01',
  bsm: 'BSM-WS36A',
  chargepoint: 'ChargePoint',
} as const satisfies Record<string, string>

export type FormatId = keyof typeof FORMATS

/** Whether a record is OCMF, signed or sealed: it has the numbered findings of OCMF. */
export function isOcmf({ format }: { format: FormatId }): boolean {
  return format === 'ocmf' || format === 'ocmf-sealed'
}

/** One step on the way from the file to the record. */
export interface Origin {
  step:
    | 'file'
    | 'archive'
    | 'mail'
    | 'pdf'
    | 'image'
    | 'message'
    | 'xml'
    | 'json'
    | 'text'
    | 'encoding'
  /** As shown: `"a.xml"`, `"value[1]"`, `"base64"`. */
  name: string
}

/** One value of the record or of the file around it. */
export interface DecodedField {
  /** Name in the record: `"GS"`, `"RD[0].TM"`. */
  name: string
  /** As written. */
  value: string
  /** true only where the signature covers it. */
  signed: boolean
  /** Byte range in the signed bytes; null for what stands elsewhere. */
  range: { from: number; to: number } | null
  /** true where the value was taken over from the reading before. */
  inherited: boolean
}

export type SignatureStatus = 'valid' | 'invalid' | 'unchecked'

export interface SignatureResult {
  status: SignatureStatus
  /** Method the check was made with: `"ECDSA-secp256r1-SHA256"`. */
  algorithm: string | null
  /** Method the record names; it usually stands outside the signature. */
  declared: string | null
  curve: CurveId | null
  hash: string | null
  /** Hash of the signed bytes. */
  digest: Hex | null
  r: Hex | null
  s: Hex | null
  /** Engines that were asked, in order. */
  engines: string[]
  /** The key that fits; where none fits, the key that should. */
  key: PublicKeyRef | null
  /** Fingerprints of the keys the signature itself allows; only where no key is known. */
  recovered: string[]
}

/** Counter of the signing component, one row for each context (OCMF: `T`, `F`). */
export interface Pagination {
  context: string
  /** Whole number as text, of any size. */
  number: string
}

export interface RecordResult {
  /** SHA-256 over format, signed bytes, key and signature status. */
  id: string
  format: FormatId
  formatVersion: string | null
  origin: Origin[]
  signature: SignatureResult
  readings: MeterReading[]
  fields: DecodedField[]
  findings: Finding[]
  /** Serial numbers as signed; null where the record states none. */
  meter: { serial: string | null; vendor: string | null; model: string | null }
  /** Signing component, if it is not the meter itself. */
  gateway: { serial: string | null; model: string | null }
  pagination: Pagination | null
  /** Charge point and user as signed. */
  evse: string | null
  user: string | null
  /** Transaction number, if the signature covers one. */
  transaction: string | null
  /** What the signature says of the session: records of one meter that share it belong together. */
  session?: string | null
  /** What the file says beside the record. Nothing of it is signed. */
  claimed: { transaction: string | null; role: 'begin' | 'intermediate' | 'end' | null }
  /** Bytes the signature covers; null unless evidence was asked for. */
  signedBytes: Hex | null
}

/**
 * What passes between the stages of the pipe; the only types that hold raw bytes.
 *
 * @module
 */
import type { Hex } from '../../shared/hex.ts'
import type { LooseFinding } from '../../shared/model/finding.ts'
import type { InvoiceClaim } from '../../shared/model/invoice.ts'
import type { PublicKeyRef } from '../../shared/model/key.ts'
import type { MeterReading } from '../../shared/model/reading.ts'
import type {
  DecodedField,
  FormatId,
  Origin,
  Pagination,
  SignatureStatus,
} from '../../shared/model/record.ts'
import type { Limits } from './limits.ts'
import type { Algorithm, HashId } from './signature/algorithms.ts'
import type { Backend } from './signature/backend.ts'
import type { KeyReading } from './signature/public-key.ts'
import type { SignatureNote } from './signature/signature-value.ts'

export interface InputFile {
  /** For display only; never decides how bytes are read. */
  name: string
  bytes: Uint8Array
  /** Tried on what is protected, in this order. */
  passwords?: readonly string[] | undefined
}

/** A log that is too large to be held at once. */
export interface LogFile {
  name: string
  /** In their order, once; each may use the memory of the one before. */
  pieces: Iterable<Uint8Array>
  /** Of all pieces together, asked for behind the last one. */
  facts: () => { sha256: Hex; bytes: number }
}

/** A file on its way through the containers; inside another one it is called `"a.zip › b.xml"`. */
export interface CarriedFile extends InputFile {
  /** The way to it: the file alone, or what carried it, outermost first. */
  origin: Origin[]
  /** What its carrier has to say of it. */
  findings?: LooseFinding[]
  /** Where it was packed: for formats whose parts are files beside each other. */
  packed?: PackedPlace
}

/** A file among those it came with. */
export interface PackedPlace {
  /** Its own name there, as written: `"folder/secrrct"`. */
  name: string
  /** All files of its carrier by their names, itself among them. */
  beside: ReadonlyMap<string, Uint8Array>
}

/** A file inside another one that cannot be had: encrypted, over a limit, damaged. */
export interface RefusedFile {
  name: string
  origin: Origin[]
  refused: LooseFinding
}

/** What one input and everything packed inside it may still use; counted down while unpacking. */
export interface Budget {
  /** Bytes that may still be unpacked. */
  bytes: number
  /** Members that may still be taken. */
  members: number
}

/** A text or file that claims to be a public key, read or not. */
export interface KeyOffer {
  reading: KeyReading
  /** The key; several where a bare point leaves the curve open; none where nothing could be read. */
  keys: PublicKeyRef[]
  origin: string
}

/** What a carrier says of a record's content. */
export interface Statement {
  /** What it speaks of; compared with the field of that name in the decoded record. */
  about:
    | 'meter'
    | 'pagination'
    | 'evse'
    | 'user'
    | 'transaction'
    | 'value'
    | 'unit'
    | 'time'
    | 'other'
  /** As written. */
  text: string
  /** Of a value: the unit and the role of the reading it is said of. */
  unit?: string
  role?: 'begin' | 'intermediate' | 'end'
  /** Place in the carrier: `"signedMeterValues[0].value.measuredValue"`. */
  path: string
  /** It repeats the signed reading for people: a contradiction is no side issue, but an error. */
  repeats?: true
}

/** One signed datagram as found, before anyone looked into it. */
export interface SignedRecord {
  /** A format's own bytes, without what carried them. */
  bytes: Uint8Array
  origin: Origin[]
  /** Keys the file gives for this very record. */
  keys: KeyOffer[]
  /**
   * Keys of its file, as far as the file says where they were sent for; absent where all of them are
   * for all of its records.
   */
  own?: {
    /** For the place of this record: one of them must fit if nothing was given for it. */
    meant: PublicKeyRef[]
    /** For other places, or nobody says for which: that they do not fit says nothing. */
    trial: PublicKeyRef[]
  }
  /** What the file says of the record. Unsigned, no facts. */
  hints: {
    format: string | null
    encoding: string | null
    transaction: string | null
    role: 'begin' | 'intermediate' | 'end' | null
  }
  /** Other ways to read the same place, tried in order where the signature does not fit. */
  others?: Uint8Array[]
  /** What its carrier has to say of it. */
  notes?: LooseFinding[]
  /** Unsigned too: compared with what is signed, shown as not signed, never taken over. */
  statements?: Statement[]
  /** A signature that stands apart from the bytes it covers; absent where the format has it inside. */
  detached?: Uint8Array | 'unreadable'
}

/** Everything a container holds. */
export interface Opened {
  records: SignedRecord[]
  /** Files inside it, each an input of its own with its own row. */
  members: (CarriedFile | RefusedFile)[]
  /** What it says was billed. Unsigned. */
  claims: InvoiceClaim[]
  /** Keys that the file does not give for one record in particular. */
  keys: KeyOffer[]
  /** Signatures without the bytes they cover. */
  signatures?: Uint8Array[]
  findings: LooseFinding[]
}

/** Other bytes the signature may cover, tried in order when it does not fit `signedBytes`. */
export interface SignedVariant {
  /** Made only when asked for: most records fit as written. */
  bytes: () => Uint8Array
  /** What it means that these bytes fit. */
  finding: LooseFinding
  /** false: only explains a failure, never passes. */
  passes: boolean
}

/** What a record says about its signature. A format never verifies. */
export interface SignatureClaim {
  /** Method as the record names it; null where it names none. */
  declared: string | null
  /** Method meant by it, or the format's own; null where it is unknown. */
  algorithm: Algorithm | null
  /** Other methods of the format: where it names none, the curve of the key says which. */
  also?: readonly Algorithm[]
  /** The signature stands in a file of its own; until one was found, `signature` is null. */
  apart?: true
  /** Hash to use when the key is on another curve than the method says. */
  hash: HashId
  signedBytes: Uint8Array
  variants: SignedVariant[]
  /** null: the record is unsigned. */
  signature: Uint8Array | 'unreadable' | null
  /** A reading of a damaged signature text that counts only if it then fits a key. */
  repaired: { signature: Uint8Array; finding: LooseFinding } | null
}

/** A record after its format has read it; `D` is what the format keeps for its own checks. */
export interface DecodedRecord<D = unknown> {
  record: SignedRecord
  format: FormatId
  formatVersion: string | null
  readings: MeterReading[]
  fields: DecodedField[]
  claim: SignatureClaim
  /** Keys inside the record, and whether the signature covers them. */
  embedded: { offer: KeyOffer; signed: boolean }[]
  meter: { serial: string | null; vendor: string | null; model: string | null }
  gateway: { serial: string | null; model: string | null }
  pagination: Pagination | null
  evse: string | null
  user: string | null
  transaction: string | null
  /** What the signature says of the session: records of one meter that share it belong together. */
  session?: string | null
  findings: LooseFinding[]
  detail: D
}

/** Why a signature has the status it has. */
export type CheckReason =
  | 'fits'
  | 'mismatch'
  | 'out-of-range'
  | 'other-key-fits'
  | 'engines-disagree'
  | 'unsigned'
  | 'signature-unreadable'
  | 'algorithm-unknown'
  | 'no-key'
  | 'no-usable-key'

export interface SignatureCheck {
  status: SignatureStatus
  reason: CheckReason
  /** Method the record names or leaves to its default; null where unknown. */
  declaredAlgorithm: Algorithm | null
  /** Method the check was made with; null where none was. */
  algorithm: Algorithm | null
  /** The key that fits; else the first that should have. */
  key: PublicKeyRef | null
  /** Keys that were asked, in order. */
  tried: PublicKeyRef[]
  /** Keys that should have fitted although another did. */
  contradicted: PublicKeyRef[]
  /** Keys the user gave for everything, although another fits this record. */
  unused: PublicKeyRef[]
  /** Numbers of the signature; null where they could not be read. */
  value: { r: bigint; s: bigint; highS: boolean; notes: SignatureNote[] } | null
  /** Bytes that fit: null as signed, else the variant. */
  variant: SignedVariant | null
  /** A variant that fits but does not pass. */
  explanation: LooseFinding | null
  /** What had to be mended in the signature text before it fitted. */
  repaired: LooseFinding | null
  engines: string[]
}

/** Engines for one check. */
export interface Engines {
  reference: Backend
  fast: Backend | null
  /** Ask both, not only where the fast one says invalid. */
  both: boolean
}

/** Keys known outside the file. */
export interface KeyBook {
  /** Keys stated for that meter or charge point; from K3 on they must fit its records. */
  publishedFor(identity: { meter: string | null; evse: string | null }): PublicKeyRef[]
  /** Keys the user gives for everything in this job. */
  given: readonly PublicKeyRef[]
  /** Keys of other files of the job; they may fit or not. */
  offered: readonly PublicKeyRef[]
  /** Everything known about one key, best trusted first. */
  find(fingerprint: string): PublicKeyRef[]
}

/** WebAssembly that comes with the program: decoders of pictures. */
export const ASSETS = {
  'zxing_reader.wasm': 'zxing-wasm/dist/reader',
  'webp_dec.wasm': '@jsquash/webp/codec/dec',
  'jbig2.wasm': 'pdfjs-dist/wasm',
  'openjpeg.wasm': 'pdfjs-dist/wasm',
  'qcms_bg.wasm': 'pdfjs-dist/wasm',
} as const satisfies Record<string, string>

export type AssetName = keyof typeof ASSETS

export interface EngineDeps {
  keys: KeyBook
  /** Detached signatures of other inputs, for records whose signature stands apart. */
  signatures?: readonly Uint8Array[]
  engines: Engines
  /** Hash as hexadecimal digits; the host knows the fastest way. */
  digest: (hash: HashId, bytes: Uint8Array) => Hex
  /** Milliseconds since 1970; the engine has no clock. */
  now: number
  limits: Limits
  /** Keep the signed bytes in the result. */
  evidence: boolean
  asset: (name: AssetName) => Promise<Uint8Array>
  /** Open no carriers: here nobody could end what they need for long. */
  plainOnly?: boolean
}

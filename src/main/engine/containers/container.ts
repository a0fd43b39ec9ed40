/**
 * What a container has to offer. It carries records and keys and signs nothing itself.
 *
 * @module
 */
import type { Origin } from '../../../shared/model/record.ts'
import type { Limits } from '../limits.ts'
import type { AssetName, Budget, CarriedFile, Opened, PackedPlace } from '../types.ts'

/** The text of a file together with the bytes it came from. */
export interface TextInput {
  /** UTF-8 bytes of `text`; the file's own bytes where it is UTF-8. */
  bytes: Uint8Array
  /** Without byte order mark. */
  text: string
  origin: Origin[]
  /** Of a file that was packed with others. */
  packed?: PackedPlace | undefined
}

export interface Container {
  /** Cheap and total. */
  detect(text: string): boolean
  /** Never throws for bad content: what cannot be read is a finding. */
  open(input: TextInput): Opened
}

/**
 * What holds other files, or text that has to be made visible first: archives, mails, PDF, images.
 *
 * Loads what it needs when it is asked to open something, so that nobody else waits for it.
 */
export interface Carrier {
  /** By the bytes alone; cheap and total. */
  detect(bytes: Uint8Array): boolean
  /**
   * Never throws for bad content: what cannot be read is a finding.
   *
   */
  open(file: CarriedFile, tools: CarrierTools): Promise<Opened>
}

/** What a carrier works with. */
export interface CarrierTools {
  limits: Limits
  /** Counted down by what is unpacked; a carrier stops where it is used up. */
  budget: Budget
  /**
   * Opens text or bytes that stand in the carrier and are no file of their own: what is found belongs
   * to the carrier. A file in it, such as an archive in a code, is a member.
   */
  inside: (file: CarriedFile) => Opened
  /** The same, of what is known to be text or a key. */
  plain: (file: CarriedFile) => Opened
  /** A file that comes with the program. */
  asset: (name: AssetName) => Promise<Uint8Array>
}

/** Puts everything `from` holds into `into`. */
export function addAll(into: Opened, from: Opened): void {
  into.records.push(...from.records)
  into.members.push(...from.members)
  into.claims.push(...from.claims)
  into.keys.push(...from.keys)
  into.findings.push(...from.findings)
}

export function nothing(): Opened {
  return { records: [], members: [], claims: [], keys: [], findings: [] }
}

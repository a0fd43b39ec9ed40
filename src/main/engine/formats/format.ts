/**
 * What a format has to offer. A format never verifies; it says which bytes are signed.
 *
 * @module
 */
import type { LooseFinding } from '../../../shared/model/finding.ts'
import type { PublicKeyRef } from '../../../shared/model/key.ts'
import type { FormatId } from '../../../shared/model/record.ts'
import type { DecodedRecord, SignatureCheck, SignedRecord } from '../types.ts'

export interface RecordPart {
  role: 'begin' | 'end'
  /** Name of the session, the same wherever the record is found. Nobody signed it. */
  session: string
  /** Element of the part. */
  name: string
}

export interface Format<D = unknown> {
  id: FormatId
  title: string
  /** What files call it beside its id, in lower case: `"edl_40_p"`. */
  names?: readonly string[]
  /** Cheap and total. Not mine: false. Mine but broken: true. */
  detect(bytes: Uint8Array): boolean
  /** Byte ranges of records inside other text, in their order; `whole` is false for a fragment. */
  find?(bytes: Uint8Array): Iterable<[from: number, to: number, whole: boolean]>
  /**
   * Readings that a record signs one by one; each becomes a record of its own, with the same bytes and
   * the role of the part. None: the record stays as it is.
   */
  parts?(bytes: Uint8Array): readonly RecordPart[]
  /**
   * @param keys at hand for it, the likeliest first; only a format that signs by sealing needs one to read
   * @throws DecodeError only
   */
  decode(record: SignedRecord, keys?: readonly PublicKeyRef[]): DecodedRecord<D>
  /** Checks that need the outcome of the verification. */
  check?(decoded: DecodedRecord<D>, check: SignatureCheck): LooseFinding[]
}

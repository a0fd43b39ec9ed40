/**
 * What a container has to offer. It carries records and keys and signs nothing itself.
 *
 * @module
 */
import type { Origin } from '../../../shared/model/record.ts'
import type { Opened } from '../types.ts'

/** The text of a file together with the bytes it came from. */
export interface TextInput {
  /** UTF-8 bytes of `text`; the file's own bytes where it is UTF-8. */
  bytes: Uint8Array
  /** Without byte order mark. */
  text: string
  origin: Origin[]
}

export interface Container {
  /** Cheap and total. */
  detect(text: string): boolean
  /** Never throws for bad content: what cannot be read is a finding. */
  open(input: TextInput): Opened
}

export function nothing(): Opened {
  return { records: [], keys: [], findings: [] }
}

/**
 * What differs between a printed key and the one that was meant.
 *
 * @module
 */
export interface KeyEdit {
  kind: 'replaced' | 'missing' | 'surplus' | 'swapped'
  /** Place in the printed text without its separators, from 1; of two swapped ones the first. */
  at: number
  /** As printed; empty where something is missing. */
  printed: string
  /** As meant; empty where something is surplus. */
  meant: string
}

/**
 * What a sample is: a small realistic input, and by hand what it must give.
 *
 * @module
 */
import type { InvoiceStatus } from '../../../src/shared/model/invoice.ts'
import type { TrustLevel } from '../../../src/shared/model/key.ts'
import type { VerdictState } from '../../../src/shared/model/verdict-state.ts'

export interface Sample {
  /** Paths in the folder that are checked together, with their contents. */
  files: Record<string, string | Uint8Array>
  /** A file of the folder given as `--key`, and what it is worth. */
  key?: { file: string; trust: TrustLevel }
  /** Files that are written and not checked, such as that key. */
  beside?: Record<string, string>
  /** States of the sessions; of the inputs where there is no session. */
  expect: VerdictState[]
  /** Of the sessions, as signed. */
  energy: (string | null)[]
  /** What bills among the files say of the sessions; left out where there are none. */
  invoice?: (InvoiceStatus | null)[]
  german: string
  english: string
}

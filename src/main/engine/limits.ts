/**
 * What hostile input may use. Each limit ends in a finding that names it.
 *
 * @module
 */
import type { JsonLimits } from './codec/json.ts'

export const LIMITS = {
  /** Bytes of one input. */
  fileBytes: 64 * 1024 * 1024,
  /** Bytes of one log, which is read piece by piece. */
  logBytes: 4 * 1024 * 1024 * 1024,
  /** Signed records taken from one log above {@link LIMITS.fileBytes}: all of them are in memory in the end. */
  logRecords: 10_000,
  /** Sessions taken from one table. */
  tableRows: 10_000,
  /** Bytes unpacked for one job. */
  jobBytes: 256 * 1024 * 1024,
  /** Members of all archives, mails and documents inside one input. */
  members: 1_000,
  /** Archives inside archives. */
  nesting: 3,
  /** Files of any kind inside each other. */
  carriedDepth: 6,
  /** Bytes unpacked for one packed byte, after the first MiB. */
  packingRatio: 100,
  /** Inputs of one job of a window. */
  jobInputs: 100_000,
  /** Wall time for one input. */
  inputSeconds: 5,
  /** So many more for each MiB of a log of any size, up to so many. */
  logSecondsPerMiB: 2,
  logSeconds: 600,
  /** Memory of the worker that reads one input. */
  inputMiB: 512,
  /** XML: bytes, nesting, attributes of one element, elements. */
  xmlBytes: 16 * 1024 * 1024,
  xmlDepth: 64,
  xmlAttributes: 64,
  /** JSON file around records. */
  jsonBytes: 16 * 1024 * 1024,
  /** Layers of encoding unwrapped to reach a record. */
  encodingLayers: 6,
  /** Signed records taken from one input. */
  records: 100_000,
  /** One OCMF record. */
  recordBytes: 1024 * 1024,
  readings: 10_000,
  /** Elements of one charging process in XML. */
  processElements: 5_000,
  /** Findings of one code for one record; the rest would say nothing new. */
  findingsOfOneCode: 20,
  /** Letters of the record that one finding quotes. */
  quotedLetters: 300,
  /** Text that may hold a public key. */
  keyTextBytes: 64 * 1024,
} as const

export type Limits = Readonly<Record<keyof typeof LIMITS, number>>

/** @returns wall time for a log of so many bytes */
export function secondsOfLog(bytes: number): number {
  const { inputSeconds, logSecondsPerMiB, logSeconds } = LIMITS
  return Math.min(logSeconds, inputSeconds + Math.ceil((bytes / 2 ** 20) * logSecondsPerMiB))
}

export const RECORD_JSON: JsonLimits = { depth: 16, stringBytes: 64 * 1024, values: 200_000 }
export const FILE_JSON: JsonLimits = { depth: 64, stringBytes: 16 * 1024 * 1024, values: 2_000_000 }

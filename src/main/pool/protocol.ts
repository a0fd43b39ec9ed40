/**
 * What the pool and its workers say to each other.
 *
 * @module
 */
import type { PublicKeyRef } from '../../shared/model/key.ts'
import type { FileResult } from '../engine/pipeline.ts'

/** Where the bytes of an input are. */
export type InputSource = { name: string } & (
  | { kind: 'path'; path: string }
  | { kind: 'bytes'; bytes: Uint8Array }
)

/** What holds for all inputs of a job. */
export interface JobSettings {
  /** Keys the user gives for everything. */
  given: readonly PublicKeyRef[]
  /** Ask both engines about every signature. */
  both: boolean
  /** Keep the signed bytes in the result. */
  evidence: boolean
  /** Milliseconds since 1970. */
  now: number
}

export interface Task {
  source: InputSource
  settings: JobSettings
  /** Keys of other inputs, for records without one. */
  offered: readonly PublicKeyRef[]
}

/** A file result as JSON text: cheaper to hand over than a tree of objects. */
export type Answer = string

export function packResult(result: FileResult): Answer {
  return JSON.stringify(result)
}

export function unpackResult(answer: Answer): FileResult {
  return JSON.parse(answer) as FileResult
}

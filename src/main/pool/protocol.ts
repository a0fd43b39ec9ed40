/**
 * What the pool and its workers say to each other.
 *
 * @module
 */
import type { Hex } from '../../shared/hex.ts'
import type { ReportKind } from '../../shared/api.ts'
import type { Language } from '../../shared/i18n/index.ts'
import type { PublicKeyRef, TrustLevel } from '../../shared/model/key.ts'
import type { Policy, VerificationResult } from '../../shared/model/verdict.ts'
import type { VerdictState } from '../../shared/model/verdict-state.ts'
import type { FileResult } from '../engine/pipeline.ts'
import type { Software } from '../software.ts'

/** Where the bytes of an input are. */
export type InputSource = {
  name: string
  /** For what is protected with one: in memory only, and in no log. */
  passwords?: readonly string[] | undefined
} & (
  | { kind: 'path'; path: string }
  | { kind: 'bytes'; bytes: Uint8Array }
  /** Known to be unreadable before anybody tries; the reason is one of `IN-NOFILE`. */
  | { kind: 'unreadable'; reason: string }
)

/** What holds for all inputs of a job. */
export interface JobSettings {
  /** Keys the user gives for everything. */
  given: readonly PublicKeyRef[]
  /** File of the key store, which need not exist; null for none. */
  store: string | null
  /** Ask both engines about every signature. */
  both: boolean
  /** Keep the signed bytes in the result. */
  evidence: boolean
  /** Milliseconds since 1970. */
  now: number
  /** Judge every input by itself and give back its line of NDJSON; null: give back the result. */
  lines: { policy: Policy; software: Software } | null
}

/** A signature in a file of its own. */
export interface OfferedSignature {
  /** The file it stands in. */
  name: string
  digits: Hex
}

export interface Task {
  source: InputSource
  settings: JobSettings
  /** Keys of other inputs, for records without one. */
  offered: readonly PublicKeyRef[]
  /** Detached signatures of other inputs, for records whose signature stands apart. */
  signatures?: readonly OfferedSignature[]
}

/** An input judged by itself. */
export interface JudgedInput {
  /** Lines of NDJSON in UTF-8, one for each file in it. */
  lines: Uint8Array<ArrayBuffer>[]
  /** State and key trust of each session; of an input without one, its state and K0. */
  outcomes: { state: VerdictState; trust: TrustLevel }[]
  /** A bill contradicts what is signed, or itself. */
  contradicts: boolean
  /** An error of ours stopped part of the check. */
  internal: boolean
  /** Keys for records of other inputs. */
  offered: PublicKeyRef[]
  /** Detached signatures for records of other inputs. */
  signatures: OfferedSignature[]
  wantsKeys: boolean
}

/** Text is cheaper to hand over than a tree of objects. */
export type Packed = { kind: 'result'; text: string } | { kind: 'judged'; judged: JudgedInput }

/** A report to be written of sessions that were told before. */
export interface ReportOrder {
  kind: ReportKind
  language: Language
  /** ISO 8601, UTC. */
  checkedAt: string
  result: Omit<VerificationResult, 'sessions'>
  /** Files to be embedded. */
  sources: readonly InputSource[]
}

/** A report is told in pieces, so that no message of thousands of sessions holds up its sender. */
export type ReportMessage =
  /** JSON: a list of sessions. */
  { kind: 'sessions'; text: string } | { kind: 'report'; order: ReportOrder }

export type ReportAnswer =
  /** In no unit. */
  | { kind: 'progress'; done: number; total: number }
  | { kind: 'report'; bytes: Uint8Array }
  | { kind: 'failed'; detail: string }

/** What a worker is asked: an input to read, or a report to write. */
export type Message = Task | ReportMessage

/**
 * `ready` is said once, by a worker that has loaded what it needs; `log` by one that has begun to read
 * a log of so many bytes, which takes longer than other inputs.
 */
export type Answer = { kind: 'ready' } | { kind: 'log'; bytes: number } | Packed | ReportAnswer

/** Whether the worker has done what it was asked. */
export function endsTask({ kind }: Answer): boolean {
  return kind !== 'ready' && kind !== 'log' && kind !== 'progress'
}

/** What an input gave, as asked for in {@link JobSettings.lines}. */
export type Read = { kind: 'result'; result: FileResult } | { kind: 'judged'; judged: JudgedInput }

export function pack(read: Read): Packed {
  return read.kind === 'judged' ? read : { kind: 'result', text: JSON.stringify(read.result) }
}

/** @returns what is handed over with an answer instead of being copied */
export function transferOf(answer: Answer): ArrayBuffer[] {
  return answer.kind === 'judged' ? answer.judged.lines.map(({ buffer }) => buffer) : []
}

export function unpack(packed: Packed): Read {
  if (packed.kind === 'judged') return packed
  return { kind: 'result', result: JSON.parse(packed.text) as FileResult }
}

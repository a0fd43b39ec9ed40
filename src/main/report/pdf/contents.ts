/**
 * What a report is about, prepared once: the sessions and inputs it covers, their files, the
 * embedded result.
 *
 * @module
 */
import { createHash } from 'node:crypto'
import type { Language } from '../../../shared/i18n/index.ts'
import type { Timestamp } from '../../../shared/model/reading.ts'
import type { Session } from '../../../shared/model/session.ts'
import type { InputResult, VerificationResult } from '../../../shared/model/verdict.ts'
import type { Integrity, Software } from '../../software.ts'
import { coveredBy } from '../covered.ts'
import { documentParts } from '../document.ts'

export interface ReportInput {
  result: VerificationResult
  /** The sessions to report, with their signed bytes where these are at hand. */
  sessions: readonly Session[]
  /** Files the result was read from; what matches no input is left out. */
  originals: readonly { name: string; bytes: Uint8Array }[]
  software: Software
  integrity: Integrity
  /** ISO 8601, UTC. */
  checkedAt: string
  /** One or both, in this order. */
  languages: readonly Language[]
}

export interface AttachedFile {
  /** Name inside the report. */
  name: string
  bytes: Uint8Array
  sha256: string
}

/** Originals of more bytes altogether are named by their SHA-256 only. */
export const ORIGINALS_LIMIT = 20 * 1024 * 1024
/** More sessions are reported in short form. */
export const FULL_SESSIONS = 50
export const RESULT_NAME = 'result.json'

export interface Contents {
  result: VerificationResult
  sessions: readonly Session[]
  /** Inputs without a session that are more than keys. */
  loneInputs: readonly InputResult[]
  software: Software
  integrity: Integrity
  checkedAt: Timestamp
  languages: readonly Language[]
  /** Originals by the SHA-256 of their bytes. */
  attached: ReadonlyMap<string, AttachedFile>
  /** All originals together are too large to be attached. */
  tooLarge: boolean
  resultJson: Uint8Array
  resultSha256: string
  /** Every session in full. */
  full: boolean
}

export function contentsOf(input: ReportInput): Contents {
  const result = coveredBy(input.result, input.sessions)
  const resultJson = new TextEncoder().encode([...documentParts(result, input.software)].join(''))
  const size = input.originals.reduce((total, { bytes }) => total + bytes.length, 0)
  const declared = result.inputs.reduce((total, { bytes }) => total + (bytes ?? 0), 0)
  const tooLarge = Math.max(size, declared) > ORIGINALS_LIMIT
  return {
    result,
    sessions: input.sessions,
    loneInputs: result.inputs.filter((one) => one.sessions.length === 0 && one.state !== null),
    software: input.software,
    integrity: input.integrity,
    checkedAt: utc(input.checkedAt),
    languages: input.languages,
    attached: tooLarge ? new Map() : attachedFiles(input, result),
    tooLarge,
    resultJson,
    resultSha256: sha256(resultJson),
    full: input.sessions.length <= FULL_SESSIONS,
  }
}

function attachedFiles(
  { originals }: ReportInput,
  { inputs }: VerificationResult,
): Map<string, AttachedFile> {
  const known = new Set(inputs.map((input) => input.sha256))
  const files = new Map<string, AttachedFile>()
  const taken = new Set([RESULT_NAME])
  for (const { name, bytes } of originals) {
    const digest = sha256(bytes)
    if (!known.has(digest) || files.has(digest)) continue
    files.set(digest, { name: freeName(safeName(name), taken), bytes, sha256: digest })
  }
  return files
}

/** Names of attachments are taken for file names by whoever saves them. */
function safeName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? ''
  const safe = last.replace(/[^\w.\- ()+@=,\u00c0-\u017e]/gu, '_').replace(/^\.+/, '_')
  if (/^-?$/.test(safe)) return 'input'
  return safe.length > LONGEST_NAME ? safe.slice(-LONGEST_NAME) : safe
}

const LONGEST_NAME = 120

function freeName(name: string, taken: Set<string>): string {
  const dot = name.lastIndexOf('.')
  const [stem, suffix] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, '']
  let free = name
  // Some file systems do not tell capitals from small letters.
  for (let count = 2; taken.has(free.toLowerCase()); count++) free = `${stem} (${count})${suffix}`
  taken.add(free.toLowerCase())
  return free
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function utc(iso: string): Timestamp {
  const epochMs = Date.parse(iso)
  const known = Number.isNaN(epochMs) ? null : epochMs
  return { text: iso, epochMs: known, offsetMin: 0, sync: 'unknown' }
}

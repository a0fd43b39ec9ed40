/**
 * `--report`: the result of a run as PDF, written whole or not at all.
 *
 * @module
 */
import { accessSync, constants, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { visible } from '../../../shared/display.ts'
import { type Language, text } from '../../../shared/i18n/index.ts'
import type { VerificationResult } from '../../../shared/model/verdict.ts'
import type { InputSource } from '../../pool/protocol.ts'
import { originalsOf } from '../../pool/originals.ts'
import { ORIGINALS_LIMIT } from '../../report/pdf/contents.ts'
import { type Software, checkIntegrity } from '../../software.ts'
import { writeAtomically } from '../write-atomically.ts'

/** Why there is no report. */
export type ReportFailure =
  | 'missing'
  | 'forbidden'
  | 'full'
  | 'folder'
  | 'special'
  | 'input'
  | 'other'

export class ReportError extends Error {
  override readonly name = 'ReportError'
  readonly reason: ReportFailure
  readonly path: string
  /** What the file system said. */
  readonly code: string

  constructor(reason: ReportFailure, path: string, code = '') {
    super(reason)
    this.reason = reason
    this.path = path
    this.code = code
  }

  /** @returns the sentence for whoever asked for the report */
  sentence(language: Language): string {
    return text(language, `report.failed.${this.reason}`, {
      path: visible(this.path),
      code: this.code,
    })
  }
}

export interface ReportRun {
  result: VerificationResult
  sources: readonly InputSource[]
  software: Software
  language: Language
  /** Milliseconds since 1970. */
  now: number
}

/**
 * Says before a long run what would keep its report from being written.
 *
 * @throws ReportError
 */
export function checkReportPath(path: string, inputs: readonly string[]): void {
  const there = statSync(path, { throwIfNoEntry: false })
  if (there?.isDirectory() === true) throw new ReportError('folder', path)
  if (there !== undefined && !there.isFile()) throw new ReportError('special', path)
  if (inputs.some((input) => isSameFile(path, input))) throw new ReportError('input', path)
  try {
    accessSync(dirname(path), constants.W_OK)
  } catch (error) {
    throw failureOf(error, path)
  }
}

/** @throws ReportError; what stood at `path` is then still there */
export async function saveReport(path: string, run: ReportRun): Promise<void> {
  const { result, sources, software, language, now } = run
  checkReportPath(
    path,
    sources.flatMap((source) => (source.kind === 'path' ? [source.path] : [])),
  )
  // Whoever wants no report does not wait for what writes one.
  const { pdfReport } = await import('../../report/pdf/report.ts')
  const bytes = await pdfReport({
    result,
    sessions: result.sessions,
    originals: originalsOf(result, sources, ORIGINALS_LIMIT),
    software,
    integrity: checkIntegrity(),
    checkedAt: new Date(now).toISOString(),
    languages: [language],
  })
  try {
    await writeAtomically(path, bytes)
  } catch (error) {
    throw failureOf(error, path)
  }
}

/** Also where the two are links, or written differently. */
function isSameFile(a: string, b: string): boolean {
  const [one, other] = [a, b].map((path) => statSync(path, { bigint: true, throwIfNoEntry: false }))
  return one !== undefined && other !== undefined && one.ino === other.ino && one.dev === other.dev
}

export function failureOf(error: unknown, path: string): ReportError {
  const { code = '' } = error as NodeJS.ErrnoException
  return new ReportError(REASONS[code] ?? 'other', path, code)
}

const REASONS: Record<string, ReportFailure> = {
  ENOENT: 'missing',
  ENOTDIR: 'missing',
  EACCES: 'forbidden',
  EPERM: 'forbidden',
  EROFS: 'forbidden',
  ENOSPC: 'full',
  EDQUOT: 'full',
  EFBIG: 'full',
  EISDIR: 'folder',
}

/**
 * `eichlicht verify`: reads all inputs and writes the result in the form asked for.
 *
 * NDJSON judges every input by itself and writes it as soon as it is done, so that memory stays
 * flat; the other forms pair begin and end across inputs.
 *
 * @module
 */
import { availableParallelism } from 'node:os'
import type { Language } from '../../../shared/i18n/index.ts'
import { type PublicKeyRef, TRUST_LEVELS, type TrustLevel } from '../../../shared/model/key.ts'
import type { Policy, VerificationResult } from '../../../shared/model/verdict.ts'
import { type FileResult, conclude } from '../../engine/pipeline.ts'
import { digest } from '../../host-deps.ts'
import { storeFile } from '../../key-store/folder.ts'
import { type Reader, createReader, readInOrder } from '../../pool/job.ts'
import { offeredKeys, offeredSignatures, outcomesOf } from '../../pool/judge-input.ts'
import type { InputSource, JudgedInput, OfferedSignature } from '../../pool/protocol.ts'
import { launchThread } from '../../pool/thread.ts'
import { csvHeader, csvRows } from '../../report/csv.ts'
import { documentParts } from '../../report/document.ts'
import { textReport } from '../../report/text.ts'
import type { Software } from '../../software.ts'
import type { Command, VerifyCommand } from './args.ts'
import { type ExitCode, exitCodes } from './exit-code.ts'
import { inputSources, readStandardInput } from './inputs.ts'
import { givenKeys } from './keys.ts'
import type { ReportError } from './save-report.ts'

export interface Output {
  /** Waits until the text is taken. */
  write(text: string | Uint8Array): Promise<void>
  /** Progress, for people. */
  note(text: string): void
}

/** @returns the exit codes of everything that was read; 1 with them where no report was written */
export async function verify(
  command: VerifyCommand & Command,
  software: Software,
  output: Output,
): Promise<ExitCode[]> {
  if (command.report !== null && !(await canReport(command.report, command))) return [1]
  const wantsInput = [...command.paths, ...command.keys].includes('-')
  const standardInput = wantsInput ? await readStandardInput() : null
  const given = givenKeys(command.keys, command.keyTrust, standardInput)
  const found = inputSources(command.paths, command.recursive, standardInput)
  const all = withPassword(found, command.password)
  const { head, sources } = peek(all)
  const now = Date.now()
  // Less than the register is never called confirmed, whatever the exit code is to be.
  const requiredTrust = higher(command.requireTrust, 'K3')
  const policy: Policy = { requiredTrust, profile: command.profile }
  // Both engines look at every signature of a few files; more are left to the fast one.
  const few = head.length <= FEW_INPUTS
  const lines = command.format === 'ndjson' ? { policy, software } : null
  const reader = createReader(
    {
      settings: {
        given,
        store: storeOf(command),
        both: few,
        evidence: command.report !== null,
        now,
        lines,
      },
      workers: command.jobs ?? availableParallelism(),
      launch: launchThread,
    },
    head,
  )
  const run: Run = { command, software, output, reader, policy, now }
  try {
    return await (command.format === 'ndjson' ? streamLines(run, sources) : writeAll(run, sources))
  } finally {
    await reader.close()
  }
}

const FEW_INPUTS = 8

/** The user's own store, unless another is named or none is wanted. Checking never makes one. */
function storeOf({ store, noStore }: VerifyCommand): string | null {
  return noStore ? null : storeFile(store)
}

interface Run {
  command: VerifyCommand & Command
  software: Software
  output: Output
  reader: Reader
  policy: Policy
  now: number
}

function* withPassword(sources: Iterable<InputSource>, password: string | null) {
  for (const source of sources) {
    yield password === null ? source : { ...source, passwords: [password] }
  }
}

/** Looks at the first inputs without losing them. */
function peek(all: Generator<InputSource>) {
  const head: InputSource[] = []
  for (let next = all.next(); next.done !== true; next = all.next()) {
    head.push(next.value)
    if (head.length > FEW_INPUTS) break
  }
  function* sources() {
    yield* head
    yield* all
  }
  return { head, sources: sources() }
}

function higher(a: TrustLevel, b: TrustLevel): TrustLevel {
  return TRUST_LEVELS.indexOf(a) > TRUST_LEVELS.indexOf(b) ? a : b
}

async function streamLines(run: Run, sources: Iterable<InputSource>): Promise<ExitCode[]> {
  const codes = new Set<ExitCode>()
  const put = async (judged: JudgedInput) => {
    for (const code of exitCodes(judged, run.command.requireTrust)) codes.add(code)
    for (const part of judged.lines) await run.output.write(part)
  }
  const waiting: InputSource[] = []
  const keys = new Map<string, PublicKeyRef>()
  const signatures: OfferedSignature[] = []
  for await (const { source, read } of readInOrder(run.reader, sources)) {
    if (read.kind !== 'judged') continue
    for (const key of read.judged.offered) keys.set(`${key.source} ${key.fingerprint}`, key)
    signatures.push(...read.judged.signatures)
    if (read.judged.wantsKeys) waiting.push(source)
    else await put(read.judged)
  }
  for (const source of waiting) {
    const again = await run.reader.read(source, [...keys.values()], signatures)
    if (again.kind === 'judged') await put(again.judged)
  }
  return [...codes]
}

async function writeAll(run: Run, sources: Iterable<InputSource>): Promise<ExitCode[]> {
  const { command, output, reader, policy, now } = run
  const files: { source: InputSource; result: FileResult }[] = []
  for await (const { source, read } of readInOrder(reader, sources)) {
    if (read.kind === 'result') files.push({ source, result: read.result })
    if (files.length % 1000 === 0) output.note(`${files.length} …`)
  }
  const first = files.map(({ result }) => result)
  const offered = offeredKeys(first)
  const signatures = offeredSignatures(first)
  for (const file of offered.length + signatures.length === 0 ? [] : files) {
    if (!file.result.wantsKeys) continue
    const again = await reader.read(file.source, offered, signatures)
    if (again.kind === 'result') file.result = again.result
  }
  const results = files.map(({ result }) => result)
  const result = conclude(results, { policy, now, digest })
  for (const part of rendered(run, result)) await output.write(part)
  const codes = exitCodes(outcomesOf(result), command.requireTrust)
  if (command.report === null) return codes
  const read = files.map(({ source }) => source)
  const written = await writeReport(command.report, run, result, read)
  return written ? codes : [...codes, 1]
}

/** Says at once what would keep the report from being written at the end. */
async function canReport(path: string, { paths, language }: VerifyCommand & Command) {
  const { checkReportPath, ReportError } = await import('./save-report.ts')
  try {
    checkReportPath(path, paths)
    return true
  } catch (error) {
    if (!(error instanceof ReportError)) throw error
    return complain(error, language)
  }
}

async function writeReport(
  path: string,
  { command, software, now }: Run,
  result: VerificationResult,
  sources: readonly InputSource[],
): Promise<boolean> {
  const { saveReport, ReportError } = await import('./save-report.ts')
  try {
    await saveReport(path, { result, sources, software, language: command.language, now })
    return true
  } catch (error) {
    if (!(error instanceof ReportError)) throw error
    return complain(error, command.language)
  }
}

/** @returns false: there is no report */
function complain(error: ReportError, language: Language): boolean {
  process.stderr.write(`eichlicht: ${error.sentence(language)}\n`)
  return false
}

function rendered({ command, software }: Run, result: VerificationResult): Iterable<string> {
  switch (command.format) {
    case 'json':
      return documentParts(result, software)
    case 'csv':
      return [csvHeader(), ...csvRows(result)]
    case 'text':
    case 'ndjson':
      return [textReport(result, command.language)]
  }
}

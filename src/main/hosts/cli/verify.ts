/**
 * `eichlicht verify`: reads all inputs and writes the result in the form asked for.
 *
 * NDJSON judges every input by itself and writes it as soon as it is done, so that memory stays
 * flat; the other forms pair begin and end across inputs.
 *
 * @module
 */
import { availableParallelism } from 'node:os'
import { TRUST_LEVELS, type TrustLevel } from '../../../shared/model/key.ts'
import type { Policy, VerificationResult } from '../../../shared/model/verdict.ts'
import { type FileResult, conclude } from '../../engine/pipeline.ts'
import { digest } from '../../host-deps.ts'
import { type Reader, createReader, offeredKeys, readInOrder } from '../../pool/job.ts'
import type { InputSource } from '../../pool/protocol.ts'
import { launchThread } from '../../pool/thread.ts'
import { csvHeader, csvRows } from '../../report/csv.ts'
import { inputLine, resultDocument } from '../../report/document.ts'
import { textReport } from '../../report/text.ts'
import type { Software } from '../../software.ts'
import type { Command, VerifyCommand } from './args.ts'
import { type ExitCode, exitCodes } from './exit-code.ts'
import { inputSources, readStandardInput } from './inputs.ts'
import { givenKeys } from './keys.ts'

export interface Output {
  /** Waits until the text is taken. */
  write(text: string): Promise<void>
  /** Progress, for people. */
  note(text: string): void
}

/** @returns the exit codes of everything that was read */
export async function verify(
  command: VerifyCommand & Command,
  software: Software,
  output: Output,
): Promise<ExitCode[]> {
  const wantsInput = [...command.paths, ...command.keys].includes('-')
  const standardInput = wantsInput ? await readStandardInput() : null
  const given = givenKeys(command.keys, command.keyTrust, standardInput)
  const all = inputSources(command.paths, command.recursive, standardInput)
  const { head, sources } = peek(all)
  const now = Date.now()
  // Both engines look at every signature of a few files; more are left to the fast one.
  const few = head.length <= FEW_INPUTS
  const reader = createReader(
    {
      settings: { given, both: few, evidence: false, now },
      workers: command.jobs ?? availableParallelism(),
      launch: launchThread,
    },
    head,
  )
  // Less than the register is never called confirmed, whatever the exit code is to be.
  const requiredTrust = higher(command.requireTrust, 'K3')
  const policy: Policy = { requiredTrust, profile: command.profile }
  const run: Run = { command, software, output, reader, policy, now }
  try {
    return await (command.format === 'ndjson' ? streamLines(run, sources) : writeAll(run, sources))
  } finally {
    await reader.close()
  }
}

const FEW_INPUTS = 8

interface Run {
  command: VerifyCommand & Command
  software: Software
  output: Output
  reader: Reader
  policy: Policy
  now: number
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
  const put = async (result: FileResult) => {
    const concluded = concludeFor(run, [result])
    for (const code of exitCodes(concluded, run.command.requireTrust)) codes.add(code)
    await run.output.write(`${JSON.stringify(inputLine(concluded, run.software))}\n`)
  }
  const waiting: InputSource[] = []
  const keys = new Map<string, ReturnType<typeof offeredKeys>[number]>()
  for await (const { source, result } of readInOrder(run.reader, sources)) {
    for (const key of offeredKeys([result])) keys.set(`${key.source} ${key.fingerprint}`, key)
    if (result.wantsKeys) waiting.push(source)
    else await put(result)
  }
  for (const source of waiting) await put(await run.reader.read(source, [...keys.values()]))
  return [...codes]
}

async function writeAll(run: Run, sources: Iterable<InputSource>): Promise<ExitCode[]> {
  const { command, output, software } = run
  const read: { source: InputSource; result: FileResult }[] = []
  for await (const entry of readInOrder(run.reader, sources)) {
    read.push(entry)
    if (read.length % 1000 === 0) output.note(`${read.length} …`)
  }
  const offered = offeredKeys(read.map(({ result }) => result))
  for (const entry of offered.length === 0 ? [] : read) {
    if (entry.result.wantsKeys) entry.result = await run.reader.read(entry.source, offered)
  }
  const result = concludeFor(run, read.map((entry) => entry.result))
  await output.write(rendered(command, result, software))
  return exitCodes(result, command.requireTrust)
}

function concludeFor({ policy, now }: Run, files: FileResult[]): VerificationResult {
  return conclude(files, { policy, now, digest })
}

function rendered(
  { format, language }: VerifyCommand & Command,
  result: VerificationResult,
  software: Software,
): string {
  switch (format) {
    case 'json':
      return `${JSON.stringify(resultDocument(result, software), null, 2)}\n`
    case 'csv':
      return csvHeader() + csvRows(result)
    case 'text':
    case 'ndjson':
      return textReport(result, language)
  }
}

/**
 * One input judged by itself, as a line of NDJSON.
 *
 * @module
 */
import type { PublicKeyRef } from '../../shared/model/key.ts'
import type { VerificationResult } from '../../shared/model/verdict.ts'
import { contradicts } from '../engine/invoice/bills.ts'
import { type FileResult, conclude, withMembers } from '../engine/pipeline.ts'
import { digest } from '../host-deps.ts'
import { inputLines } from '../report/document.ts'
import type { JobSettings, JudgedInput, OfferedSignature, Read } from './protocol.ts'

/** @returns the result as it is, or judged where the job asks for lines */
export function asAsked(result: FileResult, { lines, now }: JobSettings): Read {
  if (lines === null) return { kind: 'result', result }
  const concluded = conclude([result], { policy: lines.policy, now, digest })
  const judged: JudgedInput = {
    lines: [...inBytes(inputLines(concluded, lines.software))],
    ...outcomesOf(concluded),
    offered: offeredKeys([result]),
    signatures: offeredSignatures([result]),
    wantsKeys: result.wantsKeys,
  }
  return { kind: 'judged', judged }
}

/** Bytes can be handed over to another thread; text would be copied. */
function* inBytes(parts: Iterable<string>): Generator<Uint8Array<ArrayBuffer>> {
  let waiting: string[] = []
  let length = 0
  for (const part of parts) {
    waiting.push(part)
    length += part.length
    if (length < CHUNK) continue
    yield encoder.encode(waiting.join(''))
    waiting = []
    length = 0
  }
  yield encoder.encode(waiting.join(''))
}

const encoder = new TextEncoder()
const CHUNK = 256 * 1024

/** States and trust that a result comes down to. */
export function outcomesOf({
  inputs,
  sessions,
}: VerificationResult): Pick<JudgedInput, 'outcomes' | 'internal' | 'contradicts'> {
  const ofSessions = sessions.map(({ verdict: { state, trust } }) => ({ state, trust }))
  const ofInputs = inputs.flatMap(({ state, sessions: own }) =>
    state === null || own.length > 0 ? [] : [{ state, trust: 'K0' as const }],
  )
  const bills = [...inputs, ...sessions.flatMap(({ invoice }) => invoice ?? [])]
  const parts = [...inputs, ...sessions.flatMap(({ records }) => records)]
  return {
    outcomes: [...ofSessions, ...ofInputs],
    contradicts: bills.some(({ findings }) => contradicts(findings)),
    internal: parts.some(({ findings }) => findings.some(({ code }) => code === 'ENGINE-INTERNAL')),
  }
}

/**
 * Keys that inputs offer to records of others: those of an input that holds nothing else are meant
 * for the job, those that came with records, in one file or one archive, may only be tried.
 */
export function offeredKeys(results: readonly FileResult[]): PublicKeyRef[] {
  return results.flatMap((result) => {
    const delivered = withMembers([result])
    const keysOnly = delivered.every(({ records }) => records.length === 0)
    const source = keysOnly ? 'key-file' : 'container'
    return delivered.flatMap(({ keys, records, name }) => {
      const own = records.flatMap((record) => record.signature.key ?? [])
      return [...keys, ...own].map((key): PublicKeyRef => ({
        ...key,
        source,
        trust: 'K2',
        origin: name,
      }))
    })
  })
}

/** Detached signatures that inputs offer to records of others. */
export function offeredSignatures(results: readonly FileResult[]): OfferedSignature[] {
  return withMembers(results).flatMap(({ name, signatures }) =>
    signatures.map((digits) => ({ name, digits })),
  )
}

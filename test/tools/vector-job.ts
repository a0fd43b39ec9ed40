/**
 * Runs a vector through the pipe as a host would, and says what is not as expected.
 *
 * @module
 */
import { readFileSync, readdirSync } from 'node:fs'
import { asset } from '../../src/main/assets.ts'
import { LIMITS } from '../../src/main/engine/limits.ts'
import { type FileResult, conclude, readFile } from '../../src/main/engine/pipeline.ts'
import { readOffers } from '../../src/main/engine/signature/key-offer.ts'
import { keyBook } from '../../src/main/engine/trust/key-book.ts'
import type { Engines, InputFile, KeyBook } from '../../src/main/engine/types.ts'
import { digest } from '../../src/main/host-deps.ts'
import { offeredKeys, offeredSignatures } from '../../src/main/pool/judge-input.ts'
import { fromHex } from '../../src/shared/hex.ts'
import { type Finding, rowOf } from '../../src/shared/model/finding.ts'
import type { Severity } from '../../src/shared/model/finding-row.ts'
import type { PublicKeyRef, TrustLevel } from '../../src/shared/model/key.ts'
import type { Session } from '../../src/shared/model/session.ts'
import type { VerificationResult } from '../../src/shared/model/verdict.ts'
import { VERDICT_STATES } from '../../src/shared/model/verdict-state.ts'
import { type Vector, isCode, parseVector } from './vector-file.ts'

/** The time of every run: results never depend on the day. */
export const NOW = Date.UTC(2026, 5, 1)

const FOLDER = new URL('../vectors/', import.meta.url)

/** @returns the vectors of a format by their names, in order; none where it has no folder */
export function vectorsOf(format: string): { name: string; vector: Vector }[] {
  const folder = new URL(`${format}/`, FOLDER)
  return readdirSync(folder)
    .filter((file) => file.endsWith('.vec'))
    .toSorted()
    .map((file) => {
      const name = file.slice(0, -'.vec'.length)
      return { name, vector: parseVector(readFileSync(new URL(file, folder), 'utf8'), name) }
    })
}

export function givenKeys(texts: readonly string[], trust: TrustLevel): PublicKeyRef[] {
  const source = trust === 'K4' ? 'imprint' : 'key-file'
  return texts.flatMap((text) => {
    const keys = readOffers(text, { source, trust, origin: '--key' }).flatMap((offer) => offer.keys)
    if (keys.length === 0) throw new Error('vector: no public key could be read')
    return keys
  })
}

function bookOf({ keys, trust, published }: Vector, offered: readonly PublicKeyRef[]): KeyBook {
  const given = givenKeys(keys, trust)
  const registered = published.flatMap(({ meter, key }) => {
    const place = { source: 'register', trust: 'K3', origin: 'register', meter } as const
    return readOffers(key, place).flatMap((offer) => offer.keys)
  })
  return {
    ...keyBook(given, offered),
    publishedFor: ({ meter }) => registered.filter((key) => key.meter === meter),
    find: (fingerprint) =>
      [...given, ...registered].filter((key) => key.fingerprint === fingerprint),
  }
}

/** Reads all inputs, those that want keys again with the keys of the others, and concludes. */
export async function runVector(vector: Vector, engines: Engines): Promise<VerificationResult> {
  const read = (
    file: InputFile,
    offered: readonly PublicKeyRef[],
    signatures: readonly Uint8Array[],
  ): Promise<FileResult> =>
    readFile(file, {
      keys: bookOf(vector, offered),
      signatures,
      engines,
      digest,
      now: NOW,
      limits: LIMITS,
      asset,
      evidence: false,
    })
  const first: FileResult[] = []
  for (const file of vector.files) first.push(await read(file, [], []))
  const offered = offeredKeys(first)
  const signatures = offeredSignatures(first).flatMap(({ digits }) => fromHex(digits) ?? [])
  const files: FileResult[] = []
  for (const [index, file] of vector.files.entries()) {
    const result = first[index]
    if (result === undefined) continue
    const again = result.wantsKeys && offered.length + signatures.length > 0
    files.push(again ? await read(file, offered, signatures) : result)
  }
  const policy = { requiredTrust: 'K3', profile: 'driver' } as const
  return conclude(files, { policy, now: NOW, digest })
}

export function findingsOf({ inputs, sessions }: VerificationResult): Finding[] {
  return [
    ...inputs.flatMap(({ findings }) => findings),
    ...sessions.flatMap(({ findings, invoice, records }) => [
      ...findings,
      ...(invoice?.findings ?? []),
      ...records.flatMap((record) => record.findings),
    ]),
  ]
}

function energyText({ energy }: Session): string | null {
  return energy === null ? null : `${energy.value} ${energy.unit}`
}

function usableText({ verdict }: Session): string | null {
  const parts = [
    ...(verdict.energyUsable ? ['energy'] : []),
    ...(verdict.timeUsable ? ['time'] : []),
  ]
  return parts.length === 0 ? null : parts.join('+')
}

/** @returns what is not as the vector says, in words; nothing where all is */
export function differences(vector: Vector, result: VerificationResult): string[] {
  const { inputs, sessions } = result
  const found = findingsOf(result)
  const states =
    sessions.length > 0 ? sessions.map(({ verdict }) => verdict.state) : inputs.map((i) => i.state)
  const compare = (what: string, wanted: readonly unknown[] | null, got: readonly unknown[]) =>
    wanted === null || wanted.join() === got.join()
      ? []
      : [`${what}: wanted ${wanted.join(' ')}, got ${got.join(' ')}`]
  const statuses = sessions.flatMap(({ records }) => records.map((r) => r.signature.status))
  return [
    ...compare('states', vector.expect, states),
    ...compare(
      'inputs',
      vector.inputs,
      inputs.map(({ state }) => state),
    ),
    ...compare('signature', vector.signature, statuses),
    ...compare('energy', vector.energy, sessions.map(energyText)),
    ...compare(
      'duration',
      vector.duration,
      sessions.map(({ durationS }) => durationS),
    ),
    ...compare('usable', vector.usable, sessions.map(usableText)),
    ...compare(
      'trust',
      vector.expectTrust,
      sessions.map(({ trust }) => trust.level),
    ),
    ...missing(vector, found),
    ...unexpected(vector, found),
    ...contradictions(result),
  ]
}

function missing({ findings }: Vector, found: readonly Finding[]): string[] {
  return findings
    .filter(
      ({ code, severity }) =>
        !found.some(
          (other) => other.code === code && (severity === null || other.severity === severity),
        ),
    )
    .map(({ code, severity }) => `missing: ${code}${severity === null ? '' : `/${severity}`}`)
}

const WEIGHT = { error: 2, warning: 1, info: 0 } as const satisfies Record<Severity, number>

function unexpected({ findings, notFindings }: Vector, found: readonly Finding[]): string[] {
  const listed = new Set<string>(findings.map(({ code }) => code))
  // A general code may stand beside the numbered one it belongs to, and weighs no more than it.
  const implied = ({ code, severity }: Finding) =>
    found.some(
      (other) =>
        rowOf(other.code).general === code &&
        listed.has(other.code) &&
        WEIGHT[other.severity] >= WEIGHT[severity],
    )
  const unlisted = found.filter(
    (other) => other.severity !== 'info' && !listed.has(other.code) && !implied(other),
  )
  const forbidden = found.filter(({ code }) => notFindings.includes(code))
  const text = ({ code, severity, path }: Finding) => `${code}/${severity} ${path ?? ''}`
  return [...new Set([...unlisted, ...forbidden].map((other) => `unexpected: ${text(other)}`))]
}

/** @returns the general code that has to stand beside a finding of that weight */
function generalOf({ code, severity }: Finding): string | null {
  const { general } = rowOf(code)
  if (general === undefined || !isCode(general)) return null
  return rowOf(general).severity.includes(severity) ? general : null
}

/** What holds for every result, whatever the vector says (product decisions, section 2). */
function contradictions({ inputs, sessions }: VerificationResult): string[] {
  const wrong: string[] = []
  for (const { id, verdict, records, findings } of sessions) {
    const all = [...findings, ...records.flatMap((record) => record.findings)]
    const worst = VERDICT_STATES.find((state) =>
      all.some(({ code, severity }) => severity === 'error' && rowOf(code).state === state),
    )
    if (
      worst !== undefined &&
      VERDICT_STATES.indexOf(worst) < VERDICT_STATES.indexOf(verdict.state)
    ) {
      wrong.push(`${id}: ${verdict.state} in spite of a finding for ${worst}`)
    }
    for (const found of all) {
      const general = generalOf(found)
      if (general !== null && !all.some((other) => other.code === general)) {
        wrong.push(`${found.code} without ${general}`)
      }
    }
  }
  const rows = new Set(inputs.flatMap((input) => input.sessions))
  if (sessions.some(({ id }) => !rows.has(id))) wrong.push('a session without an input')
  return wrong
}

/**
 * Small signed inputs, and the whole pipe over them as a host runs it.
 *
 * @module
 */
import { utf8Bytes } from '../../src/main/engine/codec/text.ts'
import { LIMITS } from '../../src/main/engine/limits.ts'
import { type FileResult, conclude, readFile } from '../../src/main/engine/pipeline.ts'
import { readOffers } from '../../src/main/engine/signature/key-offer.ts'
import { keyBook } from '../../src/main/engine/trust/key-book.ts'
import type { EngineDeps } from '../../src/main/engine/types.ts'
import { asset } from '../../src/main/assets.ts'
import { digest, hostEngines } from '../../src/main/host-deps.ts'
import { offeredKeys } from '../../src/main/pool/judge-input.ts'
import type { Finding } from '../../src/shared/model/finding.ts'
import type { PublicKeyRef, TrustLevel } from '../../src/shared/model/key.ts'
import type { Policy, VerificationResult } from '../../src/shared/model/verdict.ts'
import { type ThrowAwayKey, keyHex, ocmf, throwAwayKey, valuesXml } from './sign.ts'

export const NOW = Date.UTC(2026, 5, 1)
export const POLICY: Policy = { requiredTrust: 'K3', profile: 'driver' }

export type Members = Record<string, unknown>

/** Members of a reading; every one that is undefined is left out. */
export function readingOf(letter: string, minutes: number, value: string, over: Members = {}) {
  const clock = `${String(8 + Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
  return {
    TM: `2026-03-01T${clock}:00,000+0100 S`,
    TX: letter,
    RV: `#${value}#`,
    RI: '01-00:B1.08.00*FF',
    RU: 'kWh',
    RT: 'AC',
    EF: '',
    ST: 'G',
    ...over,
  }
}

/** JSON of a payload; `#1.50#` becomes the number 1.50 with these digits. */
export function payload(readings: readonly Members[], over: Members = {}): string {
  const members = {
    FV: '1.4',
    GI: 'Test gateway',
    GS: 'GW-1',
    GV: '1.0',
    PG: 'T1',
    MV: 'Test',
    MM: 'Meter',
    MS: 'METER-1',
    MF: '1.0',
    IS: true,
    IL: 'VERIFIED',
    IF: ['RFID_PLAIN'],
    IT: 'ISO14443',
    ID: '1F2D3A4B',
    CT: 'EVSEID',
    CI: 'DE*ABC*E1*1',
    RD: readings,
    ...over,
  }
  return JSON.stringify(members).replace(/"#([^"#]*)#"/g, '$1')
}

export interface SmallRecord {
  key?: ThrowAwayKey
  /** Counter of the record, or of the begin of two. */
  number?: number
  /** Other or further members of the payload. */
  over?: Members
}

const WHOLE = [readingOf('B', 0, '100.00'), readingOf('E', 60, '110.50')]

/** A whole session in one record: 10.50 kWh in one hour. */
export function wholeSession({ key, number = 1, over }: SmallRecord = {}): string {
  return ocmf(payload(WHOLE, { PG: `T${number}`, ...over }), key === undefined ? {} : { key })
}

/** Begin and end of a session in two records. */
export function twoRecords({ key, number = 1, over }: SmallRecord = {}): [string, string] {
  const [first, last] = WHOLE.map((one, index) =>
    ocmf(payload([one], { PG: `T${number + index}`, ...over }), key === undefined ? {} : { key }),
  )
  return [first ?? '', last ?? '']
}

/** The XML container with records and one key beside them. */
export function xmlWith(records: readonly string[], key = throwAwayKey()): string {
  return valuesXml(records.map((data) => ({ data, keys: [keyHex(key)] })))
}

export function givenKey(key: ThrowAwayKey, trust: TrustLevel): PublicKeyRef[] {
  const source = trust === 'K4' ? 'imprint' : trust === 'K3' ? 'register' : 'key-file'
  return readOffers(keyHex(key), { source, trust, origin: 'given' }).flatMap(({ keys }) => keys)
}

export interface Run {
  given?: readonly PublicKeyRef[]
  policy?: Policy
  both?: boolean
  now?: number
}

/** @param offered keys of other inputs */
export function deps(run: Run = {}, offered: readonly PublicKeyRef[] = []): EngineDeps {
  return {
    keys: keyBook(run.given ?? [], offered),
    engines: hostEngines(run.both ?? true),
    digest,
    asset,
    now: run.now ?? NOW,
    limits: LIMITS,
    evidence: false,
  }
}

export type SmallInput = { name: string; content: string | Uint8Array }

export function readOne(content: string | Uint8Array, run: Run = {}): Promise<FileResult> {
  return readInput({ name: 'input', content }, run)
}

function readInput(
  { name, content }: SmallInput,
  run: Run,
  offered: readonly PublicKeyRef[] = [],
): Promise<FileResult> {
  const bytes = typeof content === 'string' ? utf8Bytes(content) : content
  return readFile({ name, bytes }, deps(run, offered))
}

/** Reads all inputs, those that want keys again with the keys of the others, and concludes. */
export async function verify(
  inputs: readonly (SmallInput | string)[],
  run: Run = {},
): Promise<VerificationResult> {
  const named = inputs.map((input, index) =>
    typeof input === 'string' ? { name: `input-${index + 1}`, content: input } : input,
  )
  const files: FileResult[] = []
  for (const input of named) files.push(await readInput(input, run))
  const offered = offeredKeys(files)
  for (const [index, input] of named.entries()) {
    if (offered.length === 0 || files[index]?.wantsKeys !== true) continue
    files[index] = await readInput(input, run, offered)
  }
  return conclude(files, { policy: run.policy ?? POLICY, now: run.now ?? NOW, digest })
}

/** All findings of a result. */
export function allFindings({ inputs, sessions }: VerificationResult): Finding[] {
  return [
    ...inputs.flatMap(({ findings }) => findings),
    ...sessions.flatMap(({ findings, records }) => [
      ...findings,
      ...records.flatMap((record) => record.findings),
    ]),
  ]
}

export function codes(result: VerificationResult): string[] {
  return [...new Set(allFindings(result).map(({ code }) => code))]
}

export function states(result: VerificationResult): (string | null)[] {
  return result.inputs.map(({ state }) => state)
}

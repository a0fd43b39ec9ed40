/**
 * The pipe: open → decode → verify → check for each file, then pair → check → judge → decide
 * and compare over all of them. Nothing else happens here.
 *
 * @module
 */
import { append } from '../../shared/append.ts'
import {
  type Finding,
  type LooseFinding,
  looseFinding,
  severityIn,
} from '../../shared/model/finding.ts'
import { type Hex, toHex } from '../../shared/hex.ts'
import type { InvoiceClaim, UnmatchedClaim } from '../../shared/model/invoice.ts'
import type { CurveId, PublicKeyRef } from '../../shared/model/key.ts'
import type { RecordResult } from '../../shared/model/record.ts'
import type { Session } from '../../shared/model/session.ts'
import type { InputResult, Policy, VerificationResult } from '../../shared/model/verdict.ts'
import { worst } from '../../shared/model/verdict-state.ts'
import { openFile, openLog } from './containers/index.ts'
import { decodeSafely, internal } from './formats/decode-safely.ts'
import { formatOf } from './formats/index.ts'
import { type Billed, compareBills } from './invoice/bills.ts'
import { failedRecord, idOf, recordResult } from './record-result.ts'
import { withGeneral } from './rules/general.ts'
import { SESSION_RULES } from './rules/index.ts'
import { checkJob } from './rules/job.ts'
import { brokenOffer, checkVerification } from './rules/record.ts'
import { checkStatements } from './rules/statements.ts'
import { type Assembled, assemble } from './sessions/assemble.ts'
import { dedupe } from './sessions/pair.ts'
import { pairRecords } from './sessions/roles.ts'
import { sessionOf } from './sessions/session.ts'
import { type KeysAround, allOf, candidateKeys, verifyClaim } from './signature/verify.ts'
import { bookFor, weighStatements } from './trust/statements.ts'
import type {
  Budget,
  CarriedFile,
  DecodedRecord,
  EngineDeps,
  InputFile,
  KeyBook,
  KeyOffer,
  LogFile,
  Opened,
  SignatureCheck,
  SignatureClaim,
  SignedRecord,
} from './types.ts'
import { stateOf } from './verdict.ts'

/** Everything one input gave; plain JSON. */
export interface FileResult {
  name: string
  /** null for an input that could not be read from disk. */
  sha256: string | null
  bytes: number | null
  records: RecordResult[]
  /** Keys the input offers to records of other inputs. */
  keys: PublicKeyRef[]
  /** What the input says was billed. */
  claims: InvoiceClaim[]
  findings: LooseFinding[]
  /** Detached signatures it offers to records of other inputs. */
  signatures: Hex[]
  /** Some record in it has no key or signature: reading again with those of other inputs may help. */
  wantsKeys: boolean
  /** It holds other files, and carriers were not to be opened: a worker has to read it. */
  wantsWorker: boolean
  /** What was packed inside it, each with a row of its own. */
  members: FileResult[]
}

/** Reads one input, whatever it is; never throws. */
export async function readFile(
  { name, bytes, passwords }: InputFile,
  deps: EngineDeps,
): Promise<FileResult> {
  const { jobBytes, members } = deps.limits
  const budget: Budget = { bytes: jobBytes, members }
  const file: CarriedFile = { name, bytes, passwords, origin: [{ step: 'file', name }] }
  return readOpened(await openTree(file, budget, deps), deps)
}

/**
 * Reads a log of any length, for which `isLargeLog` holds; never throws.
 *
 * Its records are verified when all of it was looked at: a key may stand behind what it signed.
 */
export async function readLog(file: LogFile, deps: EngineDeps): Promise<FileResult> {
  const { name, pieces, facts } = file
  const { jobBytes, members } = deps.limits
  const tree: Tree = { result: emptyResult(name), opened: null, members: [] }
  try {
    const opened = openLog(pieces, [{ step: 'file', name }], deps.limits)
    Object.assign(tree.result, facts())
    await addMembers(tree, opened, { bytes: jobBytes, members }, deps)
  } catch (error) {
    tree.result.findings.push(internal(error))
  }
  return readOpened(tree, deps)
}

async function readOpened(tree: Tree, deps: EngineDeps): Promise<FileResult> {
  const result = await readTree(tree, keysIn(tree), { ...deps, keys: ofOthers(tree, deps.keys) })
  const parts = withMembers([result])
  if (parts.length > 1 && !parts.some(saysSomething)) {
    result.findings.push(looseFinding('IN-UNKNOWN', {}))
  }
  return result
}

/** Keys of an input come back to it with those of the others, and are no stronger for that. */
function ofOthers(tree: Tree, keys: KeyBook): KeyBook {
  const own = new Set(namesIn(tree))
  return { ...keys, offered: keys.offered.filter(({ origin }) => !own.has(origin)) }
}

function namesIn({ result, members }: Tree): string[] {
  return [result.name, ...members.flatMap(namesIn)]
}

function saysSomething({ records, keys, claims, signatures, findings }: FileResult): boolean {
  const failed = findings.some((found) => stateOf(found) !== null)
  return records.length + keys.length + claims.length + signatures.length > 0 || failed
}

/** A file that was opened, and the files inside it. */
interface Tree {
  result: FileResult
  opened: Opened | null
  members: Tree[]
}

async function openTree(file: CarriedFile, budget: Budget, deps: EngineDeps): Promise<Tree> {
  const result: FileResult = {
    ...emptyResult(file.name),
    sha256: deps.digest('SHA256', file.bytes),
    bytes: file.bytes.length,
    findings: [...(file.findings ?? [])],
  }
  const tree: Tree = { result, opened: null, members: [] }
  try {
    const opened = await openFile(file, budget, deps)
    result.wantsWorker = opened === null
    if (opened !== null) await addMembers(tree, opened, budget, deps)
  } catch (error) {
    result.findings.push(internal(error))
  }
  return tree
}

async function addMembers(
  tree: Tree,
  opened: Opened,
  budget: Budget,
  deps: EngineDeps,
): Promise<void> {
  tree.opened = opened
  const names = new Set<string>()
  for (const member of opened.members) {
    const named = { ...member, name: unused(member.name, names) }
    const inside =
      'refused' in named
        ? { result: unreadInput(named.name, named.refused), opened: null, members: [] }
        : await openTree(named, budget, deps)
    inside.opened?.findings.splice(0, Infinity, ...inside.opened.findings.map(asMember))
    tree.members.push(inside)
    tree.result.wantsWorker ||= inside.result.wantsWorker
  }
}

const HARMLESS: ReadonlySet<string> = new Set(['IN-UNKNOWN', 'IN-NO-CODE'])

/** Nobody gave that file alone: a logo in a mail or a note in an archive is no failed check. */
function asMember(found: LooseFinding): LooseFinding {
  return HARMLESS.has(found.code) ? { ...found, severity: 'warning' } : found
}

/** Results are found by their names, and one archive may use a name several times. */
function unused(name: string, names: Set<string>): string {
  let free = name
  for (let number = 2; names.has(free); number++) free = `${name} (${number})`
  names.add(free)
  return free
}

/** Keys of a file and of all that is packed in it, which came together. */
function keysIn({ opened, members }: Tree): PublicKeyRef[] {
  return [...(opened?.keys ?? []).flatMap(({ keys }) => keys), ...members.flatMap(keysIn)]
}

/** @param delivered keys of everything that came in the same input */
async function readTree(
  { result, opened, members }: Tree,
  delivered: readonly PublicKeyRef[],
  deps: EngineDeps,
): Promise<FileResult> {
  try {
    // What is packed together belongs together.
    const beside = members.flatMap((member) => member.opened?.signatures ?? [])
    const inMember = beside.length > 0 ? { ...deps, signatures: beside } : deps
    for (const member of members) {
      const inside = await readTree(member, delivered, inMember)
      result.members.push(inside)
      result.wantsKeys ||= inside.wantsKeys
    }
    if (opened === null) return result
    append(result.findings, opened.findings)
    append(result.claims, opened.claims)
    append(
      result.keys,
      opened.keys.flatMap(({ keys }) => keys),
    )
    append(result.signatures, (opened.signatures ?? []).map(toHex))
    const keyless: Verified[] = []
    const own = new Set(result.keys.map(({ fingerprint }) => fingerprint))
    const foreign = delivered.filter(({ fingerprint }) => !own.has(fingerprint))
    const reading: Reading = { result, delivered, foreign, keyless, ready: new Set<CurveId>() }
    for (const record of opened.records) await readRecord(record, reading, deps)
    await recoverKeys(keyless, deps)
    if (members.length > 0) {
      result.findings.push(looseFinding('IN-MEMBERS', { count: String(members.length) }))
    } else if (result.records.length === 0) {
      append(result.findings, keysAlone(opened.keys, deps))
    }
  } catch (error) {
    result.findings.push(internal(error))
  }
  return result
}

/** An input without records says how many keys it gives, or why what it holds is none. */
function keysAlone(offers: readonly KeyOffer[], deps: EngineDeps): LooseFinding[] {
  const count = offers.reduce((sum, { keys }) => sum + keys.length, 0)
  if (count > 0) return [looseFinding('IN-KEYS', { count: String(count) })]
  return limited(
    offers.flatMap((offer) => brokenOffer(offer, 'error', false)),
    deps,
  )
}

/** A result for an input that never reached the engine. */
export function unreadInput(name: string, why: LooseFinding): FileResult {
  return { ...emptyResult(name), findings: [why] }
}

function emptyResult(name: string): FileResult {
  return {
    name,
    sha256: null,
    bytes: null,
    records: [],
    keys: [],
    claims: [],
    findings: [],
    signatures: [],
    wantsKeys: false,
    wantsWorker: false,
    members: [],
  }
}

/** @returns inputs and everything packed inside them, each behind what carried it */
export function withMembers(files: readonly FileResult[]): FileResult[] {
  return files.flatMap((file) => [file, ...withMembers(file.members)])
}

interface Verified {
  decoded: DecodedRecord
  check: SignatureCheck
  result: RecordResult
}

interface Reading {
  result: FileResult
  /** Keys that came with the file. */
  delivered: readonly PublicKeyRef[]
  /** The same without those of the file itself. */
  foreign: readonly PublicKeyRef[]
  keyless: Verified[]
  /** Kinds of key that the engines have loaded for this input. */
  ready: Set<CurveId>
}

async function readRecord(record: SignedRecord, reading: Reading, deps: EngineDeps): Promise<void> {
  const { result, keyless } = reading
  let read = await readAs(record, reading, deps)
  for (const bytes of record.others ?? []) {
    if (read === null || isValid(read)) break
    const other = await readAs({ ...record, bytes }, reading, deps)
    if (other !== null && isValid(other)) read = other
  }
  if (read === null) {
    const name = record.hints.format ?? '?'
    result.findings.push(looseFinding('IN-FORMAT', { format: name.slice(0, 64) }))
    return
  }
  result.records.push(read.result)
  if (!('check' in read)) return
  const { check, decoded } = read
  if (check.reason === 'no-key' || (check.reason === 'unsigned' && decoded.claim.apart === true)) {
    result.wantsKeys = true
  }
  if (check.reason === 'no-key') keyless.push(read)
}

function isValid({ result }: { result: RecordResult }): boolean {
  return result.signature.status === 'valid'
}

/** @returns null where no format claims the bytes */
async function readAs(
  record: SignedRecord,
  reading: Reading,
  deps: EngineDeps,
): Promise<Verified | { result: RecordResult } | null> {
  const { result, ready } = reading
  const format = formatOf(record)
  if (format === null) return null
  const notes = record.notes ?? []
  const outcome = decodeSafely(format, record, keysAtHand(record, result, deps))
  if ('failed' in outcome) {
    const findings = withGeneral([outcome.failed, ...notes])
    return { result: failedRecord(format.id, record, findings, deps) }
  }
  const { decoded } = outcome
  const { claim } = decoded
  const book = bookFor(decoded, deps.keys)
  const candidates = candidateKeys(decoded, keysAround(record, reading), book)
  for (const { curve } of allOf(candidates)) {
    if (!ready.has(curve)) await prepareEngines(curve, deps)
    ready.add(curve)
  }
  const offers = [...record.keys, ...decoded.embedded.map(({ offer }) => offer)]
  const broken = offers.some(({ keys }) => keys.length === 0)
  const attempts = signaturesApart(claim, deps).map((one) => ({
    claim: one,
    verified: verifyClaim(one, candidates, broken, book, deps.engines),
  }))
  const { claim: used, verified } = chosen(attempts) ?? {
    claim,
    verified: verifyClaim(claim, candidates, broken, book, deps.engines),
  }
  decoded.claim = used
  const { check, findings: ofKeys } = weighStatements(decoded, verified, candidates, deps.keys)
  const findings = [
    ...checkVerification(decoded, check),
    ...ofKeys,
    ...checkStatements(decoded, check),
    ...decoded.findings,
    ...(format.check?.(decoded, check) ?? []),
    ...notes,
  ]
  const read = recordResult(decoded, check, limited(withGeneral(findings), deps), deps)
  return { decoded, check, result: read }
}

/** A log says which of its keys are for which records. */
function keysAround({ own }: SignedRecord, { result, delivered, foreign }: Reading): KeysAround {
  if (own === undefined) return { own: result.keys, delivered }
  return { own: own.meant, elsewhere: own.trial, delivered: foreign }
}

/** What may open a sealed record: which keys count is decided after it. */
function keysAtHand(
  record: SignedRecord,
  result: FileResult,
  { keys: book }: EngineDeps,
): PublicKeyRef[] {
  const beside = record.keys.flatMap(({ keys }) => keys)
  return [...beside, ...book.given, ...result.keys, ...book.offered]
}

/** A record whose signature stands apart may have any of those that were handed over. */
function signaturesApart(claim: SignatureClaim, { signatures = [] }: EngineDeps): SignatureClaim[] {
  if (claim.apart !== true || claim.signature !== null) return []
  const different = new Map(signatures.map((bytes) => [toHex(bytes), bytes]))
  return Array.from(different.values(), (signature) => ({ ...claim, signature }))
}

/** The one that fits; else the only one there is, which then accuses the record. */
function chosen<T extends { verified: SignatureCheck }>(attempts: readonly T[]): T | undefined {
  const fits = attempts.find(({ verified }) => verified.status === 'valid')
  return fits ?? (attempts.length === 1 ? attempts[0] : undefined)
}

/** Engines load what they need for a kind of key. */
async function prepareEngines(curve: CurveId, { engines }: EngineDeps): Promise<void> {
  await engines.reference.prepare(curve)
  await engines.fast?.prepare(curve)
}

/** Without any key, the signatures themselves may show that one key made them all. */
async function recoverKeys(keyless: readonly Verified[], { engines }: EngineDeps): Promise<void> {
  if (keyless.length === 0 || !engines.both) return
  const { recoveredKeys } = await import('./signature/recovered-keys.ts')
  for (const { decoded, check, result } of keyless.slice(0, MOST_RECOVERED)) {
    result.signature.recovered = recoveredKeys(decoded.claim, check)
  }
}

/** Recovery takes as long as several verifications. */
const MOST_RECOVERED = 20

/** A flood of one finding says nothing new after the first few, and no sentence holds a whole file. */
function limited(findings: LooseFinding[], { limits }: EngineDeps): LooseFinding[] {
  const count = new Map<string, number>()
  return findings
    .filter(({ code }) => {
      const seen = (count.get(code) ?? 0) + 1
      count.set(code, seen)
      return seen <= limits.findingsOfOneCode
    })
    .map((found) => {
      const shortened = (value: string) =>
        value.length <= limits.quotedLetters ? value : `${value.slice(0, limits.quotedLetters)} …`
      const params = Object.entries(found.params).map(([name, value]) => [name, shortened(value)])
      return {
        ...found,
        params: Object.fromEntries(params) as Record<string, string>,
        path: found.path === null ? null : shortened(found.path),
      }
    })
}

export type ConcludeDeps = Pick<EngineDeps, 'now' | 'digest'> & { policy: Policy }

/** Pairs the records of all inputs and says what they are worth. */
export function conclude(
  inputs: readonly FileResult[],
  { policy, now, digest }: ConcludeDeps,
): VerificationResult {
  const files = withMembers(inputs)
  const assembled = pairRecords(dedupe(files)).map(assemble)
  const ofJob = checkSafely(
    () => checkJob(assembled),
    (fault) => new Map(assembled.map((session) => [session, [fault]])),
  )
  const sessions = assembled.map((session) => {
    const id = idOf(
      session.group.members.map(({ record }) => record.id),
      digest,
    )
    const own = SESSION_RULES.flatMap((rule) =>
      checkSafely(
        () => rule(session, { now }),
        (fault) => [fault],
      ),
    )
    const all = withGeneral([...own, ...(ofJob.get(session) ?? [])])
    return sessionOf(session, id, all, policy)
  })
  const billed = withBills(sessions, files)
  const inOrder = bySource(files, billed.sessions, assembled)
  const sessionsOf = byInput(inOrder)
  const unmatched = Map.groupBy(billed.unmatched, ({ input }) => input)
  const rowOf = (file: FileResult) =>
    inputResult(file, sessionsOf.get(file.name) ?? [], unmatched.get(file.name) ?? [])
  return withProfile({
    policy,
    inputs: files.map(rowOf),
    sessions: inOrder.map(({ session }) => session),
    unmatched: billed.unmatched,
  })
}

/** A bug of ours in the comparison costs the bills their result, and no session its verdict. */
function withBills(sessions: Session[], files: readonly FileResult[]): Billed {
  const claims = files.flatMap(({ name, claims }) =>
    claims.map((claim) => ({ input: name, claim })),
  )
  if (claims.length === 0) return { sessions, unmatched: [] }
  try {
    return compareBills(sessions, claims)
  } catch (error) {
    const unmatched = claims.map((placed) => {
      const findings = [{ ...internal(error), at: placed.input }]
      return { ...placed, amounts: [], findings }
    })
    return { sessions, unmatched }
  }
}

/** A bug of ours in a rule costs the sessions it looks at their verdict, and no other session. */
function checkSafely<T>(check: () => T, failed: (fault: LooseFinding) => T): T {
  try {
    return check()
  } catch (error) {
    return failed(internal(error))
  }
}

interface Placed {
  session: Session
  inputs: Set<string>
}

/** Sessions in the order of the inputs they were first found in. */
function bySource(
  files: readonly FileResult[],
  sessions: Session[],
  assembled: Assembled[],
): Placed[] {
  const position = new Map(files.map(({ name }, index) => [name, index]))
  const placed = sessions.map((session, index) => ({
    session,
    inputs: new Set(assembled[index]?.group.members.flatMap(({ inputs }) => inputs)),
  }))
  const first = ({ session }: Placed) => position.get(session.input) ?? 0
  return placed.toSorted((a, b) => first(a) - first(b))
}

function byInput(placed: readonly Placed[]): Map<string, Session[]> {
  const sessions = new Map<string, Session[]>()
  for (const { session, inputs } of placed) {
    for (const name of inputs) {
      const own = sessions.get(name)
      if (own === undefined) sessions.set(name, [session])
      else own.push(session)
    }
  }
  return sessions
}

/**
 * @param own sessions with records of that input
 * @param unmatched what it says was billed without a record among the inputs
 */
function inputResult(
  file: FileResult,
  own: readonly Session[],
  unmatched: readonly UnmatchedClaim[],
): InputResult {
  const findings: Finding[] = [
    ...[...file.findings, ...billAlone(file, unmatched)].map((found) => ({
      ...found,
      at: file.name,
    })),
    ...unmatched.flatMap((claim) => claim.findings),
  ]
  return {
    name: file.name,
    sha256: file.sha256,
    bytes: file.bytes,
    state: worst([
      ...own.map(({ verdict }) => verdict.state),
      ...findings.map((found) => stateOf(found)),
    ]),
    findings,
    sessions: own.map(({ id }) => id),
    keys: file.keys.length,
    claims: file.claims.length,
  }
}

/** A bill of sessions that nobody gave the records of: nothing can be checked with it. */
function billAlone(
  { claims, records, members }: FileResult,
  unmatched: readonly UnmatchedClaim[],
): LooseFinding[] {
  const carried = withMembers(members).some((member) => member.records.length > 0)
  const bare = records.length === 0 && !carried
  const alone = claims.length > 0 && bare && unmatched.length === claims.length
  return alone ? [looseFinding('IN-BILL', {})] : []
}

/** A stricter profile weighs the conformance findings anew; verdicts stay as they are. */
function withProfile(result: VerificationResult): VerificationResult {
  const { profile } = result.policy
  if (profile === 'driver') return result
  const weigh = (findings: Finding[]) =>
    findings.map((found) => ({ ...found, severity: severityIn(profile, found) }))
  return {
    ...result,
    sessions: result.sessions.map((session) => ({
      ...session,
      findings: weigh(session.findings),
      records: session.records.map((record) => ({ ...record, findings: weigh(record.findings) })),
    })),
  }
}

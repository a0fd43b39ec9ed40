/**
 * Rules across the sessions of a job: one record in two sessions, one signature number twice,
 * sessions of one meter that contradict each other, keys that belong to several meters.
 *
 * Only valid records speak against each other: a forged copy must not spoil the genuine record.
 *
 * @module
 */
import { isNegative, isZero, subtract } from '../../../shared/decimal.ts'
import { type FindingCode, type LooseFinding, looseFinding } from '../../../shared/model/finding.ts'
import { toKWh } from '../../../shared/model/reading.ts'
import { type RecordResult, isOcmf } from '../../../shared/model/record.ts'
import { versionOf } from '../formats/ocmf/payload.ts'
import type { Assembled } from '../sessions/assemble.ts'
import { partOf } from '../sessions/pair.ts'
import { checkContradictions } from './contradictions.ts'
import { fieldOf } from './fields.ts'
import type { JobRule } from './rule.ts'

type Found = [Assembled, LooseFinding]

/** Applies all job rules. */
export const checkJob: JobRule = (sessions) => {
  const found = new Map<Assembled, LooseFinding[]>()
  const rules = [
    checkReplay,
    checkCounters,
    checkGaps,
    checkInside,
    checkNonces,
    checkMeters,
    checkKeys,
    checkRecovered,
    checkContradictions,
  ]
  for (const rule of rules) {
    for (const [session, finding] of rule(sessions)) {
      push(found, session, finding)
    }
  }
  return found
}

function recordsOf(session: Assembled): RecordResult[] {
  return session.group.members.map(({ record }) => record)
}

function isValid(record: RecordResult): boolean {
  return record.signature.status === 'valid'
}

/** OCMF numbers its findings; of all other formats the general code says the same. */
function codeFor<N extends FindingCode, G extends FindingCode>(
  record: RecordResult,
  numbered: N,
  general: G,
): N | G {
  return isOcmf(record) ? numbered : general
}

/** OCMF-842: one record, and files that give it to different transactions. */
function* checkReplay(sessions: readonly Assembled[]): Iterable<Found> {
  for (const session of sessions) {
    const replayed = session.group.members.find(({ transactions }) => transactions.length > 1)
    if (replayed === undefined) continue
    const other = replayed.transactions.join(', ').slice(0, 64)
    const code = codeFor(replayed.record, 'OCMF-842', 'SES-REPLAY')
    yield [session, looseFinding(code, { other })]
  }
}

/** OCMF-808 across sessions: one number of one counter, and different content. */
function* checkCounters(sessions: readonly Assembled[]): Iterable<Found> {
  const seen = new Map<string, { session: Assembled; record: RecordResult }[]>()
  for (const session of sessions) {
    for (const record of recordsOf(session)) {
      if (record.pagination === null || !isValid(record)) continue
      const { context, number } = record.pagination
      const serials = [record.gateway.serial, record.meter.serial]
      const key = record.signature.key?.fingerprint
      const place = JSON.stringify([record.format, key, ...serials, context, number])
      push(seen, place, { session, record })
    }
  }
  for (const same of seen.values()) {
    const sessionsOfSame = new Set(same.map(({ session }) => session))
    if (sessionsOfSame.size < 2) continue
    for (const { session, record } of same) {
      const { context, number } = record.pagination ?? { context: '', number: '' }
      const found = fieldOf(record, 'PG') ?? `${context}${number}`
      yield [session, looseFinding(codeFor(record, 'OCMF-808', 'SES-COUNTER'), { found })]
    }
  }
}

/**
 * OCMF-805: numbers between the records of a session that nobody handed over. A gateway with
 * several meters counts their sessions in one row, so numbers of its other sessions are no gap.
 */
function* checkGaps(sessions: readonly Assembled[]): Iterable<Found> {
  const valid = sessions.flatMap(recordsOf).filter(isValid)
  const counters = new Map<string, bigint[]>()
  for (const [counter, records] of Map.groupBy(valid, counterOf)) {
    if (counter !== null) counters.set(counter, records.map(numberOf).toSorted(byNumber))
  }
  for (const session of sessions) {
    const counted = recordsOf(session).filter(({ pagination }) => pagination !== null)
    // Each of these records repeats the begin, so that none of those before it is needed.
    if (counted.some(({ format }) => format === 'isa-edl40')) continue
    const [first] = counted
    const context = first?.pagination?.context ?? ''
    if (counted.some(({ pagination }) => pagination?.context !== context)) continue
    const own = counted.map(numberOf).toSorted(byNumber)
    const others = first === undefined ? [] : (counters.get(counterOf(first) ?? '') ?? [])
    const missing = gaps(own, others)
    if (missing === '') continue
    if (!counted.every(isOcmf)) {
      yield [session, looseFinding('SES-PAG', {}, { severity: 'warning' })]
    } else if (counted.every(({ formatVersion }) => versionOf(formatVersion) >= 4)) {
      yield [session, looseFinding('OCMF-805', { missing: `${context}${missing}` })]
    }
  }
}

/**
 * OCMF-803, 804: between begin and end the same meter began or ended another session. Then the two
 * were put together from several sessions, whatever the file calls them.
 */
function* checkInside(sessions: readonly Assembled[]): Iterable<Found> {
  const bounds = sessions
    .flatMap((session) => recordsOf(session).map((record) => ({ session, record })))
    .filter(({ record }) => isValid(record) && BOUNDS.has(partOf(record)))
  for (const [counter, ofMeter] of Map.groupBy(bounds, ({ record }) => counterOfMeter(record))) {
    if (counter === null) continue
    const inOrder = ofMeter.toSorted((a, b) => byNumber(numberOf(a.record), numberOf(b.record)))
    const numbers = inOrder.map(({ record }) => numberOf(record))
    for (const [session, own] of Map.groupBy(inOrder, (bound) => bound.session)) {
      const [first, last] = [own[0], own.at(-1)]
      if (first === undefined || last === undefined || first === last) continue
      const other = inOrder
        .slice(firstAbove(numbers, numberOf(first.record)))
        .find((bound) => bound.session !== session)
      if (other === undefined || numberOf(other.record) >= numberOf(last.record)) continue
      yield [session, severalOf(other.record)]
    }
  }
}

const BOUNDS: ReadonlySet<string> = new Set(['begin', 'end', 'whole'])

/** The session's own and at least this one. */
function severalOf(record: RecordResult): LooseFinding {
  const begins = partOf(record) === 'begin'
  if (!isOcmf(record)) return looseFinding(begins ? 'SES-MANY-BEGIN' : 'SES-MANY-END', {})
  return looseFinding(begins ? 'OCMF-803' : 'OCMF-804', { count: '2' })
}

/** The same for one meter: a gateway counts the sessions of several in one row. */
function counterOfMeter(record: RecordResult): string | null {
  // Telegrams of ISA meters repeat the begin, each with a number of its own.
  if (record.format === 'isa-edl40' || record.meter.serial === null) return null
  const counter = counterOf(record)
  return counter === null ? null : `${record.meter.serial} ${counter}`
}

/** Whose counter gave a record its number; null where it has none. */
function counterOf({ format, gateway, meter, pagination, signature }: RecordResult): string | null {
  if (pagination === null) return null
  const signer = gateway.serial ?? meter.serial
  return JSON.stringify([format, signer, signature.key?.fingerprint, pagination.context])
}

function numberOf({ pagination }: RecordResult): bigint {
  return BigInt(pagination?.number ?? '0')
}

function byNumber(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/**
 * @param own in order; @param others numbers of the same counter, in order
 * @returns the missing numbers as people write them: `"11"`, `"11–15"`; empty for none
 */
function gaps(own: readonly bigint[], others: readonly bigint[]): string {
  const found: string[] = []
  for (const [index, to] of own.entries()) {
    let last = own[index - 1] ?? to
    if (to - last <= 1n) continue
    for (let at = firstAbove(others, last); ; at++) {
      const next = others[at] ?? to
      const end = next < to ? next : to
      if (end - last === 2n) found.push(String(last + 1n))
      if (end - last > 2n) found.push(`${last + 1n}–${end - 1n}`)
      last = end
      if (end === to) break
    }
  }
  return found.join(', ')
}

/** @returns index of the first of `numbers`, which are in order, that is above `limit` */
function firstAbove(numbers: readonly bigint[], limit: bigint): number {
  let from = 0
  let to = numbers.length
  while (from < to) {
    const middle = (from + to) >> 1
    if ((numbers[middle] ?? 0n) > limit) to = middle
    else from = middle + 1
  }
  return from
}

/** OCMF-523: the same r under different content means a copied signature or a reused nonce. */
function* checkNonces(sessions: readonly Assembled[]): Iterable<Found> {
  const seen = new Map<string, { session: Assembled; record: RecordResult }[]>()
  for (const session of sessions) {
    for (const record of recordsOf(session)) {
      const { r, curve } = record.signature
      if (r === null) continue
      const place = `${curve} ${r}`
      push(seen, place, { session, record })
    }
  }
  for (const same of seen.values()) {
    const digests = new Set(same.map(({ record }) => record.signature.digest))
    if (digests.size < 2) continue
    const valid = same.filter(({ record }) => isValid(record))
    const reused = new Set(valid.map(({ record }) => record.signature.digest)).size > 1
    for (const { session, record } of same) {
      if (isValid(record) && !reused) continue
      const other = same.find((entry) => entry.record.signature.digest !== record.signature.digest)
      const differences = other === undefined ? '' : differingFields(record, other.record)
      const severity = isValid(record) ? 'error' : 'info'
      const code = codeFor(record, 'OCMF-523', 'SIG-NONCE')
      yield [session, looseFinding(code, { differences }, { severity })]
    }
  }
}

function push<K, T>(lists: Map<K, T[]>, key: K, entry: T): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [entry])
  else list.push(entry)
}

/** @returns `"RD[1].RV 151 ≠ 150"` for the first few fields that differ */
function differingFields(record: RecordResult, other: RecordResult): string {
  const differences = record.fields
    .filter(({ signed, name, value }) => signed && fieldOf(other, name) !== value)
    .map(
      ({ name, value }) =>
        `${name} ${value.slice(0, 40)} ≠ ${fieldOf(other, name)?.slice(0, 40) ?? '–'}`,
    )
  return differences.slice(0, 5).join('; ')
}

/** OCMF-831 to 833: sessions of one meter follow each other in time and value. */
function* checkMeters(sessions: readonly Assembled[]): Iterable<Found> {
  const usable = sessions.filter(
    (session) =>
      session.begin?.time?.epochMs != null &&
      session.end?.time?.epochMs != null &&
      session.begin.kind === 'total' &&
      recordsOf(session).every(isValid),
  )
  for (const ofMeter of Map.groupBy(usable, meterOf).values()) {
    const inOrder = ofMeter.toSorted((a, b) => startOf(a) - startOf(b))
    for (const [index, session] of inOrder.entries()) {
      const before = inOrder[index - 1]
      if (before !== undefined) yield* follow(before, session)
    }
  }
}

function meterOf(session: Assembled): string {
  const [record] = recordsOf(session)
  const { begin } = session
  return JSON.stringify([
    record?.format,
    record?.signature.key?.fingerprint,
    record?.gateway.serial,
    record?.meter.serial,
    record?.meter.serial == null ? record?.evse : null,
    begin?.register,
  ])
}

const startOf = (session: Assembled) => session.begin?.time?.epochMs ?? 0

function* follow(before: Assembled, session: Assembled): Iterable<Found> {
  const [record] = recordsOf(session)
  if (record === undefined) return
  const endMs = before.end?.time?.epochMs ?? 0
  if (startOf(session) < endMs) {
    const code = codeFor(record, 'OCMF-831', 'SES-OVERLAP')
    yield [session, looseFinding(code, { other: before.begin?.time?.text ?? '' })]
    yield [before, looseFinding(code, { other: session.begin?.time?.text ?? '' })]
    return
  }
  const [was, is] = [before.end?.quantity, session.begin?.quantity]
  if (was == null || is == null) return
  const [from, to] = [toKWh(was), toKWh(is)]
  if (from === null || to === null) return
  const between = subtract(to, from)
  if (isNegative(between)) {
    const params = { before: `${was.value} ${was.unitText}`, found: `${is.value} ${is.unitText}` }
    yield [session, looseFinding(codeFor(record, 'OCMF-832', 'SES-METER-BACK'), params)]
  } else if (!isZero(between) && isOcmf(record)) {
    yield [session, looseFinding('OCMF-833', { energy: between, unit: 'kWh' })]
  }
}

/** Two keys for one meter, or one key for several meters. */
function* checkKeys(sessions: readonly Assembled[]): Iterable<Found> {
  const keysOf = new Map<string, Set<string>>()
  const metersOf = new Map<string, Set<string>>()
  const add = (map: Map<string, Set<string>>, key: string, value: string) =>
    map.set(key, (map.get(key) ?? new Set()).add(value))
  for (const session of sessions) {
    for (const { meter, gateway, signature } of recordsOf(session).filter(isValid)) {
      const name = gateway.serial ?? meter.serial
      if (name === null || signature.key === null) continue
      add(keysOf, name, signature.key.fingerprint)
      add(metersOf, signature.key.fingerprint, name)
    }
  }
  const shared = new Map<string, string>()
  for (const [fingerprint, meters] of metersOf) {
    if (meters.size > 1) shared.set(fingerprint, firstOf(meters))
  }
  for (const session of sessions) {
    const record = recordsOf(session).find(isValid)
    const name = record?.gateway.serial ?? record?.meter.serial ?? null
    if (record === undefined || name === null) continue
    if ((keysOf.get(name)?.size ?? 0) > 1) {
      yield [session, looseFinding('KEY-CONFLICT', { meter: name.slice(0, 64) })]
    }
    const meters = shared.get(record.signature.key?.fingerprint ?? '')
    if (meters !== undefined) yield [session, looseFinding('KEY-SHARED', { meters })]
  }
}

/** The first few names; the rest is counted. */
function firstOf(names: ReadonlySet<string>): string {
  const first = [...names]
    .slice(0, SHOWN)
    .map((name) => name.slice(0, 64))
    .join(', ')
  return names.size > SHOWN ? `${first} … (+${names.size - SHOWN})` : first
}

const SHOWN = 5

/** OCMF-614: no key, but only one that fits two or more records: the same signer. */
function* checkRecovered(sessions: readonly Assembled[]): Iterable<Found> {
  const open = sessions.flatMap((session) =>
    recordsOf(session)
      .filter(({ signature }) => signature.recovered.length > 0)
      .map((record) => ({ session, record })),
  )
  const holders = new Map<string, { session: Assembled; digest: string }[]>()
  for (const { session, record } of open) {
    for (const candidate of record.signature.recovered) {
      const digest = record.signature.digest ?? ''
      push(holders, candidate, { session, digest })
    }
  }
  for (const same of holders.values()) {
    const count = new Set(same.map(({ digest }) => digest)).size
    if (count < 2) continue
    for (const session of new Set(same.map((entry) => entry.session))) {
      yield [session, looseFinding('KEY-RECOVERED', { count: String(count) })]
      if (recordsOf(session).every(isOcmf)) {
        yield [session, looseFinding('OCMF-614', { count: String(count) })]
      }
    }
  }
}

/**
 * Records to sessions: which readings belong to one charging session.
 *
 * The signed chain (source, counter, role) decides; a transaction number of the file only groups,
 * because nobody signed it. The order of files and of records in them never matters. Every record
 * ends up in exactly one group.
 * Source: OCMF 1.4.1, "Signing and Verification" and "Pagination"; docs/decisions/0005.
 *
 * @module
 */
import { append } from '../../../shared/append.ts'
import { isAtLeast } from '../../../shared/model/key.ts'
import { isEnergyRegister } from '../../../shared/model/reading.ts'
import type { RecordResult } from '../../../shared/model/record.ts'

/** A record with the inputs it was found in. */
export interface FoundRecord {
  record: RecordResult
  /** Names of the inputs that hold it, each once for every time it occurs. */
  inputs: string[]
  /** Different transaction numbers that files give it. */
  transactions: string[]
  /** The transaction number that each input gives it. */
  claims: ReadonlyMap<string, string | null>
  /** Its place among the records of the job, where a rule asks for that. */
  position?: number
}

/** Records of one session in the order of their counter. */
export interface Group {
  members: FoundRecord[]
  /** The file uses the session's transaction number for other sessions too. */
  sharesTransaction: boolean
}

export type Part = 'whole' | 'begin' | 'end' | 'middle' | 'other'

/** @returns which part of a session the record holds */
export function partOf(record: RecordResult): Part {
  const roles = new Set(
    record.readings
      .filter(({ kind, quantity }) => quantity !== null && countsForOrder(kind))
      .map(({ role }) => role),
  )
  if (roles.has('begin')) return roles.has('end') ? 'whole' : 'begin'
  if (roles.has('end')) return 'end'
  if (roles.has('intermediate')) return 'middle'
  return 'other'
}

function countsForOrder(kind: RecordResult['readings'][number]['kind']): boolean {
  return isEnergyRegister(kind) || kind === 'unclassified'
}

/** Identical records become one, with a count of where they were found. */
export function dedupe(
  inputs: readonly { name: string; records: RecordResult[] }[],
): FoundRecord[] {
  const found = new Map<string, { record: RecordResult; inputs: string[]; claims: Claims }>()
  for (const { name, records } of inputs) {
    for (const record of records) {
      const known = found.get(record.id)
      if (known === undefined) {
        found.set(record.id, { record, inputs: [name], claims: [[name, record]] })
        continue
      }
      known.inputs.push(name)
      known.claims.push([name, record])
      if (isPreferred(record, known.record)) known.record = record
    }
  }
  return Array.from(found.values(), ({ claims, ...rest }) => ({ ...rest, ...claimsOf(claims) }))
}

type Claims = [input: string, record: RecordResult][]

function claimsOf(occurrences: Claims): Pick<FoundRecord, 'transactions' | 'claims'> {
  const claims = new Map<string, string | null>()
  const transactions = new Set<string>()
  for (const [input, { claimed }] of occurrences) {
    const known = claims.get(input) ?? null
    const { transaction } = claimed
    if (transaction !== null) transactions.add(transaction)
    const first = known === null || (transaction !== null && transaction < known)
    claims.set(input, first ? transaction : known)
  }
  return { transactions: [...transactions].toSorted(), claims }
}

/** Of two copies the one whose key is known best; otherwise any, but always the same. */
function isPreferred(copy: RecordResult, known: RecordResult): boolean {
  const [a, b] = [copy.signature.key?.trust ?? 'K0', known.signature.key?.trust ?? 'K0']
  if (a !== b) return isAtLeast(a, b)
  const text = ({ claimed, origin }: RecordResult) => JSON.stringify([claimed, origin])
  return text(copy) < text(known)
}

/**
 * Pairs all records of a job: inside each file first, then what files leave alone.
 *
 * @returns sessions in the order in which their first record was found
 */
export function pair(found: readonly FoundRecord[]): Group[] {
  const byInput = new Map<string, FoundRecord[]>()
  for (const member of found) {
    for (const name of member.claims.keys()) {
      byInput.set(name, byInput.get(name) ?? [])
      byInput.get(name)?.push(member)
    }
  }
  const free = new Set(found)
  const groups = pairInputs(byInput, free)
  const left = found.filter((member) => free.has(member))
  const joined = byInput.size > 1 ? pairLeft(left) : { groups: [], left }
  const position = new Map(found.map((member, index) => [member, index]))
  const first = ({ members }: Group) =>
    members.reduce((least, member) => Math.min(least, position.get(member) ?? 0), Infinity)
  return [...groups, ...joined.groups, ...joined.left.map(alone)].toSorted(
    (a, b) => first(a) - first(b),
  )
}

/**
 * Sessions inside the files. Where files share a record and each would pair it with another, the
 * sounder session has it, and the other file pairs what is left.
 *
 * @param free records without a session; those that get one are taken out
 */
function pairInputs(byInput: ReadonlyMap<string, FoundRecord[]>, free: Set<FoundRecord>): Group[] {
  const groups: Group[] = []
  for (let paired = -1; paired < groups.length;) {
    paired = groups.length
    const offers = [...byInput].flatMap(([name, members]) => {
      const own = members.filter((member) => free.has(member))
      return pairInput(own, name).groups.map((group) => ({ group, ...soundness(group) }))
    })
    for (const { group } of offers.toSorted(bySoundness)) {
      if (!group.members.every((member) => free.has(member))) continue
      groups.push(group)
      for (const member of group.members) free.delete(member)
    }
  }
  return groups
}

interface Soundness {
  valid: boolean
  /** Steps of the counter; null where there is none. */
  steps: bigint | null
  ids: string
}

function soundness({ members }: Group): Soundness {
  const [first, last] = [members[0]?.record.pagination, members.at(-1)?.record.pagination]
  return {
    valid: members.every(isValid),
    steps: first == null || last == null ? null : BigInt(last.number) - BigInt(first.number),
    ids: members.map(({ record }) => record.id).join(' '),
  }
}

function bySoundness(a: Soundness, b: Soundness): number {
  if (a.valid !== b.valid) return a.valid ? -1 : 1
  if (a.steps !== b.steps) {
    if (a.steps === null) return 1
    return b.steps === null || a.steps < b.steps ? -1 : 1
  }
  return a.ids < b.ids ? -1 : a.ids > b.ids ? 1 : 0
}

function isValid({ record }: FoundRecord): boolean {
  return record.signature.status === 'valid'
}

interface Joined {
  groups: Group[]
  left: FoundRecord[]
}

function alone(member: FoundRecord): Group {
  return { members: [member], sharesTransaction: false }
}

function pairInput(members: readonly FoundRecord[], input: string): Joined {
  const groups: Group[] = []
  const open: FoundRecord[] = []
  for (const member of members) {
    const part = partOf(member.record)
    if (part === 'whole') groups.push(alone(member))
    else open.push(member)
  }
  const rest: FoundRecord[] = []
  const certain = contradicted(open, input)
  append(groups, certain)
  const unsure = without(open, certain)
  const byTransaction = Map.groupBy(unsure, ({ claims }) => claims.get(input) ?? null)
  for (const [transaction, same] of byTransaction) {
    if (transaction === null || same.length === 1) append(rest, same)
    else {
      const joined = pairTransaction(same)
      append(groups, joined.groups)
      append(rest, joined.left)
    }
  }
  const joined = chain(rest, null)
  const last = pairOnlyTwo(joined.left, ({ claims: first }, { claims: second }) => {
    const [a, b] = [first.get(input) ?? null, second.get(input) ?? null]
    return a === null || b === null || a === b
  })
  return { groups: [...groups, ...joined.groups, ...last.groups], left: last.left }
}

/**
 * Sessions that the signed chain makes certain although the file gives their records different
 * transactions: valid, of one meter or charge point, numbers without a gap.
 */
function contradicted(members: readonly FoundRecord[], input: string): Group[] {
  const known = members.filter(
    (member) =>
      isValid(member) && (member.record.meter.serial !== null || member.record.evse !== null),
  )
  return chain(known, null).groups.filter((group) => {
    const claims = new Set(group.members.map((member) => member.claims.get(input) ?? null))
    const { steps } = soundness(group)
    return claims.size > 1 && !claims.has(null) && steps === BigInt(group.members.length - 1)
  })
}

function without(members: readonly FoundRecord[], groups: readonly Group[]): FoundRecord[] {
  const used = new Set(groups.flatMap((group) => group.members))
  return members.filter((member) => !used.has(member))
}

/**
 * Records that the file gives one transaction number. Where they fall into whole sessions, so be
 * it; where they do not, they are one session, and the rules say what is wrong with it.
 */
function pairTransaction(members: readonly FoundRecord[]): Joined {
  for (const candidates of [members.filter(isValid), members]) {
    const joined = chain(candidates, null)
    if (joined.groups.length > 0 && !joined.left.some(isEdge)) {
      const sharesTransaction = joined.groups.length > 1
      const rest = candidates === members ? [] : members.filter((member) => !isValid(member))
      return {
        groups: joined.groups.map((group) => ({ ...group, sharesTransaction })),
        left: [...joined.left, ...rest],
      }
    }
  }
  const clean = ofOneKey(members)
  if (clean.length > 0) return { groups: clean, left: without(members, clean) }
  return { groups: [{ members: inOrder(members), sharesTransaction: false }], left: [] }
}

/** Whole sessions of valid records of one key: what another key signed is no part of them. */
function ofOneKey(members: readonly FoundRecord[]): Group[] {
  const byKey = Map.groupBy(members.filter(isValid), ({ record }) => sourceAndKey(record))
  return [...byKey.values()].flatMap((same) => {
    const { groups, left } = chain(same, null)
    return left.some(isEdge) ? [] : groups
  })
}

/** Begin and end of several files; a chain of days is no session. */
const ACROSS_FILES = { durationMs: 7 * 24 * 3600 * 1000, counterSteps: 1000n }
type Bounds = typeof ACROSS_FILES

function pairLeft(members: readonly FoundRecord[]): Joined {
  const joined = chain(members, ACROSS_FILES)
  // What stands together in one file was not paired there, and for a reason.
  const last = pairOnlyTwo(
    joined.left,
    ({ claims: first }, { claims: second }) => ![...first.keys()].some((name) => second.has(name)),
  )
  return { groups: [...joined.groups, ...last.groups], left: last.left }
}

/** One begin and one end that nothing else fits belong together; the rules say if they cannot. */
function pairOnlyTwo(
  members: FoundRecord[],
  mayPair: (begin: FoundRecord, end: FoundRecord) => boolean,
): Joined {
  const begins = members.filter(({ record }) => partOf(record) === 'begin')
  const ends = members.filter(({ record }) => partOf(record) === 'end')
  const [begin] = begins
  const [end] = ends
  if (begin === undefined || end === undefined || begins.length > 1 || ends.length > 1) {
    return { groups: [], left: members }
  }
  if (begin.record.format !== end.record.format || !mayPair(begin, end)) {
    return { groups: [], left: members }
  }
  const pair = [begin, end]
  return {
    groups: [{ members: pair, sharesTransaction: false }],
    left: members.filter((member) => !pair.includes(member)),
  }
}

/**
 * Follows the counter of each source from a begin to the next end. Valid records pair first, so
 * that an invalid one never takes the partner of a valid one; then records of one key; then all.
 */
function chain(members: readonly FoundRecord[], bounds: Bounds | null): Joined {
  const passes: { takes: (member: FoundRecord) => boolean; key: (r: RecordResult) => string }[] = [
    { takes: isValid, key: sourceAndKey },
    { takes: () => true, key: sourceAndKey },
    { takes: () => true, key: source },
  ]
  const groups: Group[] = []
  let left = [...members]
  for (const { takes, key } of passes) {
    const taken = left.filter(takes)
    const used = new Set<FoundRecord>()
    for (const same of Map.groupBy(taken, ({ record }) => key(record)).values()) {
      for (const group of follow(inOrder(same), bounds)) {
        groups.push(group)
        for (const member of group.members) used.add(member)
      }
    }
    left = left.filter((member) => !used.has(member))
  }
  return { groups, left }
}

function follow(members: FoundRecord[], bounds: Bounds | null): Group[] {
  const groups: Group[] = []
  let open: FoundRecord[] = []
  for (const member of members) {
    const part = partOf(member.record)
    if (part === 'begin') open = [member]
    else if (open.length === 0) continue
    else if (part === 'middle') open.push(member)
    else if (part === 'end') {
      const [begin] = open
      if (begin !== undefined && isWithin(begin.record, member.record, bounds)) {
        groups.push({ members: [...open, member], sharesTransaction: false })
      }
      open = []
    }
  }
  return groups
}

function isWithin(begin: RecordResult, end: RecordResult, bounds: Bounds | null): boolean {
  if (bounds === null) return true
  const [from, to] = [timeOf(begin), timeOf(end)]
  if (from !== null && to !== null && to - from > bounds.durationMs) return false
  if (begin.pagination === null || end.pagination === null) return true
  return BigInt(end.pagination.number) - BigInt(begin.pagination.number) <= bounds.counterSteps
}

function isEdge({ record }: FoundRecord): boolean {
  const part = partOf(record)
  return part === 'begin' || part === 'end'
}

/**
 * The component whose counter the records share: the gateway and its meter; without a meter
 * number the charge point tells the sessions of one gateway apart. Where the session has a signed
 * number, records of another one are no part of it.
 */
function source({ format, gateway, meter, evse, pagination, transaction }: RecordResult): string {
  return JSON.stringify([
    format,
    gateway.serial,
    meter.serial,
    meter.serial === null ? evse : null,
    pagination?.context ?? null,
    transaction,
  ])
}

function sourceAndKey(record: RecordResult): string {
  return `${source(record)}${record.signature.key?.fingerprint ?? ''}`
}

/**
 * @returns members by counter, by time where one of them has none; a begin stands before an end of
 *   the same number or time
 */
export function inOrder(members: readonly FoundRecord[]): FoundRecord[] {
  // Never both: records with and without a counter would have no order that holds for three.
  const counted = members.every(({ record }) => record.pagination !== null)
  const number = ({ pagination }: RecordResult) => (counted ? BigInt(pagination?.number ?? 0) : 0n)
  return members
    .map((member) => {
      const { record } = member
      const part = PART_ORDER[partOf(record)]
      return { member, number: number(record), time: timeOf(record) ?? 0, part, id: record.id }
    })
    .toSorted((a, b) => {
      if (a.number !== b.number) return a.number < b.number ? -1 : 1
      return a.time - b.time || a.part - b.part || (a.id < b.id ? -1 : 1)
    })
    .map(({ member }) => member)
}

const PART_ORDER = { begin: 0, whole: 1, middle: 2, other: 2, end: 3 } as const

function timeOf(record: RecordResult): number | null {
  return record.readings.find(({ time }) => time?.epochMs != null)?.time?.epochMs ?? null
}

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
import { isEnergyRegister } from '../../../shared/model/reading.ts'
import type { RecordResult } from '../../../shared/model/record.ts'

/** A record with the inputs it was found in. */
export interface FoundRecord {
  record: RecordResult
  /** Names of the inputs that hold it, each once for every time it occurs. */
  inputs: string[]
  /** Different transaction numbers that files give it. */
  transactions: string[]
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
  const found = new Map<string, FoundRecord>()
  for (const { name, records } of inputs) {
    for (const record of records) {
      const known = found.get(record.id)
      const { transaction } = record.claimed
      if (known === undefined) {
        const transactions = transaction === null ? [] : [transaction]
        found.set(record.id, { record, inputs: [name], transactions })
        continue
      }
      known.inputs.push(name)
      if (transaction !== null && !known.transactions.includes(transaction)) {
        known.transactions.push(transaction)
      }
    }
  }
  return [...found.values()]
}

/** Pairs all records of a job: inside each file first, then what files leave alone. */
export function pair(found: readonly FoundRecord[]): Group[] {
  const groups: Group[] = []
  const left: FoundRecord[] = []
  const byInput = Map.groupBy(found, ({ inputs }) => inputs[0] ?? '')
  for (const members of byInput.values()) {
    const joined = pairInput(members)
    groups.push(...joined.groups)
    left.push(...joined.left)
  }
  const joined = byInput.size > 1 ? pairLeft(left) : { groups: [], left }
  groups.push(...joined.groups, ...joined.left.map(alone))
  return groups
}

interface Joined {
  groups: Group[]
  left: FoundRecord[]
}

function alone(member: FoundRecord): Group {
  return { members: [member], sharesTransaction: false }
}

function pairInput(members: readonly FoundRecord[]): Joined {
  const groups: Group[] = []
  const open: FoundRecord[] = []
  for (const member of members) {
    const part = partOf(member.record)
    if (part === 'whole') groups.push(alone(member))
    else open.push(member)
  }
  const rest: FoundRecord[] = []
  const byTransaction = Map.groupBy(open, ({ record }) => record.claimed.transaction)
  for (const [transaction, same] of byTransaction) {
    if (transaction === null || same.length === 1) rest.push(...same)
    else {
      const joined = pairTransaction(same)
      groups.push(...joined.groups)
      rest.push(...joined.left)
    }
  }
  const joined = chain(rest, null)
  const last = pairOnlyTwo(joined.left, true)
  return { groups: [...groups, ...joined.groups, ...last.groups], left: last.left }
}

/**
 * Records that the file gives one transaction number. Where they fall into whole sessions, so be
 * it; where they do not, they are one session, and the rules say what is wrong with it.
 */
function pairTransaction(members: readonly FoundRecord[]): Joined {
  const valid = members.filter(({ record }) => record.signature.status === 'valid')
  for (const candidates of [valid, members]) {
    const joined = chain(candidates, null)
    if (joined.groups.length > 0 && !joined.left.some(isEdge)) {
      const sharesTransaction = joined.groups.length > 1
      const rest = members.filter((member) => !candidates.includes(member))
      return {
        groups: joined.groups.map((group) => ({ ...group, sharesTransaction })),
        left: [...joined.left, ...rest],
      }
    }
  }
  return { groups: [{ members: members.toSorted(byCounter), sharesTransaction: false }], left: [] }
}

/** Begin and end of several files; a chain of days is no session. */
const ACROSS_FILES = { durationMs: 7 * 24 * 3600 * 1000, counterSteps: 1000n }
type Bounds = typeof ACROSS_FILES

function pairLeft(members: readonly FoundRecord[]): Joined {
  const joined = chain(members, ACROSS_FILES)
  const last = pairOnlyTwo(joined.left, false)
  return { groups: [...joined.groups, ...last.groups], left: last.left }
}

/** One begin and one end that nothing else fits belong together; the rules say if they cannot. */
function pairOnlyTwo(members: FoundRecord[], insideFile: boolean): Joined {
  const begins = members.filter(({ record }) => partOf(record) === 'begin')
  const ends = members.filter(({ record }) => partOf(record) === 'end')
  const [begin] = begins
  const [end] = ends
  if (begin === undefined || end === undefined || begins.length > 1 || ends.length > 1) {
    return { groups: [], left: members }
  }
  if (begin.record.format !== end.record.format) return { groups: [], left: members }
  const [first, last] = [begin.record.claimed.transaction, end.record.claimed.transaction]
  if (insideFile && first !== null && last !== null && first !== last) {
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
    { takes: ({ record }) => record.signature.status === 'valid', key: sourceAndKey },
    { takes: () => true, key: sourceAndKey },
    { takes: () => true, key: source },
  ]
  const groups: Group[] = []
  let left = [...members]
  for (const { takes, key } of passes) {
    const taken = left.filter(takes)
    const used = new Set<FoundRecord>()
    for (const same of Map.groupBy(taken, ({ record }) => key(record)).values()) {
      for (const group of follow(same.toSorted(byCounter), bounds)) {
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
 * number the charge point tells the sessions of one gateway apart.
 */
function source({ format, gateway, meter, evse, pagination }: RecordResult): string {
  return JSON.stringify([
    format,
    gateway.serial,
    meter.serial,
    meter.serial === null ? evse : null,
    pagination?.context ?? null,
  ])
}

function sourceAndKey(record: RecordResult): string {
  return `${source(record)}${record.signature.key?.fingerprint ?? ''}`
}

/** Counter first, then time; a begin stands before an end of the same number. */
export function byCounter({ record: a }: FoundRecord, { record: b }: FoundRecord): number {
  if (a.pagination !== null && b.pagination !== null) {
    const difference = BigInt(a.pagination.number) - BigInt(b.pagination.number)
    if (difference !== 0n) return difference < 0n ? -1 : 1
  }
  const difference = (timeOf(a) ?? 0) - (timeOf(b) ?? 0)
  if (difference !== 0) return difference
  const order = PART_ORDER[partOf(a)] - PART_ORDER[partOf(b)]
  return order === 0 ? (a.id < b.id ? -1 : 1) : order
}

const PART_ORDER = { begin: 0, whole: 1, middle: 2, other: 2, end: 3 } as const

function timeOf(record: RecordResult): number | null {
  return record.readings.find(({ time }) => time?.epochMs != null)?.time?.epochMs ?? null
}

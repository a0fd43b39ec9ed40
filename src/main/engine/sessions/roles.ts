/**
 * Records to sessions where a record alone does not say what part of a session it holds.
 *
 * EDL40 meters sign a reading, its counter and the user, but not whether it is the begin. Which one
 * it is follows from the file, or else from the counter among the records of one user's session.
 * Isabellenhütte's telegrams repeat the begin in each record, so that the last one is the session
 * and those before it only accompany it.
 *
 * @module
 */
import { type MeterReading, isEnergyRegister } from '../../../shared/model/reading.ts'
import type { FormatId, RecordResult } from '../../../shared/model/record.ts'
import { type FoundRecord, type Group, inOrder, pair, partOf } from './pair.ts'

/** Their signature says nothing of begin and end. */
const WITHOUT_ROLE = new Set<FormatId>(['edl40', 'edl40-sig'])

/** @returns sessions as `pair` makes them */
export function pairRecords(found: readonly FoundRecord[]): Group[] {
  const { main, around } = apart(withRoles(found))
  if (around.size === 0) return pair(main)
  return pair(main).map((group) => {
    const others = group.members.flatMap((member) => around.get(member) ?? [])
    return others.length === 0
      ? group
      : { ...group, members: inOrder([...group.members, ...others]) }
  })
}

/**
 * Among the records of one session the counter tells begin and end; what the file calls them is
 * compared later (`REC-CONTRADICTS`). A record alone is what its file calls it.
 */
function withRoles(found: readonly FoundRecord[]): FoundRecord[] {
  const of = new Map<number, FoundRecord>()
  const known = found.flatMap((member, position) =>
    WITHOUT_ROLE.has(member.record.format) ? [{ ...member, position }] : [],
  )
  for (const members of sessionsAmong(known)) {
    const ordered = inOrder(members)
    for (const [index, member] of ordered.entries()) {
      const role = index === 0 ? 'begin' : index === ordered.length - 1 ? 'end' : 'intermediate'
      of.set(member.position ?? 0, withRole(member, role))
    }
  }
  return found.map((member, position) => of.get(position) ?? member)
}

/**
 * Records of one session, two or more: those that sign one user identified at one time; where they
 * sign none, those to which their file gives one number, or the only two in a file. What fits and
 * what does not never meet.
 */
function sessionsAmong(known: readonly FoundRecord[]): FoundRecord[][] {
  const sessions: FoundRecord[][] = []
  for (const members of Map.groupBy(known, signedPlace).values()) {
    const byNumber = [...Map.groupBy(members, statedPlace).values()]
    const numbered = members.every((member) => statedPlace(member) !== null)
    if (members[0]?.record.session != null) {
      // A user identified once may still have had several sessions, each with a number of its own.
      const apart = numbered && byNumber.every(({ length }) => length > 1)
      sessions.push(...(apart ? byNumber : [members]))
      continue
    }
    for (const same of byNumber) {
      const [first] = same
      const alone = first !== undefined && statedPlace(first) === null
      if (!alone) sessions.push(same)
      else sessions.push(...byFile(same).filter(({ length }) => length === 2))
    }
  }
  return sessions.filter(({ length }) => length > 1)
}

const byFile = (members: readonly FoundRecord[]) => [
  ...Map.groupBy(members, ({ inputs }) => inputs[0]).values(),
]

function signedPlace({ record }: FoundRecord): string {
  const { format, meter, signature, session } = record
  return JSON.stringify([
    format,
    meter.serial,
    signature.status,
    signature.key?.fingerprint,
    session ?? null,
  ])
}

/** The file and the number it gives the record; null where none does. */
function statedPlace({ claims }: FoundRecord): string | null {
  const stated = [...claims].find(([, transaction]) => transaction !== null)
  return stated === undefined ? null : JSON.stringify(stated)
}

function withRole(member: FoundRecord, role: MeterReading['role']): FoundRecord {
  return { ...member, record: changed(member.record, () => role) }
}

function changed(
  record: RecordResult,
  roleOf: (reading: MeterReading) => MeterReading['role'],
): RecordResult {
  const readings = record.readings.map((reading) =>
    isEnergyRegister(reading.kind) ? { ...reading, role: roleOf(reading) } : reading,
  )
  return { ...record, readings }
}

/** Records that repeat their session's begin: the last one speaks, the others accompany it. */
function apart(found: readonly FoundRecord[]): {
  main: FoundRecord[]
  around: Map<FoundRecord, FoundRecord[]>
} {
  const around = new Map<FoundRecord, FoundRecord[]>()
  const removed = new Set<FoundRecord>()
  const known = found.filter(
    ({ record }) => record.format === 'isa-edl40' && record.session != null,
  )
  for (const members of Map.groupBy(known, sessionOf).values()) {
    if (members.length < 2) continue
    const ordered = inOrder(members)
    const last = ordered.findLast(({ record }) => partOf(record) === 'whole') ?? ordered.at(-1)
    if (last === undefined) continue
    const others = ordered.filter((member) => member !== last && partOf(member.record) !== 'whole')
    for (const member of others) removed.add(member)
    around.set(last, others.map(accompanying))
  }
  return { main: found.filter((member) => !removed.has(member)), around }
}

function sessionOf({ record }: FoundRecord): string {
  const { meter, session, signature } = record
  return JSON.stringify([meter.serial, session, signature.status, signature.key?.fingerprint])
}

function accompanying(member: FoundRecord): FoundRecord {
  const role = (reading: MeterReading) => (reading.role === 'begin' ? 'other' : 'intermediate')
  return { ...member, record: changed(member.record, role) }
}

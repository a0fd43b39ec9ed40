/**
 * The payload of an OCMF record as its checks see it: version rules, readings with inherited
 * members, registers, values and times.
 *
 * Source: OCMF 1.4.1, "Readings" and Table 7; rule book chapters 8 to 12 and 19.
 *
 * @module
 */
import { table } from '../../../../shared/table.ts'
import { type Decimal, parseDecimal } from '../../../../shared/decimal.ts'
import {
  type MeterReading,
  type RegisterKind,
  type Timestamp,
  type Unit,
  isEnergyRegister,
} from '../../../../shared/model/reading.ts'
import { type JsonNode, type JsonObject, member } from '../../codec/json.ts'
import { type ObisCode, parseObis, registerKind } from '../../codec/obis.ts'
import { INHERITED, TRANSACTION_LETTERS } from './tables.ts'
import type { OcmfSections } from './sections.ts'
import { type OcmfTime, parseTime } from './time.ts'

/** Version of the rules as major × 100 + minor: 1.4 is 104, 0.5 is 5. */
export type VersionNumber = number
export const NEWEST: VersionNumber = 104

/** A member of a reading after inheritance. */
export interface Member {
  node: JsonNode
  /** Text of a string, JSON text of anything else. */
  text: string
  /** Index of the reading that writes it. */
  from: number
}

export interface OcmfReading {
  index: number
  node: JsonObject
  /** Members written in this reading; the last one of a name. */
  own: ReadonlyMap<string, JsonNode>
  /** Members after inheritance. */
  members: ReadonlyMap<string, Member>
  /** Members taken over from the reading before. */
  inherited: string[]
  /** Transaction letter; null for none. */
  letter: string | null
  time: OcmfTime | null
  obis: ObisCode | null
  kind: RegisterKind
  /** null: the reading reports an event, or the value is no number. */
  value: Decimal | null
  unit: Unit
}

export interface OcmfPayload {
  sections: OcmfSections
  /** Members of the payload; the last one of a name, which is what every other program shows. */
  members: ReadonlyMap<string, JsonNode>
  /** FV as written; null where absent. */
  versionText: string | null
  /** Version whose rules apply; the newest where FV is missing or unknown. */
  version: VersionNumber
  /** null: RD is missing or no array. */
  readings: OcmfReading[] | null
  /** Elements of RD that are no objects. */
  strangeElements: number[]
  /** `T<n>` or `F<n>` taken apart; null where absent or unreadable. */
  pagination: { context: 'T' | 'F'; number: string } | null
  /** PG says transaction, or says nothing readable. */
  transactional: boolean
  /** A reading outside any charging session (OCMF-122). */
  fiscal: boolean
}

export function readPayload(sections: OcmfSections): OcmfPayload {
  const members = new Map(sections.payload.members.map(({ name, value }) => [name, value]))
  const text = (name: string) => {
    const node = members.get(name)
    return node === undefined ? null : textOf(sections, node)
  }
  const versionText = text('FV')
  const list = members.get('RD')
  const readings = list?.kind === 'array' ? readReadings(sections, list.items) : null
  const paginationText = text('PG')
  const pagination = readPagination(paginationText)
  const anyLetter = readings?.some((reading) => reading.letter !== null) ?? false
  return {
    sections,
    members,
    versionText,
    version: versionOf(versionText),
    readings,
    strangeElements:
      list?.kind === 'array'
        ? list.items.flatMap((item, index) => (item.kind === 'object' ? [] : [index]))
        : [],
    pagination,
    transactional: pagination?.context !== 'F',
    fiscal: pagination?.context === 'F' || (paginationText === null && !anyLetter),
  }
}

/** @returns text of a string member, JSON text of another; null where it is absent */
export function textMember(sections: OcmfSections, node: JsonObject, name: string): string | null {
  const value = member(node, name)
  return value === undefined ? null : textOf(sections, value)
}

/** @returns text of a string member that holds at least one character */
export function filled({ sections, members }: OcmfPayload, name: string): string | null {
  const node = members.get(name)
  const text = node === undefined ? '' : textOf(sections, node)
  return text === '' ? null : text
}

export function textOf(sections: OcmfSections, node: JsonNode): string {
  if (node.kind === 'string') return node.value
  if (node.kind === 'number') return node.text
  return sections.source.text.slice(node.from, node.to)
}

/** @returns the payload's own name of an offset range: bytes counted from the first signed byte */
export function signedOffset(sections: OcmfSections, node: { from: number }): number {
  return node.from - sections.section.from
}

/** Table 1. Unknown versions are read with the newest rules. */
export function versionOf(text: string | null): VersionNumber {
  const match = /^(\d{1,3})\.(\d{1,3})(?:\.\d{1,3})?$/.exec(text ?? '')
  if (match === null) return NEWEST
  const major = Number(match[1])
  const minor = Number(match[2])
  if (major === 0 && minor >= 1 && minor <= 5) return minor
  if (major === 1) return Math.min(100 + minor, NEWEST)
  return NEWEST
}

function readPagination(text: string | null): OcmfPayload['pagination'] {
  const match = /^([TF])(\d{1,40})$/.exec(text ?? '')
  if (match === null) return null
  const [, context = 'T', number = '0'] = match
  return { context: context as 'T' | 'F', number: number.replace(/^0+(?=\d)/, '') }
}

function readReadings(sections: OcmfSections, items: JsonNode[]): OcmfReading[] {
  const readings: OcmfReading[] = []
  let before: ReadonlyMap<string, Member> = new Map()
  for (const [index, node] of items.entries()) {
    if (node.kind !== 'object') continue
    const reading = readReading(sections, index, node, before)
    readings.push(reading)
    before = reading.members
  }
  return readings
}

function readReading(
  sections: OcmfSections,
  index: number,
  node: JsonObject,
  before: ReadonlyMap<string, Member>,
): OcmfReading {
  const own = new Map(node.members.map((entry) => [entry.name, entry.value]))
  const members = new Map<string, Member>()
  for (const [name, value] of own) {
    members.set(name, { node: value, text: textOf(sections, value), from: index })
  }
  const inherited: string[] = []
  for (const name of INHERITED) {
    const previous = before.get(name)
    if (previous === undefined || own.has(name)) continue
    members.set(name, previous)
    inherited.push(name)
  }
  const letter = members.get('TX')
  const register = members.get('RI')
  const obis = register?.node.kind === 'string' ? parseObis(register.text) : null
  const time = members.get('TM')
  return {
    index,
    node,
    own,
    members,
    inherited,
    letter: letter === undefined || letter.node.kind === 'null' ? null : letter.text,
    time: time?.node.kind === 'string' ? parseTime(time.text) : null,
    obis,
    kind: obis === null ? 'unclassified' : registerKind(obis),
    value: valueOf(own.get('RV')),
    unit: UNITS[members.get('RU')?.text ?? ''] ?? 'unknown',
  }
}

/** Table 20 and the words seen beside it; the last three never carry energy. */
const UNITS: Record<string, Unit> = table({
  kWh: 'kWh',
  Wh: 'Wh',
  mOhm: 'mOhm',
  uOhm: 'uOhm',
  Ohm: 'Ohm',
  s: 's',
  sec: 's',
})

/** RV: a number, or a number in a string padded with blanks or zeros (seen: DZG, Isabellenhütte). */
function valueOf(node: JsonNode | undefined): Decimal | null {
  if (node?.kind === 'number') return parseDecimal(node.text.replace(/\.(?=[eE]|$)/, ''))
  return node?.kind === 'string' ? parseDecimal(node.value.trim()) : null
}

/** Whether the reading reports an event of the meter only, and no value ("Readings"). */
export function isEvent(reading: OcmfReading): boolean {
  if (reading.own.has('RV')) return false
  if (reading.own.has('RI') || reading.own.has('RU')) return false
  const good = (reading.members.get('ST')?.text ?? 'G') === 'G'
  return !(good && (reading.members.get('EF')?.text ?? '') === '')
}

/** Registers written alike are one register (rule book, chapter 11). */
export function registerText(reading: OcmfReading): string {
  return reading.members.get('RI')?.text ?? ''
}

/** @returns readings of each register, in their order; events belong to none */
export function byRegister(readings: readonly OcmfReading[]): Map<string, OcmfReading[]> {
  return Map.groupBy(
    readings.filter((reading) => reading.own.has('RV')),
    registerText,
  )
}

export function countsEnergy(reading: OcmfReading): boolean {
  return isEnergyRegister(reading.kind)
}

/** @returns the reading in the words of the shared model */
export function toMeterReading(reading: OcmfReading): MeterReading {
  const state = reading.members.get('ST')?.text
  const flags = reading.members.get('EF')?.text ?? ''
  const role = reading.letter === null ? 'other' : (TRANSACTION_LETTERS[reading.letter] ?? 'other')
  const errors: MeterReading['errors'] = []
  if (flags.includes('E')) errors.push('energy')
  if (flags.includes('t')) errors.push('time')
  return {
    register: reading.obis?.canonical ?? null,
    registerText: reading.members.get('RI')?.text ?? null,
    kind: reading.kind,
    quantity:
      reading.value === null
        ? null
        : {
            value: reading.value,
            unit: reading.unit,
            unitText: reading.members.get('RU')?.text ?? '',
          },
    time: toTimestamp(reading),
    role: isEvent(reading) ? 'other' : role,
    meterOk: state === undefined ? null : state === 'G',
    status: state === undefined ? null : `ocmf.${state}`,
    errors,
    path: `RD[${reading.index}].RV`,
  }
}

function toTimestamp({ time, members }: OcmfReading): Timestamp | null {
  const text = members.get('TM')?.text
  if (text === undefined) return null
  if (time === null) return { text, epochMs: null, offsetMin: null, sync: 'unknown' }
  return { text, epochMs: time.epochMs, offsetMin: time.offsetMin, sync: time.sync }
}

/**
 * Checks 1xx: general information, pagination, meter.
 *
 * @module
 */
import { type OcmfPayload, filled, textMember, textOf } from '../payload.ts'
import {
  IDENTIFYING,
  PAYLOAD_MEMBERS,
  READING_MEMBERS,
  RESISTANCE_UNITS,
  RESISTANCE_UNITS_SINCE,
  CHARGING_REGISTERS_SINCE,
  SINCE,
  TYPE_CHECKED_ELSEWHERE,
} from '../tables.ts'
import { type Add, excerpt, inReading } from './report.ts'

const VENDOR = /^[U-Z]/

export function checkGeneral(payload: OcmfPayload, add: Add): void {
  checkVersion(payload, add)
  checkMembers(payload, add)
  checkTypes(payload, add)
  checkAge(payload, add)
  checkSerials(payload, add)
  checkPagination(payload, add)
}

function checkVersion({ versionText, version, members }: OcmfPayload, add: Add): void {
  const node = members.get('FV')
  const place = { path: 'FV', node }
  if (versionText === null || node === undefined) {
    add('OCMF-101', {})
    return
  }
  if (node.kind !== 'string') add('OCMF-102', { found: versionText }, place)
  const match = /^(\d{1,3})\.(\d{1,3})(\.\d{1,3})?$/.exec(versionText)
  if (match === null) {
    add('OCMF-103', { found: excerpt(versionText) }, place)
    return
  }
  if (match[3] !== undefined) add('OCMF-105', { found: versionText }, place)
  if (!isKnown(Number(match[1]), Number(match[2]))) add('OCMF-104', { found: versionText }, place)
  if (version < 100) add('OCMF-106', { found: versionText }, place)
}

function isKnown(major: number, minor: number): boolean {
  return (major === 0 && minor >= 1 && minor <= 5) || (major === 1 && minor <= 4)
}

/** The legacy names of the signing component (chapter 19). */
function isLegacy(name: string, version: number): boolean {
  return version < 4 && (name === 'VI' || name === 'VV')
}

function checkMembers({ sections, version }: OcmfPayload, add: Add): void {
  for (const { name, value } of sections.payload.members) {
    if (name in PAYLOAD_MEMBERS) continue
    const place = { path: name, node: value }
    if (isLegacy(name, version)) add('OCMF-108', { field: name }, place)
    else if (version < 4) continue
    else if (VENDOR.test(name)) {
      add('OCMF-110', { field: excerpt(name), found: excerpt(textOf(sections, value)) }, place)
    } else add('OCMF-109', { field: excerpt(name) }, place)
  }
}

function checkTypes({ readings, members }: OcmfPayload, add: Add): void {
  for (const [name, expected] of Object.entries(PAYLOAD_MEMBERS)) {
    const node = members.get(name)
    if (node === undefined || TYPE_CHECKED_ELSEWHERE.has(name) || node.kind === expected) continue
    add('OCMF-111', { field: name, expected }, { path: name, node })
  }
  for (const reading of readings ?? []) {
    for (const [name, expected] of Object.entries(READING_MEMBERS)) {
      const node = reading.own.get(name)
      if (node === undefined || TYPE_CHECKED_ELSEWHERE.has(name) || node.kind === expected) continue
      add('OCMF-111', { field: name, expected }, inReading(reading, name))
    }
  }
}

/** OCMF-107: a member younger than the version the record names. */
function checkAge({ sections, versionText, version, readings }: OcmfPayload, add: Add): void {
  if (versionText === null) return
  const tooNew = (
    field: string,
    since: number,
    place: { path: string; node?: { from: number } },
  ) => {
    if (version >= since) return
    const params = { field, version: versionText, since: `1.${since - 100}` }
    add('OCMF-107', params, place)
  }
  for (const { name, value } of sections.payload.members) {
    const since = SINCE[name]
    if (since !== undefined && name !== 'CL') tooNew(name, since, { path: name, node: value })
  }
  for (const reading of readings ?? []) {
    if (reading.own.has('CL')) tooNew('CL', 102, inReading(reading, 'CL'))
    const unit = reading.own.get('RU')
    if (unit?.kind === 'string' && RESISTANCE_UNITS.has(unit.value)) {
      tooNew(unit.value, RESISTANCE_UNITS_SINCE, inReading(reading, 'RU'))
    }
    if (reading.own.has('RI') && isChargingRegister(reading.obis)) {
      tooNew(
        reading.members.get('RI')?.text ?? '',
        CHARGING_REGISTERS_SINCE,
        inReading(reading, 'RI'),
      )
    }
  }
}

/** C groups B0…B3 and C0…C3 of Table 25. */
function isChargingRegister(obis: { c: number; notation: string } | null): boolean {
  if (obis === null || obis.notation !== 'hexadecimal') return false
  return (obis.c >= 0xb0 && obis.c <= 0xb3) || (obis.c >= 0xc0 && obis.c <= 0xc3)
}

function checkSerials(payload: OcmfPayload, add: Add): void {
  const { version, members } = payload
  for (const name of IDENTIFYING) {
    const node = members.get(name)
    if (node?.kind === 'string' && node.value === '') {
      add('OCMF-124', { field: name }, { path: name, node })
    }
  }
  if (version < 4) return
  if (filled(payload, 'GS') === null && filled(payload, 'MS') === null) add('OCMF-112', {})
  if (members.get('MS') === undefined) add('OCMF-120', {})
}

const LARGEST_1_0 = 2n ** 32n - 1n

function checkPagination(payload: OcmfPayload, add: Add): void {
  const { sections, version, versionText, pagination, readings, fiscal, members } = payload
  if (fiscal) add('OCMF-122', {})
  if (version < 4) return
  const text = textMember(sections, sections.payload, 'PG')
  const place = { path: 'PG', node: members.get('PG') }
  if (text === null) {
    add('OCMF-114', {})
    return
  }
  if (pagination === null) {
    add('OCMF-115', { found: excerpt(text) }, place)
    return
  }
  if (/^.0\d/.test(text)) add('OCMF-116', { found: excerpt(text) }, place)
  if (versionText === '1.0' && BigInt(pagination.number) > LARGEST_1_0) {
    add('OCMF-119', { found: text }, place)
  }
  const letters = readings?.some((reading) => reading.letter !== null) ?? false
  if (letters !== (pagination.context === 'T') && (readings?.length ?? 0) > 0) {
    add('OCMF-118', { found: text }, place)
  }
}

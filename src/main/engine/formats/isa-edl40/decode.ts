/**
 * A telegram of Isabellenhütte's meter for direct current: begin and actual reading under one
 * signature, in SML.
 *
 * As in EDL40, the signed block is put together from the telegram, and everything shown as signed
 * is read from it. Layout and sources: README.md.
 *
 * @module
 */
import { toHex } from '../../../../shared/hex.ts'
import { type LooseFinding, looseFinding } from '../../../../shared/model/finding.ts'
import type { MeterReading } from '../../../../shared/model/reading.ts'
import type { DecodedField } from '../../../../shared/model/record.ts'
import {
  EDL_BLOCK_BYTES,
  contractText,
  edlReading,
  field,
  meterNumber,
  meterOf,
  statusFields,
} from '../../codec/edl-block.ts'
import { checkEdlStatus, checkOffset, rawClaim } from '../edl-checks.ts'
import {
  type BlockValues,
  bytesIn,
  fieldsIn,
  layout,
  numberIn,
  unsignedField,
  writeBlock,
} from '../../codec/fixed-block.ts'
import type { SmlEntry } from '../../codec/sml.ts'
import {
  type MeterList,
  clockOf,
  entryFields,
  needed,
  numberOf,
  octetsOf,
  readMeterList,
  timeText,
} from '../../codec/sml-list.ts'
import type { DecodedRecord, SignedRecord } from '../../types.ts'

const NAMES = {
  begin: '010001080080',
  actual: '0100010800ff',
  pagination: '8180c7f040ff',
  esth: '8180816101ff',
  contract: '8182815401ff',
} as const

const FIELDS = layout([
  ['serverId', 10, 'bytes'],
  ['actual.timestamp', 4, 'clock'],
  ['actual.status', 1, 'bytes'],
  ['actual.obis', 6, 'bytes'],
  ['actual.unit', 1, 'unsigned'],
  ['actual.scaler', 1, 'signed'],
  ['actual.value', 8, 'signed'],
  ['logBook', 2, 'bytes'],
  ['actual.valueSignature', 66, 'bytes'],
  ['contractId', 128, 'padded'],
  ['begin.timestamp', 4, 'clock'],
  ['esth', 20, 'bytes'],
  ['begin.status', 1, 'bytes'],
  ['begin.obis', 6, 'bytes'],
  ['begin.unit', 1, 'unsigned'],
  ['begin.scaler', 1, 'signed'],
  ['begin.value', 8, 'signed'],
  ['listName', 6, 'bytes'],
  ['pagination', 4, 'unsigned'],
])

/** What the signed name of the list says of the actual reading. */
const ROLES: Record<string, MeterReading['role']> = {
  // The session has just begun: both readings are the same one.
  '8180816200ff': 'intermediate',
  '8180816201ff': 'intermediate',
  '8180816202ff': 'end',
}

/** @throws DecodeError where the telegram cannot be read or lacks a part of what is signed */
export function decodeIsa(record: SignedRecord): DecodedRecord<null> {
  const meterList = readMeterList(record.bytes)
  const { list, findings } = meterList
  const block = writeBlock(FIELDS, valuesOf(meterList), EDL_BLOCK_BYTES)
  const bytes = (name: string) => bytesIn(block, field(FIELDS, name))
  const number = (name: string) => numberIn(block, field(FIELDS, name))
  const serverId = bytes('serverId')
  const context = toHex(bytes('listName'))
  const role = ROLES[context]
  return {
    record,
    format: 'isa-edl40',
    formatVersion: null,
    readings: [reading(block, 'begin', 'begin'), reading(block, 'actual', role ?? 'intermediate')],
    fields: [...signedFields(block), ...besides(meterList, serverId)],
    claim: claimOf(block, list.signature),
    embedded: [],
    meter: { ...meterOf(serverId), model: null },
    gateway: { serial: null, model: null },
    pagination: { context: '', number: String(number('pagination')) },
    evse: null,
    user: contractText(bytes('contractId')),
    transaction: null,
    session: ['begin.timestamp', 'begin.value', 'contractId', 'esth']
      .map((name) => toHex(bytes(name)))
      .join(' '),
    findings: [
      ...findings,
      ...(role === undefined ? [looseFinding('ISA-CONTEXT', { found: context })] : []),
      ...checkReadings(block),
      ...checkTimes(meterList),
    ],
    detail: null,
  }
}

function valuesOf({ list, entries }: MeterList): BlockValues {
  const entry = (name: string) => needed(entries.get(name), name, 'entry')
  const pagination = entry(NAMES.pagination)
  const contract = entry(NAMES.contract)
  const actual = entry(NAMES.actual)
  return {
    serverId: needed(list.serverId, 'serverId', 'octets'),
    ...readingValues('actual', actual, NAMES.actual),
    'actual.valueSignature': needed(actual.signature, NAMES.actual, 'valueSignature'),
    ...(list.signature === null ? {} : { logBook: list.signature.slice(-2) }),
    contractId: contract.value === null ? new Uint8Array() : octetsOf(contract, NAMES.contract),
    ...readingValues('begin', entry(NAMES.begin), NAMES.begin),
    esth: octetsOf(entry(NAMES.esth), NAMES.esth),
    listName: needed(list.name, 'listName', 'octets'),
    pagination: numberOf(pagination, NAMES.pagination),
  }
}

function readingValues(prefix: string, entry: SmlEntry, name: string): BlockValues {
  const status = needed(entry.status, name, 'status')
  return {
    [`${prefix}.timestamp`]: needed(clockOf(needed(entry.time, name, 'valTime')), name, 'valTime'),
    // Of the 64 bits only the lowest eight are signed.
    [`${prefix}.status`]: Uint8Array.of(Number(status & 0xffn)),
    [`${prefix}.obis`]: entry.name,
    [`${prefix}.unit`]: needed(entry.unit, name, 'unit'),
    [`${prefix}.scaler`]: needed(entry.scaler, name, 'scaler'),
    [`${prefix}.value`]: numberOf(entry, name),
  }
}

function reading(
  block: Uint8Array,
  prefix: 'begin' | 'actual',
  role: MeterReading['role'],
): MeterReading {
  const part = (name: string) => field(FIELDS, `${prefix}.${name}`)
  const number = (name: string) => numberIn(block, part(name))
  const read = edlReading({
    obis: bytesIn(block, part('obis')),
    value: number('value'),
    scaler: Number(number('scaler')),
    unit: Number(number('unit')),
    clock: number('timestamp'),
    status: Number(number('status')),
    operating: null,
    role,
    path: `@${part('value').from}+8`,
  })
  // 1-0:1.8.0*128 is what the register 1-0:1.8.0*255 read at the beginning of the session.
  return read.register === AT_BEGIN ? { ...read, register: REGISTER } : read
}

const AT_BEGIN = '1-0:1.8.0*128'
const REGISTER = '1-0:1.8.0*255'

/** This meter signs on secp256r1 only. */
function claimOf(block: Uint8Array, signature: Uint8Array | null) {
  const claim = rawClaim(block, signature)
  const other = claim.algorithm?.curve !== 'secp256r1' && claim.signature !== null
  return {
    ...claim,
    algorithm: { curve: 'secp256r1', hash: 'SHA256' } as const,
    signature: other ? ('unreadable' as const) : claim.signature,
  }
}

function signedFields(block: Uint8Array): DecodedField[] {
  return fieldsIn(FIELDS, block).flatMap((one) => {
    if (!one.name.endsWith('.status') || one.range === null) return [one]
    const { from } = one.range
    return [one, ...statusFields(one.name, block[from] ?? 0, from)]
  })
}

function besides({ list, entries }: MeterList, serverId: Uint8Array): DecodedField[] {
  const number = meterNumber(serverId)
  const range = { from: 0, to: 10 }
  const plate = { name: 'meterNumber', value: number ?? '', signed: true, range, inherited: false }
  return [
    ...(number === null ? [] : [plate]),
    ...(list.sensorTime === null ? [] : [unsignedField('sensorTime', timeText(list.sensorTime))]),
    ...[...entries].flatMap(([name, entry]) => entryFields(name, entry)),
  ]
}

function checkReadings(block: Uint8Array): LooseFinding[] {
  const found: LooseFinding[] = []
  for (const prefix of ['begin', 'actual']) {
    const path = `${prefix}.value`
    const value = numberIn(block, field(FIELDS, path))
    if (value < 0n) found.push(looseFinding('EDL-NEGATIVE', { found: String(value) }, { path }))
    found.push(...checkEdlStatus(block, field(FIELDS, `${prefix}.status`)))
  }
  return found
}

function checkTimes({ entries }: MeterList): LooseFinding[] {
  return [NAMES.begin, NAMES.actual].flatMap((name) => {
    const time = entries.get(name)?.time
    return time == null ? [] : checkOffset(name, time)
  })
}

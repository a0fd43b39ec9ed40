/**
 * A reading of a meter with the EDL40 extension for electric mobility, from its SML telegram.
 *
 * The telegram holds the parts of what is signed, never the signed block itself: it is put together
 * here, and everything shown as signed is read from it. Layouts and sources: README.md.
 *
 * @module
 */
import { toHex } from '../../../../shared/hex.ts'
import { type LooseFinding, looseFinding } from '../../../../shared/model/finding.ts'
import type { DecodedField } from '../../../../shared/model/record.ts'
import {
  EDL_BLOCK_BYTES,
  EDL_FIELDS,
  contractText,
  edlFields,
  edlReading,
  edlReadings,
  field,
  meterNumber,
  meterOf,
  statusFields,
} from '../../codec/edl-block.ts'
import { checkEdlBlock, checkEdlStatus, checkOffset, rawClaim } from '../edl-checks.ts'
import {
  type BlockValues,
  bytesIn,
  fieldsIn,
  layout,
  numberIn,
  unsignedField,
  writeBlock,
} from '../../codec/fixed-block.ts'
import type { SmlEntry, SmlTime } from '../../codec/sml.ts'
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
  value: '0100011100ff',
  /** Read where the other one is missing. */
  otherValue: '0100010800ff',
  contract: '8182815401ff',
  pagination: '8180817101ff',
  secondsIndex: '810060080001',
  historical: '010001110064',
  compensated: '0100011100c8',
  resistance: '00af6c6c72ff',
  stopwatch: '00af647572ff',
  price: '00af707263ff',
} as const

/** Meters of 2018 and before: no counters, but a signature of the value inside what is signed. */
const LEGACY = layout([
  ['serverId', 10, 'bytes'],
  ['timestamp', 4, 'clock'],
  ['status', 1, 'bytes'],
  ['obis', 6, 'bytes'],
  ['unit', 1, 'unsigned'],
  ['scaler', 1, 'signed'],
  ['value', 8, 'signed'],
  ['logBook', 2, 'bytes'],
  ['valueSignature', 50, 'bytes'],
  ['contractId', 128, 'padded'],
  ['contractTimestamp', 4, 'clock'],
])

/** @throws DecodeError where the telegram cannot be read or lacks a part of what is signed */
export function decodeEdl40(record: SignedRecord): DecodedRecord<null> {
  const meterList = readMeterList(record.bytes)
  const { list, entries, findings } = meterList
  const valueName = entries.has(NAMES.value) ? NAMES.value : NAMES.otherValue
  const entry = needed(entries.get(valueName), NAMES.value, 'entry')
  const legacy = entry.signature !== null && !entries.has(NAMES.pagination)
  const fields = legacy ? LEGACY : EDL_FIELDS
  const block = writeBlock(fields, valuesOf(meterList, entry, valueName), EDL_BLOCK_BYTES)
  const text = (name: string) => bytesIn(block, field(fields, name))
  const serverId = text('serverId')
  const contract = text('contractId')
  const contractClock = numberIn(block, field(fields, 'contractTimestamp'))
  const role = record.hints.role ?? 'other'
  const emoc = isEmoc(list.signature)
  return {
    record,
    format: 'edl40',
    formatVersion: legacy ? 'legacy' : emoc ? 'eMOC' : null,
    readings: legacy ? [legacyReading(block, role)] : edlReadings(block, role),
    fields: [...(legacy ? legacyFields(block) : edlFields(block)), ...besides(meterList, serverId)],
    claim: rawClaim(block, list.signature),
    embedded: [],
    meter: { ...meterOf(serverId), model: null },
    gateway: { serial: null, model: null },
    pagination: legacy
      ? null
      : { context: '', number: String(numberIn(block, field(fields, 'pagination'))) },
    evse: null,
    user: contractText(contract),
    transaction: null,
    // Of eMOC meters the contract changes from begin to end.
    session:
      emoc || contract.length === 0 || contractClock === 0n
        ? null
        : sessionOf(contract, contractClock),
    findings: [
      ...findings,
      ...checkOffsets(entries, valueName),
      ...checkRegisters(entries, entry),
      looseFinding('EDL-ROLE', {}),
      ...(legacy ? checkEdlStatus(block, field(LEGACY, 'status')) : checkEdlBlock(block)),
    ],
    detail: null,
  }
}

function sessionOf(contract: Uint8Array, clock: bigint): string {
  return `${toHex(contract)} ${clock}`
}

/** Signatures of EMH's eMOC meters: secp256r1 and two bytes of the log book. */
function isEmoc(signature: Uint8Array | null): boolean {
  return signature !== null && signature.length >= 64
}

function valuesOf({ list, entries }: MeterList, entry: SmlEntry, valueName: string): BlockValues {
  const contract = entries.get(NAMES.contract)
  const number = (name: string) => {
    const found = entries.get(name)
    return found === undefined ? {} : { [name]: numberOf(found, name) }
  }
  const status = entry.status ?? 0n
  const optional = {
    ...renamed(number(NAMES.secondsIndex), 'secondsIndex'),
    ...renamed(number(NAMES.pagination), 'pagination'),
    ...renamed(number(NAMES.historical), 'historicalRegister'),
    ...renamed(number(NAMES.compensated), 'compensatedRegister'),
    ...renamed(number(NAMES.resistance), 'lineResistance'),
    ...renamed(number(NAMES.stopwatch), 'stopwatch'),
    ...renamed(number(NAMES.price), 'price'),
  }
  return {
    ...optional,
    ...(contract === undefined
      ? {}
      : {
          contractId:
            contract.value === null ? new Uint8Array() : octetsOf(contract, NAMES.contract),
          contractTimestamp: clock(contract.time, NAMES.contract),
        }),
    ...(entry.signature === null ? {} : { valueSignature: entry.signature }),
    ...(list.signature === null ? {} : { logBook: list.signature.slice(-2) }),
    serverId: needed(list.serverId, 'serverId', 'octets'),
    timestamp: clock(entry.time, valueName),
    status: Uint8Array.of(Number(isEmoc(list.signature) ? emocStatus(status) : status & 0xffn)),
    obis: entry.name,
    unit: needed(entry.unit, valueName, 'unit'),
    scaler: needed(entry.scaler, valueName, 'scaler'),
    value: numberOf(entry, valueName),
  }
}

function renamed(found: Record<string, bigint>, name: string): Record<string, bigint> {
  const [value] = Object.values(found)
  return value === undefined ? {} : { [name]: value }
}

function clock(time: SmlTime | null, name: string): bigint {
  return needed(clockOf(needed(time, name, 'valTime')), name, 'valTime')
}

/** Bits of the status word of 32 bits that become bits 0 to 7 of the signed byte; null: always 0. */
const EMOC_STATUS = [17n, null, null, 31n, 16n, 11n, 9n, 8n]

function emocStatus(word: bigint): bigint {
  return EMOC_STATUS.reduce<bigint>(
    (byte, from, to) => (from === null ? byte : byte | (((word >> from) & 1n) << BigInt(to))),
    0n,
  )
}

function legacyReading(block: Uint8Array, role: 'begin' | 'intermediate' | 'end' | 'other') {
  const part = (name: string) => field(LEGACY, name)
  const number = (name: string) => numberIn(block, part(name))
  return edlReading({
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
}

function legacyFields(block: Uint8Array): DecodedField[] {
  return fieldsIn(LEGACY, block).flatMap((one) => {
    if (one.name !== 'status') return [one]
    const at = field(LEGACY, 'status').from
    return [one, ...statusFields('status', block[at] ?? 0, at)]
  })
}

/** What the telegram says beside what is signed, and the number on the meter's plate. */
function besides({ list, entries }: MeterList, serverId: Uint8Array): DecodedField[] {
  const number = meterNumber(serverId)
  const range = { from: 0, to: 10 }
  const plate = { name: 'meterNumber', value: number ?? '', signed: true, range, inherited: false }
  return [
    ...(number === null ? [] : [plate]),
    ...(list.name === null ? [] : [unsignedField('listName', toHex(list.name))]),
    ...(list.sensorTime === null ? [] : [unsignedField('sensorTime', timeText(list.sensorTime))]),
    ...[...entries].flatMap(([name, entry]) => entryFields(name, entry)),
  ]
}

function checkOffsets(entries: MeterList['entries'], valueName: string): LooseFinding[] {
  return [valueName, NAMES.contract].flatMap((name) => {
    const time = entries.get(name)?.time
    return time == null ? [] : checkOffset(name, time)
  })
}

/** Unit and scaler of the further registers stand beside the signature; those of the value count. */
function checkRegisters(entries: MeterList['entries'], value: SmlEntry): LooseFinding[] {
  return [NAMES.historical, NAMES.compensated].flatMap((name) => {
    const entry = entries.get(name)
    if (entry === undefined) return []
    return (['unit', 'scaler'] as const).flatMap((part) => {
      const [found, signed] = [entry[part], value[part]]
      if (found === null || signed === null || found === signed) return []
      const params = { field: `${name} ${part}`, found: String(found), signed: String(signed) }
      return [looseFinding('REC-CONTRADICTS', params, { path: name })]
    })
  })
}

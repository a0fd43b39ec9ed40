/**
 * A GDF reading: the members that a Charge Transparency Record gives it, packed into the block of
 * EDL40 meters, of which it uses a part. Source: README.md beside this file.
 *
 * @module
 */
import { type LooseFinding, looseFinding } from '../../../../shared/model/finding.ts'
import type { DecodedField } from '../../../../shared/model/record.ts'
import { toHex } from '../../../../shared/hex.ts'
import { EDL_BLOCK_BYTES, EDL_FIELDS, edlReading, field } from '../../codec/edl-block.ts'
import { bytesIn, fieldsIn, numberIn, writeBlock } from '../../codec/fixed-block.ts'
import { utf8Bytes, utf8TextLenient } from '../../codec/text.ts'
import type { DecodedRecord, SignedRecord } from '../../types.ts'
import { PackedJson } from '../packed-json.ts'
import { checkUnitWord, obisOf, rawSignature } from '../packed-members.ts'
import { type StatedTime, checkOffsets, isoTime } from '../packed-time.ts'

export const GDF_METHOD = 'GDFCrypt01'

const METER_ID = 'measurement.energyMeterId'
const METER_ID_BYTES = 10
const CONTRACT = 'authorizationStart.@id'
const WORD = 'measurement.unit'
const SIGNED = [
  'measurement.obis',
  'measurement.unitEncoded',
  'measurement.scale',
  'value.value',
  'value.signatures',
  CONTRACT,
]
/** Fields of the block that this format fills; all others are zero. */
const FILLED = EDL_FIELDS.filter(({ name }) =>
  [
    'serverId',
    'timestamp',
    'obis',
    'unit',
    'scaler',
    'value',
    'contractId',
    'contractTimestamp',
  ].includes(name),
)

const COORDINATE_BYTES = 32

/** @throws DecodeError where a member is missing or does not fit its place in the block */
export function decodeGdf(record: SignedRecord): DecodedRecord<null> {
  const json = new PackedJson(record.bytes, GDF_METHOD)
  const stated = json.text(METER_ID)
  const times: Times = [
    isoTime(json, 'value.timestamp'),
    isoTime(json, 'authorizationStart.timestamp'),
  ]
  const block = pack(json, stated, times)
  const number = (name: string) => numberIn(block, field(EDL_FIELDS, name))
  const bytes = (name: string) => bytesIn(block, field(EDL_FIELDS, name))
  const serial = utf8TextLenient(withoutZeros(bytes('serverId')))
  const unit = Number(number('unit'))
  const { time, ...reading } = edlReading({
    obis: bytes('obis'),
    value: number('value'),
    scaler: Number(number('scaler')),
    unit,
    clock: number('timestamp'),
    status: 0,
    operating: null,
    role: record.hints.role ?? 'other',
    path: `@${field(EDL_FIELDS, 'value').from}+8`,
  })
  return {
    record,
    format: 'gdf',
    formatVersion: null,
    readings: [
      {
        ...reading,
        // No status is signed, so nothing is known of meter and clock.
        time: time === null ? null : { ...time, sync: 'unknown' },
        meterOk: null,
        status: null,
      },
    ],
    fields: [...fieldsIn(FILLED, block).map(withText(serial)), ...json.unsigned(SIGNED)],
    claim: {
      declared: null,
      algorithm: { curve: 'secp256r1', hash: 'SHA256' },
      hash: 'SHA256',
      signedBytes: block,
      variants: [],
      signature: rawSignature(json, 'value.signatures', COORDINATE_BYTES),
      repaired: null,
    },
    embedded: [],
    meter: { serial, vendor: null, model: null },
    gateway: { serial: null, model: null },
    pagination: null,
    evse: null,
    user: toHex(bytes('contractId')).toUpperCase() || null,
    transaction: null,
    findings: [
      ...checkUnitWord(json, WORD, unit),
      ...checkMeterId(stated, serial),
      ...checkOffsets(times),
    ],
    detail: null,
  }
}

/** Of the reading, and of the moment when the contract id was set. */
type Times = [reading: StatedTime, contract: StatedTime]

function pack(json: PackedJson, meterId: string, [reading, contract]: Times): Uint8Array {
  const values = {
    // The time stamp is written over what is longer.
    serverId: filled(utf8Bytes(meterId).subarray(0, METER_ID_BYTES), METER_ID_BYTES),
    timestamp: reading.clock,
    obis: obisOf(json, 'measurement.obis'),
    unit: json.integer('measurement.unitEncoded', 8),
    scaler: json.integer('measurement.scale', 'signed 8'),
    value: json.integer('value.value', 63),
    contractId: json.digits(CONTRACT, 128),
    contractTimestamp: contract.clock,
  }
  return writeBlock(EDL_FIELDS, values, EDL_BLOCK_BYTES)
}

function filled(bytes: Uint8Array, length: number): Uint8Array {
  const copy = new Uint8Array(length)
  copy.set(bytes)
  return copy
}

function withoutZeros(bytes: Uint8Array): Uint8Array {
  return bytes.subarray(0, bytes.findLastIndex((byte) => byte !== 0) + 1)
}

function withText(serial: string) {
  return (one: DecodedField): DecodedField =>
    one.name === 'serverId' ? { ...one, value: serial } : one
}

/** Ten bytes of the meter's name are signed; the key is looked up by the whole name. */
function checkMeterId(stated: string, signed: string): LooseFinding[] {
  if (stated === signed) return []
  const params = { field: METER_ID, found: stated.slice(0, 64), signed }
  return [looseFinding('REC-CONTRADICTS', params, { path: METER_ID })]
}

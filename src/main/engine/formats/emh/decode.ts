/**
 * An EMH reading: the members that a carrier gives it, packed into the block that the meter signed.
 *
 * Everything shown as measured is read out of that block again. Source: README.md beside this file.
 *
 * @module
 */
import {
  EDL_BLOCK_BYTES,
  EDL_FIELDS,
  contractText,
  edlFields,
  edlReadings,
  field,
  meterOf,
} from '../../codec/edl-block.ts'
import { bytesIn, numberIn, writeBlock } from '../../codec/fixed-block.ts'
import type { DecodedRecord, SignedRecord } from '../../types.ts'
import { PackedJson } from '../packed-json.ts'
import { checkUnitWord, obisOf, rawSignature } from '../packed-members.ts'
import { type StatedTime, checkOffsets, isoTime, localTime } from '../packed-time.ts'

export const EMH_METHOD = 'EMHCrypt01'

/** Where a carrier writes what the block holds. */
interface Paths {
  meterId: string
  status: string
  secondsIndex: string
  pagination: string
  obis: string
  unit: string
  scale: string
  value: string
  logBook: string
  contractId: string
  /** Unit as a word, which is not signed. */
  word: string
}

/** A value of `signedMeterValues`. */
const CHARGEIT: Paths = {
  meterId: 'meterInfo.meterId',
  status: 'additionalInfo.status',
  secondsIndex: 'additionalInfo.indexes.timer',
  pagination: 'measurementId',
  obis: 'measurand.id',
  unit: 'measuredValue.unitEncoded',
  scale: 'measuredValue.scale',
  value: 'measuredValue.value',
  logBook: 'additionalInfo.indexes.logBook',
  contractId: 'contract.id',
  word: 'measuredValue.unit',
}

/** A value of a measurement, with what record and measurement say of all their values. */
const CTR: Paths = {
  meterId: 'measurement.energyMeterId',
  status: 'value.infoStatus',
  secondsIndex: 'value.secondsIndex',
  pagination: 'value.paginationId',
  obis: 'measurement.obis',
  unit: 'measurement.unitEncoded',
  scale: 'measurement.scale',
  value: 'value.value',
  logBook: 'value.logBookIndex',
  contractId: 'authorizationStart.@id',
  word: 'measurement.unit',
}

const SIGNED = [
  ...Object.values({ ...CHARGEIT, word: '' }),
  ...Object.values({ ...CTR, word: '' }),
  'signature',
  'value.signatures',
  'meterInfo.publicKey',
]

const COORDINATE_BYTES = 24

/** @throws DecodeError where a member is missing or does not fit its place in the block */
export function decodeEmh(record: SignedRecord): DecodedRecord<null> {
  const json = new PackedJson(record.bytes, EMH_METHOD)
  const fromCtr = json.has('measurement')
  const paths = fromCtr ? CTR : CHARGEIT
  const times = fromCtr ? timesOfCtr(json) : timesOfChargeIt(json)
  const block = pack(json, paths, times)
  const unit = Number(numberIn(block, field(EDL_FIELDS, 'unit')))
  return {
    record,
    format: 'emh',
    formatVersion: null,
    readings: edlReadings(block, record.hints.role ?? 'other'),
    fields: [...edlFields(block), ...json.unsigned(SIGNED)],
    claim: {
      declared: null,
      algorithm: { curve: 'secp192r1', hash: 'SHA256' },
      hash: 'SHA256',
      signedBytes: block,
      variants: [],
      signature: rawSignature(json, fromCtr ? 'value.signatures' : 'signature', COORDINATE_BYTES),
      repaired: null,
    },
    embedded: [],
    meter: { ...meterOf(bytesIn(block, field(EDL_FIELDS, 'serverId'))), model: null },
    gateway: { serial: null, model: null },
    pagination: {
      context: '',
      number: String(numberIn(block, field(EDL_FIELDS, 'pagination'))),
    },
    evse: null,
    user: contractText(bytesIn(block, field(EDL_FIELDS, 'contractId'))),
    transaction: null,
    findings: [...checkUnitWord(json, paths.word, unit), ...checkOffsets(times)],
    detail: null,
  }
}

/** Of the reading, and of the moment when the contract id was set. */
type Times = [reading: StatedTime, contract: StatedTime]

function timesOfChargeIt(json: PackedJson): Times {
  return [
    localTime(json, 'measuredValue.timestampLocal'),
    localTime(json, 'contract.timestampLocal'),
  ]
}

/** Records without a time of the authorisation sign that of the reading in its place. */
function timesOfCtr(json: PackedJson): Times {
  const reading = isoTime(json, 'value.timestamp')
  const own = 'authorizationStart.timestamp'
  return [reading, json.has(own) ? isoTime(json, own) : reading]
}

function pack(json: PackedJson, paths: Paths, [reading, contract]: Times): Uint8Array {
  const values = {
    serverId: json.hex(paths.meterId, 10),
    timestamp: reading.clock,
    status: json.hex(paths.status, 1),
    secondsIndex: json.integer(paths.secondsIndex, 32),
    // Written with its highest digit first.
    pagination: json.hex(paths.pagination, 4).toReversed(),
    obis: obisOf(json, paths.obis),
    unit: json.integer(paths.unit, 8),
    scaler: json.integer(paths.scale, 'signed 8'),
    value: json.integer(paths.value, 63),
    logBook: json.hex(paths.logBook, 2),
    // The characters, not the bytes that they may be the digits of.
    contractId: json.padded(paths.contractId, 128),
    contractTimestamp: contract.clock,
  }
  return writeBlock(EDL_FIELDS, values, EDL_BLOCK_BYTES)
}

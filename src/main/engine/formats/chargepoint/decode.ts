/**
 * A ChargePoint receipt: the bytes of a JSON text, signed exactly as they are.
 *
 * Both readings stand in it, so one record is a whole session. Source: README.md beside this file.
 *
 * @module
 */
import { compare, parseDecimal, subtract } from '../../../../shared/decimal.ts'
import { type LooseFinding, looseFinding } from '../../../../shared/model/finding.ts'
import type { MeterReading, Quantity, Timestamp, Unit } from '../../../../shared/model/reading.ts'
import type { DecodedField } from '../../../../shared/model/record.ts'
import { table } from '../../../../shared/table.ts'
import { DecodeError } from '../../codec/decode-error.ts'
import {
  type JsonNode,
  type JsonObject,
  member,
  parseJson,
  stringMember,
} from '../../codec/json.ts'
import { LIMITS, RECORD_JSON } from '../../limits.ts'
import type { Algorithm } from '../../signature/algorithms.ts'
import type { DecodedRecord, SignedRecord } from '../../types.ts'
import { doubled, textOf } from '../packed-json.ts'

/** The key says which; no receipt names its method. */
const METHODS: readonly [Algorithm, ...Algorithm[]] = [
  { curve: 'secp224k1', hash: 'SHA256' },
  { curve: 'secp256r1', hash: 'SHA256' },
  { curve: 'secp384r1', hash: 'SHA384' },
  { curve: 'secp521r1', hash: 'SHA512' },
]

/** @throws DecodeError where readings are missing, or a name occurs twice */
export function decodeChargePoint(record: SignedRecord): DecodedRecord<null> {
  const root = rootOf(record.bytes)
  const additional = member(root, 'additional_info')
  const info = additional?.kind === 'object' ? additional : root
  const place = info === root ? '' : 'additional_info.'
  const [algorithm, ...also] = METHODS
  const [begin, end] = [
    readingOf(info, 'begin', place, timeOf(root, info, 'begin')),
    readingOf(info, 'end', place, timeOf(root, info, 'end')),
  ]
  const mac = scalar(info, 'station_mac')
  const outlet = scalar(info, 'outlet')
  const station = mac === null || outlet === null ? null : `${mac}-${outlet}`
  const session = scalar(info, 'session_id')
  return {
    record,
    format: 'chargepoint',
    formatVersion: null,
    readings: [begin, end],
    fields: fieldsOf(root),
    claim: {
      declared: null,
      algorithm,
      also,
      apart: true,
      hash: 'SHA256',
      signedBytes: record.bytes,
      variants: [],
      signature: record.detached ?? null,
      repaired: null,
    },
    embedded: [],
    meter: { serial: scalar(info, 'meter_serial'), vendor: null, model: null },
    gateway: { serial: null, model: null },
    pagination: null,
    evse: stringMember(info, 'EVSEId') ?? station,
    user: scalar(info, 'driver_info'),
    transaction: station === null || session === null ? null : `${station}-${session}`,
    findings: checkTotal(info, begin.quantity, end.quantity, place),
    detail: null,
  }
}

function rootOf(bytes: Uint8Array): JsonObject {
  if (bytes.length > LIMITS.recordBytes) {
    throw new DecodeError(looseFinding('IN-TOOBIG', { limit: '1 MiB' }))
  }
  const { node, issues } = parseJson(bytes, RECORD_JSON)
  const twice = issues.find(({ kind }) => kind === 'duplicate')
  if (twice?.kind === 'duplicate') throw doubled(twice.name)
  if (node.kind !== 'object') throw new DecodeError(looseFinding('IN-RECORD', {}))
  return node
}

/** @returns a text or number as written; null where absent or empty */
function scalar(node: JsonNode, name: string): string | null {
  const value = member(node, name)
  const text = value?.kind === 'string' ? value.value : value?.kind === 'number' ? value.text : ''
  return text === '' ? null : text
}

const NAMES = { begin: 'meter_startreading', end: 'meter_endreading' } as const

type ReadingWithValue = MeterReading & { quantity: Quantity }

function readingOf(
  info: JsonNode,
  role: 'begin' | 'end',
  place: string,
  time: Timestamp | null,
): ReadingWithValue {
  const path = `${place}${NAMES[role]}`
  const value = parseDecimal(scalar(info, NAMES[role]) ?? '')
  if (value === null) throw new DecodeError(looseFinding('IN-RECORD', {}, { path }))
  const unitText = scalar(info, 'energy_units') ?? ''
  return {
    // The receipt names no register; what it counts is all energy drawn.
    register: null,
    registerText: null,
    kind: 'total',
    quantity: { value, unit: unitOf(unitText), unitText },
    time,
    role,
    meterOk: null,
    status: null,
    errors: [],
    path,
  }
}

/** Only the case of the prefix has a meaning: m is a thousandth, M a million. */
const UNITS: Record<string, Unit | undefined> = table({
  wh: 'Wh',
  kwh: 'kWh',
  watthour: 'Wh',
  watthours: 'Wh',
  kilowatthour: 'kWh',
  kilowatthours: 'kWh',
  ws: 'Ws',
})

function unitOf(text: string): Unit {
  const word = text.replace(/[\s_-]/g, '')
  if (/^[mM]wh$/i.test(word)) return word.startsWith('M') ? 'MWh' : 'mWh'
  return UNITS[word.toLowerCase()] ?? 'unknown'
}

/**
 * UNIX seconds: `start_time` and `end_time`, or, where the receipt lists what is charged for, the
 * first `start_time_utc` and last `end_time_utc` of the energy items, else of the parking items.
 * There `start_time` and `end_time` are local and not used.
 */
function timeOf(root: JsonNode, info: JsonNode, role: 'begin' | 'end'): Timestamp | null {
  const name = role === 'begin' ? 'start_time' : 'end_time'
  const listed = ['energy', 'parking']
    .map((list) => itemsOf(root, list).flatMap((item) => seconds(scalar(item, `${name}_utc`))))
    .find((times) => times.length > 0)
  const [first, ...others] = listed ?? seconds(scalar(info, name))
  if (first === undefined) return null
  const epochS = role === 'begin' ? Math.min(first, ...others) : Math.max(first, ...others)
  return { text: String(epochS), epochMs: epochS * 1000, offsetMin: 0, sync: 'unknown' }
}

const MOST_ITEMS = 10_000

function itemsOf(root: JsonNode, list: string): JsonNode[] {
  const node = member(root, list)
  return node?.kind === 'array' ? node.items.slice(0, MOST_ITEMS) : []
}

function seconds(text: string | null): number[] {
  return text !== null && /^\d{1,11}$/.test(text) ? [Number(text)] : []
}

/** The receipt states the energy once more; it should be what the readings give. */
function checkTotal(info: JsonNode, begin: Quantity, end: Quantity, place: string): LooseFinding[] {
  const total = parseDecimal(scalar(info, 'total_energy') ?? '')
  const difference = subtract(end.value, begin.value)
  if (total === null || compare(total, difference) === 0) return []
  const params = { stated: total.slice(0, 64), energy: difference.slice(0, 64) }
  return [looseFinding('REC-TOTAL', params, { path: `${place}total_energy` })]
}

const MOST_FIELDS = 2000

/** Everything in the receipt is signed. */
function fieldsOf(root: JsonObject): DecodedField[] {
  const fields: DecodedField[] = []
  const walk = (node: JsonNode, name: string) => {
    if (node.kind === 'object') {
      for (const one of node.members)
        walk(one.value, name === '' ? one.name : `${name}.${one.name}`)
    } else if (node.kind === 'array') {
      for (const [index, item] of node.items.entries()) walk(item, `${name}[${index}]`)
    } else if (fields.length < MOST_FIELDS) {
      const range = { from: node.from, to: node.to }
      fields.push({ name, value: textOf(node), signed: true, range, inherited: false })
    }
  }
  walk(root, '')
  return fields
}

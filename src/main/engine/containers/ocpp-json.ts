/**
 * What a station tells its backend: OCPP 1.6, 2.0.1 and 2.1, in camel case or in snake case.
 *
 * Signed values are records with the transaction and the role that the message names; keys come
 * beside them, in answers to GetConfiguration, in variables and in messages of makers. A frame is
 * its payload; who called whom does not matter to what was signed.
 * Source: OCPP 1.6 and 2.0.1, SampledValue; OCA application note "Signed meter values", v1.0.
 *
 * @module
 */
import { type JsonNode, type JsonObject, member } from '../codec/json.ts'
import { utf8Bytes } from '../codec/text.ts'
import type { KeyOffer, SignedRecord } from '../types.ts'
import {
  type JsonPlace,
  type JsonShape,
  itemsAt,
  keysAt,
  nodeAt,
  originAt,
  scalarAt,
} from './json-shape.ts'
import { stationLog } from './log/stations.ts'
import { NO_HINTS, findRecords } from './records.ts'

/** @returns the first of several spellings that is there */
function named(object: JsonNode | undefined, ...names: string[]): JsonNode | undefined {
  return names.map((name) => nodeAt(object, name)).find((found) => found !== undefined)
}

function textOf(object: JsonNode, ...names: string[]): string | null {
  return names.map((name) => scalarAt(object, name)).find((found) => found !== null) ?? null
}

const ROLES: readonly [RegExp, SignedRecord['hints']['role']][] = [
  [/transaction[._]?begin/i, 'begin'],
  [/transaction[._]?end/i, 'end'],
  [/sample[._]?(?:periodic|clock)/i, 'intermediate'],
]

const SIGNED = ['signedMeterValue', 'signed_meter_value'] as const
const DATA = ['signedMeterData', 'signed_meter_data', 'signedMeterValue'] as const
const KEY = ['publicKey', 'public_key'] as const

/** A sample with a signature: 2.x has it in a member, 1.6 in place of the value. */
export const sampledValueJson: JsonShape = {
  detect: (object) => isSample2(object) || isSample16(object),
  open: (object, place) => {
    const context = textOf(object, 'context')
    const role = ROLES.find(([pattern]) => pattern.test(context ?? ''))?.[1] ?? null
    if (isSample2(object)) {
      const name = SIGNED.find((one) => member(object, one) !== undefined) ?? SIGNED[0]
      const signed = member(object, name)
      if (signed?.kind === 'object')
        openSigned(signed, role, { ...place, path: `${place.path}.${name}` })
      return
    }
    // JSON text of the 2.x type, or the record itself, in any encoding.
    const before = place.opened.records.length
    const value = member(object, 'value')
    if (value !== undefined) place.visit(value, `${place.path}.value`)
    withRole(place, before, role)
  },
}

function isSample2(object: JsonObject): boolean {
  return SIGNED.some((name) => member(object, name)?.kind === 'object')
}

function isSample16(object: JsonObject): boolean {
  return (
    /signed/i.test(scalarAt(object, 'format') ?? '') && member(object, 'value')?.kind === 'string'
  )
}

/** The signed value of OCPP 2.x, also as text inside a value of 1.6 and in station records. */
export const signedMeterValueJson: JsonShape = {
  detect: (object) =>
    DATA.some((name) => member(object, name)?.kind === 'string') &&
    ['encodingMethod', 'encoding_method', 'signingMethod', 'signing_method', ...KEY].some(
      (name) => member(object, name) !== undefined,
    ),
  open: (object, place) => openSigned(object, null, place),
}

function openSigned(
  signed: JsonObject,
  role: SignedRecord['hints']['role'],
  place: JsonPlace,
): void {
  const { opened, path } = place
  const name = DATA.find((one) => member(signed, one)?.kind === 'string')
  const text = name === undefined ? null : scalarAt(signed, name)
  const keys = keysBeside(signed, place)
  if (text === null || name === undefined) {
    opened.keys.push(...keys)
    return
  }
  const hints = { ...NO_HINTS, role }
  const origin = originAt(place, `${path}.${name}`)
  const all = [...keys, ...place.keys]
  const { records, findings } = findRecords(utf8Bytes(text), origin, hints, all)
  opened.findings.push(...findings)
  const format = textOf(signed, 'encodingMethod', 'encoding_method')
  const unknown = { bytes: utf8Bytes(text), origin, keys: all, hints: { ...hints, format } }
  opened.records.push(...(records.length > 0 ? records : [unknown]))
}

/** The member may be empty: stations send their key once, or never. */
function keysBeside(signed: JsonObject, place: JsonPlace): KeyOffer[] {
  const name = KEY.find((one) => scalarAt(signed, one) !== null)
  if (name === undefined) return []
  return keysAt(place, member(signed, name), `${place.path}.${name}`)
}

function withRole(place: JsonPlace, from: number, role: SignedRecord['hints']['role']): void {
  for (const record of place.opened.records.slice(from)) record.hints = { ...record.hints, role }
}

/** Values of a transaction or a connector: its number holds for every record in the message. */
export const transactionJson: JsonShape = {
  detect: (object) =>
    (transactionOf(object) !== null || connectorOf(object) !== null) &&
    named(object, 'transactionData', 'transaction_data', 'meterValue', 'meter_value') !== undefined,
  open: (object, place) => {
    const { opened, station } = place
    const before = opened.records.length
    for (const { name, value } of object.members) place.visit(value, `${place.path}.${name}`)
    const transaction = transactionOf(object)
    const own = opened.records.slice(before)
    for (const record of own) {
      if (record.hints.transaction === null) record.hints = { ...record.hints, transaction }
    }
    stationLog(opened).place(own, { station, connector: connectorOf(object), transaction })
  },
}

/**
 * A frame says who calls and who answers: of OCPP 1.6, the number of a transaction comes with the
 * answer to the message that names its connector.
 */
export function noteFrame(items: readonly JsonNode[], { opened, station }: JsonPlace): void {
  const [type, id, third, fourth] = items
  if (type?.kind !== 'number' || id?.kind !== 'string') return
  if (type.text === '3' && third?.kind === 'object') {
    stationLog(opened).answered(id.value, station, transactionOf(third))
  }
  if (type.text !== '2' || third?.kind !== 'string' || fourth?.kind !== 'object') return
  if (third.value === 'StartTransaction') {
    stationLog(opened).began(id.value, station, connectorOf(fourth))
  } else if (third.value === 'StopTransaction') {
    const transaction = transactionOf(fourth)
    if (transaction !== null) stationLog(opened).ended(station, transaction)
  }
}

/** The EVSE; versions that know none number the connectors. Zero is the station itself. */
function connectorOf(object: JsonNode): string | null {
  const number =
    textOf(object, 'evseId', 'evse_id') ??
    scalarAt(object, 'evse', 'id') ??
    textOf(object, 'connectorId', 'connector_id')
  return number === '0' ? null : number
}

function transactionOf(object: JsonObject): string | null {
  const info = named(object, 'transactionInfo', 'transaction_info')
  return textOf(info ?? object, 'transactionId', 'transaction_id')
}

/** A configuration key or variable that holds the public key of a meter. */
export const meterKeyJson: JsonShape = {
  detect: (object) => METER_KEY.test(scalarAt(object, 'key') ?? '') || isFiscalMetering(object),
  open: (object, place) => {
    const values: [JsonNode | undefined, string][] = [
      [member(object, 'value'), 'value'],
      [named(object, 'attributeValue', 'attribute_value'), 'attributeValue'],
      ...attributesOf(object).map((attribute, index): [JsonNode | undefined, string] => [
        nodeAt(attribute, 'value'),
        `variableAttribute[${index}].value`,
      ]),
    ]
    const number = METER_KEY.exec(scalarAt(object, 'key') ?? '')?.[1] ?? null
    const connector = number ?? connectorOf(nodeAt(object, 'component') ?? object)
    for (const [node, name] of values) {
      if (node?.kind !== 'string') continue
      tellKeys(keysAt(place, node, `${place.path}.${name}`), connector, place)
    }
  },
}

/** `MeterPublicKey1`: the key of the meter at that connector. */
const METER_KEY = /^MeterPublicKey(?:\D*([1-9]\d*))?/i

/** The key of a connector's meter, in a message of makers: `DataTransfer` with `setMeterConfiguration`. */
export const meterConfigurationJson: JsonShape = {
  detect: (object) =>
    connectorOf(object) !== null && KEY.some((name) => scalarAt(object, name) !== null),
  open: (object, place) => tellKeys(keysBeside(object, place), connectorOf(object), place),
}

function tellKeys(
  keys: readonly KeyOffer[],
  connector: string | null,
  { opened, station }: JsonPlace,
): void {
  stationLog(opened).tell(keys, { station, connector, transaction: null })
}

function attributesOf(object: JsonObject): JsonNode[] {
  return [...itemsAt(object, 'variableAttribute'), ...itemsAt(object, 'variable_attribute')]
}

function isFiscalMetering(object: JsonObject): boolean {
  return (
    /FiscalMetering/i.test(scalarAt(object, 'component', 'name') ?? '') &&
    /PublicKey/i.test(scalarAt(object, 'variable', 'name') ?? '')
  )
}

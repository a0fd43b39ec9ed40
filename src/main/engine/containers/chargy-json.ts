/**
 * Charge Transparency Records and what else goes by the name `.chargy`: key files and live links.
 *
 * A record is believed nothing that it says of itself: no verdict, no energy, no status. Where it
 * holds what a meter signed, that is verified afresh; where it does not, that is told.
 * Source: formats documentation, "Charge Transparency Record", "Live link", "Public keys".
 *
 * @module
 */
import { type Decimal, parseDecimal, shift } from '../../../shared/decimal.ts'
import { looseFinding } from '../../../shared/model/finding.ts'
import { type JsonNode, type JsonObject, member } from '../codec/json.ts'
import { utf8Bytes, utf8TextLenient } from '../codec/text.ts'
import { packedRecord } from '../formats/packed-json.ts'
import type { KeyOffer, SignedRecord, Statement } from '../types.ts'
import { originalRecord } from './chargepoint-json.ts'
import {
  type JsonPlace,
  type JsonShape,
  itemsAt,
  keysAt,
  nodeAt,
  originAt,
  refuseDoubles,
  roleAt,
  scalarAt,
  sliceOf,
  statement,
  tell,
} from './json-shape.ts'
import { NO_HINTS } from './records.ts'

const CONTEXTS = 'https://open.charging.cloud/contexts/'

function contextOf(object: JsonObject): string {
  const context = member(object, '@context')
  return context?.kind === 'string' ? context.value : ''
}

/** A station's invitation to watch a running session. Nothing in it is signed or fetched. */
export const liveLinkJson: JsonShape = {
  detect: (object) => contextOf(object).startsWith(`${CONTEXTS}chargeTransparency/live/link`),
  open: (_, { opened }) => {
    opened.findings.push(looseFinding('IN-LIVE', {}))
  },
}

/** One public key. Keys inside it belong to those who vouch for it and sign no readings. */
export const publicKeyJson: JsonShape = {
  detect: (object) => contextOf(object).startsWith(`${CONTEXTS}publicKey+json`),
  open: (object, place) => {
    const name = place.origin.map((step) => step.name).join(' › ')
    place.opened.keys.push(...readable(keysAt(place, object, name)))
  },
}

export const chargyJson: JsonShape = {
  detect: (object) =>
    contextOf(object).startsWith(`${CONTEXTS}CTR+json`) ||
    member(object, 'chargingSessions')?.kind === 'array',
  open: (object, place) => {
    refuseDoubles(object, place)
    const { opened, path } = place
    const meters = metersOf(object, place)
    opened.keys.push(...readable(keyList(object, path, place)))
    for (const { name, value } of object.members) {
      if (name !== 'chargingSessions' || value.kind !== 'array') continue
      for (const [index, session] of value.items.entries()) {
        openSession(session, { ...place, path: `${path}.${name}[${index}]` }, meters)
      }
    }
  },
}

function readable(offers: readonly KeyOffer[]): KeyOffer[] {
  return offers.filter(({ keys }) => keys.length > 0)
}

/** Keys by the id of the meter, from every list in the record; newer ones say `energyMeters`. */
type Meters = Map<string, KeyOffer[]>

function metersOf(record: JsonObject, place: JsonPlace): Meters {
  const meters: Meters = new Map()
  const walk = (node: JsonNode, path: string) => {
    if (node.kind === 'array') {
      for (const [index, item] of node.items.entries()) walk(item, `${path}[${index}]`)
    }
    if (node.kind !== 'object') return
    for (const { name, value } of node.members) {
      if (name === 'chargingSessions') continue
      if (name === 'energyMeters' || name === 'meters') addMeters(value, `${path}.${name}`)
      else walk(value, `${path}.${name}`)
    }
  }
  const addMeters = (list: JsonNode, path: string) => {
    for (const [index, meter] of itemsAt(list).entries()) {
      const id = scalarAt(meter, '@id')
      if (id === null) continue
      const keys = keyList(meter, `${path}[${index}]`, place)
      const known = meters.get(id)
      if (known === undefined) meters.set(id, keys)
      else known.push(...keys)
    }
  }
  walk(record, place.path)
  return meters
}

/** Descriptions without a key in them are passed over. */
function keyList(node: JsonNode, path: string, place: JsonPlace): KeyOffer[] {
  return itemsAt(node, 'publicKeys').flatMap((key, index) => {
    const value = key.kind === 'string' ? key : (nodeAt(key, 'value') ?? nodeAt(key, 'x'))
    return value !== undefined ? keysAt(place, key, `${path}.publicKeys[${index}]`) : []
  })
}

/** Methods whose signed bytes are packed from members of the session. */
const PACKED = ['EMHCrypt01', 'GDFCrypt01'] as const
type PackedMethod = (typeof PACKED)[number]
const FORMAT_IDS = { EMHCrypt01: 'emh', GDFCrypt01: 'gdf' } as const

function openSession(session: JsonNode, place: JsonPlace, meters: Meters): void {
  if (session.kind !== 'object') return
  refuseDoubles(session, place)
  const { opened } = place
  const context = contextOf(session)
  const method = PACKED.find((name) => context.includes(`/${name}`))
  const before = opened.records.length
  if (method !== undefined) {
    for (const { name, value } of session.members) {
      if (name !== 'measurements') continue
      for (const [index, measurement] of itemsAt(value).entries()) {
        const path = `${place.path}.measurements[${index}]`
        openMeasurement(measurement, { session, method, meters }, { ...place, path })
      }
    }
  } else openOther(session, context, place, meters)
  if (opened.records.length > before) return
  const name = scalarAt(session, '@id') ?? place.path
  tell(opened, looseFinding('IN-UNSIGNED', { session: name.slice(0, 64) }))
}

interface PackedSession {
  session: JsonObject
  method: PackedMethod
  meters: Meters
}

/** Members of a measurement that go into the signed bytes, and the word beside one of them. */
const OF_MEASUREMENT = ['energyMeterId', 'obis', 'unit', 'unitEncoded', 'scale']

function openMeasurement(
  measurement: JsonNode,
  { session, method, meters }: PackedSession,
  place: JsonPlace,
): void {
  if (measurement.kind !== 'object') return
  refuseDoubles(measurement, place)
  const values = itemsAt(measurement, 'values')
  const keys = meters.get(scalarAt(measurement, 'energyMeterId') ?? '') ?? []
  const statements = identities(session)
  const transaction = scalarAt(session, '@id')
  const shared = [
    ...membersOf(session, ['authorizationStart'], place),
    `"measurement":{${membersOf(measurement, OF_MEASUREMENT, place).join(',')}}`,
  ].join(',')
  for (const [index, value] of values.entries()) {
    const hints: SignedRecord['hints'] = {
      ...NO_HINTS,
      format: FORMAT_IDS[method],
      transaction,
      role: roleAt(index, values.length),
    }
    const bytes = packedRecord(method, utf8Bytes(`{${shared},"value":${textOf(value, place)}}`))
    const origin = originAt(place, `${place.path}.values[${index}]`)
    place.opened.records.push({ bytes, origin, keys, hints, statements })
  }
}

/** Every member of these names, doubled ones too: their format refuses them. */
function membersOf(object: JsonObject, names: readonly string[], place: JsonPlace): string[] {
  return object.members
    .filter(({ name }) => names.includes(name))
    .map(({ name, value }) => `${JSON.stringify(name)}:${textOf(value, place)}`)
}

function textOf(node: JsonNode, place: JsonPlace): string {
  return utf8TextLenient(sliceOf(place, node))
}

/** What the session says of place and product; nobody signed it. */
function identities(session: JsonObject): Statement[] {
  return [
    ...statement('evse', scalarAt(session, 'EVSEId'), 'EVSEId'),
    ...statement('other', scalarAt(session, 'chargingStationId'), 'chargingStationId'),
    ...statement('other', scalarAt(session, 'begin'), 'begin'),
    ...statement('other', scalarAt(session, 'end'), 'end'),
    ...statement('other', scalarAt(session, 'tariffId'), 'tariffId'),
  ]
}

/** Sessions of all other methods: the signed datagram stands in them as it is, or not at all. */
function openOther(session: JsonObject, context: string, place: JsonPlace, meters: Meters): void {
  const { opened, path } = place
  const measured = itemsAt(session, 'measurements')
  const keys = measured.flatMap((one) => meters.get(scalarAt(one, 'energyMeterId') ?? '') ?? [])
  const statements = [
    ...identities(session),
    ...measured.flatMap((one, index) => ofMeasurement(one, context, `measurements[${index}]`)),
    ...statement('user', scalarAt(session, 'authorizationStart', '@id'), 'authorizationStart.@id'),
  ]
  if (scalarAt(session, 'original') !== null) {
    const about = statement('transaction', scalarAt(session, '@id'), '@id')
    const record = originalRecord(session, place, keys, [...statements, ...about])
    if (record !== null) opened.records.push(record)
    return
  }
  const before = opened.records.length
  for (const { name, value } of session.members) place.visit(value, `${path}.${name}`)
  const found = opened.records.splice(before)
  for (const record of found) {
    opened.records.push({
      ...record,
      keys: record.keys.length > 0 ? record.keys : keys,
      statements: [...(record.statements ?? []), ...statements],
    })
  }
}

/** Methods whose values stand in the record as kWh, whatever scale stands beside them. */
const IN_KWH = /\/(?:EDL40|PCDF)\+json/

/** The readings as the record shows them to people. */
function ofMeasurement(measurement: JsonNode, context: string, path: string): Statement[] {
  const values = itemsAt(measurement, 'values')
  const inKWh = IN_KWH.test(context)
  const scale = inKWh ? '0' : (scalarAt(measurement, 'scale') ?? '0')
  const unit = inKWh ? 'kWh' : unitOf(scalarAt(measurement, 'unit'))
  const shown = values.flatMap((value, index): Statement[] => {
    const number = parseDecimal(scalarAt(value, 'value') ?? '')
    const role = roleAt(index, values.length)
    if (number === null || role === null || role === 'intermediate') return []
    const place = `${path}.values[${index}]`
    const text = scaled(number, scale)
    const stated = { about: 'value', text, role, path: `${place}.value` } as const
    return [
      { ...stated, ...(unit === null ? {} : { unit }), repeats: true },
      ...statement('time', scalarAt(value, 'timestamp'), `${place}.timestamp`).map((time) => ({
        ...time,
        role,
      })),
    ]
  })
  const meter = scalarAt(measurement, 'energyMeterId')
  return [
    ...statement('meter', meter, `${path}.energyMeterId`),
    ...statement('unit', unit, `${path}.unit`),
    ...shown,
  ]
}

/** A power of ten that no byte holds makes no number of it. */
function scaled(value: Decimal, scale: string): string {
  return /^-?(?:\d|[1-9]\d|1[01]\d|12[0-7])$/.test(scale)
    ? shift(value, Number(scale))
    : `${value} × 10^${scale}`
}

function unitOf(word: string | null): string | null {
  const [, prefix] = /^(KILO)?WATT_?HOURS?$/i.exec(word ?? '') ?? [null, null]
  if (prefix === null) return word
  return prefix === undefined ? 'Wh' : 'kWh'
}

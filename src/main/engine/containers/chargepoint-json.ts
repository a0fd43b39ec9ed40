/**
 * ChargePoint receipts: as the JSON object they are, and with the signed text as `original` beside
 * members that repeat it. Source: formats documentation, "ChargePoint".
 *
 * Only the original counts; what is written beside it is compared with it.
 *
 * @module
 */
import { fromHex } from '../../../shared/hex.ts'
import { type LooseFinding, looseFinding } from '../../../shared/model/finding.ts'
import { fromBase64 } from '../codec/base64.ts'
import { type JsonNode, type JsonObject, member } from '../codec/json.ts'
import type { KeyOffer, SignedRecord, Statement } from '../types.ts'
import {
  type JsonPlace,
  type JsonShape,
  nodeAt,
  originAt,
  refuseDoubles,
  scalarAt,
  sliceOf,
  statement,
} from './json-shape.ts'
import { NO_HINTS } from './records.ts'

const HINTS = { ...NO_HINTS, format: 'chargepoint' }

/** The receipt itself. Its signature stands in another file, `secrrct.sign` beside `secrrct`. */
export const receiptJson: JsonShape = {
  detect: (object) => {
    const info = member(object, 'additional_info') ?? object
    return ['meter_startreading', 'meter_endreading', 'energy_units'].every(
      (name) => nodeAt(info, name) !== undefined,
    )
  },
  open: (object, place) => {
    // As a file of its own, every byte of it is signed.
    const alone = place.path === '$'
    const bytes = alone ? place.bytes : sliceOf(place, object)
    const origin = alone ? place.origin : originAt(place, place.path)
    const record: SignedRecord = { bytes, origin, keys: place.keys, hints: HINTS }
    const signature = alone ? place.packed?.beside.get(`${place.packed.name}.sign`) : undefined
    place.opened.records.push(signature === undefined ? record : { ...record, detached: signature })
  },
}

/** The receipt as `original`, with its signature. */
export const originalJson: JsonShape = {
  detect: (object) => {
    const [original, signature] = [member(object, 'original'), member(object, 'signature')]
    return original?.kind === 'string' && signature?.kind === 'string'
  },
  open: (object, place) => {
    refuseDoubles(object, place)
    const record = originalRecord(object, place, [], repeated(object))
    if (record !== null) place.opened.records.push(record)
  },
}

/** @returns the signed text in `original` with its signature; null where there is none */
export function originalRecord(
  object: JsonNode,
  place: JsonPlace,
  keys: KeyOffer[],
  statements: Statement[],
): SignedRecord | null {
  const [original, signature] = [scalarAt(object, 'original'), scalarAt(object, 'signature')]
  if (original === null) return null
  const bytes = fromBase64(original.replace(/\s+/g, '')) ?? new Uint8Array()
  const origin: SignedRecord['origin'] = [
    ...originAt(place, `${place.path}.original`),
    { step: 'encoding', name: 'base64' },
  ]
  const notes = doubled(object)
  const record = { bytes, origin, keys: [...keys, ...place.keys], hints: HINTS, statements, notes }
  if (signature === null) return record
  return { ...record, detached: fromHex(signature.replace(/\s+/g, '')) ?? 'unreadable' }
}

/** Of two originals or signatures nobody can say which one is meant, whichever fits. */
function doubled(object: JsonNode): LooseFinding[] {
  if (object.kind !== 'object') return []
  const twice = ['original', 'signature'].find(
    (name) => object.members.filter((one) => one.name === name).length > 1,
  )
  return twice === undefined ? [] : [looseFinding('SES-DUPKEY', { field: twice })]
}

/** Members beside the original that repeat what is in it. */
function repeated(object: JsonObject): Statement[] {
  const info = member(object, 'additional_info') ?? object
  const unit = scalarAt(info, 'energy_units')
  const value = (name: string, role: 'begin' | 'end'): Statement[] => {
    const text = scalarAt(info, name)
    if (text === null) return []
    const stated: Statement = { about: 'value', text, role, path: name, repeats: true }
    return [unit === null ? stated : { ...stated, unit }]
  }
  const [mac, outlet, id] = ['station_mac', 'outlet', 'session_id'].map((n) => scalarAt(info, n))
  const transaction = mac && outlet && id ? `${mac}-${outlet}-${id}` : null
  return [
    ...value('meter_startreading', 'begin'),
    ...value('meter_endreading', 'end'),
    ...statement('meter', scalarAt(info, 'meter_serial'), 'meter_serial'),
    ...statement('user', scalarAt(info, 'driver_info'), 'driver_info'),
    ...statement('transaction', transaction, 'session_id'),
    ...statement('evse', scalarAt(info, 'EVSEId'), 'EVSEId'),
  ]
}

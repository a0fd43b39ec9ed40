/**
 * JSON of any shape that holds records as strings, and keys beside them.
 *
 * A member named like a public key is the key of the records in the same object.
 *
 * @module
 */
import { append } from '../../../shared/append.ts'
import { looseFinding } from '../../../shared/model/finding.ts'
import type { Origin } from '../../../shared/model/record.ts'
import { SyntaxProblem } from '../codec/decode-error.ts'
import { type JsonNode, parseJson } from '../codec/json.ts'
import { utf8Bytes } from '../codec/text.ts'
import { FILE_JSON, LIMITS } from '../limits.ts'
import { inFile, readOffers } from '../signature/key-offer.ts'
import type { KeyOffer, Opened, PackedPlace } from '../types.ts'
import { ocpiJson, oicpJson } from './cdr-json.ts'
import { chargeItJson, isValueList, openValues, signedValueJson } from './chargeit-json.ts'
import { originalJson, receiptJson } from './chargepoint-json.ts'
import { chargyJson, liveLinkJson, publicKeyJson } from './chargy-json.ts'
import { type Container, nothing } from './container.ts'
import type { JsonPlace, JsonShape } from './json-shape.ts'
import { stationMember } from './log/station-name.ts'
import { settleKeys } from './log/stations.ts'
import {
  meterConfigurationJson,
  meterKeyJson,
  noteFrame,
  sampledValueJson,
  signedMeterValueJson,
  transactionJson,
} from './ocpp-json.ts'
import { ptbJson } from './ptb-json.ts'
import { NO_HINTS, findRecords } from './records.ts'

/** Objects that mean more than their strings; asked in this order, wherever they stand. */
const SHAPES: readonly JsonShape[] = [
  liveLinkJson,
  publicKeyJson,
  chargyJson,
  chargeItJson,
  ptbJson,
  originalJson,
  receiptJson,
  signedValueJson,
  ocpiJson,
  oicpJson,
  transactionJson,
  sampledValueJson,
  signedMeterValueJson,
  meterKeyJson,
  meterConfigurationJson,
]

/** An object, a list, or a string that is escaped or stands alone; no record in quotes or brackets. */
const JSON_TEXT = /^\s*(?:\{\s*["}]|\[\s*[[\]{"\d.tfn-]|"[^"]*(?:\\"|"\s*$))/

export const json: Container = {
  detect: (text) => JSON_TEXT.test(text),
  open: ({ bytes, origin, packed }) => {
    const opened = nothing()
    try {
      const { node } = parseJson(bytes, FILE_JSON)
      const place = { bytes, origin, packed, path: '$', keys: [], station: null }
      visit(node, { ...place, layers: LIMITS.encodingLayers }, opened)
      settleKeys(opened)
    } catch (error) {
      if (!(error instanceof SyntaxProblem)) throw error
      const { limit, offset } = error
      opened.findings.push(
        limit === null
          ? looseFinding('IN-JSON', { offset: String(offset) }, { offset })
          : looseFinding('IN-TOOBIG', { limit }, { offset }),
      )
    }
    return opened
  },
}

/** Looks into a value that stands in a text of another kind, whose opener settles its keys. */
export function visitJson(
  node: JsonNode,
  place: { bytes: Uint8Array; origin: Origin[]; opened: Opened; station?: string | null },
): void {
  const { bytes, origin, opened, station = null } = place
  visit(
    node,
    { bytes, origin, path: '$', keys: [], station, layers: LIMITS.encodingLayers },
    opened,
  )
}

const KEY_NAME = /^(?:public[_-]?key|key|UK)$/i
/** PDF, ZIP, gzip, bzip2 or a picture in base64, also as a data address: files of their own. */
const PACKED_FILE =
  /^\s*(?:data:[\w./+-]{1,80};base64,|JVBERi0|UEsDB|H4sI|QlpoO|iVBORw0KGgo|\/9j\/)/
/** A shorter string can be neither a record nor a key. */
const SHORTEST = 32

interface Place {
  /** The JSON text that the ranges of the nodes count in. */
  bytes: Uint8Array
  /** The file and the strings around. */
  origin: Origin[]
  packed?: PackedPlace | undefined
  path: string
  /** Keys of the nearest object around that has some. */
  keys: KeyOffer[]
  /** The station that the log names here. */
  station: string | null
  /** So many strings with JSON in them may still be opened. */
  layers: number
}

function visit(node: JsonNode, around: Place, opened: Opened): void {
  const named = node.kind === 'object' ? stationMember(node) : null
  const place = named === null ? around : { ...around, station: named }
  const { path, keys } = place
  switch (node.kind) {
    case 'string':
      visitString(node.value, place, opened)
      break
    case 'array':
      if (isValueList(node.items)) {
        openValues(node.items, placeIn(place, opened))
        break
      }
      noteFrame(node.items, placeIn(place, opened))
      for (const [index, item] of node.items.entries()) {
        visit(item, { ...place, path: `${path}[${index}]` }, opened)
      }
      break
    case 'object': {
      const shape = SHAPES.find((candidate) => candidate.detect(node))
      if (shape !== undefined) {
        shape.open(node, placeIn(place, opened))
        break
      }
      const here = keysOf(node, path)
      const before = opened.records.length
      for (const { name, value } of node.members) {
        const inside = { ...place, path: `${path}.${name}`, keys: here.length > 0 ? here : keys }
        visit(value, inside, opened)
      }
      if (opened.records.length === before) opened.keys.push(...here)
      break
    }
    case 'number':
    case 'boolean':
    case 'null':
      break
  }
}

function placeIn(place: Place, opened: Opened): JsonPlace {
  return { ...place, opened, visit: (part, path) => visit(part, { ...place, path }, opened) }
}

/** OCPP 1.6 writes its signed values as JSON text inside a string. */
function visitString(text: string, place: Place, opened: Opened): void {
  if (text.length < SHORTEST) return
  const bytes = utf8Bytes(text)
  if (PACKED_FILE.test(text)) {
    const origin: Origin[] = [...place.origin, { step: 'json', name: place.path }]
    const name = origin.map((step) => step.name).join(' › ')
    opened.members.push({ name, bytes, origin })
    return
  }
  const inner = place.layers > 0 && JSON_TEXT.test(text) ? jsonIn(bytes) : null
  if (inner?.kind === 'string' && /^\s*[[{]/.test(inner.value)) {
    // Escaped once more.
    visitString(inner.value, { ...place, layers: place.layers - 1 }, opened)
  } else if (inner === null || inner.kind === 'string') addRecords(text, place, opened)
  else {
    const around: Origin[] = [...place.origin, { step: 'json', name: place.path }]
    const origin: Origin[] = [...around, { step: 'encoding', name: 'json' }]
    const inside = { ...place, bytes, origin, path: '$', layers: place.layers - 1 }
    visit(inner, inside, opened)
  }
}

/** @returns null for what is no JSON */
export function jsonIn(bytes: Uint8Array): JsonNode | null {
  try {
    return parseJson(bytes, FILE_JSON).node
  } catch (error) {
    if (error instanceof SyntaxProblem) return null
    throw error
  }
}

function keysOf(node: JsonNode, path: string): KeyOffer[] {
  if (node.kind !== 'object') return []
  return node.members.flatMap(({ name, value }) => {
    if (!KEY_NAME.test(name) || value.kind !== 'string' || value.value.length < SHORTEST) return []
    const offers = readOffers(value.value, inFile(`${path}.${name}`))
    return offers.filter(({ keys }) => keys.length > 0 || /public/i.test(name))
  })
}

function addRecords(text: string, { origin, path, keys }: Place, opened: Opened): void {
  const place: Origin[] = [...origin, { step: 'json', name: path }]
  const { records, findings } = findRecords(utf8Bytes(text), place, NO_HINTS, keys)
  append(opened.records, records)
  append(opened.findings, findings)
}

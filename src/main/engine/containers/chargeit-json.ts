/**
 * Containers of chargeIT and of those who took them over: `signedMeterValues`, with the place of
 * the station around (old) or with a header of its own (new, `charging-station-json`).
 *
 * Nothing but the values is signed. Source: formats documentation, "chargeIT containers".
 *
 * @module
 */
import { looseFinding } from '../../../shared/model/finding.ts'
import { type JsonNode, member } from '../codec/json.ts'
import { utf8Bytes } from '../codec/text.ts'
import { packedRecord } from '../formats/packed-json.ts'
import { inFile, readOffer } from '../signature/key-offer.ts'
import type { KeyOffer, SignedRecord, Statement } from '../types.ts'
import {
  type JsonPlace,
  type JsonShape,
  nodeAt,
  originAt,
  refuseDoubles,
  roleAt,
  scalarAt,
  sliceOf,
  statement,
  statementsIn,
  tell,
} from './json-shape.ts'
import { NO_HINTS, findRecords } from './records.ts'

const LIST = 'signedMeterValues'
/** Members that describe place, station and costs. */
const AROUND = [
  'placeInfo',
  'chargePointInfo',
  'chargingStationInfo',
  'connectorInfo',
  'totalCosts',
]

export const chargeItJson: JsonShape = {
  detect: (object) => member(object, LIST)?.kind === 'array',
  open: (object, place) => {
    refuseDoubles(object, place)
    const statements = [
      ...statement('evse', scalarAt(object, 'placeInfo', 'evseId'), 'placeInfo.evseId'),
      ...statement('evse', scalarAt(object, 'chargePointInfo', 'evseId'), 'chargePointInfo.evseId'),
      ...statementsIn(object, AROUND).filter(({ path }) => !path.endsWith('.evseId')),
    ]
    const session = scalarAt(object, '@id')
    for (const { name, value } of object.members) {
      if (name !== LIST || value.kind !== 'array') continue
      openValues(value.items, { ...place, path: `${place.path}.${name}` }, { session, statements })
    }
  },
}

/** A list of such values without the container. */
export function isValueList(items: readonly JsonNode[]): boolean {
  return items.length > 0 && items.every(isSignedValue)
}

function isSignedValue(node: JsonNode): boolean {
  return nodeAt(node, 'signature') !== undefined && kindOf(node) !== null
}

/** A value that stands alone. */
export const signedValueJson: JsonShape = {
  detect: isSignedValue,
  open: (object, place) => {
    const value = { node: object, path: place.path, role: null }
    place.opened.records.push(...openValue(value, nameOf(object), [], place))
  },
}

/** What stands around a list of values. */
interface Around {
  session: string | null
  statements: Statement[]
}

interface Value {
  node: JsonNode
  path: string
  role: SignedRecord['hints']['role']
}

/** @param place of the list */
export function openValues(
  items: readonly JsonNode[],
  place: JsonPlace,
  { session, statements }: Around = { session: null, statements: [] },
): void {
  const values = items.map((node, index) => ({
    node,
    path: `${place.path}[${index}]`,
    role: roleAt(index, items.length),
  }))
  checkForeign(values, place)
  // A list is one session; without a name of its own it is called as its first value says.
  const transaction = session ?? nameOf(items[0])
  for (const value of values) {
    place.opened.records.push(...openValue(value, transaction, statements, place))
  }
}

function nameOf(value: JsonNode | undefined): string | null {
  return scalarAt(value, 'transactionId') ?? scalarAt(value, '@id')
}

type Kind = 'emh' | 'bsm'

const METHODS = { emh: 'EMHCrypt01', bsm: 'BSMCrypt01' } as const satisfies Record<Kind, string>
const CURVES = { emh: 'secp192r1', bsm: 'secp256r1' } as const satisfies Record<Kind, string>

function kindOf(node: JsonNode): Kind | null {
  if (nodeAt(node, 'additionalValues')?.kind === 'array') return 'bsm'
  return nodeAt(node, 'measuredValue')?.kind === 'object' ? 'emh' : null
}

function openValue(
  { node, path, role }: Value,
  transaction: string | null,
  statements: Statement[],
  place: JsonPlace,
): SignedRecord[] {
  const origin = originAt(place, path)
  const kind = kindOf(node)
  if (kind !== null) {
    const hints = { ...NO_HINTS, format: kind, transaction, role }
    const bytes = packedRecord(METHODS[kind], sliceOf(place, node))
    // `timestamp` beside the value is no statement about it: stations write when they sent it, or
    // the wall clock as if it were UTC.
    return [{ bytes, origin, keys: keyOf(node, path, kind), hints, statements }]
  }
  const payload = nodeAt(node, 'payload')
  const format = scalarAt(node, 'format') ?? scalarAt(node, '@context')
  // `formatVersion` and `encoding` beside it contradict what stands there, and are not looked at.
  const hints = { ...NO_HINTS, format, transaction }
  const bytes = payload?.kind === 'string' ? utf8Bytes(payload.value) : sliceOf(place, node)
  const { records, findings } = findRecords(bytes, originAt(place, `${path}.payload`), hints)
  place.opened.findings.push(...findings)
  const found = records.length > 0 ? records : [{ bytes, origin, keys: [], hints }]
  return found.map((record) => ({ ...record, statements }))
}

function keyOf(node: JsonNode, path: string, kind: Kind): KeyOffer[] {
  const text = scalarAt(node, 'meterInfo', 'publicKey')
  if (text === null) return []
  return [readOffer(text, inFile(`${path}.meterInfo.publicKey`), CURVES[kind])]
}

const SHARED = [['meterInfo', 'meterId'], ['meterInfo', 'publicKey'], ['transactionId']] as const

/** All values of a list are of one meter, one key and one session. */
function checkForeign(values: readonly Value[], { opened }: JsonPlace): void {
  const [first, ...others] = values
  for (const { node, path } of others) {
    for (const names of SHARED) {
      const [here, there] = [node, first?.node].map((one) => scalarAt(one, ...names))
      if (here == null || there == null || here.toUpperCase() === there.toUpperCase()) continue
      const field = `${path}.${names.join('.')}`
      const params = { field, found: here.slice(0, 64), first: there.slice(0, 64) }
      tell(opened, looseFinding('REC-FOREIGN', params))
    }
  }
}

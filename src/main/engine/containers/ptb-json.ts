/**
 * The container of PTB: two OCMF records, begin and end, with the key and what the operator says
 * of the place. Source: formats documentation, "PTB container".
 *
 * @module
 */
import { member } from '../codec/json.ts'
import { utf8Bytes } from '../codec/text.ts'
import type { SignedRecord } from '../types.ts'
import {
  type JsonShape,
  keysAt,
  nodeAt,
  originAt,
  refuseDoubles,
  scalarAt,
  statement,
  statementsIn,
} from './json-shape.ts'
import { NO_HINTS, findRecords } from './records.ts'

const PARTS = [
  ['ocmfBegin', 'begin'],
  ['ocmfEnd', 'end'],
] as const

export const ptbJson: JsonShape = {
  detect: (object) => {
    const format = member(object, 'format')
    return format?.kind === 'string' && format.value === 'ptb'
  },
  open: (object, place) => {
    refuseDoubles(object, place)
    const { opened, path } = place
    const keys = keysAt(place, nodeAt(object, 'publicKey'), `${path}.publicKey`)
    const statements = [
      ...statement('evse', scalarAt(object, 'chargeboxIdentifier'), 'chargeboxIdentifier'),
      ...statementsIn(object, ['address', 'geoLocation']),
    ]
    for (const [name, role] of PARTS) {
      const text = scalarAt(object, name)
      if (text === null) continue
      const hints = { ...NO_HINTS, format: 'ocmf', role }
      const bytes = utf8Bytes(text)
      const origin = originAt(place, `${path}.${name}`)
      const { records, findings } = findRecords(bytes, origin, hints, keys)
      const found: SignedRecord[] = records.length > 0 ? records : [{ bytes, origin, keys, hints }]
      opened.records.push(...found.map((record) => ({ ...record, statements })))
      opened.findings.push(...findings)
    }
    if (opened.records.length === 0) opened.keys.push(...keys)
  },
}

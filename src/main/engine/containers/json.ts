/**
 * JSON of any shape that holds records as strings, and keys beside them.
 *
 * A member named like a public key is the key of the records in the same object.
 *
 * @module
 */
import { looseFinding } from '../../../shared/model/finding.ts'
import type { Origin } from '../../../shared/model/record.ts'
import { SyntaxProblem } from '../codec/decode-error.ts'
import { type JsonNode, parseJson } from '../codec/json.ts'
import { utf8Bytes } from '../codec/text.ts'
import { FILE_JSON } from '../limits.ts'
import { inFile, readOffers } from '../signature/key-offer.ts'
import type { KeyOffer, Opened } from '../types.ts'
import { type Container, nothing } from './container.ts'
import { NO_HINTS, findRecords } from './records.ts'

export const json: Container = {
  detect: (text) => /^\s*[[{"]/.test(text),
  open: ({ bytes, origin }) => {
    const opened = nothing()
    try {
      const { node } = parseJson(bytes, FILE_JSON)
      visit(node, origin, '$', [], opened)
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

const KEY_NAME = /^(?:public[_-]?key|key|UK)$/i
/** A shorter string can be neither a record nor a key. */
const SHORTEST = 32

function visit(node: JsonNode, origin: Origin[], path: string, keys: KeyOffer[], opened: Opened) {
  switch (node.kind) {
    case 'string':
      addRecords(node.value, origin, path, keys, opened)
      break
    case 'array':
      for (const [index, item] of node.items.entries()) {
        visit(item, origin, `${path}[${index}]`, keys, opened)
      }
      break
    case 'object': {
      const here = keysOf(node, path)
      const before = opened.records.length
      for (const { name, value } of node.members) {
        visit(value, origin, `${path}.${name}`, here.length > 0 ? here : keys, opened)
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

function keysOf(node: JsonNode, path: string): KeyOffer[] {
  if (node.kind !== 'object') return []
  return node.members.flatMap(({ name, value }) => {
    if (!KEY_NAME.test(name) || value.kind !== 'string' || value.value.length < SHORTEST) return []
    const offers = readOffers(value.value, inFile(`${path}.${name}`))
    return offers.filter(({ keys }) => keys.length > 0 || /public/i.test(name))
  })
}

function addRecords(
  text: string,
  origin: Origin[],
  path: string,
  keys: KeyOffer[],
  opened: Opened,
): void {
  if (text.length < SHORTEST) return
  const place: Origin[] = [...origin, { step: 'json', name: path }]
  const { records, findings } = findRecords(utf8Bytes(text), place, NO_HINTS, keys)
  opened.records.push(...records)
  opened.findings.push(...findings)
}

/**
 * JSON objects whose members mean something together: containers of makers and of tools.
 *
 * @module
 */
import { type LooseFinding, looseFinding } from '../../../shared/model/finding.ts'
import type { Origin } from '../../../shared/model/record.ts'
import { type JsonNode, type JsonObject, member } from '../codec/json.ts'
import { utf8TextLenient } from '../codec/text.ts'
import { LIMITS } from '../limits.ts'
import { inFile, readOffers } from '../signature/key-offer.ts'
import type { KeyOffer, Opened, PackedPlace, SignedRecord, Statement } from '../types.ts'

/** Where an object was found, and where what it holds goes. */
export interface JsonPlace {
  /** The JSON text that the ranges of the nodes count in. */
  bytes: Uint8Array
  /** The file and the strings around. */
  origin: Origin[]
  /** The object in that text: `"$[2]"`. */
  path: string
  /** Keys of the nearest object around that has some. */
  keys: KeyOffer[]
  /** The station that the log names here. */
  station: string | null
  /** Of a file that was packed with others. */
  packed?: PackedPlace | undefined
  opened: Opened
  /** Looks into a part of it as into any other JSON. */
  visit(node: JsonNode, path: string): void
}

export interface JsonShape {
  /** By the members it has; cheap and total. */
  detect(object: JsonObject): boolean
  open(object: JsonObject, place: JsonPlace): void
}

/** @returns what the last member on the way holds; undefined where one is missing */
export function nodeAt(node: JsonNode | undefined, ...names: string[]): JsonNode | undefined {
  let found = node
  for (const name of names) found = found === undefined ? undefined : member(found, name)
  return found
}

/** @returns a text or a number as written; null for anything else, and for an empty text */
export function scalarAt(node: JsonNode | undefined, ...names: string[]): string | null {
  const found = nodeAt(node, ...names)
  const text = found?.kind === 'string' ? found.value : found?.kind === 'number' ? found.text : null
  return text === '' ? null : text
}

export function itemsAt(node: JsonNode | undefined, ...names: string[]): JsonNode[] {
  const found = nodeAt(node, ...names)
  return found?.kind === 'array' ? found.items : []
}

/** @returns the bytes of a value as they were received, a view */
export function sliceOf({ bytes }: Pick<JsonPlace, 'bytes'>, { from, to }: JsonNode): Uint8Array {
  return bytes.subarray(from, to)
}

export function originAt({ origin }: JsonPlace, path: string): Origin[] {
  return [...origin, { step: 'json', name: path }]
}

/** Keys in a member: an object that describes one, or its digits. */
export function keysAt(place: JsonPlace, node: JsonNode | undefined, path: string): KeyOffer[] {
  if (node === undefined) return []
  const text = node.kind === 'string' ? node.value : utf8TextLenient(sliceOf(place, node))
  return text.trim() === '' ? [] : readOffers(text, inFile(path))
}

/** A file with thousands of sessions says the same thing a few times, and no more. */
export function tell({ findings }: Opened, found: LooseFinding): void {
  const same = findings.filter(({ code }) => code === found.code)
  if (same.length < LIMITS.findingsOfOneCode) findings.push(found)
}

/** Nobody can say which of two members of one name is meant; both are looked at, and it is told. */
export function refuseDoubles(object: JsonObject, { opened }: JsonPlace): void {
  const names = new Set<string>()
  for (const { name } of object.members) {
    if (names.has(name)) {
      tell(opened, looseFinding('SES-DUPKEY', { field: name.slice(0, 64) }))
      return
    }
    names.add(name)
  }
}

const MOST_STATEMENTS = 60

/** @returns every text and number in the members of these names, which nobody signed */
export function statementsIn(object: JsonNode, names: readonly string[]): Statement[] {
  const found: Statement[] = []
  const walk = (node: JsonNode, path: string) => {
    if (found.length >= MOST_STATEMENTS) return
    if (node.kind === 'object') {
      for (const { name, value } of node.members) walk(value, `${path}.${name}`)
    } else if (node.kind === 'string' || node.kind === 'number') {
      const text = node.kind === 'string' ? node.value : node.text
      if (text !== '') found.push({ about: 'other', text, path })
    }
  }
  for (const name of names) {
    const node = nodeAt(object, name)
    if (node !== undefined) walk(node, name)
  }
  return found
}

/** @returns a statement about the record; none where there is no text */
export function statement(
  about: Statement['about'],
  text: string | null,
  path: string,
): Statement[] {
  return text === null ? [] : [{ about, text, path }]
}

type Role = SignedRecord['hints']['role']

/**
 * The place of a reading in a list as its role: the first is the begin, the last the end. Nobody
 * signed that order; where the readings themselves say another one, that is told.
 */
export function roleAt(index: number, count: number): Role {
  if (count < 2) return null
  if (index === 0) return 'begin'
  return index === count - 1 ? 'end' : 'intermediate'
}

/**
 * Records whose signed bytes are packed from the members of a JSON object.
 *
 * The carrier hands such a record over as `{"<method>":{…}}`, each member as it was received. A
 * member counts only in the form and width of its place in the signed bytes: one number that fits
 * in another spelling, a text one byte too long or a name that occurs twice, and nobody could say
 * any more what was signed. Source: product decisions, section 2, rule 2; MessEG §33(1).
 *
 * @module
 */
import { looseFinding } from '../../../shared/model/finding.ts'
import type { DecodedField } from '../../../shared/model/record.ts'
import { fromHex } from '../../../shared/hex.ts'
import { DecodeError, SyntaxProblem } from '../codec/decode-error.ts'
import { type JsonNode, member, parseJson } from '../codec/json.ts'
import { byteText, utf8Bytes } from '../codec/text.ts'
import { LIMITS, RECORD_JSON } from '../limits.ts'

/** Of a value that findings show. */
const SHOWN = 64

/** @returns whether the record was handed over as packed by that method */
export function isPacked(bytes: Uint8Array, method: string): boolean {
  const head = `{"${method}":`
  return byteText(bytes.subarray(0, head.length)) === head
}

/** @returns the record as carriers hand it over; `json` is one value as it was received */
export function packedRecord(method: string, json: Uint8Array): Uint8Array {
  const head = utf8Bytes(`{"${method}":`)
  const record = new Uint8Array(head.length + json.length + 1)
  record.set(head)
  record.set(json, head.length)
  record[record.length - 1] = CLOSING_BRACE
  return record
}

const CLOSING_BRACE = 0x7d

/** The members of a packed record, by their paths: `"measuredValue.scale"`. */
export class PackedJson {
  private readonly root: JsonNode

  /**
   * @throws DecodeError where it is no such record, or a name occurs twice in it
   * @throws SyntaxProblem where it is no JSON
   */
  constructor(bytes: Uint8Array, method: string) {
    if (bytes.length > LIMITS.recordBytes) {
      throw new DecodeError(looseFinding('IN-TOOBIG', { limit: '1 MiB' }))
    }
    const { node, issues } = parseJson(bytes, RECORD_JSON)
    const twice = issues.find(({ kind }) => kind === 'duplicate')
    if (twice?.kind === 'duplicate') throw doubled(twice.name)
    const root = member(node, method)
    if (root?.kind !== 'object') throw new SyntaxProblem('an object should stand here', 0)
    this.root = root
  }

  node(path: string): JsonNode | undefined {
    let node: JsonNode | undefined = this.root
    for (const name of path.split('.')) node = node === undefined ? undefined : member(node, name)
    return node
  }

  has(path: string): boolean {
    const node = this.node(path)
    return node !== undefined && node.kind !== 'null'
  }

  /**
   * @param width bits that the signed number has, two's complement where `signed`
   * @returns a whole number that fits, written without plus, needless zeros or exponent
   */
  integer(path: string, width: IntegerWidth): bigint {
    const node = this.required(path)
    const text = node.kind === 'number' ? node.text : node.kind === 'string' ? node.value : ''
    const value = /^(?:0|-?[1-9]\d{0,30})$/.test(text) ? BigInt(text) : null
    if (value === null || !fits(value, width)) throw tooWide(path, textOf(node))
    return value
  }

  /** @returns exactly so many bytes; line breaks and blanks between the digits do not count */
  hex(path: string, length: number): Uint8Array {
    const node = this.required(path)
    const bytes = node.kind === 'string' ? fromHex(node.value.replace(/\s+/g, '')) : null
    if (bytes?.length !== length) throw tooWide(path, textOf(node))
    return bytes
  }

  /** @returns at most so many bytes that may be filled up with zeros, and therefore end in none */
  digits(path: string, most: number): Uint8Array {
    const node = this.required(path)
    const bytes = node.kind === 'string' ? fromHex(node.value.replace(/\s+/g, '')) : null
    if (bytes === null || bytes.length > most || bytes.at(-1) === 0) {
      throw tooWide(path, textOf(node))
    }
    return bytes
  }

  text(path: string): string {
    const node = this.required(path)
    if (node.kind !== 'string') throw tooWide(path, textOf(node))
    return node.value
  }

  /** @returns UTF-8 of a text that may be filled up with zeros, and therefore holds none itself */
  padded(path: string, most: number): Uint8Array {
    const text = this.text(path)
    const bytes = utf8Bytes(text)
    if (bytes.length > most || text.includes('\0') || !text.isWellFormed()) {
      throw tooWide(path, text)
    }
    return bytes
  }

  /** @returns a text that is not signed; null where there is none */
  loose(path: string): string | null {
    const node = this.node(path)
    return node?.kind === 'string' ? node.value : node?.kind === 'number' ? node.text : null
  }

  /**
   * @param signed members that went into the signed bytes
   * @returns every other member, as fields that nobody signed
   */
  unsigned(signed: readonly string[]): DecodedField[] {
    const fields: DecodedField[] = []
    const walk = (node: JsonNode, path: string) => {
      if (signed.includes(path) || DERIVED.test(path)) return
      if (node.kind === 'object') {
        for (const { name, value } of node.members)
          walk(value, path === '' ? name : `${path}.${name}`)
      } else if (node.kind === 'array') {
        for (const [index, item] of node.items.entries()) walk(item, `${path}[${index}]`)
      } else if (fields.length < MOST_FIELDS) {
        const value = textOf(node)
        fields.push({ name: path, value, signed: false, range: null, inherited: false })
      }
    }
    walk(this.root, '')
    return fields
  }

  private required(path: string): JsonNode {
    const node = this.node(path)
    if (node === undefined) throw new DecodeError(looseFinding('IN-RECORD', {}, { path }))
    return node
  }
}

const MOST_FIELDS = 200

/** What a program wrote into the file after it had checked it: no part of the record. */
const DERIVED = /(?:^|\.)(?:result|verificationResult|warnings|errors)$/

/** @returns a value as it is written, containers by their kind */
export function textOf(node: JsonNode): string {
  switch (node.kind) {
    case 'string':
      return node.value
    case 'number':
      return node.text
    case 'boolean':
      return String(node.value)
    case 'null':
      return 'null'
    case 'array':
      return '[…]'
    case 'object':
      return '{…}'
  }
}

export type IntegerWidth = number | `signed ${number}`

function fits(value: bigint, width: IntegerWidth): boolean {
  if (typeof width === 'number') return BigInt.asUintN(width, value) === value
  return BigInt.asIntN(Number(width.slice('signed '.length)), value) === value
}

/** A member that does not fit its place in the signed bytes. */
export function tooWide(field: string, found: string): DecodeError {
  const params = { field, found: found.slice(0, SHOWN) }
  return new DecodeError(looseFinding('REC-WIDTH', params, { path: field }))
}

/** A name that occurs twice where each name says one thing. */
export function doubled(field: string): DecodeError {
  return new DecodeError(looseFinding('SES-DUPKEY', { field: field.slice(0, SHOWN) }))
}

/**
 * The data points of a snapshot and the bytes they make.
 *
 * Source: README.md beside this file.
 *
 * @module
 */
import { fromInteger, shift } from '../../../../shared/decimal.ts'
import type { Decimal } from '../../../../shared/decimal.ts'
import { DecodeError } from '../../codec/decode-error.ts'
import { type JsonNode, member } from '../../codec/json.ts'
import { utf8Bytes } from '../../codec/text.ts'
import { looseFinding } from '../../../../shared/model/finding.ts'
import { type PackedJson, doubled, textOf, tooWide } from '../packed-json.ts'

/** What stands in the snapshot, in the order in which it is signed. */
export const POINTS = {
  Typ: { kind: 'unsigned', unit: 255, obis: null },
  RCR: { kind: 'unsigned', unit: 30, obis: '1-0:1.8.0*198' },
  TotWhImp: { kind: 'unsigned', unit: 30, obis: '1-0:1.8.0*255' },
  W: { kind: 'signed', unit: 27, obis: '1-0:1.7.0*255' },
  MA1: { kind: 'text', unit: null, obis: '1-0:0.0.0*255' },
  RCnt: { kind: 'unsigned', unit: 255, obis: null },
  OS: { kind: 'unsigned', unit: 7, obis: null },
  Epoch: { kind: 'unsigned', unit: 7, obis: null },
  TZO: { kind: 'signed', unit: 6, obis: null },
  EpochSetCnt: { kind: 'unsigned', unit: 255, obis: null },
  EpochSetOS: { kind: 'unsigned', unit: 7, obis: null },
  DI: { kind: 'unsigned', unit: 255, obis: null },
  DO: { kind: 'unsigned', unit: 255, obis: null },
  Meta1: { kind: 'text', unit: null, obis: null },
  Meta2: { kind: 'text', unit: null, obis: null },
  Meta3: { kind: 'text', unit: null, obis: null },
  Evt: { kind: 'unsigned', unit: 255, obis: null },
} as const satisfies Record<
  string,
  { kind: 'unsigned' | 'signed' | 'text'; unit: number | null; obis: string | null }
>

export type PointName = keyof typeof POINTS

const NAMES = Object.keys(POINTS) as PointName[]

/** One data point as signed, with its place in the signed bytes. */
export interface Point {
  name: PointName
  /** Of a number: as signed, before its scale. */
  raw: bigint
  scale: number
  unit: number
  text: string
  from: number
  to: number
  /** Place in the snapshot: `"additionalValues[1]"`. */
  path: string
  node: JsonNode
}

export type Points = Record<PointName, Point>

export interface SignedPoints {
  points: Points
  bytes: Uint8Array
}

/** @returns number × 10^scale */
export function decimalOf({ raw, scale }: Point): Decimal {
  return shift(fromInteger(raw), scale)
}

/**
 * @throws DecodeError where a point is missing, stands twice, is none of the seventeen, or does
 *   not fit its width
 */
export function readPoints(json: PackedJson): SignedPoints {
  const nodes = nodesByName(json)
  const parts: Uint8Array[] = []
  const points: Partial<Points> = {}
  let at = 0
  for (const name of NAMES) {
    const found = nodes.get(name)
    const path = found?.path ?? LIST
    if (found === undefined) throw new DecodeError(looseFinding('IN-RECORD', {}, { path }))
    const point = readPoint(name, found.node, found.path)
    const bytes = POINTS[name].kind === 'text' ? textBytes(point.text) : numberBytes(point)
    parts.push(bytes)
    points[name] = { ...point, from: at, to: at + bytes.length }
    at += bytes.length
  }
  const bytes = new Uint8Array(at)
  for (const [index, name] of NAMES.entries()) {
    const part = parts[index]
    if (part !== undefined) bytes.set(part, points[name]?.from ?? 0)
  }
  return { points: points as Points, bytes }
}

const LIST = 'additionalValues'

/** Others would be looked up by the beginning of their name, or shown in place of what is signed. */
function nodesByName(json: PackedJson): Map<string, { node: JsonNode; path: string }> {
  const list = json.node(LIST)
  if (list?.kind !== 'array') throw new DecodeError(looseFinding('IN-RECORD', {}, { path: LIST }))
  const nodes = new Map<string, { node: JsonNode; path: string }>()
  for (const [index, node] of list.items.entries()) {
    const path = `${LIST}[${index}]`
    const name = memberText(node, 'measurand', 'name') ?? ''
    if (!Object.hasOwn(POINTS, name)) {
      throw tooWide(`${path}.measurand.name`, name === '' ? '–' : name)
    }
    if (nodes.has(name)) throw doubled(name)
    nodes.set(name, { node, path })
  }
  return nodes
}

function readPoint(name: PointName, node: JsonNode, path: string): Omit<Point, 'from' | 'to'> {
  const { kind } = POINTS[name]
  const value = inner(node, 'value')
  const place = `${path}.measuredValue`
  const base = { name, path, node, raw: 0n, scale: 0, unit: 255, text: '' }
  if (kind === 'text') {
    if (value?.kind !== 'string' || !value.value.isWellFormed()) {
      throw tooWide(`${place}.value`, shown(value))
    }
    return { ...base, text: value.value }
  }
  const number = (member: string, least: bigint, most: bigint): bigint => {
    const found = inner(node, member)
    const text = found?.kind === 'number' ? found.text : ''
    const whole = /^(?:0|-?[1-9]\d{0,30})$/.test(text) ? BigInt(text) : null
    if (whole === null || whole < least || whole > most) {
      throw tooWide(`${place}.${member}`, shown(found))
    }
    return whole
  }
  const raw =
    kind === 'signed'
      ? number('value', -(2n ** 31n), 2n ** 31n - 1n)
      : number('value', 0n, 2n ** 32n - 1n)
  const scale = Number(number('scale', -128n, 127n))
  const unit = Number(number('unitEncoded', 0n, 255n))
  return { ...base, raw, scale, unit, text: String(raw) }
}

function shown(node: JsonNode | undefined): string {
  return node === undefined ? '–' : textOf(node)
}

/** @returns a member of `measuredValue` */
export function inner(node: JsonNode, name: string): JsonNode | undefined {
  const measured = member(node, 'measuredValue')
  return measured === undefined ? undefined : member(measured, name)
}

export function memberText(node: JsonNode, ...names: string[]): string | null {
  let found: JsonNode | undefined = node
  for (const name of names) found = found === undefined ? undefined : member(found, name)
  return found?.kind === 'string' ? found.value : found?.kind === 'number' ? found.text : null
}

/** Six bytes: int32, big-endian, scale, unit. */
function numberBytes({ raw, scale, unit }: Omit<Point, 'from' | 'to'>): Uint8Array {
  const bytes = new Uint8Array(6)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, Number(BigInt.asUintN(32, raw)))
  view.setInt8(4, scale)
  view.setUint8(5, unit)
  return bytes
}

/** Four bytes with the length, then UTF-8. */
function textBytes(text: string): Uint8Array {
  const content = utf8Bytes(text)
  const bytes = new Uint8Array(4 + content.length)
  new DataView(bytes.buffer).setUint32(0, content.length)
  bytes.set(content, 4)
  return bytes
}

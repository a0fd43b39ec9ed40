/**
 * A snapshot says most things twice: signed in its data points, and in words around them. The
 * format demands that both agree, so a snapshot that contradicts itself was damaged or altered.
 *
 * @module
 */
import { compare, parseDecimal } from '../../../../shared/decimal.ts'
import { type LooseFinding, looseFinding } from '../../../../shared/model/finding.ts'
import { dlmsText, isDlmsWord } from '../../codec/dlms.ts'
import { parseIsoTime } from '../../codec/iso-time.ts'
import { type JsonNode, member } from '../../codec/json.ts'
import { isoText } from '../../codec/time.ts'
import type { PackedJson } from '../packed-json.ts'
import { POINTS, type Point, type Points, decimalOf, inner, memberText } from './points.ts'
import { tagOf } from './tags.ts'

export function checkSnapshot(json: PackedJson, points: Points): LooseFinding[] {
  return [
    ...checkTime(json, points),
    ...checkValue(json, points),
    ...checkIdentities(json, points),
    ...Object.values(points).flatMap((point) => checkWords(point.node, point.path, point)),
  ]
}

const SHOWN = 64

function repeats(path: string, found: string, signed: string): LooseFinding {
  const params = { field: path, found: found.slice(0, SHOWN), signed: signed.slice(0, SHOWN) }
  return looseFinding('REC-REPEATS', params, { path })
}

function contradicts(path: string, found: string, signed: string): LooseFinding {
  const params = { field: path, found: found.slice(0, SHOWN), signed: signed.slice(0, SHOWN) }
  return looseFinding('REC-CONTRADICTS', params, { path })
}

/** `time` is `Epoch` on the clock of `TZO`. */
function checkTime(json: PackedJson, { Epoch, TZO }: Points): LooseFinding[] {
  const found = json.loose('time')
  if (found === null) return []
  const time = parseIsoTime(found)
  const offset = time?.offset === 'Z' ? 0 : time?.offset
  const agrees =
    time !== null &&
    offset === Number(TZO.raw) &&
    BigInt(time.clockMs) - BigInt(offset) * 60_000n === Epoch.raw * 1000n
  const minutes = Number(TZO.raw)
  return agrees ? [] : [repeats('time', found, isoText(Number(Epoch.raw) * 1000, minutes))]
}

/** `value` is the point RCR once more. */
function checkValue(json: PackedJson, { RCR }: Points): LooseFinding[] {
  const node = json.node('value')
  if (node === undefined) return []
  const numbers = [
    ['value', String(RCR.raw)],
    ['scale', String(RCR.scale)],
    ['unitEncoded', String(RCR.unit)],
  ] as const
  const found = numbers.flatMap(([name, signed]) => {
    const stated = inner(node, name)
    const text = stated?.kind === 'number' ? stated.text : '–'
    return text === signed ? [] : [repeats(`value.measuredValue.${name}`, text, signed)]
  })
  return [...found, ...checkWords(node, 'value', RCR)]
}

function checkIdentities(json: PackedJson, points: Points): LooseFinding[] {
  const same = (path: string, signed: string | null) => {
    const found = json.loose(path)
    return found === null || signed === null || found === signed
      ? []
      : [repeats(path, found, signed)]
  }
  return [
    ...same('meterInfo.meterId', points.MA1.text),
    ...same('measurementId', String(points.RCnt.raw)),
    ...checkContract(json, points),
    ...checkId(json, points),
  ]
}

/** `contract-id: <type>:<id>`, or without the type. */
function checkContract(json: PackedJson, points: Points): LooseFinding[] {
  const id = json.loose('contract.id')
  const signed = tagOf(points, 'contract-id')
  if (id === null || signed === null) return []
  const type = json.loose('contract.type')
  const found = type === null ? id : `${type}:${id}`
  return found === signed || id === signed ? [] : [repeats('contract', found, signed)]
}

/** The name of the snapshot ends in its number. */
function checkId(json: PackedJson, { RCnt }: Points): LooseFinding[] {
  const id = json.loose('@id')
  const number = id === null ? null : /-(\d{1,20})$/.exec(id)?.[1]
  if (id === null || number === String(RCnt.raw)) return []
  return [contradicts('@id', id, String(RCnt.raw))]
}

/** Unit in words, register and the hint for the display stand beside a number and are not signed. */
function checkWords(node: JsonNode, path: string, point: Point): LooseFinding[] {
  const found: LooseFinding[] = []
  const { obis, kind } = POINTS[point.name]
  const name = memberText(node, 'measurand', 'name')
  if (name !== null && name !== point.name) {
    found.push(contradicts(`${path}.measurand.name`, name, point.name))
  }
  const id = memberText(node, 'measurand', 'id')
  if (id !== null && id !== (obis ?? ''))
    found.push(contradicts(`${path}.measurand.id`, id, obis ?? '–'))
  if (kind === 'text') return found
  const unit = memberText(node, 'measuredValue', 'unit')
  if (unit !== null && !isDlmsWord(point.unit, unit)) {
    found.push(contradicts(`${path}.measuredValue.unit`, unit, dlmsText(point.unit)))
  }
  const type = memberText(node, 'measuredValue', 'valueType')
  if (type !== null && type !== VALUE_TYPES[kind]) {
    found.push(contradicts(`${path}.measuredValue.valueType`, type, VALUE_TYPES[kind]))
  }
  return [...found, ...checkDisplay(node, path, point)]
}

const VALUE_TYPES = { unsigned: 'UnsignedInteger32', signed: 'Integer32' } as const

const PREFIXES: Record<string, number | undefined> = { kilo: 3, mega: 6 }

/** A display that rounds shows people another number than the meter signed. */
function checkDisplay(node: JsonNode, path: string, point: Point): LooseFinding[] {
  const display = member(node, 'displayedFormat')
  if (display === undefined) return []
  const prefix = memberText(display, 'prefix')
  const places = prefix === null ? 0 : PREFIXES[prefix]
  const precision = parseDecimal(memberText(display, 'precision') ?? '')
  const field = `${path}.displayedFormat`
  const signed = `${decimalOf(point)} ${dlmsText(point.unit)}`
  if (places === undefined) return [contradicts(field, prefix ?? '', signed)]
  if (precision === null) return []
  const needed = parseDecimal(String(Math.max(0, places - point.scale)))
  if (needed === null || compare(precision, needed) >= 0) return []
  return [contradicts(field, `${prefix ?? ''} ${precision}`.trim(), signed)]
}

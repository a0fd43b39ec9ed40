/**
 * What the codes of a picture say: each by itself, and those that are one text in parts put together.
 *
 * @module
 */
import { visible } from '../../../../shared/display.ts'
import { type LooseFinding, looseFinding } from '../../../../shared/model/finding.ts'
import { utf8Text } from '../../codec/text.ts'
import type { CarriedFile, Opened } from '../../types.ts'
import { type CarrierTools, addAll } from '../container.ts'
import { findRecords } from '../records.ts'
import type { Code } from './codes.ts'

/** @param place what the codes stand in: `file` with its way */
export function openCodes(
  codes: readonly Code[],
  place: Pick<CarriedFile, 'name' | 'origin' | 'passwords'>,
  tools: CarrierTools,
  opened: Opened,
): void {
  const open = (name: string, bytes: Uint8Array): Opened => {
    const origin = [...place.origin, { step: 'image' as const, name }]
    return tools.inside({ ...place, name: `${place.name} › ${name}`, bytes, origin })
  }
  const whole = codes.filter(({ part }) => part === null)
  if (arePartsWithoutNumbers(whole)) {
    addAll(opened, open(`QR 1–${whole.length}`, bytesOf(whole)))
  } else {
    for (const [index, { bytes }] of whole.entries()) addAll(opened, open(`QR ${index + 1}`, bytes))
  }
  for (const [id, sequence] of Map.groupBy(numbered(codes), ({ part }) => part.id)) {
    const inOrder = sequence.toSorted((a, b) => a.part.index - b.part.index)
    const [first] = inOrder
    const have = new Set(inOrder.map(({ part }) => part.index)).size
    const of = first?.part.of ?? 0
    if (have < of) {
      const params = { count: String(of - have), of: String(of) }
      opened.findings.push(looseFinding('IN-QR-PART', params))
    }
    addAll(opened, open(`QR ${visible(id)}, ${have}/${of}`, bytesOf(inOrder)))
  }
  opened.findings.push(...whole.flatMap(({ bytes }) => linkIn(bytes)))
}

/** Only together, in reading order, they give a whole record. */
function arePartsWithoutNumbers(codes: readonly Code[]): boolean {
  if (codes.length < 2) return false
  const alone = codes.reduce((sum, { bytes }) => sum + findRecords(bytes, []).whole, 0)
  return alone === 0 && findRecords(bytesOf(codes), []).whole > 0
}

type Part = Code & { part: NonNullable<Code['part']> }

function numbered(codes: readonly Code[]): Part[] {
  return codes.filter((code): code is Part => code.part !== null)
}

function bytesOf(codes: readonly Code[]): Uint8Array {
  const all = new Uint8Array(codes.reduce((sum, { bytes }) => sum + bytes.length, 0))
  let at = 0
  for (const { bytes } of codes) {
    all.set(bytes, at)
    at += bytes.length
  }
  return all
}

/** Links are shown and never opened. */
function linkIn(bytes: Uint8Array): LooseFinding[] {
  const text = utf8Text(bytes)?.trim() ?? ''
  if (!/^https?:\/\/\S+$/i.test(text)) return []
  return [looseFinding('IN-URL', { url: visible(text).slice(0, 300) })]
}

/**
 * Plain text with one or many records, keys and bills in the lines around them.
 *
 * @module
 */
import { inFile, readOffers } from '../signature/key-offer.ts'
import { utf8TextLenient } from '../codec/text.ts'
import { readTextBill } from '../invoice/text-bill.ts'
import { LIMITS } from '../limits.ts'
import type { KeyOffer, Opened } from '../types.ts'
import { type Container, type TextInput, nothing } from './container.ts'
import { findRecords } from './records.ts'

export const text: Container = {
  detect: () => true,
  open: (input) => {
    const { around, ...opened } = openText(input)
    const { claims, findings } = readTextBill(around, input.origin)
    return { ...opened, claims, findings: [...opened.findings, ...findings] }
  },
}

/** Records and keys of a text, and what stands around them. */
export function openText(input: TextInput): Opened & { around: string } {
  const { records, findings, ranges } = findRecords(input.bytes, input.origin)
  const around = textAround(input, ranges)
  return { ...nothing(), records, findings, keys: keysAround(around, input), around }
}

/** What stands outside the records. */
function textAround({ bytes }: TextInput, ranges: [number, number][]): string {
  const parts: string[] = []
  let from = 0
  for (const [start, end] of ranges) {
    parts.push(utf8TextLenient(bytes.subarray(from, start)))
    from = end
  }
  parts.push(utf8TextLenient(bytes.subarray(from)))
  return parts.join('\n')
}

/** Where no record was found, the whole text may be a key. */
function keysAround(around: string, { origin }: TextInput): KeyOffer[] {
  if (around.length > LIMITS.keyTextBytes || around.trim().length < 32) return []
  const place = inFile(origin.map(({ name }) => name).join(' › '))
  return readOffers(around, place).filter(({ keys }) => keys.length > 0)
}

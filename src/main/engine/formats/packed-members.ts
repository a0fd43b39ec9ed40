/**
 * Members that several packed records have: register, unit in words, signature.
 *
 * @module
 */
import { fromHex } from '../../../shared/hex.ts'
import { type LooseFinding, looseFinding } from '../../../shared/model/finding.ts'
import { dlmsText, isDlmsWord } from '../codec/dlms.ts'
import { member } from '../codec/json.ts'
import { obisBytes } from '../codec/obis.ts'
import { derOf } from '../signature/signature-value.ts'
import type { PackedJson } from './packed-json.ts'

/** @returns the six bytes of a register: twelve digits, or groups with their marks */
export function obisOf(json: PackedJson, path: string): Uint8Array {
  return obisBytes(json.text(path)) ?? json.hex(path, 6)
}

/**
 * A signature as two numbers, each of the length of the curve: digits one after the other, or a
 * list whose first element has them as `r` and `s`.
 *
 * @returns DER; null where there is none
 */
export function rawSignature(
  json: PackedJson,
  path: string,
  bytes: number,
): Uint8Array | 'unreadable' | null {
  const node = json.node(path)
  if (node === undefined || node.kind === 'null') return null
  if (node.kind === 'string') return ofDigits(node.value, 2 * bytes)
  if (node.kind !== 'array') return 'unreadable'
  const [first, ...others] = node.items
  if (first === undefined) return null
  const [r, s] = [member(first, 'r'), member(first, 's')]
  if (others.length > 0 || r?.kind !== 'string' || s?.kind !== 'string') return 'unreadable'
  const [left, right] = [digits(r.value), digits(s.value)]
  if (left?.length !== bytes || right?.length !== bytes) return 'unreadable'
  return derOf(left, right)
}

function ofDigits(text: string, length: number): Uint8Array | 'unreadable' {
  const bytes = digits(text)
  if (bytes?.length !== length) return 'unreadable'
  return derOf(bytes.subarray(0, length / 2), bytes.subarray(length / 2))
}

function digits(text: string): Uint8Array | null {
  return fromHex(text.replace(/\s+/g, ''))
}

/** The word beside the number is not signed: the byte decides. */
export function checkUnitWord(json: PackedJson, path: string, code: number): LooseFinding[] {
  const found = json.loose(path)
  if (found === null || isDlmsWord(code, found)) return []
  const params = { field: path, found: found.slice(0, 64), signed: dlmsText(code) }
  return [looseFinding('REC-CONTRADICTS', params, { path })]
}

/**
 * ChargePoint: a receipt (`secrrct`) and its detached signature (`secrrct.sign`). See README.md.
 *
 * @module
 */
import { byteText } from '../../codec/text.ts'
import type { Format } from '../format.ts'
import { decodeChargePoint } from './decode.ts'

/** Names that no other record has together. */
const NAMES = ['"meter_startreading"', '"meter_endreading"', '"energy_units"'] as const

export const chargepoint: Format<null> = {
  id: 'chargepoint',
  title: 'ChargePoint',
  detect: isReceipt,
  // The whole text is signed, also what stands around the braces.
  find: (bytes) => (isReceipt(bytes) ? [[0, bytes.length, true]] : []),
  decode: decodeChargePoint,
}

function isReceipt(bytes: Uint8Array): boolean {
  if (!/^\s*\{/.test(byteText(bytes.subarray(0, 64)))) return false
  const text = byteText(bytes)
  return NAMES.every((name) => text.includes(name))
}

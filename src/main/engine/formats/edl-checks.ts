/**
 * What is asked of every record with an EDL block, whatever carries it.
 *
 * @module
 */
import { toHex } from '../../../shared/hex.ts'
import { type LooseFinding, looseFinding } from '../../../shared/model/finding.ts'
import { derOf } from '../signature/signature-value.ts'
import type { SignatureClaim } from '../types.ts'
import { EDL_FIELDS, EDL_REST, EDL_STATUS, field } from '../codec/edl-block.ts'
import { type BlockField, clockText, numberIn } from '../codec/fixed-block.ts'
import { legalOffsetMin } from '../codec/legal-time.ts'
import type { SmlTime } from '../codec/sml.ts'
import { clockOf, entryName } from '../codec/sml-list.ts'

/** r‖s of a curve, and the two bytes of the log book that may stand behind it. */
const SIGNATURES: Record<number, { curve: 'secp192r1' | 'secp256r1'; bytes: number }> = {
  48: { curve: 'secp192r1', bytes: 48 },
  50: { curve: 'secp192r1', bytes: 48 },
  64: { curve: 'secp256r1', bytes: 64 },
  66: { curve: 'secp256r1', bytes: 64 },
}

/** @param signature r‖s with or without two bytes behind it; its length tells the curve */
export function rawClaim(
  signedBytes: Uint8Array,
  signature: Uint8Array | null,
  declared: string | null = null,
): SignatureClaim {
  const shape = signature === null ? undefined : SIGNATURES[signature.length]
  const { curve = 'secp192r1', bytes = 0 } = shape ?? {}
  return {
    declared,
    algorithm: { curve, hash: 'SHA256' },
    hash: 'SHA256',
    signedBytes,
    variants: [],
    signature: signature === null ? null : bytes === 0 ? 'unreadable' : inDer(signature, bytes),
    repaired: null,
  }
}

/** Two numbers one after the other are how these formats write a signature: nothing unusual. */
function inDer(signature: Uint8Array, bytes: number): Uint8Array {
  return derOf(signature.subarray(0, bytes / 2), signature.subarray(bytes / 2, bytes))
}

export function checkEdlBlock(block: Uint8Array): LooseFinding[] {
  const found = checkEdlStatus(block, field(EDL_FIELDS, 'status'))
  for (const name of ['value', 'compensatedRegister']) {
    const value = numberIn(block, field(EDL_FIELDS, name))
    if (value < 0n)
      found.push(looseFinding('EDL-NEGATIVE', { found: String(value) }, { path: name }))
  }
  const rest = block.subarray(EDL_REST.from, EDL_REST.to)
  if (rest.some((byte) => byte !== 0)) {
    found.push(
      looseFinding('EDL-REST', {
        found: toHex(rest)
          .replace(/(?:00)+$/, '')
          .slice(0, 64),
      }),
    )
  }
  return found
}

/** The meter's own word on what was going on; a fault is told with the reading. */
export function checkEdlStatus(block: Uint8Array, { from }: BlockField): LooseFinding[] {
  const magnet = ((block[from] ?? 0) & EDL_STATUS.magneticField) !== 0
  return magnet ? [looseFinding('EDL-MAGNET', {})] : []
}

/**
 * The offset of a time stands beside the signature, which covers the wall clock only. It can be that
 * of Germany, or 0 for a meter that runs on UTC; another one moves the reading to another hour.
 */
export function checkOffset(name: string, time: SmlTime): LooseFinding[] {
  const clock = clockOf(time)
  if (time.kind !== 'local' || clock === null || clock < 0n || clock > 0xffff_ffffn) return []
  const offset = Number(time.offset + time.season)
  const utc = Number(clock) - 60 * offset
  if (offset === 0 || legalOffsetMin(utc * 1000) === offset) return []
  const params = {
    field: `${entryName(name)} localOffset + seasonOffset`,
    found: `${offset} min`,
    signed: clockText(clock),
  }
  return [looseFinding('REC-CONTRADICTS', params, { path: entryName(name) })]
}

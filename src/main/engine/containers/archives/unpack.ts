/**
 * Unpacking under limits: output is counted while it comes, and never asked of what a file claims
 * about itself. Source: product requirements E.2.
 *
 * @module
 */
import { type LooseFinding, looseFinding } from '../../../../shared/model/finding.ts'
import type { CarrierTools } from '../container.ts'

const MIB = 1024 * 1024
/** So much may come out of anything, however little went in. */
const FREE_BYTES = MIB

export interface Unpacked {
  /** What came out; of damaged data all before the damage. */
  bytes: Uint8Array
  /** What stopped it; null where all came out. */
  stopped: LooseFinding | null
}

/** Puts each piece out; may throw to end the work. */
export type Write = (piece: Uint8Array) => void

class OverLimit extends Error {
  readonly limit: string

  constructor(limit: string) {
    super(limit)
    this.limit = limit
  }
}

/**
 * @param packedBytes size of what is unpacked
 * @param run unpacks; what it throws is taken for damage
 */
export function unpack(
  packedBytes: number,
  {
    limits: { fileBytes, jobBytes, packingRatio },
    budget,
  }: Pick<CarrierTools, 'limits' | 'budget'>,
  run: (write: Write) => void,
): Unpacked {
  const limits: [most: number, name: string][] = [
    [budget.bytes, `${jobBytes / MIB} MiB`],
    [fileBytes, `${fileBytes / MIB} MiB`],
    [Math.max(FREE_BYTES, packingRatio * packedBytes), 'limit.ratio'],
  ]
  const [most, name] = limits.reduce((least, next) => (next[0] < least[0] ? next : least))
  const pieces: Uint8Array[] = []
  let total = 0
  try {
    run((piece) => {
      total += piece.length
      if (total > most) throw new OverLimit(name)
      pieces.push(piece)
    })
    return { bytes: joined(pieces), stopped: null }
  } catch (error) {
    if (error instanceof OverLimit) {
      return { bytes: new Uint8Array(), stopped: looseFinding('IN-TOOBIG', { limit: error.limit }) }
    }
    return { bytes: joined(pieces), stopped: damaged('archive.damaged') }
  } finally {
    budget.bytes -= Math.min(total, most)
  }
}

/** @param reason key of a word */
export function damaged(reason: string): LooseFinding {
  return looseFinding('IN-ARCHIVE', { reason })
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const [only] = pieces
  if (only !== undefined && pieces.length === 1) return only
  const all = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const piece of pieces) {
    all.set(piece, at)
    at += piece.length
  }
  return all
}

/** Packed bytes are given in pieces, so that a bomb is noticed long before memory is used up. */
const INPUT_PIECE = 32 * 1024

/** Runs a decompressor of fflate piece by piece. */
export function pushAll(
  decompressor: { push(piece: Uint8Array, final?: boolean): void },
  bytes: Uint8Array,
): void {
  let at = 0
  do {
    const end = Math.min(at + INPUT_PIECE, bytes.length)
    decompressor.push(bytes.subarray(at, end), end === bytes.length)
    at = end
  } while (at < bytes.length)
}

const CRC = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let i = 0; i < 8; i++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  return value
})

/**
 * CRC-32 as in ISO/IEC 8802-3, lowest bit first.
 *
 * @param before of the bytes in front of these
 */
export function crc32(bytes: Uint8Array, before = 0): number {
  let check = ~before >>> 0
  for (const byte of bytes) check = (check >>> 8) ^ (CRC[(check ^ byte) & 0xff] ?? 0)
  return ~check >>> 0
}

/**
 * OBIS codes A-B:C.D.E*F (IEC 62056-61) in the two notations of the field.
 *
 * Full hexadecimal: six groups of exactly two hexadecimal digits, `01-00:B3.08.00*FF`, or with a
 * dot before F. Reduced decimal: groups of one to three decimal digits, `1-0:1.8.0*198`; `b` may
 * stand for any B and `e` for any E, F may be missing. Source: OCMF 1.4, Table 25; OCMF 1.0.
 *
 * @module
 */
import type { RegisterKind } from '../../../shared/model/reading.ts'

export interface ObisCode {
  a: number
  b: number
  c: number
  d: number
  e: number
  f: number
  notation: 'hexadecimal' | 'decimal'
  /** Decimal with all six groups: `"1-0:1.8.0*255"`. */
  canonical: string
}

const HEXADECIMAL =
  /^([0-9a-fA-F]{2})-([0-9a-fA-F]{2}):([0-9a-fA-F]{2})\.([0-9a-fA-F]{2})\.([0-9a-fA-F]{2})[.*]([0-9a-fA-F]{2})$/
const DECIMAL = /^(\d{1,3})-(\d{1,3}|b):(\d{1,3})\.(\d{1,3})\.(\d{1,3}|e)(?:\*(\d{1,3}))?$/

/** @returns null for everything of another shape */
export function parseObis(text: string): ObisCode | null {
  const hexadecimal = HEXADECIMAL.exec(text)
  if (hexadecimal !== null) {
    return obisCode(
      hexadecimal.slice(1).map((group) => Number.parseInt(group, 16)),
      'hexadecimal',
    )
  }
  const decimal = DECIMAL.exec(text)
  if (decimal === null) return null
  const [a, b, c, d, e, f = '255'] = decimal.slice(1)
  const groups = [a, b === 'b' ? '0' : b, c, d, e === 'e' ? '0' : e, f].map(Number)
  return groups.some((group) => group > 255) ? null : obisCode(groups, 'decimal')
}

/**
 * @returns the six bytes of a code in decimal groups, as binary formats sign it: a group that is
 *   not written counts as zero, unlike in {@link parseObis}; null for another shape
 */
export function obisBytes(text: string): Uint8Array | null {
  const groups = /^(\d{1,3})-(\d{1,3}):(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?:\*(\d{1,3}))?$/.exec(text)
  const numbers = groups?.slice(1).map((group?: string) => Number(group ?? '0'))
  if (numbers === undefined || numbers.some((number) => number > 255)) return null
  return Uint8Array.from(numbers)
}

/** @param bytes the six bytes of a binary OBIS code, as SML and the meters' own formats hold it */
export function obisFromBytes(bytes: Uint8Array): ObisCode | null {
  return bytes.length === 6 ? obisCode([...bytes], 'hexadecimal') : null
}

function obisCode(groups: number[], notation: ObisCode['notation']): ObisCode {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = groups
  return { a, b, c, d, e, f, notation, canonical: `${a}-${b}:${c}.${d}.${e}*${f}` }
}

/** C groups that only the hexadecimal notation gives this meaning (OCMF 1.4, Table 25; 98: DZG). */
const CHARGING_REGISTERS: Record<number, RegisterKind> = {
  0xb0: 'mains-total',
  0xb1: 'device-total',
  0xb2: 'mains-transaction',
  0xb3: 'device-transaction',
  0xc0: 'export-mains-total',
  0xc1: 'export-device-total',
  0xc2: 'export-mains-transaction',
  0xc3: 'export-device-transaction',
  0x98: 'device-transaction',
}

/** F group by which Bauer meters mark the register of the current transaction. */
const BAUER_TRANSACTION = 198

/** @returns what the register counts; B, E and F play no part, except Bauer's `1-0:1.8.0*198` */
export function registerKind(code: ObisCode): RegisterKind {
  if (code.a !== 1 || code.d !== 8) return 'other'
  if (code.c === 1) {
    const bauer = code.notation === 'decimal' && code.f === BAUER_TRANSACTION
    return bauer ? 'mains-transaction' : 'total'
  }
  if (code.c === 2) return 'export-total'
  return (code.notation === 'hexadecimal' ? CHARGING_REGISTERS[code.c] : undefined) ?? 'other'
}

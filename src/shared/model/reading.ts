/**
 * What a meter said: quantities, times and readings.
 *
 * @module
 */
import { type Decimal, divideExactly, shift } from '../decimal.ts'

/**
 * Units a reading may carry. `kWh` is value × 10^`shift` ÷ `divisor`; null: no energy.
 * 1 kWh = 3,600,000 Ws, and 3,600,000 = 36 × 10^5.
 */
export const UNITS = {
  MWh: { energy: { shift: 3, divisor: 1n } },
  kWh: { energy: { shift: 0, divisor: 1n } },
  Wh: { energy: { shift: -3, divisor: 1n } },
  mWh: { energy: { shift: -6, divisor: 1n } },
  Ws: { energy: { shift: -5, divisor: 36n } },
  s: { energy: null },
  min: { energy: null },
  h: { energy: null },
  Ohm: { energy: null },
  mOhm: { energy: null },
  uOhm: { energy: null },
  unknown: { energy: null },
} as const satisfies Record<string, { energy: { shift: number; divisor: bigint } | null }>

export type Unit = keyof typeof UNITS

export interface Quantity {
  /** Digits as the meter signed them, trailing zeros kept: `"2935.600"`. */
  value: Decimal
  /** Unit of the record; convert only to compare. */
  unit: Unit
  /** The unit as the record writes it; differs from `unit` where that is `unknown`. */
  unitText: string
}

/** How far the clock may be believed (OCMF Table 19; the other formats map to it). */
export type ClockState = 'synchronised' | 'informative' | 'relative' | 'unsynchronised' | 'unknown'

export interface Timestamp {
  /** As written in the record, or its digits where the record holds a binary number. */
  text: string
  /**
   * Milliseconds since 1970-01-01 UTC; null where the text cannot be read. Without `offsetMin` they
   * are those of the meter's wall clock, of which no offset is signed: good for order and duration.
   */
  epochMs: number | null
  /** Offset of the written time from UTC; null where none is stated. */
  offsetMin: number | null
  sync: ClockState
  /** Signed seconds the meter has been in operation: they grow whatever happens to the clock. */
  operatingS?: Decimal
}

/**
 * What a register counts. `device` registers have the loss of the cable taken out, `mains`
 * registers count at the meter; `transaction` registers begin at 0 with each session.
 * `total` is a plain register of which the type approval says more. Source: OCMF 1.4, Table 25.
 */
export type RegisterKind =
  | 'device-transaction'
  | 'device-total'
  | 'mains-transaction'
  | 'mains-total'
  | 'total'
  | 'export-device-transaction'
  | 'export-device-total'
  | 'export-mains-transaction'
  | 'export-mains-total'
  | 'export-total'
  | 'other'
  | 'unclassified'

/** One value of one register at one time, or an event of the meter without a value. */
export interface MeterReading {
  /** OBIS code in canonical form, `"1-0:1.8.0*255"`; null where none is stated or readable. */
  register: string | null
  /** The register as written. */
  registerText: string | null
  kind: RegisterKind
  /** null: the reading reports an event only. */
  quantity: Quantity | null
  time: Timestamp | null
  role: 'begin' | 'intermediate' | 'end' | 'other'
  /** false: the meter says that this value is no billing basis; null: it says nothing. */
  meterOk: boolean | null
  /** The meter's state in the words of its format, `"ocmf.M"`; null where it says nothing. */
  status: string | null
  /** Quantities that must not be billed from this reading on, by the record's own word. */
  errors: ('energy' | 'time')[]
  /** Place in the record: `"RD[0].RV"`, `"@0x1a+8"`. */
  path: string
}

/** @returns the energy in kWh, exact; null where the unit is none of energy or the quotient has no end */
export function toKWh(quantity: Quantity): Decimal | null {
  const { energy } = UNITS[quantity.unit]
  if (energy === null) return null
  const shifted = shift(quantity.value, energy.shift)
  return energy.divisor === 1n ? shifted : divideExactly(shifted, energy.divisor)
}

export function isEnergy(unit: Unit): boolean {
  return UNITS[unit].energy !== null
}

/** Registers that count energy, whatever their direction and place. */
export function isEnergyRegister(kind: RegisterKind): boolean {
  return kind !== 'other' && kind !== 'unclassified'
}

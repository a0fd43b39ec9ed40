/**
 * The 82 bytes an ALFEN adapter signs, and the words in them.
 *
 * Source: README.md beside this file.
 *
 * @module
 */
import { layout } from '../../codec/fixed-block.ts'

export const DATA_BYTES = 82

export const FIELDS = layout([
  ['adapterId', 10, 'bytes'],
  ['adapterFirmware', 4, 'bytes'],
  ['adapterChecksum', 2, 'unsigned'],
  ['meterId', 10, 'bytes'],
  ['meterStatus', 2, 'unsigned'],
  ['adapterStatus', 2, 'unsigned'],
  ['secondsIndex', 4, 'unsigned'],
  ['timestamp', 4, 'clock'],
  ['obis', 6, 'bytes'],
  ['unit', 1, 'unsigned'],
  ['scaler', 1, 'signed'],
  ['value', 8, 'signed'],
  ['uid', 20, 'padded'],
  ['sessionId', 4, 'unsigned'],
  ['paging', 4, 'unsigned'],
])

/**
 * What a bit of a status word means for the reading: `fault`, no billing basis; `clock`, the time
 * is none; `warning`, worth knowing; `command`, no fault but why the record was made.
 */
export type BitEffect = 'fault' | 'clock' | 'warning' | 'command'

export interface StatusBit {
  word: 'meterStatus' | 'adapterStatus'
  mask: number
  /** Name of its field, and of its word as `alfen.<name>`. */
  name: string
  effect: BitEffect
}

/** All bits that have a name. */
export const STATUS_BITS: readonly StatusBit[] = [
  { word: 'meterStatus', mask: 0x0001, name: 'clockError', effect: 'clock' },
  { word: 'meterStatus', mask: 0x0002, name: 'eepromFailure', effect: 'fault' },
  { word: 'meterStatus', mask: 0x0004, name: 'flashFailure', effect: 'fault' },
  { word: 'meterStatus', mask: 0x0100, name: 'phaseL1Failure', effect: 'warning' },
  { word: 'meterStatus', mask: 0x0200, name: 'phaseL2Failure', effect: 'warning' },
  { word: 'meterStatus', mask: 0x0400, name: 'phaseL3Failure', effect: 'warning' },
  { word: 'meterStatus', mask: 0x0800, name: 'phaseSequence', effect: 'warning' },
  { word: 'adapterStatus', mask: 0x0001, name: 'adapterFailure', effect: 'fault' },
  { word: 'adapterStatus', mask: 0x0400, name: 'startMismatch', effect: 'warning' },
  { word: 'adapterStatus', mask: 0x0800, name: 'intermediateCommand', effect: 'command' },
  { word: 'adapterStatus', mask: 0x1000, name: 'stopCommand', effect: 'command' },
  { word: 'adapterStatus', mask: 0x2000, name: 'startCommand', effect: 'command' },
  { word: 'adapterStatus', mask: 0x4000, name: 'memoryFailure', effect: 'fault' },
  { word: 'adapterStatus', mask: 0x8000, name: 'meterUnreachable', effect: 'fault' },
]

/** What the signed command and the unsigned type field say of a reading's place in the session. */
export const ROLES_BY_COMMAND = {
  startCommand: 'begin',
  intermediateCommand: 'intermediate',
  stopCommand: 'end',
} as const satisfies Record<string, 'begin' | 'intermediate' | 'end'>

export const ROLES_BY_TYPE = { '0': 'begin', '1': 'end', '2': 'intermediate' } as const

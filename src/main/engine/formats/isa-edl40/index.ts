/**
 * ISA-EDL-40P, telegrams of Isabellenhütte's meters. See README.md beside this file.
 *
 * @module
 */
import { findTelegrams, holdsTelegram } from '../../codec/sml.ts'
import type { Format } from '../format.ts'
import { decodeIsa } from './decode.ts'

/** The reading at the beginning, 1-0:1.8.0*128 as an octet string: no other telegram has it. */
const BEGIN_ENTRY = Uint8Array.of(7, 1, 0, 1, 8, 0, 0x80)

function holdsBegin(bytes: Uint8Array): boolean {
  const [first = 0] = BEGIN_ENTRY
  for (let at = bytes.indexOf(first); at >= 0; at = bytes.indexOf(first, at + 1)) {
    if (BEGIN_ENTRY.every((byte, index) => bytes[at + index] === byte)) return true
  }
  return false
}

export const isaEdl40: Format<null> = {
  id: 'isa-edl40',
  title: 'ISA-EDL-40P',
  names: ['isa_edl_40_p', 'isa-edl-40p'],
  detect: (bytes) => holdsTelegram(bytes) && holdsBegin(bytes),
  *find(bytes) {
    for (const { from, to, whole } of findTelegrams(bytes)) yield [from, to, whole]
  },
  decode: decodeIsa,
}

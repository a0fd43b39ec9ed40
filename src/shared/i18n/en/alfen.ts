/** Findings about the records of ALFEN, in English. */
import type { AlfenCode } from '../../model/findings-alfen.ts'

export const alfen: Record<AlfenCode, string> = {
  'ALFEN-FIELDS': 'An ALFEN line has six parts; here are {count}.',
  'ALFEN-DATA': 'The data set of the ALFEN line is not written in base32.',
  'ALFEN-LENGTH': 'The data set has {found} bytes instead of 82.',
  'ALFEN-SIGNATURE': 'The signature is not 48 bytes in base32 ({found}).',
  'ALFEN-TYPE': 'The kind of the record is unknown: “{found}”.',
  'ALFEN-ROLE': 'Only beside the signed data it says whether this value is start or end: {@found}.',
  'ALFEN-COMMANDS': 'The record calls itself start and end at once; nobody can tell which it is.',
  'ALFEN-VERSION':
    'The line names version “{found}”; it was read like the only one that is known, 3.',
  'ALFEN-STATUS': 'Meter or charge point also report: {@found}.',
  'ALFEN-STATUS-BITS': 'The status word {field} holds reports without a known meaning: {found}.',
  'ALFEN-UID': 'The card number holds control characters; all of it is shown: {found}.',
}

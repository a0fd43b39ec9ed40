/** Findings about SML telegrams and EDL40 records, English: one sentence a driver understands. */
import type { EdlCode } from '../../model/findings-edl.ts'

export const edl: Record<EdlCode, string> = {
  'IN-SML': 'The telegram of the meter (SML) is damaged at byte {offset}.',
  'SML-CRC':
    'The checksum of the telegram does not fit: something was changed or damaged on the way. Whether the signed reading was changed is said by the signature alone.',
  'SML-AROUND': 'Around the telegram of the meter stand {count} further bytes; they were ignored.',
  'SML-LISTS':
    'The telegram holds {count} lists of readings instead of one; it is not clear which one counts.',

  'EDL-ENTRY':
    'The telegram lacks {entry}, or it has another form than it should. Without it the signed data cannot be put together.',
  'EDL-LENGTH': 'The signed data have {found} bytes instead of 320.',
  'EDL-ENCODING':
    'The encoding “{found}” stated for “{field}” is wrong; it was read as {encoding}.',
  'EDL-ROLE':
    'The meter does not sign which reading is the start and which the end. That follows from its signed sequence number and from what the provider says.',
  'EDL-REST': 'The meter also signed data whose meaning is not known: {found}.',
  'EDL-MAGNET': 'The meter reports that a magnetic field acted on it.',
  'EDL-NEGATIVE': 'The reading {found} is below zero, which no counter of energy can be.',
  'ISA-CONTEXT':
    'The record does not say whether it was made at the start, during or at the end of charging ({found}).',

  'EDL-CONTRACT-TIME':
    'The user was identified at {begin} before the start and at {end} before the end: there may be several sessions between the two readings.',
  'EDL-LOG':
    'During charging the meter wrote to its event log (entry {begin} at the start, {end} at the end). It does so for faults, a set clock or an opened case.',
  'EDL-SECONDS':
    'The operating time of the meter does not grow from start ({begin} s) to end ({end} s).',
  'EDL-CLOCK':
    'Between start and end the clock of the meter advanced by {clock} s, its operating time by {operating} s: the clock was set, or changed to or from summer time. The duration shown is the operating time.',
  'EDL-ORDER':
    'The file gives the end before the start. The signed sequence number says which is which.',
  'EDL-STATUS': 'The state of the meter changed from {begin} at the start to {end} at the end.',
}

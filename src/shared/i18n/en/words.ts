/** Words for values that occur in findings; a value without a word appears as it is. */
import { carrierWords } from './carrier.ts'
import type { words as german } from '../de/words.ts'

export const words: Record<keyof typeof german, string> = {
  ...carrierWords,
  // OCMF, Table 10: state of the meter
  'ocmf.N': 'not present',
  'ocmf.G': 'good',
  'ocmf.T': 'timeout',
  'ocmf.D': 'disconnected from the meter',
  'ocmf.R': 'meter removed',
  'ocmf.M': 'manipulation detected',
  'ocmf.X': 'meter exchanged',
  'ocmf.I': 'incompatible meter',
  'ocmf.O': 'value out of range',
  'ocmf.S': 'substitute value',
  'ocmf.E': 'other error',
  'ocmf.F': 'register not read correctly',
  // OCMF, Table 7: end of the session
  'tx.A': 'an abort because of an error',
  'tx.P': 'a power failure',
  // OCMF, Table 11: assignment to a person
  MISMATCH: 'statements do not match (MISMATCH)',
  INVALID: 'proof invalid (INVALID)',
  OUTDATED: 'proof out of date (OUTDATED)',
  UNKNOWN: 'proof unknown (UNKNOWN)',
  // Deviations of the time
  'offset-colon': 'colon in the offset from UTC',
  'offset-short': 'offset from UTC shortened',
  'offset-missing': 'offset from UTC missing',
  'decimal-dot': 'dot instead of comma before the milliseconds',
  milliseconds: 'not three digits of milliseconds',
  'blank-missing': 'blank before the clock state missing',
  'letter-missing': 'clock state missing',
  'letter-lower-case': 'clock state in lower case',
  'leap-second': 'leap second',
  // JSON types
  string: 'a text',
  number: 'a number',
  boolean: 'a truth value',
  array: 'a list',
  object: 'an object',
  // Parts of a session
  begin: 'start',
  middle: 'intermediate',
  end: 'end',
  // Cable loss
  'loss.compensated': 'The loss of the cable is already taken out of this register.',
  'loss.stated':
    'The record states a cable loss. Nothing was subtracted; what the register counts is said by its approval. Loss:',
  // Clock
  synchronised: 'synchronised',
  informative: 'informative',
  relative: 'duration assured',
  unsynchronised: 'not set',
  unknown: 'unknown',
  // Why a file could not be read
  missing: 'it does not exist',
  forbidden: 'access is not allowed',
  folder: 'it is a folder (-r reads folders)',
  special: 'it is not an ordinary file',
  'read-error': 'reading failed',
  'no-folder-input': 'the folder contains no files',
  // Where a key was read
  'place.station-label': 'label of the station',
  'place.meter-label': 'label of the meter',
  'place.display': 'display',
  'place.document': 'document of the operator',
  'place.unknown': 'place not stated',
  'date.unknown': 'day not stated',
  // Why the key store is not open
  'store.locked': 'another program keeps it locked',
  'store.forbidden': 'access is not allowed',
  'store.full': 'the disk is full',
  'store.newer': 'it was made by a newer version',
  'store.damaged': 'the file is damaged',
  'store.foreign': 'the file is no key store',
  'store.missing': 'there is none',
  'store.failed': 'error while reading or writing',
  // Why a key could not be read
  'not-on-curve': 'not a point of the curve',
  'unsupported-curve': 'unknown curve',
  'explicit-parameters': 'curve parameters of its own',
  'private-key': 'a private key',
  ambiguous: 'ambiguous',
  'too-long': 'too long',
  // Why a line of a list of keys was not taken
  'import.format': 'this is no list of keys',
  'import.empty': 'the file is empty',
  'import.field': 'a field is no text',
  'import.fingerprint': 'the fingerprint is that of another key',
  'several-keys': 'several keys',
  // BSM-WS36A: events
  'bsm.good': 'good',
  'bsm.event.1': 'power failure',
  'bsm.event.2': 'under-voltage',
  'bsm.event.3': 'low power factor',
  'bsm.event.4': 'over-current',
  'bsm.event.5': 'over-voltage',
  'bsm.event.6': 'a sensor is missing',
  'bsm.event.15': 'fatal error',
  'bsm.event.16': 'communication module not ready',
  'bsm.event.17': 'firmware of the communication module changed',
  'bsm.event.18': 'communication module in development mode',
  'bsm.event.maker': 'an event that only the maker can interpret',
  'bsm.event.reserved': 'an event without a defined meaning',
}

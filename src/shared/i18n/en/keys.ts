/**
 * Texts of the key store on the command line, and of the register.
 *
 * @module
 */
import type { keys as german } from '../de/keys.ts'

export const keys: Record<keyof typeof german, string> = {
  'keys.usage.action': 'keys knows {known}, not “{found}”.',
  'keys.usage.nothing': 'It is not said which key or which file is meant.',
  'keys.usage.stray': 'There is no use for “{found}” here.',
  'keys.usage.read': '--by and --on belong to --read: they say who read the key, and when.',
  'keys.usage.by': '--read needs --by with the name of whoever read the key.',

  'keys.cli.store': 'The key store cannot be used: {@reason}.',
  'keys.cli.copy': 'The key store is damaged; a copy is in “{file}”.',
  'keys.cli.exists': 'This key is already kept for this meter and charge point.',
  'keys.cli.too-long': 'One of the texts is too long.',
  'keys.cli.unknown': 'There is no key “{found}” in the store.',
  'keys.cli.several':
    '“{found}” is the beginning of several entries; please give the number: {ids}.',
  'keys.cli.not-read': '“{path}” cannot be read ({@reason}).',
  'keys.cli.not-written': '“{path}” cannot be written ({code}).',
  'keys.cli.none': 'No key found.',
  'keys.cli.count': 'Entries: {count}',
  'keys.cli.valid': 'Valid',
  'keys.cli.removed': 'Removed',
  'keys.cli.entries': 'Entries',
  'keys.cli.keys': 'Keys',
  'keys.cli.conflicts': 'Conflicts',
  'keys.cli.was-added': 'Kept:',
  'keys.cli.was-removed': 'Removed:',
  'keys.cli.conflict':
    'Careful: another key is kept for the meter {meter} as well ({others}). Find out at the station which one is right.',
  'keys.cli.imported': '{added} new, {known} already known, {refused} not taken',
  'keys.cli.refused': 'Line {line}: {@reason}',
}

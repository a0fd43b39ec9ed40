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

  'register.title': 'Charging register of {edition}',
  'register.in-use': '(in use)',
  'register.more': 'More than {count} stations; please search more precisely.',
  'register.imported': 'Imported: charging register of {edition}',
  'register.known': 'This file had been imported before: charging register of {edition}',
  'register.progress': 'Reading the register: {percent} %',
  'register.rows': 'Stations',
  'register.points': 'Charge points',
  'register.evses': 'Charge points with EVSE id',
  'register.cells': 'Cells with something as key',
  'register.usable': 'readable ones',
  'register.unusable': 'unusable ones',
  'register.keys': 'Keys',
  'register.distinct': 'Different keys',
  'register.by-curve': 'Keys by curve',
  'register.by-form': 'Keys by the way they are written',
  'register.changes':
    'Compared with {before}: {appeared} keys new, {vanished} gone, {changed} charge points with another key',
  'register.older': 'The newer edition of {edition} stays in use.',
  'register.note.no-preamble':
    'The lines of the Bundesnetzagentur above the header are missing: this may be a copy.',
  'register.note.date-differs':
    'The date in the file and the one in its name differ; the one in the file counts.',
  'register.note.no-key-columns':
    'This edition has no columns for keys. It says nothing of keys and is not used for checking.',
  'register.refused':
    '“{file}” was not imported: {@reason}. What was imported before is unchanged.',
  'register.refused-at':
    '“{file}” was not imported: {@reason} (line {row}). What was imported before is unchanged.',
  'label.register': 'Register',
  'register.words': '{where} (as the charging register of {edition} says, not signed)',

  'keys.cli.no-signing-key':
    '“{path}” is no private Ed25519 key in PEM; “keys issuer-new” makes one.',
  'keys.signature.valid': '{file}: signed by {issuer}, the signature fits.',
  'keys.signature.unknown-issuer':
    '{file}: the signature fits, but you do not know the issuer, who calls itself {issuer}. The list counts as one without a signature.',
  'keys.signature.broken': '{file}: the signature does not fit the list. Nothing was taken.',
  'issuers.none': 'No issuer is kept.',
  'issuers.no-key': 'No public Ed25519 key can be read there ({@reason}).',
  'issuers.made':
    'The private key is in “{path}”; give it to nobody. The public one, for everybody else:',
  'issuers.no-events': 'No change yet.',
  'event.register': 'Register imported',
  'event.register-remove': 'Edition of the register deleted',
  'event.issuer-add': 'Issuer added',
  'event.issuer-trust': 'Trust in an issuer changed',
  'event.issuer-remove': 'Issuer removed',
  'event.policy': 'Policy changed',

  'repair.readable': 'The key can be read: a point of the curve {curve}.',
  'repair.found': 'What is meant is presumably this key on the curve {curve}:',
  'repair.none': 'There is no key from which this text differs by only a few characters.',
  'repair.replaced': 'Character {at}: “{printed}” in place of “{meant}”',
  'repair.missing': 'Before character {at}, “{meant}” is missing',
  'repair.surplus': 'Character {at}: “{printed}” is too many',
  'repair.swapped': 'Character {at}: “{printed}” in place of “{meant}”, swapped',
  'repair.careful': 'This is only a suggestion. Compare it with what is printed.',
  'repair.possible': 'Perhaps only one character is wrong: “keys repair” makes a suggestion.',

  'register.ui.refused': 'Not imported: {@reason}. What was imported before is unchanged.',
  'register.ui.refused-at':
    'Not imported: {@reason} (line {row}). What was imported before is unchanged.',
  'register.ui.title': 'Charging register',
  'register.ui.none':
    'Not imported yet. Download the file of the Bundesnetzagentur (CSV or XLSX) and open it here: then the keys of most stations are known.',
  'register.ui.used':
    'Edition of {edition}: {rows} stations, {keys} keys. Source: Bundesnetzagentur.de, CC BY 4.0.',
  'register.ui.import': 'Import register',
  'register.ui.reading': 'Reading the register …',
  'register.ui.cancelled': 'Cancelled. Everything is as before.',
  'register.ui.editions': 'Imported editions ({count})',
  'register.ui.in-use': 'in use',
  'register.ui.save': 'Save {count} cells that cannot be read',
  'register.ui.words': 'What operators state in the register; nobody signed it.',
  'register.ui.point': 'Charge point {slot}',
  'register.ui.unreadable': 'what is stated is no readable key',
  'register.ui.place': 'Station according to the register',
  'register.ui.place.text':
    'As the charging register of {edition}, row {row}, says; not signed. Source: Bundesnetzagentur.de, CC BY 4.0.',
  'register.ui.address': 'Address',
  'register.ui.number': 'Station number',
  'repair.take': 'Take over and compare',
  'policy.required': 'Here a key counts as confirmed from: {trust}',
  'settings.trust': 'A key counts as confirmed',
  'settings.trust.K3': 'by register or imprint',
  'settings.trust.K4': 'only by the imprint on the station',
  'keys.cli.was-changed': 'Changed:',
  'keys.cli.calibrated': 'Calibrated until',
  'keys.cli.seen': 'Seen',
}

/** Texts of the interfaces, English: window, command line and report. */
import type { ui as german } from '../de/ui.ts'

export const ui: Record<keyof typeof german, string> = {
  'verdict.VERIFIED': 'Verified',
  'verdict.VALID_KEY_UNCONFIRMED': 'Signature valid – key not confirmed yet',
  'verdict.SIGNATURE_INVALID': 'Data do not match the signature',
  'verdict.INCOMPLETE': 'Incomplete – start or end is missing',
  'verdict.NOT_LEGALLY_RELEVANT': 'Not usable for billing',
  'verdict.NOT_CHECKED': 'Could not be checked',
  'verdict.UNREADABLE': 'File cannot be read',

  'sentence.VERIFIED': 'The readings are unchanged and come from the meter with the confirmed key.',
  'sentence.VALID_KEY_UNCONFIRMED.K1':
    'The readings are unchanged. Whether the key belongs to your station is still open: it came with the data.',
  'sentence.VALID_KEY_UNCONFIRMED.K2':
    'The readings are unchanged. Whether the key belongs to your station is still open: it came from the provider.',
  'sentence.VALID_KEY_UNCONFIRMED.other':
    'The readings are unchanged. The key is less trusted than required.',
  'sentence.SIGNATURE_INVALID.changed':
    'The data were changed or damaged after signing. Do not rely on these values.',
  'sentence.SIGNATURE_INVALID.either':
    'Signature and data do not match. Either the data were changed or this is the wrong key.',
  'sentence.INCOMPLETE.begin':
    'The values present are unchanged, but the start is missing. No energy amount can be derived.',
  'sentence.INCOMPLETE.end':
    'The values present are unchanged, but the end is missing. No energy amount can be derived.',
  'sentence.INCOMPLETE.both':
    'The values present are unchanged, but start and end are missing. No energy amount can be derived.',
  'sentence.NOT_LEGALLY_RELEVANT':
    'The signature is valid, but these values are not billable: {reason}',
  'sentence.NOT_CHECKED': 'Nothing was checked: {reason} This does not suggest a change.',
  'sentence.UNREADABLE': 'No readable metering data were found in this file: {reason}',
  'sentence.keys': 'This file contains keys only. They are used for the other files.',

  'next.confirm': 'Compare the key with the one on the station or in the register.',
  'next.invalid':
    'Ask the provider for the original file again (sec. 33 MessEG). If it persists, contact the verification authority; you may request an examination under sec. 39 MessEG.',
  'next.begin': 'Ask the provider for the record of the start of the session (sec. 33 MessEG).',
  'next.end': 'Ask the provider for the record of the end of the session (sec. 33 MessEG).',
  'next.both':
    'Ask the provider for the records of the start and the end of the session (sec. 33 MessEG).',
  'next.key': 'Read the public key off the station or ask the provider for it.',
  'next.data': 'Ask the provider for the signed metering data (sec. 33 MessEG).',
  'next.billing': 'Ask the provider what the bill is based on (sec. 33 MessEG).',

  'check.signature': 'Signature',
  'check.signature.valid': 'valid. The data are unchanged since they were measured.',
  'check.signature.invalid': 'does not match. The values are not reliable.',
  'check.signature.unchecked': 'not checked.',
  'check.key': 'Key',
  'check.key.K0': 'none used.',
  'check.key.K1': 'not confirmed. It came in the same file.',
  'check.key.K2': 'not confirmed. It came from the provider.',
  'check.key.K3': 'is in the charging station register.',
  'check.key.K4': 'read off the station.',
  'check.key.K5': 'proven by certificates.',
  'check.complete': 'Completeness',
  'check.complete.yes': 'complete. Start and end are present.',
  'check.complete.begin': 'incomplete. The start is missing.',
  'check.complete.end': 'incomplete. The end is missing.',
  'check.complete.both': 'incomplete. Start and end are missing.',
  'check.complete.unknown': 'unknown.',
  'check.legal': 'Usability',
  'check.legal.both': 'energy yes, time yes.',
  'check.legal.energy': 'energy yes, time informative only.',
  'check.legal.time': 'energy no, time yes.',
  'check.legal.none': 'not usable for billing.',
  'check.legal.unknown': 'open as long as the rest does not hold.',

  'label.readings': 'Readings',
  'label.begin': 'Start',
  'label.end': 'End',
  'label.difference': 'Difference',
  'label.energy': 'Energy',
  'label.duration': 'Duration',
  'label.meter': 'Meter',
  'label.station': 'Station',
  'label.evse': 'Charge point',
  'label.user': 'User',
  'label.transaction': 'Transaction',
  'label.key': 'Key',
  'label.format': 'Format',
  'label.register': 'Register',
  'label.origin': 'Found in',
  'label.signed': 'signed',
  'label.unsigned': 'not signed',
  'label.findings': 'Findings',
  'label.next': 'Next step',
  'label.unreliable': 'not reliable',
  'label.export': 'Fed back',
  'label.severity.error': 'Error',
  'label.severity.warning': 'Warning',
  'label.severity.info': 'Note',

  'notice.independent':
    'Independent check. The software named in the station’s type examination certificate is the legally relevant one. Not checked: price, accuracy, calibration period.',

  'summary.title': 'Summary',
  'summary.inputs': 'Inputs: {count}',
  'summary.sessions': 'Sessions: {count}',
  'summary.records':
    'Records: {read} read = {paired} in sessions + {single} single + {unreadable} unreadable',

  'about.core': 'Core',
  'about.files': 'Files of the program',
  'about.files.intact': 'unchanged',
  'about.files.modified': 'changed',
  'about.files.cannot-be-checked': 'cannot be checked (run from sources)',
  'about.engines': 'Self-check of the methods',
  'about.engines.ok': 'passed ({count} of {count})',
  'about.engines.failed': 'failed: {failed}',
  'about.native': 'Fast methods of this computer',

  'usage.command': 'There is no command “{found}”.',
  'usage.nothing': 'It is missing which file or folder to check.',
  'usage.option': 'The option {found} is unknown or incomplete.',
  'usage.value': '{option}: possible are {known}, not “{found}”.',
  'usage.key': '{found}: no public key can be read in it ({@reason}).',
}

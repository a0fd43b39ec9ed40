/**
 * Texts of the key store on the command line, and of the register.
 *
 * @module
 */
export const keys = {
  'keys.usage.action': 'keys kennt {known}, nicht „{found}“.',
  'keys.usage.nothing': 'Es fehlt die Angabe, welcher Schlüssel oder welche Datei gemeint ist.',
  'keys.usage.stray': 'Mit „{found}“ ist hier nichts anzufangen.',
  'keys.usage.read':
    '--by und --on gehören zu --read: Sie sagen, wer den Schlüssel wann abgelesen hat.',
  'keys.usage.by': 'Zu --read gehört --by mit dem Namen dessen, der den Schlüssel abgelesen hat.',

  'keys.cli.store': 'Der Schlüsselspeicher lässt sich nicht benutzen: {@reason}.',
  'keys.cli.copy': 'Der Schlüsselspeicher ist beschädigt; eine Kopie liegt in „{file}“.',
  'keys.cli.exists': 'Dieser Schlüssel ist für diesen Zähler und Ladepunkt schon gespeichert.',
  'keys.cli.too-long': 'Eine der Angaben ist zu lang.',
  'keys.cli.unknown': 'Den Schlüssel „{found}“ gibt es im Speicher nicht.',
  'keys.cli.several': '„{found}“ trifft auf mehrere Einträge zu; bitte die Nummer nennen: {ids}.',
  'keys.cli.not-read': '„{path}“ lässt sich nicht lesen ({@reason}).',
  'keys.cli.not-written': '„{path}“ lässt sich nicht schreiben ({code}).',
  'keys.cli.none': 'Kein Schlüssel gefunden.',
  'keys.cli.count': 'Einträge: {count}',
  'keys.cli.valid': 'Gültig',
  'keys.cli.removed': 'Entfernt',
  'keys.cli.entries': 'Einträge',
  'keys.cli.keys': 'Schlüssel',
  'keys.cli.conflicts': 'Widersprüche',
  'keys.cli.was-added': 'Gespeichert:',
  'keys.cli.was-removed': 'Entfernt:',
  'keys.cli.conflict':
    'Achtung: Für den Zähler {meter} ist auch ein anderer Schlüssel gespeichert ({others}). Klären Sie an der Säule, welcher stimmt.',
  'keys.cli.imported': '{added} neu, {known} schon bekannt, {refused} nicht übernommen',
  'keys.cli.refused': 'Zeile {line}: {@reason}',
} as const

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

  'register.title': 'Ladesäulenregister, Stand {edition}',
  'register.in-use': '(in Gebrauch)',
  'register.more': 'Mehr als {count} Ladeeinrichtungen; bitte genauer suchen.',
  'register.imported': 'Importiert: Ladesäulenregister, Stand {edition}',
  'register.known': 'Diese Datei war schon importiert: Ladesäulenregister, Stand {edition}',
  'register.progress': 'Register wird gelesen: {percent} %',
  'register.rows': 'Ladeeinrichtungen',
  'register.points': 'Ladepunkte',
  'register.evses': 'Ladepunkte mit EVSE-ID',
  'register.cells': 'Zellen mit Schlüsselangabe',
  'register.usable': 'davon lesbar',
  'register.unusable': 'davon nicht verwendbar',
  'register.keys': 'Schlüssel',
  'register.distinct': 'verschiedene Schlüssel',
  'register.by-curve': 'Schlüssel nach Kurve',
  'register.by-form': 'Schlüssel nach Schreibweise',
  'register.changes':
    'Gegenüber dem Stand {before}: {appeared} Schlüssel neu, {vanished} weggefallen, {changed} Ladepunkte mit anderem Schlüssel',
  'register.older': 'In Gebrauch bleibt der neuere Stand {edition}.',
  'register.note.no-preamble':
    'Über der Kopfzeile fehlen die Zeilen der Bundesnetzagentur: Vielleicht ist es eine Abschrift.',
  'register.note.date-differs':
    'Das Datum in der Datei und das in ihrem Namen sind verschieden; es gilt das in der Datei.',
  'register.note.no-key-columns':
    'Diese Ausgabe hat keine Spalten für Schlüssel. Sie sagt über Schlüssel nichts und wird nicht zum Prüfen benutzt.',
  'register.refused':
    '„{file}“ wurde nicht importiert: {@reason}. Was vorher importiert war, ist unverändert.',
  'register.refused-at':
    '„{file}“ wurde nicht importiert: {@reason} (Zeile {row}). Was vorher importiert war, ist unverändert.',
  'label.register': 'Register',
  'register.words': '{where} (Angabe des Ladesäulenregisters vom {edition}, nicht signiert)',

  'keys.cli.no-signing-key':
    '„{path}“ ist kein privater Ed25519-Schlüssel in PEM; „keys issuer-new“ macht einen.',
  'keys.signature.valid': '{file}: Signiert von {issuer}, die Signatur passt.',
  'keys.signature.unknown-issuer':
    '{file}: Die Signatur passt, aber den Aussteller kennen Sie nicht; er nennt sich {issuer}. Die Liste zählt wie eine ohne Signatur.',
  'keys.signature.broken': '{file}: Die Signatur passt nicht zur Liste. Nichts wurde übernommen.',
  'issuers.none': 'Es ist kein Aussteller gespeichert.',
  'issuers.no-key': 'Darin ist kein öffentlicher Ed25519-Schlüssel lesbar ({@reason}).',
  'issuers.made':
    'Der private Schlüssel liegt in „{path}“; geben Sie ihn niemandem. Der öffentliche, für alle anderen:',
  'issuers.no-events': 'Noch keine Änderung.',
  'event.register': 'Register importiert',
  'event.register-remove': 'Ausgabe des Registers gelöscht',
  'event.issuer-add': 'Aussteller aufgenommen',
  'event.issuer-trust': 'Vertrauen in Aussteller geändert',
  'event.issuer-remove': 'Aussteller entfernt',
  'event.policy': 'Richtlinie geändert',

  'repair.readable': 'Der Schlüssel ist lesbar: ein Punkt der Kurve {curve}.',
  'repair.found': 'Gemeint ist vermutlich dieser Schlüssel auf der Kurve {curve}:',
  'repair.none':
    'Es gibt keinen Schlüssel, von dem sich dieser Text nur durch ein paar Zeichen unterscheidet.',
  'repair.replaced': 'Zeichen {at}: „{printed}“ statt „{meant}“',
  'repair.missing': 'Vor Zeichen {at} fehlt „{meant}“',
  'repair.surplus': 'Zeichen {at}: „{printed}“ ist zu viel',
  'repair.swapped': 'Zeichen {at}: „{printed}“ statt „{meant}“, vertauscht',
  'repair.careful': 'Das ist nur ein Vorschlag. Vergleichen Sie ihn mit dem Aufdruck.',
  'repair.possible': 'Vielleicht ist nur ein Zeichen falsch: „keys repair“ macht einen Vorschlag.',

  'register.ui.refused': 'Nicht importiert: {@reason}. Was vorher importiert war, ist unverändert.',
  'register.ui.refused-at':
    'Nicht importiert: {@reason} (Zeile {row}). Was vorher importiert war, ist unverändert.',
  'register.ui.title': 'Ladesäulenregister',
  'register.ui.none':
    'Noch nicht importiert. Laden Sie die Datei der Bundesnetzagentur herunter (CSV oder XLSX) und öffnen Sie sie hier: Danach sind die Schlüssel der meisten Säulen bekannt.',
  'register.ui.used':
    'Stand {edition}: {rows} Ladeeinrichtungen, {keys} Schlüssel. Quelle: Bundesnetzagentur.de, CC BY 4.0.',
  'register.ui.import': 'Register importieren',
  'register.ui.reading': 'Das Register wird gelesen …',
  'register.ui.cancelled': 'Abgebrochen. Es ist alles wie vorher.',
  'register.ui.editions': 'Importierte Ausgaben ({count})',
  'register.ui.in-use': 'in Gebrauch',
  'register.ui.save': '{count} nicht lesbare Zellen speichern',
  'register.ui.words': 'Angaben der Betreiber im Register; niemand hat sie signiert.',
  'register.ui.point': 'Ladepunkt {slot}',
  'register.ui.unreadable': 'Angabe ist kein lesbarer Schlüssel',
  'register.ui.place': 'Ladesäule laut Register',
  'register.ui.place.text':
    'Angaben des Ladesäulenregisters vom {edition}, Zeile {row}; nicht signiert. Quelle: Bundesnetzagentur.de, CC BY 4.0.',
  'register.ui.address': 'Anschrift',
  'register.ui.number': 'Ladeeinrichtungs-ID',
  'repair.take': 'Vorschlag übernehmen und vergleichen',
  'policy.required': 'Als bestätigt gilt ein Schlüssel hier ab: {trust}',
  'settings.trust': 'Ein Schlüssel gilt als bestätigt',
  'settings.trust.K3': 'durch Register oder Aufdruck',
  'settings.trust.K4': 'nur durch den Aufdruck an der Säule',
  'keys.cli.was-changed': 'Geändert:',
  'keys.cli.calibrated': 'Geeicht bis',
  'keys.cli.seen': 'Gesehen',
} as const

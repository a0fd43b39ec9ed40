/** Texte der Oberflächen, deutsch: Fenster, Kommandozeile und Bericht. */
export const ui = {
  'verdict.VERIFIED': 'Geprüft und bestätigt',
  'verdict.VALID_KEY_UNCONFIRMED': 'Signatur gültig – Schlüssel noch nicht bestätigt',
  'verdict.SIGNATURE_INVALID': 'Daten passen nicht zur Signatur',
  'verdict.INCOMPLETE': 'Unvollständig – Anfang oder Ende fehlt',
  'verdict.NOT_LEGALLY_RELEVANT': 'Für die Abrechnung nicht verwendbar',
  'verdict.NOT_CHECKED': 'Nicht prüfbar',
  'verdict.UNREADABLE': 'Datei nicht lesbar',

  'sentence.VERIFIED':
    'Die Messwerte sind unverändert und stammen von dem Zähler mit dem bestätigten Schlüssel.',
  'sentence.VALID_KEY_UNCONFIRMED.K1':
    'Die Messwerte sind unverändert. Ob der Schlüssel zu Ihrer Ladesäule gehört, ist noch offen: Er kam zusammen mit den Daten.',
  'sentence.VALID_KEY_UNCONFIRMED.K2':
    'Die Messwerte sind unverändert. Ob der Schlüssel zu Ihrer Ladesäule gehört, ist noch offen: Er kam vom Anbieter.',
  'sentence.VALID_KEY_UNCONFIRMED.other':
    'Die Messwerte sind unverändert. Der Schlüssel ist weniger vertrauenswürdig als verlangt.',
  'sentence.SIGNATURE_INVALID.changed':
    'Die Daten wurden nach der Signatur verändert oder beschädigt. Verlassen Sie sich nicht auf diese Werte.',
  'sentence.SIGNATURE_INVALID.either':
    'Signatur und Daten passen nicht zusammen. Entweder wurden die Daten verändert, oder es ist der falsche Schlüssel.',
  'sentence.INCOMPLETE.begin':
    'Die vorhandenen Werte sind unverändert, aber der Anfang fehlt. Eine Energiemenge lässt sich daraus nicht ableiten.',
  'sentence.INCOMPLETE.end':
    'Die vorhandenen Werte sind unverändert, aber das Ende fehlt. Eine Energiemenge lässt sich daraus nicht ableiten.',
  'sentence.INCOMPLETE.both':
    'Die vorhandenen Werte sind unverändert, aber Anfang und Ende fehlen. Eine Energiemenge lässt sich daraus nicht ableiten.',
  'sentence.NOT_LEGALLY_RELEVANT':
    'Die Signatur ist gültig, doch diese Werte sind nicht abrechenbar: {reason}',
  'sentence.NOT_CHECKED':
    'Es wurde nichts geprüft: {reason} Das ist kein Hinweis auf eine Veränderung.',
  'sentence.UNREADABLE': 'In dieser Datei wurden keine lesbaren Messdaten gefunden: {reason}',
  'sentence.keys':
    'Diese Datei enthält nur Schlüssel. Sie werden für die anderen Dateien verwendet.',

  'next.confirm':
    'Vergleichen Sie den Schlüssel mit dem Aufdruck an der Ladesäule oder dem Register.',
  'next.invalid':
    'Fordern Sie die Originaldatei beim Anbieter erneut an (§ 33 MessEG). Bleibt es dabei, wenden Sie sich an die Eichbehörde; eine Befundprüfung können Sie nach § 39 MessEG beantragen.',
  'next.begin':
    'Fordern Sie den Datensatz vom Anfang des Ladevorgangs beim Anbieter an (§ 33 MessEG).',
  'next.end': 'Fordern Sie den Datensatz vom Ende des Ladevorgangs beim Anbieter an (§ 33 MessEG).',
  'next.both':
    'Fordern Sie die Datensätze von Anfang und Ende des Ladevorgangs beim Anbieter an (§ 33 MessEG).',
  'next.key':
    'Lesen Sie den öffentlichen Schlüssel an der Ladesäule ab oder fordern Sie ihn beim Anbieter an.',
  'next.data': 'Fordern Sie die signierten Messdaten beim Anbieter an (§ 33 MessEG).',
  'next.billing': 'Fragen Sie den Anbieter, worauf die Rechnung beruht (§ 33 MessEG).',

  'check.signature': 'Signatur',
  'check.signature.valid': 'gültig. Die Daten sind unverändert seit der Messung.',
  'check.signature.invalid': 'passt nicht. Auf die Werte ist kein Verlass.',
  'check.signature.unchecked': 'nicht geprüft.',
  'check.key': 'Schlüssel',
  'check.key.K0': 'keiner verwendet.',
  'check.key.K1': 'nicht bestätigt. Er kam in derselben Datei.',
  'check.key.K2': 'nicht bestätigt. Er kam vom Anbieter.',
  'check.key.K3': 'steht im Ladesäulenregister.',
  'check.key.K4': 'an der Ladesäule abgelesen.',
  'check.key.K5': 'durch Zertifikate belegt.',
  'check.complete': 'Vollständigkeit',
  'check.complete.yes': 'vollständig. Anfang und Ende liegen vor.',
  'check.complete.begin': 'unvollständig. Der Anfang fehlt.',
  'check.complete.end': 'unvollständig. Das Ende fehlt.',
  'check.complete.both': 'unvollständig. Anfang und Ende fehlen.',
  'check.complete.unknown': 'unbekannt.',
  'check.legal': 'Verwendbarkeit',
  'check.legal.both': 'Energie ja, Zeit ja.',
  'check.legal.energy': 'Energie ja, Zeit nur informativ.',
  'check.legal.time': 'Energie nein, Zeit ja.',
  'check.legal.none': 'für die Abrechnung nicht verwendbar.',
  'check.legal.unknown': 'ungeklärt, solange der Rest nicht stimmt.',

  'label.readings': 'Zählerstände',
  'label.begin': 'Anfang',
  'label.end': 'Ende',
  'label.difference': 'Differenz',
  'label.energy': 'Energie',
  'label.duration': 'Dauer',
  'label.meter': 'Zähler',
  'label.station': 'Ladesäule',
  'label.evse': 'Ladepunkt',
  'label.user': 'Nutzer',
  'label.transaction': 'Vorgang',
  'label.key': 'Schlüssel',
  'label.format': 'Format',
  'label.register': 'Register',
  'label.origin': 'Fundstelle',
  'label.signed': 'signiert',
  'label.unsigned': 'nicht signiert',
  'label.findings': 'Befunde',
  'label.next': 'Nächster Schritt',
  'label.unreliable': 'nicht verlässlich',
  'label.export': 'Rückspeisung',
  'label.severity.error': 'Fehler',
  'label.severity.warning': 'Warnung',
  'label.severity.info': 'Hinweis',

  'notice.independent':
    'Unabhängige Prüfung. Rechtlich maßgeblich ist die im Baumusterprüfzeugnis der Ladesäule genannte Software. Nicht geprüft: Preis, Messgenauigkeit, Eichfrist.',

  'summary.title': 'Zusammenfassung',
  'summary.inputs': 'Eingaben: {count}',
  'summary.sessions': 'Ladevorgänge: {count}',
  'summary.records':
    'Datensätze: {read} gelesen = {paired} in Ladevorgängen + {single} einzeln + {unreadable} nicht lesbar',

  'about.core': 'Kern',
  'about.files': 'Dateien des Programms',
  'about.files.intact': 'unverändert',
  'about.files.modified': 'verändert',
  'about.files.cannot-be-checked': 'nicht prüfbar (Lauf aus den Quellen)',
  'about.engines': 'Selbsttest der Verfahren',
  'about.engines.ok': 'bestanden ({count} von {count})',
  'about.engines.failed': 'fehlgeschlagen: {failed}',
  'about.native': 'Schnelle Verfahren dieses Rechners',

  'usage.command': 'Den Befehl „{found}“ gibt es nicht.',
  'usage.nothing': 'Es fehlt die Angabe, welche Datei oder welcher Ordner zu prüfen ist.',
  'usage.option': 'Die Angabe {found} ist unbekannt oder unvollständig.',
  'usage.value': '{option}: möglich sind {known}, nicht „{found}“.',
  'usage.key': '{found}: Darin ist kein öffentlicher Schlüssel lesbar ({@reason}).',
} as const

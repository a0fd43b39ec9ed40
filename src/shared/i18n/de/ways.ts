/** Ways in that need more than a file: passwords, photos, the camera. */
export const ways = {
  'list.copy': 'gleiche Daten wie {input}',
  'list.copy.short': 'doppelt',

  'unlock.action': 'Passwort eingeben',
  'unlock.title': 'Geschützte Datei öffnen',
  'unlock.text':
    '{name} ist mit einem Passwort geschützt. Oft steht es in der E-Mail, mit der die Datei kam. Es wird nur für diese Prüfung benutzt und nirgends gespeichert.',
  'unlock.password': 'Passwort',
  'unlock.show': 'Passwort zeigen',
  'unlock.open': 'Öffnen',
  'unlock.wrong': 'Dieses Passwort öffnet die Datei nicht.',
  'unlock.next':
    'Die Datei ist mit einem Passwort geschützt. Geben Sie es ein, dann wird sie geprüft.',
  'unlock.archive':
    'Die Datei liegt in einem Archiv, das mit einem Passwort geschützt ist. Entpacken Sie das Archiv, und prüfen Sie die Datei daraus.',

  'camera.start': 'Kamera',
  'camera.stop': 'Kamera schließen',
  'camera.title': 'Code mit der Kamera lesen',
  'camera.text':
    'Halten Sie den QR-Code Ihres Belegs oder des Schlüssels ruhig und ganz ins Bild. Gehören mehrere Codes zusammen, dann alle zugleich. Das Bild bleibt auf diesem Gerät.',
  'camera.name': 'Kamerabild',
  'camera.picture': 'Bild der Kamera',
  'camera.looking': 'Suche nach einem Code …',
  'camera.which': 'Kamera',
  'camera.any': 'die voreingestellte',
  'camera.denied':
    'Die Kamera darf nicht benutzt werden. Erlauben Sie es in den Einstellungen des Systems oder des Browsers, oder nehmen Sie ein Foto.',
  'camera.none': 'An diesem Gerät ist keine Kamera.',
  'camera.busy': 'Ein anderes Programm benutzt die Kamera.',
  'camera.failed': 'Die Kamera ließ sich nicht öffnen.',
  'photo.choose': 'Foto wählen',
  'photo.hint': 'Ein Foto lässt sich auch hierher ziehen oder einfügen.',
  'photo.reading': 'Bild wird gelesen …',
  'photo.several': 'Das Bild zeigt {count} Schlüssel. Welcher ist gemeint?',
  'photo.no-key': 'Darin ist kein Schlüssel zu erkennen.',
  'photo.no-picture': 'Das ist kein Foto. Bestätigt wird nur, was an der Ladesäule steht.',
  'photo.receipt':
    'Das Bild zeigt Messdaten, also einen Beleg. Bestätigt wird nur, was an der Ladesäule steht.',
  'confirm.how.scanned': 'Foto oder Kamera',
  'confirm.how.scanned.text': 'Wenn neben dem Schlüssel ein Code steht',
  'confirm.in-photo': 'Auf dem Foto',
  'confirm.other': 'Das ist ein anderer Schlüssel als in den Daten.',
} as const

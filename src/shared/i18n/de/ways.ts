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
} as const

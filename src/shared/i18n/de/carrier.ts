/** Befunde zu Dateien, die andere Dateien enthalten, deutsch. */
import type { CarrierCode } from '../../model/findings-carrier.ts'

export const carrier: Record<CarrierCode, string> = {
  'IN-MEMBERS': 'Die Datei enthält weitere Dateien ({count}); jede hat ihre eigene Zeile.',
  'IN-NESTED':
    'Mehr als {depth} Archive sind ineinander gepackt; dieses wurde nicht mehr geöffnet.',
  'IN-ENCRYPTED': 'Die Datei ist mit einem Passwort geschützt.',
  'IN-ARCHIVE': 'Das Archiv oder die Datei darin ist nicht lesbar: {@reason}.',
  'IN-LINK':
    'Das Archiv enthält Verweise oder Geräte statt Dateien ({count}); sie blieben außer Betracht: {names}',
}

export const carrierWords = {
  'archive.damaged': 'Die Daten sind beschädigt',
  'archive.truncated': 'Das Ende fehlt, vielleicht brach ein Herunterladen ab',
  'archive.overlap':
    'Mehrere Einträge benutzen dieselben Daten, wie es Archive tun, die schaden sollen',
  'archive.method': 'Das Packverfahren ist nicht bekannt',
  'archive.checksum': 'Die Prüfsumme passt nicht zum Inhalt',
  'limit.ratio': 'Packungsverhältnis 100 zu 1',
  'limit.members-1000': '1000 enthaltene Dateien',
}

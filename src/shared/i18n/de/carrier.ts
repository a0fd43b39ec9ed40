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
  'IN-MULTI':
    'In derselben Datei steht zu diesem Ladevorgang ein anderer Wert ({other}). Welcher gilt, lässt sich daraus nicht sagen.',
  'IN-DETACHED': 'Diese Datei ist die Signatur zu „{file}“ und wird mit ihr geprüft.',
  'IN-PDF': 'Die PDF-Datei ist beschädigt und ließ sich nicht öffnen.',
  'IN-PDF-PAGE': 'Diese Seiten der PDF-Datei ließen sich nicht lesen: {pages}.',
  'IN-REJOINED':
    'Der Datensatz stand auf mehreren Zeilen und wurde wieder zusammengesetzt. Passt die Signatur nicht, kann das daran liegen.',
  'IN-REVISIONS':
    'Die PDF-Datei wurde nach dem ersten Speichern ergänzt ({count} Fassungen); gelesen wird die letzte.',
  'IN-UNLISTED':
    'Diese Datei steckt in der PDF-Datei, ist dort aber nicht aufgeführt, etwa weil sie aus einer früheren Fassung stammt.',
  'IN-TWO-KINDS': 'Die Datei ist zugleich PDF-Datei und Archiv; beides wurde gelesen.',
  'IN-NO-CODE': 'Auf dem Bild ist kein QR-Code zu erkennen.',
  'IN-QR-PART': 'Von den {of} zusammengehörigen QR-Codes fehlen {count}.',
  'IN-URL': 'Der QR-Code enthält einen Link. Er wird nie geöffnet: {url}',
}

export const carrierWords = {
  'archive.damaged': 'Die Daten sind beschädigt',
  'archive.truncated': 'Das Ende fehlt, vielleicht brach ein Herunterladen ab',
  'archive.overlap':
    'Mehrere Einträge benutzen dieselben Daten, wie es Archive tun, die schaden sollen',
  'archive.method': 'Das Packverfahren ist nicht bekannt',
  'archive.checksum': 'Die Prüfsumme passt nicht zum Inhalt',
  'limit.ratio': 'Packungsverhältnis 100 zu 1',
  'limit.mail': 'Kopfzeilen oder Verschachtelung der E-Mail',
  'limit.pages': '200 Seiten; die übrigen wurden nicht gelesen',
  'limit.attachments': '64 eingebettete Dateien',
  'limit.pixels': 'Bild mit 40 Millionen Bildpunkten',
  'limit.members-1000': '1000 enthaltene Dateien',
}

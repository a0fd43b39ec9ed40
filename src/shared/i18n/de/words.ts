/** Wörter für Werte, die in Befunden vorkommen; ein Wert ohne Wort erscheint, wie er ist. */
import { carrierWords } from './carrier.ts'

export const words = {
  ...carrierWords,
  // OCMF, Tabelle 10: Zustand des Zählers
  'ocmf.N': 'nicht vorhanden',
  'ocmf.G': 'in Ordnung',
  'ocmf.T': 'Zeitüberschreitung',
  'ocmf.D': 'vom Zähler getrennt',
  'ocmf.R': 'Zähler entfernt',
  'ocmf.M': 'Manipulation erkannt',
  'ocmf.X': 'Zähler getauscht',
  'ocmf.I': 'nicht passender Zähler',
  'ocmf.O': 'Wert außerhalb des Messbereichs',
  'ocmf.S': 'Ersatzwert',
  'ocmf.E': 'sonstiger Fehler',
  'ocmf.F': 'Register nicht richtig gelesen',
  // OCMF, Tabelle 7: Ende des Ladevorgangs
  'tx.A': 'einem Abbruch durch Fehler',
  'tx.P': 'einem Stromausfall',
  // OCMF, Tabelle 11: Zuordnung zur Person
  MISMATCH: 'Angaben passen nicht zusammen (MISMATCH)',
  INVALID: 'Nachweis ungültig (INVALID)',
  OUTDATED: 'Nachweis abgelaufen (OUTDATED)',
  UNKNOWN: 'Nachweis unbekannt (UNKNOWN)',
  // Abweichungen der Zeitangabe
  'offset-colon': 'Doppelpunkt im Abstand zur Weltzeit',
  'offset-short': 'Abstand zur Weltzeit verkürzt',
  'offset-missing': 'Abstand zur Weltzeit fehlt',
  'decimal-dot': 'Punkt statt Komma vor den Millisekunden',
  milliseconds: 'keine drei Stellen Millisekunden',
  'blank-missing': 'Leerzeichen vor dem Uhrzustand fehlt',
  'letter-missing': 'Uhrzustand fehlt',
  'letter-lower-case': 'Uhrzustand klein geschrieben',
  'leap-second': 'Schaltsekunde',
  // JSON-Typen
  string: 'ein Text',
  number: 'eine Zahl',
  boolean: 'ein Wahrheitswert',
  array: 'eine Liste',
  object: 'ein Objekt',
  // Teile eines Ladevorgangs
  begin: 'Anfang',
  middle: 'Zwischenwert',
  end: 'Ende',
  // Kabelverlust
  'loss.compensated': 'Die Verluste des Kabels sind in diesem Register bereits herausgerechnet.',
  'loss.stated':
    'Der Datensatz nennt einen Kabelverlust. Abgezogen wurde nichts; was das Register zählt, sagt die Zulassung. Verlust:',
  // Uhr
  synchronised: 'gestellt',
  informative: 'informativ',
  relative: 'Dauer gesichert',
  unsynchronised: 'nicht gestellt',
  unknown: 'unbekannt',
  // Warum eine Datei nicht gelesen werden konnte
  missing: 'Es gibt sie nicht',
  forbidden: 'Der Zugriff ist nicht erlaubt',
  folder: 'Es ist ein Ordner (mit -r werden Ordner gelesen)',
  special: 'Es ist keine gewöhnliche Datei',
  'read-error': 'Das Lesen ist fehlgeschlagen',
  'no-folder-input': 'Der Ordner enthält keine Dateien',
  // Wo ein Schlüssel abgelesen wurde
  'place.station-label': 'Aufkleber der Ladesäule',
  'place.meter-label': 'Aufdruck des Zählers',
  'place.display': 'Anzeige',
  'place.document': 'Schriftstück des Betreibers',
  'place.unknown': 'Ort nicht angegeben',
  'date.unknown': 'Tag nicht angegeben',
  // Warum der Schlüsselspeicher nicht offen ist
  'store.locked': 'ein anderes Programm hält ihn gesperrt',
  'store.forbidden': 'der Zugriff ist nicht erlaubt',
  'store.full': 'der Datenträger ist voll',
  'store.newer': 'er stammt von einer neueren Version',
  'store.damaged': 'die Datei ist beschädigt',
  'store.foreign': 'die Datei ist kein Schlüsselspeicher',
  'store.missing': 'es gibt ihn nicht',
  'store.failed': 'Fehler beim Lesen oder Schreiben',
  // Warum ein Schlüssel nicht gelesen werden konnte
  'not-on-curve': 'kein Punkt der Kurve',
  'unsupported-curve': 'unbekannte Kurve',
  'explicit-parameters': 'eigene Kurvenparameter',
  'private-key': 'ein privater Schlüssel',
  ambiguous: 'nicht eindeutig',
  'too-long': 'zu lang',
  // Warum eine Zeile einer Schlüsselliste nicht übernommen wurde
  'import.format': 'das ist keine Schlüsselliste',
  'import.empty': 'die Datei ist leer',
  'import.field': 'ein Feld ist kein Text',
  'import.fingerprint': 'der Fingerabdruck gehört zu einem anderen Schlüssel',
  'several-keys': 'mehrere Schlüssel',
} as const

/** Befunde zu Form und Begleitangaben jedes Datensatzes, deutsch. */
import type { RecordCode } from '../../model/findings-record.ts'

export const record: Record<RecordCode, string> = {
  'REC-CONTRADICTS':
    'Neben den signierten Daten steht „{found}“ ({field}), signiert ist „{signed}“. Gezeigt wird, was signiert ist.',
  'REC-WIDTH':
    'Das Feld „{field}“ enthält „{found}“ und damit mehr, als die Signatur umfasst. Der Datensatz ist deshalb nicht lesbar.',
  'REC-REPEATS':
    'Die lesbare Abschrift der signierten Daten stimmt nicht: Bei „{field}“ steht „{found}“, signiert ist „{signed}“. Gezeigt wird, was signiert ist.',
  'REC-OFFSET':
    'Die Datei gibt für die Uhr des Zählers die Abweichung {found} an ({field}). Diese Angabe ist nicht signiert und war zu dieser Zeit in Deutschland nicht gültig; signiert ist nur die Uhrzeit selbst.',
  'REC-ORDER':
    'Die Datei nennt die Messwerte in einer anderen Reihenfolge, als der Zähler sie aufgenommen hat. Gezeigt wird die signierte Reihenfolge.',
  'REC-TOTAL': 'Der Datensatz nennt als Summe {stated}; aus Anfang und Ende ergibt sich {energy}.',
  'SES-CONTRACT':
    'Anfang und Ende wurden für verschiedene Kunden oder Anmeldungen signiert: „{begin}“ und „{end}“.',
  'SES-CLOCK-SET':
    'Die Uhr wurde zwischen Anfang und Ende gestellt; die Dauer ist nicht verlässlich.',
  'SES-SOFTWARE':
    'Die Software der Ladesäule war am Anfang eine andere als am Ende: „{begin}“ und „{end}“.',
  'IN-UNSIGNED':
    'Die Datei beschreibt einen Ladevorgang ({session}), enthält dazu aber nichts Signiertes. Ob seine Werte stimmen, kann niemand prüfen.',
  'IN-LIVE':
    'Die Datei ist eine Internetadresse, unter der ein laufender Ladevorgang zu sehen ist. Sie enthält keine signierten Messwerte.',
  'REC-FOREIGN':
    'Ein Messwert der Datei nennt einen anderen Zähler oder Schlüssel als der erste: „{found}“ statt „{first}“ ({field}).',
  'IN-SIGNATURE':
    'Die Datei enthält nur eine Signatur. Sie gehört zu der Datei mit den Messdaten und wird mit ihr geprüft.',
}

/** Befunde zu den Datensätzen von ALFEN, deutsch. */
import type { AlfenCode } from '../../model/findings-alfen.ts'

export const alfen: Record<AlfenCode, string> = {
  'ALFEN-FIELDS': 'Eine ALFEN-Zeile hat sechs Teile; hier sind es {count}.',
  'ALFEN-DATA': 'Der Datensatz der ALFEN-Zeile ist nicht in Base32 geschrieben.',
  'ALFEN-LENGTH': 'Der Datensatz hat {found} Byte statt 82.',
  'ALFEN-SIGNATURE': 'Die Signatur sind keine 48 Byte in Base32 ({found}).',
  'ALFEN-TYPE': 'Die Art des Datensatzes ist unbekannt: „{found}“.',
  'ALFEN-ROLE':
    'Ob dieser Wert Anfang oder Ende ist, steht nur neben den signierten Daten: {@found}.',
  'ALFEN-COMMANDS':
    'Der Datensatz nennt sich zugleich Anfang und Ende; was gilt, ist nicht zu erkennen.',
  'ALFEN-VERSION':
    'Die Zeile nennt die Fassung „{found}“; gelesen wurde sie wie die einzige bekannte, 3.',
  'ALFEN-STATUS': 'Zähler oder Ladepunkt melden außerdem: {@found}.',
  'ALFEN-STATUS-BITS': 'Im Zustandswort {field} stehen Meldungen ohne bekannte Bedeutung: {found}.',
  'ALFEN-UID': 'Die Kartennummer enthält Steuerzeichen; gezeigt wird sie vollständig: {found}.',
}

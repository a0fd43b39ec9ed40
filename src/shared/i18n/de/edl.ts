/** Befunde zu SML-Telegrammen und EDL40-Datensätzen, Deutsch: je ein Satz, den ein Fahrer versteht. */
import type { EdlCode } from '../../model/findings-edl.ts'

export const edl: Record<EdlCode, string> = {
  'IN-SML': 'Das Telegramm des Zählers (SML) ist an Byte {offset} beschädigt.',
  'SML-CRC':
    'Die Prüfsumme des Telegramms passt nicht: Unterwegs wurde etwas verändert oder beschädigt. Ob der signierte Zählerstand verändert wurde, sagt allein die Signatur.',
  'SML-AROUND':
    'Um das Telegramm des Zählers stehen {count} weitere Bytes; sie wurden nicht beachtet.',
  'SML-LISTS':
    'Das Telegramm enthält {count} Listen mit Zählerständen statt einer; welche gilt, ist unklar.',

  'EDL-ENTRY':
    'Dem Telegramm fehlt {entry}, oder die Angabe hat eine andere Form als vorgesehen. Ohne sie lassen sich die signierten Daten nicht zusammensetzen.',
  'EDL-LENGTH': 'Die signierten Daten haben {found} statt 320 Bytes.',
  'EDL-ENCODING':
    'Die für „{field}“ angegebene Kodierung „{found}“ ist falsch; gelesen wurde {encoding}.',
  'EDL-ROLE':
    'Welcher Stand der Anfang und welcher das Ende ist, signiert der Zähler nicht. Es folgt aus seiner signierten laufenden Nummer und aus den Angaben des Anbieters.',
  'EDL-REST': 'Der Zähler hat auch Daten signiert, deren Bedeutung nicht bekannt ist: {found}.',
  'EDL-MAGNET': 'Der Zähler meldet, dass ein Magnetfeld auf ihn eingewirkt hat.',
  'EDL-NEGATIVE': 'Der Zählerstand {found} liegt unter null; das kann kein Energiezähler anzeigen.',
  'ISA-CONTEXT':
    'Der Datensatz sagt nicht, ob er am Anfang, während oder am Ende des Ladens entstand ({found}).',

  'EDL-CONTRACT-TIME':
    'Der Nutzer wurde vor dem Anfang um {begin} und vor dem Ende um {end} erkannt: Zwischen den beiden Ständen können mehrere Ladevorgänge liegen.',
  'EDL-LOG':
    'Während des Ladens schrieb der Zähler in sein Ereignis-Logbuch (am Anfang Eintrag {begin}, am Ende {end}). Das tut er bei Störungen, gestellter Uhr oder geöffnetem Gehäuse.',
  'EDL-SECONDS':
    'Die Betriebszeit des Zählers wächst vom Anfang ({begin} s) zum Ende ({end} s) nicht.',
  'EDL-CLOCK':
    'Zwischen Anfang und Ende lief die Uhr des Zählers um {clock} s weiter, seine Betriebszeit um {operating} s: Die Uhr wurde gestellt oder wechselte zwischen Sommer- und Winterzeit. Als Dauer gilt die Betriebszeit.',
  'EDL-ORDER':
    'In der Datei steht das Ende vor dem Anfang. Was was ist, sagt die signierte laufende Nummer.',
  'EDL-STATUS': 'Der Zustand des Zählers wechselte von {begin} am Anfang zu {end} am Ende.',
}

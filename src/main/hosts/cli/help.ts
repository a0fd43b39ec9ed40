/**
 * What `--help` prints.
 *
 * @module
 */
import type { Language } from '../../../shared/i18n/index.ts'

export const HELP: Record<Language, string> = {
  de: `Eichlicht prüft die signierten Messwerte von Ladesäulen.

Aufruf:
  eichlicht verify <Pfade…>    Dateien prüfen; Ordner mit -r; „-“ liest die Standardeingabe
  eichlicht keys <Befehl>      Schlüsselspeicher, siehe unten
  eichlicht about              Name, Version, Prüfsumme des Kerns, Selbsttest

Optionen von verify:
  -r, --recursive              Ordner mit allen Unterordnern lesen
      --format FORM            text (voreingestellt), json, ndjson oder csv
      --key SCHLÜSSEL          öffentlicher Schlüssel: Datei, Hex, Base64, PEM oder „-“; mehrfach möglich
      --key-trust STUFE        Herkunft dieser Schlüssel: K1 gleiche Datei, K2 Anbieter (voreingestellt),
                               K3 Register, K4 selbst an der Ladesäule abgelesen
      --require-trust STUFE    Vertrauen, ab dem der Rückgabewert 0 ist: K1 bis K4 (voreingestellt K3)
      --profile PROFIL         driver (voreingestellt), auditor oder strict: Gewicht der Formbefunde
      --jobs ZAHL              so viele Dateien zugleich
      --store ORDNER           Schlüsselspeicher in diesem Ordner statt des eigenen benutzen
      --no-store               ohne Schlüsselspeicher prüfen
      --password PASSWORT      öffnet damit geschützte PDF-Dateien
      --report DATEI           Prüfbericht als PDF schreiben, mit Originalen und Ergebnis darin
      --lang de|en             Sprache, auch die des Berichts
  -h, --help                   diese Hilfe
  -v, --version                Version

Befehle von keys, alle mit --store ORDNER und --format text|json:
  list [--removed]             alle Einträge, oder die entfernten
  find <Wörter>                eigene Einträge und Ladeeinrichtungen des Registers: Ort, Betreiber, Postleitzahl,
                               EVSE-ID, Zähler oder Anfang eines Fingerabdrucks
  show <Nummer|Fingerabdruck>  ein Eintrag mit allen Änderungen
  add <Schlüssel…>             Datei, Text oder „-“; dazu --meter --evse --station --operator --label --note;
                               selbst abgelesen (K4) nur mit --read station-label|meter-label|display|document
                               und --by NAME, wahlweise --on JJJJ-MM-TT
  calibrated <Nummer> <Jahr|->  bis Ende welchen Jahres der Zähler geeicht ist, wie am Zähler abgelesen
  repair <Schlüssel>           Vorschlag, welcher Schlüssel gemeint ist, wenn ein Zeichen falsch ist
  remove <Nummer|Fingerabdruck> [--reason TEXT]
  import <Listen…> [--issuer NAME]
                               Schlüssellisten anderer, JSON oder CSV; sie zählen als K2
  export [--format json|csv] [-o DATEI] [--sign PRIVATER-SCHLÜSSEL --issuer NAME]
                               mit --sign so signiert, dass andere erkennen, wessen Liste es ist
  issuer-new -o DATEI          ein Schlüsselpaar zum Signieren von Listen
  issuers                      Aussteller, deren signierte Listen erkannt werden
  issuer-add <Schlüssel> --issuer NAME [--trust K2|K3]
                               ihre Listen zählen als K2 (voreingestellt) oder wie das Register
  issuer-remove <Nummer>
  log                          was das Vertrauen vieler Schlüssel verändert hat
  stats                        Anzahl nach Herkunft und Kurve, Ausgaben des Registers
  import-register <Datei> [--date JJJJ-MM-TT] [--unusable DATEI]
                               Ladesäulenregister der Bundesnetzagentur (CSV oder XLSX) einlesen; seine Schlüssel
                               zählen als K3. --unusable schreibt die nicht lesbaren Zellen als CSV

ndjson beurteilt jede Datei für sich und schreibt eine Zeile je Datei, sobald sie fertig ist. Die
anderen Formen ordnen Anfang und Ende auch über Dateien hinweg einander zu.

Rückgabewerte: 0 geprüft und bestätigt · 5 gültig, Schlüssel nicht bestätigt · 7 nicht abrechenbar ·
6 unvollständig · 4 nicht prüfbar · 2 Signatur passt nicht · 3 nicht lesbar · 8 Rechnung weicht ab ·
10 Selbsttest fehlgeschlagen · 1 falscher Aufruf oder interner Fehler
`,
  en: `Eichlicht checks the signed meter readings of charging stations.

Usage:
  eichlicht verify <paths…>    check files; folders with -r; “-” reads standard input
  eichlicht keys <command>     the key store, see below
  eichlicht about              name, version, checksum of the core, self-check

Options of verify:
  -r, --recursive              read folders with all their subfolders
      --format FORM            text (default), json, ndjson or csv
      --key KEY                public key: file, hex, base64, PEM or “-”; may be repeated
      --key-trust LEVEL        where these keys come from: K1 same file, K2 provider (default),
                               K3 register, K4 read off the station by yourself
      --require-trust LEVEL    trust from which the exit code is 0: K1 to K4 (default K3)
      --profile PROFILE        driver (default), auditor or strict: weight of formal findings
      --jobs NUMBER            so many files at the same time
      --store FOLDER           use the key store in this folder instead of your own
      --no-store               check without a key store
      --password PASSWORD      opens PDF files that are protected with it
      --report FILE            write a report as PDF, with the originals and the result inside
      --lang de|en             language, also of the report
  -h, --help                   this help
  -v, --version                version

Commands of keys, all with --store FOLDER and --format text|json:
  list [--removed]             all entries, or those that were removed
  find <words>                 own entries and stations of the register: place, operator, postcode, EVSE id,
                               meter, or the beginning of a fingerprint
  show <number|fingerprint>    an entry with all its changes
  add <keys…>                  file, text or “-”; with --meter --evse --station --operator --label --note;
                               read by yourself (K4) only with --read station-label|meter-label|display|document
                               and --by NAME, if you like --on YYYY-MM-DD
  calibrated <number> <year|->  until the end of which year the meter is calibrated, as read off it
  repair <key>                 suggests which key is meant where a character is wrong
  remove <number|fingerprint> [--reason TEXT]
  import <lists…> [--issuer NAME]
                               lists of keys of others, JSON or CSV; they count as K2
  export [--format json|csv] [-o FILE] [--sign PRIVATE-KEY --issuer NAME]
                               with --sign so that others can tell whose list it is
  issuer-new -o FILE           a pair of keys to sign lists with
  issuers                      issuers whose signed lists are recognised
  issuer-add <key> --issuer NAME [--trust K2|K3]
                               their lists count as K2 (default) or as the register does
  issuer-remove <number>
  log                          what changed the trust of many keys
  stats                        numbers by origin and curve, editions of the register
  import-register <file> [--date YYYY-MM-DD] [--unusable FILE]
                               read in the charging register of the Bundesnetzagentur (CSV or XLSX); its keys
                               count as K3. --unusable writes the cells that cannot be read as CSV

ndjson judges every file by itself and writes one line for each as soon as it is done. The other
forms pair start and end across files.

Exit codes: 0 verified · 5 valid, key not confirmed · 7 not billable · 6 incomplete · 4 could not be
checked · 2 signature does not match · 3 unreadable · 8 invoice differs · 10 self-check failed ·
1 wrong usage or internal error
`,
}

/** Allgemeine Befunde, deutsch: ein Satz, den ein Fahrer versteht. */
import type { GeneralCode } from '../../model/findings-general.ts'

export const findings: Record<GeneralCode, string> = {
  'SIG-OK': 'Signatur gültig ({algorithm}).',
  'SIG-MISMATCH': 'Die Signatur passt nicht zu den Daten.',
  'SIG-MISSING': 'Der Datensatz enthält keine Signatur.',
  'SIG-ENCODING': 'Die Signatur ist beschädigt oder falsch kodiert.',
  'SIG-NONCANONICAL':
    'Die Signatur ist unüblich kodiert. Auf das Ergebnis hat das keinen Einfluss.',
  'SIG-ALG-UNKNOWN': 'Das Signaturverfahren „{algorithm}“ ist unbekannt.',
  'SIG-ALG-KEY':
    'Neben der Signatur steht das Verfahren {algorithm}, der Schlüssel gehört aber zur Kurve {curve}. Entscheidend ist der Schlüssel.',
  'SIG-WEAK': 'Älteres Verfahren mit 192 Bit ({curve}), für Bestandszähler üblich.',
  'SIG-ENGINES':
    'Zwei Rechenwege ({engines}) kommen zu verschiedenen Ergebnissen. Deshalb gilt die Signatur als nicht geprüft.',
  'SIG-NONCE': 'Dieselbe Signaturzahl steht bei verschiedenen Daten ({differences}).',

  'KEY-NONE': 'Es liegt kein öffentlicher Schlüssel für diesen Zähler vor.',
  'KEY-INVALID': 'Der Schlüssel ist kein gültiger Punkt einer Kurve ({origin}).',
  'KEY-FORMAT': 'Der Schlüssel hat eine unbekannte Form ({origin}).',
  'KEY-CURVE': 'Die Kurve {curve} des Schlüssels wird nicht unterstützt ({origin}).',
  'KEY-FILE':
    'Der Schlüssel kam in derselben Datei wie die Daten. Er zeigt, dass nichts verändert wurde, aber nicht, wessen Schlüssel es ist.',
  'KEY-PROVIDER': 'Der Schlüssel stammt aus einer anderen Datei des Anbieters ({origin}).',
  'KEY-REGISTER': 'Der Schlüssel steht im Ladesäulenregister, Stand {@date}: {origin}.',
  'KEY-ISSUER':
    'Der Schlüssel steht in einer signierten Liste von {issuer} ({origin}), die Sie anerkannt haben.',
  'KEY-VALIDITY':
    'Der Ladevorgang ({found}) liegt außerhalb der Zeit, für die der Schlüssel angegeben ist: {from} bis {until}.',
  'KEY-BEFORE-STATION':
    'Laut Register ging die Ladesäule erst am {date} in Betrieb; der Ladevorgang endete am {found}.',
  'KEY-REGISTER-OLD':
    'Der Schlüssel stand im Ladesäulenregister vom {date} ({origin}), im neuesten Stand {newest} aber nicht mehr. Vielleicht wurde der Zähler getauscht.',
  'KEY-REGISTER-PLACES':
    'Das Ladesäulenregister führt denselben Schlüssel an {count} Ladepunkten: {places}.',
  'KEY-REGISTER-KEYS': 'Das Ladesäulenregister führt für diesen Ladepunkt {count} Schlüssel.',
  'KEY-STATION':
    'Der Schlüssel wurde an der Ladesäule abgelesen und bestätigt: {origin}, {@where}, {@date}.',
  'KEY-CONFLICT':
    'Für den Zähler {meter} gibt es zwei verschiedene Schlüssel. Klären Sie, welcher an der Ladesäule steht.',
  'KEY-SHARED': 'Derselbe Schlüssel gehört zu mehreren Zählern: {meters}.',
  'KEY-OTHER-METER':
    'Dieser Schlüssel ist für einen anderen Zähler oder Ladepunkt bekannt: {meter} ({origin}). Was dort bestätigt wurde, zählt hier nicht.',
  'KEY-OTHER-PLACE':
    'Die Datei nennt den Ladepunkt {place}; das ist nicht signiert. Der Schlüssel ist für {known} bekannt ({origin}). Prüfen Sie, wo geladen wurde.',
  'KEY-STORE':
    'Ihr Schlüsselspeicher konnte nicht gelesen werden ({@reason}). Früher bestätigte Schlüssel blieben außer Betracht.',
  'KEY-MISMATCH':
    'Die Signatur passt zu einem anderen Schlüssel als dem, der für diesen Zähler angegeben ist.',
  'KEY-UNUSED':
    'Der angegebene Schlüssel ({origin}) passt nicht zu diesem Datensatz. Die Signatur passt zu einem anderen Schlüssel.',
  'KEY-RECOVERED':
    'Auch ohne Schlüssel lässt sich zeigen: {count} Datensätze wurden mit demselben Schlüssel signiert. Wessen Schlüssel das ist, bleibt offen.',

  'SES-NO-BEGIN': 'Der Anfangswert fehlt.',
  'SES-NO-END': 'Der Endwert fehlt.',
  'SES-ONE-VALUE': 'Es liegt nur ein einzelner Messwert vor.',
  'SES-MANY-BEGIN': 'Es gibt mehrere Anfangswerte; die Zuordnung ist nicht eindeutig.',
  'SES-MANY-END': 'Es gibt mehrere Endwerte; die Zuordnung ist nicht eindeutig.',
  'SES-SEQUENCE': 'Die Reihenfolge von Anfang, Zwischenwerten und Ende ist nicht möglich.',
  'SES-VALUE': 'Ein Messwert fehlt oder ist keine Zahl.',
  'SES-TIME': 'Die Uhrzeit eines Messwerts fehlt oder ist nicht lesbar.',
  'SES-ORDER': 'Das Ende liegt zeitlich vor dem Anfang.',
  'SES-REG-BACK': 'Der Zählerstand am Ende ist kleiner als am Anfang.',
  'SES-METER': 'Anfang und Ende kommen von verschiedenen Zählern.',
  'SES-KEY': 'Anfang und Ende wurden mit verschiedenen Schlüsseln signiert.',
  'SES-UNIT': 'Einheit oder Register ist nicht für Energie vorgesehen.',
  'SES-PAG': 'Die laufenden Nummern von Anfang und Ende passen nicht lückenlos zusammen.',
  'SES-COUNTER': 'Eine laufende Nummer ist doppelt vergeben, mit verschiedenen Daten: {found}.',
  'SES-TRANSACTION': 'Anfang und Ende nennen verschiedene Ladevorgänge: {begin} und {end}.',
  'SES-REPLAY': 'Ein Datensatz wird mehreren Ladevorgängen zugeschrieben ({other}).',
  'SES-OVERLAP': 'Der Ladevorgang überschneidet sich mit einem anderen am selben Zähler ({other}).',
  'SES-METER-BACK':
    'Der Ladevorgang beginnt bei {found}, obwohl der vorige am selben Zähler erst bei {before} endete.',
  'SES-LONG': 'Der Ladevorgang dauert {found} Sekunden, mehr als {limit} Tage.',
  'SES-POWER': '{found} kWh in dieser Zeit wären im Mittel mehr als {limit} kW.',
  'SES-DATE': 'Die Uhrzeit {found} liegt in der Zukunft oder vor 2017; die Uhr ging falsch.',
  'SES-DUPKEY': 'Das Feld „{field}“ kommt doppelt vor; welche Angabe gilt, ist nicht eindeutig.',

  'LAW-STATUS': 'Der Zähler meldet: {@found}.',
  'LAW-EF-ENERGY': 'Der Zähler kennzeichnet die Energiemenge als nicht abrechenbar.',
  'LAW-EF-TIME':
    'Der Zähler kennzeichnet die Zeit als nicht abrechenbar. Für die Energie gilt das nicht.',
  'LAW-CLOCK-INFO':
    'Die Uhrzeit ist nur informativ: Nach der Uhr darf damit nicht abgerechnet werden.',
  'LAW-CLOCK-UNSYNC':
    'Die Uhr des Zählers war nicht gestellt; die Uhrzeiten sind nicht verlässlich.',
  'LAW-ID-LEVEL': 'Die Zuordnung zu einer Person ist unsicher: {@found}.',
  'LAW-NO-ID': 'In den signierten Daten steht keine Nutzerkennung.',
  'LAW-CALDATE':
    'Laut Ihrer Angabe lief die Eichfrist des Zählers mit dem Jahr {year} ab; der Ladevorgang war am {found}.',
  'LAW-EVENT': 'Ein Ereigniszähler des Zählers hat sich während des Ladens geändert.',
  'LAW-FISCAL': 'Die Messung gehört zu keinem Ladevorgang.',
  'LAW-LOSS': '{@meaning} {loss}',
  'LAW-EXPORT':
    'Die Sitzung speist Energie zurück; sie wird getrennt ausgewiesen und nicht verrechnet.',

  'TARIFF-PRICE':
    'Nach dem signierten Tarif „{tariff}“ ergeben {energy} kWh und {seconds} s einen Preis von {total} €. Signiert sind Tarif, Energie und Zeiten; den Preis hat Eichlicht ausgerechnet.',
  'TARIFF-BLOCKING':
    'Der Tarif kennt eine Blockiergebühr nach dem Laden. Wann das Laden endete, ist nicht signiert; sie ist deshalb nicht eingerechnet.',

  'IN-UNKNOWN': 'In dieser Datei steht kein bekanntes Messdatenformat.',
  'IN-EMPTY': 'Die Datei ist leer.',
  'IN-NOFILE': 'Die Datei konnte nicht gelesen werden: {@reason}.',
  'IN-TOOBIG': 'Die Datei überschreitet eine Sicherheitsgrenze ({@limit}).',
  'IN-DOCTYPE':
    'Aus Sicherheitsgründen abgelehnt: Die XML-Datei enthält einen Dokumenttyp (DOCTYPE).',
  'IN-XML': 'Die XML-Datei ist an Stelle {offset} beschädigt.',
  'IN-JSON': 'Die JSON-Datei ist an Stelle {offset} beschädigt.',
  'IN-RECORD': 'Ein Datensatz ist beschädigt oder unvollständig.',
  'IN-NO-READING': 'Der Datensatz enthält keine Messwerte.',
  'IN-FORMAT': 'Das Datenformat „{format}“ wird erkannt, kann aber noch nicht geprüft werden.',
  'IN-SPACE': 'Leerzeichen am Rand wurden weggelassen; nur so passte die Signatur.',
  'IN-DUPLICATE': 'Derselbe Datensatz kommt {count}-mal vor.',
  'IN-KEYS': 'Die Datei enthält öffentliche Schlüssel ({count}), aber keine Messdaten.',
  'IN-TIMEOUT': 'Die Prüfung dieser Datei wurde nach {seconds} Sekunden abgebrochen.',
  'IN-MEMORY': 'Die Prüfung dieser Datei wurde abgebrochen: Sie braucht mehr als {limit} Speicher.',
  'ENGINE-INTERNAL':
    'Ein Fehler in Eichlicht verhinderte die Prüfung ({detail}). Bitte melden Sie ihn.',
}

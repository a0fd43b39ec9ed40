/** Befunde und Wörter zu Rechnungen, deutsch. */
import type { InvoiceCode } from '../../model/findings-invoice.ts'

export const invoice: Record<InvoiceCode, string> = {
  'IN-BILL':
    'Die Datei enthält eine Rechnung oder einen Ladedatensatz, aber zu keinem der Ladevorgänge liegen signierte Messdaten vor.',

  'INV-OK': 'Die Rechnung stimmt mit den Messwerten überein (zugeordnet: {@reason}).',
  'INV-ENERGY':
    'Die Rechnung nennt {#billed} kWh, gemessen sind {#signed} kWh (Differenz {#difference} kWh).',
  'INV-ROUND':
    'Nur gerundet: Die Rechnung nennt {#billed} kWh, gemessen sind {#signed} kWh (Differenz {#difference} kWh).',
  'INV-STEP':
    'Die Rechnung nennt {#billed} kWh, gemessen sind {#signed} kWh. Der Tarif rundet auf volle {#step} kWh auf.',
  'INV-REGISTER':
    'Die Rechnung nennt {#billed} kWh. Das ist der Wert des Registers {register}; abzurechnen sind {#signed} kWh.',
  'INV-READING':
    'Der Zählerstand am {@which} weicht ab: Die Rechnung nennt {#billed} kWh, signiert sind {#signed} kWh.',
  'INV-TIME':
    'Die Zeit am {@which} weicht um {difference} Minuten ab: Die Rechnung nennt {billed}, signiert ist {signed}.',
  'INV-DURATION':
    'Die Rechnung nennt eine Dauer von {#billed} s, zwischen Anfang und Ende der Messung liegen {#signed} s.',
  'INV-CLOCK':
    'Die Rechnung rechnet auch nach Zeit ab. Die Uhrzeiten der Messung sind dafür nicht geeignet.',
  'INV-METER': 'Die Rechnung nennt den Zähler {billed}, signiert ist {signed}.',
  'INV-EVSE': 'Die Rechnung nennt den Ladepunkt {billed}, signiert ist {signed}.',
  'INV-PRICE':
    'Der Betrag geht nicht auf: {quantity} zu je {#price} ergibt {#computed}, die Rechnung nennt {#stated}.',
  'INV-VAT':
    'Die Steuer geht nicht auf: {#rate} % ergeben {#computed}, die Rechnung nennt {#stated}.',
  'INV-SUM': 'Die Summe geht nicht auf: {@what} ergibt {#computed}, die Rechnung nennt {#stated}.',
  'INV-CURRENCY':
    'Die Rechnung nennt Beträge in mehreren Währungen ({currencies}). Sie wurden nicht zusammengezählt.',
  'INV-UNIT':
    'Eine Menge steht ohne bekannte Einheit in der Rechnung ({quantity}). Sie wurde nicht als Energie gewertet.',
  'INV-CREDIT': 'Gutschrift oder Storno: {#billed} kWh wurden zurückgenommen.',
  'INV-NORECORD': 'Abgerechnet, aber ohne signierten Datensatz: {what}.',
  'INV-UNREFERENCED': 'Dieser Ladevorgang kommt in keiner der Rechnungen vor.',
  'INV-TWICE': 'Dieser Ladevorgang wurde {count}-mal abgerechnet ({where}).',
  'INV-NOTFOUND': 'In der Rechnung wurde keine Energiemenge gefunden.',
  'INV-UNRELIABLE':
    'Die Rechnung wurde mit Werten verglichen, deren Signatur nicht gültig ist. Darauf ist kein Verlass.',
  'INV-TEXT':
    'Werte aus dem Text der Rechnung gelesen. Bitte vergleichen Sie sie mit dem, was Sie sehen: „{passage}“.',
}

export const invoiceUi = {
  'invoice.title': 'Rechnung',
  'invoice.title.cdr': 'Ladedatensatz (CDR)',
  'invoice.title.credit': 'Gutschrift',
  'invoice.status.matches': 'Rechnung stimmt mit den Messwerten überein',
  'invoice.status.differs': 'Rechnung weicht ab',
  'invoice.status.open': 'Rechnung nicht vergleichbar',
  'invoice.status.not-billed': 'In keiner Rechnung gefunden',
  'invoice.short.matches': 'stimmt',
  'invoice.short.differs': 'weicht ab',
  'invoice.short.open': 'offen',
  'invoice.short.not-billed': 'nicht gefunden',
  'invoice.explain':
    'Verglichen wird, was die Rechnung nennt, mit dem, was der Zähler signiert hat. Das Ergebnis ändert nichts am Urteil über die Signatur.',
  'invoice.billed': 'Rechnung',
  'invoice.signed': 'Signiert',
  'invoice.difference': 'Differenz',
  'invoice.result': 'Ergebnis',
  'invoice.row.energy': 'Energie',
  'invoice.row.begin-reading': 'Zählerstand Anfang',
  'invoice.row.end-reading': 'Zählerstand Ende',
  'invoice.row.begin': 'Beginn',
  'invoice.row.end': 'Ende',
  'invoice.row.duration': 'Dauer',
  'invoice.row.meter': 'Zähler',
  'invoice.row.evse': 'Ladepunkt',
  'invoice.amounts': 'Beträge, nachgerechnet aus den Zahlen der Rechnung',
  'invoice.amount': 'Betrag',
  'invoice.computed': 'Nachgerechnet',
  'invoice.price.energy': 'Energie',
  'invoice.price.time': 'Zeit',
  'invoice.price.blocking': 'Blockieren',
  'invoice.price.session': 'Ladevorgang',
  'invoice.price.other': 'Sonstiges',
  'invoice.price.net': 'Netto',
  'invoice.price.vat': 'Steuer',
  'invoice.price.gross': 'Brutto',
  'invoice.outcome.same': 'gleich',
  'invoice.outcome.rounded': 'gerundet',
  'invoice.outcome.near': 'fast gleich',
  'invoice.outcome.differs': 'weicht ab',
  'invoice.outcome.open': 'nicht vergleichbar',
  'invoice.number': 'Nummer',
  'invoice.seller': 'Rechnungssteller',
  'invoice.by': 'Zugeordnet über',
  'invoice.read-from': 'Gelesen aus',
  'invoice.passage': 'Textstelle',
  'invoice.source.cii': 'elektronische Rechnung (ZUGFeRD, Factur-X, XRechnung)',
  'invoice.source.ubl': 'elektronische Rechnung (UBL, XRechnung)',
  'invoice.source.ocpi': 'Ladedatensatz (OCPI)',
  'invoice.source.oicp': 'Ladedatensatz (OICP)',
  'invoice.source.text': 'Text der Rechnung',
  'invoice.unmatched': 'Abgerechnet ohne signierten Datensatz',
  'sentence.bill-only':
    'Diese Datei ist eine Rechnung oder ein Ladedatensatz. Sie wurde mit den Messdaten der anderen Dateien verglichen.',
  'list.bill-only': 'Rechnung',
  'summary.invoice':
    'Rechnungen: {matches} stimmen, {differs} weichen ab, {unmatched} ohne Datensatz',
} as const

export const invoiceWords = {
  'match.carrier': 'gleiches Dokument',
  'match.id': 'Vorgangsnummer',
  'match.evse': 'Ladepunkt',
  'match.meter': 'Zählernummer',
  'match.readings': 'Zählerstände',
  'match.time': 'Uhrzeit',
  'match.energy': 'Energiemenge',
  'match.day': 'Tag',
  'match.only': 'einzige Rechnung und einziger Ladevorgang',
  'sum.lines': 'die Summe der Positionen',
  'sum.gross': 'netto plus Steuer',
} as const

/** Findings and words about bills, English. */
import type { InvoiceCode } from '../../model/findings-invoice.ts'
import type { invoiceUi as german } from '../de/invoice.ts'

export const invoice: Record<InvoiceCode, string> = {
  'IN-BILL':
    'The file holds an invoice or a charge detail record, but there are no signed metering data for any of its sessions.',

  'INV-OK': 'The invoice matches the readings (assigned by: {@reason}).',
  'INV-ENERGY':
    'The invoice says {#billed} kWh, measured were {#signed} kWh (difference {#difference} kWh).',
  'INV-ROUND':
    'Rounding only: the invoice says {#billed} kWh, measured were {#signed} kWh (difference {#difference} kWh).',
  'INV-STEP':
    'The invoice says {#billed} kWh, measured were {#signed} kWh. The tariff rounds up to full {#step} kWh.',
  'INV-REGISTER':
    'The invoice says {#billed} kWh. That is the value of register {register}; to be billed are {#signed} kWh.',
  'INV-READING':
    'The meter reading at the {@which} differs: the invoice says {#billed} kWh, signed are {#signed} kWh.',
  'INV-TIME':
    'The time at the {@which} differs by {difference} minutes: the invoice says {billed}, signed is {signed}.',
  'INV-DURATION':
    'The invoice says a duration of {#billed} s; between start and end of the measurement lie {#signed} s.',
  'INV-CLOCK':
    'The invoice also charges by time. The times of the measurement are not fit for that.',
  'INV-METER': 'The invoice names the meter {billed}, signed is {signed}.',
  'INV-EVSE': 'The invoice names the charge point {billed}, signed is {signed}.',
  'INV-PRICE':
    'The amount does not add up: {quantity} at {#price} each is {#computed}, the invoice says {#stated}.',
  'INV-VAT': 'The tax does not add up: {#rate} % is {#computed}, the invoice says {#stated}.',
  'INV-SUM': 'The sum does not add up: {@what} is {#computed}, the invoice says {#stated}.',
  'INV-CURRENCY':
    'The invoice has amounts in several currencies ({currencies}). They were not added up.',
  'INV-UNIT':
    'A quantity on the invoice has no known unit ({quantity}). It was not taken for energy.',
  'INV-CREDIT': 'Credit note or cancellation: {#billed} kWh were taken back.',
  'INV-NORECORD': 'Billed, but without a signed record: {what}.',
  'INV-UNREFERENCED': 'This session is on none of the invoices.',
  'INV-TWICE': 'This session was billed {count} times ({where}).',
  'INV-NOTFOUND': 'No amount of energy was found in the invoice.',
  'INV-UNRELIABLE':
    'The invoice was compared with values whose signature is not valid. Do not rely on them.',
  'INV-TEXT':
    'Values were read from the text of the invoice. Please compare them with what you see: “{passage}”.',
}

export const invoiceUi: Record<keyof typeof german, string> = {
  'invoice.title': 'Invoice',
  'invoice.title.cdr': 'Charge detail record (CDR)',
  'invoice.title.credit': 'Credit note',
  'invoice.status.matches': 'Invoice matches the readings',
  'invoice.status.differs': 'Invoice differs',
  'invoice.status.open': 'Invoice could not be compared',
  'invoice.status.not-billed': 'Found on no invoice',
  'invoice.short.matches': 'matches',
  'invoice.short.differs': 'differs',
  'invoice.short.open': 'open',
  'invoice.short.not-billed': 'not found',
  'invoice.explain':
    'What the invoice says is compared with what the meter signed. The result does not change the verdict on the signature.',
  'invoice.billed': 'Invoice',
  'invoice.signed': 'Signed',
  'invoice.difference': 'Difference',
  'invoice.result': 'Result',
  'invoice.row.energy': 'Energy',
  'invoice.row.begin-reading': 'Reading at start',
  'invoice.row.end-reading': 'Reading at end',
  'invoice.row.begin': 'Start',
  'invoice.row.end': 'End',
  'invoice.row.duration': 'Duration',
  'invoice.row.meter': 'Meter',
  'invoice.row.evse': 'Charge point',
  'invoice.amounts': 'Amounts, computed anew from the numbers on the invoice',
  'invoice.amount': 'Amount',
  'invoice.computed': 'Computed',
  'invoice.price.energy': 'Energy',
  'invoice.price.time': 'Time',
  'invoice.price.blocking': 'Blocking',
  'invoice.price.session': 'Session',
  'invoice.price.other': 'Other',
  'invoice.price.net': 'Net',
  'invoice.price.vat': 'Tax',
  'invoice.price.gross': 'Gross',
  'invoice.outcome.same': 'same',
  'invoice.outcome.rounded': 'rounded',
  'invoice.outcome.near': 'almost the same',
  'invoice.outcome.differs': 'differs',
  'invoice.outcome.open': 'not comparable',
  'invoice.number': 'Number',
  'invoice.seller': 'Issued by',
  'invoice.by': 'Assigned by',
  'invoice.read-from': 'Read from',
  'invoice.passage': 'Passage',
  'invoice.source.cii': 'electronic invoice (ZUGFeRD, Factur-X, XRechnung)',
  'invoice.source.ubl': 'electronic invoice (UBL, XRechnung)',
  'invoice.source.ocpi': 'charge detail record (OCPI)',
  'invoice.source.oicp': 'charge detail record (OICP)',
  'invoice.source.text': 'text of the invoice',
  'invoice.unmatched': 'Billed without a signed record',
  'sentence.bill-only':
    'This file is an invoice or a charge detail record. It was compared with the metering data of the other files.',
  'list.bill-only': 'Invoice',
  'summary.invoice': 'invoices: {matches} match, {differs} differ, {unmatched} without a record',
}

export const invoiceWords = {
  'match.carrier': 'same document',
  'match.id': 'transaction number',
  'match.evse': 'charge point',
  'match.meter': 'meter number',
  'match.readings': 'meter readings',
  'match.time': 'time',
  'match.energy': 'energy',
  'match.day': 'day',
  'match.only': 'the only invoice and the only session',
  'sum.lines': 'the sum of the lines',
  'sum.gross': 'net plus tax',
} as const

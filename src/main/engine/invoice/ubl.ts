/**
 * UBL invoices and credit notes: XRechnung in UBL, Peppol.
 *
 * Source: OASIS UBL 2.1; EN 16931-3-2.
 *
 * @module
 */
import { parseDecimal } from '../../../shared/decimal.ts'
import type { Origin } from '../../../shared/model/record.ts'
import { isoMoment } from './moments.ts'
import type { BillDocument, BillLine } from './structured.ts'
import { type XmlNode, all, first, textAt } from './xml-tree.ts'

const number = (text: string | null) => (text === null ? null : parseDecimal(text))

export function readUbl(root: XmlNode, origin: Origin[]): BillDocument {
  const credit = root.name === 'CreditNote'
  const totals = first(root, 'LegalMonetaryTotal')
  const party = first(root, 'AccountingSupplierParty/Party')
  const period = first(root, 'InvoicePeriod')
  const lines = all(root, credit ? 'CreditNoteLine' : 'InvoiceLine').map(lineOf)
  const currency = textAt(root, 'DocumentCurrencyCode')
  const used = [
    ...(totals?.children ?? []),
    ...all(root, credit ? 'CreditNoteLine/LineExtensionAmount' : 'InvoiceLine/LineExtensionAmount'),
  ].flatMap(({ attributes }) => attributes['currencyID'] ?? [])
  const tax = all(root, 'TaxTotal/TaxAmount')
  const own = tax.find(({ attributes }) => attributes['currencyID'] === currency) ?? tax[0]
  return {
    source: 'ubl',
    origin,
    number: textAt(root, 'ID'),
    type: textAt(root, 'InvoiceTypeCode', 'CreditNoteTypeCode') ?? (credit ? '381' : null),
    seller: textAt(party, 'PartyName/Name', 'PartyLegalEntity/RegistrationName'),
    currencies: [...new Set([...(currency === null ? [] : [currency]), ...used])],
    words: all(root, 'Note')
      .map(({ text }) => text)
      .join('\n'),
    begin: momentAt(period, 'StartDate'),
    end: momentAt(period, 'EndDate'),
    lines,
    lineTotal: number(textAt(totals, 'LineExtensionAmount')),
    net: number(textAt(totals, 'TaxExclusiveAmount')),
    vat: number(own?.text ?? null),
    gross: number(textAt(totals, 'TaxInclusiveAmount')),
  }
}

function lineOf(line: XmlNode, index: number): BillLine {
  const item = first(line, 'Item')
  const quantity = first(line, 'InvoicedQuantity') ?? first(line, 'CreditedQuantity')
  const period = first(line, 'InvoicePeriod')
  const reference = all(line, 'DocumentReference').find(
    (document) => textAt(document, 'DocumentTypeCode') === '130',
  )
  const id = first(reference, 'ID')
  const words = [
    textAt(item, 'Name'),
    ...all(item, 'Description').map(({ text }) => text),
    ...all(line, 'Note').map(({ text }) => text),
    ...all(item, 'AdditionalItemProperty').map(
      (property) => `${textAt(property, 'Name') ?? ''}: ${textAt(property, 'Value') ?? ''}`,
    ),
  ]
  return {
    place: `line ${textAt(line, 'ID') ?? String(index + 1)}`,
    words: words.filter((text) => text !== null).join('\n'),
    quantity: number(quantity?.text ?? null),
    unit: quantity?.attributes['unitCode'] ?? null,
    unitPrice: number(textAt(line, 'Price/PriceAmount')),
    base: number(textAt(line, 'Price/BaseQuantity')),
    amount: number(textAt(line, 'LineExtensionAmount')),
    vatRate: number(textAt(item, 'ClassifiedTaxCategory/Percent')),
    begin: momentAt(period, 'StartDate'),
    end: momentAt(period, 'EndDate'),
    object: id === undefined ? null : { id: id.text, scheme: id.attributes['schemeID'] ?? null },
  }
}

function momentAt(period: XmlNode | undefined, name: 'StartDate' | 'EndDate') {
  const [date, time] = [textAt(period, name), textAt(period, name.replace('Date', 'Time'))]
  return date === null ? null : isoMoment(time === null ? date : `${date}T${time}`)
}

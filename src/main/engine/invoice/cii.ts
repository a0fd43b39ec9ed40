/**
 * Cross Industry Invoice: ZUGFeRD, Factur-X, XRechnung in CII, and ZUGFeRD 1.0.
 *
 * Elements are found by their local names; no profile is refused.
 * Source: UN/CEFACT CII D16B; ZUGFeRD 1.0 and 2.3; EN 16931-3-3.
 *
 * @module
 */
import { parseDecimal } from '../../../shared/decimal.ts'
import type { Origin } from '../../../shared/model/record.ts'
import { isoMoment } from './moments.ts'
import type { BillDocument, BillLine } from './structured.ts'
import { type XmlNode, all, first, textAt } from './xml-tree.ts'

/** Names of ZUGFeRD 1.0 behind those of CII. */
const HEAD = ['ExchangedDocument', 'HeaderExchangedDocument'] as const
const TRADE = ['SupplyChainTradeTransaction', 'SpecifiedSupplyChainTradeTransaction'] as const
const AGREEMENT = ['ApplicableHeaderTradeAgreement', 'ApplicableSupplyChainTradeAgreement'] as const
const SETTLEMENT = [
  'ApplicableHeaderTradeSettlement',
  'ApplicableSupplyChainTradeSettlement',
] as const
const LINE_AGREEMENT = [
  'SpecifiedLineTradeAgreement',
  'SpecifiedSupplyChainTradeAgreement',
] as const
const LINE_DELIVERY = ['SpecifiedLineTradeDelivery', 'SpecifiedSupplyChainTradeDelivery'] as const
const LINE_SETTLEMENT = [
  'SpecifiedLineTradeSettlement',
  'SpecifiedSupplyChainTradeSettlement',
] as const
const SUMS = [
  'SpecifiedTradeSettlementHeaderMonetarySummation',
  'SpecifiedTradeSettlementMonetarySummation',
] as const

function under(node: XmlNode | undefined, names: readonly string[]): XmlNode | undefined {
  return names.map((name) => first(node, name)).find((found) => found !== undefined)
}

const number = (text: string | null) => (text === null ? null : parseDecimal(text))

export function readCii(root: XmlNode, origin: Origin[]): BillDocument {
  const head = under(root, HEAD)
  const trade = under(root, TRADE)
  const settlement = under(trade, SETTLEMENT)
  const sums = under(settlement, SUMS)
  const lines = all(trade, 'IncludedSupplyChainTradeLineItem').map(lineOf)
  const period = first(settlement, 'BillingSpecifiedPeriod')
  const currency = textAt(settlement, 'InvoiceCurrencyCode')
  return {
    source: 'cii',
    origin,
    number: textAt(head, 'ID'),
    type: textAt(head, 'TypeCode'),
    seller: textAt(under(trade, AGREEMENT), 'SellerTradeParty/Name'),
    currencies: currenciesIn(trade, currency),
    words: all(head, 'IncludedNote/Content')
      .map(({ text }) => text)
      .join('\n'),
    begin: momentIn(first(period, 'StartDateTime')),
    end: momentIn(first(period, 'EndDateTime')),
    lines,
    lineTotal: number(textAt(sums, 'LineTotalAmount')),
    net: number(textAt(sums, 'TaxBasisTotalAmount')),
    vat: number(textAt(sums, 'TaxTotalAmount')),
    gross: number(textAt(sums, 'GrandTotalAmount')),
  }
}

/** Amounts may name a currency of their own; the tax may be stated in a second one. */
function currenciesIn(trade: XmlNode | undefined, currency: string | null): string[] {
  const found = new Set(currency === null ? [] : [currency])
  const visit = (node: XmlNode) => {
    const own = node.attributes['currencyID']
    if (own !== undefined && node.name !== 'TaxTotalAmount') found.add(own)
    for (const child of node.children) visit(child)
  }
  if (trade !== undefined) visit(trade)
  return [...found]
}

function lineOf(item: XmlNode, index: number): BillLine {
  const about = first(item, 'AssociatedDocumentLineDocument')
  const product = first(item, 'SpecifiedTradeProduct')
  const price = first(under(item, LINE_AGREEMENT), 'NetPriceProductTradePrice')
  const quantity = first(under(item, LINE_DELIVERY), 'BilledQuantity')
  const settlement = under(item, LINE_SETTLEMENT)
  const period = first(settlement, 'BillingSpecifiedPeriod')
  const reference = all(settlement, 'AdditionalReferencedDocument').find(
    (document) => textAt(document, 'TypeCode') === '130',
  )
  const id = textAt(reference, 'IssuerAssignedID')
  const words = [
    textAt(product, 'Name'),
    textAt(product, 'Description'),
    ...all(about, 'IncludedNote/Content').map(({ text }) => text),
    ...all(product, 'ApplicableProductCharacteristic').map(attributeOf),
  ]
  return {
    place: `line ${textAt(about, 'LineID') ?? String(index + 1)}`,
    words: words.filter((text) => text !== null).join('\n'),
    quantity: number(quantity?.text ?? null),
    unit: quantity?.attributes['unitCode'] ?? null,
    unitPrice: number(textAt(price, 'ChargeAmount')),
    base: number(textAt(price, 'BasisQuantity')),
    amount: number(
      textAt(
        settlement,
        'SpecifiedTradeSettlementLineMonetarySummation/LineTotalAmount',
        'SpecifiedTradeSettlementMonetarySummation/LineTotalAmount',
      ),
    ),
    vatRate: number(
      textAt(
        settlement,
        'ApplicableTradeTax/RateApplicablePercent',
        'ApplicableTradeTax/ApplicablePercent',
      ),
    ),
    begin: momentIn(first(period, 'StartDateTime')),
    end: momentIn(first(period, 'EndDateTime')),
    object: id === null ? null : { id, scheme: textAt(reference, 'ReferenceTypeCode') },
  }
}

function attributeOf(characteristic: XmlNode): string {
  const [name, value] = [textAt(characteristic, 'Description'), textAt(characteristic, 'Value')]
  const measure = first(characteristic, 'ValueMeasure')
  const unit = measure?.attributes['unitCode'] === 'KWH' ? ' kWh' : ''
  return `${name ?? ''}: ${value ?? `${measure?.text ?? ''}${unit}`}`
}

/** Format 102 is a day, 203 has minutes, 204 seconds. */
function momentIn(node: XmlNode | undefined) {
  const text = textAt(node, 'DateTimeString', 'DateTime')
  return text === null ? null : isoMoment(text)
}

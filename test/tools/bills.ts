/**
 * Electronic invoices of our own making: CII and UBL, for vectors and samples. Never shipped.
 *
 * @module
 */
import { toBase64 } from '../../src/main/engine/codec/base64.ts'
import { utf8Bytes } from '../../src/main/engine/codec/text.ts'

export interface MadeLine {
  name: string
  description?: string
  note?: string
  attributes?: Record<string, string>
  quantity: string
  /** Unit code; `''` leaves the attribute out. */
  unit?: string
  price: string
  base?: string
  /** Net. */
  amount: string
  rate?: string
  /** `YYYYMMDD`. */
  start?: string
  end?: string
  /** Number of a meter. */
  meter?: string
}

export interface MadeBill {
  number?: string
  /** UNTDID 1001. */
  type?: string
  date?: string
  seller?: string
  currency?: string
  note?: string
  lines: MadeLine[]
  lineTotal?: string
  net?: string
  vat?: string
  gross?: string
  attachments?: { name: string; content: string }[]
}

const escaped = (text: string) =>
  text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)
const element = (name: string, text: string | undefined, attributes = '') =>
  text === undefined ? '' : `<${name}${attributes}>${escaped(text)}</${name}>`

const CII_SPACES =
  'xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100" ' +
  'xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100" ' +
  'xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100"'

/** Cross Industry Invoice of the profile EN 16931. */
export function cii(bill: MadeBill): string {
  const { number = 'RE-2025-0001', type = '380', date = '20250401', currency = 'EUR' } = bill
  const day = (name: string, value: string | undefined) =>
    value === undefined
      ? ''
      : `<ram:${name}>${element('udt:DateTimeString', value, ' format="102"')}</ram:${name}>`
  const lines = bill.lines.map((line, index) =>
    [
      '<ram:IncludedSupplyChainTradeLineItem>',
      `<ram:AssociatedDocumentLineDocument>${element('ram:LineID', String(index + 1))}`,
      line.note === undefined
        ? ''
        : `<ram:IncludedNote>${element('ram:Content', line.note)}</ram:IncludedNote>`,
      '</ram:AssociatedDocumentLineDocument>',
      `<ram:SpecifiedTradeProduct>${element('ram:Name', line.name)}`,
      element('ram:Description', line.description),
      ...Object.entries(line.attributes ?? {}).map(
        ([name, value]) =>
          `<ram:ApplicableProductCharacteristic>${element('ram:Description', name)}${element('ram:Value', value)}</ram:ApplicableProductCharacteristic>`,
      ),
      '</ram:SpecifiedTradeProduct>',
      `<ram:SpecifiedLineTradeAgreement><ram:NetPriceProductTradePrice>${element('ram:ChargeAmount', line.price)}`,
      element('ram:BasisQuantity', line.base),
      '</ram:NetPriceProductTradePrice></ram:SpecifiedLineTradeAgreement>',
      `<ram:SpecifiedLineTradeDelivery>${element('ram:BilledQuantity', line.quantity, unitAttribute(line))}</ram:SpecifiedLineTradeDelivery>`,
      '<ram:SpecifiedLineTradeSettlement><ram:ApplicableTradeTax><ram:TypeCode>VAT</ram:TypeCode>',
      `${element('ram:RateApplicablePercent', line.rate ?? '19')}</ram:ApplicableTradeTax>`,
      line.start === undefined && line.end === undefined
        ? ''
        : `<ram:BillingSpecifiedPeriod>${day('StartDateTime', line.start)}${day('EndDateTime', line.end)}</ram:BillingSpecifiedPeriod>`,
      `<ram:SpecifiedTradeSettlementLineMonetarySummation>${element('ram:LineTotalAmount', line.amount)}</ram:SpecifiedTradeSettlementLineMonetarySummation>`,
      line.meter === undefined
        ? ''
        : `<ram:AdditionalReferencedDocument>${element('ram:IssuerAssignedID', line.meter)}<ram:TypeCode>130</ram:TypeCode><ram:ReferenceTypeCode>MG</ram:ReferenceTypeCode></ram:AdditionalReferencedDocument>`,
      '</ram:SpecifiedLineTradeSettlement></ram:IncludedSupplyChainTradeLineItem>',
    ].join(''),
  )
  const attached = (bill.attachments ?? []).map(
    ({ name, content }) =>
      `<ram:AdditionalReferencedDocument>${element('ram:IssuerAssignedID', name)}<ram:TypeCode>916</ram:TypeCode><ram:AttachmentBinaryObject mimeCode="application/xml" filename="${escaped(name)}">${toBase64(utf8Bytes(content))}</ram:AttachmentBinaryObject></ram:AdditionalReferencedDocument>`,
  )
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<rsm:CrossIndustryInvoice ${CII_SPACES}>`,
    '<rsm:ExchangedDocumentContext><ram:GuidelineSpecifiedDocumentContextParameter><ram:ID>urn:cen.eu:en16931:2017</ram:ID></ram:GuidelineSpecifiedDocumentContextParameter></rsm:ExchangedDocumentContext>',
    `<rsm:ExchangedDocument>${element('ram:ID', number)}${element('ram:TypeCode', type)}${day('IssueDateTime', date)}`,
    bill.note === undefined
      ? ''
      : `<ram:IncludedNote>${element('ram:Content', bill.note)}</ram:IncludedNote>`,
    '</rsm:ExchangedDocument><rsm:SupplyChainTradeTransaction>',
    ...lines,
    `<ram:ApplicableHeaderTradeAgreement><ram:SellerTradeParty>${element('ram:Name', bill.seller ?? 'Stadtwerke Musterstadt GmbH')}</ram:SellerTradeParty>`,
    ...attached,
    '</ram:ApplicableHeaderTradeAgreement><ram:ApplicableHeaderTradeDelivery/>',
    `<ram:ApplicableHeaderTradeSettlement>${element('ram:InvoiceCurrencyCode', currency)}`,
    '<ram:SpecifiedTradeSettlementHeaderMonetarySummation>',
    element('ram:LineTotalAmount', bill.lineTotal),
    element('ram:TaxBasisTotalAmount', bill.net),
    element('ram:TaxTotalAmount', bill.vat, ` currencyID="${currency}"`),
    element('ram:GrandTotalAmount', bill.gross),
    '</ram:SpecifiedTradeSettlementHeaderMonetarySummation></ram:ApplicableHeaderTradeSettlement>',
    '</rsm:SupplyChainTradeTransaction></rsm:CrossIndustryInvoice>',
    '',
  ]
    .filter((part) => part !== '')
    .join('\n')
}

function unitAttribute({ unit = 'KWH' }: MadeLine): string {
  return unit === '' ? '' : ` unitCode="${unit}"`
}

/** UBL invoice; of type 381 a credit note. */
export function ubl(bill: MadeBill): string {
  const { number = 'RE-2025-0001', type = '380', date = '2025-04-01', currency = 'EUR' } = bill
  const credit = type === '381'
  const root = credit ? 'CreditNote' : 'Invoice'
  const money = (name: string, value: string | undefined) =>
    element(`cbc:${name}`, value, ` currencyID="${currency}"`)
  const iso = (value: string | undefined) => value?.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3')
  const lines = bill.lines.map((line, index) =>
    [
      `<cac:${root}Line>${element('cbc:ID', String(index + 1))}${element('cbc:Note', line.note)}`,
      element(
        credit ? 'cbc:CreditedQuantity' : 'cbc:InvoicedQuantity',
        line.quantity,
        unitAttribute(line),
      ),
      money('LineExtensionAmount', line.amount),
      line.start === undefined && line.end === undefined
        ? ''
        : `<cac:InvoicePeriod>${element('cbc:StartDate', iso(line.start))}${element('cbc:EndDate', iso(line.end))}</cac:InvoicePeriod>`,
      line.meter === undefined
        ? ''
        : `<cac:DocumentReference>${element('cbc:ID', line.meter, ' schemeID="MG"')}<cbc:DocumentTypeCode>130</cbc:DocumentTypeCode></cac:DocumentReference>`,
      `<cac:Item>${element('cbc:Description', line.description)}${element('cbc:Name', line.name)}`,
      `<cac:ClassifiedTaxCategory>${element('cbc:Percent', line.rate ?? '19')}</cac:ClassifiedTaxCategory>`,
      ...Object.entries(line.attributes ?? {}).map(
        ([name, value]) =>
          `<cac:AdditionalItemProperty>${element('cbc:Name', name)}${element('cbc:Value', value)}</cac:AdditionalItemProperty>`,
      ),
      `</cac:Item><cac:Price>${money('PriceAmount', line.price)}${element('cbc:BaseQuantity', line.base)}</cac:Price></cac:${root}Line>`,
    ].join(''),
  )
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<${root} xmlns="urn:oasis:names:specification:ubl:schema:xsd:${root}-2" xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">`,
    `${element('cbc:ID', number)}${element('cbc:IssueDate', date)}${element(`cbc:${root}TypeCode`, type)}${element('cbc:Note', bill.note)}${element('cbc:DocumentCurrencyCode', currency)}`,
    `<cac:AccountingSupplierParty><cac:Party><cac:PartyName>${element('cbc:Name', bill.seller ?? 'Stadtwerke Musterstadt GmbH')}</cac:PartyName></cac:Party></cac:AccountingSupplierParty>`,
    `<cac:TaxTotal>${money('TaxAmount', bill.vat)}</cac:TaxTotal>`,
    `<cac:LegalMonetaryTotal>${money('LineExtensionAmount', bill.lineTotal)}${money('TaxExclusiveAmount', bill.net)}${money('TaxInclusiveAmount', bill.gross)}</cac:LegalMonetaryTotal>`,
    ...lines,
    `</${root}>`,
    '',
  ].join('\n')
}

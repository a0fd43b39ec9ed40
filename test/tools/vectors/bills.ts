/**
 * Bills beside the good record: what they say, what is signed, what lies between. Product
 * requirements D.7, *Invoice*; EN 16931 for the electronic ones.
 *
 * The record says 11.110 kWh, from 1234.560 to 1245.670, 10:00 to 10:30 on 14 March 2025, meter
 * PZ0000001, charge point DE*EIL*E0001*1.
 *
 * @module
 */
import { type MadeBill, type MadeLine, cii, ubl } from '../bills.ts'
import {
  BEGIN,
  END,
  LATER,
  type VectorCase,
  file,
  lines,
  num,
  record,
  withList,
  withReadings,
} from './base.ts'

const RECORD = file('record.ocmf', record())

/** A bill of one line that is right in everything. */
const LINE: MadeLine = {
  name: 'Ladestrom',
  description: lines('Ladebeginn: 14.03.2025 10:00', 'Ladeende: 14.03.2025 10:30'),
  attributes: { EVSE: 'DE*EIL*E0001*1', 'Zähler-Nr.': 'PZ0000001' },
  quantity: '11.11',
  price: '0.42',
  amount: '4.67',
}
const SUMS = { lineTotal: '4.67', net: '4.67', vat: '0.89', gross: '5.56' }

const withLine = (line: Partial<MadeLine>, bill: Partial<MadeBill> = {}) =>
  cii({ lines: [{ ...LINE, ...line }], ...SUMS, ...bill })

function beside(
  name: string,
  comment: string,
  bill: string | string[],
  more: Partial<VectorCase> = {},
): VectorCase {
  const bills = [bill].flat().map((text, n) => {
    const extension = text.startsWith('<') ? 'xml' : 'txt'
    return file(n === 0 ? `bill.${extension}` : `bill-${n + 1}.${extension}`, text)
  })
  return { name: `bill-${name}`, comment, expect: 'VERIFIED', input: [RECORD, ...bills], ...more }
}

/** A bill that is only text. */
const text = (...more: string[]) =>
  lines('Rechnung Nr. RE-77', 'Ladepunkt: DE*EIL*E0001*1', 'Beginn: 14.03.2025 10:00', ...more, '')

export const BILLS: VectorCase[] = [
  beside('matches', 'CII: a bill that says what was signed is a match', withLine({}), {
    finding: 'INV-OK',
    notFinding: 'INV-ENERGY INV-TIME INV-PRICE INV-SUM',
    inputs: ['VERIFIED', null],
  }),
  beside('ubl', 'UBL says the same in other words', ubl({ lines: [LINE], ...SUMS }), {
    finding: 'INV-OK',
  }),
  beside(
    'energy',
    'More energy billed than signed contradicts, and the verdict on the signature stands',
    withLine(
      { quantity: '12.11', amount: '5.09' },
      { ...SUMS, lineTotal: '5.09', net: '5.09', vat: '0.97', gross: '6.06' },
    ),
    { finding: 'INV-ENERGY' },
  ),
  beside(
    'text',
    'Values from text say so, with the passage',
    text('Energie: 11,11 kWh', 'Betrag 5,56 €'),
    {
      finding: 'INV-OK INV-TEXT',
    },
  ),
  beside(
    'text-energy',
    'A bill in text that names another energy contradicts',
    text('Energie: 11,41 kWh', 'Betrag 5,56 €'),
    { finding: 'INV-ENERGY INV-TEXT' },
  ),
  {
    ...beside('round', 'Both readings rounded first are rounding only', ''),
    finding: 'INV-ROUND/info',
    energy: '11.109 kWh',
    input: [
      file('record.ocmf', withReadings({ RV: num('1234.561') }, { RV: num('1245.670') })),
      file('bill.txt', text('Energie: 11,10 kWh', 'Betrag 5,56 €')),
    ],
  },
  {
    ...beside('round-up', 'Rounded up by more than half a digit is told', ''),
    finding: 'INV-ROUND/warning',
    energy: '11.111 kWh',
    input: [
      file('record.ocmf', withReadings({}, { RV: num('1245.671') })),
      file('bill.txt', text('Energie: 11,12 kWh', 'Betrag 5,56 €')),
    ],
  },
  {
    ...beside('register', 'The energy of the mains side, which must not be billed, is named', ''),
    finding: 'INV-REGISTER',
    input: [
      file(
        'record.ocmf',
        withList(
          [
            { RI: '1-0:1.8.0' },
            { ...END, RI: '1-0:1.8.0' },
            { RI: '1-b:1.8.0', RV: num('5000.00'), TX: 'B' },
            { ...END, RI: '1-b:1.8.0', RV: num('5011.50') },
          ].map((reading, n) => ({ ...(n % 2 === 0 ? BEGIN : END), ...reading })),
        ),
      ),
      file('bill.txt', text('Energie: 11,50 kWh', 'Betrag 5,56 €')),
    ],
  },
  beside(
    'reading',
    'A printed meter reading that was never signed contradicts',
    text(
      'Zählerstand Beginn: 1.234,560 kWh',
      'Zählerstand Ende: 1.245,970 kWh',
      'Energie: 11,11 kWh',
      'Betrag 5,56 €',
    ),
    { finding: 'INV-READING INV-TEXT' },
  ),
  beside(
    'time-near',
    'Five minutes more are told as a note: a session may begin before charging',
    text('Ende: 14.03.2025 10:35', 'Energie: 11,11 kWh', 'Betrag 5,56 €'),
    { finding: 'INV-TIME/info INV-OK' },
  ),
  beside(
    'time-far',
    'Times far from those signed are a warning',
    text('Ende: 14.03.2025 12:35', 'Energie: 11,11 kWh', 'Betrag 5,56 €'),
    { finding: 'INV-TIME/warning' },
  ),
  beside(
    'duration',
    'A duration much longer than measured is a warning',
    text('Dauer: 1 h 45 min', 'Energie: 11,11 kWh', 'Betrag 5,56 €'),
    { finding: 'INV-DURATION' },
  ),
  {
    ...beside('clock', 'Minutes are billed by a clock that is not fit for it', ''),
    finding: 'INV-CLOCK',
    usable: 'energy',
    input: [
      file(
        'record.ocmf',
        withReadings(
          { TM: '2025-03-14T10:00:00,000+0100 I' },
          { TM: '2025-03-14T10:30:00,000+0100 I' },
        ),
      ),
      file('bill.txt', text('Energie: 11,11 kWh', 'Blockiergebühr 10 min x 0,10 €/min = 1,00 €')),
    ],
  },
  beside(
    'meter',
    'A bill of the same time that names another meter contradicts',
    text(
      'Ende: 14.03.2025 10:30',
      'Zählernummer: PZ0000009',
      'Energie: 11,11 kWh',
      'Betrag 5,56 €',
    ),
    { finding: 'INV-METER' },
  ),
  beside(
    'evse',
    'A bill of the same meter and time that names another charge point is told',
    lines(
      'Rechnung',
      'Ladepunkt: DE*EIL*E0007*1',
      'Zählernummer: PZ0000001',
      'Beginn: 14.03.2025 10:00',
      'Energie: 11,11 kWh',
      'Betrag 5,56 €',
    ),
    { finding: 'INV-EVSE' },
  ),
  beside(
    'price',
    'CII: quantity times price is not the amount',
    withLine(
      { amount: '4.97' },
      { ...SUMS, lineTotal: '4.97', net: '4.97', vat: '0.94', gross: '5.91' },
    ),
    {
      finding: 'INV-PRICE/error',
    },
  ),
  beside(
    'price-rounded',
    'CII: half a digit of the printed price explains the amount',
    withLine({ amount: '4.70' }, { ...SUMS, lineTotal: '4.70', net: '4.70', gross: '5.59' }),
    {
      finding: 'INV-PRICE/info INV-OK',
    },
  ),
  beside(
    'price-base',
    'CII: a price for a hundred (BT-149)',
    withLine({ price: '42', base: '100.0000' }),
    {
      finding: 'INV-OK',
      notFinding: 'INV-PRICE',
    },
  ),
  beside(
    'vat',
    'CII: the tax is not what its rate gives (BR-CO-17)',
    withLine({}, { vat: '0.98', gross: '5.65' }),
    {
      finding: 'INV-VAT',
    },
  ),
  beside('sum', 'CII: net plus tax is not the sum (BR-CO-15)', withLine({}, { gross: '6.56' }), {
    finding: 'INV-SUM',
  }),
  beside(
    'line-sum',
    'UBL: the lines do not add up (BR-CO-10)',
    ubl({ lines: [LINE], ...SUMS, lineTotal: '7.67' }),
    {
      finding: 'INV-SUM',
    },
  ),
  beside(
    'two-currencies',
    'UBL: amounts in two currencies are not added up',
    ubl({ lines: [LINE], ...SUMS }).replace(
      '<cbc:LineExtensionAmount currencyID="EUR">',
      '<cbc:LineExtensionAmount currencyID="CHF">',
    ),
    { finding: 'INV-CURRENCY' },
  ),
  beside('no-unit', 'CII: a quantity without a unit is no energy', withLine({ unit: '' }), {
    finding: 'INV-UNIT INV-NOTFOUND IN-UNKNOWN',
    notFinding: 'INV-OK',
    expect: ['VERIFIED'],
    inputs: ['VERIFIED', 'UNREADABLE'],
  }),
  beside(
    'credit',
    'UBL: a credit note takes back what was billed',
    [ubl({ lines: [LINE], ...SUMS }), ubl({ number: 'GS-1', type: '381', lines: [LINE], ...SUMS })],
    { finding: 'INV-CREDIT INV-OK', notFinding: 'INV-TWICE' },
  ),
  beside(
    'negative',
    'CII: a line with a minus takes back the line above it',
    cii({
      lines: [LINE, { ...LINE, quantity: '-11.11', amount: '-4.67' }],
      lineTotal: '0.00',
      net: '0.00',
      vat: '0.00',
      gross: '0.00',
    }),
    { finding: 'INV-CREDIT', notFinding: 'INV-TWICE' },
  ),
  beside(
    'twice',
    'One session on two bills was billed twice',
    [withLine({}), withLine({}, { number: 'RE-2025-0002' })],
    { finding: 'INV-TWICE' },
  ),
  beside(
    'two-forms',
    'One bill as XML and as text is one bill',
    [withLine({}, { number: 'RE-77' }), text('Energie: 11,11 kWh', 'Betrag 5,56 €')],
    { finding: 'INV-OK INV-TEXT', notFinding: 'INV-TWICE' },
  ),
  {
    ...beside(
      'month',
      'Of two sessions on a bill one has no record, and a record is on no bill',
      '',
    ),
    expect: ['VERIFIED', 'VERIFIED'],
    finding: 'INV-OK INV-NORECORD INV-UNREFERENCED',
    inputs: ['VERIFIED', 'VERIFIED', null],
    input: [
      RECORD,
      file('later.ocmf', record(LATER)),
      file(
        'bill.txt',
        lines(
          'Sammelrechnung RE-9',
          'Datum  Beginn  Ende  Ladepunkt  Energie  Betrag',
          '14.03.2025  10:00  10:30  DE*EIL*E0001*1  11,11 kWh  5,56 €',
          '20.03.2025  18:00  18:45  DE*EIL*E0002*1  7,25 kWh  3,63 €',
          '',
        ),
      ),
    ],
  },
  {
    name: 'bill-alone',
    comment: 'A bill without any record: nothing could be checked',
    expect: 'NOT_CHECKED',
    finding: 'IN-BILL INV-NORECORD',
    input: [file('bill.xml', withLine({}))],
  },
  {
    name: 'bill-attached',
    comment: 'CII: the record inside the bill is checked, and the bill with it (BG-24)',
    expect: 'VERIFIED',
    inputs: [null, 'VERIFIED'],
    finding: 'INV-OK',
    input: [
      file(
        'bill.xml',
        withLine({}, { attachments: [{ name: 'messdaten.ocmf', content: record() }] }),
      ),
    ],
  },
  {
    name: 'bill-no-energy',
    comment: 'A bill in text without any energy says so, and is no metering data',
    expect: 'UNREADABLE',
    finding: 'IN-UNKNOWN INV-NOTFOUND',
    input: 'Rechnung RE-78\nGrundgebühr Ladekarte, Arbeitspreis 0,42 €/kWh\nBetrag 4,99 €\n',
  },
  {
    name: 'bill-two-energies',
    comment: 'Two energies in no order that is known are none: rather not found than wrong',
    expect: 'UNREADABLE',
    finding: 'IN-UNKNOWN INV-NOTFOUND',
    input: 'Rechnung RE-79\nStrom 12,34 kWh, dazu 56,78 kWh\nBetrag 34,56 €\n',
  },
  {
    ...beside('unreliable', 'Equal to values whose signature does not fit is no match', ''),
    expect: 'SIGNATURE_INVALID',
    finding: 'INV-UNRELIABLE SIG-MISMATCH OCMF-516',
    notFinding: 'INV-OK',
    input: [
      file('record.ocmf', record().replace('1245.670', '1246.670')),
      file('bill.txt', text('Energie: 12,11 kWh', 'Betrag 5,56 €')),
    ],
  },
  {
    name: 'bill-doctype',
    comment: 'CII: a document type is refused before it declares anything',
    expect: 'UNREADABLE',
    finding: 'IN-DOCTYPE',
    input: withLine({}).replace('?>', '?>\n<!DOCTYPE x [<!ENTITY a "b">]>'),
  },
  {
    name: 'bill-cut',
    comment: 'CII: an invoice whose download broke off is damaged, not half a bill',
    expect: 'UNREADABLE',
    finding: 'IN-XML',
    input: withLine({}).slice(0, 1500),
  },
]

/**
 * Checks 801 to 842: across the records of a session and of a job. Rule book chapters 10, 13 to 15.
 *
 * @module
 */

import { valuesXml } from '../sign.ts'
import {
  BEGIN,
  END,
  LATER,
  type Members,
  NO_USER,
  type VectorCase,
  beginRecord,
  endRecord,
  file,
  lines,
  middleRecord,
  num,
  record,
} from './base.ts'

const GOOD = 'VERIFIED'
const NLR = 'NOT_LEGALLY_RELEVANT'

/** Begin and end in two records of one text. */
function pair(begin: Members, end: Members, first: Members = {}, last: Members = {}): string {
  return lines(beginRecord(begin, first), endRecord(end, last))
}

/** Something changes from begin to end. */
function changes(
  name: string,
  comment: string,
  finding: string,
  begin: Members,
  end: Members,
  more: Partial<VectorCase> = {},
): VectorCase {
  return { name, comment, expect: GOOD, finding, input: pair(begin, end), ...more }
}

const COUNT: readonly VectorCase[] = [
  {
    name: 'pair',
    comment: 'begin and end in two records of one text are one session',
    expect: GOOD,
    finding: 'OCMF-460/info',
    notFinding: 'OCMF-801 OCMF-802 OCMF-805',
    signature: ['valid', 'valid'],
    energy: '11.110 kWh',
    input: pair({}, {}),
  },
  {
    name: '801-end-alone',
    comment: 'an end without its begin gives no energy',
    expect: 'INCOMPLETE',
    finding: 'OCMF-801 SES-NO-BEGIN',
    notFinding: 'OCMF-802',
    energy: [null],
    input: endRecord(),
  },
  {
    name: '802-begin-alone',
    comment: 'a begin without its end gives no energy',
    expect: 'INCOMPLETE',
    finding: 'OCMF-802 SES-NO-END',
    notFinding: 'OCMF-801',
    energy: [null],
    duration: [null],
    usable: [null],
    input: beginRecord(),
  },
  {
    name: '801-middle-alone',
    comment: 'a value in between alone: begin and end are missing',
    expect: 'INCOMPLETE',
    finding: 'OCMF-801 OCMF-802',
    energy: [null],
    input: middleRecord(),
  },
  {
    name: '803-two-begins-of-one-transaction',
    comment: 'the file gives two begins and an end one transaction: which begin is it',
    expect: NLR,
    finding: 'OCMF-803 SES-MANY-BEGIN',
    input: valuesXml([
      { data: beginRecord({ PG: 'T20' }), transaction: '7' },
      { data: beginRecord(), transaction: '7' },
      { data: endRecord(), transaction: '7' },
    ]),
  },
  {
    name: '804-two-ends-of-one-transaction',
    comment: 'the file gives a begin and two ends one transaction: which end is it',
    expect: NLR,
    finding: 'OCMF-804 SES-MANY-END',
    input: valuesXml([
      { data: beginRecord(), transaction: '7' },
      { data: endRecord(), transaction: '7' },
      { data: endRecord({ PG: 'T23' }), transaction: '7' },
    ]),
  },
]

const PAGINATION: readonly VectorCase[] = [
  changes(
    '805-gap',
    'numbers between begin and end were not handed over: the chain is incomplete, no more',
    'OCMF-805/warning SES-PAG/warning',
    {},
    { PG: 'T25' },
    { energy: '11.110 kWh' },
  ),
  {
    name: '805-gap-filled',
    comment: 'with the record in between the chain has no gap',
    expect: GOOD,
    notFinding: 'OCMF-805 SES-PAG OCMF-837',
    energy: '11.110 kWh',
    input: lines(beginRecord(), middleRecord(), endRecord({ PG: 'T23' })),
  },
  changes(
    '806-context-changes',
    'begin in the counter of transactions, end in the fiscal one',
    'OCMF-806 OCMF-118/warning OCMF-122 LAW-FISCAL OCMF-202/info',
    {},
    { PG: 'F22' },
    { expect: NLR },
  ),
  changes(
    '807-counter-against-time',
    'the end has a lower number than the begin and a later time',
    'OCMF-807 SES-PAG/error',
    {},
    { PG: 'T20' },
    { expect: NLR },
  ),
  changes(
    '808-same-number',
    'begin and end have one number: the counter does not count, or a record was made anew',
    'OCMF-808 SES-PAG/error',
    {},
    { PG: 'T21' },
    { expect: NLR },
  ),
  {
    name: '808-two-sessions',
    comment: 'two sessions of one counter have one number and other content',
    expect: [NLR, NLR],
    finding: 'OCMF-808 SES-PAG',
    input: lines(record(), record({ ...LATER, PG: 'T11' })),
  },
  {
    name: '808-altered-copy',
    comment: 'an altered copy of a record does not speak against the genuine one',
    expect: [GOOD, 'SIGNATURE_INVALID'],
    finding: 'OCMF-516 OCMF-523/info',
    notFinding: 'OCMF-808',
    input: lines(record(), record().replace('1245.670', '1245.660')),
  },
  changes(
    '809-no-number',
    'the end has no number, so nobody can tell whether the chain is complete',
    'OCMF-809/warning OCMF-114/warning',
    {},
    { PG: undefined },
  ),
  changes(
    '809-unreadable-number',
    'a number that is none (test data of the field)',
    'OCMF-809/warning OCMF-115/warning',
    { PG: 'TRANSACTION-1' },
    { PG: 'TRANSACTION-2' },
  ),
]

const CONSTANCY: readonly VectorCase[] = [
  changes(
    '810-gateway-changes',
    'begin and end were signed by different gateways',
    'OCMF-810 SES-METER',
    {},
    { GS: 'GW0000002' },
    { expect: NLR, finding: 'OCMF-810 SES-METER KEY-SHARED/warning' },
  ),
  changes(
    '811-meter-changes',
    'begin and end come from different meters',
    'OCMF-811 SES-METER',
    {},
    { MS: 'PZ0000002' },
    { expect: NLR },
  ),
  changes('812-firmware', 'other firmware at the end', 'OCMF-812/warning', {}, { GV: '1.2.4' }),
  changes(
    '812-controller-firmware',
    'other firmware of the charge controller at the end',
    'OCMF-812/warning',
    {},
    { CF: '3.2' },
  ),
  changes(
    '813-charge-point',
    'another charge point at the end',
    'OCMF-813/warning',
    {},
    { CI: 'DE*EIL*E0001*2' },
  ),
  changes('814-user', 'another user at the end', 'OCMF-814/warning', {}, { ID: '04A1B2C3' }),
  changes(
    '814-user-becomes-known',
    'the user became known during the session, which is allowed once',
    'OCMF-815/info',
    { IS: false, IL: 'NONE', IT: 'NONE', ID: '', IF: ['RFID_NONE'] },
    {},
    { notFinding: 'OCMF-814 LAW-NO-ID' },
  ),
  changes(
    '814-user-is-forgotten',
    'the user of the begin is not at the end',
    'OCMF-814/warning OCMF-213/info',
    {},
    { ID: '' },
  ),
  changes('815-level', 'another level at the end', 'OCMF-815/info', {}, { IL: 'TRUSTED' }),
  changes(
    '816-tariff',
    'another tariff text at the end, and no reading that says so',
    'OCMF-816/warning',
    { TT: '0.49 EUR/kWh' },
    { TT: '0.59 EUR/kWh' },
  ),
  {
    name: '816-tariff-with-reading',
    comment: 'another tariff text from the reading on that changes the tariff',
    expect: GOOD,
    finding: 'OCMF-840/info',
    notFinding: 'OCMF-816',
    energy: '11.110 kWh',
    input: lines(
      beginRecord({ TT: '0.49 EUR/kWh' }),
      middleRecord({ TT: '0.59 EUR/kWh' }, { TX: 'T' }),
      endRecord({ PG: 'T23', TT: '0.59 EUR/kWh' }),
    ),
  },
  changes(
    '817-loss-parameters',
    'other loss parameters at the end',
    'OCMF-817/warning',
    { LC: { LR: num('12.5'), LU: 'mOhm' } },
    { LC: { LR: num('2.5'), LU: 'mOhm' } },
  ),
  changes('818-version', 'another version at the end', 'OCMF-818/info', {}, { FV: '1.3' }),
]

const REGISTERS: readonly VectorCase[] = [
  {
    name: '819-registers-differ',
    comment: 'the end has an energy register more than the begin',
    expect: GOOD,
    finding: 'OCMF-819/warning',
    energy: '11.110 kWh',
    input: lines(
      beginRecord(),
      endRecord({ RD: [END, { ...END, RI: '1-0:2.8.0', RV: num('0.000') }] }),
    ),
  },
  {
    name: '819-other-registers-do-not-count',
    comment: 'a register more that counts no energy is no fault',
    expect: GOOD,
    notFinding: 'OCMF-819',
    input: lines(
      beginRecord(),
      endRecord({ RD: [END, { ...END, RI: '1-0:1.9.0', RV: num('11.110') }] }),
    ),
  },
  {
    name: '819-no-common-register',
    comment: 'begin of one register, end of another: the billing register has no end',
    expect: 'INCOMPLETE',
    finding: 'OCMF-819/warning OCMF-802 SES-NO-END',
    energy: [null],
    input: pair({}, {}, { RI: '01-00:B0.08.00*FF' }, { RI: '1-0:1.8.0' }),
  },
  {
    name: '819-two-spellings',
    comment: 'one register in two spellings: paired by its canonical code',
    expect: GOOD,
    finding: 'OCMF-819/warning',
    energy: '11.110 kWh',
    input: pair({}, {}, { RI: '1-0:1.8.0' }, { RI: '1-b:1.8.0' }),
  },
  {
    name: '820-unit-changes',
    comment: 'kWh at begin, Wh at end: converted exactly',
    expect: GOOD,
    finding: 'OCMF-820/warning',
    energy: '11.110 kWh',
    input: pair({}, {}, {}, { RU: 'Wh', RV: num('1245670') }),
  },
  {
    name: '821-current-changes',
    comment: 'AC at begin, DC at end',
    expect: GOOD,
    finding: 'OCMF-821/warning',
    input: pair({}, {}, {}, { RT: 'DC' }),
  },
  {
    name: '822-register-back',
    comment: 'the end record lies below the begin record',
    expect: NLR,
    finding: 'OCMF-822 SES-REG-BACK',
    energy: '-34.560 kWh',
    input: pair({}, {}, {}, { RV: num('1200.000') }),
  },
  {
    name: '823-time-back',
    comment: 'the end record is earlier than the begin record',
    expect: NLR,
    finding: 'OCMF-823 SES-ORDER',
    input: pair({}, {}, {}, { TM: '2025-03-14T09:30:00,000+0100 S' }),
  },
]

/** Begin and end in one record at other times. */
function times(begin: string, end: string, more: Members = {}): string {
  return record({
    RD: [
      { ...BEGIN, TM: begin },
      { ...END, TM: end, ...more },
    ],
  })
}

const PLAUSIBLE: readonly VectorCase[] = [
  {
    name: '824-same-time',
    comment: 'energy in no time at all',
    expect: GOOD,
    finding: 'OCMF-824/warning',
    input: times('2025-03-14T10:00:00,000+0100 S', '2025-03-14T10:00:00,000+0100 S'),
  },
  {
    name: '825-long-session',
    comment: 'a session of more than seven days',
    expect: GOOD,
    finding: 'OCMF-825/warning',
    input: times('2025-03-14T10:00:00,000+0100 S', '2025-03-21T10:00:01,000+0100 S'),
  },
  {
    name: '825-seven-days',
    comment: 'seven days are still plausible',
    expect: GOOD,
    notFinding: 'OCMF-825',
    input: times('2025-03-14T10:00:00,000+0100 S', '2025-03-21T10:00:00,000+0100 S'),
  },
  {
    name: '826-power-ac',
    comment: 'more than 50 kW on average from an AC point',
    expect: GOOD,
    finding: 'OCMF-826/warning',
    input: times('2025-03-14T10:00:00,000+0100 S', '2025-03-14T10:13:00,000+0100 S'),
  },
  {
    name: '826-power-dc',
    comment: 'the same power from a DC point is plausible',
    expect: GOOD,
    notFinding: 'OCMF-826',
    input: record({
      RD: [
        { ...BEGIN, RT: 'DC' },
        { ...END, RT: 'DC', TM: '2025-03-14T10:13:00,000+0100 S' },
      ],
    }),
  },
  {
    name: '827-no-energy',
    comment: 'a session without energy is no fault',
    expect: GOOD,
    finding: 'OCMF-827/info',
    notFinding: 'OCMF-824',
    energy: '0.000 kWh',
    input: times('2025-03-14T10:00:00,000+0100 S', '2025-03-14T10:00:30,000+0100 S', {
      RV: num('1234.560'),
    }),
  },
  {
    name: '829-summer-time',
    comment: 'the offset from UTC changes during the session: compared in UTC',
    expect: GOOD,
    finding: 'OCMF-829/info',
    input: times('2025-03-30T01:50:00,000+0100 S', '2025-03-30T03:20:00,000+0200 S'),
  },
  {
    name: '830-future',
    comment: 'a time that lies in the future',
    expect: GOOD,
    finding: 'OCMF-830/warning',
    input: times('2094-03-14T10:00:00,000+0100 S', '2094-03-14T10:30:00,000+0100 S'),
  },
  {
    name: '830-never-set',
    comment: 'a clock that was never set (KEBA)',
    expect: GOOD,
    finding: 'OCMF-830/warning LAW-CLOCK-UNSYNC/warning OCMF-828/info',
    duration: '1800',
    usable: 'energy+time',
    input: times('1970-01-01T00:12:00,000+0000 U', '1970-01-01T00:42:00,000+0000 R'),
  },
  {
    name: '828-worst-letter',
    comment: 'one informative reading makes the absolute times of the session informative',
    expect: GOOD,
    finding: 'OCMF-828/info',
    notFinding: 'OCMF-463',
    input: pair({}, {}, { TM: '2025-03-14T10:00:00,000+0100 I' }, {}),
  },
  {
    name: '839-relative-begin',
    comment: 'a begin measured relatively and an end that is not: the duration is not measured',
    expect: GOOD,
    finding: 'OCMF-839/warning',
    usable: 'energy',
    input: times('2025-03-14T10:00:00,000+0100 R', '2025-03-14T10:30:00,000+0100 S'),
  },
]

/** Another session of the meter: from and to in minutes after 11:00, register from and to. */
function another(from: string, to: string, begin: string, end: string): string {
  return record({
    PG: 'T12',
    RD: [
      { ...BEGIN, TM: `2025-03-14T${from}:00,000+0100 S`, RV: num(begin) },
      { ...END, TM: `2025-03-14T${to}:00,000+0100 S`, RV: num(end) },
    ],
  })
}

const NEXT_BEGIN: Members = { TM: '2025-03-14T11:00:00,000+0100 S', RV: num('1250.000') }
const NEXT_END: Members = { TM: '2025-03-14T11:30:00,000+0100 S', RV: num('1255.000') }

const JOB: readonly VectorCase[] = [
  {
    name: '831-overlap',
    comment: 'two sessions of one meter at the same time',
    expect: [GOOD, GOOD],
    finding: 'OCMF-831/warning',
    input: lines(record(), another('10:20', '10:50', '1240.000', '1250.000')),
  },
  {
    name: '832-next-begins-lower',
    comment: 'the next session of the meter begins below the end of this one',
    expect: [GOOD, NLR],
    finding: 'OCMF-832',
    input: lines(record(), another('11:00', '11:30', '1245.660', '1250.000')),
  },
  {
    name: '833-energy-between',
    comment: 'energy between two sessions of the meter is a note',
    expect: [GOOD, GOOD],
    finding: 'OCMF-833/info',
    input: lines(record(), another('11:00', '11:30', '1245.680', '1250.000')),
  },
  {
    name: '833-nothing-between',
    comment: 'the next session begins where this one ended',
    expect: [GOOD, GOOD],
    notFinding: 'OCMF-831 OCMF-832 OCMF-833',
    input: lines(record(), record(LATER)),
  },
  {
    name: '832-order-of-file',
    comment: 'sessions follow each other in time, whatever their order in the file',
    expect: [GOOD, GOOD],
    notFinding: 'OCMF-831 OCMF-832',
    input: lines(record(LATER), record()),
  },
  {
    name: '832-invalid-neighbour',
    comment: 'a tampered session does not speak against its neighbour',
    expect: ['SIGNATURE_INVALID', GOOD],
    finding: 'OCMF-516',
    notFinding: 'OCMF-831 OCMF-832',
    input: lines(record().replace('1245.670', '1245.660'), record(LATER)),
  },
  {
    name: '842-two-transactions',
    comment: 'one record that the file gives to two transactions: billed twice',
    expect: NLR,
    finding: 'OCMF-842 OCMF-017/info',
    input: valuesXml([
      { data: record(), transaction: '1' },
      { data: record(), transaction: '2' },
    ]),
  },
  {
    name: '804-put-together-from-two',
    comment: 'each file puts the begin of one session and the end of another together',
    expect: [NLR, NLR],
    finding:
      'OCMF-804 SES-MANY-END OCMF-807 SES-PAG OCMF-822 SES-REG-BACK OCMF-823 SES-ORDER OCMF-831/warning',
    input: [
      lines(beginRecord(), endRecord({ PG: 'T24' }, NEXT_END)),
      lines(beginRecord({ PG: 'T23' }, NEXT_BEGIN), endRecord()),
    ].map((text, index) => file(`${index + 1}.txt`, text)),
  },
]

const CARRIER: readonly VectorCase[] = [
  {
    name: '834-two-ids',
    comment: 'the file gives begin and end different transactions: the signed chain wins',
    expect: GOOD,
    finding: 'OCMF-834/warning',
    energy: '11.110 kWh',
    input: valuesXml([
      { data: beginRecord(), transaction: '1' },
      { data: endRecord(), transaction: '2' },
    ]),
  },
  {
    name: '834-one-id-for-two-sessions',
    comment: 'the file gives two sessions one transaction: the signed chain wins (eBZ)',
    expect: [GOOD, GOOD],
    finding: 'OCMF-834/warning OCMF-833/info',
    energy: ['11.110 kWh', '2.000 kWh'],
    input: valuesXml([
      { data: beginRecord(), transaction: '1' },
      { data: endRecord(), transaction: '1' },
      ...second(),
    ]),
  },
  {
    name: '835-context',
    comment: 'the file calls the begin an end and the end a begin: the signed letters win',
    expect: GOOD,
    finding: 'OCMF-835/warning',
    energy: '11.110 kWh',
    input: valuesXml([
      { data: beginRecord(), context: 'Transaction.End', transaction: '1' },
      { data: endRecord(), context: 'Transaction.Begin', transaction: '1' },
    ]),
  },
  {
    name: '835-context-agrees',
    comment: 'the file calls the begin a begin and the end an end',
    expect: GOOD,
    notFinding: 'OCMF-834 OCMF-835',
    input: valuesXml([
      { data: beginRecord(), context: 'Transaction.Begin', transaction: '1' },
      { data: endRecord(), context: 'Transaction.End', transaction: '1' },
    ]),
  },
]

/** Begin and end of a later session under the same transaction. */
function second() {
  const begin = { TM: '2025-03-14T12:00:00,000+0100 S', RV: num('1246.000') }
  const end = { TM: '2025-03-14T12:30:00,000+0100 S', RV: num('1248.000') }
  return [
    { data: beginRecord({ PG: 'T23' }, begin), transaction: '1' },
    { data: endRecord({ PG: 'T24' }, end), transaction: '1' },
  ]
}

const IN_BETWEEN: readonly VectorCase[] = [
  {
    name: '837-time-outside',
    comment: 'a record in between whose time lies behind the end',
    expect: NLR,
    finding: 'OCMF-837/warning OCMF-823 SES-ORDER',
    input: lines(
      beginRecord(),
      middleRecord({}, { TM: '2025-03-14T10:31:00,000+0100 S' }),
      endRecord({ PG: 'T23' }),
    ),
  },
  {
    name: '837-behind-the-end',
    comment: 'a record whose number lies behind the end is no part of the session, whatever the id',
    expect: [GOOD, 'INCOMPLETE'],
    finding: 'OCMF-801 OCMF-802',
    notFinding: 'OCMF-807',
    energy: ['11.110 kWh', null],
    input: valuesXml([
      { data: beginRecord(), transaction: '7' },
      { data: endRecord(), transaction: '7' },
      { data: middleRecord({ PG: 'T23' }), transaction: '7' },
    ]),
  },
  {
    name: '838-flag-not-repeated',
    comment: 'an error flag of the begin is missing at the end: error states stay',
    expect: NLR,
    finding: 'OCMF-838 OCMF-437 LAW-EF-ENERGY',
    input: pair({}, {}, { EF: 'E' }, {}),
  },
  {
    name: '838-error-not-repeated',
    comment: 'an error in between that the end record does not flag',
    expect: NLR,
    finding: 'OCMF-838 OCMF-456/info',
    input: lines(beginRecord(), middleRecord({}, { TX: 'X' }), endRecord({ PG: 'T23' })),
  },
  {
    name: '838-time-flag-not-repeated',
    comment: 'a time flag that the end does not repeat: error states stay, of time as well',
    expect: NLR,
    finding: 'OCMF-838 OCMF-438/warning LAW-EF-TIME/warning',
    input: pair({}, {}, { EF: 't' }, {}),
  },
  {
    name: '838-error-repeated',
    comment: 'an error in between that the end record flags for time',
    expect: GOOD,
    finding: 'OCMF-438/warning OCMF-456/info',
    notFinding: 'OCMF-838',
    input: lines(
      beginRecord(),
      middleRecord({}, { TX: 'X', EF: 't' }),
      endRecord({ PG: 'T23' }, { EF: 't' }),
    ),
  },
  {
    name: '840-tariff-change',
    comment: 'a change of tariff: each section has its own energy, and together they are the whole',
    expect: GOOD,
    finding: 'OCMF-840/info',
    energy: '11.110 kWh',
    input: lines(beginRecord(), middleRecord({}, { TX: 'T' }), endRecord({ PG: 'T23' })),
  },
  {
    name: 'fiscal-beside-session',
    comment: 'a fiscal record beside a session is a row of its own and no part of it',
    expect: [GOOD, NLR],
    finding: 'OCMF-122 LAW-FISCAL',
    notFinding: 'OCMF-806',
    energy: ['11.110 kWh', null],
    input: lines(record(), record({ ...NO_USER, PG: 'F5', RD: [{ ...BEGIN, TX: undefined }] })),
  },
]

export const SESSIONS: readonly VectorCase[] = [
  ...COUNT,
  ...PAGINATION,
  ...CONSTANCY,
  ...REGISTERS,
  ...PLAUSIBLE,
  ...JOB,
  ...CARRIER,
  ...IN_BETWEEN,
]

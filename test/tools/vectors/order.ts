/**
 * Checks 451 to 475 and the table of transaction letters. Rule book chapters 14, 16 and 20.
 *
 * The cases `14-…` are that table, row by row, for an energy register inside one record.
 *
 * @module
 */
import { BEGIN, END, type Members, type VectorCase, num, record } from './base.ts'

const GOOD = 'VERIFIED'
const NLR = 'NOT_LEGALLY_RELEVANT'

/** One reading of the register for each letter, five minutes and 1 kWh apart; `-` is no letter. */
function letters(sequence: string, changes: Members = {}, others: Members = {}): string {
  const list = Array.from(sequence, (letter, index) => ({
    ...BEGIN,
    TM: `2025-03-14T10:${String(5 * index).padStart(2, '0')}:00,000+0100 S`,
    TX: letter === '-' ? null : letter,
    RV: num(`${1234 + index}.560`),
    ...others,
    ...(index === sequence.length - 1 ? changes : {}),
  }))
  return record({ RD: list })
}

type Expected = Pick<VectorCase, 'expect' | 'finding'> & Partial<VectorCase>

/** A row and column of the table in chapter 14. */
function row(state: string, letter: string, sequence: string, then: string, want: Expected) {
  const name = letter === '-' ? 'none' : letter.toLowerCase()
  return {
    name: `14-${state}-${name}`,
    comment: `${state}, then ${letter === '-' ? 'no letter' : letter}: ${then} (chapter 14)`,
    input: letters(sequence),
    ...want,
  }
}

const LONE = { expect: 'INCOMPLETE', notFinding: 'OCMF-453 OCMF-454' } as const
const WHOLE = {
  expect: GOOD,
  finding: 'SIG-OK',
  notFinding: 'OCMF-451 OCMF-452 OCMF-453 OCMF-454 OCMF-460',
} as const
const TWO_BEGINS = { expect: NLR, finding: 'OCMF-452 SES-MANY-BEGIN' } as const
const TWO_ENDS = { expect: NLR, finding: 'OCMF-453 SES-MANY-END', notFinding: 'OCMF-452' } as const
const AFTER_END = { expect: GOOD, finding: 'OCMF-454/warning', notFinding: 'OCMF-453' } as const
const FAULTED = { expect: NLR, finding: 'OCMF-456/error LAW-EF-ENERGY' } as const

const START: readonly VectorCase[] = [
  row('start', 'B', 'B', 'open', { ...LONE, finding: 'OCMF-460/info OCMF-802 SES-NO-END' }),
  row('start', 'C', 'C', 'neither begin nor end', { ...LONE, finding: 'OCMF-801 OCMF-802' }),
  row('start', 'S', 'S', 'neither begin nor end', { ...LONE, finding: 'OCMF-801 OCMF-802' }),
  row('start', 'T', 'T', 'neither begin nor end', { ...LONE, finding: 'OCMF-801 OCMF-802' }),
  row('start', 'X', 'X', 'neither begin nor end', {
    ...LONE,
    finding: 'OCMF-801 OCMF-802 OCMF-456/info',
  }),
  row('start', 'E', 'E', 'the begin is missing', { ...LONE, finding: 'OCMF-460/info OCMF-801' }),
  row('start', 'L', 'L', 'the begin is missing', { ...LONE, finding: 'OCMF-460/info OCMF-801' }),
  row('start', 'R', 'R', 'the begin is missing', { ...LONE, finding: 'OCMF-460/info OCMF-801' }),
  row('start', 'A', 'A', 'the begin is missing', {
    ...LONE,
    finding: 'OCMF-460/info OCMF-801 OCMF-457/info',
  }),
  row('start', 'P', 'P', 'the begin is missing', {
    ...LONE,
    finding: 'OCMF-460/info OCMF-801 OCMF-457/info',
  }),
  row('start', '-', '-BE', 'a reading before the session', WHOLE),
]

const OPEN: readonly VectorCase[] = [
  row('open', 'B', 'BBE', 'two begins', TWO_BEGINS),
  row('open', 'C', 'BCE', 'still open', WHOLE),
  row('open', 'S', 'BSE', 'still open', WHOLE),
  row('open', 'T', 'BTE', 'a new section of the tariff', {
    ...WHOLE,
    finding: 'OCMF-840/info',
    energy: '2.000 kWh',
  }),
  row('open', 'X', 'BXE', 'an error that the end does not repeat', FAULTED),
  row('open', 'E', 'BE', 'closed', WHOLE),
  row('open', 'L', 'BL', 'ended at the station', WHOLE),
  row('open', 'R', 'BR', 'ended from afar', WHOLE),
  row('open', 'A', 'BA', 'ended by an error', { ...WHOLE, finding: 'OCMF-457/info' }),
  row('open', 'P', 'BP', 'ended by a power failure', { ...WHOLE, finding: 'OCMF-457/info' }),
  row('open', '-', 'B-E', 'a reading outside in the middle', {
    expect: GOOD,
    finding: 'OCMF-118/warning OCMF-111/info',
  }),
]

const FAULT: readonly VectorCase[] = [
  row('faulted', 'B', 'BXBE', 'two begins', {
    expect: NLR,
    finding: 'OCMF-452 OCMF-456/error SES-MANY-BEGIN',
  }),
  row('faulted', 'C', 'BXCE', 'still faulted', FAULTED),
  row('faulted', 'S', 'BXSE', 'still faulted', FAULTED),
  row('faulted', 'T', 'BXTE', 'still faulted', FAULTED),
  row('faulted', 'X', 'BXXE', 'still faulted', FAULTED),
  row('faulted', 'E', 'BXL', 'closed and not usable', FAULTED),
  row('faulted', '-', 'BX-E', 'a reading outside in the middle', {
    expect: NLR,
    finding: 'OCMF-118/warning OCMF-456/error',
  }),
]

const CLOSED: readonly VectorCase[] = [
  row('closed', 'B', 'BEB', 'no second session in one record', {
    expect: NLR,
    finding: 'OCMF-451 OCMF-452 SES-SEQUENCE',
  }),
  row('closed', 'C', 'BEC', 'after the end', AFTER_END),
  row('closed', 'S', 'BES', 'after the end', AFTER_END),
  row('closed', 'T', 'BET', 'after the end', AFTER_END),
  row('closed', 'X', 'BEX', 'after the end', {
    expect: NLR,
    finding: 'OCMF-454/warning OCMF-456/error',
  }),
  row('closed', 'E', 'BEE', 'two ends', TWO_ENDS),
  row('closed', 'L', 'BEL', 'two ends', TWO_ENDS),
  row('closed', 'R', 'BER', 'two ends', TWO_ENDS),
  row('closed', 'A', 'BEA', 'two ends', { ...TWO_ENDS, finding: 'OCMF-453 OCMF-457/info' }),
  row('closed', 'P', 'BEP', 'two ends', { ...TWO_ENDS, finding: 'OCMF-453 OCMF-457/info' }),
  row('closed', '-', 'BE-', 'a reading outside behind the end', {
    expect: GOOD,
    finding: 'OCMF-118/warning',
  }),
]

const IMPORT_AND_EXPORT = [
  BEGIN,
  { ...BEGIN, RI: '1-0:2.8.0', RV: num('0.000') },
  END,
  { ...END, RI: '1-0:2.8.0', RV: num('0.000') },
]

const INSIDE: readonly VectorCase[] = [
  {
    name: '451-two-registers',
    comment: 'BBEE is in order where it is two registers, import and export',
    expect: GOOD,
    notFinding: 'OCMF-451 OCMF-452 OCMF-453 LAW-EXPORT',
    energy: '11.110 kWh',
    input: record({ RD: IMPORT_AND_EXPORT }),
  },
  {
    name: '456-said-for-energy',
    comment: 'an error in between that the end flags for energy: the flag decides',
    expect: NLR,
    finding: 'OCMF-456/info OCMF-437',
    input: letters('BXE', { EF: 'E' }),
  },
  {
    name: '456-said-for-time',
    comment: 'an error in between that concerns time only, by the word of the end',
    expect: GOOD,
    finding: 'OCMF-456/info OCMF-438/warning',
    notFinding: 'LAW-EF-ENERGY',
    energy: '2.000 kWh',
    input: letters('BXE', { EF: 't' }),
  },
  {
    name: '456-event',
    comment: 'an error reported without a value counts for all registers',
    expect: NLR,
    finding: 'OCMF-456/error OCMF-441/warning LAW-EF-ENERGY',
    input: record({
      RD: [BEGIN, { TM: '2025-03-14T10:15:00,000+0100 S', TX: 'X', ST: 'E' }, { ...END }],
    }),
  },
  {
    name: '458-time-back',
    comment: 'time goes backwards along a register',
    expect: NLR,
    finding: 'OCMF-458 SES-ORDER',
    energy: '11.110 kWh',
    duration: '-0.001',
    usable: [null],
    input: record({ RD: [BEGIN, { ...END, TM: '2025-03-14T09:59:59,999+0100 S' }] }),
  },
  {
    name: '458-summer-time-ends',
    comment: 'the clock is set back, time is not: instants are compared in UTC',
    expect: GOOD,
    finding: 'OCMF-829/info',
    notFinding: 'OCMF-458',
    duration: '1800',
    input: record({
      RD: [
        { ...BEGIN, TM: '2024-10-27T02:50:00,000+0200 S' },
        { ...END, TM: '2024-10-27T02:20:00,000+0100 S' },
      ],
    }),
  },
  {
    name: '459-register-back',
    comment: 'the end lies below the begin: no energy to be billed',
    expect: NLR,
    finding: 'OCMF-459 SES-REG-BACK',
    energy: '-0.001 kWh',
    input: record({ RD: [BEGIN, { ...END, RV: num('1234.559') }] }),
  },
  {
    name: '459-dip',
    comment: 'a register that goes backwards in between and recovers is as bad',
    expect: NLR,
    finding: 'OCMF-459 SES-REG-BACK',
    energy: '11.110 kWh',
    input: record({
      RD: [BEGIN, { ...BEGIN, TX: 'C', RV: num('1230.000') }, END],
    }),
  },
  {
    name: '459-other-register',
    comment: 'registers of other things may fall',
    expect: GOOD,
    notFinding: 'OCMF-459',
    input: record({
      RD: [
        { ...BEGIN, RI: '1-0:14.7.0', RU: 'kWh', RV: num('50.010') },
        BEGIN,
        { ...END, RI: '1-0:14.7.0', RU: 'kWh', RV: num('49.990') },
        END,
      ],
    }),
  },
  {
    name: '459-other-unit',
    comment: '1,245,670 Wh are more than 1,234.560 kWh, whatever the digits say',
    expect: GOOD,
    finding: 'OCMF-446/warning',
    notFinding: 'OCMF-459',
    energy: '11.110 kWh',
    input: record({ RD: [BEGIN, { ...END, RU: 'Wh', RV: num('1245670') }] }),
  },
  {
    name: '463-clock-gets-worse',
    comment: 'a synchronised clock that is unsynchronised at the end',
    expect: GOOD,
    finding: 'OCMF-463/warning OCMF-410/info OCMF-828/info LAW-CLOCK-UNSYNC/warning',
    input: record({ RD: [BEGIN, { ...END, TM: '2025-03-14T10:30:00,000+0100 U' }] }),
  },
  {
    name: '465-transaction-register',
    comment: 'a register of the transaction begins at 0',
    expect: GOOD,
    finding: 'OCMF-465/warning',
    energy: '11.110 kWh',
    input: record({
      RD: [
        { ...BEGIN, RI: '01-00:B2.08.00*FF', RV: num('5.000') },
        { ...END, RI: '01-00:B2.08.00*FF', RV: num('16.110') },
      ],
    }),
  },
  {
    name: '465-bauer',
    comment: 'F = 198 in decimal notation is the transaction register of Bauer meters',
    expect: GOOD,
    finding: 'OCMF-465/warning OCMF-421/info',
    input: record({
      RD: [
        { ...BEGIN, RI: '1-0:1.8.0*198', RU: 'Wh', RV: num('10') },
        { ...END, RI: '1-0:1.8.0*198', RU: 'Wh', RV: num('160') },
      ],
    }),
  },
  {
    name: '465-dzg',
    comment: '98 in hexadecimal notation is the transaction register of DZG meters',
    expect: GOOD,
    finding: 'OCMF-465/warning OCMF-421/info',
    input: record({
      RD: [
        { ...BEGIN, RI: '01-00:98.08.00.FF', RV: num('1.000') },
        { ...END, RI: '01-00:98.08.00.FF', RV: num('2.000') },
      ],
    }),
  },
]

const B0 = '01-00:B0.08.00*FF'
const B1 = '01-00:B1.08.00*FF'
const B3 = '01-00:B3.08.00*FF'
const LOSS: Members = { LC: { LR: num('12.5'), LU: 'mOhm' } }

/** Readings of several registers: `[register, begin, end, loss at the end]`. */
function registers(...list: [register: string, begin: string, end: string, loss?: string][]) {
  const begins = list.map(([RI, value]) => ({ ...BEGIN, RT: 'DC', RI, RV: num(value) }))
  const ends = list.map(([RI, , value, loss]) => ({
    ...END,
    RT: 'DC',
    RI,
    RV: num(value),
    CL: loss === undefined ? undefined : num(loss),
  }))
  return record({ ...LOSS, RD: [...begins, ...ends] })
}

const SUMS: readonly VectorCase[] = [
  {
    name: '471-loss-does-not-add-up',
    comment: 'mains less loss is not what the device register says (chapter 16)',
    expect: GOOD,
    finding: 'OCMF-471/warning',
    notFinding: 'OCMF-473',
    energy: '29.000 kWh',
    input: registers([B0, '2935.600', '2965.100', '0.400'], [B1, '2905.600', '2934.600']),
  },
  {
    name: '471-within-tolerance',
    comment: 'one unit of the last place of the coarsest reading is tolerance',
    expect: GOOD,
    notFinding: 'OCMF-471',
    input: registers([B0, '2935.60', '2965.10', '0.509'], [B1, '2905.600', '2934.600']),
  },
  {
    name: '471-no-loss-stated',
    comment: 'a loss that is not stated counts as none',
    expect: GOOD,
    finding: 'OCMF-471/warning',
    input: registers([B0, '2935.600', '2965.100'], [B1, '2905.600', '2934.600']),
  },
  {
    name: '471-plain-register-as-mains',
    comment: 'beside a device register the plain one is the mains register',
    expect: GOOD,
    finding: 'OCMF-471/warning OCMF-421/info',
    input: registers(['1-0:1.8.0', '2935.600', '2965.100', '0.1'], [B1, '2905.600', '2934.600']),
  },
  {
    name: '472-total-and-transaction',
    comment: 'the device registers of total and transaction differ',
    expect: GOOD,
    finding: 'OCMF-472/warning',
    energy: '28.900 kWh',
    input: registers([B1, '2905.600', '2934.600'], [B3, '0.000', '28.900']),
  },
  {
    name: '473-device-above-mains',
    comment: 'more came out of the cable than went in',
    expect: GOOD,
    finding: 'OCMF-473/warning OCMF-471/warning',
    input: registers([B0, '2935.600', '2965.100', '0'], [B1, '2905.600', '2936.600']),
  },
  {
    name: '475-total-of-the-maker',
    comment: 'the total register that Bauer writes beside is more than its step of 10 Wh away',
    expect: GOOD,
    finding: 'OCMF-475/info OCMF-404/info',
    input: bauer('88361'),
  },
  {
    name: '475-within-its-step',
    comment: 'the total register that Bauer writes beside counts in steps of 10 Wh',
    expect: GOOD,
    notFinding: 'OCMF-475',
    input: bauer('88360'),
  },
]

function bauer(total: string): string {
  const beside = { RI: '1-0:1.8.0*198', RU: 'Wh', XI: '1-0:1.8.0*255', XU: 'Wh' }
  return record({
    RD: [
      { ...BEGIN, ...beside, RV: num('0'), XV: num('88200') },
      { ...END, ...beside, RV: num('150'), XV: num(total) },
    ],
  })
}

export const ORDER: readonly VectorCase[] = [
  ...START,
  ...OPEN,
  ...FAULT,
  ...CLOSED,
  ...INSIDE,
  ...SUMS,
]

/**
 * Checks 401 to 447: readings, one by one and along a register. Rule book chapters 9 to 12 and 16.
 *
 * @module
 */
import {
  BEGIN,
  END,
  type Members,
  NO_USER,
  type VectorCase,
  num,
  record,
  withList,
  withReadings,
} from './base.ts'

const GOOD = 'VERIFIED'
const NLR = 'NOT_LEGALLY_RELEVANT'

const TIME_TARIFF: Members = { TT: '003;EUR;0;5' }
/** Removes members from both readings. */
const without = (...names: string[]): Members =>
  Object.fromEntries(names.map((name) => [name, undefined]))

const MIDDLE: Members = {
  ...BEGIN,
  TM: '2025-03-14T10:15:00,000+0100 S',
  TX: 'C',
  RV: num('1240.000'),
}

/** Begin, one reading more, end. */
function withMiddle(middle: Members, changes: Members = {}): string {
  return record({ RD: [BEGIN, { ...MIDDLE, ...middle }, END], ...changes })
}

/** A third reading of a register that counts no energy. */
function withOther(other: Members): string {
  const inside = { ...END, RI: '1-0:1.9.0', RV: num('11.110'), ...other }
  return record({ RD: [BEGIN, END, inside] })
}

function time(name: string, text: string, comment: string): VectorCase {
  return {
    name: `407-${name}`,
    comment: `${comment}: read, with a warning (chapter 10)`,
    expect: GOOD,
    finding: 'OCMF-407/warning',
    notFinding: 'OCMF-408',
    energy: '11.110 kWh',
    input: withReadings({}, { TM: text }),
  }
}

function noTime(name: string, text: string, comment: string): VectorCase {
  return {
    name: `408-${name}`,
    comment: `${comment} (chapter 10)`,
    expect: NLR,
    finding: 'OCMF-408 SES-TIME',
    signature: 'valid',
    input: withReadings({}, { TM: text }),
  }
}

function state(letter: string, what: string): VectorCase {
  return {
    name: `441-${letter.toLowerCase()}`,
    comment: `meter state ${letter}, ${what}, at the end: only G is a billing basis (Table 10)`,
    expect: NLR,
    finding: 'OCMF-441/error LAW-STATUS/error',
    notFinding: 'OCMF-440',
    signature: 'valid',
    energy: '11.110 kWh',
    input: withReadings({}, { ST: letter }),
  }
}

/** CL needs LC beside it. */
const LOSS: Members = { LC: { LR: num('12.5'), LU: 'mOhm' } }

const LIST: readonly VectorCase[] = [
  {
    name: '401-no-readings',
    comment: 'a record without RD has nothing to show; its signature may be right nevertheless',
    expect: 'UNREADABLE',
    finding: 'OCMF-401 IN-NO-READING',
    signature: 'valid',
    input: record({ RD: undefined }),
  },
  {
    name: '401-object',
    comment: 'RD is a list, also of one reading',
    expect: 'UNREADABLE',
    finding: 'OCMF-401',
    notFinding: 'OCMF-111',
    input: record({ RD: BEGIN }),
  },
  {
    name: '402-empty-list',
    comment: 'an empty list of readings',
    expect: 'UNREADABLE',
    finding: 'OCMF-402 IN-NO-READING',
    input: record({ RD: [] }),
  },
  {
    name: '403-text-among-readings',
    comment: 'a reading that is no object makes the list doubtful as a whole',
    expect: 'UNREADABLE',
    finding: 'OCMF-403 IN-NO-READING',
    input: record({ RD: [BEGIN, 'x', END] }),
  },
  {
    name: '404-unknown-member',
    comment: 'readings have no name space for makers: XV of Bauer is unknown',
    expect: GOOD,
    finding: 'OCMF-404/info',
    notFinding: 'OCMF-110',
    input: withReadings({ XT: num('1') }, {}),
  },
  {
    name: '404-error-counter-in-1.4',
    comment: 'EI is no member of readings from 0.5 on',
    expect: GOOD,
    finding: 'OCMF-404/info',
    notFinding: 'OCMF-108 OCMF-447',
    input: withReadings({ EI: num('1') }, { EI: num('2') }),
  },
  {
    name: '406-inherited',
    comment: 'members left out are taken from the reading before, value excepted (KEBA, LEM)',
    expect: GOOD,
    finding: 'OCMF-406/info',
    energy: '11.110 kWh',
    input: record({ RD: [BEGIN, { TM: END['TM'], TX: 'E', RV: num('1245.670') }] }),
  },
  {
    name: '406-unit-inherited',
    comment: 'a unit left out is the unit before, not kWh: 1,000 Wh are 1 kWh',
    expect: GOOD,
    finding: 'OCMF-406/info',
    energy: '1000 Wh',
    input: record({
      RD: [
        { ...BEGIN, RU: 'Wh', RV: num('10000') },
        { TM: END['TM'], TX: 'E', RV: num('11000') },
      ],
    }),
  },
  {
    name: '406-register-that-inherits-the-end',
    comment:
      'a register without energy that takes over TX=E never began, and that is no fault (KEBA)',
    expect: GOOD,
    finding: 'OCMF-406/info OCMF-422/info',
    notFinding: 'OCMF-453 OCMF-451',
    energy: '11.110 kWh',
    input: record({ RD: [BEGIN, END, { RV: num('0.00'), RI: '1-b:1.9.0' }] }),
  },
]

const TIMES: readonly VectorCase[] = [
  {
    name: '405-no-time',
    comment: 'the first reading has no time and nothing to take one from',
    expect: NLR,
    finding: 'OCMF-405 SES-TIME',
    input: withReadings({ TM: undefined }, {}),
  },
  time('colon', '2025-03-14T10:30:00,000+01:00 S', 'a colon in the offset'),
  time('dot', '2025-03-14T10:30:00.000+0100 S', 'a dot before the milliseconds'),
  time('no-milliseconds', '2025-03-14T10:30:00+0100 S', 'no milliseconds'),
  time('nanoseconds', '2025-03-14T10:30:00,123456789+0100 S', 'nine digits below the second'),
  time('lower-case', '2025-03-14T10:30:00,000+0100 s', 'a clock letter in lower case'),
  time('zulu', '2025-03-14T09:30:00,000Z S', 'Z for the offset'),
  time('short-offset', '2025-03-14T10:30:00,000+01 S', 'an offset in hours'),
  time('no-blank', '2025-03-14T10:30:00,000+0100S', 'no blank before the clock letter'),
  {
    ...time('leap-second', '2025-03-14T23:59:60,000+0100 S', 'a leap second'),
    duration: '50400',
  },
  {
    name: '407-no-letter',
    comment: 'without clock letter nobody knows how good the clock is',
    expect: GOOD,
    finding: 'OCMF-407/warning',
    notFinding: 'OCMF-410',
    usable: 'energy',
    input: withReadings({}, { TM: '2025-03-14T10:30:00,000+0100' }),
  },
  {
    name: '407-no-offset',
    comment: 'without offset from UTC a time cannot be compared; energy stands',
    expect: GOOD,
    finding: 'OCMF-407/warning',
    energy: '11.110 kWh',
    duration: [null],
    usable: 'energy',
    input: withReadings({}, { TM: '2025-03-14T10:30:00,000 S' }),
  },
  noTime('february-30', '2025-02-30T10:30:00,000+0100 S', '30 February does not exist'),
  noTime('february-29', '2025-02-29T10:30:00,000+0100 S', '2025 has no 29 February'),
  noTime('hour-24', '2025-03-14T24:00:00,000+0100 S', 'a day has no hour 24'),
  noTime('leap-second-at-noon', '2025-03-14T12:00:60,000+0100 S', 'no leap second at noon'),
  noTime('two-blanks', '2025-03-14T10:30:00,000+0100  S', 'two blanks are no form of a time'),
  noTime('ten-digits', '2025-03-14T10:30:00,1234567890+0100 S', 'ten digits below the second'),
  noTime('words', '14.03.2025 10:30 S', 'a date as people write it'),
  noTime('empty', '', 'an empty time'),
  {
    name: '408-february-29-of-2024',
    comment: '29 February of a leap year exists',
    expect: GOOD,
    notFinding: 'OCMF-408',
    input: withReadings(
      { TM: '2024-02-29T10:00:00,000+0100 S' },
      { TM: '2024-02-29T10:30:00,000+0100 S' },
    ),
  },
  {
    name: '408-number',
    comment: 'a time that is a JSON number is no time',
    expect: NLR,
    finding: 'OCMF-408 OCMF-111/info',
    input: withReadings({}, { TM: num('1741944600') }),
  },
  {
    name: '409-unknown-letter',
    comment: 'a clock letter that Table 19 does not have',
    expect: GOOD,
    finding: 'OCMF-409/warning',
    notFinding: 'OCMF-410',
    input: withReadings({}, { TM: '2025-03-14T10:30:00,000+0100 Q' }),
  },
  {
    name: '410-informative',
    comment: 'informative clocks at both ends: energy may be billed, time may not',
    expect: GOOD,
    finding: 'OCMF-410/info OCMF-828/info LAW-CLOCK-INFO/info',
    energy: '11.110 kWh',
    usable: 'energy',
    input: withReadings(
      { TM: '2025-03-14T10:00:00,000+0100 I' },
      { TM: '2025-03-14T10:30:00,000+0100 I' },
    ),
  },
  {
    name: '410-informative-then-relative',
    comment: 'begin informative, end relative: the duration is measured, the start is not (KEBA)',
    expect: GOOD,
    finding: 'OCMF-410/info OCMF-828/info LAW-CLOCK-INFO/info',
    notFinding: 'OCMF-463 OCMF-839',
    duration: '1800',
    usable: 'energy+time',
    input: withReadings(
      { TM: '2025-03-14T10:00:00,000+0100 I' },
      { TM: '2025-03-14T10:30:00,000+0100 R' },
    ),
  },
  {
    name: '410-relative',
    comment: 'relative clocks at both ends measure the duration and nothing else',
    expect: GOOD,
    notFinding: 'OCMF-410 OCMF-828 OCMF-839 LAW-CLOCK-INFO',
    duration: '1800',
    usable: 'energy+time',
    input: withReadings(
      { TM: '2025-03-14T10:00:00,000+0100 R' },
      { TM: '2025-03-14T10:30:00,000+0100 R' },
    ),
  },
  {
    name: '410-unsynchronised',
    comment: 'unsynchronised clocks are said in a warning of their own',
    expect: GOOD,
    finding: 'OCMF-410/info OCMF-828/info LAW-CLOCK-UNSYNC/warning',
    usable: 'energy',
    input: withReadings(
      { TM: '2025-03-14T10:00:00,000+0100 U' },
      { TM: '2025-03-14T10:30:00,000+0100 U' },
    ),
  },
  {
    name: '410-time-tariff',
    comment: 'a tariff by the minute and a clock that is informative only: a warning',
    expect: GOOD,
    finding: 'OCMF-410/warning OCMF-828/warning',
    input: withReadings(
      { TM: '2025-03-14T10:00:00,000+0100 I' },
      { TM: '2025-03-14T10:30:00,000+0100 I' },
      TIME_TARIFF,
    ),
  },
  {
    name: '410-blocking-fee',
    comment: 'a blocking fee bills time as well',
    expect: GOOD,
    finding: 'OCMF-410/warning OCMF-828/warning',
    input: withReadings(
      { TM: '2025-03-14T10:00:00,000+0100 I' },
      { TM: '2025-03-14T10:30:00,000+0100 I' },
      { TT: '002;EUR;100;49;0.5' },
    ),
  },
  {
    name: '410-blocking-fee-of-zero',
    comment: 'a blocking fee of nothing bills no time',
    expect: GOOD,
    finding: 'OCMF-410/info OCMF-828/info',
    input: withReadings(
      { TM: '2025-03-14T10:00:00,000+0100 I' },
      { TM: '2025-03-14T10:30:00,000+0100 I' },
      { TT: '001;EUR;100;49;0.00;240' },
    ),
  },
]

const VALUES: readonly VectorCase[] = [
  {
    name: '412-unknown-letter',
    comment: 'a transaction letter that Table 7 does not have',
    expect: NLR,
    finding: 'OCMF-412 SES-SEQUENCE',
    input: withMiddle({ TX: 'Q' }),
  },
  {
    name: '412-x-in-0.4',
    comment: 'X came with 0.5; in a record of 0.4 it is unknown',
    expect: NLR,
    finding: 'OCMF-412 OCMF-106/info',
    notFinding: 'OCMF-456',
    input: withMiddle({ TX: 'X' }, { FV: '0.4' }),
  },
  {
    name: '413-no-value',
    comment: 'a good reading without value, and no event of the meter',
    expect: NLR,
    finding: 'OCMF-413 SES-VALUE',
    input: withMiddle({ RV: undefined }),
  },
  {
    name: '413-event',
    comment: 'a reading without value, register and unit reports an event of the meter, no zero',
    expect: GOOD,
    finding: 'OCMF-441/warning OCMF-406/info',
    notFinding: 'OCMF-413 OCMF-415',
    energy: '11.110 kWh',
    input: record({
      RD: [BEGIN, { TM: MIDDLE['TM'], TX: 'C', ST: 'D' }, { ...END, ST: 'G' }],
    }),
  },
  {
    name: '414-text',
    comment: 'a value as text, padded with blanks: read exactly, with a warning (DZG)',
    expect: GOOD,
    finding: 'OCMF-414/warning',
    energy: '11.110 kWh',
    input: withReadings({ RV: '    1234.560' }, { RV: '00001245.670' }),
  },
  {
    name: '415-no-number',
    comment: 'an end whose value is no number is no end: worse than what forbids billing',
    expect: 'INCOMPLETE',
    finding: 'OCMF-415 OCMF-414/warning SES-VALUE OCMF-802',
    notFinding: 'OCMF-413',
    energy: [null],
    input: withReadings({}, { RV: '1245,670' }),
  },
  {
    name: '415-nan',
    comment: 'NaN is no number of JSON and no value; begin and end are there all the same',
    expect: NLR,
    finding: 'OCMF-415 OCMF-021/warning SES-VALUE',
    energy: '11.110 kWh',
    input: withMiddle({ RV: num('NaN') }),
  },
  {
    name: '415-object',
    comment: 'a value that is an object is no value',
    expect: NLR,
    finding: 'OCMF-415',
    notFinding: 'OCMF-111',
    input: withMiddle({ RV: { value: num('1') } }),
  },
  {
    name: '416-exponent',
    comment: 'an exponent is expanded exactly; its valid digits are doubtful (Enercharge)',
    expect: GOOD,
    finding: 'OCMF-416/info',
    energy: '20000 Wh',
    input: withReadings({ RV: num('1.606848e7'), RU: 'Wh' }, { RV: num('1608.848E+4'), RU: 'Wh' }),
  },
  {
    name: '417-one-decimal',
    comment: 'two decimals are recommended for kWh',
    expect: GOOD,
    finding: 'OCMF-417/info',
    energy: '11.1 kWh',
    input: withReadings({ RV: num('1234.5') }, { RV: num('1245.6') }),
  },
  {
    name: '418-negative',
    comment: 'a negative register is read and said',
    expect: GOOD,
    finding: 'OCMF-418/warning',
    energy: '11.110 kWh',
    input: withReadings({ RV: num('-1.000') }, { RV: num('10.110') }),
  },
  {
    name: 'long-decimals',
    comment: 'registers beyond the digits of binary numbers give the exact difference (chapter 12)',
    expect: GOOD,
    energy: '0.02 kWh',
    input: withReadings({ RV: num('12345678901234567.89') }, { RV: num('12345678901234567.91') }),
  },
  {
    name: 'trailing-zeros',
    comment: 'trailing zeros are valid digits and stay',
    expect: GOOD,
    energy: '0.100 kWh',
    input: withReadings({ RV: num('2935.500') }, { RV: num('2935.600') }),
  },
  {
    name: '445-decimals-differ',
    comment: 'begin and end with a different number of decimals: said, and the difference exact',
    expect: GOOD,
    finding: 'OCMF-445/info',
    energy: '11.04 kWh',
    input: withReadings({ RV: num('1234.56') }, { RV: num('1245.6') }),
  },
  {
    name: '446-unit-changes',
    comment: 'Wh at begin, kWh at end: converted exactly, with a warning',
    expect: GOOD,
    finding: 'OCMF-446/warning',
    energy: '11.110 kWh',
    input: withReadings({ RV: num('1234560'), RU: 'Wh' }, {}),
  },
]

const REGISTERS: readonly VectorCase[] = [
  {
    name: '419-register-without-unit',
    comment: 'a register without unit has no energy',
    expect: NLR,
    finding: 'OCMF-419/warning OCMF-425 SES-UNIT',
    energy: [null],
    input: withReadings({ RU: undefined }, { RU: undefined }),
  },
  {
    name: '419-unit-without-register',
    comment: 'a unit without register: nobody knows what was counted',
    expect: 'INCOMPLETE',
    finding: 'OCMF-419/warning OCMF-424 SES-NO-BEGIN SES-NO-END',
    notFinding: 'OCMF-801 OCMF-802',
    energy: [null],
    input: withReadings({ RI: undefined }, { RI: undefined }),
  },
  {
    name: '420-no-obis',
    comment: 'twelve digits without separators are no register and never used for energy',
    expect: 'INCOMPLETE',
    finding: 'OCMF-420/warning OCMF-424 SES-NO-BEGIN SES-NO-END',
    input: withReadings({ RI: '0100010800FF' }, { RI: '0100010800FF' }),
  },
  {
    name: '420-mixed-notation',
    comment: 'a mixture of the two notations is neither of them',
    expect: 'INCOMPLETE',
    finding: 'OCMF-420/warning OCMF-424 SES-NO-BEGIN SES-NO-END',
    input: withReadings({ RI: '1-0:98.8.0.FF' }, { RI: '1-0:98.8.0.FF' }),
  },
  {
    name: '421-canonical',
    comment: 'the notation of Table 25 is the canonical one',
    expect: GOOD,
    notFinding: 'OCMF-421',
    energy: '11.110 kWh',
    input: withReadings({ RI: '01-00:01.08.00*FF' }, { RI: '01-00:01.08.00*FF' }),
  },
  {
    name: '421-dot-before-f',
    comment: 'a dot before the last group is seen (DZG)',
    expect: GOOD,
    finding: 'OCMF-421/info',
    energy: '11.110 kWh',
    input: withReadings({ RI: '01-00:01.08.00.FF' }, { RI: '01-00:01.08.00.FF' }),
  },
  {
    name: '421-placeholders',
    comment: 'b and e stand for any channel and tariff (document 1.0)',
    expect: GOOD,
    finding: 'OCMF-421/info',
    energy: '11.110 kWh',
    input: withReadings({ RI: '1-b:1.8.e' }, { RI: '1-b:1.8.e' }),
  },
  {
    name: '422-other-register',
    comment: 'a register that counts no energy is shown and never used',
    expect: GOOD,
    finding: 'OCMF-422/info',
    energy: '11.110 kWh',
    input: withOther({}),
  },
  {
    name: '423-reserved',
    comment: 'a register of a range that Table 25 keeps for later',
    expect: GOOD,
    finding: 'OCMF-423/warning OCMF-422/info',
    input: withOther({ RI: '01-00:B4.08.00*FF' }),
  },
  {
    name: '424-no-energy-register',
    comment: 'a record of other registers only has no begin and no end',
    expect: 'INCOMPLETE',
    finding: 'OCMF-424 SES-NO-BEGIN SES-NO-END',
    notFinding: 'OCMF-801 OCMF-802',
    input: withReadings({ RI: '1-0:1.9.0' }, { RI: '1-0:1.9.0' }),
  },
  {
    name: '426-unknown-unit',
    comment: 'Ws is no unit of Table 20, so an energy register has no energy',
    expect: NLR,
    finding: 'OCMF-426/error OCMF-427 SES-UNIT',
    energy: [null],
    input: withReadings({ RU: 'Ws' }, { RU: 'Ws' }),
  },
  {
    name: '426-unit-of-other-register',
    comment: 'seconds and Ohm occur with registers of other things and are shown as written (DZG)',
    expect: GOOD,
    finding: 'OCMF-426/info OCMF-422/info',
    notFinding: 'OCMF-427 SES-UNIT',
    energy: '11.110 kWh',
    input: withOther({ RI: '01-00:00.08.06.FF', RU: 'sec', RV: num('1800') }),
  },
  {
    name: '427-resistance',
    comment: 'a unit that exists, but not for energy',
    expect: NLR,
    finding: 'OCMF-427 SES-UNIT',
    notFinding: 'OCMF-426',
    energy: [null],
    input: withReadings({ RU: 'mOhm' }, { RU: 'mOhm' }),
  },
  {
    name: '428-current-type',
    comment: 'a kind of current that Table 21 does not have',
    expect: GOOD,
    finding: 'OCMF-428/info',
    input: withReadings({ RT: 'AC/DC' }, { RT: 'AC/DC' }),
  },
  {
    name: '444-current-type-changes',
    comment: 'the kind of current changes along a register',
    expect: GOOD,
    finding: 'OCMF-444/warning',
    input: withReadings({ RT: 'AC' }, { RT: 'DC' }),
  },
  {
    name: 'export',
    comment: 'energy fed back is a value of its own and never netted',
    expect: GOOD,
    finding: 'LAW-EXPORT/info',
    energy: '11.110 kWh',
    input: withList([
      {},
      { RI: '1-0:2.8.0', RV: num('5.000') },
      { ...END },
      { ...END, RI: '1-0:2.8.0', RV: num('7.500') },
    ]),
  },
  {
    name: 'export-only',
    comment: 'a session that only feeds back has its export register as billing register',
    expect: GOOD,
    finding: 'LAW-EXPORT/info',
    energy: '11.110 kWh',
    input: withReadings({ RI: '01-00:02.08.00*FF' }, { RI: '01-00:02.08.00*FF' }),
  },
  {
    name: 'compensated-register-first',
    comment: 'of mains and device register the compensated one is billed (chapter 11)',
    expect: GOOD,
    finding: 'LAW-LOSS/info',
    energy: '29.000 kWh',
    input: record({
      LC: { LR: num('12.5'), LU: 'mOhm' },
      RD: [
        { ...BEGIN, RT: 'DC', RI: '01-00:B0.08.00*FF', RV: num('2935.600'), CL: num('0') },
        { ...BEGIN, RT: 'DC', RI: '01-00:B3.08.00*FF', RV: num('0.000') },
        { ...END, RT: 'DC', RI: '01-00:B0.08.00*FF', RV: num('2965.100'), CL: num('0.5') },
        { ...END, RT: 'DC', RI: '01-00:B3.08.00*FF', RV: num('29.000') },
      ],
    }),
  },
]

const FLAGS: readonly VectorCase[] = [
  {
    name: '436-unknown-flag',
    comment: 'an error flag that is neither E nor t',
    expect: GOOD,
    finding: 'OCMF-436/warning',
    input: withReadings({}, { EF: 'e' }),
  },
  {
    name: '437-energy',
    comment: 'error flag E at the end: this energy must not be billed',
    expect: NLR,
    finding: 'OCMF-437 LAW-EF-ENERGY',
    signature: 'valid',
    energy: '11.110 kWh',
    input: withReadings({}, { EF: 'E' }),
  },
  {
    name: '438-time',
    comment: 'error flag t: time must not be billed, energy may',
    expect: GOOD,
    finding: 'OCMF-438/warning LAW-EF-TIME/warning',
    notFinding: 'LAW-EF-ENERGY',
    energy: '11.110 kWh',
    usable: 'energy',
    input: withReadings({}, { EF: 't' }),
  },
  {
    name: '438-both-flags',
    comment: 'both error flags in either order',
    expect: NLR,
    finding: 'OCMF-437 OCMF-438/warning',
    input: withReadings({}, { EF: 'tE' }),
  },
  {
    name: '439-no-state',
    comment: 'a reading without meter state, and none to take over',
    expect: GOOD,
    finding: 'OCMF-439/warning',
    notFinding: 'OCMF-441',
    input: withReadings({ ST: undefined }, { ST: undefined }),
  },
  {
    name: '440-unknown-state',
    comment: 'a meter state that Table 10 does not have',
    expect: NLR,
    finding: 'OCMF-440 OCMF-441/error LAW-STATUS',
    input: withReadings({}, { ST: 'Z' }),
  },
  {
    name: '440-f-in-0.2',
    comment: 'state F came with 0.3; in a record of 0.2 it is unknown',
    expect: NLR,
    finding: 'OCMF-440 OCMF-441/error',
    input: withReadings({}, { ST: 'F' }, { FV: '0.2', IS: 'VERIFIED', IL: undefined }),
  },
  state('N', 'not present'),
  state('T', 'timeout'),
  state('D', 'disconnected'),
  state('R', 'removed'),
  state('M', 'manipulation'),
  state('X', 'exchanged'),
  state('I', 'incompatible'),
  state('O', 'out of range'),
  state('S', 'substitute value'),
  state('E', 'other error'),
  state('F', 'register not read'),
  {
    name: '441-in-between',
    comment: 'a bad state between begin and end is a warning: legally relevant are begin and end',
    expect: GOOD,
    finding: 'OCMF-441/warning LAW-STATUS/warning',
    energy: '11.110 kWh',
    input: withMiddle({ ST: 'M' }),
  },
  {
    name: '441-tariff-change',
    comment: 'a tariff change is legally relevant, so its state is judged as begin and end are',
    expect: NLR,
    finding: 'OCMF-441/error',
    input: withMiddle({ TX: 'T', ST: 'M' }),
  },
  {
    name: '441-other-register',
    comment: 'a bad state of a register that is not billed is a warning',
    expect: GOOD,
    finding: 'OCMF-441/warning',
    input: withOther({ ST: 'S' }),
  },
  {
    name: '441-fiscal',
    comment: 'a bad state of a reading outside sessions is a warning beside what forbids billing',
    expect: NLR,
    finding: 'OCMF-122 OCMF-441/warning LAW-STATUS/warning',
    input: record({ ...NO_USER, PG: 'F5', RD: [{ ...BEGIN, TX: undefined, ST: 'M' }] }),
  },
  {
    name: '447-error-counter',
    comment:
      'the old counter of errors moved between begin and end: an error happened (0.1 to 0.4)',
    expect: GOOD,
    finding: 'OCMF-447/warning LAW-EVENT/warning',
    input: withReadings(
      { ...without('EF', 'RT'), EI: num('7') },
      { ...without('EF', 'RT'), EI: num('8') },
      { FV: '0.4' },
    ),
  },
]

const LOSSES: readonly VectorCase[] = [
  {
    name: '429-no-number',
    comment: 'a loss that is no number',
    expect: GOOD,
    finding: 'OCMF-429/warning',
    input: withReadings({}, { CL: '0.05' }, LOSS),
  },
  {
    name: '429-negative',
    comment: 'a loss is not negative',
    expect: GOOD,
    finding: 'OCMF-429/warning',
    input: withReadings({}, { CL: num('-0.05') }, LOSS),
  },
  {
    name: '430-other-register',
    comment: 'a loss belongs to registers that count energy',
    expect: GOOD,
    finding: 'OCMF-430/warning',
    input: record({
      ...LOSS,
      RD: [BEGIN, END, { ...END, RI: '1-0:1.9.0', CL: num('0.05') }],
    }),
  },
  {
    name: '431-loss-at-begin',
    comment: 'the loss begins at 0 with the session',
    expect: GOOD,
    finding: 'OCMF-431/warning',
    input: withReadings({ CL: num('0.01') }, { CL: num('0.05') }, LOSS),
  },
  {
    name: '432-loss-decreases',
    comment: 'the loss of a session does not decrease',
    expect: GOOD,
    finding: 'OCMF-432/warning',
    input: record({
      ...LOSS,
      RD: [
        { ...BEGIN, CL: num('0') },
        { ...MIDDLE, CL: num('0.06') },
        { ...END, CL: num('0.05') },
      ],
    }),
  },
  {
    name: '433-no-parameters',
    comment: 'a loss without the parameters it was calculated with',
    expect: GOOD,
    finding: 'OCMF-433/info',
    input: withReadings({}, { CL: num('0.05') }),
  },
  {
    name: '434-more-than-energy',
    comment: 'a loss larger than the energy of the session',
    expect: GOOD,
    finding: 'OCMF-434/warning',
    input: withReadings({ CL: num('0') }, { CL: num('11.111') }, LOSS),
  },
]

export const READINGS: readonly VectorCase[] = [
  ...LIST,
  ...TIMES,
  ...VALUES,
  ...REGISTERS,
  ...FLAGS,
  ...LOSSES,
]

/**
 * Records to sessions: in any order, in several files, with wrong help from the file, beside forged
 * ones. Rule book chapter 15; a genuine session stays good whatever stands beside it.
 *
 * @module
 */
import { type XmlValue, keyHex, pem, valuesXml } from '../sign.ts'
import {
  BEGIN,
  LATER,
  METER_KEY,
  type Members,
  STRANGE_KEY,
  type VectorCase,
  beginRecord,
  endRecord,
  file,
  lines,
  middleRecord,
  num,
  record,
  xmlWithKey,
} from './base.ts'

const GOOD = 'VERIFIED'
const NLR = 'NOT_LEGALLY_RELEVANT'
const STRANGE = keyHex(STRANGE_KEY)

const BEGIN_RECORD = beginRecord()
const END_RECORD = endRecord()
/** The genuine end with another value, its signature copied. */
const ALTERED_END = END_RECORD.replace('1245.670', '1246.670')
/** An end that somebody else signed. */
const STRANGE_END = endRecord({}, { RV: num('1945.670') }, { key: STRANGE_KEY })

/** All values under one transaction. */
function transaction(...values: (string | Partial<XmlValue>)[]): string {
  return valuesXml(
    values.map((value) => ({
      transaction: '7',
      data: '',
      ...(typeof value === 'string' ? { data: value } : value),
    })),
  )
}

/** Begin or end of one of two meters behind one gateway that counts them in one row. */
function ofMeter(meter: 1 | 2, number: number, role: 'B' | 'E', minute: string, value: string) {
  return record({
    PG: `T${number}`,
    MS: `PZ000010${meter}`,
    CI: `DE*EIL*E0001*${meter}`,
    RD: [{ ...BEGIN, TX: role, TM: `2025-03-14T10:${minute}:00,000+0100 S`, RV: num(value) }],
  })
}

const INTERLEAVED = [
  ofMeter(1, 31, 'B', '00', '100.000'),
  ofMeter(2, 32, 'B', '05', '200.000'),
  ofMeter(1, 33, 'E', '30', '107.000'),
  ofMeter(2, 34, 'E', '35', '213.000'),
]

const WITHOUT_METER: Members = { MS: undefined }

const ONE_FILE: readonly VectorCase[] = [
  {
    name: 'pair-end-first',
    comment: 'the end may stand before the begin',
    expect: GOOD,
    energy: '11.110 kWh',
    input: lines(END_RECORD, BEGIN_RECORD),
  },
  {
    name: 'pair-middle-first',
    comment: 'three records of a session in any order',
    expect: GOOD,
    energy: '11.110 kWh',
    input: lines(middleRecord(), endRecord({ PG: 'T23' }), BEGIN_RECORD),
  },
  {
    name: 'pair-two-sessions',
    comment: 'two sessions one after the other, their records mixed',
    expect: [GOOD, GOOD],
    finding: 'OCMF-833/info',
    energy: ['2.000 kWh', '11.110 kWh'],
    input: lines(
      endRecord({ PG: 'T24' }, { TM: '2025-03-14T12:30:00,000+0100 S', RV: num('1248.000') }),
      BEGIN_RECORD,
      beginRecord({ PG: 'T23' }, { TM: '2025-03-14T12:00:00,000+0100 S', RV: num('1246.000') }),
      END_RECORD,
    ),
  },
  {
    name: 'pair-interleaved-meters',
    comment: 'a gateway with two meters counts their sessions in one row: no gap (chapter 13)',
    expect: [GOOD, GOOD],
    finding: 'SIG-OK',
    notFinding: 'OCMF-805 OCMF-831 SES-PAG SES-METER',
    energy: ['7.000 kWh', '13.000 kWh'],
    input: lines(...INTERLEAVED),
  },
  {
    name: 'pair-interleaved-gap',
    comment: 'a number that no session of the gateway has stays a gap',
    expect: [GOOD, 'INCOMPLETE'],
    finding: 'OCMF-805/warning SES-PAG/warning OCMF-801',
    energy: ['7.000 kWh', null],
    input: lines(...INTERLEAVED.filter((_, index) => index !== 1)),
  },
  {
    name: 'pair-interleaved-points',
    comment: 'without meter numbers the charge point tells the sessions of a gateway apart',
    expect: [GOOD, GOOD],
    finding: 'OCMF-120/info',
    notFinding: 'OCMF-805',
    energy: ['11.110 kWh', '11.110 kWh'],
    input: lines(
      beginRecord({ ...WITHOUT_METER, PG: 'T21', CI: 'DE*EIL*E0001*1' }),
      beginRecord({ ...WITHOUT_METER, PG: 'T22', CI: 'DE*EIL*E0001*2' }),
      endRecord({ ...WITHOUT_METER, PG: 'T23', CI: 'DE*EIL*E0001*2' }),
      endRecord({ ...WITHOUT_METER, PG: 'T24', CI: 'DE*EIL*E0001*1' }),
    ),
  },
  {
    name: 'pair-many-begins',
    comment: 'of several begins the last before the end belongs to it; the other is left alone',
    expect: ['INCOMPLETE', GOOD],
    finding: 'OCMF-802 SES-NO-END',
    notFinding: 'OCMF-803',
    energy: [null, '11.110 kWh'],
    input: lines(beginRecord({ PG: 'T20' }), BEGIN_RECORD, END_RECORD),
  },
  {
    name: 'pair-many-ends',
    comment: 'of several ends the first behind the begin belongs to it; the other is left alone',
    expect: [GOOD, 'INCOMPLETE'],
    finding: 'OCMF-801 SES-NO-BEGIN',
    notFinding: 'OCMF-804',
    energy: ['11.110 kWh', null],
    input: lines(BEGIN_RECORD, END_RECORD, endRecord({ PG: 'T23' }, { RV: num('1250.000') })),
  },
  {
    name: 'pair-same-record-twice',
    comment: 'a record that stands in the file twice is one record',
    expect: GOOD,
    finding: 'OCMF-017/info IN-DUPLICATE/info',
    notFinding: 'OCMF-803 OCMF-804',
    energy: '11.110 kWh',
    input: lines(BEGIN_RECORD, END_RECORD, BEGIN_RECORD, END_RECORD),
  },
  {
    name: 'pair-other-signature-of-same-record',
    comment: 's and n − s sign the same record: it is one record (malleable signatures)',
    expect: GOOD,
    finding: 'OCMF-017/info',
    notFinding: 'OCMF-523 OCMF-808',
    input: lines(record(), record({}, { highS: true })),
  },
]

const CARRIER: readonly VectorCase[] = [
  {
    name: 'pair-wrong-ids',
    comment: 'wrong transaction ids do not part what the signed chain joins (eBZ)',
    expect: [GOOD, GOOD],
    finding: 'OCMF-834/warning OCMF-833/info',
    energy: ['11.110 kWh', '2.000 kWh'],
    input: valuesXml([
      { data: BEGIN_RECORD, transaction: '1' },
      { data: END_RECORD, transaction: '2' },
      {
        data: beginRecord(
          { PG: 'T23' },
          { TM: '2025-03-14T12:00:00,000+0100 S', RV: num('1246.000') },
        ),
        transaction: '2',
      },
      {
        data: endRecord(
          { PG: 'T24' },
          { TM: '2025-03-14T12:30:00,000+0100 S', RV: num('1248.000') },
        ),
        transaction: '1',
      },
    ]),
  },
  {
    name: 'pair-forged-end',
    comment:
      'an altered copy of the end under the same transaction: the genuine session stays good',
    expect: [GOOD, 'SIGNATURE_INVALID'],
    finding: 'OCMF-516 OCMF-523/info OCMF-801',
    energy: ['11.110 kWh', null],
    input: transaction(BEGIN_RECORD, ALTERED_END, END_RECORD),
  },
  {
    name: 'pair-forged-end-without-id',
    comment: 'an altered copy of the end before the genuine one: the genuine session stays good',
    expect: [GOOD, 'SIGNATURE_INVALID'],
    finding: 'OCMF-516 OCMF-523/info OCMF-801',
    energy: ['11.110 kWh', null],
    input: lines(BEGIN_RECORD, ALTERED_END, END_RECORD),
  },
  {
    name: 'pair-strange-end',
    comment: 'an end by another key that came along, under the same transaction: no part of it',
    expect: [GOOD, 'INCOMPLETE'],
    finding: 'KEY-CONFLICT/warning KEY-UNUSED/warning OCMF-607/warning OCMF-801',
    notFinding: 'OCMF-610 OCMF-804 OCMF-808',
    energy: ['11.110 kWh', null],
    expectTrust: ['K4', 'K1'],
    input: transaction(BEGIN_RECORD, { data: STRANGE_END, keys: [STRANGE] }, END_RECORD),
  },
  {
    name: 'pair-only-forged-end',
    comment: 'an altered end and no genuine one: begin and end are shown together, and invalid',
    expect: 'SIGNATURE_INVALID',
    finding: 'OCMF-516',
    signature: ['valid', 'invalid'],
    input: transaction(BEGIN_RECORD, ALTERED_END),
  },
  {
    name: 'pair-same-record-in-two-transactions',
    comment: 'one end billed with two transactions',
    expect: NLR,
    finding: 'OCMF-842 OCMF-017/info',
    energy: '11.110 kWh',
    input: valuesXml([
      { data: BEGIN_RECORD, transaction: '1' },
      { data: END_RECORD, transaction: '1' },
      { data: END_RECORD, transaction: '2' },
    ]),
  },
  {
    name: 'pair-whole-and-begin',
    comment: 'a whole session and a begin alone: each is what it is',
    expect: [GOOD, 'INCOMPLETE'],
    finding: 'OCMF-802',
    input: lines(
      record(),
      beginRecord({ PG: 'T12' }, { TM: '2025-03-14T11:00:00,000+0100 S', RV: num('1245.670') }),
    ),
  },
]

const FILES: readonly VectorCase[] = [
  {
    name: 'files-begin-and-end',
    comment: 'begin and end in two files are one session, in whatever order the files come',
    expect: GOOD,
    inputs: [GOOD, GOOD],
    notFinding: 'OCMF-801 OCMF-802',
    energy: '11.110 kWh',
    input: [file('end.ocmf', END_RECORD), file('begin.ocmf', BEGIN_RECORD)],
  },
  {
    name: 'files-three',
    comment: 'begin, middle and end in three files',
    expect: GOOD,
    inputs: [GOOD, GOOD, GOOD],
    energy: '11.110 kWh',
    input: [
      file('1.ocmf', middleRecord()),
      file('2.ocmf', BEGIN_RECORD),
      file('3.ocmf', endRecord({ PG: 'T23' })),
    ],
  },
  {
    name: 'files-least-trusted',
    comment: 'a session is worth what the key of its least trusted record is worth',
    expect: 'VALID_KEY_UNCONFIRMED',
    inputs: ['VALID_KEY_UNCONFIRMED', 'VALID_KEY_UNCONFIRMED', null],
    finding: 'OCMF-607/warning',
    expectTrust: 'K1',
    keys: [],
    input: [
      file('begin.ocmf', BEGIN_RECORD),
      file('end.xml', xmlWithKey(END_RECORD)),
      file('key.pem', pem(METER_KEY)),
    ],
  },
  {
    name: 'files-forged-end',
    comment: 'an altered end in a third file does not touch the session of the two others',
    expect: ['SIGNATURE_INVALID', GOOD],
    inputs: ['SIGNATURE_INVALID', GOOD, GOOD],
    finding: 'OCMF-516 OCMF-523/info OCMF-801',
    energy: [null, '11.110 kWh'],
    input: [file('a.ocmf', ALTERED_END), file('b.ocmf', BEGIN_RECORD), file('c.ocmf', END_RECORD)],
  },
  {
    name: 'files-same-record',
    comment: 'the same record in two files is one session, and each file has its row',
    expect: GOOD,
    inputs: [GOOD, GOOD],
    finding: 'OCMF-017/info',
    input: [file('a.ocmf', record()), file('b.xml', xmlWithKey(record()))],
  },
  {
    name: 'files-bad-beside-good',
    comment: 'a file that cannot be read has its row and touches nothing',
    expect: GOOD,
    inputs: ['UNREADABLE', GOOD],
    finding: 'IN-UNKNOWN',
    input: [file('a.txt', 'meter reading: 11.110 kWh'), file('b.ocmf', record())],
  },
  {
    name: 'files-two-sessions',
    comment: 'two sessions of one meter in two files follow each other',
    expect: [GOOD, GOOD],
    notFinding: 'OCMF-831 OCMF-832',
    input: [file('a.ocmf', record(LATER)), file('b.ocmf', record())],
  },
]

export const PAIRING: readonly VectorCase[] = [...ONE_FILE, ...CARRIER, ...FILES]

/**
 * EMHCrypt01 in chargeIT containers and Charge Transparency Records.
 *
 * Expectations follow the field table of `formats/emh/README.md`, by hand.
 *
 * @module
 */
import { json, keyHex, literal, throwAwayKey } from '../sign.ts'
import { type Members, isoClock, num } from '../sign-ctr.ts'
import {
  EMH_BEGIN,
  EMH_END,
  EMH_KEY,
  type EmhReading,
  SUMMER_CLOCK,
  chargeIt,
  chargeItNew,
  emhCtr,
  emhKeyText,
  emhSignature,
  emhValue,
} from '../sign-emh.ts'
import type { VectorCase } from './base.ts'

/** The same four months later. */
function inSummer(reading: EmhReading): EmhReading {
  const later = SUMMER_CLOCK - EMH_BEGIN.clock
  return {
    ...reading,
    clock: reading.clock + later,
    contractClock: reading.contractClock + later,
    secondsIndex: reading.secondsIndex + later,
  }
}

const GOOD = 'VERIFIED'
const ENERGY = '11110.0 Wh'
const STRANGE = throwAwayKey('secp192r1', 'somebody else')

const [BEGIN, END] = [emhValue(EMH_BEGIN), emhValue(EMH_END)]

/** Begin and end, both signed with these changes. */
function both(changes: Partial<EmhReading>): string {
  return chargeIt([EMH_BEGIN, EMH_END].map((reading) => emhValue({ ...reading, ...changes })))
}

/** The end value with other members, its signature untouched. */
function altered(name: string, change: (value: Members) => Members): string {
  return chargeIt([BEGIN, { ...END, [name]: change(END[name] as Members) }])
}

const measured = (members: Members) =>
  altered('measuredValue', (value) => ({ ...value, ...members }))

/** A member that does not fit its place in the block. */
function wide(name: string, comment: string, input: string): VectorCase {
  return {
    name: `wide-${name}`,
    comment: `${comment}: the record cannot be read, whatever the signature`,
    expect: 'UNREADABLE',
    finding: 'REC-WIDTH SES-NO-END',
    input,
  }
}

const ABOUT_READINGS: readonly VectorCase[] = [
  {
    name: 'good',
    comment: 'A session in the old container of chargeIT: two values, one key',
    expect: GOOD,
    signature: ['valid', 'valid'],
    energy: ENERGY,
    duration: '1800',
    input: chargeIt([BEGIN, END]),
  },
  {
    name: 'good-new',
    comment: 'The new container of chargeIT, with a header of its own',
    expect: GOOD,
    energy: ENERGY,
    input: chargeItNew([BEGIN, END]),
  },
  {
    name: 'good-unconfirmed',
    comment: 'A key that came with the data only is never called confirmed',
    expect: 'VALID_KEY_UNCONFIRMED',
    expectTrust: 'K1',
    keys: [],
    input: chargeIt([BEGIN, END]),
  },
  {
    name: 'good-list',
    comment: 'A list of containers: every session has its own verdict',
    expect: [GOOD, GOOD],
    energy: [ENERGY, ENERGY],
    input: `[${[0, 1]
      .map((later) =>
        chargeIt(
          [EMH_BEGIN, EMH_END].map((reading) =>
            emhValue(
              {
                ...reading,
                clock: reading.clock + 7200 * later,
                contractClock: reading.contractClock + 7200 * later,
                secondsIndex: reading.secondsIndex + 7200 * later,
                pagination: reading.pagination + 2 * later,
                value: reading.value + 111_100n * BigInt(later),
              },
              { members: { transactionId: `4711:${later}` } },
            ),
          ),
        ),
      )
      .join(',')}]`,
  },
  {
    name: 'good-bare-list',
    comment: 'Values without their container are a session all the same',
    expect: GOOD,
    energy: ENERGY,
    input: json([BEGIN, END]),
  },
  {
    name: 'good-middle',
    comment: 'A value in between belongs to the session of its list',
    expect: GOOD,
    energy: ENERGY,
    input: chargeIt([
      BEGIN,
      emhValue({
        ...EMH_BEGIN,
        clock: EMH_BEGIN.clock + 600,
        secondsIndex: EMH_BEGIN.secondsIndex + 600,
        pagination: 19,
        value: 100_000n,
      }),
      emhValue({ ...EMH_END, pagination: 20 }),
    ]),
  },
  {
    name: 'good-summer',
    comment: 'In summer the wall clock is two hours ahead, and only the wall clock is signed',
    expect: GOOD,
    duration: '1800',
    input: chargeIt(
      [EMH_BEGIN, EMH_END].map((reading) => emhValue(inSummer(reading), { season: 60 })),
    ),
  },
  {
    name: 'good-counter-2-31',
    comment: 'A counter beyond 2^31 is read in full',
    expect: GOOD,
    energy: '2000.0 Wh',
    input: chargeIt([
      emhValue({ ...EMH_BEGIN, value: 2_147_480_000n }),
      emhValue({ ...EMH_END, value: 2_147_500_000n }),
    ]),
  },
  {
    name: 'good-counter-2-32',
    comment: 'A counter beyond 2^32 is read in full',
    expect: GOOD,
    energy: '2000.0 Wh',
    input: chargeIt([
      emhValue({ ...EMH_BEGIN, value: 4_294_967_400n }),
      emhValue({ ...EMH_END, value: 4_294_987_400n }),
    ]),
  },
  {
    name: 'good-largest',
    comment: 'The largest counter and the smallest scale stay exact',
    expect: GOOD,
    energy: `0.${'0'.repeat(127)}1 Wh`,
    input: chargeIt([
      emhValue({ ...EMH_BEGIN, scale: -128, value: 2n ** 63n - 2n }),
      emhValue({ ...EMH_END, scale: -128, value: 2n ** 63n - 1n }),
    ]),
  },
  {
    name: 'one-value',
    comment: 'One value says neither begin nor end',
    expect: 'INCOMPLETE',
    finding: 'SES-ONE-VALUE',
    input: chargeIt([BEGIN]),
  },
  {
    name: 'begin-twice',
    comment: 'The begin once more in place of the end is no session',
    expect: 'INCOMPLETE',
    finding: 'SES-NO-END',
    input: chargeIt([BEGIN, BEGIN]),
  },
  {
    name: 'swapped',
    comment: 'Begin and end exchanged: what is signed forbids that order',
    expect: 'NOT_LEGALLY_RELEVANT',
    finding: 'SES-ORDER SES-REG-BACK SES-PAG EDL-SECONDS',
    input: chargeIt([END, BEGIN]),
  },
  {
    name: 'seconds-back',
    comment: 'The signed seconds of operation fall from begin to end',
    expect: 'NOT_LEGALLY_RELEVANT',
    finding: 'EDL-SECONDS EDL-CLOCK/warning',
    input: chargeIt([BEGIN, emhValue({ ...EMH_END, secondsIndex: EMH_BEGIN.secondsIndex - 1 })]),
  },
  {
    name: 'clock-moved',
    comment: 'The clock was put a day ahead while charging, as the seconds of operation show',
    expect: GOOD,
    duration: '1800',
    finding: 'EDL-CLOCK/warning',
    input: chargeIt([BEGIN, emhValue({ ...EMH_END, clock: EMH_END.clock + 86_400 })]),
  },
  {
    name: 'register-back',
    comment: 'A register never counts backwards',
    expect: 'NOT_LEGALLY_RELEVANT',
    finding: 'SES-REG-BACK',
    input: chargeIt([BEGIN, emhValue({ ...EMH_END, value: 60_000n })]),
  },
  {
    name: 'pagination-back',
    comment: 'The counter of the records never goes backwards',
    expect: 'NOT_LEGALLY_RELEVANT',
    finding: 'SES-PAG',
    input: chargeIt([BEGIN, emhValue({ ...EMH_END, pagination: 1 })]),
  },
  {
    name: 'pagination-gap',
    comment: 'Records between begin and end that nobody handed over are told',
    expect: GOOD,
    finding: 'SES-PAG/warning',
    input: chargeIt([BEGIN, emhValue({ ...EMH_END, pagination: 22 })]),
  },
  {
    name: 'status-error',
    comment: 'A meter that reports an error gives no billing basis (status bit 0)',
    expect: 'NOT_LEGALLY_RELEVANT',
    finding: 'LAW-STATUS',
    input: both({ status: '09' }),
  },
  {
    name: 'clock-not-set',
    comment: 'A clock that was never set is told (status bit 3)',
    expect: GOOD,
    finding: 'LAW-CLOCK-UNSYNC',
    input: both({ status: '00' }),
  },
  {
    name: 'event',
    comment: 'An entry in the log book of the meter during charging is told',
    expect: GOOD,
    finding: 'LAW-EVENT',
    input: chargeIt([BEGIN, emhValue({ ...EMH_END, logBook: '0007' })]),
  },
  {
    name: 'contract-differs',
    comment: 'Begin and end of different customers are no session',
    expect: 'NOT_LEGALLY_RELEVANT',
    finding: 'SES-CONTRACT',
    input: chargeIt([BEGIN, emhValue({ ...EMH_END, contractId: '00000000' })]),
  },
  {
    name: 'contract-time-differs',
    comment: 'Begin and end of different authorisations of one customer are no session',
    expect: 'NOT_LEGALLY_RELEVANT',
    finding: 'SES-CONTRACT',
    input: chargeIt([BEGIN, emhValue({ ...EMH_END, contractClock: EMH_END.clock })]),
  },
  {
    name: 'unit-watt',
    comment: 'Power is no energy (unit byte 27)',
    expect: 'NOT_LEGALLY_RELEVANT',
    finding: 'SES-UNIT REC-CONTRADICTS',
    input: both({ unit: 27 }),
  },
  {
    name: 'no-user',
    comment: 'Without a signed customer nobody can say whose session it was',
    expect: GOOD,
    finding: 'LAW-NO-ID',
    input: both({ contractId: '' }),
  },
]

const ABOUT_SIGNATURES: readonly VectorCase[] = [
  {
    name: 'value-changed',
    comment: 'A value changed after signing',
    expect: 'SIGNATURE_INVALID',
    finding: 'SIG-MISMATCH',
    signature: ['valid', 'invalid'],
    energy: '11110.1 Wh',
    input: measured({ value: '177361' }),
  },
  {
    name: 'scale-changed',
    comment: 'A scale changed after signing',
    expect: 'SIGNATURE_INVALID',
    finding: 'SIG-MISMATCH',
    input: measured({ scale: num(0) }),
  },
  {
    name: 'other-key',
    comment: 'Signed by somebody else than the meter whose key stands beside it',
    expect: 'SIGNATURE_INVALID',
    finding: 'SIG-MISMATCH',
    keys: [],
    input: chargeIt(
      [EMH_BEGIN, EMH_END].map((reading) =>
        emhValue(reading, {
          key: STRANGE,
          members: { meterInfo: { meterId: reading.meterId, publicKey: emhKeyText() } },
        }),
      ),
    ),
  },
  {
    name: 'forged-and-signed-again',
    comment: 'Forged and signed with the forger’s own key: the key that was read off fits no more',
    expect: 'SIGNATURE_INVALID',
    finding: 'KEY-MISMATCH KEY-CONFLICT',
    published: [{ meter: EMH_BEGIN.meterId, key: keyHex(EMH_KEY) }],
    keys: [],
    input: chargeIt([EMH_BEGIN, EMH_END].map((reading) => emhValue(reading, { key: STRANGE }))),
  },
  {
    name: 'no-signature',
    comment: 'A value without a signature proves nothing',
    expect: 'NOT_CHECKED',
    finding: 'SIG-MISSING',
    input: chargeIt([BEGIN, { ...END, signature: undefined }]),
  },
  {
    name: 'signature-too-short',
    comment: 'A signature is two numbers of 24 bytes',
    expect: 'NOT_CHECKED',
    finding: 'SIG-ENCODING',
    input: chargeIt([BEGIN, { ...END, signature: 'E193' }]),
  },
  {
    name: 'key-not-on-curve',
    comment: 'A key that is no point of the curve checks nothing',
    expect: 'NOT_CHECKED',
    finding: 'KEY-INVALID',
    keys: [],
    input: chargeIt(
      [BEGIN, END].map((value) => ({
        ...value,
        meterInfo: { ...(value['meterInfo'] as Members), publicKey: `${'0'.repeat(95)}1` },
      })),
    ),
  },
  {
    name: 'foreign-second',
    comment: 'The second value names another meter and key, and is judged by them',
    expect: 'SIGNATURE_INVALID',
    finding: 'REC-FOREIGN SIG-MISMATCH SES-METER',
    keys: [],
    input: altered('meterInfo', (info) => ({
      ...info,
      meterId: '0901454D480000830002',
      publicKey: emhKeyText(STRANGE),
    })),
  },
  {
    name: 'white-space-in-digits',
    comment: 'Line breaks inside hexadecimal digits do not count',
    expect: GOOD,
    input: chargeIt([
      BEGIN,
      { ...END, signature: emhSignature(EMH_END).replace(/(.{48})/, '$1\n ') },
    ]),
  },
]

const ABOUT_FORM: readonly VectorCase[] = [
  wide('value-2-64', 'A value of more than eight bytes', measured({ value: String(2n ** 64n) })),
  wide(
    'value-fraction',
    'A fraction that the signed integer cannot hold',
    measured({ value: '177360.9' }),
  ),
  wide('value-exponent', 'A number in another spelling', measured({ value: literal('1.7736e5') })),
  wide('value-zeros', 'Needless zeros in front', measured({ value: literal('0177360') })),
  wide('value-missing-digits', 'A text that is no number', measured({ value: 'viel' })),
  wide(
    'scale-255',
    'A scale of another width that makes the same byte',
    measured({ scale: num(255) }),
  ),
  wide(
    'unit-286',
    'A unit of another width that makes the same byte',
    measured({ unitEncoded: num(286) }),
  ),
  {
    ...wide(
      'meter-id',
      'A meter id with bytes behind',
      altered('meterInfo', (info) => ({ ...info, meterId: `${EMH_END.meterId}FFFFFF` })),
    ),
    finding: 'REC-WIDTH REC-FOREIGN SES-NO-END',
  },
  wide(
    'status',
    'A status of two bytes',
    altered('additionalInfo', (info) => ({ ...info, status: '0801' })),
  ),
  wide(
    'pagination',
    'A pagination of five bytes',
    chargeIt([BEGIN, { ...END, measurementId: 'FF00000013' }]),
  ),
  wide(
    'log-book',
    'A log book index of one byte',
    altered('additionalInfo', (info) => ({
      ...info,
      indexes: { timer: num(EMH_END.secondsIndex), logBook: '06' },
    })),
  ),
  wide(
    'obis',
    'A register of seven bytes',
    altered('measurand', (one) => ({ ...one, id: '0100011100FF00' })),
  ),
  wide(
    'contract',
    'A customer of more than 128 bytes',
    altered('contract', (contract) => ({ ...contract, id: 'A'.repeat(129) })),
  ),
  wide(
    'contract-zero',
    'A customer with a zero behind, which the block fills up with anyway',
    altered('contract', (contract) => ({ ...contract, id: '1F2D3A4F\0' })),
  ),
  wide(
    'time',
    'A time after the year 2106',
    measured({
      timestampLocal: { timestamp: num(2n ** 32n), localOffset: num(0), seasonOffset: num(0) },
    }),
  ),
  {
    name: 'member-missing',
    comment: 'A value without its register cannot be packed',
    expect: 'UNREADABLE',
    finding: 'IN-RECORD SES-NO-END',
    input: chargeIt([BEGIN, { ...END, measurand: undefined }]),
  },
  {
    name: 'name-twice',
    comment: 'A name that occurs twice never passes, even where both say the same',
    expect: 'UNREADABLE',
    finding: 'SES-DUPKEY SES-NO-END',
    input: chargeIt([BEGIN, END]).replace(/"value":"177360"/, '"value":"177360","value":"177360"'),
  },
  {
    name: 'list-twice',
    comment: 'Two lists of values in one container: nobody can say which one is meant',
    expect: GOOD,
    finding: 'SES-DUPKEY',
    inputs: ['UNREADABLE'],
    input: chargeIt([BEGIN, END]).replace('{"placeInfo"', '{"signedMeterValues":[],"placeInfo"'),
  },
  {
    name: 'unknown-value',
    comment: 'A value of a method nobody knows has its row',
    expect: 'NOT_CHECKED',
    finding: 'IN-FORMAT',
    input: chargeIt([{ '@context': 'https://example.org/other', data: 'x' }]),
  },
  {
    name: 'unit-word',
    comment: 'The unit in words contradicts the signed byte, which decides',
    expect: GOOD,
    energy: ENERGY,
    finding: 'REC-CONTRADICTS',
    input: measured({ unit: 'KILO_WATT_HOURS' }),
  },
  {
    name: 'offset',
    comment: 'An offset that no clock in Germany has, with the same wall clock signed',
    expect: GOOD,
    duration: '1800',
    finding: 'REC-OFFSET',
    input: chargeIt([emhValue(EMH_BEGIN, { offset: 360 }), END]),
  },
  {
    name: 'offset-of-summer',
    comment: 'The offset of summer in winter, with the same wall clock signed',
    expect: GOOD,
    duration: '1800',
    finding: 'REC-OFFSET',
    input: chargeIt([emhValue(EMH_BEGIN, { offset: 120 }), END]),
  },
  {
    name: 'place-changed',
    comment: 'Place and charge point are not signed: they change nothing and are shown as such',
    expect: GOOD,
    energy: ENERGY,
    input: chargeIt([BEGIN, END], { placeInfo: { evseId: 'DE*EVIL*E1*1' } }),
  },
]

const CTR: readonly VectorCase[] = [
  {
    name: 'ctr-good',
    comment: 'The same readings in a Charge Transparency Record',
    expect: GOOD,
    energy: ENERGY,
    input: emhCtr([EMH_BEGIN, EMH_END]),
  },
  {
    name: 'ctr-meters',
    comment: 'Older records call the list of meters otherwise',
    expect: 'VALID_KEY_UNCONFIRMED',
    keys: [],
    input: emhCtr([EMH_BEGIN, EMH_END], { list: 'meters' }),
  },
  {
    name: 'ctr-instants',
    comment: 'Times with Z are instants; the clock of the meter shows legal time',
    expect: GOOD,
    input: emhCtr([EMH_BEGIN, EMH_END], { iso: (clock) => isoClock(clock, null) }),
  },
  {
    name: 'ctr-obis-digits',
    comment: 'The register in twelve digits is the same register',
    expect: GOOD,
    input: emhCtr([EMH_BEGIN, EMH_END], { obis: (obis) => obis }),
  },
  {
    name: 'ctr-no-authorisation-time',
    comment: 'Without a time of authorisation that of the reading is signed in its place',
    expect: 'NOT_LEGALLY_RELEVANT',
    finding: 'SES-CONTRACT',
    input: emhCtr([EMH_BEGIN, { ...EMH_END, contractClock: EMH_END.clock }], {
      session: { authorizationStart: { '@id': EMH_BEGIN.contractId } },
    }),
  },
  {
    name: 'ctr-verdict-inside',
    comment: 'A verdict that the record states of itself is never taken over',
    expect: 'SIGNATURE_INVALID',
    finding: 'SIG-MISMATCH',
    input: emhCtr([EMH_BEGIN, { ...EMH_END, value: 999_999n }], { signed: [EMH_BEGIN, EMH_END] }),
  },
  {
    name: 'ctr-value-fraction',
    comment: 'A fraction added to a value in a Charge Transparency Record',
    expect: 'UNREADABLE',
    finding: 'REC-WIDTH',
    input: emhCtr([EMH_BEGIN, EMH_END], { value: { value: '66260.9' } }),
  },
  {
    name: 'ctr-no-key',
    comment: 'A record whose meter has no key, and none is given',
    expect: 'NOT_CHECKED',
    finding: 'KEY-NONE',
    keys: [],
    input: emhCtr([EMH_BEGIN, EMH_END], { key: null }),
  },
  {
    name: 'ctr-two-keys',
    comment: 'A meter with two keys in one record: both must fit',
    expect: 'SIGNATURE_INVALID',
    finding: 'KEY-MISMATCH',
    keys: [],
    input: emhCtr([EMH_BEGIN, EMH_END], {
      record: {
        energyMeters: [
          {
            '@id': EMH_BEGIN.meterId,
            publicKeys: [{ algorithm: 'secp192r1', value: `04${emhKeyText(STRANGE)}` }],
          },
        ],
      },
    }),
  },
  {
    name: 'ctr-name-twice',
    comment: 'A member that occurs twice in the session never passes',
    expect: ['UNREADABLE'],
    finding: 'SES-DUPKEY',
    input: emhCtr([EMH_BEGIN, EMH_END]).replace(
      '"authorizationStart":',
      '"authorizationStart":{"@id":"X"},"authorizationStart":',
    ),
  },
  {
    name: 'ctr-unsigned',
    comment: 'A session that is stated and not signed: only the file says that it is valid',
    expect: 'NOT_CHECKED',
    finding: 'IN-UNSIGNED',
    input: emhCtr([], { session: { measurements: [] } }),
  },
  {
    name: 'ctr-other-method',
    comment: 'A session of another method with a verdict of its own and nothing signed',
    expect: 'NOT_CHECKED',
    finding: 'IN-UNSIGNED',
    input: emhCtr([EMH_BEGIN, EMH_END]).replace('/EMHCrypt01+json', '/OCMFv1.0+json'),
  },
  {
    name: 'live-link',
    comment: 'A live link shows a running session and holds nothing signed; nothing is fetched',
    expect: 'NOT_CHECKED',
    finding: 'IN-LIVE',
    input: json({
      '@context': 'https://open.charging.cloud/contexts/chargeTransparency/live/link/1.0',
      transports: [{ type: 'https', url: 'https://api.example/live' }],
    }),
  },
  {
    name: 'key-file',
    comment: 'A key file of Chargy is a key, and the keys that vouch for it are none',
    expect: [null],
    inputs: [null],
    keys: [],
    input: json({
      '@context': 'https://open.charging.cloud/contexts/publicKey+json',
      subject: 'DE*EIL*E0001*1',
      algorithm: 'secp192r1',
      value: `04${emhKeyText()}`,
      signatures: [{ algorithm: 'secp192r1', publicKey: `04${emhKeyText(STRANGE)}` }],
    }),
  },
]

export const EMH: readonly VectorCase[] = [
  ...ABOUT_READINGS,
  ...ABOUT_SIGNATURES,
  ...ABOUT_FORM,
  ...CTR,
]
export const EMH_KEY_TEXT = keyHex(EMH_KEY)

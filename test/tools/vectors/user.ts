/**
 * Checks 2xx: user assignment and tariff text. Rule book chapters 8, 17 and 18.
 *
 * @module
 */
import { type Members, NO_USER, type VectorCase, record } from './base.ts'

const GOOD = 'VERIFIED'

/** A record in which one identification has the form its type demands, or has not. */
function identified(type: string, id: string, fits: boolean, why: string): VectorCase {
  const word = fits ? 'form' : 'misfit'
  return {
    name: `215-${type.toLowerCase().replaceAll('_', '-')}-${word}`,
    comment: `${type}: ${why} (Table 17)`,
    expect: GOOD,
    ...(fits ? { notFinding: 'OCMF-215 OCMF-212 OCMF-213' } : { finding: 'OCMF-215/info' }),
    input: record({ IT: type, ID: id }),
  }
}

function level(name: string): VectorCase {
  return {
    name: `205-${name.toLowerCase()}`,
    comment: `identification ${name}: whose session it was is doubtful; signature and energy stand`,
    expect: GOOD,
    finding: 'OCMF-205/warning LAW-ID-LEVEL/warning',
    notFinding: 'LAW-CLOCK-INFO LAW-CLOCK-UNSYNC OCMF-206',
    signature: 'valid',
    energy: '11.110 kWh',
    input: record({ IL: name }),
  }
}

const tariff = (text: string): Members => ({ TT: text })

export const USER: readonly VectorCase[] = [
  {
    name: '201-no-assignment',
    comment: 'a transaction record has to say whether a user was assigned',
    expect: GOOD,
    finding: 'OCMF-201/info',
    input: record({ IS: undefined }),
  },
  {
    name: '203-text',
    comment: 'IS as the text "true" is no Boolean (ChargeX)',
    expect: GOOD,
    finding: 'OCMF-203/info',
    notFinding: 'OCMF-111',
    input: record({ IS: 'true' }),
  },
  {
    name: '204-unknown-level',
    comment: 'an identification level that Table 11 does not have',
    expect: GOOD,
    finding: 'OCMF-204/warning',
    notFinding: 'OCMF-205',
    input: record({ IL: 'HIGH' }),
  },
  ...['MISMATCH', 'INVALID', 'OUTDATED', 'UNKNOWN'].map(level),
  {
    name: '206-assigned-and-none',
    comment: 'assigned, but on the level NONE',
    expect: GOOD,
    finding: 'OCMF-206/info',
    input: record({ IS: true, IL: 'NONE' }),
  },
  {
    name: '206-not-assigned-and-trusted',
    comment: 'not assigned, but on a level that only an assignment has',
    expect: GOOD,
    finding: 'OCMF-206/info',
    input: record({ IS: false, IL: 'TRUSTED' }),
  },
  {
    name: '206-not-assigned-and-none',
    comment: 'nobody assigned on the level NONE is consistent',
    expect: GOOD,
    finding: 'LAW-NO-ID/warning',
    notFinding: 'OCMF-206 OCMF-213 OCMF-221',
    input: record({ IS: false, IL: 'NONE', IF: ['RFID_NONE'], IT: 'NONE', ID: undefined }),
  },
  {
    name: '207-text',
    comment: 'identification flags are a list, also where there is one only',
    expect: GOOD,
    finding: 'OCMF-207/info',
    notFinding: 'OCMF-209',
    input: record({ IF: 'RFID_PLAIN' }),
  },
  {
    name: '208-five-flags',
    comment: 'five flags need two of one table',
    expect: GOOD,
    finding: 'OCMF-208/info OCMF-210/info',
    input: record({
      IF: ['RFID_PLAIN', 'RFID_PSK', 'OCPP_RS', 'ISO15118_PNC', 'PLMN_SMS'],
    }),
  },
  {
    name: '209-unknown-flag',
    comment: 'OCCP_AUTH for OCPP_AUTH is seen in the field (Carlo Gavazzi)',
    expect: GOOD,
    finding: 'OCMF-209/info',
    input: record({ IF: ['RFID_PLAIN', 'OCCP_AUTH'] }),
  },
  {
    name: '210-two-of-one-table',
    comment: 'two flags of one table contradict each other',
    expect: GOOD,
    finding: 'OCMF-210/info',
    notFinding: 'OCMF-208',
    input: record({ IF: ['OCPP_RS', 'OCPP_AUTH'] }),
  },
  {
    name: '211-no-type',
    comment: 'an assignment without the type of identification',
    expect: GOOD,
    finding: 'OCMF-211/info',
    input: record({ IT: undefined }),
  },
  {
    name: '211-tariff-text-alone',
    comment: 'a tariff text alone asks for no type of identification',
    expect: 'NOT_LEGALLY_RELEVANT',
    finding: 'OCMF-122 OCMF-118/warning OCMF-202/info',
    notFinding: 'OCMF-211',
    input: record({ ...NO_USER, PG: 'F7', TT: '0.49 EUR/kWh' }),
  },
  {
    name: '212-unknown-type',
    comment: 'a type of identification that Table 17 does not have',
    expect: GOOD,
    finding: 'OCMF-212/info',
    notFinding: 'OCMF-213 OCMF-215',
    input: record({ IT: 'RFID' }),
  },
  {
    name: '213-none-with-id',
    comment: 'nobody identified, and yet an identification',
    expect: GOOD,
    finding: 'OCMF-213/info',
    input: record({ IT: 'NONE' }),
  },
  {
    name: '213-type-without-id',
    comment: 'a type of identification without identification: nobody is named in the signed data',
    expect: GOOD,
    finding: 'OCMF-213/info LAW-NO-ID/warning',
    input: record({ ID: '' }),
  },
  {
    name: '214-long-id',
    comment: 'an identification of 41 bytes is longer than allowed',
    expect: GOOD,
    finding: 'OCMF-214/info',
    notFinding: 'OCMF-215',
    input: record({ IT: 'CENTRAL', ID: 'x'.repeat(41) }),
  },
  {
    name: '214-bytes-count',
    comment: 'the limit of 40 counts bytes: 21 umlauts are 42',
    expect: GOOD,
    finding: 'OCMF-214/info',
    input: record({ IT: 'LOCAL', ID: 'ü'.repeat(21) }),
  },
  identified('ISO14443', '1f2d3a4f', true, '4 bytes of either case'),
  identified('ISO14443', '1F2D3A4F5B6C7D8E9F0A1B', false, '11 bytes are no UID (LEM)'),
  identified('ISO15693', 'E00401001F2D3A4F', true, '8 bytes'),
  identified('ISO15693', '1F2D3A4F', false, '4 bytes are half of one'),
  identified('EMAID', 'DE-EIL-C12345678-9', true, 'hyphens do not count'),
  identified('EMAID', 'DEEIL12', false, '7 characters are too few'),
  identified('EVCCID', '0A1B2C', true, '6 characters'),
  identified('EVCCID', '0A1B2C3', false, '7 characters are too many'),
  identified('EVCOID', 'DE*EIL*1', true, 'the form of DIN 91286 is not judged'),
  identified('CARD_TXN_NR', 'anything', true, 'any text'),
  identified('KEY_CODE', 'private', true, 'any text'),
  {
    name: '215-type-undefined',
    comment: 'UNDEFINED goes with and without identification',
    expect: GOOD,
    notFinding: 'OCMF-213 OCMF-215',
    input: record({ IT: 'UNDEFINED' }),
  },
  {
    name: '222-card-number',
    comment: 'a card number in clear is personal data; 19 digits are its longest form',
    expect: GOOD,
    finding: 'OCMF-222/info',
    notFinding: 'OCMF-215',
    input: record({ IT: 'ISO7812', ID: '4111111111111111' }),
  },
  {
    name: '222-phone-number',
    comment: 'a phone number begins with a plus sign and is personal data',
    expect: GOOD,
    finding: 'OCMF-222/info OCMF-215/info',
    input: record({ IT: 'PHONE_NUMBER', ID: '0301234567' }),
  },
  {
    name: '217-long-tariff-text',
    comment: 'a tariff text has at most 250 characters',
    expect: GOOD,
    finding: 'OCMF-217/info',
    input: record(tariff('x'.repeat(251))),
  },
  {
    name: '217-characters-count',
    comment: 'the limit of 250 counts characters, not bytes',
    expect: GOOD,
    notFinding: 'OCMF-217',
    input: record(tariff('€'.repeat(250))),
  },
  {
    name: '219-broken-tariff',
    comment: 'a tariff text that begins like the extension and is none is free text (chapter 18)',
    expect: GOOD,
    finding: 'OCMF-219/info',
    input: record(tariff('001;USD;100;49;10;240')),
  },
  {
    name: '219-sound-tariff',
    comment: 'a tariff text of the extension',
    expect: GOOD,
    notFinding: 'OCMF-219',
    input: record(tariff('001;EUR;100;49.5;10;240')),
  },
  {
    name: '219-free-text',
    comment: 'any other tariff text is for people',
    expect: GOOD,
    notFinding: 'OCMF-219',
    input: record(tariff('004;EUR;1')),
  },
  {
    name: '221-nobody-by-nothing',
    comment: 'a user is assigned, but every flag says that nothing identified anybody (DZG)',
    expect: GOOD,
    finding: 'OCMF-221/info',
    input: record({ IF: ['RFID_NONE', 'OCPP_NONE'] }),
  },
  {
    name: 'no-identification',
    comment: 'without identification in the signed data the session is nobody’s',
    expect: GOOD,
    finding: 'LAW-NO-ID/warning OCMF-201/info',
    input: record(NO_USER),
  },
]

/**
 * Bills beside metering data, and what backends and roaming platforms exchange, in
 * `assets/samples/bills/`.
 *
 * @module
 */
import { toBase64 } from '../../../src/main/engine/codec/base64.ts'
import { utf8Bytes } from '../../../src/main/engine/codec/text.ts'
import { type MadeBill, cii, ubl } from '../bills.ts'
import { type Json, json, keyHex, literal, ocmf, throwAwayKey, valuesXml } from '../sign.ts'
import type { Sample } from './sample.ts'

type Members = Record<string, Json | undefined>

/** One charging station of a maker that does not exist. */
function station(number: number) {
  const key = throwAwayKey('secp256r1', `sample bill ${number}`)
  const serial = `MM-${4710 + number}`
  const evse = `DE*EIL*E${4710 + number}*1`
  const identity: Members = {
    FV: '1.4',
    GI: 'Mustermann Ladetechnik Gateway 2',
    GS: `GW-${serial}`,
    GV: '2.4.1',
    MV: 'Mustermann Messtechnik',
    MM: 'DZ 40',
    MS: serial,
    IS: true,
    IL: 'TRUSTED',
    IF: ['RFID_PLAIN', 'OCPP_RS_TLS'],
    IT: 'ISO14443',
    ID: '04A1B2C3D4E5F6',
    CT: 'EVSEID',
    CI: evse,
  }
  const record = (members: Members) => ocmf(json({ ...identity, ...members }), { key })
  return { key: keyHex(key), serial, evse, record }
}

function reading(letter: string, time: string, value: string): Members {
  const fixed = { RI: '1-0:1.8.0', RU: 'kWh', RT: 'AC', EF: '', ST: 'G' }
  return { TM: `2025-08-24T${time},000+0200 S`, TX: letter, RV: literal(value), ...fixed }
}

const BEGIN = reading('B', '14:02:11', '18204.735')
const END = reading('E', '15:31:48', '18221.092')
/** The session of all these samples. */
const WHOLE: Members = { PG: 'T812', RD: [BEGIN, END] }
const ENERGY = '16.357 kWh'

const [BILLED, XRECHNUNG, OVERCHARGED, ROAMING, HUB, LOGGED] = [1, 2, 3, 4, 5, 6].map(station) as [
  Station,
  Station,
  Station,
  Station,
  Station,
  Station,
]
type Station = ReturnType<typeof station>

function data({ key, record }: Station): string {
  return valuesXml([{ data: record(WHOLE), keys: [key], transaction: '1011', format: 'OCMF' }])
}

function electronic({ serial, evse }: Station): MadeBill {
  return {
    number: 'RE-2025-0815',
    lines: [
      {
        name: 'Ladestrom AC',
        description: 'Ladebeginn: 24.08.2025 14:02\nLadeende: 24.08.2025 15:31',
        attributes: {
          'EVSE-ID': evse,
          'Zähler-Nr.': serial,
          'Zählerstand Beginn': '18.204,735 kWh',
          'Zählerstand Ende': '18.221,092 kWh',
        },
        quantity: '16.3570',
        price: '0.4118',
        amount: '6.74',
        start: '20250824',
        end: '20250824',
      },
    ],
    lineTotal: '6.74',
    net: '6.74',
    vat: '1.28',
    gross: '8.02',
  }
}

function plain({ evse }: Station): string {
  return [
    'Stadtwerke Musterstadt GmbH',
    'Rechnung',
    'Rechnungsnummer: RE-2025-0816',
    'Rechnungsdatum: 01.09.2025',
    '',
    `Ladepunkt: ${evse}`,
    'Ladebeginn: 24.08.2025 14:02 Uhr',
    'Ladeende: 24.08.2025 15:31 Uhr',
    'Geladene Energie: 18,36 kWh',
    '18,36 kWh x 0,49 €/kWh = 9,00 €',
    'Gesamtbetrag (inkl. 19 % MwSt.): 9,00 €',
    '',
  ].join('\n')
}

const base64 = (text: string) => toBase64(utf8Bytes(text))
const laidOut = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`

function ocpi({ key, serial, evse, record }: Station): string {
  return laidOut({
    country_code: 'DE',
    party_id: 'EIL',
    id: 'CDR-0013',
    session_id: 'S-20250824-0013',
    start_date_time: '2025-08-24T12:02:11Z',
    end_date_time: '2025-08-24T13:31:48Z',
    cdr_location: { evse_id: evse, connector_id: '1' },
    meter_id: serial,
    currency: 'EUR',
    tariffs: [
      { elements: [{ price_components: [{ type: 'ENERGY', price: 0.4118, step_size: 1 }] }] },
    ],
    total_energy: 16.357,
    total_energy_cost: { excl_vat: 6.74, incl_vat: 8.02 },
    total_cost: { excl_vat: 6.74, incl_vat: 8.02 },
    total_time: 1.4936,
    signed_data: {
      encoding_method: 'OCMF',
      public_key: key,
      signed_values: [{ nature: 'End', plain_data: '', signed_data: base64(record(WHOLE)) }],
    },
  })
}

function oicp({ key, evse, record }: Station): string {
  return laidOut({
    SessionID: 'f98efba4-02d8-4fa0-b810-9a9d50d2c527',
    EvseID: evse,
    Identification: { RFIDMifareFamilyIdentification: { UID: '04A1B2C3D4E5F6' } },
    ChargingStart: '2025-08-24T14:02:11+02:00',
    ChargingEnd: '2025-08-24T15:31:48+02:00',
    SessionStart: '2025-08-24T14:01:50+02:00',
    SessionEnd: '2025-08-24T15:32:20+02:00',
    MeterValueStart: 18204.735,
    MeterValueEnd: 18221.092,
    ConsumedEnergy: 16.357,
    SignedMeteringValues: [{ SignedMeteringValue: record(WHOLE), MeteringStatus: 'End' }],
    CalibrationLawVerificationInfo: {
      PublicKey: key,
      MeteringSignatureEncodingFormat: 'OCMF',
    },
  })
}

function ocppLog({ key, record }: Station): string {
  const event = (eventType: string, seqNo: number, context: string, signed: string) =>
    JSON.stringify([
      2,
      `m${seqNo}`,
      'TransactionEvent',
      {
        eventType,
        timestamp: '2025-08-24T13:31:50Z',
        triggerReason: 'Authorized',
        seqNo,
        transactionInfo: { transactionId: 'T-0014' },
        meterValue: [
          {
            timestamp: '2025-08-24T13:31:50Z',
            sampledValue: [
              {
                value: 18221092,
                context,
                signedMeterValue: {
                  signedMeterData: base64(signed),
                  signingMethod: '',
                  encodingMethod: 'OCMF',
                  publicKey: seqNo === 0 ? base64(`oca:base16:asn1:${key}`) : '',
                },
              },
            ],
          },
        ],
      },
    ])
  const begin = record({ PG: 'T91', RD: [BEGIN] })
  const end = record({ PG: 'T92', RD: [END] })
  return [
    '2025-08-24 14:02:10 INFO  CP-4716 << [2,"h1","Heartbeat",{}]',
    `2025-08-24 14:02:12 INFO  CP-4716 << ${event('Started', 0, 'Transaction.Begin', begin)}`,
    '2025-08-24 14:02:12 INFO  CP-4716 >> [3,"m0",{}]',
    `2025-08-24 15:31:50 INFO  CP-4716 << ${event('Ended', 1, 'Transaction.End', end)}`,
    '2025-08-24 15:31:50 INFO  CP-4716 >> [3,"m1",{}]',
    '',
  ].join('\n')
}

const GOOD = { expect: ['VALID_KEY_UNCONFIRMED'], energy: [ENERGY] } satisfies Partial<Sample>

export const BILL_SAMPLES: readonly Sample[] = [
  {
    ...GOOD,
    files: {
      'bills/cii/data.xml': data(BILLED),
      'bills/cii/factur-x.xml': cii(electronic(BILLED)),
    },
    invoice: ['matches'],
    german: 'Eine elektronische Rechnung (ZUGFeRD, Factur-X) stimmt mit den Messdaten überein.',
    english: 'An electronic invoice (ZUGFeRD, Factur-X) matches the metering data.',
  },
  {
    ...GOOD,
    files: {
      'bills/ubl/data.xml': data(XRECHNUNG),
      'bills/ubl/xrechnung.xml': ubl(electronic(XRECHNUNG)),
    },
    invoice: ['matches'],
    german: 'Das Gleiche als XRechnung (UBL).',
    english: 'The same as XRechnung (UBL).',
  },
  {
    ...GOOD,
    files: {
      'bills/text/data.xml': data(OVERCHARGED),
      'bills/text/invoice.txt': plain(OVERCHARGED),
    },
    invoice: ['differs'],
    german: 'Eine Rechnung als Text nennt mehr Energie, als gemessen wurde.',
    english: 'An invoice as text names more energy than was measured.',
  },
  {
    ...GOOD,
    files: { 'bills/ocpi-cdr.json': ocpi(ROAMING) },
    invoice: ['matches'],
    german: 'Ein Ladedatensatz (OCPI), wie ihn Betreiber und Anbieter austauschen.',
    english: 'A charge detail record (OCPI), as operators and providers exchange it.',
  },
  {
    ...GOOD,
    files: { 'bills/oicp-cdr.json': oicp(HUB) },
    invoice: ['matches'],
    german: 'Ein Ladedatensatz der Roaming-Plattform (OICP).',
    english: 'A charge detail record of the roaming platform (OICP).',
  },
  {
    ...GOOD,
    files: { 'bills/ocpp-log.txt': ocppLog(LOGGED) },
    invoice: [null],
    german: 'Ein Protokoll der Ladesäule (OCPP) mit Anfang und Ende in zwei Nachrichten.',
    english: 'A log of the station (OCPP) with begin and end in two messages.',
  },
]

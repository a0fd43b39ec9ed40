/**
 * Samples of the formats that stand in JSON, and of the containers that carry them.
 *
 * @module
 */
import { toBase64 } from '../../../src/main/engine/codec/base64.ts'
import { toHex } from '../../../src/shared/hex.ts'
import { tar } from '../archives.ts'
import { json, literal, ocmf, pem, spkiOf, throwAwayKey } from '../sign.ts'
import { BSM_BEGIN, BSM_END, bsmSnapshot } from '../sign-bsm.ts'
import {
  CHARGEPOINT_KEY,
  LONG_RECEIPT,
  RECEIPT,
  chargePointCtr,
  receiptSignature,
  receiptText,
} from '../sign-chargepoint.ts'
import { CONTEXTS, num } from '../sign-ctr.ts'
import {
  EMH_BEGIN,
  EMH_END,
  type EmhReading,
  chargeIt,
  chargeItNew,
  emhCtr,
  emhValue,
} from '../sign-emh.ts'
import { GDF_BEGIN, GDF_END, gdfCtr } from '../sign-gdf.ts'
import type { Sample } from './sample.ts'

const GOOD: Pick<Sample, 'expect'> = { expect: ['VALID_KEY_UNCONFIRMED'] }

/** Indented as people get it; the digits of numbers stay. */
function pretty(text: string): string {
  const keep = (_: string, value: unknown, context?: { source?: string }) =>
    typeof value === 'number' ? `#${context?.source ?? String(value)}#` : value
  const lines = JSON.stringify(JSON.parse(text, keep), null, 2)
  return `${lines.replace(/"#(-?[\d.]+)#"/g, '$1')}\n`
}

const DAY = 86_400

function nextDay(reading: EmhReading): EmhReading {
  return {
    ...reading,
    clock: reading.clock + DAY,
    contractClock: reading.contractClock + DAY,
    secondsIndex: reading.secondsIndex + DAY,
    pagination: reading.pagination + 2,
    value: reading.value + 200_000n,
  }
}

/** The session of the next day, which begins where {@link RECEIPT} ended. */
const NEXT_RECEIPT = {
  ...RECEIPT,
  session_id: num(56),
  meter_startreading: literal('85.71'),
  meter_endreading: literal('96.82'),
  start_time: num(1_742_029_200),
  end_time: num(1_742_031_000),
}

const PTB_KEY = throwAwayKey('secp256r1', 'ptb station')

function ptb(): string {
  const record = (letter: string, time: string, value: string, number: number) =>
    ocmf(
      json({
        FV: '1.0',
        GI: 'Muster Gateway',
        GS: 'GW-4811',
        GV: '2.4.1',
        PG: `T${number}`,
        MV: 'Mustermann Messtechnik',
        MM: 'DZ 40',
        MS: 'MM-4811',
        MF: '1.8',
        IS: true,
        IL: 'TRUSTED',
        IF: ['RFID_PLAIN'],
        IT: 'ISO14443',
        ID: '04A1B2C3D4E5F6',
        RD: [
          {
            TM: `2025-08-13T${time}:00,000+0200 S`,
            TX: letter,
            RV: literal(value),
            RI: '1-0:1.8.0',
            RU: 'kWh',
            RT: 'AC',
            EF: '',
            ST: 'G',
          },
        ],
      }),
      { key: PTB_KEY },
    )
  return json({
    format: 'ptb',
    formatVersion: '1.0',
    publicKey: toBase64(spkiOf(PTB_KEY)),
    chargeboxIdentifier: 'DE*EIL*E4811*1',
    address: { street: 'Musterstraße 12', postalCode: '74789', city: 'Musterstadt' },
    geoLocation: { lat: literal('52.5'), lng: literal('13.4') },
    ocmfBegin: record('B', '12:00', '268.978', 9289),
    ocmfEnd: record('E', '12:48', '277.270', 9290),
  })
}

/** Of another station, on the other curve that stations use. */
const SECOND_KEY = throwAwayKey('secp256r1', 'second chargepoint station')

const keyFile = json({
  '@context': `${CONTEXTS}publicKey+json`,
  subject: '0024b10000027b28_1',
  algorithm: SECOND_KEY.curve,
  value: toHex(SECOND_KEY.point),
})

export const PACKED_SAMPLES: readonly Sample[] = [
  {
    files: {
      'formats/emh-chargeit.chargy': pretty(chargeIt([emhValue(EMH_BEGIN), emhValue(EMH_END)])),
    },
    ...GOOD,
    energy: ['11110.0 Wh'],
    german: 'EMH-Zähler im Container von chargeIT.',
    english: 'EMH meter in the container of chargeIT.',
  },
  {
    files: { 'formats/emh-ctr.chargy': pretty(emhCtr([EMH_BEGIN, EMH_END].map(nextDay))) },
    ...GOOD,
    energy: ['11110.0 Wh'],
    german: 'Derselbe Zähler einen Tag später, in einem Charge Transparency Record.',
    english: 'The same meter a day later, in a Charge Transparency Record.',
  },
  {
    files: { 'formats/gdf-ctr.chargy': pretty(gdfCtr([GDF_BEGIN, GDF_END])) },
    ...GOOD,
    energy: ['11110 Wh'],
    german: 'GDF-Zähler in einem Charge Transparency Record.',
    english: 'GDF meter in a Charge Transparency Record.',
  },
  {
    files: {
      'formats/bsm-chargeit.json': pretty(
        chargeItNew([bsmSnapshot(BSM_BEGIN), bsmSnapshot(BSM_END)]),
      ),
    },
    ...GOOD,
    energy: ['11110 Wh'],
    german: 'Schnappschüsse des BSM-WS36A im neuen Container von chargeIT.',
    english: 'Snapshots of the BSM-WS36A in the new container of chargeIT.',
  },
  {
    files: {
      'formats/chargepoint.tar': tar([
        { name: 'secrrct', content: receiptText(RECEIPT) },
        { name: 'secrrct.sign', content: receiptSignature(receiptText(RECEIPT)) },
        { name: '0024b1000002e301_2.pem', content: pem(CHARGEPOINT_KEY) },
      ]),
    },
    ...GOOD,
    energy: ['11.11 kWh'],
    german: 'Beleg von ChargePoint mit Signatur und Schlüssel in einem Archiv.',
    english: 'ChargePoint receipt with signature and key in one archive.',
  },
  {
    files: {
      'formats/chargepoint/secrrct': receiptText(LONG_RECEIPT),
      'formats/chargepoint/secrrct.sign': receiptSignature(receiptText(LONG_RECEIPT), SECOND_KEY),
      'formats/chargepoint/publicKey.chargy': pretty(keyFile),
    },
    ...GOOD,
    energy: ['11110 Wh'],
    german: 'Beleg, Signatur und Schlüsseldatei von Chargy lose nebeneinander.',
    english: 'Receipt, signature and key file of Chargy as loose files.',
  },
  {
    files: {
      'formats/chargepoint-ctr.chargy': pretty(
        chargePointCtr(NEXT_RECEIPT, { '@id': '0024b1000002e301-2-56' }),
      ),
    },
    ...GOOD,
    energy: ['11.11 kWh'],
    german: 'Der nächste Beleg der Säule als Original in einem Charge Transparency Record.',
    english: 'The next receipt of that station as original in a Charge Transparency Record.',
  },
  {
    files: { 'formats/ptb.json': pretty(ptb()) },
    ...GOOD,
    energy: ['8.292 kWh'],
    german: 'OCMF-Anfang und -Ende im Container der PTB.',
    english: 'OCMF begin and end in the container of PTB.',
  },
]

/**
 * A sample of each format and container beside OCMF, in `assets/samples/formats/`.
 *
 * @module
 */
import { valuesXml } from '../sign.ts'
import { ALFEN_BEGIN, ALFEN_END, type AlfenData, alfen, alfenKey } from '../sign-alfen.ts'
import { PROCESS, billing, mennekes, mennekesKey } from '../sign-mennekes.ts'
import { pcdf, pcdfKey } from '../sign-pcdf.ts'
import { sealHex, sealKey, sealKeyHex, sealedXml } from '../sign-sealed.ts'
import { PACKED_SAMPLES } from './packed.ts'
import { EDL_SAMPLES } from './edl.ts'
import type { Sample } from './sample.ts'

function alfenFile(): string {
  const key = alfenKey('sample')
  const line = (data: Partial<AlfenData>, of: AlfenData) =>
    alfen({ ...of, meterId: '0a014d4d4d0000004711', uid: '04A1B2C3D4E5F6', ...data }, { key })
  return valuesXml(
    [
      {
        data: line({ value: 18_204_735n, paging: 5121 }, ALFEN_BEGIN),
        context: 'Transaction.Begin',
      },
      { data: line({ value: 18_221_092n, paging: 5122 }, ALFEN_END), context: 'Transaction.End' },
    ].map((value) => ({ ...value, format: 'ALFEN', transaction: '141' })),
  )
}

function mennekesFile(): string {
  const key = mennekesKey('sample')
  const process = (pagination: number, days: number, from: bigint, to: bigint) => {
    const { begin, end, ...meter } = PROCESS
    const clock = begin.clock + days * 86_400
    const secondsIndex = begin.secondsIndex + days * 86_400
    return mennekes(
      {
        ...meter,
        serverId: '09014d4d4d0000004712',
        customerClock: clock - 4,
        begin: { ...begin, clock, secondsIndex, pagination, value: from },
        end: {
          ...end,
          clock: clock + 5400,
          secondsIndex: secondsIndex + 5400,
          pagination: pagination + 1,
          value: to,
        },
      },
      { key },
    )
  }
  return billing([
    process(4392, 0, 182_047_350n, 182_210_920n),
    process(4394, 3, 182_210_920n, 182_284_920n),
  ])
}

function sealedFile(): string {
  const reading = (letter: string, time: string, value: string) =>
    `{"TM":"2025-03-14T${time}:00,000+0100 S","TX":"${letter}","RV":${value},"RI":"1-0:1.8.0","RU":"kWh","ST":"G"}`
  const readings = [reading('B', '10:00', '4711.250'), reading('E', '11:00', '4722.000')].join(',')
  const identity =
    '"FV":"1.0","GI":"Mustermann Gateway","GS":"GW-4714","PG":"T7","MS":"MM-4714","IS":true,"IL":"VERIFIED","IF":["RFID_PLAIN"],"IT":"ISO14443","ID":"04A1B2C3D4E5F6"'
  const record = `OCMF|{${identity},"RD":[${readings}]}|{"SD":""}`
  return sealedXml(sealHex(record), sealKeyHex(sealKey()))
}

/** One line for each. */
export const FORMAT_SAMPLES: readonly Sample[] = [
  {
    files: { 'formats/alfen.xml': alfenFile() },
    expect: ['VALID_KEY_UNCONFIRMED'],
    energy: ['16357 Wh'],
    german: 'ALFEN: Anfang und Ende, der Schlüssel steht in jeder Zeile.',
    english: 'ALFEN: start and end, with the key in each line.',
  },
  {
    files: { 'formats/mennekes.xml': mennekesFile() },
    expect: ['VALID_KEY_UNCONFIRMED', 'VALID_KEY_UNCONFIRMED'],
    energy: ['16357.0 Wh', '7400.0 Wh'],
    german: 'Mennekes: eine Abrechnung mit zwei Ladevorgängen.',
    english: 'Mennekes: a bill with two charging processes.',
  },
  {
    files: { 'formats/pcdf.pcdf': `${pcdf({}, { key: pcdfKey('sample') })}\n` },
    expect: ['VALID_KEY_UNCONFIRMED'],
    energy: ['12.345 kWh'],
    german: 'PCDF: ein Ladevorgang an einer Gleichstromsäule.',
    english: 'PCDF: a session at a direct-current station.',
  },
  {
    files: { 'formats/ocmf-sealed.xml': sealedFile() },
    expect: ['VALID_KEY_UNCONFIRMED'],
    energy: ['10.750 kWh'],
    german: 'Versiegeltes OCMF: Der Text steckt in der Signatur.',
    english: 'Sealed OCMF: the text is inside the signature.',
  },
  ...PACKED_SAMPLES,
  ...EDL_SAMPLES,
]

/**
 * A sample of each format and container beside OCMF, in `assets/samples/formats/`.
 *
 * @module
 */
import { valuesXml } from '../sign.ts'
import { ALFEN_BEGIN, ALFEN_END, type AlfenData, alfen, alfenKey } from '../sign-alfen.ts'
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

/** One line for each. */
export const FORMAT_SAMPLES: readonly Sample[] = [
  {
    files: { 'formats/alfen.xml': alfenFile() },
    expect: ['VALID_KEY_UNCONFIRMED'],
    energy: ['16357 Wh'],
    german: 'ALFEN: Anfang und Ende, der Schlüssel steht in jeder Zeile.',
    english: 'ALFEN: start and end, with the key in each line.',
  },
]

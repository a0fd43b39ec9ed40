/**
 * Samples of the meters that sign EDL40 blocks and their relatives, with stations that do not exist.
 *
 * @module
 */
import { toHex } from '../../../src/shared/hex.ts'
import { pem, throwAwayKey, valuesXml } from '../sign.ts'
import { EDL_BEGIN, EDL_END, type EdlParts, edlTelegram } from '../sign-edl40.ts'
import { signedMeterValue, signedMeterValues, xy } from '../sign-edl40-sig.ts'
import { ISA_END, isaTelegram } from '../sign-isa-edl40.ts'
import type { Sample } from './sample.ts'

const meter = (number: number) =>
  `0901454d480000${(9_404_700 + number).toString(16).padStart(6, '0')}`

function session(number: number): [EdlParts, EdlParts] {
  const serverId = meter(number)
  return [
    { ...EDL_BEGIN, serverId },
    { ...EDL_END, serverId },
  ]
}

function edl40(): Sample {
  const key = throwAwayKey('secp192r1', 'sample EDL40')
  const values = session(1).map((parts, index) => ({
    data: toHex(edlTelegram(parts, { key })),
    label: 'plain',
    format: 'EDL_40_P',
    keys: [toHex(xy(key))],
    transaction: '2604',
    context: index === 0 ? 'Transaction.Begin' : 'Transaction.End',
  }))
  return {
    files: { 'formats/edl40.xml': valuesXml(values) },
    key: { file: 'formats/edl40-station-key.pem', trust: 'K4' },
    beside: { 'formats/edl40-station-key.pem': pem(key) },
    expect: ['VERIFIED'],
    energy: ['11110.0 Wh'],
    german: 'EDL40: Anfang und Ende als SML-Telegramme des Zählers.',
    english: 'EDL40: begin and end as SML telegrams of the meter.',
  }
}

function isaEdl40(): Sample {
  const key = throwAwayKey('secp256r1', 'sample ISA')
  return {
    files: {
      'formats/isa-edl40.xml': valuesXml([
        {
          data: toHex(isaTelegram(ISA_END, { key })),
          label: 'plain',
          format: 'ISA_EDL_40_P',
          keys: [toHex(xy(key))],
          transaction: '6',
          context: 'Transaction.End',
        },
      ]),
    },
    expect: ['VALID_KEY_UNCONFIRMED'],
    energy: ['22220.0 Wh'],
    german: 'ISA-EDL-40P: ein Telegramm mit Anfang und Ende.',
    english: 'ISA-EDL-40P: one telegram with begin and end.',
  }
}

function edl40Sig(): Sample {
  const key = throwAwayKey('secp192r1', 'sample EDL40 in XML')
  const [begin, end] = session(2)
  return {
    files: {
      'formats/edl40-sig.xml': signedMeterValues(
        signedMeterValue(begin, { key }),
        signedMeterValue(end, { key }),
      ),
    },
    expect: ['VALID_KEY_UNCONFIRMED'],
    energy: ['11110.0 Wh'],
    german: 'EDL40 in XML (signedMeterValue): was Anfang ist, sagt die laufende Nummer.',
    english: 'EDL40 in XML (signedMeterValue): the sequence number tells which one is the begin.',
  }
}

export const EDL_SAMPLES: readonly Sample[] = [edl40(), isaEdl40(), edl40Sig()]

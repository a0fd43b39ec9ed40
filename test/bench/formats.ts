/**
 * Whole sessions of each format for the benchmark, one line each; made by the signers of the tests.
 *
 * @module
 */
import { keyHex, throwAwayKey } from '../tools/sign.ts'
import { alfenKey, alfenSession } from '../tools/sign-alfen.ts'
import { PROCESS, mennekes, mennekesKey } from '../tools/sign-mennekes.ts'
import { pcdf, pcdfKey } from '../tools/sign-pcdf.ts'
import { sealHex, sealKey, sealKeyHex } from '../tools/sign-sealed.ts'
import { BSM_BEGIN, BSM_END, type Snapshot, bsmSnapshot } from '../tools/sign-bsm.ts'
import { RECEIPT, mergedReceipt } from '../tools/sign-chargepoint.ts'
import { num } from '../tools/sign-ctr.ts'
import {
  EMH_BEGIN,
  EMH_END,
  type EmhReading,
  chargeIt,
  chargeItNew,
  emhValue,
} from '../tools/sign-emh.ts'
import { GDF_BEGIN, GDF_END, gdfCtr } from '../tools/sign-gdf.ts'
import { EDL_BENCH } from './edl.ts'

export interface BenchStation {
  /** As it is given to the program. */
  key: string
  /** A file with one whole session that is verified with that key. */
  file: (i: number) => string | Uint8Array
}

export interface BenchFormat {
  /** Name of the row, with the curve. */
  name: string
  /** Stations take turns. */
  station: (number: number) => BenchStation
  /** Records in a file. */
  records: number
}

const sealed = (i: number) => {
  const reading = (letter: string, hour: number, value: number) =>
    `{"TM":"2025-03-14T${hour}:00:00,000+0100 S","TX":"${letter}","RV":${value},"RI":"1-0:1.8.0","RU":"kWh","ST":"G"}`
  const readings = [reading('B', 10, 4711 + i), reading('E', 11, 4722 + i)].join(',')
  return `OCMF|{"FV":"1.0","GS":"GW-1","PG":"T${i + 1}","MS":"M-1","IS":true,"ID":"04A1B2C3","RD":[${readings}]}|{"SD":""}`
}

export const BENCH_FORMATS: readonly BenchFormat[] = [
  {
    name: 'ALFEN, secp192r1',
    station: (number) => {
      const key = alfenKey(`bench ${number}`)
      return { key: keyHex(key), file: (i) => alfenSession({ sessionId: i }, {}, { key }) }
    },
    records: 2,
  },
  {
    name: 'Mennekes, secp192r1',
    station: (number) => {
      const key = mennekesKey(`bench ${number}`)
      const file = (i: number) => mennekes({ ...PROCESS, customer: `04a1b2c3${1000 + i}` }, { key })
      return { key: keyHex(key), file }
    },
    records: 2,
  },
  {
    name: 'PCDF, secp256r1',
    station: (number) => {
      const key = pcdfKey(`bench ${number}`)
      return { key: keyHex(key), file: (i) => pcdf({ CSC: String(i) }, { key }) }
    },
    records: 1,
  },
  {
    name: 'OCMF, sealed, rsa-2048 (pure JavaScript only)',
    station: () => ({ key: sealKeyHex(sealKey()), file: (i) => sealHex(sealed(i)) }),
    records: 1,
  },
  {
    name: 'EMHCrypt01 in chargeIT, secp192r1',
    station: (number) => {
      const key = throwAwayKey('secp192r1', `bench ${number}`)
      const value = (reading: EmhReading, i: number) =>
        emhValue({ ...reading, value: reading.value + BigInt(i) }, { key })
      const file = (i: number) => chargeIt([value(EMH_BEGIN, i), value(EMH_END, i)])
      return { key: keyHex(key), file }
    },
    records: 2,
  },
  {
    name: 'GDFCrypt01 in a CTR, secp256r1',
    station: (number) => {
      const key = throwAwayKey('secp256r1', `bench ${number}`)
      const file = (i: number) =>
        gdfCtr([GDF_BEGIN, { ...GDF_END, value: GDF_END.value + BigInt(i) }], { key, signer: key })
      return { key: keyHex(key), file }
    },
    records: 2,
  },
  {
    name: 'BSM-WS36A in chargeIT, secp256r1',
    station: (number) => {
      const key = throwAwayKey('secp256r1', `bench ${number}`)
      const snapshot = (one: Snapshot, i: number) =>
        bsmSnapshot({ ...one, TotWhImp: [9984n + BigInt(i), 1, 30] }, { key })
      const file = (i: number) => chargeItNew([snapshot(BSM_BEGIN, i), snapshot(BSM_END, i)])
      return { key: keyHex(key), file }
    },
    records: 2,
  },
  {
    name: 'ChargePoint receipt, secp224k1 (pure JavaScript only)',
    station: (number) => {
      const key = throwAwayKey('secp224k1', `bench ${number}`)
      const file = (i: number) => mergedReceipt({ ...RECEIPT, session_id: num(i) }, { key })
      return { key: keyHex(key), file }
    },
    records: 1,
  },
  ...EDL_BENCH,
]

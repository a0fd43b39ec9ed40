/** Sessions of the meters that sign EDL40 blocks and their relatives, for the benchmark. */
import { toHex } from '../../src/shared/hex.ts'
import { type ThrowAwayKey, keyHex, throwAwayKey, valuesXml } from '../tools/sign.ts'
import { EDL_BEGIN, EDL_END, edlTelegram } from '../tools/sign-edl40.ts'
import { signedMeterValue, signedMeterValues } from '../tools/sign-edl40-sig.ts'
import { ISA_END, isaTelegram } from '../tools/sign-isa-edl40.ts'
import type { BenchFormat } from './formats.ts'

/** The session number `i` of a meter: its counters grow. */
function session(i: number) {
  const later = (parts: typeof EDL_BEGIN) => ({
    ...parts,
    pagination: parts.pagination + 2 * i,
    value: parts.value + 111_100n * BigInt(i),
  })
  return { begin: later(EDL_BEGIN), end: later(EDL_END) }
}

/** Begin and end as telegrams in the container that stations use. */
function telegrams(i: number, key: ThrowAwayKey): string {
  const { begin, end } = session(i)
  const value = (parts: typeof begin, context: string) => ({
    data: toHex(edlTelegram(parts, { key })),
    label: 'plain',
    format: 'EDL_40_P',
    transaction: String(i),
    context: `Transaction.${context}`,
  })
  return valuesXml([value(begin, 'Begin'), value(end, 'End')])
}

function elements(i: number, key: ThrowAwayKey): string {
  const { begin, end } = session(i)
  return signedMeterValues(signedMeterValue(begin, { key }), signedMeterValue(end, { key }))
}

export const EDL_BENCH: readonly BenchFormat[] = [
  {
    name: 'EDL40, secp192r1',
    station: (number) => {
      const key = throwAwayKey('secp192r1', `bench EDL40 ${number}`)
      return { key: keyHex(key), file: (i) => telegrams(i, key) }
    },
    records: 2,
  },
  {
    name: 'ISA-EDL40, secp256r1',
    station: (number) => {
      const key = throwAwayKey('secp256r1', `bench ISA ${number}`)
      const file = (i: number) => isaTelegram({ ...ISA_END, pagination: 24 + i }, { key })
      return { key: keyHex(key), file }
    },
    records: 1,
  },
  {
    name: 'EDL40 (signedMeterValue), secp192r1',
    station: (number) => {
      const key = throwAwayKey('secp192r1', `bench EDL40 in XML ${number}`)
      return { key: keyHex(key), file: (i) => elements(i, key) }
    },
    records: 2,
  },
]

/**
 * Signs telegrams as Isabellenhütte's meters send them, with throw-away keys. Never shipped.
 *
 * Written from the field table of formats/isa-edl40/README.md and not from the decoder.
 *
 * @module
 */
import { utf8Bytes } from '../../src/main/engine/codec/text.ts'
import { type ThrowAwayKey, signature, throwAwayKey } from './sign.ts'
import { TEN_O_CLOCK, hex } from './sign-edl40.ts'
import {
  type EntryParts,
  type Sml,
  type TransportParts,
  answer,
  bytes,
  entry,
  localTime,
  octets,
  operating,
  signed,
  telegram,
  timestamp,
  unsigned,
} from './sml.ts'

export interface IsaReading {
  clock: number
  /** All 64 bits; the lowest eight are signed. */
  status: bigint
  unit: number
  scaler: number
  value: bigint
}

export interface IsaParts {
  serverId: string
  begin: IsaReading
  actual: IsaReading
  logBook: string
  contract: Uint8Array
  esth: string
  listName: string
  pagination: number
}

export const LIST_NAMES = { begin: '8180816200ff', update: '8180816201ff', end: '8180816202ff' }

const READING: IsaReading = {
  clock: TEN_O_CLOCK,
  status: 0x0000_0400_0000_0018n,
  unit: 30,
  scaler: -1,
  value: 1_234_567n,
}

/** A whole session: half an hour, 22.22 kWh. */
export const ISA_END: IsaParts = {
  serverId: '09014953410000000007',
  begin: READING,
  actual: {
    ...READING,
    clock: TEN_O_CLOCK + 1800,
    status: 0x0000_04c0_0000_0018n,
    value: 1_456_767n,
  },
  logBook: '00a4',
  contract: utf8Bytes('DE*EIL*C1A2B3'),
  esth: '4549434c494348542d44432d3030303030303037',
  listName: LIST_NAMES.end,
  pagination: 24,
}

/** The first telegram of that session: both readings are the same. */
export const ISA_BEGIN: IsaParts = {
  ...ISA_END,
  actual: { ...READING, clock: TEN_O_CLOCK + 9 },
  logBook: '00a3',
  listName: LIST_NAMES.begin,
  pagination: 17,
}

export const ISA_UPDATE: IsaParts = {
  ...ISA_END,
  actual: { ...ISA_END.actual, clock: TEN_O_CLOCK + 900, value: 1_300_000n },
  logBook: '00a3',
  listName: LIST_NAMES.update,
  pagination: 20,
}

export const ISA_KEY = throwAwayKey('secp256r1', 'ISA meter')

/** How a meter makes the signature of the value is not known; any 66 bytes will do. */
const VALUE_SIGNATURE = new Uint8Array(66).map((_, at) => 0x80 + at)

function little(value: bigint | number, count: number): number[] {
  return Array.from({ length: count }, (_, at) => Number((BigInt(value) >> BigInt(8 * at)) & 0xffn))
}

export function isaBlock(parts: IsaParts): Uint8Array {
  const { begin, actual } = parts
  const contract = new Uint8Array(128)
  contract.set(parts.contract)
  const content = bytes(
    hex(parts.serverId),
    little(actual.clock, 4),
    little(actual.status, 1),
    hex(NAMES.actual),
    actual.unit,
    little(actual.scaler, 1),
    little(actual.value, 8),
    hex(parts.logBook),
    VALUE_SIGNATURE,
    contract,
    little(begin.clock, 4),
    hex(parts.esth),
    little(begin.status, 1),
    hex(NAMES.begin),
    begin.unit,
    little(begin.scaler, 1),
    little(begin.value, 8),
    hex(parts.listName),
    little(parts.pagination, 4),
  )
  const block = new Uint8Array(320)
  block.set(content)
  return block
}

const NAMES = {
  contract: '8182815401ff',
  begin: '010001080080',
  pagination: '8180c7f040ff',
  esth: '8180816101ff',
  actual: '0100010800ff',
} as const

export interface IsaOptions extends TransportParts {
  key?: ThrowAwayKey
  /** Entries changed, put in or (null) left out, by name. */
  entries?: Record<string, Partial<EntryParts> | null>
  more?: readonly Sml[]
  signature?: Uint8Array | null
  data?: (whole: Uint8Array) => Uint8Array
}

export function isaTelegram(parts: IsaParts, options: IsaOptions = {}): Uint8Array {
  const { key = ISA_KEY } = options
  const reading = (name: string, { clock, status, unit, scaler, value }: IsaReading) => ({
    name: hex(name),
    status: unsigned(status, 8),
    time: timestamp(clock),
    unit: unsigned(unit, 1),
    scaler: signed(scaler, 1),
    value: signed(value, 8),
  })
  const entries: Record<string, EntryParts> = {
    [NAMES.contract]: {
      name: hex(NAMES.contract),
      time: localTime(parts.begin.clock - 3660, 60, 0),
      value: octets(parts.contract),
    },
    [NAMES.begin]: reading(NAMES.begin, parts.begin),
    [NAMES.pagination]: { name: hex(NAMES.pagination), value: unsigned(parts.pagination, 4) },
    [NAMES.esth]: { name: hex(NAMES.esth), value: octets(hex(parts.esth)) },
    [NAMES.actual]: {
      ...reading(NAMES.actual, parts.actual),
      signature: octets(VALUE_SIGNATURE),
    },
  }
  const rows = Object.entries(entries).flatMap(([name, one]) => {
    const change = options.entries?.[name]
    return change === null ? [] : [entry({ ...one, ...change })]
  })
  const made =
    options.signature === undefined
      ? bytes(signature(isaBlock(parts), { key, shape: 'raw' }), hex(parts.logBook))
      : options.signature
  const whole = answer({
    serverId: octets(hex(parts.serverId)),
    name: octets(hex(parts.listName)),
    sensorTime: operating(10_122_958),
    entries: [...rows, ...(options.more ?? [])],
    ...(made === null ? {} : { signature: octets(made) }),
  })
  return telegram(options.data?.(whole) ?? whole, options)
}

/**
 * Signs readings of EDL40 meters with throw-away keys: the block of 320 bytes, and the SML telegram
 * that carries its parts. Never shipped.
 *
 * Written from the field table of formats/edl40/README.md and not from the decoder, so that the two
 * check each other.
 *
 * @module
 */
import { utf8Bytes } from '../../src/main/engine/codec/text.ts'
import { fromHex } from '../../src/shared/hex.ts'
import { type ThrowAwayKey, signature, throwAwayKey } from './sign.ts'
import {
  type EntryParts,
  type Sml,
  type TransportParts,
  answer,
  bytes,
  entry,
  list,
  localTime,
  octets,
  operating,
  signed,
  telegram,
  unsigned,
} from './sml.ts'

export function hex(text: string): Uint8Array {
  const found = fromHex(text.replaceAll(' ', ''))
  if (found === null) throw new Error(`no hexadecimal digits: ${text}`)
  return found
}

/** What a meter signs; numbers as they are, times as seconds of its wall clock. */
export interface EdlParts {
  serverId: string
  clock: number
  status: number
  secondsIndex: number
  pagination: number
  obis: string
  unit: number
  scaler: number
  value: bigint
  /** Four hexadecimal digits. */
  logBook: string
  contract: Uint8Array
  contractClock: number
  historical: bigint
  compensated: bigint
  resistance: number
  stopwatch: number
  price: number
  /** What stands in the block from offset 197 on. */
  rest: string
}

/** 2025-03-14 10:00:00 on the wall clock of the meter. */
export const TEN_O_CLOCK = Date.UTC(2025, 2, 14, 10) / 1000

/** The begin of the session every case changes: user known a minute before. */
export const EDL_BEGIN: EdlParts = {
  serverId: '0901454d480000000001',
  clock: TEN_O_CLOCK,
  status: 0x08,
  secondsIndex: 500_000,
  pagination: 41,
  obis: '0100011100ff',
  unit: 30,
  scaler: -1,
  value: 1_234_567n,
  logBook: '0012',
  contract: utf8Bytes('04A1B2C3D4E5F6'),
  contractClock: TEN_O_CLOCK - 60,
  historical: 0n,
  compensated: 0n,
  resistance: 0,
  stopwatch: 0,
  price: 0,
  rest: '',
}

/** Half an hour and 11.11 kWh later. */
export const EDL_END: EdlParts = {
  ...EDL_BEGIN,
  clock: TEN_O_CLOCK + 1800,
  status: 0x88,
  secondsIndex: 501_800,
  pagination: 42,
  value: 1_345_667n,
}

export const EDL_KEY = throwAwayKey('secp192r1', 'EDL40 meter')
/** Of a meter that takes the loss of the cable out. */
export const EMOC_KEY = throwAwayKey('secp256r1', 'eMOC meter')

/** So many bytes, the lowest first. */
function little(value: bigint | number, count: number): number[] {
  return Array.from({ length: count }, (_, at) => Number((BigInt(value) >> BigInt(8 * at)) & 0xffn))
}

function padded(content: Uint8Array, length: number): Uint8Array {
  const whole = new Uint8Array(length)
  whole.set(content.subarray(0, length))
  return whole
}

/** @returns the 320 bytes that are signed */
export function edlBlock(parts: EdlParts): Uint8Array {
  const content = bytes(
    hex(parts.serverId),
    little(parts.clock, 4),
    parts.status,
    little(parts.secondsIndex, 4),
    little(parts.pagination, 4),
    hex(parts.obis),
    parts.unit,
    little(parts.scaler, 1),
    little(parts.value, 8),
    hex(parts.logBook),
    padded(parts.contract, 128),
    little(parts.contractClock, 4),
    little(parts.historical, 8),
    little(parts.compensated, 8),
    little(parts.resistance, 2),
    little(parts.stopwatch, 4),
    parts.price >> 8,
    parts.price & 0xff,
    hex(parts.rest),
  )
  return padded(content, 320)
}

/** r‖s and the two bytes of the log book. */
export function edlSignature(block: Uint8Array, logBook: string, key: ThrowAwayKey): Uint8Array {
  return bytes(signature(block, { key, shape: 'raw' }), hex(logBook))
}

/** What the telegram says beside what is signed, and how; each part of it may be broken. */
export interface TelegramOptions extends TransportParts {
  key?: ThrowAwayKey
  /** Minutes of the two offsets; the timestamps fit them. */
  offsets?: readonly [offset: number, season: number]
  /** The offsets of the contract id; those of the value where nothing is said. */
  contractOffsets?: readonly [offset: number, season: number]
  /** Entries changed, put in or (null) left out, by name. */
  entries?: Record<string, EntryParts | null>
  /** Entries behind all others. */
  more?: readonly Sml[]
  signature?: Uint8Array | null
  serverId?: Sml
  listName?: string
  /** The data of the telegram are cut, changed, or put together anew. */
  data?: (whole: Uint8Array) => Uint8Array
  /** Status word in place of the signed byte. */
  statusWord?: Sml
}

export const NAMES = {
  value: '0100011100ff',
  otherValue: '0100010800ff',
  contract: '8182815401ff',
  pagination: '8180817101ff',
  secondsIndex: '810060080001',
  historical: '010001110064',
  compensated: '0100011100c8',
  resistance: '00af6c6c72ff',
  stopwatch: '00af647572ff',
  price: '00af707263ff',
} as const

/** A telegram as a meter of 2019 sends it. */
export function edlTelegram(parts: EdlParts, options: TelegramOptions = {}): Uint8Array {
  const { key = EDL_KEY, offsets = [60, 0], listName = '8180817103ff' } = options
  const time = (clock: number, [offset, season]: readonly [number, number]) =>
    localTime(clock - 60 * (offset + season), offset, season)
  const energy = { unit: unsigned(parts.unit, 1), scaler: signed(parts.scaler, 1) }
  const entries: Record<string, EntryParts | null> = {
    [NAMES.contract]: {
      name: hex(NAMES.contract),
      time: time(parts.contractClock, options.contractOffsets ?? offsets),
      value: octets(parts.contract),
    },
    [parts.obis]: {
      name: hex(parts.obis),
      status: options.statusWord ?? unsigned(parts.status, 4),
      time: time(parts.clock, offsets),
      ...energy,
      value: signed(parts.value, 8),
    },
    [NAMES.secondsIndex]: {
      name: hex(NAMES.secondsIndex),
      value: list(unsigned(1, 1), operating(parts.secondsIndex)),
    },
    [NAMES.pagination]: { name: hex(NAMES.pagination), value: unsigned(parts.pagination, 4) },
    ...(parts.compensated === 0n
      ? {}
      : {
          [NAMES.historical]: {
            name: hex(NAMES.historical),
            ...energy,
            value: unsigned(parts.historical, 8),
          },
          [NAMES.compensated]: {
            name: hex(NAMES.compensated),
            ...energy,
            value: unsigned(parts.compensated, 8),
          },
          [NAMES.resistance]: {
            name: hex(NAMES.resistance),
            unit: unsigned(38, 1),
            scaler: signed(-3, 1),
            value: unsigned(parts.resistance, 2),
          },
          [NAMES.stopwatch]: { name: hex(NAMES.stopwatch), value: unsigned(parts.stopwatch, 1) },
          [NAMES.price]: { name: hex(NAMES.price), value: unsigned(parts.price, 2) },
        }),
    ...options.entries,
  }
  const made =
    options.signature === undefined
      ? edlSignature(edlBlock(parts), parts.logBook, key)
      : options.signature
  const whole = answer({
    serverId: options.serverId ?? octets(hex(parts.serverId)),
    name: octets(hex(listName)),
    sensorTime: operating(parts.secondsIndex + 42),
    entries: [
      ...Object.values(entries).flatMap((one) => (one === null ? [] : [entry(one)])),
      ...(options.more ?? []),
    ],
    ...(made === null ? {} : { signature: octets(made) }),
  })
  return telegram(options.data?.(whole) ?? whole, options)
}

/** The status word that an eMOC meter makes the signed byte from. */
export function emocWord(status: number): Sml {
  const places = [17, null, null, 31, 16, 11, 9, 8]
  const word = places.reduce<bigint>(
    (sum, place, bit) =>
      place === null || ((status >> bit) & 1) === 0 ? sum : sum | (1n << BigInt(place)),
    0x4n,
  )
  return unsigned(word, 4)
}

/** Meters of 2018 and before: no counters, and a signature of the value inside what is signed. */
export function legacyBlock(parts: EdlParts, valueSignature: Uint8Array): Uint8Array {
  const content = bytes(
    hex(parts.serverId),
    little(parts.clock, 4),
    parts.status,
    hex(parts.obis),
    parts.unit,
    little(parts.scaler, 1),
    little(parts.value, 8),
    hex(parts.logBook),
    valueSignature,
    padded(parts.contract, 128),
    little(parts.contractClock, 4),
  )
  return padded(content, 320)
}

export function legacyTelegram(parts: EdlParts, options: TelegramOptions = {}): Uint8Array {
  const { key = EDL_KEY } = options
  // How a meter makes the signature of the value is not known; any 50 bytes will do.
  const valueSignature = new Uint8Array(50).map((_, at) => at + 1)
  const block = legacyBlock(parts, valueSignature)
  const value: EntryParts = {
    name: hex(parts.obis),
    status: unsigned(parts.status | 0x0100, 3),
    time: localTime(parts.clock - 3600, 60, 0),
    unit: unsigned(parts.unit, 1),
    scaler: signed(parts.scaler, 1),
    value: signed(parts.value, 5),
    signature: octets(valueSignature),
  }
  return edlTelegram(parts, {
    signature: edlSignature(block, parts.logBook, key),
    listName: '8180816202ff',
    ...options,
    entries: {
      [parts.obis]: value,
      [NAMES.secondsIndex]: null,
      [NAMES.pagination]: null,
      ...options.entries,
    },
  })
}

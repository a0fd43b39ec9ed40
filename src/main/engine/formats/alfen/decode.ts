/**
 * An ALFEN record as the rest of the program sees it.
 *
 * @module
 */
import { toHex } from '../../../../shared/hex.ts'
import { type LooseFinding, looseFinding } from '../../../../shared/model/finding.ts'
import type { MeterReading } from '../../../../shared/model/reading.ts'
import type { DecodedField } from '../../../../shared/model/record.ts'
import { fromBase32 } from '../../codec/base32.ts'
import { DecodeError } from '../../codec/decode-error.ts'
import { edlQuantity, edlRegister, field, meterOf } from '../../codec/edl-block.ts'
import { bytesIn, fieldsIn, numberIn, unsignedField } from '../../codec/fixed-block.ts'
import { byteText, utf8Text } from '../../codec/text.ts'
import { isoText } from '../../codec/time.ts'
import { LIMITS } from '../../limits.ts'
import { readOffer } from '../../signature/key-offer.ts'
import { derOf } from '../../signature/signature-value.ts'
import type { DecodedRecord, SignatureClaim, SignedRecord } from '../../types.ts'
import {
  DATA_BYTES,
  FIELDS,
  ROLES_BY_COMMAND,
  ROLES_BY_TYPE,
  STATUS_BITS,
  type StatusBit,
} from './layout.ts'
import { type Line, readLine } from './line.ts'

const KEY_PLACE = { source: 'embedded', trust: 'K1', origin: '4. part' } as const

/** @throws DecodeError where there is no data set of 82 bytes to read */
export function decodeAlfen(record: SignedRecord): DecodedRecord<null> {
  if (record.bytes.length > LIMITS.recordBytes) {
    throw new DecodeError(looseFinding('IN-TOOBIG', { limit: '1 MiB' }))
  }
  const line = readLine(record.bytes)
  const data = dataOf(line)
  const bits = bitsOf(data)
  const { role, findings: ofRole } = roleOf(line, bits)
  const user = userOf(data)
  const { claim, findings: ofSignature } = claimOf(line, data)
  return {
    record,
    format: 'alfen',
    formatVersion: line.version === '' ? null : line.version.slice(0, SHOWN),
    readings: [readingOf(data, bits, role)],
    fields: fieldsOf(line, data, bits, user.text),
    claim,
    embedded: [{ offer: readOffer(line.key, KEY_PLACE, 'secp192r1'), signed: false }],
    meter: { ...meterOf(part(data, 'meterId')), model: null },
    gateway: { serial: meterOf(part(data, 'adapterId')).serial, model: null },
    pagination: { context: '', number: String(number(data, 'paging')) },
    evse: null,
    user: user.text,
    transaction: String(number(data, 'sessionId')),
    findings: [
      ...ofSignature,
      ...ofRole,
      ...checkStatus(data, bits),
      ...user.findings,
      ...checkLine(line),
    ],
    detail: null,
  }
}

/** Of a value that findings show. */
const SHOWN = 64

const part = (data: Uint8Array, name: string) => bytesIn(data, field(FIELDS, name))
const number = (data: Uint8Array, name: string) => numberIn(data, field(FIELDS, name))

function dataOf({ data }: Line): Uint8Array {
  const bytes = fromBase32(data)
  if (bytes === null) throw new DecodeError(looseFinding('ALFEN-DATA', {}))
  if (bytes.length !== DATA_BYTES) {
    throw new DecodeError(looseFinding('ALFEN-LENGTH', { found: String(bytes.length) }))
  }
  return bytes
}

const ALGORITHM = { curve: 'secp192r1', hash: 'SHA256' } as const
const SIGNATURE_BYTES = 48

function claimOf(
  { signature }: Line,
  signedBytes: Uint8Array,
): { claim: SignatureClaim; findings: LooseFinding[] } {
  const base = {
    declared: null,
    algorithm: ALGORITHM,
    hash: ALGORITHM.hash,
    signedBytes,
    variants: [],
    repaired: null,
  }
  if (signature.trim() === '') return { claim: { ...base, signature: null }, findings: [] }
  const bytes = fromBase32(signature)
  if (bytes?.length !== SIGNATURE_BYTES) {
    const found = bytes === null ? signature.slice(0, SHOWN) : String(bytes.length)
    return {
      claim: { ...base, signature: 'unreadable' },
      findings: [looseFinding('ALFEN-SIGNATURE', { found })],
    }
  }
  const half = SIGNATURE_BYTES / 2
  const der = derOf(bytes.subarray(0, half), bytes.subarray(half))
  return { claim: { ...base, signature: der }, findings: [] }
}

function bitsOf(data: Uint8Array): StatusBit[] {
  return STATUS_BITS.filter(({ word, mask }) => (Number(number(data, word)) & mask) !== 0)
}

type Role = MeterReading['role']

/** The signed command says what the record is for; where none is signed, the type field does. */
function roleOf(
  { type }: Line,
  bits: readonly StatusBit[],
): { role: Role; findings: LooseFinding[] } {
  const commands = bits.filter(({ effect }) => effect === 'command')
  const named: Role | null = Object.hasOwn(ROLES_BY_TYPE, type)
    ? ROLES_BY_TYPE[type as keyof typeof ROLES_BY_TYPE]
    : null
  const unknown =
    named === null ? [looseFinding('ALFEN-TYPE', { found: type.slice(0, SHOWN) })] : []
  const [command, ...others] = commands.map(
    ({ name }) => ROLES_BY_COMMAND[name as keyof typeof ROLES_BY_COMMAND],
  )
  if (others.length > 0) {
    return { role: 'other', findings: [...unknown, looseFinding('ALFEN-COMMANDS', {})] }
  }
  if (command === undefined) {
    if (named === null) return { role: 'other', findings: unknown }
    const found = named === 'intermediate' ? 'middle' : named
    return { role: named, findings: [looseFinding('ALFEN-ROLE', { found })] }
  }
  if (named !== null && named !== command) {
    const params = { field: 'type', found: named, signed: command }
    return { role: command, findings: [looseFinding('REC-CONTRADICTS', params, { path: 'type' })] }
  }
  return { role: command, findings: unknown }
}

function readingOf(data: Uint8Array, bits: readonly StatusBit[], role: Role): MeterReading {
  const { text, kind } = edlRegister(part(data, 'obis'))
  const fault = bits.find(({ effect }) => effect === 'fault')
  const clockError = bits.some(({ effect }) => effect === 'clock')
  const { from, bytes } = field(FIELDS, 'value')
  const epochMs = Number(number(data, 'timestamp')) * 1000
  return {
    register: text,
    registerText: text,
    kind,
    quantity: edlQuantity(
      number(data, 'value'),
      Number(number(data, 'scaler')),
      Number(number(data, 'unit')),
    ),
    time: {
      text: utcText(epochMs),
      epochMs,
      offsetMin: 0,
      sync: clockError ? 'unsynchronised' : 'informative',
    },
    role,
    meterOk: fault === undefined,
    status: `alfen.${fault?.name ?? 'good'}`,
    errors: clockError ? ['time'] : [],
    path: `@${from}+${bytes}`,
  }
}

/** @returns `2019-03-22T08:24:02Z` */
function utcText(epochMs: number): string {
  return `${isoText(epochMs, 0).slice(0, 19)}Z`
}

/** What the status words say beside the one fault that the reading itself names. */
function checkStatus(data: Uint8Array, bits: readonly StatusBit[]): LooseFinding[] {
  const fault = bits.find(({ effect }) => effect === 'fault')
  const found = bits
    .filter((bit) => bit !== fault && bit.effect !== 'command')
    .map(({ word, name }) =>
      looseFinding('ALFEN-STATUS', { found: `alfen.${name}` }, { path: word }),
    )
  for (const word of ['meterStatus', 'adapterStatus'] as const) {
    const named = STATUS_BITS.reduce((all, bit) => (bit.word === word ? all | bit.mask : all), 0)
    const unnamed = Number(number(data, word)) & ~named
    if (unnamed === 0) continue
    const params = { field: word, found: hexWord(unnamed) }
    found.push(looseFinding('ALFEN-STATUS-BITS', params, { path: word }))
  }
  return found
}

function hexWord(value: number): string {
  return `0x${value.toString(16).padStart(4, '0')}`
}

/** The card, padded with zero bytes; UTF-8, or Latin-1 where it is none. */
function userOf(data: Uint8Array): { text: string | null; findings: LooseFinding[] } {
  const bytes = part(data, 'uid')
  if (bytes.length === 0) return { text: null, findings: [] }
  const text = utf8Text(bytes) ?? byteText(bytes)
  if (!CONTROL.test(text)) return { text, findings: [] }
  // Zero bytes inside would hide what stands behind them from everyone who reads up to the first.
  const shown = text.replace(CONTROLS, (character) => hexEscape(character))
  return { text: shown, findings: [looseFinding('ALFEN-UID', { found: shown }, { path: 'uid' })] }
}

const CONTROL = /\p{Cc}/u
const CONTROLS = /\p{Cc}/gu

function hexEscape(character: string): string {
  return `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`
}

/** The only version that is known to have this data set. */
const VERSION = '3'

function checkLine({ version, rest }: Line): LooseFinding[] {
  const found: LooseFinding[] = []
  if (version !== VERSION) {
    found.push(looseFinding('ALFEN-VERSION', { found: version.slice(0, SHOWN) }))
  }
  if (rest !== '') {
    const count = String(6 + rest.split(';').length)
    found.push(looseFinding('ALFEN-FIELDS', { count }, { severity: 'warning' }))
  }
  return found
}

/** Fields as people read them; where the raw bytes say more, as in the data set. */
function fieldsOf(
  line: Line,
  data: Uint8Array,
  bits: readonly StatusBit[],
  user: string | null,
): DecodedField[] {
  const own: Record<string, string> = {
    adapterFirmware: printable(part(data, 'adapterFirmware')),
    adapterChecksum: number(data, 'adapterChecksum').toString(16).padStart(4, '0'),
    meterStatus: hexWord(Number(number(data, 'meterStatus'))),
    adapterStatus: hexWord(Number(number(data, 'adapterStatus'))),
    timestamp: utcText(Number(number(data, 'timestamp')) * 1000),
    obis: edlRegister(part(data, 'obis')).text,
    uid: user ?? '',
  }
  const signed = fieldsIn(FIELDS, data).flatMap((one): DecodedField[] => {
    const shown = { ...one, value: own[one.name] ?? one.value }
    const named = STATUS_BITS.filter(({ word }) => word === one.name)
    const rows = named.map((bit) => ({
      ...one,
      name: `${one.name}.${bit.name}`,
      value: bits.includes(bit) ? '1' : '0',
    }))
    return [shown, ...rows]
  })
  return [
    ...signed,
    unsignedField('type', line.type.slice(0, SHOWN)),
    unsignedField('version', line.version.slice(0, SHOWN)),
    unsignedField('publicKey', line.key.replace(/\s+/g, '').slice(0, 2 * SHOWN)),
  ]
}

function printable(bytes: Uint8Array): string {
  const text = byteText(bytes)
  return /^[\x20-\x7e]+$/.test(text) ? text : toHex(bytes)
}

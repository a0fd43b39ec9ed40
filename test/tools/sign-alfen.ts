/**
 * Signs ALFEN lines with throw-away keys, for vectors, samples and the benchmark. Never shipped.
 *
 * @module
 */
import { toBase32 } from '../../src/main/engine/codec/base32.ts'
import { writeBlock } from '../../src/main/engine/codec/fixed-block.ts'
import { utf8Bytes } from '../../src/main/engine/codec/text.ts'
import { compressPoint } from '../../src/main/engine/signature/key-bytes.ts'
import { DATA_BYTES, FIELDS } from '../../src/main/engine/formats/alfen/layout.ts'
import { fromHex } from '../../src/shared/hex.ts'
import { type SignatureOptions, type ThrowAwayKey, signature, throwAwayKey } from './sign.ts'

/** The parts of a data set; numbers as they are signed. */
export interface AlfenData {
  adapterId: string
  adapterFirmware: string
  adapterChecksum: number
  meterId: string
  meterStatus: number
  adapterStatus: number
  secondsIndex: number
  /** Seconds since 1970 UTC. */
  timestamp: number
  obis: string
  unit: number
  scaler: number
  value: bigint
  uid: string | Uint8Array
  sessionId: number
  paging: number
}

export const START = 0x2000
export const INTERMEDIATE = 0x0800
export const STOP = 0x1000

/** Begin of a session at 1234.560 kWh; 2025-03-14 10:00:00 UTC. */
export const ALFEN_BEGIN: AlfenData = {
  adapterId: '0a0e445a470001000001',
  adapterFirmware: '2604',
  adapterChecksum: 0x3e98,
  meterId: '0a01445a470033000001',
  meterStatus: 0,
  adapterStatus: START,
  secondsIndex: 2_565_936,
  timestamp: Date.UTC(2025, 2, 14, 10) / 1000,
  obis: '0100010800ff',
  unit: 30,
  scaler: 0,
  value: 1_234_560n,
  uid: '3D18B642',
  sessionId: 141,
  paging: 279,
}

/** Its end half an hour later at 1245.670 kWh. */
export const ALFEN_END: AlfenData = {
  ...ALFEN_BEGIN,
  adapterStatus: STOP,
  secondsIndex: ALFEN_BEGIN.secondsIndex + 1800,
  timestamp: ALFEN_BEGIN.timestamp + 1800,
  value: 1_245_670n,
  paging: 280,
}

export function alfenKey(seed = '1'): ThrowAwayKey {
  return throwAwayKey('secp192r1', `alfen ${seed}`)
}

/** @returns the key as the line writes it */
export function alfenKeyText({ point }: ThrowAwayKey): string {
  return toBase32(compressPoint(point))
}

/** @returns the 82 bytes */
export function alfenData(data: AlfenData): Uint8Array {
  const bytes = (hex: string) => fromHex(hex) ?? new Uint8Array()
  const { uid, value } = data
  return writeBlock(
    FIELDS,
    {
      adapterId: bytes(data.adapterId),
      adapterFirmware: utf8Bytes(data.adapterFirmware),
      adapterChecksum: BigInt(data.adapterChecksum),
      meterId: bytes(data.meterId),
      meterStatus: BigInt(data.meterStatus),
      adapterStatus: BigInt(data.adapterStatus),
      secondsIndex: BigInt(data.secondsIndex),
      timestamp: BigInt(data.timestamp),
      obis: bytes(data.obis),
      unit: BigInt(data.unit),
      scaler: BigInt(data.scaler),
      value,
      uid: typeof uid === 'string' ? utf8Bytes(uid) : uid,
      sessionId: BigInt(data.sessionId),
      paging: BigInt(data.paging),
    },
    DATA_BYTES,
  )
}

export interface AlfenOptions extends Omit<SignatureOptions, 'shape'> {
  /** Other parts of the line in place of the right ones. */
  parts?: Partial<AlfenParts>
  /** What is put into the line in place of the data that were signed. */
  shown?: Uint8Array
  /** Ends with a `;`, as most do. */
  closed?: boolean
}

export interface AlfenParts {
  type: string
  version: string
  key: string
  data: string
  signature: string
}

const TYPES: Record<number, string> = { [START]: '0', [STOP]: '1', [INTERMEDIATE]: '2' }

/** @returns one line without a line end */
export function alfen(data: AlfenData, options: AlfenOptions = {}): string {
  const { key = alfenKey(), closed = true, parts = {} } = options
  const bytes = alfenData(data)
  const {
    type,
    version,
    key: keyText,
    data: dataText,
    signature: signatureText,
  }: AlfenParts = {
    type: TYPES[data.adapterStatus & (START | STOP | INTERMEDIATE)] ?? '0',
    version: '3',
    key: alfenKeyText(key),
    data: toBase32(options.shown ?? bytes),
    signature: toBase32(signature(bytes, { ...options, key, shape: 'raw' })),
    ...parts,
  }
  const line = ['AP', type, version, keyText, dataText, signatureText].join(';')
  return closed ? `${line};` : line
}

/** Begin and end of a session, a line each. */
export function alfenSession(
  begin: Partial<AlfenData> = {},
  end: Partial<AlfenData> = {},
  options: AlfenOptions = {},
): string {
  return [
    alfen({ ...ALFEN_BEGIN, ...begin }, options),
    alfen({ ...ALFEN_END, ...begin, ...ALFEN_END_OWN, ...end }, options),
  ].join('\n')
}

/** What an end has for itself whatever the begin says. */
const ALFEN_END_OWN: Partial<AlfenData> = {
  adapterStatus: ALFEN_END.adapterStatus,
  secondsIndex: ALFEN_END.secondsIndex,
  timestamp: ALFEN_END.timestamp,
  value: ALFEN_END.value,
  paging: ALFEN_END.paging,
}

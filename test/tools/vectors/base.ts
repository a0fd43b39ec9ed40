/**
 * The good OCMF record that every case changes in one place, and the shape of a case.
 *
 * With its key confirmed (K4) the record gives VERIFIED, 11.110 kWh, and nothing but notes: every
 * warning or error of a case comes from the change.
 *
 * @module
 */
import type { InputFile } from '../../../src/main/engine/types.ts'
import type { TrustLevel } from '../../../src/shared/model/key.ts'
import type { SignatureStatus } from '../../../src/shared/model/record.ts'
import type { VerdictState } from '../../../src/shared/model/verdict-state.ts'
import {
  type Json,
  type OcmfOptions,
  type XmlOptions,
  type XmlValue,
  json,
  keyHex,
  literal,
  ocmf,
  throwAwayKey,
  valuesXml,
} from '../sign.ts'

/** One vector: an input, and by hand what must come out. */
export interface VectorCase {
  /** File name without extension. */
  name: string
  /** The title of its test: a sentence about the field, with the clause it rests on. */
  comment: string
  /** States of the sessions in their order; where there is none, of the inputs; null: keys only. */
  expect: VerdictState | (VerdictState | null)[]
  /** Errors and warnings, all of them; notes at will. */
  finding?: string
  notFinding?: string
  inputs?: (VerdictState | null)[]
  signature?: SignatureStatus | SignatureStatus[]
  energy?: string | (string | null)[]
  /** Seconds. */
  duration?: string | (string | null)[]
  /** `energy+time`, `energy`, `time`; null for neither. */
  usable?: string | null | (string | null)[]
  expectTrust?: TrustLevel | TrustLevel[]
  /** Keys the user gives; {@link KEY}, confirmed, where the case says nothing. */
  keys?: readonly string[]
  trust?: TrustLevel
  published?: readonly { meter: string; key: string }[]
  input: string | Uint8Array | readonly InputFile[]
}

/** The key of the meter of {@link PAYLOAD}. */
export const METER_KEY = throwAwayKey()
export const KEY = keyHex(METER_KEY)
/** A key that has nothing to do with it. */
export const STRANGE_KEY = throwAwayKey('secp256r1', 'somebody else')

export type Members = Record<string, Json | undefined>

export const BEGIN: Members = {
  TM: '2025-03-14T10:00:00,000+0100 S',
  TX: 'B',
  RV: literal('1234.560'),
  RI: '1-0:1.8.0',
  RU: 'kWh',
  RT: 'AC',
  EF: '',
  ST: 'G',
}

export const END: Members = {
  ...BEGIN,
  TM: '2025-03-14T10:30:00,000+0100 S',
  TX: 'E',
  RV: literal('1245.670'),
}

export const PAYLOAD: Members = {
  FV: '1.4',
  GI: 'Eichlicht test gateway',
  GS: 'GW0000001',
  GV: '1.2.3',
  PG: 'T11',
  MV: 'Nobody',
  MM: 'Throw-away 1',
  MS: 'PZ0000001',
  MF: '2.0',
  IS: true,
  IL: 'VERIFIED',
  IF: ['RFID_PLAIN', 'OCPP_RS_TLS'],
  IT: 'ISO14443',
  ID: '1F2D3A4F',
  CF: '3.1',
  CT: 'EVSEID',
  CI: 'DE*EIL*E0001*1',
  RD: [BEGIN, END],
}

/** The session after that of {@link PAYLOAD}: it begins half an hour later where that one ended. */
export const LATER: Members = {
  PG: 'T12',
  RD: [
    { ...END, TX: 'B', TM: '2025-03-14T11:00:00,000+0100 S' },
    { ...END, RV: literal('1250.000'), TM: '2025-03-14T11:30:00,000+0100 S' },
  ],
}

/** Members of the user assignment, to take out of a record. */
export const NO_USER: Members = {
  IS: undefined,
  IL: undefined,
  IF: undefined,
  IT: undefined,
  ID: undefined,
}

export const num = literal

export function payload(changes: Members = {}): string {
  return json({ ...PAYLOAD, ...changes })
}

/** A whole session in one record. */
export function record(changes: Members = {}, options: OcmfOptions = {}): string {
  return ocmf(payload(changes), options)
}

/** A whole session with other begin and end readings, and perhaps more readings. */
export function withReadings(
  begin: Members,
  end: Members,
  changes: Members = {},
  options: OcmfOptions = {},
): string {
  return record(
    {
      RD: [
        { ...BEGIN, ...begin },
        { ...END, ...end },
      ],
      ...changes,
    },
    options,
  )
}

/** A record whose readings are the begin reading with changes. */
export function withList(list: Members[], changes: Members = {}): string {
  return record({ RD: list.map((reading) => ({ ...BEGIN, ...reading })), ...changes })
}

/** Begin and end in two records; `reading` holds changes to their only reading. */
export function beginRecord(
  changes: Members = {},
  reading: Members = {},
  options: OcmfOptions = {},
): string {
  return record({ PG: 'T21', RD: [{ ...BEGIN, ...reading }], ...changes }, options)
}

export function endRecord(
  changes: Members = {},
  reading: Members = {},
  options: OcmfOptions = {},
): string {
  return record({ PG: 'T22', RD: [{ ...END, ...reading }], ...changes }, options)
}

/** A record in between. */
export function middleRecord(changes: Members = {}, reading: Members = {}): string {
  const middle = { TM: '2025-03-14T10:15:00,000+0100 S', TX: 'C', RV: literal('1240.000') }
  return record({ PG: 'T22', RD: [{ ...BEGIN, ...middle, ...reading }], ...changes })
}

export function lines(...parts: string[]): string {
  return parts.join('\n')
}

/** One value with record and key in the XML container. */
export function xmlWithKey(
  data: string,
  value: Partial<XmlValue> = {},
  options: XmlOptions = {},
): string {
  return valuesXml([{ data, keys: [KEY], ...value }], options)
}

export function file(name: string, content: string | Uint8Array): InputFile {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  return { name, bytes }
}

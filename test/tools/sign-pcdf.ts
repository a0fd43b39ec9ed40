/**
 * Signs PCDF records with throw-away keys, for vectors, samples and the benchmark. Never shipped.
 *
 * @module
 */
import { utf8Bytes } from '../../src/main/engine/codec/text.ts'
import { toHex } from '../../src/shared/hex.ts'
import { type SignatureOptions, type ThrowAwayKey, signature, throwAwayKey } from './sign.ts'

export type PcdfGroups = Record<string, string | null>

/** 12.345 kWh in 47.5 minutes, on 2025-04-15 at 08:30:15 UTC. */
export const PCDF: PcdfGroups = {
  ST: '250415083015',
  CT: '250415091745',
  CD: '004730',
  TV: '1',
  BV: '1',
  CSC: '42',
  SP: '1',
  RV: '0012.345*kWh',
  SI: '04A1B2C3D4*1*TX-00042',
  CS: '9f3a72c1',
  HW: '98765432109',
  DT: '0',
}

export function pcdfKey(seed = '1'): ThrowAwayKey {
  return throwAwayKey('secp256r1', `pcdf ${seed}`)
}

export interface PcdfOptions extends SignatureOptions {
  /** Text in place of the key. */
  publicKey?: string | null
  /** Text in place of the signature; null leaves it out. */
  signature?: string | null
  /** Between any two groups. */
  between?: string
}

/** @param changes other values; null leaves a group out @returns the record without line end */
export function pcdf(changes: PcdfGroups = {}, options: PcdfOptions = {}): string {
  const { key = pcdfKey(), between = '' } = options
  const publicKey = options.publicKey === undefined ? toHex(key.point) : options.publicKey
  const groups = { ...PCDF, PK: publicKey, ...changes }
  const written = Object.entries(groups).flatMap(([name, value]) =>
    value === null ? [] : [`(${name}:${value})`],
  )
  const signed = `128.8.0${written.join(between)}`
  const made = toHex(signature(utf8Bytes(signed), { ...options, key }))
  const text = options.signature === undefined ? made : options.signature
  return text === null ? signed : `${signed}(SG:${text})`
}

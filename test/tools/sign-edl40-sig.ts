/**
 * Signs readings of EDL40 meters and puts them into XML as stations do, `signedMeterValue`, with
 * throw-away keys. Never shipped.
 *
 * @module
 */
import { toBase32 } from '../../src/main/engine/codec/base32.ts'
import { toBase64 } from '../../src/main/engine/codec/base64.ts'
import { toHex } from '../../src/shared/hex.ts'
import type { ThrowAwayKey } from './sign.ts'
import { EDL_KEY, type EdlParts, edlBlock, edlSignature } from './sign-edl40.ts'

export const WRITERS = { base64: toBase64, hex: toHex, base32: toBase32 } as const
export type Writing = keyof typeof WRITERS

export interface SigOptions {
  key?: ThrowAwayKey
  /** How bytes are written; the attribute says the same unless `label` is given. */
  writing?: Writing
  label?: string
  /** The key stands in the element. */
  withKey?: boolean
  signature?: Uint8Array | null
  block?: Uint8Array
  method?: string
  encodingMethod?: string
  /** Elements behind all others. */
  more?: string
  /** In front of the element. */
  declaration?: string
  /** Changes any line break and the like. */
  rewrite?: (xml: string) => string
}

/** x‖y, as these stations write keys */
export function xy({ point }: ThrowAwayKey): Uint8Array {
  return point.subarray(1)
}

export function signedMeterValue(parts: EdlParts, options: SigOptions = {}): string {
  const { key = EDL_KEY, writing = 'base64', withKey = true, more = '', declaration = '' } = options
  const block = options.block ?? edlBlock(parts)
  const made =
    options.signature === undefined ? edlSignature(block, parts.logBook, key) : options.signature
  const element = (name: string, content: Uint8Array) =>
    `<${name} encoding="${options.label ?? writing}">${WRITERS[writing](content)}</${name}>\n`
  const bits = key.curve === 'secp256r1' ? 256 : 192
  const xml = `${declaration}<signedMeterValue>
${withKey ? element('publicKey', xy(key)) : ''}${made === null ? '' : element('meterValueSignature', made)}<signatureMethod>${options.method ?? `ECDSA${bits}SHA256`}</signatureMethod>
<encodingMethod>${options.encodingMethod ?? 'EDL'}</encodingMethod>
${element('encodedMeterValue', block)}${more}</signedMeterValue>`
  return options.rewrite?.(xml) ?? xml
}

export function signedMeterValues(...elements: string[]): string {
  return `<?xml version="1.0" encoding="UTF-8" ?>\n<signedMeterValues>\n${elements.join('\n')}\n</signedMeterValues>\n`
}

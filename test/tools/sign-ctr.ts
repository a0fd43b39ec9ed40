/**
 * Charge Transparency Records around readings that meters signed, and what several signers share.
 *
 * @module
 */
import { fromHex, toHex } from '../../src/shared/hex.ts'
import { type Json, type ThrowAwayKey, json, literal, signature } from './sign.ts'

export type Members = Record<string, Json | undefined>

/** A whole number as JSON. */
export const num = (value: number | bigint): Json => literal(String(value))

/** 2025-03-14 10:00:00 on the wall. */
export const BEGIN_CLOCK = Date.UTC(2025, 2, 14, 10) / 1000

export const PLACE = {
  evseId: 'DE*EIL*E0001*1',
  address: { street: 'Musterstraße 12', zipCode: '74789', town: 'Musterstadt' },
  geoLocation: { lat: literal('48.035131'), lon: literal('10.50635') },
}

/** Puts bytes, written as hexadecimal digits, into a block. */
export function writeHex(block: Uint8Array, at: number, hex: string): void {
  block.set(fromHex(hex) ?? [], at)
}

/** @returns r‖s */
export function rawDigits(message: Uint8Array, key: ThrowAwayKey): string {
  return toHex(signature(message, { key, shape: 'raw' })).toUpperCase()
}

export const CONTEXTS = 'https://open.charging.cloud/contexts/'

/** @returns `2025-03-14T10:00:00+01:00` for the wall clock, or `…Z` for `offset` null */
export function isoClock(clock: number, offset: number | null = 60, legal = 60): string {
  if (offset === null) {
    return `${new Date((clock - 60 * legal) * 1000).toISOString().slice(0, 19)}Z`
  }
  const sign = offset < 0 ? '-' : '+'
  const minutes = Math.abs(offset)
  const zone = [Math.floor(minutes / 60), minutes % 60].map((n) => String(n).padStart(2, '0'))
  return `${new Date(clock * 1000).toISOString().slice(0, 19)}${sign}${zone.join(':')}`
}

/** The register in groups, as Charge Transparency Records write it. */
export function obisGroups(obis: string): string {
  const [a, b, c, d, e, f] = fromHex(obis) ?? []
  return `${String(a)}-${b}:${c}.${d}.${e}*${f}`
}

export interface CtrOptions {
  /** Key of the meter; null for a record without. */
  key?: ThrowAwayKey | null
  /** Older records call the list of meters so. */
  list?: 'energyMeters' | 'meters'
  iso?: (clock: number) => string
  obis?: (obis: string) => string
  session?: Members
  measurement?: Members
  value?: Members
  record?: Members
}

export function numbers(digits: string): { r: string; s: string } {
  return { r: digits.slice(0, digits.length / 2), s: digits.slice(digits.length / 2) }
}

/** A key as the records describe it. */
export function ctrKey({ curve, point }: ThrowAwayKey): Members {
  return { algorithm: curve, format: 'DER', value: toHex(point) }
}

/** A Charge Transparency Record of one session. */
export function ctr(
  method: string,
  meterId: string,
  session: Members,
  options: CtrOptions,
): string {
  const { key, list = 'energyMeters', record = {} } = options
  return json({
    '@id': 'session-4711',
    '@context': `${CONTEXTS}CTR+json`,
    begin: '2025-03-14T09:00:00Z',
    end: '2025-03-14T09:30:00Z',
    description: { de: 'Alle Ladevorgänge' },
    chargingStationOperators: [
      {
        '@id': 'muster',
        chargingStations: [
          {
            '@id': 'DE*EIL*S0001',
            EVSEs: [
              {
                '@id': PLACE.evseId,
                [list]: [
                  {
                    '@id': meterId,
                    publicKeys: key == null ? undefined : [ctrKey(key)],
                  },
                ],
              },
            ],
          },
        ],
      },
    ],
    chargingSessions: [
      {
        '@id': 'session-4711',
        '@context': `${CONTEXTS}SessionSignatureFormats/${method}+json`,
        begin: '2025-03-14T09:00:00Z',
        end: '2025-03-14T09:30:00Z',
        EVSEId: PLACE.evseId,
        ...session,
      },
    ],
    status: 'ValidSignature',
    ...record,
  })
}

/**
 * Keys to be kept, and folders to keep them in, for tests.
 *
 * @module
 */
import { hash } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { NewKey } from '../../../src/main/key-store/store.ts'
import type { KeyConfirmation, KeyDetails } from '../../../src/shared/model/stored-key.ts'

export const NOW = new Date('2026-09-01T10:15:00.000Z')
export const now = () => NOW

export const NOTHING: KeyDetails = {
  meter: null,
  evse: null,
  station: null,
  operator: null,
  label: null,
  note: null,
}

export const READ: KeyConfirmation = {
  how: 'typed',
  by: 'A. Prüferin',
  where: 'station-label',
  at: '2026-09-01',
}

/** Some bytes in the place of a point; the store does not look at curves. */
export function keyOf(seed: string | number): NewKey['key'] {
  const point = `04${hash('sha512', `key ${seed}`, 'hex')}`
  const bytes = Buffer.concat([Buffer.from('secp256r1'), Buffer.from(point, 'hex')])
  return { fingerprint: `sha256:${hash('sha256', bytes, 'hex')}`, curve: 'secp256r1', point }
}

export function newKey(
  seed: string | number,
  details: Partial<KeyDetails> = {},
  confirmed: KeyConfirmation | null = null,
): NewKey {
  return {
    key: keyOf(seed),
    details: { ...NOTHING, ...details },
    origin: 'test',
    confirmed,
    validFrom: null,
    validUntil: null,
  }
}

export function emptyFolder(): string {
  return mkdtempSync(join(tmpdir(), 'eichlicht-store-'))
}

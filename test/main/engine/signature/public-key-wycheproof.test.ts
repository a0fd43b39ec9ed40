/**
 * Wycheproof (C2SP, testvectors_v1, ecdh_*): attacks on public keys.
 *
 * EICHLICHT_WYCHEPROOF names the folder with its files. Only the keys are read; a key that is
 * marked invalid must not come out as a key of the curve under attack. Every flag has its rule
 * below, and a flag without one fails the test.
 */
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { curveByName } from '../../../../src/main/engine/signature/curves.ts'
import {
  type KeyReading,
  readPublicKey,
  spki,
} from '../../../../src/main/engine/signature/public-key.ts'
import { toHex } from '../../../../src/shared/hex.ts'
import type { CurveId } from '../../../../src/shared/model/key.ts'

interface EcdhFile {
  testGroups: { curve: string; encoding: string; tests: Vector[] }[]
}
interface Vector {
  tcId: number
  comment: string
  flags: string[]
  public: string
  result: 'valid' | 'invalid' | 'acceptable'
}

const folder = process.env['EICHLICHT_WYCHEPROOF'] ?? ''
const files = folder === '' ? [] : readdirSync(folder).filter((name) => /^ecdh_.*_test/.test(name))

type Rule = (reading: KeyReading, curve: CurveId, vector: Vector) => boolean

const isKeyAsWritten: Rule = (reading, curve, vector) =>
  reading.kind === 'key' &&
  reading.curve === curve &&
  reading.notes.length === 0 &&
  toHex(spki(curve, reading.point)) === vector.public

const isExplicit: Rule = (reading) => reading.kind === 'explicit-parameters'

const isOffCurve: Rule = (reading) => reading.kind === 'not-on-curve'

/** A genuine key of another curve is a key for us, but under its own name. */
const isNotOfCurve: Rule = (reading, curve, vector) =>
  reading.kind !== 'ambiguous' &&
  (reading.kind !== 'key' ||
    (reading.curve !== curve && toHex(spki(reading.curve, reading.point)) === vector.public))

/** By flag; the first row that is among the flags of a vector is its rule. */
const RULES: [flag: string, rule: Rule][] = [
  // Parameters written out, whether those of a known curve or crafted ones, are never looked at.
  ['UnnamedCurve', isExplicit],
  // Not on the named curve: a point of another curve, of its twist, (0, 0).
  ['InvalidCurveAttack', isOffCurve],
  ['InvalidCompressedPublic', isOffCurve],
  ['ModifiedPublicPoint', isOffCurve],
  // The named curve is another one, or its point lies on a twist.
  ['ModifiedGroup', isNotOfCurve],
  ['IsomorphicPublicKey', isNotOfCurve],
  ['WrongCurve', isNotOfCurve],
  // The point is infinity or missing.
  ['InvalidEncoding', (reading) => reading.kind === 'not-on-curve' || reading.kind === 'unknown'],
  [
    'CompressedPublic',
    (reading, curve) =>
      reading.kind === 'key' &&
      reading.curve === curve &&
      reading.notes.map(({ kind }) => kind).join(' ') === 'compressed',
  ],
  // BER, wrong lengths, wrong tags, added elements. Nothing of it is read, save up to two bytes
  // behind the structure, and these are noted.
  [
    'InvalidAsn',
    (reading, curve, vector) =>
      reading.kind !== 'ambiguous' &&
      (reading.kind !== 'key' ||
        (reading.curve === curve &&
          reading.notes.some(({ kind }) => kind === 'trailing-bytes') &&
          vector.public.startsWith(toHex(spki(curve, reading.point))))),
  ],
]

function follows(vector: Vector, curve: CurveId): boolean {
  const reading = readPublicKey(vector.public)
  if (vector.result === 'valid') return isKeyAsWritten(reading, curve, vector)
  const rule = RULES.find(([flag]) => vector.flags.includes(flag))?.[1]
  return rule?.(reading, curve, vector) ?? false
}

describe.skipIf(folder === '')('Wycheproof keys', () => {
  test('the folder holds the files', () => {
    expect(files.length).toBeGreaterThan(0)
  })

  test.each(files)('%s', { timeout: 300_000 }, (name) => {
    const { testGroups } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as EcdhFile
    for (const { curve, tests } of testGroups) {
      const known = curveByName(curve)
      const wrong = tests.filter((vector) => known === null || !follows(vector, known))
      expect(wrong.map((vector) => ({ ...vector, read: readPublicKey(vector.public) }))).toEqual([])
    }
  })
})

/**
 * Wycheproof (C2SP, testvectors_v1): edge cases and attacks on signature verification.
 *
 * EICHLICHT_WYCHEPROOF names the folder with its files. A vector marked valid must be accepted. One
 * marked invalid must be refused, unless it is about encoding only and our tolerant reader attached
 * a note: Wycheproof calls every deviation from DER invalid, whatever its numbers are worth.
 */
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { HASHES } from '../../../../src/main/engine/signature/algorithms.ts'
import type { CanonicalCheck } from '../../../../src/main/engine/signature/backend.ts'
import { curveByName } from '../../../../src/main/engine/signature/curves.ts'
import { createNobleBackend } from '../../../../src/main/engine/signature/noble.ts'
import { readSignature } from '../../../../src/main/engine/signature/signature-value.ts'
import { createNativeBackend } from '../../../../src/main/native-backend.ts'
import { KEY_KINDS } from '../../../../src/shared/model/key.ts'

interface EcdsaFile {
  schema: string
  testGroups: {
    publicKey: { curve: string; uncompressed: string }
    sha: string
    tests: Vector[]
  }[]
}
interface EddsaFile {
  testGroups: { publicKey: { pk: string }; tests: Vector[] }[]
}
interface Vector {
  tcId: number
  flags: string[]
  msg: string
  sig: string
  result: 'valid' | 'invalid'
}

const folder = process.env['EICHLICHT_WYCHEPROOF'] ?? ''
const files = folder === '' ? [] : readdirSync(folder).filter((name) => name.endsWith('_test.json'))
/** Flags of vectors whose numbers are valid and whose encoding is not. */
const ENCODING_FLAGS = new Set(['BerEncodedSignature', 'InvalidEncoding', 'MissingZero'])
/** Not those of other hashes, nor `_bitcoin_`, which refuses high s. */
const ECDSA_NAME = /^ecdsa_(\w+?)_sha(?:224|256|384|512)(?:_p1363)?_test\.json$/
const noble = createNobleBackend()
/** noble three times, because the third use of a key takes another way. */
const backends = [createNativeBackend(), noble, noble, noble]
const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'))

function readText(name: string): string {
  return readFileSync(join(folder, name), 'utf8')
}

/** What our reader made of a vector and what the engines then said. */
interface Judged {
  /** What the reader calls the signature: its notes, or that there is nothing to verify. */
  reading: string
  answers: boolean[]
  vector: Vector
}

function judge(vector: Vector, reading: string, check: CanonicalCheck | null): Judged {
  const answers = backends.map((backend) => check !== null && backend.verify(check))
  return { reading, answers, vector }
}

function judgeEcdsa({ testGroups }: EcdsaFile): Judged[] {
  return testGroups.flatMap(({ publicKey, sha, tests }) => {
    const curve = curveByName(publicKey.curve)
    const hash = HASHES.find((name) => name === sha.replace('-', ''))
    if (curve === null || hash === undefined) return []
    const point = bytes(publicKey.uncompressed)
    return tests.map((vector) => {
      const value = readSignature(bytes(vector.sig), curve)
      if (value.kind !== 'canonical') return judge(vector, value.kind, null)
      const { r, s, notes } = value
      const signedBytes = bytes(vector.msg)
      const check = { kind: 'ecdsa', curve, hash, point, signedBytes, r, s } as const
      return judge(vector, notes.map(({ kind }) => kind).join(' '), check)
    })
  })
}

function judgeEddsa(curve: 'ed25519' | 'ed448', { testGroups }: EddsaFile): Judged[] {
  return testGroups.flatMap(({ publicKey, tests }) =>
    tests.map((vector) => {
      const [signedBytes, signature] = [bytes(vector.msg), bytes(vector.sig)]
      const check = {
        kind: 'whole',
        curve,
        point: bytes(publicKey.pk),
        signedBytes,
        signature,
      } as const
      return judge(vector, '', check)
    }),
  )
}

/** @param rule the reading that is the rule in this file, without a deviation */
function mismatches(judged: Judged[], rule: string): Judged[] {
  return judged.filter(({ reading, answers, vector }) => {
    const accepted = answers.every(Boolean)
    if (vector.result === 'valid') return !accepted
    if (!answers.includes(true)) return false
    const tolerated = reading !== rule && vector.flags.every((flag) => ENCODING_FLAGS.has(flag))
    return !(accepted && tolerated)
  })
}

describe.skipIf(folder === '')('Wycheproof', () => {
  beforeAll(() => Promise.all(KEY_KINDS.map((curve) => noble.prepare(curve))))

  test('the folder holds the files', () => {
    expect(files.length).toBeGreaterThan(0)
  })

  const ecdsa = files.filter((name) => curveByName(ECDSA_NAME.exec(name)?.[1] ?? '') !== null)

  test.each(ecdsa)('%s', { timeout: 300_000 }, (name) => {
    const judged = judgeEcdsa(JSON.parse(readText(name)) as EcdsaFile)
    const rule = name.includes('_p1363_') ? 'raw' : ''
    expect(mismatches(judged, rule)).toEqual([])
    expect(judged.length).toBeGreaterThan(0)
  })

  test.each(['ed25519', 'ed448'] as const)('%s_test.json', { timeout: 300_000 }, (curve) => {
    const judged = judgeEddsa(curve, JSON.parse(readText(`${curve}_test.json`)) as EddsaFile)
    expect(mismatches(judged, '')).toEqual([])
    expect(judged.length).toBeGreaterThan(0)
  })
})

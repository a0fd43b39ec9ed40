import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { toBase64 } from '../../../../src/main/engine/codec/base64.ts'
import { spki } from '../../../../src/main/engine/signature/public-key.ts'
import { UsageError } from '../../../../src/main/hosts/cli/args.ts'
import { givenKeys } from '../../../../src/main/hosts/cli/keys.ts'
import { toHex } from '../../../../src/shared/hex.ts'
import { EC_CURVES, keyOf, pem } from '../../../tools/written-keys.ts'

let root = ''
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'eichlicht-keys-'))
})
afterAll(() => rmSync(root, { recursive: true }))

const P256 = spki('secp256r1', keyOf('secp256r1'))
const FORMS = (data: Uint8Array) => [toHex(data), toBase64(data), pem('PUBLIC KEY', data)]

describe('a key on the command line', () => {
  test.each(EC_CURVES)('may be written out in every form, of the length of %s too', (curve) => {
    const point = keyOf(curve)
    for (const text of FORMS(spki(curve, point))) {
      expect(givenKeys([text], 'K2', null)).toMatchObject([{ curve, point: toHex(point) }])
    }
  })

  test('may be a file of text or DER', () => {
    for (const [index, content] of [...FORMS(P256), P256].entries()) {
      const file = join(root, `key-${index}`)
      writeFileSync(file, content)
      expect(givenKeys([file], 'K2', null)).toMatchObject([{ curve: 'secp256r1' }])
    }
  })

  test('may come from standard input', () => {
    expect(givenKeys(['-'], 'K2', P256)).toMatchObject([{ curve: 'secp256r1' }])
  })

  test('may be several, each with its origin', () => {
    const second = spki('secp192r1', keyOf('secp192r1'))
    const keys = givenKeys([toHex(P256), toHex(second)], 'K2', null)
    expect(keys.map(({ curve }) => curve)).toEqual(['secp256r1', 'secp192r1'])
    expect(keys[0]?.origin).toBe(`--key ${toHex(P256).slice(0, 39)}…`)
  })

  test.each([
    ['K1', 'key-file'],
    ['K2', 'key-file'],
    ['K3', 'key-file'],
    ['K4', 'imprint'],
  ] as const)('is worth what the user says: %s', (trust, source) => {
    expect(givenKeys([toHex(P256)], trust, null)).toMatchObject([{ trust, source }])
  })
})

describe('a check with the wrong keys would mislead, so it does not begin', () => {
  test.each(['nonsense', '', 'no-such-file.pem', '04'.repeat(65), 'x'.repeat(5000)])(
    '%j is no key',
    (text) => {
      expect(() => givenKeys([toHex(P256), text], 'K2', null)).toThrow(UsageError)
    },
  )

  test('an empty standard input is no key', () => {
    expect(() => givenKeys(['-'], 'K2', null)).toThrow(UsageError)
    expect(() => givenKeys(['-'], 'K2', new Uint8Array())).toThrow(UsageError)
  })

  test('a file larger than any key is not read', () => {
    const file = join(root, 'large')
    writeFileSync(file, ' '.repeat(64 * 1024) + toHex(P256))
    expect(() => givenKeys([file], 'K2', null)).toThrow(UsageError)
  })

  test('a private key is not taken for a public one', () => {
    const text = pem('EC PRIVATE KEY', Uint8Array.of(0x30, 0))
    expect(() => givenKeys([text], 'K2', null)).toThrow(UsageError)
  })
})

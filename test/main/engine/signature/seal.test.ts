/** Seals: what opens them, what does not, and what they do not prove. */
import { createDecipheriv } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { decryptCbc } from '../../../../src/main/engine/codec/aes.ts'
import { utf8Bytes, utf8TextLenient } from '../../../../src/main/engine/codec/text.ts'
import { sealedOcmf } from '../../../../src/main/engine/formats/ocmf/sealed/index.ts'
import { readPublicKey } from '../../../../src/main/engine/signature/public-key.ts'
import { compressionOf, openSeal, readSeal } from '../../../../src/main/engine/signature/seal.ts'
import { readOffer } from '../../../../src/main/engine/signature/key-offer.ts'
import { toHex } from '../../../../src/shared/hex.ts'
import {
  cbc,
  container,
  reversed,
  rsaPublicKey,
  seal,
  sealBlocks,
  sealKey,
  sealKeyHex,
} from '../../../tools/sign-sealed.ts'

const KEY = sealKey()
const PUBLIC = rsaPublicKey(KEY)
const AES_KEYS = [0x00, 0x10, 0x20].map((from) =>
  Uint8Array.from({ length: 16 }, (_, i) => from + i),
)
const [K1, K2, K3] = AES_KEYS as [Uint8Array, Uint8Array, Uint8Array]

/** A record of the length that takes two blocks. */
function record(begin: string, end: string): string {
  const reading = (letter: string, hour: number, value: string) =>
    `{"TM":"2026-01-02T${hour}:00:00,000+0100 S","TX":"${letter}","RV":${value},"RI":"1-0:1.8.0","RU":"kWh","ST":"G"}`
  const readings = [reading('B', 10, begin), reading('E', 11, end)].join(',')
  return `OCMF|{"FV":"1.0","GI":"EXAMPLE","GS":"1","PG":"T1","MS":"M-0001","RD":[${readings}]}|{"SD":""}`
}

describe('a seal', () => {
  test.each([1, 100, 223, 224])('of %i bytes opens with its key', (length) => {
    const text = 'x'.repeat(length)
    const opened = openSeal(readSeal(seal(text)), PUBLIC)
    expect(utf8TextLenient(opened ?? new Uint8Array())).toBe(text)
  })

  test.each([225, 448, 449, 5000])('of %i bytes in several blocks opens too', (length) => {
    const opened = openSeal(readSeal(seal('y'.repeat(length))), PUBLIC)
    expect(opened).toHaveLength(length)
  })

  test('opens with no other key', () => {
    expect(openSeal(readSeal(seal('text')), rsaPublicKey(sealKey('somebody else')))).toBeNull()
  })

  test('of one block opens with no byte of its 258 changed', () => {
    const bytes = seal('a short text')
    const opened = []
    for (let at = bytes.length - 258; at < bytes.length; at++) {
      const changed = bytes.slice()
      changed[at] = (changed[at] ?? 0) ^ 1
      if (openSeal(readSeal(changed), PUBLIC) !== null) opened.push(at)
    }
    expect(opened).toEqual([])
  })

  test('that says another length than its blocks have does not open', () => {
    for (const length of [0, 224, 449]) {
      expect(openSeal(readSeal(seal('z'.repeat(300), { length })), PUBLIC)).toBeNull()
    }
  })

  test('of another version or key length is of no kind we know', () => {
    expect(compressionOf(readSeal(seal('text')))).toBe('none')
    expect(compressionOf(readSeal(seal('text', { compress: true })))).toBe('deflate')
    expect(compressionOf(readSeal(seal('text', { version: 1 })))).toBeNull()
    expect(compressionOf(readSeal(seal('text', { keyBits: 4096 })))).toBeNull()
  })

  test('is recognised by its object identifier', () => {
    expect(sealedOcmf.detect(seal('text'))).toBe(true)
    expect(sealedOcmf.detect(PUBLIC)).toBe(false)
  })

  test('its key is read as SubjectPublicKeyInfo and as RSAPublicKey', () => {
    for (const text of [sealKeyHex(KEY), toHex(PUBLIC)]) {
      expect(readPublicKey(text)).toMatchObject({ kind: 'key', curve: 'rsa-2048', point: PUBLIC })
    }
  })
})

const xor = (a: Uint8Array, b: Uint8Array) => a.map((byte, at) => byte ^ (b[at] ?? 0))
const at = (bytes: Uint8Array, block: number) => bytes.subarray(16 * block, 16 * block + 16)

function decrypt(key: Uint8Array, block: Uint8Array): Uint8Array {
  const cipher = createDecipheriv('aes-128-ecb', key, null).setAutoPadding(false)
  return new Uint8Array(Buffer.concat([cipher.update(block), cipher.final()]))
}

/**
 * Another text under a genuine seal of two blocks, made without the private key: `text` but for the
 * last 32 bytes of its first block, which come out as they will.
 */
function forged(genuine: Uint8Array, text: string): Uint8Array {
  const right = readSeal(genuine)
  const opened = openSeal(right, PUBLIC)
  if (opened === null || opened.length !== text.length) throw new Error('another length')
  const inner = cbc(K1, 0, sealBlocks(opened))
  const middle = cbc(K2, 0x40, inner)
  const wanted = sealBlocks(utf8Bytes(text))
  const first = cbc(K1, 0, wanted.subarray(0, 14 * 16))
  const second = cbc(K2, 0x40, first)
  // From the state behind block 15 backward, from that behind block 13 forward; they meet in two blocks.
  const x14 = xor(decrypt(K2, at(middle, 15)), at(inner, 15))
  const y14 = xor(decrypt(K2, x14), at(second, 13))
  const blocks = sealBlocks(opened)
  blocks.set(wanted.subarray(0, 14 * 16))
  blocks.set(xor(decrypt(K1, y14), at(first, 13)), 14 * 16)
  blocks.set(xor(decrypt(K1, at(inner, 15)), y14), 15 * 16)
  const mixed = cbc(K3, 0x80, reversed(cbc(K2, 0x40, cbc(K1, 0, blocks))))
  const covered = Uint8Array.of(...right.sealed.subarray(0, 256), ...mixed.subarray(254))
  return container(covered)
}

describe('a seal of several blocks', () => {
  const genuine = seal(record('10.000', '12.500'))

  test('is opened although its first block was put together by somebody without the private key', () => {
    const changed = forged(genuine, record('00.000', '12.500'))
    const opened = openSeal(readSeal(changed), PUBLIC)
    expect(utf8TextLenient((opened ?? new Uint8Array()).subarray(0, 192))).toBe(
      record('00.000', '12.500').slice(0, 192),
    )
  })

  test('is therefore believed only where the bytes that come out by chance have no place', () => {
    const changed = forged(genuine, record('00.000', '12.500'))
    const { keys } = readOffer(sealKeyHex(KEY), { source: 'container', trust: 'K1', origin: 'x' })
    const hints = { format: null, encoding: null, transaction: null, role: null }
    const codes = (bytes: Uint8Array) => {
      try {
        const decoded = sealedOcmf.decode({ bytes, origin: [], keys: [], hints }, keys)
        return [
          decoded.claim.algorithm?.curve ?? 'none',
          ...decoded.findings.map(({ code }) => code),
        ]
      } catch {
        return ['unreadable']
      }
    }
    expect(codes(genuine)).toContain('SEAL-COVERAGE')
    expect(codes(genuine)).toContain('rsa-2048')
    expect(codes(changed)).not.toContain('rsa-2048')
  })
})

test('AES passes of the tools and of the engine are each other’s inverse', () => {
  const plain = Uint8Array.from({ length: 64 }, (_, i) => i)
  const iv = new Uint8Array(16)
  iv[0] = 0x80
  expect(decryptCbc(K3, iv, cbc(K3, 0x80, plain))).toEqual(plain)
})

/**
 * Seals texts with throw-away RSA keys, for vectors, samples and the benchmark. Never shipped.
 *
 * @module
 */
import { createCipheriv } from 'node:crypto'
import { deflateRawSync } from 'node:zlib'
import { TAG, encodeElement, encodeOid, encodeUnsigned } from '../../src/main/engine/codec/asn1.ts'
import { utf8Bytes } from '../../src/main/engine/codec/text.ts'
import { spki } from '../../src/main/engine/signature/public-key.ts'
import { toInteger, toOctets } from '../../src/main/engine/signature/curves.ts'
import { SEAL_OID } from '../../src/main/engine/signature/seal.ts'
import { fromHex, toHex } from '../../src/shared/hex.ts'

/** Primes made once with OpenSSL for this purpose and no other: to find such takes a second each. */
const PRIMES = {
  '1': {
    p:
      'd4e2a475ee585a999a38aa78e8468cbd89014fd04612d75cee03a0af2f1c7877' +
      'f566d63526798a317d7932610c612c0dd3c1b412ffadd618701d0ab27a90d86b' +
      '27b26daf65d08ace238fb0c414a4b0d22514190f2bcda48800f96cdb30381b67' +
      '6333a755579a36ab5487982385687f43ba60ba966896126b787e350d33a15235',
    q:
      'd1a84934aa9ff09428628083c989f50505e1861827e689e833a00b377c4d1119' +
      'a10f2de5c7315fab5c3efbf500478a16a29f67f93cfcf7b3a59c2210fc2eb5d7' +
      'e8b159bc54c27c7f572a49a8853e48f87da8e030203a02f8537a0caa3bdf6235' +
      'fb36ac8b02573e82a64bfc69483a0c67ef853330f9e6fe0661b0c971c16721b3',
  },
  'somebody else': {
    p:
      'fbd2e6942b7c8875fc776e7249d7485fe199c878cde62d4e62f686fef4b8142e' +
      '6eed127cbd39cb1ac1b3bfb69300bcfa3698ae3899785762c0cbcdd6bc84512d' +
      'cc406248c609713992b07080cefa752e2af3b1dbea83907fc3b50558edbb0e38' +
      '34a6a8777cb7d2c22845eadd35c9af68ea89b240ff9f0bb645bd0793ba7dc0bf',
    q:
      'e3cc12fa9554cc22a01463e12d9dfc9d83be92251d7f3d551d269b92e70ac306' +
      '18b3512f2c72438b5b779f20f32de3409627d5b7ae951152681b6e181a2c9232' +
      '078c92f5c17d6b408b81ca2770ebd9e866ad49ac661a779d4499afc7190025a2' +
      'c882b2eb677bc5e5e18131dbd4948986d64fe4a2fc595c98e7a9b08bf709eb89',
  },
} as const

export interface SealKey {
  n: bigint
  d: bigint
}

const EXPONENT = 65_537n

export function sealKey(name: keyof typeof PRIMES = '1'): SealKey {
  const { p, q } = PRIMES[name]
  const [first, second] = [BigInt(`0x${p}`), BigInt(`0x${q}`)]
  return { n: first * second, d: inverse(EXPONENT, (first - 1n) * (second - 1n)) }
}

function inverse(value: bigint, modulus: bigint): bigint {
  let [a, b, x, y] = [value, modulus, 1n, 0n]
  while (b !== 0n) [a, b, x, y] = [b, a % b, y, x - (a / b) * y]
  return ((x % modulus) + modulus) % modulus
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n
  let square = base
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = (result * square) % modulus
    square = (square * square) % modulus
  }
  return result
}

/** @returns RSAPublicKey in DER */
export function rsaPublicKey({ n }: SealKey): Uint8Array {
  return encodeElement(
    TAG.sequence,
    encodeUnsigned(toOctets(n, 256)),
    encodeUnsigned(toOctets(EXPONENT, 3)),
  )
}

/** @returns SubjectPublicKeyInfo in hexadecimal digits */
export function sealKeyHex(key: SealKey): string {
  return toHex(spki('rsa-2048', rsaPublicKey(key)))
}

export const MAGIC = fromHex('3e7ab1705afee421ea4194e4040707ea') ?? new Uint8Array()

export interface SealOptions {
  key?: SealKey
  compress?: boolean
  /** Other values of the container. */
  version?: number
  keyBits?: number
  /** The mixed bytes before they are signed, in place of the right ones. */
  mixed?: (right: Uint8Array) => Uint8Array
  /** Length in the headers. */
  length?: number
  aesKeys?: readonly Uint8Array[]
}

const AES_KEYS = [0x00, 0x10, 0x20].map((from) =>
  Uint8Array.from({ length: 16 }, (_, i) => from + i),
)

export function cbc(key: Uint8Array, first: number, plain: Uint8Array): Uint8Array {
  const iv = new Uint8Array(16)
  iv[0] = first
  const cipher = createCipheriv('aes-128-cbc', key, iv).setAutoPadding(false)
  return new Uint8Array(Buffer.concat([cipher.update(plain), cipher.final()]))
}

export function reversed(bytes: Uint8Array): Uint8Array {
  const blocks = Array.from({ length: bytes.length / 16 }, (_, i) =>
    bytes.subarray(16 * i, 16 * i + 16),
  )
  return Uint8Array.from(blocks.toReversed().flatMap((block) => [...block]))
}

/** @returns blocks with headers, before they are mixed */
export function sealBlocks(text: Uint8Array, length = text.length): Uint8Array {
  const count = Math.max(1, Math.ceil(text.length / 224))
  const nonce = [1, 2, 3, 4, 5, 6, 7, 8]
  const blocks = Array.from({ length: count }, (_, index) => {
    const part = text.subarray(224 * index, 224 * index + 224)
    const padding = new Uint8Array(224 - part.length)
    const numbers = [...toOctets(BigInt(length), 4), ...toOctets(BigInt(index), 4)]
    return [...MAGIC, ...nonce, ...numbers, ...part, ...padding]
  })
  return Uint8Array.from(blocks.flat())
}

/** @returns the container in DER */
export function seal(text: string | Uint8Array, options: SealOptions = {}): Uint8Array {
  const { key = sealKey(), compress = false, aesKeys = AES_KEYS } = options
  const plain = typeof text === 'string' ? utf8Bytes(text) : text
  const inside = compress ? new Uint8Array(deflateRawSync(plain)) : plain
  const [first, second, third] = aesKeys
  if (first === undefined || second === undefined || third === undefined) throw new Error('keys')
  const inner = cbc(second, 0x40, cbc(first, 0, sealBlocks(inside, options.length)))
  const right = Uint8Array.of(0x3e, 0x7a, ...cbc(third, 0x80, reversed(inner)))
  const mixed = options.mixed?.(right) ?? right
  const signature = power(toInteger(mixed.subarray(0, 256)), key.d, key.n)
  const sealed = Uint8Array.of(...toOctets(signature, 256), ...mixed.subarray(256))
  return container(sealed, options)
}

export function container(sealed: Uint8Array, options: SealOptions = {}): Uint8Array {
  const { compress = false, version = 2, keyBits = 2048, aesKeys = AES_KEYS } = options
  const number = (value: number) => encodeUnsigned(toOctets(BigInt(value), 4))
  const sequence = (...elements: Uint8Array[]) => encodeElement(TAG.sequence, ...elements)
  return sequence(
    encodeOid(SEAL_OID),
    number(version),
    encodeElement(
      0x60,
      sequence(
        encodeOid('1.3.6.1.4.1.21876.4.3.2'),
        encodeElement(0xa0, encodeOid('1.2.840.113549.1.1.1')),
        encodeElement(0xa1, encodeOid(`1.3.6.1.4.1.21876.1.1.1.1.${compress ? 2 : 0}`)),
        encodeElement(0xa2, number(keyBits)),
        encodeElement(0xa4, sequence(...aesKeys.map((one) => encodeElement(TAG.octetString, one)))),
      ),
    ),
    encodeElement(0x61, sequence()),
    encodeElement(0x62, sequence()),
    encodeElement(TAG.octetString, sealed),
  )
}

/** @param record text of an OCMF record with an empty signature @returns hexadecimal digits */
export function sealHex(record: string, options: SealOptions = {}): string {
  return toHex(seal(record, options)).toUpperCase()
}

/** The `<values>` document with a seal and, where given, its key. */
export function sealedXml(hex: string, key: string | null, transaction = '1'): string {
  const beside = key === null ? '' : `\n    <publicKey encoding="hex">${key}</publicKey>`
  return `<?xml version="1.0" encoding="UTF-8"?>\n<values>\n  <value transactionId="${transaction}">\n    <encodedData format="OCMF" encoding="hex">${hex}</encodedData>${beside}\n  </value>\n</values>\n`
}

/**
 * AES with a key of 128 bits, decryption in CBC mode without padding.
 *
 * Nothing secret is ever decrypted here: seals carry their keys in the open. Hence tables are fine.
 * Source: FIPS 197, 5.3; NIST SP 800-38A, 6.2.
 *
 * @module
 */

export const BLOCK_BYTES = 16
const ROUNDS = 10

/** Product in the field of AES, modulo x⁸ + x⁴ + x³ + x + 1 (4.2). */
function times(a: number, b: number): number {
  let product = 0
  for (let bit = b, factor = a; bit > 0; bit >>= 1) {
    if ((bit & 1) !== 0) product ^= factor
    factor = (factor << 1) ^ ((factor & 0x80) === 0 ? 0 : 0x11b)
  }
  return product
}

/** S-box: the inverse in the field, then an affine map (5.1.1). */
function substitutions(): { forward: Uint8Array; backward: Uint8Array } {
  const forward = new Uint8Array(256)
  const backward = new Uint8Array(256)
  // 3 generates all elements but 0; its powers meet their inverses, the powers of 0xf6.
  for (let element = 1, inverse = 1, count = 0; count < 255; count++) {
    const turned = inverse ^ rotate(inverse, 1) ^ rotate(inverse, 2)
    const box = turned ^ rotate(inverse, 3) ^ rotate(inverse, 4) ^ 0x63
    forward[element] = box
    element = times(element, 3)
    inverse = times(inverse, 0xf6)
  }
  forward[0] = 0x63
  for (const [value, box] of forward.entries()) backward[box] = value
  return { forward, backward }
}

function rotate(byte: number, bits: number): number {
  return ((byte << bits) | (byte >> (8 - bits))) & 0xff
}

let boxes: ReturnType<typeof substitutions> | null = null
let products: Record<9 | 11 | 13 | 14, Uint8Array> | null = null

function tables() {
  boxes ??= substitutions()
  const by = (factor: number) => Uint8Array.from({ length: 256 }, (_, byte) => times(byte, factor))
  products ??= { 9: by(9), 11: by(11), 13: by(13), 14: by(14) }
  return { ...boxes, products }
}

/** Round keys, one after the other (5.2). */
function expandKey(key: Uint8Array): Uint8Array {
  const { forward } = tables()
  const expanded = new Uint8Array(BLOCK_BYTES * (ROUNDS + 1))
  expanded.set(key)
  let constant = 1
  for (let at = key.length; at < expanded.length; at += 4) {
    let word = expanded.slice(at - 4, at)
    if (at % key.length === 0) {
      word = Uint8Array.of(...word.subarray(1), word[0] ?? 0).map((byte) => forward[byte] ?? 0)
      word[0] = (word[0] ?? 0) ^ constant
      constant = times(constant, 2)
    }
    for (let i = 0; i < 4; i++) expanded[at + i] = (word[i] ?? 0) ^ (expanded[at + i - 16] ?? 0)
  }
  return expanded
}

/** Where InvShiftRows takes each byte from (5.3.1). */
const SHIFTED = Uint8Array.of(0, 13, 10, 7, 4, 1, 14, 11, 8, 5, 2, 15, 12, 9, 6, 3)

function decryptBlock(keys: Uint8Array, block: Uint8Array): Uint8Array {
  const { backward, products: by } = tables()
  let state: Uint8Array = new Uint8Array(block)
  addKey(state, keys, ROUNDS)
  for (let round = ROUNDS - 1; ; round--) {
    const shifted = state
    state = SHIFTED.map((from) => backward[shifted[from] ?? 0] ?? 0)
    addKey(state, keys, round)
    if (round === 0) return state
    for (let at = 0; at < BLOCK_BYTES; at += 4) {
      const [a = 0, b = 0, c = 0, d = 0] = state.subarray(at, at + 4)
      const mix = (w: number, x: number, y: number, z: number) =>
        (by[14][w] ?? 0) ^ (by[11][x] ?? 0) ^ (by[13][y] ?? 0) ^ (by[9][z] ?? 0)
      state.set([mix(a, b, c, d), mix(b, c, d, a), mix(c, d, a, b), mix(d, a, b, c)], at)
    }
  }
}

function addKey(state: Uint8Array, keys: Uint8Array, round: number): void {
  for (let i = 0; i < BLOCK_BYTES; i++) {
    state[i] = (state[i] ?? 0) ^ (keys[round * BLOCK_BYTES + i] ?? 0)
  }
}

/**
 * @param key 16 bytes
 * @param iv 16 bytes
 * @param sealed a multiple of 16 bytes
 * @throws RangeError for other lengths
 */
export function decryptCbc(key: Uint8Array, iv: Uint8Array, sealed: Uint8Array): Uint8Array {
  const lengths = [key.length - BLOCK_BYTES, iv.length - BLOCK_BYTES, sealed.length % BLOCK_BYTES]
  if (lengths.some((surplus) => surplus !== 0)) throw new RangeError('AES: a length is wrong')
  const keys = expandKey(key)
  const opened = new Uint8Array(sealed.length)
  let before = iv
  for (let at = 0; at < sealed.length; at += BLOCK_BYTES) {
    const block = sealed.subarray(at, at + BLOCK_BYTES)
    const plain = decryptBlock(keys, block)
    for (let i = 0; i < BLOCK_BYTES; i++) opened[at + i] = (plain[i] ?? 0) ^ (before[i] ?? 0)
    before = block
  }
  return opened
}

/**
 * bzip2 decompression.
 *
 * Shape: `BZh`, block size 1 to 9, blocks, end mark; streams may follow one another. A block is
 * Huffman-coded in groups of 50 symbols, then move-to-front, run lengths, Burrows-Wheeler and run
 * lengths once more, all undone here in that order. Randomised blocks (bzip2 before 0.9.5) are
 * refused. Source: J. Tsai, "BZIP2: Format Specification", 2016.
 *
 * @module
 */
import { SyntaxProblem } from './decode-error.ts'

const BLOCK = 0x314159265359
const END = 0x177245385090
const RUN_A = 0
const RUN_B = 1
const GROUP = 50
const LONGEST_CODE = 20

/**
 * @param write is called for every piece of output; may throw to end the work
 * @throws SyntaxProblem with the byte offset of the damage
 */
export function bunzip2(bytes: Uint8Array, write: (piece: Uint8Array) => void): void {
  const input = new BitReader(bytes)
  for (let first = true; first || input.hasMore(); first = false) {
    input.toByte()
    const [b, z, h, level] = [input.bits(8), input.bits(8), input.bits(8), input.bits(8) - 0x30]
    if (b !== 0x42 || z !== 0x5a || h !== 0x68 || level < 1 || level > 9) {
      if (first) input.fail()
      return // what follows the last stream is no part of it
    }
    readBlocks(input, level * 100_000, write)
  }
}

function readBlocks(input: BitReader, most: number, write: (piece: Uint8Array) => void): void {
  const symbols = new Uint32Array(most)
  for (;;) {
    const mark = input.bits(24) * 2 ** 24 + input.bits(24)
    const check = input.word()
    if (mark === END) return
    if (mark !== BLOCK || input.bits(1) === 1) input.fail()
    const start = input.bits(24)
    const length = readBlock(input, symbols)
    if (start >= length) input.fail()
    invert(symbols, length)
    if (expand(symbols, start, length, write) !== check) input.fail()
  }
}

/** @returns number of symbols of the block, before its transformation is undone */
function readBlock(input: BitReader, symbols: Uint32Array): number {
  const used = usedBytes(input)
  const count = used.length + 2
  const tableCount = input.bits(3)
  const selectorCount = input.bits(15)
  if (used.length === 0 || tableCount < 2 || tableCount > 6 || selectorCount === 0) input.fail()
  const selectors = readSelectors(input, selectorCount, tableCount)
  const tables = Array.from({ length: tableCount }, () => readTable(input, count))
  const endOfBlock = used.length + 1
  let length = 0
  let run = 0
  let weight = 1
  for (let group = 0; ; group++) {
    const table = tables[selectors[group] ?? tableCount] ?? input.fail()
    for (let i = 0; i < GROUP; i++) {
      const symbol = table(input)
      if (symbol === RUN_A || symbol === RUN_B) {
        if (weight > symbols.length) input.fail()
        run += weight << symbol
        weight *= 2
        continue
      }
      if (run > 0) {
        if (length + run > symbols.length) input.fail()
        symbols.fill(used[0] ?? 0, length, length + run)
        length += run
        run = 0
        weight = 1
      }
      if (symbol === endOfBlock) return length
      if (length === symbols.length) input.fail()
      const [byte = 0] = used.splice(symbol - 1, 1)
      used.unshift(byte)
      symbols[length++] = byte
    }
  }
}

/** Bytes that occur in the block, in order: the list that move-to-front starts with. */
function usedBytes(input: BitReader): number[] {
  const rows = input.bits(16)
  const used: number[] = []
  for (let row = 0; row < 16; row++) {
    if ((rows & (0x8000 >> row)) === 0) continue
    const columns = input.bits(16)
    for (let column = 0; column < 16; column++) {
      if ((columns & (0x8000 >> column)) !== 0) used.push(row * 16 + column)
    }
  }
  return used
}

function readSelectors(input: BitReader, count: number, tables: number): Uint8Array {
  const recent = Array.from({ length: tables }, (_, index) => index)
  return Uint8Array.from({ length: count }, () => {
    let at = 0
    while (input.bits(1) === 1) if (++at >= tables) input.fail()
    const [table = 0] = recent.splice(at, 1)
    recent.unshift(table)
    return table
  })
}

/** @returns reads one symbol of a table of canonical Huffman codes */
function readTable(input: BitReader, count: number): (input: BitReader) => number {
  const lengths: number[] = []
  let length = input.bits(5)
  for (let i = 0; i < count; i++) {
    for (;;) {
      if (length < 1 || length > LONGEST_CODE) input.fail()
      if (input.bits(1) === 0) break
      length += input.bits(1) === 0 ? 1 : -1
    }
    lengths.push(length)
  }
  const ofLength = new Int32Array(LONGEST_CODE + 1)
  for (const one of lengths) ofLength[one] = (ofLength[one] ?? 0) + 1
  const sorted = Uint16Array.from(
    lengths.map((_, symbol) => symbol).toSorted((a, b) => (lengths[a] ?? 0) - (lengths[b] ?? 0)),
  )
  return (from) => {
    let code = 0
    let first = 0
    let index = 0
    for (let bits = 1; bits <= LONGEST_CODE; bits++) {
      code |= from.bits(1)
      const these = ofLength[bits] ?? 0
      if (code - first < these) return sorted[index + code - first] ?? from.fail()
      index += these
      first = (first + these) << 1
      code <<= 1
    }
    return from.fail()
  }
}

/** Makes of each symbol the index of its successor, in the upper bits beside its byte. */
function invert(symbols: Uint32Array, length: number): void {
  const before = new Uint32Array(256)
  for (let i = 0; i < length; i++) {
    const byte = (symbols[i] ?? 0) & 0xff
    before[byte] = (before[byte] ?? 0) + 1
  }
  let sum = 0
  for (let byte = 0; byte < 256; byte++) {
    const count = before[byte] ?? 0
    before[byte] = sum
    sum += count
  }
  for (let i = 0; i < length; i++) {
    const byte = (symbols[i] ?? 0) & 0xff
    const place = before[byte] ?? 0
    before[byte] = place + 1
    symbols[place] = (symbols[place] ?? 0) | (i << 8)
  }
}

const PIECE = 64 * 1024

/** Follows the successors and undoes the outer run lengths. @returns checksum of the output */
function expand(
  symbols: Uint32Array,
  start: number,
  length: number,
  write: (piece: Uint8Array) => void,
): number {
  let piece = new Uint8Array(PIECE)
  let filled = 0
  let check = 0xffffffff
  let at = (symbols[start] ?? 0) >>> 8
  let last = -1
  let same = 0
  for (let i = 0; i < length; i++) {
    const entry = symbols[at] ?? 0
    const byte = entry & 0xff
    at = entry >>> 8
    // Four of the same byte are followed by how many more there are.
    const times = same === 4 ? byte : 1
    if (same === 4) same = 0
    else {
      same = byte === last ? same + 1 : 1
      last = byte
    }
    for (let n = 0; n < times; n++) {
      piece[filled++] = last
      check = ((check << 8) ^ (CRC[(check >>> 24) ^ last] ?? 0)) >>> 0
      if (filled < PIECE) continue
      write(piece)
      piece = new Uint8Array(PIECE)
      filled = 0
    }
    if (same === 0) last = -1
  }
  if (filled > 0) write(piece.subarray(0, filled))
  return ~check >>> 0
}

/** CRC-32 of ITU-T V.42 with the highest bit first. */
const CRC = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte << 24
  for (let i = 0; i < 8; i++) value = value < 0 ? (value << 1) ^ 0x04c11db7 : value << 1
  return value >>> 0
})

class BitReader {
  private readonly bytes: Uint8Array
  private at = 0
  private held = 0
  private count = 0

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }

  /** @param wanted at most 24 */
  bits(wanted: number): number {
    while (this.count < wanted) {
      const byte = this.bytes[this.at++]
      if (byte === undefined) return this.fail()
      this.held = ((this.held & 0xffffff) << 8) | byte
      this.count += 8
    }
    this.count -= wanted
    return (this.held >>> this.count) & ((1 << wanted) - 1)
  }

  word(): number {
    return this.bits(16) * 0x10000 + this.bits(16)
  }

  toByte(): void {
    this.count -= this.count % 8
  }

  /** Bytes behind the stream that has just ended. */
  hasMore(): boolean {
    return this.at - Math.floor(this.count / 8) < this.bytes.length
  }

  fail(): never {
    throw new SyntaxProblem('bzip2', Math.min(this.at, this.bytes.length))
  }
}

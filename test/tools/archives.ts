/**
 * Writes archives for tests and samples: real ones, and such as no honest tool would write.
 *
 * @module
 */
import { type Zippable, gzipSync, zipSync } from 'fflate'
import { utf8Bytes } from '../../src/main/engine/codec/text.ts'

export type Content = string | Uint8Array

export const bytesOf = (content: Content): Uint8Array =>
  typeof content === 'string' ? utf8Bytes(content) : content

/** The same bytes on every machine and day. */
const DATE = new Date(2025, 0, 1)

export function zip(files: Record<string, Content>, level: 0 | 9 = 9): Uint8Array {
  const members: Zippable = {}
  for (const [name, content] of Object.entries(files)) {
    members[name] = [bytesOf(content), { level, mtime: DATE }]
  }
  return zipSync(members)
}

export function gzip(content: Content): Uint8Array {
  return gzipSync(bytesOf(content), { level: 9, mtime: DATE })
}

export interface TarEntry {
  name: string
  content?: Content
  /** `0` a file, `1` and `2` links, `3` a device, `5` a folder, `x` notes in front of a file. */
  type?: string
  link?: string
  /** Stated instead of the true size. */
  size?: number
}

export function tar(entries: readonly TarEntry[]): Uint8Array {
  const parts = entries.flatMap((entry) => {
    const data = bytesOf(entry.content ?? '')
    const padded = new Uint8Array(Math.ceil(data.length / 512) * 512)
    padded.set(data)
    return [tarHeader(entry, data.length), padded]
  })
  return Buffer.concat([...parts, new Uint8Array(1024)])
}

function tarHeader({ name, type = '0', link = '', size }: TarEntry, length: number): Uint8Array {
  const header = new Uint8Array(512)
  const put = (at: number, text: string) => header.set(utf8Bytes(text), at)
  const octal = (value: number, digits: number) => value.toString(8).padStart(digits, '0')
  put(0, name.slice(0, 100))
  put(100, '0000644')
  put(108, '0000000')
  put(116, '0000000')
  put(124, octal(size ?? length, 11))
  put(136, octal(1735689600, 11))
  put(148, '        ')
  put(156, type)
  put(157, link)
  put(257, 'ustar\x0000')
  const sum = header.reduce((all, byte) => all + byte, 0)
  put(148, `${octal(sum, 6)}\0 `)
  return header
}

/** bzip2 with codes of one length: valid, small enough, and simple. At most 900,000 bytes. */
export function bzip2(content: Content): Uint8Array {
  const bits = new BitWriter()
  for (const letter of 'BZh9') bits.put(letter.charCodeAt(0), 8)
  const data = bytesOf(content)
  const check = data.length === 0 ? 0 : writeBlock(bits, data)
  bits.put(0x177245, 24)
  bits.put(0x385090, 24)
  bits.put32(check)
  return bits.finish()
}

function writeBlock(bits: BitWriter, data: Uint8Array): number {
  const check = crcOf(data)
  const block = runLengths(data)
  const order = Array.from(block.keys()).toSorted((a, b) => compareRotations(block, a, b))
  bits.put(0x314159, 24)
  bits.put(0x265359, 24)
  bits.put32(check)
  bits.put(0, 1)
  bits.put(order.indexOf(0), 24)
  const used = [...new Set(block)].toSorted((a, b) => a - b)
  const rows = Array.from({ length: 16 }, (_, row) => used.filter((byte) => byte >> 4 === row))
  for (const row of rows) bits.put(row.length > 0 ? 1 : 0, 1)
  for (const row of rows.filter(({ length }) => length > 0)) {
    for (let column = 0; column < 16; column++) {
      bits.put(row.some((byte) => (byte & 15) === column) ? 1 : 0, 1)
    }
  }
  const symbols = moveToFront(
    order.map((at) => block[(at + block.length - 1) % block.length] ?? 0),
    [...used],
  )
  const width = Math.ceil(Math.log2(used.length + 2))
  const groups = Math.ceil(symbols.length / 50)
  bits.put(2, 3)
  bits.put(groups, 15)
  for (let group = 0; group < groups; group++) bits.put(0, 1)
  for (let table = 0; table < 2; table++) {
    bits.put(width, 5)
    for (let symbol = 0; symbol < used.length + 2; symbol++) bits.put(0, 1)
  }
  for (const symbol of symbols) bits.put(symbol, width)
  return check
}

/** Four of a byte are followed by how many more there are. */
function runLengths(data: Uint8Array): number[] {
  const out: number[] = []
  for (let at = 0; at < data.length;) {
    const byte = data[at] ?? 0
    let run = 1
    while (run < 259 && data[at + run] === byte) run++
    out.push(...Array.from({ length: Math.min(run, 4) }, () => byte))
    if (run >= 4) out.push(run - 4)
    at += run
  }
  return out
}

function compareRotations(block: readonly number[], a: number, b: number): number {
  for (let i = 0; i < block.length; i++) {
    const left = block[(a + i) % block.length] ?? 0
    const right = block[(b + i) % block.length] ?? 0
    if (left !== right) return left - right
  }
  return a - b
}

function moveToFront(bytes: readonly number[], used: number[]): number[] {
  const symbols: number[] = []
  let run = 0
  const endRun = () => {
    for (; run > 0; run = (run - 1) >> 1) symbols.push(run % 2 === 1 ? 0 : 1)
  }
  const endOfBlock = used.length + 1
  for (const byte of bytes) {
    const at = used.indexOf(byte)
    if (at === 0) {
      run++
      continue
    }
    endRun()
    symbols.push(at + 1)
    used.splice(at, 1)
    used.unshift(byte)
  }
  endRun()
  return [...symbols, endOfBlock]
}

function crcOf(data: Uint8Array): number {
  let check = 0xffffffff
  for (const byte of data) {
    check ^= byte << 24
    for (let i = 0; i < 8; i++) check = check < 0 ? (check << 1) ^ 0x04c11db7 : check << 1
  }
  return ~check >>> 0
}

class BitWriter {
  private readonly bytes: number[] = []
  private held = 0
  private count = 0

  put(value: number, width: number): void {
    for (let bit = width - 1; bit >= 0; bit--) {
      this.held = (this.held << 1) | ((value >>> bit) & 1)
      if (++this.count < 8) continue
      this.bytes.push(this.held)
      this.held = 0
      this.count = 0
    }
  }

  put32(value: number): void {
    this.put(value >>> 16, 16)
    this.put(value & 0xffff, 16)
  }

  finish(): Uint8Array {
    while (this.count > 0) this.put(0, 1)
    return Uint8Array.from(this.bytes)
  }
}

import { inflateSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { type Pixels, icns, ico, png } from '../../scripts/icon-files.ts'

/** A picture in which no pixel is like another of its row or column; its corner is clear. */
function picture(size: number): Pixels {
  const rgba = new Uint8Array(size * size * 4)
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      rgba.set([x * 7, y * 11, x ^ y, x + y === 0 ? 0 : 255], (y * size + x) * 4)
    }
  }
  return { size, rgba }
}

/** The pixels of a PNG of our own kind; the checks of the format are the reader's. */
function pixelsOf(file: Uint8Array): Pixels {
  const bytes = Buffer.from(file)
  expect(bytes.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n')
  const size = bytes.readUInt32BE(16)
  expect([bytes.readUInt32BE(20), bytes[24], bytes[25]]).toEqual([size, 8, 6])
  const rows = inflateSync(bytes.subarray(41, 41 + bytes.readUInt32BE(33)))
  const rgba = new Uint8Array(size * size * 4)
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size * 4; x++) {
      const above = y === 0 ? 0 : (rgba[(y - 1) * size * 4 + x] ?? 0)
      rgba[y * size * 4 + x] = (rows[y * (size * 4 + 1) + 1 + x] ?? 0) + above
    }
  }
  return { size, rgba }
}

describe('icons', () => {
  test('as PNG hold every pixel', () => {
    expect(pixelsOf(png(picture(33)))).toEqual(picture(33))
  })

  test('as ICO hold small pictures as bitmaps and large ones as PNG', () => {
    const file = Buffer.from(ico([picture(16), picture(256)]))
    expect([file.readUInt16LE(0), file.readUInt16LE(2), file.readUInt16LE(4)]).toEqual([0, 1, 2])
    const entries = [6, 22].map((at) => ({
      width: file[at],
      bits: file.readUInt16LE(at + 6),
      length: file.readUInt32LE(at + 8),
      from: file.readUInt32LE(at + 12),
    }))
    expect(entries).toMatchObject([
      { width: 16, bits: 32, length: 40 + 16 * 16 * 4 + 16 * 4, from: 38 },
      { width: 0, bits: 32 },
    ])
    const [small, large] = entries.map(({ from, length }) => file.subarray(from, from + length))
    expect(entries[1]?.from).toBe(38 + (entries[0]?.length ?? 0))
    expect(pixelsOf(large ?? file)).toEqual(picture(256))
    // The last row comes first, blue before red: this is the pixel at (3, 15).
    const at = 40 + 3 * 4
    expect([...(small ?? file).subarray(at, at + 4)]).toEqual([3 ^ 15, (15 * 11) & 255, 21, 255])
    // The mask of the first row, the last one here: its corner is clear.
    expect((small ?? file).readUInt16BE((small ?? file).length - 4)).toBe(0x8000)
  })

  test('as ICNS hold each size Apple asks for', () => {
    const sizes = [32, 64, 128, 256, 512, 1024]
    const file = Buffer.from(icns(sizes.map(picture)))
    expect([file.toString('latin1', 0, 4), file.readUInt32BE(4)]).toEqual(['icns', file.length])
    const parts: string[] = []
    for (let at = 8; at < file.length; at += file.readUInt32BE(at + 4)) {
      parts.push(`${file.toString('latin1', at, at + 4)} ${file.readUInt32BE(at + 8 + 16)}`)
    }
    expect(parts).toEqual([
      'ic11 32',
      'ic12 64',
      'ic07 128',
      'ic13 256',
      'ic08 256',
      'ic14 512',
      'ic09 512',
      'ic10 1024',
    ])
  })

  test('of a size that is missing are an error', () => {
    expect(() => icns([picture(32)])).toThrow('no picture of 64 pixels')
  })
})

/**
 * Files of icons, written from pixels: PNG, Windows' ICO, Apple's ICNS.
 *
 * @module
 */
import { crc32, deflateSync } from 'node:zlib'

/** A square picture: red, green, blue, opacity of each pixel, from the top left. */
export interface Pixels {
  size: number
  rgba: Uint8Array
}

/** Portable Network Graphics, 8 bits a channel with opacity. Source: ISO/IEC 15948, clause 11. */
export function png({ size, rgba }: Pixels): Uint8Array {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(size, 0)
  header.writeUInt32BE(size, 4)
  header.set([8, 6, 0, 0, 0], 8)
  const rowBytes = size * 4
  const rows = Buffer.alloc((rowBytes + 1) * size)
  for (let y = 0; y < size; y++) {
    // Filter 2, "Up": icons have much alike from row to row. The first row differs from nothing.
    rows[y * (rowBytes + 1)] = 2
    for (let x = 0; x < rowBytes; x++) {
      const above = y === 0 ? 0 : (rgba[(y - 1) * rowBytes + x] ?? 0)
      rows[y * (rowBytes + 1) + 1 + x] = (rgba[y * rowBytes + x] ?? 0) - above
    }
  }
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length, 0)
  frame.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
}

/**
 * Windows icon: a directory of pictures, small ones as bitmaps, which every program reads, large
 * ones as PNG, which Windows reads since Vista.
 *
 * Source: Microsoft, "Icons" (ICONDIR, ICONDIRENTRY) and BITMAPINFOHEADER.
 */
export function ico(pictures: readonly Pixels[]): Uint8Array {
  const images = pictures.map((picture) => (picture.size > 64 ? png(picture) : bitmap(picture)))
  const directory = Buffer.alloc(6 + 16 * pictures.length)
  directory.writeUInt16LE(1, 2) // icon, not cursor
  directory.writeUInt16LE(pictures.length, 4)
  let at = directory.length
  for (const [index, { size }] of pictures.entries()) {
    const entry = 6 + 16 * index
    const length = images[index]?.length ?? 0
    directory[entry] = size % 256 // 0 says 256
    directory[entry + 1] = size % 256
    directory.writeUInt16LE(1, entry + 4) // planes
    directory.writeUInt16LE(32, entry + 6) // bits for each pixel
    directory.writeUInt32LE(length, entry + 8)
    directory.writeUInt32LE(at, entry + 12)
    at += length
  }
  return Buffer.concat([directory, ...images])
}

/** Colours from the bottom left, blue first; then a mask of one bit, which opacity replaces. */
function bitmap({ size, rgba }: Pixels): Uint8Array {
  const maskRow = Math.ceil(size / 32) * 4
  const header = Buffer.alloc(40)
  header.writeUInt32LE(40, 0)
  header.writeInt32LE(size, 4)
  header.writeInt32LE(size * 2, 8) // colours and mask
  header.writeUInt16LE(1, 12)
  header.writeUInt16LE(32, 14)
  header.writeUInt32LE((size * 4 + maskRow) * size, 20)
  const colours = Buffer.alloc(size * size * 4)
  const mask = Buffer.alloc(maskRow * size)
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const from = (y * size + x) * 4
      const row = size - 1 - y
      const [red = 0, green = 0, blue = 0, opacity = 0] = rgba.subarray(from, from + 4)
      colours.set([blue, green, red, opacity], (row * size + x) * 4)
      const at = row * maskRow + (x >> 3)
      if (opacity === 0) mask.writeUInt8(mask.readUInt8(at) | (0x80 >> (x & 7)), at)
    }
  }
  return Buffer.concat([header, colours, mask])
}

/**
 * Types of Apple's icons that hold PNG, by their size in pixels; those with "@2x" are for
 * displays with twice the density. Source: Apple, `iconutil`; the pairs as it writes them.
 */
const ICNS: readonly (readonly [type: string, size: number])[] = [
  ['ic11', 32], // 16@2x
  ['ic12', 64], // 32@2x
  ['ic07', 128],
  ['ic13', 256], // 128@2x
  ['ic08', 256],
  ['ic14', 512], // 256@2x
  ['ic09', 512],
  ['ic10', 1024], // 512@2x
]

/** @param pictures of sizes 32 to 1024 */
export function icns(pictures: readonly Pixels[]): Uint8Array {
  const parts = ICNS.map(([type, size]) => {
    const picture = pictures.find((candidate) => candidate.size === size)
    if (picture === undefined) throw new RangeError(`no picture of ${size} pixels`)
    return icnsPart(type, png(picture))
  })
  return icnsPart('icns', Buffer.concat(parts))
}

function icnsPart(type: string, data: Uint8Array): Uint8Array {
  const header = Buffer.alloc(8)
  header.write(type, 'latin1')
  header.writeUInt32BE(data.length + 8, 4)
  return Buffer.concat([header, data])
}

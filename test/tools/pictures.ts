/**
 * Writes QR codes and pictures of them for tests and samples.
 *
 * @module
 */
import { readFileSync } from 'node:fs'
import encodeWebp, { init } from '@jsquash/webp/encode.js'
import { zlibSync } from 'fflate'
import { prepareZXingModule, writeBarcode } from 'zxing-wasm/writer'
import { utf8Bytes } from '../../src/main/engine/codec/text.ts'
import { crc32 } from '../../src/main/engine/containers/archives/unpack.ts'
import type { Pixels } from '../../src/main/engine/containers/image/raster.ts'

/** Modules of a code: true is dark. */
export interface Modules {
  size: number
  dark: (x: number, y: number) => boolean
}

let ready = false

export async function qrCode(text: string, level: 'L' | 'M' | 'Q' = 'L'): Promise<Modules> {
  if (!ready) {
    const file = new URL(
      '../../node_modules/zxing-wasm/dist/writer/zxing_writer.wasm',
      import.meta.url,
    )
    prepareZXingModule({ overrides: { wasmBinary: Uint8Array.from(readFileSync(file)).buffer } })
    ready = true
  }
  const { symbol, error } = await writeBarcode(text, {
    format: 'QRCode',
    options: `ecLevel=${level}`,
  })
  if (error !== '') throw new Error(error)
  const { width, data } = symbol
  return { size: width, dark: (x, y) => data[y * width + x] === 0 }
}

const QUIET = 4

/** @param scale pixels of a module */
export function pixels({ size, dark }: Modules, scale: number): Pixels {
  const side = (size + 2 * QUIET) * scale
  const grey = new Uint8Array(side * side).fill(255)
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const [column, row] = [Math.floor(x / scale) - QUIET, Math.floor(y / scale) - QUIET]
      const inside = column >= 0 && row >= 0 && column < size && row < size
      if (inside && dark(column, row)) grey[y * side + x] = 0
    }
  }
  return { width: side, height: side, grey }
}

/** Pictures in one row with white between them. */
export function beside(pictures: readonly Pixels[], gap = 40): Pixels {
  const width = pictures.reduce((sum, picture) => sum + picture.width + gap, gap)
  const height = Math.max(...pictures.map((picture) => picture.height)) + 2 * gap
  const grey = new Uint8Array(width * height).fill(255)
  let left = gap
  for (const picture of pictures) {
    for (let y = 0; y < picture.height; y++) {
      const row = picture.grey.subarray(y * picture.width, (y + 1) * picture.width)
      grey.set(row, (y + gap) * width + left)
    }
    left += picture.width + gap
  }
  return { width, height, grey }
}

function chunk(name: string, data: Uint8Array): Uint8Array {
  const bytes = Buffer.concat([Buffer.alloc(4), utf8Bytes(name), data, Buffer.alloc(4)])
  bytes.writeUInt32BE(data.length, 0)
  bytes.writeUInt32BE(crc32(bytes.subarray(4, -4)), bytes.length - 4)
  return bytes
}

export function png({ width, height, grey }: Pixels): Uint8Array {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 0, 0, 0, 0], 8)
  const rows = Buffer.alloc((width + 1) * height)
  for (let y = 0; y < height; y++) {
    rows.set(grey.subarray(y * width, (y + 1) * width), y * (width + 1) + 1)
  }
  return Buffer.concat([
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk('IHDR', head),
    chunk('IDAT', zlibSync(rows, { level: 9 })),
    chunk('IEND', new Uint8Array()),
  ])
}

export function bmp({ width, height, grey }: Pixels): Uint8Array {
  const row = Math.ceil((width * 3) / 4) * 4
  const bytes = Buffer.alloc(54 + row * height)
  bytes.write('BM')
  bytes.writeUInt32LE(bytes.length, 2)
  bytes.writeUInt32LE(54, 10)
  bytes.writeUInt32LE(40, 14)
  bytes.writeInt32LE(width, 18)
  bytes.writeInt32LE(height, 22)
  bytes.writeUInt16LE(1, 26)
  bytes.writeUInt16LE(24, 28)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const shade = grey[(height - 1 - y) * width + x] ?? 0
      bytes.fill(shade, 54 + y * row + x * 3, 54 + y * row + x * 3 + 3)
    }
  }
  return bytes
}

/** GIF in two colours: codes of three bits, and the table cleared before it grows. */
export function gif({ width, height, grey }: Pixels): Uint8Array {
  const head = Buffer.from(
    'GIF89a\0\0\0\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\0\0\0\0\0\x02',
    'latin1',
  )
  head.writeUInt16LE(width, 6)
  head.writeUInt16LE(height, 8)
  head.writeUInt16LE(width, 24)
  head.writeUInt16LE(height, 26)
  const [clear, end] = [4, 5]
  const codes = [...grey].flatMap((shade, at) => [
    ...(at % 2 === 0 ? [clear] : []),
    shade > 127 ? 1 : 0,
  ])
  const bytes: number[] = []
  let [held, count] = [0, 0]
  for (const code of [...codes, end]) {
    held |= code << count
    count += 3
    while (count >= 8) {
      bytes.push(held & 255)
      held >>= 8
      count -= 8
    }
  }
  bytes.push(held & 255)
  const blocks: number[] = []
  for (let at = 0; at < bytes.length; at += 255) {
    const block = bytes.slice(at, at + 255)
    blocks.push(block.length, ...block)
  }
  return Buffer.concat([head, Uint8Array.from([...blocks, 0, 0x3b])])
}

export async function webp(picture: Pixels): Promise<Uint8Array> {
  const file = new URL('../../node_modules/@jsquash/webp/codec/enc/webp_enc.wasm', import.meta.url)
  await init(await WebAssembly.compile(readFileSync(file)))
  const data = new Uint8ClampedArray(picture.grey.length * 4).fill(255)
  for (const [at, shade] of picture.grey.entries()) data.fill(shade, at * 4, at * 4 + 3)
  const { width, height } = picture
  return new Uint8Array(await encodeWebp({ data, width, height, colorSpace: 'srgb' }))
}

/** The ways in which drawing programs write codes. */
export const SVG_WAYS = {
  rectangles: ({ size, dark }: Modules) =>
    svgWith(
      size,
      each(size, dark, (x, y) => `<rect x="${x}" y="${y}" width="1" height="1"/>`),
    ),
  path: ({ size, dark }: Modules) => {
    const moves = each(size, dark, (x, y) => `M${x} ${y}h1v1h-1z`)
    return svgWith(size, `<g style="fill:#000000"><path d="${moves}"/></g>`)
  },
  strokes: ({ size, dark }: Modules) => {
    const moves = each(size, dark, (x, y) => `M${x} ${y + 0.5}h1`)
    return svgWith(size, `<path fill="none" stroke="#111" d="${moves}"/>`)
  },
  transformed: ({ size, dark }: Modules) => {
    const shapes = each(
      size,
      dark,
      (x, y) => `<polygon points="${x},${y} ${x + 1},${y} ${x + 1},${y + 1} ${x},${y + 1}"/>`,
    )
    return svgWith(
      size,
      `<g transform="translate(${size / 2} ${size / 2}) scale(.9) rotate(90) translate(${-size / 2},${-size / 2})">${shapes}</g>`,
    )
  },
} as const satisfies Record<string, (code: Modules) => string>

function each(
  size: number,
  dark: Modules['dark'],
  write: (x: number, y: number) => string,
): string {
  let text = ''
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) if (dark(x, y)) text += write(x, y)
  }
  return text
}

function svgWith(size: number, inner: string): string {
  const view = `${-QUIET} ${-QUIET} ${size + 2 * QUIET} ${size + 2 * QUIET}`
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${view}"><rect x="-4" y="-4" width="100%" height="100%" fill="white"/>${inner}</svg>`
}

/** Turned around its middle, in a white square that holds it at every angle. */
export function turned({ width, height, grey }: Pixels, degrees: number): Pixels {
  const side = Math.ceil(Math.hypot(width, height))
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)]
  const out = new Uint8Array(side * side).fill(255)
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const [dx, dy] = [x + 0.5 - side / 2, y + 0.5 - side / 2]
      const u = Math.floor(cos * dx + sin * dy + width / 2)
      const v = Math.floor(cos * dy - sin * dx + height / 2)
      if (u >= 0 && v >= 0 && u < width && v < height)
        out[y * side + x] = grey[v * width + u] ?? 255
    }
  }
  return { width: side, height: side, grey: out }
}

/**
 * Writes grey pictures as JPEG for tests and samples: baseline, one component, the tables of the standard.
 *
 * Source: ITU-T T.81, A.3.3, F.1.2, K.3.
 *
 * @module
 */
import type { Pixels } from '../../src/main/engine/containers/image/raster.ts'

/** Coarse enough to show what a camera leaves of a sharp edge. */
const STEP = 16

/** Codes of each length from 1 bit on, and the values they stand for in their order (K.3.3). */
const DC = {
  lengths: [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0],
  values: Array.from({ length: 12 }, (_, value) => value),
}

/** Every run and size, in codes of eight bits each: longer than those of the standard, and no table. */
const AC_VALUES = [0x00, 0xf0].concat(
  Array.from({ length: 16 * 10 }, (_, at) => (Math.floor(at / 10) << 4) | ((at % 10) + 1)),
)
const AC = {
  lengths: [0, 0, 0, 0, 0, 0, 0, AC_VALUES.length, 0, 0, 0, 0, 0, 0, 0, 0],
  values: AC_VALUES,
}

type Codes = Map<number, [code: number, length: number]>

export function jpeg(picture: Pixels): Uint8Array {
  const { width, height } = picture
  return Uint8Array.from([
    0xff,
    0xd8,
    ...segment(0xe0, [0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0]),
    ...segment(0xdb, [0, ...Array.from({ length: 64 }, () => STEP)]),
    ...segment(0xc0, [8, ...word(height), ...word(width), 1, 1, 0x11, 0]),
    ...segment(0xc4, [0x00, ...DC.lengths, ...DC.values]),
    ...segment(0xc4, [0x10, ...AC.lengths, ...AC.values]),
    ...segment(0xda, [1, 1, 0x00, 0, 63, 0]),
    ...scan(picture),
    0xff,
    0xd9,
  ])
}

const word = (value: number) => [value >> 8, value & 0xff]

const segment = (marker: number, content: readonly number[]) => [
  0xff,
  marker,
  ...word(content.length + 2),
  ...content,
]

function codesOf({ lengths, values }: { lengths: number[]; values: number[] }): Codes {
  const codes: Codes = new Map()
  let code = 0
  let at = 0
  for (const [index, count] of lengths.entries()) {
    for (let n = 0; n < count; n++) codes.set(values[at++] ?? 0, [code++, index + 1])
    code <<= 1
  }
  return codes
}

function scan(picture: Pixels): number[] {
  const [dc, ac] = [codesOf(DC), codesOf(AC)]
  const bytes: number[] = []
  let held = 0
  let count = 0
  const put = (value: number, length: number) => {
    for (let bit = length - 1; bit >= 0; bit--) {
      held = (held << 1) | ((value >> bit) & 1)
      if (++count < 8) continue
      bytes.push(held, ...(held === 0xff ? [0] : []))
      held = count = 0
    }
  }
  const putCode = (codes: Codes, value: number) => put(...(codes.get(value) ?? [0, 0]))
  const putNumber = (value: number, size: number) =>
    put(value < 0 ? value + (1 << size) - 1 : value, size)
  let before = 0
  for (let top = 0; top < picture.height; top += 8) {
    for (let left = 0; left < picture.width; left += 8) {
      const [first = 0, ...rest] = blockAt(picture, left, top)
      putCode(dc, sizeOf(first - before))
      putNumber(first - before, sizeOf(first - before))
      before = first
      let zeros = 0
      for (const value of rest) {
        if (value === 0) {
          zeros++
          continue
        }
        for (; zeros > 15; zeros -= 16) putCode(ac, 0xf0)
        putCode(ac, (zeros << 4) | sizeOf(value))
        putNumber(value, sizeOf(value))
        zeros = 0
      }
      if (zeros > 0) putCode(ac, 0)
    }
  }
  if (count > 0) put(0xff, 8 - count)
  return bytes
}

const sizeOf = (value: number) => (value === 0 ? 0 : 32 - Math.clz32(Math.abs(value)))

/** Places in the order of growing frequency (A.3.6). */
const ZIGZAG = Array.from({ length: 64 }, (_, at) => ({ u: at % 8, v: at >> 3 })).toSorted(
  (a, b) => a.u + a.v - (b.u + b.v) || ((a.u + a.v) % 2 === 0 ? a.u - b.u : b.u - a.u),
)

const COSINES = Array.from({ length: 64 }, (_, at) =>
  Math.cos((((2 * (at % 8) + 1) * (at >> 3)) / 16) * Math.PI),
)

/** @returns the 64 coefficients of a block, divided by the step */
function blockAt({ width, height, grey }: Pixels, left: number, top: number): number[] {
  const shades = Array.from({ length: 64 }, (_, at) => {
    const [x, y] = [Math.min(left + (at % 8), width - 1), Math.min(top + (at >> 3), height - 1)]
    return (grey[y * width + x] ?? 255) - 128
  })
  // Rows first: sums[y * 8 + u].
  const sums = shades.map((_, at) => {
    const row = at & ~7
    let sum = 0
    for (let x = 0; x < 8; x++) sum += (shades[row + x] ?? 0) * (COSINES[(at & 7) * 8 + x] ?? 0)
    return sum
  })
  return ZIGZAG.map(({ u, v }) => {
    let sum = 0
    for (let y = 0; y < 8; y++) sum += (sums[y * 8 + u] ?? 0) * (COSINES[v * 8 + y] ?? 0)
    const scale = (u === 0 ? Math.SQRT1_2 : 1) * (v === 0 ? Math.SQRT1_2 : 1)
    return Math.round((sum * scale) / 4 / STEP)
  })
}

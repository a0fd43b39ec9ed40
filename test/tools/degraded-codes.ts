/**
 * QR codes as cameras and scanners see them: a set of 24 kinds of degradation, six pictures of each,
 * all from numbers alone, the same on every machine. Run to see which are read:
 * `npm run codes`.
 *
 * @module
 */
import { asset } from '../../src/main/assets.ts'
import { prepareCodes, readCodes } from '../../src/main/engine/containers/image/codes.ts'
import type { Pixels } from '../../src/main/engine/containers/image/raster.ts'
import { type Modules, qrCode } from './pictures.ts'

export interface Degradation {
  name: string
  /** Pixels of a module. */
  module?: number
  degrees?: (index: number) => number
  /** Part by which the far side of the code is shorter. */
  tilt?: number
  /** Standard deviation in pixels. */
  blur?: number
  /** Standard deviation in shades of 256. */
  noise?: number
  /** Part of the light that one corner lacks. */
  shadow?: number
  /** Shades that dark and light are apart; 255 for black on white. */
  contrast?: number
}

export const PICTURES_OF_EACH = 6

/** At 300 dots to the inch a code of 60 mm with 117 modules has 5.7 pixels for each. */
export const DEGRADATIONS: readonly Degradation[] = [
  { name: 'clean, 60 mm' },
  { name: 'clean, 40 mm', module: 3.8 },
  { name: 'clean, 25 mm', module: 2.4 },
  { name: 'clean, 18 mm', module: 1.7 },
  { name: 'turned by 90°', degrees: () => 90 },
  { name: 'turned by 5 to 40°', degrees: (index) => 5 + 7 * index },
  { name: 'turned anyhow, 40 mm', module: 3.8, degrees: (index) => 61 * index + 13 },
  { name: 'tilted by 8 %', tilt: 0.08 },
  { name: 'tilted by 20 %', tilt: 0.2 },
  { name: 'blurred by 1 pixel', blur: 1 },
  { name: 'blurred by 1.5 pixels', blur: 1.5 },
  { name: 'blurred by 2.2 pixels', blur: 2.2 },
  { name: 'blurred by 3 pixels', blur: 3 },
  { name: 'blurred by 4 pixels', blur: 4 },
  { name: 'noise of 15', noise: 15 },
  { name: 'noise of 35', noise: 35 },
  { name: 'noise of 60', noise: 60 },
  { name: 'noise of 90', noise: 90 },
  { name: 'in a shadow of 60 %', shadow: 0.6 },
  { name: 'pale', contrast: 60 },
  { name: 'photographed', ...photo(), module: 5.7 },
  { name: 'photographed, 53 mm', ...photo(), module: 5 },
  { name: 'photographed, 40 mm', ...photo(), module: 3.8, blur: 0.7 },
  {
    name: 'photographed badly, 40 mm',
    module: 3.8,
    degrees: () => 33,
    tilt: 0.15,
    blur: 1.3,
    noise: 20,
    shadow: 0.6,
  },
]

function photo(): Omit<Degradation, 'name'> {
  return { degrees: () => 12, tilt: 0.06, blur: 1, noise: 10, shadow: 0.4 }
}

/** 1,200 characters, as records of two readings have. */
export function contentOf(index: number): string {
  const random = randomNumbers(index + 1)
  const digits = Array.from({ length: 1100 }, () => Math.floor(random() * 16).toString(16))
  return `OCMF|{"FV":"1.0","PG":"T${index}","XX":"${digits.join('')}"}|{"SD":"00"}`.padEnd(
    1200,
    ' ',
  )
}

/** Uniform numbers from 0 to 1 (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const SIDE = 1240

export function degraded(code: Modules, kind: Degradation, index: number): Pixels {
  const { module = 5.7, tilt = 0, blur = 0, noise = 0, shadow = 0, contrast = 255 } = kind
  const angle = ((kind.degrees?.(index) ?? 0) * Math.PI) / 180
  const random = randomNumbers(index * 1000 + 7)
  const [shiftX, shiftY] = [random() * 20 - 10, random() * 20 - 10]
  const half = (code.size / 2) * module
  const picture = new Float32Array(SIDE * SIDE)
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      picture[y * SIDE + x] = darkness(x, y)
    }
  }
  const seen = blur > 0 ? blurred(picture, blur) : picture
  const grey = new Uint8Array(SIDE * SIDE)
  for (const [at, dark] of seen.entries()) {
    const light = 1 - (shadow * ((at % SIDE) + Math.floor(at / SIDE))) / (2 * SIDE)
    const shade = (255 - dark * contrast) * light
    grey[at] = Math.max(0, Math.min(255, Math.round(shade + noise * normal(random))))
  }
  return { width: SIDE, height: SIDE, grey }

  /** Part of a pixel that is dark, of four samples. */
  function darkness(x: number, y: number): number {
    let dark = 0
    for (const [dx, dy] of SAMPLES) {
      const [px, py] = [x + dx - SIDE / 2 - shiftX, y + dy - SIDE / 2 - shiftY]
      const u = Math.cos(angle) * px + Math.sin(angle) * py
      const v = Math.cos(angle) * py - Math.sin(angle) * px
      // What is farther away is smaller, both ways.
      const far = 1 - (tilt * (half - v)) / (2 * half)
      if (far <= 0) continue
      const column = Math.floor(u / far / module + code.size / 2)
      const row = Math.floor(v / far / module + code.size / 2)
      const inside = column >= 0 && row >= 0 && column < code.size && row < code.size
      if (inside && code.dark(column, row)) dark += 0.25
    }
    return dark
  }
}

const SAMPLES = [
  [0.25, 0.25],
  [0.75, 0.25],
  [0.25, 0.75],
  [0.75, 0.75],
] as const

/** Gauss, one direction after the other. */
function blurred(picture: Float32Array, deviation: number): Float32Array {
  const reach = Math.ceil(deviation * 3)
  const weights = Array.from({ length: 2 * reach + 1 }, (_, index) =>
    Math.exp(-((index - reach) ** 2) / (2 * deviation ** 2)),
  )
  const sum = weights.reduce((all, weight) => all + weight, 0)
  let from = picture
  for (const step of [1, SIDE]) {
    const to = new Float32Array(from.length)
    for (let at = 0; at < from.length; at++) {
      let value = 0
      for (let i = -reach; i <= reach; i++) {
        value += (from[at + i * step] ?? 0) * (weights[i + reach] ?? 0)
      }
      to[at] = value / sum
    }
    from = to
  }
  return from
}

/** Box and Muller. */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

/**
 * @param pictures of each kind that are tried
 * @returns for each kind how many of them are read rightly
 */
export async function readDegraded(
  pictures = PICTURES_OF_EACH,
): Promise<{ name: string; read: number }[]> {
  await prepareCodes(() => asset('zxing_reader.wasm'))
  const codes: { text: string; code: Modules }[] = []
  for (let index = 0; index < pictures; index++) {
    const text = contentOf(index)
    codes.push({ text, code: await qrCode(text) })
  }
  const results = []
  for (const kind of DEGRADATIONS) {
    let read = 0
    for (const [index, { text, code }] of codes.entries()) {
      const found = await readCodes(degraded(code, kind, index))
      if (found.some(({ bytes }) => Buffer.from(bytes).toString() === text)) read++
    }
    results.push({ name: kind.name, read })
  }
  return results
}

if (import.meta.main) {
  const results = await readDegraded()
  for (const { name, read } of results) console.log(`${name}: ${read} of ${PICTURES_OF_EACH}`)
  const sum = results.reduce((all, { read }) => all + read, 0)
  console.log(`${sum} of ${results.length * PICTURES_OF_EACH}`)
}

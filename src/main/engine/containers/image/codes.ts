/**
 * QR and Data Matrix codes in pictures, read by ZXing as WebAssembly that comes with the program.
 *
 * @module
 */
import {
  type ReadResult,
  type ReaderOptions,
  prepareZXingModule,
  readBarcodes,
} from 'zxing-wasm/reader'
import type { Pixels } from './raster.ts'

export interface Code {
  /** As read, before any code page. */
  bytes: Uint8Array
  /** Of its centre, in pixels. */
  x: number
  y: number
  height: number
  /** One of several codes that are one text. */
  part: { id: string; index: number; of: number } | null
}

const FORMATS = ['QRCode', 'MicroQRCode', 'DataMatrix', 'Aztec'] as const
const MOST_CODES = 64

const BASE: ReaderOptions = {
  formats: [...FORMATS],
  tryHarder: true,
  tryRotate: true,
  tryInvert: true,
  tryDownscale: true,
  maxNumberOfSymbols: MOST_CODES,
}

/** Ways to look at a picture, until one of them shows a code. */
const WAYS: readonly ReaderOptions[] = [
  BASE,
  { ...BASE, tryDenoise: true },
  { ...BASE, binarizer: 'GlobalHistogram' },
]

let ready: Promise<unknown> | null = null

/** @param wasm the reader's own program; without it, it would be fetched */
export function prepareCodes(wasm: () => Promise<Uint8Array>): Promise<unknown> {
  ready ??= wasm().then((wasmBinary) =>
    prepareZXingModule({
      overrides: { wasmBinary: Uint8Array.from(wasmBinary).buffer },
      fireImmediately: true,
    }),
  )
  return ready
}

/**
 * @param picture as a file (PNG, JPEG, GIF, BMP) or as pixels
 * @param once look only once: it is drawn and not photographed, or it is large
 */
export async function readCodes(picture: Uint8Array | Pixels, once = false): Promise<Code[]> {
  const input = picture instanceof Uint8Array ? picture : rgba(picture)
  for (const options of once ? [BASE] : WAYS) {
    const found = await readBarcodes(input, options)
    const valid = found.filter(({ isValid }) => isValid)
    if (valid.length > 0) return valid.map(codeOf).toSorted(inReadingOrder)
  }
  return []
}

function rgba({ width, height, grey }: Pixels) {
  const data = new Uint8ClampedArray(width * height * 4).fill(255)
  for (const [at, shade] of grey.entries()) data.fill(shade, at * 4, at * 4 + 3)
  return { width, height, data, colorSpace: 'srgb' as const }
}

function codeOf({ bytes, position, sequenceId, sequenceIndex, sequenceSize }: ReadResult): Code {
  const { topLeft, bottomRight } = position
  return {
    bytes,
    x: (topLeft.x + bottomRight.x) / 2,
    y: (topLeft.y + bottomRight.y) / 2,
    height: Math.abs(bottomRight.y - topLeft.y),
    part:
      sequenceSize > 1 && sequenceIndex >= 0
        ? { id: sequenceId, index: sequenceIndex, of: sequenceSize }
        : null,
  }
}

/** Codes beside each other are in one row, also where one is larger than the other. */
function inReadingOrder(a: Code, b: Code): number {
  const row = Math.max(a.height, b.height) / 2
  return Math.abs(a.y - b.y) > row ? a.y - b.y : a.x - b.x
}

/**
 * WebP pictures as pixels, decoded by libwebp as WebAssembly that comes with the program.
 *
 * @module
 */
import decode, { init } from '@jsquash/webp/decode.js'
import { type Pixels, luma } from './raster.ts'

interface Decoded {
  width: number
  height: number
  data: Uint8ClampedArray
}

let ready: Promise<void> | null = null

/** @returns null where it is damaged */
export async function decodeWebp(
  bytes: Uint8Array,
  wasm: () => Promise<Uint8Array>,
): Promise<Pixels | null> {
  ready ??= wasm().then(prepare)
  await ready
  try {
    const picture = (await decode(Uint8Array.from(bytes).buffer)) as unknown as Decoded
    return pixelsOf(picture)
  } catch {
    return null
  }
}

async function prepare(wasm: Uint8Array): Promise<void> {
  // The decoder gives back what browsers call so.
  const scope = globalThis as { ImageData?: unknown }
  scope.ImageData ??= class {
    readonly data: Uint8ClampedArray
    readonly width: number
    readonly height: number
    constructor(data: Uint8ClampedArray, width: number, height: number) {
      this.data = data
      this.width = width
      this.height = height
    }
  }
  const module = await WebAssembly.compile(Uint8Array.from(wasm))
  await init(module)
}

/** What shines through is white. */
function pixelsOf({ width, height, data }: Decoded): Pixels {
  const grey = new Uint8Array(width * height)
  for (let at = 0; at < grey.length; at++) {
    const [red = 0, green = 0, blue = 0, alpha = 0] = data.subarray(4 * at, 4 * at + 4)
    grey[at] = 255 + Math.round(((luma(red, green, blue) - 255) * alpha) / 255)
  }
  return { width, height, grey }
}

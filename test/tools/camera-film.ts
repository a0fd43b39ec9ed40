/**
 * Films for Chromium's camera that is none: each picture for a moment, again and again.
 *
 * Shape: YUV4MPEG2, 4:2:0, one plane of grey and two of no colour for each frame.
 *
 * @module
 */
import { utf8Bytes } from '../../src/main/engine/codec/text.ts'
import type { Pixels } from '../../src/main/engine/containers/image/raster.ts'

const [WIDTH, HEIGHT] = [1280, 720]

/** @param pictures stand in the middle, on grey, as large as they are */
export function film(pictures: readonly Pixels[]): Uint8Array {
  const colour = new Uint8Array((WIDTH * HEIGHT) / 2).fill(128)
  return Buffer.concat([
    utf8Bytes(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F5:1 Ip A1:1 C420jpeg\n`),
    ...pictures.flatMap((picture) => [utf8Bytes('FRAME\n'), placed(picture), colour]),
  ])
}

function placed({ width, height, grey }: Pixels): Uint8Array {
  if (width > WIDTH || height > HEIGHT) throw new Error(`${width} × ${height} is too large`)
  const frame = new Uint8Array(WIDTH * HEIGHT).fill(200)
  const [left, top] = [(WIDTH - width) >> 1, (HEIGHT - height) >> 1]
  for (let y = 0; y < height; y++) {
    frame.set(grey.subarray(y * width, (y + 1) * width), (top + y) * WIDTH + left)
  }
  return frame
}

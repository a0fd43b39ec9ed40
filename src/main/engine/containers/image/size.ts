/**
 * Kind and size of a picture from its first bytes, before anything is decoded.
 *
 * Source: PNG 11.2.1; JPEG (ITU-T T.81) B.2.2; GIF89a 18; BMP, BITMAPINFOHEADER; WebP (RFC 9649).
 *
 * @module
 */
import { byteText } from '../../codec/text.ts'

export interface PictureSize {
  kind: 'png' | 'jpeg' | 'gif' | 'bmp' | 'webp'
  width: number
  height: number
}

/** @returns null where it is no picture, or one whose size cannot be seen */
export function sizeOf(bytes: Uint8Array): PictureSize | null {
  if (bytes.length < 30) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const head = byteText(bytes.subarray(0, 30))
  if (/^.PNG\r\n/.test(head)) {
    return { kind: 'png', width: view.getUint32(16), height: view.getUint32(20) }
  }
  if (/^GIF8[79]a/.test(head)) {
    return { kind: 'gif', width: view.getUint16(6, true), height: view.getUint16(8, true) }
  }
  if (head.startsWith('BM')) {
    const [width, height] = [view.getInt32(18, true), view.getInt32(22, true)]
    return { kind: 'bmp', width: Math.abs(width), height: Math.abs(height) }
  }
  if (/^RIFF[^]{4}WEBP/.test(head)) return webpSize(head.slice(12, 16), view)
  return head.startsWith('\xff\xd8\xff') ? jpegSize(view) : null
}

function webpSize(chunk: string, view: DataView): PictureSize | null {
  switch (chunk) {
    case 'VP8X': {
      const side = (at: number) => (view.getUint16(at, true) | (view.getUint8(at + 2) << 16)) + 1
      return { kind: 'webp', width: side(24), height: side(27) }
    }
    case 'VP8L': {
      const bits = view.getUint32(21, true)
      return { kind: 'webp', width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 }
    }
    case 'VP8 ': {
      const side = (at: number) => view.getUint16(at, true) & 0x3fff
      return { kind: 'webp', width: side(26), height: side(28) }
    }
    default:
      return null
  }
}

/** Start of frame: all of SOF0 to SOF15 but DHT, JPG and DAC. */
const isFrame = (marker: number) =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)

function jpegSize(view: DataView): PictureSize | null {
  for (let at = 2; at + 9 < view.byteLength;) {
    if (view.getUint8(at) !== 0xff) return null
    const marker = view.getUint8(at + 1)
    if (isFrame(marker)) {
      return { kind: 'jpeg', width: view.getUint16(at + 7), height: view.getUint16(at + 5) }
    }
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2)
  }
  return null
}

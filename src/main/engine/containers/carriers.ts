/**
 * Files that hold other files, by their first bytes (interfaces of the field: rung 9 of the ladder).
 *
 * Only the tests stand here; what opens a carrier is loaded when there is one.
 *
 * @module
 */
import { byteText } from '../codec/text.ts'
import { TAR_BLOCK, isTarHeader, openTar } from './archives/tar.ts'
import type { Carrier } from './container.ts'

const startsWith =
  (...magic: number[]) =>
  (bytes: Uint8Array): boolean =>
    magic.every((byte, at) => bytes[at] === byte)

/** Local header, or the end of an archive that holds nothing. */
const ZIP = [startsWith(0x50, 0x4b, 0x03, 0x04), startsWith(0x50, 0x4b, 0x05, 0x06)]

export const zip: Carrier = {
  detect: (bytes) => ZIP.some((fits) => fits(bytes)),
  open: async (...file) => (await import('./archives/zip.ts')).openZip(...file),
}

/** `deflate` is the only method there is. */
export const gzip: Carrier = {
  detect: startsWith(0x1f, 0x8b, 0x08),
  open: async (...file) => (await import('./archives/packed.ts')).openGzip(...file),
}

export const bzip2: Carrier = {
  detect: (bytes) => /^BZh[1-9](?:1AY&SY|\x17rE8P\x90)/.test(byteText(bytes.subarray(0, 10))),
  open: async (...file) => (await import('./archives/packed.ts')).openBzip2(...file),
}

/** Window of 32 KiB, no dictionary, at the levels tools write but one that could be text (RFC 1950). */
export const zlib: Carrier = {
  detect: ([first, second]) => first === 0x78 && [0x01, 0x9c, 0xda].includes(second ?? 0),
  open: async (...file) => (await import('./archives/packed.ts')).openZlib(...file),
}

export const tar: Carrier = {
  detect: (bytes) => bytes.length >= TAR_BLOCK && isTarHeader(bytes.subarray(0, TAR_BLOCK)),
  open: async (...file) => openTar(...file),
}

/** Archives count towards the nesting that is allowed; asked in this order. */
export const ARCHIVES: readonly Carrier[] = [zip, gzip, bzip2, tar, zlib]

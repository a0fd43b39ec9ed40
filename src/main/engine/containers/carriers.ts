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

/** A ZIP archive with sheets in it; names stand at its end once more. */
const workbook: Carrier = {
  detect: (bytes) =>
    zip.detect(bytes) && byteText(bytes.subarray(-NAMES)).includes('xl/worksheets/'),
  open: async (...file) => (await import('./workbook/open.ts')).openWorkbook(...file),
}
const NAMES = 16 * 1024

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

/** The head may stand a little behind the beginning (ISO 32000-2, 7.5.2 and annex I). */
const pdf: Carrier = {
  detect: (bytes) => byteText(bytes.subarray(0, 1024)).includes('%PDF-'),
  open: async (...file) => (await import('./pdf/open.ts')).openPdf(...file),
}

const PICTURES: readonly RegExp[] = [
  /^.PNG\r\n\x1a\n/,
  /^\xff\xd8\xff/,
  /^GIF8[79]a/,
  /^RIFF[^]{4}WEBPVP8/,
  // With the size of its head, which all have that are in use.
  /^BM[^]{12}[\x28\x34\x38\x6c\x7c]\0\0\0/,
]

const image: Carrier = {
  detect: (bytes) => {
    const head = byteText(bytes.subarray(0, 32))
    return PICTURES.some((magic) => magic.test(head))
  },
  open: async (...file) => (await import('./image/open.ts')).openImage(...file),
}

const svg: Carrier = {
  detect: (bytes) =>
    /^(?:\xef\xbb\xbf)?\s*<(?:svg[\s>]|[?!][^]*<svg[\s>])/.test(byteText(bytes.subarray(0, 1024))),
  open: async (...file) => (await import('./image/open.ts')).openSvg(...file),
}

const mailbox: Carrier = {
  detect: (bytes) => /^From \S+ .*\d{4}\r?\n[!-9;-~]+: /.test(byteText(bytes.subarray(0, 1024))),
  open: async (...file) => (await import('./mail/open.ts')).openMailbox(...file),
}

const mail: Carrier = {
  detect: isMail,
  open: async (...file) => (await import('./mail/open.ts')).openMail(...file),
}

/** Of a mail's head so much is looked at. */
const HEAD = 4096
/** Fields that mails have; two of them make a text with such a head a mail. */
const MAIL_FIELDS = new Set(
  'from to subject date message-id mime-version received return-path delivered-to content-type reply-to'.split(
    ' ',
  ),
)
const FIELD = /^([!-9;-~]{1,76}):/

/** The head of a mail: nothing but fields up to an empty line. */
export function isMail(bytes: Uint8Array): boolean {
  const lines = byteText(bytes.subarray(0, HEAD)).replace(/^\s+/, '').split(/\r?\n/)
  const found = new Set<string>()
  // The last line may be cut off.
  for (const line of lines.slice(0, -1)) {
    if (line === '') break
    if (/^[ \t]/.test(line)) continue
    const name = FIELD.exec(line)?.[1]?.toLowerCase()
    if (name === undefined) return false
    if (MAIL_FIELDS.has(name)) found.add(name)
  }
  return found.size >= 2
}

/** Archives that are more than that: asked before all others. */
export const DOCUMENTS: readonly Carrier[] = [workbook]

export const OTHER_CARRIERS: readonly Carrier[] = [pdf, image, svg, mailbox, mail]

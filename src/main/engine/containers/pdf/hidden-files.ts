/**
 * Embedded files that a PDF holds but does not list: left from an earlier revision, or a second one
 * of the same name. Found by looking at the bytes, not at the structure.
 *
 * Source: ISO 32000-2, 7.11.4 and 7.5.6.
 *
 * @module
 */
import { Unzlib } from 'fflate'
import { byteText } from '../../codec/text.ts'
import { pushAll, unpack } from '../archives/unpack.ts'
import type { CarrierTools } from '../container.ts'

const MOST_FILES = 64

/** @param known files that are listed */
export function hiddenFiles(
  bytes: Uint8Array,
  known: readonly Uint8Array[],
  tools: CarrierTools,
): Uint8Array[] {
  const text = byteText(bytes)
  // Of an encrypted document nothing can be seen that way.
  if (/\/Encrypt\b/.test(text)) return []
  const seen = new Set(known.map((file) => byteText(file)))
  const found: Uint8Array[] = []
  for (const match of text.matchAll(/\/EmbeddedFile\b/g)) {
    if (found.length === MOST_FILES) break
    const file = streamAt(match.index, text, bytes)
    if (file === null) continue
    const unpacked = file.packed
      ? unpack(file.data.length, tools, (write) =>
          pushAll(new Unzlib((piece) => write(piece)), file.data),
        )
      : { bytes: file.data, stopped: null }
    const content = byteText(unpacked.bytes)
    if (unpacked.stopped !== null || unpacked.bytes.length === 0 || seen.has(content)) continue
    seen.add(content)
    found.push(unpacked.bytes)
  }
  return found
}

/** Longest dictionary of such a stream. */
const DICTIONARY = 4096

/** @param at somewhere in the dictionary of a stream */
function streamAt(at: number, text: string, bytes: Uint8Array) {
  const begin = text.lastIndexOf(' obj', at)
  const around = text.slice(Math.max(begin, at - DICTIONARY), at + DICTIONARY)
  const [head, dictionary = ''] = /^([^]*?>>\s*)stream\r?\n/.exec(around) ?? []
  if (begin < at - DICTIONARY || head === undefined || head.includes('endobj')) return null
  const from = begin + head.length
  const stated = Number(/\/Length\s+(\d+)(?!\s+\d+\s+R)/.exec(dictionary)?.[1] ?? Number.NaN)
  const to = Number.isNaN(stated) ? text.indexOf('endstream', from) : from + stated
  if (to < from || to > bytes.length) return null
  const filter = /\/Filter\s*\[?\s*([^\]>]*)/.exec(dictionary)?.[1]?.trim() ?? ''
  const names = filter.match(/\/\w+/g)?.slice(0, filter.startsWith('/') ? 4 : 0) ?? []
  const packed = names[0] === '/FlateDecode' || names[0] === '/Fl'
  if (names.length > 0 && !packed) return null
  return { data: bytes.subarray(from, to), packed }
}

/** Revisions of a document: each ends with a mark, one more where it is prepared for the web. */
export function revisions(bytes: Uint8Array): number {
  const text = byteText(bytes)
  const ends = text.match(/%%EOF/g)?.length ?? 0
  return ends - (/\/Linearized\b/.test(text.slice(0, 2048)) ? 1 : 0)
}

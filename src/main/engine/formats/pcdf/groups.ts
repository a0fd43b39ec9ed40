/**
 * The text of a PCDF record: `128.8.0(ST:…)(CT:…)…(SG:…)`, and where it stands in other text.
 *
 * @module
 */
import { looseFinding } from '../../../../shared/model/finding.ts'
import { DecodeError } from '../../codec/decode-error.ts'
import { byteText } from '../../codec/text.ts'

const HEADER = '128.8.0'
const BEGIN = /128\.8\.0(?=\s{0,8}\([A-Z]{2,4}:)/g
/** Text that begins so is meant to be one, whatever follows; STX and quotation marks may be there. */
const ALONE = /^[\s"'\u0002\u00EF\u00BB\u00BF]{0,16}128\.8\.0/
const SIGNATURE = '(SG:'

export function looksLikePcdf(bytes: Uint8Array): boolean {
  const text = byteText(bytes)
  return ALONE.test(text) || text.search(BEGIN) >= 0
}

/** @returns byte ranges of the records in a text; `whole` where the signature is there to its end */
export function* findPcdf(bytes: Uint8Array): Iterable<[from: number, to: number, whole: boolean]> {
  const text = byteText(bytes)
  const starts = [...text.matchAll(BEGIN)].map(({ index }) => index)
  for (const [index, from] of starts.entries()) {
    const limit = starts[index + 1] ?? text.length
    const signature = text.indexOf(SIGNATURE, from)
    const close = signature < 0 ? -1 : text.indexOf(')', signature)
    if (signature >= 0 && signature < limit && close >= 0 && close < limit) {
      yield [from, close + 1, true]
    } else {
      const last = text.lastIndexOf(')', limit - 1)
      yield [from, last < from ? limit : last + 1, false]
    }
  }
}

export interface Group {
  name: string
  /** As written; bytes above 127 as Latin-1 characters. */
  value: string
  /** Byte range of the value in the record. */
  from: number
  to: number
}

export interface PcdfText {
  /** Groups in front of the signature, in their order. */
  groups: Group[]
  /** Byte range of the header and these groups: what is signed. */
  signed: { from: number; to: number }
  /** null: there is no such group. */
  signature: string | null
  /** What stands between the groups and behind the last one. */
  stray: string
}

const GROUP = /\(([^():]{0,64}):([^()]{0,8192})\)/y

/** @throws DecodeError `IN-RECORD`: there is no header with a group behind it */
export function readGroups(bytes: Uint8Array): PcdfText {
  const text = byteText(bytes)
  const from = text.indexOf(HEADER)
  const end = text.lastIndexOf(')')
  if (from < 0 || end < from) throw new DecodeError(looseFinding('IN-RECORD', {}))
  const groups: Group[] = []
  let stray = ''
  let signature: Group | null = null
  let at = from + HEADER.length
  let signedTo = end + 1
  while (at <= end) {
    GROUP.lastIndex = at
    const match = GROUP.exec(text)
    if (match === null) {
      stray += text[at] ?? ''
      at++
      continue
    }
    const [all, name = '', value = ''] = match
    const to = at + all.length
    const group = { name, value, from: to - 1 - value.length, to: to - 1 }
    if (name === 'SG' && signature === null) [signature, signedTo] = [group, at]
    else groups.push(group)
    at = to
  }
  stray += text.slice(end + 1)
  // What follows the signature is not covered by it.
  const covered = groups.filter((group) => group.to <= signedTo)
  for (const { name, value } of groups.slice(covered.length)) stray += `(${name}:${value})`
  return {
    groups: covered,
    signed: { from, to: signedTo },
    signature: signature?.value ?? null,
    stray: stray.replace(/[\s"'\u0000\u0002\u0003]+/g, ' ').trim(),
  }
}

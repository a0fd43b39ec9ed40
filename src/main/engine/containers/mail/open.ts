/**
 * Mails (RFC 5322, MIME) and files of many mails (mbox, RFC 4155).
 *
 * The text of a mail is read with the mail; what is attached, inline or forwarded is a file of its own.
 * Who sent it is nobody's proof: senders are not shown.
 *
 * @module
 */
import PostalMime, { type Email } from 'postal-mime'
import { type LooseFinding, looseFinding } from '../../../../shared/model/finding.ts'
import { byteText, utf8Bytes } from '../../codec/text.ts'
import type { CarriedFile, Opened } from '../../types.ts'
import { type CarrierTools, addAll, nothing } from '../container.ts'
import { unescapeHtml } from '../records.ts'
import { brokenRecords } from '../broken-records.ts'
import { memberTaker } from '../archives/members.ts'

/** Parts inside parts; bytes of the headers of all parts together. */
const DEPTH = 32
const HEADER_BYTES = 4 * 1024 * 1024

export async function openMail(file: CarriedFile, tools: CarrierTools): Promise<Opened> {
  const opened = nothing()
  const email = await parse(file.bytes)
  if ('code' in email) {
    opened.findings.push(email)
    return opened
  }
  readText(email, file, opened, tools)
  const taker = memberTaker(file, 'mail', opened, tools)
  for (const [index, { filename, mimeType, content }] of email.attachments.entries()) {
    if (!taker.mayTake()) break
    const bytes = typeof content === 'string' ? utf8Bytes(content) : new Uint8Array(content)
    const name = filename ?? (mimeType === 'message/rfc822' ? 'forwarded' : 'part')
    tools.budget.bytes -= bytes.length
    taker.take(filename ?? `${name} ${index + 1}`, { bytes, stopped: null })
  }
  return opened
}

async function parse(bytes: Uint8Array): Promise<Email | LooseFinding> {
  try {
    return await PostalMime.parse(bytes, {
      forceRfc822Attachments: true,
      attachmentEncoding: 'arraybuffer',
      maxNestingDepth: DEPTH,
      maxHeadersSize: HEADER_BYTES,
    })
  } catch {
    // Nothing else makes it give up.
    return looseFinding('IN-TOOBIG', { limit: 'limit.mail' })
  }
}

/** A mail says the same as text and as HTML: the other way is only asked where one says nothing. */
function readText(email: Email, file: CarriedFile, opened: Opened, tools: CarrierTools): void {
  const { text, html } = email
  for (const [name, content] of [
    ['text', text],
    ['HTML', html === undefined ? undefined : unescapeHtml(html)],
    ['HTML', html],
  ] as const) {
    if (content === undefined || opened.records.length + opened.keys.length > 0) continue
    const origin = [...file.origin, { step: 'mail' as const, name }]
    const inside = tools.inside({
      name: `${file.name} › ${name}`,
      bytes: utf8Bytes(content),
      origin,
    })
    const lines = content.split(/\r?\n/)
    // Mail programs break long lines at blanks (RFC 3676).
    const { records } = inside.members.length > 0 ? inside : brokenRecords([lines], origin)
    const findings = inside.findings.filter(({ code }) => !code.startsWith('IN-'))
    addAll(opened, { ...inside, records, findings })
  }
}

/** A line that begins a mail: `From someone@somewhere Thu Aug 21 13:34:41 2025`. */
const BEGIN =
  /^From \S{1,256} +[A-Z][a-z]{2} +[A-Z][a-z]{2} +\d{1,2} [\d:]{5,8}(?: [A-Z+\d-]{1,8})? \d{4}/gm

export function openMailbox(file: CarriedFile, tools: CarrierTools): Opened {
  const opened = nothing()
  const text = byteText(file.bytes)
  const begins = [...text.matchAll(BEGIN)].map(({ index }) => index)
  const taker = memberTaker(file, 'mail', opened, tools)
  for (const [number, begin] of begins.entries()) {
    if (!taker.mayTake()) break
    const from = text.indexOf('\n', begin) + 1
    const raw = file.bytes.subarray(from, begins[number + 1] ?? text.length)
    taker.take(`mail ${number + 1}`, { bytes: unquoted(raw), stopped: null })
  }
  return opened
}

/** Lines that look like such a beginning have a `>` put before them. */
function unquoted(bytes: Uint8Array): Uint8Array {
  const text = byteText(bytes)
  if (!/^>+From /m.test(text)) return bytes
  return Uint8Array.from(text.replace(/^>(>*From )/gm, '$1'), (letter) => letter.charCodeAt(0))
}

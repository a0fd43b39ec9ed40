/**
 * Writes mails for tests and samples.
 *
 * @module
 */
import { toBase64 } from '../../src/main/engine/codec/base64.ts'
import { utf8Bytes } from '../../src/main/engine/codec/text.ts'
import { type Content, bytesOf } from './archives.ts'

export interface Mail {
  text?: string
  html?: string
  encoding?: '8bit' | 'quoted-printable' | 'base64'
  attachments?: Record<string, Content>
  /** A mail inside it. */
  forwarded?: string
}

const HEAD = [
  'From: Ladestrom Musterstadt <rechnung@example.com>',
  'To: Erika Mustermann <erika@example.com>',
  'Subject: =?utf-8?Q?Ihre_Rechnung_f=C3=BCr_August?=',
  'Date: Mon, 01 Sep 2025 08:00:00 +0200',
  'Message-ID: <1@example.com>',
  'MIME-Version: 1.0',
]

export function mail({ text, html, encoding = '8bit', attachments = {}, forwarded }: Mail): string {
  const bodies = [
    ...(text === undefined ? [] : [body('plain', text, encoding)]),
    ...(html === undefined ? [] : [body('html', html, encoding)]),
  ]
  const others = [
    ...Object.entries(attachments).map(([name, content]) => attachment(name, content)),
    ...(forwarded === undefined ? [] : [`Content-Type: message/rfc822\n\n${forwarded}`]),
  ]
  const parts = [...bodies, ...others]
  const whole = parts.length === 1 ? (parts[0] ?? '') : multipart(parts)
  return `${HEAD.join('\n')}\n${whole}\n`
}

function multipart(parts: readonly string[]): string {
  // A mail inside has parts of its own.
  const mark = `part-${parts.join('').length}`
  const inner = parts.map((part) => `--${mark}\n${part}\n`).join('')
  return `Content-Type: multipart/mixed; boundary="${mark}"\n\n${inner}--${mark}--`
}

function body(kind: string, text: string, encoding: NonNullable<Mail['encoding']>): string {
  const head = `Content-Type: text/${kind}; charset=utf-8\nContent-Transfer-Encoding: ${encoding}`
  return `${head}\n\n${ENCODERS[encoding](text)}`
}

const ENCODERS = {
  '8bit': (text: string) => text,
  base64: (text: string) => inLines(toBase64(utf8Bytes(text))),
  'quoted-printable': (text: string) =>
    text
      .split('\n')
      .map((line) => quoted(line))
      .join('\n'),
}

function quoted(line: string): string {
  const tokens = [...utf8Bytes(line)].map((byte) =>
    byte > 0x20 && byte < 0x7f && byte !== 0x3d
      ? String.fromCharCode(byte)
      : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`,
  )
  let [out, length] = ['', 0]
  for (const token of tokens) {
    if (length + token.length > 75) {
      out += '=\n'
      length = 0
    }
    out += token
    length += token.length
  }
  return out
}

function attachment(name: string, content: Content): string {
  const shown = `=?utf-8?B?${toBase64(utf8Bytes(name))}?=`
  return [
    `Content-Type: application/octet-stream; name="${shown}"`,
    `Content-Disposition: attachment; filename="${shown}"`,
    'Content-Transfer-Encoding: base64',
    '',
    inLines(toBase64(bytesOf(content))),
  ].join('\n')
}

function inLines(text: string): string {
  return text.replace(/.{76}/g, '$&\n')
}

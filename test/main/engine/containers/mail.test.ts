/** Mails: their text, what is attached, what is forwarded. */
import { describe, expect, test } from 'vitest'
import { toBase64 } from '../../../../src/main/engine/codec/base64.ts'
import { bytesOf, zip } from '../../../tools/archives.ts'
import { mail } from '../../../tools/mails.ts'
import { keyHex, pem, throwAwayKey } from '../../../tools/sign.ts'
import { allFindings, verify, wholeSession, xmlWith } from '../../../tools/small-inputs.ts'

const KEY = throwAwayKey()
const RECORD = wholeSession()
const XML = xmlWith([RECORD])

async function check(content: string | Uint8Array, name = 'a.eml') {
  const result = await verify([{ name, content }])
  const records = result.sessions.flatMap((session) => session.records)
  return {
    rows: result.inputs.map((input) => [input.name, input.state]),
    signatures: records.map(({ signature }) => signature.status),
    ways: records.map(({ origin }) => origin.map((step) => step.name).join(' › ')),
    found: allFindings(result)
      .filter(({ code }) => code.startsWith('IN-') && code !== 'IN-MEMBERS')
      .map(({ code, params }) => [code, ...Object.values(params)].join(' ')),
  }
}

describe('a mail', () => {
  test('gives its attachments, whatever type they claim', async () => {
    const content = mail({
      text: 'Hello',
      attachments: { 'daten.xml': XML, 'a.zip': zip({ x: XML }) },
    })
    expect((await check(content)).rows).toEqual([
      ['a.eml', null],
      ['a.eml › daten.xml', 'VALID_KEY_UNCONFIRMED'],
      ['a.eml › a.zip', null],
      ['a.eml › a.zip › x', 'VALID_KEY_UNCONFIRMED'],
    ])
  })

  test.each([
    ['as it is', { text: `Here:\n${RECORD}\n${pem(KEY)}` }],
    [
      'in quoted-printable',
      { text: `Größe:\n${RECORD}\n${keyHex(KEY)}`, encoding: 'quoted-printable' },
    ],
    ['broken at its blanks', { text: `${RECORD.replaceAll(' ', '\n')}\n\n${keyHex(KEY)}` }],
    ['in base64', { text: `${RECORD}\n${keyHex(KEY)}`, encoding: 'base64' }],
    ['as HTML', { html: `<p>${RECORD.replaceAll('"', '&quot;')}</p><p>${keyHex(KEY)}</p>` }],
  ] as const)('gives a record that stands in its text %s', async (_, parts) => {
    const { signatures, ways } = await check(mail(parts))
    expect(signatures).toEqual(['valid'])
    expect(ways[0]).toMatch(/^a\.eml › (?:text|HTML)/)
  })

  test('that was forwarded is a mail in the mail', async () => {
    const inner = mail({ text: 'Hello', attachments: { 'daten.xml': XML } })
    const { rows } = await check(mail({ text: 'see below', forwarded: inner }))
    expect(rows).toEqual([
      ['a.eml', null],
      ['a.eml › forwarded 1', null],
      ['a.eml › forwarded 1 › daten.xml', 'VALID_KEY_UNCONFIRMED'],
    ])
  })

  test('with nothing of use says so', async () => {
    expect(await check(mail({ text: 'Hello' }))).toMatchObject({
      rows: [['a.eml', 'UNREADABLE']],
      found: ['IN-UNKNOWN'],
    })
  })

  test('with names of attachments that would lead somewhere shows them', async () => {
    const { rows } = await check(mail({ text: '', attachments: { '../../x\u202e.xml': XML } }))
    expect(rows.at(-1)?.[0]).toBe('a.eml › ../../x\\u202e.xml')
  })
})

describe('a mailbox', () => {
  test('gives each of its mails', async () => {
    const one = mail({ text: `>From here\n${RECORD}\n${keyHex(KEY)}` })
    const two = mail({ text: 'Hello', attachments: { 'daten.xml': XML } })
    const from = 'From me@example.com Thu Aug 21 13:34:41 2025\n'
    const { rows } = await check(`${from}${one}\n\n${from}${two}\n`, 'a.mbox')
    expect(rows).toEqual([
      ['a.mbox', null],
      ['a.mbox › mail 1', 'VALID_KEY_UNCONFIRMED'],
      ['a.mbox › mail 2', null],
      ['a.mbox › mail 2 › daten.xml', 'VALID_KEY_UNCONFIRMED'],
    ])
  })
})

describe('hostile mails', () => {
  const quick = { timeout: 10_000 }

  test('with ten thousand parts stop at a thousand', quick, async () => {
    const attachments = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`${i}`, 'x']))
    const { rows, found } = await check(mail({ text: 'x', attachments }))
    expect(rows.length).toBe(1001)
    expect(found).toContain('IN-TOOBIG limit.members-1000')
  })

  test.each([
    ['a long line', `X-A: ${'a'.repeat(5_000_000)}\n`],
    ['many lines', 'X-A: a\n'.repeat(800_000)],
    ['many folded lines', `X-A: a\n${' bbbb\n'.repeat(1_500_000)}`],
  ])('with a head of %s are refused', quick, async (_, head) => {
    const { rows, found } = await check(`From: a@b\nSubject: x\n${head}\n${RECORD}`)
    expect(rows).toEqual([['a.eml', 'UNREADABLE']])
    expect(found).toEqual(['IN-TOOBIG limit.mail'])
  })

  test('nested too deep are refused', quick, async () => {
    let part = 'Content-Type: text/plain\n\nx'
    for (let depth = 0; depth < 200; depth++) {
      part = `Content-Type: multipart/mixed; boundary=b${depth}\n\n--b${depth}\n${part}\n--b${depth}--\n`
    }
    const { found } = await check(`From: a@b\nSubject: x\n${part}`)
    expect(found).toEqual(['IN-TOOBIG limit.mail'])
  })

  test('cut off anywhere give their row', quick, async () => {
    const whole = bytesOf(mail({ text: RECORD, attachments: { 'daten.xml': XML } }))
    for (let length = 0; length < whole.length; length += 61) {
      const { rows, found } = await check(whole.subarray(0, length))
      expect(rows[0]?.[0]).toBe('a.eml')
      expect(found.join()).not.toContain('ENGINE-INTERNAL')
    }
  })

  test('with damaged base64 give what can be read', async () => {
    const content = mail({ text: 'x', attachments: { a: XML } })
    const damaged = content.replace(toBase64(bytesOf(XML)).slice(40, 60), '!?!?')
    expect((await check(damaged)).rows.length).toBe(2)
  })
})

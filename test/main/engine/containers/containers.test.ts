import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toBase32 } from '../../../../src/main/engine/codec/base32.ts'
import { toBase64 } from '../../../../src/main/engine/codec/base64.ts'
import { utf8Bytes, utf8Text } from '../../../../src/main/engine/codec/text.ts'
import { openPlain } from '../../../../src/main/engine/containers/index.ts'
import { LIMITS } from '../../../../src/main/engine/limits.ts'
import type { Opened } from '../../../../src/main/engine/types.ts'
import { toHex } from '../../../../src/shared/hex.ts'
import { escapeXml, keyHex, pem, spkiOf, throwAwayKey, valuesXml } from '../../../tools/sign.ts'
import { wholeSession } from '../../../tools/small-inputs.ts'

const KEY = throwAwayKey()
const OTHER = throwAwayKey('secp192r1')
const RECORD = wholeSession()
const SECOND = wholeSession({ number: 2 })

function open(content: string | Uint8Array): Opened {
  const bytes = typeof content === 'string' ? utf8Bytes(content) : content
  return openNamed('file', bytes)
}

function openNamed(name: string, bytes: Uint8Array): Opened {
  return openPlain({ name, bytes, origin: [{ step: 'file', name }] }, LIMITS)
}

const texts = ({ records }: Opened) => records.map(({ bytes }) => utf8Text(bytes)?.trim())
const origins = ({ records }: Opened) =>
  records.map(({ origin }) => origin.map(({ name }) => name).join(' › '))
const curves = (offers: Opened['keys']) =>
  offers.flatMap(({ keys }) => keys.map(({ curve }) => curve))
const found = ({ findings }: Opened) => findings.map(({ code, severity }) => [code, severity])

describe('plain text', () => {
  test('that is one record is that record', () => {
    const opened = open(RECORD)
    expect(texts(opened)).toEqual([RECORD])
    expect(opened).toMatchObject({ keys: [], findings: [] })
    expect(origins(opened)).toEqual(['file'])
  })

  test('with several records gives each of them, in order', () => {
    const opened = open(`first\n${RECORD}\nsecond ${SECOND}\r\n${RECORD}`)
    expect(texts(opened)).toEqual([RECORD, SECOND, RECORD])
    expect(origins(opened)).toEqual(['file › OCMF 1', 'file › OCMF 2', 'file › OCMF 3'])
  })

  test('around one record is taken off where it is long, and left to the format where not', () => {
    const letter = 'Dear driver, '.repeat(40)
    expect(texts(open(`${letter}${RECORD}${letter}`))).toEqual([RECORD])
    expect(texts(open(`"${RECORD}",`))).toEqual([`"${RECORD}",`])
  })

  test.each([
    ['behind the record', `${RECORD}\n\n${keyHex(KEY)}\n`],
    ['before the record', `Public key: ${keyHex(KEY)}\n\n${RECORD}`],
    ['as PEM', `${RECORD}\n${pem(KEY)}`],
    ['between two records', `${RECORD}\n${keyHex(KEY)}\n${SECOND}`],
  ])('gives the key that stands %s', (_, text) => {
    expect(curves(open(text).keys)).toEqual(['secp256r1'])
  })

  test('that is nothing but keys gives the keys', () => {
    const opened = open(`${pem(KEY)}\n${pem(OTHER)}`)
    expect(curves(opened.keys)).toEqual(['secp256r1', 'secp192r1'])
    expect(opened.records).toEqual([])
  })

  test('of a file name changes nothing', () => {
    for (const name of ['a.xml', 'b.json', 'c.pdf', '../../etc/passwd', '']) {
      const opened = openNamed(name, utf8Bytes(RECORD))
      expect(texts(opened)).toEqual([RECORD])
    }
  })
})

describe('encodings around a record', () => {
  const ENCODINGS: [string, (text: string) => string][] = [
    ['hex', (text) => toHex(utf8Bytes(text))],
    [
      'hex',
      (text) =>
        toHex(utf8Bytes(text))
          .toUpperCase()
          .replace(/(.{64})/g, '$1\n'),
    ],
    ['base64', (text) => toBase64(utf8Bytes(text))],
    ['base64', (text) => toBase64(utf8Bytes(text)).replaceAll('+', '-').replaceAll('/', '_')],
    ['base64', (text) => toBase64(utf8Bytes(text)).replace(/(.{76})/g, '$1\r\n')],
    ['base32', (text) => toBase32(utf8Bytes(text))],
    ['json', (text) => JSON.stringify(text).slice(1, -1)],
    ['percent', (text) => encodeURIComponent(text)],
    ['html', (text) => text.replaceAll('"', '&quot;').replaceAll('|', '&#124;')],
    ['html', (text) => text.replaceAll('"', '&#x22;').replaceAll('{', '&#123;')],
  ]

  test.each(ENCODINGS)('%s is undone and told: %#', (name, encode) => {
    const opened = open(encode(RECORD))
    expect(texts(opened)).toEqual([RECORD])
    expect(origins(opened)).toEqual([`file › ${name}`])
  })

  test('are undone in any nesting of few layers', () => {
    const layers = fc.array(fc.constantFrom(...ENCODINGS.slice(0, 6)), {
      minLength: 1,
      maxLength: 4,
    })
    fc.assert(
      fc.property(layers, (list) => {
        const opened = open(list.reduce((text, [, encode]) => encode(text), RECORD))
        expect(texts(opened)).toEqual([RECORD])
        const names = list.map(([name]) => name).toReversed()
        expect(origins(opened)).toEqual([['file', ...names].join(' › ')])
      }),
      { numRuns: 30 },
    )
  })

  test('of more layers than anybody writes are left alone', () => {
    const wrapped = (count: number) =>
      Array.from({ length: count }).reduce<string>((text) => toBase64(utf8Bytes(text)), RECORD)
    expect(open(wrapped(LIMITS.encodingLayers)).records.length).toBe(1)
    expect(found(open(wrapped(LIMITS.encodingLayers + 1)))).toEqual([['IN-UNKNOWN', 'error']])
  })

  test.each([
    ['a percent sign that encodes nothing', `%zz${encodeURIComponent(RECORD)}`],
    ['a code beyond Unicode', RECORD.replaceAll('"', '&#9999999;')],
    ['an entity nobody knows', RECORD.replaceAll('"', '&bogus;')],
  ])('that are broken by %s are no reason to fail', (_, text) => {
    expect(() => open(text)).not.toThrow()
  })
})

describe('JSON around records', () => {
  test('gives every string that is one, with its place', () => {
    const opened = open(JSON.stringify({ a: [{ b: RECORD }, 'x', 1, null, true], c: SECOND }))
    expect(texts(opened)).toEqual([RECORD, SECOND])
    expect(origins(opened)).toEqual(['file › $.a[0].b', 'file › $.c'])
  })

  test('may itself be one string, or be pretty', () => {
    expect(texts(open(JSON.stringify(RECORD)))).toEqual([RECORD])
    expect(texts(open(JSON.stringify({ a: RECORD }, null, 2)))).toEqual([RECORD])
  })

  test('may hold records that are encoded once more', () => {
    const opened = open(JSON.stringify({ a: toBase64(utf8Bytes(RECORD)) }))
    expect(origins(opened)).toEqual(['file › $.a › base64'])
  })

  test.each(['publicKey', 'public_key', 'public-key', 'PublicKey', 'key', 'UK'])(
    'gives the key in %s to the records of the same object',
    (name) => {
      const text = JSON.stringify([{ [name]: keyHex(KEY), d: RECORD }, { d: SECOND }])
      const opened = open(text)
      expect(opened.records.map(({ keys }) => curves(keys))).toEqual([['secp256r1'], []])
      expect(opened.keys).toEqual([])
    },
  )

  test('gives a key to the records of objects inside, unless they have their own', () => {
    const text = JSON.stringify({
      publicKey: keyHex(KEY),
      a: { d: RECORD },
      b: { publicKey: keyHex(OTHER), d: SECOND },
    })
    const keys = open(text).records.map((record) => curves(record.keys))
    expect(keys).toEqual([['secp256r1'], ['secp192r1']])
  })

  test('gives a key without a record beside it to everybody', () => {
    const opened = open(JSON.stringify({ a: { publicKey: keyHex(KEY) }, d: RECORD }))
    expect(curves(opened.keys)).toEqual(['secp256r1'])
    expect(opened.records[0]?.keys).toEqual([])
  })

  test('tells a public key that cannot be read, and takes no other text for one', () => {
    const broken = '04'.repeat(65)
    const opened = open(JSON.stringify({ publicKey: broken, key: broken, d: RECORD }))
    expect(opened.records[0]?.keys.map(({ reading }) => reading.kind)).toEqual(['not-on-curve'])
  })

  test('that is damaged says where, and its records are found all the same', () => {
    expect(open('{"a": "x", }')).toMatchObject({
      findings: [{ code: 'IN-JSON', offset: 11, params: { offset: '11' } }],
    })
    expect(texts(open(`{"a":"x",,,,}\n${RECORD}`))).toEqual([`{"a":"x",,,,}\n${RECORD}`])
    const long = ' '.repeat(300)
    expect(texts(open(`{"a":"x",,,,}${long}\n${RECORD}`))).toEqual([RECORD])
  })

  test('beyond a limit names the limit', () => {
    expect(open('['.repeat(100))).toMatchObject({
      findings: [{ code: 'IN-TOOBIG', params: { limit: 'depth' } }],
    })
  })

  test('without anything known in it is unknown', () => {
    expect(found(open('{"a":1}'))).toEqual([['IN-UNKNOWN', 'error']])
    expect(found(open(`{"a":"${'x'.repeat(100)}"}`))).toEqual([['IN-UNKNOWN', 'error']])
  })

  test('with a name of every object of JavaScript is JSON like any other', () => {
    const text = `{"__proto__":{"publicKey":"${keyHex(KEY)}"},"constructor":${JSON.stringify(RECORD)}}`
    const opened = open(text)
    expect(texts(opened)).toEqual([RECORD])
    expect(curves(opened.keys)).toEqual(['secp256r1'])
  })
})

describe('the XML container', () => {
  const value = {
    data: RECORD,
    keys: [keyHex(KEY)],
    transaction: '7',
    context: 'Transaction.Begin',
  }

  test('gives records with their keys and what it says of them', () => {
    const opened = open(valuesXml([value, { data: SECOND, keys: [keyHex(OTHER)] }]))
    expect(texts(opened)).toEqual([RECORD, SECOND])
    expect(origins(opened)).toEqual(['file › value[1]', 'file › value[2]'])
    expect(opened.records.map(({ keys }) => curves(keys))).toEqual([['secp256r1'], ['secp192r1']])
    expect(opened.records.map(({ hints }) => hints)).toEqual([
      { format: 'OCMF', encoding: 'plain', transaction: '7', role: 'begin' },
      { format: 'OCMF', encoding: 'plain', transaction: null, role: null },
    ])
  })

  test.each(['plain', 'hex', 'base64', 'base32'] as const)('undoes data in %s', (carried) => {
    expect(texts(open(valuesXml([{ ...value, carried }])))).toEqual([RECORD])
  })

  test('does not trust what it is told about the encoding', () => {
    const opened = open(valuesXml([{ ...value, carried: 'base64', label: 'hex', format: 'EDL40' }]))
    expect(texts(opened)).toEqual([RECORD])
    expect(opened.records[0]?.hints).toMatchObject({ format: 'EDL40', encoding: 'hex' })
  })

  test.each([
    ['Transaction.Begin', 'begin'],
    ['Transaction.End', 'end'],
    [' Transaction.End ', 'end'],
    ['Transaction.Intermediate', null],
    ['constructor', null],
    ['', null],
  ])('a context of %j is the role %s', (context, role) => {
    expect(open(valuesXml([{ ...value, context }])).records[0]?.hints.role).toBe(role)
  })

  test('has namespaces, prefixes, CDATA and comments like other XML', () => {
    const xml = `<x:values xmlns:x="urn:x"><x:value x:transactionId="1"><!-- no -->
      <x:signedData><![CDATA[${RECORD}]]></x:signedData></x:value></x:values>`
    const opened = open(xml)
    expect(texts(opened)).toEqual([RECORD])
    expect(opened.records[0]?.hints.transaction).toBe('1')
  })

  test.each([
    ['signedData as root', `<signedData transactionId="9">${escapeXml(RECORD)}</signedData>`, '9'],
    ['encodedData', `<v><encodedData>${escapeXml(RECORD)}</encodedData></v>`, null],
    [
      'data outside any value',
      `<values><a><signedData>${escapeXml(RECORD)}</signedData></a></values>`,
      null,
    ],
  ])('may be %s', (_, xml, transaction) => {
    const opened = open(xml)
    expect(texts(opened)).toEqual([RECORD])
    expect(opened.records[0]?.hints.transaction).toBe(transaction)
  })

  test('gives several records of one element, each with the key of the value', () => {
    const opened = open(valuesXml([{ ...value, data: `${RECORD}\n${SECOND}` }]))
    expect(texts(opened)).toEqual([RECORD, SECOND])
    expect(opened.records.map(({ keys }) => curves(keys))).toEqual([['secp256r1'], ['secp256r1']])
  })

  test('gives keys without a record to everybody, and empty ones to nobody', () => {
    const apart = valuesXml([{ data: RECORD }], { keys: [keyHex(KEY), ' '] })
    expect(curves(open(apart).keys)).toEqual(['secp256r1'])
    const alone = `<values><value><publicKey>${keyHex(KEY)}</publicKey></value>
      <value><signedData>${escapeXml(RECORD)}</signedData></value></values>`
    expect(curves(open(alone).keys)).toEqual(['secp256r1'])
  })

  test('gives data of a format nobody knows a row of its own', () => {
    const opened = open(valuesXml([{ data: 'AAAA', format: 'Future' }, value]))
    expect(opened.records.map(({ hints }) => hints.format)).toEqual(['Future', 'OCMF'])
    expect(utf8Text(opened.records[0]?.bytes ?? new Uint8Array())).toBe('AAAA')
  })

  test('that breaks off gives what stands before, and a warning', () => {
    const xml = valuesXml([value, value])
    const cut = xml.slice(0, xml.lastIndexOf('</value>'))
    const opened = open(cut)
    expect(texts(opened)).toEqual([RECORD, RECORD])
    expect(found(opened)).toEqual([['IN-XML', 'warning']])
  })

  test('that is none says where it ends to be, unless there are records in the text', () => {
    expect(open('<values><value></values>').findings).toMatchObject([
      { code: 'IN-XML', severity: 'error' },
    ])
    const opened = open(`<values>\n${RECORD}\n`)
    expect(texts(opened)).toEqual([`<values>\n${RECORD}`])
    expect(found(opened)).toEqual([['IN-XML', 'warning']])
  })

  test('with a document type is refused, whatever else is in it', () => {
    const xml = `<!DOCTYPE values>${valuesXml([value], { declaration: '' })}`
    const opened = open(xml)
    expect(found(opened).filter(([code]) => code === 'IN-DOCTYPE')).toEqual([
      ['IN-DOCTYPE', 'error'],
    ])
  })

  test.each(['utf-16le', 'utf-16be'])('in %s is read and the encoding told', (encoding) => {
    const text = `\ufeff${valuesXml([value], { declaration: '' })}`
    const units = Buffer.from(text, 'utf16le')
    const bytes = encoding === 'utf-16le' ? units : units.swap16()
    const opened = open(Uint8Array.from(bytes))
    expect(texts(opened)).toEqual([RECORD])
    expect(origins(opened)).toEqual([`file › ${encoding} › value[1]`])
  })

  test('with a byte order mark is read without a word', () => {
    expect(origins(open(`\ufeff${valuesXml([value])}`))).toEqual(['file › value[1]'])
  })
})

describe('bytes that are no text', () => {
  test('may be a key in DER', () => {
    expect(curves(open(spkiOf(KEY)).keys)).toEqual(['secp256r1'])
  })

  test('may have a record in them', () => {
    const bytes = Uint8Array.from([0xff, 0xfe, 0xff, ...utf8Bytes(RECORD), 0xff])
    expect(open(bytes).records.length).toBe(1)
  })

  test.each([
    ['a picture', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0xff, 0xd8]],
    ['zeros', Array.from({ length: 100 }, () => 0)],
    ['one byte', [0xff]],
  ])('may be %s, which is unknown', (_, bytes) => {
    expect(found(open(Uint8Array.from(bytes)))).toEqual([['IN-UNKNOWN', 'error']])
  })

  test('may be none at all', () => {
    expect(found(open(''))).toEqual([['IN-EMPTY', 'error']])
  })

  test('of any kind are opened without an exception, and never without a word', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const { records, keys, findings } = open(bytes)
        expect(records.length + keys.length + findings.length).toBeGreaterThan(0)
      }),
    )
  })
})

describe('records that cannot be read', () => {
  test('each have a place of their own', () => {
    const opened = open(`OCMF|{"a":\n${RECORD}\nOCMF|{{\n${SECOND}`)
    expect(opened.records.length).toBe(4)
    expect(texts(opened).filter((text) => text === RECORD || text === SECOND).length).toBe(2)
  })

  test('in a flood are not told one by one, and no genuine record is lost without a word', () => {
    const flood = 'OCMF|{x\n'.repeat(1000)
    const opened = open(`${flood}${RECORD}`)
    expect(opened.records.length).toBeLessThan(300)
    const covered = opened.records.map(({ bytes }) => utf8Text(bytes)).join('')
    expect(covered).toContain(RECORD)
  })
})

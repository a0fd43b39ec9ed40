/**
 * What carries records: XML in all its variants, JSON, text, tables, mails. Rule book chapter 3.
 *
 * @module
 */
import { toBase32 } from '../../../src/main/engine/codec/base32.ts'
import { toBase64 } from '../../../src/main/engine/codec/base64.ts'
import { toHex } from '../../../src/shared/hex.ts'
import {
  XML_DECLARATION,
  escapeXml,
  keyHex,
  ocmf,
  pem,
  signedDataXml,
  spkiOf,
  valuesXml,
} from '../sign.ts'
import {
  BEGIN,
  END,
  KEY,
  LATER,
  METER_KEY,
  STRANGE_KEY,
  type VectorCase,
  beginRecord,
  endRecord,
  lines,
  payload,
  record,
  xmlWithKey,
} from './base.ts'

const GOOD = 'VERIFIED'
const UNCONFIRMED = 'VALID_KEY_UNCONFIRMED'
const utf8 = (text: string) => new TextEncoder().encode(text)

/** One record with its key in the same file. */
function carried(name: string, comment: string, input: string | Uint8Array): VectorCase {
  return {
    name: `carrier-${name}`,
    comment,
    expect: UNCONFIRMED,
    finding: 'OCMF-607/warning KEY-FILE/info',
    notFinding: 'OCMF-019 OCMF-022',
    signature: 'valid',
    energy: '11.110 kWh',
    expectTrust: 'K1',
    keys: [],
    input,
  }
}

/** One record whose key the user gives. */
function alone(name: string, comment: string, input: string | Uint8Array): VectorCase {
  return {
    name: `carrier-${name}`,
    comment,
    expect: GOOD,
    finding: 'OCMF-018/info',
    signature: 'valid',
    energy: '11.110 kWh',
    input,
  }
}

function utf16(text: string, bigEndian: boolean, mark: boolean): Uint8Array {
  const bytes = Buffer.from(mark ? `\uFEFF${text}` : text, 'utf16le')
  return Uint8Array.from(bigEndian ? bytes.swap16() : bytes)
}

const DOCUMENT = xmlWithKey(record())
const VALUE = { data: record(), keys: [KEY] }
const UMLAUTS = record({ CI: 'Säule 7 groß', CT: undefined })

/** The document with a description of the station in front. */
function withStation(...points: string[]): string {
  const inside = points.map(
    (id) => `<EVSE id="${id}"><connector id="1"><type>Type-2</type></connector></EVSE>`,
  )
  const station = `<chargingStation id="DE*EIL*S0001"><description language="de">Am Markt</description>${inside.join('')}</chargingStation>`
  return DOCUMENT.replace('<values>', `<values>${station}`)
}

const XML: readonly VectorCase[] = [
  carried(
    'xml-station',
    'a description of the station: not signed, and the same charge point',
    withStation('DE*EIL*E0001*1'),
  ),
  carried(
    'xml-station-several',
    'a station with several charge points does not say which is meant',
    withStation('DE*EIL*E0009*1', 'DE*EIL*E0009*2'),
  ),
  {
    ...carried(
      'xml-station-other',
      'a description of another station than the signed charge point',
      withStation('DE*EIL*E0009*1'),
    ),
    finding: 'OCMF-607/warning REC-CONTRADICTS/warning',
  },
  carried('xml', 'the container of the transparency software', DOCUMENT),
  carried(
    'xml-namespace',
    'a default namespace on the root changes nothing',
    valuesXml([VALUE], { attributes: ' xmlns="http://transparenz.software/values"' }),
  ),
  carried(
    'xml-prefix',
    'a prefix on all elements changes nothing',
    valuesXml([VALUE], { attributes: ' xmlns:v="urn:values"', prefix: 'v:' }),
  ),
  {
    ...alone('xml-bare-signed-data', 'signedData as the root of a document', ''),
    finding: 'SIG-OK',
    input: `${XML_DECLARATION}${signedDataXml(VALUE)}\n`,
  },
  carried(
    'xml-other-root',
    'values inside a document of somebody else',
    `${XML_DECLARATION}<export><header/>${valuesXml([VALUE], { declaration: '' })}</export>`,
  ),
  carried('xml-hex', 'data in hexadecimal digits', xmlWithKey(record(), { carried: 'hex' })),
  carried('xml-base64', 'data in base64', xmlWithKey(record(), { carried: 'base64' })),
  carried('xml-base32', 'data in base32', xmlWithKey(record(), { carried: 'base32' })),
  carried(
    'xml-base64-lines',
    'data in base64 over several lines',
    xmlWithKey(toBase64(utf8(record())).replace(/(.{76})/g, '$1\n'), { label: 'base64' }),
  ),
  carried(
    'xml-no-attributes',
    'neither format nor encoding are stated',
    xmlWithKey(record(), { format: null, label: null }),
  ),
  carried(
    'xml-cdata',
    'data as CDATA, with a comment beside',
    valuesXml([{ ...VALUE, data: 'DATA' }]).replace(
      '>DATA<',
      `><!-- a < b --><![CDATA[${record()}]]><`,
    ),
  ),
  carried(
    'xml-line-breaks',
    'line breaks around the data belong to the file and not to the record',
    xmlWithKey(`\n      ${record()}\n    `),
  ),
  carried(
    'xml-key-first',
    'the key may stand before the data',
    DOCUMENT.replace(/( *<signedData.*\n)( *<publicKey.*\n)/, '$2$1'),
  ),
  carried(
    'xml-key-outside',
    'a key beside the values is meant for all of them',
    valuesXml([{ data: record() }], { keys: [KEY] }),
  ),
  carried(
    'xml-key-in-own-value',
    'a key in a value without data is meant for the others',
    valuesXml([{ data: record() }]).replace(
      '</values>',
      `<value><publicKey>${KEY}</publicKey></value></values>`,
    ),
  ),
  {
    name: 'carrier-xml-two-keys',
    comment: 'two keys for one value contradict each other, although one fits',
    expect: 'SIGNATURE_INVALID',
    finding: 'OCMF-519 KEY-MISMATCH OCMF-607/warning',
    keys: [],
    input: xmlWithKey(record(), { keys: [keyHex(STRANGE_KEY), KEY] }),
  },
  carried(
    'xml-utf-16-le',
    'UTF-16 with byte order mark',
    utf16(DOCUMENT.replace('UTF-8', 'UTF-16'), false, true),
  ),
  carried(
    'xml-utf-16-be',
    'UTF-16 of the other byte order',
    utf16(DOCUMENT.replace('UTF-8', 'UTF-16'), true, true),
  ),
  carried(
    'xml-utf-16-le-bare',
    'UTF-16 without byte order mark',
    utf16(DOCUMENT.replace('UTF-8', 'UTF-16'), false, false),
  ),
  carried(
    'xml-utf-16-be-bare',
    'UTF-16 of the other byte order without mark',
    utf16(DOCUMENT.replace('UTF-8', 'UTF-16'), true, false),
  ),
  carried('xml-byte-order-mark', 'UTF-8 with byte order mark', `\uFEFF${DOCUMENT}`),
  carried(
    'xml-latin-1',
    'a file in Latin-1 that says so: its umlauts are those that were signed in UTF-8',
    Uint8Array.from(Buffer.from(xmlWithKey(UMLAUTS).replace('UTF-8', 'ISO-8859-1'), 'latin1')),
  ),
  {
    ...carried(
      'xml-wrong-encoding-label',
      'a label says base64 where the data are plain: said, and read as they are',
      xmlWithKey(record(), { label: 'base64' }),
    ),
    finding: 'OCMF-019/info OCMF-018/info OCMF-607/warning',
    notFinding: 'OCMF-022',
  },
  {
    ...carried(
      'xml-wrong-format-label',
      'a label says another format: said, and read as what it is',
      xmlWithKey(record(), { format: 'ALFEN' }),
    ),
    finding: 'OCMF-019/info OCMF-607/warning',
    notFinding: 'IN-FORMAT',
  },
  {
    name: 'carrier-xml-several-values',
    comment: 'several values, each with its own key and transaction',
    expect: [UNCONFIRMED, UNCONFIRMED],
    finding: 'OCMF-607/warning',
    notFinding: 'OCMF-834 KEY-CONFLICT',
    energy: ['11.110 kWh', '11.110 kWh'],
    keys: [],
    input: valuesXml([
      { ...VALUE, transaction: '1' },
      {
        data: record({ GS: 'GW0000009', MS: 'PZ0000009' }, { key: STRANGE_KEY }),
        keys: [keyHex(STRANGE_KEY)],
        transaction: '2',
      },
    ]),
  },
  {
    name: 'carrier-xml-key-of-other-value',
    comment: 'the key of one value is not the key of another: each is checked with its own',
    expect: ['SIGNATURE_INVALID', 'SIGNATURE_INVALID'],
    finding: 'OCMF-516 OCMF-607/warning',
    keys: [],
    input: valuesXml([
      { ...VALUE, keys: [keyHex(STRANGE_KEY)] },
      {
        data: record({ GS: 'GW0000009', MS: 'PZ0000009' }, { key: STRANGE_KEY }),
        keys: [KEY],
      },
    ]),
  },
  {
    name: 'carrier-xml-begin-and-end',
    comment: 'begin and end as two values of one transaction, as OCPP 1.6 gives them',
    expect: UNCONFIRMED,
    finding: 'OCMF-607/warning',
    notFinding: 'OCMF-834 OCMF-835',
    energy: '11.110 kWh',
    keys: [],
    input: valuesXml([
      {
        data: beginRecord(),
        keys: [KEY],
        transaction: '4711',
        context: 'Transaction.Begin',
        carried: 'hex',
      },
      {
        data: endRecord(),
        keys: [KEY],
        transaction: '4711',
        context: 'Transaction.End',
        carried: 'hex',
      },
    ]),
  },
  {
    name: 'carrier-xml-transaction-as-text',
    comment: 'a transaction may be a word, as the identifiers of OCPP 2.0.1 are',
    expect: GOOD,
    notFinding: 'OCMF-834',
    energy: '11.110 kWh',
    input: valuesXml([
      { data: beginRecord(), transaction: '0b3f2c4e-7d1a-4c55-9b57-6f0d2f6f5f11' },
      { data: endRecord(), transaction: '0b3f2c4e-7d1a-4c55-9b57-6f0d2f6f5f11' },
    ]),
  },
  {
    name: 'carrier-xml-context-as-text',
    comment: 'any other context is for display',
    expect: GOOD,
    notFinding: 'OCMF-835',
    input: valuesXml([{ data: record(), context: 'Parkhaus A9' }]),
  },
  {
    name: 'carrier-xml-two-records-in-one-value',
    comment: 'begin and end one after the other in one value',
    expect: UNCONFIRMED,
    finding: 'OCMF-607/warning',
    energy: '11.110 kWh',
    keys: [],
    input: xmlWithKey(`${beginRecord()}\n${endRecord()}`),
  },
  {
    name: 'carrier-xml-unknown-beside',
    comment: 'a value of a format that we do not know has a finding, and the others stay good',
    expect: UNCONFIRMED,
    inputs: ['NOT_CHECKED'],
    finding: 'IN-FORMAT OCMF-607/warning',
    keys: [],
    input: valuesXml([VALUE, { data: 'AQ==;1;2;3;4', format: 'FUTURE' }]),
  },
  {
    name: 'carrier-xml-damaged-behind',
    comment:
      'a document that breaks off behind its first value: the value stands, the damage is said',
    expect: UNCONFIRMED,
    finding: 'IN-XML/warning OCMF-607/warning',
    energy: '11.110 kWh',
    keys: [],
    input: `${DOCUMENT.replace('</values>\n', '')}<value><signedData>`,
  },
  {
    name: 'carrier-xml-damaged-inside',
    comment: 'a document that breaks off before its data end cannot be read as XML',
    expect: 'UNREADABLE',
    finding: 'IN-XML/error',
    keys: [],
    input: `${XML_DECLARATION}<values><value transactionId="1"><publicKey>`,
  },
]

/** What OCPP calls a signed meter value, in its JSON form. */
const signedValue = (key: string) => ({
  signedMeterData: toBase64(utf8(record())),
  signingMethod: 'ECDSA-secp256r1-SHA256',
  encodingMethod: 'OCMF',
  publicKey: key,
})
const OCA_KEY = toBase64(utf8(`oca:base16:asn1:${KEY}`))

/** A text as JSON string inside a JSON string, and so on. */
function stringified(text: string, levels: number): string {
  return levels === 0 ? text : stringified(JSON.stringify(text), levels - 1)
}

const JSON_CASES: readonly VectorCase[] = [
  carried(
    'json-member',
    'a record as string, its key beside it',
    JSON.stringify({ id: 7, ocmf: record(), publicKey: KEY }),
  ),
  carried(
    'json-key-above',
    'a key of the object around is meant for the records in it',
    JSON.stringify({ public_key: KEY, values: [{ data: record() }] }),
  ),
  carried(
    'json-ocpp-2',
    'a signed meter value of OCPP 2.0.1, data in base64',
    JSON.stringify({
      meterValue: [{ sampledValue: [{ value: 11110, signedMeterValue: signedValue(KEY) }] }],
    }),
  ),
  carried(
    'json-oca-key',
    'a key as the Open Charge Alliance writes it',
    JSON.stringify({ signedMeterValue: signedValue(OCA_KEY) }),
  ),
  carried(
    'json-ocpp-1.6',
    'a signed meter value of OCPP 1.6: the object as JSON text inside the JSON',
    JSON.stringify({
      sampledValue: [{ format: 'SignedData', value: JSON.stringify(signedValue(OCA_KEY)) }],
    }),
  ),
  carried(
    'json-ocpi',
    'signed data of OCPI',
    JSON.stringify({
      signed_data: {
        encoding_method: 'OCMF',
        public_key: KEY,
        signed_values: [{ nature: 'End', plain_data: '', signed_data: record() }],
      },
    }),
  ),
  ...[1, 2, 3].map((levels) =>
    alone(
      `json-string-${levels}`,
      `a record as JSON string, ${levels} times over`,
      stringified(record(), levels),
    ),
  ),
  alone(
    'json-nested-string',
    'a record escaped inside a string of an object that is itself a string',
    JSON.stringify({ body: JSON.stringify({ body: JSON.stringify({ ocmf: record() }) }) }),
  ),
  {
    ...alone('json-hex', 'hexadecimal digits in a JSON string', ''),
    input: JSON.stringify([{ value: toHex(utf8(record())) }]),
  },
  {
    name: 'carrier-json-several',
    comment: 'several records in a list, with one of another meter',
    expect: [GOOD, GOOD],
    finding: 'KEY-SHARED/warning',
    energy: ['11.110 kWh', '11.110 kWh'],
    input: JSON.stringify([
      { data: beginRecord() },
      { data: endRecord() },
      { data: record({ GS: 'GW0000009', MS: 'PZ0000009' }) },
    ]),
  },
  {
    name: 'carrier-json-damaged',
    comment: 'JSON that breaks off behind a record: the record stands, the damage is said',
    expect: GOOD,
    finding: 'IN-JSON/warning',
    energy: '11.110 kWh',
    input: `{"values":[{"data":${JSON.stringify(record())}},{"da`,
  },
  {
    name: 'carrier-json-damaged-nothing',
    comment: 'JSON that breaks off and holds nothing',
    expect: 'UNREADABLE',
    finding: 'IN-JSON/error',
    input: '{"values":[{"data":"there was something here once"},{"da',
  },
  {
    name: 'carrier-json-nothing',
    comment: 'sound JSON without a record or key',
    expect: 'UNREADABLE',
    finding: 'IN-UNKNOWN',
    input: '{"values":[{"data":"nothing that anybody signed, ever"}]}',
  },
]

const IN_CELL = record().replaceAll('"', '""')
const inDump = (text: string) => text.replaceAll('"', String.raw`\"`)

const TEXT: readonly VectorCase[] = [
  {
    name: 'carrier-text-many',
    comment: 'many records in a text with words between them; no record gets lost',
    expect: [GOOD, GOOD, GOOD],
    finding: 'KEY-SHARED/warning',
    energy: ['11.110 kWh', '11.110 kWh', '4.330 kWh'],
    input: `Session 1, begin:\n${beginRecord({ MS: 'PZ0000008', GS: 'GW0000008' })}\nand end:\n${endRecord({ MS: 'PZ0000008', GS: 'GW0000008' })}\n\nSession 2: ${record()}, session 3: ${record(LATER)}.`,
  },
  {
    name: 'carrier-text-nothing-between',
    comment: 'records one after the other with nothing between them',
    expect: GOOD,
    energy: '11.110 kWh',
    input: beginRecord() + endRecord(),
  },
  {
    name: 'carrier-text-commas',
    comment: 'records separated by commas, in brackets',
    expect: GOOD,
    energy: '11.110 kWh',
    notFinding: 'IN-JSON',
    input: `[${beginRecord()}, ${endRecord()}]`,
  },
  {
    name: 'carrier-text-fragment',
    comment: 'a fragment between records has its own row and touches nothing',
    expect: ['UNREADABLE', GOOD],
    finding: 'OCMF-006 IN-RECORD',
    energy: [null, '11.110 kWh'],
    input: lines(record().slice(0, 100), record()),
  },
  {
    name: 'carrier-text-many-fragments',
    comment: 'fragments beyond 200 are told as one, and a good record behind them is found',
    expect: [...Array.from({ length: 201 }, () => 'UNREADABLE' as const), GOOD],
    finding: 'OCMF-006',
    input: lines(...Array.from({ length: 250 }, (_, at) => `OCMF|{"PG":"T${at}",`), record()),
  },
  {
    name: 'carrier-text-wide-header',
    comment: 'white space after the header is optional and of any width, also between records',
    expect: GOOD,
    finding: 'OCMF-014/info',
    energy: '11.110 kWh',
    input: lines(
      ocmf(`${' '.repeat(60)}${payload({ PG: 'T21', RD: [BEGIN] })}`),
      ocmf(`${' '.repeat(60)}${payload({ PG: 'T22', RD: [END] })}`),
    ),
  },
  {
    ...carried('text-key-beside', 'a key in the lines around the record', ''),
    input: `Record:\n${record()}\n\nPublic key:\n${KEY}\n`,
  },
  {
    ...carried('text-pem-beside', 'a key in PEM behind the record', ''),
    input: `${record()}\n\n${pem(METER_KEY)}`,
  },
  alone('hex', 'a record in hexadecimal digits', toHex(utf8(record())).toUpperCase()),
  alone('base64', 'a record in base64', toBase64(utf8(record()))),
  alone('base32', 'a record in base32', toBase32(utf8(record()))),
  alone('base64-of-hex', 'hexadecimal digits in base64', toBase64(utf8(toHex(utf8(record()))))),
  {
    ...alone('csv', 'a table whose cells double their quotes', ''),
    input: `ocmf\n"${IN_CELL}"\n`,
  },
  {
    ...alone('csv-in-line', 'a line of a table with a record among other cells', ''),
    input: `id,date,ocmf,price\n7,2025-03-14,"${IN_CELL}",5.44\n`,
  },
  {
    ...alone('sql', 'a dump of a data base with escaped quotes', ''),
    input: `INSERT INTO cdr VALUES (7,'2025-03-14','${inDump(record())}',5.44);\n`,
  },
  {
    ...alone('sql-two', 'two records in a dump of a data base', ''),
    expect: [GOOD, GOOD],
    signature: ['valid', 'valid'],
    energy: ['11.110 kWh', '4.330 kWh'],
    input: `INSERT INTO cdr VALUES (7,'${inDump(record())}'),(8,'${inDump(record(LATER))}');\n`,
  },
  {
    ...alone('html', 'a web page with the characters of a record as entities', ''),
    input: `<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>Bill</title></head>\n<body><p>Thank you&nbsp;!<br><code>${escapeXml(record()).replaceAll('|', '&#124;')}</code></body></html>\n`,
  },
  {
    ...alone('html-pipes', 'a mail with quotes as entities and pipes as they are', ''),
    input: `<html><body><p>Your record:<br>${escapeXml(record())}<br></body></html>\n`,
  },
  alone('percent', 'a record percent-encoded', encodeURIComponent(record())),
  {
    ...alone('percent-url', 'a record in the fragment of a link', ''),
    input: `https://verify.example/check#${encodeURIComponent(record())}`,
  },
  {
    ...alone('percent-pipes', 'a record percent-encoded but for its pipes', ''),
    input: encodeURI(record()).replaceAll('%7C', '|'),
  },
  {
    ...alone('modbus', 'registers of a meter, filled up with NUL', ''),
    finding: 'OCMF-002/info',
    input: Uint8Array.of(...utf8(record()), ...new Uint8Array(40)),
  },
  {
    ...alone('latin-1-text', 'a text in Latin-1 with an umlaut beside the record', ''),
    finding: 'OCMF-002/info',
    input: Uint8Array.from(Buffer.from(`Zähler:\n${record()}\n`, 'latin1')),
  },
  {
    name: 'carrier-der-key',
    comment: 'a key as bytes is a file of keys',
    expect: [null],
    finding: 'IN-KEYS/info',
    keys: [],
    input: spkiOf(METER_KEY),
  },
]

export const CARRIERS: readonly VectorCase[] = [...XML, ...JSON_CASES, ...TEXT]

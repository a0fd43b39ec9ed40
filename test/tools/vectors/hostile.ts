/**
 * Bad input: whatever comes, an answer leaves, and no better one than the data deserve.
 * Requirements E.2 and E.5.
 *
 * @module
 */
import { ocmf, signature, throwAwayKey, valuesXml } from '../sign.ts'
import { toHex } from '../../../src/shared/hex.ts'
import {
  BEGIN,
  END,
  KEY,
  LATER,
  type Members,
  type VectorCase,
  file,
  num,
  payload,
  record,
  withReadings,
  xmlWithKey,
} from './base.ts'

const GOOD = 'VERIFIED'
const NLR = 'NOT_LEGALLY_RELEVANT'
const utf8 = (text: string) => new TextEncoder().encode(text)

/** A reading between begin and end. */
function withMiddle(middle: Members): string {
  const between = { ...BEGIN, TM: '2025-03-14T10:15:00,000+0100 S', TX: 'C', RV: num('1240.000') }
  return record({ RD: [BEGIN, { ...between, ...middle }, END] })
}

function unreadable(
  name: string,
  comment: string,
  finding: string,
  input: string | Uint8Array,
): VectorCase {
  return { name: `hostile-${name}`, comment, expect: 'UNREADABLE', finding, keys: [], input }
}

const NOTHING: readonly VectorCase[] = [
  unreadable('empty', 'an empty file says that it is empty', 'IN-EMPTY', ''),
  unreadable('blank', 'white space holds nothing', 'IN-UNKNOWN', ' \n\t \n'),
  unreadable('nul', 'a thousand zero bytes hold nothing', 'IN-UNKNOWN', new Uint8Array(1000)),
  unreadable(
    'junk',
    'bytes of nothing hold nothing',
    'IN-UNKNOWN',
    Uint8Array.from({ length: 512 }, (_, at) => (at * 167 + (at >> 3) * 13 + 0x80) % 256),
  ),
  unreadable(
    'words',
    'a letter holds nothing',
    'IN-UNKNOWN',
    'Dear Sir or Madam, I charged 11 kWh.',
  ),
  unreadable(
    'byte-order-mark',
    'a byte order mark alone holds nothing',
    'IN-UNKNOWN',
    Uint8Array.of(0xef, 0xbb, 0xbf),
  ),
  unreadable('header-only', 'four letters are no header', 'IN-UNKNOWN', 'OCMF'),
  unreadable('headers', 'thousands of near misses', 'IN-UNKNOWN', 'OCMF OCMF! '.repeat(2000)),
  unreadable('pipes', 'thousands of pipes', 'OCMF-003', `OCMF${'|'.repeat(20_000)}`),
  unreadable('open-braces', 'thousands of braces', 'OCMF-006', `OCMF|${'{'.repeat(20_000)}`),
  unreadable(
    'open-string',
    'a string that never ends',
    'OCMF-006',
    `OCMF|{"FV":"1.4","TT":"${'x'.repeat(20_000)}`,
  ),
]

const DEEP = 10_000

const JSON_LIMITS: readonly VectorCase[] = [
  unreadable('deep-json', 'lists in lists, 10,000 levels', 'IN-TOOBIG/error', '['.repeat(DEEP)),
  unreadable(
    'deep-json-closed',
    'lists in lists, 10,000 levels and back',
    'IN-TOOBIG/error',
    `${'['.repeat(DEEP)}${']'.repeat(DEEP)}`,
  ),
  unreadable(
    'deep-payload',
    'a payload of 10,000 levels',
    'OCMF-020 IN-TOOBIG',
    ocmf(`{"RD":${'['.repeat(DEEP)}${']'.repeat(DEEP)}}`),
  ),
  {
    name: 'hostile-deep-signature-section',
    comment: 'a signature section of 10,000 levels cannot be read',
    expect: 'NOT_CHECKED',
    finding: 'OCMF-008 SIG-ENCODING',
    input: `OCMF|${payload()}|{"SD":${'['.repeat(DEEP)}${']'.repeat(DEEP)}}`,
  },
  {
    name: 'hostile-proto-member',
    comment: 'names that mean something to JavaScript are names like others',
    expect: GOOD,
    finding: 'OCMF-109/info',
    energy: '11.110 kWh',
    input: ocmf(
      payload().replace(
        '"RD"',
        '"__proto__":{"FV":"9.9","RD":[]},"constructor":"x","toString":"y","RD"',
      ),
    ),
  },
  {
    name: 'hostile-proto-member-of-reading',
    comment: 'names that mean something to JavaScript are unknown members of readings',
    expect: GOOD,
    finding: 'OCMF-404/info',
    energy: '11.110 kWh',
    input: ocmf(payload().replace('"TX":"B"', '"__proto__":{"TX":"E"},"valueOf":1,"TX":"B"')),
  },
  {
    name: 'hostile-proto-member-of-section',
    comment: 'names that mean something to JavaScript are unknown members of the section',
    expect: GOOD,
    finding: 'OCMF-520/info',
    input: record().replace('{"SA"', '{"__proto__":{"SD":"00"},"constructor":"x","SA"'),
  },
]

/** A word that every JavaScript object knows. */
const WORD = 'constructor'

function word(
  where: string,
  comment: string,
  want: Partial<VectorCase>,
  input: string,
): VectorCase {
  return {
    name: `hostile-word-${where}`,
    comment: `${comment} is unknown, also if every JavaScript object has it`,
    expect: GOOD,
    ...want,
    input,
  }
}

const WORDS: readonly VectorCase[] = [
  word(
    'letter',
    'a transaction letter',
    { expect: NLR, finding: 'OCMF-412' },
    withMiddle({ TX: WORD }),
  ),
  word(
    'unit',
    'a unit',
    { expect: NLR, finding: 'OCMF-426/error OCMF-427' },
    withReadings({ RU: WORD }, { RU: WORD }),
  ),
  word(
    'state',
    'a meter state',
    { expect: NLR, finding: 'OCMF-440 OCMF-441/error' },
    withReadings({}, { ST: WORD }),
  ),
  word('type', 'a type of identification', { finding: 'OCMF-212/info' }, record({ IT: WORD })),
  word('level', 'an identification level', { finding: 'OCMF-204/warning' }, record({ IL: WORD })),
  word('point', 'a kind of charge point', { finding: 'OCMF-311/info' }, record({ CT: WORD })),
  word(
    'loss-unit',
    'a unit of resistance',
    { finding: 'OCMF-305/warning' },
    record({ LC: { LR: num('1'), LU: WORD } }),
  ),
  word(
    'encoding',
    'an encoding',
    { expect: 'NOT_CHECKED', finding: 'OCMF-506' },
    record({}, { section: { SE: WORD } }),
  ),
  word(
    'method',
    'a method',
    { expect: 'NOT_CHECKED', finding: 'OCMF-502' },
    record({}, { method: WORD }),
  ),
  word('tariff', 'a tariff', { notFinding: 'OCMF-219' }, record({ TT: `${WORD};EUR;1;2` })),
]

const NUMBERS: readonly VectorCase[] = [
  {
    name: 'hostile-10000-digits',
    comment: 'a number of 10,000 digits is no meter reading',
    expect: NLR,
    finding: 'OCMF-415 SES-VALUE',
    signature: 'valid',
    energy: '11.110 kWh',
    input: withMiddle({ RV: num('9'.repeat(10_000)) }),
  },
  {
    name: 'hostile-1000-digits',
    comment: 'a thousand digits are read exactly',
    expect: GOOD,
    finding: 'SIG-OK',
    energy: '0.02 kWh',
    input: withReadings({ RV: num(`${'1'.repeat(990)}.01`) }, { RV: num(`${'1'.repeat(990)}.03`) }),
  },
  ...['1e999999999', '1e-999999999', '1e99999999999999999999', 'Infinity', '-Infinity'].map(
    (text): VectorCase => ({
      name: `hostile-number-${text.toLowerCase()}`,
      comment: `${text} is no meter reading`,
      expect: NLR,
      finding: /I/.test(text) ? 'OCMF-415 OCMF-021/warning' : 'OCMF-415',
      energy: '11.110 kWh',
      input: withMiddle({ RV: num(text) }),
    }),
  ),
  {
    name: 'hostile-exponent-400',
    comment: 'an exponent beyond binary numbers is expanded exactly',
    expect: GOOD,
    finding: 'OCMF-416/info OCMF-827/info',
    energy: '0 kWh',
    input: withReadings({ RV: num('1e400') }, { RV: num('1E+400') }),
  },
  {
    name: 'hostile-minus-zero',
    comment: 'minus zero is zero',
    expect: GOOD,
    notFinding: 'OCMF-418',
    energy: '0.50 kWh',
    input: withReadings({ RV: num('-0.00') }, { RV: num('0.50') }),
  },
  {
    name: 'hostile-counter',
    comment: 'counters of forty digits are compared exactly',
    expect: GOOD,
    notFinding: 'OCMF-805 OCMF-115',
    energy: '11.110 kWh',
    input: `${record({ PG: `T${'9'.repeat(39)}8`, RD: [BEGIN] })}\n${record({ PG: `T${'9'.repeat(40)}`, RD: [END] })}`,
  },
  {
    name: 'hostile-offset',
    comment: 'no place on earth is 25 hours from UTC',
    expect: NLR,
    finding: 'OCMF-408',
    input: withReadings({}, { TM: '2025-03-14T10:30:00,000+2500 S' }),
  },
]

const TEXTS: readonly VectorCase[] = [
  {
    name: 'hostile-bidi',
    comment:
      'marks that turn text around are content: signed, verified, and for the display to show',
    expect: GOOD,
    finding: 'OCMF-215/info',
    input: record({ ID: '1F2D\u202E3A4F\u2066' }),
  },
  {
    name: 'hostile-terminal',
    comment: 'control sequences of a terminal in an id, escaped as JSON demands',
    expect: GOOD,
    finding: 'OCMF-215/info',
    notFinding: 'OCMF-013',
    input: record({ ID: '\u001b[31mOK\u001b[0m\r\nVERIFIED' }),
  },
  {
    name: 'hostile-terminal-raw',
    comment: 'control sequences of a terminal in an id, raw',
    expect: GOOD,
    finding: 'OCMF-013/warning OCMF-215/info',
    input: ocmf(payload().replace('1F2D3A4F', '\u001b[2J1F2D')),
  },
  {
    name: 'hostile-nul-in-id',
    comment: 'a zero byte inside a string does not end it',
    expect: GOOD,
    finding: 'OCMF-013/warning OCMF-215/info',
    input: ocmf(payload().replace('1F2D3A4F', '1F2D3A4F\0AB')),
  },
  {
    name: 'hostile-markup',
    comment: 'markup in every text is text',
    expect: GOOD,
    finding: 'OCMF-215/info',
    input: record({
      GI: '<img src=x onerror=alert(1)>',
      MV: '"><script>alert(1)</script>',
      ID: '=HYPERLINK("x")',
    }),
  },
  {
    name: 'hostile-utf-8',
    comment: 'overlong and cut off UTF-8 in a string is verified as it is, with a warning',
    expect: GOOD,
    finding: 'OCMF-012/warning',
    input: badUtf8(),
  },
  {
    name: 'hostile-byte-order-mark-inside',
    comment: 'a byte order mark before the payload is neither white space nor JSON',
    expect: 'UNREADABLE',
    finding: 'OCMF-006',
    input: ocmf(`\uFEFF${payload()}`),
  },
  {
    name: 'hostile-no-break-space',
    comment: 'a no-break space between members is no white space of JSON',
    expect: 'UNREADABLE',
    finding: 'OCMF-006',
    input: ocmf(payload().replace(',"GI"', ',\u00a0"GI"')),
  },
]

/** A record whose GI holds C0 AF (an overlong slash) and E2 82 (a character cut off). */
function badUtf8(): Uint8Array {
  const text = payload({ GI: 'a~~~~b' })
  const bytes = utf8(text)
  bytes.set([0xc0, 0xaf, 0xe2, 0x82], text.indexOf('~~~~'))
  const [head = '', tail = ''] = ocmf(text, { signed: bytes }).split(text)
  return Uint8Array.of(...utf8(head), ...bytes, ...utf8(tail))
}

const SIGNED: readonly VectorCase[] = [
  {
    name: 'hostile-signature-of-another-record',
    comment: 'a good signature of another good record of the same key',
    expect: 'SIGNATURE_INVALID',
    finding: 'OCMF-516 SIG-MISMATCH',
    signature: 'invalid',
    input: record({}, { signed: payload(LATER) }),
  },
  {
    name: 'hostile-huge-numbers',
    comment: 'a signature of two numbers of 300 bytes is no signature',
    expect: 'NOT_CHECKED',
    finding: 'OCMF-510',
    input: record({}, { section: { SD: hugeNumbers() } }),
  },
  {
    name: 'hostile-indefinite-length',
    comment: 'an indefinite length is not DER and not read',
    expect: 'NOT_CHECKED',
    finding: 'OCMF-510',
    input: record({}, { section: { SD: `3080${toHex(signature(utf8(payload()))).slice(4)}0000` } }),
  },
  {
    name: 'hostile-ml-dsa-cut-off',
    comment: 'a signature of ML-DSA with a byte less fits nothing',
    expect: 'SIGNATURE_INVALID',
    finding: 'OCMF-516 OCMF-504/warning OCMF-508/warning',
    keys: [toHex(throwAwayKey('ml-dsa-44').point)],
    input: record(
      {},
      {
        key: throwAwayKey('ml-dsa-44'),
        section: {
          SD: toHex(signature(utf8(payload()), { key: throwAwayKey('ml-dsa-44') })).slice(2),
        },
      },
    ),
  },
  {
    name: 'hostile-long-key',
    comment: 'a key of more than 64 KiB is not read',
    expect: 'NOT_CHECKED',
    finding: 'OCMF-601/error',
    keys: [],
    input: xmlWithKey(record(), { keys: [KEY.repeat(365)] }),
  },
]

function hugeNumbers(): string {
  const number = `0282012c${'01'.repeat(300)}`
  return `30820260${number}${number}`
}

const SECRET = '<!ENTITY secret SYSTEM "file:///etc/passwd">'
const LAUGHS = Array.from(
  { length: 9 },
  (_, at) => `<!ENTITY l${at + 1} "${`&l${at};`.repeat(10)}">`,
).join('')

function withDoctype(doctype: string): string {
  return xmlWithKey(record()).replace('?>\n', `?>\n${doctype}\n`)
}

const XML: readonly VectorCase[] = [
  unreadable(
    'doctype',
    'a document type is refused before it can declare anything, whatever else the file holds',
    'IN-DOCTYPE',
    withDoctype('<!DOCTYPE values>'),
  ),
  unreadable(
    'external-entity',
    'an entity that would fetch a file is refused',
    'IN-DOCTYPE',
    withDoctype(`<!DOCTYPE values [${SECRET}]>`).replace('>OCMF|', '>&secret;OCMF|'),
  ),
  unreadable(
    'billion-laughs',
    'entities that multiply are refused',
    'IN-DOCTYPE',
    withDoctype(`<!DOCTYPE values [<!ENTITY l0 "ha">${LAUGHS}]>`).replace('>OCMF|', '>&l9;OCMF|'),
  ),
  unreadable(
    'doctype-utf-16',
    'a document type is refused in UTF-16 too',
    'IN-DOCTYPE',
    Uint8Array.from(
      Buffer.from(`\uFEFF${withDoctype(`<!DOCTYPE values [${SECRET}]>`)}`, 'utf16le'),
    ),
  ),
  unreadable(
    'unknown-entity',
    'an entity that nobody declared is damage',
    'IN-XML/error',
    '<values><value><signedData>&secret;</signedData></value></values>',
  ),
  {
    name: 'hostile-include',
    comment: 'an instruction to include a file is an element like others',
    expect: 'VALID_KEY_UNCONFIRMED',
    finding: 'OCMF-607/warning',
    keys: [],
    input: xmlWithKey(record()).replace(
      '</value>',
      '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/></value>',
    ),
  },
  unreadable(
    'deep-xml',
    'elements in elements, 10,000 levels',
    'IN-TOOBIG/error',
    `<values>${'<value>'.repeat(10_000)}`,
  ),
  unreadable(
    'attributes',
    'an element of 65 attributes',
    'IN-TOOBIG/error',
    `<values ${Array.from({ length: 65 }, (_, at) => `a${at}="1"`).join(' ')}></values>`,
  ),
  {
    name: 'hostile-deep-xml-behind-data',
    comment: 'too many levels behind a good value: the value stands, and the limit is named',
    expect: 'VALID_KEY_UNCONFIRMED',
    finding: 'IN-TOOBIG/warning OCMF-607/warning',
    energy: '11.110 kWh',
    keys: [],
    input: xmlWithKey(record()).replace('</values>', '<value>'.repeat(100)),
  },
  unreadable(
    'duplicate-attribute',
    'an attribute twice is damage',
    'IN-XML/error',
    '<values><value transactionId="1" transactionId="2"></value></values>',
  ),
  {
    name: 'hostile-proto-attribute',
    comment: 'attributes that mean something to JavaScript are attributes like others',
    expect: 'VALID_KEY_UNCONFIRMED',
    finding: 'OCMF-607/warning',
    notFinding: 'OCMF-834 OCMF-835',
    keys: [],
    input: valuesXml([{ data: record(), keys: [KEY], context: WORD, transaction: '__proto__' }], {
      attributes: ' __proto__="1" constructor="2"',
    }),
  },
]

const JOB: readonly VectorCase[] = [
  {
    name: 'hostile-job',
    comment: 'bad files beside a good one have their rows and touch nothing',
    expect: GOOD,
    inputs: ['UNREADABLE', 'UNREADABLE', GOOD, 'UNREADABLE'],
    finding: 'IN-EMPTY IN-DOCTYPE IN-TOOBIG',
    energy: '11.110 kWh',
    input: [
      file('empty', ''),
      file('doctype.xml', withDoctype('<!DOCTYPE values>')),
      file('good.ocmf', record()),
      file('deep.json', '['.repeat(1000)),
    ],
  },
]

export const HOSTILE: readonly VectorCase[] = [
  ...NOTHING,
  ...JSON_LIMITS,
  ...WORDS,
  ...NUMBERS,
  ...TEXTS,
  ...SIGNED,
  ...XML,
  ...JOB,
]

/**
 * Checks 0xx: header, sections, JSON of the payload. Rule book chapters 2 and 4.
 *
 * @module
 */
import { toBase64 } from '../../../src/main/engine/codec/base64.ts'
import { json, ocmf } from '../sign.ts'
import {
  BEGIN,
  END,
  KEY,
  type VectorCase,
  lines,
  num,
  payload,
  record,
  xmlWithKey,
} from './base.ts'

const GOOD = 'VERIFIED'
const SIGNATURE = record().slice(record().lastIndexOf('|') + 1)

/** The signed payload with a change made before signing. */
function signedText(change: (text: string) => string): string {
  return ocmf(change(payload()))
}

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

/** A record whose GI holds bytes that are no UTF-8, signed as they are. */
function notUtf8(): Uint8Array {
  const text = payload({ GI: 'Lade@ule' })
  const section = Uint8Array.from(bytesOf(text), (byte) => (byte === 0x40 ? 0xe4 : byte))
  const [head = '', tail = ''] = ocmf(text, { signed: section }).split(text)
  return Uint8Array.of(...bytesOf(head), ...section, ...bytesOf(tail))
}

/** `{"A":{"A":…1…}}` */
const deep = (levels: number) => `${'{"A":'.repeat(levels)}1${'}'.repeat(levels)}`

export const STRUCTURE: readonly VectorCase[] = [
  {
    name: 'good',
    comment: 'a whole session in one record with a confirmed key is verified, its energy exact',
    expect: GOOD,
    finding: 'SIG-OK KEY-STATION OCMF-421/info',
    signature: 'valid',
    energy: '11.110 kWh',
    expectTrust: 'K4',
    duration: '1800',
    usable: 'energy+time',
    input: record(),
  },
  {
    name: '001-no-header',
    comment: 'what the file calls OCMF and has no header is no OCMF record (chapter 2)',
    expect: 'UNREADABLE',
    finding: 'OCMF-001 IN-UNKNOWN',
    input: xmlWithKey('Session 4711: 11.110 kWh'),
  },
  {
    name: '001-binary',
    comment:
      'binary OCMF of the old drafts is recognised by its first bytes and refused (chapter 19)',
    expect: 'UNREADABLE',
    finding: 'OCMF-001',
    input: Uint8Array.of(0xc0, 0xab, 0xbe, 0xce, 0x01, 0x04, 0x54, 0x00, 0x00, 0x0b, 0xd5, 0x00),
  },
  {
    name: '002-around',
    comment: 'quotes and a line break around the record are said and change nothing',
    expect: GOOD,
    finding: 'OCMF-002/info',
    input: `"${record()}"\n`,
  },
  {
    name: '002-byte-order-mark',
    comment: 'a byte order mark before the header is said and changes nothing',
    expect: GOOD,
    finding: 'OCMF-002/info',
    input: `\uFEFF${record()}`,
  },
  {
    name: '002-header-with-space',
    comment: 'blanks around the first pipe are no part of the header; the one behind it is signed',
    expect: GOOD,
    finding: 'OCMF-002/info OCMF-014/info',
    input: ocmf(` ${payload()}`).replace('OCMF|', 'OCMF  |'),
  },
  {
    name: '003-nothing',
    comment: 'a header with nothing behind it has no payload section',
    expect: 'UNREADABLE',
    finding: 'OCMF-003 IN-RECORD',
    input: 'OCMF|',
  },
  {
    name: '003-empty-section',
    comment: 'an empty section between the first two pipes is no payload',
    expect: 'UNREADABLE',
    finding: 'OCMF-003',
    input: `OCMF||${SIGNATURE}`,
  },
  {
    name: '004-no-section',
    comment: 'a record without signature section is shown and not checked (Zaptec)',
    expect: 'NOT_CHECKED',
    finding: 'OCMF-004 SIG-MISSING',
    signature: 'unchecked',
    energy: '11.110 kWh',
    input: `OCMF|${payload()}`,
  },
  {
    name: '004-nothing-behind-the-pipe',
    comment: 'nothing behind the second pipe: the record is unsigned',
    expect: 'NOT_CHECKED',
    finding: 'OCMF-004',
    input: `OCMF|${payload()}|`,
  },
  {
    name: '004-empty-object',
    comment: 'an empty object as signature section: the record is unsigned',
    expect: 'NOT_CHECKED',
    finding: 'OCMF-004',
    notFinding: 'OCMF-509',
    input: `OCMF|${payload()}|{}`,
  },
  {
    name: '006-no-json',
    comment: 'a payload cut off in the middle cannot be read',
    expect: 'UNREADABLE',
    finding: 'OCMF-006 IN-RECORD',
    input: `OCMF|${payload().slice(0, 120)}|${SIGNATURE}`,
  },
  {
    name: '006-words',
    comment: 'words in place of the payload are no JSON',
    expect: 'UNREADABLE',
    finding: 'OCMF-006',
    input: `OCMF|see attachment|${SIGNATURE}`,
  },
  {
    name: '006-single-quotes',
    comment:
      'JSON has double quotes: other JSON readers that allow more are no measure (chapter 2)',
    expect: 'UNREADABLE',
    finding: 'OCMF-006',
    input: ocmf(payload().replaceAll('"', "'")),
  },
  {
    name: '006-comma-at-the-end',
    comment: 'a comma after the last member ends the reading (chapter 2)',
    expect: 'UNREADABLE',
    finding: 'OCMF-006',
    input: signedText((text) => text.replace(/\}$/, ',}')),
  },
  {
    name: '006-unknown-escape',
    comment: 'an escape that JSON does not have ends the reading',
    expect: 'UNREADABLE',
    finding: 'OCMF-006',
    input: signedText((text) => text.replace('test gateway', String.raw`test\xgateway`)),
  },
  {
    name: '007-array',
    comment: 'a payload that is a list is JSON but no object',
    expect: 'UNREADABLE',
    finding: 'OCMF-007 IN-RECORD',
    input: ocmf(`[${payload()}]`),
  },
  {
    name: '007-word',
    comment: 'a payload that is the word null is JSON but no object',
    expect: 'UNREADABLE',
    finding: 'OCMF-007',
    input: ocmf('null'),
  },
  {
    name: '008-cut-off',
    comment: 'a signature section cut off cannot be read, and nothing is checked',
    expect: 'NOT_CHECKED',
    finding: 'OCMF-008 SIG-ENCODING',
    signature: 'unchecked',
    energy: '11.110 kWh',
    input: record().slice(0, -20),
  },
  {
    name: '009-list',
    comment: 'a signature section that is a list is no signature section',
    expect: 'NOT_CHECKED',
    finding: 'OCMF-009 SIG-ENCODING',
    input: `OCMF|${payload()}|[${SIGNATURE},"${'signed by nobody '.repeat(20)}"]`,
  },
  {
    name: '009-bare-signature',
    comment: 'a signature as a bare string is no signature section',
    expect: 'NOT_CHECKED',
    finding: 'OCMF-009',
    input: `OCMF|${payload()}|"${/[0-9a-f]{100,}/.exec(SIGNATURE)?.[0]}"`,
  },
  {
    name: '010-pipe-in-payload',
    comment:
      'a pipe inside a string does not end the section; splitting at pipes would (chapter 2)',
    expect: GOOD,
    finding: 'OCMF-010/warning',
    energy: '11.110 kWh',
    input: record({ TT: 'AC 0.49 | DC 0.59 EUR/kWh' }),
  },
  {
    name: '010-brace-in-payload',
    comment: 'braces inside a string do not end the section; counting braces would (chapter 2)',
    expect: GOOD,
    energy: '11.110 kWh',
    input: record({ TT: 'see {tariffs} or }' }),
  },
  {
    name: '010-pipe-in-signature-section',
    comment: 'a pipe in a string of the signature section is forbidden as well',
    expect: GOOD,
    finding: 'OCMF-010/warning OCMF-521/info',
    input: record({}, { section: { XA: 'a|b' } }),
  },
  {
    name: '011-different-values',
    comment: 'one name with two values: two programs may show two readings for one signature',
    expect: 'UNREADABLE',
    finding: 'OCMF-011/error SES-DUPKEY',
    signature: 'valid',
    input: signedText((text) => text.replace('"MS":', '"MS":"PZ0000002","MS":')),
  },
  {
    name: '011-different-values-in-reading',
    comment: 'one name with two values inside a reading is as bad as in the payload',
    expect: 'UNREADABLE',
    finding: 'OCMF-011/error SES-DUPKEY',
    signature: 'valid',
    input: signedText((text) => text.replace('"RV":1245.670', '"RV":1345.670,"RV":1245.670')),
  },
  {
    name: '011-escaped-name',
    comment: 'a name written with an escape is the same name',
    expect: 'UNREADABLE',
    finding: 'OCMF-011/error SES-DUPKEY',
    signature: 'valid',
    input: signedText((text) =>
      text.replace('"RV":1245.670', String.raw`"\u0052V":1345.670,"RV":1245.670`),
    ),
  },
  {
    name: '011-same-value',
    comment: 'one name twice with the same value leaves no doubt about the value: a warning',
    expect: GOOD,
    finding: 'OCMF-011/warning',
    signature: 'valid',
    energy: '11.110 kWh',
    input: signedText((text) => text.replace('"MS":', '"MS":"PZ0000001","MS":')),
  },
  {
    name: '011-in-signature-section',
    comment: 'two signatures in one section: programs may check one or the other',
    expect: 'UNREADABLE',
    finding: 'OCMF-011/error SES-DUPKEY',
    input: record().replace('"SD":', '"SD":"30","SD":'),
  },
  {
    name: '012-latin-1',
    comment: 'signed bytes that are no UTF-8 are verified as they are, with a warning',
    expect: GOOD,
    finding: 'OCMF-012/warning',
    signature: 'valid',
    input: notUtf8(),
  },
  {
    name: '012-lone-surrogate',
    comment: 'an escape may write half a character, which is no text',
    expect: GOOD,
    finding: 'OCMF-012/warning',
    input: signedText((text) => text.replace('test gateway', String.raw`test \ud83d gateway`)),
  },
  {
    name: '012-surrogate-pair',
    comment: 'two escapes that together are one character are text',
    expect: GOOD,
    notFinding: 'OCMF-012',
    input: signedText((text) =>
      text.replace('test gateway', String.raw`test \ud83d\ude00 gateway`),
    ),
  },
  {
    name: '013-control-character',
    comment: 'a tab inside a string is against JSON and is read as the tab it is',
    expect: GOOD,
    finding: 'OCMF-013/warning',
    input: signedText((text) => text.replace('test gateway', 'test\tgateway')),
  },
  {
    name: '013-in-signature-section',
    comment: 'control characters are reported in the signature section too',
    expect: GOOD,
    finding: 'OCMF-013/warning OCMF-521/info',
    input: record({}, { section: { XA: 'ab' } }).replace('"XA":"ab"', '"XA":"a\tb"'),
  },
  {
    name: '014-inside',
    comment:
      'white space between members is signed as written and harmless (documents since 1.0.1)',
    expect: GOOD,
    finding: 'OCMF-014/info',
    signature: 'valid',
    input: signedText((text) => text.replaceAll(',"', ', "').replaceAll(',{', ',\n  {')),
  },
  {
    name: '014-at-the-edges',
    comment: 'white space next to the pipes belongs to the section and may be signed with it',
    expect: GOOD,
    finding: 'OCMF-014/info',
    notFinding: 'OCMF-016',
    input: ocmf(`\n${payload()} `),
  },
  {
    name: '014-before-signature-section',
    comment: 'white space before the signature section concerns nobody',
    expect: GOOD,
    finding: 'OCMF-014/info',
    input: record().replace('|{"SA"', '| {"SA"'),
  },
  {
    name: '015-spaces-put-in',
    comment: 'a copy that was laid out anew does not fit; the cause is named (chapter 4, step 3)',
    expect: 'SIGNATURE_INVALID',
    finding: 'OCMF-015 OCMF-516 SIG-MISMATCH OCMF-014/info',
    signature: 'invalid',
    input: ocmf(payload().replaceAll(',"', ', "'), { signed: payload() }),
  },
  {
    name: '015-version-1.0',
    comment: 'FV 1.0 does not tell whether white space was signed, so step 3 stays a diagnosis',
    expect: 'SIGNATURE_INVALID',
    finding: 'OCMF-015 OCMF-516',
    input: ocmf(payload({ FV: '1.0' }).replaceAll(':{', ': {').replaceAll(',"', ',\n"'), {
      signed: payload({ FV: '1.0' }),
    }),
  },
  {
    name: '015-spaces-in-strings-count',
    comment: 'blanks inside strings are content: without them the bytes are other bytes',
    expect: 'SIGNATURE_INVALID',
    finding: 'OCMF-516',
    notFinding: 'OCMF-015',
    input: ocmf(payload({ GI: 'Eichlicht  test gateway' }), { signed: payload() }),
  },
  {
    name: '016-edges-added',
    comment: 'white space put next to the pipes after signing is taken away again, and said',
    expect: GOOD,
    finding: 'OCMF-016/warning IN-SPACE OCMF-014/info',
    signature: 'valid',
    input: ocmf(`\n ${payload()}\n`, { signed: payload() }),
  },
  {
    name: '017-twice',
    comment: 'the same record twice in a file is one record',
    expect: GOOD,
    finding: 'OCMF-017/info IN-DUPLICATE/info',
    energy: '11.110 kWh',
    input: lines(record(), record()),
  },
  {
    name: '018-base64',
    comment: 'every encoding around the record is listed',
    expect: GOOD,
    finding: 'OCMF-018/info',
    input: toBase64(bytesOf(record())),
  },
  {
    name: '019-wrong-labels',
    comment: 'labels of the carrier that are wrong are said and not believed',
    expect: GOOD,
    finding: 'OCMF-019/info',
    input: xmlWithKey(record(), { format: 'ALFEN', label: 'base64' }),
  },
  {
    name: '019-right-labels',
    comment: 'the label of the encoding is right whatever letters it is written in',
    expect: GOOD,
    notFinding: 'OCMF-019',
    input: xmlWithKey(record(), { carried: 'hex', label: 'HEX' }),
  },
  {
    name: '020-too-deep',
    comment: 'a payload nested deeper than 16 levels is refused, and the limit named',
    expect: 'UNREADABLE',
    finding: 'OCMF-020 IN-TOOBIG',
    input: ocmf(deep(17)),
  },
  {
    name: '020-deep-enough',
    comment: '16 levels are read',
    expect: GOOD,
    finding: 'OCMF-110/info',
    input: signedText((text) => text.replace('"RD"', `"XX":${deep(15)},"RD"`)),
  },
  {
    name: '020-readings',
    comment: 'more than 10,000 readings are refused, and the limit named',
    expect: 'UNREADABLE',
    finding: 'OCMF-020 IN-TOOBIG',
    input: ocmf(json({ FV: '1.4', RD: Array.from({ length: 10_001 }, () => ({})) })),
  },
  {
    name: '021-leading-zero',
    comment: 'a number with leading zeros is forbidden, and its value not in doubt (chapter 12)',
    expect: GOOD,
    finding: 'OCMF-021/warning',
    energy: '11.110 kWh',
    input: record({ RD: [{ ...BEGIN, RV: num('01234.560') }, END] }),
  },
  {
    name: '021-plus-and-trailing-dot',
    comment: 'a plus sign and a dot without digits are forbidden, and their value not in doubt',
    expect: GOOD,
    finding: 'OCMF-021/warning OCMF-417/info',
    energy: '11 kWh',
    input: record({
      RD: [
        { ...BEGIN, RV: num('+1234') },
        { ...END, RV: num('1245.') },
      ],
    }),
  },
  {
    name: '022-stray-text',
    comment: 'text behind the signature section that is no fourth section is said',
    expect: GOOD,
    finding: 'OCMF-022/warning OCMF-002/info',
    input: `${record()} checked by hand`,
  },
  {
    name: '005-fourth-section',
    comment: 'a key as fourth section counts as a key in the record; nobody signed it',
    expect: 'VALID_KEY_UNCONFIRMED',
    finding: 'OCMF-005/warning OCMF-607/warning KEY-FILE',
    expectTrust: 'K1',
    keys: [],
    input: record({}, { fourth: KEY }),
  },
  {
    name: '005-fourth-section-in-1.0',
    comment:
      'drafts of 1.0.1 and 1.0.2 allowed the fourth section: a note for records that say 1.0',
    expect: 'VALID_KEY_UNCONFIRMED',
    finding: 'OCMF-005/info OCMF-607/warning',
    keys: [],
    input: record({ FV: '1.0', CF: undefined }, { fourth: KEY }),
  },
  {
    name: '005-fourth-section-no-key',
    comment: 'a fourth section that is no key is stray text: there is still no key',
    expect: 'NOT_CHECKED',
    finding: 'OCMF-005/warning OCMF-517 KEY-NONE',
    notFinding: 'OCMF-601',
    keys: [],
    input: record({}, { fourth: 'charge point 7' }),
  },
]

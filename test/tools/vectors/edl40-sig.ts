/**
 * Cases of `signedMeterValue`. Each changes the good session in one place: two elements, 11.11 kWh
 * in half an hour.
 *
 * @module
 */
import { toBase64 } from '../../../src/main/engine/codec/base64.ts'
import { escapeXml, keyHex, throwAwayKey, valuesXml } from '../sign.ts'
import {
  EDL_BEGIN,
  EDL_END,
  EDL_KEY,
  EMOC_KEY,
  type EdlParts,
  edlBlock,
  edlSignature,
  hex,
} from '../sign-edl40.ts'
import { type SigOptions, signedMeterValue, signedMeterValues } from '../sign-edl40-sig.ts'
import { bytes } from '../sml.ts'
import type { VectorCase } from './base.ts'

export const SIG_KEY_TEXT = keyHex(EDL_KEY)

const begin = (parts: Partial<EdlParts> = {}, options: SigOptions = {}) =>
  signedMeterValue({ ...EDL_BEGIN, ...parts }, options)
const end = (parts: Partial<EdlParts> = {}, options: SigOptions = {}) =>
  signedMeterValue({ ...EDL_END, ...parts }, options)
const session = (first: Partial<EdlParts>, second: Partial<EdlParts>, options: SigOptions = {}) =>
  signedMeterValues(begin(first, options), end(second, options))

/** Escaped inside the container of the transparency software, as stations hand it over. */
function inXml(first: string, second: string): string {
  return valuesXml([
    { data: first, context: 'Transaction.Begin', transaction: '9850', format: null, label: null },
    { data: second, context: 'Transaction.End', transaction: '9850', format: null, label: null },
  ])
}

const DECLARATION = '<?xml version="1.0" encoding="UTF-8" ?>\n'
const GOOD = { expect: 'VERIFIED', energy: '11110.0 Wh', duration: '1800' } as const
const changed = (block: Uint8Array) => Object.assign(block.slice(), { 31: 0xff })

export const EDL40_SIG: readonly VectorCase[] = [
  {
    ...GOOD,
    name: 'good',
    comment: 'two readings with their key in one document; the counter tells begin and end',
    finding: 'SIG-OK KEY-STATION EDL-ROLE LAW-CLOCK-INFO',
    signature: ['valid', 'valid'],
    usable: 'energy',
    expectTrust: 'K4',
    input: session({}, {}),
  },
  {
    ...GOOD,
    name: 'key-inside',
    comment: 'the key in the document shows nothing but that it is the same',
    expect: 'VALID_KEY_UNCONFIRMED',
    keys: [],
    input: session({}, {}),
  },
  {
    ...GOOD,
    name: 'no-key-inside',
    comment: 'without a key in the document the one that was given counts',
    input: session({}, {}, { withKey: false }),
  },
  {
    ...GOOD,
    name: 'xml',
    comment: 'escaped in the container of the transparency software, with a declaration of its own',
    expect: 'VALID_KEY_UNCONFIRMED',
    keys: [],
    input: inXml(begin({}, { declaration: DECLARATION }), end({}, { declaration: DECLARATION })),
  },
  {
    ...GOOD,
    name: 'xml-escaped-twice',
    comment: 'escaped once more than needed, as in text copied from such a file',
    expect: 'VALID_KEY_UNCONFIRMED',
    keys: [],
    input: inXml(escapeXml(begin()), escapeXml(end())),
  },
  {
    ...GOOD,
    name: 'xml-swapped',
    comment: 'the order of the values does not matter, and is told',
    finding: 'EDL-ORDER',
    input: valuesXml([
      { data: end(), context: 'Transaction.End', transaction: '1', format: 'EDL_40_SIG' },
      { data: begin(), context: 'Transaction.Begin', transaction: '1', format: 'EDL_40_SIG' },
    ]),
  },
  {
    ...GOOD,
    name: 'hex',
    comment: 'bytes in hexadecimal digits',
    input: session({}, {}, { writing: 'hex' }),
  },
  {
    ...GOOD,
    name: 'base32',
    comment: 'bytes in base32',
    input: session({}, {}, { writing: 'base32' }),
  },
  {
    ...GOOD,
    name: 'line-breaks',
    comment: 'line breaks of both kinds inside the values and behind the start tags',
    input: session(
      {},
      {},
      {
        rewrite: (xml) =>
          xml.replace(/([A-Za-z0-9+/]{60})/g, '$1\r\n  ').replace(/(base64">)/g, '$1\n'),
      },
    ),
  },
  {
    ...GOOD,
    name: 'namespace',
    comment: 'with a namespace prefix',
    input: session({}, {})
      .replace(/<(\/?)(signedMeterValue[s]?)/g, '<$1x:$2')
      .replace('x:signedMeterValues', 'x:signedMeterValues xmlns:x="urn:x"'),
  },
  {
    ...GOOD,
    name: 'wrong-encoding-label',
    comment: 'a wrong encoding label is told; the number of bytes decides',
    finding: 'EDL-ENCODING',
    input: session({}, {}, { label: 'hex' }),
  },
  {
    ...GOOD,
    name: 'no-encoding-label',
    comment: 'without a known encoding the number of bytes decides',
    finding: 'EDL-ENCODING',
    input: session({}, {}, { label: 'plain' }),
  },
  {
    ...GOOD,
    name: 'other-encoding-method',
    comment: 'another name for the layout of the bytes',
    finding: 'EDL-ENCODING',
    input: session({}, {}, { encodingMethod: 'Other' }),
  },
  {
    ...GOOD,
    name: 'other-signature-method',
    comment: 'the method named beside the signature is another one',
    finding: 'REC-CONTRADICTS',
    input: session({}, {}, { method: 'ECDSA256SHA256' }),
  },
  {
    ...GOOD,
    name: 'log-book-beside',
    comment: 'the two bytes behind the signature are not signed; those in the block are',
    finding: 'REC-CONTRADICTS',
    input: signedMeterValues(
      begin({}, { signature: edlSignature(edlBlock(EDL_BEGIN), 'ffff', EDL_KEY) }),
      end(),
    ),
  },
  {
    ...GOOD,
    name: 'without-log-book-beside',
    comment: 'a signature without two bytes behind it',
    input: signedMeterValues(
      begin({}, { signature: edlSignature(edlBlock(EDL_BEGIN), '', EDL_KEY) }),
      end(),
    ),
  },
  {
    ...GOOD,
    name: 'rest',
    comment: 'bytes without a known meaning are signed and told',
    finding: 'EDL-REST/info',
    input: session({ rest: 'c0ffee' }, { rest: 'c0ffee' }),
  },
  {
    name: 'emoc',
    comment:
      'a meter that takes the loss of the cable out: secp256r1, and 01 and 02 before the user',
    expect: 'VALID_KEY_UNCONFIRMED',
    energy: '11000.0 Wh',
    keys: [],
    input: session(
      {
        contract: hex('0141424344'),
        compensated: 1_200_000n,
        historical: 1_200_000n,
        resistance: 1000,
        contractClock: EDL_BEGIN.clock - 10,
      },
      {
        contract: hex('0241424344'),
        compensated: 1_310_000n,
        historical: 1_200_000n,
        resistance: 1000,
        contractClock: EDL_END.clock - 10,
      },
      { key: EMOC_KEY },
    ),
  },
  {
    name: 'emoc-in-xml',
    comment: 'the same in the container of the transparency software',
    expect: 'VALID_KEY_UNCONFIRMED',
    energy: '11110.0 Wh',
    keys: [],
    input: inXml(
      begin({ contract: hex('0141424344') }, { key: EMOC_KEY }),
      end({ contract: hex('0241424344') }, { key: EMOC_KEY }),
    ),
  },
  {
    name: 'emoc-other-user',
    comment: 'begin and end of different users of such a meter',
    expect: 'NOT_LEGALLY_RELEVANT',
    finding: 'SES-CONTRACT',
    keys: [],
    input: inXml(
      begin({ contract: hex('0141424344') }, { key: EMOC_KEY }),
      end({ contract: hex('0241424345') }, { key: EMOC_KEY }),
    ),
  },
  {
    name: 'begin-only',
    comment: 'a reading alone is no session',
    expect: 'INCOMPLETE',
    finding: 'SES-ONE-VALUE',
    input: begin(),
  },
  {
    name: 'value-changed',
    comment: 'a changed byte of the block',
    expect: 'SIGNATURE_INVALID',
    finding: 'SIG-MISMATCH',
    signature: ['valid', 'invalid'],
    input: inXml(
      begin(),
      end(
        {},
        {
          block: changed(edlBlock(EDL_END)),
          signature: edlSignature(edlBlock(EDL_END), '0012', EDL_KEY),
        },
      ),
    ),
  },
  {
    name: 'rest-changed',
    comment: 'what stands behind the known fields is signed as well: rebuilt it would pass',
    expect: 'SIGNATURE_INVALID',
    finding: 'SIG-MISMATCH SES-ONE-VALUE',
    input: begin(
      {},
      {
        block: edlBlock({ ...EDL_BEGIN, rest: '01' }),
        signature: edlSignature(edlBlock(EDL_BEGIN), '0012', EDL_KEY),
      },
    ),
  },
  {
    name: 'unsigned',
    comment: 'without signature',
    expect: 'NOT_CHECKED',
    finding: 'SIG-MISSING SES-ONE-VALUE',
    input: begin({}, { signature: null }),
  },
  {
    name: 'signature-length',
    comment: 'a signature of a length that no curve has',
    expect: 'NOT_CHECKED',
    finding: 'SIG-ENCODING REC-CONTRADICTS SES-ONE-VALUE',
    input: begin({}, { signature: new Uint8Array(40).fill(1), method: 'ECDSA256SHA256' }),
  },
  {
    name: 'no-key',
    comment: 'neither a key inside nor one given',
    expect: 'NOT_CHECKED',
    finding: 'KEY-NONE SES-ONE-VALUE',
    keys: [],
    input: begin({}, { withKey: false }),
  },
  {
    name: 'strange-key-inside',
    comment: 'the key in the document is another one than that read off the station',
    expect: 'VERIFIED',
    finding: 'KEY-CONFLICT/warning',
    input: session({}, {}).replaceAll(
      toBase64(EDL_KEY.point.subarray(1)),
      toBase64(throwAwayKey('secp192r1', 'somebody else').point.subarray(1)),
    ),
  },
  {
    name: 'key-off-curve',
    comment: 'a key that is no point of the curve',
    expect: 'NOT_CHECKED',
    finding: 'KEY-INVALID/error SES-ONE-VALUE',
    keys: [],
    input: begin().replace(
      toBase64(EDL_KEY.point.subarray(1)),
      toBase64(bytes(EDL_KEY.point.subarray(1, 48), 0)),
    ),
  },
  {
    name: 'two-meters',
    comment: 'begin and end of two meters with two keys are no session, whatever the file says',
    expect: 'NOT_LEGALLY_RELEVANT',
    finding: 'SES-METER SES-KEY',
    keys: [],
    input: inXml(
      begin(),
      end({ serverId: '0901454d480000000002' }, { key: throwAwayKey('secp192r1', 'two') }),
    ),
  },
  {
    name: 'block-too-short',
    comment: 'a block of 319 bytes',
    expect: 'UNREADABLE',
    finding: 'EDL-LENGTH',
    input: begin({}, { block: edlBlock(EDL_BEGIN).subarray(1) }),
  },
  {
    name: 'block-too-long',
    comment: 'a block of 321 bytes',
    expect: 'UNREADABLE',
    finding: 'EDL-LENGTH',
    input: begin({}, { block: bytes(edlBlock(EDL_BEGIN), 0) }),
  },
  {
    name: 'no-block',
    comment: 'no block at all',
    expect: 'UNREADABLE',
    finding: 'EDL-LENGTH',
    input: begin().replace(/<encodedMeterValue[^]*<\/encodedMeterValue>/, ''),
  },
  {
    name: 'block-twice',
    comment: 'two blocks in one element: which one is signed cannot be said',
    expect: 'UNREADABLE',
    finding: 'SES-DUPKEY',
    input: begin(
      {},
      {
        more: `<encodedMeterValue encoding="base64">${toBase64(edlBlock(EDL_END))}</encodedMeterValue>`,
      },
    ),
  },
  {
    name: 'no-closing-tag',
    comment: 'an element without its end',
    expect: 'UNREADABLE',
    finding: 'IN-XML',
    input: begin().replace('</signedMeterValue>', ''),
  },
  {
    name: 'doctype',
    comment: 'a document type declaration is refused',
    expect: 'UNREADABLE',
    finding: 'IN-DOCTYPE',
    keys: [],
    input: `<!DOCTYPE x [<!ENTITY e "x">]>\n${begin()}`,
  },
  {
    name: 'second-damaged',
    comment: 'a damaged element beside a good one costs only itself',
    expect: ['INCOMPLETE', 'UNREADABLE'],
    finding: 'IN-XML SES-ONE-VALUE',
    input: session({}, {}).replace(
      /<\/encodedMeterValue>\s*<\/signedMeterValue>\s*<\/signedMeterValues>/,
      '</signedMeterValue></signedMeterValues>',
    ),
  },
]

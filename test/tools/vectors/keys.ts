/**
 * Checks 601 to 615: public keys, their forms, where they come from. Rule book chapter 7.
 *
 * @module
 */
import { TAG, encodeElement, encodeOid } from '../../../src/main/engine/codec/asn1.ts'
import { toBase32 } from '../../../src/main/engine/codec/base32.ts'
import { toBase64 } from '../../../src/main/engine/codec/base64.ts'
import { spki } from '../../../src/main/engine/signature/public-key.ts'
import { toHex } from '../../../src/shared/hex.ts'
import { certificate, keyHex, ocmf, pem, spkiOf, throwAwayKey, valuesXml } from '../sign.ts'
import {
  KEY,
  LATER,
  METER_KEY,
  STRANGE_KEY,
  type VectorCase,
  beginRecord,
  endRecord,
  file,
  lines,
  payload,
  record,
  xmlWithKey,
} from './base.ts'

const STRANGE = keyHex(STRANGE_KEY)
const THIRD = keyHex(throwAwayKey('secp256r1', 'a third'))
const { point } = METER_KEY
const POINT = toHex(point)
const text = (value: string) => new TextEncoder().encode(value)
const groups = (digits: string, size: number, separator: string) =>
  digits.match(new RegExp(`.{1,${size}}`, 'g'))?.join(separator) ?? ''

/** The key of the file in one of its forms. */
function form(name: string, key: string, what: string, finding = ''): VectorCase {
  return {
    name: `key-form-${name}`,
    comment: `a key ${what} is read (chapter 7)`,
    expect: 'VALID_KEY_UNCONFIRMED',
    finding: `OCMF-607/warning KEY-FILE${finding}`,
    notFinding: 'OCMF-601',
    signature: 'valid',
    expectTrust: 'K1',
    keys: [],
    input: xmlWithKey(record(), { keys: [key] }),
  }
}

const oca = (encoding: string, digits: string) => toBase64(text(`oca:${encoding}:asn1:${digits}`))
/** 02 or 03 by the last bit of y, then x. */
const COMPRESSED = Uint8Array.of(2 + ((point.at(-1) ?? 0) % 2), ...point.subarray(1, 33))

const FORMS: readonly VectorCase[] = [
  form('spki-hex', KEY, 'as SubjectPublicKeyInfo in hexadecimal digits'),
  form('upper-case', KEY.toUpperCase(), 'in upper case'),
  form('groups', groups(KEY, 4, ' '), 'in groups of four digits'),
  form('colons', groups(KEY, 2, ':'), 'with colons between the bytes'),
  form('lines', groups(KEY, 32, '\n'), 'over several lines'),
  form('0x', `0x${KEY}`, 'with 0x in front'),
  form('base64', toBase64(spkiOf(METER_KEY)), 'in base64'),
  form('base32', toBase32(spkiOf(METER_KEY)), 'in base32'),
  form('pem', pem(METER_KEY), 'in PEM'),
  form('point', POINT, 'as a bare point', ' OCMF-605/info'),
  form('xy', POINT.slice(2), 'as x and y without the byte 04 (Isabellenhütte)', ' OCMF-605/info'),
  form('compressed', toHex(COMPRESSED), 'as a compressed point', ' OCMF-605/info'),
  form(
    'spki-compressed',
    toHex(spki('secp256r1', COMPRESSED)),
    'as SubjectPublicKeyInfo of a compressed point',
    ' OCMF-605/info',
  ),
  form('base64-of-hex', toBase64(text(KEY)), 'as hexadecimal digits in base64'),
  form('oca-base16', oca('base16', KEY), 'as oca:base16:asn1 in base64'),
  form('oca-base64', oca('base64', toBase64(spkiOf(METER_KEY))), 'as oca:base64:asn1 in base64'),
  form('oca-base32', oca('base32', toBase32(spkiOf(METER_KEY))), 'as oca:base32:asn1 in base64'),
  form('uk', toBase64(text(`{"UK":"${KEY}"}`)), 'as {"UK":…} in base64 (KEBA)'),
  form(
    'register-frame',
    `005b${KEY}`,
    'behind its length, as in Bauer registers',
    ' OCMF-613/info',
  ),
  form('padded', `${KEY}0000000000`, 'with zero bytes behind it', ' OCMF-613/info'),
  {
    ...form('certificate', toBase64(certificate(METER_KEY, 'PZ0000001')), 'in a certificate'),
    notFinding: 'OCMF-601 OCMF-615',
  },
]

/** A point beside the curve: the last bit of y is another. */
const OFF_CURVE = toHex(
  spki('secp256r1', Uint8Array.of(...point.subarray(0, -1), (point.at(-1) ?? 0) ^ 1)),
)
const INFINITY = toHex(spki('secp256r1', Uint8Array.of(0)))
const BEYOND_P = toHex(
  spki('secp256r1', Uint8Array.of(4, ...new Uint8Array(32).fill(0xff), ...point.subarray(33))),
)

/** SubjectPublicKeyInfo of 64 bytes on a curve that is not in our table. */
function onCurve(oid: string): string {
  return toHex(
    encodeElement(
      TAG.sequence,
      encodeElement(TAG.sequence, encodeOid('1.2.840.10045.2.1'), encodeOid(oid)),
      encodeElement(TAG.bitString, Uint8Array.of(0), point),
    ),
  )
}

/** The key with the parameters of a curve written out in place of its name. */
const EXPLICIT = toHex(
  encodeElement(
    TAG.sequence,
    encodeElement(
      TAG.sequence,
      encodeOid('1.2.840.10045.2.1'),
      encodeElement(TAG.sequence, encodeElement(TAG.integer, Uint8Array.of(1))),
    ),
    encodeElement(TAG.bitString, Uint8Array.of(0), point),
  ),
)

/** RSA with a modulus of 128 bytes of nothing. */
const RSA = toHex(
  encodeElement(
    TAG.sequence,
    encodeElement(TAG.sequence, encodeOid('1.2.840.113549.1.1.1'), encodeElement(TAG.null)),
    encodeElement(
      TAG.bitString,
      Uint8Array.of(0),
      encodeElement(
        TAG.sequence,
        encodeElement(TAG.integer, new Uint8Array(128).fill(0x55)),
        encodeElement(TAG.integer, Uint8Array.of(1, 0, 1)),
      ),
    ),
  ),
)

/** PKCS #8 with 32 bytes of nothing for a private key. */
const PRIVATE = toHex(
  encodeElement(
    TAG.sequence,
    encodeElement(TAG.integer, Uint8Array.of(0)),
    encodeElement(TAG.sequence, encodeOid('1.2.840.10045.2.1')),
    encodeElement(TAG.octetString, new Uint8Array(32).fill(0x55)),
  ),
)

const GENERAL = {
  'OCMF-601': 'KEY-FORMAT',
  'OCMF-602': 'KEY-INVALID',
  'OCMF-604': 'KEY-CURVE',
} as const

/** A key that cannot be used: alone, and beside one that can. */
function broken(
  name: string,
  key: string,
  what: string,
  numbered: keyof typeof GENERAL,
): VectorCase[] {
  const general = GENERAL[numbered]
  return [
    {
      name: `${numbered.slice(5)}-${name}`,
      comment: `${what}: nothing can be checked with it`,
      expect: 'NOT_CHECKED',
      finding: `${numbered}/error ${general}/error`,
      notFinding: 'OCMF-517',
      signature: 'unchecked',
      expectTrust: 'K0',
      keys: [],
      input: xmlWithKey(record(), { keys: [key] }),
    },
    {
      name: `${numbered.slice(5)}-${name}-beside-another`,
      comment: `${what}: a warning where another key can be used`,
      expect: 'VERIFIED',
      finding: `${numbered}/warning ${general}/warning`,
      signature: 'valid',
      input: xmlWithKey(record(), { keys: [key] }),
    },
  ]
}

const BROKEN: readonly VectorCase[] = [
  ...broken('words', 'see label on the meter', 'words in place of a key', 'OCMF-601'),
  ...broken('damaged', KEY.slice(0, -1), 'a key that lost a digit', 'OCMF-601'),
  ...broken('explicit-parameters', EXPLICIT, 'parameters in place of a curve’s name', 'OCMF-601'),
  ...broken('private-key', PRIVATE, 'a private key', 'OCMF-601'),
  ...broken('off-curve', OFF_CURVE, 'a point beside the curve', 'OCMF-602'),
  ...broken('infinity', INFINITY, 'the point at infinity', 'OCMF-602'),
  ...broken('beyond-p', BEYOND_P, 'a coordinate that is not below p', 'OCMF-602'),
  ...broken('rsa', RSA, 'a key for RSA', 'OCMF-604'),
  ...broken('unknown-curve', onCurve('1.3.132.0.8'), 'a key on a curve we do not know', 'OCMF-604'),
]

const CERTIFICATE = toBase64(certificate(METER_KEY, 'PZ0000001'))
const STRANGE_CERTIFICATE = toBase64(certificate(STRANGE_KEY, 'PZ0000001'))

const INSIDE: readonly VectorCase[] = [
  {
    name: '611-fourth-section-differs',
    comment: 'the key in the fourth section is not that of the file: nobody signed it, a warning',
    expect: 'VALID_KEY_UNCONFIRMED',
    finding: 'OCMF-611/warning OCMF-005/warning OCMF-607/warning',
    keys: [],
    input: xmlWithKey(record({}, { fourth: STRANGE })),
  },
  {
    name: '611-fourth-section-fits',
    comment: 'only the key in the fourth section fits: the file gives another one for this meter',
    expect: 'SIGNATURE_INVALID',
    finding: 'OCMF-519 OCMF-611/warning OCMF-005/warning OCMF-607/warning',
    keys: [],
    input: xmlWithKey(record({}, { fourth: KEY }), { keys: [STRANGE] }),
  },
  {
    name: '611-certificate-differs',
    comment: 'the meter signed a certificate of another key than the file gives, which fits',
    expect: 'SIGNATURE_INVALID',
    finding: 'OCMF-611/error KEY-MISMATCH OCMF-607/warning',
    keys: [],
    input: xmlWithKey(record({ XP: STRANGE_CERTIFICATE })),
  },
  {
    name: '611-certificate-fits',
    comment: 'the key that the meter signed fits, the one of the file does not',
    expect: 'SIGNATURE_INVALID',
    finding: 'OCMF-611/error OCMF-519 OCMF-615/warning OCMF-607/warning',
    keys: [],
    input: xmlWithKey(record({ XP: CERTIFICATE }), { keys: [STRANGE] }),
  },
  {
    name: '611-certificate-agrees',
    comment: 'certificate and key of the file are the same key',
    expect: 'VALID_KEY_UNCONFIRMED',
    finding: 'OCMF-615/warning OCMF-607/warning',
    notFinding: 'OCMF-611',
    keys: [],
    input: xmlWithKey(record({ XP: CERTIFICATE })),
  },
  {
    name: '615-certificate',
    comment: 'a certificate inside the signed part holds the key (Enercharge)',
    expect: 'VALID_KEY_UNCONFIRMED',
    finding: 'OCMF-615/warning OCMF-607/warning OCMF-110/info',
    notFinding: 'OCMF-611 OCMF-517',
    expectTrust: 'K1',
    keys: [],
    input: record({ XP: CERTIFICATE }),
  },
]

const NO_KEY = { expect: 'NOT_CHECKED', signature: 'unchecked', expectTrust: 'K0' } as const

const TRUST: readonly VectorCase[] = [
  {
    name: 'trust-k1',
    comment: 'a key beside the data proves that nothing was changed, not who signed',
    expect: 'VALID_KEY_UNCONFIRMED',
    finding: 'OCMF-607/warning KEY-FILE/info',
    notFinding: 'KEY-PROVIDER KEY-STATION',
    expectTrust: 'K1',
    keys: [],
    input: xmlWithKey(record()),
  },
  {
    name: 'trust-k2',
    comment: 'a key that the provider gave elsewhere is not confirmed either',
    expect: 'VALID_KEY_UNCONFIRMED',
    finding: 'KEY-PROVIDER/info',
    notFinding: 'OCMF-607 KEY-FILE',
    expectTrust: 'K2',
    trust: 'K2',
    input: record(),
  },
  {
    name: 'trust-k3',
    comment: 'a key out of the official register is confirmed',
    expect: 'VERIFIED',
    finding: 'KEY-REGISTER/info',
    expectTrust: 'K3',
    trust: 'K3',
    input: record(),
  },
  {
    name: 'trust-k4',
    comment: 'a key read off the station is confirmed, also where the file brings it along',
    expect: 'VERIFIED',
    finding: 'KEY-STATION/info',
    notFinding: 'OCMF-607',
    expectTrust: 'K4',
    input: xmlWithKey(record()),
  },
  {
    name: 'trust-k2-does-not-fit',
    comment: 'a key that the provider gave elsewhere and that does not fit',
    expect: 'SIGNATURE_INVALID',
    finding: 'OCMF-516',
    keys: [STRANGE],
    trust: 'K2',
    input: record(),
  },
  {
    name: 'trust-k3-does-not-fit',
    comment: 'a key out of the official register that does not fit',
    expect: 'SIGNATURE_INVALID',
    finding: 'OCMF-516',
    keys: [STRANGE],
    trust: 'K3',
    input: record(),
  },
  {
    name: 'trust-attacker',
    comment: 'data and key of somebody else are consistent in themselves and never confirmed',
    expect: 'VALID_KEY_UNCONFIRMED',
    finding: 'OCMF-607/warning',
    keys: [],
    input: xmlWithKey(record({}, { key: STRANGE_KEY }), { keys: [STRANGE] }),
  },
  {
    name: 'trust-attacker-against-given-key',
    comment: 'the file’s own key fits and the one read off the station does not: never confirmed',
    expect: 'VALID_KEY_UNCONFIRMED',
    finding: 'KEY-UNUSED/warning OCMF-607/warning',
    expectTrust: 'K1',
    input: xmlWithKey(record({}, { key: STRANGE_KEY }), { keys: [STRANGE] }),
  },
  {
    name: 'trust-confirmed-against-the-file',
    comment:
      'the key read off the station fits, the one of the file does not: two keys, said aloud',
    expect: 'VERIFIED',
    finding: 'KEY-CONFLICT/warning',
    expectTrust: 'K4',
    input: xmlWithKey(record(), { keys: [STRANGE] }),
  },
  {
    name: 'register-has-the-key',
    comment: 'the register has the key for this meter',
    expect: 'VERIFIED',
    finding: 'KEY-REGISTER/info',
    expectTrust: 'K3',
    keys: [],
    published: [{ meter: 'PZ0000001', key: KEY }],
    input: record(),
  },
  {
    name: 'register-has-another-meter',
    comment: 'the register has no key for this meter: those of others are not tried',
    ...NO_KEY,
    finding: 'OCMF-517 KEY-NONE',
    keys: [],
    published: [{ meter: 'PZ0000002', key: KEY }],
    input: record(),
  },
  {
    name: 'key-in-one-other-file',
    comment: 'one file of the job is a key: it is meant for the records, and unconfirmed',
    expect: 'VALID_KEY_UNCONFIRMED',
    inputs: ['VALID_KEY_UNCONFIRMED', null],
    finding: 'KEY-PROVIDER/info IN-KEYS/info',
    notFinding: 'OCMF-607',
    expectTrust: 'K2',
    keys: [],
    input: [file('record.ocmf', record()), file('key.pem', pem(METER_KEY))],
  },
  {
    name: 'key-in-one-other-file-does-not-fit',
    comment: 'one file of the job is a key, and it does not fit: changed data or the wrong key',
    expect: 'SIGNATURE_INVALID',
    inputs: [null, 'SIGNATURE_INVALID'],
    finding: 'OCMF-516',
    keys: [],
    input: [file('key.pem', pem(STRANGE_KEY)), file('record.ocmf', record())],
  },
  {
    name: 'key-among-other-files',
    comment: 'of several keys of the job the one that fits is taken',
    expect: 'VALID_KEY_UNCONFIRMED',
    inputs: [null, null, 'VALID_KEY_UNCONFIRMED'],
    finding: 'KEY-PROVIDER/info',
    keys: [],
    input: [
      file('a.txt', STRANGE),
      file('b.der', spkiOf(METER_KEY)),
      file('record.ocmf', record()),
    ],
  },
  {
    name: 'no-key-among-other-files',
    comment: 'several keys of the job for whatever meters, none fits: there is no key',
    ...NO_KEY,
    inputs: [null, null, 'NOT_CHECKED'],
    finding: 'OCMF-517 KEY-NONE',
    notFinding: 'OCMF-516 OCMF-518',
    keys: [],
    input: [file('a.txt', STRANGE), file('b.txt', THIRD), file('record.ocmf', record())],
  },
  {
    name: 'key-only-beside-other-records',
    comment: 'a key that another file gives for its own record fits this one too',
    expect: ['VALID_KEY_UNCONFIRMED', 'VALID_KEY_UNCONFIRMED'],
    finding: 'OCMF-607/warning KEY-PROVIDER/info KEY-FILE/info',
    expectTrust: ['K2', 'K1'],
    keys: [],
    input: [file('alone.ocmf', record(LATER)), file('other.xml', xmlWithKey(record()))],
  },
  {
    name: 'keys-only',
    comment: 'a file of keys is no record and no failure',
    expect: [null],
    finding: 'IN-KEYS/info',
    keys: [],
    input: `${KEY}\n${STRANGE}`,
  },
  {
    name: '610-two-keys',
    comment: 'begin and end are valid, but by two keys: not one source, and two keys for one meter',
    expect: 'NOT_LEGALLY_RELEVANT',
    finding: 'OCMF-610 SES-KEY KEY-CONFLICT/warning OCMF-607/warning',
    signature: ['valid', 'valid'],
    keys: [],
    input: valuesXml([
      { data: beginRecord(), keys: [KEY] },
      { data: endRecord({}, {}, { key: STRANGE_KEY }), keys: [STRANGE] },
    ]),
  },
  {
    name: '614-one-signer',
    comment: 'no key, but only one key can have signed both: the same signer, whoever that is',
    expect: 'NOT_CHECKED',
    finding: 'OCMF-614/info KEY-RECOVERED/info OCMF-517',
    signature: ['unchecked', 'unchecked'],
    keys: [],
    input: lines(beginRecord(), endRecord()),
  },
  {
    name: '614-two-signers',
    comment: 'no key, and no key can have signed both',
    expect: 'NOT_CHECKED',
    finding: 'OCMF-517',
    notFinding: 'OCMF-614 KEY-RECOVERED',
    keys: [],
    input: lines(beginRecord(), endRecord({}, {}, { key: STRANGE_KEY })),
  },
  {
    name: 'key-conflict',
    comment: 'two sessions of one meter by two keys: said aloud for both',
    expect: ['VALID_KEY_UNCONFIRMED', 'VALID_KEY_UNCONFIRMED'],
    finding: 'KEY-CONFLICT/warning OCMF-607/warning',
    keys: [],
    input: valuesXml([
      { data: record(), keys: [KEY], transaction: '1' },
      { data: record(LATER, { key: STRANGE_KEY }), keys: [STRANGE], transaction: '2' },
    ]),
  },
  {
    name: 'key-shared',
    comment: 'one key for two gateways: said aloud for both',
    expect: ['VERIFIED', 'VERIFIED'],
    finding: 'KEY-SHARED/warning',
    input: lines(record(), record({ GS: 'GW0000002', MS: 'PZ0000002' })),
  },
  {
    name: 'key-of-another-curve',
    comment: 'the key given is of another curve, and the signature does not fit it',
    expect: 'SIGNATURE_INVALID',
    finding: 'OCMF-516 OCMF-505/info',
    keys: [keyHex(throwAwayKey('secp256k1'))],
    input: record(),
  },
  {
    name: 'signed-by-a-weak-curve',
    comment: 'SA says P-256, the key is on a curve of 192 bits and fits: said, and verified',
    expect: 'VERIFIED',
    finding: 'OCMF-505/warning OCMF-522/info',
    keys: [keyHex(throwAwayKey('secp192r1'))],
    input: ocmf(payload(), { key: throwAwayKey('secp192r1'), method: 'ECDSA-secp256r1-SHA256' }),
  },
]

export const KEYS: readonly VectorCase[] = [...FORMS, ...BROKEN, ...INSIDE, ...TRUST]

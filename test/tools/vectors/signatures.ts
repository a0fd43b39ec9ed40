/**
 * Checks 501 to 523: the signature section and the signature itself. Rule book chapters 5 and 6.
 *
 * @module
 */
import { toBase64 } from '../../../src/main/engine/codec/base64.ts'
import { toHex } from '../../../src/shared/hex.ts'
import { json, keyHex, ocmf, signature, throwAwayKey, withNonceOf } from '../sign.ts'
import {
  LATER,
  METER_KEY,
  PAYLOAD,
  STRANGE_KEY,
  type VectorCase,
  lines,
  num,
  payload,
  record,
  withReadings,
  xmlWithKey,
} from './base.ts'

const GOOD = 'VERIFIED'
const bytes = (text: string) => new TextEncoder().encode(text)

/** DER of the right signature. */
const RIGHT = signature(bytes(payload()))
/** The record with another text in place of its signature. */
const withSd = (text: string, section = {}) => record({}, { section: { SD: text, ...section } })

/** The good payload with its version at the end. */
function reordered(): string {
  const { FV, ...others } = PAYLOAD
  return json({ ...others, FV })
}

const METHOD: readonly VectorCase[] = [
  {
    name: '501-default-method',
    comment: 'without SA the method is ECDSA-secp256r1-SHA256, as in most records of the field',
    expect: GOOD,
    finding: 'OCMF-501/info',
    input: record({}, { method: null }),
  },
  {
    name: '501-default-contradicts-key',
    comment: 'without SA and with a key of another curve the key decides, with a warning',
    expect: GOOD,
    finding: 'OCMF-501/info OCMF-505/warning SIG-ALG-KEY/warning',
    keys: [keyHex(throwAwayKey('secp256k1'))],
    input: record({}, { method: null, key: throwAwayKey('secp256k1') }),
  },
  {
    name: '502-unknown-method',
    comment: 'a method that nobody knows: nothing is said about integrity',
    expect: 'NOT_CHECKED',
    finding: 'OCMF-502 SIG-ALG-UNKNOWN',
    notFinding: 'OCMF-510',
    signature: 'unchecked',
    input: record({}, { method: 'RSA-2048-SHA256' }),
  },
  {
    name: '502-empty-method',
    comment: 'an empty SA names no method',
    expect: 'NOT_CHECKED',
    finding: 'OCMF-502',
    notFinding: 'OCMF-501',
    input: record({}, { method: '' }),
  },
  {
    name: '502-unknown-method-no-signature',
    comment: 'an unknown method and no DER: both are said (chapter 5)',
    expect: 'NOT_CHECKED',
    finding: 'OCMF-502 OCMF-510 SIG-ALG-UNKNOWN',
    input: withSd('00ff00ff', { SA: 'RSA-2048-SHA256' }),
  },
  {
    name: '502-missing-below-0.4',
    comment: 'before 0.4 there is no default method',
    expect: 'NOT_CHECKED',
    finding: 'OCMF-502 OCMF-106/info',
    notFinding: 'OCMF-501',
    input: record({ FV: '0.3', IS: 'VERIFIED', IL: undefined }, { method: null }),
  },
  {
    name: '502-sa-in-payload-of-0.4',
    comment: 'an idea of 0.4 was to sign SA: taken where the section has none (chapter 19)',
    expect: GOOD,
    finding: 'OCMF-106/info',
    notFinding: 'OCMF-501 OCMF-505',
    keys: [keyHex(throwAwayKey('secp192k1'))],
    input: record(
      { FV: '0.4', SA: 'ECDSA-secp192k1-SHA256' },
      { method: null, key: throwAwayKey('secp192k1') },
    ),
  },
  ...[
    ['prime256v1', 'ECDSA-prime256v1-SHA256'],
    ['p-256', 'ECDSA-P-256-SHA256'],
    ['lower-case', 'ecdsa-secp256r1-sha256'],
    ['sha-256', 'ECDSA-secp256r1-SHA-256'],
  ].map(
    ([name = '', method = '']) =>
      ({
        name: `503-${name}`,
        comment: `${method} is another spelling of a method of Table 22`,
        expect: GOOD,
        finding: 'OCMF-503/info',
        notFinding: 'OCMF-502 OCMF-504',
        input: record({}, { method }),
      }) satisfies VectorCase,
  ),
  {
    name: '503-brainpool-with-p',
    comment: 'the full name of a Brainpool curve is another spelling (NZR, Carlo Gavazzi)',
    expect: GOOD,
    finding: 'OCMF-503/info',
    keys: [keyHex(throwAwayKey('brainpoolP384r1'))],
    input: record(
      {},
      { method: 'ECDSA-brainpoolP384r1-SHA256', key: throwAwayKey('brainpoolP384r1') },
    ),
  },
  {
    name: '504-sha-384',
    comment: 'a hash that OCMF does not define is used as the record says, with a warning',
    expect: GOOD,
    finding: 'OCMF-504/warning',
    keys: [keyHex(throwAwayKey('secp384r1'))],
    input: record({}, { key: throwAwayKey('secp384r1'), hash: 'SHA384' }),
  },
  {
    name: '504-sha-512',
    comment: 'SHA-512 on a curve of 256 bits uses the leftmost 256 bits',
    expect: GOOD,
    finding: 'OCMF-504/warning',
    input: record({}, { hash: 'SHA512' }),
  },
  {
    name: '505-other-curve',
    comment: 'SA is not signed: where it names another curve than the key has, the key decides',
    expect: GOOD,
    finding: 'OCMF-505/warning SIG-ALG-KEY/warning',
    signature: 'valid',
    input: record({}, { method: 'ECDSA-secp256k1-SHA256' }),
  },
  {
    name: '505-neither-curve-fits',
    comment: 'another curve and no fit: the method explains nothing',
    expect: 'SIGNATURE_INVALID',
    finding: 'OCMF-505/info SIG-ALG-KEY/info OCMF-516',
    input: record({}, { method: 'ECDSA-secp256k1-SHA256', signed: payload({ PG: 'T12' }) }),
  },
  {
    name: '505-eddsa',
    comment: 'called EdDSA, signed by ECDSA: the key decides',
    expect: GOOD,
    finding: 'OCMF-504/warning OCMF-505/warning',
    input: record({}, { method: 'EdDSA-Ed25519' }),
  },
]

const ENCODING: readonly VectorCase[] = [
  {
    name: '506-unknown-encoding',
    comment: 'an encoding that OCMF does not know: the signature is not guessed',
    expect: 'NOT_CHECKED',
    finding: 'OCMF-506 SIG-ENCODING',
    notFinding: 'OCMF-510',
    input: record({}, { section: { SE: 'base58' } }),
  },
  {
    name: '507-base64-called-hex',
    comment: 'base64 without a word about it, and it decodes to a signature',
    expect: GOOD,
    finding: 'OCMF-507/warning',
    input: record({}, { encoding: 'base64', section: { SE: undefined } }),
  },
  {
    name: '507-hex-called-base64',
    comment: 'hexadecimal digits called base64',
    expect: GOOD,
    finding: 'OCMF-507/warning',
    input: record({}, { section: { SE: 'base64' } }),
  },
  {
    name: '507-hex-with-line-breaks',
    comment: 'line breaks inside the digits are taken out if the rest fits (Isabellenhütte)',
    expect: GOOD,
    finding: 'OCMF-507/warning',
    notFinding: 'OCMF-510',
    input: withSd(toHex(RIGHT).replace(/(.{32})/g, '$1\n')),
  },
  {
    name: '510-hex-with-line-breaks-no-fit',
    comment: 'line breaks inside the digits, and the rest does not fit: not decodable',
    expect: 'NOT_CHECKED',
    finding: 'OCMF-510 SIG-ENCODING',
    notFinding: 'OCMF-507 OCMF-516',
    input: withSd(toHex(signature(bytes(payload({ PG: 'T12' })))).replace(/(.{32})/g, '$1\n')),
  },
  {
    name: '508-other-media-type',
    comment: 'a media type that is not that of DER is not believed',
    expect: GOOD,
    finding: 'OCMF-508/warning',
    input: record({}, { section: { SM: 'application/octet-stream' } }),
  },
  {
    name: '509-no-signature',
    comment: 'a signature section without SD: the record is unsigned',
    expect: 'NOT_CHECKED',
    finding: 'OCMF-509 SIG-MISSING',
    notFinding: 'OCMF-004 OCMF-510',
    input: record({}, { section: { SD: undefined } }),
  },
  {
    name: '509-empty-signature',
    comment: 'an empty SD: the record is unsigned',
    expect: 'NOT_CHECKED',
    finding: 'OCMF-509',
    input: withSd(''),
  },
  {
    name: '510-not-digits',
    comment: 'letters that are neither hexadecimal nor base64',
    expect: 'NOT_CHECKED',
    finding: 'OCMF-510 SIG-ENCODING',
    notFinding: 'OCMF-517',
    input: withSd('not a signature!'),
  },
  {
    name: '510-odd-digits',
    comment: 'a digit got lost: nothing can be decoded',
    expect: 'NOT_CHECKED',
    finding: 'OCMF-510',
    input: withSd(toHex(RIGHT).slice(1)),
  },
  {
    name: '510-no-der',
    comment: 'bytes that are no DER and not as long as r and s',
    expect: 'NOT_CHECKED',
    finding: 'OCMF-510',
    input: withSd('ff'.repeat(48)),
  },
  {
    name: '510-cut-off',
    comment: 'DER that ends inside its second number',
    expect: 'NOT_CHECKED',
    finding: 'OCMF-510',
    input: withSd(toHex(RIGHT.subarray(0, 60))),
  },
  {
    name: '510-three-numbers',
    comment: 'a structure of three numbers is no signature',
    expect: 'NOT_CHECKED',
    finding: 'OCMF-510',
    input: withSd('3009020101020101020101'),
  },
  {
    name: '510-without-key',
    comment: 'a signature that cannot be decoded is the reason, also where no key is known',
    expect: 'NOT_CHECKED',
    finding: 'OCMF-510',
    notFinding: 'OCMF-517 KEY-NONE',
    keys: [],
    input: withSd('ff'.repeat(48)),
  },
  {
    name: 'base64',
    comment: 'SE base64, with the signature in one line',
    expect: GOOD,
    notFinding: 'OCMF-507',
    input: record({}, { encoding: 'base64' }),
  },
  {
    name: 'base64-line-breaks',
    comment: 'base64 may have line breaks',
    expect: GOOD,
    notFinding: 'OCMF-507 OCMF-510',
    input: withSd(toBase64(RIGHT).replace(/(.{32})/g, '$1\r\n'), { SE: 'base64' }),
  },
  {
    name: 'base64-url',
    comment: 'base64 of the other alphabet and without padding',
    expect: GOOD,
    notFinding: 'OCMF-507 OCMF-510',
    input: withSd(Buffer.from(RIGHT).toString('base64url'), { SE: 'base64' }),
  },
  {
    name: 'hex-upper-case',
    comment: 'hexadecimal digits of either case',
    expect: GOOD,
    notFinding: 'OCMF-507',
    input: record({}, { encoding: 'HEX' }),
  },
]

/** @returns the counter of a record whose r has its highest bit set: DER needs a zero byte there */
function counterWithHighR(): string {
  for (let number = 11; ; number++) {
    const PG = `T${number}`
    const [, , , lengthOfR] = signature(bytes(payload({ PG })))
    if (lengthOfR === 33) return PG
  }
}

const reused = withNonceOf(METER_KEY, bytes(payload()), bytes(payload(LATER)))

const NUMBERS: readonly VectorCase[] = [
  {
    name: '511-raw',
    comment: 'r and s without structure (Isabellenhütte)',
    expect: GOOD,
    finding: 'OCMF-511/warning SIG-NONCANONICAL/info',
    input: record({}, { shape: 'raw' }),
  },
  {
    name: '512-negative',
    comment: 'a number without the zero byte before it, read without sign (eBZ)',
    expect: GOOD,
    finding: 'OCMF-512/warning SIG-NONCANONICAL/info',
    input: record({ PG: counterWithHighR() }, { shape: 'negative' }),
  },
  {
    name: '512-padded',
    comment: 'a number with needless zero bytes (eBZ)',
    expect: GOOD,
    finding: 'OCMF-512/warning',
    input: record({}, { shape: 'padded' }),
  },
  {
    name: '512-long-length',
    comment: 'a length in the long form',
    expect: GOOD,
    finding: 'OCMF-512/warning',
    input: record({}, { shape: 'long-length' }),
  },
  {
    name: '513-trailing-bytes',
    comment: 'bytes behind the structure',
    expect: GOOD,
    finding: 'OCMF-513/warning SIG-NONCANONICAL/info',
    input: record({}, { shape: 'trailing' }),
  },
  ...(
    [
      ['r-zero', 'r = 0', ({ s }) => ({ r: 0n, s })],
      ['s-zero', 's = 0', ({ r }) => ({ r, s: 0n })],
      ['both-zero', 'r = s = 0', () => ({ r: 0n, s: 0n })],
      ['r-is-n', 'r = n', ({ s, n }) => ({ r: n, s })],
      ['s-is-n', 's = n', ({ r, n }) => ({ r, s: n })],
      [
        's-above-n',
        's + n, which is s again for careless arithmetic',
        ({ r, s, n }) => ({ r, s: s + n }),
      ],
    ] as const satisfies [string, string, (v: { r: bigint; s: bigint; n: bigint }) => object][]
  ).map(([name, what, numbers]): VectorCase => ({
    name: `514-${name}`,
    comment: `${what}: out of range, no signature whatever the key (FIPS 186-5, 6.4.2)`,
    expect: 'SIGNATURE_INVALID',
    finding: 'OCMF-514 SIG-MISMATCH',
    notFinding: 'OCMF-516',
    signature: 'invalid',
    input: record({}, { numbers }),
  })),
  {
    name: '515-high-s',
    comment: 's above half the order is lawful and common',
    expect: GOOD,
    finding: 'OCMF-515/info',
    input: record({}, { highS: true }),
  },
  {
    name: '515-low-s',
    comment: 's up to half the order is nothing to speak of',
    expect: GOOD,
    notFinding: 'OCMF-515',
    input: record(),
  },
  {
    name: '516-tampered',
    comment: 'the end value was raised by one unit of its last place after signing',
    expect: 'SIGNATURE_INVALID',
    finding: 'OCMF-516 SIG-MISMATCH',
    signature: 'invalid',
    energy: '11.111 kWh',
    usable: [null],
    input: withReadings({}, { RV: num('1245.671') }, {}, { signed: payload() }),
  },
  {
    name: '516-other-order',
    comment: 'the same members in another order are other bytes',
    expect: 'SIGNATURE_INVALID',
    finding: 'OCMF-516',
    notFinding: 'OCMF-015',
    input: ocmf(reordered(), { signed: payload() }),
  },
  {
    name: '516-swapped-numbers',
    comment: 'r and s in the wrong order',
    expect: 'SIGNATURE_INVALID',
    finding: 'OCMF-516',
    input: record({}, { numbers: ({ r, s }) => ({ r: s, s: r }) }),
  },
  {
    name: '516-strange-key',
    comment: 'signed by somebody else: data changed or wrong key, nobody can tell which',
    expect: 'SIGNATURE_INVALID',
    finding: 'OCMF-516',
    input: record({}, { key: STRANGE_KEY }),
  },
  {
    name: '516-header-signed-too',
    comment: 'the signature covers the payload section and not the header',
    expect: 'SIGNATURE_INVALID',
    finding: 'OCMF-516',
    input: record({}, { signed: `OCMF|${payload()}` }),
  },
  {
    name: '516-other-number-text',
    comment: '1245.67 is the same number as 1245.670 and other bytes',
    expect: 'SIGNATURE_INVALID',
    finding: 'OCMF-516 OCMF-445/info',
    input: withReadings({}, { RV: num('1245.67') }, {}, { signed: payload() }),
  },
  {
    name: '517-no-key',
    comment: 'a signature and nobody who could tell whether it fits',
    expect: 'NOT_CHECKED',
    finding: 'OCMF-517 KEY-NONE',
    signature: 'unchecked',
    energy: '11.110 kWh',
    expectTrust: 'K0',
    keys: [],
    input: record(),
  },
  {
    name: '518-several-keys',
    comment: 'two keys are offered and neither fits: both are named',
    expect: 'SIGNATURE_INVALID',
    finding: 'OCMF-518 SIG-MISMATCH',
    notFinding: 'OCMF-516',
    keys: [keyHex(STRANGE_KEY), keyHex(throwAwayKey('secp256r1', 'a third'))],
    input: record(),
  },
  {
    name: '519-other-key-than-the-file',
    comment: 'it fits a key of the provider, but not the one the file gives for this meter',
    expect: 'SIGNATURE_INVALID',
    finding: 'OCMF-519 KEY-MISMATCH',
    signature: 'invalid',
    trust: 'K2',
    input: xmlWithKey(record(), { keys: [keyHex(STRANGE_KEY)] }),
  },
  {
    name: '519-other-key-than-the-register',
    comment: 'it fits the key of the file, but the register has another one for this meter',
    expect: 'SIGNATURE_INVALID',
    finding: 'OCMF-519 KEY-MISMATCH KEY-CONFLICT/warning OCMF-607/warning',
    keys: [],
    published: [{ meter: 'PZ0000001', key: keyHex(STRANGE_KEY) }],
    input: xmlWithKey(record()),
  },
  {
    name: '520-unknown-member',
    comment: 'a member of the signature section outside the name spaces',
    expect: GOOD,
    finding: 'OCMF-520/info',
    notFinding: 'OCMF-521',
    input: record({}, { section: { KX: '1' } }),
  },
  {
    name: '521-extension',
    comment: 'extensions of the signature section are listed as not protected by the signature',
    expect: GOOD,
    finding: 'OCMF-521/info',
    notFinding: 'OCMF-520',
    input: record({}, { section: { AA: 'back end', ZZ: num('1') } }),
  },
  {
    name: '523-copied-signature',
    comment: 'a signature copied to other data: said there, and the genuine record stays good',
    expect: ['VERIFIED', 'SIGNATURE_INVALID'],
    finding: 'OCMF-523/info OCMF-516',
    notFinding: 'OCMF-808 OCMF-831',
    input: lines(record(), withReadings({}, { RV: num('1246.670') }, {}, { signed: payload() })),
  },
  {
    name: '523-nonce-reused',
    comment: 'two records with one r: whoever sees both can calculate the private key',
    expect: ['SIGNATURE_INVALID', 'SIGNATURE_INVALID'],
    finding: 'OCMF-523/error',
    signature: ['valid', 'valid'],
    input: lines(record(), record(LATER, { numbers: () => reused })),
  },
]

export const SIGNATURES: readonly VectorCase[] = [...METHOD, ...ENCODING, ...NUMBERS]

/**
 * Sealed OCMF. Source: src/main/engine/formats/ocmf/sealed/README.md.
 *
 * @module
 */
import { toBase64 } from '../../../src/main/engine/codec/base64.ts'
import { toHex } from '../../../src/shared/hex.ts'
import { json } from '../sign.ts'
import {
  type SealOptions,
  container,
  rsaPublicKey,
  seal,
  sealHex,
  sealKey,
  sealKeyHex,
  sealedXml,
} from '../sign-sealed.ts'
import { BEGIN, END, KEY as EC_KEY, type Members, PAYLOAD, type VectorCase, num } from './base.ts'

export const SEALED_KEY = sealKeyHex(sealKey())
const STRANGE = sealKey('somebody else')
const GOOD = 'VERIFIED'

/** The text of a whole session, its own signature empty; members with long texts left out. */
function sealedText(changes: Members = {}): string {
  return `OCMF|${json({ ...PAYLOAD, ...changes })}|{"SD":""}`
}

/** As little as a session needs: one block, even though nobody writes so. */
const SHORT = `OCMF|${json({
  MS: '1',
  RD: [
    { TM: BEGIN.TM, TX: 'B', RV: num('1.5'), RI: '1-0:1.8.0', RU: 'kWh', ST: 'G' },
    { TM: END.TM, TX: 'E', RV: num('2.5') },
  ],
})}|{}`

function good(
  name: string,
  comment: string,
  input: string | Uint8Array,
  more: Partial<VectorCase> = {},
): VectorCase {
  return {
    name,
    comment,
    expect: GOOD,
    finding: 'SEAL-COVERAGE/warning',
    signature: 'valid',
    energy: '11.110 kWh',
    ...more,
    input,
  }
}

const sealed = (changes: Members = {}, options: SealOptions = {}) =>
  sealHex(sealedText(changes), options)

export const SEALED: readonly VectorCase[] = [
  good('session', 'a sealed session, its key confirmed', sealed()),
  good(
    'xml',
    'as encodedData in the container of the transparency software',
    sealedXml(sealed(), SEALED_KEY),
  ),
  good('bytes', 'the bare bytes of the seal', seal(sealedText())),
  good('base64', 'the seal in base64', toBase64(seal(sealedText()))),
  good('lines', 'hexadecimal digits over several lines', sealed().replace(/.{64}/g, '$&\n')),
  {
    name: 'begin-and-end',
    comment: 'begin and end in two seals',
    expect: GOOD,
    finding: 'SEAL-COVERAGE/warning',
    signature: ['valid', 'valid'],
    energy: '11.110 kWh',
    input: [
      { name: 'begin.txt', bytes: seal(sealedText({ PG: 'T21', RD: [BEGIN] })) },
      { name: 'end.txt', bytes: seal(sealedText({ PG: 'T22', RD: [END] })) },
    ],
  },
  {
    name: 'one-block',
    comment: 'a text so short that one block holds it: everything is covered',
    expect: GOOD,
    finding: 'OCMF-114/warning LAW-NO-ID/warning',
    notFinding: 'SEAL-COVERAGE',
    signature: 'valid',
    energy: '1.0 kWh',
    input: sealHex(SHORT),
  },
  {
    name: 'key-in-file',
    comment: 'the key came in the same file',
    expect: 'VALID_KEY_UNCONFIRMED',
    finding: 'SEAL-COVERAGE/warning KEY-FILE/info',
    expectTrust: 'K1',
    keys: [],
    input: sealedXml(sealed(), SEALED_KEY),
  },
  {
    name: 'key-rsa-public-key',
    comment: 'the key as RSAPublicKey, without the structure around it',
    expect: 'VALID_KEY_UNCONFIRMED',
    finding: 'SEAL-COVERAGE/warning',
    keys: [],
    input: sealedXml(sealed(), toHex(rsaPublicKey(sealKey()))),
  },
  {
    name: 'no-key',
    comment: 'without its key nothing in a seal can be read',
    expect: 'NOT_CHECKED',
    finding: 'KEY-NONE',
    signature: 'unchecked',
    energy: [null],
    keys: [],
    input: sealed(),
  },
  {
    name: 'other-key',
    comment: 'a key that does not open it',
    expect: 'SIGNATURE_INVALID',
    finding: 'SIG-MISMATCH',
    signature: 'invalid',
    energy: [null],
    input: sealed({}, { key: STRANGE }),
  },
  {
    name: 'key-of-a-curve',
    comment: 'a key of another kind opens no seal',
    expect: 'NOT_CHECKED',
    finding: 'KEY-CURVE/error',
    keys: [],
    input: sealedXml(sealed(), EC_KEY),
  },
  {
    name: 'billing-forbidden',
    comment: 'the record in the seal says that it must not be billed',
    expect: 'NOT_LEGALLY_RELEVANT',
    finding: 'SEAL-COVERAGE/warning OCMF-441 LAW-STATUS',
    input: sealed({ RD: [BEGIN, { ...END, ST: 'M' }] }),
  },
  {
    name: 'begin-only',
    comment: 'only the begin',
    expect: 'INCOMPLETE',
    finding: 'SEAL-COVERAGE/warning OCMF-802 SES-NO-END',
    input: sealed({ RD: [BEGIN] }),
  },
  {
    name: 'long-text',
    comment: 'a text of 32 characters is room enough for bytes that come out by chance',
    expect: 'NOT_CHECKED',
    finding: 'SEAL-TEXT SIG-ALG-UNKNOWN',
    signature: 'unchecked',
    energy: '11.110 kWh',
    input: sealed({ TT: 'x'.repeat(32) }),
  },
  {
    name: 'vendor-member',
    comment: 'a member that OCMF does not know is free text',
    expect: 'NOT_CHECKED',
    finding: 'SEAL-TEXT SIG-ALG-UNKNOWN',
    input: sealed({ XX: 'x' }),
  },
  {
    name: 'no-ascii',
    comment: 'a byte that is no printable ASCII',
    expect: 'NOT_CHECKED',
    finding: 'SEAL-TEXT SIG-ALG-UNKNOWN',
    input: sealed({ GI: 'Ökostrom' }),
  },
  {
    name: 'stray',
    comment: 'text behind the record',
    expect: 'NOT_CHECKED',
    finding: 'SEAL-TEXT SIG-ALG-UNKNOWN OCMF-022/warning',
    input: sealHex(`${sealedText()} and more`),
  },
  {
    name: 'compressed',
    comment: 'compressed into several blocks: the text is shown, and nothing proven',
    expect: 'NOT_CHECKED',
    finding: 'SEAL-COMPRESSED SIG-ALG-UNKNOWN',
    energy: '11.110 kWh',
    input: sealed({}, { compress: true }),
  },
  {
    name: 'compressed-one-block',
    comment: 'compressed into one block: everything is covered',
    expect: GOOD,
    finding: 'OCMF-114/warning LAW-NO-ID/warning',
    signature: 'valid',
    energy: '1.0 kWh',
    input: sealHex(SHORT, { compress: true }),
  },
  {
    name: 'version-3',
    comment: 'a version nobody knows',
    expect: 'NOT_CHECKED',
    finding: 'SIG-ALG-UNKNOWN',
    signature: 'unchecked',
    input: sealed({}, { version: 3 }),
  },
  {
    name: 'prefix',
    comment: 'other bytes than 3E7A in front',
    expect: 'SIGNATURE_INVALID',
    finding: 'SIG-MISMATCH',
    input: sealed({}, { mixed: (right) => Uint8Array.of(0, 0, ...right.subarray(2)) }),
  },
  {
    name: 'length',
    comment: 'headers that say another length than their blocks have',
    expect: 'SIGNATURE_INVALID',
    finding: 'SIG-MISMATCH',
    input: sealed({}, { length: 10 }),
  },
  {
    name: 'no-ocmf',
    comment: 'a seal around something else',
    expect: 'UNREADABLE',
    finding: 'OCMF-001',
    input: sealHex('nothing of the kind'),
  },
  {
    name: 'cut-off',
    comment: 'a seal cut off in the middle',
    expect: 'UNREADABLE',
    finding: 'SEAL-STRUCTURE',
    input: sealed().slice(0, 600),
  },
  {
    name: 'blocks-broken',
    comment: 'a length that no blocks have',
    expect: 'SIGNATURE_INVALID',
    finding: 'SIG-MISMATCH',
    input: toHex(container(new Uint8Array(300))),
  },
]

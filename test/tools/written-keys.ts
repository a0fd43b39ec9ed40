/**
 * One key in every form in which keys are printed, sent or stored.
 *
 * @module
 */
import { ECDH } from 'node:crypto'
import { toBase32 } from '../../src/main/engine/codec/base32.ts'
import { toBase64 } from '../../src/main/engine/codec/base64.ts'
import { utf8Bytes } from '../../src/main/engine/codec/text.ts'
import {
  type EcCurveId,
  isEcCurve,
  oidOf,
  toInteger,
} from '../../src/main/engine/signature/curves.ts'
import { type KeyForm, type KeyNote, spki } from '../../src/main/engine/signature/public-key.ts'
import { toHex } from '../../src/shared/hex.ts'
import { type SigningKind, KEY_KINDS } from '../../src/shared/model/key.ts'
import { makeEcKey, makeWholeKey, opensslName } from './openssl-keys.ts'

export const EC_CURVES = KEY_KINDS.filter(isEcCurve)
export const WHOLE = KEY_KINDS.filter((kind) => !isEcCurve(kind))

const keys = new Map<SigningKind, Uint8Array>()

/** One throw-away key of every kind: `04‖x‖y`, or the bytes of an EdDSA or ML-DSA key. */
export function keyOf(kind: SigningKind): Uint8Array {
  let key = keys.get(kind)
  if (key === undefined) {
    key = (isEcCurve(kind) ? makeEcKey(kind) : makeWholeKey(kind)).point
    keys.set(kind, key)
  }
  return key
}

export function converted(curve: EcCurveId, point: Uint8Array, form: 'compressed' | 'hybrid') {
  const octets = ECDH.convertKey(point, opensslName(curve), undefined, undefined, form)
  return Uint8Array.from(octets as Buffer)
}

export const compressed = (curve: EcCurveId, point: Uint8Array) =>
  converted(curve, point, 'compressed')
export const bytes = (...parts: (Uint8Array | number)[]) =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === 'number' ? [part] : [...part])))
export const upper = (data: Uint8Array) => toHex(data).toUpperCase()
export const grouped = (text: string, separator: string, digits = 4) =>
  text.match(new RegExp(`.{1,${digits}}`, 'g'))?.join(separator) ?? ''
export const base64Of = (text: string) => toBase64(utf8Bytes(text))
export const pem = (label: string, data: Uint8Array) =>
  `-----BEGIN ${label}-----\n${grouped(toBase64(data), '\n', 64)}\n-----END ${label}-----\n`

/** SubjectPublicKeyInfo with any octets for a point: not what `spki` is meant for. */
export const spkiWith = (curve: SigningKind, octets: Uint8Array) => spki(curve, octets)

export function keyFile(curve: SigningKind, point: Uint8Array): string {
  return JSON.stringify({
    '@context': 'https://open.charging.cloud/contexts/publicKey+json',
    subject: { EVSEId: 'DE*ABC*E1*1' },
    type: { oid: '1.2.840.10045.2.1', name: 'ecPublicKey' },
    algorithm: { oid: oidOf(curve), name: curve },
    format: 'DER',
    encoding: 'HEX',
    value: toHex(point),
    signatures: [{ publicKey: '04ff', signature: 'ff' }],
  })
}

type Written = [
  name: string,
  write: (point: Uint8Array, curve: EcCurveId) => string | Uint8Array,
  form: KeyForm,
  notes: KeyNote[],
]

const SEPARATORS: KeyNote = { kind: 'separators' }
export const BARE: KeyNote = { kind: 'bare' }
const NO_PREFIX: KeyNote = { kind: 'no-prefix-byte' }
export const COMPRESSED: KeyNote = { kind: 'compressed' }

/** Forms that need no hint. */
export const FORMS: Written[] = [
  ['SPKI in hex', (p, c) => toHex(spki(c, p)), 'spki-hex', []],
  ['SPKI in upper case hex', (p, c) => upper(spki(c, p)), 'spki-hex', []],
  ['hex after 0x', (p, c) => `0x${upper(spki(c, p))}`, 'spki-hex', [SEPARATORS]],
  ['hex in groups of four', (p, c) => grouped(toHex(spki(c, p)), ' '), 'spki-hex', [SEPARATORS]],
  ['hex in groups of two', (p, c) => grouped(toHex(spki(c, p)), ':', 2), 'spki-hex', [SEPARATORS]],
  ['hex with dashes', (p, c) => grouped(toHex(spki(c, p)), '-'), 'spki-hex', [SEPARATORS]],
  ['hex with semicolons', (p, c) => grouped(toHex(spki(c, p)), ';'), 'spki-hex', [SEPARATORS]],
  ['hex with dots', (p, c) => grouped(toHex(spki(c, p)), '.'), 'spki-hex', [SEPARATORS]],
  ['hex after a comment', (p, c) => `# key\n${toHex(spki(c, p))}`, 'spki-hex', []],
  ['hex in lines', (p, c) => grouped(toHex(spki(c, p)), '\r\n', 24), 'spki-hex', [SEPARATORS]],
  ['hex with tabs', (p, c) => grouped(toHex(spki(c, p)), '\t', 7), 'spki-hex', [SEPARATORS]],
  [
    'hex with no-break spaces',
    (p, c) => grouped(toHex(spki(c, p)), '\u00a0'),
    'spki-hex',
    [SEPARATORS],
  ],
  ['hex with soft hyphens', (p, c) => grouped(toHex(spki(c, p)), '\u00ad'), 'spki-hex', []],
  ['SPKI in base64', (p, c) => toBase64(spki(c, p)), 'spki-base64', []],
  ['base64 and line feed', (p, c) => `${toBase64(spki(c, p))}\n`, 'spki-base64', []],
  ['base64 without padding', (p, c) => toBase64(spki(c, p)).replaceAll('=', ''), 'spki-base64', []],
  [
    'base64 in lines',
    (p, c) => grouped(toBase64(spki(c, p)), '\n', 64),
    'spki-base64',
    [SEPARATORS],
  ],
  ['base64url', (p, c) => Buffer.from(spki(c, p)).toString('base64url'), 'spki-base64', []],
  ['SPKI in base32', (p, c) => toBase32(spki(c, p)), 'spki-base32', []],
  ['PEM', (p, c) => pem('PUBLIC KEY', spki(c, p)), 'pem', []],
  ['PEM with CRLF', (p, c) => pem('PUBLIC KEY', spki(c, p)).replaceAll('\n', '\r\n'), 'pem', []],
  ['PEM in one line', (p, c) => pem('PUBLIC KEY', spki(c, p)).replaceAll('\n', ' '), 'pem', []],
  [
    'PEM without end',
    (p, c) => pem('PUBLIC KEY', spki(c, p)).split('-----END')[0] ?? '',
    'pem',
    [],
  ],
  [
    'PEM with comments',
    (p, c) => `# key\n${pem('PUBLIC KEY', spki(c, p)).replace('\n', '\n# x\n')}`,
    'pem',
    [],
  ],
  ['PEM after a label', (p, c) => `Public Key:\n${pem('PUBLIC KEY', spki(c, p))}`, 'pem', []],
  ['PEM of the point', (p) => pem('EC PUBLIC KEY', p), 'pem', [BARE]],
  ['DER file', (p, c) => spki(c, p), 'spki-bytes', []],
  [
    'file with hex and mark',
    (p, c) => bytes(0xef, 0xbb, 0xbf, utf8Bytes(toHex(spki(c, p)))),
    'spki-hex',
    [],
  ],
  [
    'file in UTF-16',
    (p, c) => bytes(0xff, 0xfe, Buffer.from(toHex(spki(c, p)), 'utf16le')),
    'spki-hex',
    [],
  ],
  [
    'file in UTF-16 without mark',
    (p, c) => bytes(Buffer.from(pem('PUBLIC KEY', spki(c, p)), 'utf16le')),
    'pem',
    [],
  ],
  ['point in hex', (p) => upper(p), 'raw04-hex', [BARE]],
  ['point in base64', (p) => toBase64(p), 'raw04-base64', [BARE]],
  ['point in base32', (p) => toBase32(p), 'raw04-base32', [BARE]],
  ['point as bytes', (p) => p, 'raw04-bytes', [BARE]],
  ['x and y in hex', (p) => toHex(p.subarray(1)), 'xy-hex', [NO_PREFIX]],
  [
    'x and y in groups',
    (p) => grouped(toHex(p.subarray(1)), ' '),
    'xy-hex',
    [NO_PREFIX, SEPARATORS],
  ],
  [
    'x and y, a blank between',
    (p) => grouped(toHex(p.subarray(1)), ' ', p.length - 1),
    'xy-hex',
    [NO_PREFIX, SEPARATORS],
  ],
  ['x and y in base64', (p) => toBase64(p.subarray(1)), 'xy-base64', [NO_PREFIX]],
  ['x and y as bytes', (p) => p.slice(1), 'xy-bytes', [NO_PREFIX]],
  [
    'compressed point in SPKI',
    (p, c) => toHex(spkiWith(c, compressed(c, p))),
    'spki-hex',
    [COMPRESSED],
  ],
  ['oca base16', (p, c) => `oca:base16:asn1:${toHex(spki(c, p))}`, 'oca-base16', []],
  [
    'oca base16 with noise',
    (p, c) => `OCA:Base16:ASN1:0x${grouped(toHex(spki(c, p)), ', :', 2)}`,
    'oca-base16',
    [],
  ],
  ['oca base32', (p, c) => `oca:base32:asn1:${toBase32(spki(c, p))}`, 'oca-base32', []],
  ['oca base64', (p, c) => `oca:base64:asn1:${toBase64(spki(c, p))}`, 'oca-base64', []],
  ['base64 of oca', (p, c) => base64Of(`oca:base16:asn1:${toHex(spki(c, p))}`), 'oca-base16', []],
  ['base64 of hex', (p, c) => base64Of(toHex(spki(c, p))), 'spki-hex', []],
  ['base64 of PEM', (p, c) => base64Of(pem('PUBLIC KEY', spki(c, p))), 'pem', []],
  ['hex of base64 of hex', (p, c) => toHex(utf8Bytes(base64Of(toHex(spki(c, p))))), 'spki-hex', []],
  ['KEBA', (p, c) => `{"UK":"${upper(spki(c, p))}"}`, 'json', []],
  ['base64 of KEBA', (p, c) => base64Of(`{"UK":"${upper(spki(c, p))}"}`), 'json', []],
  [
    'JSON with PEM',
    (p, c) => JSON.stringify({ publicKey: pem('PUBLIC KEY', spki(c, p)) }),
    'json',
    [],
  ],
  ['JSON with value', (p) => `{"value":"${toBase64(p)}","encoding":"hex"}`, 'json', [BARE]],
  [
    'nested JSON',
    (p, c) => JSON.stringify({ publicKey: { algorithm: c, value: toHex(p) } }),
    'json',
    [BARE],
  ],
  ['key file of Chargy', (p, c) => keyFile(c, p), 'json', [BARE]],
  ['small key file', (p, c) => JSON.stringify({ algorithm: c, value: toHex(p) }), 'json', [BARE]],
  ['key file, compressed', (p, c) => keyFile(c, compressed(c, p)), 'json', [COMPRESSED]],
  ['key file with x and y', (p, c) => withoutZeros(p, c), 'json', [NO_PREFIX]],
  ['a label', (p) => `Public Key: ${toHex(p)}`, 'raw04-hex', [BARE]],
  ['a numbered label', (p) => `PublicKey (1) = ${toHex(p)}`, 'raw04-hex', [BARE]],
  ['a German label', (p) => `Öffentlicher Schlüssel:\n${toHex(p)}`, 'raw04-hex', [BARE]],
  [
    'a decomposed label',
    (p) => `Öffentlicher Schlüssel: ${toHex(p)}`.normalize('NFD'),
    'raw04-hex',
    [BARE],
  ],
  ['a label and quotes', (p) => `"PK: '${toHex(p)}'"`, 'raw04-hex', [BARE]],
  ['German quotes', (p) => `„${toHex(p)}“`, 'raw04-hex', [BARE]],
  [
    'marks nobody sees',
    (p) => `\ufeff\u200b${grouped(toHex(p), '\u200b')}\u2060`,
    'raw04-hex',
    [BARE],
  ],
  [
    'Bauer register with its length in front',
    (p, c) => toHex(bytes(0, spki(c, p).length & 0xff, spki(c, p), new Uint8Array(9))),
    'spki-hex',
    [
      { kind: 'trailing-bytes', count: 9 },
      { kind: 'leading-bytes', count: 2 },
    ],
  ],
  [
    'one byte before a point',
    (p) => bytes(0, p),
    'raw04-bytes',
    [BARE, { kind: 'leading-bytes', count: 1 }],
  ],
  [
    'a NUL behind',
    (p, c) => toHex(bytes(spki(c, p), 0)),
    'spki-hex',
    [{ kind: 'trailing-bytes', count: 1 }],
  ],
  [
    'two bytes behind',
    (p, c) => toBase64(bytes(spki(c, p), 7, 9)),
    'spki-base64',
    [{ kind: 'trailing-bytes', count: 2 }],
  ],
  [
    'half a register behind a point',
    (p) => toHex(bytes(p, 0xff)),
    'raw04-hex',
    [BARE, { kind: 'trailing-bytes', count: 1 }],
  ],
  [
    'two bytes behind x and y',
    (p) => toHex(bytes(p.subarray(1), 1, 2)),
    'xy-hex',
    [NO_PREFIX, { kind: 'trailing-bytes', count: 2 }],
  ],
]

function withoutZeros(point: Uint8Array, curve: EcCurveId): string {
  const half = (point.length - 1) / 2
  const x = toHex(point.subarray(1, 1 + half))
  const y = toInteger(point.subarray(1 + half)).toString(16)
  return JSON.stringify({ algorithm: { name: curve }, format: 'XY', x, y })
}

import { X509Certificate, createPublicKey, generateKeyPairSync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { ed25519 } from '@noble/curves/ed25519.js'
import { ed448 } from '@noble/curves/ed448.js'
import { AsnConvert } from '@peculiar/asn1-schema'
import { Certificate } from '@peculiar/asn1-x509'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  TAG,
  encodeElement,
  encodeOid,
  encodeUnsigned,
} from '../../../../src/main/engine/codec/asn1.ts'
import { toBase64 } from '../../../../src/main/engine/codec/base64.ts'
import { utf8Bytes } from '../../../../src/main/engine/codec/text.ts'
import { LIMITS } from '../../../../src/main/engine/limits.ts'
import {
  CURVES,
  type EcCurveId,
  WHOLE_KINDS,
  curveParameters,
  toOctets,
} from '../../../../src/main/engine/signature/curves.ts'
import {
  type KeyForm,
  type KeyReading,
  candidatesOf,
  fingerprint,
  keyText,
  readPublicKey,
  readPublicKeys,
  spki,
  toPublicKeyRef,
} from '../../../../src/main/engine/signature/public-key.ts'
import { toHex } from '../../../../src/shared/hex.ts'
import { type CurveId, KEY_KINDS } from '../../../../src/shared/model/key.ts'
import { makeEcKey, makeWholeKey } from '../../../tools/openssl-keys.ts'
import {
  BARE,
  COMPRESSED,
  EC_CURVES,
  FORMS,
  WHOLE,
  base64Of,
  bytes,
  compressed,
  converted,
  grouped,
  keyFile,
  keyOf,
  pem,
  spkiWith,
  upper,
} from '../../../tools/written-keys.ts'
import { stopwatch } from '../../../tools/stopwatch.ts'

/** What is told of a key itself; a reading that is none stays as it is. */
function told(reading: KeyReading | undefined) {
  return reading?.kind === 'key' ? sameKey(reading.curve, reading.point) : reading
}

function offCurve(...curves: CurveId[]) {
  return { kind: 'not-on-curve', curves }
}

function sameKey(curve: CurveId, point: Uint8Array) {
  return { curve, point: toHex(point) }
}

describe.each(EC_CURVES)('%s', (curve) => {
  const point = keyOf(curve)
  const { bytes: size } = CURVES[curve]
  const { p } = curveParameters(curve)

  test.each(FORMS)('is read from %s', (_, write, form, notes) => {
    const reading = readPublicKey(write(point, curve))
    expect(told(reading)).toEqual(sameKey(curve, point))
    expect(reading).toMatchObject({ form, notes })
  })

  test('a compressed point is read where a hint names the curve, and is ambiguous without', () => {
    const short = compressed(curve, point)
    const written: [string | Uint8Array, KeyForm][] = [
      [toHex(short), 'compressed-hex'],
      [toBase64(short), 'compressed-base64'],
      [short, 'compressed-bytes'],
    ]
    for (const [text, form] of written) {
      const reading = readPublicKey(text, { hint: curve })
      expect(told(reading)).toEqual(sameKey(curve, point))
      expect(reading).toMatchObject({ form, notes: [COMPRESSED] })
      const open = readPublicKey(text)
      expect(open.kind).toBe('ambiguous')
      expect(candidatesOf(open).map((key) => key.curve)).toContain(curve)
      expect(candidatesOf(open).every((key) => CURVES[key.curve as EcCurveId].bytes === size)).toBe(
        true,
      )
    }
  })

  test('a hint of another curve does not move an uncompressed point', () => {
    for (const hint of KEY_KINDS)
      expect(told(readPublicKey(toHex(point), { hint }))).toEqual(sameKey(curve, point))
  })

  test('a point off the curve is called so, in a structure and bare', () => {
    const off = bytes(point.subarray(0, -1), (point.at(-1) ?? 0) ^ 1)
    const twist = bytes(4, point.subarray(1, 1 + size), point.subarray(1, 1 + size))
    for (const wrong of [off, twist]) {
      expect(readPublicKey(spkiWith(curve, wrong))).toEqual(offCurve(curve))
      // 57 bytes may be an Ed448 key, too.
      expect(['not-on-curve', 'ambiguous']).toContain(readPublicKey(toHex(wrong)).kind)
    }
  })

  test('zero and infinity are no keys', () => {
    const zero = spkiWith(curve, bytes(4, new Uint8Array(2 * size)))
    expect(readPublicKey(zero)).toEqual(offCurve(curve))
    const infinity = spkiWith(curve, Uint8Array.of(0))
    expect(readPublicKey(infinity)).toEqual(offCurve(curve))
  })

  test('coordinates that are not below p are refused, although they fit modulo p', () => {
    const room = 256n ** BigInt(size)
    // The smallest x with a point, so that x + p still fits where there is room at all.
    for (let x = 0n; x < 40n && x + p < room; x++) {
      const octets = bytes(2, toOctets(x, size))
      const [found] = candidatesOf(readPublicKey(spkiWith(curve, octets)))
      if (found === undefined) continue
      const y = found.point.subarray(1 + size)
      const beyond = toOctets(x + p, size)
      for (const wrong of [bytes(4, beyond, y), bytes(2, beyond)]) {
        expect(readPublicKey(spkiWith(curve, wrong))).toEqual(offCurve(curve))
      }
      return
    }
    expect(p + 40n > room).toBe(true)
  })

  test('an x without a point, as on the twist, is refused', () => {
    for (let x = 1n; x < 100n; x++) {
      const octets = bytes(3, toOctets(x, size))
      const reading = readPublicKey(spkiWith(curve, octets))
      if (reading.kind === 'key') continue
      expect(reading).toEqual(offCurve(curve))
      return
    }
    expect.unreachable('half of all x have no point')
  })

  test('hybrid points are refused', () => {
    const hybrid = converted(curve, point, 'hybrid')
    const refused = { kind: 'unknown', reason: 'hybrid-point' }
    expect(readPublicKey(spkiWith(curve, hybrid))).toEqual(refused)
    expect(['unknown', 'ambiguous']).toContain(readPublicKey(toHex(hybrid)).kind)
  })

  test('a structure with a point one byte too long or short is refused', () => {
    for (const wrong of [bytes(point, 0), point.slice(0, -1), point.slice(1), new Uint8Array()]) {
      expect(readPublicKey(spkiWith(curve, wrong)).kind).toBe('unknown')
    }
  })

  test('the point of another curve is refused under the name of this one', () => {
    for (const other of EC_CURVES) {
      if (other === curve) continue
      const reading = readPublicKey(toHex(spkiWith(curve, keyOf(other))))
      expect(['not-on-curve', 'unknown']).toContain(reading.kind)
      expect(readPublicKey(keyFile(curve, keyOf(other)))).toEqual(offCurve(curve))
    }
  })

  test('explicit parameters are refused, although they are those of this curve', () => {
    const explicit = explicitSpki(curve, point)
    expect(readPublicKey(explicit)).toEqual({ kind: 'explicit-parameters' })
    expect(readPublicKey(toHex(explicit))).toEqual({ kind: 'explicit-parameters' })
  })

  test('private keys are refused in every form', () => {
    const { privateKey, publicKey } = makeEcKey(curve)
    const der = { format: 'der' } as const
    const text = { format: 'pem' } as const
    const passphrase = { cipher: 'aes-256-cbc', passphrase: 'x' }
    const written = [
      privateKey.export({ ...der, type: 'sec1' }),
      privateKey.export({ ...der, type: 'pkcs8' }),
      privateKey.export({ ...der, type: 'pkcs8', ...passphrase }),
      privateKey.export({ ...text, type: 'sec1' }),
      privateKey.export({ ...text, type: 'pkcs8' }),
      privateKey.export({ ...text, type: 'pkcs8', ...passphrase }),
      `${String(privateKey.export({ ...text, type: 'sec1' }))}${String(publicKey.export({ ...text, type: 'spki' }))}`,
    ]
    for (const key of written) {
      const forms = typeof key === 'string' ? [key] : [key, toHex(key), toBase64(key)]
      for (const form of forms) expect(readPublicKey(form)).toEqual({ kind: 'private-key' })
    }
  })

  test('the structure we write is the one OpenSSL writes and reads', () => {
    const { publicKey, point } = makeEcKey(curve)
    expect(toHex(spki(curve, point))).toBe(toHex(publicKey.export({ type: 'spki', format: 'der' })))
  })

  test('people see the key in forms that are read again', () => {
    const { spkiHex, pointHex, spkiBase64, base32 } = keyText(curve, point)
    expect(spkiHex).toMatch(/^([0-9A-F]{4} )+[0-9A-F]{1,4}$/)
    for (const text of [spkiHex, pointHex, spkiBase64])
      expect(told(readPublicKey(text))).toEqual(sameKey(curve, point))
    expect(base32 !== null).toBe(curve === 'secp192r1')
    expect(told(readPublicKey(base32 ?? pointHex))).toEqual(sameKey(curve, point))
  })
})

/** Parameters of SEC 1, C.2, instead of a name. */
function explicitSpki(curve: EcCurveId, point: Uint8Array): Uint8Array {
  const { p, a, b, gx, gy, n } = curveParameters(curve)
  const { bytes: size } = CURVES[curve]
  const octets = (value: bigint) => encodeElement(TAG.octetString, toOctets(value, size))
  const number = (value: bigint) => encodeUnsigned(toOctets(value, size + 1))
  const generator = bytes(4, toOctets(gx, size), toOctets(gy, size))
  const parameters = encodeElement(
    TAG.sequence,
    number(1n),
    encodeElement(TAG.sequence, encodeOid('1.2.840.10045.1.1'), number(p)),
    encodeElement(TAG.sequence, octets(a), octets(b)),
    encodeElement(TAG.octetString, generator),
    number(n),
    number(1n),
  )
  return spkiOf([encodeOid('1.2.840.10045.2.1'), parameters], point)
}

function spkiOf(algorithm: Uint8Array[], octets: Uint8Array): Uint8Array {
  return encodeElement(
    TAG.sequence,
    encodeElement(TAG.sequence, ...algorithm),
    encodeElement(TAG.bitString, Uint8Array.of(0), octets),
  )
}

describe.each(WHOLE)('%s', (kind) => {
  const key = keyOf(kind)

  test('is read from SPKI in hex, base64, PEM and DER', () => {
    for (const text of [toHex(spki(kind, key)), toBase64(spki(kind, key)), spki(kind, key)]) {
      expect(told(readPublicKey(text))).toEqual(sameKey(kind, key))
    }
    expect(readPublicKey(pem('PUBLIC KEY', spki(kind, key)))).toMatchObject({
      form: 'pem',
      notes: [],
    })
  })

  test('raw bytes are read with a hint, and from a key file that names the method', () => {
    for (const text of [toHex(key), toBase64(key), key]) {
      const reading = readPublicKey(text, { hint: kind })
      expect(told(reading)).toEqual(sameKey(kind, key))
      expect(reading).toMatchObject({ notes: [BARE] })
    }
    expect(told(readPublicKey(keyFile(kind, key)))).toEqual(sameKey(kind, key))
  })

  test('raw bytes without a hint are a key only where nothing else has that length', () => {
    const expected = kind.startsWith('ml-dsa') ? 'key' : 'ambiguous'
    const reading = readPublicKey(toHex(key))
    expect(reading.kind).toBe(expected)
    expect(candidatesOf(reading).map(({ curve }) => curve)).toEqual([kind])
  })

  test('a structure of another length or with parameters is refused', () => {
    expect(readPublicKey(spkiWith(kind, key.slice(1)))).toEqual({
      kind: 'unknown',
      reason: 'length',
    })
    const { oid } = WHOLE_KINDS[kind]
    const withNull = spkiOf([encodeOid(oid), encodeElement(TAG.null)], key)
    expect(readPublicKey(withNull)).toEqual({ kind: 'unknown', reason: 'structure' })
  })

  test('private keys are refused', () => {
    const { privateKey } = makeWholeKey(kind)
    const der = privateKey.export({ format: 'der', type: 'pkcs8' })
    for (const text of [
      der,
      toHex(der),
      String(privateKey.export({ format: 'pem', type: 'pkcs8' })),
    ]) {
      expect(readPublicKey(text)).toEqual({ kind: 'private-key' })
    }
  })

  test('OpenSSL reads the structure we write', () => {
    const der = Buffer.from(spki(kind, key))
    expect(createPublicKey({ key: der, format: 'der', type: 'spki' }).asymmetricKeyType).toBe(kind)
  })
})

describe('EdDSA', () => {
  test.each([
    ['ed25519', 'y is p', `ed${'ff'.repeat(30)}7f`],
    ['ed25519', 'y has no x', `02${'00'.repeat(31)}`],
    ['ed25519', 'x is 0 and negative', `01${'00'.repeat(30)}80`],
    ['ed448', 'y is p', `${'ff'.repeat(28)}fe${'ff'.repeat(27)}00`],
    ['ed448', 'a bit between y and sign is set', `01${'00'.repeat(55)}40`],
  ] as const)('an %s key where %s is refused', (kind, _, hex) => {
    expect(readPublicKey(toHex(spkiWith(kind, Buffer.from(hex, 'hex'))))).toEqual(offCurve(kind))
  })
})

test.each([
  ['ed25519', 32, ed25519.Point],
  ['ed448', 57, ed448.Point],
] as const)('noble takes the same bytes for an %s key', (kind, length, points) => {
  const last = fc.constantFrom(0, 0x7f, 0x80)
  const rest = fc.uint8Array({ minLength: length - 1, maxLength: length - 1 })
  fc.assert(
    fc.property(rest, last, (begin, end) => {
      const key = bytes(begin, end)
      let accepted = true
      try {
        points.fromBytes(key)
      } catch {
        accepted = false
      }
      expect(readPublicKey(spkiWith(kind, key)).kind).toBe(accepted ? 'key' : 'not-on-curve')
    }),
  )
})

describe('curves and kinds that we cannot verify with', () => {
  test.each([
    ['RSA', 'rsa', generateKeyPairSync('rsa', { modulusLength: 1024 })],
    ['secp160r1', 'secp160r1', generateKeyPairSync('ec', { namedCurve: 'secp160r1' })],
    ['SM2', 'sm2p256v1', generateKeyPairSync('ec', { namedCurve: 'SM2' })],
    ['X25519', 'x25519', generateKeyPairSync('x25519')],
    ['a binary curve', '1.3.132.0.26', generateKeyPairSync('ec', { namedCurve: 'sect233k1' })],
  ])('%s is called by name', (_, curve, { publicKey, privateKey }) => {
    const der = publicKey.export({ format: 'der', type: 'spki' })
    expect(readPublicKey(toHex(der))).toEqual({ kind: 'unsupported-curve', curve })
    const secret = privateKey.export({ format: 'der', type: 'pkcs8' })
    expect(readPublicKey(toBase64(secret))).toEqual({ kind: 'private-key' })
  })

  test('RSA without a structure, and its private key', () => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 })
    const der = publicKey.export({ format: 'der', type: 'pkcs1' })
    expect(readPublicKey(der)).toEqual({ kind: 'unsupported-curve', curve: 'rsa' })
    expect(readPublicKey(String(publicKey.export({ format: 'pem', type: 'pkcs1' })))).toEqual({
      kind: 'unsupported-curve',
      curve: 'rsa',
    })
    const secret = privateKey.export({ format: 'der', type: 'pkcs1' })
    expect(readPublicKey(secret)).toEqual({ kind: 'private-key' })
  })

  test('a key file that names a curve we do not know', () => {
    const file = JSON.stringify({ algorithm: 'secp160r1', value: `04${'11'.repeat(40)}` })
    expect(readPublicKey(file)).toEqual({ kind: 'unsupported-curve', curve: 'secp160r1' })
  })
})

describe('what is no key', () => {
  const curve = 'secp256r1'
  const point = keyOf(curve)
  const structure = spki(curve, point)
  const layered = (times: number) => {
    let text = toHex(point)
    for (let i = 0; i < times; i++) text = base64Of(text)
    return text
  }

  test.each([
    ['nothing', '', 'empty'],
    ['white space', ' \u00a0\r\n\ufeff', 'empty'],
    ['quotes', '""', 'empty'],
    ['a serial number', '1HAG1000376166', 'no-encoding'],
    ['a sentence', 'Der Schlüssel steht auf der Säule.', 'no-encoding'],
    ['hex with one digit missing', toHex(structure).slice(1), 'damaged'],
    ['hex with a letter g', `g${toHex(point).slice(1)}`, 'damaged'],
    ['a point without its last two bytes', toHex(point.slice(0, -2)), 'length'],
    ['a structure without its last byte', toHex(structure.slice(0, -1)), 'structure'],
    ['a structure with three bytes behind', toHex(bytes(structure, 1, 2, 3)), 'structure'],
    [
      'a signature',
      toHex(
        encodeElement(
          TAG.sequence,
          encodeUnsigned(point.subarray(1, 33)),
          encodeUnsigned(point.subarray(33)),
        ),
      ),
      'structure',
    ],
    ['a length in the long form', toHex(bytes(0x30, 0x81, structure.subarray(1))), 'structure'],
    ['an indefinite length', toHex(bytes(0x30, 0x80, structure.subarray(2), 0, 0)), 'structure'],
    [
      'a curve without a key',
      '-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n',
      'no-curve',
    ],
    [
      'an EC key without a curve',
      toHex(spkiOf([encodeOid('1.2.840.10045.2.1')], point)),
      'no-curve',
    ],
    ['PEM with a foreign letter', pem('PUBLIC KEY', structure).replace('A', '*'), 'pem'],
    [
      'a certificate request',
      pem(
        'CERTIFICATE REQUEST',
        encodeElement(
          TAG.sequence,
          encodeElement(
            TAG.sequence,
            encodeUnsigned(Uint8Array.of(0)),
            encodeElement(TAG.sequence),
            structure,
          ),
          encodeElement(TAG.sequence),
          encodeElement(TAG.bitString),
        ),
      ),
      'structure',
    ],
    ['JSON without a key', '{"meter":"1"}', 'json'],
    ['JSON with a number', '{"publicKey":4}', 'json'],
    ['broken JSON', `{"UK":"${toHex(point)}"`, 'json'],
    ['an oca text of another content', `oca:base16:x509:${toHex(point)}`, 'oca'],
    ['an oca text of another encoding', `oca:base58:asn1:${toHex(point)}`, 'oca'],
    [
      'an oca text that names a member of every object',
      `oca:constructor:asn1:${toHex(point)}`,
      'oca',
    ],
    ['an oca text of broken base64', 'oca:base64:asn1:*', 'oca'],
    ['too many layers', layered(4), 'layers'],
    ['too long a text', ' '.repeat(LIMITS.keyTextBytes + 1), 'too-long'],
  ])('%s', (_, text, reason) => {
    expect(readPublicKey(text)).toEqual({ kind: 'unknown', reason })
  })

  test('three layers around hexadecimal digits are undone', () => {
    expect(told(readPublicKey(layered(3)))).toEqual(sameKey(curve, point))
  })

  test('a bare point off the curve names every curve it was tested against', () => {
    const off = bytes(point.subarray(0, -1), (point.at(-1) ?? 0) ^ 1)
    expect(readPublicKey(toHex(off))).toEqual(
      offCurve('secp256r1', 'secp256k1', 'brainpoolP256r1', 'brainpoolP256t1'),
    )
  })

  test('what was removed is noted for candidates, too', () => {
    const reading = readPublicKey(grouped(toHex(compressed(curve, point)), ' '))
    expect(candidatesOf(reading)[0]?.notes).toEqual([COMPRESSED, { kind: 'separators' }])
  })

  test('32 bytes may be an Ed25519 key, a digest or a private key: a candidate, no more', () => {
    const reading = readPublicKey(toHex(keyOf('ed25519')))
    expect(reading).toMatchObject({ kind: 'ambiguous', candidates: [{ curve: 'ed25519' }] })
  })
})

test('a point on two curves is ambiguous unless a hint names one', () => {
  // Both brainpool curves of a size have the same p: x where their equations agree.
  const r1 = curveParameters('brainpoolP256r1')
  const t1 = curveParameters('brainpoolP256t1')
  const { p } = r1
  const x = ((t1.b + p - r1.b) * inverse(r1.a + p - t1.a, p)) % p
  const written = spkiWith('brainpoolP256r1', bytes(2, toOctets(x, 32)))
  const point = candidatesOf(readPublicKey(written))[0]?.point ?? new Uint8Array()
  const reading = readPublicKey(toHex(point))
  expect(reading.kind).toBe('ambiguous')
  expect(candidatesOf(reading).map(({ curve }) => curve)).toEqual([
    'brainpoolP256r1',
    'brainpoolP256t1',
  ])
  for (const hint of ['brainpoolP256r1', 'brainpoolP256t1'] as const) {
    expect(told(readPublicKey(toHex(point), { hint }))).toEqual(sameKey(hint, point))
  }
})

/** Fermat: a^(p−2). */
function inverse(a: bigint, p: bigint): bigint {
  let result = 1n
  for (const bit of (p - 2n).toString(2)) result = (result * result * (bit === '1' ? a : 1n)) % p
  return result
}

describe('base32 of 25 bytes', () => {
  test('is a key of an ALFEN station, in one piece or in groups of four', () => {
    for (const text of [
      'AMIPDZEWNWFIOHRNKUCFL2RM4VHNYE2N36GNY75S',
      ' AKKZ P2CL RHS6 OCMW AZR2 CPFD GO42 DM74 ELX7 Z56L',
    ]) {
      const reading = readPublicKey(text)
      expect(reading).toMatchObject({ kind: 'key', curve: 'secp192r1', form: 'compressed-base32' })
      expect(readPublicKey(text, { hint: 'secp256r1' })).toEqual(reading)
    }
  })
})

describe('key files', () => {
  const point = keyOf('secp224k1')
  const value = toHex(point)

  test.each([
    ['an object with the EVSE', { subject: { EVSEId: 'DE*1' } }, { evse: 'DE*1', meter: null }],
    ['an object with the meter', { subject: { meterId: '7' } }, { evse: null, meter: '7' }],
    ['a text', { subject: 'DE*1' }, { evse: 'DE*1', meter: null }],
    ['a list', { subject: ['DE*1', 'DE*2'] }, { evse: 'DE*1', meter: null }],
    ['the id of the file', { '@id': 'DE*1' }, { evse: 'DE*1', meter: null }],
    ['nothing', {}, { evse: null, meter: null }],
  ])('what the key belongs to is read from %s', (_, members, expected) => {
    const reading = readPublicKey(JSON.stringify({ algorithm: 'secp224k1', ...members, value }))
    expect(reading).toMatchObject({ kind: 'key', ...expected })
  })

  test('the curve may be named by alias or OID', () => {
    for (const algorithm of ['ANSIP224K1', { oid: '1.3.132.0.32' }, { name: 'secp224k1' }]) {
      expect(told(readPublicKey(JSON.stringify({ algorithm, value })))).toEqual(
        sameKey('secp224k1', point),
      )
    }
  })
})

const file = (name: string) =>
  readFileSync(new URL(`../../../vectors/keys/${name}.pem`, import.meta.url))
const derOf = (name: string) => new Uint8Array(new X509Certificate(file(name)).raw)
const isoOf = (date: Date) => date.toISOString().replace('.000', '')

describe('certificates', () => {
  test.each([
    ['self-signed', 'secp256r1', 'Zähler 1EMH0012345678'],
    ['rsa-signed', 'brainpoolP256r1', 'EGW-0815'],
    ['bmp-name', 'secp256r1', 'Zähler Ω7'],
    ['no-common-name', 'secp256r1', ''],
  ] as const)('%s gives key, common name and validity', (name, curve, subject) => {
    const { publicKey, validFromDate, validToDate } = new X509Certificate(file(name))
    const reading = readPublicKey(file(name))
    expect(reading).toMatchObject({
      kind: 'key',
      form: 'certificate',
      notes: [],
      certificate: { subject, validFrom: isoOf(validFromDate), validUntil: isoOf(validToDate) },
    })
    const [key] = candidatesOf(reading)
    expect(key?.curve).toBe(curve)
    expect(toHex(spki(curve, key?.point ?? new Uint8Array()))).toBe(
      toHex(publicKey.export({ type: 'spki', format: 'der' })),
    )
  })

  test.each(['self-signed', 'rsa-signed', 'bmp-name', 'no-common-name'])(
    '%s is read alike by another reader of X.509',
    (name) => {
      const { tbsCertificate } = AsnConvert.parse(derOf(name), Certificate)
      const { subjectPublicKeyInfo, validity } = tbsCertificate
      const [key] = candidatesOf(readPublicKey(derOf(name)))
      expect(toHex(key?.point ?? new Uint8Array())).toBe(
        toHex(new Uint8Array(subjectPublicKeyInfo.subjectPublicKey)),
      )
      expect(Date.parse(key?.certificate?.validFrom ?? '')).toBe(
        validity.notBefore.getTime().getTime(),
      )
      expect(Date.parse(key?.certificate?.validUntil ?? '')).toBe(
        validity.notAfter.getTime().getTime(),
      )
    },
  )

  test('hex, base64 and DER of a certificate are read as its PEM', () => {
    const der = derOf('self-signed')
    const reading = readPublicKey(file('self-signed'))
    for (const text of [der, toHex(der), toBase64(der), `{"publicKey":"${toBase64(der)}"}`]) {
      expect(readPublicKey(text)).toEqual(reading)
    }
  })

  test('explicit parameters are called by their name, and an RSA key of 2048 bits opens seals', () => {
    expect(readPublicKey(file('explicit-parameters'))).toEqual({ kind: 'explicit-parameters' })
    expect(readPublicKey(file('rsa'))).toMatchObject({ kind: 'key', curve: 'rsa-2048' })
  })

  test('a certificate cut off anywhere or with any byte changed never makes the reader throw', () => {
    const der = derOf('bmp-name')
    const genuine = toHex(candidatesOf(readPublicKey(der))[0]?.point ?? new Uint8Array())
    for (let at = 0; at < der.length; at++) {
      expect(readPublicKey(der.slice(0, at)).kind).not.toBe('key')
      for (const flip of [1, 0x20, 0x80]) {
        const changed = readPublicKey(der.with(at, (der[at] ?? 0) ^ flip))
        // The signature of a certificate is not ours to check, but no other point appears.
        const points = changed.kind === 'key' ? [toHex(changed.point)] : []
        expect(points.every((point) => point === genuine)).toBe(true)
      }
    }
  })
})

const curvesOf = (readings: KeyReading[]) =>
  readings.flatMap(candidatesOf).map(({ curve }) => curve)

describe('several keys', () => {
  const curves = ['secp256r1', 'secp192r1', 'brainpoolP384r1'] as const
  const written = curves.map((curve) => pem('PUBLIC KEY', spki(curve, keyOf(curve))))

  test('a bundle of PEM blocks gives each, and is not one key', () => {
    expect(curvesOf(readPublicKeys(written.join('')))).toEqual(curves)
    expect(readPublicKey(written.join(''))).toEqual({ kind: 'unknown', reason: 'several-keys' })
  })

  test('the same key twice is one key', () => {
    const [first = ''] = written
    expect(told(readPublicKey(first + first))).toEqual(sameKey('secp256r1', keyOf('secp256r1')))
  })

  test('a private key in a bundle is shown beside the public one', () => {
    const { privateKey, publicKey } = makeEcKey('secp256k1')
    const bundle =
      '-----BEGIN EC PARAMETERS-----\nBgUrgQQACg==\n-----END EC PARAMETERS-----\n' +
      String(privateKey.export({ format: 'pem', type: 'sec1' })) +
      String(publicKey.export({ format: 'pem', type: 'spki' }))
    expect(readPublicKeys(bundle).map(({ kind }) => kind)).toEqual([
      'unknown',
      'private-key',
      'key',
    ])
    expect(readPublicKey(bundle)).toEqual({ kind: 'private-key' })
  })

  test('one key in each line, headings and comments between', () => {
    const lines = curves.map((curve) => upper(keyOf(curve).subarray(1)))
    const text = `# keys\nLadepunkte\n${lines.join('\r\n')}\n\nEnde\n`
    expect(curvesOf(readPublicKeys(text))).toEqual(curves)
    expect(curvesOf(readPublicKeys(utf8Bytes(text)))).toEqual(curves)
  })

  test('keys of several lines, comments before them, empty lines between', () => {
    const blocks = curves.map((curve) => `# ${curve}\n${grouped(toHex(keyOf(curve)), '\n', 24)}`)
    expect(curvesOf(readPublicKeys(blocks.join('\n\n')))).toEqual(curves)
  })

  test('compressed keys in lines are candidates each', () => {
    const lines = curves.map((curve) => toHex(compressed(curve, keyOf(curve))))
    const readings = readPublicKeys(lines.join('\n'))
    expect(readings.map(({ kind }) => kind)).toEqual(['ambiguous', 'ambiguous', 'ambiguous'])
  })

  test('a damaged key among others is reported, not lost', () => {
    const good = upper(keyOf('secp192r1'))
    const damaged = good.slice(0, -1)
    const readings = readPublicKeys([good, damaged, good].join('\n'))
    expect(readings.map(({ kind }) => kind)).toEqual(['key', 'unknown', 'key'])
  })

  test('what is no key at all is reported once', () => {
    expect(readPublicKeys('nothing\nto be\nseen')).toEqual([
      { kind: 'unknown', reason: 'no-encoding' },
    ])
    expect(readPublicKeys(Uint8Array.of(0x30, 0, 1, 2))).toHaveLength(1)
  })

  test('more keys than we read are said to be there', () => {
    const readings = readPublicKeys(`${upper(keyOf('secp192r1'))}\n`.repeat(150))
    expect(readings).toHaveLength(101)
    expect(readings.at(-1)).toEqual({ kind: 'unknown', reason: 'too-many' })
  })
})

describe('fingerprint and reference', () => {
  const point = keyOf('secp256r1')

  test('the fingerprint is the digest of curve name and point', () => {
    // printf 'secp256k1' and the base point of SEC 2, through sha256sum
    const { gx, gy } = curveParameters('secp256k1')
    const base = bytes(4, toOctets(gx, 32), toOctets(gy, 32))
    expect(fingerprint('secp256k1', base)).toBe(BASE_POINT_FINGERPRINT)
  })

  test('all forms of one key have one fingerprint', () => {
    const prints = FORMS.flatMap(([, write]) =>
      candidatesOf(readPublicKey(write(point, 'secp256r1'))),
    )
    expect(new Set(prints.map((key) => fingerprint(key.curve, key.point)))).toEqual(
      new Set([fingerprint('secp256r1', point)]),
    )
  })

  test('a reference tells key and place; what the caller knows goes before the file', () => {
    const key = readPublicKey(keyFile('secp256r1', point))
    if (key.kind !== 'key') throw new Error('a key file is read')
    const place = { source: 'key-file', trust: 'K2', origin: 'a.chargy' } as const
    expect(toPublicKeyRef(key, place)).toEqual({
      fingerprint: fingerprint('secp256r1', point),
      curve: 'secp256r1',
      point: toHex(point),
      ...place,
      meter: null,
      evse: 'DE*ABC*E1*1',
      validFrom: null,
      validUntil: null,
    })
    expect(toPublicKeyRef(key, { ...place, meter: '7', evse: 'DE*2' })).toMatchObject({
      meter: '7',
      evse: 'DE*2',
    })
  })
})

const BASE_POINT_FINGERPRINT =
  'sha256:e9b444c85fa0116b7f8d67e60cc8c2c62eca4d4da0f9aa8dccbc21f510e23ed2'

describe('anything at all', () => {
  const hint = fc.option(fc.constantFrom(...KEY_KINDS), { nil: undefined })
  const fragments = fc.constantFrom(
    '-----BEGIN ',
    'PUBLIC KEY-----',
    '-----END ',
    'oca:',
    'base16:',
    'asn1:',
    '{"',
    'UK":"',
    '"}',
    '0x',
    '30',
    '04',
    'MFkw',
    '=',
    ' ',
    ':',
    '\n',
    'PK:',
    'é',
    '\u0000',
    'A7',
  )

  test('no text makes the reader throw', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(fragments, { maxLength: 60 }).map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(text, hint, (input, curve) => {
        expect(readPublicKey(input, { hint: curve }).kind).toBeDefined()
        expect(readPublicKeys(input, { hint: curve }).length).toBeGreaterThan(0)
      }),
      { numRuns: 1000 },
    )
  })

  test('no bytes make the reader throw, and random ones are no key', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (input) => {
        for (const form of [input, toHex(input), toBase64(input), bytes(0x30, input)]) {
          expect(readPublicKey(form).kind).not.toBe('key')
        }
      }),
      { numRuns: 500 },
    )
  })

  test('a flipped bit in a structure never gives another key', () => {
    const curve = fc.constantFrom(...EC_CURVES)
    fc.assert(
      fc.property(curve, fc.nat(), fc.integer({ min: 0, max: 7 }), (kind, place, bit) => {
        const structure = spki(kind, keyOf(kind))
        const at = place % structure.length
        const reading = readPublicKey(structure.with(at, (structure[at] ?? 0) ^ (1 << bit)))
        expect(reading.kind).not.toBe('key')
      }),
      { numRuns: 500 },
    )
  })

  test('every form of a random key on a random curve gives that key', () => {
    const forms = fc.constantFrom(...FORMS)
    fc.assert(
      fc.property(fc.constantFrom(...EC_CURVES), forms, (curve, [, write, form, notes]) => {
        const { point } = makeEcKey(curve)
        const reading = readPublicKey(write(point, curve))
        expect(told(reading)).toEqual(sameKey(curve, point))
        expect(reading).toMatchObject({ form, notes })
      }),
      { numRuns: 400 },
    )
  })

  test('hostile texts of the greatest length are answered at once', () => {
    const length = LIMITS.keyTextBytes
    const hostile = [
      '-----BEGIN '.repeat(length / 11),
      '\n '.repeat(length / 2),
      '"'.repeat(length - 1) + 'x',
      '04'.repeat(length / 2),
      `04${'00'.repeat(length / 2 - 1)}`,
      '30'.repeat(length / 2),
      '{"UK":'.repeat(length / 6),
      `${toHex(compressed('secp224r1', keyOf('secp224r1')))}\n`.repeat(length / 59),
      pem('PUBLIC KEY', spki('secp521r1', keyOf('secp521r1'))).repeat(length / 300),
    ]
    for (const text of hostile) {
      const seconds = stopwatch()
      expect(readPublicKeys(text.slice(0, length)).length).toBeGreaterThan(0)
      expect(seconds()).toBeLessThan(5)
    }
  })
})

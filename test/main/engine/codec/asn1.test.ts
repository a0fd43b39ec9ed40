import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  TAG,
  bitStringOctets,
  encodeElement,
  encodeOid,
  encodeUnsigned,
  expectTag,
  oidText,
  readElement,
  readElements,
} from '../../../../src/main/engine/codec/asn1.ts'
import { SyntaxProblem } from '../../../../src/main/engine/codec/decode-error.ts'
import { toHex } from '../../../../src/shared/hex.ts'

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'))
const anyBytes = fc.uint8Array({ maxLength: 200 })

/** What was thrown; null where nothing was. */
function thrownBy(read: () => unknown): unknown {
  try {
    read()
    return null
  } catch (error) {
    return error
  }
}

describe('reading elements', () => {
  test('an element ends where its length says, and what follows is left alone', () => {
    const element = readElement(bytes('0201070500'))
    expect(element).toMatchObject({ tag: TAG.integer, from: 0, to: 3, minimalLength: true })
    expect(toHex(element.content)).toBe('07')
  })

  test('the content is a view into the bytes read', () => {
    const source = bytes('040201ff')
    expect(readElement(source).content.buffer).toBe(source.buffer)
  })

  test.each([
    ['8101', 1, false],
    ['820001', 1, false],
    ['8400000001', 1, false],
    ['7f', 127, true],
    ['8180', 128, true],
    ['82007f', 127, false],
    ['820100', 256, true],
  ])('the length octets %s are the shortest for %i bytes: %s', (length, size, minimal) => {
    const element = readElement(
      Uint8Array.from([0x30, ...bytes(length), ...bytes('00'.repeat(size))]),
    )
    expect(element.content.length).toBe(size)
    expect(element.minimalLength).toBe(minimal)
  })

  test.each([
    ['', 0],
    ['30', 1],
    ['3001', 0],
    ['3080020100', 1],
    ['3082', 2],
    ['308500000000010a', 1],
    ['1f8101020304', 0],
  ])('bytes that are no element of definite length are refused at their place: %s', (hex, at) => {
    expect(thrownBy(() => readElement(bytes(hex)))).toMatchObject({
      name: 'SyntaxProblem',
      offset: at,
    })
  })

  test('the elements inside another one must fill it', () => {
    const source = bytes('ff3006020105020106')
    const parent = readElement(source, 1)
    expect(readElements(source, parent).map(({ from, to }) => [from, to])).toEqual([
      [3, 6],
      [6, 9],
    ])
    const broken = bytes('3005020105020106')
    expect(thrownBy(() => readElements(broken, readElement(broken)))).toMatchObject({
      name: 'SyntaxProblem',
      offset: 5,
    })
  })

  test('a missing element and one of another type are refused', () => {
    const [element] = [readElement(bytes('0500'))]
    expect(thrownBy(() => expectTag(element, TAG.oid))).toMatchObject({
      name: 'SyntaxProblem',
      offset: 0,
    })
    expect(() => expectTag(undefined, TAG.oid)).toThrow(SyntaxProblem)
  })

  test('any bytes are read or refused with a place, never anything else', () => {
    fc.assert(
      fc.property(anyBytes, (source) => {
        const thrown = thrownBy(() => readElements(source, readElement(source)))
        expect(thrown === null || thrown instanceof SyntaxProblem).toBe(true)
      }),
    )
  })
})

describe('values', () => {
  test.each([
    ['06072a8648ce3d0201', '1.2.840.10045.2.1'],
    ['06082a8648ce3d030101', '1.2.840.10045.3.1.1'],
    ['06052b8104001f', '1.3.132.0.31'],
    ['06092b2403030208010107', '1.3.36.3.3.2.8.1.1.7'],
    ['06032b6570', '1.3.101.112'],
    ['0609608648016503040311', '2.16.840.1.101.3.4.3.17'],
    ['0603883703', '2.999.3'],
  ])('the object identifier %s is %s', (hex, text) => {
    expect(oidText(readElement(bytes(hex)))).toBe(text)
    expect(toHex(encodeOid(text))).toBe(hex)
  })

  test('an arc beyond 53 bits keeps all its digits', () => {
    const oid = readElement(bytes('060b6981ffffffffffffffff7f'))
    expect(oidText(oid)).toBe(`2.25.${2n ** 64n - 1n}`)
  })

  test.each(['0600', '06022a80', '0603550480', '0603805504'])(
    'an object identifier that is empty, padded or cut off is refused: %s',
    (hex) => {
      expect(() => oidText(readElement(bytes(hex)))).toThrow(SyntaxProblem)
    },
  )

  test('a bit string of whole octets gives them; others are refused', () => {
    expect(toHex(bitStringOctets(readElement(bytes('03030004ab'))))).toBe('04ab')
    expect(() => bitStringOctets(readElement(bytes('03020304')))).toThrow(SyntaxProblem)
    expect(() => bitStringOctets(readElement(bytes('0300')))).toThrow(SyntaxProblem)
  })
})

describe('writing elements', () => {
  test.each([
    ['', '020100'],
    ['00', '020100'],
    ['0000', '020100'],
    ['7f', '02017f'],
    ['80', '02020080'],
    ['00ff', '020200ff'],
    ['0001', '020101'],
  ])('the unsigned number %s is written as %s', (magnitude, der) => {
    expect(toHex(encodeUnsigned(bytes(magnitude)))).toBe(der)
  })

  test('what was written reads back with the shortest length', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70_000 }), (content) => {
        const element = readElement(encodeElement(TAG.octetString, content))
        expect(element.minimalLength).toBe(true)
        expect(Buffer.compare(element.content, content)).toBe(0)
      }),
      { numRuns: 50 },
    )
  })
})

import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  byteText,
  fileText,
  utf8Bytes,
  utf8Text,
  utf8TextLenient,
} from '../../../../src/main/engine/codec/text.ts'

const text = fc.string({ unit: 'binary', maxLength: 40 })

function utf16(value: string, littleEndian: boolean, bom: boolean): Uint8Array {
  const units = `${bom ? '\ufeff' : ''}${value}`.split('').map((unit) => unit.charCodeAt(0))
  const view = new DataView(new ArrayBuffer(2 * units.length))
  for (const [index, unit] of units.entries()) view.setUint16(2 * index, unit, littleEndian)
  return new Uint8Array(view.buffer)
}

describe('UTF-8', () => {
  test('text survives as bytes, as Buffer writes them', () => {
    fc.assert(
      fc.property(text, (value) => {
        expect(utf8Bytes(value)).toEqual(Uint8Array.from(Buffer.from(value, 'utf8')))
        expect(utf8Text(utf8Bytes(value))).toBe(value)
        expect(utf8TextLenient(utf8Bytes(value))).toBe(value)
      }),
    )
  })

  test.each([
    ['a lone continuation byte', [0x80]],
    ['an overlong slash', [0xc0, 0xaf]],
    ['an overlong NUL', [0xc0, 0x80]],
    ['half of a pair', [0xed, 0xa0, 0x80]],
    ['a character beyond Unicode', [0xf4, 0x90, 0x80, 0x80]],
    ['a sequence cut short', [0xe2, 0x82]],
    ['a byte that UTF-8 never has', [0xff]],
  ])('%s is refused, or replaced where that is asked for', (_, bytes) => {
    expect(utf8Text(Uint8Array.from(bytes))).toBeNull()
    expect(utf8TextLenient(Uint8Array.from([0x61, ...bytes]))).toMatch(/^a\ufffd+$/)
  })

  test('a byte order mark stays where nobody takes it away', () => {
    expect(utf8Text(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61))).toBe('\ufeffa')
  })
})

describe('one character for each byte', () => {
  test('positions are byte offsets, and ASCII is itself', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const characters = byteText(bytes)
        expect(characters.length).toBe(bytes.length)
        const wrong = [...bytes.entries()].filter(([at, byte]) => {
          const code = characters.charCodeAt(at)
          return byte < 0x80 ? code !== byte : code < 0x80
        })
        expect(wrong).toEqual([])
      }),
    )
  })

  test('no two bytes look alike', () => {
    const all = byteText(Uint8Array.from({ length: 256 }, (_, byte) => byte))
    expect(new Set(all.split('')).size).toBe(256)
  })
})

describe('text of a file', () => {
  test('in UTF-8 is read with and without a mark', () => {
    fc.assert(
      fc.property(text, (value) => {
        fc.pre(!/[\0\ufffe\uffff]/.test(value.slice(0, 8)) && !value.startsWith('\ufeff'))
        const bytes = utf8Bytes(value)
        expect(fileText(bytes)).toEqual({ text: value, bom: false, encoding: 'utf-8' })
        const marked = Uint8Array.from([0xef, 0xbb, 0xbf, ...bytes])
        expect(fileText(marked)).toEqual({ text: value, bom: true, encoding: 'utf-8' })
      }),
    )
  })

  test.each([
    ['utf-16le', true],
    ['utf-16be', false],
  ] as const)('in %s is read with a mark', (encoding, littleEndian) => {
    fc.assert(
      fc.property(text, (value) => {
        const bytes = utf16(value, littleEndian, true)
        expect(fileText(bytes)).toEqual({ text: value, bom: true, encoding })
      }),
    )
  })

  test.each([
    ['utf-16le', true],
    ['utf-16be', false],
  ] as const)(
    'in %s is recognised without a mark by its zeros beside ASCII',
    (encoding, little) => {
      const value = '<values>ü€</values>'
      expect(fileText(utf16(value, little, false))).toEqual({ text: value, bom: false, encoding })
    },
  )

  test('in UTF-16 with half a pair, or half a unit, is none', () => {
    expect(fileText(Uint8Array.of(0xff, 0xfe, 0x00, 0xd8))).toBeNull()
    expect(fileText(Uint8Array.of(0xff, 0xfe, 0x61))).toBeNull()
    expect(fileText(Uint8Array.of(0xfe, 0xff, 0x00, 0x61, 0x62))).toBeNull()
  })

  test.each(['ISO-8859-1', 'iso-8859-1', 'latin1', 'latin-1', 'Windows-1252'])(
    'in the alphabet that XML names as %s is read so',
    (name) => {
      const head = utf8Bytes(`<?xml version="1.0" encoding="${name}"?><a>`)
      const file = fileText(Uint8Array.from([...head, 0xfc, 0x3c, 0x2f, 0x61, 0x3e]))
      expect(file?.encoding).toBe('windows-1252')
      expect(file?.text).toMatch(/<a>ü<\/a>$/)
    },
  )

  test.each([
    ['bytes of no text', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0xff]],
    ['Latin-1 without a word about it', [0x61, 0xfc, 0x62]],
  ])('%s are none', (_, bytes) => {
    expect(fileText(Uint8Array.from(bytes))).toBeNull()
  })

  test('an encoding named late, or not by XML, does not count', () => {
    const late = utf8Bytes(`<?xml ${' '.repeat(200)} encoding="iso-8859-1"?>`)
    expect(fileText(Uint8Array.from([...late, 0xfc]))).toBeNull()
    const note = utf8Bytes('encoding="iso-8859-1"')
    expect(fileText(Uint8Array.from([...note, 0xfc]))).toBeNull()
  })

  test('any bytes are text or none, never an exception', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        const file = fileText(bytes)
        expect(file === null || typeof file.text === 'string').toBe(true)
      }),
    )
  })
})

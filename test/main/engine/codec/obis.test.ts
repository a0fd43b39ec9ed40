import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type ObisCode,
  obisFromBytes,
  parseObis,
  registerKind,
} from '../../../../src/main/engine/codec/obis.ts'
import { toHex } from '../../../../src/shared/hex.ts'

function code(text: string): ObisCode {
  const found = parseObis(text)
  if (found === null) throw new Error(`no OBIS code: ${text}`)
  return found
}

const groups = fc.uint8Array({ minLength: 6, maxLength: 6 })

describe('codes as devices write them', () => {
  test.each([
    ['1-0:1.8.0*198', '1-0:1.8.0*198', 'decimal'],
    ['1-0:1.8.0', '1-0:1.8.0*255', 'decimal'],
    ['1-b:1.8.e', '1-0:1.8.0*255', 'decimal'],
    ['1-b:1.9.0', '1-0:1.9.0*255', 'decimal'],
    ['1-255:1.8.0*0', '1-255:1.8.0*0', 'decimal'],
    ['001-000:001.008.000*255', '1-0:1.8.0*255', 'decimal'],
    ['01-00:B3.08.00*FF', '1-0:179.8.0*255', 'hexadecimal'],
    ['01-00:98.08.00.FF', '1-0:152.8.0*255', 'hexadecimal'],
    ['01-0b:b2.08.00*ff', '1-11:178.8.0*255', 'hexadecimal'],
    ['01-00:01.08.00*FF', '1-0:1.8.0*255', 'hexadecimal'],
  ] as const)('%s is %s, %s', (text, canonical, notation) => {
    expect(code(text)).toMatchObject({ canonical, notation })
  })

  test.each([
    '',
    '0100010800FF',
    '1-0:98.8.0.FF',
    '1-b',
    '1-B:1.8.0',
    '1-0:1.8.E',
    '1-0:b.8.0',
    '1-0:1.8',
    '1-0:1.8.0*',
    '1-0:1.8.0*256',
    '256-0:1.8.0',
    '1-0:1.8.0.255',
    '1-0:1.8.0*1980',
    ' 1-0:1.8.0',
    '1-0:1.8.0\n',
    '1.8.0',
    '1-0:1,8,0',
    '01-00:B3.08.00*F',
    '01-00:B3.08.00',
    '01-00:B3.08.00-FF',
    '01-00:G3.08.00*FF',
    '١-0:1.8.0',
  ])('%j is no code', (text) => {
    expect(parseObis(text)).toBeNull()
  })

  test('six bytes written in either notation are the same code', () => {
    fc.assert(
      fc.property(groups, (bytes) => {
        const [a, b, c, d, e, f] = bytes
        const [ha, hb, hc, hd, he, hf] = toHex(bytes).match(/../g) ?? []
        const canonical = `${a}-${b}:${c}.${d}.${e}*${f}`
        const expected = { a, b, c, d, e, f, canonical }
        expect(obisFromBytes(bytes)).toMatchObject(expected)
        for (const separator of ['*', '.']) {
          const text = `${ha}-${hb}:${hc}.${hd}.${he}${separator}${hf}`
          expect(parseObis(text)).toEqual({ ...expected, notation: 'hexadecimal' })
          expect(parseObis(text.toUpperCase())).toEqual({ ...expected, notation: 'hexadecimal' })
        }
      }),
    )
  })

  test('a code in canonical form is itself, unless it looks hexadecimal', () => {
    fc.assert(
      fc.property(groups, (bytes) => {
        const canonical = obisFromBytes(bytes)?.canonical ?? ''
        const twoDigits = bytes.every((group) => group >= 10 && group <= 99)
        fc.pre(!twoDigits)
        expect(code(canonical)).toMatchObject({ canonical, notation: 'decimal' })
      }),
    )
  })

  test('fewer or more than six bytes are no code', () => {
    expect(obisFromBytes(new Uint8Array(5))).toBeNull()
    expect(obisFromBytes(new Uint8Array(7))).toBeNull()
  })

  test('any text is read or refused', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...Array.from('01be-:.*F')) }), (text) => {
        const found = parseObis(text)
        expect(found === null || parseObis(found.canonical)?.canonical === found.canonical).toBe(
          true,
        )
      }),
    )
  })
})

describe('what a register counts', () => {
  test.each([
    ['1-0:1.8.0', 'total'],
    ['1-0:1.8.0*255', 'total'],
    ['1-b:1.8.e', 'total'],
    ['1-0:1.8.1', 'total'],
    ['01-00:01.08.00*FF', 'total'],
    ['1-0:1.8.0*198', 'mains-transaction'],
    ['01-00:01.08.00*C6', 'total'],
    ['1-0:2.8.0', 'export-total'],
    ['1-b:2.8.e', 'export-total'],
    ['01-00:B0.08.00*FF', 'mains-total'],
    ['01-0B:B1.08.00*FF', 'device-total'],
    ['01-00:B2.08.00*FF', 'mains-transaction'],
    ['01-00:B3.08.00*FF', 'device-transaction'],
    ['01-00:C0.08.00*FF', 'export-mains-total'],
    ['01-00:C1.08.00*FF', 'export-device-total'],
    ['01-00:C2.08.00*FF', 'export-mains-transaction'],
    ['01-00:C3.08.00*FF', 'export-device-transaction'],
    ['01-00:98.08.00.FF', 'device-transaction'],
    ['1-0:179.8.0', 'other'],
    ['1-0:152.8.0', 'other'],
    ['1-0:98.8.0', 'other'],
    ['01-00:9C.08.00.FF', 'other'],
    ['01-00:9E.08.00.FF', 'other'],
    ['01-00:B4.08.00*FF', 'other'],
    ['1-b:1.9.0', 'other'],
    ['01-00:00.08.06.FF', 'other'],
    ['01-00:8C.07.00.FF', 'other'],
    ['0-0:1.8.0', 'other'],
    ['1-0:3.8.0', 'other'],
  ] as const)('%s: %s', (text, kind) => {
    expect(registerKind(code(text))).toBe(kind)
  })
})

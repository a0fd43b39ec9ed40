/**
 * Damage as it was met in an edition of the register: eighteen cells of 414 were no keys. These
 * are damaged in the same ways, with throw-away keys in the place of the real ones.
 */
import { describe, expect, test } from 'vitest'
import { toBase32 } from '../../../../src/main/engine/codec/base32.ts'
import { toBase64 } from '../../../../src/main/engine/codec/base64.ts'
import {
  CURVES,
  type EcCurveId,
  curveParameters,
  toInteger,
} from '../../../../src/main/engine/signature/curves.ts'
import { compressPoint } from '../../../../src/main/engine/signature/key-bytes.ts'
import { differences, suggestKey } from '../../../../src/main/engine/signature/key-repair.ts'
import { cubicRoots } from '../../../../src/main/engine/signature/polynomial.ts'
import {
  fingerprint,
  readPublicKey,
  spki,
} from '../../../../src/main/engine/signature/public-key.ts'
import { inGroupsOfFour, toHex } from '../../../../src/shared/hex.ts'
import { KEY_KINDS } from '../../../../src/shared/model/key.ts'
import { isEcCurve } from '../../../../src/main/engine/signature/curves.ts'
import { throwAwayKey } from '../../../tools/sign.ts'

const pointOf = (curve: EcCurveId, seed: string) => throwAwayKey(curve, `repair ${seed}`).point

/** @returns another digit or letter in the place of the one at `at`, from 0 */
function replaced(text: string, at: number, by?: string): string {
  const old = text[at] ?? ''
  const other = by ?? (Number.parseInt(old, 16) ^ 5).toString(16)
  return text.slice(0, at) + other + text.slice(at + 1)
}
function swapped(text: string, from: number): string {
  let at = from
  while (text[at] === text[at + 1]) at++
  return `${text.slice(0, at)}${text[at + 1]}${text[at]}${text.slice(at + 2)}`
}
const without = (text: string, at: number, count = 1) => text.slice(0, at) + text.slice(at + count)

const xy = (seed: string) => toHex(pointOf('secp192r1', seed).subarray(1))
const base64 = (seed: string) => toBase64(spki('secp256r1', pointOf('secp256r1', seed)))
/** A letter that stands for others in the same place: the next one of the alphabet. */
const nextLetter = (text: string, at: number) =>
  replaced(
    text,
    at,
    String.fromCodePoint(
      (text.codePointAt(at) ?? 65) === 90 ? 65 : 65 + (((text.codePointAt(at) ?? 65) + 1) % 26),
    ),
  )

/** The eighteen: what is printed, the key that was meant, and whether it can be found. */
const CELLS: [string, string, EcCurveId, string, boolean][] = [
  ['1', replaced(xy('1'), 3), 'secp192r1', '1', true],
  ['2', replaced(xy('2'), 20), 'secp192r1', '2', true],
  ['3', replaced(xy('3'), 47), 'secp192r1', '3', true],
  ['4', replaced(xy('4'), 48), 'secp192r1', '4', true],
  ['5', replaced(xy('5'), 70), 'secp192r1', '5', true],
  ['6', replaced(xy('6'), 95), 'secp192r1', '6', true],
  ['7, a letter that is no digit', replaced(xy('7'), 67, 'g'), 'secp192r1', '7', true],
  ['8, two digits swapped', swapped(xy('8'), 10), 'secp192r1', '8', true],
  ['9, two digits swapped', swapped(xy('9'), 80), 'secp192r1', '9', true],
  ['10, two digits of one half', replaced(replaced(xy('10'), 5), 31), 'secp192r1', '10', true],
  ['11, header misread', replaced(base64('11'), 11, 'l'), 'secp256r1', '11', true],
  [
    '12, header and one letter',
    nextLetter(replaced(base64('12'), 11, 'l'), 90),
    'secp256r1',
    '12',
    true,
  ],
  ['13, header lacks two letters', without(base64('13'), 5, 2), 'secp256r1', '13', true],
  ['14, header lacks two letters', without(without(base64('14'), 20), 9), 'secp256r1', '14', true],
  ['15, cut to 92 digits', xy('15').slice(0, 92), 'secp192r1', '15', false],
  ['16, cut to 91 digits', xy('16').slice(0, 91), 'secp192r1', '16', false],
  [
    '17, both halves',
    nextLetter(nextLetter(replaced(base64('17'), 11, 'l'), 50), 100),
    'secp256r1',
    '17',
    false,
  ],
  [
    '18, both halves',
    nextLetter(nextLetter(replaced(base64('18'), 11, 'l'), 60), 110),
    'secp256r1',
    '18',
    false,
  ],
]

describe('the eighteen damaged cells', () => {
  test.each(CELLS)('%s', (_, printed, curve, seed, repairable) => {
    expect(readPublicKey(printed).kind).not.toBe('key')
    const meant = fingerprint(curve, pointOf(curve, seed))
    expect(suggestKey(printed)?.fingerprint).toBe(repairable ? meant : undefined)
  })

  test('fourteen of them can be mended', () => {
    expect(CELLS.filter(([, , , , repairable]) => repairable)).toHaveLength(14)
  })
})

const EC = KEY_KINDS.filter(isEcCurve)

describe.each(EC)('%s', (curve) => {
  const point = pointOf(curve, 'any')
  const meant = fingerprint(curve, point)
  const hex = toHex(point.subarray(1))
  const middle = hex.length / 2

  test.each([
    ['replaced in x', replaced(hex, 7)],
    ['replaced in y', replaced(hex, middle + 7)],
    ['missing in x', without(hex, 9)],
    ['missing in y', without(hex, middle + 9)],
    ['doubled in x', `${hex.slice(0, 12)}${hex[11]}${hex.slice(12)}`],
    ['doubled in y', `${hex.slice(0, middle + 12)}${hex[middle + 11]}${hex.slice(middle + 12)}`],
    ['swapped in x', swapped(hex, 15)],
    ['swapped in y', swapped(hex, middle + 15)],
  ])('one digit %s', (_, printed) => {
    const found = suggestKey(inGroupsOfFour(printed).toUpperCase())
    expect(found?.fingerprint).toBe(meant)
    expect(found?.edits).toHaveLength(1)
    expect(found?.text).toBe(hex)
  })

  test('in base64, and with the structure around it', () => {
    const text = toBase64(spki(curve, point))
    const at = text.length - 20
    expect(suggestKey(replaced(text, at, text[at] === 'k' ? 'K' : 'k'))?.fingerprint).toBe(meant)
    expect(suggestKey(replaced(toHex(spki(curve, point)), 15))?.fingerprint).toBe(meant)
  })
})

describe('what is said of a suggestion', () => {
  const hex = xy('words')
  test.each([
    [replaced(hex, 16, 'g'), [{ kind: 'replaced', at: 17, printed: 'g', meant: hex[16] }]],
    [without(hex, 40), [{ kind: 'missing', at: 41, printed: '', meant: hex[40] }]],
  ])('%s', (printed, edits) => {
    expect(suggestKey(printed)?.edits).toEqual(edits)
  })

  test('letters for digits everywhere are no more than that', () => {
    const printed = hex.replaceAll('0', 'O').replaceAll('1', 'l').replaceAll('5', 'S')
    const found = suggestKey(printed)
    expect(found?.fingerprint).toBe(fingerprint('secp192r1', pointOf('secp192r1', 'words')))
    expect(found?.edits.every(({ kind }) => kind === 'replaced')).toBe(true)
  })
})

describe('nothing is suggested', () => {
  test.each([
    ['', 'nothing'],
    ['1HAG1000376166', 'a serial number'],
    ['0'.repeat(96), 'zeros'],
    ['abc '.repeat(24), 'no point'],
    [toBase32(compressPoint(pointOf('secp192r1', 'x'))).replace(/A/, 'B'), 'a compressed point'],
    ['x'.repeat(100_000), 'far too long'],
    [replaced(replaced(replaced(replaced(xy('far'), 3), 13), 23), 33), 'four digits'],
  ])('for %s (%s)', (printed) => {
    expect(suggestKey(printed)).toBeNull()
  })

  test('for random digits', () => {
    for (let i = 0; i < 40; i++) {
      const seed = toHex(throwAwayKey('secp384r1', `noise ${i}`).point.subarray(1))
      expect(suggestKey(seed.slice(0, 96 + (i % 3)))).toBeNull()
    }
  })
})

test.each([
  ['abcd', 'abcd', 0],
  ['abcd', 'abxd', 1],
  ['abcd', 'bacd', 1],
  ['abcd', 'abd', 1],
  ['abcd', 'abccd', 1],
  ['abcd', 'dcba', 3],
])('%s and %s differ in %i slips', (printed, meant, count) => {
  expect(differences(printed, meant, 4)).toHaveLength(count)
})

test('the roots of a cubic are all there and nothing else', () => {
  for (const curve of EC) {
    const { p, a, b } = curveParameters(curve)
    const bytes = CURVES[curve].bytes
    const point = pointOf(curve, 'roots')
    const [x, y] = [toInteger(point.subarray(1, 1 + bytes)), toInteger(point.subarray(1 + bytes))]
    const roots = cubicRoots(a, b - y * y, p)
    expect(roots).toContain(x)
    expect(new Set(roots).size).toBe(roots.length)
    for (const root of roots) expect((root ** 3n + a * root + b - y * y) % p).toBe(0n)
  }
  // (x − 1)(x − 2)(x + 3) = x³ − 7x + 6
  expect(cubicRoots(-7n, 6n, 101n)).toEqual(expect.arrayContaining([1n, 2n, 98n]))
  expect(cubicRoots(0n, 1n, 7n)).toHaveLength(3)
  expect(cubicRoots(0n, 2n, 7n)).toEqual([])
})

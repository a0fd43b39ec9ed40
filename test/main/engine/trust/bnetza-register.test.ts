import { describe, expect, test } from 'vitest'
import { compressPoint } from '../../../../src/main/engine/signature/key-bytes.ts'
import { spki } from '../../../../src/main/engine/signature/public-key.ts'
import { toBase32 } from '../../../../src/main/engine/codec/base32.ts'
import { toBase64 } from '../../../../src/main/engine/codec/base64.ts'
import {
  RegisterReader,
  dateInName,
  delimiterOf,
  evseForms,
  isoDate,
} from '../../../../src/main/engine/trust/bnetza-register.ts'
import { toHex } from '../../../../src/shared/hex.ts'
import { throwAwayKey } from '../../../tools/sign.ts'

const P192 = throwAwayKey('secp192r1').point
const P256 = throwAwayKey('secp256r1').point
const K256 = throwAwayKey('secp256k1').point
const groups = (text: string, by: string, size = 4) =>
  text.match(new RegExp(`.{1,${size}}`, 'g'))?.join(by) ?? ''

const HEADER = [
  'Ladeeinrichtungs-ID',
  'Betreiber',
  'Postleitzahl',
  'Ort',
  'EVSE-ID1',
  'Public Key1',
]

function readRow(
  row: readonly string[],
  header: readonly string[] = HEADER,
  kind: 'csv' | 'xlsx' = 'csv',
) {
  const reader = new RegisterReader(kind)
  reader.row(header, 1)
  const read = reader.row(row, 2)
  if (read === null) throw new Error('no row')
  return read
}
const readKey = (printed: string) => {
  const { station, trouble } = readRow(['1', 'A', '01067', 'Dresden', '', printed])
  const keys = station.points.flatMap((point) => point.keys)
  return { keys: keys.map(({ curve, point, form }) => [curve, toHex(point), form]), trouble }
}

describe('key cells as they are printed', () => {
  const xy = toHex(P192.subarray(1))
  const hex256 = toHex(spki('secp256r1', P256))
  const base32 = toBase32(compressPoint(P192))
  test.each([
    ['hex, bare x and y', xy.toUpperCase(), 'secp192r1', P192, 'xy-hex'],
    [
      'in groups, small b and d of a display',
      groups(xy.toUpperCase(), ' ').replaceAll('B', 'b').replaceAll('D', 'd'),
      'secp192r1',
      P192,
      'xy-hex',
    ],
    ['in lines of six groups', groups(groups(xy, ' '), '\n', 30), 'secp192r1', P192, 'xy-hex'],
    ['in groups of two sizes', groups(xy, ' ', 8).replace(' ', ''), 'secp192r1', P192, 'xy-hex'],
    ['groups parted by semicolons', groups(xy, ';'), 'secp192r1', P192, 'xy-hex'],
    [
      'base64 of x and y with a line break',
      `${toBase64(P192.subarray(1))}\n`,
      'secp192r1',
      P192,
      'xy-base64',
    ],
    ['hex SPKI, upper case', hex256.toUpperCase(), 'secp256r1', P256, 'spki-hex'],
    ['hex SPKI in lines', groups(groups(hex256, ' '), '\n', 30), 'secp256r1', P256, 'spki-hex'],
    ['hex SPKI of secp256k1', toHex(spki('secp256k1', K256)), 'secp256k1', K256, 'spki-hex'],
    ['hex SPKI of P-192', toHex(spki('secp192r1', P192)), 'secp192r1', P192, 'spki-hex'],
    ['an uncompressed point', toHex(P256).toUpperCase(), 'secp256r1', P256, 'raw04-hex'],
    ['base64 SPKI', `${toBase64(spki('secp256r1', P256))}\n`, 'secp256r1', P256, 'spki-base64'],
    ['base32 of a compressed point', base32, 'secp192r1', P192, 'compressed-base32'],
    [
      'the same in groups behind a blank',
      ` ${groups(base32, ' ')}`,
      'secp192r1',
      P192,
      'compressed-base32',
    ],
  ])('%s', (_, printed, curve, point, form) => {
    expect(readKey(printed)).toEqual({ keys: [[curve, toHex(point), form]], trouble: [] })
  })

  test('several keys in one cell are all taken', () => {
    const { keys, trouble } = readKey(`${xy}\n\n${toHex(K256)}`)
    expect(keys.map(([curve]) => curve)).toEqual(['secp192r1', 'secp256k1'])
    expect(trouble).toEqual([])
  })

  test.each([
    ['1HAG1000376166', 'no-key'],
    ['BG 5529-3', 'no-key'],
    ['G92147*1', 'no-key'],
    ['Road', 'no-key'],
    [xy.replace(/^./, (digit) => (digit === '0' ? '1' : '0')), 'not-on-curve'],
    [xy.replace(/^(.{67})./, '$1g'), 'damaged'],
    [xy.slice(0, 92), 'length'],
    [
      toBase64(spki('secp256r1', P256)).replace('MFkwEwYHKoZI', 'MFkwEwYHKoZl'),
      'unsupported-curve',
    ],
  ])('%s is no key: %s', (printed, reason) => {
    expect(readKey(printed)).toEqual({
      keys: [],
      trouble: [{ column: 'Public Key1', reason, printed }],
    })
  })
})

describe('rows', () => {
  test('groups of a key that an unquoted semicolon parted are joined again', () => {
    const parts = groups(toHex(P192.subarray(1)), ';').split(';')
    const { station, trouble } = readRow(['1', 'A', '01067', 'Dresden', 'DEABCE1', ...parts])
    expect(station.points[0]?.keys).toHaveLength(1)
    expect(trouble).toEqual([])
  })

  test('with too many or too few fields are told, and read as far as they go', () => {
    const long = readRow(['1', 'A', '01067', 'Dresden', '', '', 'more'])
    expect(long.trouble).toEqual([{ column: '', reason: 'long-row', printed: 'more' }])
    const short = readRow(['1', 'A', '01067', 'Dresden'])
    expect(short.trouble).toEqual([
      { column: '', reason: 'short-row', printed: '1;A;01067;Dresden' },
    ])
    expect(short.station.fields.place).toBe('Dresden')
    expect(readRow(['1', 'A', '01067', 'Dresden'], HEADER, 'xlsx').trouble).toEqual([])
  })

  test('a formula in the place of a key is no key', () => {
    const reader = new RegisterReader('xlsx')
    reader.row(HEADER, 1)
    const read = reader.row(['1', 'A', '', '', '', toHex(P256)], 2, [5])
    expect(read?.trouble[0]?.reason).toBe('formula')
    expect(read?.station.points[0]?.keys).toEqual([])
  })

  test('the address of 2017 in one column is taken apart', () => {
    const header = [
      'Betreiber',
      'Standort',
      'Längengrad [DG]',
      'Breitengrad [DG]',
      'Steckertypen 1',
    ]
    const { fields } = readRow(
      ['A', 'Am Berg 1, 72535 Heroldstatt', '9,659', '48,442', 'AC'],
      header,
    ).station
    expect(fields).toMatchObject({
      street: 'Am Berg 1',
      postcode: '72535',
      place: 'Heroldstatt',
      latitude: '48.442',
      longitude: '9.659',
    })
  })

  test('what has no column of ours is kept under its name', () => {
    const { other } = readRow(
      ['A', 'AC', 'x'],
      ['Betreiber', 'Steckertypen 1', 'Bezahlsysteme'],
    ).station
    expect(other).toEqual({ Bezahlsysteme: 'x' })
  })
})

describe('the lines above the header', () => {
  const layoutOf = (...above: string[][]) => {
    const reader = new RegisterReader('csv')
    for (const [index, cells] of [...above, HEADER].entries()) reader.row(cells, index)
    return reader.layout()
  }

  test.each([
    [[['Ladesäulenregister'], ['Letzte Aktualisierung vom: 01.09.2026']], '2026-09-01'],
    [[['Liste der Ladesäulen'], ['Stand: 08.02.2019']], '2019-02-08'],
    [[['Liste der Ladesäulen'], ['Stand:', '43474']], '2019-01-09'],
    [[['Liste der Ladesäulen'], ['43474']], '2019-01-09'],
    [[['Ladesäulenregister'], ['gemeldet bis 2026']], null],
  ])('%j is of %s', (above, date) => {
    expect(layoutOf(...above)).toEqual({ date, notes: [] })
  })

  test('are missed where there are none', () => {
    expect(layoutOf().notes).toEqual(['no-preamble'])
  })

  test('no header within forty rows is no register', () => {
    const reader = new RegisterReader('csv')
    for (let i = 0; i < 39; i++) reader.row(['Name', 'Straße', 'Betreiber-Nr'], i)
    expect(reader.hopeless).toBe(false)
    reader.row(['x'], 40)
    expect([reader.begun, reader.hopeless]).toEqual([false, true])
  })
})

test.each([
  ['01.09.2026', '2026-09-01'],
  ['1.9.26', '2026-09-01'],
  ['2026-09-01', '2026-09-01'],
  ['2026-09-01T00:00:00', '2026-09-01'],
  ['46266', '2026-09-01'],
  ['31.02.2026', null],
  ['x', null],
  [null, null],
])('date %j is %s', (text, date) => {
  expect(isoDate(text)).toBe(date)
})

test('the name of a file tells its date', () => {
  expect(dateInName('Ladesaeulenregister_BNetzA_2026-09-01.csv')).toBe('2026-09-01')
  expect(dateInName('Ladesaeulenkarte_Datenbankauszug26.xlsx')).toBeNull()
})

test.each([
  ['a\nBetreiber;Ort;Public Key1\n', ';'],
  ['Betreiber,Straße,Ort;x\n', ','],
  ['Betreiber\tStraße\tOrt\n', '\t'],
])('the delimiter of %j is %j', (head, delimiter) => {
  expect(delimiterOf(head)).toBe(delimiter)
})

test.each([
  ['DE*ABC*E123*1', ['DEABCE1231']],
  ['\u00a0DEABCE1231\n', ['DEABCE1231']],
  ['DE*811*E135202CD*1001', ['DE811E135202CD1001']],
  ['DEABCE1231\nDEABCE1232', ['DEABCE1231', 'DEABCE1232']],
  ['1 Ladepunkt mit 11 kW', []],
  ['DE CSA', []],
  [null, []],
])('EVSE ids of %j are compared as %j', (text, forms) => {
  expect(evseForms(text)).toEqual(forms)
})

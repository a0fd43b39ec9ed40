import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DecodeError } from '../../../../src/main/engine/codec/decode-error.ts'
import {
  EDL_BLOCK_BYTES,
  EDL_FIELDS,
  EDL_REST,
  contractText,
  edlFields,
  edlReadings,
  edlRegister,
  meterNumber,
  meterOf,
} from '../../../../src/main/engine/codec/edl-block.ts'
import {
  bytesIn,
  clockText,
  fieldsIn,
  layout,
  numberIn,
  writeBlock,
} from '../../../../src/main/engine/codec/fixed-block.ts'
import { utf8Bytes } from '../../../../src/main/engine/codec/text.ts'
import { fromHex, toHex } from '../../../../src/shared/hex.ts'
import { toKWh } from '../../../../src/shared/model/reading.ts'

const hex = (text: string) => fromHex(text.replaceAll(' ', '')) ?? new Uint8Array()

const VALUES = {
  serverId: hex('0901454d480000000001'),
  timestamp: 1_700_000_000n,
  status: hex('08'),
  obis: hex('0100011100ff'),
  unit: 30n,
  scaler: -1n,
  value: 3275n,
}
const block = (changes: Record<string, bigint | Uint8Array> = {}) =>
  writeBlock(EDL_FIELDS, { ...VALUES, ...changes }, EDL_BLOCK_BYTES)

/** @returns code and field of what writing the block throws */
function refused(changes: Record<string, bigint | Uint8Array>): string | null {
  try {
    block(changes)
  } catch (error) {
    if (error instanceof DecodeError)
      return `${error.finding.code} ${error.finding.params['field']}`
    throw error
  }
  return null
}

describe('the block of 320 bytes', () => {
  test('has its fields where meters put them', () => {
    const places = EDL_FIELDS.map(({ name, from, bytes }) => `${name} ${from}+${bytes}`)
    expect(places).toEqual([
      'serverId 0+10',
      'timestamp 10+4',
      'status 14+1',
      'secondsIndex 15+4',
      'pagination 19+4',
      'obis 23+6',
      'unit 29+1',
      'scaler 30+1',
      'value 31+8',
      'logBook 39+2',
      'contractId 41+128',
      'contractTimestamp 169+4',
      'historicalRegister 173+8',
      'compensatedRegister 181+8',
      'lineResistance 189+2',
      'stopwatch 191+4',
      'price 195+2',
    ])
    expect(EDL_REST.from).toBe(197)
  })

  test('is written with the lowest byte first', () => {
    expect(toHex(block().subarray(10, 14))).toBe('00f15365')
    expect(toHex(block().subarray(31, 39))).toBe('cb0c000000000000')
    expect(toHex(block({ price: 0x1234n }).subarray(195, 197))).toBe('1234')
  })

  test('never takes what does not fit', () => {
    expect(refused({ value: 1n << 63n })).toBe('REC-WIDTH value')
    expect(refused({ value: (1n << 63n) - 1n })).toBeNull()
    expect(refused({ timestamp: 1n << 32n })).toBe('REC-WIDTH timestamp')
    expect(refused({ timestamp: -1n })).toBe('REC-WIDTH timestamp')
    expect(refused({ scaler: 128n })).toBe('REC-WIDTH scaler')
    expect(refused({ scaler: -129n })).toBe('REC-WIDTH scaler')
    expect(refused({ unit: 256n })).toBe('REC-WIDTH unit')
    expect(refused({ serverId: hex('09') })).toBe('REC-WIDTH serverId')
    expect(refused({ contractId: new Uint8Array(129) })).toBe('REC-WIDTH contractId')
    expect(refused({ contractId: new Uint8Array(128) })).toBeNull()
  })

  test('gives back every number that fits', () => {
    const fields = layout([
      ['a', 8, 'signed'],
      ['b', 4, 'unsigned'],
      ['c', 2, 'big-endian'],
    ])
    const [a, b, c] = fields
    if (a === undefined || b === undefined || c === undefined) throw new Error('no field')
    fc.assert(
      fc.property(
        fc.bigInt(-(1n << 63n), (1n << 63n) - 1n),
        fc.bigInt(0n, (1n << 32n) - 1n),
        fc.bigInt(0n, 65_535n),
        (x, y, z) => {
          const written = writeBlock(fields, { a: x, b: y, c: z }, 14)
          expect([numberIn(written, a), numberIn(written, b), numberIn(written, c)]).toEqual([
            x,
            y,
            z,
          ])
        },
      ),
    )
    for (let power = 0n; power < 63n; power++) {
      expect(numberIn(writeBlock(fields, { a: 1n << power }, 14), a)).toBe(1n << power)
    }
  })

  test('names each field once and lies inside the block', () => {
    for (const { range } of edlFields(block())) {
      expect(range?.to).toBeLessThanOrEqual(EDL_BLOCK_BYTES)
    }
    expect(fieldsIn(EDL_FIELDS, block()).map(({ name }) => name)).toEqual(
      EDL_FIELDS.map(({ name }) => name),
    )
  })
})

describe('a reading of the block', () => {
  test('is exact in kWh, whatever the power of ten', () => {
    const kWh = (value: bigint, scaler: bigint) => {
      const [reading] = edlReadings(block({ value, scaler }), 'begin')
      return reading?.quantity == null ? null : toKWh(reading.quantity)
    }
    expect(kWh(3275n, -1n)).toBe('0.3275')
    expect(kWh(3275n, 0n)).toBe('3.275')
    expect(kWh(3n, 127n)).toBe(`3${'0'.repeat(124)}.000`)
    expect(kWh(3n, -128n)).toBe(`0.${'0'.repeat(130)}3`)
    expect(kWh((1n << 63n) - 1n, -1n)).toBe('922337203685477.5807')
    expect(kWh(-1n, 0n)).toBe('-0.001')
  })

  test('of an unknown unit is no energy', () => {
    for (let unit = 0n; unit < 256n; unit++) {
      const [reading] = edlReadings(block({ unit }), 'begin')
      const energy = reading?.quantity == null ? null : toKWh(reading.quantity)
      expect([unit, energy === null]).toEqual([unit, unit !== 30n])
    }
  })

  test('of the register without cable loss goes before that of the meter', () => {
    const readings = edlReadings(block({ compensatedRegister: 3200n }), 'end')
    expect(
      readings.map(({ register, kind, quantity }) => [register, kind, quantity?.value]),
    ).toEqual([
      ['1-0:1.17.0*200', 'device-total', '320.0'],
      ['1-0:1.17.0*255', 'mains-total', '327.5'],
    ])
  })

  test('has the wall clock of the meter, and no offset', () => {
    const times = [0n, 1n, (1n << 31n) - 1n, 1n << 31n, (1n << 32n) - 1n].map(
      (timestamp) => edlReadings(block({ timestamp }), 'begin')[0]?.time,
    )
    expect(times.map((time) => time?.text)).toEqual([
      '1970-01-01 00:00:00',
      '1970-01-01 00:00:01',
      '2038-01-19 03:14:07',
      '2038-01-19 03:14:08',
      '2106-02-07 06:28:15',
    ])
    expect(times.map((time) => time?.offsetMin)).toEqual([null, null, null, null, null])
    expect(clockText(1_589_360_698n)).toBe('2020-05-13 09:04:58')
  })

  test('believes the meter about its clock and its faults', () => {
    const of = (status: string) => edlReadings(block({ status: hex(status) }), 'begin')[0]
    expect(of('08')).toMatchObject({ meterOk: true, time: { sync: 'informative' } })
    expect(of('88')).toMatchObject({ meterOk: true, time: { sync: 'informative' } })
    expect(of('00')).toMatchObject({ meterOk: true, time: { sync: 'unsynchronised' } })
    expect(of('09')).toMatchObject({ meterOk: false, status: 'edl.fault' })
  })

  test('counts energy in the registers 1.8 and 1.17, drawn or fed in, and in no other', () => {
    const kind = (obis: string) => edlRegister(hex(obis)).kind
    expect(kind('0100011100ff')).toBe('total')
    expect(kind('0100010800ff')).toBe('total')
    expect(kind('0100020800ff')).toBe('export-total')
    expect(kind('0100021100ff')).toBe('export-total')
    expect(kind('0100100700ff')).toBe('other')
    expect(edlRegister(hex('0100'))).toEqual({ text: '0100', kind: 'other' })
  })
})

describe('identities', () => {
  test('of meters are those of DIN 43863-5', () => {
    expect(meterNumber(hex('0901454d4800008f7ea0'))).toBe('1EMH0009404064')
    expect(meterNumber(hex('09014553591103956940'))).toBe('1ESY1160123456')
    expect(meterOf(hex('0a01454d480000ba05b4'))).toEqual({
      serial: '0A01454D480000BA05B4',
      vendor: 'EMH',
    })
    expect(meterNumber(hex('0901454d4800ffffffff'))).toBeNull()
    expect(meterNumber(hex('ff01454d480000000001'))).toBeNull()
    expect(meterOf(new Uint8Array(10))).toEqual({ serial: '0'.repeat(20), vendor: null })
  })

  test('of users are text where they are text, else digits', () => {
    expect(contractText(utf8Bytes('8057F5AA592904'))).toBe('8057F5AA592904')
    expect(contractText(hex('9110105ebb9be85c0dd8'))).toBe('9110105EBB9BE85C0DD8')
    expect(contractText(hex('00ff'))).toBe('00FF')
    expect(contractText(new Uint8Array())).toBeNull()
    expect(toHex(bytesIn(block({ contractId: hex('0102000300') }), field('contractId')))).toBe(
      '01020003',
    )
  })
})

function field(name: string) {
  const found = EDL_FIELDS.find((one) => one.name === name)
  if (found === undefined) throw new Error(name)
  return found
}

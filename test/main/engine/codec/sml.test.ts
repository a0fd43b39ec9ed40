import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { SyntaxProblem } from '../../../../src/main/engine/codec/decode-error.ts'
import {
  SML_LIMITS,
  type SmlElement,
  crc16,
  findTelegrams,
  readLists,
  readMessages,
  readTelegram,
} from '../../../../src/main/engine/codec/sml.ts'
import { utf8Bytes } from '../../../../src/main/engine/codec/text.ts'
import { fromHex, toHex } from '../../../../src/shared/hex.ts'
import {
  ABSENT,
  type Sml,
  answer,
  boolean,
  bytes,
  entry,
  list,
  localTime,
  message,
  octets,
  operating,
  signed,
  telegram,
  timestamp,
  unsigned,
} from '../../../tools/sml.ts'
import { stopwatch } from '../../../tools/stopwatch.ts'

const hex = (text: string) => fromHex(text.replaceAll(' ', '')) ?? new Uint8Array()

/** @returns the element, or the byte at which reading it fails */
function read(data: Uint8Array): SmlElement[] | number {
  try {
    return readMessages(data)
  } catch (error) {
    if (error instanceof SyntaxProblem) return error.offset
    throw error
  }
}

function limitOf(work: () => unknown): string | null {
  try {
    work()
  } catch (error) {
    if (error instanceof SyntaxProblem) return error.limit
    throw error
  }
  return 'none'
}

const VALUE = entry({
  name: hex('0100011100ff'),
  status: unsigned(8, 3),
  time: localTime(1_700_000_000, 60, 0),
  unit: unsigned(30, 1),
  scaler: signed(-1, 1),
  value: signed(12_345, 5),
})
const ANSWER = answer({
  serverId: octets(hex('0901454d480000000001')),
  sensorTime: operating(77),
  entries: [VALUE],
  signature: octets(new Uint8Array(50).fill(7)),
})

describe('the transport', () => {
  test('has the CRC of X.25, low byte first', () => {
    // The check value of the catalogue of CRC algorithms, CRC-16/IBM-SDLC.
    expect(crc16(utf8Bytes('123456789'))).toBe(0x906e)
    expect(readTelegram(telegram(ANSWER)).crcOk).toBe(true)
    expect(readTelegram(telegram(ANSWER, { crcMask: 1 })).crcOk).toBe(false)
  })

  test.each([1, 2] as const)('is read in version %i', (version) => {
    const { data, crcOk, ...found } = readTelegram(telegram(ANSWER, { version }))
    expect(found.version).toBe(version)
    expect(crcOk).toBe(true)
    expect(toHex(data)).toBe(toHex(ANSWER))
  })

  test('passes over the settings of version 2, which version 1 does not have', () => {
    const setting = hex('1b1b1b1b 03030064 1b1b1b1b 04040080')
    expect(toHex(readTelegram(telegram(ANSWER, { version: 2, setting })).data)).toBe(toHex(ANSWER))
    expect(() => readTelegram(telegram(ANSWER, { setting }))).toThrow(SyntaxProblem)
  })

  test('gives back any data, also such that are full of escapes', () => {
    const part = fc.oneof(
      fc.constantFrom(
        hex('1b'),
        hex('1b1b1b1b'),
        hex('1b1b1b1b01010101'),
        hex('1b1b1b1b1a000000'),
        hex('00'),
      ),
      fc.uint8Array({ maxLength: 6 }),
    )
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        // A telegram's data end with the end of a message; fill bytes are told from it by number.
        const data = bytes(...parts, 0x01)
        const [range, ...more] = findTelegrams(telegram(data))
        expect(more).toEqual([])
        expect(range).toEqual({ from: 0, to: telegram(data).length, whole: true })
        expect(toHex(readTelegram(telegram(data)).data)).toBe(toHex(data))
      }),
      { numRuns: 2000 },
    )
  })

  test('parts several telegrams, whatever stands between them', () => {
    const one = telegram(ANSWER)
    const many = bytes(hex('00ff1b1b'), one, one, hex('1b1b1b'), one.subarray(0, 40), one)
    const found = [...findTelegrams(many)]
    expect(found.map(({ whole }) => whole)).toEqual([true, true, false, true])
    const whole = found.filter((range) => range.whole)
    const texts = whole.map(({ from, to }) => toHex(many.subarray(from, to)))
    expect(texts).toEqual([one, one, one].map(toHex))
  })

  test('refuses fill bytes that are too many or not zero', () => {
    const one = telegram(bytes(ANSWER, ABSENT))
    const changed = (at: number, to: number) => Object.assign(one.slice(), { [at]: to })
    expect(() => readTelegram(changed(one.length - 3, 4))).toThrow(SyntaxProblem)
    expect(() => readTelegram(changed(one.length - 9, 1))).toThrow(SyntaxProblem)
  })

  test('is bounded', () => {
    const large = telegram(new Uint8Array(SML_LIMITS.bytes))
    expect(limitOf(() => readTelegram(large))).toBe('64 KiB')
  })
})

describe('elements', () => {
  test('have the lengths of the standard: one, two and more bytes', () => {
    expect(toHex(octets(new Uint8Array(10))).slice(0, 2)).toBe('0b')
    expect(toHex(octets(new Uint8Array(50))).slice(0, 4)).toBe('8304')
    expect(toHex(octets(new Uint8Array(66))).slice(0, 4)).toBe('8404')
    expect(toHex(octets(new Uint8Array(128))).slice(0, 4)).toBe('8802')
    for (const length of [0, 1, 13, 14, 15, 50, 253, 254, 4093, 5000]) {
      const content = new Uint8Array(length).fill(9)
      expect(read(octets(content))).toEqual([{ kind: 'octets', from: 0, bytes: content }])
    }
  })

  test('are integers of every width from 1 to 8 bytes, with their sign', () => {
    for (let width = 1; width <= 8; width++) {
      const bits = 8n * BigInt(width)
      for (const value of [0n, 1n, (1n << (bits - 1n)) - 1n, -1n, -(1n << (bits - 1n))]) {
        expect(read(signed(value, width))).toMatchObject([{ value, signed: true, width }])
        const positive = BigInt.asUintN(Number(bits), value)
        expect(read(unsigned(positive, width))).toMatchObject([{ value: positive, width }])
      }
    }
    for (let power = 0n; power < 64n; power++) {
      expect(read(unsigned(1n << power, 8))).toMatchObject([{ value: 1n << power }])
    }
    expect(read(hex('51'))).toBe(0)
    expect(read(unsigned(1, 9))).toBe(0)
  })

  test('are truth values of one byte', () => {
    expect(read(boolean(true))).toEqual([{ kind: 'boolean', from: 0, value: true }])
    expect(read(hex('41'))).toBe(0)
  })

  test('of other types are refused', () => {
    for (const type of ['12', '22', '32', '1201', '9201']) expect(read(hex(`${type}00`))).toBe(0)
  })

  test('that lie about their length are refused where they stand', () => {
    expect(read(hex('0b0102'))).toBe(0)
    expect(read(hex('7201'))).toBe(0)
    // A list of 2³¹ elements, and of as many as four bits each byte can say.
    expect(read(hex('f8808080808080800001'))).toBe(0)
    expect(read(hex('ff8f8f8f8f8f8f8f8f8f8f0f01'))).toBe(0)
    expect(read(hex('ffff'))).toBe(0)
    // A length that counts itself cannot be less than that.
    expect(read(hex('8000'))).toBe(0)
    // Types of the following bytes.
    expect(read(hex('8314'))).toBe(0)
  })

  test('are bounded in depth and number', () => {
    const deep = (levels: number): Sml => (levels === 0 ? ABSENT : list(deep(levels - 1)))
    expect(limitOf(() => readMessages(deep(SML_LIMITS.depth)))).toBe('none')
    expect(limitOf(() => readMessages(deep(SML_LIMITS.depth + 1)))).toBe('8 levels')
    const many = list(...Array.from({ length: SML_LIMITS.elements }, () => ABSENT))
    expect(limitOf(() => readMessages(many))).toBe('4096 elements')
  })
})

describe('the list of readings', () => {
  test('is found among the messages', () => {
    const [found, ...others] = readLists(readMessages(ANSWER))
    expect(others).toEqual([])
    expect(found).toMatchObject({
      serverId: hex('0901454d480000000001'),
      name: null,
      sensorTime: { kind: 'index', seconds: 77n },
    })
    expect(found?.entries).toMatchObject([
      {
        name: hex('0100011100ff'),
        status: 8n,
        time: { kind: 'local', seconds: 1_700_000_000n, offset: 60n, season: 0n },
        unit: 30n,
        scaler: -1n,
        value: { kind: 'integer', value: 12_345n },
        signature: null,
      },
    ])
  })

  test('is found whatever the width of its tag', () => {
    const body = list(ABSENT, ABSENT, ABSENT, timestamp(5), list(), ABSENT, ABSENT)
    expect(readLists(readMessages(message(1, 0x0701, body)))).toHaveLength(1)
    const wide = list(
      octets(bytes(1)),
      unsigned(0, 1),
      unsigned(0, 1),
      list(unsigned(0x0701, 4), body),
      unsigned(0, 2),
      ABSENT,
    )
    expect(readLists(readMessages(wide))).toHaveLength(1)
  })

  test('of another shape is refused', () => {
    const broken = [
      list(ABSENT, ABSENT, ABSENT, ABSENT, list(), ABSENT),
      list(ABSENT, ABSENT, ABSENT, ABSENT, ABSENT, ABSENT, ABSENT),
      list(ABSENT, unsigned(1, 1), ABSENT, ABSENT, list(), ABSENT, ABSENT),
      list(ABSENT, ABSENT, ABSENT, list(unsigned(9, 1), ABSENT), list(), ABSENT, ABSENT),
      list(ABSENT, ABSENT, ABSENT, ABSENT, list(list(ABSENT)), ABSENT, ABSENT),
    ]
    for (const body of broken) {
      expect(() => readLists(readMessages(message(1, 0x0701, body)))).toThrow(SyntaxProblem)
    }
  })
})

describe('hostile bytes', () => {
  /** @returns true; whatever else is thrown fails the test */
  function answers(input: Uint8Array): boolean {
    for (const { from, to } of findTelegrams(input)) {
      expect(from).toBeLessThan(to)
      try {
        readLists(readMessages(readTelegram(input.subarray(from, to)).data))
      } catch (error) {
        if (!(error instanceof SyntaxProblem)) throw error
      }
    }
    return true
  }

  test('give an answer whatever they are', () => {
    const any = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.uint8Array({ maxLength: 200 }).map((data) => telegram(data)),
      fc
        .tuple(fc.nat(ANSWER.length), fc.uint8Array({ maxLength: 6 }))
        .map(([at, put]) => telegram(bytes(ANSWER.subarray(0, at), put, ANSWER.subarray(at + 1)))),
    )
    fc.assert(fc.property(any, answers), { numRuns: 5000 })
  })

  test('give an answer wherever a telegram is cut off or a bit is flipped', () => {
    const one = telegram(ANSWER)
    for (let length = 0; length <= one.length; length++) {
      expect(answers(one.subarray(0, length))).toBe(true)
    }
    for (let bit = 0; bit < 8 * one.length; bit++) {
      const copy = one.slice()
      copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(answers(copy)).toBe(true)
    }
  })

  test('never take long', () => {
    for (const part of ['1b', '1b1b1b1b', '1b1b1b1b01010101', '1b1b1b1b1a', '1b1b1b1b0101010101']) {
      const unit = hex(part)
      const flood = Uint8Array.from({ length: 1 << 20 }, (_, at) => unit[at % unit.length] ?? 0)
      const seconds = stopwatch()
      answers(flood)
      expect(seconds()).toBeLessThan(3)
    }
  })
})

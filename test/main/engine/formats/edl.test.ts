/** Hostile telegrams and elements of the EDL40 family, beyond what every format is held to. */
import * as fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import { fromBase64, toBase64 } from '../../../../src/main/engine/codec/base64.ts'
import { utf8Bytes } from '../../../../src/main/engine/codec/text.ts'
import { textTelegrams } from '../../../../src/main/engine/containers/sml-text.ts'
import { decodeSafely } from '../../../../src/main/engine/formats/decode-safely.ts'
import { findElements } from '../../../../src/main/engine/formats/edl40-sig/element.ts'
import { FORMATS_BY_ID } from '../../../../src/main/engine/formats/index.ts'
import { LIMITS } from '../../../../src/main/engine/limits.ts'
import { conclude, readFile } from '../../../../src/main/engine/pipeline.ts'
import type { Engines } from '../../../../src/main/engine/types.ts'
import { keyBook } from '../../../../src/main/engine/trust/key-book.ts'
import { asset } from '../../../../src/main/assets.ts'
import { digest, hostEngines } from '../../../../src/main/host-deps.ts'
import { createNativeBackend } from '../../../../src/main/native-backend.ts'
import { fromHex, toHex } from '../../../../src/shared/hex.ts'
import type { FormatId } from '../../../../src/shared/model/record.ts'
import type { VerificationResult } from '../../../../src/shared/model/verdict.ts'
import { keyHex } from '../../../tools/sign.ts'
import {
  EDL_BEGIN,
  EDL_END,
  EDL_KEY,
  NAMES,
  edlBlock,
  edlTelegram,
  hex,
} from '../../../tools/sign-edl40.ts'
import { signedMeterValue, signedMeterValues } from '../../../tools/sign-edl40-sig.ts'
import { ISA_END, ISA_KEY, isaBlock, isaTelegram } from '../../../tools/sign-isa-edl40.ts'
import {
  ABSENT,
  type EntryParts,
  type Sml,
  boolean,
  bytes,
  list,
  localTime,
  octets,
  operating,
  signed,
  telegram,
  timestamp,
  unsigned,
} from '../../../tools/sml.ts'
import { NOW, givenKeys } from '../../../tools/vector-job.ts'
import { stopwatch } from '../../../tools/stopwatch.ts'

const ENGINES: Engines = { reference: createNativeBackend(), fast: null, both: false }
const KEYS = givenKeys([keyHex(EDL_KEY), keyHex(ISA_KEY)], 'K4')

async function verify(input: Uint8Array, engines = ENGINES): Promise<VerificationResult> {
  const deps = {
    keys: keyBook(KEYS),
    engines,
    digest,
    asset,
    now: NOW,
    limits: LIMITS,
    evidence: true,
  }
  const file = await readFile({ name: 'a', bytes: input }, deps)
  return conclude([file], { policy: { requiredTrust: 'K3', profile: 'driver' }, now: NOW, digest })
}

/** Signed bytes of everything that is called valid. */
function validBlocks({ sessions }: VerificationResult): (string | null)[] {
  return sessions
    .flatMap(({ records }) => records)
    .filter(({ signature }) => signature.status === 'valid')
    .map(({ signedBytes }) => signedBytes)
}

function codeOf(format: FormatId, input: Uint8Array): string | null {
  const hints = { format: null, encoding: null, transaction: null, role: null }
  const outcome = decodeSafely(FORMATS_BY_ID[format], { bytes: input, origin: [], keys: [], hints })
  return 'failed' in outcome ? outcome.failed.code : null
}

/** Any element: what may stand where a meter writes something else. */
const element: fc.Arbitrary<Sml> = fc.oneof(
  fc.constant(ABSENT),
  fc.boolean().map(boolean),
  fc.uint8Array({ maxLength: 140 }).map(octets),
  fc
    .tuple(fc.bigInt(-(1n << 63n), (1n << 63n) - 1n), fc.integer({ min: 1, max: 8 }))
    .map(([value, width]) => signed(BigInt.asIntN(8 * width, value), width)),
  fc
    .tuple(fc.bigInt(0n, (1n << 64n) - 1n), fc.integer({ min: 1, max: 8 }))
    .map(([value, width]) => unsigned(BigInt.asUintN(8 * width, value), width)),
  fc.nat(0xffff_ffff).map(timestamp),
  fc.nat(0xffff_ffff).map(operating),
  fc
    .tuple(fc.nat(0xffff_ffff), fc.integer({ min: -900, max: 900 }))
    .map(([seconds, offset]) => localTime(seconds, offset, 0)),
  fc.array(fc.constantFrom(ABSENT, unsigned(1, 1)), { maxLength: 4 }).map((all) => list(...all)),
)

const PARTS = ['status', 'time', 'unit', 'scaler', 'value', 'signature'] as const

describe('an entry of a telegram', () => {
  test('may hold anything: the record is read, refused, or does not fit, and never says more', async () => {
    const genuine = toHex(edlBlock(EDL_BEGIN))
    const names = Object.values(NAMES)
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...names),
        fc.constantFrom(...PARTS),
        element,
        async (name, part, put) => {
          const entry: EntryParts = { name: hex(name), [part]: put }
          const input = edlTelegram(EDL_BEGIN, { entries: { [name]: entry } })
          expect(codeOf('edl40', input)).not.toBe('ENGINE-INTERNAL')
          const blocks = validBlocks(await verify(input))
          // What stays valid is what the meter signed, bit by bit.
          expect(blocks.filter((block) => block !== genuine)).toEqual([])
        },
      ),
      { numRuns: 1500 },
    )
  })

  test('of an Isabellenhütte meter may hold anything as well', async () => {
    const genuine = toHex(isaBlock(ISA_END))
    const names = ['8182815401ff', '010001080080', '8180c7f040ff', '8180816101ff', '0100010800ff']
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...names),
        fc.constantFrom(...PARTS),
        element,
        async (name, part, put) => {
          const input = isaTelegram(ISA_END, { entries: { [name]: { [part]: put } } })
          expect(codeOf('isa-edl40', input)).not.toBe('ENGINE-INTERNAL')
          const blocks = validBlocks(await verify(input))
          expect(blocks.filter((block) => block !== genuine)).toEqual([])
        },
      ),
      { numRuns: 1000 },
    )
  })
})

describe('a telegram cut off at any byte', () => {
  test.each([
    ['edl40', edlTelegram(EDL_BEGIN)],
    ['isa-edl40', isaTelegram(ISA_END)],
  ] as const)('of %s is no record, also with an end put behind it', async (format, whole) => {
    for (let length = 0; length < whole.length; length++) {
      const cut = whole.subarray(0, length)
      expect(codeOf(format, cut)).not.toBe('ENGINE-INTERNAL')
      expect(codeOf(format, cut)).not.toBeNull()
      const mended = telegram(whole.subarray(8, Math.max(8, length)))
      expect(codeOf(format, mended)).not.toBe('ENGINE-INTERNAL')
    }
    const none = await verify(telegram(whole.subarray(8, whole.length - 60)))
    expect(validBlocks(none)).toEqual([])
  })
})

describe('telegrams as digits in a text', () => {
  const one = edlTelegram(EDL_BEGIN)
  const two = edlTelegram(EDL_END)
  const writings = [
    (input: Uint8Array) => toHex(input),
    (input: Uint8Array) => toHex(input).toUpperCase(),
    (input: Uint8Array) => toHex(input).replace(/(..)(?=.)/g, '$1 '),
    (input: Uint8Array) => toHex(input).replace(/(.{16})(?=.)/g, '$1\r\n\t'),
    (input: Uint8Array) => toBase64(input),
    (input: Uint8Array) => toBase64(input).replace(/(.{76})(?=.)/g, '$1\r\n'),
  ]

  test.each(writings.map((write, index) => [index, write] as const))(
    'are found in writing %i, whatever stands around them',
    (_, write) => {
      const around = fc
        .string({ maxLength: 40 })
        .map((text) => text.replace(/[0-9A-Za-z+/=]/g, '.'))
      fc.assert(
        fc.property(around, around, (before, after) => {
          const text = `${before}|${write(one)}|\n${after}|${write(two)}|`
          const found = textTelegrams(text)
          expect(found.map(({ bytes: found_ }) => toHex(found_))).toEqual([one, two].map(toHex))
          for (const { from, to } of found) {
            const digits = text.slice(from, to).replace(/\s+/g, '')
            const read = fromHex(digits) ?? fromBase64(digits)
            expect(toHex(read ?? new Uint8Array())).toMatch(/^1b1b1b1b01010101/)
          }
        }),
        { numRuns: 200 },
      )
    },
  )

  test('are found in no text without them, and any text is answered', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300, unit: 'binary' }), (text) => {
        for (const { from, to } of textTelegrams(text)) expect(from).toBeLessThan(to)
      }),
      { numRuns: 1000 },
    )
  })

  test('in a flood end in time', () => {
    const floods = [
      '1b',
      '1b1b1b1b01010101',
      'GxsbGwEBAQE',
      '1b 1b 1b 1b 01 01 01 01 ',
      '1b1b1b1b ',
    ]
    for (const part of floods) {
      const seconds = stopwatch()
      const found = textTelegrams(part.repeat(Math.ceil((1 << 20) / part.length)))
      expect(found.length).toBeLessThan(500)
      expect(seconds()).toBeLessThan(LIMITS.inputSeconds)
    }
  })
})

describe('elements in a text', () => {
  test('are found whatever stands around and between them', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '<signedMeterValue>',
        '</signedMeterValue>',
        '&lt;signedMeterValue&gt;',
        '&lt;/signedMeterValue&gt;',
        '<x:signedMeterValue a="b">',
        '<signedMeterValues>',
        '<!--',
        '-->',
        '<![CDATA[',
      ),
      fc.string({ maxLength: 8 }),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join('')
        let last = 0
        for (const [from, to] of findElements(text)) {
          expect(from).toBeGreaterThanOrEqual(last)
          expect(to).toBeGreaterThan(from)
          expect(codeOf('edl40-sig', utf8Bytes(text.slice(from, to)))).not.toBe('ENGINE-INTERNAL')
          last = to
        }
        expect(last).toBeLessThanOrEqual(text.length)
      }),
      { numRuns: 1500 },
    )
  })

  test('in a flood end in time', () => {
    for (const part of [
      '<signedMeterValue>',
      '</signedMeterValue>',
      '&lt;signedMeterValue',
      '<a:',
    ]) {
      const seconds = stopwatch()
      const text = part.repeat(Math.ceil((1 << 20) / part.length))
      let count = 0
      for (const [from, to] of findElements(text)) count += to > from ? 1 : 0
      expect(count).toBeLessThan(text.length)
      expect(seconds()).toBeLessThan(LIMITS.inputSeconds)
    }
  })
})

describe('the result does not depend on the computer', () => {
  const zone = process.env['TZ']
  afterEach(() => {
    if (zone === undefined) delete process.env['TZ']
    else process.env['TZ'] = zone
  })

  test('nor on its time zone, also when the clocks change', async () => {
    const spring = Date.UTC(2025, 2, 30, 1, 45) / 1000
    const files = [
      bytes(edlTelegram(EDL_BEGIN), edlTelegram(EDL_END)),
      bytes(
        edlTelegram({ ...EDL_BEGIN, clock: spring }),
        edlTelegram({ ...EDL_END, clock: spring + 5400 }, { offsets: [60, 60] }),
      ),
      isaTelegram(ISA_END),
      utf8Bytes(signedMeterValues(signedMeterValue(EDL_BEGIN), signedMeterValue(EDL_END))),
    ]
    for (const file of files) {
      const results: string[] = []
      for (const name of ['UTC', 'Europe/Berlin', 'America/New_York']) {
        process.env['TZ'] = name
        results.push(JSON.stringify(await verify(file)))
      }
      expect(new Set(results).size).toBe(1)
    }
  })

  test('nor on which engine it has', async () => {
    const file = bytes(edlTelegram(EDL_BEGIN), edlTelegram(EDL_END))
    const states = ({ sessions }: VerificationResult) =>
      sessions.map(({ verdict }) => verdict.state)
    expect(states(await verify(file, hostEngines(true)))).toEqual(states(await verify(file)))
  })
})

describe('a file of a hundred sessions', () => {
  const session = (index: number) =>
    [EDL_BEGIN, EDL_END].map((parts) =>
      edlTelegram({
        ...parts,
        pagination: parts.pagination + 2 * index,
        value: parts.value + 111_100n * BigInt(index),
        clock: parts.clock + 3600 * index,
        contractClock: parts.contractClock + 3600 * index,
        secondsIndex: parts.secondsIndex + 3600 * index,
      }),
    )

  test('gives a verdict for each, whatever the order of the telegrams', async () => {
    const all = Array.from({ length: 100 }, (_, index) => session(index))
    // A fixed disorder: every seventh first.
    const mixed = all.flat().map((one, index) => ({ one, place: (index * 7) % 200 }))
    const inDisorder = mixed.toSorted((a, b) => a.place - b.place).map(({ one }) => one)
    for (const telegrams of [all.flat(), inDisorder]) {
      const { sessions } = await verify(bytes(...telegrams))
      expect(sessions).toHaveLength(100)
      expect(new Set(sessions.map(({ verdict }) => verdict.state))).toEqual(new Set(['VERIFIED']))
      expect(new Set(sessions.map(({ energy }) => energy?.value))).toEqual(new Set(['11110.0']))
    }
  })
})

/**
 * What every format has to hold, whatever it is: its samples are its vectors.
 *
 * Bytes of any kind never throw; a flipped bit of the signed bytes never stays valid; nothing
 * outside them makes a verdict better; nothing takes long.
 */
import * as fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { decodeSafely } from '../src/main/engine/formats/decode-safely.ts'
import { ALL_FORMATS } from '../src/main/engine/formats/index.ts'
import { toBase32 } from '../src/main/engine/codec/base32.ts'
import { toBase64 } from '../src/main/engine/codec/base64.ts'
import { utf8Bytes, utf8Text } from '../src/main/engine/codec/text.ts'
import { asset } from '../src/main/assets.ts'
import { LIMITS } from '../src/main/engine/limits.ts'
import { conclude, readFile } from '../src/main/engine/pipeline.ts'
import { keyBook } from '../src/main/engine/trust/key-book.ts'
import { HASHES, type HashId } from '../src/main/engine/signature/algorithms.ts'
import { createNobleBackend } from '../src/main/engine/signature/noble.ts'
import type { Engines } from '../src/main/engine/types.ts'
import { digest, hostEngines } from '../src/main/host-deps.ts'
import { createNativeBackend } from '../src/main/native-backend.ts'
import { fromHex, toHex } from '../src/shared/hex.ts'
import type { PublicKeyRef } from '../src/shared/model/key.ts'
import type { RecordResult } from '../src/shared/model/record.ts'
import type { VerificationResult } from '../src/shared/model/verdict.ts'
import { VERDICT_STATES, type VerdictState } from '../src/shared/model/verdict-state.ts'
import { valuesXml } from './tools/sign.ts'
import { NOW, findingsOf, givenKeys, vectorsOf } from './tools/vector-job.ts'
import { stopwatch } from './tools/stopwatch.ts'

/** Fast enough for every bit; the reference is asked about some of them. */
const native = createNativeBackend()
const noble = createNobleBackend()
const FAST: Engines = {
  reference: {
    ...native,
    prepare: (kind) => noble.prepare(kind),
    // A seal has one engine only.
    verify: (check) => (check.kind === 'seal' ? noble : native).verify(check),
  },
  fast: null,
  both: false,
}
const BOTH = hostEngines(true)

/** Signed bytes of a record that stand in its file, as they are or encoded. */
interface Part {
  from: number
  to: number
  signed: Uint8Array
  /** How the file writes signed bytes. */
  write: (signed: Uint8Array) => Uint8Array
}

interface Sample {
  name: string
  bytes: Uint8Array
  /** The keys of the vector, and those of its own records, all confirmed. */
  keys: PublicKeyRef[]
  state: VerdictState
  records: RecordResult[]
  /** Of each record; null where the file holds its signed bytes in no such form, or twice. */
  parts: (Part | null)[]
}

async function read(bytes: Uint8Array, keys: readonly PublicKeyRef[], engines = FAST) {
  const deps = {
    keys: keyBook(keys),
    engines,
    digest,
    now: NOW,
    limits: LIMITS,
    asset,
    evidence: true,
  }
  const result = await readFile({ name: 'sample', bytes }, deps)
  const policy = { requiredTrust: 'K3', profile: 'driver' } as const
  return conclude([result], { policy, now: NOW, digest })
}

const recordsOf = ({ sessions }: VerificationResult) => sessions.flatMap(({ records }) => records)
const worstState = ({ inputs }: VerificationResult) => inputs[0]?.state ?? null

function find(bytes: Uint8Array, part: Uint8Array): number {
  return Buffer.from(bytes).indexOf(Buffer.from(part))
}

/** Vectors of one file, read with every key confirmed; text also inside XML. */
async function samplesOf(format: string): Promise<Sample[]> {
  const samples: Sample[] = []
  for (const { name, vector } of vectorsOf(format)) {
    const [file, ...others] = vector.files
    if (file === undefined || others.length > 0 || file.bytes.length > 20_000) continue
    const given = givenKeys(vector.keys, 'K4')
    const own = recordsOf(await read(file.bytes, given)).flatMap(({ signature }) =>
      signature.key === null ? [] : [{ ...signature.key, trust: 'K4' as const }],
    )
    const keys = [...new Map([...given, ...own].map((key) => [key.fingerprint, key])).values()]
    const sample = await sampleOf(name, file.bytes, keys)
    const text = utf8Text(file.bytes)
    const [key] = keys
    if (sample !== null) samples.push(sample)
    if (sample === null || key === undefined || text === null || /^\s*[<[{]/.test(text)) continue
    const xml = valuesXml([{ data: text, format: null, keys: [key.point], transaction: '1' }])
    const inside = await sampleOf(`${name} in XML`, utf8Bytes(xml), keys)
    if (inside !== null) samples.push(inside)
  }
  // A session may take two records; what goes beyond that tells nothing new here.
  const whole = samples.filter(({ state }) => state === 'VERIFIED')
  const fewest = Math.min(...whole.map(({ records }) => records.length))
  return samples.filter(({ records }) => records.length <= fewest)
}

async function sampleOf(
  name: string,
  bytes: Uint8Array,
  keys: PublicKeyRef[],
): Promise<Sample | null> {
  const result = await read(bytes, keys)
  const records = recordsOf(result)
  const state = worstState(result)
  if (records.length === 0 || state === null) return null
  const parts = records.map(({ signedBytes }) => partOf(bytes, fromHex(signedBytes ?? '')))
  return { name, bytes, keys, state, records, parts }
}

/** How files write bytes that they do not hold as they are. */
const WRITINGS: readonly Part['write'][] = [
  (signed) => signed,
  (signed) => utf8Bytes(toHex(signed)),
  (signed) => utf8Bytes(toHex(signed).toUpperCase()),
  (signed) => utf8Bytes(toBase32(signed)),
  (signed) => utf8Bytes(toBase32(signed).replace(/=+$/, '')),
  (signed) => utf8Bytes(toBase64(signed)),
]

function partOf(bytes: Uint8Array, signed: Uint8Array | null): Part | null {
  if (signed === null || signed.length === 0) return null
  for (const write of WRITINGS) {
    const written = write(signed)
    const from = find(bytes, written)
    if (from < 0) continue
    const again = find(bytes.subarray(from + 1), written) >= 0
    return again ? null : { from, to: from + written.length, signed, write }
  }
  return null
}

function withPart(bytes: Uint8Array, { from, to, write }: Part, signed: Uint8Array): Uint8Array {
  return Uint8Array.from([...bytes.subarray(0, from), ...write(signed), ...bytes.subarray(to)])
}

const isValid = ({ signature }: RecordResult) => signature.status === 'valid'
const rank = (state: VerdictState | null) => (state === null ? -1 : VERDICT_STATES.indexOf(state))
const digestsOf = ({ records }: Sample) => records.map(({ signature }) => signature.digest)

/** Whole sessions that are good in every respect, the smallest first. */
function genuine(samples: readonly Sample[]): Sample[] {
  return samples
    .filter(({ state, records }) => state === 'VERIFIED' && records.every(isValid))
    .toSorted((a, b) => a.bytes.length - b.bytes.length)
}

/** What a record says on its signed bytes alone; of some, begin and end are no part of that. */
function saidBy(record: RecordResult): string {
  const { signature, meter, gateway, pagination, user } = record
  const unsignedRole = record.findings.some(({ code }) => code === 'EDL-ROLE')
  const readings = record.readings.map((reading) =>
    unsignedRole ? { ...reading, role: null } : reading,
  )
  return JSON.stringify([signature.digest, readings, meter, gateway, pagination, user])
}

function flipped(bytes: Uint8Array, bit: number): Uint8Array {
  const copy = bytes.slice()
  const at = bit >> 3
  copy[at] = (copy[at] ?? 0) ^ (1 << (bit & 7))
  return copy
}

/** One change: a byte for another, some bytes out, some in, or a part put elsewhere. */
const edit = fc.record({
  kind: fc.constantFrom('replace', 'remove', 'insert', 'move'),
  at: fc.nat(1_000_000),
  length: fc.integer({ min: 1, max: 40 }),
  to: fc.nat(1_000_000),
  bytes: fc.oneof(
    fc.uint8Array({ minLength: 1, maxLength: 8 }),
    fc
      .constantFrom('"', '\\', '{', '}', '|', ',', '<', '>', '&', '\n', '0', '\0', 'OCMF|{')
      .map((text) => new TextEncoder().encode(text)),
  ),
})
type Edit = typeof edit extends fc.Arbitrary<infer T> ? T : never

/** @param free byte offsets that may be changed, in order */
function edited(bytes: Uint8Array, { kind, at, length, to, bytes: put }: Edit, free: number[]) {
  const from = free[at % Math.max(1, free.length)]
  if (from === undefined) return bytes
  let end = from
  while (end < from + length && free.includes(end)) end++
  const part = bytes.slice(from, end)
  const without = [...bytes.subarray(0, from), ...bytes.subarray(end)]
  switch (kind) {
    case 'replace':
      return Uint8Array.from([...bytes.subarray(0, from), ...put, ...bytes.subarray(from + 1)])
    case 'insert':
      return Uint8Array.from([...bytes.subarray(0, from), ...put, ...bytes.subarray(from)])
    case 'remove':
      return Uint8Array.from(without)
    case 'move': {
      const target = to % (without.length + 1)
      const outside = [...part, ...without.slice(target)]
      return Uint8Array.from([...without.slice(0, target), ...outside])
    }
  }
}

/** @returns offsets of the bytes of a file that belong to none of these parts, in order */
function outside(bytes: Uint8Array, parts: readonly Uint8Array[]): number[] {
  const inside = new Set<number>()
  for (const part of parts) {
    const from = find(bytes, part)
    if (from >= 0) for (const at of offsets(from, from + part.length)) inside.add(at)
  }
  return offsets(0, bytes.length).filter((at) => !inside.has(at))
}

const offsets = (from: number, to: number) =>
  Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index)

/** A method that hashes by itself is shown with the SHA-256 of its bytes. */
function hashNamed(name: string | null): HashId {
  return HASHES.find((known) => known === name) ?? 'SHA256'
}

/** @returns what no result may be, whatever the input */
function faults(result: VerificationResult): string[] {
  const rows = result.inputs.flatMap(({ sessions }) => sessions)
  const ids = result.sessions.map(({ id }) => id)
  const [input, ...members] = result.inputs
  // Two bytes already may be the head of a packed file: what is in it has rows of its own.
  const strangers = members.filter(({ name }) => !name.startsWith(`${input?.name ?? ''} › `))
  return [
    ...(input !== undefined && strangers.length === 0 ? [] : ['rows are missing']),
    ...(rows.toSorted().join() === ids.toSorted().join() ? [] : ['sessions without a row']),
    ...findingsOf(result)
      .filter(({ code }) => code === 'ENGINE-INTERNAL')
      .map(({ params }) => params['detail'] ?? ''),
  ]
}

function validDigests(result: VerificationResult): (string | null)[] {
  return recordsOf(result)
    .filter(isValid)
    .map(({ signature }) => signature.digest)
}

const MOST_FLIPS = 4000
const FLOODS = ['"', '0', 'A', '<a ', '\\', '{', '[', ' ', '|', '&quot;', '""', '\\"', '%22']

for (const format of ALL_FORMATS) {
  describe(`format ${format.id}`, () => {
    let samples: Sample[] = []
    let good: Sample[] = []
    let keys: PublicKeyRef[] = []
    // What carries records is the same for all formats: the first one has it tried most often.
    const runs = (most: number) => (format === ALL_FORMATS[0] ? most : most / 4)
    /** The smallest good one, if possible one that shows its signed bytes. */
    const smallest = () => {
      const sample = good.find(({ parts }) => parts.every((part) => part !== null)) ?? good[0]
      if (sample === undefined) throw new Error('no sample')
      return sample
    }

    beforeAll(async () => {
      samples = await samplesOf(format.id)
      good = genuine(samples)
      keys = good[0]?.keys ?? []
    }, 120_000)

    test('has vectors that are verified, to begin with', () => {
      expect(good.length).toBeGreaterThan(0)
    })

    test('the signed bytes that are shown are those that were hashed, and fields lie in them', () => {
      const records = samples.flatMap((sample) => sample.records).filter(isValid)
      for (const { signature, signedBytes, fields } of records) {
        const bytes = fromHex(signedBytes ?? '') ?? new Uint8Array()
        expect(digest(hashNamed(signature.hash), bytes)).toBe(signature.digest)
        const outside = fields.filter(
          ({ range }) => range !== null && (range.from < 0 || range.to > bytes.length),
        )
        expect(outside).toEqual([])
      }
    })

    test('never throws, whatever the bytes', async () => {
      expect(faults(await read(Uint8Array.of(0x78, 0xda), keys))).toEqual([])
      const any = fc.oneof(
        fc.uint8Array({ maxLength: 400 }),
        fc.string({ maxLength: 400, unit: 'binary' }).map((text) => new TextEncoder().encode(text)),
        fc
          .tuple(fc.constantFrom(...samples), fc.array(edit, { minLength: 1, maxLength: 4 }))
          .map(([{ bytes }, edits]) =>
            edits.reduce((before, one) => edited(before, one, offsets(0, before.length)), bytes),
          ),
      )
      await fc.assert(
        fc.asyncProperty(any, async (bytes) => {
          expect(faults(await read(bytes, keys))).toEqual([])
        }),
        { numRuns: runs(600) },
      )
    })

    test('its decoder answers to any bytes, also to those that it would not call its own', () => {
      const hints = { format: null, encoding: null, transaction: null, role: null }
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
          expect(typeof format.detect(bytes)).toBe('boolean')
          for (const [from, to] of format.find?.(bytes) ?? []) expect(from).toBeLessThan(to)
          const outcome = decodeSafely(format, { bytes, origin: [], keys: [], hints })
          const code = 'failed' in outcome ? outcome.failed.code : null
          expect(code).not.toBe('ENGINE-INTERNAL')
        }),
        { numRuns: 500 },
      )
    })

    test('cut off at any byte, a record says no more than the whole one', async () => {
      const sample = smallest()
      for (let length = 0; length < sample.bytes.length; length++) {
        const result = await read(sample.bytes.subarray(0, length), sample.keys)
        expect(faults(result)).toEqual([])
        // Without all of its signed bytes no record is valid; with them it is that record.
        const allowed = digestsOf(sample).filter(
          (_, index) => length >= (sample.parts[index]?.to ?? 0),
        )
        expect(validDigests(result).filter((digest) => !allowed.includes(digest))).toEqual([])
      }
    }, 120_000)

    test('no bit of the signed bytes can be flipped', async () => {
      const sample = smallest()
      const accepted: string[] = []
      for (const [index, part] of sample.parts.entries()) {
        if (part === null) continue
        for (let bit = 0; bit < 8 * part.signed.length; bit++) {
          const engines = bit % 61 === 0 ? BOTH : FAST
          const changed = withPart(sample.bytes, part, flipped(part.signed, bit))
          const others = digestsOf(sample).filter((_, other) => other !== index)
          const valid = validDigests(await read(changed, sample.keys, engines))
          if (valid.some((digest) => !others.includes(digest))) accepted.push(`${index}: ${bit}`)
        }
      }
      expect(accepted).toEqual([])
    }, 120_000)

    test('no bit of the file, flipped, makes a valid record say something else', async () => {
      const sample = smallest()
      const said = sample.records.map(saidBy)
      const bits = 8 * sample.bytes.length
      // Of a large file some of the bits, every one of another byte than the one before.
      const step = bits > MOST_FLIPS ? Math.ceil(bits / MOST_FLIPS) | 1 : 1
      const accepted: number[] = []
      for (let bit = 0; bit < bits; bit += step) {
        const result = await read(flipped(sample.bytes, bit), sample.keys)
        const valid = recordsOf(result).filter(isValid)
        if (valid.some((record) => !said.includes(saidBy(record)))) accepted.push(bit)
      }
      expect(accepted).toEqual([])
    }, 120_000)

    test('no byte of the signed bytes can be changed, taken out or put in', async () => {
      const places = good.flatMap((sample) =>
        sample.parts.flatMap((part) => (part === null ? [] : [{ sample, part }])),
      )
      if (places.length === 0) return
      await fc.assert(
        fc.asyncProperty(fc.constantFrom(...places), edit, async ({ sample, part }, one) => {
          const inside = offsets(0, part.signed.length)
          const changed = withPart(sample.bytes, part, edited(part.signed, one, inside))
          // An edit may give the same bytes again, at least between their edges.
          fc.pre(find(changed, part.write(part.signed)) < 0)
          const others = sample.records
            .filter((_, index) => sample.parts[index] !== part)
            .map(({ signature }) => signature.digest)
          const valid = validDigests(await read(changed, sample.keys))
          expect(valid.filter((digest) => !others.includes(digest))).toEqual([])
        }),
        { numRuns: runs(1500) },
      )
    }, 120_000)

    test('no change outside the signed bytes makes a verdict better', async () => {
      // What stands outside may be why a record is not valid; mending that is no forgery.
      const whole = samples.filter(
        ({ state, records }) =>
          records.every(isValid) &&
          (state === 'NOT_LEGALLY_RELEVANT' || state === 'INCOMPLETE' || state === 'VERIFIED'),
      )
      const plain = whole.filter(({ parts }) => parts.every((part) => part !== null))
      const judged = plain.length > 0 ? plain : whole
      const states = new Set(judged.map(({ state }) => state))
      expect(states.size).toBeGreaterThan(1)
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom(...judged),
          fc.array(edit, { minLength: 1, maxLength: 3 }),
          async (sample, edits) => {
            const { bytes, keys, state, parts } = sample
            const written = parts.flatMap((part) =>
              part === null ? [] : [part.write(part.signed)],
            )
            const changed = edits.reduce(
              (now, one) => edited(now, one, outside(now, written)),
              bytes,
            )
            fc.pre(written.every((part) => find(changed, part) >= 0))
            const result = await read(changed, keys)
            const own = digestsOf(sample)
            const valid = validDigests(result)
            // Where signed bytes are put together from all over the file, most edits change them.
            const kept = own.every((digest) => valid.includes(digest))
            if (written.length < parts.length && !kept) return
            expect(rank(worstState(result))).toBeLessThanOrEqual(rank(state))
            expect(valid.filter((digest) => !own.includes(digest))).toEqual([])
          },
        ),
        // Most edits of signed bytes that lie all over the file are passed over and made again.
        { numRuns: plain.length > 0 ? runs(1500) : 100 },
      )
    }, 120_000)

    test('what does not fit is never mended by changes around it', async () => {
      const invalid = samples.filter(
        ({ records, keys }) =>
          records.some(({ signature }) => signature.status === 'invalid') && keys.length === 1,
      )
      expect(invalid.length).toBeGreaterThan(0)
      await fc.assert(
        fc.asyncProperty(fc.constantFrom(...invalid), edit, async (sample, one) => {
          const { bytes, keys, parts, records } = sample
          const written = parts.flatMap((part) => (part === null ? [] : [part.write(part.signed)]))
          const result = await read(edited(bytes, one, outside(bytes, written)), keys)
          const wrong = records
            .filter(({ signature }) => signature.status === 'invalid')
            .map(({ signature }) => signature.digest)
          expect(validDigests(result).filter((digest) => wrong.includes(digest))).toEqual([])
        }),
        { numRuns: runs(800) },
      )
    }, 120_000)

    test('a flood of whatever it is made of ends in time', async () => {
      const { bytes } = smallest()
      const flood = (part: Uint8Array, length: number) =>
        Uint8Array.from({ length }, (_, at) => part[at % part.length] ?? 0)
      // Inside a record, also where a session is two records of one length.
      const middle = (bytes.length >> 1) - 3
      // What stands around records is read alike for all formats: the first one stands for them.
      const parts = format === ALL_FORMATS[0] ? FLOODS : FLOODS.slice(0, 4)
      const floods = [
        flood(bytes.subarray(0, 8), 1 << 20),
        flood(bytes.subarray(0, middle), 1 << 18),
        flood(bytes, 1 << 18),
        ...parts.map((part) => {
          const many = flood(new TextEncoder().encode(part), 1 << 20)
          return Uint8Array.from([...bytes.subarray(0, middle), ...many, ...bytes.subarray(middle)])
        }),
      ]
      for (const input of floods) {
        const seconds = stopwatch()
        expect(faults(await read(input, keys))).toEqual([])
        expect(seconds()).toBeLessThan(LIMITS.inputSeconds)
      }
    }, 120_000)
  })
}

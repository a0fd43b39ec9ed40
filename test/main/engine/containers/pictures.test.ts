/** Pictures: the codes in them, of every kind of file. */
import { describe, expect, test } from 'vitest'
import { bytesOf, gzip } from '../../../tools/archives.ts'
import {
  SVG_WAYS,
  beside,
  bmp,
  gif,
  pixels,
  png,
  qrCode,
  turned,
  webp,
} from '../../../tools/pictures.ts'
import { type CarrierTools, nothing } from '../../../../src/main/engine/containers/container.ts'
import { openCodes } from '../../../../src/main/engine/containers/image/code-texts.ts'
import { openPlain } from '../../../../src/main/engine/containers/index.ts'
import { LIMITS } from '../../../../src/main/engine/limits.ts'
import type { CarriedFile } from '../../../../src/main/engine/types.ts'
import { toBase64 } from '../../../../src/main/engine/codec/base64.ts'
import { readDegraded } from '../../../tools/degraded-codes.ts'
import { jpeg } from '../../../tools/jpeg.ts'
import { keyHex, pem, throwAwayKey } from '../../../tools/sign.ts'
import { allFindings, verify, wholeSession } from '../../../tools/small-inputs.ts'

/** A code with a link, compressed strongly. */
const JPEG = [
  '/9j/4AAQSkZJRgABAQAAAQABAAD/4gHYSUNDX1BST0ZJTEUAAQEAAAHIAAAAAAQwAABtbnRyUkdCIFhZWiAH4AAB',
  'AAEAAAAAAABhY3NwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQAA9tYAAQAAAADTLQAAAAAAAAAAAAAAAAAA',
  'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAlkZXNjAAAA8AAAACRyWFlaAAABFAAAABRnWFla',
  'AAABKAAAABRiWFlaAAABPAAAABR3dHB0AAABUAAAABRyVFJDAAABZAAAAChnVFJDAAABZAAAAChiVFJDAAABZAAA',
  'AChjcHJ0AAABjAAAADxtbHVjAAAAAAAAAAEAAAAMZW5VUwAAAAgAAAAcAHMAUgBHAEJYWVogAAAAAAAAb6IAADj1',
  'AAADkFhZWiAAAAAAAABimQAAt4UAABjaWFlaIAAAAAAAACSgAAAPhAAAts9YWVogAAAAAAAA9tYAAQAAAADTLXBh',
  'cmEAAAAAAAQAAAACZmYAAPKnAAANWQAAE9AAAApbAAAAAAAAAABtbHVjAAAAAAAAAAEAAAAMZW5VUwAAACAAAAAc',
  'AEcAbwBvAGcAbABlACAASQBuAGMALgAgADIAMAAxADb/2wBDACgcHiMeGSgjISMtKygwPGRBPDc3PHtYXUlkkYCZ',
  'lo+AjIqgtObDoKrarYqMyP/L2u71////m8H////6/+b9//j/2wBDASstLTw1PHZBQXb4pYyl+Pj4+Pj4+Pj4+Pj4',
  '+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj/wAARCACEAIQDASIAAhEBAxEB/8QAFwABAQEB',
  'AAAAAAAAAAAAAAAAAAQFBv/EACkQAAIAAggGAwEAAAAAAAAAAAAREmEEBQYTFCNCghVEZKPB4TVRY5H/xAAUAQEA',
  'AAAAAAAAAAAAAAAAAAAA/8QAFBEBAAAAAAAAAAAAAAAAAAAAAP/aAAwDAQACEQMRAD8A2QAAAAAAAAAAAAAAAAAA',
  'AAAAAAABzNXUDHXmbBAtLbc5FvAOp7fsWe5jb5MUDa4B1Pb9iz3MbfIs9zG3yLPcxt8gOAdT2/ZFWNAwN3mxxvSk',
  'lOZtVjQMdd5sED0ttTkYtY0/HXeVBA9TbUpAbVXU/HXmVBAtTbcpCrqBgbzNjjWlJOcyK0PL7vBbV1AwN5mxxrSk',
  'nOYCrqfjrzKggWptuUjFq6gY68zYIFpbbnIts9zG3yLPcxt8gOAdT2/Y4B1Pb9mKbVnuY2+QFnuY2+TZMaz3MbfJ',
  'sgAAAAAGNZ7mNvkcA6nt+xwDqe37HAOp7fsC2rqBgbzNjjWlJOcyKz3MbfI4B1Pb9ltXUDA3mbHGtKSc5gKxp+Bu',
  '8qON6kkpTMWsaBgbvNjjelJKcxV1PwN5lRxrUknKZtVdQMDeZsca0pJzmBFwDqe37FnuY2+SKrqfgbzKjjWpJOUy',
  '34P977al/fsBZ7mNvkWe5jb5FnuY2+RwDqe37AcA6nt+y2rqBgbzNjjWlJOcyLgHU9v2OAdT2/YCz3MbfJskdXUD',
  'A3mbHGtKSc5lgAAAAABzNXUDHXmbBAtLbc5FtoeX3eC2saBjrvNggeltqciL4P8Ae+2pf37AfB/vfbUv79j4P977',
  'al/fsirGn467yoIHqbalIt+D/e+2pf37AfOfhc7m/wCfRbV1Px15lQQLU23KRF85+Fzub/n0bIGN8H+99tS/v2OP',
  '9N3PQ4B1Pb9j5z8Lnc3/AD6Aiq6n4G8yo41qSTlMt+D/AHvtqX9+yKsaBgbvNjjelJKcxWNPx13lQQPU21KQFvH+',
  'm7nocf6bueiKsaBgbvNjjelJKcy3j/Tdz0BbV1AwN5mxxrSknOZYY1nuY2+TZAAAAAAOZq6gY68zYIFpbbnIt4/0',
  '3c9EVXUDHXmbBAtLbc5CsaBgbvNjjelJKcwLbPcxt8kVY0DA3ebHG9KSU5nTEdXUDA3mbHGtKSc5gRfOfhc7m/59',
  'Cz3MbfIs9zG3yW1dT8deZUEC1NtykBF85+Fzub/n0Yptcf6bueiKrqBjrzNggWltucgLbPcxt8jgHU9v2Pg/3vtq',
  'X9+yKrqfgbzKjjWpJOUwNqrqfjrzKggWptuUhWNPwN3lRxvUklKZi1jQMDd5scb0pJTmKuoGOvM2CBaW25yA2quo',
  'GBvM2ONaUk5zLDGs9zG3ybIAAAAABHV1AwN5mxxrSknOYq6gYG8zY41pSTnMxauoGOvM2CBaW25yLeAdT2/YGyR1',
  'dQMDeZsca0pJzmRcA6nt+xZ7mNvkBx/pu56MU2rQ8vu8Dj/Tdz0BbV1AwN5mxxrSknOZYczWNAwN3mxxvSklOZb8',
  'H+99tS/v2BFV1Ax15mwQLS23ORbwDqe37FnuY2+S2rqBgbzNjjWlJOcwIrPcxt8mKbVnuY2+TZAAxrPcxt8myAAA',
  'AAAY1nuY2+TFNqz3MbfI4B1Pb9gLPcxt8iz3MbfJbV1AwN5mxxrSknOZFZ7mNvkDFLauoGOvM2CBaW25yLeP9N3P',
  'QtDy+7wBFWNPx13lQQPU21KRtVjQMdd5sED0ttTkYtY0/HXeVBA9TbUpFtoeX3eAMUtq6gY68zYIFpbbnI2qxoGO',
  'u82CB6W2pyFY0/A3eVHG9SSUpgKuoGBvM2ONaUk5zIrQ8vu8EVXUDHXmbBAtLbc5EQG1Z7mNvk2TGs9zG3ybIAAA',
  'AABjcA6nt+xwDqe37NkAY3AOp7fstq6gYG8zY41pSTnMsAEdXUDA3mbHGtKSc5kXAOp7fs2QBjcA6nt+zZAAjq6g',
  'YG8zY41pSTnMVdQMDeZsca0pJzmWACOsaBjrvNggeltqciwACOrqBgbzNjjWlJOcywAAAAAAAAAAAAAAAAAAAAAA',
  'AAAAAAP/2Q==',
].join('')

const KEY = throwAwayKey()
const RECORD = wholeSession()
const SECOND = wholeSession({ number: 2 })

async function check(content: Uint8Array | string, more: string[] = []) {
  const files = more.map((text, index) => ({ name: `more ${index}`, content: text }))
  const result = await verify([{ name: 'photo', content }, ...files])
  const records = result.sessions.flatMap((session) => session.records)
  const [row] = result.inputs
  return {
    state: row?.state,
    keys: row?.keys,
    ways: records.map(({ origin }) => origin.map((step) => step.name).join(' › ')),
    trust: result.sessions.map(({ trust }) => trust.level),
    found: allFindings(result)
      .filter(({ code }) => code.startsWith('IN-') && code !== 'IN-KEYS')
      .map(({ code, params }) => [code, ...Object.values(params)].join(' ')),
  }
}

describe('a code in a picture', () => {
  test.each([
    ['PNG', png],
    ['BMP', bmp],
    ['GIF', gif],
    ['WebP', webp],
    ['JPEG', jpeg],
  ])('in %s is read', async (_, write) => {
    const picture = pixels(await qrCode(RECORD), 3)
    const { ways } = await check(await write(picture), [keyHex(KEY)])
    expect(ways).toEqual(['photo › QR 1'])
  })

  test('with a link in JPEG, compressed strongly, is read', async () => {
    const { found } = await check(Buffer.from(JPEG, 'base64'))
    expect(found).toContain('IN-URL https://example.com/')
  })

  test.each(Object.entries(SVG_WAYS))('in SVG drawn with %s is read', async (_, write) => {
    const { ways } = await check(write(await qrCode(RECORD)), [keyHex(KEY)])
    expect(ways).toEqual(['photo › QR 1'])
  })

  test('in SVG as a picture is read', async () => {
    const picture = toBase64(png(pixels(await qrCode(RECORD), 3)))
    const svg = `<svg width="9" height="9" xmlns:xlink="x"><image xlink:href="data:image/png;base64,${picture}"/></svg>`
    expect((await check(svg)).ways).toEqual(['photo › QR 1'])
  })

  test.each([17, 45, 90, 180, 271])('turned by %d degrees is read', async (degrees) => {
    const picture = turned(pixels(await qrCode(RECORD), 4), degrees)
    expect((await check(png(picture))).ways).toEqual(['photo › QR 1'])
  })
})

describe('codes', () => {
  const picture = async (...texts: string[]) => {
    const codes = []
    for (const text of texts) codes.push(pixels(await qrCode(text), 3))
    return png(beside(codes))
  }

  test('of two records and their key give both, with the key of the same picture', async () => {
    const { ways, trust, state } = await check(await picture(RECORD, SECOND, keyHex(KEY)))
    expect(ways).toEqual(['photo › QR 1', 'photo › QR 2'])
    expect(trust).toEqual(['K1', 'K1'])
    expect(state).toBe('VALID_KEY_UNCONFIRMED')
  })

  test('with a key alone give the key', async () => {
    const { keys, state } = await check(await picture(pem(KEY)))
    expect([keys, state]).toEqual([1, null])
  })

  test('that hold one record in parts give it', async () => {
    const part = Math.ceil(RECORD.length / 3)
    const parts = [0, 1, 2].map((index) => RECORD.slice(index * part, (index + 1) * part))
    expect((await check(await picture(...parts))).ways).toEqual(['photo › QR 1–3'])
  })

  test('with a link show it, and open nothing', async () => {
    const { found, state } = await check(await picture('https://example.com/t/1?x=\u202e'))
    expect(found).toContain('IN-URL https://example.com/t/1?x=\\u202e')
    expect(state).toBe('UNREADABLE')
  })

  test('with a packed file give the file', async () => {
    const { ways } = await check(await picture(toBase64(gzip(RECORD))))
    expect(ways).toEqual(['photo › QR 1 › base64 › gzip'])
  })
})

describe('codes that are numbered as parts of one text', () => {
  const file = {
    name: 'photo',
    origin: [{ step: 'file' as const, name: 'photo' }],
    passwords: undefined,
  }
  const inside = (part: CarriedFile) => openPlain(part, LIMITS)
  const third = Math.ceil(RECORD.length / 3)
  const codes = [2, 0, 1].map((index) => ({
    bytes: bytesOf(RECORD.slice(index * third, (index + 1) * third)),
    x: 0,
    y: 0,
    height: 9,
    part: { id: 'A', index, of: 3 },
  }))

  test('are put together in the order of their numbers', () => {
    const opened = nothing()
    openCodes(codes, file, { inside } as CarrierTools, opened)
    expect(opened.records.map(({ bytes }) => Buffer.from(bytes).toString())).toEqual([RECORD])
    expect(opened.findings).toEqual([])
  })

  test('and of which one is missing say so', () => {
    const opened = nothing()
    openCodes(codes.slice(1), file, { inside } as CarrierTools, opened)
    expect(opened.findings).toMatchObject([
      { code: 'IN-QR-PART', severity: 'warning', params: { count: '1', of: '3' } },
    ])
  })
})

describe('a picture', () => {
  test('without a code says so', async () => {
    const white = png({ width: 50, height: 50, grey: new Uint8Array(2500).fill(255) })
    expect(await check(white)).toMatchObject({ state: 'UNREADABLE', found: ['IN-NO-CODE'] })
  })

  test('that claims a billion pixels is not decoded', async () => {
    const bomb = Buffer.from(png({ width: 8, height: 8, grey: new Uint8Array(64) }))
    bomb.writeUInt32BE(60_000, 16)
    bomb.writeUInt32BE(60_000, 20)
    expect(await check(bomb)).toMatchObject({ found: ['IN-TOOBIG limit.pixels'] })
  })

  test('of SVG with a document type is refused', async () => {
    const svg = '<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>'
    expect((await check(svg)).found).toEqual(['IN-DOCTYPE'])
  })

  test('cut off anywhere gives its row', async () => {
    const whole = png(pixels(await qrCode(RECORD), 2))
    for (let length = 8; length < whole.length; length += 97) {
      const { state, found } = await check(whole.subarray(0, length))
      expect(state).toBe('UNREADABLE')
      expect(found.join()).not.toContain('ENGINE-INTERNAL')
    }
    for (const size of [1, 2, 30, 31]) await check(bytesOf('BM'.padEnd(size, 'x')))
  })
})

/** One picture of each kind: all six take minutes (`npm run codes`; 125 of 144 when this was written). */
test('of the codes as cameras see them, at least four of five are read', async () => {
  const results = await readDegraded(1)
  expect(results.length).toBeGreaterThanOrEqual(24)
  const read = results.filter((kind) => kind.read === 1)
  expect(read.length / results.length).toBeGreaterThanOrEqual(0.8)
}, 120_000)

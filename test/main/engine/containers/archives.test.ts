/** Archives: what is in them, and what they may not do. */
import { deflateSync, gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { bunzip2 } from '../../../../src/main/engine/codec/bunzip2.ts'
import { SyntaxProblem } from '../../../../src/main/engine/codec/decode-error.ts'
import { toBase64 } from '../../../../src/main/engine/codec/base64.ts'
import { LIMITS } from '../../../../src/main/engine/limits.ts'
import { readFile } from '../../../../src/main/engine/pipeline.ts'
import { toHex } from '../../../../src/shared/hex.ts'
import { bytesOf, bzip2, gzip, tar, zip } from '../../../tools/archives.ts'
import { keyHex, pem, throwAwayKey } from '../../../tools/sign.ts'
import {
  deps,
  readOne,
  states,
  verify,
  wholeSession,
  xmlWith,
} from '../../../tools/small-inputs.ts'

const KEY = throwAwayKey()
const RECORD = wholeSession()
const XML = xmlWith([RECORD])

/** What the tool makes of two lines. */
const TOOL = 'QlpoOTFBWSZTWcP+ozQAAAHFgAAQAgAIZAQAIAAxDABVJp6nqVx4hFU+LuSKcKEhh/1GaA=='

const ARCHIVES: [string, (files: Record<string, string>) => Uint8Array][] = [
  ['zip', (files) => zip(files)],
  ['zip without packing', (files) => zip(files, 0)],
  ['tar', (files) => tar(Object.entries(files).map(([name, content]) => ({ name, content })))],
]
const PACKERS: [string, (content: Uint8Array) => Uint8Array][] = [
  ['gzip', gzip],
  ['bzip2', bzip2],
  ['zlib', (content) => deflateSync(content)],
]

/** Rows of an input as its name, state, and findings that are no mere notes. */
async function rows(content: Uint8Array, name = 'input') {
  const { inputs } = await verify([{ name, content }])
  return inputs.map((input) => [
    input.name,
    input.state,
    ...input.findings.flatMap(({ code, severity, params }) =>
      severity === 'info' ? [] : [[code, ...Object.values(params)].join(' ')],
    ),
  ])
}

describe.each(ARCHIVES)('a %s archive', (_, pack) => {
  test('has a row, and each of its files has one', async () => {
    expect(await rows(pack({ 'a.xml': XML, 'b.xml': 'nothing' }), 'my.zip')).toEqual([
      ['my.zip', null],
      ['my.zip › a.xml', 'VALID_KEY_UNCONFIRMED'],
      ['my.zip › b.xml', null, 'IN-UNKNOWN'],
    ])
  })

  test('tells the way to its records', async () => {
    const { sessions } = await verify([{ name: 'my.zip', content: pack({ 'a.xml': XML }) }])
    expect(sessions[0]?.records[0]?.origin).toMatchObject([
      { step: 'file', name: 'my.zip' },
      { step: 'archive', name: 'a.xml' },
      { step: 'xml' },
    ])
  })

  test.each([
    ['before', { 'a.pem': pem(KEY), 'b.txt': RECORD }],
    ['behind', { 'a.txt': RECORD, 'b.pem': pem(KEY) }],
    ['in a folder beside', { 'a/b/c.txt': RECORD, 'k/e/y.pem': pem(KEY) }],
  ])('gives the key that stands %s a record to it, as of the same file', async (_place, files) => {
    const { sessions } = await verify([{ name: 'my.zip', content: pack(files) }])
    expect(sessions).toMatchObject([
      { verdict: { state: 'VALID_KEY_UNCONFIRMED' }, trust: { level: 'K1' } },
    ])
  })

  test('trusts its own key no more because it is read twice', async () => {
    const keyless = wholeSession({ key: throwAwayKey('secp256r1', 'nobody has it'), number: 7 })
    const content = pack({ 'a.txt': RECORD, 'b.txt': keyless, 'c.pem': pem(KEY) })
    const result = await verify([{ name: 'my.zip', content }])
    expect(result.sessions.map(({ trust }) => trust.level)).toContain('K1')
    expect(result.sessions.map(({ trust }) => trust.level)).not.toContain('K2')
  })

  test('serves the records of other inputs with its keys, as another file', async () => {
    const content = pack({ 'c.pem': pem(KEY) })
    const { sessions } = await verify([{ name: 'my.zip', content }, RECORD])
    expect(sessions).toMatchObject([{ trust: { level: 'K2' } }])
  })

  test('that holds nothing of use says so', async () => {
    expect(await rows(pack({ 'a.txt': 'hello' }))).toEqual([
      ['input', 'UNREADABLE', 'IN-UNKNOWN'],
      ['input › a.txt', null, 'IN-UNKNOWN'],
    ])
    expect(await rows(pack({}))).toEqual([['input', 'UNREADABLE', 'IN-UNKNOWN']])
  })

  test('shows names that would lead somewhere as they are written', async () => {
    const names = ['../../etc/passwd', '/etc/shadow', 'C:\\Windows\\x', 'a\u202egpj.exe', 'b\nc']
    const content = pack(Object.fromEntries(names.map((name) => [name, XML])))
    expect((await rows(content)).map(([name]) => name)).toEqual([
      'input',
      'input › ../../etc/passwd',
      'input › /etc/shadow',
      'input › C:\\Windows\\x',
      'input › a\\u202egpj.exe',
      'input › b\\u000ac',
    ])
  })
})

describe.each(PACKERS)('%s', (name, pack) => {
  test('of a file gives that file', async () => {
    const [, inside, ...others] = await rows(pack(bytesOf(XML)))
    expect(inside).toEqual([`input › ${name}`, 'VALID_KEY_UNCONFIRMED'])
    expect(others).toEqual([])
  })

  test('of a TAR archive gives the files of the archive', async () => {
    const content = pack(tar([{ name: 'a.xml', content: XML }]))
    expect(await rows(content)).toEqual([
      ['input', null],
      ['input › a.xml', 'VALID_KEY_UNCONFIRMED'],
    ])
  })

  test('of itself is opened three times and not once more', async () => {
    const packed = (times: number): Uint8Array =>
      times === 0 ? bytesOf(XML) : pack(packed(times - 1))
    const opened = await rows(packed(3))
    expect(opened.at(-1)?.[1]).toBe('VALID_KEY_UNCONFIRMED')
    expect((await rows(packed(4))).at(-1)?.slice(1)).toEqual(['UNREADABLE', 'IN-NESTED 3'])
  })

  test('that is cut off gives what is left of it, and says so', async () => {
    const whole = pack(bytesOf(`${XML}${' '.repeat(3000)}`))
    for (let length = 12; length < whole.length; length += 61) {
      const [first, inside] = await rows(whole.subarray(0, length))
      expect(first?.[0]).toBe('input')
      expect([length, ...(inside ?? [])]).toContain('IN-ARCHIVE archive.damaged')
      expect(inside?.[1]).toBe('UNREADABLE')
    }
  })
})

describe('an archive in an encoding', () => {
  test.each([
    ['base64', (bytes: Uint8Array) => toBase64(bytes)],
    ['hex', (bytes: Uint8Array) => toHex(bytes)],
    ['data', (bytes: Uint8Array) => `data:application/zip;base64,${toBase64(bytes)}`],
    ['json', (bytes: Uint8Array) => JSON.stringify(toBase64(bytes))],
  ])('%s is opened, and the way tells it', async (step, encode) => {
    const content = encode(zip({ 'a.xml': XML }))
    const { sessions } = await verify([{ name: 'note.txt', content }])
    expect(sessions[0]?.records[0]?.origin).toEqual(
      expect.arrayContaining([{ step: 'encoding', name: step }]),
    )
  })
})

describe('a file in a string of JSON', () => {
  test.each([
    ['base64', (text: string) => text],
    ['a data address', (text: string) => `data:application/zip;base64,${text}`],
  ])('in %s is a file of its own', async (_, write) => {
    const file = write(toBase64(zip({ 'a.xml': XML })))
    const content = JSON.stringify({ invoice: { number: 7, attachment: file } })
    expect(await rows(bytesOf(content))).toEqual([
      ['input', null],
      ['input › $.invoice.attachment', null],
      ['input › $.invoice.attachment › a.xml', 'VALID_KEY_UNCONFIRMED'],
    ])
  })
})

describe('bzip2', () => {
  test.each([
    '',
    'a',
    'aaaa',
    'a'.repeat(10_000),
    RECORD,
    Uint8Array.from({ length: 256 }, (_, i) => i),
  ])('gives back what was packed', (content) => {
    const pieces: Uint8Array[] = []
    bunzip2(bzip2(content), (piece) => pieces.push(piece))
    expect(Buffer.concat(pieces)).toEqual(Buffer.from(bytesOf(content)))
  })

  test('reads what the tool of that name wrote', () => {
    // printf 'Eichlicht\nEichlicht\n' | bzip2
    const packed = Buffer.from(TOOL, 'base64')
    const pieces: Uint8Array[] = []
    bunzip2(packed, (piece) => pieces.push(piece))
    expect(Buffer.concat(pieces).toString()).toBe('Eichlicht\nEichlicht\n')
  })

  test('with any byte changed is damaged or another text, and nothing worse', () => {
    const whole = bzip2(RECORD)
    for (let at = 0; at < whole.length; at++) {
      const changed = whole.slice()
      changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8))
      expect(outcome(changed)).toBeOneOf(['read', 'SyntaxProblem'])
    }
  })
})

/** @returns name of the error, if any */
function outcome(packed: Uint8Array): string {
  try {
    bunzip2(packed, () => {})
    return 'read'
  } catch (error) {
    return error instanceof SyntaxProblem ? error.name : String(error)
  }
}

describe('bombs', () => {
  const ZEROS = new Uint8Array(2 * 1024 * 1024)
  const quick = { timeout: 10_000 }

  test('that are flat stop at the ratio', quick, async () => {
    expect(await rows(zip({ 'a.txt': ZEROS, 'b.xml': XML }))).toEqual([
      ['input', null],
      ['input › a.txt', 'UNREADABLE', 'IN-TOOBIG limit.ratio'],
      ['input › b.xml', 'VALID_KEY_UNCONFIRMED'],
    ])
    expect((await rows(gzip(ZEROS))).at(-1)?.[2]).toBe('IN-TOOBIG limit.ratio')
  })

  test('that hold many files stop at what a job may use', quick, async () => {
    const MIB = new Uint8Array(1024 * 1024)
    const files = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`${i}.bin`, MIB]))
    const limits = { ...LIMITS, jobBytes: 8 * 1024 * 1024 } as unknown as typeof LIMITS
    const { members } = await readFile({ name: 'a', bytes: zip(files) }, { ...deps(), limits })
    expect(members.length).toBe(12)
    const stopped = members.flatMap(({ findings }) => findings.map(({ params }) => params['limit']))
    expect(stopped.filter((limit) => limit === '8 MiB').length).toBe(4)
  })

  test('that hold a bomb in a bomb stop at the ratio of the inner one', quick, async () => {
    const inner = zip({ 'a.bin': ZEROS })
    const files = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`${i}.zip`, inner]))
    const found = await rows(zip({ 'x.zip': zip(files) }))
    expect(found.filter(([, , why]) => why === 'IN-TOOBIG limit.ratio').length).toBe(50)
  })

  test('that hold themselves end at the nesting', quick, async () => {
    let quine = zip({ 'a.xml': XML })
    for (let depth = 0; depth < 6; depth++) quine = zip({ 'r.zip': quine })
    expect((await rows(quine)).at(-1)).toEqual([
      'input › r.zip › r.zip › r.zip',
      'UNREADABLE',
      'IN-NESTED 3',
    ])
  })

  test('whose entries share their bytes are refused', quick, async () => {
    const archive = zip({ 'a.xml': XML, 'b.xml': XML }, 0)
    const end = archive.length - 22
    const view = new DataView(archive.buffer, archive.byteOffset)
    const directory = view.getUint32(end + 16, true)
    // The second entry points to the local header of the first.
    view.setUint32(directory + 46 + 5 + 42, 0, true)
    expect(await rows(archive)).toEqual([['input', 'UNREADABLE', 'IN-ARCHIVE archive.overlap']])
  })

  test('with ten thousand files stop at a thousand', quick, async () => {
    const files = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`${i}`, '']))
    const found = await rows(zip(files))
    expect(found.length).toBe(1 + LIMITS.members)
    expect(found[0]).toEqual(['input', 'UNREADABLE', 'IN-TOOBIG limit.members-1000'])
  })

  test('that claim four GiB allocate nothing for it', quick, async () => {
    const archive = zip({ 'a.xml': XML })
    const view = new DataView(archive.buffer, archive.byteOffset)
    const directory = view.getUint32(archive.length - 22 + 16, true)
    view.setUint32(directory + 24, 0xfffffffe, true)
    const before = process.memoryUsage().arrayBuffers
    expect((await rows(archive)).at(-1)).toEqual([
      'input › a.xml',
      'UNREADABLE',
      'IN-ARCHIVE archive.checksum',
    ])
    const claimed = tar([{ name: 'a.xml', content: XML, size: 0xffffffff }])
    expect((await rows(claimed)).at(-1)?.slice(1)).toEqual([
      'UNREADABLE',
      'IN-ARCHIVE archive.truncated',
      // What follows is the end of the archive.
      'IN-XML 1037',
    ])
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * 1024 * 1024)
  })
})

describe('an archive', () => {
  test('with links and devices leaves them out and names them', async () => {
    const content = tar([
      { name: 'a.xml', content: XML },
      { name: 'link.xml', type: '2', link: '/etc/passwd' },
      { name: 'hard.xml', type: '1', link: 'a.xml' },
      { name: 'null', type: '3' },
      { name: 'folder/', type: '5' },
    ])
    expect(await rows(content)).toEqual([
      ['input', null, 'IN-LINK 3 link.xml, hard.xml, null'],
      ['input › a.xml', 'VALID_KEY_UNCONFIRMED'],
    ])
  })

  test('with long names in notes of pax and GNU shows them', async () => {
    const long = `${'folder/'.repeat(20)}a.xml`
    const pax = `${long.length + 11} path=${long}\n`
    const content = tar([
      { name: 'PaxHeader', type: 'x', content: pax },
      { name: 'short', content: XML },
      { name: '././@LongLink', type: 'L', content: `${long}2\0` },
      { name: 'short', content: XML },
    ])
    expect((await rows(content)).map(([name]) => name)).toEqual([
      'input',
      `input › ${long}`,
      `input › ${long}2`,
    ])
  })

  test('with two files of one name gives both', async () => {
    const content = tar([
      { name: 'a.xml', content: XML },
      { name: 'a.xml', content: 'other' },
    ])
    expect((await rows(content)).map(([name]) => name)).toEqual([
      'input',
      'input › a.xml',
      'input › a.xml (2)',
    ])
  })

  test('with an encrypted file says so, and reads the others', async () => {
    const content = zip({ 'a.xml': XML, 'b.xml': XML })
    const view = new DataView(content.buffer, content.byteOffset)
    const directory = view.getUint32(content.length - 22 + 16, true)
    view.setUint16(directory + 8, view.getUint16(directory + 8, true) | 1, true)
    expect(await rows(content)).toEqual([
      ['input', null],
      ['input › a.xml', 'UNREADABLE', 'IN-ENCRYPTED'],
      ['input › b.xml', 'VALID_KEY_UNCONFIRMED'],
    ])
  })

  test('with an unknown packing method says so', async () => {
    const content = zip({ 'a.xml': XML })
    const view = new DataView(content.buffer, content.byteOffset)
    const directory = view.getUint32(content.length - 22 + 16, true)
    view.setUint16(directory + 10, 95, true)
    expect((await rows(content)).at(-1)?.[2]).toBe('IN-ARCHIVE archive.method')
  })

  test('behind other bytes is found by its end', async () => {
    const content = zip({ 'a.xml': XML })
    const shifted = Buffer.concat([bytesOf('PK\u0003\u0004 no header at all'), content])
    expect((await rows(shifted)).at(-1)?.[1]).toBe('VALID_KEY_UNCONFIRMED')
  })

  test('cut off anywhere, or with any byte changed, gives rows and no fault of ours', async () => {
    const whole = zip({ 'a.xml': XML, 'b.pem': pem(KEY) })
    const places = [...whole.keys()].filter((at) => at % 5 === 0 || at > whole.length - 22)
    const damaged = places.flatMap((at) => {
      const changed = whole.slice()
      changed[at] = (changed[at] ?? 0) ^ 0xff
      return [whole.subarray(0, at), changed]
    })
    for (const content of damaged) {
      const { findings, members } = await readOne(content)
      const codes = [findings, ...members.map((member) => member.findings)].flat()
      expect(codes.map(({ code }) => code)).not.toContain('ENGINE-INTERNAL')
      expect(codes.length).toBeGreaterThan(0)
    }
  })

  test('is left to a worker where nobody could end it', async () => {
    const file = { name: 'a.zip', bytes: zip({ 'a.xml': XML }) }
    const result = await readFile(file, { ...deps(), plainOnly: true })
    expect(result).toMatchObject({ wantsWorker: true, members: [], records: [] })
    expect(
      await readFile({ name: 'a.xml', bytes: bytesOf(XML) }, { ...deps(), plainOnly: true }),
    ).toMatchObject({ wantsWorker: false, records: [{}] })
  })

  test('does no harm to the other inputs', async () => {
    const result = await verify([
      { name: 'bomb', content: gzip(new Uint8Array(4_000_000)) },
      { name: 'good', content: XML },
    ])
    expect(states(result).at(-1)).toBe('VALID_KEY_UNCONFIRMED')
  })

  test('packed by our own tool is what the system unpacks', () => {
    expect(gunzipSync(gzip(RECORD)).toString()).toBe(RECORD)
  })
})

test('the key of one delivery is no accusation of what came elsewhere', async () => {
  const [here, elsewhere] = [throwAwayKey('secp256r1', 'here'), throwAwayKey('secp256r1', 'there')]
  const delivery = zip({ 'a.ocmf': wholeSession({ key: here }), 'key.txt': keyHex(here) })
  const { sessions } = await verify([
    { name: 'delivery.zip', content: delivery },
    { name: 'other.ocmf', content: wholeSession({ key: elsewhere, over: { MS: 'METER-2' } }) },
  ])
  expect(sessions.map(({ verdict }) => verdict.state)).toEqual([
    'VALID_KEY_UNCONFIRMED',
    'NOT_CHECKED',
  ])
})

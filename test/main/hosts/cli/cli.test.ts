import { createHash } from 'node:crypto'
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { spawn } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { KEY_KINDS } from '../../../../src/shared/model/key.ts'
import { type BuiltCli, type CliOptions, buildCli, runCli } from '../../../tools/built-cli.ts'
import { lineSchema, resultSchema } from '../../../tools/result-schema.ts'
import { keyHex, ocmf, pem, throwAwayKey, valuesXml } from '../../../tools/sign.ts'
import {
  payload,
  readingOf,
  twoRecords,
  wholeSession,
  xmlWith,
} from '../../../tools/small-inputs.ts'

const ROOT = join(import.meta.dirname, '../../../..')
const KEY = throwAwayKey()
const OTHER = throwAwayKey('secp256r1', 'other')

let cli: BuiltCli
let root = ''

beforeAll(async () => {
  cli = await buildCli()
  root = mkdtempSync(join(tmpdir(), 'eichlicht-cli-'))
  const [begin, end] = twoRecords({ number: 20 })
  const files: Record<string, string> = {
    'good.xml': xmlWith([wholeSession()]),
    'bare.ocmf': wholeSession({ number: 3 }),
    'changed.xml': xmlWith([wholeSession({ number: 4 }).replace('110.50', '110.51')]),
    'begin.ocmf': `${begin}\n${keyHex(KEY)}`,
    'end.ocmf': `${end}\n${keyHex(KEY)}`,
    'bad-state.xml': xmlWith([
      ocmf(payload([readingOf('B', 0, '1.00'), readingOf('E', 9, '2.00', { ST: 'M' })])),
    ]),
    'junk.bin': '\u0000\u0001\u0002',
    'key.pem': pem(KEY),
    'tree/a.xml': xmlWith([wholeSession({ number: 30 })]),
    'tree/deep/b.xml': xmlWith([wholeSession({ number: 40 })]),
  }
  mkdirSync(join(root, 'tree/deep'), { recursive: true })
  mkdirSync(join(root, 'empty'))
  for (const [name, content] of Object.entries(files)) writeFileSync(join(root, name), content)
  symlinkSync('loop', join(root, 'loop'))
}, 120_000)

afterAll(() => {
  cli.remove()
  rmSync(root, { recursive: true, force: true })
})

const run = (args: readonly string[], options: CliOptions = {}) =>
  runCli(cli.folder, args, { cwd: root, ...options })
const verify = (args: readonly string[], options: CliOptions = {}) =>
  run(['verify', ...args], options)

interface Result {
  inputs: { name: string; state: string | null; sessions: string[]; findings: { code: string }[] }[]
  sessions: { state: string; energy_kWh: string | null; trust: { level: string } }[]
}

async function json(args: readonly string[], options: CliOptions = {}) {
  const { code, stdout, stderr } = await verify([...args, '--format', 'json'], options)
  const result = resultSchema.parse(JSON.parse(stdout)) as Result
  return { code, stderr, ...result, states: result.inputs.map(({ state }) => state) }
}

async function lines(args: readonly string[], options: CliOptions = {}) {
  const { code, stdout } = await verify([...args, '--format', 'ndjson'], options)
  const all = stdout.split('\n')
  expect(all.pop()).toBe('')
  return { code, lines: all.map((line) => lineSchema.parse(JSON.parse(line))) }
}

describe('exit codes', () => {
  test.each([
    ['good.xml', 5],
    ['changed.xml', 2],
    ['junk.bin', 3],
    ['nowhere.xml', 3],
    ['bare.ocmf', 4],
    ['begin.ocmf', 6],
    ['bad-state.xml', 7],
    ['key.pem', 4],
  ])('%s: %i', async (name, code) => {
    expect(await verify([name])).toMatchObject({ code, stderr: '' })
  })

  test('of several inputs is that of the worst', async () => {
    expect((await verify(['good.xml', 'changed.xml', 'junk.bin', 'bare.ocmf'])).code).toBe(2)
    expect((await verify(['junk.bin', 'begin.ocmf', 'good.xml'])).code).toBe(3)
  })

  test('is 0 under a key that is confirmed', async () => {
    const key = ['--key', keyHex(KEY), '--key-trust', 'K4']
    expect((await verify(['bare.ocmf', ...key])).code).toBe(0)
  })
})

describe('forms of the result', () => {
  test('text tells people', async () => {
    const { stdout } = await verify(['good.xml'])
    expect(stdout).toContain('Signature valid – key not confirmed yet')
    expect(stdout).toMatch(/Difference {2,}10\.50\u00a0kWh/)
  })

  test('JSON is the documented one', async () => {
    const { sessions, states } = await json(['good.xml'])
    expect(states).toEqual(['VALID_KEY_UNCONFIRMED'])
    expect(sessions).toMatchObject([{ energy_kWh: '10.50', trust: { level: 'K1' } }])
  })

  test('NDJSON has a line for each input, in their order, judged by itself', async () => {
    const names = ['begin.ocmf', 'good.xml', 'junk.bin', 'end.ocmf']
    const { lines: all, code } = await lines(names)
    expect(all.map(({ input }) => input.name)).toEqual(names)
    expect(all.map(({ input }) => input.state)).toEqual([
      'INCOMPLETE',
      'VALID_KEY_UNCONFIRMED',
      'UNREADABLE',
      'INCOMPLETE',
    ])
    expect(code).toBe(3)
  })

  test('CSV has a header and a row for each session', async () => {
    const { stdout } = await verify(['good.xml', 'junk.bin', '--format', 'csv'])
    const rows = stdout.split('\r\n')
    expect(rows[0]).toMatch(/^\ufeff"input","sha256","state"/)
    expect(rows[1]).toMatch(/^"good\.xml","[0-9a-f]{64}","VALID_KEY_UNCONFIRMED","ocmf"/)
    expect(rows[2]).toMatch(/^"junk\.bin","[0-9a-f]{64}","UNREADABLE",""/)
    expect(rows.length).toBe(4)
  })

  test('all but NDJSON pair begin and end across files', async () => {
    const { sessions } = await json(['begin.ocmf', 'end.ocmf'])
    expect(sessions).toMatchObject([{ state: 'VALID_KEY_UNCONFIRMED', energy_kWh: '10.50' }])
  })

  test('language is that which is asked for, else that of the system', async () => {
    const german = 'Signatur gültig – Schlüssel noch nicht bestätigt'
    expect((await verify(['good.xml', '--lang', 'de'])).stdout).toContain(german)
    expect((await verify(['good.xml'], { env: { LANG: 'de_DE.UTF-8' } })).stdout).toContain(german)
    const overruled = { LANG: 'en_GB.UTF-8', LC_ALL: 'de_DE.UTF-8' }
    expect((await verify(['good.xml'], { env: overruled })).stdout).toContain(german)
    const empty = { LANG: 'de_DE.UTF-8', LC_ALL: '' }
    expect((await verify(['good.xml'], { env: empty })).stdout).toContain(german)
    const english = ['good.xml', '--lang', 'en']
    expect((await verify(english, { env: { LANG: 'de_DE.UTF-8' } })).stdout).not.toContain(german)
  })
})

describe('inputs', () => {
  test('a dash is standard input', async () => {
    const { inputs, states } = await json(['-'], { input: xmlWith([wholeSession()]) })
    expect(inputs[0]?.name).toBe('-')
    expect(states).toEqual(['VALID_KEY_UNCONFIRMED'])
  })

  test('an empty standard input is an empty input', async () => {
    const { code, inputs } = await json(['-'])
    expect(inputs[0]?.findings).toMatchObject([{ code: 'IN-EMPTY' }])
    expect(code).toBe(3)
  })

  test('a folder is read with all below it where that is asked for', async () => {
    const { inputs, code } = await json(['-r', 'tree'])
    expect(inputs.map(({ name }) => name)).toEqual(['tree/a.xml', 'tree/deep/b.xml'])
    expect(code).toBe(5)
  })

  test('a folder is a row that says so where it is not', async () => {
    const { stdout, code } = await verify(['tree'])
    expect(stdout.replace(/\s+/g, ' ')).toContain('it is a folder (-r reads folders)')
    expect(code).toBe(3)
  })

  test('a folder without files is a row that says so', async () => {
    const { stdout, code } = await verify(['-r', 'empty'])
    expect(stdout.replace(/\s+/g, ' ')).toContain('the folder contains no files')
    expect(code).toBe(3)
  })

  test('what cannot be read is a row, and stops no other input', async () => {
    const names = ['nowhere', 'loop', 'x'.repeat(5000), 'good.xml']
    const { states } = await json(names)
    expect(states).toEqual(['UNREADABLE', 'UNREADABLE', 'UNREADABLE', 'VALID_KEY_UNCONFIRMED'])
  })

  test('fifty inputs of every kind give fifty rows in every form, with any number of jobs', async () => {
    const folder = join(root, 'fifty')
    mkdirSync(folder)
    const makers = [
      (index: number) => xmlWith([wholeSession({ number: 1000 + index })]),
      (index: number) =>
        xmlWith([wholeSession({ number: 2000 + index }).replace('110.50', '1.00')]),
      (index: number) => wholeSession({ number: 3000 + index, key: OTHER }),
      () => '',
      () => 'junk',
      () => '<!DOCTYPE a><a/>',
      () => '{"a":',
      () => 'OCMF|{',
      () => keyHex(throwAwayKey('secp192r1', 'third')),
      () => '\u0000'.repeat(100),
    ]
    for (let index = 0; index < 50; index++) {
      const content = makers[index % makers.length]?.(index) ?? ''
      writeFileSync(join(folder, `${String(index).padStart(2, '0')}.txt`), content)
    }
    const names = readdirSync(folder).map((name) => `fifty/${name}`)
    for (const jobs of ['1', '3']) {
      const args = ['-r', 'fifty', '--jobs', jobs]
      const document = await json(args)
      expect(document.inputs.map(({ name }) => name)).toEqual(names)
      const streamed = await lines(args)
      expect(streamed.lines.map(({ input }) => input.name).toSorted()).toEqual(names)
      const csv = (await verify([...args, '--format', 'csv'])).stdout.split('\r\n')
      expect(csv.length).toBe(1 + 50 + 1)
      const text = (await verify(args)).stdout
      for (const name of names) expect(text).toContain(name)
      expect(text).toContain('Inputs: 50')
    }
  })
})

describe('keys', () => {
  test.each([
    ['in hexadecimal digits', () => keyHex(KEY)],
    ['in a file', () => 'key.pem'],
    ['as PEM', () => pem(KEY)],
    ['in base64', () => Buffer.from(keyHex(KEY), 'hex').toString('base64')],
  ])('may be given %s', async (_, text) => {
    const { states, sessions } = await json(['bare.ocmf', '--key', text()])
    expect(states).toEqual(['VALID_KEY_UNCONFIRMED'])
    expect(sessions).toMatchObject([{ trust: { level: 'K2' } }])
  })

  test('may come from standard input', async () => {
    expect((await json(['bare.ocmf', '--key', '-'], { input: pem(KEY) })).code).toBe(5)
  })

  test.each([
    ['K1', 5],
    ['K2', 5],
    ['K3', 0],
    ['K4', 0],
  ])('of trust %s give the exit code %i', async (trust, code) => {
    const args = ['bare.ocmf', '--key', keyHex(KEY), '--key-trust', trust]
    expect((await verify(args)).code).toBe(code)
  })

  test.each([
    ['K1', 'good.xml', 0],
    ['K2', 'good.xml', 5],
    ['K1', 'changed.xml', 2],
    ['K1', 'bare.ocmf', 4],
  ])('asked for with trust %s, %s gives the exit code %i', async (trust, name, code) => {
    expect((await verify([name, '--require-trust', trust])).code).toBe(code)
  })

  test('less than those of the register are never called confirmed', async () => {
    const { states, code } = await json(['good.xml', '--require-trust', 'K1'])
    expect({ states, code }).toEqual({ states: ['VALID_KEY_UNCONFIRMED'], code: 0 })
  })

  test('asked for as read off the station, one of the register does not do', async () => {
    const args = ['bare.ocmf', '--key', keyHex(KEY), '--key-trust', 'K3', '--require-trust', 'K4']
    expect((await json(args)).states).toEqual(['VALID_KEY_UNCONFIRMED'])
  })

  test('of an attacker, consistent with his data, are never confirmed', async () => {
    const forged = xmlWith([wholeSession({ key: OTHER })], OTHER)
    const { states } = await json(['-', '--key', keyHex(KEY), '--key-trust', 'K4'], {
      input: forged,
    })
    expect(states).not.toContain('VERIFIED')
  })
})

describe('wrong usage', () => {
  test.each([
    [['frobnicate']],
    [['verify']],
    [['verify', 'good.xml', '--frobnicate']],
    [['verify', 'good.xml', '--format', 'xml']],
    [['verify', 'good.xml', '--key', 'nonsense']],
    [['verify', 'good.xml', '--key-trust', 'K9']],
    [['verify', 'good.xml', '--jobs', 'many']],
    [['about', '--format', 'csv']],
  ])('%j is exit code 1, a word about it, and nothing on standard output', async (args) => {
    const { code, stdout, stderr } = await run(args)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(/^eichlicht: .+\neichlicht --help\n$/)
  })

  test('without a command is help', async () => {
    const { code, stdout } = await run([])
    expect(code).toBe(0)
    expect(stdout).toContain('eichlicht verify')
    expect((await run(['--help', '--lang', 'de'])).stdout).toContain('Rückgabewerte')
  })
})

describe('whoever reads the output', () => {
  test('may stop reading without an error', async () => {
    const path = join(cli.folder, 'eichlicht.mjs')
    const program = `'${process.execPath}' '${path}' verify -r fifty --format ndjson`
    const shell = spawn('/bin/sh', ['-c', `(${program}; echo "code $?" >&2) | head -c 10`], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const stderr: string[] = []
    shell.stderr.on('data', (chunk: Buffer) => stderr.push(chunk.toString()))
    await new Promise((done) => shell.on('close', done))
    expect(stderr.join('')).toMatch(/^code \d+\n$/)
  })

  const EVIL = '\u001b[31m\u009b2J\u202e=1+1'

  test.each(['text', 'csv'])('as %s gets no escape sequences of a file', async (format) => {
    const over = { GI: EVIL, MS: EVIL, ID: EVIL, CI: EVIL }
    const readings = [readingOf('B', 0, '1.00', { RU: EVIL }), readingOf('E', 9, '2', { ST: EVIL })]
    const file = join(root, `evil\u001b[31m-${format}.xml`)
    const content = valuesXml([{ data: ocmf(payload(readings, over)), transaction: '\u202e' }])
    writeFileSync(file, content)
    const { stdout } = await verify([file, '-', '--format', format], { input: EVIL })
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b\u000c\u000e-\u001f\u007f-\u009f\u202e]/)
  })

  test('as CSV gets no formulas', async () => {
    const over = { MS: '=1+1', ID: '@x', CI: '+1', GS: '-a' }
    const record = wholeSession({ number: 50, over })
    const { stdout } = await verify(['-', '--format', 'csv'], { input: xmlWith([record]) })
    for (const cell of ['"\'=1+1"', '"\'@x"', '"\'+1"', '"\'-a"']) expect(stdout).toContain(cell)
  })
})

describe('about', () => {
  /** As docs/decisions/0006 tells everybody to compute it, in other words than the program. */
  function checksum(): string {
    const sha256 = (content: string | Uint8Array) =>
      createHash('sha256').update(content).digest('hex')
    const files: string[] = []
    const collect = (folder: string) => {
      for (const entry of readdirSync(join(ROOT, folder), { withFileTypes: true })) {
        const path = `${folder}/${entry.name}`
        if (entry.isDirectory()) collect(path)
        else if (path.endsWith('.ts')) files.push(path)
      }
    }
    for (const folder of ['src/shared', 'src/main/engine']) collect(folder)
    const bytes = files
      .map((path) => Buffer.from(path))
      .toSorted((a, b) => Buffer.compare(a, b))
      .map((path) => `${sha256(readFileSync(join(ROOT, path.toString())))}  ${path.toString()}`)
    const list = readFileSync(join(ROOT, 'package.json'), 'utf8')
    const packages = [
      '@noble/curves',
      '@noble/hashes',
      '@noble/post-quantum',
      '@peculiar/asn1-schema',
      '@peculiar/asn1-x509',
      'saxes',
    ].map((name) => `${name}@${new RegExp(`"${name}": "([^"]*)"`).exec(list)?.[1]}`)
    return sha256(`${[...bytes, ...packages].join('\n')}\n`)
  }

  interface About {
    schema: string
    software: { version: string; core: { sha256: string } }
    self_check: { files: string; failed: string[]; native: string[]; passed: boolean }
  }
  const about = async (folder = cli.folder) => {
    const { code, stdout } = await runCli(folder, ['about', '--format', 'json'])
    return { code, ...(JSON.parse(stdout) as About) }
  }

  test('says who says so, and that the program is what was built', async () => {
    const { code, schema, software, self_check: check } = await about()
    expect(code).toBe(0)
    expect(schema).toBe('eichlicht-about/1')
    expect(check).toMatchObject({ files: 'intact', failed: [], passed: true })
    expect(check.native).toContain('secp256r1')
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      version: string
    }
    expect(software.version).toBe(version)
    expect((await run(['--version'])).stdout).toBe(`${version}\n`)
  })

  test('names the checksum of the core that anybody can compute', async () => {
    expect((await about()).software.core.sha256).toBe(checksum())
  })

  test('tells people the same', async () => {
    const { stdout, code } = await run(['about', '--lang', 'de'])
    expect(code).toBe(0)
    expect(stdout).toContain(checksum())
    expect(stdout).toContain(`bestanden (${KEY_KINDS.length} von ${KEY_KINDS.length})`)
  })

  test('notices a byte that was changed in any file', { timeout: 120_000 }, async () => {
    const names = readdirSync(cli.folder).filter((name) => name.endsWith('.mjs'))
    expect(names.length).toBeGreaterThan(3)
    const copy = mkdtempSync(join(ROOT, 'out', 'test-changed-'))
    cpSync(cli.folder, copy, { recursive: true })
    for (const name of names) {
      const { size } = statSync(join(copy, name))
      appendFileSync(join(copy, name), ' ')
      const { code } = await runCli(copy, ['verify', join(root, 'key.pem')])
      truncateSync(join(copy, name), size)
      expect({ name, code }).toEqual({ name, code: 10 })
    }
    rmSync(copy, { recursive: true })
  })

  test('a changed program says so with every result', async () => {
    const copy = mkdtempSync(join(ROOT, 'out', 'test-changed-'))
    cpSync(cli.folder, copy, { recursive: true })
    appendFileSync(join(copy, 'worker.mjs'), '\n')
    const args = ['verify', join(root, 'good.xml'), '--require-trust', 'K1']
    const good = await runCli(copy, args)
    expect(await about(copy)).toMatchObject({
      code: 10,
      self_check: { files: 'modified', passed: false },
    })
    rmSync(join(copy, 'manifest.json'))
    const without = await runCli(copy, args)
    rmSync(copy, { recursive: true })
    expect([good.code, without.code]).toEqual([10, 10])
    expect(good.stdout).toContain('10.50')
  })
})

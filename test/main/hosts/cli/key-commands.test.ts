/** The key store on the command line, as people run it. */
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type BuiltCli, type CliOptions, buildCli, runCli } from '../../../tools/built-cli.ts'
import { writeRegisterCsv } from '../../../tools/make-register.ts'
import { keyHex, pem, throwAwayKey } from '../../../tools/sign.ts'
import { wholeSession, xmlWith } from '../../../tools/small-inputs.ts'

const KEY = throwAwayKey()
const OTHER = throwAwayKey('secp256r1', 'other')
const METER = 'TEST-0001'

let cli: BuiltCli
let root = ''
beforeAll(async () => {
  cli = await buildCli()
}, 120_000)
afterAll(() => cli.remove())
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'eichlicht-keys-'))
  return () => rmSync(root, { recursive: true })
})

const run = (args: readonly string[], options: CliOptions = {}) =>
  runCli(cli.folder, args, { cwd: root, ...options })
const keys = (args: readonly string[], options: CliOptions = {}) =>
  run(['keys', ...args, '--store', root], options)

interface Listed {
  total: number
  keys: { id: number; fingerprint: string; trust: string; meter: string; conflicts: string[] }[]
}

async function listed(args: readonly string[] = ['list']): Promise<Listed> {
  const { stdout, code } = await keys([...args, '--format', 'json'])
  expect(code).toBe(0)
  return JSON.parse(stdout) as Listed
}

const READ = ['--read', 'meter-label', '--by', 'A. Prüferin', '--on', '2026-09-01']

describe('keys add', () => {
  test('keeps a key from a file as K2, and one that was read off the station as K4', async () => {
    writeFileSync(join(root, 'key.pem'), pem(KEY))
    expect(await keys(['add', 'key.pem', '--meter', '1 EMH 1'])).toMatchObject({
      code: 0,
      stderr: '',
    })
    expect((await keys(['add', keyHex(OTHER), '--meter', '2', ...READ])).code).toBe(0)
    const { keys: all } = await listed()
    expect(all.map(({ trust, meter }) => [trust, meter])).toEqual([
      ['K4', '2'],
      ['K2', '1 EMH 1'],
    ])
  })

  test('reads the key from standard input', async () => {
    expect((await keys(['add', '-'], { input: keyHex(KEY) })).code).toBe(0)
    expect((await listed()).total).toBe(1)
  })

  test('says loudly that the meter has another key already, and keeps both', async () => {
    await keys(['add', keyHex(KEY), '--meter', '1EMH1'])
    const { code, stderr } = await keys(['add', keyHex(OTHER), '--meter', '1-EMH-1'])
    expect(code).toBe(0)
    expect(stderr).toContain('another key is kept for the meter 1-EMH-1')
    expect((await listed()).keys.map(({ conflicts }) => conflicts.length)).toEqual([1, 1])
  })

  test.each([
    [['add', 'ABCD'], 3, 'no public key can be read'],
    [['add', '-'], 3, 'no public key can be read'],
    [['add', keyHex(KEY), '--read', 'meter-label'], 1, '--by'],
    [['add', keyHex(KEY), '--by', 'X'], 1, '--read'],
    [['add', keyHex(KEY), '--read', 'hearsay', '--by', 'X'], 1, '--read'],
    [['add', keyHex(KEY), ...READ.slice(0, 4), '--on', '2026-02-30'], 1, '--on'],
    [['add', keyHex(KEY), '--meter', 'x'.repeat(1001)], 1, 'too long'],
    [['add'], 1, 'not said'],
  ])('refuses %j', async (args, code, words) => {
    const answer = await keys(args)
    expect(answer).toMatchObject({ code, stdout: '' })
    expect(answer.stderr).toContain(words)
    expect((await listed()).total).toBe(0)
  })

  test('refuses what is kept already', async () => {
    await keys(['add', keyHex(KEY)])
    const { code, stderr } = await keys(['add', keyHex(KEY)])
    expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringContaining('already') })
  })
})

describe('keys list, find, show, remove, stats', () => {
  test('make no store where there is none', async () => {
    for (const args of [['list'], ['find', 'x'], ['stats'], ['export']]) {
      expect((await keys(args)).code).toBe(0)
    }
    expect((await keys(['show', '1'])).code).toBe(1)
    expect((await keys(['remove', '1'])).code).toBe(1)
    expect(existsSync(join(root, 'keys.sqlite'))).toBe(false)
  })

  test('find an entry by each of its names and by its fingerprint', async () => {
    const details = [
      '--evse',
      'DE*ABC*E123',
      '--station',
      'Am Berg 1',
      '--operator',
      'Stadtwerk Süd',
    ]
    await keys(['add', keyHex(KEY), ...details, '--label', 'Hof'])
    await keys(['add', keyHex(OTHER)])
    const [first] = (await listed(['find', 'hof'])).keys
    const fingerprint = first?.fingerprint ?? ''
    for (const words of [
      'deabce123',
      'am berg',
      'SUD stadtwerk',
      fingerprint,
      fingerprint.slice(0, 15),
    ]) {
      expect((await listed(['find', ...words.split(' ')])).keys.map(({ id }) => id)).toEqual([
        first?.id,
      ])
    }
    expect((await listed(['find', 'nowhere'])).total).toBe(0)
  })

  test('show an entry with its changes, by number or fingerprint', async () => {
    await keys(['add', keyHex(KEY), '--meter', METER, ...READ])
    const [entry] = (await listed()).keys
    const { stdout } = await keys(['show', String(entry?.id)])
    for (const words of [METER, entry?.fingerprint ?? '', 'A. Prüferin', 'secp256r1', 'added']) {
      expect(stdout).toContain(words)
    }
    expect((await keys(['show', entry?.fingerprint.slice(7, 15) ?? ''])).stdout).toBe(stdout)
  })

  test('no name of an entry reaches the terminal as an escape sequence', async () => {
    await keys(['add', keyHex(KEY), '--label', 'a\u202eb', '--note', 'x\u009by'])
    for (const args of [['list'], ['show', '1']]) {
      expect((await keys(args)).stdout).not.toMatch(/[\u202e\u009b\u001b]/)
    }
  })

  test('remove marks an entry, with the reason, and list --removed shows it', async () => {
    await keys(['add', keyHex(KEY)])
    expect((await keys(['remove', '1', '--reason', 'wrong station'])).code).toBe(0)
    expect((await listed()).total).toBe(0)
    expect((await listed(['list', '--removed'])).total).toBe(1)
    expect((await keys(['show', '1'])).stdout).toContain('wrong station')
    expect((await keys(['remove', '1'])).code).toBe(1)
  })

  test('a beginning that several keys have is not guessed at', async () => {
    await keys(['add', keyHex(KEY), '--meter', '1'])
    await keys(['add', keyHex(KEY), '--meter', '2'])
    const [entry] = (await listed()).keys
    const { code, stderr } = await keys(['show', entry?.fingerprint ?? ''])
    expect(code).toBe(1)
    expect(stderr).toMatch(/2, 1|1, 2/)
  })

  test('stats count entries, keys, trust, curves and conflicts', async () => {
    await keys(['add', keyHex(KEY), '--meter', '1', ...READ])
    await keys(['add', keyHex(OTHER), '--meter', '1'])
    await keys(['add', keyHex(OTHER), '--meter', '2'])
    const { stdout } = await keys(['stats', '--format', 'json'])
    expect(JSON.parse(stdout)).toMatchObject({
      entries: 3,
      keys: 2,
      by_trust: { K2: 2, K4: 1 },
      by_curve: { secp256r1: 3 },
      conflicts: 1,
    })
    expect((await keys(['stats'])).stdout).toMatch(/Conflicts +1/)
  })
})

describe('keys calibrated', () => {
  test('keeps the year that was read off the meter, and verify says when it is over', async () => {
    await keys(['add', keyHex(KEY), ...READ])
    expect((await keys(['calibrated', '1', '2025'])).code).toBe(0)
    expect((await keys(['show', '1'])).stdout).toMatch(/Calibrated until +2025/)
    writeFileSync(join(root, 'a.xml'), xmlWith([wholeSession()]))
    const { code, stdout } = await run(['verify', 'a.xml', '--store', root])
    expect(code).toBe(0)
    expect(stdout).toContain('LAW-CALDATE')
    await keys(['calibrated', '1', '-'])
    expect((await run(['verify', 'a.xml', '--store', root])).stdout).not.toContain('LAW-CALDATE')
    for (const year of ['1999', 'soon', '20255']) {
      expect((await keys(['calibrated', '1', year])).code).toBe(1)
    }
  })
})

describe('keys repair', () => {
  const hex = keyHex(KEY)
  const damaged = `${hex.slice(0, 80)}${hex[80] === '0' ? '1' : '0'}${hex.slice(81)}`

  test('suggests the key that is meant, with what differs, and keeps nothing', async () => {
    const { code, stdout } = await keys(['repair', damaged])
    expect(code).toBe(0)
    expect(stdout).toContain(hex)
    expect(stdout).toContain('Character 81')
    expect(stdout).toContain('only a suggestion')
    const { stdout: text } = await keys(['repair', damaged, '--format', 'json'])
    expect(JSON.parse(text)).toMatchObject({ readable: false, suggestion: { text: hex } })
    expect((await listed()).total).toBe(0)
  })

  test('says what is readable, and what cannot be mended', async () => {
    expect((await keys(['repair', hex])).stdout).toContain('can be read')
    expect(await keys(['repair', 'Road'])).toMatchObject({ code: 3, stdout: '' })
    expect((await keys(['add', damaged])).stderr).toContain('keys repair')
  })
})

describe('keys export and import', () => {
  test('carry a store to another one, where everything is worth K2', async () => {
    await keys(['add', keyHex(KEY), '--meter', METER, ...READ])
    expect(await keys(['export', '-o', 'list.json'])).toMatchObject({ code: 0, stdout: '' })
    const { stdout } = await keys(['export', '--format', 'csv'])
    expect(stdout.split('\r\n')).toHaveLength(3)
    const other = join(root, 'other')
    const args = ['keys', 'import', 'list.json', '--issuer', 'Eichamt', '--store', other]
    const first = await run(args)
    expect(first).toMatchObject({
      code: 0,
      stdout: 'list.json: 1 new, 0 already known, 0 not taken\n',
    })
    expect((await run(args)).stdout).toContain('0 new, 1 already known')
    const { stdout: copy } = await run(['keys', 'list', '--format', 'json', '--store', other])
    expect((JSON.parse(copy) as Listed).keys[0]).toMatchObject({ trust: 'K2', meter: METER })
  })

  test('hand a signed list to another office, which knows whose it is', async () => {
    await keys(['add', keyHex(KEY), '--meter', METER, ...READ])
    const { stdout } = await keys(['issuer-new', '-o', 'office.pem'])
    const publicKey = stdout.trim().split('\n').at(-1) ?? ''
    expect(statSync(join(root, 'office.pem')).mode & 0o777).toBe(0o600)
    const sign = ['--sign', 'office.pem', '--issuer', 'Eichamt Nord']
    expect((await keys(['export', '-o', 'list.json', ...sign])).code).toBe(0)
    const other = join(root, 'other')
    const there = (args: readonly string[]) => run(['keys', ...args, '--store', other])
    expect(await there(['import', 'list.json'])).toMatchObject({ code: 5 })
    const trusted = ['issuer-add', publicKey, '--issuer', 'Eichamt Nord', '--trust', 'K3']
    expect((await there(trusted)).stdout).toContain('K3')
    const taken = await there(['import', 'list.json'])
    expect(taken).toMatchObject({ code: 0 })
    expect(taken.stdout).toContain('signed by Eichamt Nord')
    const { stdout: list } = await there(['list', '--format', 'json'])
    expect((JSON.parse(list) as Listed).keys[0]).toMatchObject({ trust: 'K3', meter: METER })
    writeFileSync(
      join(root, 'forged.json'),
      readFileSync(join(root, 'list.json'), 'utf8').replace(METER, 'TEST-0002'),
    )
    const forged = await there(['import', 'forged.json'])
    expect(forged).toMatchObject({ code: 2 })
    expect(forged.stdout).toContain('does not fit the list')
    expect((await there(['log'])).stdout).toContain('Issuer added')
    expect((await there(['issuer-remove', '1'])).code).toBe(0)
    expect((await there(['issuers'])).stdout).toContain('No issuer is kept')
  })

  test.each([
    [['export', '--sign', 'nowhere.pem', '--issuer', 'X'], 3, 'does not exist'],
    [['export', '--sign', 'x.pem'], 1, '--issuer'],
    [['export', '--issuer', 'X'], 1, '--sign'],
    [['issuer-add', 'ABC', '--issuer', 'X'], 3, 'no public Ed25519 key'],
    [['issuer-add', 'ABC'], 1, '--issuer'],
    [['issuer-remove', '7'], 1, 'no key'],
    [['list', '--trust', 'K3'], 1, '--trust'],
  ])('refuse %j', async (args, code, words) => {
    const answer = await keys(args)
    expect(answer.code).toBe(code)
    expect(answer.stderr.toLowerCase()).toContain(words.toLowerCase())
  })

  test.each(['', 'not a list', '{"schema":"other","keys":[]}', '\u0000\u0001'])(
    'a file that is no list (%j) adds nothing and says why',
    async (content) => {
      writeFileSync(join(root, 'list'), content)
      const { code, stdout } = await keys(['import', 'list'])
      expect(code).toBe(3)
      expect(stdout).toMatch(/Line 1: (?:this is no list of keys|the file is empty)/)
    },
  )

  test('a file that is not there is told', async () => {
    const { code, stderr } = await keys(['import', 'nowhere.json'])
    expect(code).toBe(3)
    expect(stderr).toContain('it does not exist')
  })

  test('an export that cannot be written leaves nothing half done', async () => {
    const { code, stderr } = await keys(['export', '-o', 'no/such/folder/x'])
    expect(code).toBe(1)
    expect(stderr).toContain('ENOENT')
  })
})

describe('keys import-register', () => {
  test('reads an edition, says what came of it, and find looks into it', async () => {
    const { rows, usable, samples } = writeRegisterCsv(join(root, 'r.csv'), { rows: 200 })
    const first = await keys(['import-register', 'r.csv', '--unusable', 'bad.csv'])
    expect(first).toMatchObject({ code: 0, stderr: '' })
    expect(first.stdout).toContain('Imported: charging register of 1 September 2026')
    expect(first.stdout).toMatch(new RegExp(`Stations +${rows}\\b`))
    expect(readFileSync(join(root, 'bad.csv'), 'utf8')).toContain(
      '"row","column","reason","printed"',
    )
    const again = await keys(['import-register', 'r.csv', '--format', 'json'])
    expect(JSON.parse(again.stdout)).toMatchObject({ outcome: 'known', report: { rows, usable } })
    const [sample] = samples
    for (const words of [sample?.number ?? '', sample?.fingerprint ?? '']) {
      const { stdout } = await keys(['find', words, '--format', 'json'])
      const { register } = JSON.parse(stdout) as { register: { number: string }[] }
      expect(register.map(({ number }) => number)).toEqual([sample?.number])
    }
    expect((await keys(['find', 'kiel'])).stdout).toContain('24103 Kiel')
    expect((await keys(['stats', '--lang', 'de'])).stdout).toContain(
      'Stand 01.09.2026  (in Gebrauch)',
    )
  })

  test.each([
    ['<html>', 'this is a web page'],
    ['a;b\n', 'this is no charging register'],
    ['Betreiber;Steckertypen1\n"A;B\n', 'a quotation mark is never closed (line 2)'],
  ])('a bad file (%j) is refused with its reason', async (content, words) => {
    writeFileSync(join(root, 'r.csv'), content)
    const { code, stdout, stderr } = await keys(['import-register', 'r.csv'])
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' })
    expect(stderr).toContain(words)
    expect(stderr).toContain('What was imported before is unchanged')
  })
})

describe('verify', () => {
  const file = () => {
    writeFileSync(join(root, 'a.xml'), xmlWith([wholeSession()]))
    return 'a.xml'
  }
  const state = async (args: readonly string[]) => (await run(['verify', file(), ...args])).code

  async function serialOf(): Promise<string> {
    const { stdout } = await run(['verify', file(), '--format', 'json', '--no-store'])
    const { sessions } = JSON.parse(stdout) as { sessions: { meter: { serial: string } }[] }
    return sessions[0]?.meter.serial ?? ''
  }

  test('counts a key of the store that was read off the station, unless the store is left out', async () => {
    await keys(['add', keyHex(KEY), '--meter', await serialOf(), ...READ])
    expect(await state(['--store', root])).toBe(0)
    expect(await state(['--store', root, '--no-store'])).toBe(5)
    expect(await state(['--store', join(root, 'empty')])).toBe(5)
  })

  test('a record signed with another key than the store knows for its meter does not pass', async () => {
    await keys(['add', keyHex(OTHER), '--meter', await serialOf(), ...READ])
    expect(await state(['--store', root])).toBe(2)
  })
})

describe('the command line of keys', () => {
  test.each([
    [['keys', 'frobnicate'], 'list, find, show'],
    [['keys', 'list', 'stray'], 'stray'],
    [['keys', 'list', '--meter', '1'], '--meter'],
    [['keys', 'list', '--format', 'csv'], 'text, json'],
    [['keys', 'list', '--unknown'], '--unknown'],
  ])('%j is refused with a reason', async (args, words) => {
    const { code, stdout, stderr } = await run(args)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain(words)
  })

  test('help names every command in both languages', async () => {
    for (const language of ['de', 'en']) {
      const { code, stdout } = await run(['keys', '--help', '--lang', language])
      expect(code).toBe(0)
      for (const word of [
        'list',
        'find',
        'show',
        'add',
        'remove',
        'import',
        'export',
        'stats',
        'import-register',
      ]) {
        expect(stdout).toMatch(new RegExp(`^  ${word}\\b`, 'm'))
      }
    }
  })

  test('a store of a newer version is read, and told to be so where it would be written', async () => {
    await keys(['add', keyHex(KEY)])
    const { default: Driver } = await import('better-sqlite3')
    const db = new Driver(join(root, 'keys.sqlite'))
    db.pragma('user_version = 999')
    db.close()
    expect((await listed()).total).toBe(1)
    const { code, stderr } = await keys(['add', keyHex(OTHER), '--lang', 'de'])
    expect(code).toBe(1)
    expect(stderr).toContain('er stammt von einer neueren Version')
  })

  test('a foreign file in the place of the store is left alone', async () => {
    writeFileSync(join(root, 'keys.sqlite'), 'something else')
    const { code, stderr } = await keys(['list'])
    expect(code).toBe(1)
    expect(stderr).toContain('key store')
    expect(readFileSync(join(root, 'keys.sqlite'), 'utf8')).toBe('something else')
  })
})

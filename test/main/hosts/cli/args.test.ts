import { describe, expect, test } from 'vitest'
import {
  OUTPUT_FORMATS,
  UsageError,
  type VerifyCommand,
  languageOf,
  parseCommand,
} from '../../../../src/main/hosts/cli/args.ts'
import { HELP } from '../../../../src/main/hosts/cli/help.ts'
import { LANGUAGES, text } from '../../../../src/shared/i18n/index.ts'

const parse = (line: string) => parseCommand(line === '' ? [] : line.split(' '), 'en_GB.UTF-8')

function verifying(line: string): VerifyCommand {
  const command = parse(`verify ${line}`)
  if (command.name !== 'verify') throw new Error(command.name)
  return command
}

function problem(line: string): string {
  try {
    parse(line)
  } catch (error) {
    if (error instanceof UsageError) return text('en', error.key, error.params)
    throw error
  }
  throw new Error('was understood')
}

describe('verify', () => {
  test('asks for nothing more than paths', () => {
    expect(verifying('a b -')).toEqual({
      name: 'verify',
      language: 'en',
      paths: ['a', 'b', '-'],
      recursive: false,
      format: 'text',
      keys: [],
      keyTrust: 'K2',
      requireTrust: 'K3',
      profile: 'driver',
      jobs: null,
      store: null,
      noStore: false,
      password: null,
      report: null,
    })
  })

  test('takes its options in any order, before and behind the paths', () => {
    expect(
      verifying(
        '-r --key=00 a --jobs 4 --key - --key-trust K4 --require-trust=K1 --store s --no-store',
      ),
    ).toMatchObject({
      paths: ['a'],
      recursive: true,
      keys: ['00', '-'],
      keyTrust: 'K4',
      requireTrust: 'K1',
      jobs: 4,
      store: 's',
      noStore: true,
    })
  })

  test.each(OUTPUT_FORMATS)('writes %s', (format) => {
    expect(verifying(`a --format ${format}`).format).toBe(format)
  })

  test.each(['driver', 'auditor', 'strict'])('weighs for %s', (profile) => {
    expect(verifying(`a --profile ${profile}`).profile).toBe(profile)
  })

  test('takes a key in PEM, although it begins like an option', () => {
    const pem = '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----'
    const command = parseCommand(['verify', '--key', pem, 'a', '--key', '-', `--key=${pem}`], 'en')
    expect(command).toMatchObject({ paths: ['a'], keys: [pem, '-', pem] })
  })

  test('takes what stands behind two dashes for paths', () => {
    expect(verifying('-- -r --format').paths).toEqual(['-r', '--format'])
  })

  test.each(['1', '64'])('works on %s inputs at the same time', (count) => {
    expect(verifying(`a --jobs ${count}`).jobs).toBe(Number(count))
  })
})

describe('language', () => {
  test.each([
    ['de_DE.UTF-8', 'de'],
    ['de', 'de'],
    ['de-AT', 'de'],
    ['en_GB', 'en'],
    ['fr_FR.UTF-8', 'en'],
    ['', 'en'],
  ])('of the system %j is %s', (locale, language) => {
    expect(languageOf(locale)).toBe(language)
    expect(parseCommand(['about'], locale).language).toBe(language)
  })

  test('that is asked for counts more', () => {
    expect(parseCommand(['about', '--lang', 'de'], 'en').language).toBe('de')
    expect(parseCommand(['about', '--lang', 'en'], 'de').language).toBe('en')
  })
})

describe('other commands', () => {
  test.each(['', 'help', '--help', '-h', 'verify a --help'])('%j shows how to call', (line) => {
    expect(parse(line).name).toBe('help')
  })

  test.each(['--version', '-v', 'verify a -v'])('%j shows the version', (line) => {
    expect(parse(line).name).toBe('version')
  })

  test('about writes text or JSON', () => {
    expect(parse('about')).toMatchObject({ name: 'about', format: 'text' })
    expect(parse('about --format json')).toMatchObject({ name: 'about', format: 'json' })
  })

  test.each(LANGUAGES)('help in %s names every option and every exit code', (language) => {
    const options = ['--recursive', '--format', '--key ', '--key-trust', '--require-trust']
    for (const option of [...options, '--profile', '--jobs', '--lang', '--help', '--version']) {
      expect(HELP[language]).toContain(option)
    }
    for (const code of [0, 1, 2, 3, 4, 5, 6, 7, 8, 10]) {
      expect(HELP[language]).toMatch(new RegExp(`(?:^|[:· \\n])${code} `))
    }
  })
})

describe('what cannot be understood', () => {
  test.each([
    ['frobnicate', 'frobnicate'],
    ['verify', 'missing'],
    ['verify a --frobnicate', '--frobnicate'],
    ['verify a -x', '-x'],
    ['verify a --format', '--format'],
    ['verify a --format xml', 'xml'],
    ['verify a --format TEXT', 'TEXT'],
    ['about --format csv', 'csv'],
    ['verify a --lang fr', 'fr'],
    ['verify a --key-trust K0', 'K0'],
    ['verify a --key-trust K5', 'K5'],
    ['verify a --require-trust K0', 'K0'],
    ['verify a --require-trust 3', '3'],
    ['verify a --profile boss', 'boss'],
    ['verify a --jobs 0', '--jobs'],
    ['verify a --jobs 65', '--jobs'],
    ['verify a --jobs 1.5', '--jobs'],
    ['verify a --jobs x', '--jobs'],
    ['verify a --jobs=', '--jobs'],
    ['verify a --recursive=yes', '--recursive'],
  ])('%j is told to the person who typed it, by its word', (line, word) => {
    expect(problem(line)).toContain(word)
  })
})

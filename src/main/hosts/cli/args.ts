/**
 * The command line as typed → what is to be done.
 *
 * @module
 */
import { parseArgs } from 'node:util'
import { LANGUAGES, type Language } from '../../../shared/i18n/index.ts'
import { TRUST_LEVELS, type TrustLevel } from '../../../shared/model/key.ts'
import { PROFILES, type Profile } from '../../../shared/model/profile.ts'
import { type KeysCommand, parseKeysCommand } from './keys-args.ts'
import { UsageError, oneOf, unknownOption } from './usage.ts'

export { UsageError } from './usage.ts'

export const OUTPUT_FORMATS = ['text', 'json', 'ndjson', 'csv'] as const
export type OutputFormat = (typeof OUTPUT_FORMATS)[number]

export interface VerifyCommand {
  name: 'verify'
  paths: string[]
  recursive: boolean
  format: OutputFormat
  keys: string[]
  keyTrust: TrustLevel
  requireTrust: TrustLevel
  profile: Profile
  jobs: number | null
  /** Folder of the key store; null for the user's own. */
  store: string | null
  noStore: boolean
  /** For inputs that are protected with one; null for none. */
  password: string | null
  /** Where to write the report; null for none. */
  report: string | null
}

export type Command = { language: Language } & (
  | VerifyCommand
  | KeysCommand
  | { name: 'about'; format: 'text' | 'json' }
  | { name: 'help' }
  | { name: 'version' }
)

const OPTIONS = {
  recursive: { type: 'boolean', short: 'r', default: false },
  format: { type: 'string', default: 'text' },
  lang: { type: 'string' },
  key: { type: 'string', multiple: true },
  'key-trust': { type: 'string', default: 'K2' },
  'require-trust': { type: 'string', default: 'K3' },
  profile: { type: 'string', default: 'driver' },
  jobs: { type: 'string' },
  store: { type: 'string' },
  'no-store': { type: 'boolean', default: false },
  password: { type: 'string' },
  report: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
  version: { type: 'boolean', short: 'v', default: false },
} as const

/**
 * @param locale language of the system, for messages where none is asked for
 * @throws UsageError
 */
export function parseCommand(args: readonly string[], locale: string): Command {
  const [first, ...behind] = args
  if (first === 'keys') {
    const { command, language } = parseKeysCommand(behind)
    return { ...command, language: language ?? languageOf(locale) }
  }
  const { values, positionals } = parse(args)
  const language =
    values.lang === undefined ? languageOf(locale) : oneOf('--lang', values.lang, LANGUAGES)
  if (values.version) return { name: 'version', language }
  const [name, ...paths] = positionals
  if (values.help || name === undefined || name === 'help') return { name: 'help', language }
  if (name === 'about') {
    return { name, language, format: oneOf('--format', values.format, ['text', 'json'] as const) }
  }
  if (name !== 'verify') throw new UsageError('usage.command', { found: name })
  if (paths.length === 0) throw new UsageError('usage.nothing')
  const format = oneOf('--format', values.format, OUTPUT_FORMATS)
  const report = values.report ?? null
  if (report === '') throw new UsageError('usage.option', { found: '--report' })
  if (report !== null && format === 'ndjson') throw new UsageError('report.usage-ndjson')
  return {
    name,
    language,
    paths,
    recursive: values.recursive,
    format,
    keys: values.key ?? [],
    keyTrust: oneOf('--key-trust', values['key-trust'], USER_TRUST),
    requireTrust: oneOf('--require-trust', values['require-trust'], USER_TRUST),
    profile: oneOf('--profile', values.profile, PROFILES),
    jobs: values.jobs === undefined ? null : jobs(values.jobs),
    store: values.store ?? null,
    noStore: values['no-store'],
    password: values.password ?? null,
    report,
  }
}

/** @param locale such as `de_DE.UTF-8` */
export function languageOf(locale: string): Language {
  return locale.startsWith('de') ? 'de' : 'en'
}

/** Levels a person may claim or ask for. */
const USER_TRUST = TRUST_LEVELS.filter((level) => level !== 'K0' && level !== 'K5')

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: withPem(args), options: OPTIONS, allowPositionals: true })
  } catch (error) {
    throw unknownOption(error)
  }
}

/** PEM begins like an option; joined to its own it is taken for what it is. */
function withPem(args: readonly string[]): string[] {
  return args.flatMap((arg, index) => {
    const isPem = args[index + 1]?.startsWith('-----BEGIN ') === true
    if (arg === '--key' && isPem) return []
    return arg.startsWith('-----BEGIN ') && args[index - 1] === '--key' ? [`--key=${arg}`] : [arg]
  })
}

function jobs(value: string): number {
  const count = Number(value)
  if (!Number.isInteger(count) || count < 1 || count > 64) {
    throw new UsageError('usage.value', { option: '--jobs', known: '1–64', found: value })
  }
  return count
}

/**
 * `eichlicht keys …` as typed → what is to be done with the key store.
 *
 * @module
 */
import { parseArgs } from 'node:util'
import { LANGUAGES } from '../../../shared/i18n/index.ts'
import {
  ISSUER_TRUST,
  type IssuerTrust,
  type KeyDetails,
  READ_PLACES,
  type ReadPlace,
} from '../../../shared/model/stored-key.ts'
import { UsageError, oneOf, unknownOption } from './usage.ts'

export const KEY_ACTIONS = [
  'list',
  'find',
  'show',
  'add',
  'remove',
  'import',
  'export',
  'stats',
  'import-register',
  'issuers',
  'issuer-new',
  'issuer-add',
  'issuer-remove',
  'log',
  'repair',
  'calibrated',
] as const
export type KeyAction = (typeof KEY_ACTIONS)[number]

/** Where the user read a key, who it was, and the ISO date; null: today. */
export interface Reading {
  where: ReadPlace
  by: string
  on: string | null
}

export type KeysAsked =
  | { action: 'list'; removed: boolean }
  | { action: 'find'; words: string }
  | { action: 'show'; key: string }
  | { action: 'remove'; key: string; reason: string }
  | { action: 'add'; keys: string[]; details: KeyDetails; read: Reading | null }
  | { action: 'import'; files: string[]; issuer: string | null }
  | { action: 'export'; output: string | null; sign: { file: string; issuer: string } | null }
  | { action: 'issuers' | 'log' }
  | { action: 'repair'; text: string }
  | { action: 'calibrated'; key: string; year: number | null }
  | { action: 'issuer-new'; output: string }
  | { action: 'issuer-add'; key: string; name: string; trust: IssuerTrust }
  | { action: 'issuer-remove'; id: number }
  | { action: 'stats' }
  | { action: 'import-register'; file: string; date: string | null; unusable: string | null }

export interface KeysCommand {
  name: 'keys'
  format: 'text' | 'json' | 'csv'
  /** Folder of the key store; null for the user's own. */
  store: string | null
  asked: KeysAsked
}

const COMMON = {
  format: { type: 'string' },
  lang: { type: 'string' },
  store: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
  version: { type: 'boolean', short: 'v', default: false },
} as const

const OPTIONS = {
  ...COMMON,
  removed: { type: 'boolean', default: false },
  reason: { type: 'string' },
  meter: { type: 'string' },
  evse: { type: 'string' },
  station: { type: 'string' },
  operator: { type: 'string' },
  label: { type: 'string' },
  note: { type: 'string' },
  read: { type: 'string' },
  by: { type: 'string' },
  on: { type: 'string' },
  issuer: { type: 'string' },
  output: { type: 'string', short: 'o' },
  date: { type: 'string' },
  unusable: { type: 'string' },
  sign: { type: 'string' },
  trust: { type: 'string', default: 'K2' },
} as const
type Option = keyof typeof OPTIONS

/** Options of each action besides the common ones; what does nothing is refused. */
const OPTIONS_OF: Record<KeyAction, readonly Option[]> = {
  list: ['removed'],
  find: [],
  show: [],
  add: ['meter', 'evse', 'station', 'operator', 'label', 'note', 'read', 'by', 'on'],
  remove: ['reason'],
  import: ['issuer'],
  export: ['output', 'sign', 'issuer'],
  stats: [],
  'import-register': ['date', 'unusable'],
  issuers: [],
  'issuer-new': ['output'],
  'issuer-add': ['issuer', 'trust'],
  'issuer-remove': [],
  log: [],
  repair: [],
  calibrated: [],
}

type Values = ReturnType<typeof parse>['values']

/**
 * @param args what stands behind `keys`
 * @throws UsageError
 */
export function parseKeysCommand(args: readonly string[]): {
  command: KeysCommand | { name: 'help' } | { name: 'version' }
  language: (typeof LANGUAGES)[number] | null
} {
  const { values, positionals } = parse(args)
  const language = values.lang === undefined ? null : oneOf('--lang', values.lang, LANGUAGES)
  if (values.version) return { command: { name: 'version' }, language }
  const [name, ...rest] = positionals
  if (values.help || name === undefined) return { command: { name: 'help' }, language }
  const action = KEY_ACTIONS.find((known) => known === name)
  if (action === undefined) {
    throw new UsageError('keys.usage.action', { found: name, known: KEY_ACTIONS.join(', ') })
  }
  const allowed = [...Object.keys(COMMON), ...OPTIONS_OF[action]]
  const stray = Object.entries(values).find(
    ([option, value]) =>
      value !== false && value !== OPTIONS.trust.default && !allowed.includes(option),
  )
  if (stray !== undefined) throw new UsageError('usage.option', { found: `--${stray[0]}` })
  const formats = action === 'export' ? (['json', 'csv'] as const) : (['text', 'json'] as const)
  const format = oneOf('--format', values.format ?? formats[0], formats)
  const asked = askedFor(action, rest, values)
  return { command: { name: 'keys', format, store: values.store ?? null, asked }, language }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true })
  } catch (error) {
    throw unknownOption(error)
  }
}

function askedFor(action: KeyAction, rest: readonly string[], values: Values): KeysAsked {
  switch (action) {
    case 'list':
      none(rest)
      return { action, removed: values.removed }
    case 'stats':
      none(rest)
      return { action }
    case 'issuers':
    case 'log':
      none(rest)
      return { action }
    case 'export':
      none(rest)
      return { action, output: values.output ?? null, sign: signing(values) }
    case 'calibrated': {
      const [key, year, ...more] = some(rest)
      none(more)
      return { action, key, year: yearOf(year) }
    }
    case 'repair':
      return { action, text: only(rest) }
    case 'issuer-new': {
      none(rest)
      const { output } = values
      if (output === undefined) throw new UsageError('usage.option', { found: '--output' })
      return { action, output }
    }
    case 'issuer-add': {
      const name = nameOf(values.issuer)
      return { action, key: only(rest), name, trust: oneOf('--trust', values.trust, ISSUER_TRUST) }
    }
    case 'issuer-remove': {
      const id = only(rest)
      if (/^\d{1,15}$/.test(id)) return { action, id: Number(id) }
      throw new UsageError('keys.usage.stray', { found: id })
    }
    case 'find':
      return { action, words: some(rest).join(' ') }
    case 'show':
      return { action, key: only(rest) }
    case 'remove':
      return { action, key: only(rest), reason: values.reason ?? '' }
    case 'add':
      return { action, keys: some(rest), details: detailsOf(values), read: readingOf(values) }
    case 'import':
      return { action, files: some(rest), issuer: values.issuer ?? null }
    case 'import-register': {
      const { date = null, unusable = null } = values
      return { action, file: only(rest), date: date && dateOf('--date', date), unusable }
    }
  }
}

/** @returns null for a dash: unknown */
function yearOf(text: string | undefined): number | null {
  if (text === '-') return null
  if (text !== undefined && /^2[01]\d\d$/.test(text)) return Number(text)
  throw new UsageError('usage.value', {
    option: 'keys calibrated',
    known: '2000–2199, -',
    found: text ?? '',
  })
}

/** A list that is signed names who signs it. */
function signing({ sign, issuer }: Values): { file: string; issuer: string } | null {
  if (sign !== undefined) return { file: sign, issuer: nameOf(issuer) }
  if (issuer !== undefined) throw new UsageError('usage.option', { found: '--sign' })
  return null
}

function nameOf(issuer: string | undefined): string {
  const name = issuer?.replace(/\s+/g, ' ').trim() ?? ''
  if (name === '') throw new UsageError('usage.option', { found: '--issuer' })
  return name
}

function some(rest: readonly string[]): [string, ...string[]] {
  const [first, ...more] = rest
  if (first === undefined || first === '') throw new UsageError('keys.usage.nothing')
  return [first, ...more]
}

function only(rest: readonly string[]): string {
  const [first, ...more] = some(rest)
  none(more)
  return first
}

function none([stray]: readonly string[]): void {
  if (stray !== undefined) throw new UsageError('keys.usage.stray', { found: stray })
}

function detailsOf(values: Values): KeyDetails {
  const { meter, evse, station, operator, label, note } = values
  return {
    meter: meter ?? null,
    evse: evse ?? null,
    station: station ?? null,
    operator: operator ?? null,
    label: label ?? null,
    note: note ?? null,
  }
}

/** A confirmation names who read the key, and where: else it is none. */
function readingOf({ read, by, on }: Values): Reading | null {
  if (read === undefined) {
    if (by !== undefined || on !== undefined) throw new UsageError('keys.usage.read')
    return null
  }
  if (by === undefined || by.trim() === '') throw new UsageError('keys.usage.by')
  const where = oneOf('--read', read, READ_PLACES)
  return { where, by: by.trim(), on: on === undefined ? null : dateOf('--on', on) }
}

function dateOf(option: string, text: string): string {
  if (isDate(text)) return text
  throw new UsageError('usage.value', { option, known: 'YYYY-MM-DD', found: text })
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false
  const time = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}

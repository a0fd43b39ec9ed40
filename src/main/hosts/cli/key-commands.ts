/**
 * `eichlicht keys …`: the key store on the command line.
 *
 * Only `add` and `import` make a store where there is none. Names and notes come from other
 * people: whatever is printed for a terminal passes `visible`.
 *
 * @module
 */
import { basename } from 'node:path'
import { showDay as day, visible } from '../../../shared/display.ts'
import { type UiKey, text, wordFor } from '../../../shared/i18n/index.ts'
import type { RegisterHit } from '../../../shared/model/register.ts'
import type { KeyConfirmation, KeySighting, StoredKey } from '../../../shared/model/stored-key.ts'
import { fileText } from '../../engine/codec/text.ts'
import { LIMITS } from '../../engine/limits.ts'
import { digest } from '../../host-deps.ts'
import { csvParts, importKeys, jsonParts, lineOf } from '../../key-store/exchange.ts'
import type { KeyStore } from '../../key-store/store.ts'
import { StoreError } from '../../key-store/trouble.ts'
import { readOneKey } from '../../read-key.ts'
import type { Command } from './args.ts'
import { type ExitCode, worstCode } from './exit-code.ts'
import type { KeysCommand } from './keys-args.ts'
import {
  type AskedFor,
  Refusal,
  type Run,
  bytesOf,
  contentOf,
  nameOf,
  note,
  withStore,
  writeFile,
} from './key-run.ts'
import type { Output } from './verify.ts'

export const KEY_LIST_SCHEMA = 'eichlicht-key-list/1'

export async function keys(command: KeysCommand & Command, output: Output): Promise<ExitCode[]> {
  const run: Run = { ...command, output }
  try {
    return [await perform(run)]
  } catch (error) {
    const { key, params, code } = asRefusal(error)
    process.stderr.write(`eichlicht: ${text(command.language, key, params)}\n`)
    return [code]
  }
}

function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error
  if (!(error instanceof StoreError)) throw error
  const { code } = error
  if (code === 'exists') return new Refusal('keys.cli.exists', {})
  if (code === 'too-long') return new Refusal('keys.cli.too-long', {})
  if (code === 'no-such-key') return new Refusal('keys.cli.unknown', { found: '' })
  return new Refusal('keys.cli.store', { reason: `store.${code}` })
}

async function perform(run: Run): Promise<ExitCode> {
  const { asked } = run
  switch (asked.action) {
    case 'list':
      return await withStore(run, (store) => show(run, ...pageOf(store, '', asked.removed)))
    case 'find':
      return await withStore(run, (store) => find(run, asked.words, store))
    case 'repair':
      return await repair(run, asked)
    case 'calibrated':
      return await withStore(run, (store) => {
        const [known, { id }] = theKey(store, asked.key)
        return changed(run, [known.calibrate(id, asked.year)], 'keys.cli.was-changed')
      })
    case 'issuers':
    case 'issuer-new':
    case 'issuer-add':
    case 'issuer-remove':
    case 'log': {
      const { issuers } = await import('./issuer-commands.ts')
      return await issuers(run, asked)
    }
    case 'import-register': {
      const { importEdition } = await import('./register-command.ts')
      return await importEdition(run, asked)
    }
    case 'show':
      return await withStore(run, (store) => showOne(run, theKey(store, asked.key)))
    case 'stats':
      return await withStore(run, (store) => showStats(run, store))
    case 'export':
      return await withStore(run, (store) => exportAll(run, asked, store))
    case 'remove':
      return await withStore(run, (store) => remove(run, asked, store))
    case 'add':
      return await withStore(run, (store) => add(run, asked, made(store)), true)
    case 'import':
      return await withStore(run, (store) => importAll(run, asked, made(store)), true)
  }
}

function made(store: KeyStore | null): KeyStore {
  if (store === null) throw new StoreError('missing')
  return store
}

function pageOf(store: KeyStore | null, words: string, removed: boolean): [StoredKey[], number] {
  const keys: StoredKey[] = []
  if (store === null) return [keys, 0]
  for (;;) {
    const page = store.search(words, { removed, offset: keys.length })
    keys.push(...page.keys)
    if (page.keys.length === 0 || keys.length >= page.total) return [keys, page.total]
  }
}

/** @param name number of an entry, or the beginning of a fingerprint that only one key has */
function theKey(store: KeyStore | null, name: string): [KeyStore, StoredKey] {
  const unknown = new Refusal('keys.cli.unknown', { found: visible(name) })
  if (store === null) throw unknown
  if (/^\d{1,15}$/.test(name)) {
    try {
      return [store, store.get(Number(name))]
    } catch (error) {
      if (!(error instanceof StoreError) || error.code !== 'no-such-key') throw error
    }
  }
  const digits = name.toLowerCase().replace(/^sha256:/, '')
  if (!/^[0-9a-f]{4,64}$/.test(digits)) throw unknown
  const found = store
    .search(digits)
    .keys.filter(({ fingerprint }) => fingerprint.startsWith(`sha256:${digits}`))
  const [first, ...more] = found
  if (first === undefined) throw unknown
  if (more.length === 0) return [store, first]
  const ids = found.map(({ id }) => String(id)).join(', ')
  throw new Refusal('keys.cli.several', { found: visible(name), ids })
}

async function json({ output }: Run, content: object): Promise<ExitCode> {
  await output.write(`${JSON.stringify({ schema: KEY_LIST_SCHEMA, ...content }, null, 2)}\n`)
  return 0
}

function document(key: StoredKey) {
  const { id, removedAt, conflicts } = key
  const { calibratedUntil: calibrated_until, issuer } = key
  return { id, ...lineOf(key), removed_at: removedAt, conflicts, calibrated_until, issuer }
}

const NO_HITS: ReturnType<KeyStore['register']['search']> = { hits: [], more: false }
const MOST_HITS = 50

/** What the user keeps comes first, then what the register lists. */
async function find(run: Run, words: string, store: KeyStore | null): Promise<ExitCode> {
  const [found, total] = pageOf(store, words, false)
  const { hits, more } = store?.register.search(words, MOST_HITS) ?? NO_HITS
  if (run.format === 'json') {
    // Numbers of rows in the database are nobody's business.
    const register = hits.map(({ id: _id, ...hit }) => hit)
    return await json(run, { total, keys: found.map(document), register, more })
  }
  if (hits.length === 0) return await show(run, found, total)
  const { language, output } = run
  if (found.length > 0) await show(run, found, total)
  const [{ edition }] = hits as [RegisterHit]
  await output.write(`${text(language, 'register.title', { edition: day(language, edition) })}\n`)
  for (const hit of hits) await output.write(`${hitLines(hit).map(visible).join('\n')}\n`)
  if (more) {
    await output.write(`${text(language, 'register.more', { count: String(MOST_HITS) })}\n`)
  }
  return 0
}

/** The station, then a line for each charge point with its keys. */
function hitLines(hit: Omit<RegisterHit, 'id'>): string[] {
  const { number, operator, street, postcode, place } = hit
  const parts = [number, operator, street, [postcode, place].filter(Boolean).join(' ')]
  return [
    `  ${parts.filter(Boolean).join(' · ')}`,
    ...hit.points.map(({ slot, evse, keys: listed }) => {
      const prints = listed.map((key) => `${shortPrint(key)} ${key.curve}`)
      return `    ${slot}  ${evse ?? '–'}  ${prints.join(', ') || '–'}`
    }),
  ]
}

async function show(run: Run, found: readonly StoredKey[], total: number): Promise<ExitCode> {
  if (run.format === 'json') return await json(run, { total, keys: found.map(document) })
  const { language, output } = run
  if (found.length === 0) {
    await output.write(`${text(language, 'keys.cli.none')}\n`)
    return 0
  }
  for (const key of found) await output.write(`${listLine(run, key)}\n`)
  await output.write(`${text(language, 'keys.cli.count', { count: String(total) })}\n`)
  return 0
}

/** `12  K4  3f9a 02b1 …  secp256r1  1EMH0012345 · DE*ABC*E1 · Hauptstraße` */
function listLine({ language }: Run, key: StoredKey): string {
  const { id, trust, curve, meter, evse, station, operator, label, conflicts } = key
  const names = [label, meter, evse, station, operator].filter((name) => name !== null)
  const words = names.length === 0 ? text(language, 'keys.unnamed') : names.join(' · ')
  const conflict = conflicts.length === 0 ? '' : `  ! ${text(language, 'keys.conflict')}`
  const columns = [String(id).padStart(5), trust, shortPrint(key), curve.padEnd(15), visible(words)]
  return `${columns.join('  ')}${conflict}`
}

function shortPrint({ fingerprint }: Pick<StoredKey, 'fingerprint'>): string {
  return fingerprint.slice('sha256:'.length, 'sha256:'.length + 16).replace(/(.{4})(?=.)/g, '$1 ')
}

const WIDTH = 16

async function showOne(run: Run, [store, key]: [KeyStore, StoredKey]): Promise<ExitCode> {
  const { changes, sightings } = store.history(key.id)
  if (run.format === 'json') {
    const register = store.register.trace(key.fingerprint)
    return await json(run, { total: 1, keys: [document(key)], changes, sightings, register })
  }
  const { language, output } = run
  const { confirmed } = key
  const rows: [UiKey, string | null][] = [
    ['keys.label', key.label],
    ['keys.meter', key.meter],
    ['keys.evse', key.evse],
    ['keys.station', key.station],
    ['keys.operator', key.operator],
    ['keys.note', key.note],
    ['keys.column.trust', `${key.trust} (${text(language, `trust.${key.trust}`)})`],
    [
      'keys.confirmed',
      confirmed &&
        text(language, 'keys.confirmed.text', {
          on: confirmed.at,
          by: confirmed.by,
          where: wordFor(language, `place.${confirmed.where}`),
        }),
    ],
    ['keys.origin', key.origin],
    ['proof.curve', key.curve],
    ['key.fingerprint', key.fingerprint],
    ['key.point', key.point],
    ['keys.cli.valid', period(key)],
    ['keys.cli.calibrated', key.calibratedUntil === null ? null : String(key.calibratedUntil)],
    ['keys.cli.seen', seen(sightings)],
    ['keys.conflict', key.conflicts.length === 0 ? null : key.conflicts.join(', ')],
    ['keys.cli.removed', key.removedAt],
  ]
  for (const [label, value] of rows) {
    if (value === null) continue
    await output.write(`${text(language, label).padEnd(WIDTH)} ${visible(value)}\n`)
  }
  for (const { edition, places } of store.register.trace(key.fingerprint)) {
    const params = { edition: day(language, edition) }
    await output.write(`${text(language, 'register.title', params)}\n`)
    for (const { slot, evse, others: _, ...station } of places) {
      const point = { slot, evse, printed: null, keys: [] }
      await output.write(`${visible(hitLines({ ...station, points: [point] })[0] ?? '')}\n`)
    }
  }
  await output.write(`${text(language, 'keys.history')}\n`)
  for (const { at, action, detail, reason } of changes) {
    const line = `  ${at}  ${text(language, `change.${action}`)}  ${detail}  ${reason}`
    await output.write(`${visible(line.trimEnd())}\n`)
  }
  return 0
}

/** First and last session checked with the key, if history is kept; newest first. */
function seen(sightings: readonly KeySighting[]): string | null {
  const [last] = sightings
  const first = sightings.at(-1)
  if (last === undefined || first === undefined) return null
  return `${first.at.slice(0, 10)} – ${last.at.slice(0, 10)} (${sightings.length})`
}

function period({ validFrom, validUntil }: StoredKey): string | null {
  return validFrom === null && validUntil === null
    ? null
    : `${validFrom ?? '…'} – ${validUntil ?? '…'}`
}

async function showStats(run: Run, store: KeyStore | null): Promise<ExitCode> {
  const { language, output } = run
  const stats = store?.stats() ?? { entries: 0, keys: 0, byTrust: {}, byCurve: {}, conflicts: 0 }
  const { entries, keys: count, byTrust, byCurve, conflicts } = stats
  const editions = store?.register.editions() ?? []
  if (run.format === 'json') {
    return await json(run, {
      entries,
      keys: count,
      by_trust: byTrust,
      by_curve: byCurve,
      conflicts,
      register: editions,
    })
  }
  const rows: [string, number][] = [
    [text(language, 'keys.cli.entries'), entries],
    [text(language, 'keys.cli.keys'), count],
    ...Object.entries(byTrust),
    ...Object.entries(byCurve),
    [text(language, 'keys.cli.conflicts'), conflicts],
  ]
  for (const [name, value] of rows) await output.write(`${name.padEnd(WIDTH)} ${value}\n`)
  for (const { date, file, sha256, inUse, report } of editions) {
    const params = { edition: day(language, date) }
    const used = inUse ? `  ${text(language, 'register.in-use')}` : ''
    await output.write(`${text(language, 'register.title', params)}${used}\n`)
    const { rows: stations, points, evses, keys: keyed, distinct, unusable } = report
    const facts: [UiKey, number][] = [
      ['register.rows', stations],
      ['register.points', points],
      ['register.evses', evses],
      ['register.keys', keyed],
      ['register.distinct', distinct],
      ['register.unusable', unusable],
    ]
    for (const [label, value] of facts) {
      await output.write(`  ${text(language, label).padEnd(WIDTH + 8)} ${value}\n`)
    }
    await output.write(`  ${visible(file)}, SHA-256 ${sha256}\n`)
  }
  return 0
}

async function exportAll(
  run: Run,
  { output: path, sign }: AskedFor<'export'>,
  store: KeyStore | null,
): Promise<ExitCode> {
  const all = store?.all() ?? []
  const parts = run.format === 'csv' ? csvParts(all) : jsonParts(all)
  const list = sign === null ? parts : [await signed([...parts].join(''), sign)]
  if (path === null) {
    for (const part of list) await run.output.write(part)
  } else await writeFile(path, [...list].join(''))
  return 0
}

async function signed(list: string, { file, issuer }: { file: string; issuer: string }) {
  const { signList } = await import('../../key-store/signed-list.ts')
  const privateKey = Buffer.from(await bytesOf(file, LIMITS.keyTextBytes)).toString()
  const signedAt = new Date().toISOString()
  try {
    return Buffer.from(signList(Buffer.from(list), { issuer, signedAt, privateKey })).toString()
  } catch {
    throw new Refusal('keys.cli.no-signing-key', { path: visible(file) })
  }
}

async function remove(
  run: Run,
  { key: name, reason }: AskedFor<'remove'>,
  known: KeyStore | null,
): Promise<ExitCode> {
  const [store, key] = theKey(known, name)
  store.remove(key.id, reason)
  return await changed(run, [store.get(key.id)], 'keys.cli.was-removed')
}

async function add(
  run: Run,
  { keys: texts, details, read }: AskedFor<'add'>,
  store: KeyStore,
): Promise<ExitCode> {
  const found: StoredKey[] = []
  const confirmed = read === null ? null : confirmation(read)
  for (const given of texts) {
    const origin = nameOf(given)
    const key = readOneKey(await contentOf(given), null, origin)
    if ('refused' in key) {
      const { suggestKey } = await import('../../engine/signature/key-repair.ts')
      if (typeof given === 'string' && suggestKey(given) !== null) note(run, 'repair.possible', {})
      throw new Refusal('usage.key', { found: visible(origin), reason: key.refused }, 3)
    }
    const { validFrom, validUntil } = key
    const meter = details.meter ?? key.meter
    const evse = details.evse ?? key.evse
    const entry = { key, details: { ...details, meter, evse }, origin, confirmed }
    found.push(store.add({ ...entry, validFrom, validUntil }))
  }
  return await changed(run, found, 'keys.cli.was-added')
}

/** The whole key was given, so that much was compared. */
function confirmation({ where, by, on }: NonNullable<AskedFor<'add'>['read']>): KeyConfirmation {
  return { how: 'typed', by, where, at: on ?? new Date().toISOString().slice(0, 10) }
}

async function changed(run: Run, found: readonly StoredKey[], key: UiKey): Promise<ExitCode> {
  for (const { meter, conflicts } of found) {
    if (conflicts.length === 0 || meter === null) continue
    const others = conflicts.map((other) => other.slice(0, 23)).join(', ')
    note(run, 'keys.cli.conflict', { meter: visible(meter), others })
  }
  if (run.format === 'json') return await json(run, { keys: found.map(document) })
  for (const one of found) {
    await run.output.write(`${text(run.language, key)}\n${listLine(run, one)}\n`)
  }
  return 0
}

/** What a damaged key may have been; a suggestion for people, never used by itself. */
async function repair(run: Run, { text: given }: AskedFor<'repair'>): Promise<ExitCode> {
  const { suggestKey } = await import('../../engine/signature/key-repair.ts')
  const content = await contentOf(given)
  const printed = typeof content === 'string' ? content : (fileText(content)?.text ?? '')
  const read = readOneKey(printed, null, '')
  const found = 'refused' in read ? suggestKey(printed) : null
  const { language, output, format } = run
  if (format === 'json') {
    const suggestion =
      found === null ? null : { ...found, point: Buffer.from(found.point).toString('hex') }
    return await json(run, { readable: !('refused' in read), suggestion })
  }
  if (!('refused' in read)) {
    await output.write(`${text(language, 'repair.readable', { curve: read.curve })}\n`)
    return 0
  }
  if (found === null) throw new Refusal('repair.none', {}, 3)
  await output.write(`${text(language, 'repair.found', { curve: found.curve })}\n${found.text}\n`)
  for (const { kind, at, printed: was, meant } of found.edits) {
    const params = { at: String(at), printed: visible(was), meant }
    await output.write(`  ${text(language, `repair.${kind}`, params)}\n`)
  }
  await output.write(`${text(language, 'repair.careful')}\n`)
  return 0
}

async function importAll(
  run: Run,
  { files, issuer }: AskedFor<'import'>,
  store: KeyStore,
): Promise<ExitCode> {
  const reports: (ReturnType<typeof importKeys> & { file: string })[] = []
  for (const path of files) {
    const bytes = await bytesOf(path)
    const readKey = (given: string, curve: string | null) => readOneKey(given, curve, path)
    const sha256 = digest('SHA256', bytes)
    const file = { name: basename(path), bytes }
    reports.push({ file: path, ...importKeys(store, file, { issuer, sha256, readKey }) })
  }
  // A file in which nothing could be read is no list of keys.
  const unread = reports.some(
    ({ added, known, refused }) => added + known === 0 && refused.length > 0,
  )
  const code = worstCode([
    unread ? 3 : 0,
    ...reports.map(({ signature }) => CODE_OF_SIGNATURE[signature.status]),
  ])
  if (run.format === 'json') {
    await json(run, { imports: reports })
    return code
  }
  const { language, output } = run
  for (const { file, added, known, refused, signature } of reports) {
    const { status, issuer: signer } = signature
    if (status !== 'none') {
      const params = { file: visible(file), issuer: visible(signer ?? '') }
      await output.write(`${text(language, `keys.signature.${status}`, params)}\n`)
    }
    const counts = { added: String(added), known: String(known), refused: String(refused.length) }
    const line = text(language, 'keys.cli.imported', counts)
    await output.write(`${visible(file)}: ${line}\n`)
    for (const { line: number, reason } of refused) {
      const params = { line: String(number), reason }
      await output.write(`  ${text(language, 'keys.cli.refused', params)}\n`)
    }
  }
  return code
}

/** A list of nobody known is worth what an unsigned one is, and the exit code says so. */
const CODE_OF_SIGNATURE = { none: 0, valid: 0, 'unknown-issuer': 5, broken: 2 } as const

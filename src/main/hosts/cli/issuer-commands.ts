/**
 * `eichlicht keys issuers`, `issuer-…` and `log`: whose signed lists count, and what changed trust.
 *
 * @module
 */
import { chmod } from 'node:fs/promises'
import { visible } from '../../../shared/display.ts'
import { text } from '../../../shared/i18n/index.ts'
import { newIssuerKey } from '../../key-store/signed-list.ts'
import type { KeyStore } from '../../key-store/store.ts'
import { StoreError } from '../../key-store/trouble.ts'
import { readOneKey } from '../../read-key.ts'
import type { ExitCode } from './exit-code.ts'
import { type AskedFor, Refusal, type Run, contentOf, withStore, writeFile } from './key-run.ts'

export const ISSUERS_SCHEMA = 'eichlicht-issuers/1'

type Asked = AskedFor<'issuers' | 'issuer-new' | 'issuer-add' | 'issuer-remove' | 'log'>

export async function issuers(run: Run, asked: Asked): Promise<ExitCode> {
  switch (asked.action) {
    case 'issuers':
      return await withStore(run, (store) => list(run, store))
    case 'log':
      return await withStore(run, (store) => log(run, store))
    case 'issuer-new':
      return await make(run, asked.output)
    case 'issuer-add':
      return await withStore(run, (store) => add(run, asked, store), true)
    case 'issuer-remove':
      return await withStore(run, (store) => {
        if (store === null) throw new StoreError('no-such-key')
        store.removeIssuer(asked.id)
        return list(run, store)
      })
  }
}

async function list(run: Run, store: KeyStore | null): Promise<ExitCode> {
  const all = store?.issuers() ?? []
  const { language, output } = run
  if (run.format === 'json') {
    await output.write(`${JSON.stringify({ schema: ISSUERS_SCHEMA, issuers: all }, null, 2)}\n`)
    return 0
  }
  if (all.length === 0) await output.write(`${text(language, 'issuers.none')}\n`)
  for (const { id, name, trust, fingerprint } of all) {
    const columns = [String(id).padStart(5), trust, fingerprint.slice(0, 23), visible(name)]
    await output.write(`${columns.join('  ')}\n`)
  }
  return 0
}

async function add(
  run: Run,
  { key: given, name, trust }: AskedFor<'issuer-add'>,
  store: KeyStore | null,
): Promise<ExitCode> {
  const key = readOneKey(await contentOf(given), 'ed25519', name)
  if ('refused' in key) throw new Refusal('issuers.no-key', { reason: key.refused }, 3)
  if (store === null) throw new StoreError('missing')
  store.addIssuer(name, key, trust)
  return await list(run, store)
}

/** The private key goes into a file that only its owner reads, the public one to whoever asked. */
async function make({ language, output, format }: Run, path: string): Promise<ExitCode> {
  const { privateKey, publicKey } = newIssuerKey()
  await writeFile(path, privateKey)
  await chmod(path, 0o600)
  const lines =
    format === 'json'
      ? JSON.stringify({ schema: ISSUERS_SCHEMA, private_key_file: path, public_key: publicKey })
      : `${text(language, 'issuers.made', { path: visible(path) })}\n${publicKey}`
  await output.write(`${lines}\n`)
  return 0
}

async function log(run: Run, store: KeyStore | null): Promise<ExitCode> {
  const events = store?.events() ?? []
  const { language, output } = run
  if (run.format === 'json') {
    await output.write(`${JSON.stringify({ schema: ISSUERS_SCHEMA, events }, null, 2)}\n`)
    return 0
  }
  if (events.length === 0) await output.write(`${text(language, 'issuers.no-events')}\n`)
  for (const { at, action, detail } of events) {
    await output.write(`${visible(`${at}  ${text(language, `event.${action}`)}  ${detail}`)}\n`)
  }
  return 0
}

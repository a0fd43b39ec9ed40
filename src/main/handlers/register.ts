/**
 * The charging register, and issuers of signed lists.
 *
 * @module
 */
import { basename } from 'node:path'
import type { RegisterAnswer } from '../../shared/api.ts'
import { evseForms } from '../engine/trust/bnetza-register.ts'
import type { HostFace } from '../hosts/host-face.ts'
import { unusableCsv } from '../key-store/exchange.ts'
import type { StoreKeeper } from '../key-store/keeper.ts'
import { newIssuerKey } from '../key-store/signed-list.ts'
import { RegisterError } from '../key-store/register-file.ts'
import { readOneKey } from '../read-key.ts'
import type { RegisterJob } from '../register-job.ts'
import type { HandlersOf } from './handlers.ts'
import { Refusal } from './refusal.ts'
import { save } from './save.ts'

type RegisterMethod =
  | 'register'
  | 'searchRegister'
  | 'registerPlaces'
  | 'station'
  | 'importRegister'
  | 'cancelRegister'
  | 'saveUnusable'
  | 'issuers'
  | 'addIssuer'
  | 'trustIssuer'
  | 'removeIssuer'
  | 'trustEvents'
  | 'newIssuerKey'
  | 'removeEdition'

export interface RegisterDeps {
  host: HostFace
  keeper: StoreKeeper
  job: RegisterJob
  /** File of the key store; null for none. */
  store: string | null
  onProgress: (done: number, total: number) => void
}

export function registerHandlers({
  host,
  keeper,
  job,
  store,
  onProgress,
}: RegisterDeps): HandlersOf<RegisterMethod> {
  const take = async (
    from: string | Uint8Array,
    name: string,
    date: string | null,
  ): Promise<RegisterAnswer> => {
    // Says before seconds of work that the store cannot be written.
    keeper.toWrite()
    try {
      const task = { store: store ?? '', from, name, date }
      const { kind, edition, report } = await job.run(task, onProgress)
      return { kind, report, changes: keeper.toRead()?.register.changes(edition) ?? null }
    } catch (error) {
      if (!(error instanceof RegisterError)) throw error
      const { reason, row } = error
      return reason === 'cancelled' ? { kind: 'cancelled' } : { kind: 'refused', reason, row }
    }
  }
  return {
    register: () => keeper.toRead()?.register.editions() ?? [],
    searchRegister: ({ search }) =>
      keeper.toRead()?.register.search(search) ?? { hits: [], more: false },
    registerPlaces: ({ search }) =>
      keeper.toRead()?.register.places(search) ?? { places: [], more: false },
    station({ id }) {
      const known = keeper.toRead()
      const station = known?.register.station(id) ?? null
      if (known === null || station === null) throw new Refusal('no-such-station')
      const keys = station.points.flatMap((point) => point.keys)
      const prints = [...new Set(keys.map(({ fingerprint }) => fingerprint))]
      const kept = known.about(
        prints,
        station.points.flatMap(({ evse }) => evseForms(evse)),
      )
      return {
        station,
        trace: known.register.traceOf(id),
        kept,
        sightings: prints.flatMap((fingerprint) =>
          known.sightings(fingerprint).map((seen) => ({ ...seen, fingerprint })),
        ),
      }
    },
    async importRegister({ file, date }) {
      if (file !== null) return await take(file.bytes, file.name, date)
      const paths = await host.chooseFiles(false)
      if (paths === null) return { kind: 'ask' }
      const [path] = paths
      return path === undefined ? { kind: 'cancelled' } : await take(path, basename(path), date)
    },
    cancelRegister() {
      job.cancel()
      return null
    },
    saveUnusable({ edition }) {
      const register = keeper.toRead()?.register
      const known = register?.editions().find(({ id }) => id === edition)
      if (register === undefined || known === undefined) throw new Refusal('no-such-key')
      const list = [...unusableCsv(register.unusable(edition))].join('')
      const name = `eichlicht-register-${known.date}.csv`
      return save(host, name, 'text/csv', new TextEncoder().encode(list))
    },
    issuers: () => keeper.toRead()?.issuers() ?? [],
    addIssuer({ name, text, trust }) {
      const key = readOneKey(text, 'ed25519', name)
      if ('refused' in key) throw new Refusal('key-unreadable', key.refused)
      return keeper.toWrite().addIssuer(name, key, trust)
    },
    trustIssuer: ({ id, trust }) => keeper.toWrite().trustIssuer(id, trust),
    removeIssuer({ id }) {
      keeper.toWrite().removeIssuer(id)
      return null
    },
    trustEvents: () => keeper.toRead()?.events() ?? [],
    async newIssuerKey() {
      const { privateKey, publicKey } = newIssuerKey()
      const bytes = new TextEncoder().encode(privateKey)
      const saved = await save(host, 'eichlicht-issuer.pem', 'application/x-pem-file', bytes)
      return { saved, publicKey }
    },
    removeEdition({ edition }) {
      const used = keeper
        .toRead()
        ?.register.editions()
        .find(({ inUse }) => inUse)
      if (used?.id === edition) throw new Refusal('edition-in-use')
      keeper.toWrite().removeEdition(edition)
      return null
    },
  }
}

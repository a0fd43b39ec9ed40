/**
 * The API of all hosts of the window: one table of handlers.
 *
 * Whoever calls, the method and its input are checked first; whatever goes wrong is an answer.
 *
 * @module
 */
import { availableParallelism } from 'node:os'
import type { Answer, Events, Method } from '../shared/api.ts'
import type { Language } from '../shared/i18n/index.ts'
import { INPUTS } from './api-schema.ts'
import { aboutHandlers } from './handlers/about.ts'
import { checkHandlers } from './handlers/checks.ts'
import type { Handlers } from './handlers/handlers.ts'
import { keyHandlers } from './handlers/keys.ts'
import { pictureHandlers } from './handlers/pictures.ts'
import { refused, refusalOf } from './handlers/refusal.ts'
import { registerHandlers } from './handlers/register.ts'
import { reportHandlers } from './handlers/reports.ts'
import type { HostFace } from './hosts/host-face.ts'
import { Jobs } from './jobs.ts'
import { StoreKeeper } from './key-store/keeper.ts'
import { DEFAULT_SETTINGS } from './key-store/store.ts'
import { RegisterJob } from './register-job.ts'
import { Pool, type WorkerHandle } from './pool/pool.ts'
import { ReportWriter } from './pool/report-writer.ts'

export interface ApiDeps {
  host: HostFace
  /** Language of the system. */
  locale: Language
  /** Tells all windows. */
  emit: <E extends keyof Events>(event: E, value: Events[E]) => void
  /** File of the key store, which need not exist; null for none. */
  store: string | null
  /** Starts a worker that reads inputs, or writes reports with more memory. */
  launch: (options?: { memoryMiB: number }) => WorkerHandle
  /** Told of faults of ours, for whoever looks into the terminal; never of what inputs hold. */
  log?: (fault: string) => void
}

export interface Api {
  /** Never throws. */
  call(method: string, input: unknown): Promise<Answer<unknown>>
  /** Ends the workers and closes the key store. */
  close(): Promise<void>
}

/** From where on a key counts as confirmed the user says; never below the official register. */
const POLICY = { profile: 'driver' } as const
const MOST_WORKERS = 8

export function createApi({ host, locale, emit, store, launch, log = say }: ApiDeps): Api {
  const size = Math.min(availableParallelism(), MOST_WORKERS)
  const pool = new Pool({ launch: () => launch(), size })
  const writer = new ReportWriter({ launch })
  const keeper = new StoreKeeper(store)
  const register = new RegisterJob()
  const jobs = new Jobs({
    pool,
    width: size * 2,
    store,
    policy: () => ({
      ...POLICY,
      requiredTrust: (keeper.toRead()?.settings() ?? DEFAULT_SETTINGS).requiredTrust,
    }),
    emit: (progress) => emit('progress', progress),
  })
  const handlers: Handlers = {
    ...aboutHandlers(host, locale, keeper),
    ...checkHandlers(host, jobs, keeper),
    ...reportHandlers({ host, jobs, writer, tell: (progress) => emit('report', progress), log }),
    ...pictureHandlers(host, pool),
    ...keyHandlers(host, jobs, keeper),
    ...registerHandlers({
      host,
      keeper,
      job: register,
      store,
      onProgress: (done, total) => emit('register', { done, total }),
    }),
  }
  // The first check finds a worker that is ready.
  pool.warm()
  return {
    async call(method, input) {
      if (!Object.hasOwn(INPUTS, method)) return refused('unknown-method')
      const known = method as Method
      const checked = INPUTS[known].safeParse(input)
      if (!checked.success) {
        return refused('bad-input', checked.error.issues[0]?.path.map(String).join('.'))
      }
      try {
        return { ok: true, value: await handlers[known](checked.data as never) }
      } catch (error) {
        const refusal = refusalOf(error)
        if (refusal.error.code === 'internal') log(`${method}: ${stackOf(error)}`)
        return refusal
      }
    },
    async close() {
      await register.close()
      keeper.close()
      await Promise.all([pool.close(), writer.close()])
    },
  }
}

function say(fault: string): void {
  process.stderr.write(`${fault}\n`)
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

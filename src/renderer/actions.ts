/**
 * What happens when somebody does something: calls to the host, and what the state makes of them.
 *
 * @module
 */
import { createContext, type Dispatch, useContext } from 'react'
import type { JobResult, KeyProof, ReportKind, SaveOutcome, Settings } from '../shared/api.ts'
import { showEnergy } from '../shared/display.ts'
import { type Language, type UiKey, text } from '../shared/i18n/index.ts'
import { findingsOf, headline, plainFindings } from '../shared/i18n/verdict.ts'
import type { Session } from '../shared/model/session.ts'
import { API_ERRORS } from '../shared/api.ts'
import { CallError, call } from './api.ts'
import { type FoundFile, inPortions } from './dropped-files.ts'
import type { Action, State } from './state.ts'

export class Actions {
  private readonly dispatch: Dispatch<Action>
  private readonly state: () => State
  private readonly language: () => Language

  constructor(dispatch: Dispatch<Action>, state: () => State, language: () => Language) {
    this.dispatch = dispatch
    this.state = state
    this.language = language
  }

  async start(): Promise<void> {
    const [about, settings] = await Promise.all([call('about', null), call('settings', null)])
    this.dispatch({ type: 'started', about, settings })
    if (about.waitingFiles > 0) await this.checkWaiting()
  }

  async saveSettings(settings: Settings): Promise<void> {
    this.dispatch({ type: 'settings', settings })
    await this.guarded(async () => {
      this.dispatch({ type: 'settings', settings: await call('saveSettings', settings) })
    })
  }

  /** Files that were dropped, pasted or chosen in the window. */
  async check(files: readonly FoundFile[]): Promise<void> {
    if (files.length === 0) return
    const [first] = files
    const label =
      files.length === 1 ? (first?.name ?? '') : `${first?.name ?? ''} + ${files.length - 1}`
    await this.run(label, files.length, async (job) => {
      for await (const portion of inPortions(files)) await call('addFiles', { job, files: portion })
      return true
    })
  }

  /** The host's own dialog; @returns false where the window has to ask by itself */
  async choose(folders: boolean): Promise<boolean> {
    let offered = true
    await this.run('', 0, async (job) => {
      const answer = await call('chooseFiles', { job, folders })
      offered = answer.offered
      return answer.inputs > 0
    })
    return offered
  }

  /** Files the program was started with, or that were opened with it. */
  async checkWaiting(): Promise<void> {
    await this.run('', 0, async (job) => (await call('addWaitingFiles', { job })).inputs > 0)
  }

  private async run(label: string, files: number, fill: (job: string) => Promise<boolean>) {
    const since = performance.now()
    let own: string | null = null
    await this.guarded(async () => {
      const { job } = await call('startJob', { label })
      own = job
      if (files > 0) this.dispatch({ type: 'work', work: { job, progress: null, files, since } })
      if (!(await fill(job))) {
        await call('forgetJob', { job })
        return
      }
      this.dispatch({ type: 'work', work: { job, progress: null, files, since } })
      await this.show(await call('finishJob', { job }))
    })
    // Files that were opened in the meantime may already be at work.
    if (this.state().work?.job === own) this.dispatch({ type: 'work', work: null })
  }

  async cancel(): Promise<void> {
    const job = this.state().work?.job
    if (job != null) await this.guarded(async () => void (await call('cancelJob', { job })))
  }

  async reopen(job: string): Promise<void> {
    await this.guarded(async () => this.show(await call('jobResult', { job })))
  }

  async forget(job: string): Promise<void> {
    await this.guarded(async () => void (await call('forgetJob', { job })))
    if (this.state().result?.job === job) this.dispatch({ type: 'fresh' })
  }

  async openSession(id: string): Promise<void> {
    const job = this.state().result?.job
    if (job === undefined) return
    await this.guarded(async () => {
      const session = await call('session', { job, session: id })
      this.dispatch({ type: 'session', session })
      this.announce(session)
    })
  }

  /** Checks the same files again with the keys as they are now, and stays where the user is. */
  async recheck(): Promise<void> {
    const { result, session } = this.state()
    if (result === null) return
    await this.guarded(async () => {
      await this.show(await call('recheckJob', { job: result.job }), session?.id)
    })
  }

  /** Reads a protected input with its password, and shows what is in it. */
  async unlock(input: string, password: string): Promise<'open' | 'wrong-password' | 'failed'> {
    const job = this.state().result?.job
    if (job === undefined) return 'failed'
    let outcome: 'open' | 'wrong-password' = 'open'
    const well = await this.guarded(async () => {
      try {
        const result = await call('unlockInput', { job, input, password })
        // Of a list the list; of what was looked at its own session.
        const { inputName, result: before } = this.state()
        const looked = inputName === input || before?.rows.length === 1
        await this.show(result, looked ? onlySessionOf(result, input) : undefined)
      } catch (error) {
        if (!(error instanceof CallError && error.code === 'wrong-password')) throw error
        outcome = error.code
      }
    })
    return well ? outcome : 'failed'
  }

  async confirmKey(proof: KeyProof): Promise<boolean> {
    const { result, session } = this.state()
    if (result === null || session === null) return false
    return this.guarded(async () => {
      await call('confirmKey', { job: result.job, session: session.id, proof })
      this.dispatch({ type: 'keys-changed' })
      await this.show(await call('recheckJob', { job: result.job }), session.id)
      this.toast('toast.key-confirmed', 'ok')
    })
  }

  async saveReport(job: string, session: string | null, kind: ReportKind, language: Language) {
    this.dispatch({ type: 'saving', saving: { job, done: 0, total: 1 }, begins: true })
    await this.guarded(async () => {
      const outcome = await call('saveReport', { job, session, kind, language })
      this.keep(outcome)
    })
    this.dispatch({ type: 'saving-ended', job })
  }

  async cancelReports(job: string): Promise<void> {
    await this.guarded(async () => void (await call('cancelReports', { job })))
  }

  /** Offers bytes for download where the host could not write the file itself. */
  keep(outcome: SaveOutcome): void {
    if (outcome.kind === 'cancelled') return
    const { name, sha256 } = outcome
    if (outcome.kind === 'bytes') download(name, outcome.type, outcome.bytes)
    const path = outcome.kind === 'saved' ? outcome.path : null
    const at = new Date().toISOString()
    this.dispatch({ type: 'report', report: { name, path, sha256, at } })
    this.toast('toast.saved', 'ok', { name })
  }

  toast(
    key: UiKey,
    tone: 'ok' | 'bad',
    params: Record<string, string> = {},
    undo: (() => void) | null = null,
  ) {
    this.dispatch({ type: 'toast', toast: { key, params, tone, undo } })
  }

  async renewStore(): Promise<void> {
    await this.guarded(async () => {
      const { kept } = await call('renewStore', null)
      const [about, settings] = await Promise.all([call('about', null), call('settings', null)])
      this.dispatch({ type: 'started', about, settings })
      this.keysChanged()
      this.toast('toast.store-renewed', 'ok', { name: kept })
    })
  }

  keysChanged(): void {
    this.dispatch({ type: 'keys-changed' })
  }

  /** Runs `work`; what goes wrong is said to the user. @returns whether it went well */
  async guarded(work: () => Promise<void>): Promise<boolean> {
    try {
      await work()
      return true
    } catch (error) {
      const code = error instanceof CallError ? error.code : 'internal'
      if (code === 'cancelled') this.toast('toast.cancelled', 'ok')
      else this.toast(errorKey(code), 'bad')
      return false
    }
  }

  private async show(result: JobResult, sessionId?: string): Promise<void> {
    // What carried it, and keys and bills beside it, do not hide one session in a list.
    const judged = result.rows.filter(({ state }) => state !== null)
    const [only] = result.rows.length === 1 ? result.rows : judged.length === 1 ? judged : []
    const wanted = sessionId ?? only?.session
    const there = result.rows.some(({ session: own }) => own === wanted)
    const session =
      wanted == null || !there ? null : await call('session', { job: result.job, session: wanted })
    this.dispatch({ type: 'result', result, session })
    if (session !== null) this.announce(session)
    else {
      const language = this.language()
      const params = { count: String(result.rows.length) }
      this.dispatch({ type: 'announce', text: text(language, 'announce.list', params) })
    }
  }

  private announce(session: Session): void {
    const language = this.language()
    const energy = session.energy === null ? '' : showEnergy(language, session.energy)
    const count = String(plainFindings(findingsOf(session)).length)
    const words = `${headline(language, session.verdict.state)}. ${energy} ${text(language, 'announce.findings', { count })}`
    this.dispatch({ type: 'announce', text: words })
  }
}

/** Of an input and what is packed in it. */
function onlySessionOf({ inputs }: JobResult, input: string): string | undefined {
  const inside = inputs.filter(({ name }) => name === input || name.startsWith(`${input} › `))
  const sessions = new Set(inside.flatMap(({ sessions: own }) => own))
  return sessions.size === 1 ? [...sessions][0] : undefined
}

function errorKey(code: string): UiKey {
  const known = API_ERRORS.find((candidate) => candidate === code)
  return known === undefined || known === 'cancelled' ? 'error.internal' : `error.${known}`
}

function download(name: string, type: string, bytes: Uint8Array): void {
  const url = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

export interface App {
  state: State
  dispatch: Dispatch<Action>
  actions: Actions
}

export const AppContext = createContext<App | null>(null)

export function useApp(): App {
  const app = useContext(AppContext)
  if (app === null) throw new Error('outside the window')
  return app
}

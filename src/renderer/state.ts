/**
 * The state of the window: one reducer, no library.
 *
 * @module
 */
import type { About, JobResult, Progress, Settings } from '../shared/api.ts'
import type { UiKey } from '../shared/i18n/index.ts'
import type { Session } from '../shared/model/session.ts'

export const VIEWS = ['check', 'keys', 'runs', 'reports', 'help', 'settings'] as const
export type View = (typeof VIEWS)[number]

/** Sections of the help. */
export const HELP_PLACES = ['how', 'states', 'data', 'key', 'trouble', 'shortcuts'] as const
export type HelpPlace = (typeof HELP_PLACES)[number]

export const TABS = ['result', 'data', 'proof'] as const
export type Tab = (typeof TABS)[number]

export interface Toast {
  id: number
  key: UiKey
  params: Record<string, string>
  tone: 'ok' | 'bad'
  undo: (() => void) | null
}

export type Dialog = 'paste' | 'camera' | 'confirm-key' | null

export interface SavedReport {
  name: string
  /** null: offered as a download by the browser. */
  path: string | null
  sha256: string
  at: string
}

/** A report on its way to its file, by its job. */
export interface Saving {
  job: string
  /** In no unit. */
  done: number
  total: number
}

export interface State {
  view: View
  about: About | null
  settings: Settings
  /** Files on their way to a result. */
  work: { job: string | null; progress: Progress | null; files: number; since: number } | null
  result: JobResult | null
  /** The session looked at; null for the list of several. */
  session: Session | null
  /** The input without a session that is looked at. */
  inputName: string | null
  /** The protected input whose password is asked for. */
  unlocking: string | null
  tab: Tab
  /** Where the help is to open; null at its beginning. */
  helpPlace: HelpPlace | null
  dialog: Dialog
  toasts: Toast[]
  reports: SavedReport[]
  saving: Saving[]
  /** Read out by screen readers, once. */
  announcement: string
  /** Counts up whenever keys changed. */
  keysVersion: number
}

export const DEFAULT_SETTINGS: Settings = {
  language: 'system',
  theme: 'system',
  history: false,
  requiredTrust: 'K3',
}

export const INITIAL: State = {
  view: 'check',
  about: null,
  settings: DEFAULT_SETTINGS,
  work: null,
  result: null,
  session: null,
  inputName: null,
  unlocking: null,
  tab: 'result',
  helpPlace: null,
  dialog: null,
  toasts: [],
  reports: [],
  saving: [],
  announcement: '',
  keysVersion: 0,
}

export type Action =
  | { type: 'started'; about: About; settings: Settings }
  | { type: 'settings'; settings: Settings }
  | { type: 'view'; view: View }
  | { type: 'help'; place: HelpPlace }
  | { type: 'work'; work: State['work'] }
  | { type: 'progress'; progress: Progress }
  | { type: 'result'; result: JobResult; session: Session | null }
  | { type: 'session'; session: Session | null }
  | { type: 'input'; name: string | null }
  | { type: 'unlock'; name: string | null }
  | { type: 'tab'; tab: Tab }
  | { type: 'dialog'; dialog: Dialog }
  | { type: 'toast'; toast: Omit<Toast, 'id'> }
  | { type: 'toast-gone'; id: number }
  | { type: 'report'; report: SavedReport }
  | { type: 'saving'; saving: Saving; begins: boolean }
  | { type: 'saving-ended'; job: string }
  | { type: 'announce'; text: string }
  | { type: 'keys-changed' }
  | { type: 'fresh' }

let toastCount = 0

export function reduce(state: State, action: Action): State {
  switch (action.type) {
    case 'started':
      return { ...state, about: action.about, settings: action.settings }
    case 'settings':
      return { ...state, settings: action.settings }
    case 'view':
      return { ...state, view: action.view, helpPlace: null, dialog: null, unlocking: null }
    case 'help':
      return { ...state, view: 'help', helpPlace: action.place, dialog: null, unlocking: null }
    case 'work':
      return { ...state, work: action.work, view: action.work === null ? state.view : 'check' }
    case 'progress':
      // Another window of the same host may be at work as well.
      return state.work === null || state.work.job !== action.progress.job
        ? state
        : { ...state, work: { ...state.work, progress: action.progress } }
    case 'result':
      return {
        ...state,
        work: null,
        view: 'check',
        result: action.result,
        session: action.session,
        inputName: null,
        tab: action.result.job === state.result?.job ? state.tab : 'result',
        dialog: null,
        unlocking: null,
      }
    case 'session':
      return { ...state, session: action.session, inputName: null, tab: 'result' }
    case 'input':
      return { ...state, session: null, inputName: action.name }
    case 'unlock':
      return { ...state, unlocking: action.name }
    case 'tab':
      return { ...state, tab: action.tab }
    case 'dialog':
      return { ...state, dialog: action.dialog }
    case 'toast':
      return { ...state, toasts: [...state.toasts, { ...action.toast, id: ++toastCount }] }
    case 'toast-gone':
      return { ...state, toasts: state.toasts.filter(({ id }) => id !== action.id) }
    case 'report':
      return { ...state, reports: [action.report, ...state.reports] }
    case 'saving': {
      const { saving, begins } = action
      const others = state.saving.filter(({ job }) => job !== saving.job)
      // Another window of the same host may be saving as well.
      if (!begins && others.length === state.saving.length) return state
      return { ...state, saving: [...others, saving] }
    }
    case 'saving-ended':
      return { ...state, saving: state.saving.filter(({ job }) => job !== action.job) }
    case 'announce':
      return { ...state, announcement: action.text }
    case 'keys-changed':
      return { ...state, keysVersion: state.keysVersion + 1 }
    case 'fresh':
      return {
        ...state,
        result: null,
        session: null,
        inputName: null,
        unlocking: null,
        view: 'check',
        dialog: null,
      }
  }
}

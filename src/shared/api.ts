/**
 * The one contract of all hosts: what a window may ask, and what it is told.
 *
 * The names are written once (`METHODS`); Electron, browser host and tests loop over them, and
 * `main/api-schema.ts` checks every argument, whoever sent it. Every answer is a value or an
 * error code; nothing travels as an exception.
 *
 * @module
 */
import type { Neutral } from './i18n/verdict.ts'
import type { Language } from './i18n/index.ts'
import type { Decimal } from './decimal.ts'
import type { InvoiceStatus, UnmatchedClaim } from './model/invoice.ts'
import type { FindingCode } from './model/finding.ts'
import type { CurveId, TrustLevel } from './model/key.ts'
import type {
  Confirmation,
  Issuer,
  IssuerTrust,
  KeyChange,
  KeyDetails,
  KeyFacets,
  KeyFilter,
  KeyPhoto,
  KeySighting,
  PhotoType,
  ReadPlace,
  StoreEvent,
  StoredKey,
} from './model/stored-key.ts'
import type { KeyEdit } from './model/key-edit.ts'
import type {
  Edition,
  EditionChanges,
  RegisterHit,
  RegisterRefusal,
  RegisterReport,
  StationPlace,
  StationTrace,
} from './model/register.ts'
import type { Session } from './model/session.ts'
import type { InputResult, Policy } from './model/verdict.ts'
import type { VerdictState } from './model/verdict-state.ts'

export interface FileBytes {
  name: string
  bytes: Uint8Array
}

export interface Settings {
  language: 'system' | Language
  theme: 'system' | 'light' | 'dark'
  /** Keep runs and where keys were seen. */
  history: boolean
  /** Key trust from which a key counts as confirmed. */
  requiredTrust: RequiredTrust
}

/** Less than the register is never called confirmed. */
export const REQUIRED_TRUST = ['K3', 'K4'] as const
export type RequiredTrust = (typeof REQUIRED_TRUST)[number]

export interface About {
  version: string
  core: { version: string; sha256: string }
  files: 'intact' | 'modified' | 'cannot-be-checked'
  /** Methods whose known answers came out wrong. */
  failedMethods: CurveId[]
  host: 'electron' | 'browser'
  /** Language of the system. */
  locale: Language
  /** The key store could be opened for writing; else why not. */
  store: 'writable' | 'read-only' | 'newer' | 'damaged' | 'unavailable'
  /** Files this program was started with wait to be checked. */
  waitingFiles: number
}

/** A line of the list of results: enough to sort and filter by. */
export interface ResultRow {
  /** Of the row, not of what it shows. */
  id: string
  /** What it leads to; null for an input without a session. */
  session: string | null
  input: string
  /** The input whose row shows the same session: this one holds copies of its records. */
  copyOf: string | null
  state: VerdictState | null
  /** What it is where the state is null; null where there is a state. */
  neutral: Neutral | null
  /** It is protected, and can be read with its password. */
  locked: boolean
  /** Milliseconds since 1970 of begin, else end. */
  time: number | null
  timeText: string | null
  offsetMin: number | null
  meter: string | null
  /** kWh. */
  energy: Decimal | null
  trust: TrustLevel
  /** What bills say of it; null where no input holds a bill. */
  invoice: InvoiceStatus | null
  format: string
  errors: number
  warnings: number
}

export interface JobResult {
  job: string
  label: string
  /** ISO time of the check. */
  checkedAt: string
  policy: Policy
  inputs: InputResult[]
  rows: ResultRow[]
  /** Billed without a record among the inputs. */
  unmatched: UnmatchedClaim[]
  counts: Record<VerdictState, number>
  records: { read: number; paired: number; single: number; unreadable: number }
  /** Wall time. */
  seconds: number
}

export interface JobSummary {
  job: string
  label: string
  checkedAt: string
  inputs: number
  counts: Record<VerdictState, number>
}

/** Named steps of long work. */
export type JobStep = 'reading' | 'checking' | 'pairing'

export interface Progress {
  job: string
  step: JobStep
  done: number
  total: number
}

/** What a text that may be a key turned out to be, while it is typed. */
export type KeyReadout =
  | {
      kind: 'key'
      fingerprint: string
      curve: CurveId
      /** Hexadecimal digits in groups of four. */
      pointGroups: string
      spkiBase64: string
      /** The compressed point, as ALFEN stations print it. */
      base32: string | null
    }
  | { kind: 'ambiguous'; curves: CurveId[] }
  | {
      kind: 'not-on-curve' | 'unsupported-curve' | 'explicit-parameters' | 'private-key'
      suggestion: KeySuggestionText | null
    }
  | { kind: 'unknown'; reason: string; suggestion: KeySuggestionText | null }

/** Which key is meant, if a few characters are wrong: for people to compare, never used by itself. */
export interface KeySuggestionText {
  fingerprint: string
  curve: CurveId
  /** The whole key as it should be printed. */
  text: string
  edits: KeyEdit[]
}

/** A key that was seen in a picture or file. */
export interface SeenKey {
  fingerprint: string
  curve: CurveId
  /** SubjectPublicKeyInfo, base64: says the whole key to whoever reads keys. */
  text: string
  /** Hexadecimal digits in groups of four. */
  pointGroups: string
  meter: string | null
  evse: string | null
}

/** What a picture or file shows that may be of use. */
export interface Sight {
  /** It is a picture: whoever took it stood before what it shows. */
  picture: boolean
  keys: SeenKey[]
  /** How many signed records. */
  records: number
  /** The first reason to find nothing; null where there is none. */
  why: { code: FindingCode; params: Record<string, string> } | null
}

export interface KeyList {
  keys: StoredKey[]
  total: number
}

/** Keys that fit a filter, and what else could be chosen. */
export interface KeyListing extends KeyList {
  facets: KeyFacets
}

export interface KeyHistory {
  key: StoredKey
  changes: KeyChange[]
  sightings: KeySighting[]
  photo: KeyPhoto | null
  /** Entries of the same key that this one can be merged with. */
  duplicates: StoredKey[]
  /** Merges among `changes` that can be undone. */
  splittable: number[]
}

/** How a list of keys is signed. */
export interface Signing {
  /** As the issuer calls itself. */
  issuer: string
  /** PEM of an Ed25519 key; used once and never kept. */
  privateKey: string
}

/** All that is known of a station of the register. */
export interface StationPage {
  station: RegisterHit
  /** Editions that list it, newest first. */
  trace: StationTrace[]
  /** What the user keeps of its keys and charge points. */
  kept: StoredKey[]
  /** Where its keys were seen, newest first; only if history is on. */
  sightings: (KeySighting & { fingerprint: string })[]
}

/** What came of the import of a register. */
export type RegisterAnswer =
  | {
      kind: 'imported' | 'known'
      report: RegisterReport
      /** Against the edition before; null for the first. */
      changes: EditionChanges | null
    }
  | { kind: 'refused'; reason: RegisterRefusal; row: number | null }
  /** The host has no dialog of its own: the window asks. */
  | { kind: 'ask' }
  | { kind: 'cancelled' }

export interface ImportReport {
  added: number
  known: number
  /** Lines that could not be read, with their reason. */
  refused: { line: number; reason: string }[]
  /** Whose list it is; `broken`: nothing was taken. */
  signature: {
    status: 'none' | 'valid' | 'unknown-issuer' | 'broken'
    issuer: string | null
  }
}

/** How the user compared the key of a record with the station. */
export interface KeyProof {
  how: Confirmation
  /** The whole key as typed or scanned; for `groups` its first and last groups. */
  text: string
  where: ReadPlace
  by: string
  /** ISO date. */
  on: string
}

export type SaveOutcome =
  /** The host wrote the file itself. */
  | { kind: 'saved'; name: string; path: string; sha256: string }
  /** The window is to offer the bytes for download. */
  | { kind: 'bytes'; name: string; type: string; bytes: Uint8Array; sha256: string }
  | { kind: 'cancelled' }

export type ReportKind = 'pdf' | 'json' | 'csv'

/** Every method: what it takes and what it gives. */
export interface EichlichtApi {
  about(input: null): About
  settings(input: null): Settings
  saveSettings(input: Settings): Settings

  /** Begins a job; files are added to it, then it is finished. */
  startJob(input: { label: string }): { job: string }
  addFiles(input: { job: string; files: FileBytes[] }): { inputs: number }
  /** The host's own dialog; false where the window has to ask. */
  chooseFiles(input: { job: string; folders: boolean }): { inputs: number; offered: boolean }
  /** Files the program was started with, or that were opened with it. */
  addWaitingFiles(input: { job: string }): { inputs: number }
  finishJob(input: { job: string }): JobResult
  cancelJob(input: { job: string }): null
  /** Checks the same inputs again, with the keys as they are now. */
  recheckJob(input: { job: string }): JobResult
  /**
   * Checks all inputs again, one of them with its password; refused as `wrong-password` where that
   * opens it no further. The password is kept in memory as long as the job, and nowhere else.
   */
  unlockInput(input: { job: string; input: string; password: string }): JobResult
  jobs(input: null): JobSummary[]
  jobResult(input: { job: string }): JobResult
  forgetJob(input: { job: string }): null
  /** With the signed bytes of each record. */
  session(input: { job: string; session: string }): Session
  saveReport(input: {
    job: string
    /** null: all sessions of the job. */
    session: string | null
    kind: ReportKind
    language: Language
  }): SaveOutcome
  /** Gives up the reports of a job that are being written. */
  cancelReports(input: { job: string }): null

  /** Looks for keys and records in a picture or file. Nothing of it is kept. */
  lookAt(input: FileBytes): Sight
  /** Says that the window shows the camera, or no longer: only then may it use it. */
  showCamera(input: { open: boolean }): null

  keys(input: { search: string; filter: KeyFilter }): KeyListing
  keyHistory(input: { id: number }): KeyHistory
  readKey(input: { text: string; hint: CurveId | null }): KeyReadout
  addKey(input: { text: string; details: KeyDetails; proof: KeyProof | null }): StoredKey
  editKey(input: { id: number; details: KeyDetails }): StoredKey
  removeKey(input: { id: number; reason: string }): null
  restoreKey(input: { id: number }): StoredKey
  /** Confirms the key of a session; refused unless the proof is of that very key. */
  confirmKey(input: { job: string; session: string; proof: KeyProof }): StoredKey
  /** @param issuer who the list is from, as the user names them; null for unknown */
  importKeys(input: { file: FileBytes; issuer: string | null }): ImportReport
  /** Until which year the meter is calibrated; null for unknown. */
  calibrateKey(input: { id: number; year: number | null }): StoredKey
  /** Entries that may be merged, in groups. */
  duplicateKeys(input: null): StoredKey[][]
  mergeKeys(input: { ids: number[] }): StoredKey
  /** @param change the line of the merge, see `KeyHistory.splittable` */
  splitKeys(input: { change: number }): StoredKey
  keyPhoto(input: { id: number }): { type: PhotoType; bytes: Uint8Array }
  saveKeyPhoto(input: { id: number; bytes: Uint8Array }): KeyPhoto
  removeKeyPhoto(input: { id: number }): null
  /** Begins a new key store where the old one is damaged. @returns name of the file that keeps it */
  renewStore(input: null): { kept: string }

  /** Editions of the charging register, newest first. */
  register(input: null): Edition[]
  searchRegister(input: { search: string }): { hits: RegisterHit[]; more: boolean }
  /** Where all the stations are that a search finds, for a map. */
  registerPlaces(input: { search: string }): { places: StationPlace[]; more: boolean }
  station(input: { id: number }): StationPage
  /** @param file null: the host's own dialog */
  importRegister(input: { file: FileBytes | null; date: string | null }): RegisterAnswer
  cancelRegister(input: null): null
  /** Cells of an edition that are no keys, as CSV. */
  saveUnusable(input: { edition: number }): SaveOutcome

  issuers(input: null): Issuer[]
  addIssuer(input: { name: string; text: string; trust: IssuerTrust }): Issuer
  trustIssuer(input: { id: number; trust: IssuerTrust }): Issuer
  removeIssuer(input: { id: number }): null
  /** What changed the trust of many keys, newest first. */
  trustEvents(input: null): StoreEvent[]
  /** A new key pair: the private key goes into a file of the user, the public one is given back. */
  newIssuerKey(input: null): { saved: SaveOutcome; publicKey: string }
  exportKeys(input: {
    kind: 'json' | 'csv'
    search: string
    filter: KeyFilter
    sign: Signing | null
  }): SaveOutcome
  /** Undone by importing it again; the one in use is refused. */
  removeEdition(input: { edition: number }): null
}

export const METHODS = [
  'about',
  'settings',
  'saveSettings',
  'startJob',
  'addFiles',
  'chooseFiles',
  'addWaitingFiles',
  'finishJob',
  'cancelJob',
  'recheckJob',
  'unlockInput',
  'jobs',
  'jobResult',
  'forgetJob',
  'session',
  'saveReport',
  'cancelReports',
  'lookAt',
  'showCamera',
  'keys',
  'keyHistory',
  'readKey',
  'addKey',
  'editKey',
  'removeKey',
  'restoreKey',
  'confirmKey',
  'importKeys',
  'calibrateKey',
  'duplicateKeys',
  'mergeKeys',
  'splitKeys',
  'keyPhoto',
  'saveKeyPhoto',
  'removeKeyPhoto',
  'renewStore',
  'register',
  'searchRegister',
  'registerPlaces',
  'station',
  'importRegister',
  'cancelRegister',
  'saveUnusable',
  'issuers',
  'addIssuer',
  'trustIssuer',
  'removeIssuer',
  'trustEvents',
  'newIssuerKey',
  'exportKeys',
  'removeEdition',
] as const satisfies readonly (keyof EichlichtApi)[]

export type Method = keyof EichlichtApi
export type Input<M extends Method> = Parameters<EichlichtApi[M]>[0]
export type Output<M extends Method> = ReturnType<EichlichtApi[M]>

/** Why a call was refused. */
export const API_ERRORS = [
  'unknown-method',
  'bad-input',
  'no-such-job',
  'no-such-session',
  'no-such-key',
  'no-such-station',
  'edition-in-use',
  'no-picture',
  'key-exists',
  'cancelled',
  'too-large',
  'wrong-password',
  'key-unreadable',
  'proof-differs',
  'store-read-only',
  // Another program writes into it.
  'store-busy',
  'report-failed',
  'not-saved',
  'disk-full',
  'place-forbidden',
  'internal',
  // Said by the window itself: its host does not answer any more.
  'no-host',
] as const
export type ApiError = (typeof API_ERRORS)[number]

export type Answer<T> =
  | { ok: true; value: T }
  | { ok: false; error: { code: ApiError; detail: string } }

/** What a window hears without asking. */
export interface Events {
  progress: Progress
  /** Bytes of a register that was begun to be read. */
  register: { done: number; total: number }
  /** How much of the report of a job is written, in no unit. */
  report: { job: string; done: number; total: number }
  /** Files were opened with the running program. */
  files: { waiting: number }
}
export const EVENTS = [
  'progress',
  'register',
  'report',
  'files',
] as const satisfies readonly (keyof Events)[]

/** How a window reaches its host. */
export interface Transport {
  call<M extends Method>(method: M, input: Input<M>): Promise<Answer<Output<M>>>
  /** @returns a function that ends the subscription */
  on<E extends keyof Events>(event: E, listener: (value: Events[E]) => void): () => void
}

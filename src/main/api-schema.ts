/**
 * What every method accepts, checked at run time, whoever sent it.
 *
 * The type at the end makes a schema that differs from `shared/api.ts` fail to compile.
 *
 * @module
 */
import { z } from 'zod'
import { REQUIRED_TRUST, type Input, type Method } from '../shared/api.ts'
import { LANGUAGES } from '../shared/i18n/index.ts'
import { ALL_KEY_KINDS, KEY_KINDS, KEY_SOURCES, TRUST_LEVELS } from '../shared/model/key.ts'
import { CONFIRMATIONS, ISSUER_TRUST, READ_PLACES } from '../shared/model/stored-key.ts'
import { LIMITS } from './engine/limits.ts'

const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array)
const shortText = z.string().max(1000)
const id = z.string().max(200)
const rowId = z.int().nonnegative()
const optional = shortText.nullable()

const file = z.object({ name: z.string().max(4096), bytes })
const details = z.object({
  meter: optional,
  evse: optional,
  station: optional,
  operator: optional,
  label: optional,
  note: z.string().max(10_000).nullable(),
})
const keyText = z.string().max(LIMITS.keyTextBytes)
const proof = z.object({
  how: z.enum(CONFIRMATIONS),
  text: keyText,
  where: z.enum(READ_PLACES),
  by: shortText,
  on: z.iso.date(),
})
const filter = z.object({
  source: z.enum(KEY_SOURCES).nullable(),
  trust: z.enum(TRUST_LEVELS).nullable(),
  curve: z.enum(ALL_KEY_KINDS).nullable(),
  operator: optional,
  conflict: z.boolean(),
})
const job = z.object({ job: id })

export const INPUTS = {
  about: z.null(),
  settings: z.null(),
  saveSettings: z.object({
    language: z.enum(['system', ...LANGUAGES]),
    theme: z.enum(['system', 'light', 'dark']),
    history: z.boolean(),
    requiredTrust: z.enum(REQUIRED_TRUST),
  }),
  startJob: z.object({ label: shortText }),
  addFiles: z.object({ job: id, files: z.array(file).max(LIMITS.jobInputs) }),
  chooseFiles: z.object({ job: id, folders: z.boolean() }),
  addWaitingFiles: job,
  finishJob: job,
  cancelJob: job,
  recheckJob: job,
  unlockInput: z.object({ job: id, input: z.string().max(16_384), password: shortText.min(1) }),
  jobs: z.null(),
  jobResult: job,
  forgetJob: job,
  session: z.object({ job: id, session: id }),
  saveReport: z.object({
    job: id,
    session: id.nullable(),
    kind: z.enum(['pdf', 'json', 'csv']),
    language: z.enum(LANGUAGES),
  }),
  cancelReports: job,
  lookAt: file,
  showCamera: z.object({ open: z.boolean() }),
  keys: z.object({ search: shortText, filter }),
  keyHistory: z.object({ id: rowId }),
  readKey: z.object({ text: keyText, hint: z.enum(KEY_KINDS).nullable() }),
  addKey: z.object({ text: keyText, details, proof: proof.nullable() }),
  editKey: z.object({ id: rowId, details }),
  removeKey: z.object({ id: rowId, reason: shortText }),
  restoreKey: z.object({ id: rowId }),
  confirmKey: z.object({ job: id, session: id, proof }),
  importKeys: z.object({ file, issuer: shortText.nullable() }),
  calibrateKey: z.object({ id: rowId, year: z.int().min(2000).max(2199).nullable() }),
  duplicateKeys: z.null(),
  mergeKeys: z.object({ ids: z.array(rowId).max(1000) }),
  splitKeys: z.object({ change: rowId }),
  keyPhoto: z.object({ id: rowId }),
  saveKeyPhoto: z.object({ id: rowId, bytes }),
  removeKeyPhoto: z.object({ id: rowId }),
  renewStore: z.null(),
  register: z.null(),
  searchRegister: z.object({ search: shortText }),
  registerPlaces: z.object({ search: shortText }),
  station: z.object({ id: rowId }),
  importRegister: z.object({ file: file.nullable(), date: z.iso.date().nullable() }),
  cancelRegister: z.null(),
  saveUnusable: z.object({ edition: rowId }),
  issuers: z.null(),
  addIssuer: z.object({ name: shortText.min(1), text: keyText, trust: z.enum(ISSUER_TRUST) }),
  trustIssuer: z.object({ id: rowId, trust: z.enum(ISSUER_TRUST) }),
  removeIssuer: z.object({ id: rowId }),
  trustEvents: z.null(),
  newIssuerKey: z.null(),
  exportKeys: z.object({
    kind: z.enum(['json', 'csv']),
    search: shortText,
    filter,
    sign: z.object({ issuer: shortText.min(1), privateKey: keyText }).nullable(),
  }),
  removeEdition: z.object({ edition: rowId }),
} satisfies { [M in Method]: z.ZodType<Input<M>> }

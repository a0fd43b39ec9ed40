/**
 * The result as the world outside sees it: `eichlicht-result/1`.
 *
 * Stable and versioned; decimals are strings, bytes hexadecimal digits, what is absent is null.
 * The same shape as JSON Schema: `docs/eichlicht-result-1.schema.json`.
 *
 * @module
 */
import type { Finding } from '../../shared/model/finding.ts'
import type { Severity } from '../../shared/model/finding-row.ts'
import type {
  AmountRow,
  ComparedValue,
  ComparisonRow,
  InvoiceClaim,
  InvoiceMatch,
  MatchReason,
  UnmatchedClaim,
} from '../../shared/model/invoice.ts'
import type { KeySource, TrustLevel } from '../../shared/model/key.ts'
import type { RegisterWords } from '../../shared/model/register.ts'
import {
  type ClockState,
  type MeterReading,
  type Quantity,
  toKWh,
} from '../../shared/model/reading.ts'
import type { RecordResult, SignatureStatus } from '../../shared/model/record.ts'
import type { RegisterSpan, Session } from '../../shared/model/session.ts'
import type { InputResult, VerificationResult } from '../../shared/model/verdict.ts'
import type { Profile } from '../../shared/model/profile.ts'
import type { VerdictState } from '../../shared/model/verdict-state.ts'
import type { Software } from '../software.ts'

export interface ResultDocument {
  schema: 'eichlicht-result/1'
  software: Software
  /** Key trust from which a key counts as confirmed in this result. */
  required_trust: TrustLevel
  profile: Profile
  inputs: InputDocument[]
  sessions: SessionDocument[]
  /** Billed without a record among the inputs. */
  unmatched_bills: UnmatchedDocument[]
}

/** One line of NDJSON: an input with its own sessions. */
export interface InputLine {
  schema: 'eichlicht-result/1'
  software: Software
  required_trust: TrustLevel
  profile: Profile
  input: InputDocument
  sessions: SessionDocument[]
  unmatched_bills: UnmatchedDocument[]
}

export interface InputDocument {
  name: string
  sha256: string | null
  bytes: number | null
  state: VerdictState | null
  findings: FindingDocument[]
  sessions: string[]
  keys: number
  bills: number
}

export interface FindingDocument {
  code: string
  severity: Severity
  params: Record<string, string>
  at: string
  path: string | null
  offset: number | null
}

export interface QuantityDocument {
  value: string
  unit: string
}

export interface ReadingDocument {
  value: string | null
  unit: string | null
  time: string | null
  /** Milliseconds since 1970-01-01 UTC. */
  epoch_ms: number | null
  clock: ClockState | null
  obis: string | null
  register: string | null
  role: MeterReading['role']
  meter_ok: boolean | null
  errors: MeterReading['errors']
  path: string
}

export interface KeyDocument {
  fingerprint: string
  curve: string
  point: string
}

export interface RecordDocument {
  id: string
  format: string
  formatVersion: string | null
  origin: string[]
  signature: {
    status: SignatureStatus
    algorithm: string | null
    declared: string | null
    curve: string | null
    digest: string | null
    r: string | null
    s: string | null
    engines: string[]
    key: KeyDocument | null
  }
  pagination: string | null
  readings: ReadingDocument[]
  fields: { name: string; value: string; signed: boolean; inherited: boolean }[]
  findings: FindingDocument[]
}

/** What a bill says, beside what is signed. Nothing of it is signed. */
export interface BillDocument {
  source: InvoiceClaim['source']
  kind: InvoiceClaim['kind']
  origin: string[]
  passage: string | null
  invoice: string | null
  seller: string | null
  session: string | null
  transaction: string | null
  evse: string | null
  meter: string | null
  user: string | null
  begin: string | null
  end: string | null
  duration_s: string | null
  energy: QuantityDocument | null
  begin_reading: QuantityDocument | null
  end_reading: QuantityDocument | null
  currency: string | null
  net: string | null
  vat_rate: string | null
  vat: string | null
  gross: string | null
  amounts: AmountDocument[]
}

export interface AmountDocument {
  what: AmountRow['what']
  quantity: string | null
  unit: string | null
  unit_price: string | null
  computed: string | null
  stated: string | null
  outcome: AmountRow['outcome']
}

export interface ComparisonDocument {
  what: ComparisonRow['what']
  billed: string
  signed: string | null
  difference: string | null
  unit: string | null
  outcome: ComparisonRow['outcome']
}

export interface InvoiceDocument {
  status: InvoiceMatch['status']
  bills: (BillDocument & {
    input: string
    matched_by: MatchReason[]
    rows: ComparisonDocument[]
  })[]
  findings: FindingDocument[]
}

export type UnmatchedDocument = BillDocument & { input: string; findings: FindingDocument[] }

export interface RegisterDocument {
  edition: string
  sha256: string
  row: number
  number: string | null
  operator: string | null
  street: string | null
  postcode: string | null
  place: string | null
  state: string | null
  latitude: string | null
  longitude: string | null
  evse: string | null
}

export interface SessionDocument {
  id: string
  state: VerdictState
  input: string
  format: string
  begin: ReadingDocument | null
  end: ReadingDocument | null
  energy: QuantityDocument | null
  energy_kWh: string | null
  export: {
    begin: ReadingDocument | null
    end: ReadingDocument | null
    energy: QuantityDocument | null
  } | null
  duration_s: string | null
  meter: { serial: string | null; vendor: string | null; model: string | null }
  station: string | null
  evse: string | null
  user: string | null
  transaction: string | null
  trust: {
    level: TrustLevel
    fingerprint: string | null
    source: KeySource | null
    /** What the register says of the station; not signed. */
    register: RegisterDocument | null
  }
  usable: { energy: boolean; time: boolean }
  complete: boolean
  signature: SignatureStatus
  invoice: InvoiceDocument | null
  records: RecordDocument[]
  findings: FindingDocument[]
}

const SCHEMA = 'eichlicht-result/1' as const

export function resultDocument(result: VerificationResult, software: Software): ResultDocument {
  return {
    schema: SCHEMA,
    software,
    required_trust: result.policy.requiredTrust,
    profile: result.policy.profile,
    inputs: result.inputs.map(inputDocument),
    sessions: result.sessions.map(sessionDocument),
    unmatched_bills: result.unmatched.map(unmatchedDocument),
  }
}

/**
 * The document as text, in parts, so that a job of many inputs is never held twice. Few sessions
 * are laid out for people, many are not.
 */
export function* documentParts(result: VerificationResult, software: Software): Generator<string> {
  const { inputs, sessions } = result
  if (sessions.length + inputs.length <= LAID_OUT) {
    yield `${JSON.stringify(resultDocument(result, software), null, 2)}\n`
    return
  }
  const head = JSON.stringify({
    ...resultDocument({ ...result, inputs: [], sessions: [], unmatched: [] }, software),
  })
  const [before = ''] = head.split('"inputs":[]')
  yield `${before}"inputs":[`
  for (const [index, input] of inputs.entries()) {
    yield `${index === 0 ? '\n' : ',\n'}${JSON.stringify(inputDocument(input))}`
  }
  yield '\n],"sessions":['
  for (const [index, session] of sessions.entries()) {
    yield `${index === 0 ? '\n' : ',\n'}${JSON.stringify(sessionDocument(session))}`
  }
  yield '\n],"unmatched_bills":['
  for (const [index, claim] of result.unmatched.entries()) {
    yield `${index === 0 ? '\n' : ',\n'}${JSON.stringify(unmatchedDocument(claim))}`
  }
  yield '\n]}\n'
}

const LAID_OUT = 100

/**
 * Lines of NDJSON: one for the input, and one for each file in it, each with the sessions of its
 * records. In parts, so that an input of many sessions is never held twice.
 */
export function* inputLines(result: VerificationResult, software: Software): Generator<string> {
  const head: Omit<InputLine, 'input' | 'sessions' | 'unmatched_bills'> = {
    schema: SCHEMA,
    software,
    required_trust: result.policy.requiredTrust,
    profile: result.policy.profile,
  }
  for (const input of result.inputs) {
    const own = new Set(input.sessions)
    yield `${JSON.stringify(head).slice(0, -1)},"input":${JSON.stringify(inputDocument(input))}`
    yield* listParts(
      'sessions',
      result.sessions.filter(({ id }) => own.has(id)),
      sessionDocument,
    )
    yield* listParts(
      'unmatched_bills',
      result.unmatched.filter((bill) => bill.input === input.name),
      unmatchedDocument,
    )
    yield '}\n'
  }
}

function* listParts<T>(name: string, items: readonly T[], documentOf: (item: T) => unknown) {
  yield `,"${name}":[`
  for (const [index, item] of items.entries()) {
    yield `${index === 0 ? '' : ','}${JSON.stringify(documentOf(item))}`
  }
  yield ']'
}

function inputDocument({ claims, ...input }: InputResult): InputDocument {
  return { ...input, findings: input.findings.map(findingDocument), bills: claims }
}

function findingDocument({ code, severity, params, at, path, offset }: Finding): FindingDocument {
  return { code, severity, params, at, path, offset }
}

function quantityDocument(quantity: Quantity | null): QuantityDocument | null {
  return quantity === null ? null : { value: quantity.value, unit: quantity.unitText }
}

function readingDocument(reading: MeterReading): ReadingDocument {
  const { quantity, time, register, registerText, role, meterOk, errors, path } = reading
  return {
    value: quantity?.value ?? null,
    unit: quantity?.unitText ?? null,
    time: time?.text ?? null,
    epoch_ms: time?.epochMs ?? null,
    clock: time?.sync ?? null,
    obis: register,
    register: registerText,
    role,
    meter_ok: meterOk,
    errors,
    path,
  }
}

function spanDocument({ begin, end, energy }: RegisterSpan) {
  return {
    begin: begin === null ? null : readingDocument(begin),
    end: end === null ? null : readingDocument(end),
    energy: quantityDocument(energy),
  }
}

function registerDocument(words: RegisterWords | undefined): RegisterDocument | null {
  if (words === undefined) return null
  const { edition, sha256, row, number, operator, street, postcode, place } = words
  const { state, latitude, longitude, evse } = words
  const where = { street, postcode, place, state, latitude, longitude, evse }
  return { edition, sha256, row, number, operator, ...where }
}

function sessionDocument(session: Session): SessionDocument {
  const { records, trust, verdict, energy } = session
  const [first] = records
  const meter = records.find((record) => record.meter.serial !== null)?.meter ?? first?.meter
  return {
    id: session.id,
    state: verdict.state,
    input: session.input,
    format: first?.format ?? '',
    ...spanDocument(session),
    energy_kWh: energy === null ? null : toKWh(energy),
    export: session.export === null ? null : spanDocument(session.export),
    duration_s: session.durationS,
    meter: {
      serial: session.meter,
      vendor: meter?.vendor ?? null,
      model: meter?.model ?? first?.gateway.model ?? null,
    },
    station: session.station,
    evse: session.evse,
    user: session.user,
    transaction: session.transaction,
    trust: {
      level: trust.level,
      fingerprint: trust.key?.fingerprint ?? null,
      source: trust.key?.source ?? null,
      register: registerDocument(trust.key?.register),
    },
    usable: { energy: verdict.energyUsable, time: verdict.timeUsable },
    complete: verdict.complete,
    signature: verdict.signature,
    invoice: session.invoice === null ? null : invoiceDocument(session.invoice),
    records: records.map(recordDocument),
    findings: session.findings.map(findingDocument),
  }
}

function invoiceDocument({ status, bills, findings }: InvoiceMatch): InvoiceDocument {
  return {
    status,
    bills: bills.map(({ input, claim, by, rows, amounts }) => ({
      input,
      ...billDocument(claim, amounts),
      matched_by: by,
      rows: rows.map(comparisonDocument),
    })),
    findings: findings.map(findingDocument),
  }
}

function unmatchedDocument({ input, claim, amounts, findings }: UnmatchedClaim): UnmatchedDocument {
  return { input, ...billDocument(claim, amounts), findings: findings.map(findingDocument) }
}

function billDocument(claim: InvoiceClaim, amounts: readonly AmountRow[]): BillDocument {
  const { source, kind, passage, invoice, seller, session, transaction, evse, meter, user } = claim
  const { currency, net, vatRate, vat, gross } = claim
  return {
    source,
    kind,
    origin: claim.origin.map(({ name }) => name),
    passage,
    invoice,
    seller,
    session,
    transaction,
    evse,
    meter,
    user,
    begin: claim.begin?.text ?? null,
    end: claim.end?.text ?? null,
    duration_s: claim.durationS,
    energy: quantityDocument(claim.energy),
    begin_reading: quantityDocument(claim.beginReading),
    end_reading: quantityDocument(claim.endReading),
    currency,
    net,
    vat_rate: vatRate,
    vat,
    gross,
    amounts: amounts.map(({ unitPrice, ...row }) => ({ ...row, unit_price: unitPrice })),
  }
}

function comparisonDocument(row: ComparisonRow): ComparisonDocument {
  const { what, billed, signed, difference, outcome } = row
  return {
    what,
    billed: plainValue(billed),
    signed: signed === null ? null : plainValue(signed),
    difference: difference?.value ?? null,
    unit: difference?.unitText ?? null,
    outcome,
  }
}

function plainValue(value: ComparedValue): string {
  switch (value.kind) {
    case 'quantity':
      return `${value.quantity.value} ${value.quantity.unitText}`
    case 'duration':
      return `${value.seconds} s`
    case 'time':
    case 'name':
      return value.text
  }
}

function recordDocument(record: RecordResult): RecordDocument {
  const { signature, pagination } = record
  const { key } = signature
  return {
    id: record.id,
    format: record.format,
    formatVersion: record.formatVersion,
    origin: record.origin.map(({ name }) => name),
    signature: {
      status: signature.status,
      algorithm: signature.algorithm,
      declared: signature.declared,
      curve: signature.curve,
      digest: signature.digest,
      r: signature.r,
      s: signature.s,
      engines: signature.engines,
      key:
        key === null ? null : { fingerprint: key.fingerprint, curve: key.curve, point: key.point },
    },
    pagination: pagination === null ? null : `${pagination.context}${pagination.number}`,
    readings: record.readings.map(readingDocument),
    fields: record.fields.map(({ name, value, signed, inherited }) => ({
      name,
      value,
      signed,
      inherited,
    })),
    findings: record.findings.map(findingDocument),
  }
}

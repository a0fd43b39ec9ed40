/**
 * A row for every session and for every input without one (RFC 4180, UTF-8 with byte order mark).
 *
 * Spreadsheets run cells that begin like a formula, so such a cell gets an apostrophe in front;
 * the lossless export is JSON. Source: OWASP, CSV injection.
 *
 * @module
 */
import { toKWh } from '../../shared/model/reading.ts'
import type { Session } from '../../shared/model/session.ts'
import type { InputResult, VerificationResult } from '../../shared/model/verdict.ts'
import { findingsOf } from '../../shared/i18n/verdict.ts'
import { visible } from '../../shared/display.ts'

const COLUMNS = [
  'input',
  'sha256',
  'state',
  'format',
  'begin_time',
  'end_time',
  'begin_value',
  'end_value',
  'unit',
  'energy_kWh',
  'duration_s',
  'meter',
  'station',
  'evse',
  'user',
  'transaction',
  'key_trust',
  'key_fingerprint',
  'energy_usable',
  'time_usable',
  'billed_kWh',
  'invoice',
  'invoice_findings',
  'errors',
  'warnings',
  'session',
] as const
type Row = Record<(typeof COLUMNS)[number], string | null | undefined>

/** Header line; the cells of data that look like formulas are marked by an apostrophe. */
export function csvHeader(): string {
  return `\ufeff${line([...COLUMNS])}`
}

/** @returns lines for all inputs, each ended by CRLF */
export function csvRows({ inputs, sessions }: VerificationResult): string[] {
  const byId = new Map(sessions.map((session) => [session.id, session]))
  return inputs
    .flatMap((input) =>
      input.sessions.length === 0
        ? [inputRow(input)]
        : input.sessions.flatMap((id) => {
            const session = byId.get(id)
            return session === undefined ? [] : [sessionRow(input, session)]
          }),
    )
    .map((row) => line(COLUMNS.map((column) => row[column] ?? '')))
}

const EMPTY = Object.fromEntries(COLUMNS.map((column) => [column, null])) as Row

function inputRow({ name, sha256, state, findings }: InputResult): Row {
  return { ...EMPTY, input: name, sha256, state, ...codes(findings) }
}

function sessionRow(input: InputResult, session: Session): Row {
  const { begin, end, energy, verdict, trust } = session
  return {
    input: input.name,
    sha256: input.sha256,
    state: verdict.state,
    format: session.records[0]?.format,
    begin_time: begin?.time?.text,
    end_time: end?.time?.text,
    begin_value: begin?.quantity?.value,
    end_value: end?.quantity?.value,
    unit: (end ?? begin)?.quantity?.unitText,
    energy_kWh: energy === null ? null : toKWh(energy),
    duration_s: session.durationS,
    meter: session.meter,
    station: session.station,
    evse: session.evse,
    user: session.user,
    transaction: session.transaction,
    key_trust: trust.level,
    key_fingerprint: trust.key?.fingerprint,
    energy_usable: String(verdict.energyUsable),
    time_usable: String(verdict.timeUsable),
    ...invoiceCells(session),
    ...codes(findingsOf(session)),
    session: session.id,
  }
}

function invoiceCells({ invoice }: Session) {
  if (invoice === null) return { billed_kWh: null, invoice: null, invoice_findings: null }
  const [energy] = invoice.bills.flatMap(({ claim }) => claim.energy ?? [])
  return {
    billed_kWh: energy === undefined ? null : toKWh(energy),
    invoice: invoice.status,
    invoice_findings: [...new Set(invoice.findings.map(({ code }) => code))].join(' '),
  }
}

function codes(findings: readonly { code: string; severity: string }[]) {
  const of = (severity: string) =>
    [...new Set(findings.filter((f) => f.severity === severity).map(({ code }) => code))].join(' ')
  return { errors: of('error'), warnings: of('warning') }
}

function line(cells: string[]): string {
  return `${cells.map(cell).join(',')}\r\n`
}

/**
 * Where a cell, or what becomes one where spreadsheets separate by semicolons, begins like a
 * formula; full-width characters count in East Asian settings.
 */
const FORMULA = /(^|;)(?=[\s"]*[=+\-@＝＋－＠])/g
const NUMBER = /^-?\d+(?:\.\d+)?$/

function cell(value: string): string {
  const plain = visible(value)
  const safe = NUMBER.test(plain) ? plain : plain.replace(FORMULA, "$1'")
  return `"${safe.replaceAll('"', '""')}"`
}

/**
 * Rules over the records of a session whose format signs every reading with its circumstances:
 * EMHCrypt01, GDFCrypt01, BSM-WS36A. What is signed for begin and end must be one session.
 *
 * Source: READMEs of these formats; MessEV Annex 2, 10.1.
 *
 * @module
 */
import { type LooseFinding, looseFinding } from '../../../shared/model/finding.ts'
import type { FormatId, RecordResult } from '../../../shared/model/record.ts'
import { fieldOf } from './fields.ts'
import type { SessionRule } from './rule.ts'

/** Signed fields that stay as they are from begin to end, by format. */
const CONTRACT: Partial<Record<FormatId, readonly string[]>> = {
  emh: ['contractId', 'contractTimestamp'],
  gdf: ['contractId', 'contractTimestamp'],
}

const FORMATS: readonly FormatId[] = ['emh', 'gdf', 'bsm']

export const checkPackedSession: SessionRule = (session) => {
  const records = session.group.members.map(({ record }) => record)
  const [first] = records
  if (first === undefined || !FORMATS.includes(first.format)) return []
  const same = records.filter(
    ({ format, readings }) => format === first.format && readings.length > 0,
  )
  return [...checkContract(same), ...checkSoftware(same), ...checkClock(same), ...checkEvents(same)]
}

/** @returns the first two values that differ */
function differing(
  records: readonly RecordResult[],
  pick: (record: RecordResult) => string | null,
): [begin: string, end: string] | null {
  const values = records.map((record) => pick(record) ?? '')
  const other = values.find((value) => value !== values[0])
  return other === undefined ? null : [(values[0] ?? '').slice(0, 64), other.slice(0, 64)]
}

function checkContract(records: readonly RecordResult[]): LooseFinding[] {
  const fields = CONTRACT[records[0]?.format ?? 'ocmf'] ?? []
  const differs =
    differing(records, ({ user }) => user) ??
    fields.map((name) => differing(records, (record) => fieldOf(record, name))).find(Boolean)
  if (differs == null) return []
  const [begin, end] = differs
  return [looseFinding('SES-CONTRACT', { begin, end })]
}

const SOFTWARE = 'csc-sw-version: '

/** BSM: the station signs the version of its software. */
function checkSoftware(records: readonly RecordResult[]): LooseFinding[] {
  const differs = differing(records, (record) => {
    const texts = ['Meta1', 'Meta2', 'Meta3'].map((name) => fieldOf(record, name) ?? '')
    return texts.find((text) => text.startsWith(SOFTWARE))?.slice(SOFTWARE.length) ?? null
  })
  if (differs === null) return []
  const [begin, end] = differs
  return [looseFinding('SES-SOFTWARE', { begin, end })]
}

/** BSM: how often the clock was set, and when, in seconds of operation. */
function checkClock(records: readonly RecordResult[]): LooseFinding[] {
  const set = ['EpochSetCnt', 'EpochSetOS'].some(
    (name) => differing(records, (record) => fieldOf(record, name)) !== null,
  )
  return set ? [looseFinding('SES-CLOCK-SET', {})] : []
}

/** EMH: the log book of the meter got an entry. */
function checkEvents(records: readonly RecordResult[]): LooseFinding[] {
  if (records[0]?.format !== 'emh') return []
  const differs = differing(records, (record) => fieldOf(record, 'logBook'))
  return differs === null ? [] : [looseFinding('LAW-EVENT', {})]
}

/**
 * Checks 8xx of the OCMF rule book: across the records of a session.
 *
 * Source: OCMF 1.4.1, "Signing and Verification", "Pagination", Tables 7 and 19.
 *
 * @module
 */
import { type Decimal, compare, isNegative, isZero, parseDecimal } from '../../../shared/decimal.ts'
import { type LooseFinding, looseFinding } from '../../../shared/model/finding.ts'
import {
  type ClockState,
  type MeterReading,
  isEnergyRegister,
  toKWh,
} from '../../../shared/model/reading.ts'
import { type RecordResult, isOcmf } from '../../../shared/model/record.ts'
import { versionOf } from '../formats/ocmf/payload.ts'
import { billsTime, parseTariff, priceOf } from '../formats/ocmf/tariff.ts'
import { type Assembled, difference } from '../sessions/assemble.ts'
import { partOf } from '../sessions/pair.ts'
import { besideReading, fieldOf } from './fields.ts'
import {
  PLAUSIBLE,
  type RuleContext,
  type SessionRule,
  exceedsPower,
  isStrangeTime,
  isTooLong,
} from './rule.ts'

/** A session whose records are all OCMF, in the order begin, middle, end. */
interface OcmfSession {
  session: Assembled
  records: RecordResult[]
  /** Oldest rules that a record of the session names. */
  version: number
}

type Check = (session: OcmfSession, context: RuleContext) => LooseFinding[]

export const checkOcmfSession: SessionRule = (session, context) => {
  const records = session.group.members.map(({ record }) => record)
  if (!records.every(isOcmf)) return []
  const ordered = records.toSorted((a, b) => ORDER[partOf(a)] - ORDER[partOf(b)])
  const version = records.reduce(
    (oldest, record) => Math.min(oldest, versionOf(record.formatVersion)),
    Number.POSITIVE_INFINITY,
  )
  return CHECKS.flatMap((check) => check({ session, records: ordered, version }, context))
}

const ORDER = { begin: 0, whole: 0, middle: 1, other: 1, end: 2 } as const

const CHECKS: readonly Check[] = [
  checkComplete,
  checkCount,
  checkPagination,
  checkSerials,
  checkOneKey,
  checkChanges,
  checkRegisters,
  checkSteps,
  checkPlausible,
  checkClock,
  checkTimes,
  checkCarrier,
  checkMiddle,
  checkSticky,
  checkTariff,
  checkLoss,
  checkPrice,
  checkCopies,
]

/** OCMF-801, 802. Where no record has a billing register at all, OCMF-424 has said so. */
function checkComplete({ session, records }: OcmfSession): LooseFinding[] {
  const has = (code: string) =>
    records.every(({ findings }) => findings.some((found) => found.code === code))
  const readable = records.some(({ readings }) => readings.length > 0)
  const silent = records.every(({ readings }) => readings.every(({ role }) => role === 'other'))
  if (!readable || has('OCMF-424') || (has('OCMF-122') && silent)) return []
  const found: LooseFinding[] = []
  if (session.begin === null) found.push(looseFinding('OCMF-801', {}))
  if (session.end === null) found.push(looseFinding('OCMF-802', {}))
  return found
}

/** OCMF-803, 804 */
function checkCount({ records }: OcmfSession): LooseFinding[] {
  const count = (...parts: string[]) =>
    records.filter((record) => parts.includes(partOf(record))).length
  const begins = count('begin', 'whole')
  const ends = count('end', 'whole')
  const found: LooseFinding[] = []
  if (begins > 1) found.push(looseFinding('OCMF-803', { count: String(begins) }))
  if (ends > 1) found.push(looseFinding('OCMF-804', { count: String(ends) }))
  return found
}

/** OCMF-806 to 809; gaps are told by the rules of the job, which see who else was counted */
function checkPagination({ records, version }: OcmfSession): LooseFinding[] {
  const [first] = records
  const last = records.at(-1)
  if (first === undefined || last === undefined || first === last || version < 4) return []
  const found: LooseFinding[] = records
    .filter(({ pagination }) => pagination === null)
    .map((record) => looseFinding('OCMF-809', { found: fieldOf(record, 'PG') ?? '' }))
  const counted = records.flatMap((record) =>
    record.pagination === null
      ? []
      : [{ record, ...record.pagination, n: BigInt(record.pagination.number) }],
  )
  const contexts = [...new Set(counted.map(({ context }) => context))]
  if (contexts.length > 1) {
    const [begin = '', end = ''] = contexts
    return [...found, looseFinding('OCMF-806', { begin, end })]
  }
  const [context = 'T'] = contexts
  for (const [index, { n }] of counted.entries()) {
    const before = counted[index - 1]
    if (before === undefined) continue
    if (n < before.n) {
      const params = { begin: `${context}${before.n}`, end: `${context}${n}` }
      found.push(looseFinding('OCMF-807', params))
    }
    if (n === before.n) found.push(looseFinding('OCMF-808', { found: `${context}${n}` }))
  }
  return found
}

/** OCMF-810, 811 */
function checkSerials({ records }: OcmfSession): LooseFinding[] {
  const found: LooseFinding[] = []
  if (records.length < 2) return found
  for (const [code, name] of [
    ['OCMF-810', 'GS'],
    ['OCMF-811', 'MS'],
  ] as const) {
    const [begin, end] = changed(records, name, (value) => value !== null && value !== '')
    if (begin !== undefined && end !== undefined) found.push(looseFinding(code, { begin, end }))
  }
  return found
}

/** OCMF-610 */
function checkOneKey({ records }: OcmfSession): LooseFinding[] {
  const keys = records.flatMap(({ signature }) =>
    signature.status === 'valid' ? (signature.key?.fingerprint ?? []) : [],
  )
  return new Set(keys).size > 1 ? [looseFinding('OCMF-610', {})] : []
}

/** @returns first value and the first one that differs from it, among those that count */
function changed(
  records: RecordResult[],
  name: string,
  counts: (value: string | null) => boolean = () => true,
): [string, string] | [] {
  const values = records
    .map((record) => fieldOf(record, name))
    .filter(counts)
    .map((value) => value ?? '')
  const [first] = values
  const other = values.find((value) => value !== first)
  return first === undefined || other === undefined ? [] : [excerpt(first), excerpt(other)]
}

const excerpt = (text: string) => (text.length <= 64 ? text : `${text.slice(0, 63)}…`)

/** OCMF-812 to 818: what should stay as it is from record to record. */
const CONSTANT = [
  ...(['GI', 'GV', 'MV', 'MM', 'MF', 'CF'] as const).map((name) => ['OCMF-812', name, 0] as const),
  ['OCMF-813', 'CT', 5],
  ['OCMF-813', 'CI', 5],
  ['OCMF-814', 'IT', 0],
  ['OCMF-814', 'ID', 0],
  ['OCMF-815', 'IS', 0],
  ['OCMF-815', 'IL', 0],
  ['OCMF-815', 'IF', 0],
] as const

function checkChanges({ records, version }: OcmfSession): LooseFinding[] {
  const found: LooseFinding[] = []
  if (records.length < 2) return found
  for (const [code, field, since] of CONSTANT) {
    const [begin, end] = changed(records, field)
    if (begin === undefined || end === undefined || version < since) continue
    // The user may become known during the session, once.
    if (code === 'OCMF-814' && isFilledIn(records, field)) continue
    found.push(looseFinding(code, { field, begin, end }))
  }
  const [oldTariff, newTariff] = changed(records, 'TT')
  if (oldTariff !== undefined && newTariff !== undefined && version >= 101) {
    const announced = records.some((record) =>
      record.readings.some((reading) => besideReading(record, reading, 'TX') === 'T'),
    )
    if (!announced) found.push(looseFinding('OCMF-816', { begin: oldTariff, end: newTariff }))
  }
  for (const name of ['LC.LN', 'LC.LI', 'LC.LR', 'LC.LU']) {
    const [begin, end] = changed(records, name)
    if (begin === undefined || end === undefined || version < 102) continue
    found.push(looseFinding('OCMF-817', { begin, end }))
    break
  }
  const [begin, end] = changed(records, 'FV')
  if (begin !== undefined && end !== undefined) {
    found.push(looseFinding('OCMF-818', { begin, end }))
  }
  return found
}

function isFilledIn(records: RecordResult[], field: string): boolean {
  const values = records.map((record) => fieldOf(record, field) ?? '')
  const from = values.findIndex((value) => !isNobody(value))
  return from > 0 && values.slice(from).every((value) => value === values[from])
}

function isNobody(value: string): boolean {
  return value === '' || value === 'NONE' || value === 'UNDEFINED'
}

/** OCMF-819 to 821: the same registers, units and kind of current at begin and end. */
function checkRegisters({ session, records, version }: OcmfSession): LooseFinding[] {
  const found: LooseFinding[] = []
  if (records.length < 2) return found
  const registers = (role: MeterReading['role']) =>
    [
      ...new Set(
        records
          .flatMap(({ readings }) => readings)
          .filter((reading) => reading.role === role && isEnergyRegister(reading.kind))
          .map((reading) => reading.registerText ?? ''),
      ),
    ]
      .toSorted()
      .join(', ')
  const [atBegin, atEnd] = [registers('begin'), registers('end')]
  if (atBegin !== atEnd && atBegin !== '' && atEnd !== '') {
    found.push(looseFinding('OCMF-819', { begin: excerpt(atBegin), end: excerpt(atEnd) }))
  }
  const { begin, end } = session
  if (begin?.quantity != null && end?.quantity != null) {
    const units = [begin.quantity.unit, end.quantity.unit] as const
    if (units[0] !== units[1]) {
      found.push(looseFinding('OCMF-820', { begin: units[0], end: units[1] }))
    }
  }
  const [was, is] = [currentType(records, begin), currentType(records, end)]
  if (was !== null && is !== null && was !== is && version >= 5) {
    found.push(looseFinding('OCMF-821', { begin: excerpt(was), end: excerpt(is) }))
  }
  return found
}

function currentType(records: RecordResult[], reading: MeterReading | null): string | null {
  if (reading === null) return null
  const record = records.find(({ readings }) => readings.includes(reading))
  return record === undefined ? null : besideReading(record, reading, 'RT')
}

/** OCMF-822, 823: registers and time do not run backwards from one record to the next. */
function checkSteps({ records }: OcmfSession): LooseFinding[] {
  const found: LooseFinding[] = []
  for (const [index, record] of records.entries()) {
    const before = records[index - 1]
    if (before === undefined) continue
    const step = backwards(before, record)
    if (step !== null) found.push(looseFinding('OCMF-822', step))
    const [was, is] = [lastTime(before), firstTime(record)]
    if (was?.epochMs != null && is?.epochMs != null && is.epochMs < was.epochMs) {
      found.push(looseFinding('OCMF-823', { begin: was.text, end: is.text }))
    }
  }
  return found
}

function backwards(before: RecordResult, record: RecordResult) {
  for (const reading of record.readings) {
    if (!isEnergyRegister(reading.kind) || reading.quantity === null) continue
    const earlier = before.readings.findLast(
      ({ registerText, quantity }) => registerText === reading.registerText && quantity !== null,
    )
    if (earlier?.quantity == null) continue
    const [was, is] = [toKWh(earlier.quantity), toKWh(reading.quantity)]
    if (was === null || is === null || compare(is, was) >= 0) continue
    return { begin: quantityText(earlier), end: quantityText(reading) }
  }
  return null
}

function quantityText({ quantity }: MeterReading): string {
  return quantity === null ? '' : `${quantity.value} ${quantity.unitText}`
}

const firstTime = ({ readings }: RecordResult) =>
  readings.find(({ time }) => time?.epochMs != null)?.time
const lastTime = ({ readings }: RecordResult) =>
  readings.findLast(({ time }) => time?.epochMs != null)?.time

/** OCMF-824 to 827 */
function checkPlausible({ session, records }: OcmfSession): LooseFinding[] {
  const { begin, end, energy, durationS } = session
  if (begin === null || end === null || energy === null) return []
  const found: LooseFinding[] = []
  if (isZero(energy.value)) found.push(looseFinding('OCMF-827', {}))
  else if (durationS !== null && isZero(durationS)) {
    found.push(looseFinding('OCMF-824', { found: begin.time?.text ?? '' }))
  }
  if (durationS === null || isNegative(durationS)) return found
  if (isTooLong(durationS)) {
    const limit = String(PLAUSIBLE.durationDays)
    found.push(looseFinding('OCMF-825', { found: durationS, limit }))
  }
  const current = currentType(records, begin) === 'AC' ? 'AC' : 'DC'
  const power = PLAUSIBLE.powerKW[current] as Decimal
  const used = toKWh(energy)
  if (used !== null && !isZero(durationS) && exceedsPower(used, durationS, power)) {
    found.push(looseFinding('OCMF-826', { found: used, limit: power }))
  }
  return found
}

const CLOCK_ORDER: readonly ClockState[] = [
  'synchronised',
  'relative',
  'informative',
  'unsynchronised',
]
const CLOCK_LETTER: Record<ClockState, string> = {
  synchronised: 'S',
  relative: 'R',
  informative: 'I',
  unsynchronised: 'U',
  unknown: '',
}

/** OCMF-828, 839 */
function checkClock({ session, records }: OcmfSession): LooseFinding[] {
  const states = new Set(
    records.flatMap(({ readings }) => readings.map(({ time }) => time?.sync ?? null)),
  )
  const worst = CLOCK_ORDER.findLast((state) => states.has(state))
  const found: LooseFinding[] = []
  if (worst === 'informative' || worst === 'unsynchronised') {
    const timed = records.some((record) => billsTime(fieldOf(record, 'TT') ?? ''))
    const severity = timed ? 'warning' : 'info'
    found.push(looseFinding('OCMF-828', { found: CLOCK_LETTER[worst] }, { severity }))
  }
  const { begin, end } = session
  if (begin?.time?.sync === 'relative' && end?.time != null && end.time.sync !== 'relative') {
    found.push(looseFinding('OCMF-839', { found: CLOCK_LETTER[end.time.sync] }))
  }
  return found
}

/** OCMF-829, 830 */
function checkTimes({ session, records }: OcmfSession, context: RuleContext): LooseFinding[] {
  const found: LooseFinding[] = []
  const [from, to] = [session.begin?.time, session.end?.time]
  if (from?.offsetMin != null && to?.offsetMin != null && from.offsetMin !== to.offsetMin) {
    found.push(looseFinding('OCMF-829', { begin: from.text, end: to.text }))
  }
  const strange = records
    .flatMap(({ readings }) => readings)
    .find(({ time }) => time?.epochMs != null && isStrangeTime(time.epochMs, context))
  if (strange?.time != null) found.push(looseFinding('OCMF-830', { found: strange.time.text }))
  return found
}

/** OCMF-834, 835: what the file says beside the records, unsigned. */
function checkCarrier({ session, records }: OcmfSession): LooseFinding[] {
  const found: LooseFinding[] = []
  const ids = [...new Set(records.flatMap(({ claimed }) => claimed.transaction ?? []))]
  if (ids.length > 1 || session.group.sharesTransaction) {
    found.push(looseFinding('OCMF-834', { found: excerpt(ids.join(', ')) }))
  }
  for (const record of records) {
    const part = partOf(record)
    const { role } = record.claimed
    const contradicts = (role === 'begin' && part === 'end') || (role === 'end' && part === 'begin')
    if (contradicts) found.push(looseFinding('OCMF-835', { declared: role, found: part }))
  }
  return found
}

/** OCMF-837: a record in between has its counter and its time in between. */
function checkMiddle({ session, records }: OcmfSession): LooseFinding[] {
  const begin = records.find((record) => partOf(record) === 'begin')
  const end = records.findLast((record) => partOf(record) === 'end')
  if (begin === undefined || end === undefined) return []
  const [from, to] = [session.begin?.time?.epochMs, session.end?.time?.epochMs]
  return records
    .filter((record) => partOf(record) === 'middle')
    .filter((record) => {
      const time = firstTime(record)?.epochMs
      const timeOut = time != null && from != null && to != null && (time < from || time > to)
      return timeOut || !isBetween(begin, record, end)
    })
    .map((record) => looseFinding('OCMF-837', { found: fieldOf(record, 'PG') ?? '' }))
}

function isBetween(begin: RecordResult, record: RecordResult, end: RecordResult): boolean {
  if (begin.pagination === null || record.pagination === null || end.pagination === null)
    return true
  const number = BigInt(record.pagination.number)
  return number > BigInt(begin.pagination.number) && number < BigInt(end.pagination.number)
}

/** OCMF-838: what an earlier reading flags, the end must flag too. */
function checkSticky({ session, records, version }: OcmfSession): LooseFinding[] {
  const { end } = session
  if (end === null || version < 5) return []
  const flags = new Set<string>()
  for (const record of records) {
    for (const reading of record.readings) {
      if (reading === end) continue
      for (const error of reading.errors) flags.add(error)
      // Inside one record OCMF-456 asks the same.
      const fault = records.length > 1 && besideReading(record, reading, 'TX') === 'X'
      if (fault && end.errors.length === 0) flags.add('X')
    }
  }
  const missing = [...flags].filter((flag) => !end.errors.some((error) => error === flag))
  if (missing.length === 0) return []
  const words = missing.map((flag) => STICKY_LETTER[flag] ?? flag)
  return [looseFinding('OCMF-838', { found: words.join(', ') })]
}

const STICKY_LETTER: Record<string, string> = { energy: 'E', time: 't' }

/** OCMF-840: energy of each tariff section; together they are the whole. */
function checkTariff({ session, records }: OcmfSession): LooseFinding[] {
  const { begin, end } = session
  if (begin === null || end === null) return []
  const changes = records.flatMap((record) =>
    record.readings.filter(
      (reading) =>
        reading.registerText === begin.registerText &&
        besideReading(record, reading, 'TX') === 'T' &&
        reading.quantity !== null,
    ),
  )
  if (changes.length === 0) return []
  const sections = [begin, ...changes, end].flatMap((reading, index, all) => {
    const before = all[index - 1]
    if (before?.quantity == null || reading.quantity === null) return []
    const energy = difference(before.quantity, reading.quantity)
    return energy === null ? [] : [`${energy.value} ${energy.unitText}`]
  })
  return [looseFinding('OCMF-840', { sections: sections.join(' + ') })]
}

/** Cable loss, said and never subtracted (rule book, chapter 16). */
function checkLoss({ session, records }: OcmfSession): LooseFinding[] {
  const { end } = session
  if (end === null) return []
  if (end.kind.startsWith('device')) {
    return [looseFinding('LAW-LOSS', { meaning: 'loss.compensated', loss: '' })]
  }
  const record = records.find(({ readings }) => readings.includes(end))
  const text = record === undefined ? null : besideReading(record, end, 'CL')
  const loss = text === null ? null : parseDecimal(text)
  if (loss === null || isZero(loss)) return []
  const unit = end.quantity?.unitText ?? ''
  return [looseFinding('LAW-LOSS', { meaning: 'loss.stated', loss: `${loss} ${unit}` })]
}

/** What the signed tariff text makes of the signed readings: for comparison, and measured by nobody. */
function checkPrice({ session, records }: OcmfSession): LooseFinding[] {
  const { begin, end, energy } = session
  const texts = new Set(records.map((record) => fieldOf(record, 'TT')))
  const [text] = texts
  const tariff = text == null || texts.size > 1 ? null : parseTariff(text)
  const [from, to] = [begin?.time?.epochMs, end?.time?.epochMs]
  const used = energy === null ? null : toKWh(energy)
  if (tariff === null || used === null || from == null || to == null) return []
  if (isNegative(used) || to < from) return []
  const seconds = session.durationS ?? ''
  const params = {
    tariff: text ?? '',
    energy: used,
    seconds,
    total: priceOf(tariff, used, to - from),
  }
  const found: LooseFinding[] = [looseFinding('TARIFF-PRICE', params)]
  if (tariff.code === '002' && !isZero(tariff.blocking)) {
    found.push(looseFinding('TARIFF-BLOCKING', {}))
  }
  return found
}

/** OCMF-017 */
function checkCopies({ session }: OcmfSession): LooseFinding[] {
  const most = session.group.members.reduce((all, { inputs }) => Math.max(all, inputs.length), 0)
  return most > 1 ? [looseFinding('OCMF-017', { count: String(most) })] : []
}
